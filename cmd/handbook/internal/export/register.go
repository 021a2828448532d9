package export

import (
	"bytes"
	"cmp"
	"encoding/json"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/staleness"
)

// The types below are the objects of handbook.json; their fields are its keys,
// in their order. Texts and days are left out when empty, lists never.

type jsonOwner struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Role  string `json:"role,omitempty"`
	Email string `json:"email,omitempty"`
	Phone string `json:"phone,omitempty"`
}

type jsonArea struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Required bool   `json:"required"`
}

type jsonAudience struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Population bool     `json:"population"`
	Includes   []string `json:"includes,omitempty"`
}

type jsonLevel struct {
	Level  int    `json:"level"`
	Name   string `json:"name"`
	Means  string `json:"means,omitempty"`
	Range  string `json:"range,omitempty"`
	Beyond string `json:"beyond,omitempty"`
}

type jsonPart struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
	URL    string `json:"url"`
}

type jsonSection struct {
	ID           string           `json:"id"`
	Number       string           `json:"number"`
	Title        string           `json:"title"`
	Summary      string           `json:"summary,omitempty"`
	URL          string           `json:"url"`
	Source       string           `json:"source"`
	Part         string           `json:"part"`
	Owner        string           `json:"owner"`
	Status       staleness.Status `json:"status"`
	Drafted      date.Date        `json:"drafted,omitzero"`
	Approved     date.Date        `json:"approved,omitzero"`
	Effective    date.Date        `json:"effective,omitzero"`
	Withdrawn    date.Date        `json:"withdrawn,omitzero"`
	Version      int              `json:"version"`
	Reviewed     date.Date        `json:"reviewed,omitzero"`
	ReviewDue    date.Date        `json:"review_due,omitzero"`
	Counsel      date.Date        `json:"counsel,omitzero"`
	CounselDue   date.Date        `json:"counsel_due,omitzero"`
	SupersededBy string           `json:"superseded_by,omitempty"`
	Areas        []string         `json:"areas"`
	Audience     []string         `json:"audience"`
	Laws         []string         `json:"laws"`
	References   []string         `json:"references"`
	Rules        []jsonRule       `json:"rules"`
	Reasons      []jsonReason     `json:"reasons"`
}

type jsonRule struct {
	ID         string   `json:"id"`
	Level      *int     `json:"level"` // null if the rule has none
	Text       string   `json:"text"`
	URL        string   `json:"url"`
	Laws       []string `json:"laws"`
	References []string `json:"references"`
	Audience   []string `json:"audience"`
}

type jsonReason struct {
	Kind    staleness.Kind `json:"kind"`
	Since   date.Date      `json:"since,omitzero"`
	Until   date.Date      `json:"until,omitzero"`
	Text    string         `json:"text"`
	Because string         `json:"because,omitempty"`
}

type jsonLaw struct {
	ID           string          `json:"id"`
	Short        string          `json:"short"`
	Title        string          `json:"title"`
	Citation     string          `json:"citation,omitempty"`
	Kind         string          `json:"kind,omitempty"`
	Level        string          `json:"level,omitempty"`
	Jurisdiction string          `json:"jurisdiction,omitempty"`
	Governs      string          `json:"governs,omitempty"`
	Areas        []string        `json:"areas"`
	URL          string          `json:"url,omitempty"`
	Page         string          `json:"page"`
	Status       string          `json:"status,omitempty"`
	Amended      []jsonAmendment `json:"amended"`
	Confidence   string          `json:"confidence,omitempty"`
	Caution      string          `json:"caution,omitempty"`
	VerifiedOn   date.Date       `json:"verified_on,omitzero"`
	Sources      []string        `json:"sources"`
	Sections     []string        `json:"sections"`
	Rules        []string        `json:"rules"`
}

type jsonAmendment struct {
	Published date.Date `json:"published,omitzero"`
	Effective date.Date `json:"effective,omitzero"`
	ComplyBy  date.Date `json:"comply_by,omitzero"`
	Note      string    `json:"note,omitempty"`
	Source    string    `json:"source,omitempty"`
}

