package check

import (
	"maps"
	"path"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
)

// checkNames returns the keys of checks: in order.
func (c *checker) checkNames() []string { return slices.Sorted(maps.Keys(c.config.Checks)) }

func (c *checker) checkPos(name string) diag.Pos {
	if at, ok := c.config.CheckPos[name]; ok {
		return at
	}
	return c.config.Pos
}

func unknownCheck(c *checker) {
	rules := Rules()
	known := make([]string, len(rules))
	for i, r := range rules {
		known[i] = r.Name
	}
	for _, name := range c.checkNames() {
		if !slices.Contains(known, name) {
			c.add(c.checkPos(name), diag.DidYouMean(name, known, "handbook check --rules lists them"), "there is no rule %s", diag.Quote(name))
		}
	}
}

func fixedCheck(c *checker) {
	rules := Rules()
	for _, name := range c.checkNames() {
		if c.config.Checks[name] == diag.Error {
			continue
		}
		for _, r := range rules {
			if r.Name == name && r.Fixed {
				hint := "delete the line, and mend what the rule tells"
				if r.Lenient {
					hint += "; for a trial, --lenient makes it a warning"
				}
				c.add(c.checkPos(name), hint, "rule %s cannot be made %s", diag.Quote(name), article(c.config.Checks[name]))
			}
		}
	}
}

func article(s diag.Severity) string {
	if s == diag.Off {
		return "off"
	}
	return "a " + s.String()
}

func insecureBaseURL(c *checker) {
	if strings.HasPrefix(c.config.BaseURL, "http://") {
		c.add(c.config.Pos, "publish it at an address that begins with https://, and write that", "base_url %s is not encrypted", diag.Quote(c.config.BaseURL))
	}
}

// keepPattern asks that what is kept lies within the output folder, is not
// everything, and is not ours.
func keepPattern(c *checker) {
	const hint = "write the name of a file in the output folder, such as CNAME, or a pattern, such as google*.html"
	for _, given := range c.config.Keep {
		p := strings.TrimSuffix(given, "/")
		_, err := path.Match(p, "")
		switch {
		case err != nil:
			c.add(c.config.Pos, hint, "keep: %s is no pattern", diag.Quote(given))
		case path.IsAbs(given) || strings.ContainsAny(p, `\:`) || path.Clean(p) != p || p == "." || p == ".." || strings.HasPrefix(p, "../"):
			c.add(c.config.Pos, hint, "keep: %s is not a name within the output folder", diag.Quote(given))
		case strings.Trim(p, "*/") == "":
			c.add(c.config.Pos, hint, "keep: %s keeps whatever lies in the output folder", diag.Quote(given))
		case slices.Contains(book.ReservedPaths(), p):
			c.add(c.config.Pos, hint, "keep: %s is a file that the handbook makes itself", diag.Quote(given))
		}
	}
}

func ownerWithoutContact(c *checker) {
	if c.book.IsOutside() {
		return // how they are reached is left out
	}
	for i := range c.config.Owners {
		o := &c.config.Owners[i]
		if o.Email == "" && o.Phone == "" && !c.config.OpenContact(o) && c.owns(o) {
			c.add(o.Pos, "add email: or phone:", "owner %s cannot be reached: there is no e-mail address and no phone number", diag.Quote(o.ID))
		}
	}
}

func unusedOwner(c *checker) {
	for i := range c.config.Owners {
		if o := &c.config.Owners[i]; !c.owns(o) {
			c.add(o.Pos, "give the owner a section, or take the owner out", "owner %s owns no section", diag.Quote(o.ID))
		}
	}
}

func (c *checker) owns(o *book.Owner) bool {
	return slices.ContainsFunc(c.book.Sections, func(s *book.Section) bool { return s.Owner != nil && s.Owner.ID == o.ID })
}
