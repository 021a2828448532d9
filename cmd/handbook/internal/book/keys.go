package book

import (
	"slices"

	"handbook/cmd/handbook/internal/record"
)

// A Kind is a kind of file that people write: a name for it, where it lies, and
// the keys that it may have. The strict reader, the JSON Schemas and the tables
// of the manual all come from here.
type Kind struct {
	Name  string // "section", as handbook schema takes it
	File  string // what it is, as a sentence calls it: "handbook.yaml"
	Means string // what the file says
	List  bool   // it is a list of entries with these keys
	Keys  Keys
}

// Kinds returns every kind of file that people write.
func Kinds() []Kind {
	return []Kind{
		{Name: "section", File: "the front matter of a section", Means: "The facts of a section, above its text.", Keys: sectionKeys},
		{Name: "part", File: "the front matter of an index.md", Means: "The facts of a page that opens a part or the handbook.", Keys: pageKeys},
		{Name: "settings", File: "handbook.yaml", Means: "The settings of a handbook.", Keys: settingsKeys},
		{Name: "laws", File: "registers/laws.yaml", Means: "The laws that a handbook applies, with their amendments.", List: true, Keys: lawKeys},
		{Name: "references", File: "registers/references.yaml", Means: "The codes, standards, guidance and papers that a handbook rests on.", List: true, Keys: referenceKeys},
		{Name: "terms", File: "registers/terms.yaml", Means: "The words that readers may not know.", List: true, Keys: termKeys},
	}
}

// A Key is one key of a map that people write, or of handbook.json.
type Key struct {
	Name     string
	Type     Type
	Means    string   // in a sentence or two, in markdown
	Values   []string // the only values allowed, of a Text, a List and what Others are; nil allows all
	Keys     Keys     // of a Map, a MapOrList, and of each entry of a List of maps
	Others   bool     // a Map takes any other key too; what it holds is of type Of
	Of       Type     // what a List or the other keys of a Map hold
	Pattern  string   // a regular expression that a text matches, in Go and in JavaScript
	Min, Max int      // of a Number; Max also of the characters of a Text and the entries of a List; 0 sets no limit
	Default  string   // what holds where the key is not given, if that is a value
	Required bool
	Null     bool // it may be null, in handbook.json
}

// A Type is what the value of a key is.
type Type int

// The types of values.
const (
	Text      Type = iota // one value, as it is written
	Words                 // a text, or a map of texts by audience
	Value                 // a text, or {fill: what belongs here}
	Day                   // YYYY-MM-DD
	Period                // a whole number of days, weeks, months or years
	Number                // a whole number
	Truth                 // true or false
	List                  // a list of texts, or of maps where there are Keys
	Map                   // a map
	MapOrList             // a map, or a list of such maps
	Any                   // whatever is written
)

// Keys are the keys of a map, in the order in which the manual explains them.
type Keys []Key

// Names returns the names of the keys.
func (keys Keys) Names() []string {
	names := make([]string, len(keys))
	for i := range keys {
		names[i] = keys[i].Name
	}
	return names
}

// Find returns the key of a name, or nil.
func (keys Keys) Find(name string) *Key {
	if i := slices.IndexFunc(keys, func(k Key) bool { return k.Name == name }); i >= 0 {
		return &keys[i]
	}
	return nil
}

// choice reads a text that must be one of the values of its key.
func (keys Keys) choice(m *record.Map, name string) string {
	return m.Choice(name, keys.Find(name).Values...)
}

// choices returns the values that a key can have, of one that has not any number
// of them.
func (k *Key) choices() []string {
	if k.Type == Truth {
		return []string{"true", "false"}
	}
	return k.Values
}

// number reads a whole number within the limits of its key.
func (keys Keys) number(m *record.Map, name string, otherwise int) int {
	k := keys.Find(name)
	return m.Int(name, k.Min, k.Max, otherwise)
}

