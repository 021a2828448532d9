/* What scripts say, in the language of the handbook. The words stand before
   this when a script is published: package lang writes them. */

/**
 * A message: a text with its arguments in braces, or one for each form of the
 * number that an argument has.
 * @typedef {string | { [form: string]: Message }} Message
 *
 * Arguments of a message, by their names.
 * @typedef {Record<string, string | number>} Args
 */

/**
 * A message of package lang.
 * @param {string} name
 * @param {Args} args
 * @returns {string}
 */
function T(name, args = {}) {
	let message = words.text[name] || "";
	while (typeof message !== "string") {
		const n = Number(args[String(message.by)]);
		message = message["=" + n] || message[pluralOf(n)] || message.other;
	}
	return message.replace(/\{(\w+)\}/g, (_, arg) => {
		const value = args[arg];
		return typeof value === "number" ? numeral(value) : value;
	});
}

/**
 * The form that words have beside a number. A browser that knows none has the
 * two of English.
 * @param {number} n
 */
function pluralOf(n) {
	return window.Intl && Intl.PluralRules ? new Intl.PluralRules(words.lang).select(n) : n === 1 ? "one" : "other";
}

/**
 * A whole number, as the pages write it.
 * @param {number} n
 */
function numeral(n) {
	const digits = String(n);
	return digits.length < 3 + words.digits ? digits : digits.replace(/\B(?=(\d{3})+$)/g, words.thousands);
}

/**
 * Marks an element that has words of the interface, where these are not in the
 * language of the handbook.
 * @template {HTMLElement} E
 * @param {E} element
 */
function inOurs(element) {
	if (document.documentElement.lang.split("-")[0].toLowerCase() !== words.lang.split("-")[0]) {
		element.lang = words.lang;
		element.dir = "ltr";
	}
	return element;
}
