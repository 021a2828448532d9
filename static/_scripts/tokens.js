/* Words, cut as package search cuts them: what Go writes into the index must
   be found again here. A test runs both on thousands of texts. */

/**
 * A word at its place. One that is extra stands for several others, as a
 * citation does, and takes no place of its own.
 * @typedef {{ form: string, pos: number, extra?: boolean }} Token
 *
 * Words that are written without a space between them, and where the last ends
 * in the text. The whole is their common form, where they have one.
 * @typedef {{ parts: string[], whole?: string, end: number }} Chain
 *
 * A citation: its first and its last chain, and its forms, the longest first.
 * @typedef {{ from: number, to: number, forms: string[] }} Cite
 *
 * A word as citations read it. One that is inner stood alone in brackets.
 * @typedef {{ form: string, pos: number, inner?: boolean, chain: number }} Part
 *
 * A text that is cut, and the place of its next word.
 * @typedef {{ text: string, list: Token[], chains: Chain[], cites: Cite[], seq: Part[], next: number }} Cut
 */

/* Letters that stand for others, with what they stand for. */
const SPELLED = new Map([
	..."_- \u2010- \u2011- \u2018' \u2019' \u02bc' \u2032' ßss æae œoe øo łl đd ðd þth ħh ŧt ıi ςσ".split(" "),
	..."\u0649\u064a \u06cc\u064a \u0629\u0647 \u06a9\u0643 §s".split(" "),
].map(pair => [pair[0], pair.slice(1)]));
const SPELL = RegExp("[" + [...SPELLED.keys()].join("") + "\u0660-\u0669\u06f0-\u06f9]", "g");
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/* Scripts that set no space between words. */
const SPACELESS = RegExp("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff" +
	"\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]", "u");

/* What stands before the number of a section, and such a number. */
const SECTION = /^(ss?|sec|sections?|parts?|pt|ch|chapter)$/;
const NUMBER = /^\d+[a-z]{0,4}([.-]\d+[a-z]{0,4})*$/;

/* The beginnings of citations, in folded words with one space after each. */
const CODE = /^\d+ (usca?|us c(ode)?|u sc|u s c|cfr|c f r) /;
const REPORTER = /^\d+ (us|nlrb)( no)? (\d+) /;
const ILLINOIS = /^\d+ (ilcs)() (\d+) /;
const ACT = /^(p(?:l|ub l|ublic law|a|ublic act)) (?:no )?(\d+-\d+) /;
const ORDER = /^(e)(?:o|xec order|xecutive order) (?:no )?(\d+) /;
const STATUTES = /^(?:(r?s[a-z]{1,3}) (\d{4})|cqlr|ccsm) (?:c|ch|chapter) (\S*\d\S*) /;

/**
 * The text in the one spelling that the index has: small letters without
 * accents. Marks of Indic and other scripts are more than accents and stay.
 * @param {string} text
 */
function fold(text) {
	return text.normalize("NFKD").toLowerCase()
		.replace(/[\p{Cf}\p{M}\u0640]/gu, c => c > "\u06ff" && /\p{M}/u.test(c) ? c : "")
		.replace(/§/g, " § ")
		.replace(SPELL, c => SPELLED.get(c) || String(c.charCodeAt(0) & 15)) // or a digit of another script
		.normalize("NFC");
}

/**
 * Cuts a text into words, compounds and citations.
 * @param {string} text
 * @returns {Cut}
 */
function cut(text) {
	/** @type {Cut} */
	const c = { text: fold(text), list: [], chains: [], cites: [], seq: [], next: 0 };
	const words = [...c.text.matchAll(WORD)];
	for (let i = 0; i < words.length;) {
		i = SPACELESS.test(words[i][0]) ? addSigns(c, words, i) : addChain(c, words, i);
	}
	for (let i = 0; i < c.seq.length;) {
		i = Math.max(addCitation(c, i), i + 1);
	}
	c.list.sort((a, b) => a.pos - b.pos);
	return c;
}

