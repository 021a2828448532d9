package export

import (
	"io"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/staleness"
)

// register writes handbook.json. Texts and days are left out when they are
// empty, lists never.
func register(w io.Writer, b *book.Book, l *lang.Language, day date.Date, zone string, reasons reasonsOf) error {
	j := newJSONWriter(w)
	j.number("schema", Schema)
	j.text("title", b.Config.Title)
	j.text("as_of", day.String())
	j.textIfAny("timezone", zone)
	if b.Edition != nil {
		texts(j, "edition", b.Edition.Audiences, audienceID)
	}
	j.textIfAny("language", b.Config.Language)
	j.textIfAny("base_url", b.Config.BaseURL)
	vocabularies(j, b.Config)
	objects(j, "parts", b.Parts, func(p *book.Part) {
		j.text("id", p.ID)
		j.text("number", p.Number)
		j.text("title", p.Title)
		j.text("url", relative(p.Path))
	})
	objects(j, "sections", b.Sections, func(s *book.Section) { section(j, b, l, s, reasons(s)) })
	objects(j, "laws", b.Laws, func(l *book.Law) { law(j, l, b.LawUses(l)) })
	objects(j, "references", b.References, func(r *book.Reference) { reference(j, r, b.ReferenceUses(r)) })
	if b.Edition != nil {
		if err := shown(j, b); err != nil {
			return err
		}
	}
	return j.end()
}

// vocabularies writes the lists of handbook.yaml.
func vocabularies(j *jsonWriter, c *book.Config) {
	objects(j, "owners", c.Owners, func(o book.Owner) {
		j.text("id", o.ID)
		j.text("name", o.Name)
		j.textIfAny("role", o.Role)
		j.textIfAny("email", o.Email)
		j.textIfAny("phone", o.Phone)
	})
	objects(j, "areas", c.Areas, func(a book.Area) {
		j.text("id", a.ID)
		j.text("name", a.Name)
		j.truth("required", a.Required)
	})
	objects(j, "audiences", c.Audiences, func(a book.Audience) {
		j.text("id", a.ID)
		j.text("name", a.Name)
		j.truth("population", a.Population)
		if len(a.Includes) > 0 {
			texts(j, "includes", a.Includes, func(id string) string { return id })
		}
	})
	objects(j, "levels", c.Levels, func(l book.Level) {
		j.number("level", l.Level)
		j.text("name", l.Name)
		j.textIfAny("means", l.Means)
		j.textIfAny("range", l.Range)
		j.textIfAny("beyond", l.Beyond)
	})
}

// section writes the fields of a section, with the reasons that hold.
func section(j *jsonWriter, b *book.Book, l *lang.Language, s *book.Section, reasons []staleness.Reason) {
	url := relative(s.Path)
	j.text("id", s.ID)
	j.text("number", s.Number)
	j.text("title", s.Title)
	j.textIfAny("summary", s.Summary)
	j.text("url", url)
	j.text("source", s.Source)
	if s.Part != nil {
		j.text("part", s.Part.ID)
	} else {
		j.text("part", "")
	}
	j.text("owner", ownerOf(s).ID)
	j.text("status", string(staleness.StatusOf(reasons).Of(s)))
	j.dayIfAny("drafted", s.Drafted)
	if a, standing := s.Approved(); standing == book.Approved {
		j.dayIfAny("approved", a.On) // of this version
	}
	if len(s.Approvals) > 0 {
		objects(j, "approvals", s.Approvals, func(a book.Approval) {
			j.dayIfAny("on", a.On)
			j.textIfAny("by", a.By)
			if a.Version > 0 {
				j.number("version", a.Version)
			}
			if a.Text != "" {
				j.truth("text_holds", s.Differs(a.Text) == nil)
			}
		})
	}
	j.dayIfAny("effective", s.Effective)
	j.dayIfAny("withdrawn", s.Withdrawn)
	j.number("version", s.Version)
	j.dayIfAny("reviewed", reviewed(s))
	j.dayIfAny("review_due", staleness.ReviewDue(s))
	if !b.IsOutside() {
		if s.Counsel != nil {
			j.dayIfAny("counsel", s.Counsel.On)
		}
		j.dayIfAny("counsel_due", staleness.CounselDue(b, s))
	}
	if s.SupersededBy != nil {
		j.textIfAny("superseded_by", s.SupersededBy.ID)
	}
	texts(j, "areas", s.Areas, areaID)
	texts(j, "audience", s.Audience, audienceID)
	texts(j, "laws", s.Laws, lawID)
	texts(j, "references", s.References, referenceID)
	objects(j, "rules", s.Rules, func(r *book.Rule) {
		j.text("id", r.ID)
		if r.Level >= 0 {
			j.number("level", r.Level)
		} else {
			j.null("level")
		}
		j.text("text", r.Text)
		j.text("url", url+"#"+r.ID)
		texts(j, "laws", r.Laws, lawID)
		texts(j, "references", r.References, referenceID)
		texts(j, "audience", r.Audience, audienceID)
	})
	texts(j, "open_places", openPlaces(s), func(asked string) string { return asked })
	objects(j, "reasons", reasons, func(r staleness.Reason) {
		j.text("kind", string(r.Kind))
		j.dayIfAny("since", r.Since)
		j.dayIfAny("until", r.Until)
		j.text("text", r.Text(l))
		j.textIfAny("because", r.Because)
	})
}

