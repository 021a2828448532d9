package search

import (
	"bytes"
	"compress/gzip"
	"testing"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"

	"handbook/cmd/handbook/internal/lang"
	"handbook/static"
)

func zipped(t testing.TB, b []byte) int {
	t.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Len()
}

// client is the script as package site publishes it.
func client(t testing.TB) []byte {
	t.Helper()
	b, err := static.Script("search.js")
	if err != nil {
		t.Fatal(err)
	}
	m := minify.New()
	m.AddFunc(".js", js.Minify)
	if b, err = m.Bytes(".js", b); err != nil {
		t.Fatal(err)
	}
	words, err := lang.English().Script("search.js")
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Replace(b, []byte(static.Words), words, 1)
}

func TestClientIsSmall(t *testing.T) {
	const bar = 11 << 10
	n := zipped(t, client(t))
	if n > bar {
		t.Errorf("the client has %d bytes compressed, the bar is %d", n, bar)
	}
	t.Logf("%d bytes of %d", n, bar)
}
