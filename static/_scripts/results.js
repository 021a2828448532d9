/* Results: what is marked in them, the part of a text that is shown, and the
   order of those that are shown together. */

/**
 * What a word is marked as, if it is.
 * @typedef {(word: string) => string | undefined} Marker
 *
 * A marked word of a text: its number among the words, where it is, and what
 * it is marked as.
 * @typedef {{ i: number, at: number, form: string }} Hit
 */

/**
 * Fills results with what is shown of them, and improves their scores by it.
 * @param {Question} q
 * @param {{ doc: number, score: number }[]} list
 * @returns {Promise<Result[]>}
 */
async function describe(q, list) {
	const index = q.index, stores = unique(list.map(r => upTo(index.stores, r.doc, itself) - 1));
	const docs = Object.assign({}, ...await Promise.all(stores.map(i => readStore(index, i))));
	/** @type {string[][]} */
	const forms = list.map(() => []);
	const place = new Uint8Array(index.n); // of a document in the list, plus one
	list.forEach((r, i) => {
		place[r.doc] = i + 1;
	});
	unique(entriesOf(q.units)).forEach(e => postings(e).docs.forEach(d => {
		if (place[d]) {
			forms[place[d] - 1].push(e.text);
		}
	}));
	const query = q.corrected || q.query, words = plainWords(query), whole = fold(query).trim();
	return list.map(({ doc, score }, i) => {
		/** @type {Doc} */
		const d = docs[doc];
		const marks = marker(q, forms[i]), hits = hitsOf(d.text, marks);
		const near = closeness(q, d.heading || d.page.name.replace(/^[\d.]+ /, ""), words);
		const said = words.length > 1 && fold(d.text).includes(whole);
		return {
			...d, doc, forms: forms[i],
			score: score * (1 + 1.5 * near ** (d.page.kind ? 9 : 3) + .15 * nearness(hits) + (said ? .3 : 0)),
			title: mark(d.page.name, marks),
			under: d.heading ? mark(d.heading, marks) : [],
			excerpt: excerpt(d.text, marks, hits),
		};
	});
}

/**
 * How nearly a heading says what was asked, from 0 to 1: the words that both
 * have in the same order, of all that they have. Small words count little.
 * @param {Question} q
 * @param {string} heading
 * @param {string[]} asked
 */
function closeness(q, heading, asked) {
	const list = plainWords(heading), units = q.units.filter(u => !u.extra);
	const weight = (/** @type {string} */ w) => q.index.stop.has(w) ? .25 : 1;
	const sum = (/** @type {string[]} */ words) => words.reduce((n, w) => n + weight(w), 0);
	const same = (/** @type {string} */ a, /** @type {string} */ h) => a === h ? 1 : Math.max(0, ...units
		.filter(u => u.form === a && u.found.some(f => f.e.text === h)).map(u => u.last ? .9 : .8));
	let row = list.map(() => 0);
	asked.forEach(a => {
		let corner = 0, left = 0;
		row = row.map((above, j) => {
			left = Math.max(left, above, corner + weight(list[j]) * same(a, list[j]));
			corner = above;
			return left;
		});
	});
	return 2 * (row[list.length - 1] || 0) / (sum(list) + sum(asked));
}

/**
 * Returns what says whether a word is to be marked, by the forms that a
 * document was found with.
 * @param {Question} q
 * @param {string[]} forms
 * @returns {Marker}
 */
function marker(q, forms) {
	const set = new Set(forms), pairs = forms.filter(f => SPACELESS.test(f));
	const add = (/** @type {string[]} */ words) => words.forEach(w => set.add(w));
	q.units.forEach(u => {
		if (u.parts && set.has(u.form)) {
			add(u.parts);
		}
	});
	q.index.same.forEach(names => {
		if (names.some(n => set.has(n))) {
			add(names.join(" ").split(" "));
		}
	});
	return word => {
		const f = fold(word);
		return set.has(f) ? f : pairs.find(p => f.includes(p));
	};
}

/**
 * @param {string} text
 * @param {Marker} marks
 * @returns {Marked}
 */
function mark(text, marks) {
	const out = [];
	let from = 0;
	for (const m of text.matchAll(WORD)) {
		if (marks(m[0])) {
			out.push(text.slice(from, m.index), m[0]);
			from = m.index + m[0].length;
		}
	}
	return [...out, text.slice(from)];
}

/**
 * @param {string} text
 * @param {Marker} marks
 */
function hitsOf(text, marks) {
	/** @type {Hit[]} */
	const out = [];
	[...text.matchAll(WORD)].forEach((m, i) => {
		const form = marks(m[0]);
		if (form) {
			out.push({ i, at: m.index, form });
		}
	});
	return out;
}

/**
 * How close together the different marked words of a text stand, from 0 to 1.
 * @param {Hit[]} hits
 */
function nearness(hits) {
	const last = new Map(), n = unique(hits.map(h => h.form)).length;
	let best = 0;
	if (n < 2) {
		return 0;
	}
	hits.forEach(h => {
		last.delete(h.form); // so that the first of the map is the one that is longest ago
		last.set(h.form, h.i);
		if (last.size === n) {
			const [first] = last.values();
			best = Math.max(best, n / (h.i - first + 1));
		}
	});
	return best;
}

/**
 * The part of a text with the most different marked words.
 * @param {string} text
 * @param {Marker} marks
 * @param {Hit[]} hits
 */
function excerpt(text, marks, hits) {
	let most = 0, from = 0;
	hits.forEach((h, i) => {
		const near = [];
		for (let j = i; j < hits.length && hits[j].at < h.at + 220; j++) {
			near.push(hits[j].form);
		}
		const n = unique(near).length + near.length / 100;
		if (n > most) {
			most = n;
			from = h.at;
		}
	});
	from = from < 100 ? 0 : text.indexOf(" ", from - 60) + 1;
	const to = text.length < from + 260 ? text.length : Math.max(text.lastIndexOf(" ", from + 220), from + 120);
	return mark((from ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : ""), marks);
}

/**
 * A search in the index at an address. A file that is missing or of another
 * build: the handbook may have been published anew. Then it begins again, once,
 * past what the browser keeps.
 * @param {string} base
 */
function openSearch(base) {
	let again = "";
	/** @type {Promise<Index> | null} */
	let opened = null;

	function opening() {
		const index = opened || readIndex(base, again);
		opened = index;
		index.catch(() => {
			if (opened === index) {
				opened = null;
			}
		});
		return index;
	}

	/**
	 * @template T
	 * @param {(index: Index) => T | Promise<T>} job
	 */
	async function guard(job) {
		const first = opening();
		try {
			return await job(await first);
		} catch (e) {
			if (opened === first) {
				opened = null;
			}
			again = "?t=" + Date.now();
			return job(await opening());
		}
	}

	return {
		warm: () => guard(() => 0),
		search: (/** @type {string} */ query, /** @type {Options} */ options = {}) =>
			guard(index => ask(index, query, options)),
		facets: () => guard(readFacets),
	};
}

window.handbookSearch = { open: openSearch, cut };
