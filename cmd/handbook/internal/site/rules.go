package site

import (
	"cmp"
	"slices"
	"strconv"

	"handbook/cmd/handbook/internal/book"
)

func rulesType() PageType {
	return PageType{Name: "rules", Path: "rules.html", list: lookUp,
		has: func(s *builder) bool {
			return len(s.book.Config.Levels) > 0 || slices.ContainsFunc(s.book.Sections, func(sec *book.Section) bool { return len(sec.Rules) > 0 })
		},
		make: func(s *builder, f Frame) page { return s.rules(f) }}
}

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
	rule  *book.Rule
	site  *builder
	root  string
	whole bool // the list is that of all rules: others lead here, and it says what the rule rests on
}

// ID returns the id of the rule.
func (l RuleLine) ID() string { return l.rule.ID }

// Anchor returns the id of the line in the list of all rules.
func (l RuleLine) Anchor() string { return "_rule-" + l.rule.ID }

// Href returns the address of the rule in its section.
func (l RuleLine) Href() string { return l.Section().Href + "#" + l.rule.ID }

// Text returns the text of the rule.
func (l RuleLine) Text() string { return l.rule.Text }

// Section leads to the section that the rule stands in.
func (l RuleLine) Section() *Link { return sectionLink(l.rule.Section, l.root) }

// Audience names those whom the rule binds, or "".
func (l RuleLine) Audience() string { return audienceNames(l.rule.Audience) }

// Rests leads to what the rule rests on.
func (l RuleLine) Rests() []Link {
	links := make([]Link, 0, len(l.rule.Laws)+len(l.rule.References))
	for _, law := range l.rule.Laws {
		links = append(links, Link{Href: l.root + escapePath(law.Path), Text: law.Short})
	}
	for _, ref := range l.rule.References {
		links = append(links, Link{Href: l.root + escapePath(ref.Path), Text: ref.Title})
	}
	return links
}

// ruleLines returns rules for a list in a page.
func (s *builder) ruleLines(rules []*book.Rule, root string, whole bool) RuleLines {
	out := make(RuleLines, len(rules))
	for i, r := range rules {
		out[i] = RuleLine{r, s, root, whole}
	}
	return out
}

// rules makes the page of rules and consequences.
func (s *builder) rules(f Frame) RulesPage {
	p := RulesPage{Frame: f, Ladder: s.ladder()}
	all := s.book.Rules()
	byLevel, names := map[int][]*book.Rule{}, map[int]string{}
	p.Index = make(Links, len(all))
	for i, r := range all {
		if byLevel[r.Level] == nil {
			names[r.Level] = s.levelName(r.Level)
		}
		byLevel[r.Level] = append(byLevel[r.Level], r)
		p.Index[i] = Link{Href: "#_rule-" + r.ID, Text: r.ID, Detail: names[r.Level]}
	}
	levels := make([]int, 0, len(byLevel))
	for n := range byLevel {
		levels = append(levels, n)
	}
	// Rules without a level come last: they are a fault, not the mildest step.
	slices.SortFunc(levels, func(a, b int) int { return cmp.Or(btoi(a < 0)-btoi(b < 0), cmp.Compare(a, b)) })
	for _, n := range levels {
		rl := RuleLevel{ID: "_level-" + strconv.Itoa(max(n, -1)+1), Title: capital(names[n]), Rules: s.ruleLines(byLevel[n], p.Root, true)}
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

// ladder returns the consequence ladder with the number of rules on each step.
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
