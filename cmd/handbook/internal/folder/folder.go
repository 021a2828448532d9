// Package folder opens the folders that a handbook is made from, and reads the
// handbook in them.
//
// Usually a folder holds content/, and may hold layouts/ and static/ of its own;
// a folder without content/ is the content itself. Everything is opened beneath
// an [os.Root], so that no symbolic link leads out of it.
package folder

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
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
)

// A Folder is the folder that a command works on.
type Folder struct {
	Dir     string   // as the user would type it
	Content *os.Root // what is loaded, and what new and review write to
	At      string   // the content folder's path
	Prefix  string   // before every path of the content in a message: "content/" or ""
	Layouts fs.FS    // nil if there is none
	Static  fs.FS    // nil if there is none
	opened  []*os.Root
}

// Open finds the content at or below a folder.
func Open(dir string) (*Folder, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, diag.Usagef("check the path after -C", "there is no folder %s", diag.Quote(dir))
	case err != nil:
		return nil, fmt.Errorf("open the handbook: %w", err)
	case !info.IsDir():
		return nil, diag.Usagef("name the folder that holds content/", "%s is a file, not a folder", diag.Quote(dir))
	}
	f := &Folder{Dir: dir, At: filepath.Join(dir, "content"), Prefix: "content/"}
	if info, err := os.Stat(f.At); err != nil || !info.IsDir() {
		if !looksLikeContent(dir) {
			return nil, diag.Failf("go to the folder that holds content/, or name it with -C", "there is no folder content/ and no markdown in %s", diag.Quote(dir))
		}
		f.At, f.Prefix = dir, ""
	}
	if f.Content, err = f.open(f.At); err != nil {
		return nil, err
	}
	if f.Prefix == "" {
		return f, nil
	}
	for name, to := range map[string]*fs.FS{"layouts": &f.Layouts, "static": &f.Static} {
		sub := filepath.Join(dir, name)
		if info, err := os.Stat(sub); err != nil || !info.IsDir() {
			continue
		}
		opened, err := f.open(sub)
		if err != nil {
			f.Close()
			return nil, err
		}
		*to = withoutGo{opened.FS()}
	}
	return f, nil
}

func (f *Folder) open(dir string) (*os.Root, error) {
	opened, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the handbook: %w", err)
	}
	f.opened = append(f.opened, opened)
	return opened, nil
}

// Close lets go of the folders.
func (f *Folder) Close() {
	for _, o := range f.opened {
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
		for _, e := range inner {
			if book.IsPage(e.Name()) {
				return true
			}
		}
	}
	return false
}

// Sources lists the folders that a site is made from.
func (f *Folder) Sources() []string {
	dirs := []string{f.At}
	if f.Prefix != "" {
		dirs = append(dirs, filepath.Join(f.Dir, "layouts"), filepath.Join(f.Dir, "static"))
	}
	return dirs
}

// A Handbook is a folder and what was read from it.
type Handbook struct {
	*Folder
	Book     *book.Book
	Problems []diag.Problem
	Today    date.Today // in the time zone of the handbook
}

// Read opens a folder and reads the handbook. step is told what is being done, ""
// when it is done.
func Read(ctx context.Context, dir string, now date.Moment, opt book.Options, step func(string)) (*Handbook, error) {
	f, err := Open(dir)
	if err != nil {
		return nil, err
	}
	step("reading " + f.At)
	b, problems, err := f.Load(ctx, f.Content.FS(), opt)
	step("")
	if err != nil {
		f.Close()
		return nil, err
	}
	return &Handbook{f, b, problems, now.In(b.Config.Timezone)}, nil
}

// Path returns the path of a file or folder that the user names as seen from the
// handbook.
func (f *Folder) Path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(f.Dir, name)
}

// Output returns the folder to publish to, as seen from where the program runs.
// Where the folder of the handbook is the content itself, a site in it would be
// read as content by the next build, so another place is proposed; every other
// refusal is package output's.
func (f *Folder) Output(out string) (string, error) {
	if out == "" {
		return "", diag.Usagef("write -o public", "-o names no folder")
	}
	out = f.Path(out)
	if f.Prefix != "" {
		return out, nil
	}
	dir, err := filepath.Abs(f.Dir)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", f.Dir, err)
	}
	site, err := filepath.Abs(out)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", out, err)
	}
	if rel, err := filepath.Rel(dir, site); err != nil || !filepath.IsLocal(rel) {
		return out, nil
	}
	command := "handbook "
	if f.Dir != "." {
		command += "-C " + f.Dir + " "
	}
	command += "build -o " + filepath.Join("..", filepath.Base(dir)+"-site")
	return "", diag.Usagef(command, "the folder %s is the content itself, so %s would be read as content by the next build", f.Dir, out)
}

// Load reads the handbook, or returns an error as soon as ctx ends. fsys is the
// content, usually that of f.
func (f *Folder) Load(ctx context.Context, fsys fs.FS, opt book.Options) (*book.Book, []diag.Problem, error) {
	opt.Dir = f.Prefix
	type loaded struct {
		book     *book.Book
		problems []diag.Problem
	}
	l, err := Await(ctx, func() (loaded, error) {
		b, ps, err := book.Load(fsys, opt)
		return loaded{b, ps}, err
	})
	if err != nil && !errors.As(err, new(*diag.Failure)) && !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("load %s: %w", f.At, err)
	}
	return l.book, l.problems, err
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

// Await returns the result of a function, or an error as soon as the run is
// stopped. The function must have no effect beside its result, because it may
// go on unheard.
func Await[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		val T
		err error
	}
	done := make(chan result, 1)
	go func() {
		val, err := f()
		done <- result{val, err}
	}()
	var r result
	select {
	case r = <-done:
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil { // also where both came at once
		return *new(T), err
	}
	return r.val, r.err
}
