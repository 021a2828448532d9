package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
)

// A root is the folder that a command works on. Usually it holds a folder
// content/, and may hold layouts/ and static/ of its own; a folder without
// content/ is the content itself.
//
// Everything is opened beneath an os.Root, so that no symbolic link leads out
// of the folder.
type root struct {
	dir     string   // as the user would type it
	content *os.Root // what is loaded, and what new and review write to
	at      string   // the content folder's path
	prefix  string   // before every path of the content in a message: "content/" or ""
	layouts fs.FS    // nil if there is none
	static  fs.FS    // nil if there is none
	opened  []*os.Root
}

// openRoot finds the content at or below a folder.
func openRoot(dir string) (*root, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usagef("check the path after -C", "there is no folder %s", diag.Quote(dir))
	case err != nil:
		return nil, fmt.Errorf("open the handbook: %w", err)
	case !info.IsDir():
		return nil, usagef("name the folder that holds content/", "%s is a file, not a folder", diag.Quote(dir))
	}
	r := &root{dir: dir, at: filepath.Join(dir, "content"), prefix: "content/"}
	if info, err := os.Stat(r.at); err != nil || !info.IsDir() {
		if !looksLikeContent(dir) {
			return nil, failf("go to the folder that holds content/, or name it with -C", "there is no folder content/ and no markdown in %s", diag.Quote(dir))
		}
		r.at, r.prefix = dir, ""
	}
	if r.content, err = r.open(r.at); err != nil {
		return nil, err
	}
	if r.prefix == "" {
		return r, nil
	}
	for name, to := range map[string]*fs.FS{"layouts": &r.layouts, "static": &r.static} {
		sub := filepath.Join(dir, name)
		if info, err := os.Stat(sub); err != nil || !info.IsDir() {
			continue
		}
		opened, err := r.open(sub)
		if err != nil {
			r.close()
			return nil, err
		}
		*to = withoutGo{opened.FS()}
	}
	return r, nil
}

func (r *root) open(dir string) (*os.Root, error) {
	opened, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the handbook: %w", err)
	}
	r.opened = append(r.opened, opened)
	return opened, nil
}

// close lets go of the folders.
func (r *root) close() {
	for _, o := range r.opened {
		o.Close()
	}
}

// looksLikeContent reports whether a folder without content/ holds a handbook's
// settings or markdown, at most one folder down. It keeps a command that is
// started in the wrong place from reading a whole disk.
func looksLikeContent(dir string) bool {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if book.IsPage(e.Name()) || e.Name() == "handbook.yaml" {
			return true
		}
	}
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		inner, err := os.ReadDir(filepath.Join(dir, e.Name()))
		if err != nil {
			continue
		}
		for _, f := range inner {
			if book.IsPage(f.Name()) {
				return true
			}
		}
	}
	return false
}

// sources lists the folders that a site is made from.
func (r *root) sources() []string {
	dirs := []string{r.at}
	if r.prefix != "" {
		dirs = append(dirs, filepath.Join(r.dir, "layouts"), filepath.Join(r.dir, "static"))
	}
	return dirs
}

// load reads the handbook. fsys is the content, usually r.content.FS().
func (r *root) load(ctx context.Context, fsys fs.FS, opt book.Options) (*book.Book, []diag.Problem, error) {
	opt.Dir = r.prefix
	type loaded struct {
		book     *book.Book
		problems []diag.Problem
	}
	l, err := await(ctx, func() (loaded, error) {
		b, ps, err := book.Load(fsys, opt)
		return loaded{b, ps}, err
	})
	if err = unknownAudience(err); err != nil && !errors.As(err, new(*failure)) && !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("load %s: %w", r.at, err)
	}
	return l.book, l.problems, err
}

// graded returns the problems of loading with the severities that the handbook
// asks for.
func graded(b *book.Book, ps []diag.Problem, lenient bool) []diag.Problem {
	return check.Grade(ps, b.Config.Checks, lenient)
}

// unfit returns those findings of check that stop a build: what check finds beyond
// reading does so only where it is an error, such as a review dated in the
// future, because pages made of that would not be true. Its warnings are for
// handbook check. told is what reading found.
func unfit(b *book.Book, told []diag.Problem, today date.Date, lenient bool) []diag.Problem {
	found := graded(b, check.Run(b, check.Options{Today: today, Errors: true, Told: told}), lenient)
	return slices.DeleteFunc(found, func(p diag.Problem) bool { return p.Severity != diag.Error })
}

// A withoutGo is a folder without its Go files. The layouts and static files
// of this project lie beside the Go file that embeds them, which is no part of
// a site.
type withoutGo struct{ fs.FS }

// Open opens a file that is not Go.
func (w withoutGo) Open(name string) (fs.File, error) {
	if isGo(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return w.FS.Open(name)
}

// ReadDir lists the files that are not Go.
func (w withoutGo) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return isGo(e.Name()) }), err
}

func isGo(name string) bool { return filepath.Ext(name) == ".go" }