// The forms of ids: of what handbook.yaml or a register gives, and of a section,
// which may have letters beyond ASCII.
const (
	idPattern   = `^[a-z0-9][a-z0-9-]*$`
	slugPattern = `^[^\x00-\x2c\x2e\x2f\x3a-\x60\x7b-\x7f]+$`
)

// sectionKeys are the keys of a section's front matter.
var sectionKeys = Keys{
	{Name: "title", Max: MaxTitle, Means: "The title, at most 300 characters. If it is left out, the first heading serves."},
	{Name: "summary", Type: Words, Means: "One sentence for lists. It may differ by audience: `{staff: ..., clients: ...}`."},
	{Name: "id", Pattern: slugPattern, Means: "The permanent id: lower-case letters, digits and single hyphens. If it is left out, it is the file's name without number and ending."},
	{Name: "owner", Means: "Who keeps it up to date: an id of `owners` in handbook.yaml."},
	{Name: "areas", Type: List, Means: "What it covers: ids of `areas` in handbook.yaml."},
	{Name: "audience", Type: List, Means: "Whom it is for: ids of `audiences` in handbook.yaml. An edition for others does not have it."},
	{Name: "drafted", Type: Day, Means: "The day on which it was written, such as `2026-11-21`."},
	{Name: "approved", Type: MapOrList, Keys: approvalKeys, Means: "Who approved which version, or a list of such records, the newest last. `handbook approve` writes it."},
	{Name: "version", Type: Number, Min: 1, Max: 9999, Default: "1", Means: "A whole number, raised when the meaning changes."},
	{Name: "effective", Type: Day, Means: "The day on which it takes effect, if that is not the day of approval. It may lie ahead."},
	{Name: "change", Type: Words, Means: "What is new in this version. It may differ by audience."},
	{Name: "review_every", Type: Period, Means: "How often it is reviewed: `6 months`, `1 year`, `90 days`. If it is left out, as often as handbook.yaml says."},
	{Name: "reviews", Type: List, Keys: reviewKeys, Means: "Honest records of reviews, the newest last. `handbook review` writes them."},
	{Name: "counsel", Type: Map, Keys: counselKeys, Means: "Counsel's sign-off. `handbook review --counsel` writes it."},
	{Name: "laws", Type: List, Means: "Ids of the laws that it applies. A law that the text cites counts too."},
	{Name: "references", Type: List, Means: "Ids of the references that it rests on. A reference that the text cites counts too."},
	{Name: "draft", Type: Truth, Default: "false", Means: "`true` leaves the section out unless a command is given `--drafts`, and with it whatever nothing else uses: images, attachments, laws, references, terms, owners, and areas that need not be covered."},
	{Name: "withdrawn", Type: Day, Means: "The day from which it is no longer in force. The page stays, and says so."},
	{Name: "superseded_by", Means: "The id of the section to use instead."},
	{Name: "when", Type: Map, Keys: profileKeys, Means: "Conditions on the `profile` in handbook.yaml, such as `{school_based: true}`. The section is left out where the profile says otherwise."},
	{Name: "form", Means: "The id of the section that this is a form for. Each sheet carries its version and the hash of its text."},
	{Name: "aliases", Type: List, Means: "Old addresses that lead here: `[phones/sms.html]`."},
	{Name: "also", Type: List, Max: MaxNames, Means: "Words by which readers look for it and that its text lacks: `[WhatsApp, SMS]`. At most 100."},
	{Name: "params", Type: Map, Others: true, Of: Any, Means: "Anything else, handed to templates as it is."},
}

// pageKeys are the keys of an index's front matter.
var pageKeys = Keys{
	{Name: "title", Max: MaxTitle, Means: "The title. If it is left out, the first heading serves, and else the name of the folder."},
	{Name: "summary", Type: Words, Means: "One sentence for lists. It may differ by audience: `{staff: ..., clients: ...}`."},
	{Name: "aliases", Type: List, Means: "Old addresses that lead here."},
	{Name: "params", Type: Map, Others: true, Of: Any, Means: "Anything else, handed to templates as it is."},
}

