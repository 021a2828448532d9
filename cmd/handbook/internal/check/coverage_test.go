package check

import (
	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

func coverageCases() []ruleCase {
	phones := `handbook.yaml:20:5: no section covers the area "Phones" (write a section with areas: [phones], or add phones to the areas of one that covers it)`
	boundaries := func(c *book.Config) []*book.Area { return []*book.Area{&c.Areas[1]} }
	withdraw := func(b *testBook, day date.Date) {
		b.texting.Withdrawn, b.email.Withdrawn = day, day
		b.add(3, "cover", "Boundaries").Areas = boundaries(b.Config)
	}
	return []ruleCase{
		{"uncovered-area", "nobody names it", func(b *testBook) {
			b.texting.Areas, b.email.Areas = boundaries(b.Config), boundaries(b.Config)
		}, []string{phones}},
		{"uncovered-area", "withdrawn today", func(b *testBook) { withdraw(b, today()) }, []string{phones}},
		{"uncovered-area", "withdrawn tomorrow", func(b *testBook) { withdraw(b, today().AddDays(1)) }, nil},
		{"uncovered-area", "only a draft", func(b *testBook) {
			b.texting.Draft = true
			b.email.Areas = boundaries(b.Config)
		}, []string{phones}},
		{"uncovered-area", "not in force yet", func(b *testBook) {
			b.texting.Effective = date.New(2027, 1, 1)
			b.email.Areas = boundaries(b.Config)
		}, nil},
		{"uncovered-area", "not required", func(b *testBook) {
			b.texting.Areas, b.email.Areas = boundaries(b.Config), boundaries(b.Config)
			b.Config.Areas[0].Required = false
		}, nil},

		{"uncovered-area", "in an edition", func(b *testBook) {
			b.texting.Areas, b.email.Areas = boundaries(b.Config), boundaries(b.Config)
			b.Edition = &book.Edition{}
		}, nil},
		{"uncovered-population", "in an edition", func(b *testBook) {
			b.texting.Audience, b.email.Audience, b.Edition = nil, nil, &book.Edition{}
		}, nil},
		{"uncovered-population", "by an audience that includes both", func(b *testBook) {
			b.Config.Audiences[0].Includes = []string{"adults", "teens"}
			b.texting.Audience, b.email.Audience = []*book.Audience{&b.Config.Audiences[0]}, nil
		}, nil},
		{"uncovered-population", "by an audience that includes one", func(b *testBook) {
			b.Config.Audiences[0].Includes = []string{"adults"}
			b.texting.Audience, b.email.Audience = []*book.Audience{&b.Config.Audiences[0]}, nil
		}, []string{`handbook.yaml:21:5: the area "Boundaries" has no section for Teens (write a section with areas: [boundaries] and audience: [teens], or one for each)`}},

		{"uncovered-population", "one of two", func(b *testBook) {
			b.texting.Audience = []*book.Audience{&b.Config.Audiences[0], &b.Config.Audiences[2]}
			b.email.Audience = nil // for everybody is not for teens
		}, []string{`handbook.yaml:21:5: the area "Boundaries" has no section for Teens (write a section with areas: [boundaries] and audience: [teens], or one for each)`}},
		{"uncovered-population", "all", func(b *testBook) { b.texting.Audience, b.email.Audience = nil, nil },
			[]string{`handbook.yaml:21:5: the area "Boundaries" has no section for Teens and Adults (write a section with areas: [boundaries] and audience: [teens, adults], or one for each)`}},
		{"uncovered-population", "each in a section of its own", func(b *testBook) {
			b.texting.Audience = []*book.Audience{&b.Config.Audiences[1]}
			b.email.Audience = []*book.Audience{&b.Config.Audiences[2]}
		}, nil},
		{"uncovered-population", "an area that nothing covers is told once", func(b *testBook) { b.texting.Areas, b.email.Areas = nil, nil }, nil},
		{"uncovered-population", "an area that nothing covers and nobody requires", func(b *testBook) {
			b.texting.Areas, b.email.Areas = nil, nil
			b.Config.Areas[1].Required = false
		}, []string{`handbook.yaml:21:5: the area "Boundaries" has no section for Teens and Adults (write a section with areas: [boundaries] and audience: [teens, adults], or one for each)`}},
	}
}
