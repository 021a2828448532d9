package main

import (
	"errors"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/net/html"
)

// withHostileCommands adds the script commands that break a handbook on
// purpose, and look at what becomes of it:
//
//	refused FILE [FLAG...]  fail unless handbook build ends with status 1, tells
//	                        exactly the problems in the file, and leaves the
//	                        folder public as it was, to the byte
//	problems FILE           fail unless the problems on stderr are exactly those
//	                        in the file
//	join FILE PART...       write a file of other files, one after the other
//	fifo FILE, socket FILE  make a named pipe, or a socket
//	powerless COMMAND...    run a command without the right of root to read
//	                        what its mode forbids
//	absent FOLDER 'text'    fail if any file in a folder has the text, in capitals
//	                        or not
//	broken FILE OLD NEW PATTERN  fail unless handbook check tells one problem once
//	                        OLD is NEW in the file, and it matches
//	harmless FOLDER         fail if a page in a folder could run what its author
//	                        wrote: see harmlessPage
func withHostileCommands(commands map[string]func(ts *testscript.TestScript, neg bool, args []string)) map[string]func(ts *testscript.TestScript, neg bool, args []string) {
	commands["refused"] = cmdRefused
	commands["problems"] = cmdProblems
	commands["join"] = cmdJoin
	commands["fifo"] = cmdFIFO
	commands["socket"] = cmdSocket
	commands["powerless"] = cmdPowerless
	commands["absent"] = cmdAbsent
	commands["harmless"] = cmdHarmless
	commands["broken"] = cmdBroken
	return commands
}

func cmdBroken(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 4, "broken FILE 'old' 'new' 'pattern'")
	before := ts.ReadFile(args[0])
	after := strings.Replace(before, args[1], string(unquote(ts, args[2])), 1)
	if after == before {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	write(ts, args[0], []byte(after))
	err := ts.Exec("handbook", "check")
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != statusFailure {
		ts.Fatalf("handbook check did not end with status 1: %v\n%s", err, ts.ReadFile("stdout"))
	}
	var lines []string
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		if !strings.HasPrefix(line, "hint: ") {
			lines = append(lines, strings.TrimRight(line, "\n"))
		}
	}
	if len(lines) != 1 || !regexp.MustCompile(args[3]).MatchString(lines[0]) {
		ts.Fatalf("%q for %q in %s: not the one problem %s:\n%s", args[2], args[1], args[0], args[3], ts.ReadFile("stdout"))
	}
	write(ts, args[0], []byte(before))
}

func cmdRefused(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 1, "refused FILE [FLAG...]")
	if _, err := os.Stat(ts.MkAbs("public/index.html")); err != nil {
		ts.Fatalf("nothing is published that could stay as it was: %v", err)
	}
	before := tree(ts, "public")
	err := ts.Exec("handbook", append([]string{"build"}, args[1:]...)...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != statusFailure {
		ts.Fatalf("handbook build did not end with status 1: %v\n%s", err, ts.ReadFile("stderr"))
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("handbook build printed on stdout: %s", out)
	}
	told, last, ok := cutLast(ts.ReadFile("stderr"), "handbook: ")
	if !ok || !strings.Contains(last, "; nothing is published\n") {
		ts.Fatalf("the last words are not that nothing is published: %s", last)
	}
	compare(ts, told, ts.ReadFile(args[0]))
	if after := tree(ts, "public"); after != before {
		ts.Fatalf("public was\n%s\nis\n%s", before, after)
	}
}

func cmdProblems(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 1, "problems FILE")
	compare(ts, ts.ReadFile("stderr"), ts.ReadFile(args[0]))
}

// cutLast cuts a text before the last line that begins with a prefix.
func cutLast(s, prefix string) (before, rest string, ok bool) {
	i := strings.LastIndex("\n"+s, "\n"+prefix)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i:], true
}

func compare(ts *testscript.TestScript, got, want string) {
	if got != want {
		ts.Fatalf("told:\n%s\nwant:\n%s", got, want)
	}
}

func cmdJoin(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 2, "join FILE PART...")
	var all strings.Builder
	for _, part := range args[1:] {
		all.WriteString(ts.ReadFile(part))
	}
	write(ts, args[0], []byte(all.String()))
}

func cmdFIFO(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 1, "fifo FILE")
	ts.Check(makeFIFO(ts.MkAbs(args[0])))
}

func cmdSocket(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 1, "socket FILE")
	// The address of a socket is short, and the folder's path may not be.
	dir, err := os.MkdirTemp("", "s")
	ts.Check(err)
	l, err := net.Listen("unix", filepath.Join(dir, "s"))
	ts.Check(err)
	ts.Check(os.Rename(filepath.Join(dir, "s"), ts.MkAbs(args[0])))
	ts.Defer(func() {
		l.Close()
		os.RemoveAll(dir)
	})
}

