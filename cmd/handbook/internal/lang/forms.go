package lang

import (
	"strconv"
	"strings"
	"unicode"

	"handbook/cmd/handbook/internal/date"
)

// Date returns a day as the language writes it, "4 March 2014", or "" for no day.
func (l *Language) Date(d date.Date) string {
	return string(l.AppendDate(make([]byte, 0, len("30 September 2014")+8), d))
}

// AppendDate adds a day to a text, as Date writes it.
func (l *Language) AppendDate(b []byte, d date.Date) []byte { return l.appendDay(b, l.date, d) }

// Month returns the month of a day with its year, "March 2014".
func (l *Language) Month(d date.Date) string { return string(l.appendDay(nil, l.month, d)) }

// MonthLetter returns the first letter of the month of a day.
func (l *Language) MonthLetter(d date.Date) string {
	for _, r := range l.words.Months[d.Time().Month()-1] {
		return string(unicode.ToUpper(r))
	}
	return ""
}

// appendDay adds a day in a form.
func (l *Language) appendDay(b []byte, form []piece, d date.Date) []byte {
	if d.IsZero() {
		return b
	}
	y, m, day := d.Time().Date()
	for i := range form {
		switch p := &form[i]; p.arg {
		case "":
			b = append(b, p.text...)
		case "day":
			if day == 1 {
				b = append(b, l.words.FirstDay...)
			} else {
				b = strconv.AppendInt(b, int64(day), 10)
			}
		case "month":
			b = append(b, l.words.Months[m-1]...)
		case "year":
			b = appendYear(b, y)
		}
	}
	return b
}

// appendYear adds a year with four digits.
func appendYear(b []byte, y int) []byte {
	if y >= 0 && y < 1000 {
		b = append(b, "000"[:3-len(strconv.Itoa(y))+1]...)
	}
	return strconv.AppendInt(b, int64(y), 10)
}

// AppendNumber adds a number to a text.
func (l *Language) AppendNumber(b []byte, n int) []byte {
	begin := len(b)
	b = strconv.AppendInt(b, int64(n), 10)
	digits := len(b) - begin
	if n < 0 {
		digits--
	}
	if digits < 3+l.words.GroupDigits {
		return b
	}
	whole := string(b[len(b)-digits:])
	b = b[:len(b)-digits]
	for i := range digits {
		if i > 0 && (digits-i)%3 == 0 {
			b = append(b, l.words.Thousands...)
		}
		b = append(b, whole[i])
	}
	return b
}

// List puts words in a row: "laws, references and links".
func (l *Language) List(words []string) string { return l.list(words, ", ") }

// Series puts names in a row that may have commas themselves: "a, b; c and d".
func (l *Language) Series(names []string) string { return l.list(names, l.words.Semicolon) }

// Semicolon returns what stands between things that may have commas themselves.
func (l *Language) Semicolon() string { return l.words.Semicolon }

func (l *Language) list(words []string, between string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := words[len(words)-1]
	and := l.words.And
	if l.words.AndBeforeI != "" && beginsWithI(last) {
		and = l.words.AndBeforeI
	}
	return strings.Join(words[:len(words)-1], between) + and + last
}

// beginsWithI reports whether a word begins with the sound of a Spanish i, of
// which hie- is none.
func beginsWithI(word string) bool {
	w := strings.ToLower(word)
	w = strings.TrimPrefix(w, "h")
	return (strings.HasPrefix(w, "i") || strings.HasPrefix(w, "í")) && !strings.HasPrefix(w, "ie")
}

// EnglishDate returns a day as a terminal shows it, "4 March 2014", or "" for no
// day.
func EnglishDate(d date.Date) string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Time().Date()
	return strconv.Itoa(day) + " " + m.String() + " " + string(appendYear(nil, y))
}
