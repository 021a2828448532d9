package record

import (
	"fmt"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/testkit"
)

// TestMap reads one record in one way after the other. The record begins on
// line 2 of its file.
func TestMap(t *testing.T) {
	text := func(m *Map) any { return m.Text("a") }
	texts := func(m *Map) any { return m.Texts("a") }
	whole := func(m *Map) any { return m.Int("a", 1, 99, 7) }
	for _, c := range []struct {
		name, in string
		get      func(m *Map) any
		want     string
		problems string
	}{
		{"text", "a: 1.10", text, "1.10", ""},
		{"text of a quoted nothing", "a: ''", text, "", ""},
		{"no text", "b: c", text, "", ""},
		{"key without a value", "a:", text, "", ""},
		{"list for a text", "a: [b]", text, "", "f:2:4: error: a must be one value, not a list [wrong-type] | write one value, in quotes if it holds brackets"},
		{"map for a text", "a: {b: c}", text, "", "f:2:4: error: a must be one value, not a map [wrong-type] | write one value, in quotes if it holds brackets"},
		{"braces for a text", "a: {{agency.name}}", text, "", "f:2:5: error: a key must be a word [yaml-construct] | write a word before the colon"},
		{"line", "a: >\n  b\n\n  c   d\n", func(m *Map) any { return m.Line("a") }, "b c d", ""},
		{"texts", "a: [b, 1.0, 'c d']", texts, "[b 1.0 c d]", ""},
		{"texts by lines", "a:\n  - b\n  - c", texts, "[b c]", ""},
		{"no texts", "a: []", texts, "[]", ""},
		{"one for texts", "a: b", texts, "[]", "f:2:4: error: a must be a list, not one value [wrong-type] | write [b]"},
		{"long one for texts", "a: " + strings.Repeat("b", 50), texts, "[]", "f:2:4: error: a must be a list, not one value [wrong-type] | write [" + strings.Repeat("b", 40) + "…]"},
		{"map for texts", "a: {b: c}", texts, "[]", "f:2:4: error: a must be a list, not a map [wrong-type] | write a list: [first, second]"},
		{"list in texts", "a: [b, [c]]", texts, "[b]", "f:2:8: error: an entry of a must be one value, not a list [wrong-type] | write one value, in quotes if it holds brackets"},
		{"empty entry", "a:\n  - b\n  -\n  - c", texts, "[b c]", "f:4:4: error: an entry of a is empty [wrong-type] | delete the dash, or write something after it"},
		{"whole number", "a: 12", whole, "12", ""},
		{"no number", "b: 12", whole, "7", ""},
		{"number too large", "a: 100", whole, "7", `f:2:4: error: a: "100" is not a whole number from 1 to 99 [bad-value] | write a whole number from 1 to 99`},
		{"number too small", "a: 0", whole, "7", `f:2:4: error: a: "0" is not a whole number from 1 to 99 [bad-value] | write a whole number from 1 to 99`},
		{"fraction", "a: 1.0", whole, "7", `f:2:4: error: a: "1.0" is not a whole number from 1 to 99 [bad-value] | write a whole number from 1 to 99`},
		{"leading zero", "a: 010", whole, "7", `f:2:4: error: a: "010" is not a whole number from 1 to 99 [bad-value] | write a whole number from 1 to 99`},
		{"underscore", "a: 1_0", whole, "7", `f:2:4: error: a: "1_0" is not a whole number from 1 to 99 [bad-value] | write a whole number from 1 to 99`},
		{"true", "a: true", func(m *Map) any { return m.Bool("a") }, "true", ""},
		{"false", "a: false", func(m *Map) any { return m.Bool("a") }, "false", ""},
		{"yes", "a: yes", func(m *Map) any { return m.Bool("a") }, "false", `f:2:4: error: a: "yes" is neither true nor false [bad-value] | write true or false`},
		{"date", "a: 2016-02-29", func(m *Map) any { return m.Date("a") }, "2016-02-29", ""},
		{"no date", "b: c", func(m *Map) any { return m.Date("a") }, "", ""},
		{"ambiguous date", "a: 03/04/2014", func(m *Map) any { return m.Date("a") }, "", `f:2:4: error: a: ambiguous date: "03/04/2014" [bad-date] | write 2014-03-04 (or 2014-04-03)`},
		{"no such day", "a: 2014-02-29", func(m *Map) any { return m.Date("a") }, "", "f:2:4: error: a: no such day: 2014-02-29 [bad-date] | check the month and its number of days"},
		{"period", "a: 6 months", func(m *Map) any { return m.Period("a") }, "6 months", ""},
		{"bad period", "a: soon", func(m *Map) any { return m.Period("a") == date.Period{} }, "true", `f:2:4: error: a: not a period: "soon" [bad-period] | write a whole number of days, weeks, months or years, such as 6 months`},
		{"choice", "a: red", func(m *Map) any { return m.Choice("a", "red", "blue") }, "red", ""},
		{"no choice", "b: red", func(m *Map) any { return m.Choice("a", "red", "blue") }, "", ""},
		{"near choice", "a: blu", func(m *Map) any { return m.Choice("a", "red", "blue") }, "", `f:2:4: error: a: "blu" is not one of red, blue [bad-value] | did you mean blue?`},
		{"far choice", "a: x", func(m *Map) any { return m.Choice("a", "red", "blue") }, "", `f:2:4: error: a: "x" is not one of red, blue [bad-value] | write one of red, blue`},
		{"hostile choice", `a: "\u202e\u2028<script>"`, func(m *Map) any { return m.Choice("a", "red") }, "", `f:2:4: error: a: "��<script>" is not one of red [bad-value] | write one of red`},
		{"keys", "c: 1\na: 2\nb: 3", func(m *Map) any { return m.Keys() }, "[c a b]", ""},
	} {
		r, v, ok := read(c.in + "\n")
		var got any = ""
		if m := v.Map("it"); ok {
			got = c.get(m)
		}
		if problems := strings.TrimSuffix(testkit.Report(r.Problems), "\n"); fmt.Sprint(got) != c.want || problems != c.problems {
			t.Errorf("%s: got %v and\n%s\nwant %s and\n%s", c.name, got, problems, c.want, c.problems)
		}
	}
}