type jsonReference struct {
	ID           string    `json:"id"`
	Title        string    `json:"title"`
	AlsoCalled   []string  `json:"also_called"`
	Publisher    string    `json:"publisher,omitempty"`
	Year         string    `json:"year,omitempty"`
	Edition      string    `json:"edition,omitempty"`
	URL          string    `json:"url,omitempty"`
	ArchivedURL  string    `json:"archived_url,omitempty"`
	Page         string    `json:"page"`
	Status       string    `json:"status,omitempty"`
	SupersededBy string    `json:"superseded_by,omitempty"`
	SupersededOn date.Date `json:"superseded_on,omitzero"`
	RestsOn      []string  `json:"rests_on"`
	Confidence   string    `json:"confidence,omitempty"`
	Caution      string    `json:"caution,omitempty"`
	About        string    `json:"about,omitempty"`
	VerifiedOn   date.Date `json:"verified_on,omitzero"`
	Sections     []string  `json:"sections"`
	Rules        []string  `json:"rules"`
}

// register makes handbook.json.
func register(b *book.Book, day date.Date, reasons map[string][]staleness.Reason) ([]byte, error) {
	w := objectWriter{separator: "{\n"}
	w.field("title", b.Config.Title)
	w.field("as_of", day)
	if b.Edition != nil {
		w.field("edition", audienceIDs(b.Edition.Audiences))
	}
	if b.Config.Language != "" {
		w.field("language", b.Config.Language)
	}
	if b.Config.BaseURL != "" {
		w.field("base_url", b.Config.BaseURL)
	}
	writeList(&w, "owners", b.Config.Owners, func(o book.Owner) any {
		return jsonOwner{o.ID, o.Name, o.Role, o.Email, o.Phone}
	})
	writeList(&w, "areas", b.Config.Areas, func(a book.Area) any { return jsonArea{a.ID, a.Name, a.Required} })
	writeList(&w, "audiences", b.Config.Audiences, func(a book.Audience) any { return jsonAudience{a.ID, a.Name, a.Population, a.Includes} })
	writeList(&w, "levels", b.Config.Levels, func(l book.Level) any {
		return jsonLevel{l.Level, l.Name, l.Means, l.Range, l.Beyond}
	})
	writeList(&w, "parts", b.Parts, func(p *book.Part) any { return jsonPart{p.ID, p.Number, p.Title, relative(p.Path)} })
	writeList(&w, "sections", b.Sections, func(s *book.Section) any { return section(b, s, reasons[s.ID]) })
	writeList(&w, "laws", b.Laws, func(l *book.Law) any { return law(l, b.LawUses(l)) })
	writeList(&w, "references", b.References, func(r *book.Reference) any { return reference(r, b.ReferenceUses(r)) })
	w.buf.WriteString("\n}\n")
	return w.buf.Bytes(), w.err
}

// An objectWriter writes the fields of one object, each on its own line.
type objectWriter struct {
	buf       bytes.Buffer
	separator string // before the next field
	err       error  // the first error
}

func (w *objectWriter) value(v any) {
	if err := json.NewEncoder(&w.buf).Encode(v); err != nil {
		w.err = cmp.Or(w.err, err)
		return
	}
	w.buf.Truncate(w.buf.Len() - 1) // the end of the line
}

func (w *objectWriter) key(key string) {
	w.buf.WriteString(w.separator)
	w.separator = ",\n"
	w.value(key)
	w.buf.WriteString(": ")
}

func (w *objectWriter) field(key string, v any) {
	w.key(key)
	w.value(v)
}

// writeList writes a list, each item on its own line.
func writeList[T any](w *objectWriter, key string, items []T, item func(T) any) {
	w.key(key)
	w.buf.WriteString("[")
	separator := "\n"
	for _, it := range items {
		w.buf.WriteString(separator)
		separator = ",\n"
		w.value(item(it))
	}
	w.buf.WriteString("]")
}

