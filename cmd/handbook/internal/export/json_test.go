package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/date"
)

func TestJSONText(t *testing.T) {
	texts := append(nasty(), "", "plain", "\u2028\u2029", "\x7f", "a\u0080b", "</script>")
	for c := range 256 {
		texts = append(texts, string([]byte{byte(c)}), "a"+string([]byte{byte(c)})+"b", string(rune(c)))
	}
	for _, text := range texts {
		want, err := json.Marshal(string([]rune(text))) // a byte that is not UTF-8 is U+FFFD
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		j := newJSONWriter(&got)
		j.text("text", text)
		if err := j.end(); err != nil || got.String() != "{\n\"text\": "+string(want)+"\n}\n" {
			t.Errorf("%.40q became %.60s, want %.60s, %v", text, &got, want, err)
		}
	}
}

func TestJSONWriter(t *testing.T) {
	type pair struct{ a, b []string }
	self := func(s string) string { return s }
	var out strings.Builder
	j := newJSONWriter(&out)
	objects(j, "none", []int{}, func(int) { t.Error("an item of no items") })
	texts(j, "words", []string{"a", "\"", ""}, self)
	objects(j, "pairs", []pair{{}, {[]string{"x"}, []string{"y", "z"}}}, func(p pair) {
		texts(j, "a", p.a, self)
		objects(j, "b", p.b, func(s string) {
			j.text("s", s)
			j.textIfAny("none", "")
		})
		objects(j, "c", p.b, func(string) {})
		j.null("d")
		j.truth("e", len(p.a) > 0)
		j.number("f", -len(p.a))
	})
	j.dayIfAny("no-day", date.Date{})
	j.dayIfAny("day", day("2026-06-01"))
	j.text("last", "")
	if err := j.end(); err != nil {
		t.Fatal(err)
	}
	want := `{
"none": [],
"words": ["a","\"",""],
"pairs": [
{"a":[],"b":[],"c":[],"d":null,"e":false,"f":0},
{"a":["x"],"b":[{"s":"y"},{"s":"z"}],"c":[{},{}],"d":null,"e":true,"f":-1}],
"day": "2026-06-01",
"last": ""
}
`
	if out.String() != want {
		t.Errorf("got %s", &out)
	}
	if !json.Valid([]byte(out.String())) {
		t.Error("not JSON")
	}
}

// failing writes n times and then no more.
type failing struct{ n int }

func (f *failing) Write(p []byte) (int, error) {
	if f.n--; f.n < 0 {
		return 0, fmt.Errorf("write %d: %w", -f.n, errFull)
	}
	return len(p), nil
}

func TestJSONWriterFirstError(t *testing.T) {
	j := newJSONWriter(&failing{n: 2})
	objects(j, "list", make([]int, 5), func(n int) { j.number("n", n) })
	if err := j.end(); !errors.Is(err, errFull) || !strings.HasPrefix(err.Error(), "write 1:") {
		t.Errorf("got %v", err)
	}
}