func TestMapKeys(t *testing.T) {
	for _, c := range []struct{ name, in, want, problems string }{
		{"known", "title: a\nowner: b", "[title owner]", ""},
		{"slip", "titel: a", "[titel]", `f:2:1: error: unknown key "titel" [unknown-key] | did you mean title?`},
		{"capitals", "Title: a", "[Title]", `f:2:1: error: unknown key "Title" [unknown-key] | did you mean title?`},
		{"slip that stands twice", "titel: a\ntitel: b", "[titel]", `f:3:1: error: the key "titel" is used here and on line 2 [duplicate-key] | keep one of them` + "\n" + `f:2:1: error: unknown key "titel" [unknown-key] | did you mean title?`},
		{"foreign", "layout: a", "[layout]", `f:2:1: error: unknown key "layout" [unknown-key] | known keys: title, owner`},
		{"twice", "title: a\nowner: b\ntitle: c", "[title owner]", `f:4:1: error: the key "title" is used here and on line 2 [duplicate-key] | keep one of them`},
		{"three times", "title: a\ntitle: b\ntitle: c", "[title]", `f:3:1: error: the key "title" is used here and on line 2 [duplicate-key] | keep one of them` + "\n" +
			`f:4:1: error: the key "title" is used here and on line 2 [duplicate-key] | keep one of them`},
		{"no map", "- a", "[]", "f:2:1: error: it must be a map of keys and values, not a list [wrong-type] | write key: value pairs"},
		{"one word", "title", "[]", "f:2:1: error: it must be a map of keys and values, not one value [wrong-type] | write key: value pairs"},
		{"nothing", "", "[]", ""},
	} {
		r, v, _ := read(c.in + "\n")
		m := v.Map("it", "title", "owner")
		if problems := strings.TrimSuffix(testkit.Report(r.Problems), "\n"); fmt.Sprint(m.Keys()) != c.want || problems != c.problems {
			t.Errorf("%s: got %v and\n%s\nwant %s and\n%s", c.name, m.Keys(), problems, c.want, c.problems)
		}
	}
	r, v, ok := read("a: 1\n")
	if m := v.Map("it"); !ok || m.Value("a").Text("a") != "1" || m.Value("b").Given() || len(r.Problems) > 0 {
		t.Errorf("a map without known keys: %v", r.Problems)
	}
}

// TestManyKeys checks the limit of keys, which keeps looking for doubled keys
// quick.
func TestManyKeys(t *testing.T) {
	r, v, ok := read(manyKeys(MaxKeys))
	if m := v.Map("it"); !ok || len(m.Keys()) != MaxKeys || len(r.Problems) > 0 {
		t.Errorf("%d keys: %s", MaxKeys, testkit.Report(r.Problems))
	}
	r, _, ok = read("a:\n  " + strings.ReplaceAll(strings.TrimSpace(manyKeys(MaxKeys+1)), "\n", "\n  "))
	if want := "f:3:3: error: a map has 1001 keys; the limit is 1000 [too-large] | use fewer keys\n"; ok || testkit.Report(r.Problems) != want {
		t.Errorf("got %v and %s", ok, testkit.Report(r.Problems))
	}
}

// TestNil checks that a map that is not there can be asked like any other.
func TestNil(t *testing.T) {
	var m *Map
	if m.Text("a") != "" || m.Texts("a") != nil || m.Keys() != nil || m.Value("a").Given() || m.Bool("a") || m.Int("a", 0, 9, 3) != 3 || !m.Date("a").IsZero() || m.Value("a").Any() != nil {
		t.Error("a nil map has values")
	}
}
