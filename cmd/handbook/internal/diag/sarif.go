package diag

import (
	"bufio"
	"net/url"
	"path"
	"strings"
)

// This file writes SARIF 2.1.0 (OASIS, Static Analysis Results Interchange
// Format), as far as code scanning reads it. Three things of the standard are
// easily got wrong. A message is a small language: braces are doubled, and
// "[a](b)" would be a link. An address is a URI, not a path, and only a
// relative one has a base. Columns count UTF-16 units unless the run says
// otherwise, and ours count characters.

// root is the name of the folder that relative addresses start from; GitHub
// takes this one for the top of the repository.
const root = "%SRCROOT%"

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver struct {
			Name  string      `json:"name"`
			Rules []sarifRule `json:"rules"`
		} `json:"driver"`
	} `json:"tool"`
	Bases      map[string]sarifLocation `json:"originalUriBaseIds"`
	ColumnKind string                   `json:"columnKind"`
	Results    []sarifResult            `json:"results"`
}

type sarifRule struct {
	ID      string    `json:"id"`
	Short   sarifText `json:"shortDescription"`
	Full    sarifText `json:"fullDescription"`
	Help    sarifText `json:"help"`
	Default struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level"`
	} `json:"defaultConfiguration"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID    string       `json:"ruleId"`
	RuleIndex *int         `json:"ruleIndex,omitempty"` // none for a rule that is not in the list
	Level     string       `json:"level"`
	Message   sarifText    `json:"message"`
	Locations []sarifPlace `json:"locations,omitempty"`
}

type sarifPlace struct {
	Physical struct {
		Artifact sarifLocation `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	} `json:"physicalLocation"`
}

type sarifLocation struct {
	URI         string     `json:"uri,omitempty"`
	BaseID      string     `json:"uriBaseId,omitempty"`
	Description *sarifText `json:"description,omitempty"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
}

func writeSARIF(out *bufio.Writer, problems []Problem, rules []RuleDoc) error {
	run := sarifRun{
		Bases:      map[string]sarifLocation{root: {Description: &sarifText{"The folder in which the handbook was checked."}}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	driver := &run.Tool.Driver
	driver.Name, driver.Rules = "handbook", make([]sarifRule, len(rules))
	index := map[string]int{}
	for i, r := range rules {
		index[r.Name] = i
		short := r.Doc
		if first, _, more := strings.Cut(r.Doc, ". "); more {
			short = first + "."
		}
		rule := &driver.Rules[i]
		rule.ID, rule.Short, rule.Full, rule.Help = r.Name, sarifString(short), sarifString(r.Doc), sarifString(r.Doc)
		rule.Default.Enabled, rule.Default.Level = r.Severity != Off, level(r.Severity)
	}
	for _, p := range problems {
		message := Clean(p.Text)
		if p.Hint != "" {
			message += ".\nHint: " + Clean(p.Hint)
		}
		result := sarifResult{RuleID: p.Rule, Level: level(p.Severity), Message: sarifString(message)}
		if i, ok := index[p.Rule]; ok {
			result.RuleIndex = &i
		}
		if p.File != "" {
			var place sarifPlace
			place.Physical.Artifact = artifact(p.File)
			if p.Line > 0 {
				place.Physical.Region = &sarifRegion{p.Line, p.Col}
			}
			result.Locations = []sarifPlace{place}
		}
		run.Results = append(run.Results, result)
	}
	return encode(out, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// level returns the word for a severity; a rule that is off by default is a
// warning where somebody turns it on.
func level(s Severity) string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// sarifString writes a plain text message in the language of messages.
func sarifString(s string) sarifText {
	return sarifText{strings.NewReplacer("{", "{{", "}", "}}", "](", "] (").Replace(s)}
}

// artifact returns the address of a file. A path that leaves the folder in which
// the check ran has no base that it could be relative to.
func artifact(file string) sarifLocation {
	clean := path.Clean(file)
	drive := len(clean) > 2 && clean[1] == ':' && clean[2] == '/'
	escaped := escapePath(clean)
	switch {
	case drive:
		return sarifLocation{URI: "file:///" + clean[:2] + escapePath(clean[2:])}
	case path.IsAbs(clean):
		return sarifLocation{URI: "file://" + escaped}
	case clean == ".." || strings.HasPrefix(clean, "../"):
		return sarifLocation{URI: escaped}
	}
	return sarifLocation{URI: escaped, BaseID: root}
}

// escapePath percent-encodes every segment. The colon is safe within a path
// but would make its first segment a scheme.
func escapePath(p string) string {
	segments := strings.Split(p, "/")
	for i, s := range segments {
		segments[i] = strings.ReplaceAll(url.PathEscape(s), ":", "%3A")
	}
	return strings.Join(segments, "/")
}
