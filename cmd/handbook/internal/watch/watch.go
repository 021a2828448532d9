// Package watch reports which files of some folders have changed.
//
// # Events are a hint
//
// The events of the operating system cannot be trusted: of a folder that is
// made and filled at once only the folder is reported, of one that was renamed and
// then written to nothing, of a root that was removed and made again nothing,
// of a burst that the queue cannot hold nothing but that it was too long, and
// of files on network shares, in containers and on the other side of a virtual
// machine nothing at all. So an event only says where to look. What has
// changed is found by comparing the files with what they were when they were
// last looked at.
//
// # What has changed
//
// A file has changed when its content has another hash. Its size, its times
// and its identity only decide whether the content is read again: a file that
// an event named is always read, any other if one of those differs. So a file
// saved again with the same content, a change of its mode and a touch are no
// changes, and a change that leaves size and time alone is one. A folder that
// came or went is a change too, and so is a link that leads elsewhere; links
// are never followed.
//
// # When
//
//   - A save is looked at once nothing has happened for 5 ms, which is longer
//     than editors take to write one file.
//   - A file that is gone or empty then may be one that a program is about to
//     write: it is looked at again after 50 ms without an event.
//   - Events that come within half a second of a rebuild are part of something
//     larger, such as another branch being checked out: they are waited for
//     until there are none for 50 ms.
//   - In no case is the wait longer than half a second.
//   - Half a second after a rebuild that began with an event, and every five
//     seconds, all files are looked at. That finds what no event reported.
//   - Roots are looked for every half second: they can be removed and made
//     again, or come up later.
//
// What changes during a rebuild is looked at when it is over, and causes one
// more.
//
// # Where there are no events
//
// If asked for ([Watcher.Poll]), where the kind of the file system is known
// not to send events, where the system's limits on watches are used up, and
// where changes were found more than once that no event had reported, all files
// are looked at every half second instead. [Watcher.Note] is told, once, in one
// plain sentence.
package watch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A Watcher watches folders. Its fields may not be changed while it runs.
type Watcher struct {
	Roots  []string               // the folders, none in another; they need not exist yet
	Ignore func(name string) bool // tells by its name what is not looked at, file or folder; may be nil
	Poll   bool                   // look at the files instead of waiting for events
	Note   func(text string)      // is told what the user should know; may be nil

	tune *tuning // nil except in tests
}

// A Change is a file or folder that is not what it was: it is new, or gone, or
// its content is another.
type Change struct {
	Root string // one of Watcher.Roots, in its shortest form
	Name string // the path below it, slash-separated; "." for the root itself
}

// A tuning is what tests put in the place of the system and its clock.
type tuning struct {
	open   func() (notifier, error)   // begins to receive events
	remote func(folder string) string // names a file system that sends none
	times  times
}

// times says how long what is waited for.
type times struct {
	pause    time.Duration // without an event, after a single save
	unsure   time.Duration // without an event, after anything larger
	patience time.Duration // the longest wait; the rest after a rebuild; how often roots are looked for, and everything without events
	slow     int           // every how many of those all files are looked at in spite of events
}

func standard() *tuning {
	return &tuning{open: openEvents, remote: remote,
		times: times{pause: 5 * time.Millisecond, unsure: 50 * time.Millisecond, patience: 500 * time.Millisecond, slow: 10}}
}

// A run is a Watcher at work. All but its hints belong to one goroutine.
type run struct {
	*Watcher
	*tuning
	*snapshot
	hints    *hints
	events   notifier // nil without events
	partial  bool     // a rebuild was caused by less than a look at all files
	reported bool     // there was an event since the last look at all files
	missed   int      // how often that found a change that no event had reported
}

// Run looks at the folders, calls rebuild without changes, and then again with
// the changes whenever there are some, until ctx ends. It does not call
// rebuild while rebuild runs.
func (w *Watcher) Run(ctx context.Context, rebuild func([]Change)) {
	own := *w
	own.Roots = slices.Clone(w.Roots)
	for i, root := range own.Roots {
		own.Roots[i] = filepath.Clean(root)
	}
	r := &run{Watcher: &own, tuning: w.tune, hints: newHints(w.Ignore)}
	if r.tuning == nil {
		r.tuning = standard()
	}
	r.snapshot = newSnapshot(r.Roots, r.ignored, r.watchFolder, r.unwatchFolder)
	defer r.closeEvents()
	r.begin()
	r.lookAtAll()
	r.forget()
	rebuild(nil)
	r.loop(ctx, rebuild)
}

// begin opens the events, unless there can be none.
func (r *run) begin() {
	if r.Poll {
		return
	}
	for _, root := range r.Roots {
		if r.isRemote(root) {
			return
		}
	}
	events, err := r.open()
	if err != nil {
		r.giveUp(err)
		return
	}
	r.events = events
	r.hints.gather(events)
}

// isRemote reports whether a folder lies where no events come from, and says so.
func (r *run) isRemote(root string) bool {
	kind := r.remote(root)
	if kind == "" {
		return false
	}
	r.note(fmt.Sprintf("%s is on %s, which does not report changes; its files are looked at twice a second instead", root, kind))
	return true
}

func (r *run) note(text string) {
	if r.Note != nil {
		r.Note(text)
	}
}

func (r *run) ignored(name string) bool { return r.Ignore != nil && r.Ignore(name) }

