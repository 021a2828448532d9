package site

import (
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/search"
	"handbook/cmd/handbook/internal/staleness"
)

func searchType() PageType {
	return PageType{Name: "search", Path: "search.html", unlisted: true,
		has:  (*builder).searchable,
		make: func(_ *builder, f Frame) page { return SearchPage{f} }}
}

// A SearchPage is handed to search.html.
type SearchPage struct{ Frame }

// searchable reports whether there is something to find, and a search to find it.
func (s *builder) searchable() bool { return s.book.Config.Search && len(s.book.Sections) > 0 }

// searchStanding tells the search index how a section stands from day to day:
// what results say of it is decided, as on the pages, on the reader's day.
func (s *builder) searchStanding(sec *book.Section) search.Standing {
	st := s.stand(sec)
	out := search.Standing{Ages: st.ages}
	if sec.Unapproved() {
		// A filter for what is in date must not give what nobody approved.
		out.Ages = strings.ReplaceAll(st.ages, " "+string(staleness.StatusCurrent), " "+string(staleness.StatusUnapproved))
	}
	for _, r := range st.reasons {
		out.Reasons = append(out.Reasons, search.Reason{Since: r.Since.String(), Until: r.Until.String(), Text: r.Text})
	}
	return out
}
