package export

import "handbook/cmd/handbook/internal/book"

// Schema is the version of handbook.json that this program writes.
const Schema = 1

// Fields returns the members of handbook.json in their order. Those that are
// required are always there.
func Fields() book.Keys {
	text := func(name, means string) book.Key { return book.Key{Name: name, Means: means, Required: true} }
	perhaps := func(k book.Key) book.Key { k.Required = false; return k }
	day := func(name, means string) book.Key { return book.Key{Name: name, Type: book.Day, Means: means} }
	number := func(name, means string) book.Key {
		return book.Key{Name: name, Type: book.Number, Means: means, Required: true}
	}
	truth := func(name, means string) book.Key {
		return book.Key{Name: name, Type: book.Truth, Means: means, Required: true}
	}
	list := func(name, means string, keys ...book.Key) book.Key {
		return book.Key{Name: name, Type: book.List, Means: means, Keys: keys, Required: true}
	}
	id := text("id", "Its permanent id.")
	name := text("name", "What it is called.")
	uses := book.Keys{list("sections", "Ids of the sections that rest on it."), list("rules", "Ids of the rules that rest on it.")}
	level := number("level", "The level on the consequence ladder, or null for a rule without one.")
	level.Null = true

	section := book.Keys{
		id, text("number", "Its number, such as `2.3`, or an empty text."), text("title", "Its title."),
		perhaps(text("summary", "Its summary.")), text("url", "The address of its page, relative to handbook.json."),
		text("source", "The path of its file in the content folder."), text("part", "The id of its part, or an empty text."),
		text("owner", "The id of its owner, or an empty text."),
		text("status", "What the reasons that hold on the day come to: `withdrawn`, `future`, `stale`, `due`, `current`, or `unapproved` in place of `current`."),
		day("drafted", "The day on which it was written."), day("approved", "The day on which this version was approved."),
		perhaps(list("approvals", "Its approvals, the newest last.", day("on", "The day."), perhaps(text("by", "Who approved it.")),
			perhaps(number("version", "The version that was approved.")), perhaps(truth("text_holds", "The text is still the one that was approved.")))),
		day("effective", "The day on which it takes effect."), day("withdrawn", "The day from which it is no longer in force."),
		number("version", "Its version."), day("reviewed", "The day of the latest review."), day("review_due", "The day of the next review."),
		day("counsel", "The day of counsel's sign-off. Not in an edition for people outside the staff."),
		day("counsel_due", "The day of counsel's next sign-off. Not in an edition for people outside the staff."),
		perhaps(text("superseded_by", "The id of the section to use instead.")),
		list("areas", "Ids of the areas that it covers."), list("audience", "Ids of the audiences that it is for."),
		list("laws", "Ids of the laws that it applies."), list("references", "Ids of the references that it rests on."),
		list("rules", "Its rules.", id, level, text("text", "What it says."), text("url", "Its address, relative to handbook.json."),
			list("laws", "Ids of the laws that it rests on."), list("references", "Ids of the references that it rests on."), list("audience", "Ids of the audiences that it is for.")),
		list("open_places", "What is still to be filled in."),
		list("reasons", "Why it cannot be relied on, on the day.", text("kind", "The kind of the reason, such as `overdue` or `law-amended`. A version may have more kinds than the one before."),
			day("since", "The day from which it holds."), day("until", "The day until which it holds."),
			text("text", "The reason in a sentence."), perhaps(text("because", "The id of the law or reference that is the cause."))),
	}
	law := append(book.Keys{
		id, text("short", "The name that it goes by."), text("title", "Its title."), perhaps(text("citation", "How it is cited.")),
		perhaps(text("kind", "What it is.")), perhaps(text("level", "Who made it.")), perhaps(text("jurisdiction", "Where it holds.")),
		perhaps(text("governs", "What it governs.")), list("areas", "Ids of areas."), perhaps(text("url", "The address of its text.")),
		text("page", "The address of its page, relative to handbook.json."), perhaps(text("status", "Whether it is in force.")),
		list("amended", "Its amendments.", day("published", "The day on which it was published."), day("effective", "The day from which it is in force."),
			day("comply_by", "The day from which it must be obeyed."), perhaps(text("note", "What it changes.")), perhaps(text("source", "The address of its text."))),
		perhaps(text("confidence", "`A`, `B` or `C`: how the entry was checked.")), perhaps(text("caution", "What to be careful of.")),
		day("verified_on", "The day on which it was last looked up."), list("sources", "Other addresses that the entry was made from."),
	}, uses...)
	reference := append(book.Keys{
		id, text("title", "Its title."), list("also_called", "Other names that it goes by."), perhaps(text("publisher", "Who published it.")),
		perhaps(text("year", "The year of publication.")), perhaps(text("edition", "Its edition.")), perhaps(text("url", "Its address.")),
		perhaps(text("archived_url", "The address of an archived copy.")), text("page", "The address of its page, relative to handbook.json."),
		perhaps(text("status", "Whether it still holds.")), perhaps(text("superseded_by", "The id of the reference that took its place.")),
		day("superseded_on", "The day on which it was superseded or withdrawn."), list("rests_on", "Ids of the references that it rests on."),
		perhaps(text("confidence", "`A`, `B` or `C`: how the entry was checked.")), perhaps(text("caution", "What to be careful of.")),
		perhaps(text("about", "What it is used for.")), day("verified_on", "The day on which it was last looked up."),
	}, uses...)
	edition := list("edition", "Ids of the audiences that an edition is for. The whole handbook has no such member.")
	shown := list("shown", "Marks of all that the readers of an edition are shown, by page, entry and file.",
		text("url", "Its address, relative to handbook.json."), list("marks", "The beginning of the SHA-256 of each text."))
	asOf := day("as_of", "The day that the register was made for.")
	asOf.Required = true
	return book.Keys{
		number("schema", "The version of this form."), text("title", "The title of the handbook."), asOf,
		perhaps(text("timezone", "The time zone that `as_of` is a day of.")), perhaps(edition),
		perhaps(text("language", "The language of the handbook, as a tag.")), perhaps(text("base_url", "The address that it is published at.")),
		list("owners", "Who keeps sections up to date.", id, name, perhaps(text("role", "What else the owner is called.")),
			perhaps(text("email", "The e-mail address.")), perhaps(text("phone", "The phone number."))),
		list("areas", "What the handbook must cover.", id, name, truth("required", "Some section must cover it.")),
		list("audiences", "Who reads it.", id, name, truth("population", "It is a group of clients."), perhaps(list("includes", "Ids of the audiences that this is one name for."))),
		list("levels", "The consequence ladder.", number("level", "Its number."), name, perhaps(text("means", "What it stands for.")),
			perhaps(text("range", "What may follow.")), perhaps(text("beyond", "What may follow beyond the agency."))),
		list("parts", "The parts.", id, text("number", "Its number, or an empty text."), text("title", "Its title."), text("url", "The address of its page, relative to handbook.json.")),
		list("sections", "The sections, in their order.", section...),
		list("laws", "The laws of the register.", law...),
		list("references", "The references of the register.", reference...),
		perhaps(shown),
	}
}
