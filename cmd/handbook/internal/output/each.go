package output

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls do for every number below n, with a few workers, or as many as
// given. It stops at the first error or at the end of ctx, and gives that
// error; of several the one of the lowest number.
func each(ctx context.Context, workers, n int, do func(i int) error) error {
	if workers == 0 {
		workers = min(runtime.GOMAXPROCS(0), 8)
	}
	var (
		next    atomic.Int64
		stop    atomic.Bool
		mu      sync.Mutex
		failed  = n
		failure error
		wg      sync.WaitGroup
	)
	for range min(workers, n) {
		wg.Go(func() {
			for !stop.Load() {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				err := context.Cause(ctx)
				if err == nil {
					err = do(i)
				}
				if err != nil {
					stop.Store(true)
					mu.Lock()
					if i < failed {
						failed, failure = i, err
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return failure
}
