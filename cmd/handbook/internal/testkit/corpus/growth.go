package corpus

import (
	"math"
	"time"
)

// Growth reports how many times as much a larger piece of work takes than a small
// one, by the best of several runs of each. The clock is best one of processor
// time, which does not go on while others work; and the sizes best lie far
// apart, so that no noise can be taken for a square.
func Growth(clock func() time.Duration, small, large func()) float64 {
	took := func(work func()) float64 {
		from := clock()
		work()
		return float64(clock() - from)
	}
	s, l := math.Inf(1), math.Inf(1)
	for range 10 {
		s, l = min(s, took(small)), min(l, took(large))
		if l < 10*s {
			break
		}
	}
	return l / s
}
