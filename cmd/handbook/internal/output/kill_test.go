package output

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The test binary is also the program that is killed: with childEnv set it
// publishes once, and kills itself at the given call.
const childEnv = "HANDBOOK_OUTPUT_TEST_CHILD"

func TestMain(m *testing.M) {
	if args := os.Getenv(childEnv); args != "" {
		os.Exit(child(strings.Split(args, "\n")))
	}
	os.Exit(m.Run())
}

// child publishes an edition of the site to a folder, in a way, and dies at a
// call. It prints the number of calls if it gets to the end.
func child(args []string) int {
	dir, way := args[0], args[1]
	edition, _ := strconv.Atoi(args[2])
	at, _ := strconv.Atoi(args[3])
	disk := &faulty{FS: exchanging(way == "exchange"), fault: func(n int, op, name string) error {
		if n != at {
			return nil
		}
		// As kill -9 does it: no deferred call runs, and other workers may be
		// in the middle of a write.
		p, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = p.Kill()
		}
		if err != nil {
			return err
		}
		select {}
	}}
	opt := Options{Dir: dir, FS: disk}
	if _, err := Publish(context.Background(), edited(edition), opt); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Print(disk.calls)
	return 0
}

// edited makes an edition of a site of 60 files: most change from one to the
// next, some come and some go.
func edited(n int) *Tree {
	tree := NewTree()
	err := tree.AddManifest()
	for i := range 60 {
		data := bytes.Repeat(fmt.Appendf(nil, "file %d of edition %d\n", i, n), 50+i)
		path := fmt.Sprintf("part-%d/section-%d.html", i%7, i)
		switch {
		case i == 0:
			path = "index.html"
		case i%10 == 1:
			path = fmt.Sprintf("static/%d.css", i)
		case i%10 == 2:
			data = []byte("always the same")
		case i%10 == 3:
			path = fmt.Sprintf("edition-%d/section-%d.html", n, i)
		}
		if err == nil {
			err = tree.Add(path, data)
		}
	}
	if err != nil {
		// Only a mistake in the lines above comes here.
		fmt.Fprintln(os.Stderr, err)
	}
	return tree
}

// A process killed at a random call leaves the old site or the new one, whole;
// where files are replaced one by one, whole files. The next publishing takes
// over the lock, removes what the dead one left and nothing else.
func TestKill(t *testing.T) {
	program, err := os.Executable()
	must(t, err)
	run := func(dir, way string, edition, at int) (calls int, killed bool) {
		cmd := exec.Command(program)
		cmd.Env = append(os.Environ(), childEnv+"="+strings.Join([]string{dir, way, strconv.Itoa(edition), strconv.Itoa(at)}, "\n"))
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if stderr.Len() > 0 {
			t.Fatalf("the child says: %s", stderr.String())
		}
		calls, _ = strconv.Atoi(string(out))
		return calls, err != nil
	}
	for _, tt := range []struct {
		way   string
		kills int
	}{{"exchange", 40}, {"in place", 20}} {
		t.Run(tt.way, func(t *testing.T) {
			if tt.way == "exchange" && !canExchange(t) {
				t.Skip("folders cannot be exchanged here")
			}
			top := t.TempDir()
			dir := filepath.Join(top, "public")
			random := rand.New(rand.NewPCG(1, 2))
			publish(t, edited(0), Options{Dir: dir})
			put(t, top, ".public.handbook-new-10/x", "mine", ".public.handbook-new-/x", "mine", ".republic.handbook-new-1/x", "mine", ".public.handbook-lock.bak", "mine")
			beside := names(t, top)
			calls, killed := run(dir, tt.way, 1, -1)
			if killed || calls < 100 {
				t.Fatalf("a publishing that nobody kills makes %d calls, killed: %v", calls, killed)
			}
			kept, done := 0, 0
			for n := range tt.kills {
				old, new := n+1, n+2
				at := random.IntN(calls)
				if _, killed := run(dir, tt.way, new, at); !killed {
					t.Fatalf("the child lived through call %d of %d", at, calls)
				}
				here := filesIn(t, dir)
				before, after := contents(t, edited(old)), contents(t, edited(new))
				switch {
				case equal(here, before):
					kept++
				case equal(here, after):
					done++
				case tt.way == "exchange":
					t.Fatalf("killed at call %d of %d: neither the old site nor the new one", at, calls)
				default:
					for name, data := range here {
						torn := data != before[name] && data != after[name]
						if torn && name != ManifestPath && !strings.HasPrefix(name, ".handbook-new-1") && data != "empty" {
							t.Errorf("killed at call %d of %d: %s is torn", at, calls, name)
						}
					}
				}
				publish(t, edited(new), Options{Dir: dir})
				equalFiles(t, "after the kill", dir, after)
				if got := names(t, top); got != beside {
					t.Errorf("killed at call %d of %d: beside the site there is %q, want %q", at, calls, got, beside)
				}
			}
			t.Logf("%d kills: %d old sites, %d new", tt.kills, kept, done)
			if tt.way == "exchange" && (kept == 0 || done == 0) {
				t.Errorf("the kills came all at one end: %d old sites, %d new", kept, done)
			}
		})
	}
}
