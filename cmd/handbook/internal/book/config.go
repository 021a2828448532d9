package book

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/record"
)

// DefaultConfig returns the settings of a folder without handbook.yaml.
func DefaultConfig() *Config {
	return &Config{
		Title:       "Handbook",
		Agency:      map[string]string{},
		Language:    "en",
		Repository:  Repository{Branch: "main", Path: "content"},
		ReviewEvery: date.Period{Months: 12},
		DueSoon:     date.Period{Days: 60},
		VerifyEvery: date.Period{Months: 12},
		Search:      true,
		Shortcuts:   true,
	}
}

var (
	vocabularyID = regexp.MustCompile(idPattern)
	colour       = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	agencyKey    = regexp.MustCompile(`^[A-Za-z][\w-]*$`)
)

// config reads handbook.yaml.
func (l *loader) config(v record.Value) *Config {
	c := DefaultConfig()
	m := v.Map("handbook.yaml", append(settingsKeys.Names(), places)...) // places has an answer of its own
	c.Pos = v.Pos()
	if m == nil {
		return c
	}
	if t := m.Line("title"); t != "" {
		c.Title = t
	}
	c.language(m)
	c.timezone(m)
	if m.Has("jurisdictions") {
		l.errorf(m.KeyPos("jurisdictions"), "unknown-key", "write it below profile: as jurisdictions: [US, US-MD]", "where the agency works is part of its profile")
	}
	c.BaseURL = l.baseURL(m)
	if a := m.Value("agency").Map("agency"); a != nil {
		for _, k := range a.Keys() {
			if !agencyKey.MatchString(k) {
				a.Errorf(k, "bad-value", "write a word of letters, digits, - and _", "%s cannot be the name of a value", diag.Quote(k))
				continue
			}
			if text, known := l.value(c, a, k, "agency."+k); known {
				c.Agency[k] = text
			}
		}
	}
	c.repository(m)
	for key, p := range map[string]*date.Period{"review_every": &c.ReviewEvery, "due_soon": &c.DueSoon, "counsel_every": &c.CounselEvery, "verify_every": &c.VerifyEvery} {
		if given := m.Period(key); !given.IsZero() {
			*p = given
		}
	}
	l.vocabularies(c, m)
	c.Checks, c.CheckPos = map[string]diag.Severity{}, map[string]diag.Pos{}
	if checks := m.Value("checks").Map("checks"); checks != nil {
		for _, k := range checks.Keys() {
			switch checks.Choice(k, settingsKeys.Find("checks").Values...) {
			case "off":
				c.Checks[k] = diag.Off
			case "warning":
				c.Checks[k] = diag.Warning
			case "error":
				c.Checks[k] = diag.Error
			}
			c.CheckPos[k] = checks.KeyPos(k)
		}
	}
	if m.Has("search") {
		c.Search = m.Bool("search")
	}
	if m.Has("shortcuts") {
		c.Shortcuts = m.Bool("shortcuts")
	}
	c.Keep = m.Texts("keep")
	c.Publish = l.globs(m)
	c.profile(m)
	if a := m.Value("accent").Map("accent", settingsKeys.Find("accent").Keys.Names()...); a != nil {
		for key, to := range map[string]*string{"light": &c.Accent.Light, "dark": &c.Accent.Dark} {
			if t := a.Text(key); t != "" && !colour.MatchString(t) {
				a.Errorf(key, "bad-value", "write it in quotes as \"#rrggbb\"", "accent: %s is not a colour", diag.Quote(t))
			} else {
				*to = t
			}
		}
		c.AccentPos = m.Pos("accent")
	}
	return c
}

// timezone reads the zone in which the agency's day begins and ends.
func (c *Config) timezone(m *record.Map) {
	name := m.Text("timezone")
	if name == "" {
		return
	}
	in, ok := date.Zone(name)
	if !ok {
		hint := diag.DidYouMean(name, date.ZoneNames(), "write a name such as America/New_York")
		if like := date.ZoneLike(name); like != "" {
			hint = "write " + like
		}
		m.Errorf("timezone", "bad-value", hint, "timezone: %s is not the name of a time zone", diag.Quote(name))
		return
	}
	c.Timezone = in
}

