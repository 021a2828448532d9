/* A query: its words, what each may stand for, and the documents that have
   them, ranked. */

/**
 * A word of a query, with the forms that it may have in the index. It is extra
 * if it helps to choose but is not asked for, and last if the reader may still
 * be typing it. Several words that are the name of a term are one: all are
 * those words, others the other names of the term.
 * @typedef {{
 *   any: string[], parts?: string[], quoted?: boolean, last?: boolean, extra?: boolean,
 *   all?: Word[], others?: string[]
 * }} Word
 *
 * A word with the entries that it stands for; or several ways to say it, each
 * of units that a document must all have. A guess is a word that may be
 * misspelled. What is rare counts for more.
 * @typedef {{ all: Unit[], w: number }} Way
 * @typedef {{
 *   form: string, found: Found[], ways?: Way[], parts?: string[], quoted?: boolean, last?: boolean, extra?: boolean,
 *   guess?: boolean, rare: number
 * }} Unit
 *
 * Documents with all units; those that have some, on a page that has all; and
 * others. Each with its score, of which sum is the most that words can give.
 * @typedef {{ full: number[], page: number[], some: number[], score: Float32Array, sum: number }} Ranking
 *
 * What a query is asked with: the results to begin at, how many, the reader's
 * day, and of each page whether it may be shown.
 * @typedef {{ from?: number, limit?: number, day?: string, pages?: boolean[] | false }} Options
 *
 * What is known of a query while it is answered.
 * @typedef {{
 *   index: Index, query: string, units: Unit[], only: Set<number> | null, day: string, pages: boolean[] | false,
 *   enough: number, corrected: string, missing: string[]
 * }} Question
 *
 * A text in pieces, of which those at odd places are marked.
 * @typedef {string[]} Marked
 *
 * @typedef {Doc & {
 *   doc: number, score: number, forms: string[], title: Marked, under: Marked, excerpt: Marked
 * }} Result
 *
 * An answer. weak is the first result that has not all words, or -1; pages the
 * number of documents that were found on each page; more says that there may
 * be others, which were not loaded.
 * @typedef {{
 *   corrected: string, missing: string[], weak: number, results: Result[], total: number,
 *   pages: ArrayLike<number>, more: boolean
 * }} Answer
 */

/**
 * Takes a query apart into words and phrases.
 * @param {Index} index
 * @param {string} query
 */
function parse(index, query) {
	/** @type {Word[]} */
	const words = [];
	/** @type {Token[][]} */
	const phrases = [];
	query.slice(0, 400).split(/["“”„«»]/).forEach((text, i, texts) => {
		const c = cut(text), quoted = i % 2 === 1, end = !quoted && i === texts.length - 1;
		if (quoted) {
			phrases.push(c.list.filter(t => !t.extra));
		}
		for (let i = 0; i < c.chains.length; i++) {
			const { parts, whole, end: stop } = c.chains[i], cite = !quoted && c.cites.find(x => x.from === i);
			const last = end && stop === c.text.length;
			if (cite) {
				const cited = c.chains.slice(i, cite.to + 1).flatMap(x => x.parts);
				words.push({ any: cite.forms, parts: cited.filter(p => !SECTION.test(p)) });
				i = cite.to;
			} else if (whole && !quoted) {
				words.push({ any: [whole], parts, last });
			} else {
				parts.forEach((p, j) => words.push({ any: [p], quoted, last: last && j === parts.length - 1 }));
			}
		}
	});
	const small = (/** @type {Word} */ w) => !w.parts && !w.quoted && index.stop.has(w.any[0]);
	const content = words.filter(w => !small(w));
	if (content.length > 1) {
		return { words: joinNames(index, content), phrases };
	}
	/* Beside a single word, small words help to choose but are not asked for. */
	if (content.length === 1) {
		words.forEach(w => {
			w.extra = small(w);
		});
	}
	return { words: joinNames(index, [...content, ...words.filter(w => !content.includes(w))]), phrases };
}

/**
 * Makes one word of those that are together the name of a term.
 * @param {Index} index
 * @param {Word[]} words
 */
function joinNames(index, words) {
	const out = [];
	for (let i = 0; i < words.length;) {
		let best = 1;
		/** @type {string[] | undefined} */
		let others;
		const stands = (/** @type {string} */ w, /** @type {number} */ j) => {
			const word = words[i + j];
			return word && !word.quoted && word.any[0] === w;
		};
		index.same.forEach(names => names.forEach(name => {
			const list = name.split(" ");
			if (list.length > best && list.every(stands)) {
				best = list.length;
				others = names.filter(o => o !== name);
			}
		}));
		out.push(others ? { any: [], all: words.slice(i, i + best), others } : words[i]);
		i += best;
	}
	return out;
}