/**
 * The words of a text, without what stands beside them.
 * @param {string} text
 */
function plainWords(text) {
	return cut(text).list.filter(t => !t.extra).map(t => t.form);
}

/**
 * @param {Cut} c
 * @param {string} form
 * @param {number} pos
 * @param {boolean} [extra]
 */
function addToken(c, form, pos, extra) {
	if ([...form].length <= 60) {
		c.list.push({ form, pos, extra });
	}
}

/**
 * Adds a word of those that citations are looked for in. Its chain is the one
 * that is added next.
 * @param {Cut} c
 * @param {string} form
 * @param {number} pos
 * @param {boolean} [inner]
 */
function addPart(c, form, pos, inner) {
	c.seq.push({ form, pos, inner, chain: c.chains.length });
}

/**
 * Adds what is written without spaces between words: each two signs that
 * follow one another, and whole what stands between such signs.
 * @param {Cut} c
 * @param {RegExpExecArray[]} words
 * @param {number} i the word
 * @returns {number} the next word
 */
function addSigns(c, words, i) {
	const signs = [...words[i][0]], end = words[i].index + words[i][0].length;
	const spaceless = (/** @type {number} */ j) => SPACELESS.test(signs[j] || "");
	for (let j = 0; j < signs.length; j++) {
		let form = signs[j];
		if (!spaceless(j)) {
			while (j + 1 < signs.length && !spaceless(j + 1)) {
				form += signs[++j];
			}
			addPart(c, form, c.next);
		} else if (spaceless(j + 1)) {
			form += signs[j + 1];
		} else if (spaceless(j - 1)) {
			continue; // the second of a pair already
		}
		c.chains.push({ parts: [form], end });
		addToken(c, form, c.next++);
	}
	return i + 1;
}

/**
 * Adds a word and those that a hyphen, a point or an apostrophe joins to it.
 * @param {Cut} c
 * @param {RegExpExecArray[]} words
 * @param {number} i the first word
 * @returns {number} the word after the last
 */
function addChain(c, words, i) {
	const s = c.text, start = words[i].index, parts = [words[i][0]];
	/** @type {string[]} */
	const joints = [];
	let end = start + parts[0].length;
	for (i++; i < words.length; i++) {
		const joint = s[end], next = words[i][0];
		if (words[i].index !== end + 1 || !/[-.']/.test(joint) || SPACELESS.test(next)) {
			break;
		}
		if (joint === "." && parts.length === 1 && /^(ss?|sec)$/.test(parts[0]) && /^\d/.test(next)) {
			break; // "s.12" is two words
		}
		if (joint !== "'") {
			parts.push(next);
			joints.push(joint);
		} else if (/^(t|re|ll|ve|d|m)$/.test(next)) {
			parts.push(parts.pop() + next); // "don't" is "dont"
		} else if (next !== "s") { // "owner's" is "owner"
			break;
		}
		end += 1 + next.length;
	}
	const pos = c.next, digit = parts.some(p => /[0-9]/.test(p));
	const initials = parts.every(p => /^[^0-9]$/u.test(p)) && !joints.includes("-");
	let own = parts, whole = "";
	if (parts.length === 1 || initials) { // "U.S.C." is "usc"
		own = [parts.join("")];
		const inner = parts.length === 1 && s[start - 1] === "(" && /[a-z0-9)]/.test(s[start - 2]) && s[end] === ")";
		addPart(c, own[0], pos, inner);
	} else if (digit && parts.length < 6) { // "164.530" and "texting-1" are one thing
		whole = parts.map((p, j) => (j ? joints[j - 1] : "") + p).join("");
		addPart(c, whole, pos);
	} else {
		whole = parts.length < 4 && !joints.includes(".") && !digit ? parts.join("") : ""; // "e-mail" is "email" also
		parts.forEach((p, j) => addPart(c, p, pos + j));
	}
	c.chains.push({ parts: own, whole, end });
	own.forEach((p, j) => {
		addToken(c, p, c.next++);
		if (!j && whole) {
			addToken(c, whole, pos, true);
		}
	});
	return i;
}