func section(b *book.Book, s *book.Section, reasons []staleness.Reason) jsonSection {
	j := jsonSection{
		ID: s.ID, Number: s.Number, Title: s.Title, Summary: s.Summary, URL: relative(s.Path), Source: s.Source,
		Status:  staleness.StatusOf(reasons),
		Drafted: s.Drafted, Approved: s.Approved.On, Effective: s.Effective, Withdrawn: s.Withdrawn, Version: s.Version,
		Reviewed: reviewed(s), ReviewDue: staleness.ReviewDue(s), CounselDue: staleness.CounselDue(b, s),
		Areas: areaIDs(s.Areas), Audience: audienceIDs(s.Audience), Laws: lawIDs(s.Laws), References: referenceIDs(s.References),
		Rules: make([]jsonRule, 0, len(s.Rules)), Reasons: make([]jsonReason, 0, len(reasons)),
	}
	if s.Part != nil {
		j.Part = s.Part.ID
	}
	if s.Owner != nil {
		j.Owner = s.Owner.ID
	}
	if s.Counsel != nil {
		j.Counsel = s.Counsel.On
	}
	if s.SupersededBy != nil {
		j.SupersededBy = s.SupersededBy.ID
	}
	for _, r := range s.Rules {
		rule := jsonRule{ID: r.ID, Text: r.Text, URL: j.URL + "#" + r.ID,
			Laws: lawIDs(r.Laws), References: referenceIDs(r.References), Audience: audienceIDs(r.Audience)}
		if r.Level >= 0 {
			rule.Level = &r.Level
		}
		j.Rules = append(j.Rules, rule)
	}
	for _, r := range reasons {
		j.Reasons = append(j.Reasons, jsonReason(r))
	}
	return j
}

// reviewed gives the day of the latest review, not counting drafting and
// approval.
func reviewed(s *book.Section) date.Date {
	var day date.Date
	for _, r := range s.Reviews {
		day = date.Max(day, r.On)
	}
	return day
}

func law(l *book.Law, uses book.Uses) any {
	j := jsonLaw{
		ID: l.ID, Short: l.Short, Title: l.Title, Citation: l.Citation, Kind: l.Kind, Level: l.Level, Jurisdiction: l.Jurisdiction,
		Governs: l.Governs, Areas: areaIDs(l.Areas), URL: l.URL, Page: relative(l.Path), Status: l.Status,
		Amended: make([]jsonAmendment, 0, len(l.Amended)), Confidence: l.Confidence, Caution: l.Caution, VerifiedOn: l.VerifiedOn,
		Sources: append([]string{}, l.Sources...), Sections: sectionIDs(uses.Sections), Rules: ruleIDs(uses.Rules),
	}
	for _, a := range l.Amended {
		j.Amended = append(j.Amended, jsonAmendment{a.Published, a.Effective, a.ComplyBy, a.Note, a.Source})
	}
	return j
}

func reference(r *book.Reference, uses book.Uses) any {
	j := jsonReference{
		ID: r.ID, Title: r.Title, AlsoCalled: append([]string{}, r.AlsoCalled...), Publisher: r.Publisher, Year: r.Year, Edition: r.Edition,
		URL: r.URL, ArchivedURL: r.ArchivedURL, Page: relative(r.Path), Status: r.Status, SupersededOn: r.SupersededOn,
		RestsOn: referenceIDs(r.RestsOn), Confidence: r.Confidence, Caution: r.Caution, About: r.About, VerifiedOn: r.VerifiedOn,
		Sections: sectionIDs(uses.Sections), Rules: ruleIDs(uses.Rules),
	}
	if r.SupersededBy != nil {
		j.SupersededBy = r.SupersededBy.ID
	}
	return j
}

// ids gives the ids of a list, never nil: null is not a list.
func ids[T any](items []T, id func(T) string) []string {
	out := make([]string, len(items))
	for i, it := range items {
		out[i] = id(it)
	}
	return out
}

func areaIDs(l []*book.Area) []string { return ids(l, func(x *book.Area) string { return x.ID }) }
func audienceIDs(l []*book.Audience) []string {
	return ids(l, func(x *book.Audience) string { return x.ID })
}
func lawIDs(l []*book.Law) []string { return ids(l, func(x *book.Law) string { return x.ID }) }
func referenceIDs(l []*book.Reference) []string {
	return ids(l, func(x *book.Reference) string { return x.ID })
}
func sectionIDs(l []*book.Section) []string {
	return ids(l, func(x *book.Section) string { return x.ID })
}
func ruleIDs(l []*book.Rule) []string { return ids(l, func(x *book.Rule) string { return x.ID }) }
