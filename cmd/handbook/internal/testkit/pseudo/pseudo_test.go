package pseudo

import "testing"

func TestDouble(t *testing.T) {
	for text, want := range map[string]string{
		"In date":   "Iinn ddaattee",
		"By {day}.": "Bbyy {day}.",
		"{n, plural, =0 {no one} one {1 one} other {{n} ones}} here": "{n, plural, =0 {nnoo oonnee} one {1 oonnee} other {{n} oonneess}} hheerree",
		`A <a href="{href}">b &amp; c</a>`:                           `Aa <a href="{href}">bb &amp; cc</a>`,
	} {
		if got := Double(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if l, err := Language(); err != nil || l.T("status-due") != "Aaccttiioonn dduuee" {
		t.Errorf("%v, %q", err, l.T("status-due"))
	}
}