/**
 * Every form that words may have in the index.
 * @param {Word[]} words
 * @returns {string[]}
 */
function formsOf(words) {
	return words.flatMap(w => [
		...w.any, ...w.parts || [], ...formsOf(w.all || []), ...(w.others || []).flatMap(o => o.split(" ")),
	]);
}

/**
 * Gives words what they stand for. A compound or citation that is not in the
 * index becomes the words that it is made of.
 * @param {Index} index
 * @param {Word[]} words
 * @returns {Unit[]}
 */
function resolve(index, words) {
	const plain = (/** @type {string} */ form, last = false) => ({ form, found: entries(index, form, last), rare: 0 });
	return words.flatMap(w => {
		if (w.all) {
			const others = (w.others || []).map(o => ({ all: o.split(" ").map(f => plain(f)), w: .7 }));
			return [{ form: "", found: [], ways: [{ all: resolve(index, w.all), w: 1 }, ...others], rare: 0 }];
		}
		const known = w.any.find(f => exact(index, f)), form = known || w.any[0], parts = w.parts;
		if (parts && !known) {
			return parts.map((p, i) => plain(p, w.last && i === parts.length - 1));
		}
		const e = w.quoted ? exact(index, form) : null;
		const found = !w.quoted ? entries(index, form, w.last) : e ? [{ e, w: 1 }] : [];
		const guess = !w.last && !found.some(f => f.w === 1);
		return [{ form, found, parts, quoted: w.quoted, last: w.last, extra: w.extra, guess, rare: 0 }];
	});
}

/**
 * The entries of units.
 * @param {Unit[]} units
 * @returns {Entry[]}
 */
function entriesOf(units) {
	return units.flatMap(u => u.ways ? u.ways.flatMap(w => entriesOf(w.all)) : u.found.map(f => f.e));
}

/**
 * Writes what a unit is worth for each document into best, and returns the
 * documents.
 * @param {Index} index
 * @param {Unit} unit
 * @param {Float32Array} best
 * @returns {Int32Array}
 */
function weigh(index, unit, best) {
	const touched = unit.ways ? new Int32Array(index.n) : index.spare;
	let n = 0;
	const put = (/** @type {number} */ d, /** @type {number} */ v) => {
		const own = best[d];
		if (!own) {
			touched[n++] = d;
		}
		if (v > own) {
			best[d] = v;
		}
	};
	unit.found.forEach(({ e, w }) => {
		const { docs, levels } = postings(e);
		for (let i = 0; i < docs.length; i++) {
			put(docs[i], w * levels[i]);
		}
	});
	(unit.ways || []).forEach(way => {
		const maps = way.all.map(u => {
			const own = new Float32Array(index.n);
			return new Map(Array.from(weigh(index, u, own), d => [d, own[d]]));
		});
		maps[0].forEach((v, d) => {
			if (maps.every(m => m.has(d))) {
				put(d, way.w * maps.reduce((sum, m) => sum + (m.get(d) || 0), 0) / maps.length);
			}
		});
	});
	return touched.subarray(0, n);
}

/**
 * The documents that units find. Those that have only a part of the words are
 * among them if few have all; withdrawn ones count for next to nothing.
 * @param {Question} q
 * @param {Unit[]} units those that are asked for before those that are not
 * @param {Set<number> | null} only the documents that have the phrases
 * @returns {Ranking}
 */
