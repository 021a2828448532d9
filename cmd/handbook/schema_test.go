package main

import (
	"context"
	"strings"
	"testing"
	"time"
)

// TestSchemaUsage holds that wrong words to schema are wrong usage, and print
// nothing that a redirection would take for a schema.
func TestSchemaUsage(t *testing.T) {
	for _, c := range []string{"schema setings", "schema Settings", "schema ''", "schema laws terms", "schema -o x.json", "schema laws -o", "schema --format json"} {
		args := strings.Fields(strings.ReplaceAll(c, "''", "\x00"))
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "\x00", "")
		}
		status, stdout, stderr := here(context.Background(), t.TempDir(), time.Now(), nil, args...)
		if status != statusUsage || stdout != "" || !strings.HasPrefix(stderr, "handbook: ") {
			t.Errorf("%s: status %d, %q, %q", c, status, stdout, stderr)
		}
	}
}