// What records of a sign-off say.
var (
	signedOn   = Key{Name: "on", Type: Day, Required: true, Means: "The day."}
	signedBy   = Key{Name: "by", Required: true, Means: "The name or role of who did it."}
	signedText = Key{Name: "text", Means: "The hash of the text as it was on that day. A command writes it."}

	approvalKeys = Keys{signedOn, signedBy, {Name: "version", Type: Number, Min: 1, Max: 9999, Means: "The version that was approved."}, signedText}
	reviewKeys   = Keys{signedOn, signedBy,
		{Name: "outcome", Values: []string{"no-change", "editorial", "substantive"}, Means: "What came of it; `editorial` changes words and not what they mean."},
		{Name: "checked", Type: List, Values: []string{"laws", "references", "links"}, Means: "What was checked beside the text."}, signedText}
	counselKeys = Keys{signedOn, signedBy, signedText}
)

// settingsKeys are the keys of handbook.yaml.
var settingsKeys = Keys{
	{Name: "title", Default: "Handbook", Means: "The title of the handbook."},
	{Name: "language", Default: "en", Means: "Its language as a tag such as `en` or `en-CA`."},
	{Name: "agency", Type: Map, Others: true, Of: Value, Keys: Keys{
		{Name: "name", Type: Value, Means: "The name of the agency."},
		{Name: "email", Type: Value, Means: "The address for questions about the handbook."},
		{Name: "phone", Type: Value, Means: "The number of the office."},
		{Name: "emergency", Type: Value, Means: "The number of police, fire and ambulance."},
		{Name: "incident_line", Type: Value, Means: "The number that staff call when something goes wrong."},
	}, Means: "Names and values of your own: `{{agency.name}}` in a text stands for that of `name`. One that is not known yet is marked as open: `{fill: what belongs here}`."},
	{Name: "profile", Type: Map, Keys: profileKeys, Means: "What kind of agency it is. What is not given is not known, and leaves nothing out."},
	{Name: "timezone", Means: "Where your day begins and ends: `America/New_York`. If it is left out, where the machine that builds stands."},
	{Name: "base_url", Pattern: `^[Hh][Tt][Tt][Pp][Ss]?://`, Means: "The address that it is published at, for feeds, the site map and 404.html."},
	{Name: "repository", Type: Map, Keys: Keys{
		{Name: "url", Pattern: `^[Hh][Tt][Tt][Pp][Ss]?://`, Means: "Its address."},
		{Name: "branch", Default: "main", Means: "The branch that is published."},
		{Name: "path", Default: "content", Means: "The content folder in it."},
	}, Means: "Where the content is kept, for \"Edit this page\"."},
	{Name: "review_every", Type: Period, Default: "12 months", Means: "How often sections are reviewed."},
	{Name: "due_soon", Type: Period, Default: "60 days", Means: "How long before that they warn."},
	{Name: "counsel_every", Type: Period, Means: "How often counsel signs off. If it is left out, counsel is not asked for."},
	{Name: "verify_every", Type: Period, Default: "12 months", Means: "How often laws and references are looked up again."},
	{Name: "owners", Type: List, Keys: ownerKeys, Means: "Who keeps sections up to date."},
	{Name: "areas", Type: List, Keys: areaKeys, Means: "What the handbook must cover."},
	{Name: "audiences", Type: List, Keys: audienceKeys, Means: "Who reads it."},
	{Name: "levels", Type: List, Keys: levelKeys, Means: "The consequence ladder, from 0."},
	{Name: "checks", Type: Map, Others: true, Values: []string{"off", "warning", "error"}, Means: "The severity of rules of `handbook check`: `{unused-law: \"off\", missing-owner: error}`."},
	{Name: "keep", Type: List, Means: "Files in the output that are not the handbook's and stay: `[CNAME]`."},
	{Name: "publish", Type: List, Means: "Files that are published although no page links to them, as names and patterns: `[downloads/*.pdf, 2-phones/**]`. Not in an edition."},
	{Name: "search", Type: Truth, Default: "true", Means: "`false` leaves out the search box and its index, for an intranet that has a search of its own."},
	{Name: "shortcuts", Type: Truth, Default: "true", Means: "`false` switches off the keys `/` and Ctrl+K, which go to the search box."},
	{Name: "accent", Type: Map, Keys: Keys{
		{Name: "light", Pattern: colour.String(), Means: "On a light page: `\"#1d4f91\"`, in quotes."},
		{Name: "dark", Pattern: colour.String(), Means: "On a dark page: `\"#9cc3ff\"`, in quotes."},
	}, Means: "Your color."},
}

