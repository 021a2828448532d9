package live

import (
	"runtime"
	"runtime/debug"
)

// GarbagePercent is how much garbage may be beside what is in use. A preview lies
// in memory for hours and is idle for most of them, so it is less than Go would let
// it be.
const GarbagePercent = 40

// minGarbage is how much garbage, in bytes, there may be in any case.
const minGarbage = 48 << 20

// CollectGarbage collects garbage, and says when that is done next. What a save
// leaves is collected soon after, so that the next save finds memory and need not
// wait for a collection.
func CollectGarbage() {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	debug.SetGCPercent(max(GarbagePercent, int(100*minGarbage/max(1, m.HeapAlloc))))
}