// reviewed returns the day of the latest review, not counting drafting and
// approval.
func reviewed(s *book.Section) date.Date {
	var day date.Date
	for i := range s.Reviews {
		day = date.Max(day, s.Reviews[i].On)
	}
	return day
}

// law writes the fields of a law and what applies it.
func law(j *jsonWriter, l *book.Law, uses book.Uses) {
	j.text("id", l.ID)
	j.text("short", l.Short)
	j.text("title", l.Title)
	j.textIfAny("citation", l.Citation)
	j.textIfAny("kind", l.Kind)
	j.textIfAny("level", l.Level)
	j.textIfAny("jurisdiction", l.Jurisdiction)
	j.textIfAny("governs", l.Governs)
	texts(j, "areas", l.Areas, areaID)
	j.textIfAny("url", l.URL)
	j.text("page", relative(l.Path))
	j.textIfAny("status", l.Status)
	objects(j, "amended", l.Amended, func(a book.Amendment) {
		j.dayIfAny("published", a.Published)
		j.dayIfAny("effective", a.Effective)
		j.dayIfAny("comply_by", a.ComplyBy)
		j.textIfAny("note", a.Note)
		j.textIfAny("source", a.Source)
	})
	j.textIfAny("confidence", l.Confidence)
	j.textIfAny("caution", l.Caution)
	j.dayIfAny("verified_on", l.VerifiedOn)
	texts(j, "sources", l.Sources, func(url string) string { return url })
	used(j, uses)
}

// reference writes the fields of a reference and what cites it.
func reference(j *jsonWriter, r *book.Reference, uses book.Uses) {
	j.text("id", r.ID)
	j.text("title", r.Title)
	texts(j, "also_called", r.AlsoCalled, func(name string) string { return name })
	j.textIfAny("publisher", r.Publisher)
	j.textIfAny("year", r.Year)
	j.textIfAny("edition", r.Edition)
	j.textIfAny("url", r.URL)
	j.textIfAny("archived_url", r.ArchivedURL)
	j.text("page", relative(r.Path))
	j.textIfAny("status", r.Status)
	if r.SupersededBy != nil {
		j.textIfAny("superseded_by", r.SupersededBy.ID)
	}
	j.dayIfAny("superseded_on", r.SupersededOn)
	texts(j, "rests_on", r.RestsOn, referenceID)
	j.textIfAny("confidence", r.Confidence)
	j.textIfAny("caution", r.Caution)
	j.textIfAny("about", r.About)
	j.dayIfAny("verified_on", r.VerifiedOn)
	used(j, uses)
}

// used writes the sections and rules that rest on a law or reference.
func used(j *jsonWriter, uses book.Uses) {
	texts(j, "sections", uses.Sections, func(s *book.Section) string { return s.ID })
	texts(j, "rules", uses.Rules, func(r *book.Rule) string { return r.ID })
}

func areaID(a *book.Area) string           { return a.ID }
func audienceID(a *book.Audience) string   { return a.ID }
func lawID(l *book.Law) string             { return l.ID }
func referenceID(r *book.Reference) string { return r.ID }
