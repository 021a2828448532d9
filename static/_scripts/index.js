/* The index: its files, as package search writes them, and what they say of a
   word. A file is a script, which a page may load from the disk too. */

/**
 * The documents of an entry, and what it is worth in each.
 * @typedef {{ docs: Int32Array, levels: Uint8Array }} Postings
 *
 * An entry: a word of the index. left is the number of the file, plus one, that
 * has the rest of its documents. Postings and places are read when they are
 * first asked for.
 * @typedef {{
 *   text: string, spots: number, group: number, count: number, left: number, posts: string, rest?: string,
 *   postings?: Postings, places?: Map<number, number[]>
 * }} Entry
 *
 * An entry that a word stands for, and how well: 1 is the word itself.
 * @typedef {{ e: Entry, w: number }} Found
 *
 * What is known of a page: since and until are days, or "".
 * @typedef {{ since: string, until: string, text: string }} Reason
 * @typedef {{ path: string, name: string, kind: string, ages: string, reasons: Reason[] }} Page
 *
 * A document: a heading of a page with the text below it.
 * @typedef {{ page: Page, anchor: string, heading: string, text: string }} Doc
 *
 * A filter: its values, for each page the places of those that it has, and the
 * boxes by which a reader chooses.
 * @typedef {{ id: string, name: string }} Value
 * @typedef {{ id: string, label: HTMLElement, box: HTMLInputElement, number: HTMLElement }} Choice
 * @typedef {{
 *   key: string, label: string, values: Value[], of: number[][], boxes: Choice[]
 * }} Facet
 *
 * An index that is open. firsts are the first words of the shards; stores and
 * pages the first documents of each file of texts and of each page; gone the
 * days on which pages were withdrawn. best, mask, touched and spare are space
 * for counting, kept because every query needs it and leaves it as it was.
 * @typedef {{
 *   base: string, build: string, files: Record<string, Promise<string>>,
 *   n: number, firsts: string[], stores: number[], pages: number[], pageOf: Int32Array, gone: (string | undefined)[],
 *   stop: Set<string>, endings: Set<string>, same: string[][],
 *   shards: (Entry[] | undefined)[], words?: { text: string, often: number }[],
 *   best: Float32Array, mask: Uint32Array, touched: Int32Array, spare: Int32Array
 * }} Index
 */

