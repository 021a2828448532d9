// Package date counts civil days: the days that a policy speaks of, with no
// time of day and no time zone. A date is the same day in Kiritimati and in
// Honolulu; only the command line asks the clock which day it is.
//
// Dates are written YYYY-MM-DD (ISO 8601) and in no other way, because
// 03/04/2014 means two days: [Parse] explains what to write instead. Package lang
// writes them for people.
//
// Adding months keeps the day of the month where the month has it and takes
// the month's last day where it has not: one year after 29 February 2016 is
// 28 February 2017, and 31 January plus one month is the last of February.
package date

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Date is a civil day. The zero Date is no day at all ([Date.IsZero]).
// Dates are comparable with == and usable as map keys.
type Date struct {
	days int32 // days since 1970-01-01, plus 1<<20 so that zero means none
}

const bias = 1 << 20

// New returns the day y-m-d; days past the end of the month run on, as in
// [time.Date].
func New(y int, m time.Month, d int) Date {
	return Of(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// Of returns the day that t shows in its own time zone.
func Of(t time.Time) Date {
	y, m, d := t.Date()
	return Date{int32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/86400) + bias}
}

// Time returns midnight UTC at the start of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d.days-bias)*86400, 0).UTC() }

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d is earlier than e. No day is before every day.
func (d Date) Before(e Date) bool { return d.days < e.days }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.days > e.days }

// Compare returns -1, 0 or 1, for sorting.
func (d Date) Compare(e Date) int {
	switch {
	case d.days < e.days:
		return -1
	case d.days > e.days:
		return 1
	}
	return 0
}

// Max returns the later of two days.
func Max(d, e Date) Date {
	if d.Before(e) {
		return e
	}
	return d
}

// AddDays returns the day n days later; no day stays no day.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return Date{d.days + int32(n)}
}

// AddMonths returns the same day of the month n months later, or the last day
// of that month where it has no such day; no day stays no day.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	y, m, day := d.Time().Date()
	months := 12*y + int(m) - 1 + n
	if y, m = months/12, time.Month(months%12+1); m < 1 {
		y, m = y-1, m+12 // before the year 0
	}
	if day > 28 {
		day = min(day, New(y, m+1, 0).Time().Day()) // the day before the first is the last
	}
	return New(y, m, day)
}

// Add returns the day a period later.
func (d Date) Add(p Period) Date { return d.AddMonths(p.Months).AddDays(p.Days) }

// String returns YYYY-MM-DD, or "" for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return string(d.Append(make([]byte, 0, len(time.DateOnly))))
}

// Append adds the day to a text, as String writes it.
func (d Date) Append(b []byte) []byte {
	if d.IsZero() {
		return b
	}
	y, m, day := d.Time().Date()
	b = append(appendYear(b, y), '-', byte('0'+m/10), byte('0'+m%10), '-')
	return append(b, byte('0'+day/10), byte('0'+day%10))
}

// appendYear adds a year as time.Format writes it.
func appendYear(b []byte, y int) []byte {
	if y < 0 || y > 9999 {
		return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC).AppendFormat(b, "2006")
	}
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10))
}

// MarshalText writes YYYY-MM-DD, so that a Date in JSON is a string.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// A ParseError says why a text is not a date, and what to write instead.
type ParseError struct {
	Text string // what is wrong
	Hint string // what to do
}

// Error returns what is wrong.
func (e *ParseError) Error() string { return e.Text }

// The years that a policy can speak of. Anything else is a slip of the hand:
// year 26 for 2026, or 9999 for "never".
const firstYear, lastYear = 1900, 2199

// Parse reads YYYY-MM-DD between the years 1900 and 2199. Its errors are
// [*ParseError]s; for the ways people write dates they propose the right one.
func Parse(s string) (Date, error) {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' && digits(s[:4]) && digits(s[5:7]) && digits(s[8:]) {
		y, m, d := atoi(s[:4]), atoi(s[5:7]), atoi(s[8:])
		if e := wrong(y, m, d); e != nil {
			return Date{}, e
		}
		return New(y, time.Month(m), d), nil
	}
	e := explain(s)
	e.Text += ": " + quote(s)
	return Date{}, e
}

const form = "write the day as YYYY-MM-DD"

// wrong says why three numbers are no day, or gives nil if they are one.
func wrong(y, m, d int) *ParseError {
	switch {
	case y < firstYear || y > lastYear:
		return &ParseError{fmt.Sprintf("year %04d is not between %d and %d", y, firstYear, lastYear), form}
	case m < 1 || m > 12 || d < 1 || d > New(y, time.Month(m)+1, 0).Time().Day():
		return &ParseError{fmt.Sprintf("no such day: %04d-%02d-%02d", y, m, d), "check the month and its number of days"}
	}
	return nil
}

// propose says how to write the day y-m-d, or why it is none.
func propose(y, m, d int) *ParseError {
	if e := wrong(y, m, d); e != nil {
		return e
	}
	return &ParseError{"not a date in the form YYYY-MM-DD", "write " + New(y, time.Month(m), d).String()}
}

