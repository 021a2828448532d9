package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes this test binary serve as the command handbook in scripts.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"handbook": func() { os.Exit(process(clock())) },
	})
}

// clock returns the time that scripts run at: noon of $TODAY, or $NOW.
func clock() time.Time {
	if now := os.Getenv("NOW"); now != "" {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			panic("a script set NOW to something that is no time")
		}
		return at
	}
	day, err := time.ParseInLocation(time.DateOnly, os.Getenv("TODAY"), time.Local)
	if err != nil {
		panic("a script set TODAY to something that is no date")
	}
	return day.Add(12 * time.Hour)
}

// TestScript runs testdata/script/*.txt, one behaviour each. The first word of
// a script's name is the command that it is about, or what of the content it
// breaks: encoding, file, front, yaml, date, id, link, register ... Run some of
// them with
//
//	go test ./cmd/handbook -run 'TestScript/build_'
//
// A script starts in a folder with the files of its archive. $TODAY is
// 2026-11-20 until the script sets another, or a time with an offset in $NOW. Besides testscript's own commands
// there are:
//
//	bytes FILE 'text'     write a file; the text is that of a Go string in
//	                      double quotes: \r \x00 \ufeff
//	repeat FILE N 'text'  write such a text N times
//	crlf FILE...          turn the line ends of files into CRLF
//	remember FOLDER       keep in mind what a file or folder holds, to the byte
//	unchanged FOLDER      fail unless it holds the same
//	lines N FILE          fail unless a file (or stdout, stderr) has N lines
//	change FILE 'old' 'new'  replace a text in a file; both as in a Go string
//	contains FILE 'text'  fail unless a file (or stdout, stderr) has the text
//	                      as it is, without a pattern; ! asks that it has not
//
// the commands of [withHostileCommands] and [withServeCommands], and the conditions [root] (the user
// may read everything) and [crlf] (Windows).
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TODAY", "2026-11-20")
			env.Values["trees"] = map[string]string{}
			env.Values["served"] = &served{}
			return nil
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %s", cond)
		},
		Cmds: withServeCommands(withHostileCommands(map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"bytes":     cmdBytes,
			"repeat":    cmdRepeat,
			"crlf":      cmdCRLF,
			"remember":  cmdRemember,
			"unchanged": cmdUnchanged,
			"lines":     cmdLines,
			"contains":  cmdContains,
			"change":    cmdChange,
		})),
	})
}

func cmdChange(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 3, "change FILE 'old' 'new'")
	name, old, now := ts.MkAbs(args[0]), unquote(ts, args[1]), unquote(ts, args[2])
	data, err := os.ReadFile(name)
	ts.Check(err)
	if !bytes.Contains(data, old) {
		ts.Fatalf("%s lacks %q", args[0], old)
	}
	ts.Check(os.WriteFile(name, bytes.ReplaceAll(data, old, now), 0o666))
}

// unquote reads a text as the inside of a Go string in double quotes.
func unquote(ts *testscript.TestScript, text string) []byte {
	s, err := strconv.Unquote(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`)
	if err != nil {
		ts.Fatalf("cannot read %q: %v", text, err)
	}
	return []byte(s)
}

func want(ts *testscript.TestScript, neg bool, args []string, n int, usage string) {
	if neg || len(args) < n {
		ts.Fatalf("usage: %s", usage)
	}
}

func write(ts *testscript.TestScript, name string, data []byte) {
	name = ts.MkAbs(name)
	ts.Check(os.MkdirAll(filepath.Dir(name), 0o777))
	ts.Check(os.WriteFile(name, data, 0o666))
}

func cmdBytes(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 2, "bytes FILE 'text'")
	write(ts, args[0], unquote(ts, args[1]))
}

func cmdRepeat(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 3, "repeat FILE N 'text'")
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	write(ts, args[0], bytes.Repeat(unquote(ts, args[2]), n))
}

func cmdCRLF(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 1, "crlf FILE...")
	for _, name := range args {
		write(ts, name, []byte(strings.ReplaceAll(ts.ReadFile(name), "\n", "\r\n")))
	}
}

// tree lists every file beneath a folder with the hash of its bytes.
func tree(ts *testscript.TestScript, name string) string {
	var list strings.Builder
	root := ts.MkAbs(name)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		switch {
		case d.Type().IsRegular():
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			fmt.Fprintf(&list, "%x %s\n", sha256.Sum256(data), rel)
		default:
			fmt.Fprintf(&list, "%v %s\n", d.Type(), rel)
		}
		return nil
	})
	ts.Check(err)
	return list.String()
}

func cmdRemember(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 1, "remember FOLDER")
	ts.Value("trees").(map[string]string)[args[0]] = tree(ts, args[0])
}

func cmdUnchanged(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: unchanged FOLDER")
	}
	before, ok := ts.Value("trees").(map[string]string)[args[0]]
	if !ok {
		ts.Fatalf("%s was not remembered", args[0])
	}
	now := tree(ts, args[0])
	if same := now == before; same == neg {
		ts.Fatalf("%s: was\n%s\nis\n%s", args[0], before, now)
	}
}

func cmdLines(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 2, "lines N FILE")
	if n := strings.Count(ts.ReadFile(args[1]), "\n"); strconv.Itoa(n) != args[0] {
		ts.Fatalf("%s has %d lines, not %s", args[1], n, args[0])
	}
}

func cmdContains(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: contains FILE 'text'")
	}
	if strings.Contains(ts.ReadFile(args[0]), args[1]) == neg {
		ts.Fatalf("%s has it: %v\n%s", args[0], neg, ts.ReadFile(args[0]))
	}
}
