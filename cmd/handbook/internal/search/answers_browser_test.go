package search

import (
	"slices"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"
)

// TestColleague asks the starter handbook what people ask, and expects what a
// colleague would point to.
func TestColleague(t *testing.T) {
	e := newEngine(t, newTab(t), starter(t), Options{})
	for _, c := range []struct {
		query, first string
		among        string // also among the first five
		corrected    string
		weak         bool
		anywhere     bool // on the page
	}{
		{query: "passwrod", first: "phones/phone-locks.html", corrected: "password"},
		{query: `"first hour"`, first: "safety-plan/first-hour.html", among: "phones/lost-phone.html"},
		{query: "45 CFR 164.402", first: "laws/us-hipaa-breach.html", among: "phones/lost-phone.html#lost-phone--what-the-agency-does-next"},
		{query: "45 c.f.r. § 164.402", first: "laws/us-hipaa-breach.html"},
		{query: "45 CFR 164.402(2)", first: "laws/us-hipaa-breach.html"},
		{query: "47 USC § 227", first: "laws/us-tcpa.html"},
		{query: "Public Law No. 106-554", first: "laws/us-cipa.html"},
		{query: "PL 111-5", first: "laws/us-hitech.html"},
		{query: "601 US 187", first: "laws/us-lindke.html"},
		{query: "372 N.L.R.B. 113", first: "laws/us-nlrb-stericycle.html"},
		{query: "Cal. Lab. Code § 980", first: "laws/us-ca-lab-980.html"},
		{query: "Md. Code, Lab. & Empl. § 3-712", first: "laws/us-md-lab-3-712.html"},
		{query: "820 ILCS 55", first: "laws/us-il-820-55-10.html"},
		{query: "R.S.C. 1985, chapter C-46, section 184", first: "laws/ca-criminal-184.html"},
		{query: "SC 2000 c 5", first: "laws/ca-pipeda.html"},
		{query: "42 CFR Part 2", first: "laws/us-42cfr2.html"},
		{query: "CASW manual", first: "references/casw-social-media-2014.html"},
		{query: "Social Media Use in Social Work Practice", first: "references/casw-social-media-2014.html"},
		{query: "texting teens", first: "clients/teens.html", among: "phones/texting.html"},
		{query: "texting-1", first: "phones/texting.html#texting-1"},
		{query: "2.3", first: "phones/texting.html"},
		{query: "section 2.3", first: "phones/texting.html"},
		{query: "PHI", first: "terms.html#term-phi"},
		{query: "protected health information", among: "terms.html#term-phi"},
		{query: "e-mail", first: "phones/email.html"},
		{query: "email", first: "phones/email.html"},
		{query: "lost pho", first: "phones/lost-phone.html"},
		{query: "texted", first: "phones/texting.html"},
		{query: "LOST PHONE", first: "phones/lost-phone.html"},
		// Case E3: names that people know and the text lacks.
		{query: "whatsapp", first: "phones/texting.html"},
		{query: "tiktok", first: "your-own/friends-and-searching.html", among: "clients/teens.html"},
		{query: "snapchat", first: "your-own/friends-and-searching.html", among: "clients/teens.html"},
		{query: "linkedin", first: "your-own/keep-separate.html", among: "your-own/friends-and-searching.html"},
		{query: "subpoena", first: "privacy-law/stricter-records.html"},
		{query: "googling", first: "your-own/friends-and-searching.html"},
		// Case E4
		{query: "zoom", first: "recording/video-sessions.html"},
		// Case E5
		{query: "client sent me a nude", first: "phones/texting.html", anywhere: true},
		{query: "how long to report a breach", first: "safety-plan/breach-clock.html", anywhere: true},
		{query: "may I friend a former client", first: "your-own/friends-and-searching.html", anywhere: true},
		{query: "zebra phone", among: "phones/phone-locks.html", weak: true},
	} {
		t.Run(c.query, func(t *testing.T) {
			a := e.ask(c.query)
			got := a.where()
			if c.anywhere && len(got) > 0 {
				got[0], _, _ = strings.Cut(got[0], "#")
			}
			if c.first != "" && (len(got) == 0 || got[0] != c.first) {
				t.Errorf("the first result is not %s: %v", c.first, got)
			}
			if c.among != "" && !slices.Contains(got[:min(5, len(got))], c.among) {
				t.Errorf("%s is not among the first: %v", c.among, got)
			}
			if a.Corrected != c.corrected {
				t.Errorf("corrected to %q, want %q", a.Corrected, c.corrected)
			}
			if (a.Weak == 0) != c.weak {
				t.Errorf("weak from %d on, want weak results: %t", a.Weak, c.weak)
			}
		})
	}
	for _, query := range []string{"zzqqy", "", " ", "!!!", "s. 99999", `"hour first"`, "xq"} {
		if a := e.ask(query); a.Total != 0 {
			t.Errorf("%q finds %v", query, a.where())
		}
	}
}