// profileKeys are what a profile can say, and what when: can ask for.
var profileKeys = Keys{
	{Name: "sector", Values: []string{"private", "public"}, Means: "Whether it is a government body (`public`)."},
	{Name: "covered_entity", Type: Truth, Means: "Whether HIPAA binds it, as a covered entity or for another agency."},
	{Name: "part2", Type: Truth, Means: "Whether it runs a program for substance use under 42 CFR Part 2."},
	{Name: "school_based", Type: Truth, Means: "Whether it works in or with schools."},
	{Name: "victim_services", Type: Truth, Means: "Whether it has a grant to serve survivors of violence."},
	{Name: "hhs_funds", Type: Truth, Means: "Whether it takes money from the federal health department."},
	{Name: places, Type: List, Pattern: placeCode.String(), Means: "Where it works, as codes: `[US, US-MD]`."},
}

var ownerKeys = Keys{
	{Name: "id", Required: true, Pattern: idPattern, Means: "The permanent id: lower-case letters, digits and hyphens."},
	{Name: "name", Type: Value, Means: "The name or the role that pages show. If it is left out, the id."},
	{Name: "role", Type: Value, Means: "What else the owner is called."},
	{Name: "email", Type: Value, Means: "The e-mail address."},
	{Name: "phone", Type: Value, Means: "The phone number."},
}

var areaKeys = Keys{
	{Name: "id", Required: true, Pattern: idPattern, Means: "The permanent id: lower-case letters, digits and hyphens."},
	{Name: "name", Means: "What it is called. If it is left out, the id."},
	{Name: "question", Means: "The question that it answers."},
	{Name: "required", Type: Truth, Default: "false", Means: "Some section must cover it."},
	{Name: "populations", Type: Truth, Default: "false", Means: "A section must cover it for each audience that is a population."},
}

var audienceKeys = Keys{
	{Name: "id", Required: true, Pattern: idPattern, Means: "The permanent id: lower-case letters, digits and hyphens."},
	{Name: "name", Means: "What it is called. If it is left out, the id."},
	{Name: "population", Type: Truth, Default: "false", Means: "It is a group of clients."},
	{Name: "internal", Type: Truth, Means: "Whether it is of the staff. If it is left out, whoever is no population is."},
	{Name: "includes", Type: List, Means: "The audiences that this is one name for: `[teens, adults]`."},
}

var levelKeys = Keys{
	{Name: "level", Type: Number, Min: 0, Max: 99, Required: true, Means: "Its number, from 0."},
	{Name: "name", Means: "What it is called, such as `Coach`."},
	{Name: "means", Means: "What it stands for."},
	{Name: "range", Means: "What may follow."},
	{Name: "beyond", Means: "What may follow beyond the agency."},
}

