/* Types of what scripts find in a page beside what they make themselves. They
   are for the check of .ci/test; nothing of this is published. */

/** What a script is given by package lang. */
declare const words: {
	lang: string;
	months: string[];
	date: string;
	first: string;
	thousands: string;
	digits: number;
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
