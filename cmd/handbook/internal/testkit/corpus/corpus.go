// Package corpus makes handbooks of any size, for tests and benchmarks only.
//
// [Handbook] gives a whole content folder: handbook.yaml, the three registers
// (60 laws, 40 references, 30 terms) and sections of about 6 KB in parts of
// 200, each with everything that a careful author would give it: full front
// matter, four to six rules, citations, links to other sections, a table,
// lists, an example and a note. It loads without a problem. Its dates are meant
// for 20 November 2026: all lie before that day, and on it about every fourth
// section is stale. The same size gives the same bytes, on every system, so
// that two measurements measure the same thing.
//
// The words are made up of short lists. They mean nothing, but they are
// English words in sentences of usual length, with the emphasis, the brackets
// and the code spans that policies have, because a parser's cost depends on
// how often something might begin.
//
// [Growth] compares what work of two sizes costs.
package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing/fstest"
)

// PartSize is how many sections a part has.
const PartSize = 200

// How many entries the registers have.
const (
	laws       = 60
	references = 40
	terms      = 30
)

// Handbook makes a content folder with the given number of sections.
func Handbook(sections int) fstest.MapFS {
	files := fstest.MapFS{}
	put := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644} }
	put("handbook.yaml", settings())
	put("registers/laws.yaml", lawRegister())
	put("registers/references.yaml", referenceRegister())
	put("registers/terms.yaml", termRegister())
	put("index.md", "---\ntitle: A made-up handbook\nsummary: Made for measuring.\n---\n\nBegin with [the first section]("+source(0)+").\n")
	for i := range sections {
		if i%PartSize == 0 {
			r := random(2, i)
			put(folder(i)+"/index.md", fmt.Sprintf("---\ntitle: Part %d, %s\nsummary: %s\n---\n\n%s\n", i/PartSize+1, pick(r, topics()), sentence(r), paragraph(r, 3)))
		}
		put(source(i), section(i, sections))
	}
	return files
}

// Bodies returns what goldmark alone would be asked to convert: the text of each
// section below its front matter.
func Bodies(files fstest.MapFS, sections int) [][]byte {
	out := make([][]byte, sections)
	for i := range out {
		_, body, _ := strings.Cut(string(files[source(i)].Data), "\n---\n")
		out[i] = []byte(body)
	}
	return out
}

// random returns a source of numbers that depends on nothing but its arguments.
func random(kind, i int) *rand.Rand { return rand.New(rand.NewPCG(uint64(kind), uint64(i))) }

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func folder(i int) string { return fmt.Sprintf("%d-part-%d", i/PartSize+1, i/PartSize+1) }

func id(i int) string { return fmt.Sprintf("%s-%d", topics()[i%len(topics())], i+1) }

func source(i int) string { return fmt.Sprintf("%s/%d-%s.md", folder(i), i%PartSize+1, id(i)) }

// settings writes handbook.yaml.
func settings() string {
	var b strings.Builder
	b.WriteString("title: A made-up handbook\nagency:\n  name: Made-up agency\n  phone: 000-000-0000\n  crisis_line: 000-000-0001\n" +
		"profile: {jurisdictions: [US, US-MD]}\nreview_every: 12 months\ncounsel_every: 24 months\nowners:\n")
	for _, name := range owners() {
		fmt.Fprintf(&b, "  - {id: %s, name: %s, role: Answers for part of the handbook, email: %s@example.org}\n", name, strings.ReplaceAll(name, "-", " "), name)
	}
	b.WriteString("areas:\n")
	for _, a := range areas() {
		fmt.Fprintf(&b, "  - {id: %s, name: About %s, question: What must you know about %s?}\n", a, a, a)
	}
	b.WriteString("audiences:\n")
	for _, a := range audiences() {
		fmt.Fprintf(&b, "  - {id: %s, name: All %s}\n", a, a)
	}
	b.WriteString("levels:\n")
	for i, name := range []string{"Learn", "Coach", "Written warning", "Serious breach", "Gravest breach"} {
		fmt.Fprintf(&b, "  - {level: %d, name: %s, means: What it means, range: What the agency may do}\n", i, name)
	}
	return b.String()
}

