// Package search makes the index with which a reader's browser searches the
// handbook: without a server, from file:// too, and without a word leaving the
// browser. The other half is search.js (static/_scripts), which reads the index and
// answers.
//
// # Documents
//
// A result is a heading. Each page gives a document for its title, with the
// summary and the text before the first heading, and one for each heading with
// the text below it. Every rule is a document that is found by its id alone,
// because its text is already in that of its heading. Laws, references and
// terms are documents too. The words that a section has under also are indexed
// with its title, and weigh as those of a heading do. What a section applies and
// cites is indexed with its title too, and counts little; so is what its areas
// and readers are called.
//
// # Words
//
// Texts are folded (lower case, no accents, compatible characters alike) and
// cut into forms; see tokenizer. Beside its words a text gives further forms:
// compounds with figures (texting-1, 164.402), hyphened words without their
// hyphen (e-mail: email), and citations, each in one spelling (45 C.F.R. §
// 164.402(2) gives 45cfr164, 45cfr164.402, 45cfr164.402(2), and Public Law No.
// 104-191 gives publ104-191; cite.go lists them). The citation of a law in the
// register is written out where it is a range, and those who apply the law have
// its forms as well. The client cuts queries in the same way: the
// table testdata/tokens.json is run in both.
//
// Forms are indexed as they stand. Forms with one stem know of each other,
// and count four fifths when another was asked for, so that the exact word
// comes first. Stems are found while the index is made, by the Snowball
// stemmer of the handbook's language; the client knows none. A word that no
// text has is taken for another form by its ending, and else for a misspelled
// one.
//
// Names of a term (registers/terms.yaml) stand for each other: a text with
// "protected health information" is indexed with phi, and the client answers
// a query for those words with texts that say PHI.
//
// # Impact
//
// What a form is worth in a document is computed here, and written as one of
// 15 levels: BM25F, with the title counting six times and a heading four
// times the text, in which no word can come to more than three mentions. So a
// word in a heading beats any number in a text. The client multiplies by the
// rarity of the word and adds up. Sections that are out of date on the day of
// the build come after others that say the same, and laws, terms and parts
// after these.
//
// # Order
//
// The client puts documents with all words first, then those whose page has
// them, and only if there are nearly none those with a part of them. The first
// ten are loaded, and put in order again: a heading that says what was asked,
// in the same order and with little else, counts up to two and a half times; words
// that stand close together in the text, and the query as a whole in it, count
// a little. A misspelled word becomes that of the likely ones with which the
// documents answer best. The weights were tried on other pages and other
// queries than those by which the tests judge them.
//
// # Files
//
// All are below search/LANGUAGE/ and are scripts, because that is what a page
// may load from file://: a call of handbookIndex with the build, the file's
// name and a text. Numbers in the text are five bits to a sign of a 64-sign
// alphabet, low bits first, with a sixth for "more follows"; lists of rising
// numbers are written as steps.
//
//	m0    the manifest, line by line: number of documents; first form of each p
//	      file; first document of each d file; first document of each page;
//	      withdrawn pages with their days; stop words; endings; synonyms
//	p0..  postings: a line of the x files that its forms are in (the first, and
//	      before which line the next begins), then for each form what it shares
//	      with the one before and the rest, TAB, the group of its stem in this
//	      file, its documents, those of them in an o file and which, and by
//	      level from the highest: level, number, steps of documents
//	x0..  positions, for phrases: form, TAB, steps of documents, TAB, how many
//	      positions each has, TAB, steps of positions. Stop words have none
//	o0..  of forms in more than 4,096 documents, the rest of them
//	d0..  what is shown: for each page a line with path, name, kind, ages and
//	      reasons, and for each document one with anchor, heading and text
//	v0    the words against which spelling is checked
//	f0    the filters: for each its values, and those of every page
//
// A first query reads m0, then the p files of its words, then the d files of
// ten results: three steps. x, o, v and f are read when they are needed.
//
// Every call carries the build, a hash of the whole index. A client that gets
// a file of another build begins anew, so that a page which was open while the
// handbook was published recovers by itself. Names do not change from build to
// build; the client asks for p3.js?v=BUILD.
//
// # Cost
//
// [Files] says from the size of the book how many files there are, and makes
// the index when the first one is written: a preview that nobody searches does
// not pay. Shards are cut where the first four characters of forms change, so
// that the forms of a word and what a prefix completes to stand in one file.
//
// The index is made in two steps. Each document is added to the posting lists of
// its forms (lexicon.go, postings.go), and these are divided among files
// (shards.go).
package search
