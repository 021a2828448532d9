//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/websocket"

	"handbook/cmd/handbook/internal/testkit/corpus"
)

// BenchmarkSave measures the live preview: the time from a save until the page
// is told to load again, and until the new page is there. Every fourth save
// changes a title, which stands in the menus of other pages; the others change
// a sentence. The page that is saved is the one that is looked at.
//
// Where HANDBOOK_HUGO names a Hugo, its server shows the same markdown with a
// like layout, and gets the same saves in turn:
//
//	GOBIN=$HOME/bin CGO_ENABLED=0 go install github.com/gohugoio/hugo@v0.165.0
//	HANDBOOK_HUGO=$HOME/bin/hugo go test ./cmd/handbook -run '^$' -bench Save -benchtime 100x -timeout 30m
//
// event-ms is the time to the reload event, page-ms to the new page; p50 is the
// median. start-s is the time from the start to the first page, with all files
// in the system's cache, and address-s to the address in the terminal.
// x-hugo is the ratio of the medians to the event.
func BenchmarkSave(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		files := corpus.Handbook(n)
		ours := startHandbook(b, files, n)
		var hugo *rival
		if program := os.Getenv("HANDBOOK_HUGO"); program != "" {
			hugo = startHugo(b, program, files)
		}
		i := 0
		for b.Loop() {
			i++
			name := fmt.Sprintf("section %d", i)
			b.StopTimer()
			time.Sleep(700 * time.Millisecond) // saves that follow faster are taken for one, such as a checkout
			b.StartTimer()
			ours.save(b, i, name)
			if hugo != nil {
				b.StopTimer()
				hugo.save(b, i, name)
				b.StartTimer()
			}
		}
		ours.report(b, "")
		if hugo != nil {
			hugo.report(b, "hugo-")
			b.ReportMetric(quantile(ours.events, 50)/quantile(hugo.events, 50), "x-hugo")
		}
	})
}

// A rival is a program that shows a site while it is written.
type rival struct {
	*exec.Cmd
	dir     string
	address string
	files   []string                   // of sections, in a random but fixed order
	page    func(source string) string // the address of a section's page
	listen  func(b *testing.B, page string) (await func(), stop func())

	started, told, first time.Time
	events, pages        []time.Duration
}

// start starts a program and waits for the line of its output that tells the
// address.
func (r *rival) start(b *testing.B, line *regexp.Regexp) {
	out, in, err := os.Pipe()
	fatal(b, err)
	r.Stdout, r.Stderr = in, in
	r.started = time.Now()
	fatal(b, r.Start())
	in.Close()
	b.Cleanup(func() {
		_ = r.Process.Signal(syscall.SIGINT)
		_ = r.Wait()
	})
	lines := bufio.NewScanner(out)
	for r.address == "" && lines.Scan() {
		if m := line.FindStringSubmatch(lines.Text()); m != nil {
			r.address, r.told = "http:"+m[1], time.Now()
		}
	}
	if r.address == "" {
		b.Fatal("it ended without telling an address")
	}
	go io.Copy(io.Discard, out)
	get(b, r.address)
	r.first = time.Now()
}

func startHandbook(b *testing.B, files fstest.MapFS, n int) *rival {
	self, err := os.Executable()
	fatal(b, err)
	r := &rival{dir: filepath.Join(corpusFolder(b, n), "content"), files: sections(files)}
	ids := map[string]string{}
	for name, f := range files {
		_, rest, _ := strings.Cut(string(f.Data), "\nid: ")
		ids[name], _, _ = strings.Cut(rest, "\n")
	}
	r.page = func(source string) string {
		_, folder, _ := strings.Cut(filepath.Dir(source), "-")
		return r.address + folder + "/" + ids[source] + ".html"
	}
	r.listen = func(b *testing.B, page string) (func(), func()) {
		answer, err := http.Get(r.address + "-/events?page=" + url.QueryEscape(strings.TrimPrefix(page, r.address)))
		fatal(b, err)
		lines := bufio.NewScanner(answer.Body)
		lines.Buffer(nil, 1<<20)
		last := ""
		await := func() {
			for lines.Scan() {
				var st struct{ Page string }
				data, ok := strings.CutPrefix(lines.Text(), "data: ")
				if ok && json.Unmarshal([]byte(data), &st) == nil && st.Page != last {
					last = st.Page
					return
				}
			}
			b.Fatal("the stream has ended")
		}
		await()
		return await, func() { answer.Body.Close() }
	}
	r.Cmd = exec.Command(self, "-C", filepath.Dir(r.dir), "serve", "--addr", "127.0.0.1:0", "--as-of", today().String())
	r.Args[0] = "handbook"
	r.Env = append(os.Environ(), "TODAY="+today().String())
	r.start(b, regexp.MustCompile(` at http:(//\S+)`))
	return r
}