// TestRegisters asks for every law by its citation as printed and by its short
// name, and for every reference by each of its titles: its page comes first.
func TestRegisters(t *testing.T) {
	b := starter(t)
	e := newEngine(t, newTab(t), b, Options{})
	first := func(query, path string) {
		t.Helper()
		if got := e.ask(query).where(); len(got) == 0 || got[0] != path {
			t.Errorf("%q wants %s, got %v", query, path, got[:min(3, len(got))])
		}
	}
	cited := map[string]int{}
	for _, l := range b.Laws {
		cited[l.Citation]++
	}
	for _, l := range b.Laws {
		if cited[l.Citation] == 1 {
			first(l.Citation, l.Path)
		}
		first(l.Short, l.Path)
		first(l.Title, l.Path)
	}
	for _, r := range b.References {
		for _, title := range append([]string{r.Title}, r.AlsoCalled...) {
			first(title, r.Path)
		}
	}
	// What applies a law is found by its citation, beside its page.
	g, applied := gathered(b), 0
	for _, l := range b.Laws {
		form, _, _ := strings.Cut(g.cited[l].list.text, " ")
		if form == "" {
			continue
		}
		var paths []string
		for _, r := range e.ask(form, "{limit: 500}").Results {
			paths = append(paths, r.Path)
		}
		for _, s := range b.LawUses(l).Sections {
			if applied++; !slices.Contains(paths, s.Path) {
				t.Errorf("%s does not find %s, which applies %s", form, s.Path, l.ID)
			}
		}
	}
	if applied < 50 {
		t.Errorf("the handbook applies laws only %d times", applied)
	}
	if len(b.Laws) < 40 || len(b.References) < 30 {
		t.Errorf("the registers have only %d laws and %d references", len(b.Laws), len(b.References))
	}
}