func cmdPowerless(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 1 {
		ts.Fatalf("usage: powerless COMMAND...")
	}
	var err error
	ts.Check(powerless(func() { err = ts.Exec(args[0], args[1:]...) }))
	if failed := err != nil; failed != neg {
		ts.Fatalf("%v: %s", err, ts.ReadFile("stderr"))
	}
}

// eachFile calls visit with every file beneath a folder.
func eachFile(ts *testscript.TestScript, folder string, visit func(name string, data string)) {
	root, n := ts.MkAbs(folder), 0
	ts.Check(filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		data, err := os.ReadFile(path)
		visit(path, string(data))
		return err
	}))
	if n == 0 {
		ts.Fatalf("%s holds no file", folder)
	}
}

func cmdAbsent(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 2, "absent FOLDER 'text'")
	eachFile(ts, args[0], func(name, data string) {
		if strings.Contains(strings.ToLower(data), strings.ToLower(args[1])) {
			ts.Fatalf("%s has %q", name, args[1])
		}
	})
}

func cmdHarmless(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 1, "harmless FOLDER")
	eachFile(ts, args[0], func(name, data string) {
		if filepath.Ext(name) == ".html" {
			if wrong := harmlessPage(data); wrong != "" {
				ts.Fatalf("%s: %s", name, wrong)
			}
		}
	})
}

// harmlessPage reads a page as a browser does, and tells what in it could run
// or load something that is not the handbook's own, or leads nowhere: a script
// or style within the page, an event attribute, an element that embeds, an
// address of another scheme, an empty link, a control character.
func harmlessPage(page string) string {
	if i := strings.IndexFunc(page, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == '\uFFFD' }); i >= 0 {
		return "a control or replacement character: " + page[max(0, i-20):min(len(page), i+20)]
	}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		t := z.Token()
		attr := func(name string) string {
			for _, a := range t.Attr {
				if a.Key == name {
					return a.Val
				}
			}
			return ""
		}
		own := regexp.MustCompile(`^(?:\.\./)*static/[\w.-]+(?:\?v=[0-9a-f]+)?$`)
		switch {
		case slices.Contains([]string{"iframe", "frame", "object", "embed", "applet", "base", "style"}, t.Data),
			t.Data == "script" && !own.MatchString(attr("src")),
			t.Data == "link" && !own.MatchString(attr("href")) && attr("rel") != "alternate" && attr("rel") != "canonical":
			return t.String()
		}
		for _, a := range t.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
				return t.String()
			case slices.Contains([]string{"href", "src", "action", "formaction", "data", "poster", "xlink:href"}, a.Key):
				u, err := url.Parse(a.Val)
				if err != nil || a.Val == "" || !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, u.Scheme) || u.Scheme == "" && u.Host != "" {
					return t.String()
				}
			}
		}
	}
}

// TestHarmlessPage makes sure that harmlessPage sees what it is there for.
func TestHarmlessPage(t *testing.T) {
	for _, page := range []string{
		`<script>x</script>`, `<script src="https://evil.example/x.js"></script>`, `<script src="../../static/../x.js"></script>`, `<SCRIPT/x>`,
		`<p onclick=x>`, `<img src=x ONERROR=x>`, `<p style="color:red">`, `<style>p{}</style>`, `<base href="/">`, `<iframe srcdoc="x">`,
		`<a href="javascript:alert(1)">`, `<a href="JaVaScript&colon;x">`, `<a href=" javascript:x">`, `<a href="//evil.example">`, `<a href="">`,
		`<img src="data:image/png;base64,AA">`, `<svg><a xlink:href="javascript:x"/></svg>`, `<a href="ms-word:x">`, "a\x00b", "a\x1bb", "a\uFFFDb",
		`<link rel="stylesheet" href="https://evil.example/x.css">`,
	} {
		if harmlessPage(page) == "" {
			t.Errorf("%s is taken for harmless", page)
		}
	}
	good := `<!doctype html><link rel="stylesheet" href="../static/handbook.css?v=1f1be8"><script src="../static/handbook.js" defer></script>
<link rel="alternate" href="../changes.atom"><a href="#x">x</a><a href="../a/b.html?q#y">y</a><a href="https://ok.example">z</a>&lt;script&gt;alert(1)&lt;/script&gt;`
	if wrong := harmlessPage(good); wrong != "" {
		t.Errorf("a good page is refused for %s", wrong)
	}
}
