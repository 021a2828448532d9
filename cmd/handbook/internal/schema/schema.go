// Package schema makes JSON Schemas (draft 2020-12) of the files that people
// write and of handbook.json, so that editors complete keys and other programs
// check what they read. They come from the tables that the strict reader goes
// by ([book.Kinds]), from the rules of check and from [export.Fields].
//
// A schema describes a file as it is best written. What it accepts the reader
// accepts too, as far as keys and the form of values go; what an id stands for
// only the reader knows. The reader also takes some forms that a schema does
// not, so that an editor does not propose them: a key without a value, a number or
// true in quotes, true or false as a text, an id of digits alone, a period in
// capitals.
//
// The schema of handbook.json lets members pass that it does not know, because
// a later version of the same number may have more.
package schema

import (
	"bytes"
	"cmp"
	"encoding/json"
	"path"
	"path/filepath"
	"slices"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/export"
)

// Draft is the version of JSON Schema that the schemas are written in.
const Draft = "https://json-schema.org/draft/2020-12/schema"

// register is the name of the schema of handbook.json.
const register = "handbook.json"

// Kinds returns what there are schemas of: the kinds of files that people write,
// then handbook.json.
func Kinds() []book.Kind {
	kinds := book.Kinds()
	for i := range kinds {
		if kinds[i].Name == "settings" {
			kinds[i].Keys = withRules(kinds[i].Keys)
		}
	}
	return append(kinds, book.Kind{Name: register, File: register, Means: "The register of a built handbook, for other programs.", Keys: export.Fields()})
}

// Find returns the kind of file of a name; that of the file itself is understood, and
// refused with the name that is meant.
func Find(name string) (book.Kind, error) {
	var names []string
	hint := ""
	for _, k := range Kinds() {
		if k.Name == name {
			return k, nil
		}
		names = append(names, k.Name)
		if path.Base(k.File) == path.Base(filepath.ToSlash(name)) {
			hint = "did you mean " + k.Name + "?"
		}
	}
	return book.Kind{}, diag.Usagef(cmp.Or(hint, diag.DidYouMean(name, names, "handbook schema lists the names")), "there is no schema %s", diag.Quote(name))
}

// withRules names the rules that checks: sets, with the severities that each may
// have.
func withRules(settings book.Keys) book.Keys {
	settings = slices.Clone(settings)
	checks := settings.Find("checks")
	checks.Others = false
	for _, r := range check.Rules() {
		severities := checks.Values
		if r.Fixed {
			severities = []string{"error"}
		}
		checks.Keys = append(checks.Keys, book.Key{Name: r.Name, Values: severities, Means: r.Doc})
	}
	return settings
}

// A node is a schema, as encoding/json writes it. VS Code shows the message for
// a pattern in place of the pattern; other programs pass over it.
type node struct {
	Schema         string           `json:"$schema,omitempty"`
	Title          string           `json:"title,omitempty"`
	Description    string           `json:"description,omitempty"`
	Type           any              `json:"type,omitempty"` // a name, or a list of them
	Enum           []string         `json:"enum,omitempty"`
	Pattern        string           `json:"pattern,omitempty"`
	PatternMessage string           `json:"patternErrorMessage,omitempty"`
	MaxLength      int              `json:"maxLength,omitempty"`
	Minimum        *int             `json:"minimum,omitempty"`
	Maximum        *int             `json:"maximum,omitempty"`
	Items          *node            `json:"items,omitempty"`
	MaxItems       int              `json:"maxItems,omitempty"`
	Properties     map[string]*node `json:"properties,omitempty"`
	Required       []string         `json:"required,omitempty"`
	Others         any              `json:"additionalProperties,omitempty"` // false or a node
	Default        any              `json:"default,omitempty"`
}

// Of returns the schema of a kind, as indented JSON.
func Of(k book.Kind) ([]byte, error) {
	g := generator{written: k.Name != register}
	n := g.keys(k.Keys)
	if k.List {
		n = &node{Type: "array", Items: n}
	}
	n.Schema, n.Title, n.Description = Draft, k.File, k.Means
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(n)
	return b.Bytes(), err
}

// A generator makes the schemas of values: of those that are written by hand, or
// of those of handbook.json.
type generator struct{ written bool }

// text returns the schema of a text. Who writes 2014 by hand means a text, too.
func (g generator) text(max int) *node {
	if g.written {
		return &node{Type: []string{"string", "number"}, MaxLength: max}
	}
	return &node{Type: "string"}
}

// keys returns the schema of a map.
func (g generator) keys(keys book.Keys) *node {
	n := &node{Type: "object", Properties: map[string]*node{}}
	for i := range keys {
		n.Properties[keys[i].Name] = g.key(&keys[i])
		if keys[i].Required {
			n.Required = append(n.Required, keys[i].Name)
		}
	}
	if g.written {
		n.Others = false
	}
	return n
}

// key returns the schema of a key's value, with what is said of the key.
func (g generator) key(k *book.Key) *node {
	n := g.value(k)
	n.Description = k.Means
	if k.Null {
		n.Type = []any{n.Type, "null"}
	}
	if k.Default != "" {
		n.Default = k.Default
		if k.Type == book.Truth || k.Type == book.Number {
			n.Default = json.RawMessage(k.Default)
		}
	}
	return n
}

func (g generator) value(k *book.Key) *node {
	switch k.Type {
	case book.Words:
		return &node{Type: []string{"string", "number", "object"}, Others: g.text(0)}
	case book.Value:
		fill := g.text(book.MaxTitle)
		fill.Description = "What belongs here, as long as it is not known."
		return &node{Type: []string{"string", "number", "object"}, Properties: map[string]*node{"fill": fill}, Required: []string{"fill"}, Others: false}
	case book.Day:
		return &node{Type: "string", Pattern: `^\d{4}-\d{2}-\d{2}$`, PatternMessage: "Write the day as YYYY-MM-DD."}
	case book.Period:
		return &node{Type: "string", Pattern: `^[1-9]\d* ?(days?|d|weeks?|w|months?|m|years?|y)$`, PatternMessage: "Write a whole number of days, weeks, months or years, such as 6 months."}
	case book.Number:
		n := &node{Type: "integer"}
		if g.written {
			n.Minimum, n.Maximum = &k.Min, &k.Max
		}
		return n
	case book.Truth:
		return &node{Type: "boolean"}
	case book.List:
		if k.Keys != nil {
			return &node{Type: "array", Items: g.keys(k.Keys)}
		}
		entry := *k
		entry.Type, entry.Max = k.Of, 0
		return &node{Type: "array", Items: g.value(&entry), MaxItems: k.Max}
	case book.Map:
		n := g.keys(k.Keys)
		if k.Others {
			entry := *k
			entry.Type = k.Of
			n.Others = g.value(&entry)
		}
		return n
	case book.MapOrList:
		n := g.keys(k.Keys)
		n.Type, n.Items = []string{"object", "array"}, g.keys(k.Keys)
		return n
	case book.Any:
		return &node{}
	}
	switch {
	case k.Values != nil:
		return &node{Enum: k.Values}
	case k.Pattern != "":
		return &node{Type: "string", Pattern: k.Pattern, PatternMessage: k.Means}
	}
	return g.text(k.Max)
}
