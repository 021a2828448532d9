package site

import (
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"testing"

	"handbook/static"
)

// tokens reads the colours of a scheme (0 light, 1 dark) from the style sheet.
func tokens(t *testing.T, scheme int) map[string]string {
	t.Helper()
	css, err := fs.ReadFile(static.FS(), "handbook.css")
	if err != nil {
		t.Fatal(err)
	}
	colours := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)`).FindAllStringSubmatch(string(css), -1) {
		colours[m[1]] = m[2+scheme]
	}
	for i, name := range []string{"light", "dark"} {
		if m := regexp.MustCompile(`--accent-` + name + `: (#[0-9a-f]{6})`).FindStringSubmatch(string(css)); m != nil && i == scheme {
			colours["accent"] = m[1]
		}
	}
	return colours
}

// luminance is WCAG's relative luminance of #rrggbb.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(colour[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	channel := func(shift int) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}

// contrast is WCAG's contrast ratio of two colours.
func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast holds every pair of colours that meets on a page to WCAG AA:
// 4.5 for text, 3 for what is not text but must be seen.
func TestContrast(t *testing.T) {
	type pair struct {
		on, back string
		least    float64
	}
	var pairs []pair
	for _, back := range []string{"paper", "sidebar"} {
		for _, on := range []string{"ink", "muted", "accent", "current", "due", "stale", "future", "withdrawn"} {
			pairs = append(pairs, pair{on, back, 4.5})
		}
		pairs = append(pairs, pair{"edge", back, 3}, pair{"focus", back, 3})
	}
	for _, status := range []string{"due", "stale", "future", "withdrawn"} {
		back := status + "-tint"
		pairs = append(pairs, pair{status, back, 4.5}, pair{"ink", back, 4.5}, pair{"accent", back, 4.5})
	}
	// Figures in filled squares, and the two rings of the focus on each other.
	pairs = append(pairs, pair{"paper", "accent", 4.5}, pair{"focus", "halo", 3})
	for scheme, name := range []string{"light", "dark"} {
		colours := tokens(t, scheme)
		for _, p := range pairs {
			on, back := colours[p.on], colours[p.back]
			if on == "" || back == "" {
				t.Errorf("%s: --%s or --%s is not in the sheet", name, p.on, p.back)
				continue
			}
			if c := contrast(t, on, back); c < p.least {
				t.Errorf("%s: --%s %s on --%s %s has a contrast of %.2f, want %.1f", name, p.on, on, p.back, back, c, p.least)
			}
		}
	}
}

// TestContrastRatio checks the ratio itself against WCAG's ends of the scale.
func TestContrastRatio(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"#000000", "#ffffff", "21.00"}, {"#777777", "#ffffff", "4.48"}, {"#ffffff", "#ffffff", "1.00"}, {"#0000ff", "#ffffff", "8.59"},
	} {
		if got := fmt.Sprintf("%.2f", contrast(t, c.a, c.b)); got != c.want {
			t.Errorf("%s on %s: got %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

// TestLightFallback checks that browsers without light-dark() get the light
// scheme: the plain values are those of its first argument.
func TestLightFallback(t *testing.T) {
	css, err := fs.ReadFile(static.FS(), "handbook.css")
	if err != nil {
		t.Fatal(err)
	}
	for name, colour := range tokens(t, 0) {
		if name == "accent" {
			continue
		}
		if !regexp.MustCompile(`[\t ]--` + name + `: ` + colour + `;`).Match(css) {
			t.Errorf("--%s has no plain value %s", name, colour)
		}
	}
}
