package book

import (
	"io/fs"
	"iter"
	"slices"
	"time"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// A Book is everything that a content folder says, loaded once and never
// changed again. Every other question is a function of a Book and a day.
type Book struct {
	Config     *Config
	Home       *Page        // index.md (or README.md) of the content folder; nil if there is none
	Parts      []*Part      // in reading order; only parts that hold a section
	Sections   []*Section   // in reading order, drafts left out unless asked for
	Laws       []*Law       // in the order of registers/laws.yaml
	References []*Reference // in the order of registers/references.yaml
	Terms      []*Term      // sorted by term
	Files      []File       // images and attachments, sorted by Path
	Redirects  []Redirect   // from aliases, sorted by From
	LeftOut    []LeftOut    // sections that the profile leaves out, by source
	Edition    *Edition     // nil for the whole handbook
	Spoiled    int          // pages that could not be read; why, the problems tell
	FS         fs.FS        // the content folder, for the bytes of Files
	Dir        string       // what stands before every Source in a message, such as "content/"

	sections   map[string]*Section
	laws       map[string]*Law
	references map[string]*Reference
	uses       func() *uses // nil in a Book that was not loaded
}

// Section returns the section with an id, or nil.
func (b *Book) Section(id string) *Section { return b.sections[id] }

// Law returns the law with an id, or nil.
func (b *Book) Law(id string) *Law { return b.laws[id] }

// Reference returns the reference with an id, or nil.
func (b *Book) Reference(id string) *Reference { return b.references[id] }

// IDs returns the ids of sections, of entries of a register or of a list of
// handbook.yaml.
func IDs[T interface{ id() string }](list []T) []string {
	ids := make([]string, len(list))
	for i, x := range list {
		ids[i] = x.id()
	}
	return ids
}

func (o Owner) id() string      { return o.ID }
func (a Area) id() string       { return a.ID }
func (a Audience) id() string   { return a.ID }
func (s *Section) id() string   { return s.ID }
func (l *Law) id() string       { return l.ID }
func (r *Reference) id() string { return r.ID }

// Docs goes through the texts of the Book: those of the home page, of the
// openings of parts and of the sections.
func (b *Book) Docs() iter.Seq[*markdown.Doc] {
	return func(yield func(*markdown.Doc) bool) {
		pages := []*Page{b.Home}
		for _, p := range b.Parts {
			pages = append(pages, p.Index)
		}
		for _, p := range pages {
			if p != nil && p.Doc != nil && !yield(p.Doc) {
				return
			}
		}
		for _, s := range b.Sections {
			if s.Doc != nil && !yield(s.Doc) {
				return
			}
		}
	}
}

// Rules returns every rule of the book in reading order.
func (b *Book) Rules() []*Rule {
	var rules []*Rule
	for _, s := range b.Sections {
		rules = append(rules, s.Rules...)
	}
	return rules
}

// A Config is handbook.yaml. Without the file it is [DefaultConfig].
type Config struct {
	Pos           diag.Pos
	Title         string
	Agency        map[string]string // name, email, phone ...: the values of {{agency.name}} that are known
	Open          []OpenValue       // values of the agency and of owners that are not known yet, in the order of the file
	Known         []KnownValue      // the others, likewise
	Language      string            // BCP 47, "en" if not given
	LanguagePos   diag.Pos
	Timezone      *time.Location // in which the agency's day begins and ends; nil if not given
	Jurisdictions []string       // of the profile: US, US-MD, CA-ON; see [Config.WorksIn]
	BaseURL       string         // https://host/path/ with a final slash, or ""
	Repository    Repository
	ReviewEvery   date.Period // 12 months if not given
	DueSoon       date.Period // 60 days if not given
	CounselEvery  date.Period // zero: counsel is not asked for
	VerifyEvery   date.Period // 12 months if not given
	Owners        []Owner
	Areas         []Area
	Audiences     []Audience
	Levels        []Level // the consequence ladder, mildest first
	Checks        map[string]diag.Severity
	CheckPos      map[string]diag.Pos // of each key of checks
	Search        bool                // pages have a search box; true if not given
	Shortcuts     bool                // the keys / and Ctrl+K go to the search box; true if not given
	Keep          []string            // files in the output folder that are not ours and stay: CNAME
	Publish       []Glob              // files that are published although no page links to them
	Accent        Accent
	AccentPos     diag.Pos
	Profile       Profile // what kind of agency it is
}

// A Repository is where the content can be edited: https://host/owner/name.
type Repository struct {
	URL    string
	Branch string // "main" if not given
	Path   string // the content folder in the repository, "content" if not given
}

// An Accent is the agency's colour in the light and the dark scheme, as
// #rrggbb; "" keeps the handbook's own.
type Accent struct{ Light, Dark string }

// An Owner keeps sections up to date.
type Owner struct {
	ID, Name, Role, Email, Phone string
	Pos                          diag.Pos
}

// An Area is one of the subjects that a policy must cover.
type Area struct {
	ID, Name    string
	Question    string // what a reader asks of this area
	Required    bool   // some section must cover it
	Populations bool   // a section must cover it for each audience that is a population
	Pos         diag.Pos
}

// An Audience is a group of readers; a population is a group of clients for
// whom digital boundaries must be defined.
type Audience struct {
	ID, Name   string
	Population bool
	Outside    bool     // its readers are not of the staff: see [Edition.Outside]
	Includes   []string // the ids of all audiences that are part of it
	Pos        diag.Pos
}

// Reaches reports whether what is for an audience is for the one with this id:
// itself, or one that it includes.
func (a *Audience) Reaches(id string) bool { return a.ID == id || slices.Contains(a.Includes, id) }

// A Level is a step of the consequence ladder: 0 is "learn".
type Level struct {
	Level  int
	Name   string // "Written warning"
	Means  string // what kind of breach it is
	Range  string // what the agency may do
	Beyond string // what may follow outside the agency
	Pos    diag.Pos
}

// A Page is a page that is no section: the home page, or a part's opening.
type Page struct {
	Title   string
	Summary string
	Source  string // path in the content folder
	Doc     *markdown.Doc
}

// A Part is a folder of sections.
type Part struct {
	ID       string // the folder's name without its number
	Number   string // "2", or "" for a folder without a number
	Title    string
	Summary  string
	Dir      string // path in the content folder: "2-phones"
	Path     string // address: "phones/index.html"
	Index    *Page  // index.md of the folder, or nil
	Sections []*Section
}

// A Section is one policy: a markdown file, its facts and its rules.
type Section struct {
	ID          string // permanent: what other files, receipts and history cite
	Number      string // "2.3", or "" where the file names carry no numbers
	Title       string
	Summary     string
	Part        *Part    // nil for a file at the top of the content folder
	Source      string   // path in the content folder: "2-phones/3-texting.md"
	Path        string   // address: "phones/texting.html"
	Pos         diag.Pos // of the title
	Owner       *Owner   // nil if not given or unknown
	Areas       []*Area
	Audience    []*Audience
	Drafted     date.Date
	Approvals   []Approval   // oldest first; see [Section.Approved]
	Version     int          // 1 if not given
	Effective   date.Date    // zero: since approved, see [Section.InForceSince]
	Change      string       // what changed in this version
	ReviewEvery date.Period  // the section's own, else the handbook's
	Reviews     []Review     // oldest first
	Counsel     *SignOff     // nil: counsel has not signed
	Laws        []*Law       // applied: front matter, then rules and citations, in that order
	References  []*Reference // likewise

	// What an edition for people outside the staff rests on although nothing
	// that it shows cites it. Its readers are told when something is wrong
	// with it, and not what it is.
	UnnamedLaws       []*Law
	UnnamedReferences []*Reference

	Rules        []*Rule
	Draft        bool
	Withdrawn    date.Date
	SupersededBy *Section
	Form         *Section // the section whose form this is, for people to sign or carry; or nil
	Aliases      []string
	Also         []string       // words by which readers look for it and that its text lacks
	Params       map[string]any // anything else, handed to templates
	Doc          *markdown.Doc
	TextHash     string   // of the text as it is now, see [Scheme]
	BodyHash     string   // likewise by the first scheme, see [SignBody]; "" where no record needs it
	ShownHash    string   // by the scheme of TextHash, of what the edition shows; of the whole handbook it is TextHash
	Keys         []KeyPos // of the front matter

	outside      bool   // it is in an edition for people outside the staff
	named, place string // the file's name and the number in it
}

// A KeyPos is the place of the value of a key of the front matter.
type KeyPos struct {
	Key string
	Pos diag.Pos
}

// Key returns the place of the value of a key of the front matter.
func (s *Section) Key(name string) (diag.Pos, bool) {
	for _, k := range s.Keys {
		if k.Key == name {
			return k.Pos, true
		}
	}
	return diag.Pos{}, false
}

// Name returns the number and the title: "2.3 Texting with clients".
func (s *Section) Name() string {
	if s.Number == "" {
		return s.Title
	}
	return s.Number + " " + s.Title
}

// A Rule is one thing that must or must not be done: a ::: rule block.
type Rule struct {
	ID         string // permanent: "texting-1"
	Section    *Section
	Level      int // of the ladder; -1 if not given
	Laws       []*Law
	References []*Reference
	Audience   []*Audience
	Text       string // without markup
	Pos        diag.Pos
}

// A Law is an entry of registers/laws.yaml.
type Law struct {
	ID           string
	Short        string // "HIPAA Privacy Rule"
	Title        string
	Citation     string // "45 CFR Part 164 Subparts A and E"
	Kind         string // statute, regulation, case, guidance, survey
	Level        string // federal, state, provincial, local, national
	Jurisdiction string // US, US-MD, CA-ON
	Governs      string
	Areas        []*Area
	URL          string
	Status       string      // in-force, in-force-part-vacated, proposed-change-pending, uncertain, rescinded, superseded
	Amended      []Amendment // oldest first
	Confidence   string      // A official text read, B secondary source read, C not checked
	Caution      string
	VerifiedOn   date.Date
	Sources      []string // addresses
	Pos          diag.Pos
	Path         string // address: "laws/us-tcpa.html"

	governs, caution words // by audience
}

// An Amendment is a change of a law, with its three dates.
type Amendment struct {
	Published date.Date
	Effective date.Date
	ComplyBy  date.Date
	Note      string
	Source    string
	Pos       diag.Pos
}

// InForce returns the day the amendment takes effect: effective, else published.
func (a Amendment) InForce() date.Date {
	if !a.Effective.IsZero() {
		return a.Effective
	}
	return a.Published
}

// A Reference is an entry of registers/references.yaml.
type Reference struct {
	ID           string
	Title        string
	AlsoCalled   []string
	Publisher    string
	Year         string // as written; "" if unknown
	Edition      string
	URL          string
	ArchivedURL  string
	Status       string // current, superseded, withdrawn
	SupersededBy *Reference
	SupersededOn date.Date
	RestsOn      []*Reference
	Confidence   string
	Caution      string
	About        string // what it is used for
	VerifiedOn   date.Date
	Pos          diag.Pos
	Path         string // address: "references/casw-social-media-2014.html"

	about, caution words  // by audience
	successorYear  string // where SupersededBy is not named
}

// WithoutSuccessor returns a copy of a reference that does not name what it is
// superseded by.
func (r *Reference) WithoutSuccessor() *Reference {
	c := *r
	c.successorYear, c.SupersededBy = r.SuccessorYear(), nil
	return &c
}

// SuccessorYear returns the year of what a reference is superseded by, also where
// an edition does not name it.
func (r *Reference) SuccessorYear() string {
	if r.SupersededBy != nil {
		return r.SupersededBy.Year
	}
	return r.successorYear
}

// A Term is an entry of registers/terms.yaml.
type Term struct {
	ID         string // the anchor on the page of terms
	Term       string
	Also       []string // other forms that mean the same
	Definition string
	Source     string
	Pos        diag.Pos
}

// A File is an image or attachment that is copied beside the pages.
type File struct {
	Source string // path in the content folder
	Path   string // address
}

// A Redirect leads an old address to a page.
type Redirect struct {
	From, To string // addresses
	Name     string // of the page there
}