func startHugo(b *testing.B, program string, files fstest.MapFS) *rival {
	site := fstest.MapFS{}
	for name, text := range map[string]string{
		"hugo.toml": "title = 'A made-up handbook'\ndisableKinds = ['taxonomy', 'term', 'RSS']\n",
		"layouts/_default/baseof.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{.Title}}</title></head><body>` +
			`<nav><ul>{{$here := .}}{{range .Site.Home.Sections}}<li><a href="{{.RelPermalink}}">{{.Title}}</a>` +
			`{{if eq . $here.CurrentSection}}<ul>{{range .Pages}}<li><a href="{{.RelPermalink}}">{{.Title}}</a></li>{{end}}</ul>{{end}}</li>{{end}}</ul></nav>` +
			`<main><h1>{{.Title}}</h1>{{block "main" .}}{{end}}</main></body></html>`,
		"layouts/_default/single.html": `{{define "main"}}<p>{{.Params.summary}}</p>{{.Content}}{{end}}`,
		"layouts/_default/list.html":   `{{define "main"}}{{.Content}}<ul>{{range .Pages}}<li><a href="{{.RelPermalink}}">{{.Title}}</a> {{.Params.summary}}</li>{{end}}</ul>{{end}}`,
	} {
		site[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	for name, f := range files {
		if dir, base := filepath.Split(name); base == "index.md" {
			name = dir + "_index.md"
		}
		if strings.HasSuffix(name, ".md") {
			site["content/"+name] = f
		}
	}
	dir := b.TempDir()
	fatal(b, os.CopyFS(dir, site))
	r := &rival{dir: filepath.Join(dir, "content"), files: sections(files)}
	r.page = func(source string) string { return r.address + strings.TrimSuffix(source, ".md") + "/" }
	r.listen = func(b *testing.B, _ string) (func(), func()) {
		conn, err := websocket.Dial("ws"+strings.TrimPrefix(r.address, "http")+"livereload", "", r.address)
		fatal(b, err)
		hello := map[string]any{"command": "hello", "protocols": []string{"http://livereload.com/protocols/official-7"}}
		fatal(b, websocket.JSON.Send(conn, hello))
		await := func(command string) {
			for message := (struct{ Command string }{}); message.Command != command; {
				fatal(b, websocket.JSON.Receive(conn, &message))
			}
		}
		await("hello")
		return func() { await("reload") }, func() { conn.Close() }
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	fatal(b, err)
	_, port, _ := net.SplitHostPort(free.Addr().String())
	free.Close()
	r.Cmd = exec.Command(program, "server", "--source", dir, "--bind", "127.0.0.1", "--port", port)
	r.start(b, regexp.MustCompile(`Web Server is available at (?:http:)?(//\S+)`))
	return r
}

// sections lists the files of sections.
func sections(files fstest.MapFS) []string {
	list := slices.Sorted(maps.Keys(files))
	list = slices.DeleteFunc(list, func(name string) bool { return !strings.HasSuffix(name, ".md") || filepath.Base(name) == "index.md" })
	for i := range list {
		j := (i * 7919) % len(list)
		list[i], list[j] = list[j], list[i]
	}
	return list
}

// save changes a section while its page is looked at.
func (r *rival) save(b *testing.B, i int, word string) {
	source := r.files[i%len(r.files)]
	page := r.page(source)
	get(b, page)
	await, stop := r.listen(b, page)
	defer stop()
	file := filepath.Join(r.dir, source)
	text, err := os.ReadFile(file)
	fatal(b, err)
	if i%4 == 0 {
		text = bytes.Replace(text, []byte("\ntitle: "), []byte("\ntitle: Saved "+word+" "), 1)
	} else {
		text = append(text, "\nSaved "+word+".\n"...)
	}
	start := time.Now()
	fatal(b, os.WriteFile(file, text, 0o644))
	await()
	r.events = append(r.events, time.Since(start))
	for !bytes.Contains(get(b, page), []byte("Saved "+word)) {
		time.Sleep(time.Millisecond)
	}
	r.pages = append(r.pages, time.Since(start))
}

func (r *rival) report(b *testing.B, who string) {
	for name, times := range map[string][]time.Duration{"event": r.events, "page": r.pages} {
		b.ReportMetric(quantile(times, 50), who+name+"-ms-p50")
		b.ReportMetric(quantile(times, 95), who+name+"-ms-p95")
	}
	b.ReportMetric(r.told.Sub(r.started).Seconds(), who+"address-s")
	b.ReportMetric(r.first.Sub(r.started).Seconds(), who+"start-s")
	if now, most := residentMemory(r.Process.Pid); most > 0 {
		b.ReportMetric(now, who+"MB")
		b.ReportMetric(most, who+"peak-MB")
	}
}

// quantile returns the time in milliseconds that a part of the measurements, in
// percent, did not exceed.
func quantile(times []time.Duration, percent int) float64 {
	sorted := slices.Sorted(slices.Values(times))
	return float64(sorted[(len(sorted)-1)*percent/100].Microseconds()) / 1000
}

// residentMemory returns the memory that a process holds and the most it has held, in
// MB, or 0 where the system does not tell.
func residentMemory(pid int) (now, most float64) {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(status)) {
		_, _ = fmt.Sscanf(line, "VmRSS: %f", &now)
		_, _ = fmt.Sscanf(line, "VmHWM: %f", &most)
	}
	return now / 1024, most / 1024
}

func get(b *testing.B, address string) []byte {
	answer, err := http.Get(address)
	fatal(b, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	fatal(b, err)
	if answer.StatusCode != http.StatusOK {
		b.Fatalf("%s: %s\n%s", address, answer.Status, body)
	}
	return body
}

func fatal(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