/* Numbers are five bits to a sign. */
const DIGITS = new Uint8Array(128);
[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((c, i) => {
	DIGITS[c.charCodeAt(0)] = i;
});

/**
 * Reads the numbers of a text one after the other.
 * @param {string} text
 */
function reader(text, at = 0) {
	function next() {
		for (let n = 0, shift = 0;; shift += 5) {
			const d = DIGITS[text.charCodeAt(at++)];
			n |= (d & 31) << shift;
			if (!(d & 32)) {
				return n;
			}
		}
	}
	return {
		next,
		more: () => at < text.length,
		rest: (/** @type {number} */ end = text.length) => text.slice(at, end),
	};
}

/**
 * A sorted list of numbers, of which the text has the steps.
 * @param {string} text
 */
function sums(text) {
	const r = reader(text), out = [];
	for (let n = 0; r.more();) {
		out.push(n += r.next());
	}
	return out;
}

/**
 * The number of those in a sorted list that are not above a value.
 * @template T, K
 * @param {ArrayLike<T>} list
 * @param {K} x
 * @param {(item: T) => K} key
 */
function upTo(list, x, key) {
	let low = 0, high = list.length;
	while (low < high) {
		const middle = low + high >> 1;
		if (key(list[middle]) <= x) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

/**
 * @template T
 * @param {T} x
 */
const itself = x => x;

/**
 * @template T
 * @param {T[]} list
 */
const unique = list => [...new Set(list)];

/* Files that have come, by their names. */
/** @type {Record<string, { build: string, text: string } | undefined>} */
const arrived = {};
window.handbookIndex = (build, name, text) => {
	arrived[name] = { build, text };
};

/**
 * Loads a file. It is an error if the file is not there, and if it is of
 * another build than the one asked for.
 * @param {string} url
 * @param {string} name
 * @param {string} [build]
 * @returns {Promise<{ build: string, text: string }>}
 */
function loadScript(url, name, build) {
	return new Promise((resolve, reject) => {
		const script = document.createElement("script");
		script.src = url;
		script.onload = () => {
			const file = arrived[name];
			script.remove();
			if (!file || build && file.build !== build) {
				reject(Error("mixed"));
			} else {
				resolve(file);
			}
		};
		script.onerror = () => {
			script.remove();
			reject(Error("missing"));
		};
		document.head.append(script);
	});
}

/**
 * Reads a file of the index, once; a file that did not come is tried again.
 * @param {Index} index
 * @param {string} name
 */
function load(index, name) {
	if (!(name in index.files)) {
		index.files[name] = loadScript(index.base + name + ".js?v=" + index.build, name, index.build).then(f => f.text, e => {
			delete index.files[name];
			throw e;
		});
	}
	return index.files[name];
}

/**
 * Opens the index at an address.
 * @param {string} base
 * @param {string} again what makes the browser ask for the first file anew
 * @returns {Promise<Index>}
 */
async function readIndex(base, again) {
	const { build, text } = await loadScript(base + "m0.js" + again, "m0"), lines = text.split("\n");
	const list = (/** @type {number} */ i) => lines[i] ? lines[i].split("\t") : [];
	const n = reader(lines[0]).next(), pages = sums(lines[3]), pageOf = new Int32Array(n);
	/** @type {(string | undefined)[]} */
	const gone = pages.map(() => undefined);
	pages.forEach((from, p) => pageOf.fill(p, from));
	list(4).forEach(line => {
		const [page, day] = line.split(" ");
		gone[+page] = day;
	});
	return {
		base, build, files: {}, n, firsts: list(1), stores: sums(lines[2]), pages, pageOf, gone,
		stop: new Set(fold(lines[5]).split(" ")),
		endings: new Set(lines[6].split(" ").concat("")),
		same: list(7).map(s => s.split("=")),
		shards: [],
		best: new Float32Array(n), mask: new Uint32Array(n), touched: new Int32Array(n), spare: new Int32Array(n),
	};
}

/**
 * The shard in which a word would stand.
 * @param {Index} index
 * @param {string} form
 */
function shardOf(index, form) {
	return Math.max(0, upTo(index.firsts, form, itself) - 1);
}

/**
 * The shards in which words with a beginning stand; at most three.
 * @param {Index} index
 * @param {string} prefix
 */
function shardsOf(index, prefix) {
	const out = [shardOf(index, prefix)];
	for (let i = out[0] + 1; out.length < 3 && (index.firsts[i] || "").startsWith(prefix); i++) {
		out.push(i);
	}
	return out;
}

/**
 * Loads the shards of words, and those of words with a beginning.
 * @param {Index} index
 * @param {string[]} forms
 * @param {string} [prefix]
 */
async function need(index, forms, prefix) {
	const shards = forms.map(f => shardOf(index, f)).concat(prefix ? shardsOf(index, prefix) : []);
	await Promise.all(unique(shards).map(async i => {
		if (index.firsts.length && !index.shards[i]) {
			index.shards[i] = readShard(await load(index, "p" + i));
		}
	}));
}

/**
 * The entries of a shard. Each shares the beginning of its word with the one
 * before; turns are the entries at which the next file of places begins.
 * @param {string} text
 * @returns {Entry[]}
 */
function readShard(text) {
	const [head, ...lines] = text.split("\n"), [first, ...turns] = sums(head);
	let word = "";
	return lines.map((line, n) => {
		const tab = line.indexOf("\t"), r = reader(line), q = reader(line, tab + 1);
		word = word.slice(0, r.next()) + r.rest(tab);
		const spots = first + upTo(turns, n + first, itself);
		const group = q.next(), count = q.next(), left = q.next() ? q.next() + 1 : 0;
		return { text: word, spots, group, count, left, posts: q.rest() };
	});
}

/**
 * The entry of a word itself.
 * @param {Index} index
 * @param {string} form
 */
function exact(index, form) {
	const list = index.shards[shardOf(index, form)] || [], e = list[upTo(list, form, o => o.text) - 1];
	return e && e.text === form ? e : null;
}

/**
 * What a word stands for: itself, other forms of it, and, if it may be the
 * beginning of one, longer words.
 * @param {Index} index
 * @param {string} form
 * @param {boolean} [prefix]
 * @returns {Found[]}
 */
function entries(index, form, prefix) {
	/** @type {Found[]} */
	const out = [];
	const e = exact(index, form), shard = index.shards[shardOf(index, form)] || [];
	const put = (/** @type {Entry} */ o, /** @type {number} */ w) => {
		if (!out.some(x => x.e === o)) {
			out.push({ e: o, w });
		}
	};
	if (e) {
		put(e, 1);
		if (e.group) {
			shard.filter(o => o.group === e.group).forEach(o => put(o, .8));
		}
	}
	if (prefix && form.length > 1) {
		shardsOf(index, form).flatMap(i => index.shards[i] || [])
			.filter(o => o.text.startsWith(form) && !/[(\d]/.test(o.text.slice(form.length)))
			.sort((a, b) => b.count - a.count).slice(0, 16)
			.forEach(o => put(o, .85 * Math.sqrt(form.length / o.text.length)));
	}
	if (!e && !/\P{L}/u.test(form)) {
		shard.forEach(o => {
			const w = kinship(index.endings, form, o.text);
			if (w) {
				put(o, w);
			}
		});
	}
	return out;
}

/**
 * How likely two words are forms of one: both end as words of the language do,
 * or at least the one that was asked for does. 0 is not at all.
 * @param {Set<string>} endings
 * @param {string} form
 * @param {string} other
 */
function kinship(endings, form, other) {
	let n = 0;
	while (n < form.length && form[n] === other[n]) {
		n++;
	}
	for (; n > 2 && form.length - n < 7; n--) {
		// A letter may be doubled before an ending: plan, planned.
		const ending = (/** @type {string} */ r) => endings.has(r[0] === form[n - 1] ? r.slice(1) : r);
		const rest = other.slice(n);
		if (!ending(form.slice(n))) {
			continue;
		}
		if (ending(rest) && (n > 3 || form.length + other.length < 11)) {
			return .7;
		}
		if (n > 3 && rest.length < 7) {
			return .4;
		}
	}
	return 0;
}

/**
 * The documents of an entry, as far as they are loaded.
 * @param {Entry} e
 * @returns {Postings}
 */
function postings(e) {
	if (!e.postings) {
		const docs = new Int32Array(e.count), levels = new Uint8Array(e.count);
		let i = 0;
		[e.posts, e.rest || ""].forEach(text => {
			for (const r = reader(text); r.more();) {
				const level = r.next();
				for (let n = r.next(), d = -1; n; n--) {
					docs[i] = d += r.next() + 1;
					levels[i++] = level;
				}
			}
		});
		e.postings = { docs: docs.subarray(0, i), levels };
	}
	return e.postings;
}

/**
 * Reports whether there are documents of an entry that are not loaded.
 * @param {Entry} e
 */
const isCut = e => e.left > 0 && e.rest === undefined;

/**
 * What a file has on an entry.
 * @param {Index} index
 * @param {Entry} e
 * @param {string} file
 */
async function lineOf(index, e, file) {
	const line = (await load(index, file)).split("\n").find(l => l.startsWith(e.text + "\t")) || "";
	return line.split("\t").slice(1);
}

/**
 * Loads the documents of entries that are too many for their shard.
 * @param {Index} index
 * @param {Entry[]} list
 */
async function loadRest(index, list) {
	await Promise.all(list.map(async e => {
		[e.rest] = await lineOf(index, e, "o" + (e.left - 1));
		e.postings = undefined;
	}));
}

/**
 * The places of an entry in each document that has it.
 * @param {Index} index
 * @param {Entry} e
 */
async function placesOf(index, e) {
	if (!e.places) {
		const [docs, counts, places] = (await lineOf(index, e, "x" + e.spots)).map(text => reader(text));
		e.places = new Map();
		for (let d = -1; docs.more();) {
			let p = 0;
			e.places.set(d += docs.next(), Array.from({ length: counts.next() }, () => p += places.next()));
		}
	}
	return e.places;
}

/**
 * The words of the handbook, and how often each stands in it.
 * @param {Index} index
 */
async function vocabulary(index) {
	const file = await load(index, "v0");
	let text = "";
	index.words = index.words || file.split("\n").map(line => {
		const r = reader(line), often = r.next();
		text = text.slice(0, r.next()) + r.rest();
		return { text, often };
	});
	return index.words;
}

/**
 * The documents of a file of texts, by number. The line of a page stands
 * before those of its documents.
 * @param {Index} index
 * @param {number} i
 */
async function readStore(index, i) {
	const lines = (await load(index, "d" + i)).split("\n");
	/** @type {Record<number, Doc>} */
	const out = {};
	/** @type {Page | undefined} */
	let page;
	for (let d = index.stores[i], at = 0; at < lines.length - 1; d++) {
		if (!page || index.pages[index.pageOf[d]] === d) {
			const [path, name, kind, ages, ...rest] = lines[at++].split("\t");
			page = { path, name, kind, ages, reasons: [] };
			for (let j = 0; j < rest.length; j += 3) {
				page.reasons.push({ since: rest[j], until: rest[j + 1], text: rest[j + 2] });
			}
		}
		const [anchor, heading, text] = lines[at++].split("\t");
		out[d] = { page, anchor, heading, text };
	}
	return out;
}

/**
 * The filters.
 * @param {Index} index
 * @returns {Promise<Facet[]>}
 */
async function readFacets(index) {
	const lines = (await load(index, "f0")).split("\n"), out = [];
	for (let i = 0; i + 1 < lines.length; i += 2) {
		const [key, label, ...rest] = lines[i].split("\t"), r = reader(lines[i + 1]), values = [];
		for (let j = 0; j < rest.length; j += 2) {
			values.push({ id: rest[j], name: rest[j + 1] });
		}
		out.push({ key, label, values, of: index.pages.map(() => Array.from({ length: r.next() }, r.next)), boxes: [] });
	}
	return out;
}
