/* How scripts say something in the language of the handbook. The words are put
   there when a script is published: package lang writes them. */

/**
 * Arguments of a message, by their names.
 * @typedef {Record<string, string | number>} Args
 */

/**
 * A text with its arguments, which stand in braces, filled in.
 * @param {string} text
 * @param {Args} args
 */
function fill(text, args) {
	return text.replace(/\{(\w+)\}/g, (_, name) => String(args[name]));
}

/**
 * A number, as the pages write it: package lang has the forms of CLDR too.
 * @param {number} n
 */
const numeral = n => n.toLocaleString(words.lang);
