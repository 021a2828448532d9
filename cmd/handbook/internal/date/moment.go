package date

import "time"

// A Moment is the time that a run of the program takes for now. Which day that
// is depends on the handbook, which says in which time zone its day begins.
type Moment struct {
	Clock time.Time // what the clock shows
	Fixed Date      // the day that was asked for instead; zero for none
	Epoch time.Time // the time that was asked for instead; zero for none
}

// A Today is the day that a run takes for today.
type Today struct {
	Date
	Real bool   // it is the day that the clock shows
	Zone string // the time zone that it is the day of, or "" for a day that was asked for
}

// In returns the day of a moment in the zone of a handbook, nil for none.
// Without one it is that of the machine, and of an Epoch, which is the same on
// every machine, that of UTC.
func (m Moment) In(handbook *time.Location) Today {
	in, other := m.Clock.Location(), time.UTC
	zone, fixed := m.Clock.Format("UTC-07:00"), ""
	if handbook != nil {
		in, other = handbook, handbook
		zone, fixed = in.String(), in.String()
	}
	clock := Of(m.Clock.In(in))
	switch {
	case !m.Fixed.IsZero():
		return Today{m.Fixed, m.Fixed == clock, fixed}
	case !m.Epoch.IsZero():
		d := Of(m.Epoch.In(other))
		return Today{d, d == clock, fixed}
	}
	return Today{clock, true, zone}
}

// Moves reports whether the moment goes on with the clock.
func (m Moment) Moves() bool { return m.Fixed.IsZero() && m.Epoch.IsZero() }
