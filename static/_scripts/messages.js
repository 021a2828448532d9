/* What the search says: messages that may have other forms beside other numbers. */

/**
 * A message of package lang.
 * @param {string} name
 * @param {Args} args
 * @returns {string}
 */
function T(name, args = {}) {
	let message = words.text[name];
	while (typeof message !== "string") {
		const n = Number(args[String(message.by)]);
		message = message["=" + n] || message[pluralOf(n)] || message.other;
	}
	return fill(message, Object.fromEntries(Object.entries(args)
		.map(([arg, value]) => [arg, typeof value === "number" ? numeral(value) : value])));
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
