package check

import (
	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

func sourceCases() []ruleCase {
	law := func(change func(*book.Law)) func(*testBook) {
		return func(b *testBook) { change(b.hipaa) }
	}
	reference := func(change func(*book.Reference)) func(*testBook) {
		return func(b *testBook) { change(b.code) }
	}
	// unusedLaw and unusedReference add an entry that nothing uses.
	unusedLaw := func(b *testBook) *book.Law {
		l := &book.Law{ID: "us-ada", Pos: at("registers/laws.yaml", 21, 7)}
		b.Laws = append(b.Laws, l)
		return l
	}
	unusedReference := func(b *testBook) *book.Reference {
		r := &book.Reference{ID: "casw-2014", Status: "current", Pos: at("registers/references.yaml", 21, 7)}
		b.References = append(b.References, r)
		return r
	}
	noLaw := []string{`registers/laws.yaml:21:7: no section applies law "us-ada" (apply it in a section, or take it out of the register)`}
	noReference := []string{`registers/references.yaml:21:7: no section cites reference "casw-2014" (cite it in a section, or take it out of the register)`}
	const verifyHint = "(read it again where it is published, then set verified_on to that day)"
	newer := func(b *testBook) *book.Reference {
		n := unusedReference(b)
		b.code.Status, b.code.SupersededBy, b.code.SupersededOn = "superseded", n, date.New(2024, 1, 8)
		return n
	}
	superseded := []string{`2-phones/1-texting.md:13:1: reference "nasw-code-2021" is superseded by "casw-2014" (cite casw-2014 instead, or beside it)`}
	return []ruleCase{
		{"unused-law", "nobody applies it", func(b *testBook) { unusedLaw(b) }, noLaw},
		{"unused-law", "only a rule applies it", func(b *testBook) { b.texting.Rules[0].Laws = []*book.Law{unusedLaw(b)} }, nil},
		{"unused-law", "only the home page cites it", func(b *testBook) {
			unusedLaw(b)
			b.Home = &book.Page{Doc: b.doc("We follow [@us-ada].")}
		}, nil},
		{"unused-law", "only the opening of a part cites it", func(b *testBook) {
			unusedLaw(b)
			b.Parts[0].Index = &book.Page{Doc: b.doc("We follow [@us-ada].")}
		}, nil},
		{"unused-law", "the home page cites another", func(b *testBook) {
			unusedLaw(b)
			b.Home = &book.Page{Doc: b.doc("We follow [@us-tcpa].")}
		}, noLaw},

		{"unused-reference", "nobody cites it", func(b *testBook) { unusedReference(b) }, noReference},
		{"unused-reference", "another rests on it", func(b *testBook) { b.code.RestsOn = []*book.Reference{unusedReference(b)} }, nil},
		{"unused-reference", "it is the newer one", func(b *testBook) { b.code.SupersededBy = unusedReference(b) }, nil},
		{"unused-reference", "it is the older one", func(b *testBook) { r := unusedReference(b); r.Status, r.SupersededBy = "superseded", b.code }, nil},
		{"unused-reference", "only a rule rests on it", func(b *testBook) { b.texting.Rules[0].References = []*book.Reference{unusedReference(b)} }, nil},

		{"unused-term", "on no page", func(b *testBook) {
			b.Terms = []*book.Term{{ID: "phi", Term: "PHI", Pos: at("registers/terms.yaml", 1, 7)}}
			b.texting.Doc = b.doc("Nothing of the kind.")
		}, []string{`registers/terms.yaml:1:7: no page uses the term "PHI" (use it, or take it out of the register)`}},
		{"unused-term", "in a section", func(b *testBook) {
			b.Terms = []*book.Term{{ID: "phi", Term: "PHI"}}
			b.texting.Doc = b.doc("Keep PHI safe.")
		}, nil},

		{"duplicate-term", "another form of one", func(b *testBook) {
			b.Terms = []*book.Term{ // by term, as the loader sorts them
				{ID: "health", Term: "Health information", Also: []string{"phi"}, Pos: at("registers/terms.yaml", 9, 7)},
				{ID: "phi", Term: "PHI", Pos: at("registers/terms.yaml", 1, 7)},
			}
		}, []string{`registers/terms.yaml:9:7: "phi" is also defined by the term "phi" on line 1 (keep one definition, or say in the terms how the two differ)`}},
		{"duplicate-term", "twice in one entry", func(b *testBook) {
			b.Terms = []*book.Term{{ID: "phi", Term: "PHI", Also: []string{"phi"}}, {ID: "baa", Term: "BAA"}}
		}, nil},

		{"law-not-in-force", "rescinded", law(func(l *book.Law) { l.Status = "rescinded" }), []string{
			`2-phones/2-email.md:12:1: law "us-hipaa" is rescinded (apply the law that holds now, and change the text to match)`}},
		{"law-not-in-force", "superseded", law(func(l *book.Law) { l.Status = "superseded" }), []string{
			`2-phones/2-email.md:12:1: law "us-hipaa" is superseded (apply the law that holds now, and change the text to match)`}},
		{"law-not-in-force", "in force in part", law(func(l *book.Law) { l.Status = "in-force-part-vacated" }), nil},
		{"law-not-in-force", "applied by a withdrawn section", func(b *testBook) { b.hipaa.Status, b.email.Withdrawn = "rescinded", today() }, nil},
		{"law-not-in-force", "applied by nobody", func(b *testBook) { unusedLaw(b).Status = "rescinded" }, nil},

		{"law-uncertain", "no caution", law(func(l *book.Law) { l.Status = "uncertain" }), []string{
			`registers/laws.yaml:1:7: law "us-hipaa" is uncertain, and the register does not say why (add caution: with what is uncertain and what staff should do until it is settled)`}},
		{"law-uncertain", "a caution", law(func(l *book.Law) { l.Status, l.Caution = "uncertain", "Ask counsel." }), nil},
		{"law-uncertain", "applied by nobody", func(b *testBook) { unusedLaw(b).Status = "uncertain" }, nil},

		{"law-other-jurisdiction", "another state", law(func(l *book.Law) { l.Jurisdiction = "US-NY" }), []string{
			`registers/laws.yaml:1:7: law "us-hipaa" is one of US-NY, and the profile says jurisdictions: US-MD; section "2.2 E-mail" applies it (take it out of them, put what it asks for in ::: when {jurisdictions=US-NY}, or add US-NY to jurisdictions of the profile)`}},
		{"law-other-jurisdiction", "a part of ours, which may be our part", func(b *testBook) {
			b.Config.Jurisdictions, b.hipaa.Jurisdiction = []string{"US", "CA"}, "US-NY"
		}, nil},
		{"law-other-jurisdiction", "the whole of ours", func(b *testBook) {
			b.Config.Jurisdictions, b.hipaa.Jurisdiction, b.tcpa.Jurisdiction = []string{"CA-ON"}, "CA", "CA"
		}, nil},
		{"law-other-jurisdiction", "one of several is ours", func(b *testBook) {
			b.Config.Jurisdictions, b.hipaa.Jurisdiction = []string{"US", "US-MD"}, "US-NY, US-MD"
		}, nil},
		{"law-other-jurisdiction", "our own", law(func(l *book.Law) { l.Jurisdiction = "US-MD" }), nil},
		{"law-other-jurisdiction", "a name that ours begins with", law(func(l *book.Law) { l.Jurisdiction = "U" }), []string{
			`registers/laws.yaml:1:7: law "us-hipaa" is one of U, and the profile says jurisdictions: US-MD; section "2.2 E-mail" applies it (take it out of them, put what it asks for in ::: when {jurisdictions=U}, or add U to jurisdictions of the profile)`}},
		{"law-other-jurisdiction", "none given", law(func(l *book.Law) { l.Jurisdiction = "" }), nil},
		{"law-other-jurisdiction", "the handbook gives none", func(b *testBook) { b.Config.Jurisdictions, b.hipaa.Jurisdiction = nil, "US-NY" }, nil},

		{"superseded-reference", "the newer one is not cited", func(b *testBook) { newer(b) }, superseded},
		{"superseded-reference", "withdrawn for a newer one", func(b *testBook) { newer(b); b.code.Status = "withdrawn" }, superseded},
		{"superseded-reference", "the newer one is cited beside it", func(b *testBook) {
			b.texting.References = append(b.texting.References, newer(b))
		}, nil},
		{"superseded-reference", "a still newer one is cited beside it", func(b *testBook) {
			newer(b).SupersededBy = b.guideline
			b.texting.References = append(b.texting.References, b.guideline)
		}, nil},
		{"superseded-reference", "the newer one is cited elsewhere", func(b *testBook) {
			b.email.References = append(b.email.References, newer(b))
		}, superseded},
		{"superseded-reference", "nobody knows by what", reference(func(r *book.Reference) { r.Status = "superseded" }), []string{
			`registers/references.yaml:1:7: reference "nasw-code-2021" is superseded, and the register does not say by what (add superseded_by: with the id of the newer one)`}},
		{"superseded-reference", "withdrawn without a newer one", reference(func(r *book.Reference) { r.Status = "withdrawn" }), []string{
			`2-phones/1-texting.md:13:1: reference "nasw-code-2021" was withdrawn (cite what holds now, or say in the text why a withdrawn one is meant)`}},
		{"superseded-reference", "cited by a withdrawn section", func(b *testBook) { newer(b); b.texting.Withdrawn = today() }, nil},
		{"superseded-reference", "cited by nobody", func(b *testBook) { unusedReference(b).Status = "superseded" }, nil},
		{"superseded-reference", "in a circle", func(b *testBook) { newer(b).SupersededBy = b.code }, superseded},

		{"undated-supersession", "superseded", func(b *testBook) { newer(b); b.code.SupersededOn = date.Date{} }, []string{
			`registers/references.yaml:1:7: reference "nasw-code-2021" is superseded, and the register does not say since when (add superseded_on: with the day, as YYYY-MM-DD)`}},
		{"undated-supersession", "withdrawn", reference(func(r *book.Reference) { r.Status = "withdrawn" }), []string{
			`registers/references.yaml:1:7: reference "nasw-code-2021" is withdrawn, and the register does not say since when (add superseded_on: with the day, as YYYY-MM-DD)`}},
		{"undated-supersession", "nobody cites it", func(b *testBook) { r := unusedReference(b); r.Status, r.SupersededBy = "superseded", b.code }, nil},
		{"undated-supersession", "dated", func(b *testBook) { newer(b) }, nil},

		{"unverified-source", "a day too late", law(func(l *book.Law) { l.VerifiedOn = date.New(2025, 11, 19) }), []string{
			`registers/laws.yaml:1:7: law "us-hipaa" was last verified on 19 November 2025, and verify_every is 12 months ` + verifyHint}},
		{"unverified-source", "on the last day", law(func(l *book.Law) { l.VerifiedOn = date.New(2025, 11, 20) }), nil},
		{"unverified-source", "never", reference(func(r *book.Reference) { r.VerifiedOn = date.Date{} }), []string{
			`registers/references.yaml:1:7: reference "nasw-code-2021" was never verified ` + verifyHint}},
		{"unverified-source", "in use nowhere", func(b *testBook) { unusedLaw(b); unusedReference(b) }, nil},
		{"unverified-source", "nobody asks for it again", func(b *testBook) {
			b.Config.VerifyEvery, b.hipaa.VerifiedOn = date.Period{}, date.New(1999, 1, 1)
		}, nil},

		{"unconfirmed-source", "a law", law(func(l *book.Law) { l.Confidence = "C" }), []string{
			`registers/laws.yaml:1:7: nobody has checked law "us-hipaa" (confidence C) (read the official text and set confidence: A, or cite something that was checked)`}},
		{"unconfirmed-source", "a reference", reference(func(r *book.Reference) { r.Confidence = "C" }), []string{
			`registers/references.yaml:1:7: nobody has checked reference "nasw-code-2021" (confidence C) (read the official text and set confidence: A, or cite something that was checked)`}},
		{"unconfirmed-source", "in use nowhere", func(b *testBook) { unusedLaw(b).Confidence = "C" }, nil},
		{"unconfirmed-source", "not said", law(func(l *book.Law) { l.Confidence = "" }), nil},

		{"unfindable-source", "a law", law(func(l *book.Law) { l.Citation = "" }), []string{
			`registers/laws.yaml:1:7: law "us-hipaa" cannot be found: it has no address and nothing to look for (add url: or how it is found in print)`}},
		{"unfindable-source", "a reference", reference(func(r *book.Reference) { r.Publisher = "" }), []string{
			`registers/references.yaml:1:7: reference "nasw-code-2021" cannot be found: it has no address and nothing to look for (add url: or how it is found in print)`}},
		{"unfindable-source", "an address alone", law(func(l *book.Law) { l.Citation, l.URL = "", "https://law.example" }), nil},
		{"unfindable-source", "an archived address alone", reference(func(r *book.Reference) { r.Publisher, r.ArchivedURL = "", "https://archive.example" }), nil},
	}
}
