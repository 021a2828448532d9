/* Types of what scripts find in a page beside what they make themselves. They
   are for the check of .ci/test; nothing of this is published. */

/** A message: a text with its arguments in braces, or one for each form of the
 *  number that the argument "by" has. */
type Message = string | { [form: string]: Message };

/** What a script is given by package lang. */
declare const words: {
	lang: string;
	months: string[];
	date: string;
	first: string;
	text: Record<string, Message>;
};

interface Window {
	/** What handbook.js offers to search.js and to tests. */
	handbook: {
		dayOf(clock: Date): string;
		words(status: string, unapproved?: boolean): string;
		statusOn(ages: string, day: string): string;
		show(day: string): void;
	};
	/** What each file of the index calls with itself. */
	handbookIndex(build: string, name: string, text: string): void;
	/** What tests search with. */
	handbookSearch: object;
}
