package lang

import (
	"errors"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/date"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// A message is a text with places for arguments.
type message struct {
	pieces []piece
	html   bool // it has a tag
}

// A piece of a message is a text, an argument, or a plural.
type piece struct {
	text    string // where there is no argument
	escaped string // the same as HTML
	arg     string
	cases   []form // of a plural; none for an argument that is written
}

// A form is what a plural says for a number or a category.
type form struct {
	number   int // where key is =number
	exact    bool
	category plural.Form
	key      string // "=0", "one", "other"
	pieces   []piece
}

// categoryNames are CLDR's, in the order of [plural.Form].
func categoryNames() []string { return []string{"other", "zero", "one", "two", "few", "many"} }

// categoryOf returns the plural category of a number in a language.
func categoryOf(tag language.Tag, n int) plural.Form {
	return plural.Cardinal.MatchPlural(tag, max(n, -n)%10_000_000, 0, 0, 0, 0)
}

// categoriesOf returns the names of the categories that small numbers have in a
// language; those of large ones may be left to "other".
func categoriesOf(tag language.Tag) []string {
	names := []string{"other"}
	for n := range 200 {
		if name := categoryNames()[categoryOf(tag, n)]; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// A parser reads the text of a message.
type parser struct {
	rest       string
	html       bool
	categories []string
}

// parse reads a message in a language that has some categories.
func parse(text string, categories []string) (message, error) {
	p := parser{rest: text, html: strings.ContainsRune(text, '<'), categories: categories}
	pieces, err := p.pieces(false)
	return message{pieces, p.html}, err
}

// pieces reads up to the end of the text, or of the form that it is within.
func (p *parser) pieces(inner bool) ([]piece, error) {
	var out []piece
	for {
		i := strings.IndexAny(p.rest, "{}")
		text := p.rest
		if i >= 0 {
			text = p.rest[:i]
		}
		if text != "" {
			escaped := text
			if !p.html {
				escaped = template.HTMLEscapeString(text)
			}
			out = append(out, piece{text: text, escaped: escaped})
		}
		switch {
		case i < 0 && inner:
			return out, errors.New("a brace is not closed")
		case i < 0:
			return out, nil
		case p.rest[i] == '}' && !inner:
			return out, errors.New("a brace closes nothing")
		case p.rest[i] == '}':
			p.rest = p.rest[i+1:]
			return out, nil
		}
		p.rest = p.rest[i+1:]
		arg, err := p.argument()
		if err != nil {
			return out, err
		}
		out = append(out, arg)
	}
}

// argument reads what follows an open brace.
func (p *parser) argument() (piece, error) {
	name, ok := p.until(",}")
	if !ok || !isName(name) {
		return piece{}, fmt.Errorf("%q is not the name of an argument", name)
	}
	if p.rest[0] == '}' {
		p.rest = p.rest[1:]
		return piece{arg: name}, nil
	}
	p.rest = p.rest[1:]
	if kind, ok := p.until(","); !ok || kind != "plural" {
		return piece{}, fmt.Errorf("{%s, %s: only plural is known", name, kind)
	}
	p.rest = p.rest[1:]
	out := piece{arg: name}
	for {
		key, ok := p.until("{}")
		if !ok {
			return out, errors.New("a brace is not closed")
		}
		end := p.rest[0] == '}'
		p.rest = p.rest[1:]
		if end && key == "" {
			break
		}
		f := form{key: key}
		if number, ok := strings.CutPrefix(key, "="); ok {
			n, err := strconv.Atoi(number)
			if err != nil {
				return out, fmt.Errorf("{%s}: %s is not a number", name, key)
			}
			f.number, f.exact = n, true
		} else {
			i := slices.Index(categoryNames(), key)
			if i < 0 {
				return out, fmt.Errorf("{%s}: %q is not a plural category", name, key)
			}
			f.category = plural.Form(i)
		}
		var err error
		if f.pieces, err = p.pieces(true); err != nil {
			return out, err
		}
		out.cases = append(out.cases, f)
	}
	for _, c := range p.categories {
		if !slices.ContainsFunc(out.cases, func(f form) bool { return f.key == c }) {
			return out, fmt.Errorf("{%s}: the plural category %s is missing", name, c)
		}
	}
	return out, nil
}

// until reads up to one of some characters, without the spaces around.
func (p *parser) until(chars string) (string, bool) {
	i := strings.IndexAny(p.rest, chars)
	if i < 0 {
		return strings.TrimSpace(p.rest), false
	}
	word := strings.TrimSpace(p.rest[:i])
	p.rest = p.rest[i:]
	return word, true
}

// isName reports whether a word can be the name of an argument.
func isName(s string) bool {
	for _, r := range s {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return s != ""
}

// T returns a message as plain text. Its arguments follow as pairs of a name
// and a value, which is a string, an int or a [date.Date]. What is missing shows
// as its name in braces.
func (l *Language) T(name string, args ...any) string {
	m, ok := l.messages[name]
	if ok && len(m.pieces) == 1 && m.pieces[0].arg == "" {
		return m.pieces[0].text
	}
	var room [160]byte // for nearly every message
	return string(l.AppendT(room[:0], name, args...))
}

// AppendT adds a message to a text, as T writes it.
func (l *Language) AppendT(b []byte, name string, args ...any) []byte {
	b, _ = l.message(b, name, args, false)
	return b
}

// HTML returns a message as HTML. Arguments are escaped, apart from those that are
// [template.HTML].
func (l *Language) HTML(name string, args ...any) template.HTML {
	m, ok := l.messages[name]
	if ok && len(m.pieces) == 1 && m.pieces[0].arg == "" {
		return template.HTML(m.pieces[0].escaped)
	}
	var room [160]byte
	b, _ := l.message(room[:0], name, args, true)
	return template.HTML(b)
}

// message adds a message, or its name in braces, and reports whether all was as
// it should be.
func (l *Language) message(b []byte, name string, args []any, html bool) ([]byte, bool) {
	m, ok := l.messages[name]
	if !ok {
		return missing(b, name), false
	}
	return l.append(b, m.pieces, args, html)
}

func missing(b []byte, name string) []byte { return append(append(append(b, '{'), name...), '}') }

// append adds pieces of a message.
func (l *Language) append(b []byte, pieces []piece, args []any, html bool) ([]byte, bool) {
	ok := true
	for i := range pieces {
		p := &pieces[i]
		fine := true
		switch {
		case p.arg == "" && html:
			b = append(b, p.escaped...)
		case p.arg == "":
			b = append(b, p.text...)
		case p.cases != nil:
			n, is := lookUp(args, p.arg).(int)
			if !is {
				b, fine = missing(b, p.arg), false
				break
			}
			b, fine = l.append(b, l.choose(p.cases, n), args, html)
		default:
			b, fine = l.appendValue(b, p.arg, lookUp(args, p.arg), html)
		}
		ok = ok && fine
	}
	return b, ok
}

// choose returns what a plural says for a number.
func (l *Language) choose(cases []form, n int) []piece {
	var other []piece
	category := categoryOf(l.tag, n)
	for i := range cases {
		switch c := &cases[i]; {
		case c.exact && c.number == n:
			return c.pieces
		case !c.exact && c.category == category:
			other = c.pieces
		case !c.exact && c.category == plural.Other && other == nil:
			other = c.pieces
		}
	}
	return other
}

// lookUp returns the argument of a name, or nil.
func lookUp(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if s, ok := args[i].(string); ok && s == name {
			return args[i+1]
		}
	}
	return nil
}

// appendValue adds an argument, and reports whether it is one.
func (l *Language) appendValue(b []byte, name string, value any, html bool) ([]byte, bool) {
	switch v := value.(type) {
	case string:
		if html {
			v = template.HTMLEscapeString(v)
		}
		return append(b, v...), true
	case template.HTML:
		return append(b, v...), html
	case int:
		return l.AppendNumber(b, v), true
	case date.Date:
		return l.AppendDate(b, v), true
	}
	return missing(b, name), false
}

// Has reports whether there is a message of a name.
func (l *Language) Has(name string) bool { _, ok := l.messages[name]; return ok }

// Funcs returns the functions by which templates ask for words:
//
//	{{T "made-on" "day" .Day}}   a message, escaped for its place, or HTML if it has a tag
//	{{number .Count}}               a number
//	{{date .Day}}                   a day
//
// A message that is not there, or an argument, is an error of the template.
func (l *Language) Funcs() template.FuncMap {
	return template.FuncMap{"T": l.forTemplate, "date": l.Date, "number": func(n int) string { return string(l.AppendNumber(nil, n)) }}
}

// forTemplate returns a message as a template puts it in its place.
func (l *Language) forTemplate(name string, args ...any) (any, error) {
	m, ok := l.messages[name]
	if !ok {
		return nil, fmt.Errorf("there is no message %q", name)
	}
	html := m.html || slices.ContainsFunc(args, func(a any) bool { _, ok := a.(template.HTML); return ok })
	b, ok := l.append(nil, m.pieces, args, html)
	switch {
	case !ok:
		return nil, fmt.Errorf("the message %q lacks an argument: %s", name, b)
	case html:
		return template.HTML(b), nil
	}
	return string(b), nil
}
