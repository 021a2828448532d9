package preview

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html/template"

	"handbook/cmd/handbook/internal/diag"
)

// most is how many problems are sent to a page. The terminal has all of them.
const most = 100

// A report is what is wrong, as a page is told.
type report struct {
	ID       string    `json:"id"`                // another one for each other list
	Failure  string    `json:"failure,omitempty"` // of the program, not of the handbook
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Problems []problem `json:"problems"`
	More     int       `json:"more,omitempty"` // left out of Problems

	encoded json.RawMessage
}

// A problem is a diag.Problem with its line.
type problem struct {
	Place    string `json:"place"` // file:line:col
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Text     string `json:"text"`
	Hint     string `json:"hint,omitempty"`
	Line     string `json:"line,omitempty"` // the line of source
	Col      int    `json:"col,omitempty"`
}

// report makes a report, errors before warnings.
func (s *Server) report(problems []diag.Problem, err error) report {
	r := report{Problems: []problem{}}
	r.Errors, r.Warnings = diag.Count(problems)
	for _, severity := range []diag.Severity{diag.Error, diag.Warning} {
		for _, p := range problems {
			switch {
			case p.Severity != severity:
			case len(r.Problems) == most:
				r.More++
			default:
				r.Problems = append(r.Problems, s.problem(p))
			}
		}
	}
	if err != nil {
		r.Failure = err.Error()
	}
	text, err := json.Marshal(r)
	if err != nil {
		return r // texts and numbers can always be written
	}
	sum := sha256.Sum256(text)
	r.ID = hex.EncodeToString(sum[:8])
	if r.encoded, err = json.Marshal(r); err != nil {
		r.encoded = json.RawMessage("{}")
	}
	return r
}

func (s *Server) problem(p diag.Problem) problem {
	out := problem{Place: diag.Clean(p.Pos.String()), Severity: p.Severity.String(), Rule: p.Rule, Text: diag.Clean(p.Text), Hint: diag.Clean(p.Hint), Col: p.Col}
	if s.Line != nil && p.Line > 0 {
		out.Line = cut(diag.Clean(s.Line(p.File, p.Line)), p.Col)
	}
	return out
}

// cut shortens a line to what stands around a column.
func cut(line string, col int) string {
	const around = 100
	runes := []rune(line)
	from := max(0, col-1-around)
	to := min(len(runes), from+2*around)
	if from >= to {
		return ""
	}
	text := string(runes[from:to])
	if from > 0 {
		text = "…" + text
	}
	if to < len(runes) {
		text += "…"
	}
	return text
}

// page returns a page that shows the report, for when there is nothing else to
// show. It can be read without its script, which only loads it again.
func (r report) page(title string) []byte {
	var b bytes.Buffer
	if err := template.Must(template.New("").Parse(reportPage)).Execute(&b, struct {
		Title, Style string
		report
	}{title, stylePath, r}); err != nil {
		return []byte("<!doctype html><title>" + template.HTMLEscapeString(title) + "</title><p>" + template.HTMLEscapeString(r.Failure))
	}
	return b.Bytes()
}

const reportPage = `<!doctype html>
<html lang="en" class="handbook-preview">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Title}}</title>
<link rel="stylesheet" href="{{.Style}}">
</head>
<body>
<main>
<h1>{{.Title}}</h1>
{{with .Failure}}<p class="failure">{{.}}</p>
{{end}}{{if .Problems}}<p>Correct these problems and save. This page then goes away by itself.</p>
<ol class="problems">{{range .Problems}}
<li class="{{.Severity}}">
<p><strong>{{.Severity}}:</strong> {{.Text}} <span class="rule">[{{.Rule}}]</span></p>
<p class="place"><code>{{.Place}}</code></p>
{{with .Line}}<pre tabindex="0"><code>{{.}}</code></pre>
{{end}}{{with .Hint}}<p class="hint">Hint: {{.}}</p>
{{end}}</li>{{end}}
</ol>{{with .More}}
<p>And {{.}} more; the terminal shows all of them.</p>{{end}}
{{end}}</main>
</body>
</html>
`

// program returns the sum of the preview's own script and style, so that a page
// loads again when the server is another version.
func program() string {
	h := sha256.New()
	h.Write(script)
	h.Write(style)
	return short(h)
}