// lawKeys are the keys of an entry of registers/laws.yaml.
var lawKeys = Keys{
	{Name: "id", Required: true, Pattern: idPattern, Means: "The permanent id: lower-case letters, digits and hyphens. Pages cite it: `[@us-tcpa]`."},
	{Name: "short", Means: "The name that it goes by. This or `title` is needed."},
	{Name: "title", Means: "The title in full. This or `short` is needed."},
	{Name: "citation", Means: "How it is cited: `47 U.S.C. 227`."},
	{Name: "kind", Values: []string{"statute", "regulation", "case", "guidance", "survey"}, Means: "What it is."},
	{Name: "level", Values: []string{"federal", "state", "provincial", "national", "local"}, Means: "Who made it."},
	{Name: "jurisdiction", Means: "Where it holds: a code such as `US` or `US-MD`."},
	{Name: "governs", Type: Words, Means: "What it governs, in a sentence. It may differ by audience."},
	{Name: "areas", Type: List, Means: "Ids of `areas` in handbook.yaml."},
	{Name: "url", Means: "The address of its text."},
	{Name: "status", Values: []string{"in-force", "in-force-part-vacated", "proposed-change-pending", "uncertain", "rescinded", "superseded"}, Means: "Whether it is in force."},
	{Name: "amended", Type: List, Keys: amendmentKeys, Means: "Its amendments. One in effect since the last review makes a section stale."},
	confidenceKey,
	{Name: "caution", Type: Words, Means: "What to be careful of. It may differ by audience."},
	{Name: "verified_on", Type: Day, Means: "The day on which somebody last looked it up."},
	{Name: "sources", Type: List, Means: "Other addresses that the entry was made from."},
}

var confidenceKey = Key{Name: "confidence", Values: []string{"A", "B", "C"}, Means: "`A`: the text itself was read. `B`: a secondary source was read. `C`: nobody has checked it."}

var amendmentKeys = Keys{
	{Name: "published", Type: Day, Means: "The day on which it was printed in the official journal. One of the three days is needed."},
	{Name: "effective", Type: Day, Means: "The day from which it is in force."},
	{Name: "comply_by", Type: Day, Means: "The day from which it must be obeyed."},
	{Name: "note", Means: "What it changes."},
	{Name: "source", Means: "The address of its text."},
}

// referenceKeys are the keys of an entry of registers/references.yaml.
var referenceKeys = Keys{
	{Name: "id", Required: true, Pattern: idPattern, Means: "The permanent id: lower-case letters, digits and hyphens. Pages cite it: `[@nasw-code-2021]`."},
	{Name: "title", Required: true, Means: "The title as it is printed."},
	{Name: "also_called", Type: List, Means: "Other names that it goes by."},
	{Name: "publisher", Means: "Who published it."},
	{Name: "year", Means: "The year of publication."},
	{Name: "edition", Means: "Its edition."},
	{Name: "url", Means: "Its address."},
	{Name: "archived_url", Means: "The address of an archived copy."},
	{Name: "status", Values: []string{"current", "superseded", "withdrawn"}, Default: "current", Means: "Whether it still holds. With `superseded_by` it is `superseded` where nothing else is given."},
	{Name: "superseded_by", Means: "The id of the reference that took its place."},
	{Name: "superseded_on", Type: Day, Means: "The day on which it was superseded or withdrawn. From then on, sections that rest on it turn stale."},
	{Name: "rests_on", Type: List, Means: "Ids of the references that it rests on."},
	{Name: "about", Type: Words, Means: "What it is used for, in a sentence. It may differ by audience."},
	confidenceKey,
	{Name: "caution", Type: Words, Means: "What to be careful of. It may differ by audience."},
	{Name: "verified_on", Type: Day, Means: "The day on which somebody last looked it up."},
}

// termKeys are the keys of an entry of registers/terms.yaml.
var termKeys = Keys{
	{Name: "id", Required: true, Pattern: idPattern, Means: "The permanent id: lower-case letters, digits and hyphens."},
	{Name: "term", Required: true, Max: MaxTitle, Means: "The word or words."},
	{Name: "also", Type: List, Max: MaxNames, Means: "Other forms of it, at most 100."},
	{Name: "definition", Required: true, Means: "What it means, in plain words."},
	{Name: "source", Means: "Where the definition is from."},
}
