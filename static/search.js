/* Search: the words, the index and its questions, and what is seen of it.
   Package search of the handbook program writes the index and explains it.
   All of it happens in this browser: no query leaves it. */
(() => {
	"use strict";

	/* Words, cut as package search cuts them. */

	const SPELLED = {};
	"_- \u2010- \u2011- \u2018' \u2019' \u02bc' \u2032' ßss æae œoe øo łl đd ðd þth ħh ŧt ıi ςσ \u0649\u064a \u06cc\u064a \u0629\u0647 \u06a9\u0643 §s".split(" ").forEach(s => { SPELLED[s[0]] = s.slice(1); });
	const SPELL = RegExp("[" + Object.keys(SPELLED).join("") + "\u0660-\u0669\u06f0-\u06f9]", "g");
	const WORD = /[\p{L}\p{N}\p{M}]+/gu;
	const SPACELESS = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
	const PART = /^(ss?|sec|sections?|parts?|pt|ch|chapter)$/;
	const NUMBER = /^\d+[a-z]{0,4}([.-]\d+[a-z]{0,4})*$/;

	const fold = text => text.normalize("NFKD").toLowerCase().replace(/[\p{Cf}\p{M}\u0640]/gu, c => c > "\u06ff" && /\p{M}/u.test(c) ? c : "")
		.replace(/§/g, " § ").replace(SPELL, c => SPELLED[c] || c.charCodeAt(0) & 15).normalize("NFC");

	/* Tokens, compounds and citations of a text. */
	function cut(text) {
		const s = fold(text), words = [...s.matchAll(WORD)], list = [], seq = [], chains = [], cites = [];
		let pos = 0;
		const add = (form, at, extra) => [...form].length > 60 || list.push({ form, pos: at, extra });
		const word = (form, at, inner) => seq.push({ form, pos: at, inner, chain: chains.length });
		for (let i = 0; i < words.length; i++) {
			const w = words[i][0], start = words[i].index, parts = [w], joints = [];
			let end = start + w.length;
			if (SPACELESS.test(w)) {
				const signs = [...w];
				for (let j = 0; j < signs.length; j++) {
					let form = signs[j];
					if (!SPACELESS.test(form)) {
						while (j + 1 < signs.length && !SPACELESS.test(signs[j + 1])) { form += signs[++j]; }
						word(form, pos);
					} else if (SPACELESS.test(signs[j + 1] || "")) {
						form += signs[j + 1];
					} else if (SPACELESS.test(signs[j - 1] || "")) { continue; }
					chains.push({ parts: [form], end });
					add(form, pos++);
				}
				continue;
			}
			for (; i + 1 < words.length; i++) {
				const c = s[end], next = words[i + 1][0];
				if (words[i + 1].index !== end + 1 || !/[-.']/.test(c) || SPACELESS.test(next) || c === "." && /^(ss?|sec)$/.test(parts) && /^\d/.test(next)) { break; }
				if (c !== "'") {
					parts.push(next);
					joints.push(c);
				} else if (/^(t|re|ll|ve|d|m)$/.test(next)) {
					parts.push(parts.pop() + next);
				} else if (next !== "s") { break; }
				end += 1 + next.length;
			}
			const n = parts.length, figure = n < 6 && /[0-9]/.test(parts), initials = parts.every(p => /^[^0-9]$/u.test(p)) && !joints.includes("-");
			let whole = "";
			if (n === 1 || initials) {
				parts.splice(0, n, parts.join(""));
				word(parts[0], pos, n === 1 && s[start - 1] === "(" && /[a-z0-9)]/.test(s[start - 2]) && s[end] === ")");
			} else if (figure) {
				whole = parts.reduce((a, p, j) => a + joints[j - 1] + p);
				word(whole, pos);
			} else {
				whole = n < 4 && !joints.includes(".") && !/[0-9]/.test(parts) ? parts.join("") : "";
				parts.forEach((p, j) => word(p, pos + j));
			}
			chains.push({ parts, whole, end });
			parts.forEach((p, j) => {
				add(p, pos++);
				if (!j && whole) { add(whole, pos - 1, true); }
			});
		}
		for (let i = 0; i < seq.length;) { i = Math.max(cite(i), i + 1); }
		list.sort((a, b) => a.pos - b.pos);
		return { text: s, list, chains, cites };

		function at(i) { return i < seq.length ? seq[i].form : ""; }
		function cite(i) {
			const w = at(i), line = [0, 1, 2, 3, 4].map(j => at(i + j)).join(" ") + " ", has = /^\d{1,3}$/.test(w);
			let m = has && /^\d+ (usca?|us c(ode)?|u sc|u s c|cfr|c f r) /.exec(line);
			if (m) { return numbers(w + (m[1][0] === "u" ? "usc" : "cfr"), i + m[0].split(" ").length - 1, i); }
			m = has && (/^\d+ (us|nlrb)( no)? (\d+) /.exec(line) || /^\d+ (ilcs)() (\d+) /.exec(line));
			if (m && (!m[2] || m[1] === "nlrb")) {
				const end = i + m[0].split(" ").length - 1, form = w + m[1] + m[3], more = m[1] === "ilcs" && NUMBER.test(at(end));
				return found(i, end + more, more ? [form, form + "/" + at(end)] : [form]);
			}
			m = /^(p(?:l|ub l|ublic law|a|ublic act)) (?:no )?(\d+-\d+) /.exec(line) || /^(e)(?:o|xec order|xecutive order) (?:no )?(\d+) /.exec(line);
			if (m) { return found(i, i + m[0].split(" ").length - 1, [(m[1] === "e" ? "eo" : /a/.test(m[1]) && !/w/.test(m[1]) ? "pa" : "publ") + m[2]]); }
			m = /^(?:(r?s[a-z]{1,3}) (\d{4})|cqlr|ccsm) (?:c|ch|chapter) (\S*\d\S*) /.exec(line);
			if (m) { return found(i, i + m[0].split(" ").length - 1, [w + (m[2] || "") + "c" + m[3]]); }
			return w[0] === "s" && PART.test(w) ? numbers("s", i + 1, i) : i;
		}
		function found(i, end, forms) {
			forms.forEach(f => add(f, seq[i].pos, true));
			cites.push({ from: seq[i].chain, to: seq[end - 1].chain, forms: forms.reverse() });
			return end;
		}
		function numbers(prefix, j, i) {
			while (PART.test(at(j))) { j++; }
			if (!NUMBER.test(at(j))) { return i; }
			for (;; i = ++j) {
				const number = at(j++), dot = number.indexOf("."), forms = [];
				let form = prefix + number;
				if (dot > 0 && /cfr$/.test(prefix)) { forms.push(prefix + number.slice(0, dot)); }
				forms.push(form);
				while (j < seq.length && seq[j].inner && /^[a-z0-9]{1,4}$/.test(at(j))) { forms.push(form += "(" + at(j++) + ")"); }
				found(i, j, forms);
				if (prefix === "s" || !/^(and|or|to)$/.test(at(j)) || !NUMBER.test(at(j + 1)) || /^(cfr|usc)$/.test(at(j + 2))) { return j; }
			}
		}
	}

	/* Files: numbers are five bits to a sign. */

	const DIGITS = new Uint8Array(128);
	[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((c, i) => { DIGITS[c.charCodeAt(0)] = i; });

	function reader(text, at = 0) {
		const next = () => {
			for (let n = 0, shift = 0;; shift += 5) {
				const d = DIGITS[text.charCodeAt(at++)];
				n |= (d & 31) << shift;
				if (!(d & 32)) { return n; }
			}
		};
		return { next, more: () => at < text.length, rest: end => text.slice(at, end) };
	}

	function steps(text) {
		const r = reader(text), out = [];
		for (let n = 0; r.more();) { out.push(n += r.next()); }
		return out;
	}

	const arrived = {};
	window.handbookIndex = (build, name, text) => { arrived[name] = { build, text }; };

	/* Where in a sorted list to stand: the number of those that are <= x. */
	function upTo(list, x, of = v => v) {
		let low = 0, high = list.length;
		while (low < high) {
			const middle = low + high >> 1;
			if (of(list[middle]) <= x) { low = middle + 1; } else { high = middle; }
		}
		return low;
	}

	const unique = list => [...new Set(list)];

	/* The number of typing errors between two words; a swap is one. */
	function distance(a, b, most) {
		let before, row = [...b, 0].map((c, j) => j);
		for (let i = 1; i <= a.length; i++) {
			const next = [i];
			let least = i;
			for (let j = 1; j <= b.length; j++) {
				const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : 99;
				next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]), swap);
				if (next[j] < least) { least = next[j]; }
			}
			if (least > most) { return 99; }
			before = row;
			row = next;
		}
		return row[b.length];
	}

	/* The index at an address. */
	function open(base) {
		let files = {}, index, again = "";

		const load = name => files[name] = files[name] || new Promise((resolve, reject) => {
			const script = document.createElement("script");
			script.src = base + name + ".js" + (index ? "?v=" + index.build : again);
			script.onload = () => {
				const a = arrived[name];
				script.remove();
				if (!a || index && a.build !== index.build) { reject(Error("mixed")); } else { resolve(index ? a.text : a); }
			};
			script.onerror = () => {
				script.remove();
				delete files[name];
				reject(Error("missing"));
			};
			document.head.append(script);
		});

		async function start() {
			if (index) { return; }
			const { build, text } = await load("m0"), l = text.split("\n");
			const n = reader(l[0]).next(), pages = steps(l[3]), pageOf = new Int32Array(n), gone = pages.map(() => undefined);
			pages.forEach((from, p) => pageOf.fill(p, from));
			(l[4] ? l[4].split("\t") : []).forEach(g => { gone[g.split(" ")[0]] = g.split(" ")[1]; });
			index = index || { build, n, firsts: l[1] ? l[1].split("\t") : [], stores: steps(l[2]), pages, pageOf, gone,
				stop: new Set(fold(l[5]).split(" ")), endings: new Set(l[6].split(" ").concat("")),
				same: l[7] ? l[7].split("\t").map(s => s.split("=")) : [], shards: [],
				best: new Float32Array(n), mask: new Uint32Array(n), touched: new Int32Array(n), spare: new Int32Array(n) };
		}

		const shardOf = form => Math.max(0, upTo(index.firsts, form) - 1);

		/* The shards in which words with a beginning stand; at most three. */
		function shardsOf(prefix) {
			const out = [shardOf(prefix)];
			for (let i = out[0] + 1; out.length < 3 && (index.firsts[i] || "").startsWith(prefix); i++) { out.push(i); }
			return out;
		}

		const need = (forms, prefix) => Promise.all(unique(forms.map(shardOf).concat(prefix ? shardsOf(prefix) : [])).map(async i => {
			if (!index.firsts.length || index.shards[i]) { return; }
			let text = "";
			const [head, ...lines] = (await load("p" + i)).split("\n"), [first, ...turns] = steps(head);
			index.shards[i] = lines.map((line, n) => {
				const tab = line.indexOf("\t"), r = reader(line), q = reader(line, tab + 1);
				text = text.slice(0, r.next()) + r.rest(tab);
				return { text, spots: first + upTo(turns, n + first), group: q.next(), count: q.next(), left: q.next() && q.next() + 1, posts: q.rest() };
			});
		}));

		function exact(form) {
			const list = index.shards[shardOf(form)] || [], e = list[upTo(list, form, o => o.text) - 1];
			return e && e.text === form ? e : null;
		}

		/* What a word stands for: itself, other forms of it, and what it begins. */
		function entries(form, prefix) {
			const out = [], e = exact(form), lines = index.shards[shardOf(form)] || [];
			const put = (o, w) => { if (!out.some(x => x.e === o)) { out.push({ e: o, w }); } };
			if (e) {
				put(e, 1);
				if (e.group) { lines.forEach(o => { if (o.group === e.group) { put(o, .8); } }); }
			}
			if (prefix && form.length > 1) {
				shardsOf(form).flatMap(i => index.shards[i] || []).filter(o => o.text.startsWith(form) && !/[(\d]/.test(o.text.slice(form.length)))
					.sort((a, b) => b.count - a.count).slice(0, 16).forEach(o => put(o, .85 * Math.sqrt(form.length / o.text.length)));
			}
			if (!e && !/\P{L}/u.test(form)) {
				lines.forEach(o => {
					let n = 0;
					while (n < form.length && form[n] === o.text[n]) { n++; }
					for (; n > 2 && form.length - n < 7; n--) {
						const ending = r => index.endings.has(r[0] === form[n - 1] ? r.slice(1) : r), rest = o.text.slice(n);
						if (ending(form.slice(n))) { if (ending(rest) && (n > 3 || form.length + o.text.length < 11)) { put(o, .7); } else if (n > 3 && rest.length < 7) { put(o, .4); } }
					}
				});
			}
			return out;
		}

		/* The documents of an entry and the impact on each. */
		function documents(e) {
			if (!e.docs) {
				const docs = new Int32Array(e.count), levels = e.levels = new Uint8Array(e.count);
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
				e.docs = docs.subarray(0, i);
			}
			return e.docs;
		}

		/* What a file has on an entry. */
		const listOf = async (e, file) => (await load(file)).split("\n").find(l => l.startsWith(e.text + "\t")).split("\t").slice(1);

		/* Loads the documents of entries that are too many for their shard. */
		const overflow = list => Promise.all(list.map(async e => {
			[e.rest] = await listOf(e, "o" + (e.left - 1));
			e.docs = null;
		}));

		/* The documents that hold words one after the other. */
		async function phrase(words) {
			const some = words.filter(w => !index.stop.has(w.form)), es = some.map(w => exact(w.form));
			if (es.includes(null)) { return new Set(); }
			if (es.length < 2) { return null; }
			const maps = await Promise.all(es.map(async e => {
				if (!e.places) {
					const [docs, counts, places] = (await listOf(e, "x" + e.spots)).map(t => reader(t));
					e.places = new Map();
					for (let d = -1; docs.more();) {
						let p = 0;
						e.places.set(d += docs.next(), Array.from({ length: counts.next() }, () => p += places.next()));
					}
				}
				return e.places;
			}));
			return new Set([...maps[0].keys()].filter(d => maps[0].get(d).some(p =>
				maps.every((m, j) => (m.get(d) || []).includes(p + some[j].pos - some[0].pos)))));
		}

		/* Words that are spelled nearly like a word, the likeliest first. */
		async function spelling(word) {
			const most = word.length < 7 ? 1 : 2, out = [], file = await load("v0");
			let text = "";
			index.words = index.words || file.split("\n").map(line => {
				const r = reader(line), often = r.next();
				text = text.slice(0, r.next()) + r.rest();
				return { text, often };
			});
			for (const v of index.words) {
				const d = Math.abs(v.text.length - word.length) > most ? 99 : distance(word, v.text, most);
				if (d && d <= most) { out.push({ text: v.text, rank: 8 * d - v.often / 4 + 4 * (v.text[0] !== word[0]) }); }
			}
			return out.sort((a, b) => a.rank - b.rank).slice(0, 4);
		}

		/* Takes a query apart into words, each with the forms that it may have
		   in the index, and phrases. */
		function parse(query) {
			const words = [], phrases = [];
			query.slice(0, 400).split(/["“”„«»]/).forEach((part, quoted, all) => {
				const c = cut(part), end = quoted === all.length - 1;
				quoted %= 2;
				if (quoted) { phrases.push(c.list.filter(t => !t.extra)); }
				for (let i = 0; i < c.chains.length; i++) {
					const { parts, whole, end: stop } = c.chains[i], cited = !quoted && c.cites.find(x => x.from === i);
					const last = !quoted && end && stop === c.text.length;
					if (cited) {
						words.push({ any: cited.forms, parts: c.chains.slice(i, cited.to + 1).flatMap(x => x.parts).filter(p => !PART.test(p)) });
						i = cited.to;
					} else if (whole && !quoted) {
						words.push({ any: [whole], parts, last });
					} else {
						parts.forEach((p, j) => words.push({ any: [p], quoted, last: last && j === parts.length - 1 }));
					}
				}
			});
			const small = w => !w.parts && !w.quoted && index.stop.has(w.any[0]), content = words.filter(w => !small(w));
			/* Beside a single word, small words help to choose but are not asked for. */
			if (content.length === 1) { words.forEach(w => { w.extra = small(w); }); }
			return { words: join(content.length < 2 ? [...content, ...words.filter(w => !content.includes(w))] : content), phrases };
		}

		/* Makes one word of those that are together the name of a term. */
		function join(words) {
			const out = [];
			for (let i = 0; i < words.length; i++) {
				let best = 1, others;
				index.same.forEach(set => set.forEach(name => {
					const n = name.split(" ");
					if (n.length > best && n.every((w, j) => words[i + j] && !words[i + j].quoted && words[i + j].any[0] === w)) {
						best = n.length;
						others = set.filter(o => o !== name);
					}
				}));
				out.push(others ? { any: [], all: words.slice(i, i + best), others } : words[i]);
				i += best - 1;
			}
			return out;
		}

		const formsOf = words => words.flatMap(w => [...w.any, ...w.parts || [], ...formsOf(w.all || []), ...(w.others || []).flatMap(o => o.split(" "))]);

		/* Gives words what they stand for. A compound or citation that is not in
		   the index becomes the words that it is made of. */
		const resolve = words => words.flatMap(w => {
			if (w.all) {
				return { found: [], ways: [{ all: resolve(w.all), w: 1 }, ...w.others.map(o => ({ all: o.split(" ").map(f => ({ found: entries(f) })), w: .7 }))] };
			}
			const form = w.any.find(exact);
			if (w.parts && !form) {
				return w.parts.map((p, i) => ({ form: p, found: entries(p, w.last && i === w.parts.length - 1) }));
			}
			const found = w.quoted ? form ? [{ e: exact(form), w: 1 }] : [] : entries(form || w.any[0], w.last);
			return { form: form || w.any[0], extra: w.extra, quoted: w.quoted, parts: w.parts, found, last: w.last, guess: !w.last && !found.some(f => f.w === 1) };
		});

		const all = units => units.flatMap(u => u.ways ? u.ways.flatMap(w => all(w.all)) : u.found.map(f => f.e));

		/* Writes what a unit is worth for each document into best, and gives
		   the documents. */
		function weigh(unit, best) {
			const lists = unit.found.map(f => documents(f.e)), touched = unit.ways ? new Int32Array(index.n) : index.spare;
			let n = 0;
			const put = (d, v) => {
				const own = best[d];
				if (!own) { touched[n++] = d; }
				if (v > own) { best[d] = v; }
			};
			unit.found.forEach(({ e, w }, j) => {
				const docs = lists[j], levels = e.levels;
				for (let i = 0; i < docs.length; i++) { put(docs[i], w * levels[i]); }
			});
			(unit.ways || []).forEach(way => {
				const maps = way.all.map(u => {
					const own = new Float32Array(index.n);
					return new Map([...weigh(u, own)].map(d => [d, own[d]]));
				});
				maps[0].forEach((v, d) => {
					if (maps.every(m => m.has(d))) { put(d, way.w * maps.reduce((sum, m) => sum + m.get(d), 0) / maps.length); }
				});
			});
			return touched.subarray(0, n);
		}

		/* The documents with all units, those whose page has them, and, if these
		   are few, others that have a part of what they tell; withdrawn ones count
		   for next to nothing. */
		function rank(units, only, pages, day) {
			const score = new Float32Array(index.n), { best, mask, touched, pageOf, gone } = index;
			const masks = new Uint32Array(index.pages.length), asked = units.filter(u => !u.extra), full = 2 ** asked.length - 1, out = [[], [], []];
			let sum = 0, n = 0;
			units.forEach((u, i) => {
				const bit = 2 ** i & full, docs = weigh(u, best), rare = u.rare = Math.log(1 + index.n / (docs.length + 1)) * (u.ways || u.form.length > 1 || SPACELESS.test(u.form) ? 1 : .1);
				sum += u.extra ? 0 : rare;
				for (let j = 0; j < docs.length; j++) {
					const d = docs[j], p = pageOf[d];
					if (!(only && !only.has(d) || pages && !pages[p] || u.extra && !mask[d])) {
						if (!mask[d]) { touched[n++] = d; }
						mask[d] |= bit;
						masks[p] |= bit;
						score[d] += best[d] * rare;
					}
					best[d] = 0;
				}
			});
			/* What a part of the words is worth. */
			const parts = {}, part = m => parts[m] = parts[m] || asked.reduce((a, u, i) => a + (m >> i & 1) * u.rare, 0) / sum;
			const add = (kind, d) => {
				if (kind) { score[d] *= part(mask[d]) ** 2; }
				if (gone[pageOf[d]] <= day) { score[d] /= 1e4; }
				out[kind].push(d);
			};
			for (let i = 0; i < n; i++) {
				const d = touched[i];
				if (masks[pageOf[d]] === full) { add(mask[d] === full ? 0 : 1, d); }
			}
			if (out[0].length + out[1].length < 3) {
				for (let i = 0; i < n; i++) {
					const d = touched[i];
					if (masks[pageOf[d]] !== full && part(mask[d]) >= .2) { add(2, d); }
				}
			}
			for (let i = 0; i < n; i++) { mask[touched[i]] = 0; }
			out.score = score;
			out.sum = sum;
			return out;
		}

		/* The documents with the highest scores, in order. */
		function top(docs, score, most) {
			if (docs.length > most) {
				/* The least score that is high enough: first about, then exactly. */
				const steps = new Uint32Array(256), high = docs.reduce((h, d) => Math.max(h, score[d]), 0), step = d => 255 * score[d] / high | 0;
				docs.forEach(d => { steps[step(d)]++; });
				let low = 255;
				for (let n = steps[low]; n < most;) { n += steps[--low]; }
				docs = docs.filter(d => step(d) >= low);
				const least = Float32Array.from(docs, d => score[d]).sort()[docs.length - most];
				docs = docs.filter(d => score[d] > least || score[d] === least && most-- > 0);
			}
			return docs.sort((a, b) => score[b] - score[a] || a - b);
		}

		async function run(query, { from = 0, limit = 10, day = "", pages }) {
			const { words, phrases } = parse(query), shown = { corrected: "", missing: [], weak: -1, results: [], total: 0, pages: [], more: false };
			if (!words.length || !index.n) { return shown; }
			const last = words.find(w => w.last);
			await need(formsOf(words), last && (last.parts || last.any).slice(-1)[0]);
			const units = resolve(words).slice(0, 24).sort((a, b) => !!a.extra - !!b.extra);
			await correct(units.filter(u => !u.ways && !u.extra && u.found.every(f => f.w <= .4)));
			let only = null, lists;
			for (const p of phrases) {
				const set = await phrase(p);
				only = !set ? only : only ? new Set([...only].filter(d => set.has(d))) : set;
			}
			await score();
			if (!lists[0].length && !only && units.length > 1 && !shown.corrected) {
				/* Each word stands for something, but no section has all: one may be misspelled. */
				await correct(units.filter(u => u.form && !u.extra && (!lists[1].length || u.guess)).sort((a, b) => !!b.guess - !!a.guess || b.rare - a.rare).slice(0, 2), true);
				await score();
			}

			const { score: worth } = lists, count = new Uint32Array(index.pages.length), seen = count.slice(), list = [];
			const take = docs => {
				for (const d of docs) {
					if (++count[index.pageOf[d]] < 4) { shown.total++; }
				}
				top(docs, worth, 300 + 3 * from).forEach(doc => {
					if (++seen[index.pageOf[doc]] < 4) { list.push({ doc, score: worth[doc] }); }
				});
			};
			take(lists[0]);
			take(lists[1]);
			const strong = list.length;
			if (strong < 3 && !only) { take(lists[2]); }
			if (strong < list.length) { shown.weak = strong; }
			shown.pages = count;

			const some = list.slice(from, from + limit), place = new Uint8Array(index.n), asked = units.filter(u => !u.extra);
			await Promise.all(unique(some.map(r => upTo(index.stores, r.doc) - 1)).map(async i => {
				const docs = await store(i);
				some.forEach(r => Object.assign(r, docs[r.doc]));
			}));
			some.forEach((r, i) => {
				place[r.doc] = i + 1;
				r.forms = [];
			});
			unique(all(units)).forEach(e => {
				const docs = documents(e);
				for (let i = 0; i < docs.length; i++) {
					if (place[docs[i]]) { some[place[docs[i]] - 1].forms.push(e.text); }
				}
			});
			const flat = wordsOf(shown.corrected || query), whole = fold(shown.corrected || query).trim();
			some.forEach(r => {
				const heading = r.heading || r.page.name.replace(/^[\d.]+ /, ""), marks = marker(r.forms, units), hits = hitsOf(r.text, marks);
				r.score *= 1 + 1.5 * closeness(heading, flat, asked) ** (r.page.kind ? 9 : 3) + .15 * nearness(hits) + (flat.length > 1 && fold(r.text).includes(whole) ? .3 : 0);
				r.title = mark(r.page.name, marks);
				r.under = r.heading ? mark(r.heading, marks) : [];
				r.excerpt = excerpt(r.text, marks, hits);
			});
			const weak = Math.max(0, strong - from), order = (a, b) => b.score - a.score || a.doc - b.doc;
			shown.results = some.slice(0, weak).sort(order).concat(some.slice(weak).sort(order));
			return shown;

			async function score() {
				lists = rank(units, only, pages, day);
				const left = units.flatMap(u => u.found).filter(f => f.w === 1 && f.e.left && f.e.rest === undefined).map(f => f.e);
				if (left.length && (lists[0].length < from + limit || pages)) {
					await overflow(left);
					lists = rank(units, only, pages, day);
				}
				shown.more = all(units).some(e => e.left && e.rest === undefined);
			}

			/* Finds other spellings; when trying, only one with which a document
			   has all words. */
			async function correct(some, trying) {
				for (const u of some) {
					if (u.quoted || u.form.length < 4 || /\P{L}/u.test(u.form) || SPACELESS.test(u.form)) { continue; }
					const own = u.found, near = (await spelling(u.form)).slice(0, units.length > 1 ? 4 : 1);
					await need(near.map(o => o.text));
					let good = trying || !near.length ? "" : near[0].text, most = 0;
					near.forEach(o => {
						u.found = entries(o.text);
						const r = rank(units.filter(x => !x.extra), null, pages, day), best = Math.max(0, ...top(r[0], r.score, 1).map(d => r.score[d])) / r.sum * Math.exp(-o.rank / 8);
						if (best > most) {
							most = best;
							good = o.text;
						}
					});
					u.found = good ? entries(good).concat(own) : own;
					if (!good) { continue; }
					shown.corrected = (shown.corrected || query).replace(WORD, w => {
						if (fold(w) !== u.form) { return w; }
						if (!own.some(f => f.w === 1)) { shown.missing.push(w); }
						return good;
					});
					u.form = good;
					if (trying) { return; }
				}
			}
		}

		const wordsOf = text => cut(text).list.filter(t => !t.extra).map(t => t.form);

		/* How nearly a heading says what was asked, from 0 to 1: the words that both
		   have in the same order, of all that they have. Small words count little. */
		function closeness(heading, asked, units) {
			const list = wordsOf(heading), weight = w => index.stop.has(w) ? .25 : 1, sum = l => l.reduce((n, w) => n + weight(w), 0);
			const same = (a, h) => a === h ? 1 : Math.max(0, ...units.filter(u => u.form === a).map(u => u.found.some(f => f.e.text === h) ? u.last ? .9 : .8 : 0));
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

		/* Tells whether a word of a text is to be marked, and as what. */
		function marker(forms, units) {
			const set = new Set(forms), pairs = forms.filter(f => SPACELESS.test(f));
			units.forEach(u => { if (u.parts && set.has(u.form)) { u.parts.forEach(p => set.add(p)); } });
			index.same.forEach(names => { if (names.some(n => set.has(n))) { names.join(" ").split(" ").forEach(w => set.add(w)); } });
			return word => {
				const f = fold(word);
				return set.has(f) ? f : pairs.find(p => f.includes(p));
			};
		}

		/* The documents of a store, by number. */
		async function store(i) {
			const l = (await load("d" + i)).split("\n"), out = {};
			let page, at = 0;
			for (let d = index.stores[i]; at < l.length - 1; d++) {
				if (!page || index.pages[index.pageOf[d]] === d) {
					const [path, name, kind, ages, ...rest] = l[at++].split("\t");
					page = { path, name, kind, ages, reasons: [] };
					for (let j = 0; j < rest.length; j += 3) { page.reasons.push({ since: rest[j], until: rest[j + 1], text: rest[j + 2] }); }
				}
				const [anchor, heading, text] = l[at++].split("\t");
				out[d] = { page, anchor, heading, text };
			}
			return out;
		}

		/* For each filter its values, and which of them each page has. */
		async function facets() {
			const l = (await load("f0")).split("\n"), out = [];
			for (let i = 0; i + 1 < l.length; i += 2) {
				const [key, label, ...rest] = l[i].split("\t"), r = reader(l[i + 1]), values = [];
				for (let j = 0; j < rest.length; j += 2) { values.push({ id: rest[j], name: rest[j + 1] }); }
				out.push({ key, label, values, of: index.pages.map(() => Array.from({ length: r.next() }, r.next)) });
			}
			return out;
		}

		/* A file that is missing or of another build: the handbook may have been
		   published anew. Begin again, once, past what the browser keeps. */
		async function guard(job) {
			try {
				await start();
				return await job();
			} catch (e) {
				files = {};
				index = null;
				again = "?t=" + Date.now();
				await start();
				return job();
			}
		}

		return { warm: () => guard(() => 0), search: (query, opt) => guard(() => run(query, opt || {})), facets: () => guard(facets) };
	}

	/* A text in pieces; those at odd places are marked. */
	function mark(text, marks) {
		const out = [""];
		let from = 0;
		for (const m of text.matchAll(WORD)) {
			if (marks(m[0])) {
				out.push(out.pop() + text.slice(from, m.index), m[0], "");
				from = m.index + m[0].length;
			}
		}
		out.push(out.pop() + text.slice(from));
		return out;
	}

	/* The marked words of a text, and where they are. */
	const hitsOf = (text, marks) => [...text.matchAll(WORD)].map((m, i) => ({ i, at: m.index, form: marks(m[0]) })).filter(h => h.form);

	/* How close together the marked words of a text stand, from 0 to 1. */
	function nearness(hits) {
		const last = new Map(), n = unique(hits.map(h => h.form)).length;
		let best = 0;
		if (n < 2) { return 0; }
		hits.forEach(h => {
			last.delete(h.form);
			last.set(h.form, h.i);
			if (last.size === n) {
				const [first] = last.values();
				best = Math.max(best, n / (h.i - first + 1));
			}
		});
		return best;
	}

	/* The part of a text with the most different marked words. */
	function excerpt(text, marks, hits) {
		let most = 0, from = 0;
		hits.forEach((h, i) => {
			const near = [];
			for (let j = i; j < hits.length && hits[j].at < h.at + 220; j++) { near.push(hits[j].form); }
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

	window.handbookSearch = { open, cut };

	/* What is seen. Texts of the handbook become text, never markup. */

	const script = document.currentScript, book = window.handbook, today = book ? book.dayOf(new Date()) : "";
	const lost = "Search could not load; try the A to Z.";

	function make(tag, name, ...inside) {
		const e = document.createElement(tag);
		e.className = name;
		e.append(...inside);
		return e;
	}

	const marked = pieces => pieces.map((p, i) => i % 2 ? make("mark", "", p) : p);
	const plural = (n, word) => n + " " + word + (n === 1 ? "" : "s");

	/* The address of a result, from the folder of the site. */
	const hrefOf = (root, r) => root + r.page.path.split("/").map(encodeURIComponent).join("/") + (r.anchor ? "#" + encodeURIComponent(r.anchor) : "");

	/* Words of the interface are English, whatever the handbook is in. */
	function ours(e) {
		if (!/^en\b/i.test(document.documentElement.lang)) { Object.assign(e, { lang: "en", dir: "ltr" }); }
		return e;
	}

	/* What a result is called: its page first, then its heading. */
	const called = r => [...marked(r.title), ...r.under.length ? [make("span", "under", ": ", ...marked(r.under))] : []];

	/* What kind of page a result is on, and how that stands on the reader's day. */
	function about(r, reason) {
		const { kind, ages, reasons } = r.page, status = ages && book.statusOn(ages, today), out = [];
		if (kind) { out.push(ours(make("span", "quiet", kind)), " "); }
		if (status && status !== "current" && status !== "unapproved") {
			const line = make("span", "standing", make("span", "status", book.words(status)));
			ours(line).dataset.status = status;
			const why = reason && reasons.find(x => (!x.since || x.since <= today) && (!x.until || today < x.until));
			if (why) { line.append(" " + why.text); }
			out.push(line);
		}
		return out;
	}

	/* What there is to say of an answer. */
	function message(a, query, of) {
		if (!a.total) { return "Nothing found for “" + query + "”. Try fewer or other words, or the A to Z."; }
		const quote = words => words.map(w => "“" + w + "”").join(" or "), missing = unique(a.missing);
		return (a.corrected ? (missing.length ? "No page has " + quote(missing) : "No section has all of these words") + ". Showing " + quote([a.corrected]) + ". " : "") +
			(a.weak === 0 ? "No section has all of these words. " : "") + plural(a.total, of) + (a.more ? " or more" : "") + ".";
	}

	/* Runs a job some time after the last call; its answer counts only if no
	   newer question was asked. */
	function latest(wait, ask, show) {
		let timer, turn = 0;
		return (now, ...args) => {
			const mine = ++turn;
			clearTimeout(timer);
			timer = setTimeout(() => ask(...args).catch(() => null).then(a => { if (mine === turn) { show(a, ...args); } }), now ? 0 : wait);
		};
	}

	const enough = query => query.trim().length > 1 || SPACELESS.test(query);

	/* The box on every page: a combobox with a list of suggestions. */
	function suggest(form, index, root) {
		const input = form.elements.q, list = make("ul", "suggestions"), status = make("p", "off-screen"), id = "_search-list";
		let active = -1, saying;
		list.id = id;
		list.lang = document.documentElement.lang;
		list.dir = document.documentElement.dir || "ltr";
		list.hidden = true;
		list.setAttribute("role", "listbox");
		list.setAttribute("aria-label", "Suggestions");
		status.setAttribute("role", "status");
		form.append(list, status);
		Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" }).forEach(([k, v]) => input.setAttribute(k, v));

		function say(text) {
			clearTimeout(saying);
			saying = setTimeout(() => { status.textContent = text; }, 500);
		}
		function show(on) {
			list.hidden = !on;
			input.setAttribute("aria-expanded", String(on));
			choose(-1);
		}
		function choose(n) {
			active = n;
			input.removeAttribute("aria-activedescendant");
			[...list.children].forEach((o, i) => {
				o.setAttribute("aria-selected", String(i === n));
				if (i === n) {
					input.setAttribute("aria-activedescendant", o.id);
					o.scrollIntoView({ block: "nearest" });
				}
			});
		}
		/* Nothing is shown before its style sheet is there. */
		const sheet = document.createElement("link"), styled = new Promise(done => { sheet.onload = sheet.onerror = done; });
		sheet.rel = "stylesheet";
		sheet.href = script.src.replace("search.js", "search.css");
		document.head.append(sheet);

		const ask = latest(150, query => styled.then(() => enough(query) ? index.search(query, { limit: 10, day: today }) : { results: [] }), (a, query) => {
			list.replaceChildren(...(a ? a.results.slice(0, 6) : []).map((r, i) => {
				const o = make("li", "", make("span", "found", ...called(r)), " ", ...about(r));
				o.id = id + "-" + i;
				o.setAttribute("role", "option");
				o.addEventListener("mousedown", e => e.preventDefault());
				o.addEventListener("click", () => { location.href = o.dataset.href; });
				o.dataset.href = hrefOf(root, r);
				return o;
			}));
			list.dataset.query = query;
			show(list.children.length > 0 && document.activeElement === input);
			say(!a ? lost : !enough(query) ? "" : message(a, query.trim(), "result"));
		});
		input.addEventListener("input", () => ask(false, input.value));
		input.addEventListener("blur", () => show(false));
		input.addEventListener("keydown", e => {
			const n = list.children.length, step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
			if (step && n) {
				e.preventDefault();
				if (list.hidden) { show(true); }
				choose(active < 0 && step < 0 ? n - 1 : active + step >= n ? -1 : active + step);
			} else if (e.key === "Escape" && (input.value || !list.hidden)) {
				e.preventDefault();
				if (list.hidden) { input.value = ""; }
				show(false);
			}
		});
		form.addEventListener("submit", e => {
			if (active >= 0) {
				e.preventDefault();
				list.children[active].click();
			}
		});
		index.warm().catch(() => say(lost));
		if (input.value) { ask(true, input.value); }
	}

	/* The page of results. What is asked stands in its address. */
	function page(form, index, root) {
		const find = name => document.querySelector("[data-search-" + name + "]");
		const input = form.elements.q, status = find("status"), list = find("results"), filters = find("filters"), more = find("more");
		const asked = new URLSearchParams(location.search);
		let facets = null, shown = 0, saying;

		const chosen = key => asked.getAll(key);
		function has(f, p, id) {
			return f.of[p].some(v => f.key === "status" ? book.statusOn(f.values[v].id, today) === id : f.values[v].id === id);
		}
		function fits(p, but) { return facets.every(f => f === but || !chosen(f.key).length || chosen(f.key).some(id => has(f, p, id))); }
		const filtered = () => [...asked.keys()].some(k => k !== "q");

		async function question(query, from) {
			if ((filtered() || filters.open) && !facets) { await readFacets(); }
			if (!enough(query)) { return { results: [], total: 0 }; }
			const opt = { limit: 10, from, day: today }, any = await index.search(query, opt);
			const pages = filtered() && [...any.pages].map((n, p) => n && fits(p));
			const a = pages ? await index.search(query, Object.assign(opt, { pages })) : any;
			if (facets && !from) { counts(any); }
			return a;
		}

		const ask = latest(150, question, (a, query, from) => {
			if (!from) { list.replaceChildren(); }
			(a ? a.results : []).forEach((r, i) => {
				if (a.weak > 0 && from + i === a.weak) { list.append(ours(make("li", "weaker", "These have only some of the words:"))); }
				const link = make("a", "", ...called(r));
				link.href = hrefOf(root, r);
				list.append(make("li", "", link, make("p", "where", ...about(r, true)), make("p", "excerpt", ...marked(r.excerpt))));
			});
			shown = from + (a ? a.results.length : 0);
			more.hidden = !a || shown >= a.total || !a.results.length;
			clearTimeout(saying);
			saying = setTimeout(() => { status.textContent = !a ? lost : enough(query) ? message(a, query.trim(), "result") : ""; }, from ? 0 : 350);
		});

		function go(now) {
			asked.set("q", input.value);
			try { history.replaceState(null, "", "?" + asked); } catch (e) { /* the address stays as it was */ }
			ask(now, input.value, 0);
		}

		async function readFacets() {
			facets = await index.facets();
			const statuses = facets.find(f => f.key === "status");
			if (statuses) { statuses.shown = ["current", "unapproved", "due", "stale", "future", "withdrawn"].map(id => ({ id, name: book.words(id) })); }
			filters.append(...facets.map(f => {
				const set = make("fieldset", "", make("legend", "", f.label));
				f.boxes = (f.shown || f.values).map(v => {
					const box = document.createElement("input"), number = make("span", "quiet");
					box.type = "checkbox";
					box.checked = chosen(f.key).includes(v.id);
					box.addEventListener("change", () => {
						const rest = chosen(f.key).filter(id => id !== v.id);
						asked.delete(f.key);
						rest.concat(box.checked ? v.id : []).forEach(id => asked.append(f.key, id));
						go(true);
					});
					const label = make("label", "", box, " ", v.name, " ", number);
					set.append(label);
					return { id: v.id, label, box, number };
				});
				return set;
			}));
			filters.open = filters.open || filtered();
		}

		/* How many pages each value would leave. */
		function counts(a) {
			const pages = [...a.pages.keys()].filter(p => a.pages[p]);
			facets.forEach(f => {
				const left = pages.filter(p => fits(p, f));
				f.boxes.forEach(b => {
					const n = left.filter(p => has(f, p, b.id)).length;
					b.number.textContent = "(" + n + ")";
					b.label.hidden = !n && !b.box.checked;
				});
			});
		}

		input.value = asked.get("q") || "";
		input.addEventListener("input", () => go());
		form.addEventListener("submit", e => {
			e.preventDefault();
			go(true);
		});
		more.addEventListener("click", () => ask(true, input.value, shown));
		filters.addEventListener("toggle", () => { if (filters.open && !facets) { go(true); } });
		/* Arrows walk through the results, from the box and back. */
		document.addEventListener("keydown", e => {
			const stops = [input, ...list.querySelectorAll("a")], i = stops.indexOf(document.activeElement), step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
			if (i < 0 || !step && e.key !== "Escape" || !i && step !== 1) { return; }
			e.preventDefault();
			(step ? stops[i + step] || stops[i] : input).focus();
		});
		filters.hidden = false;
		if (input.value) { ask(true, input.value, 0); } else { index.warm().catch(() => { status.textContent = lost; }); }
	}

	const form = document.querySelector("form[data-search]");
	if (form) {
		const index = open(new URL(form.dataset.search, location.href).href), root = new URL(form.dataset.root || "./", location.href).href;
		(document.querySelector("[data-search-results]") ? page : suggest)(form, index, root);
	}
})();