// section writes section i of n.
func section(i, n int) string {
	r := random(1, i)
	var b strings.Builder
	name := id(i)
	title := strings.ToUpper(name[:1]) + strings.ReplaceAll(name[1:], "-", " ") + " and " + pick(r, topics())
	day := func(year int) string { return fmt.Sprintf("%d-%02d-%02d", year, 1+r.IntN(12), 1+r.IntN(28)) }
	fmt.Fprintf(&b, "---\ntitle: %s\nsummary: %s\nid: %s\nowner: %s\n", title, sentence(r), name, pick(r, owners()))
	fmt.Fprintf(&b, "areas: [%s]\naudience: [%s]\n", some(r, areas(), 1+r.IntN(3)), some(r, audiences(), 1+r.IntN(3)))
	fmt.Fprintf(&b, "drafted: %s\napproved: {on: %s, by: Board of directors}\nversion: %d\neffective: %s\n", day(2022), day(2023), 1+r.IntN(4), day(2023))
	fmt.Fprintf(&b, "change: %s\nreview_every: %s\nreviews:\n", sentence(r), pick(r, []string{"6 months", "12 months", "1 year"}))
	count := 1 + r.IntN(3)
	for k := range count {
		on := day(2026 - count + 1 + k)
		if k == count-1 {
			on = fmt.Sprintf("2026-%02d-%02d", 1+r.IntN(10), 1+r.IntN(28))
		}
		fmt.Fprintf(&b, "  - {on: %s, by: %s, outcome: no-change, checked: [laws, references, links]}\n", on, pick(r, owners()))
	}
	fmt.Fprintf(&b, "counsel: {on: %s, by: Agency counsel}\n", day(2025))
	fmt.Fprintf(&b, "laws: [%s]\nreferences: [%s]\n---\n\n", some(r, lawIDs(), 2+r.IntN(3)), some(r, referenceIDs(), 1+r.IntN(3)))

	fmt.Fprintf(&b, "## What you must do\n\n%s\n\n", paragraph(r, 4))
	for k := range 4 + r.IntN(3) {
		fmt.Fprintf(&b, "::: rule {#%s-%d level=%d laws=%s references=%s audience=%s}\n%s\n:::\n\n",
			name, k+1, r.IntN(5), pick(r, lawIDs()), pick(r, referenceIDs()), pick(r, audiences()), paragraph(r, 1+r.IntN(2)))
	}
	b.WriteString("## Why\n\n")
	for range 3 {
		fmt.Fprintf(&b, "%s %s [@%s, %d.%d(%c)].\n\n", paragraph(r, 4), strings.TrimSuffix(sentence(r), "."), pick(r, lawIDs()), 100+r.IntN(90), r.IntN(900), 'a'+rune(r.IntN(6)))
	}
	fmt.Fprintf(&b, "%s [@%s].\n\n", strings.TrimSuffix(sentence(r), "."), pick(r, referenceIDs()))
	b.WriteString("## How to do it\n\n")
	for k := range 7 {
		fmt.Fprintf(&b, "%d. **%s.** %s\n", k+1, pick(r, []string{"Ask first", "Check it", "Write little", "Move it", "Record it", "Tell us", "Ask again"}), paragraph(r, 2))
	}
	fmt.Fprintf(&b, "\nSee [%s](%s), [%s](%s#why) and [%s](%s).\n\n", pick(r, topics()), link(i, r.IntN(n)), pick(r, topics()), link(i, r.IntN(n)), pick(r, topics()), link(i, r.IntN(n)))
	b.WriteString("### Who does what\n\n| Role | What | By when | Kept |\n|---|---|---|---:|\n")
	for range 5 {
		fmt.Fprintf(&b, "| %s | %s | within %d days | %d years |\n", pick(r, owners()), strings.TrimSuffix(sentence(r), "."), 1+r.IntN(30), 1+r.IntN(7))
	}
	fmt.Fprintf(&b, "\n### If you are a client\n\n")
	for range 5 {
		fmt.Fprintf(&b, "- %s\n", paragraph(r, 1))
	}
	fmt.Fprintf(&b, "\n::: note {title=\"Your agency must fill this in\"}\n%s Call {{agency.name}} at {{agency.phone}}.\n:::\n\n", paragraph(r, 2))
	fmt.Fprintf(&b, "## Right and wrong\n\n::: example\n**Right.** \"%s\"\n\n**Wrong.** \"%s\"\n:::\n\n", sentence(r), sentence(r))
	fmt.Fprintf(&b, "## If it goes wrong\n\n%s In a crisis call {{agency.crisis_line}}.\n\n", paragraph(r, 3))
	if i%10 == 0 {
		fmt.Fprintf(&b, "%s[^1]\n\n[^1]: %s\n\n", sentence(r), sentence(r))
	}
	write := "write to {{owner.email}}"
	if i%5 == 0 {
		write = "write to " + pick(r, owners()) + "@example.org"
	}
	fmt.Fprintf(&b, "## Whom to ask\n\nAsk {{owner.name}}, or %s. %s\n", write, paragraph(r, 2))
	return b.String()
}

// link writes the way from one section's file to another's.
func link(from, to int) string {
	if folder(from) == folder(to) {
		return strings.TrimPrefix(source(to), folder(to)+"/")
	}
	return "../" + source(to)
}

// some writes k different entries of a list.
func some(r *rand.Rand, list []string, k int) string {
	var out []string
	for _, i := range r.Perm(len(list))[:k] {
		out = append(out, list[i])
	}
	return strings.Join(out, ", ")
}
