package date

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

func day(t *testing.T, s string) Date {
	t.Helper()
	d, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParse(t *testing.T) {
	for _, s := range []string{"1900-01-01", "2199-12-31", "2014-03-04", "2016-02-29", "2000-02-29", "1970-01-01", "1969-12-31", "2026-11-20"} {
		d, err := Parse(s)
		if err != nil {
			t.Errorf("%s: %v", s, err)
		}
		if d.String() != s {
			t.Errorf("%s reads back as %s", s, d)
		}
		if d.IsZero() {
			t.Errorf("%s is no day", s)
		}
	}
}

func TestParseErrors(t *testing.T) {
	const iso, form, count = "not a date in the form YYYY-MM-DD: ", "write the day as YYYY-MM-DD", "check the month and its number of days"
	for _, c := range []struct{ in, text, hint string }{
		// no such day
		{"2014-02-30", "no such day: 2014-02-30", count},
		{"2014-02-29", "no such day: 2014-02-29", count},
		{"1900-02-29", "no such day: 1900-02-29", count},
		{"2014-13-01", "no such day: 2014-13-01", count},
		{"2014-00-10", "no such day: 2014-00-10", count},
		{"2014-01-00", "no such day: 2014-01-00", count},
		{"2014-04-31", "no such day: 2014-04-31", count},
		{"2014/02/30", `no such day: 2014-02-30: "2014/02/30"`, count},
		{"30/02/2014", `no such day: 2014-02-30: "30/02/2014"`, count},
		{"20140230", `no such day: 2014-02-30: "20140230"`, count},
		{"February 30, 2014", `no such day: 2014-02-30: "February 30, 2014"`, count},
		// years
		{"0001-01-01", "year 0001 is not between 1900 and 2199", form},
		{"9999-12-31", "year 9999 is not between 1900 and 2199", form},
		{"2200-01-01", "year 2200 is not between 1900 and 2199", form},
		{"1899-12-31", "year 1899 is not between 1900 and 2199", form},
		{"99991231", `year 9999 is not between 1900 and 2199: "99991231"`, form},
		{"1/2/0007", `year 0007 is not between 1900 and 2199: "1/2/0007"`, form},
		{"4 March 0999", `year 0999 is not between 1900 and 2199: "4 March 0999"`, form},
		{"0000", iso + `"0000"`, form},
		{"9999", iso + `"9999"`, form},
		// two meanings
		{"03/04/2014", `ambiguous date: "03/04/2014"`, "write 2014-03-04 (or 2014-04-03)"},
		{"3.4.2014", `ambiguous date: "3.4.2014"`, "write 2014-03-04 (or 2014-04-03)"},
		{"03/14/14", `ambiguous date: "03/14/14"`, "write the year with four digits, first: YYYY-MM-DD"},
		{"3/4/14", `ambiguous date: "3/4/14"`, "write the year with four digits, first: YYYY-MM-DD"},
		// one meaning
		{"03/03/2014", iso + `"03/03/2014"`, "write 2014-03-03"},
		{"25/12/2014", iso + `"25/12/2014"`, "write 2014-12-25"},
		{"12/25/2014", iso + `"12/25/2014"`, "write 2014-12-25"},
		{"2014-3-4", iso + `"2014-3-4"`, "write 2014-03-04"},
		{"2014/03/04", iso + `"2014/03/04"`, "write 2014-03-04"},
		{"2014.03.04", iso + `"2014.03.04"`, "write 2014-03-04"},
		{" 2014-03-04 ", iso + `" 2014-03-04 "`, "write 2014-03-04"},
		{"20140304", iso + `"20140304"`, "write 2014-03-04"},
		{"March 4, 2014", iso + `"March 4, 2014"`, "write 2014-03-04"},
		{"march 4 2014", iso + `"march 4 2014"`, "write 2014-03-04"},
		{"March 4th, 2014", iso + `"March 4th, 2014"`, "write 2014-03-04"},
		{"4 March 2014", iso + `"4 March 2014"`, "write 2014-03-04"},
		{"4th Mar. 2014", iso + `"4th Mar. 2014"`, "write 2014-03-04"},
		{"1 Sept 2014", iso + `"1 Sept 2014"`, "write 2014-09-01"},
		{"21-Aug-2014", iso + `"21-Aug-2014"`, "write 2014-08-21"},
		{"25 December 2014", iso + `"25 December 2014"`, "write 2014-12-25"},
		{"2014 March 14", iso + `"2014 March 14"`, "write 2014-03-14"},
		{"2014 March 4", iso + `"2014 March 4"`, "write 2014-03-04"},
		// a day and more, or less
		{"2014-03-04T23:30:00-05:00", `a date has no time of day or zone: "2014-03-04T23:30:00-05:00"`, "write 2014-03-04"},
		{"2014-03-04 10:00", `a date has no time of day or zone: "2014-03-04 10:00"`, "write 2014-03-04"},
		{"2014", `a year alone is not a date: "2014"`, "write the day too, such as 2014-01-31"},
		{"2014-03", `a month is not a date: "2014-03"`, "write the day too, such as 2014-03-01"},
		{"March 2014", `a month is not a date: "March 2014"`, "write the day too, such as 2014-03-01"},
		// nothing like a date
		{"", iso + `""`, form},
		{"tomorrow", iso + `"tomorrow"`, form},
		{"Mayor 4 2014", iso + `"Mayor 4 2014"`, form},
		{"March March 2014", iso + `"March March 2014"`, form},
		{"2014 March 444", iso + `"2014 March 444"`, form},
		{"March 4 5 2014", iso + `"March 4 5 2014"`, form},
		{"-014-03-04", iso + `"-014-03-04"`, form},
		{"+014-03-04", iso + `"+014-03-04"`, form},
		{"２０１４-03-04", iso + `"２０１４-03-04"`, form},
		{"2014-03-0a", iso + `"2014-03-0a"`, form},
		{"99999999999999999999/1/2014", iso + `"99999999999999999999/1/2014"`, form},
		{"\x1b[2J", iso + `"\x1b[2J"`, form},
		{strings.Repeat("x", 41), iso + `"` + strings.Repeat("x", 40) + `…"`, form},
	} {
		d, err := Parse(c.in)
		var e *ParseError
		if !errors.As(err, &e) {
			t.Errorf("%q: got %v and error %v, want a ParseError", c.in, d, err)
			continue
		}
		if e.Text != c.text || e.Hint != c.hint || err.Error() != c.text {
			t.Errorf("%q: got %q with hint %q, want %q with %q", c.in, e.Text, e.Hint, c.text, c.hint)
		}
		if !d.IsZero() {
			t.Errorf("%q: got the day %v besides the error", c.in, d)
		}
	}
}

// FuzzParse checks that what is read prints as it was written, and that every
// day that a hint proposes can be read.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"2014-03-04", "03/04/2014", "March 4, 2014", "2014-03-04T01:02:03Z", "20140304", "2014", "2014-02-30",
		"1/2/0007", "0000-00-00", "", "4 Sept 2014", "99991231", "2014-3", "9 9 9", "２０１４"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err == nil {
			if d.String() != s || d.IsZero() {
				t.Fatalf("%q reads back as %q", s, d)
			}
			return
		}
		var e *ParseError
		if !errors.As(err, &e) || e.Text == "" || e.Hint == "" || !d.IsZero() {
			t.Fatalf("%q: got %v and %#v", s, d, err)
		}
		for _, word := range strings.FieldsFunc(e.Hint, func(r rune) bool { return strings.ContainsRune(" ()", r) }) {
			if word[0] >= '0' && word[0] <= '9' {
				if _, err := Parse(word); err != nil {
					t.Errorf("%q: the hint %q proposes no date: %v", s, e.Hint, err)
				}
			}
		}
	})
}

