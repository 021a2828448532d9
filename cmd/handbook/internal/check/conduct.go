package check

import (
	"fmt"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// This file checks the rules of conduct: the ::: rule blocks. Their ids are
// permanent, because receipts, records and contracts cite them; without a look
// at history, the id alone can tell that a rule has moved.

func ruleWithoutLevel(c *checker) {
	ladder := make([]string, len(c.config.Levels))
	for i, l := range c.config.Levels {
		ladder[i] = strconv.Itoa(l.Level) + " " + l.Name
	}
	hint := "list levels in handbook.yaml, and add level= with the number of one"
	if len(ladder) > 0 {
		hint = "add level= with the number of a level: " + some(ladder)
	}
	for _, r := range c.book.Rules() {
		if r.Level < 0 && c.live(r.Section) {
			c.add(r.Pos, hint, "rule %s has no consequence level", diag.Quote(r.ID))
		}
	}
}

func duplicateRuleID(c *checker) {
	rules := c.book.Rules()
	first := make(map[string]*book.Rule, len(rules))
	for _, r := range rules {
		if r.ID == "" {
			continue // the loader has told
		}
		if other := first[r.ID]; other != nil {
			c.add(r.Pos, c.newID(r.Section)+", if this is the newer of the two", "rule %s is also at %s", diag.Quote(r.ID), other.Pos)
			continue
		}
		first[r.ID] = r
	}
}

// newID says how to call a new rule of a section: by the section's id and the
// number after the highest one in use anywhere.
func (c *checker) newID(s *book.Section) string {
	if c.numbers == nil {
		c.numbers = map[string]int{}
		for _, r := range c.book.Rules() {
			i := strings.LastIndexByte(r.ID, '-')
			if n, err := strconv.Atoi(r.ID[i+1:]); err == nil && i > 0 {
				c.numbers[r.ID[:i]] = max(c.numbers[r.ID[:i]], n)
			}
		}
	}
	if !beginsRuleIDs(s) {
		return "give it an id of its own"
	}
	return fmt.Sprintf("call it %s-%d", s.ID, c.numbers[s.ID]+1)
}

// beginsRuleIDs reports whether the id of a section can begin that of a rule,
// which is made of plain letters and digits, so that it can be read out over
// the phone and typed on any keyboard.
func beginsRuleIDs(s *book.Section) bool {
	return s.ID != "" && s.ID[0] >= 'a' && s.ID[0] <= 'z' && strings.Trim(s.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// movedRule takes a link from the section that the id names as a declaration
// that the rule has moved: whoever follows an old citation finds it there.
func movedRule(c *checker) {
	sections := map[string]*book.Section{}
	for _, s := range c.book.Sections {
		sections[s.ID] = s
	}
	for _, r := range c.book.Rules() {
		from := ruleOrigin(r, sections)
		if from == nil || linksTo(from, r.ID) {
			continue
		}
		c.add(r.Pos, "if the rule moved here, keep its id and link to it from "+c.source(from)+"; if it is new, "+c.newID(r.Section),
			"the id of rule %s is one of section %s", diag.Quote(r.ID), diag.Quote(from.Name()))
	}
}

// ruleOrigin returns the other section whose id a rule's id begins with, the
// longest of them; nil if it begins with that of its own section, or with none.
func ruleOrigin(r *book.Rule, sections map[string]*book.Section) *book.Section {
	if strings.HasPrefix(r.ID, r.Section.ID+"-") {
		return nil
	}
	for i := len(r.ID) - 1; i > 0; i-- {
		if r.ID[i] == '-' {
			if s := sections[r.ID[:i]]; s != nil {
				return s
			}
		}
	}
	return nil
}

func linksTo(s *book.Section, id string) bool {
	if s.Doc == nil {
		return false
	}
	for _, l := range s.Doc.Links() {
		if l.Kind == markdown.LinkPage && l.Target.ID == id {
			return true
		}
	}
	return false
}

func ruleIDPrefix(c *checker) {
	for _, r := range c.book.Rules() {
		if r.ID != "" && beginsRuleIDs(r.Section) && !strings.HasPrefix(r.ID, r.Section.ID+"-") {
			c.add(r.Pos, c.newID(r.Section)+", unless something cites it already", "the id of rule %s does not begin with %s",
				diag.Quote(r.ID), diag.Quote(r.Section.ID+"-"))
		}
	}
}

func ruleWithoutSource(c *checker) {
	for _, r := range c.book.Rules() {
		if len(r.Laws) == 0 && len(r.References) == 0 && c.live(r.Section) {
			c.add(r.Pos, "add laws= or references= with what it rests on", "rule %s rests on no law and no reference", diag.Quote(r.ID))
		}
	}
}
