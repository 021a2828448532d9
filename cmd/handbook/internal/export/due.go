package export

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/source"
	"handbook/cmd/handbook/internal/staleness"

	ics "github.com/arran4/golang-ical"
)

// DueFormats returns the names of the forms that [Due] writes.
func DueFormats() []string { return []string{"text", "csv", "json", "ics", "markdown"} }

// Due writes tasks, in their order, in one of the forms of [DueFormats]. The
// day decides what is overdue. A task without a day was never done: it is due
// at once, and in a calendar it stands on the day.
func Due(w io.Writer, format string, b *book.Book, day date.Date, tasks []staleness.Task) error {
	if b.Config == nil {
		with := *b
		with.Config = new(book.Config)
		b = &with
	}
	switch format {
	case "text":
		return dueText(w, day, tasks)
	case "csv":
		return dueCSV(w, b, day, tasks)
	case "json":
		return dueJSON(w, b, day, tasks)
	case "ics":
		return dueCalendar(w, b, day, tasks)
	case "markdown":
		return dueMarkdown(w, b, day, tasks)
	}
	return fmt.Errorf("unknown format %s: use one of %s", diag.Quote(format), strings.Join(DueFormats(), ", "))
}

// state says in a word how a task stands on a day.
func state(t staleness.Task, day date.Date) string {
	switch {
	case t.Day.IsZero():
		return "never done"
	case t.Overdue(day):
		return "overdue"
	}
	return "due"
}

// ownerName returns the name of a section's owner, else the id, else "".
func ownerName(s *book.Section) string {
	o := ownerOf(s)
	if o.Name != "" {
		return o.Name
	}
	return o.ID
}

func dueText(w io.Writer, day date.Date, tasks []staleness.Task) error {
	if len(tasks) == 0 {
		_, err := io.WriteString(w, "Nothing is due.\n")
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := io.WriteString(tw, "DUE\tSTATE\tWORK\tSECTION\tOWNER\n"); err != nil {
		return err
	}
	for _, t := range tasks {
		when, owner := t.Day.String(), ownerName(t.Section)
		if when == "" {
			when = "-"
		}
		if owner == "" {
			owner = "nobody"
		}
		fields := []string{when, state(t, day), string(t.Work), t.Section.Name(), owner}
		for i := range fields {
			fields[i] = diag.Clean(source.OneLine(fields[i])) // no terminal escapes
		}
		if _, err := fmt.Fprintln(tw, strings.Join(fields, "\t")); err != nil {
			return err
		}
	}
	return tw.Flush()
}

// Doubts writes what has to be looked into whatever the review date, for people:
// programs read handbook.json.
func Doubts(w io.Writer, found []staleness.Doubt) error {
	if len(found) == 0 {
		return nil
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	english := lang.English()
	fmt.Fprint(tw, "\nTo look into, whatever the review date:\n")
	for _, d := range found {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", cmp.Or(d.Day.String(), "-"), d.Reason.Kind, diag.Clean(d.Section.Name()), diag.Clean(d.Reason.Text(english)))
	}
	return tw.Flush()
}

// csvWriter returns a writer of RFC 4180's form.
func csvWriter(w io.Writer) *csv.Writer {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return c
}

func dueCSV(w io.Writer, b *book.Book, day date.Date, tasks []staleness.Task) error {
	c := csvWriter(w)
	// No byte order mark, unlike health.csv: this goes to another program.
	c.Write([]string{"due", "state", "work", "number", "id", "title", "owner", "owner_name", "owner_email", "last_done", "url"})
	for _, t := range tasks {
		s, owner := t.Section, ownerOf(t.Section)
		url := absolute(b, s.Path)
		if url == "" {
			url = relative(s.Path)
		}
		c.Write(cells(t.Day.String(), state(t, day), string(t.Work), s.Number, s.ID, s.Title, owner.ID, owner.Name, owner.Email, t.Last.String(), url))
	}
	c.Flush()
	return c.Error()
}

func dueJSON(w io.Writer, b *book.Book, day date.Date, tasks []staleness.Task) error {
	j := newJSONWriter(w)
	j.text("title", b.Config.Title)
	j.text("as_of", day.String())
	objects(j, "due", tasks, func(t staleness.Task) {
		s := t.Section
		j.text("section", s.ID)
		j.text("number", s.Number)
		j.text("title", s.Title)
		j.text("url", relative(s.Path))
		j.text("owner", ownerOf(s).ID)
		j.text("work", string(t.Work))
		j.dayIfAny("due", t.Day)
		j.text("state", state(t, day))
		j.dayIfAny("last_done", t.Last)
	})
	return j.end()
}

func dueCalendar(w io.Writer, b *book.Book, day date.Date, tasks []staleness.Task) error {
	l := lang.For(b.Config.Language)
	var events []*ics.VEvent
	for _, t := range tasks {
		events = append(events, event(b, l, t, day))
	}
	return calendar(w, l.T("calendar-due", "title", title(b, l)), events)
}

// dueMarkdown writes a table for an issue, a message or a meeting's notes.
func dueMarkdown(w io.Writer, b *book.Book, day date.Date, tasks []staleness.Task) error {
	var out strings.Builder
	if len(tasks) == 0 {
		out.WriteString("Nothing is due.\n")
	} else {
		out.WriteString("| Due | State | Work | Section | Owner |\n|---|---|---|---|---|\n")
	}
	for _, t := range tasks {
		name := markdownText(t.Section.Name())
		if url := absolute(b, t.Section.Path); url != "" {
			name = "[" + name + "](<" + url + ">)"
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n", lang.EnglishDate(t.Day), state(t, day), t.Work, name, markdownText(ownerName(t.Section)))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// markdownText keeps a text from being read as markdown in a cell of a table.
func markdownText(s string) string {
	var out strings.Builder
	for _, r := range source.OneLine(s) {
		if strings.ContainsRune("\\`*_[]<>|&~", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}
