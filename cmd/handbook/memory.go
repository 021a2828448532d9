package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// room is how large the heap of a build may grow before memory is collected.
// Most handbooks are built within it.
const room = 384 << 20

// roomy lets the heap grow to at least room bytes between collections, or by
// percent if that is more, until stop is called. By itself Go begins to collect
// at four megabytes and then at every doubling, which is a fifth of all the work
// of a build, and in vain: what it has read it needs to its end. Whoever sets
// GOGC gets what they ask for.
func (t *tool) roomy(room uint64, percent int) (stop func()) {
	if t.getenv("GOGC") != "" {
		return func() {}
	}
	// The first collection is at four megabytes times the percentage.
	before := debug.SetGCPercent(int(room / (4 << 20) * 100))
	var stopped atomic.Bool
	type collected struct{ _ [16]byte } // not so small that it shares its memory
	var again func(*collected)
	again = func(c *collected) {
		if stopped.Load() {
			return
		}
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		more := percent
		if used := live[0].Value.Uint64(); used > 0 && used < room {
			more = max(more, int((room-used)*100/used))
		}
		debug.SetGCPercent(more)
		runtime.SetFinalizer(c, again) // for the next collection
	}
	runtime.SetFinalizer(new(collected), again)
	return func() {
		if !stopped.Swap(true) {
			debug.SetGCPercent(before)
		}
	}
}
