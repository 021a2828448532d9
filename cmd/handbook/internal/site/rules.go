package site

import (
	"cmp"
	"slices"
	"strconv"

	"handbook/cmd/handbook/internal/book"
)

// A RulesPage is handed to rules.html.
type RulesPage struct {
	Frame
	Ladder []LadderRow
	Levels []RuleLevel
	Index  Links // every rule by its id, in reading order; Detail is its level
}

// A LadderRow is a step of the consequence ladder.
type LadderRow struct {
	Level book.Level
	Count int // of the rules on this level
}

// A RuleLevel holds the rules of one level.
type RuleLevel struct {
	ID, Title, Means string
	Rules            RuleLines
}

// A RuleLine is a rule in a list.
type RuleLine struct {
	ID, Anchor, Href, Text string
	Section                *Link // the section it stands in
	Rests                  []Link
	Audience               string

	line string // of the list, once it is written
}

// ruleLines gives rules for a list in a page. With rests they also name what
// they rest on; without, each is in the lists of all that it rests on, so that
// it is kept with its line.
func (s *builder) ruleLines(rules []*book.Rule, root string, rests bool) RuleLines {
	out, drawn := make(RuleLines, len(rules)), s.drawn(root)
	for i, r := range rules {
		if l, ok := drawn.rules.Load(r); ok && !rests {
			out[i] = l.(*RuleLine)
			continue
		}
		l := &RuleLine{ID: r.ID, Anchor: "_rule-" + r.ID, Href: root + escapePath(r.Section.Path) + "#" + r.ID, Text: r.Text,
			Section: sectionLink(r.Section, root), Audience: audienceNames(r.Audience)}
		out[i] = l
		if !rests {
			var m markup
			l.write(&m)
			l.line = string(m.b)
			drawn.rules.Store(r, l)
			continue
		}
		l.Rests = make([]Link, 0, len(r.Laws)+len(r.References))
		for _, law := range r.Laws {
			l.Rests = append(l.Rests, Link{Href: root + escapePath(law.Path), Text: law.Short})
		}
		for _, ref := range r.References {
			l.Rests = append(l.Rests, Link{Href: root + escapePath(ref.Path), Text: ref.Title})
		}
	}
	return out
}

// rules makes the page of rules and consequences.
func (s *builder) rules() RulesPage {
	p := RulesPage{Frame: s.topFrame("rules", "rules.html", "Rules and consequences"), Ladder: s.ladder()}
	p.Description = "What happens when a rule is not followed, and every rule of this handbook by its level."
	all := s.book.Rules()
	byLevel := map[int][]*book.Rule{}
	for _, r := range all {
		byLevel[r.Level] = append(byLevel[r.Level], r)
		p.Index = append(p.Index, Link{Href: "#_rule-" + r.ID, Text: r.ID, Detail: s.levelName(r.Level)})
	}
	levels := make([]int, 0, len(byLevel))
	for n := range byLevel {
		levels = append(levels, n)
	}
	// Rules without a level come last: they are a fault, not the mildest step.
	slices.SortFunc(levels, func(a, b int) int { return cmp.Or(btoi(a < 0)-btoi(b < 0), cmp.Compare(a, b)) })
	for _, n := range levels {
		rl := RuleLevel{ID: "_level-" + strconv.Itoa(max(n, -1)+1), Title: capital(s.levelName(n)), Rules: s.ruleLines(byLevel[n], p.Root, true)}
		for _, l := range s.book.Config.Levels {
			if l.Level == n {
				rl.Means = l.Means
			}
		}
		p.Levels = append(p.Levels, rl)
	}
	return p
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// levelName names a level: "level 1: Coach".
func (s *builder) levelName(n int) string {
	if n < 0 {
		return "no level given"
	}
	for _, l := range s.book.Config.Levels {
		if l.Level == n && l.Name != "" {
			return "level " + strconv.Itoa(n) + ": " + l.Name
		}
	}
	return "level " + strconv.Itoa(n)
}

// ladder gives the consequence ladder with the number of rules on each step.
func (s *builder) ladder() []LadderRow {
	count := map[int]int{}
	for _, r := range s.book.Rules() {
		count[r.Level]++
	}
	var rows []LadderRow
	for _, l := range s.book.Config.Levels {
		rows = append(rows, LadderRow{l, count[l.Level]})
	}
	return rows
}
