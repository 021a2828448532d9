package watch

import (
	"errors"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// manyHints is how many paths are remembered; with more of them a look at all
// files is no dearer.
const manyHints = 2000

// hints gathers the paths that events name, so that the queue of the system
// never fills up while a rebuild runs.
type hints struct {
	wake   chan struct{} // holds an element if there is something to take
	ignore func(name string) bool
	quit   chan struct{}
	done   sync.WaitGroup

	mu    sync.Mutex
	paths map[string]bool
	all   bool  // there were more than could be told
	err   error // the events broke off
}

func newHints(ignore func(string) bool) *hints {
	return &hints{wake: make(chan struct{}, 1), ignore: ignore, quit: make(chan struct{}), paths: map[string]bool{}}
}

// gather takes events until stop.
func (h *hints) gather(from notifier) {
	events, errs := from.Events(), from.Errors()
	h.done.Go(func() {
		for {
			select {
			case <-h.quit:
				return
			case e, ok := <-events:
				if !ok {
					return
				}
				h.add(e)
			case err, ok := <-errs:
				if !ok {
					return
				}
				h.fail(err)
			}
		}
	})
}

// stop ends gathering. What was gathered remains.
func (h *hints) stop() {
	close(h.quit)
	h.done.Wait()
}

func (h *hints) add(e fsnotify.Event) {
	if e.Name == "" || h.ignore != nil && h.ignore(filepath.Base(e.Name)) {
		return
	}
	h.mu.Lock()
	if len(h.paths) < manyHints {
		h.paths[filepath.Clean(e.Name)] = true
	} else {
		h.all = true
	}
	h.mu.Unlock()
	h.ring()
}

func (h *hints) fail(err error) {
	h.mu.Lock()
	h.all = true
	// EINVAL is what Linux says of a watch that ended by itself before it was
	// taken off, because its folder is gone: nothing is lost by that.
	harmless := errors.Is(err, fsnotify.ErrEventOverflow) || errors.Is(err, syscall.EINVAL)
	if !harmless && h.err == nil {
		h.err = err
	}
	h.mu.Unlock()
	h.ring()
}

func (h *hints) ring() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// any reports whether there is something to take.
func (h *hints) any() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.all || len(h.paths) > 0
}

// take returns the paths since it was last called, or nil for everywhere, and
// the error that ended the events, if one did.
func (h *hints) take() (map[string]bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	paths, all, err := h.paths, h.all, h.err
	h.paths, h.all, h.err = map[string]bool{}, false, nil
	if all {
		paths = nil
	}
	return paths, err
}
