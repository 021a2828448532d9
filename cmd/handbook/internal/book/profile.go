package book

import (
	"regexp"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/record"
)

// A Profile says what kind of agency the handbook is for, so that pages and
// parts of pages that do not concern it can be left out. What it does not say
// is not known, and what is not known leaves nothing out: an agency that has
// not asked itself whether it is under Part 2 must read about Part 2.
type Profile map[string]string

// places is the key of the profile that says where the agency works. It takes
// several values; every other key takes one.
const places = "jurisdictions"

// Holds reports whether a condition holds: unless the profile says otherwise.
func (p Profile) Holds(key, value string) bool {
	said, known := p[key]
	return !known || said == value
}

// WorksIn reports whether an agency works in a place, as far as is known. Who
// works in a part of a country works in the country. As long as no part of a
// country is named, it is not known in which of them the agency works.
func (c *Config) WorksIn(place string) bool {
	country, _, isPart := strings.Cut(place, "-")
	within := func(place string) bool {
		return slices.ContainsFunc(c.Jurisdictions, func(j string) bool { return strings.HasPrefix(j, place+"-") })
	}
	return len(c.Jurisdictions) == 0 || slices.Contains(c.Jurisdictions, place) || within(place) ||
		isPart && slices.Contains(c.Jurisdictions, country) && !within(country)
}

// why says in words why none of the values of a condition holds, or gives "".
func (c *Config) why(key string, values ...string) string {
	said := c.Profile[key]
	for _, value := range values {
		if key == places && c.WorksIn(value) || key != places && c.Profile.Holds(key, value) {
			return ""
		}
	}
	if key == places {
		said = strings.Join(c.Jurisdictions, ", ")
	}
	return "it is for " + key + ": " + strings.Join(values, ", ") + ", and the profile says " + key + ": " + said
}

// wrong says what is wrong with a value of a key of the profile, and what to
// do about it; or "".
func wrong(key, value string) (text, hint string) {
	if key == places {
		if code := strings.ToUpper(strings.ReplaceAll(value, "_", "-")); !placeCode.MatchString(value) {
			hint = "write a code such as US, US-MD or CA-ON"
			if placeCode.MatchString(code) {
				hint = "write " + code
			}
			return key + ": " + diag.Quote(value) + " is not the code of a place", hint
		}
		return "", ""
	}
	if values := profileKeys.Find(key).choices(); !slices.Contains(values, value) {
		known := strings.Join(values, ", ")
		return key + ": " + diag.Quote(value) + " is not one of " + known, diag.DidYouMean(value, values, "write one of "+known)
	}
	return "", ""
}

// placeCode is a country, or a state or province of one, as in ISO 3166-2.
var placeCode = regexp.MustCompile(`^[A-Z]{2}(-[A-Z0-9]{1,3})?$`)

// verdict answers for a condition of a ::: when block: one of the profile, or
// whom the block is for. A block is for no reader of an edition if it names
// one whom nobody knows.
func (b *Book) verdict(key, value string) markdown.Verdict {
	values := strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
	switch known := append(profileKeys.Names(), "audience"); {
	case key == "audience" && len(values) == 0:
		return markdown.Verdict{Hidden: b.Edition != nil, Edition: true, Wrong: "the audience of a block names nobody", Hint: "write whom it is for: {audience=staff}"}
	case key == "audience":
		v := markdown.Verdict{Hidden: !b.Edition.admitsIDs(values), Edition: true}
		for _, id := range values {
			if known := IDs(b.Config.Audiences); !slices.Contains(known, id) {
				return markdown.Verdict{Hidden: b.Edition != nil, Edition: true, Wrong: "audience " + diag.Quote(id) + " is not in handbook.yaml",
					Hint: diag.DidYouMean(id, known, "add it to audiences in handbook.yaml")}
			}
		}
		return v
	case !slices.Contains(known, key):
		return markdown.Verdict{Wrong: "the profile has no key " + diag.Quote(key), Hint: diag.DidYouMean(key, known, "known keys: "+strings.Join(known, ", "))}
	case key != places:
		values = []string{value}
	}
	for _, value := range values {
		if text, hint := wrong(key, value); text != "" {
			return markdown.Verdict{Wrong: text, Hint: hint}
		}
	}
	why := b.Config.why(key, values...)
	return markdown.Verdict{Hidden: why != "", Why: why}
}

// profile reads the profile in handbook.yaml.
func (c *Config) profile(m *record.Map) {
	pm := m.Value("profile").Map("profile", profileKeys.Names()...)
	c.Profile = Profile{}
	for _, key := range profileKeys.Names() {
		said := conditions(pm, key)
		if key == places {
			c.Jurisdictions = said
		} else if len(said) > 0 {
			c.Profile[key] = said[0]
		}
	}
}

// conditions returns the values of a key of the profile that are not wrong.
func conditions(m *record.Map, key string) []string {
	v := m.Value(key)
	given := []record.Value{v}
	if key == places {
		given = v.List(key)
	}
	var good []string
	for _, v := range given {
		value := v.Text(key)
		if value == "" {
			continue
		}
		if text, hint := wrong(key, value); text != "" {
			m.Errorf(key, "bad-value", hint, "%s", text)
		} else if !slices.Contains(good, value) {
			good = append(good, value)
		}
	}
	return good
}

// whenSection reads when: in a front matter, and says why the profile leaves
// the section out, or "". All conditions must hold.
func whenSection(c *Config, m *record.Map) string {
	wm := m.Value("when").Map("when", profileKeys.Names()...)
	for _, key := range profileKeys.Names() {
		if values := conditions(wm, key); len(values) > 0 {
			if why := c.why(key, values...); why != "" {
				return why
			}
		}
	}
	return ""
}

// A LeftOut is a section that the profile leaves out.
type LeftOut struct {
	Source string // path in the content folder
	ID     string
	Title  string
	Why    string   // "it is for school_based: true, and the profile says school_based: false"
	Pos    diag.Pos // of the title
}

// WrongPath is the address of the page of cards for when something goes wrong.
const WrongPath = "when-something-goes-wrong.html"

// forms finds the sections that forms belong to.
func (l *loader) forms(b *Book) {
	for _, p := range l.pages {
		s, id := p.section, p.formOf
		if s == nil || id == "" || b.sections[s.ID] != s {
			continue
		}
		at, _ := s.Key("form")
		switch {
		case id == s.ID:
			l.errorf(at, "bad-value", "write the id of the section that the form belongs to", "form: a section cannot be the form of itself")
			continue
		case slices.ContainsFunc(b.LeftOut, func(x LeftOut) bool { return x.ID == id }):
			l.errorf(at, "draft-link", "give the form the same when:", "the section %s that the form belongs to is left out", diag.Quote(id))
			continue
		case b.Edition != nil && l.barredID(id):
			l.errorf(at, "edition-link", "take form: out, or take those who may not read that section out of audience:", "the section %s that the form belongs to is not in the edition for %s", diag.Quote(id), b.Edition.Name())
			continue
		}
		if s.Form = b.sections[id]; s.Form == nil {
			l.errorf(at, "unknown-section", diag.DidYouMean(id, IDs(b.Sections), "write the id of a section"), "section %s does not exist", diag.Quote(id))
		}
	}
}