// TestOf takes one moment to places on both sides of the date line.
func TestOf(t *testing.T) {
	moment := time.Date(2014, 3, 4, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		hours int
		want  string
	}{{-10, "2014-03-04"}, {0, "2014-03-04"}, {14, "2014-03-05"}, {-13, "2014-03-03"}} {
		zone := time.FixedZone("", c.hours*3600)
		if got := Of(moment.In(zone)).String(); got != c.want {
			t.Errorf("%+d hours: got %s, want %s", c.hours, got, c.want)
		}
	}
	if got := Of(time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC)).String(); got != "1969-12-31" {
		t.Errorf("the last second before 1970 is on %s", got)
	}
}

func TestNew(t *testing.T) {
	if got := New(2014, time.March, 4); got != day(t, "2014-03-04") {
		t.Errorf("got %v", got)
	}
	if got := New(2014, time.February, 31); got != day(t, "2014-03-03") {
		t.Errorf("days past the end of the month: got %v", got)
	}
	if got := New(2014, time.March, 4).Time(); !got.Equal(time.Date(2014, 3, 4, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("got the time %v", got)
	}
}

func TestCompare(t *testing.T) {
	none, a, b := Date{}, day(t, "1900-01-01"), day(t, "2026-06-01")
	order := []Date{none, a, b}
	for i, d := range order {
		for j, e := range order {
			want := 0
			switch {
			case i < j:
				want = -1
			case i > j:
				want = 1
			}
			if got := d.Compare(e); got != want {
				t.Errorf("%q.Compare(%q): got %d, want %d", d, e, got, want)
			}
			if d.Before(e) != (want < 0) || d.After(e) != (want > 0) || (d == e) != (want == 0) {
				t.Errorf("Before, After or == of %q and %q disagree with Compare", d, e)
			}
			if got := Max(d, e); got != order[max(i, j)] {
				t.Errorf("Max(%q, %q): got %q", d, e, got)
			}
		}
	}
}

func TestAdd(t *testing.T) {
	for _, c := range []struct {
		from   string
		period Period
		want   string
	}{
		{"2016-02-29", Period{Months: 12}, "2017-02-28"},
		{"2016-02-29", Period{Months: 48}, "2020-02-29"},
		{"2015-02-28", Period{Months: 12}, "2016-02-28"},
		{"2026-01-31", Period{Months: 1}, "2026-02-28"},
		{"2028-01-31", Period{Months: 1}, "2028-02-29"},
		{"2026-03-31", Period{Months: 6}, "2026-09-30"},
		{"2026-12-15", Period{Months: 1}, "2027-01-15"},
		{"2026-01-15", Period{Months: 24}, "2028-01-15"},
		{"2026-03-31", Period{Months: -1}, "2026-02-28"},
		{"2026-01-15", Period{Months: -13}, "2024-12-15"},
		{"2026-12-31", Period{Days: 1}, "2027-01-01"},
		{"2026-03-01", Period{Days: -1}, "2026-02-28"},
		{"2026-01-31", Period{Months: 1, Days: 1}, "2026-03-01"},
		{"2026-06-01", Period{}, "2026-06-01"},
	} {
		if got := day(t, c.from).Add(c.period).String(); got != c.want {
			t.Errorf("%s and %s: got %s, want %s", c.from, c.period, got, c.want)
		}
	}
	if got := (Date{}).Add(Period{Months: 12, Days: 3}); !got.IsZero() {
		t.Errorf("no day and a period: got %v", got)
	}
}

func TestNoDay(t *testing.T) {
	if got := (Date{}).String(); got != "" {
		t.Errorf("no day: got %q", got)
	}
}

func TestJSON(t *testing.T) {
	type record struct{ On, Until Date }
	in := record{On: day(t, "2014-03-04")}
	b, err := json.Marshal(in)
	if want := `{"On":"2014-03-04","Until":""}`; err != nil || string(b) != want {
		t.Fatalf("got %s and error %v, want %s", b, err, want)
	}
}

func TestParsePeriod(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Period
		text string
	}{
		{"60 days", Period{Days: 60}, "60 days"},
		{"60d", Period{Days: 60}, "60 days"},
		{"1 day", Period{Days: 1}, "1 day"},
		{"2 weeks", Period{Days: 14}, "14 days"},
		{"2w", Period{Days: 14}, "14 days"},
		{"6 months", Period{Months: 6}, "6 months"},
		{" 6  Months ", Period{Months: 6}, "6 months"},
		{"1m", Period{Months: 1}, "1 month"},
		{"1 year", Period{Months: 12}, "12 months"},
		{"3 years", Period{Months: 36}, "36 months"},
		{"007y", Period{Months: 84}, "84 months"},
		{"100 years", Period{Months: 1200}, "1200 months"},
		{"1200m", Period{Months: 1200}, "1200 months"},
		{"36525 days", Period{Days: 36525}, "36525 days"},
		{"5217 weeks", Period{Days: 36519}, "36519 days"},
	} {
		p, err := ParsePeriod(c.in)
		if err != nil || p != c.want || p.String() != c.text || p.IsZero() {
			t.Errorf("%q: got %v (%s) and error %v, want %v (%s)", c.in, p, p, err, c.want, c.text)
		}
	}
	if got := (Period{Months: 1, Days: 2}).String(); got != "1 month 2 days" {
		t.Errorf("got %q", got)
	}
	if !(Period{}).IsZero() {
		t.Error("an empty period is not empty")
	}
}

