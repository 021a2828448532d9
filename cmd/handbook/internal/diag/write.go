package diag

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A RuleDoc is what a form that describes its rules needs to know of one.
type RuleDoc struct {
	Name     string
	Doc      string // one or two sentences
	Severity Severity
}

// Formats names the forms that [Write] knows, the usual one first.
func Formats() []string { return []string{"text", "json", "github", "sarif"} }

// Write prints problems in one of the forms of [Formats], in the order given.
// Problems that are [Off] are left out. Only sarif needs the rules.
//
// text is for people, and a line of its own tells what to do:
//
//	content/2-phones/3-texting.md:7:8: error: there is no law "us-hipa" [unknown-law]
//	hint: did you mean us-hipaa-privacy?
//
// json is one array (empty if there is no problem) of objects that all have
// the keys file, line, col, severity, rule, text and hint. Line 0 is the file
// as a whole, col 0 the line as a whole. github is a workflow command for each
// problem, which GitHub Actions shows beside the line. sarif is a SARIF 2.1.0
// log for code scanning.
func Write(w io.Writer, format string, problems []Problem, rules []RuleDoc) error {
	shown := make([]Problem, 0, len(problems))
	for _, p := range problems {
		if p.Severity != Off {
			shown = append(shown, p)
		}
	}
	out := bufio.NewWriter(w)
	var err error
	switch format {
	case "text":
		writeText(out, shown)
	case "json":
		err = writeJSON(out, shown)
	case "github":
		writeGitHub(out, shown)
	case "sarif":
		err = writeSARIF(out, shown, rules)
	default:
		return fmt.Errorf("unknown format %s: use %s", Quote(format), strings.Join(Formats(), ", "))
	}
	if err == nil {
		err = out.Flush() // it keeps the first error of all writes
	}
	if err != nil {
		return fmt.Errorf("write problems as %s: %w", format, err)
	}
	return nil
}

func writeText(out *bufio.Writer, problems []Problem) {
	for _, p := range problems {
		out.WriteString(p.String() + "\n")
		if p.Hint != "" {
			out.WriteString("hint: " + Clean(p.Hint) + "\n")
		}
	}
}

func writeJSON(out *bufio.Writer, problems []Problem) error {
	type object struct {
		File     string `json:"file"`
		Line     int    `json:"line"`
		Col      int    `json:"col"`
		Severity string `json:"severity"`
		Rule     string `json:"rule"`
		Text     string `json:"text"`
		Hint     string `json:"hint"`
	}
	list := make([]object, 0, len(problems))
	for _, p := range problems {
		list = append(list, object{p.File, p.Line, p.Col, p.Severity.String(), p.Rule, p.Text, p.Hint})
	}
	return encode(out, list)
}

// encode writes indented JSON in which every character that must not reach a
// terminal is escaped, so that the data stays as it was and printing it is
// still safe. JSON of its own escapes only some of them. So is the bracket that
// would make a command to a workflow: see [Guard].
func encode(out *bufio.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	var g guard
	for text := b.Bytes(); len(text) > 0; {
		r, size := utf8.DecodeRune(text)
		switch {
		case g.parts(text[0]):
			fmt.Fprintf(out, `\u%04x`, r)
		case r == '\n' || !unsafe(r):
			out.Write(text[:size])
		case r > 0xFFFF:
			r -= 0x10000
			fmt.Fprintf(out, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
		default:
			fmt.Fprintf(out, `\u%04x`, r)
		}
		text = text[size:]
	}
	return nil
}

// writeGitHub writes commands of the form ::error file=F,line=L,title=T::M.
// The runner reads one to a line; %, CR and LF are escaped in all parts, and
// the colon and comma, which end a property, in the properties.
func writeGitHub(out *bufio.Writer, problems []Problem) {
	for _, p := range problems {
		var props []string
		if p.File != "" {
			props = append(props, "file="+escapeProperty(p.File))
			if p.Line > 0 {
				props = append(props, "line="+strconv.Itoa(p.Line))
			}
			if p.Line > 0 && p.Col > 0 {
				props = append(props, "col="+strconv.Itoa(p.Col))
			}
		}
		props = append(props, "title="+escapeProperty(p.Rule))
		message := Clean(p.Text)
		if p.Hint != "" {
			message += "\nhint: " + Clean(p.Hint)
		}
		fmt.Fprintf(out, "::%s %s::%s\n", p.Severity, strings.Join(props, ","), escapeData(message))
	}
}

func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func escapeProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(escapeData(Clean(s)))
}
