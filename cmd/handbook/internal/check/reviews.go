package check

import (
	"cmp"
	"slices"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
)

// bulk is how many sections one person cannot have read with care on one day.
const bulk = 10

// bulkReview tells of each day and person once, at the first review.
func bulkReview(c *checker) {
	type stamp struct {
		on date.Date
		by string
	}
	type read struct {
		section *book.Section
		review  book.Review
	}
	reads := map[stamp][]read{}
	var stamps []stamp
	for _, s := range c.book.Sections {
		for _, r := range s.Reviews {
			k := stamp{r.On, fold(r.By)}
			if k.by == "" || k.on.IsZero() {
				continue
			}
			known := reads[k]
			if len(known) == 0 {
				stamps = append(stamps, k)
			} else if known[len(known)-1].section == s {
				continue // the same section twice
			}
			reads[k] = append(known, read{s, r})
		}
	}
	slices.SortFunc(stamps, func(a, b stamp) int { return cmp.Or(a.on.Compare(b.on), cmp.Compare(a.by, b.by)) })
	for _, k := range stamps {
		known := reads[k]
		if len(known) < bulk {
			continue
		}
		var names []string
		for _, r := range known[:3] {
			names = append(names, diag.Quote(r.section.Name()))
		}
		c.add(known[0].review.Pos, "record a review on the day on which the section was read, and of those only that were read",
			"%s recorded a review of %d sections on %s, the first of them %s", diag.Quote(known[0].review.By), len(known), k.on.Long(), list(names))
	}
}

func reviewOrder(c *checker) {
	for _, s := range c.book.Sections {
		for i := 1; i < len(s.Reviews); i++ {
			this, before := s.Reviews[i], s.Reviews[i-1]
			if this.On.Before(before.On) {
				c.add(this.Pos, "put the oldest review first and the newest last", "the review of %s stands after that of %s", this.On.Long(), before.On.Long())
			}
		}
	}
}

func reviewWithoutOutcome(c *checker) {
	for _, s := range c.book.Sections {
		for _, r := range s.Reviews {
			if r.Outcome == "" {
				c.add(r.Pos, "add outcome: no-change, editorial or substantive", "the review of %s does not say what came of it", r.On.Long())
			}
		}
	}
}

// reviewWithoutHash asks for the hash of the latest review alone: those before
// it say nothing any more of the text as it is.
func reviewWithoutHash(c *checker) {
	c.eachLive(func(s *book.Section) {
		if len(s.Reviews) > 0 {
			last := slices.MaxFunc(s.Reviews, func(a, b book.Review) int { return a.On.Compare(b.On) })
			if last.Text == "" {
				c.add(last.Pos, "let handbook review write the record, or add text: "+s.TextHash+" if this is the text that was read",
					"the review of %s does not record which text was read", last.On.Long())
			}
		}
		if s.Counsel != nil && s.Counsel.Text == "" {
			c.add(s.Counsel.Pos, "add text: "+s.TextHash+" if this is the text that counsel read",
				"counsel's sign-off of %s does not record which text was read", s.Counsel.On.Long())
		}
	})
}
