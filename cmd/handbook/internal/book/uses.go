package book

// uses is who goes by each law and reference.
type uses struct {
	laws       map[*Law]Uses
	references map[*Reference]Uses
}

// Uses are the sections that apply a law or cite a reference, and the rules
// that rest on it, in reading order.
type Uses struct {
	Sections []*Section
	Rules    []*Rule
}

// LawUses returns who goes by a law.
func (b *Book) LawUses(l *Law) Uses { return b.used().laws[l] }

// ReferenceUses returns who goes by a reference.
func (b *Book) ReferenceUses(r *Reference) Uses { return b.used().references[r] }

func (b *Book) used() *uses {
	if b.uses == nil {
		return b.findUses()
	}
	return b.uses()
}

// findUses goes through the sections. A law does not know its sections by
// itself, so that Books can share it.
func (b *Book) findUses() *uses {
	u := &uses{make(map[*Law]Uses, len(b.Laws)), make(map[*Reference]Uses, len(b.References))}
	for _, s := range b.Sections {
		for _, l := range s.Laws {
			x := u.laws[l]
			x.Sections = append(x.Sections, s)
			u.laws[l] = x
		}
		for _, r := range s.References {
			x := u.references[r]
			x.Sections = append(x.Sections, s)
			u.references[r] = x
		}
		for _, rule := range s.Rules {
			for _, l := range rule.Laws {
				x := u.laws[l]
				x.Rules = append(x.Rules, rule)
				u.laws[l] = x
			}
			for _, r := range rule.References {
				x := u.references[r]
				x.Rules = append(x.Rules, rule)
				u.references[r] = x
			}
		}
	}
	return u
}