// explain returns the error for a text that is not YYYY-MM-DD.
func explain(s string) *ParseError {
	t := strings.TrimSpace(s)
	if len(t) > 10 && strings.ContainsRune("Tt ", rune(t[10])) {
		if d, err := Parse(t[:10]); err == nil {
			return &ParseError{"a date has no time of day or zone", "write " + d.String()}
		}
	}
	parts := strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("-/. ,", r) })
	if len(parts) == 3 && short(parts[0]) && short(parts[1]) && short(parts[2]) {
		a, b, c := atoi(parts[0]), atoi(parts[1]), atoi(parts[2])
		switch {
		case len(parts[0]) == 4:
			return propose(a, b, c)
		case len(parts[2]) == 4:
			return twoWays(c, a, b)
		case len(parts[0]) <= 2 && len(parts[1]) <= 2 && len(parts[2]) <= 2:
			return &ParseError{"ambiguous date", "write the year with four digits, first: YYYY-MM-DD"}
		}
	}
	if len(parts) == 2 && len(parts[0]) == 4 && short(parts[0]) && short(parts[1]) && wrong(atoi(parts[0]), atoi(parts[1]), 1) == nil {
		return &ParseError{"a month is not a date", fmt.Sprintf("write the day too, such as %s-%02d-01", parts[0], atoi(parts[1]))}
	}
	if len(t) == 8 && digits(t) {
		return propose(atoi(t[:4]), atoi(t[4:6]), atoi(t[6:]))
	}
	if len(t) == 4 && digits(t) && wrong(atoi(t), 1, 31) == nil {
		return &ParseError{"a year alone is not a date", "write the day too, such as " + t + "-01-31"}
	}
	if e := named(parts); e != nil {
		return e
	}
	return &ParseError{"not a date in the form YYYY-MM-DD", form}
}

// twoWays explains a date with its year last, in which a is the month in the
// United States and the day elsewhere.
func twoWays(y, a, b int) *ParseError {
	us, eu := wrong(y, a, b) == nil, wrong(y, b, a) == nil
	switch {
	case us && eu && a != b:
		return &ParseError{"ambiguous date", fmt.Sprintf("write %s (or %s)", New(y, time.Month(a), b), New(y, time.Month(b), a))}
	case eu || a > 12:
		return propose(y, b, a)
	}
	return propose(y, a, b)
}

// named explains a date with the name of its month, such as March 4th, 2014
// or 4 Sept 2014; nil if there is none.
func named(words []string) *ParseError {
	month, numbers := 0, []string(nil)
	for _, w := range words {
		w = strings.ToLower(w)
		if m := monthNamed(w); m != 0 {
			if month != 0 {
				return nil
			}
			month = m
			continue
		}
		for _, ending := range []string{"st", "nd", "rd", "th"} {
			w = strings.TrimSuffix(w, ending)
		}
		if !short(w) {
			return nil
		}
		numbers = append(numbers, w)
	}
	switch {
	case month == 0:
		return nil
	case len(numbers) == 1 && len(numbers[0]) == 4 && wrong(atoi(numbers[0]), month, 1) == nil:
		return &ParseError{"a month is not a date", fmt.Sprintf("write the day too, such as %s-%02d-01", numbers[0], month)}
	case len(numbers) == 2 && len(numbers[1]) == 4 && len(numbers[0]) <= 2:
		return propose(atoi(numbers[1]), month, atoi(numbers[0]))
	case len(numbers) == 2 && len(numbers[0]) == 4 && len(numbers[1]) <= 2:
		return propose(atoi(numbers[0]), month, atoi(numbers[1]))
	}
	return nil
}

// monthNamed returns the number of an English month, in full or cut to three
// letters or more; 0 if the word is no month.
func monthNamed(word string) int {
	if len(word) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), word) {
			return int(m)
		}
	}
	return 0
}

// quote puts what was written in quotes, cut to 40 bytes, with everything
// that is not printable escaped.
func quote(s string) string {
	if len(s) > 40 {
		s = strings.ToValidUTF8(s[:40], "") + "…"
	}
	return strconv.Quote(s)
}

// short reports whether a word is a number of at most four digits.
func short(s string) bool { return len(s) <= 4 && digits(s) }

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// atoi reads digits; a number too long for an int reads as -1.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// A Period is a span of calendar months and days, such as "6 months".
type Period struct{ Months, Days int }

// IsZero reports whether the period is empty, which means "not asked for".
func (p Period) IsZero() bool { return p == Period{} }

// String returns the period as it is written in handbook.yaml.
func (p Period) String() string {
	unit := func(n int, s string) string {
		if n == 1 {
			return "1 " + s
		}
		return strconv.Itoa(n) + " " + s + "s"
	}
	switch {
	case p.Days != 0 && p.Months != 0:
		return unit(p.Months, "month") + " " + unit(p.Days, "day")
	case p.Days != 0:
		return unit(p.Days, "day")
	}
	return unit(p.Months, "month")
}

// ParsePeriod reads a whole number of days, weeks, months or years: "60
// days", "60d", "6 months", "6m", "1 year", "1y", "2 weeks", "2w". The
// longest period is 100 years.
func ParsePeriod(s string) (Period, error) {
	t := strings.TrimSpace(s)
	i := 0
	for i < len(t) && t[i] >= '0' && t[i] <= '9' {
		i++
	}
	n := 0
	if i > 0 {
		n = atoi(t[:i])
	}
	var p Period
	limit := 0
	switch strings.ToLower(strings.TrimSpace(t[i:])) {
	case "day", "days", "d":
		p, limit = Period{Days: n}, 36525
	case "week", "weeks", "w":
		p, limit = Period{Days: 7 * n}, 36525/7
	case "month", "months", "m":
		p, limit = Period{Months: n}, 1200
	case "year", "years", "y":
		p, limit = Period{Months: 12 * n}, 100
	}
	const hint = "write a whole number of days, weeks, months or years, such as 6 months"
	switch {
	case limit == 0 || i == 0:
		return Period{}, &ParseError{"not a period: " + quote(s), hint}
	case n == 0:
		return Period{}, &ParseError{"a period of no days: " + quote(s), hint}
	case n < 0 || n > limit:
		return Period{}, &ParseError{"a period of more than 100 years: " + quote(s), hint}
	}
	return p, nil
}
