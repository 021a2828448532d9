package book

import (
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

// ProfileKeys lists what a Profile can say.
func ProfileKeys() []string {
	return []string{"sector", "covered_entity", "part2", "school_based", "victim_services", "hhs_funds"}
}

// profileValues lists the values of a key of the profile.
func profileValues(key string) []string {
	if key == "sector" {
		return []string{"private", "public"}
	}
	return []string{"true", "false"}
}

// Holds tells whether a condition holds: unless the profile says otherwise.
func (p Profile) Holds(key, value string) bool {
	said, known := p[key]
	return !known || said == value
}

// why says in words why a condition does not hold, or gives "".
func (p Profile) why(key, value string) string {
	if p.Holds(key, value) {
		return ""
	}
	return "it is for " + key + ": " + value + ", and the profile says " + key + ": " + p[key]
}

// verdict answers for a condition of a ::: when block.
func (p Profile) verdict(key, value string) markdown.Verdict {
	if !slices.Contains(ProfileKeys(), key) {
		return markdown.Verdict{Wrong: "the profile has no key " + diag.Quote(key), Hint: diag.DidYouMean(key, ProfileKeys(), "known keys: "+strings.Join(ProfileKeys(), ", "))}
	}
	if values := profileValues(key); !slices.Contains(values, value) {
		return markdown.Verdict{Wrong: key + ": " + diag.Quote(value) + " is not one of " + strings.Join(values, ", "),
			Hint: diag.DidYouMean(value, values, "write one of "+strings.Join(values, ", "))}
	}
	why := p.why(key, value)
	return markdown.Verdict{Hidden: why != "", Why: why}
}

// profile reads the profile in handbook.yaml.
func profile(m *record.Map) Profile {
	pm := m.Value("profile").Map("profile", ProfileKeys()...)
	p := Profile{}
	for _, key := range ProfileKeys() {
		if v := pm.Value(key); v.Given() {
			if said := pm.Choice(key, profileValues(key)...); said != "" {
				p[key] = said
			}
		}
	}
	return p
}

// whenSection reads when: in a front matter, and says why the profile leaves
// the section out, or "". All conditions must hold.
func whenSection(p Profile, m *record.Map) string {
	wm := m.Value("when").Map("when", ProfileKeys()...)
	for _, key := range ProfileKeys() {
		if !wm.Value(key).Given() {
			continue
		}
		if value := wm.Choice(key, profileValues(key)...); value != "" {
			if why := p.why(key, value); why != "" {
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
		}
		if s.Form = b.sections[id]; s.Form == nil {
			l.errorf(at, "unknown-section", diag.DidYouMean(id, b.sectionIDs(), "write the id of a section"), "section %s does not exist", diag.Quote(id))
		}
	}
}
