package check

import (
	"fmt"
	"math"
	"strconv"

	"handbook/cmd/handbook/internal/diag"
)

// This file computes contrast as WCAG 2.2 defines it (success criterion 1.4.3
// and its relative luminance of sRGB). The agency's colour is that of links,
// which stand on the page and on the sidebar beside it, so it must be readable
// on both.

// minContrast is what WCAG asks of text at level AA.
const minContrast = 4.5

// lightGrounds and darkGrounds give the backgrounds of handbook.css, page and
// sidebar.
func lightGrounds() []string { return []string{"#ffffff", "#f6f5f1"} }
func darkGrounds() []string  { return []string{"#181715", "#1f1e1b"} }

func accentContrast(c *checker) {
	at := c.config.AccentPos
	if at.File == "" {
		at = c.config.Pos
	}
	for _, scheme := range []struct {
		name, accent string
		grounds      []string
		toward       rgb
	}{
		{"light", c.config.Accent.Light, lightGrounds(), rgb{}},
		{"dark", c.config.Accent.Dark, darkGrounds(), rgb{255, 255, 255}},
	} {
		if scheme.accent == "" {
			continue
		}
		colour, ok := parseRGB(scheme.accent)
		if !ok {
			c.add(at, "write it in quotes, as in \"#0f5763\"", "accent: %s is not of the form #rrggbb", diag.Quote(scheme.accent))
			continue
		}
		if got := worst(colour, scheme.grounds); got < minContrast {
			c.add(at, "use "+readable(colour, scheme.toward, scheme.grounds).String()+", or one with more contrast",
				"accent: %s %s has a contrast of %s to 1 with the page; text needs %.1f to 1", scheme.name, scheme.accent, down(got), minContrast)
		}
	}
}

// down prints a ratio with two digits, never rounded up to one that passes.
func down(ratio float64) string { return fmt.Sprintf("%.2f", math.Floor(ratio*100)/100) }

// worst returns the lowest contrast of a colour with some backgrounds.
func worst(colour rgb, grounds []string) float64 {
	least := math.Inf(1)
	for _, g := range grounds {
		ground, _ := parseRGB(g)
		least = min(least, contrast(colour, ground))
	}
	return least
}

// readable mixes a colour with black or white, as little as is needed.
func readable(colour, toward rgb, grounds []string) rgb {
	mix := func(a, b uint8, percent int) uint8 { return uint8((int(a)*(100-percent) + int(b)*percent) / 100) }
	for percent := range 100 {
		c := rgb{mix(colour.r, toward.r, percent), mix(colour.g, toward.g, percent), mix(colour.b, toward.b, percent)}
		if worst(c, grounds) >= minContrast {
			return c
		}
	}
	return toward
}

// An rgb is a colour of sRGB.
type rgb struct{ r, g, b uint8 }

// String returns the colour as #rrggbb.
func (c rgb) String() string { return fmt.Sprintf("#%02x%02x%02x", c.r, c.g, c.b) }

// parseRGB reads #rrggbb.
func parseRGB(s string) (rgb, bool) {
	if len(s) != 7 || s[0] != '#' {
		return rgb{}, false
	}
	n, err := strconv.ParseUint(s[1:], 16, 24)
	return rgb{uint8(n >> 16), uint8(n >> 8), uint8(n)}, err == nil
}

// contrast returns the contrast ratio of two colours, 1 to 21.
func contrast(a, b rgb) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance returns the relative luminance of a colour, 0 to 1.
func luminance(c rgb) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.r) + 0.7152*linear(c.g) + 0.0722*linear(c.b)
}
