package book

import (
	"slices"
	"strings"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/record"
)

// An OpenValue is a value of handbook.yaml that is marked as not known yet:
// incident_line: {fill: "The number staff call"}. Wherever a page uses it there
// is a place to fill in.
type OpenValue struct {
	Name   string // "agency.incident_line", "owners.privacy-lead.email"
	Prompt string // what belongs there
	Pos    diag.Pos
}

// A KnownValue is any other value of the agency or of an owner.
type KnownValue struct {
	Name string // as of an OpenValue
	Text string
	Pos  diag.Pos
}

// OpenValue returns the open value of a name; ok is false for one that is known
// or that there is not.
func (c *Config) OpenValue(name string) (v OpenValue, ok bool) {
	for _, v := range c.Open {
		if v.Name == name {
			return v, true
		}
	}
	return OpenValue{}, false
}

// OpenContact reports whether an owner's e-mail address or phone number is open.
func (c *Config) OpenContact(o *Owner) bool {
	_, email := c.OpenValue(ownerValue(o.ID, "email"))
	_, phone := c.OpenValue(ownerValue(o.ID, "phone"))
	return email || phone
}

// narrowOpen leaves out the open values that nothing in an edition asks for: those
// that no page of it uses and that are not of its owners. What stands in the
// frame of all pages stays.
func (b *Book) narrowOpen() {
	used := map[string]bool{}
	for _, key := range []string{"name", "email", "phone", "emergency", "incident_line"} {
		used["agency."+key] = true
	}
	for d := range b.Docs() {
		for _, f := range d.Fills {
			used[f.Value] = true
		}
	}
	for _, o := range b.Config.Owners {
		for _, key := range []string{"name", "role", "email", "phone"} {
			used[ownerValue(o.ID, key)] = !b.Edition.Outside || key == "name" || key == "role"
		}
	}
	b.Config.Open = slices.DeleteFunc(slices.Clone(b.Config.Open), func(v OpenValue) bool { return !used[v.Name] })
}

// ownerValue returns the name of what handbook.yaml says of an owner.
func ownerValue(owner, key string) string { return "owners." + owner + "." + key }

// openValues reports which values are open.
func openValues(c *Config) func(name string) (id, prompt string, open bool) {
	prompts := make(map[string]string, len(c.Open))
	for _, v := range c.Open {
		prompts[v.Name] = v.Prompt
	}
	return func(name string) (string, string, bool) {
		prompt, open := prompts[name]
		return name, prompt, open
	}
}

// openOf adds what {{owner.name}} stands for on the pages of an owner.
func openOf(owner string, shared func(string) (string, string, bool)) func(string) (string, string, bool) {
	return func(name string) (string, string, bool) {
		if key, ok := strings.CutPrefix(name, "owner."); ok {
			name = ownerValue(owner, key)
		}
		return shared(name)
	}
}

// value reads a value of the agency or of an owner, and reports whether it is
// known: it may be marked as open, and one of the agency that is empty is open
// too.
func (l *loader) value(c *Config, m *record.Map, key, name string) (text string, known bool) {
	v := m.Value(key)
	if !v.IsMap() {
		text := m.Line(key)
		if strings.HasPrefix(name, "agency.") && !v.IsList() && !Named(text) {
			// Else the text would have a hole that nobody sees.
			c.Open = append(c.Open, OpenValue{Name: name, Prompt: strings.ReplaceAll(key, "_", " "), Pos: m.KeyPos(key)})
			return "", false
		}
		if text != "" {
			c.Known = append(c.Known, KnownValue{Name: name, Text: text, Pos: v.Pos()})
		}
		return text, true
	}
	open := OpenValue{Name: name, Prompt: strings.ReplaceAll(key, "_", " "), Pos: v.Pos()}
	switch fill := v.Map(name, "fill"); {
	case fill.Value("fill").Given():
		switch prompt := fill.Line("fill"); {
		case utf8.RuneCountInString(prompt) > MaxTitle:
			m.Errorf(key, "bad-value", "say in a few words what belongs there", "what is to be filled in for %s has %d characters; the limit is %d", name, utf8.RuneCountInString(prompt), MaxTitle)
		case prompt != "":
			open.Prompt = prompt
		}
	case fill.Has("fill") || fill.Len() == 0: // else there is an unknown key
		m.Errorf(key, "bad-value", key+`: {fill: "what belongs here"}`, "%s does not say what is to be filled in", name)
	}
	c.Open = append(c.Open, open)
	return "", false
}
