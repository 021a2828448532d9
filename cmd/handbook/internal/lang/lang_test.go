package lang

import (
	"html/template"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"handbook/cmd/handbook/internal/date"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
)

// sample makes a language of English forms and some messages.
func sample(t *testing.T, messages map[string]string) *Language {
	t.Helper()
	w := english()
	w.Messages = messages
	l, err := Make(w)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestText(t *testing.T) {
	l := sample(t, map[string]string{
		"plain":   "R & D",
		"day":     "Due by {day}.",
		"two":     "{late, plural, =0 {no reviews are} one {1 review is} other {{late} reviews are}} overdue, {ahead, plural, one {one} other {many}} ahead",
		"link":    `Start at <a href="{href}">{name}</a> &amp; go on.`,
		"nothing": "",
	})
	d := date.New(2026, time.June, 1)
	for _, c := range []struct {
		name       string
		args       []any
		text, html string
	}{
		{"plain", nil, "R & D", "R &amp; D"},
		{"day", []any{"day", d}, "Due by 1 June 2026.", "Due by 1 June 2026."},
		{"day", []any{"day", "<b>"}, "Due by <b>.", "Due by &lt;b&gt;."},
		{"day", []any{"day", template.HTML("<b>")}, "Due by <b>.", "Due by <b>."},
		{"day", []any{"day", 12345}, "Due by 12,345.", "Due by 12,345."},
		{"day", []any{"day", 1.5}, "Due by {day}.", "Due by {day}."},
		{"day", nil, "Due by {day}.", "Due by {day}."},
		{"two", []any{"late", 0, "ahead", 1}, "no reviews are overdue, one ahead", "no reviews are overdue, one ahead"},
		{"two", []any{"late", 1, "ahead", 0}, "1 review is overdue, many ahead", "1 review is overdue, many ahead"},
		{"two", []any{"late", 2000, "ahead", "x"}, "2,000 reviews are overdue, {ahead} ahead", "2,000 reviews are overdue, {ahead} ahead"},
		{"link", []any{"href", `"a"`, "name", "A & B"}, `Start at <a href=""a"">A & B</a> &amp; go on.`, `Start at <a href="&#34;a&#34;">A &amp; B</a> &amp; go on.`},
		{"nothing", nil, "", ""},
		{"missing", nil, "{missing}", "{missing}"},
	} {
		if got := l.T(c.name, c.args...); got != c.text {
			t.Errorf("%s %v: text %q, want %q", c.name, c.args, got, c.text)
		}
		if got := string(l.HTML(c.name, c.args...)); got != c.html {
			t.Errorf("%s %v: HTML %q, want %q", c.name, c.args, got, c.html)
		}
	}
}

func TestTemplate(t *testing.T) {
	l := sample(t, map[string]string{"plain": "R & D of {name}", "link": `<a href="{href}">{name}</a>`})
	for text, want := range map[string]string{
		`{{T "plain" "name" "<x>"}}`:                 "R &amp; D of &lt;x&gt;",
		`<i title="{{T "plain" "name" "\"x"}}"></i>`: `<i title="R &amp; D of &#34;x"></i>`,
		`{{T "link" "href" "/a?b&c" "name" "<x>"}}`:  `<a href="/a?b&amp;c">&lt;x&gt;</a>`,
		`{{number 1234567}}`:                         "1,234,567",
		`{{T "plane"}}`:                              `error: there is no message "plane"`,
		`{{T "plain" "nome" "x"}}`:                   `error: the message "plain" lacks an argument: R & D of {name}`,
	} {
		var out strings.Builder
		err := template.Must(template.New("").Funcs(l.Funcs()).Parse(text)).Execute(&out, nil)
		if wrong, ok := strings.CutPrefix(want, "error: "); ok {
			if err == nil || !strings.HasSuffix(err.Error(), wrong) {
				t.Errorf("%s: error %v, want %s", text, err, wrong)
			}
		} else if err != nil || out.String() != want {
			t.Errorf("%s: %q, %v, want %q", text, out.String(), err, want)
		}
	}
}

func TestWrongMessages(t *testing.T) {
	for text, want := range map[string]string{
		"{":                                   `lang: en: m: "" is not the name of an argument`,
		"}":                                   "lang: en: m: a brace closes nothing",
		"a {n b}":                             `lang: en: m: "n b" is not the name of an argument`,
		"{n, select, other {a}}":              "lang: en: m: {n, select: only plural is known",
		"{n, plural, one {a}}":                "lang: en: m: {n}: the plural category other is missing",
		"{n, plural, other {a}}":              "lang: en: m: {n}: the plural category one is missing",
		"{n, plural, one {a} oter {b}}":       `lang: en: m: {n}: "oter" is not a plural category`,
		"{n, plural, =a {a} one {} other {b}": "lang: en: m: {n}: =a is not a number",
		"{n, plural, one {a} other {b":        "lang: en: m: a brace is not closed",
		"{n, plural, one {a} other {b}":       "lang: en: m: a brace is not closed",
	} {
		w := english()
		w.Messages = map[string]string{"m": text}
		if _, err := Make(w); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestMatch(t *testing.T) {
	for tag, want := range map[string]string{"en": "en", "en-CA": "en", "EN-us": "en", "en-Latn-GB": "en", "enm": "", "en-Cyrl": "", "az": "", "fr": "fr", "fr-CA": "fr", "es-MX": "es", "es-419": "es", "gl": "", "oc": "", "ar": "", "und": "", "": ""} {
		if got := Match(tag); got != want {
			t.Errorf("%s is served by %q, want %q", tag, got, want)
		}
	}
	if _, err := New("ar-EG"); err == nil || err.Error() != "no words in ar-EG, only in "+strings.Join(Tags(), ", ") {
		t.Error(err)
	}
	if l := For("ar-EG"); l.Tag() != "en" {
		t.Errorf("Arabic got %s", l.Tag())
	}
}

func TestForms(t *testing.T) {
	for _, c := range []struct{ tag, first, fourth, month, letter, list, series, number, small string }{
		{"en", "1 June 2026", "4 August 0814", "March 2014", "M", "laws, references and icons", "a, b; c and d", "12,345,678", "1,234"},
		{"fr", "1er juin 2026", "4 août 0814", "mars 2014", "M", "laws, references et icons", "a, b\u202f; c et d", "12\u202f345\u202f678", "1\u202f234"},
		{"es", "1 de junio de 2026", "4 de agosto de 0814", "marzo de 2014", "M", "laws, references e icons", "a, b; c y d", "12.345.678", "1234"},
	} {
		l, err := New(c.tag)
		if err != nil {
			t.Fatal(err)
		}
		for _, pair := range [][2]string{
			{c.first, l.Date(date.New(2026, time.June, 1))},
			{c.fourth, l.Date(date.New(814, time.August, 4))},
			{c.month, l.Month(date.New(2014, time.March, 31))},
			{c.letter, l.MonthLetter(date.New(2014, time.March, 31))},
			{c.list, l.List([]string{"laws", "references", "icons"})},
			{c.series, l.Series([]string{"a, b", "c", "d"})},
			{c.number, string(l.AppendNumber(nil, 12345678))},
			{c.small, string(l.AppendNumber(nil, 1234))},
			{"", l.Date(date.Date{})}, {"", l.List(nil)}, {"a", l.List([]string{"a"})}, {"-12", string(l.AppendNumber(nil, -12))}, {"123", string(l.AppendNumber(nil, 123))},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s: %q, want %q", c.tag, pair[1], pair[0])
			}
		}
	}
	for d := date.New(2025, time.December, 30); d.Before(date.New(2027, time.January, 3)); d = d.AddDays(1) {
		if got, want := English().Date(d), EnglishDate(d); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// contents returns the arguments and the tags of a message, in alphabetical order.
func contents(pieces []piece) []string {
	var all []string
	for _, p := range pieces {
		if p.arg != "" {
			kind := ""
			if p.cases != nil {
				kind = " plural"
			}
			all = append(all, p.arg+kind)
		}
		for _, f := range p.cases {
			all = append(all, contents(f.pieces)...)
		}
		for rest := p.text; ; {
			_, after, ok := strings.Cut(rest, "<")
			if !ok {
				break
			}
			tag, after, _ := strings.Cut(after, ">")
			all = append(all, "<"+tag)
			rest = after
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// said returns what a message writes; by which number it decides is the language's
// own affair.
func said(m message) []string {
	return slices.DeleteFunc(contents(m.pieces), func(s string) bool { return strings.HasSuffix(s, " plural") })
}

// TestLanguages holds that every language has every message of English, with the
// same arguments and tags.
func TestLanguages(t *testing.T) {
	english := English()
	for _, known := range all() {
		w := known.words()
		if w.Tag != known.tag {
			t.Errorf("%s is listed as %s", w.Tag, known.tag)
		}
		l, err := Make(w)
		if err != nil {
			t.Error(err)
		}
		for name, m := range english.messages {
			other, ok := l.messages[name]
			if !ok {
				t.Errorf("%s: there is no message %q", w.Tag, name)
			} else if diff := cmp.Diff(said(m), said(other)); diff != "" {
				t.Errorf("%s: %s: -English +%s:\n%s", w.Tag, name, w.Tag, diff)
			}
		}
		for name := range l.messages {
			if !english.Has(name) {
				t.Errorf("%s: there is no message %q in English", w.Tag, name)
			}
			if !nameForm.MatchString(name) {
				t.Errorf("%s: %q is not the name of a message: write it in small letters with hyphens", w.Tag, name)
			}
		}
		for i, month := range w.Months {
			if month == "" {
				t.Errorf("%s: month %d has no name", w.Tag, i+1)
			}
		}
	}
}

func TestScript(t *testing.T) {
	l := sample(t, map[string]string{"found": "{n, plural, =0 {Nothing} one {1 page} other {{n} pages}} for {what}", "plain": "</script>"})
	for name, want := range map[string]any{
		"found": map[string]any{"by": "n", "=0": "Nothing for {what}", "one": "1 page for {what}", "other": "{n} pages for {what}"},
		"plain": "</script>",
	} {
		if diff := cmp.Diff(want, forScript("", l.messages[name].pieces)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
	if _, err := l.Script("handbook.js"); err == nil {
		t.Error("a script lacks a message, and nobody says so")
	}
	for file := range Scripts() {
		for _, tag := range Tags() {
			if words, err := For(tag).Script(file); err != nil || !strings.HasPrefix(string(words), `{"lang":"`+tag+`",`) {
				t.Errorf("%s: %s: %.80s, %v", file, tag, words, err)
			}
		}
	}
	if _, err := English().Script("x.js"); err == nil || err.Error() != "lang: x.js is given no words" {
		t.Error(err)
	}
}

// TestPlurals holds that a number has the form of its language: in French, none is
// one.
func TestPlurals(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "no sections, 1 section, 2 sections", "fr": "aucune section, 1 section, 2 sections", "es": "ninguna sección, 1 sección, 2 secciones",
	} {
		l, err := New(tag)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.T("sections", "n", 0) + ", " + l.T("sections", "n", 1) + ", " + l.T("sections", "n", 2); got != want {
			t.Errorf("%s: %s, want %s", tag, got, want)
		}
	}
	l := sample(t, map[string]string{"n": "{n, plural, one {one} other {other}}"})
	for tag, want := range map[string]string{"en": "other", "fr": "one", "es": "other"} {
		l.tag = language.Make(tag)
		if got := l.T("n", "n", 0); got != want {
			t.Errorf("%s: none is %s, want %s", tag, got, want)
		}
	}
}

// TestFrenchSpaces holds that no mark of French begins a line by itself.
func TestFrenchSpaces(t *testing.T) {
	wrong := regexp.MustCompile(`[^\x{a0}]:(\s|$)|[^\x{202f}][;?!]|«[^\x{a0}]|[^\x{a0}]»|'`)
	tags := regexp.MustCompile(`<[^>]*>`)
	for name, text := range french().Messages {
		if text := tags.ReplaceAllString(text, ""); wrong.MatchString(text) {
			t.Errorf("%s: %q", name, text)
		}
	}
	if !wrong.MatchString("Source : {name}") || !wrong.MatchString("Bon!") || wrong.MatchString("«\u00a0oui\u00a0»") {
		t.Error("the test sees nothing")
	}
}
