package check

import (
	"math"
	"os"
	"regexp"
	"slices"
	"testing"
)

// TestContrast takes pairs whose ratios are published or follow from the
// definition.
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21},
		{"#ffffff", "#ffffff", 1},
		{"#777777", "#ffffff", 4.48},
		{"#767676", "#ffffff", 4.54},
		{"#ff0000", "#ffffff", 4.00},
		{"#0000ff", "#ffffff", 8.59},
		{"#00ff00", "#000000", 15.30},
	} {
		a, okA := parseRGB(c.a)
		b, okB := parseRGB(c.b)
		if got := contrast(a, b); !okA || !okB || math.Abs(got-c.want) > 0.005 || got != contrast(b, a) {
			t.Errorf("%s on %s: got %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestParseRGB(t *testing.T) {
	for s, want := range map[string]string{"#1d4f91": "#1d4f91", "#1D4F91": "#1d4f91", "#000000": "#000000"} {
		if got, ok := parseRGB(s); !ok || got.String() != want {
			t.Errorf("%q: got %s and %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "red", "#fff", "1d4f91", "#1d4f9", "#1d4f911", "#1d4f9g", "#-1d4f9", "#+1d4f9", "# 1d4f9"} {
		if got, ok := parseRGB(s); ok {
			t.Errorf("%q reads as %s", s, got)
		}
	}
}

// TestReadable checks that every colour that is proposed passes, and is not
// further from the agency's than it must be.
func TestReadable(t *testing.T) {
	black, white := rgb{}, rgb{255, 255, 255}
	for i := range 512 {
		c := rgb{uint8(i >> 6 * 36), uint8(i >> 3 & 7 * 36), uint8(i & 7 * 36)}
		for _, scheme := range []struct {
			toward  rgb
			grounds []string
		}{{black, lightGrounds()}, {white, darkGrounds()}} {
			got := readable(c, scheme.toward, scheme.grounds)
			if ratio := worst(got, scheme.grounds); ratio < minContrast {
				t.Errorf("%s: %s has a contrast of %.2f", c, got, ratio)
			}
			if worst(c, scheme.grounds) >= minContrast && got != c {
				t.Errorf("%s passes and became %s", c, got)
			}
		}
	}
}

func TestDown(t *testing.T) {
	for ratio, want := range map[float64]string{4.499: "4.49", 4.5: "4.50", 1: "1.00", 21: "21.00"} {
		if got := down(ratio); got != want {
			t.Errorf("%v: got %s, want %s", ratio, got, want)
		}
	}
}

// TestGrounds holds the backgrounds to those of the style sheet.
func TestGrounds(t *testing.T) {
	css, err := os.ReadFile("../../../../static/handbook.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"paper", "sidebar"} {
		m := regexp.MustCompile(`--` + name + `: light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)`).FindSubmatch(css)
		if m == nil {
			t.Errorf("handbook.css has no colours for %s", name)
			continue
		}
		if light, dark := string(m[1]), string(m[2]); !slices.Contains(lightGrounds(), light) || !slices.Contains(darkGrounds(), dark) {
			t.Errorf("%s is %s and %s; the check knows %v and %v", name, light, dark, lightGrounds(), darkGrounds())
		}
	}
}