/**
 * @param {Cut} c
 * @param {number} i
 */
function partAt(c, i) {
	return i < c.seq.length ? c.seq[i].form : "";
}

/**
 * Adds the citation that begins with a word, if one does.
 * @param {Cut} c
 * @param {number} i the word
 * @returns {number} the word after the citation, or i
 */
function addCitation(c, i) {
	const w = partAt(c, i), numbered = /^\d{1,3}$/.test(w);
	const line = [0, 1, 2, 3, 4].map(j => partAt(c, i + j)).join(" ") + " ";
	const after = (/** @type {RegExpExecArray} */ m) => i + m[0].split(" ").length - 1;
	let m = numbered ? CODE.exec(line) : null;
	if (m) {
		return addNumbers(c, w + (m[1][0] === "u" ? "usc" : "cfr"), after(m), i);
	}
	m = numbered ? REPORTER.exec(line) || ILLINOIS.exec(line) : null;
	if (m && (!m[2] || m[1] === "nlrb")) {
		const end = after(m), form = w + m[1] + m[3];
		if (m[1] === "ilcs" && NUMBER.test(partAt(c, end))) {
			return addCite(c, i, end + 1, [form, form + "/" + partAt(c, end)]);
		}
		return addCite(c, i, end, [form]);
	}
	m = ACT.exec(line) || ORDER.exec(line);
	if (m) {
		const act = /a/.test(m[1]) && !/w/.test(m[1]); // of "public act", but not of "public law"
		return addCite(c, i, after(m), [(m[1] === "e" ? "eo" : act ? "pa" : "publ") + m[2]]);
	}
	m = STATUTES.exec(line);
	if (m) {
		return addCite(c, i, after(m), [w + (m[2] || "") + "c" + m[3]]);
	}
	return w[0] === "s" && SECTION.test(w) ? addNumbers(c, "s", i + 1, i) : i;
}

/**
 * @param {Cut} c
 * @param {number} i the first word of the citation
 * @param {number} end the word after it
 * @param {string[]} forms the shortest first
 * @returns {number} end
 */
function addCite(c, i, end, forms) {
	forms.forEach(f => addToken(c, f, c.seq[i].pos, true));
	c.cites.push({ from: c.seq[i].chain, to: c.seq[end - 1].chain, forms: forms.reverse() });
	return end;
}

/**
 * Adds the numbers of a citation, such as "164.530(e) and 164.402", each with
 * what it is a part of.
 * @param {Cut} c
 * @param {string} prefix what the number is of
 * @param {number} j the word where the number may stand
 * @param {number} i the first word of the citation
 * @returns {number} the word after the last number, or i if there is none
 */
function addNumbers(c, prefix, j, i) {
	while (SECTION.test(partAt(c, j))) {
		j++;
	}
	if (!NUMBER.test(partAt(c, j))) {
		return i;
	}
	for (;; i = ++j) {
		const number = partAt(c, j++), dot = number.indexOf("."), forms = [];
		let form = prefix + number;
		if (dot > 0 && /cfr$/.test(prefix)) {
			forms.push(prefix + number.slice(0, dot));
		}
		forms.push(form);
		while (j < c.seq.length && c.seq[j].inner && /^[a-z0-9]{1,4}$/.test(partAt(c, j))) {
			form += "(" + partAt(c, j++) + ")";
			forms.push(form);
		}
		addCite(c, i, j, forms);
		const more = /^(and|or|to)$/.test(partAt(c, j)) && NUMBER.test(partAt(c, j + 1));
		if (prefix === "s" || !more || /^(cfr|usc)$/.test(partAt(c, j + 2))) {
			return j;
		}
	}
}
