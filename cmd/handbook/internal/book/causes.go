package book

import (
	"path"
	"slices"

	"handbook/cmd/handbook/internal/diag"
)

// causes leaves out the problems that only follow from others: what is named in
// a file that could not be read is not known, but it need not be wrong. Once
// the cause is mended, the next run tells what is left.
func (l *loader) causes(b *Book, all []diag.Problem) []diag.Problem {
	settings := l.hasGaps(b, "handbook.yaml")
	sources := l.hasGaps(b, "registers/laws.yaml") || l.hasGaps(b, "registers/references.yaml")
	pages := slices.ContainsFunc(l.pages, (*page).unread)
	if !settings && !sources && !pages {
		return all
	}
	return slices.DeleteFunc(all, func(p diag.Problem) bool {
		switch p.Rule {
		case "unknown-owner", "unknown-area", "unknown-audience", "unknown-level", "unknown-value":
			return settings
		case "unknown-law", "unknown-reference":
			return sources
		case "unknown-section":
			return pages
		}
		return false
	})
}

// hasGaps reports whether entries of settings or of a register may be missing from
// the Book, because there is an error that stops every build.
func (l *loader) hasGaps(b *Book, name string) bool {
	return slices.ContainsFunc(l.reported[settled], func(p diag.Problem) bool {
		if p.File != l.opt.Dir+name || p.Severity != diag.Error {
			return false
		}
		switch p.Rule {
		case "encoding", "utf16", "mac-line-ends", "nul", "too-large", "too-deep", "unreadable", "vanished",
			"yaml", "yaml-construct", "duplicate-key", "wrong-type", "register", "bad-id", "duplicate-id":
			return true
		case "unknown-key":
			_, lowered := b.Config.Checks[p.Rule]
			return !lowered
		}
		return false
	})
}

// unread reports whether what the page says is not known.
func (p *page) unread() bool { return !p.ok || p.lost }

// unreadPaths returns the paths of pages that could not be read, and of the
// folders that they are in.
func (l *loader) unreadPaths() map[string]bool {
	paths := map[string]bool{}
	for _, p := range l.pages {
		if p.unread() {
			for name := p.source; name != "." && !paths[name]; name = path.Dir(name) {
				paths[name] = true
			}
		}
	}
	return paths
}
