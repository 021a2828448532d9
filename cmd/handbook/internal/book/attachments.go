package book

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/svg"
)

// This file decides which files are copied beside the pages. It is a list of
// what policies need, because nobody can list what a browser or a server may
// run: a file of any other type is left out and named.

// MaxAttachment is the largest image or attachment in bytes.
const MaxAttachment = 5 << 20

// published reports whether files of a type, by the end of their names, are copied
// beside the pages: documents, images, sound and film that a browser shows or
// saves, and runs nothing of.
func published(kind string) bool {
	switch kind {
	case "pdf", "epub", "txt", "csv", "tsv", "rtf", "ics", "vcf", "zip",
		"doc", "docx", "dot", "dotx", "xls", "xlsx", "xlt", "xltx", "ppt", "pptx", "pps", "ppsx", "pot", "potx", "vsd", "vsdx",
		"odt", "ott", "ods", "ots", "odp", "otp", "odg",
		"png", "jpg", "jpeg", "jfif", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff",
		"mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "mp4", "m4v", "webm", "ogv", "mov", "vtt", "srt":
		return true
	}
	return false
}

// notPublished returns what to do about a file of a type that is not published.
func notPublished(kind string) string {
	switch kind {
	case "":
		return "give its name the ending of what it is, such as .pdf, or move it out of the content folder"
	case "docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam":
		return "it may hold macros: save it without them, as ." + kind[:min(3, len(kind))] + "x"
	case "rst", "adoc", "asciidoc", "org", "textile", "wiki", "mediawiki", "tex", "mdx", "qmd", "rmd":
		return "write the page in markdown"
	case "heic", "heif", "psd", "ai", "eps", "xcf", "drawio", "sketch", "fig", "vsdm", "wmf", "emf", "cdr", "jxl", "ico":
		return "save the image as .png, .jpg or .svg"
	case "svgz":
		return "save the image as a plain .svg"
	case "rar", "7z", "tar", "gz", "tgz", "bz2", "xz":
		return "pack it as .zip"
	case "avi", "wmv", "mkv", "flv", "mpg", "mpeg", "3gp":
		return "save the film as .mp4"
	case "wma", "aac", "aiff", "amr":
		return "save the sound as .mp3"
	case "msg", "eml":
		return "save the message as .pdf or .txt"
	case "pages", "numbers", "keynote":
		return "save the document as .pdf"
	case "key":
		return "save a presentation as .pdf; a private key must not lie in the content folder"
	case "json", "xsd", "rng", "dtd", "log", "ini", "conf", "toml", "sql":
		return "save it as .txt or .csv if readers need it, or move it out of the content folder"
	}
	return "save it as a type that is published, such as .pdf, .docx, .odt, .xlsx, .csv, .txt, .png or .mp4, or keep it elsewhere and link to it"
}

// ending returns what a file is by the end of its name, in lower case.
func ending(name string) string { return strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")) }

// serverRuns reports whether a web server may run a file although its name goes
// on: some look at every ending, so that evil.php.png is a program.
func serverRuns(base string) bool {
	parts := strings.Split(strings.ToLower(base), ".")
	for _, part := range parts[1:] {
		switch part {
		case "php", "php3", "php4", "php5", "php7", "php8", "phtml", "phar", "phps", "cgi", "fcgi", "shtml", "shtm", "stm":
			return true
		}
	}
	return false
}

// attachment checks a file that may be copied beside the pages.
func (l *loader) attachment(b *Book, name string) {
	at := diag.Pos{File: l.opt.Dir + name}
	dir, base := path.Split(name)
	kind := ending(base)
	switch {
	case serverRuns(base):
		l.errorf(at, "skipped-file", "give it a name without that ending in it", "a file that a server can run is left out")
		return
	case kind == "":
		l.errorf(at, "skipped-file", notPublished(kind), "the file is left out: its name does not say what it is")
		return
	case !published(kind):
		l.errorf(at, "skipped-file", notPublished(kind), "the file is left out: files of the type %s are not published", diag.Quote("."+kind))
		return
	}
	size, head, err := l.look(name)
	if err != nil {
		l.readError(l.opt.Dir+name, err)
		return
	}
	if size > MaxAttachment {
		l.errorf(at, "file-too-large", "make it smaller, or link to it elsewhere", "the file has %d bytes and is left out; the limit is %d", size, MaxAttachment)
		return
	}
	if what, hint := disguised(kind, head); what != "" {
		l.errorf(at, "skipped-file", hint, "the file is left out: its name ends in .%s, but it is %s", kind, what)
		return
	}
	if kind == "svg" {
		image, err := fs.ReadFile(l.fsys, name)
		if err != nil {
			l.readError(l.opt.Dir+name, err)
			return
		}
		if f := svg.Check(image); f != nil {
			at.Line, at.Col = f.Line, f.Col
			l.errorf(at, "unsafe-svg", f.Hint, "the image is not safe to show: it holds %s", f.What)
			return
		}
	}
	b.Files = append(b.Files, File{Source: name, Path: folderAddress(dir) + base})
}

// disguised reports what a file is that its name does not say: a page of a web
// site that was saved under the name of an image, an SVG, or what Git keeps in
// the place of a large file. Text is text, whatever it holds.
func disguised(kind string, head []byte) (what, hint string) {
	if bytes.HasPrefix(head, []byte("version https://git-lfs.github.com/spec/")) {
		return "what Git LFS keeps in its place", "fetch the file with git lfs pull"
	}
	switch kind {
	case "svg", "txt", "csv", "tsv", "ics", "vcf", "vtt", "srt", "rtf":
		return "", ""
	}
	switch got := http.DetectContentType(head); {
	case strings.HasPrefix(got, "text/html"):
		return "a web page", "fetch the file itself: most likely a page that asks for a password was saved in its place"
	case bytes.Contains(head, []byte("<svg")) && strings.HasPrefix(got, "text/"):
		return "an SVG", "let its name end in .svg"
	}
	return "", ""
}

// look returns the size of a file that can be opened, and what it begins with.
func (l *loader) look(name string) (size int64, head []byte, err error) {
	f, err := l.fsys.Open(name)
	if err != nil {
		return 0, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, nil, err
	}
	head = make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, nil, err
	}
	return info.Size(), head[:n], nil
}