function rank(q, units, only) {
	const { n: size, best, mask, touched, pageOf, gone } = q.index, pages = q.pages;
	const score = new Float32Array(size), masks = new Uint32Array(q.index.pages.length);
	const asked = units.filter(u => !u.extra), full = 2 ** asked.length - 1;
	/** @type {Ranking} */
	const out = { full: [], page: [], some: [], score, sum: 0 };
	let n = 0;
	/* One bit for each unit, in the mask of the document and of its page. */
	units.forEach((u, i) => {
		const bit = 2 ** i & full, docs = weigh(q.index, u, best);
		const letter = !u.ways && u.form.length === 1 && !SPACELESS.test(u.form);
		u.rare = Math.log(1 + size / (docs.length + 1)) * (letter ? .1 : 1);
		out.sum += u.extra ? 0 : u.rare;
		for (let j = 0; j < docs.length; j++) {
			const d = docs[j], p = pageOf[d];
			if (!(only && !only.has(d) || pages && !pages[p] || u.extra && !mask[d])) {
				if (!mask[d]) {
					touched[n++] = d;
				}
				mask[d] |= bit;
				masks[p] |= bit;
				score[d] += best[d] * u.rare;
			}
			best[d] = 0;
		}
	});

	/** @type {Record<number, number>} */
	const worth = {};
	/* What a part of the words is worth, from 0 to 1. */
	const part = (/** @type {number} */ m) =>
		worth[m] = worth[m] || asked.reduce((sum, u, i) => sum + (m >> i & 1) * u.rare, 0) / out.sum;
	const add = (/** @type {number[]} */ list, /** @type {number} */ d) => {
		const day = gone[pageOf[d]];
		if (list !== out.full) {
			score[d] *= part(mask[d]) ** 2;
		}
		if (day !== undefined && day <= q.day) {
			score[d] /= 1e4;
		}
		list.push(d);
	};
	const seen = touched.subarray(0, n);
	seen.forEach(d => {
		if (masks[pageOf[d]] === full) {
			add(mask[d] === full ? out.full : out.page, d);
		}
	});
	if (out.full.length + out.page.length < 3) {
		seen.forEach(d => {
			if (masks[pageOf[d]] !== full && part(mask[d]) >= .2) {
				add(out.some, d);
			}
		});
	}
	seen.forEach(d => {
		mask[d] = 0;
	});
	return out;
}

/**
 * The documents with the highest scores, in order.
 * @param {number[]} docs
 * @param {Float32Array} score
 * @param {number} most how many
 */
function highest(docs, score, most) {
	if (docs.length > most) {
		/* The least score that is high enough: first about, then exactly. */
		const steps = new Uint32Array(256), high = docs.reduce((h, d) => Math.max(h, score[d]), 0);
		const step = (/** @type {number} */ d) => 255 * score[d] / high | 0;
		docs.forEach(d => {
			steps[step(d)]++;
		});
		let low = 255;
		for (let n = steps[low]; n < most;) {
			n += steps[--low];
		}
		docs = docs.filter(d => step(d) >= low);
		const least = Float32Array.from(docs, d => score[d]).sort()[docs.length - most];
		docs = docs.filter(d => score[d] > least || score[d] === least && most-- > 0);
	}
	return docs.sort((a, b) => score[b] - score[a] || a - b);
}

/**
 * The documents that hold words one after the other; null if that is no
 * question, because there are fewer than two.
 * @param {Index} index
 * @param {Token[]} words
 */
async function phrase(index, words) {
	const some = words.filter(w => !index.stop.has(w.form)), found = [];
	for (const w of some) {
		const e = exact(index, w.form);
		if (!e) {
			return new Set();
		}
		found.push(e);
	}
	if (found.length < 2) {
		return null;
	}
	const [first, ...rest] = await Promise.all(found.map(e => placesOf(index, e)));
	const follows = (/** @type {number} */ d, /** @type {number} */ p) =>
		rest.every((m, j) => (m.get(d) || []).includes(p + some[j + 1].pos - some[0].pos));
	return new Set([...first].filter(([d, places]) => places.some(p => follows(d, p))).map(([d]) => d));
}

/**
 * The number of typing errors between two words; a swap is one. It is 99 when
 * there are more than a number.
 * @param {string} a
 * @param {string} b
 * @param {number} most
 */
function distance(a, b, most) {
	/** @type {number[]} */
	let before = [];
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			const swap = swapped ? before[j - 2] + 1 : 99, other = a[i - 1] !== b[j - 1] ? 1 : 0;
			next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + other, swap);
			least = Math.min(least, next[j]);
		}
		if (least > most) {
			return 99;
		}
		before = row;
		row = next;
	}
	return row[b.length];
}

/**
 * Words that are spelled nearly like a word, the likeliest first.
 * @param {Index} index
 * @param {string} word
 */
async function spelling(index, word) {
	const most = word.length < 7 ? 1 : 2, out = [];
	for (const v of await vocabulary(index)) {
		const d = Math.abs(v.text.length - word.length) > most ? 99 : distance(word, v.text, most);
		if (d && d <= most) {
			out.push({ text: v.text, rank: 8 * d - v.often / 4 + (v.text[0] !== word[0] ? 4 : 0) });
		}
	}
	return out.sort((a, b) => a.rank - b.rank).slice(0, 4);
}

/**
 * Gives units other spellings. When trying, only one is given, and only if
 * there is a document with it that has all words.
 * @param {Question} q
 * @param {Unit[]} units
 * @param {boolean} [trying]
 */
