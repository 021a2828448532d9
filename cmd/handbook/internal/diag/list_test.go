package diag

import (
	"fmt"
	"strings"
	"testing"
)

func TestList(t *testing.T) {
	var l List
	for i := range 3 * MaxSame {
		l.Errorf(Pos{File: "f", Line: i + 1}, "a", "h", "problem %d", i+1)
		if i%2 == 0 && i < MaxSame {
			l.Errorf(Pos{File: "f", Line: i + 1}, "b", "h", "other")
		}
		if full := i+1 >= MaxSame; l.Full("a") != full || l.Full("b") || l.Full("c") {
			t.Fatalf("after %d: full %v, %v, %v", i+1, l.Full("a"), l.Full("b"), l.Full("c"))
		}
	}
	var a, b []string
	for _, p := range l.Problems {
		if p.Rule == "a" {
			a = append(a, p.String())
		} else {
			b = append(b, p.String())
		}
	}
	if len(a) != MaxSame || len(b) != MaxSame/2 {
		t.Fatalf("%d and %d problems", len(a), len(b))
	}
	if want := fmt.Sprintf("f:%d: error: problem %d; more of this kind in the file are not listed [a]", MaxSame, MaxSame); a[MaxSame-1] != want {
		t.Errorf("the last is %s, want %s", a[MaxSame-1], want)
	}
	if strings.Contains(strings.Join(append(a[:MaxSame-1], b...), ""), "not listed") {
		t.Error("another problem says that there are more")
	}
	for range MaxSame {
		l.Errorf(Pos{File: "f"}, "b", "h", "other")
	}
	if n := len(l.Problems); n != 2*MaxSame || l.Problems[n-1].Text != "other; more of this kind in the file are not listed" {
		t.Errorf("%d problems, the last %q", n, l.Problems[n-1].Text)
	}
}