// loop waits for hints and ticks. pause ends when a save seems to be over,
// limit when it has taken too long, rest when a rebuild was long ago.
func (r *run) loop(ctx context.Context, rebuild func([]Change)) {
	pause, limit, rest := stopped(), stopped(), stopped()
	tick := time.NewTicker(r.times.patience)
	defer func() { pause.Stop(); limit.Stop(); rest.Stop(); tick.Stop() }()
	waiting, resting := false, false
	wait := func(d time.Duration) {
		pause.Reset(d)
		if !waiting {
			limit.Reset(r.times.patience)
		}
		waiting = true
	}
	looked := func(sure bool) {
		if !sure {
			wait(r.times.unsure)
			return
		}
		pause.Stop()
		limit.Stop()
		waiting = false
		if changes := r.changes(); len(changes) > 0 && ctx.Err() == nil {
			rebuild(changes)
			resting = true
			rest.Reset(r.times.patience)
		} else if r.partial && !resting {
			rest.Reset(r.times.patience)
		}
	}
	for n := 1; ; {
		idle := make(chan struct{})
		if r.unread() && !waiting {
			close(idle)
		}
		select {
		case <-ctx.Done():
			return
		case <-r.hints.wake:
			if resting || waiting && r.pending() {
				wait(r.times.unsure)
			} else {
				wait(r.times.pause)
			}
		case <-pause.C:
			looked(r.look())
		case <-limit.C:
			r.look()
			looked(true)
		case <-rest.C:
			resting = false
			if r.partial && !waiting {
				looked(r.check())
			}
		case <-tick.C:
			n++
			if !waiting && (r.events == nil || n%r.times.slow == 0 || r.rootsMoved()) {
				looked(r.check())
			}
		case <-idle:
			r.readSome()
		}
	}
}

// stopped makes a timer that does not run.
func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// look looks where the hints point to. It reports whether what was found can be
// relied on, or may be a save that is under way.
func (r *run) look() bool {
	where, err := r.hints.take()
	if err != nil {
		r.giveUp(err)
	}
	if where == nil || r.events == nil {
		return r.lookAtAll()
	}
	r.reported, r.partial = true, true
	return r.lookAt(where)
}

// lookAtAll looks at every file.
func (r *run) lookAtAll() bool {
	r.reported, r.partial = false, false
	sure := r.lookAtRoots()
	if r.cameOrWent {
		// A watch moves with its folder and keeps the old name, and is dropped
		// once that is noticed. To set all of them again repairs what is lost.
		r.cameOrWent = false
		for dir := range r.folders {
			r.watchFolder(dir)
		}
	}
	return sure
}

// check looks at every file because it is time to, and notices if events fail
// to come.
func (r *run) check() bool {
	reported := r.reported || r.hints.any()
	before := len(r.since)
	sure := r.lookAtAll()
	if r.events == nil || reported || len(r.since) == before {
		return sure
	}
	if r.missed++; r.missed == 2 {
		r.closeEvents()
		r.note("the system does not report changes here; the files are looked at twice a second instead")
	}
	return sure
}

// watchFolder asks for the events of a folder.
func (r *run) watchFolder(dir string) {
	if r.events == nil {
		return
	}
	switch err := r.events.Add(dir); {
	case err == nil, errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.ENOTDIR):
		// It is gone again, or closed to us; a look will tell.
	default:
		r.giveUp(err)
	}
}

// unwatchFolder is for a folder that is gone. Its watch may be gone as well.
func (r *run) unwatchFolder(dir string) {
	if r.events != nil {
		_ = r.events.Remove(dir)
	}
}

// giveUp goes on without events.
func (r *run) giveUp(err error) {
	if r.Poll {
		return
	}
	r.closeEvents()
	why, remedy := "the system cannot report changes ("+err.Error()+")", ""
	switch {
	case errors.Is(err, syscall.ENOSPC):
		why, remedy = "the system's limit on watched folders is used up", "; to raise it, set fs.inotify.max_user_watches with sysctl"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		why, remedy = "the system's limit on watching programs or open files is used up", "; to raise it, set fs.inotify.max_user_instances (and fs.inotify.max_user_watches) with sysctl, or ulimit -n"
	}
	r.note(why + "; the files are looked at twice a second instead" + remedy)
}

func (r *run) closeEvents() {
	if r.events != nil {
		r.events.Close()
		r.hints.stop()
		r.events = nil
	}
}

// A notifier is where events come from. After Close nothing is sent any more.
type notifier interface {
	Add(folder string) error
	Remove(folder string) error
	Events() <-chan fsnotify.Event
	Errors() <-chan error
	Close() error
}

// openEvents opens the events of the operating system.
func openEvents() (notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return systemEvents{w}, nil
}

type systemEvents struct{ *fsnotify.Watcher }

func (s systemEvents) Events() <-chan fsnotify.Event { return s.Watcher.Events }
func (s systemEvents) Errors() <-chan error          { return s.Watcher.Errors }

// changes returns the changes that have not been given yet, sorted.
func (r *run) changes() []Change {
	var list []Change
	for path, before := range r.since {
		if r.sumOf(path) != before {
			list = append(list, r.change(path))
		}
	}
	r.forget()
	slices.SortFunc(list, func(a, b Change) int { return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Name, b.Name)) })
	return list
}

// change says where a path lies.
func (r *run) change(path string) Change {
	for _, root := range r.Roots {
		if rel, err := filepath.Rel(root, path); err == nil && filepath.IsLocal(rel) {
			return Change{root, filepath.ToSlash(rel)}
		}
	}
	return Change{filepath.Dir(path), filepath.Base(path)}
}

// rootsMoved reports whether a root has come, gone or been replaced.
func (r *run) rootsMoved() bool {
	for _, root := range r.Roots {
		info, err := os.Stat(root)
		known := r.folders[root]
		if (err == nil && info.IsDir()) != (known != nil) || known != nil && !os.SameFile(info, known.info) {
			return true
		}
	}
	return false
}