async function correct(q, units, trying) {
	for (const u of units) {
		if (u.quoted || u.form.length < 4 || /\P{L}/u.test(u.form) || SPACELESS.test(u.form)) {
			continue;
		}
		const own = u.found, near = (await spelling(q.index, u.form)).slice(0, q.units.length > 1 ? 4 : 1);
		await need(q.index, near.map(o => o.text));
		let good = trying || !near.length ? "" : near[0].text, most = 0;
		near.forEach(o => {
			u.found = entries(q.index, o.text);
			const r = rank(q, q.units.filter(x => !x.extra), null);
			const high = Math.max(0, ...highest(r.full, r.score, 1).map(d => r.score[d]));
			const best = high / r.sum * Math.exp(-o.rank / 8);
			if (best > most) {
				most = best;
				good = o.text;
			}
		});
		u.found = good ? entries(q.index, good).concat(own) : own;
		if (!good) {
			continue;
		}
		q.corrected = (q.corrected || q.query).replace(WORD, w => {
			if (fold(w) !== u.form) {
				return w;
			}
			if (!own.some(f => f.w === 1)) {
				q.missing.push(w);
			}
			return good;
		});
		u.form = good;
		if (trying) {
			return;
		}
	}
}

/**
 * Ranks what a query finds, with all that the index has if less does not do.
 * @param {Question} q
 */
async function rankAll(q) {
	const r = rank(q, q.units, q.only);
	const left = q.units.flatMap(u => u.found).filter(f => f.w === 1 && isCut(f.e)).map(f => f.e);
	if (!left.length || r.full.length >= q.enough && !q.pages) {
		return r;
	}
	await loadRest(q.index, left);
	return rank(q, q.units, q.only);
}

/**
 * Answers a query.
 * @param {Index} index
 * @param {string} query
 * @param {Options} options
 * @returns {Promise<Answer>}
 */
async function ask(index, query, { from = 0, limit = 10, day = "", pages = false }) {
	const { words, phrases } = parse(index, query), count = new Uint32Array(index.pages.length);
	/** @type {Answer} */
	const out = { corrected: "", missing: [], weak: -1, results: [], total: 0, pages: [], more: false };
	if (!words.length || !index.n) {
		return out;
	}
	const last = words.find(w => w.last);
	await need(index, formsOf(words), last && (last.parts || last.any).slice(-1)[0]);
	const units = resolve(index, words).slice(0, 24).sort((a, b) => Number(!!a.extra) - Number(!!b.extra));
	/** @type {Question} */
	const q = { index, query, units, only: null, day, pages, enough: from + limit, corrected: "", missing: [] };
	await correct(q, units.filter(u => !u.ways && !u.extra && u.found.every(f => f.w <= .4)));
	for (const p of phrases) {
		const set = await phrase(index, p), so = q.only;
		q.only = !set ? so : so ? new Set([...so].filter(d => set.has(d))) : set;
	}
	let ranking = await rankAll(q);
	if (!ranking.full.length && !q.only && units.length > 1 && !q.corrected) {
		/* Each word stands for something, but no section has all: one may be misspelled. */
		const none = !ranking.page.length;
		const likely = (/** @type {Unit} */ a, /** @type {Unit} */ b) =>
			Number(!!b.guess) - Number(!!a.guess) || b.rare - a.rare;
		await correct(q, units.filter(u => u.form && !u.extra && (none || u.guess)).sort(likely).slice(0, 2), true);
		ranking = await rankAll(q);
	}

	/* At most three documents of a page are shown. */
	const { score } = ranking, seen = count.slice();
	/** @type {{ doc: number, score: number }[]} */
	const list = [];
	const take = (/** @type {number[]} */ docs) => {
		docs.forEach(d => {
			if (++count[index.pageOf[d]] < 4) {
				out.total++;
			}
		});
		highest(docs, score, 300 + 3 * from).forEach(doc => {
			if (++seen[index.pageOf[doc]] < 4) {
				list.push({ doc, score: score[doc] });
			}
		});
	};
	take(ranking.full);
	take(ranking.page);
	const strong = list.length;
	if (strong < 3 && !q.only) {
		take(ranking.some);
	}
	if (strong < list.length) {
		out.weak = strong;
	}
	out.pages = count;
	out.corrected = q.corrected;
	out.missing = q.missing;
	out.more = entriesOf(units).some(isCut);
	const results = await describe(q, list.slice(from, from + limit)), weak = Math.max(0, strong - from);
	const order = (/** @type {Result} */ a, /** @type {Result} */ b) => b.score - a.score || a.doc - b.doc;
	out.results = results.slice(0, weak).sort(order).concat(results.slice(weak).sort(order));
	return out;
}
