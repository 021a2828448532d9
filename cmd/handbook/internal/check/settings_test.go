package check

import (
	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
)

func settingCases() []ruleCase {
	const keepHint = "(write the name of a file in the output folder, such as CNAME, or a pattern, such as google*.html)"
	keep := func(p string) func(*testBook) {
		return func(b *testBook) { b.Config.Keep = []string{p} }
	}
	accent := func(light, dark string) func(*testBook) {
		return func(b *testBook) { b.Config.Accent = book.Accent{Light: light, Dark: dark} }
	}
	return []ruleCase{
		{"unknown-check", "nearly a name", func(b *testBook) {
			b.Config.Checks["missing-ownr"] = diag.Off
			b.Config.CheckPos["missing-ownr"] = at("handbook.yaml", 60, 3)
		}, []string{`handbook.yaml:60:3: there is no rule "missing-ownr" (did you mean missing-owner?)`}},
		{"unknown-check", "nothing like a name", func(b *testBook) { b.Config.Checks["colour"] = diag.Error },
			[]string{`handbook.yaml:1:1: there is no rule "colour" (handbook check --rules lists them)`}},
		{"unknown-check", "a rule of the loader", func(b *testBook) { b.Config.Checks["broken-link"] = diag.Warning }, nil},
		{"unknown-check", "cannot be turned off", func(b *testBook) {
			b.Config.Checks["unknown-check"] = diag.Off
			b.Config.Checks["colour"] = diag.Error
		}, []string{`handbook.yaml:1:1: there is no rule "colour" (handbook check --rules lists them)`}},

		{"fixed-check", "off", func(b *testBook) {
			b.Config.Checks["encoding"] = diag.Off
			b.Config.CheckPos["encoding"] = at("handbook.yaml", 61, 3)
		}, []string{`handbook.yaml:61:3: rule "encoding" cannot be made off (delete the line, and mend what the rule tells)`}},
		{"fixed-check", "a warning", func(b *testBook) { b.Config.Checks["raw-html"] = diag.Warning },
			[]string{`handbook.yaml:1:1: rule "raw-html" cannot be made a warning (delete the line, and mend what the rule tells; for a trial, --lenient makes it a warning)`}},
		{"fixed-check", "an error, as it is", func(b *testBook) { b.Config.Checks["encoding"] = diag.Error }, nil},
		{"fixed-check", "a rule that can be lowered", func(b *testBook) { b.Config.Checks["broken-link"] = diag.Off }, nil},

		{"interface-language", "German", func(b *testBook) {
			b.Config.Language, b.Config.LanguagePos = "de", diag.Pos{File: "handbook.yaml", Line: 3, Col: 11}
		}, []string{
			`handbook.yaml:3:11: language: the interface has no words in "de", only in en, es and fr, and in their regional forms, such as en-CA (write one of these, or set interface-language to warning under checks: pages then say which of their words are English)`}},
		{"interface-language", "English of Canada", func(b *testBook) { b.Config.Language = "en-CA" }, nil},
		{"interface-language", "French of Canada", func(b *testBook) { b.Config.Language = "fr-CA" }, nil},
		{"interface-language", "Spanish of Latin America", func(b *testBook) { b.Config.Language = "es-419" }, nil},
		{"accent-contrast", "too pale", accent("#8ccbd6", ""), []string{
			`handbook.yaml:50:1: accent: light #8ccbd6 has a contrast of 1.65 to 1 with the page; text needs 4.5 to 1 (use #51757c, or one with more contrast)`}},
		{"accent-contrast", "too dark", accent("", "#0f5763"), []string{
			`handbook.yaml:50:1: accent: dark #0f5763 has a contrast of 2.03 to 1 with the page; text needs 4.5 to 1 (use #5e8e96, or one with more contrast)`}},
		{"accent-contrast", "enough on the page but not on the shelf", accent("#757575", ""), []string{
			`handbook.yaml:50:1: accent: light #757575 has a contrast of 4.22 to 1 with the page; text needs 4.5 to 1 (use #707070, or one with more contrast)`}},
		{"accent-contrast", "no colour", accent("red", ""), []string{`handbook.yaml:50:1: accent: "red" is not of the form #rrggbb (write it in quotes, as in "#0f5763")`}},
		{"accent-contrast", "no colour in the dark", accent("", "red"), []string{`handbook.yaml:50:1: accent: "red" is not of the form #rrggbb (write it in quotes, as in "#0f5763")`}},
		{"accent-contrast", "without a place of its own", func(b *testBook) {
			b.Config.Accent.Light = "#zzzzzz"
			b.Config.AccentPos = diag.Pos{}
		}, []string{`handbook.yaml:1:1: accent: "#zzzzzz" is not of the form #rrggbb (write it in quotes, as in "#0f5763")`}},
		{"accent-contrast", "just enough", accent("#707070", "#8a8a8a"), nil},
		{"accent-contrast", "none given", accent("", ""), nil},

		{"insecure-base-url", "http", func(b *testBook) { b.Config.BaseURL = "http://intranet/handbook/" }, []string{
			`handbook.yaml:1:1: base_url "http://intranet/handbook/" is not encrypted (publish it at an address that begins with https://, and write that)`}},
		{"insecure-base-url", "https", nil, nil},
		{"insecure-base-url", "none", func(b *testBook) { b.Config.BaseURL = "" }, nil},

		{"keep-pattern", "no pattern", keep("[a"), []string{`handbook.yaml:1:1: keep: "[a" is no pattern ` + keepHint}},
		{"keep-pattern", "above the folder", keep("../CNAME"), []string{`handbook.yaml:1:1: keep: "../CNAME" is not a name within the output folder ` + keepHint}},
		{"keep-pattern", "above the folder in the end", keep("a/../../b"), []string{`handbook.yaml:1:1: keep: "a/../../b" is not a name within the output folder ` + keepHint}},
		{"keep-pattern", "the top of a disk", keep("/CNAME"), []string{`handbook.yaml:1:1: keep: "/CNAME" is not a name within the output folder ` + keepHint}},
		{"keep-pattern", "a Windows path", keep(`C:\CNAME`), []string{`handbook.yaml:1:1: keep: "C:\CNAME" is not a name within the output folder ` + keepHint}},
		{"keep-pattern", "nothing", keep(""), []string{`handbook.yaml:1:1: keep: "" is not a name within the output folder ` + keepHint}},
		{"keep-pattern", "everything", keep("*"), []string{`handbook.yaml:1:1: keep: "*" keeps whatever lies in the output folder ` + keepHint}},
		{"keep-pattern", "a file of ours", keep("index.html"), []string{`handbook.yaml:1:1: keep: "index.html" is a file that the handbook makes itself ` + keepHint}},
		{"keep-pattern", "a folder", keep(".well-known/"), nil},
		{"keep-pattern", "a pattern in a folder", keep(".well-known/*.txt"), nil},

		{"owner-without-contact", "no address", func(b *testBook) { b.Config.Owners[0].Email = "" }, []string{
			`handbook.yaml:10:5: owner "director" cannot be reached: there is no e-mail address and no phone number (add email: or phone:)`}},
		{"owner-without-contact", "a phone number", func(b *testBook) { b.Config.Owners[0].Email, b.Config.Owners[0].Phone = "", "555" }, nil},
		{"owner-without-contact", "owns nothing", func(b *testBook) { b.Config.Owners = append(b.Config.Owners, book.Owner{ID: "idle"}) }, nil},

		{"owner-without-contact", "an open one", func(b *testBook) {
			b.Config.Owners[0].Email = ""
			b.Config.Open = []book.OpenValue{{Name: "owners.director.phone", Prompt: "The phone"}}
		}, nil},

		{"placeholder-value", "a number", known("000-000-0000"), []string{
			`handbook.yaml:3:9: agency.phone is "000-000-0000", which is nobody’s number (write the real one; until it is known, say so: phone: {fill: "what belongs here"})`}},
		{"placeholder-value", "a word", known("Our phone"), nil},

		{"unused-owner", "owns nothing", func(b *testBook) {
			b.Config.Owners = append(b.Config.Owners, book.Owner{ID: "idle", Pos: at("handbook.yaml", 11, 5)})
		}, []string{`handbook.yaml:11:5: owner "idle" owns no section (give the owner a section, or take the owner out)`}},
		{"unused-owner", "owns sections", nil, nil},
	}
}

// known returns the agency a phone number.
func known(text string) func(*testBook) {
	return func(b *testBook) {
		b.Config.Known = []book.KnownValue{{Name: "agency.phone", Text: text, Pos: at("handbook.yaml", 3, 9)}}
	}
}