func (l *loader) baseURL(m *record.Map) string {
	t := m.Text("base_url")
	if t == "" {
		return ""
	}
	base, wrong := BaseURL(t)
	if wrong != "" {
		m.Errorf("base_url", "bad-value", "write it as https://host/path/", "base_url: %s", wrong)
	}
	return base
}

// BaseURL checks the address that a handbook is published at, and gives it
// with a final slash; or what is wrong with it.
func BaseURL(s string) (base, wrong string) {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return "", diag.Quote(s) + " is not an address that begins with https:// or http://"
	case u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return "", diag.Quote(s) + " must have no user, query or fragment"
	}
	return strings.TrimSuffix(u.String(), "/") + "/", ""
}

func (c *Config) repository(m *record.Map) {
	r := m.Value("repository")
	if !r.Given() {
		return
	}
	rm := r.Map("repository", settingsKeys.Find("repository").Keys.Names()...)
	if rm == nil {
		return
	}
	c.Repository.URL = strings.TrimSuffix(rm.Text("url"), "/")
	if c.Repository.URL != "" {
		if _, wrong := BaseURL(c.Repository.URL); wrong != "" {
			rm.Errorf("url", "bad-value", "write it as https://host/owner/name", "repository: %s", wrong)
			c.Repository.URL = ""
		}
	}
	if b := rm.Text("branch"); b != "" {
		c.Repository.Branch = b
	}
	if p := rm.Text("path"); p != "" {
		c.Repository.Path = strings.Trim(p, "/")
	}
}

// entries reads a list of maps with ids and calls add for each whose id is
// good and new.
func (l *loader) entries(v record.Value, what string, keys Keys, add func(id string, m *record.Map)) {
	seen := map[string]diag.Pos{}
	for _, e := range v.List(what) {
		m := e.Map("an entry of "+what, keys.Names()...)
		if m == nil {
			continue
		}
		id := m.Text("id")
		switch {
		case id == "":
			if !m.Value("id").Given() && !misspelt(m, "id") {
				l.errorf(e.Pos(), "register", "add id: a-short-name", "an entry of %s has no id", what)
			}
			continue
		case !vocabularyID.MatchString(id):
			m.Errorf("id", "bad-id", "write "+markdown.Slug(id), "the id %s must be lower-case letters, digits and hyphens", diag.Quote(id))
			continue
		}
		if first, twice := seen[id]; twice {
			m.Errorf("id", "duplicate-id", "keep one of them, or choose another id", "the id %s is used here and on line %d", diag.Quote(id), first.Line)
			continue
		}
		seen[id] = m.Pos("id")
		add(id, m)
	}
}

// misspelt reports whether a record has a key that is nearly one of these, which
// has been told then.
func misspelt(m *record.Map, keys ...string) bool {
	return slices.ContainsFunc(m.Keys(), func(k string) bool { return !slices.Contains(keys, k) && diag.Nearest(k, keys) != "" })
}