func TestParsePeriodErrors(t *testing.T) {
	const hint = "write a whole number of days, weeks, months or years, such as 6 months"
	for _, c := range []struct{ in, text string }{
		{"", `not a period: ""`},
		{"months", `not a period: "months"`},
		{"6", `not a period: "6"`},
		{"6 ms", `not a period: "6 ms"`},
		{"60 ds", `not a period: "60 ds"`},
		{"6 hours", `not a period: "6 hours"`},
		{"1.5 years", `not a period: "1.5 years"`},
		{"-6 months", `not a period: "-6 months"`},
		{"6 months 3 days", `not a period: "6 months 3 days"`},
		{"six months", `not a period: "six months"`},
		{"６ months", `not a period: "６ months"`},
		{"\x1b[2J", `not a period: "\x1b[2J"`},
		{"0 days", `a period of no days: "0 days"`},
		{"101 years", `a period of more than 100 years: "101 years"`},
		{"1201 months", `a period of more than 100 years: "1201 months"`},
		{"5218 weeks", `a period of more than 100 years: "5218 weeks"`},
		{"36526d", `a period of more than 100 years: "36526d"`},
		{"99999999999999999999 days", `a period of more than 100 years: "99999999999999999999 days"`},
	} {
		p, err := ParsePeriod(c.in)
		var e *ParseError
		if !errors.As(err, &e) || e.Text != c.text || e.Hint != hint || !p.IsZero() {
			t.Errorf("%q: got %v and %#v, want %q", c.in, p, err, c.text)
		}
	}
}

// FuzzParsePeriod checks that what is read is within the limit, leads to a
// later day, and reads back as itself.
func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"60 days", "60d", "2w", "6 Months", "1y", "100 years", "0d", "", "-1 day", "99999999999999999999 days", "6 ms"} {
		f.Add(s)
	}
	start := New(2016, time.February, 29)
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePeriod(s)
		if err != nil {
			var e *ParseError
			if !errors.As(err, &e) || e.Hint == "" || !p.IsZero() {
				t.Fatalf("%q: got %v and %#v", s, p, err)
			}
			return
		}
		if end := start.Add(p); !end.After(start) || end.After(New(2116, time.March, 31)) {
			t.Errorf("%q: %s after %s is %s", s, p, start, end)
		}
		if again, err := ParsePeriod(p.String()); err != nil || again != p {
			t.Errorf("%q is %q, which reads as %v and error %v", s, p, again, err)
		}
	})
}
