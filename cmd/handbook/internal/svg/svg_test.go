package svg

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// in puts a text into an image, on its second line.
func in(text string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">` + "\n" + text + "\n</svg>"
}

// TestRefused holds what is refused, and where it is.
func TestRefused(t *testing.T) { // Case F1, Case S6
	for text, want := range map[string]string{
		// Style sheets that load something, however they are cut into pieces.
		`<style>@import url(https://x.example/x.css);<g/></style>`:                      "2:45 an element in a style sheet",
		`<style><g/>@import url(https://x.example/x.css);</style>`:                      "2:8 an element in a style sheet",
		`<style>@im<g/>port "https://x.example/x.css"</style>`:                          "2:11 an element in a style sheet",
		`<style>@import url(https://x.example/x.css);</style>`:                          "2:8 @import in a style sheet",
		`<style>é{} @IMPORT "x.css"</style>`:                                            "2:12 @IMPORT in a style sheet",
		`<style>@imp<!-- -->ort "x.css"</style>`:                                        "2:8 @import in a style sheet",
		`<style>@imp<![CDATA[ort "x.css"]]></style>`:                                    "2:8 @import in a style sheet",
		`<style><![CDATA[a{} @import "x.css"]]></style>`:                                "2:21 @import in a style sheet",
		`<style>&#64;import "x.css"</style>`:                                            "2:8 @import in a style sheet",
		`<style>\40 import "x.css"</style>`:                                             "2:8 a backslash in a style sheet",
		`<style>@\69mport "x.css"</style>`:                                              "2:8 @ in a style sheet",
		`<style>a{content:"/*"} @import "x.css"; /* */</style>`:                         "2:24 @import in a style sheet",
		`<style>a{content:"&#10;} @import 'x.css'; "}</style>`:                          "2:8 a text in quotes without an end in a style sheet",
		`<style>/* </style>`:                                                            "2:8 a comment without an end in a style sheet",
		`<style>@namespace url(https://x.example/)</style>`:                             "2:8 @namespace in a style sheet",
		`<style>@document url(x){}</style>`:                                             "2:8 @document in a style sheet",
		`<style>g{fill:url(https://x.example/x.svg#a)}</style>`:                         "2:15 url(), which leads elsewhere, in a style sheet",
		`<style>g{fill:url( "//x.example/x.svg#a" )}</style>`:                           "2:15 url(), which leads elsewhere, in a style sheet",
		`<style>g{fill:URL(x.svg#a)}</style>`:                                           "2:15 url(), which leads elsewhere, in a style sheet",
		`<style>g{fill:url(#a}</style>`:                                                 "2:15 url(), which leads elsewhere, in a style sheet",
		`<style>g{fill:url("#a" x)}</style>`:                                            "2:15 url(), which leads elsewhere, in a style sheet",
		`<style>g{fill:url()}</style>`:                                                  "2:15 url(), which leads elsewhere, in a style sheet",
		`<style>g{fill:url(data:image/svg+xml;base64,AAAA)}</style>`:                    "2:15 url(), which leads elsewhere, in a style sheet",
		`<style>g{fill:url(data:image/png,x)}</style>`:                                  "2:15 url(), which leads elsewhere, in a style sheet",
		`<style>g{cursor:image-set("https://x.example/x.png" 1x)}</style>`:              "2:17 image-set() in a style sheet",
		`<style>g{cursor:-webkit-image-set(url(#a) 1x)}</style>`:                        "2:17 -webkit-image-set() in a style sheet",
		`<style>g{--a:"https://x.example/x.png";cursor:image-set(var(--a) 1x)}</style>`: "2:47 image-set() in a style sheet",
		`<style>g{background:src("x.png")}</style>`:                                     "2:21 src() in a style sheet",
		`<style>g{width:expression(alert(1))}</style>`:                                  "2:16 expression() in a style sheet",
		`<style>@font-face{font-family:a;src:url(https://x.example/a.woff2)}</style>`:   "2:37 url(), which leads elsewhere, in a style sheet",
		`<svg><style>@import "x.css"</style></svg>`:                                     "2:13 @import in a style sheet",
		`<metadata><style>@import "x.css"</style></metadata>`:                           "2:18 @import in a style sheet",
		// Attributes.
		`<g style="fill:url(https://x.example/#a)"/>`:                       "2:4 url(), which leads elsewhere, in style=",
		`<g fill="url(https://x.example/#a)"/>`:                             "2:4 url(), which leads elsewhere, in fill=",
		`<g  x="1" cursor="url(x.png), auto"/>`:                             "2:11 url(), which leads elsewhere, in cursor=",
		`<g style="fill:u\72l(x)"/>`:                                        "2:4 a backslash in style=",
		`<g ONLOAD="x"/>`:                                                   "2:4 ONLOAD=, which runs a script",
		`<g onclick="x"/>`:                                                  "2:4 onclick=, which runs a script",
		`<a href="javascript:alert(1)"/>`:                                   "2:4 href=, which leads elsewhere",
		`<a href="java&#10;script:alert(1)"/>`:                              "2:4 href=, which leads elsewhere",
		`<a xlink:href=" JavaScript:alert(1)"/>`:                            "2:4 href=, which leads elsewhere",
		`<a href="//x.example"/>`:                                           "2:4 href=, which leads elsewhere",
		`<a href="#a" ping="https://x.example/"/>`:                          "2:14 ping=, which is not of SVG",
		`<image href="https://x.example/x.png"/>`:                           "2:8 href=, which leads elsewhere",
		`<image xlink:href="x.png"/>`:                                       "2:8 href=, which leads elsewhere",
		`<image y:href="x.png" xmlns:y="http://www.w3.org/1999/xlink"/>`:    "2:8 href=, which leads elsewhere",
		`<image href="data:image/svg+xml;base64,AAAA"/>`:                    "2:8 href=, which leads elsewhere",
		`<image href="data:text/html;base64,AAAA"/>`:                        "2:8 href=, which leads elsewhere",
		`<image href="data:image/png;base64,AA&lt;svg"/>`:                   "2:8 href=, which leads elsewhere",
		`<image src="x.png"/>`:                                              "2:8 src=, which leads elsewhere",
		`<image srcset="x.png"/>`:                                           "2:8 srcset=, which is not of SVG",
		`<g background="https://x.example/x.png"/>`:                         "",
		`<use href="https://x.example/x.svg#a"/>`:                           "2:6 href=, which leads elsewhere",
		`<use href="data:image/svg+xml;base64,AAAA#a"/>`:                    "2:6 href=, which leads elsewhere",
		`<feImage href="x.png"/>`:                                           "2:10 href=, which leads elsewhere",
		`<g xml:base="https://x.example/"><use href="#a"/></g>`:             "2:4 base=, which is not of SVG",
		`<g ev:event="x" xmlns:ev="http://www.w3.org/2001/xml-events"/>`:    "2:4 event=, which is not of SVG",
		`<set attributeName="href" to="x"/>`:                                "2:6 an animation of href",
		`<animate attributeName="xlink:href" values="x;y"/>`:                "2:10 an animation of xlink:href",
		`<set attributeName="onclick" to="x"/>`:                             "2:6 an animation of onclick",
		`<set attributeName="style" to="x"/>`:                               "2:6 an animation of style",
		`<set attributeName="fill" to="url(https://x.example/#a)"/>`:        "2:27 url(), which leads elsewhere, in to=",
		`<animate attributeName="mask" values="none;url(//x.example/#a)"/>`: "2:31 url(), which leads elsewhere, in values=",
		`<inkscape:grid xlink:href="https://x.example/" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"/>`: "2:16 href=, which leads elsewhere",
		// Elements.
		`<script>alert(1)</script>`: "2:1 <script>",
		`<SCRIPT/>`:                 "2:1 <SCRIPT>",
		`<s:script xmlns:s="http://www.w3.org/2000/svg"/>`:                             "2:1 <script>",
		`<g/><foreignObject><p/></foreignObject>`:                                      "2:5 <foreignObject>",
		`<iframe src="x"/>`:                                                            "2:1 <iframe>",
		`<font-face-uri xlink:href="x"/>`:                                              "2:1 <font-face-uri>",
		`<cursor xlink:href="x"/>`:                                                     "2:1 <cursor>",
		`<img xmlns="http://www.w3.org/1999/xhtml" srcset="https://x.example/x.png"/>`: "2:1 <img>, which is not of SVG",
		`<h:table xmlns:h="http://www.w3.org/1999/xhtml" background="x"/>`:             "2:1 <table>, which is not of SVG",
		`<title><td xmlns="http://www.w3.org/1999/xhtml" background="x"/></title>`:     "2:8 <td>, which is not of SVG",
		`<metadata><script xmlns="http://www.w3.org/1999/xhtml">x</script></metadata>`: "2:11 <script>, which is not of SVG",
		`<include xmlns="http://www.w3.org/2001/XInclude" href="x"/>`:                  "2:1 <include>, which is not of SVG",
		`<maction xmlns="http://www.w3.org/1998/Math/MathML"/>`:                        "2:1 <maction>, which is not of SVG",
		`<x:script/>`: "2:1 <script>, which is not of SVG",
		strings.Repeat("<g>", MaxDepth) + strings.Repeat("</g>", MaxDepth): fmt.Sprintf("2:%d more than 1000 elements in each other", 3*(MaxDepth-1)+1),
		// What is not an element.
		`<?xml-stylesheet href="x.css"?>`: "2:1 <?xml-stylesheet?>",
		`<g>`:                             "3:7 what is not well-formed XML in UTF-8",
		"\xff":                            "3:1 what is not well-formed XML in UTF-8",
		`&nbsp;`:                          "2:7 what is not well-formed XML in UTF-8",
	} {
		if got := faultOf(in(text)); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
	for text, want := range map[string]string{
		``:        "1:1 no svg element",
		`text`:    "1:5 no svg element",
		`<html/>`: "1:1 no svg element",
		`<svg xmlns="http://www.w3.org/1999/xhtml"/>`:                                         "1:1 no svg element",
		"<!DOCTYPE svg [\n<!ENTITY x '<script/>'>]><svg>&x;</svg>":                            "1:1 a document type that is not just that of SVG",
		`<!DOCTYPE svg SYSTEM "https://x.example/x.dtd"><svg/>`:                               "1:1 a document type that is not just that of SVG",
		`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "https://x.example/"><svg/>`:          "1:1 a document type that is not just that of SVG",
		`<!DOCTYPE html><svg/>`:                                                               "1:1 a document type that is not just that of SVG",
		`<?xml-stylesheet href="x"?><svg/>`:                                                   "1:1 <?xml-stylesheet?>",
		`<?xml version="1.0" encoding="ISO-8859-1"?><svg><title>` + "\xe9" + `</title></svg>`: "1:44 what is not well-formed XML in UTF-8",
		`<?xml version="1.0" encoding="UTF-7"?><svg/>`:                                        "1:39 what is not well-formed XML in UTF-8",
		"\xff\xfe<\x00s\x00v\x00g\x00/\x00>\x00":                                              "1:3 what is not well-formed XML in UTF-8",
	} {
		if got := faultOf(text); got != want {
			t.Errorf("%q\ngot  %s\nwant %s", text, got, want)
		}
	}
}

func faultOf(image string) string {
	f := Check([]byte(image))
	if f == nil {
		return ""
	}
	if f.Hint == "" {
		return "no hint"
	}
	return fmt.Sprintf("%d:%d %s", f.Line, f.Col, f.What)
}

// TestPlain holds that images as drawing programs write them are published: in
// testdata, each in the manner of one program.
func TestPlain(t *testing.T) { // Case S6
	names, err := filepath.Glob("testdata/*.svg")
	if err != nil || len(names) < 6 {
		t.Fatalf("%d images: %v", len(names), err)
	}
	for _, name := range names {
		image, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if f := faultOf(string(image)); f != "" {
			t.Errorf("%s:%s", name, f)
		}
	}
	for _, image := range []string{
		`<svg/>`,
		`<!DOCTYPE svg><svg/>`,
		`<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'><svg/>`,
		`<?xml version="1.0" encoding="ISO-8859-1"?><svg/>`,
		in(`<title>onclick = @import url(x) never</title>`),
		in(`<a href="https://example.org/"><text>&lt;script></text></a><a href="mailto:a@example.org"/>`),
		in(`<style>/* @import */ a:not(b){content:"@import url(x)"}</style>`),
		in(`<style>g{fill:url( "#a" );stroke:url(#b)}@media print{g{fill:rgb(0 0 0 / 50%)}}</style>`),
		in(`<style>@font-face{font-family:a;src:url(data:font/woff2;base64,AAAA) format("woff2")}</style>`),
		in("<image href='data:image/png;base64,AAAA\nBBBB='/>"),
		in(`<animate attributeName="r" values="1;2" dur="1s"/><set attributeName="fill" to="url(#a)"/>`),
	} {
		if f := faultOf(image); f != "" {
			t.Errorf("%s\n%s", image, f)
		}
	}
}

// TestTime returns images of five megabytes that are as long as can be in one
// respect: each is read in linear time.
func TestTime(t *testing.T) {
	const size = 2 << 20
	for name, image := range map[string]func(n int) string{
		"depth":      func(n int) string { return strings.Repeat("<g>", n/3) },
		"attributes": func(n int) string { return "<svg " + strings.Repeat("x='' ", n/5) + "zzz=''/>" },
		"one name":   func(n int) string { return "<svg " + strings.Repeat("data-zz='zz zz' ", n/16) + "zz=''/>" },
		"comments":   func(n int) string { return in("<style>" + strings.Repeat("/*<!---->*/", n/11) + "@x</style>") },
		"strings":    func(n int) string { return in("<style>" + strings.Repeat("''", n/2) + "'</style>") },
		"urls":       func(n int) string { return in("<style>" + strings.Repeat("url(#a ", n/7) + "</style>") },
		"lines":      func(n int) string { return in(strings.Repeat("\n", n) + "<script/>") },
	} {
		check := func(n int) time.Duration {
			text := []byte(image(n))
			start := time.Now()
			Check(text)
			return time.Since(start)
		}
		check(size / 16)
		// A machine that is busy makes the small one or the large one slow: the
		// best of some tries counts.
		ok, small, large := false, time.Duration(0), time.Duration(0)
		for try := 0; try < 5 && !ok; try++ {
			small, large = check(size/8), check(size)
			ok = large < 30*small+100*time.Millisecond
		}
		if !ok {
			t.Errorf("%s: %v for %d bytes, %v for %d", name, small, size/8, large, size)
		}
	}
}

func FuzzCheck(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.svg")
	for _, name := range names {
		image, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(image)
	}
	f.Add([]byte(in(`<style>@im<!-- -->port "x"</style><g onload="x"/>`)))
	f.Fuzz(func(t *testing.T, image []byte) {
		fault := Check(image)
		if fault == nil {
			if low := strings.ToLower(string(image)); strings.Contains(low, "<script") && !strings.Contains(low, "<!--") && !strings.Contains(low, "<![cdata[") && !strings.Contains(low, "<?") {
				t.Error("a script is published")
			}
			return
		}
		lines := strings.Split(string(image), "\n")
		if fault.Line < 1 || fault.Line > len(lines) || fault.Col < 1 || fault.Col > len(lines[fault.Line-1])+1 {
			t.Errorf("the place %d:%d is not in the file", fault.Line, fault.Col)
		}
	})
}
