package staleness

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
)

// Text returns the reason as a sentence, or several.
func (r Reason) Text(l *lang.Language) string {
	name := "reason-" + string(r.Kind)
	if r.Case != "" {
		name += "-" + r.Case
	}
	switch r.Kind {
	case LawAmended, LawComing, ReferenceSuperseded:
		return r.onSource(l, name)
	case TextChanged, ApprovalTextChanged, CounselTextChanged:
		parts := strings.Fields(r.Parts)
		n := len(parts)
		for i, p := range parts {
			parts[i] = l.T("part-" + p)
		}
		return l.T(name, "n", n, "parts", capital(l.List(parts)), "day", r.Day, "signed", signed(l, r.By, r.Day))
	case SourceUnverified:
		return r.unverified(l, name)
	case VersionNotApproved:
		return l.T(name, "version", strconv.Itoa(r.Version), "approved", strconv.Itoa(r.Approved), "signed", signed(l, r.By, r.Day))
	}
	return l.T(name, "day", r.Day, "due", r.Due, "other", r.Other, "n", r.Count)
}

// onSource says what a law or reference has done.
func (r Reason) onSource(l *lang.Language, name string) string {
	source, event := r.Name, ""
	if source == "" && r.Kind == ReferenceSuperseded {
		source = l.T("unnamed-reference")
	} else if source == "" {
		source = l.T("unnamed-law")
	}
	if r.Was != "" {
		event = l.T("after-"+r.Was, "day", r.Last)
	}
	text := l.T(name, "name", source, "fate", fateWords(l, r.Fate, r.Other, r.Day), "event", event, "day", r.Day, "due", r.Due)
	if r.Name == "" {
		return capital(text)
	}
	return text
}

// unverified says which sources were not checked.
func (r Reason) unverified(l *lang.Language, name string) string {
	if r.Sources == nil {
		return l.T(name, "day", r.Day, "due", r.Due)
	}
	if r.Case != "dates" {
		names := make([]string, len(*r.Sources))
		for i, s := range *r.Sources {
			names[i] = s.Name
		}
		return l.T(name, "n", r.Count, "names", l.Series(names), "day", r.Day, "due", r.Due)
	}
	var text []byte
	for rest := *r.Sources; len(rest) > 0; {
		var names []string
		due := rest[0].Due
		for len(rest) > 0 && rest[0].Due == due {
			names, rest = append(names, rest[0].Name), rest[1:]
		}
		if text == nil {
			text = l.AppendT(text, name, "due", due, "names", strings.Join(names, "; "))
		} else {
			text = l.AppendT(append(text, ' '), "reason-source-unverified-next", "due", due, "names", strings.Join(names, "; "))
		}
	}
	return string(text)
}

// signed says by whom and when something was signed, to follow a verb.
func signed(l *lang.Language, by string, on date.Date) string {
	switch {
	case by == "" && on.IsZero():
		return l.T("signed-undated")
	case by == "":
		return l.T("signed-on", "day", on)
	case on.IsZero():
		return l.T("signed-by-undated", "by", by)
	}
	return l.T("signed-by-on", "by", by, "day", on)
}

// fateWords says what became of a reference, to follow its name.
func fateWords(l *lang.Language, fate, other string, on date.Date) string {
	switch {
	case fate == "":
		return ""
	case on.IsZero():
		return l.T("fate-"+fate, "other", other)
	}
	return l.T("fate-"+fate+"-on", "other", other, "day", on)
}

// Text returns the note as a sentence.
func (n Note) Text(l *lang.Language) string {
	var text string
	switch n.Case {
	case "in-force-part-vacated", "proposed-change-pending", "uncertain":
		text = l.T("note-"+n.Case, "law", n.Name)
	default:
		fate := fateWords(l, n.Case, n.Other, n.Since)
		if n.Base != "" {
			text = l.T("note-rests", "name", n.Name, "base", n.Base, "fate", fate)
		} else {
			text = l.T("note-fate", "name", n.Name, "fate", fate)
		}
	}
	if strings.HasSuffix(text, "..") { // after a name such as Stericycle, Inc.
		return text[:len(text)-1]
	}
	return text
}

// capital returns a text with its first letter as a capital.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