// TestRanking holds the order of results on a handbook made for it.
func TestRanking(t *testing.T) {
	e := newEngine(t, newTab(t), load(t, folder(map[string]string{
		"handbook.yaml":          "title: H\n",
		"registers/terms.yaml":   "- {id: pto, term: PTO, also: [annual leave, paid time off], definition: Days off.}\n",
		"1-a/1-backups.md":       "---\ntitle: Backups\n---\nCopies of files.\n\n## When to restore\n\nAsk first.\n",
		"1-a/2-mentions.md":      "---\ntitle: Mentions\n---\n" + strings.Repeat("The backups are old. Backups, backups. ", 20) + "\n",
		"1-a/3-stemmed.md":       "---\ntitle: Back up\n---\nBacking up is a chore.\n",
		"1-a/4-withdrawn.md":     "---\ntitle: Scanning scanner scanners\nwithdrawn: 2026-01-01\n---\nScanning.\n",
		"1-a/5-scan.md":          "---\ntitle: Office machines\n---\nIn the cellar, scanning is loud.\n",
		"1-a/6-later.md":         "---\ntitle: Shredding\nwithdrawn: 2027-01-01\n---\nShredding.\n",
		"1-a/7-leave.md":         "---\ntitle: Time away\n---\nYou have annual leave. Ask for it.\n",
		"1-a/8-pto.md":           "---\ntitle: More time\n---\nYour PTO ends in June.\n",
		"1-a/9-order.md":         "---\ntitle: Orders\n---\nThe red door is shut. A door that is red.\n",
		"1-a/10-exact.md":        "---\ntitle: Legs\n---\nrun run run\n",
		"1-a/11-stem.md":         "---\ntitle: Other\n---\nrunning running running\n",
		"1-a/12-page.md":         "---\ntitle: Giraffes\n---\nTall.\n\n## Food\n\nLeaves and acacia.\n\n## Housing\n\nHigh roofs.\n",
		"1-a/13-de.md":           "---\ntitle: Umlaute\n---\nDie Prüfung der Straße.\n",
		"1-a/14-versus.md":       "---\ntitle: The\n---\nto be or not to be\n",
		"1-a/15-longest-word.md": "---\ntitle: Electroencephalography\n---\nA test.\n",
	})), Options{})
	for _, c := range []struct{ query, want string }{
		{"backups", "a/backups.html a/mentions.html"}, // heading before body
		{"running", "a/stem.html a/exact.html"},       // exact before stemmed
		{"scanning", "a/scan.html a/withdrawn.html"},  // withdrawn last
		{"shredding", "a/later.html"},                 // not withdrawn yet
		{"PTO", "terms.html#term-pto a/pto.html a/leave.html"},
		{"annual leave", "terms.html#term-pto a/leave.html a/pto.html"},
		{`"annual leave"`, "terms.html#term-pto a/leave.html"}, // a phrase means its words
		{`"red door"`, "a/order.html"},
		{`"door red"`, ""},
		{`"that is red"`, "a/order.html"}, // stop words keep their place
		{`"the red shut"`, ""},
		{"giraffes food", "a/page.html#page--food"},                          // section before page mention
		{"acacia roofs", "a/page.html#page--housing a/page.html#page--food"}, // no heading has both, but the page does
		{"prufung strasse", "a/de.html"},
		{"to be or not to be", "a/versus.html"},
		{"electroencephalografy", "a/longest-word.html"},
		{"elektroencephalografy", ""}, // three errors are no typing error
		{"restores", "a/backups.html#backups--when-to-restore"},
	} {
		t.Run(c.query, func(t *testing.T) {
			got := e.ask(c.query).where()
			want := strings.Fields(c.want)
			if len(got) > len(want) && len(want) > 0 {
				got = got[:len(want)]
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

// TestStanding holds that a section which is out of date on the day of the
// build comes after one that says the same, and not after one that says less.
func TestStanding(t *testing.T) {
	b := load(t, folder(map[string]string{
		"1-a/1-old.md":   "---\ntitle: Ferrets one\n---\nFood.\n",
		"1-a/2-new.md":   "---\ntitle: Ferrets two\n---\nFood.\n",
		"1-a/3-other.md": "---\ntitle: Animals\n---\nA ferret, ferrets, and more ferrets.\n",
	}))
	tab := newTab(t)
	for first, want := range map[string]string{
		"current": "a/old.html a/new.html a/other.html",
		"due":     "a/old.html a/new.html a/other.html",
		"stale":   "a/new.html a/old.html a/other.html",
	} {
		e := newEngine(t, tab, b, Options{Standing: func(s *book.Section) Standing {
			if s.ID == "old" {
				return Standing{Ages: "2026-11-21 " + first + ",2027-01-01 stale"}
			}
			return Standing{Ages: "2026-11-21 current,2027-11-21 stale"}
		}})
		if got := strings.Join(e.ask("ferrets").where(), " "); got != want {
			t.Errorf("when the first is %s: %s, want %s", first, got, want)
		}
	}
}

// TestLanguages searches handbooks in other languages and scripts.
func TestLanguages(t *testing.T) {
	tab := newTab(t)
	for _, c := range []struct {
		language, dir, title, text string
		queries                    []string
	}{
		{"fr-CA", "search/fr/", "Mots de passe", "Les téléphones perdus sont signalés à l’agence. Sécurité.", []string{"téléphone", "telephone perdu", "securites", "l'agence", "\"téléphones perdus\"", "mot pas"}},
		{"es", "search/es/", "Contraseñas", "Los teléfonos se pierden en la oficina.", []string{"contrasena", "contraseñas", "teléfono", "ofici"}},
		{"de", "search/de/", "Prüfungen", "Die Straße und die Prüfung.", []string{"prufung", "strasse", "Straße"}},
		{"ja", "search/ja/", "テキストメッセージ", "個人の携帯電話を使わない。PHI を守る。", []string{"メッセージ", "携帯電話", "電話", "phi 電話", "\"携帯電話\""}},
		{"zh", "search/zh/", "短信政策", "请不要使用个人手机。", []string{"政策", "手机", "个人手机"}},
		{"th", "search/th/", "ความเป็นส่วนตัว", "ข้อมูลสุขภาพต้องเก็บเป็นความลับ", []string{"ข้อมูล", "สุขภาพ", "ส่วนตัว"}},
		{"ar", "search/ar/", "سياسة الخصوصية", "يجب حماية المعلومات الصحية في الهواتف.", []string{"الخصوصيه", "المعلومات", "حِمَاية"}},
		{"he", "search/he/", "מדיניות פרטיות", "אסור לשלוח מידע רפואי.", []string{"פרטיות", "מידע רפואי"}},
	} {
		t.Run(c.language, func(t *testing.T) {
			b := load(t, folder(map[string]string{
				"handbook.yaml": "title: H\nlanguage: " + c.language + "\n",
				"a.md":          "---\ntitle: " + c.title + "\n---\n" + c.text + "\n",
				"b.md":          "---\ntitle: Zzz\n---\nAaa.\n",
			}))
			if dir := Path(b); dir != c.dir {
				t.Errorf("the index is in %s, want %s", dir, c.dir)
			}
			e := newEngine(t, tab, b, Options{})
			for _, q := range c.queries {
				if got := e.ask(q); len(got.Results) == 0 || got.Results[0].Path != "a.html" || got.Weak == 0 {
					t.Errorf("%q finds %v", q, got.where())
				}
			}
		})
	}
}