func (l *loader) vocabularies(c *Config, m *record.Map) {
	l.entries(m.Value("owners"), "owners", ownerKeys, func(id string, m *record.Map) {
		value := func(key string) string {
			text, _ := l.value(c, m, key, ownerValue(id, key))
			return text
		}
		o := Owner{ID: id, Name: value("name"), Role: value("role"), Email: value("email"), Phone: value("phone"), Pos: m.Pos("id")}
		if o.Email != "" && (!strings.Contains(o.Email, "@") || strings.ContainsAny(o.Email, " <>\"?&,;")) {
			m.Errorf("email", "bad-value", "write one address such as name@agency.org", "email: %s is not an e-mail address", diag.Quote(o.Email))
			o.Email = ""
		}
		if o.Name == "" {
			o.Name = id
		}
		c.Owners = append(c.Owners, o)
	})
	l.entries(m.Value("areas"), "areas", areaKeys, func(id string, m *record.Map) {
		a := Area{ID: id, Name: m.Line("name"), Question: m.Line("question"), Required: m.Bool("required"), Populations: m.Bool("populations"), Pos: m.Pos("id")}
		if a.Name == "" {
			a.Name = id
		}
		c.Areas = append(c.Areas, a)
	})
	included := map[string][]record.Value{}
	l.entries(m.Value("audiences"), "audiences", audienceKeys, func(id string, m *record.Map) {
		a := Audience{ID: id, Name: m.Line("name"), Population: m.Bool("population"), Pos: m.Pos("id")}
		// Clients are outside the staff unless the handbook says otherwise.
		if a.Outside = a.Population; m.Value("internal").Given() {
			a.Outside = !m.Bool("internal")
		}
		included[id] = m.Value("includes").List("includes")
		if a.Name == "" {
			a.Name = id
		}
		c.Audiences = append(c.Audiences, a)
	})
	l.include(c, included)
	seen := map[int]int{}
	for _, e := range m.Value("levels").List("levels") {
		m := e.Map("a level", levelKeys.Names()...)
		if m == nil {
			continue
		}
		lv := Level{Level: levelKeys.number(m, "level", -1), Name: m.Line("name"), Means: m.Line("means"), Range: m.Line("range"), Beyond: m.Line("beyond"), Pos: e.Pos()}
		if first, twice := seen[lv.Level]; twice {
			m.Errorf("level", "duplicate-id", "number the levels 0, 1, 2 ...", "level %d is used here and on line %d", lv.Level, first)
			continue
		}
		if lv.Level < 0 {
			if !m.Value("level").Given() && !misspelt(m, "level") {
				l.errorf(e.Pos(), "register", "add level: 0, 1, 2 ...", "a level has no number")
			}
			continue
		}
		seen[lv.Level] = e.Pos().Line
		c.Levels = append(c.Levels, lv)
	}
}

// include finds what each audience includes. There is one level of it, so that
// who reads what can be seen at a glance.
func (l *loader) include(c *Config, given map[string][]record.Value) {
	known := IDs(c.Audiences)
	for i := range c.Audiences {
		a := &c.Audiences[i]
		for _, v := range given[a.ID] {
			switch id := v.Text("an audience"); {
			case id == "" || slices.Contains(a.Includes, id):
			case !slices.Contains(known, id):
				l.errorf(v.Pos(), "unknown-audience", diag.DidYouMean(id, known, "add it to audiences"), "audience %s is not in handbook.yaml", diag.Quote(id))
			case len(given[id]) > 0:
				l.errorf(v.Pos(), "bad-value", "name those that it includes", "the audience %s includes others, so no other can include it", diag.Quote(id))
			default:
				a.Includes = append(a.Includes, id)
			}
		}
	}
	outside := map[string]bool{}
	for _, a := range c.Audiences {
		outside[a.ID] = a.Outside
	}
	for i := range c.Audiences {
		a := &c.Audiences[i]
		within := func(id string) bool { return !outside[id] }
		a.Outside = a.Outside || len(a.Includes) > 0 && !slices.ContainsFunc(a.Includes, within)
	}
}

// KnowsOwner returns an error for the id of an owner that the handbook does not
// list. "" stands for nobody, and is none.
func (c *Config) KnowsOwner(id string) error {
	var ids []string
	for _, o := range c.Owners {
		ids = append(ids, o.ID)
	}
	if id == "" || slices.Contains(ids, id) {
		return nil
	}
	otherwise := "add it to owners in handbook.yaml"
	if len(ids) > 0 {
		otherwise = "use one of " + strings.Join(ids, ", ")
	}
	return diag.Usagef(diag.DidYouMean(id, ids, otherwise), "owner %s is not in handbook.yaml", diag.Quote(id))
}
