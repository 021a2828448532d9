package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
)

// here runs the program in a folder at noon of a day, and gives its status and
// what it printed.
func here(ctx context.Context, dir string, now time.Time, env map[string]string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	w := environment{&out, &errs, func(k string) string { return env[k] }, now}
	status = run(ctx, append([]string{"-C", dir}, args...), w)
	return status, out.String(), errs.String()
}

func tempFolder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestStopped holds that a run which is stopped writes nothing and says so.
func TestStopped(t *testing.T) {
	dir := tempFolder(t, map[string]string{"content/a.md": "# A\n\nText.\n"})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, args := range [][]string{{"build"}, {"check"}, {"due"}, {"new", "section", "B"}, {"review", "a", "--by", "Ann", "--outcome", "no-change"}} {
		status, stdout, stderr := here(ctx, dir, time.Now(), nil, args...)
		if status != statusFailure || stdout != "" || !strings.HasPrefix(stderr, "handbook: stopped") {
			t.Errorf("%s: status %d, %q, %q", args[0], status, stdout, stderr)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
	entries, err = os.ReadDir(filepath.Join(dir, "content"))
	if err != nil || len(entries) != 1 {
		t.Errorf("the content holds %v, %v", entries, err)
	}
}

// TestToday holds which day a run takes for today: the flag's, else the
// environment's in UTC, else the clock's in its own zone.
func TestToday(t *testing.T) {
	kiritimati := time.FixedZone("Kiritimati", 14*60*60)
	honolulu := time.FixedZone("Honolulu", -10*60*60)
	noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	newYork := time.Date(2026, 11, 20, 23, 30, 0, 0, time.FixedZone("EST", -5*60*60))
	for _, c := range []struct {
		name  string
		now   time.Time
		epoch string
		asOf  string
		want  string
		real  bool
		zone  string // of the handbook
		from  string // the zone that the day is said to be of
	}{
		{"clock", noon, "", "", "2026-11-20", true, "", "UTC+00:00"},
		{"clock in Kiritimati", noon.In(kiritimati), "", "", "2026-11-21", true, "", "UTC+14:00"},
		{"clock in Honolulu, before dawn in London", noon.Add(-9 * time.Hour).In(honolulu), "", "", "2026-11-19", true, "", "UTC-10:00"},
		// Case A8: one agency, two machines.
		{"half past eleven in New York", newYork, "", "", "2026-11-20", true, "America/New_York", "America/New_York"},
		{"the same moment in London", newYork.UTC(), "", "", "2026-11-20", true, "America/New_York", "America/New_York"},
		{"epoch in the handbook's zone", noon, "1767225599", "", "2026-01-01", false, "Pacific/Kiritimati", "Pacific/Kiritimati"},
		{"flag in a zone", noon.Add(11 * time.Hour), "", "2026-11-21", "2026-11-21", true, "Pacific/Kiritimati", "Pacific/Kiritimati"},
		{"epoch", noon, "1767139200", "", "2025-12-31", false, "", ""},
		{"epoch, last second, in Kiritimati", noon.In(kiritimati), "1767225599", "", "2025-12-31", false, "", ""},
		{"epoch of today", noon, "1795132800", "", "2026-11-20", true, "", ""},
		{"flag", noon, "1767139200", "2027-02-28", "2027-02-28", false, "", ""},
		{"flag of today", noon, "", "2026-11-20", "2026-11-20", true, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tl := &tool{asOf: c.asOf, environment: environment{now: c.now, getenv: func(string) string { return c.epoch }}}
			now, err := tl.moment()
			if err != nil {
				t.Fatal(err)
			}
			config := book.DefaultConfig()
			if c.zone != "" {
				config.Timezone, _ = date.Zone(c.zone)
			}
			if got := now.In(config.Timezone); got.String() != c.want || got.Real != c.real || got.Zone != c.from {
				t.Errorf("%s, real %v, of %q; want %s, %v, %q", got, got.Real, got.Zone, c.want, c.real, c.from)
			}
		})
	}
	for _, epoch := range []string{"x", "-1", "1.5", "99999999999999", " 1"} {
		tl := &tool{environment: environment{now: noon, getenv: func(string) string { return epoch }}}
		if m, err := tl.moment(); err == nil {
			t.Errorf("SOURCE_DATE_EPOCH=%q gives %s", epoch, m.Epoch)
		}
	}
	if d := (date.Today{Date: date.New(2027, time.June, 1)}); lang.EnglishDate(d.Date) != "1 June 2027" {
		t.Error(lang.EnglishDate(d.Date))
	}
}

// TestPrinted holds that what is quoted from the command line or a disk cannot
// steer a terminal.
func TestPrinted(t *testing.T) {
	dir := tempFolder(t, map[string]string{"content/a.md": "# A \x1b[31m\n\nText.\n"})
	for _, args := range [][]string{{"\x1b[2J"}, {"build", "\x1b[2J"}, {"build", "--\x1b[2J"}, {"check", "--format", "\u202e"}, {"review", "\x1b", "--by", "x", "--outcome", "no-change"},
		{"due", "--owner", "\x1b"}, {"new", "section", "X", "--part", "\x1b"}, {"new", "law", "\x1b", "--title", "x"}, {"build", "-o", "\x1b[2J/../content"}, {"due"}, {"check"}} {
		_, stdout, stderr := here(context.Background(), dir, time.Now(), nil, args...)
		if strings.ContainsAny(stdout+stderr, "\x1b\u202e") {
			t.Errorf("%q prints an escape: %q %q", args, stdout, stderr)
		}
	}
}
