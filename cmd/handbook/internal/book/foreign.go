package book

import (
	"strings"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/record"
)

// foreign reports keys that are not the handbook's: one that is nearly right
// is a slip, another belongs to some other tool. One that other tools keep a
// day or a period under is told with the line to write instead, so that no day
// is lost.
func (p *page) foreign(front *record.Map, keys Keys) {
	for _, k := range front.Keys() {
		if keys.Find(k) != nil {
			continue
		}
		at, section := front.KeyPos(k), !p.index
		if p.index && (k == "audience" || diag.Nearest(k, []string{"audience"}) != "") {
			p.errorf(at, "opening-audience", "put what is for some readers only between ::: when {audience=staff} and ::: /when", "an opening has no audience of its own: whoever may read a section of the part reads it")
			continue
		}
		switch line, review := lineFor(k, front); {
		case section && review:
			p.errorf(at, "unknown-key", line, "the key %s belongs to another tool and is not read", diag.Quote(k))
		case section && line != "":
			p.errorf(at, "foreign-key", line+", or move it below params:", "the key %s means nothing here and is left out", diag.Quote(k))
		default:
			if near := diag.Nearest(k, keys.Names()); near != "" {
				p.errorf(at, "unknown-key", "did you mean "+near+"?", "unknown key %s", diag.Quote(k))
			} else {
				p.errorf(at, "foreign-key", "delete it, or move it below params:", "the key %s means nothing here and is left out", diag.Quote(k))
			}
		}
	}
}

// lineFor returns the line to write instead of a key under which other tools keep
// a day or a period, or ""; review tells that the key is about reviews.
func lineFor(key string, front *record.Map) (line string, review bool) {
	text := ""
	if v, ok := front.Value(key).Any().(string); ok {
		text = strings.TrimSpace(v)
	}
	day := "YYYY-MM-DD"
	if len(text) >= 10 {
		// A time of day after the date is of no use here.
		if d, err := date.Parse(text[:10]); err == nil && (len(text) == 10 || strings.ContainsRune("Tt ", rune(text[10]))) {
			day = d.String()
		}
	}
	switch strings.ReplaceAll(strings.ToLower(key), "-", "_") {
	case "last_reviewed_on", "last_reviewed_at", "last_reviewed", "last_review", "last_review_date", "lastreviewed", "lastreview",
		"reviewed", "reviewed_on", "reviewed_at", "review_date", "date_reviewed", "reviewdate":
		if front.Has("reviews") {
			return "delete it; if reviews: lacks that day, add {on: " + day + ", by: NAME, outcome: no-change} with the name of who reviewed it", true
		}
		return "write reviews: [{on: " + day + ", by: NAME, outcome: no-change}], with the name of who reviewed it", true
	case "review_in", "review_cycle", "review_period", "review_frequency", "review_interval", "reviewed_every":
		every := "12 months"
		if p, err := date.ParsePeriod(text); err == nil && !p.IsZero() {
			every = p.String()
		}
		if front.Has("review_every") {
			return "delete it; review_every: is there", true
		}
		return "write review_every: " + every, true
	case "next_review", "next_review_date", "next_review_on", "review_by", "review_due", "review_on", "due_for_review", "nextreview":
		return "write when it was last reviewed, reviews: [{on: YYYY-MM-DD, by: NAME, outcome: no-change}], and review_every: 12 months; the next review is counted from that", true
	case "last_updated", "last_updated_on", "last_updated_at", "last_modified", "lastmod", "updated", "updated_on", "updated_at", "modified", "date_modified",
		"date", "created", "created_on", "created_at", "date_created", "published_on", "published_at":
		if front.Has("drafted") {
			return "delete it; drafted: is there", false
		}
		return "write drafted: " + day + " if the text was written on that day", false
	}
	return "", false
}
