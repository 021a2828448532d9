/* The box on every page: a combobox with a list of suggestions. What both it
   and the page of results show is here too. Texts of the handbook become text,
   never markup. */

const searchScript = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const today = window.handbook ? window.handbook.dayOf(new Date()) : "";

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} name of its class
 * @param {(Node | string)[]} inside
 */
function make(tag, name, ...inside) {
	const e = document.createElement(tag);
	e.className = name;
	e.append(...inside);
	return e;
}

/**
 * A text with its marks.
 * @param {Marked} pieces
 */
const marked = pieces => pieces.map((p, i) => i % 2 ? make("mark", "", p) : p);

/**
 * The address of a result.
 * @param {string} root of the site
 * @param {Result} r
 */
function hrefOf(root, r) {
	const path = r.page.path.split("/").map(encodeURIComponent).join("/");
	return root + path + (r.anchor ? "#" + encodeURIComponent(r.anchor) : "");
}

/**
 * What a result is called: its page first, then its heading.
 * @param {Result} r
 */
function called(r) {
	return [...marked(r.title), ...r.under.length ? [make("span", "under", T("search-colon"), ...marked(r.under))] : []];
}

/**
 * What kind of page a result is on, and how that stands on the reader's day,
 * with the reason where there is space for it.
 * @param {Result} r
 * @param {boolean} [withReason]
 */
function about(r, withReason) {
	const { kind, ages, reasons } = r.page, status = ages && window.handbook.statusOn(ages, today);
	/** @type {(Node | string)[]} */
	const out = [];
	if (kind) {
		out.push(inOurs(make("span", "quiet", kind)), " ");
	}
	if (status && status !== "current" && status !== "unapproved") {
		const line = inOurs(make("span", "standing", make("span", "status", window.handbook.words(status))));
		line.dataset.status = status;
		const why = reasons.find(x => (!x.since || x.since <= today) && (!x.until || today < x.until));
		if (withReason && why) {
			line.append(" " + why.text);
		}
		out.push(line);
	}
	return out;
}

/**
 * What there is to say of an answer.
 * @param {Answer} a
 * @param {string} query
 */
function message(a, query) {
	if (!a.total) {
		return T("search-nothing", { query });
	}
	const out = [];
	if (a.corrected) {
		const missing = unique(a.missing).map(word => T("search-quoted", { word })).join(T("search-or"));
		out.push(missing ? T("search-missing", { words: missing }) : T("search-partly"));
		out.push(T("search-showing", { words: a.corrected }));
	}
	if (a.weak === 0) {
		out.push(T("search-partly"));
	}
	out.push(T(a.more ? "search-found-or-more" : "search-found", { n: a.total }));
	return out.join(" ");
}

/**
 * Runs a job some time after the last call, or now. Its answer counts only if
 * no newer question was asked; it is null if the job failed.
 * @template A
 * @param {(query: string, from: number) => Promise<A>} job
 * @param {(answer: A | null, query: string, from: number) => void} show
 */
function latest(job, show) {
	let timer = 0, turn = 0;
	return (/** @type {boolean} */ now, /** @type {string} */ query, from = 0) => {
		const mine = ++turn;
		clearTimeout(timer);
		timer = window.setTimeout(async () => {
			const answer = await job(query, from).catch(() => null);
			if (mine === turn) {
				show(answer, query, from);
			}
		}, now ? 0 : 150);
	};
}

/**
 * Writes a text into a status some time after the last call, so that a reader
 * who listens does not hear of every letter.
 * @param {HTMLElement} status
 */
function sayer(status) {
	let timer = 0;
	return (/** @type {string} */ text, /** @type {number} */ wait) => {
		clearTimeout(timer);
		timer = window.setTimeout(() => {
			status.textContent = text;
		}, wait);
	};
}

/**
 * Reports whether there is enough to search for.
 * @param {string} query
 */
const enough = query => query.trim().length > 1 || SPACELESS.test(query);

/** @type {Answer} */
const nothing = { corrected: "", missing: [], weak: -1, results: [], total: 0, pages: [], more: false };

/**
 * What to say after a search.
 * @param {Answer | null} a
 * @param {string} query
 */
function outcome(a, query) {
	return !a ? T("search-lost") : enough(query) ? message(a, query.trim()) : "";
}

/* The step that an arrow makes in a list. */
const stepOf = (/** @type {KeyboardEvent} */ e) => ({ ArrowDown: 1, ArrowUp: -1 })[e.key] || 0;

/**
 * Loads the style sheet of the suggestions. Nothing is shown before it is there.
 * @returns {Promise<unknown>}
 */
function loadSheet() {
	const sheet = document.createElement("link");
	return new Promise(done => {
		sheet.onload = sheet.onerror = done;
		sheet.rel = "stylesheet";
		sheet.href = searchScript ? searchScript.src.replace("search.js", "search.css") : "";
		document.head.append(sheet);
	});
}

/**
 * Gives a box its suggestions.
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 * @param {ReturnType<typeof openSearch>} index
 * @param {string} root of the site
 */
function suggest(form, input, index, root) {
	const list = make("ul", "suggestions"), status = inOurs(make("p", "off-screen")), say = sayer(status);
	const styled = loadSheet(), id = "_search-list";
	let active = -1;
	list.id = id;
	list.lang = document.documentElement.lang;
	list.dir = document.documentElement.dir || "ltr";
	list.hidden = true;
	list.setAttribute("role", "listbox");
	list.setAttribute("aria-label", T("search-suggestions"));
	status.setAttribute("role", "status");
	form.append(list, status);
	input.setAttribute("role", "combobox");
	input.setAttribute("aria-expanded", "false");
	input.setAttribute("aria-controls", id);
	input.setAttribute("aria-autocomplete", "list");

	/** @param {boolean} on */
	function show(on) {
		list.hidden = !on;
		input.setAttribute("aria-expanded", String(on));
		choose(-1);
	}

	/** @param {number} n */
	function choose(n) {
		active = n;
		input.removeAttribute("aria-activedescendant");
		[...list.children].forEach((option, i) => {
			option.setAttribute("aria-selected", String(i === n));
			if (i === n) {
				input.setAttribute("aria-activedescendant", option.id);
				option.scrollIntoView({ block: "nearest" });
			}
		});
	}

	/**
	 * @param {Result} r
	 * @param {number} i
	 */
	function optionOf(r, i) {
		const option = make("li", "", make("span", "found", ...called(r)), " ", ...about(r)), href = hrefOf(root, r);
		option.id = id + "-" + i;
		option.setAttribute("role", "option");
		option.addEventListener("mousedown", e => e.preventDefault()); // the box keeps the focus
		option.addEventListener("click", () => {
			location.href = href;
		});
		return option;
	}

	/** @param {string} query */
	async function question(query) {
		await styled;
		return enough(query) ? index.search(query, { limit: 10, day: today }) : nothing;
	}

	const look = latest(question, (a, query) => {
		list.replaceChildren(...(a ? a.results.slice(0, 6) : []).map(optionOf));
		list.dataset.query = query;
		show(list.children.length > 0 && document.activeElement === input);
		say(outcome(a, query), 500);
	});

	input.addEventListener("input", () => look(false, input.value));
	input.addEventListener("blur", () => show(false));
	input.addEventListener("keydown", e => {
		const n = list.children.length, step = stepOf(e);
		if (step && n) {
			e.preventDefault();
			if (list.hidden) {
				show(true);
			}
			choose(active < 0 && step < 0 ? n - 1 : active + step >= n ? -1 : active + step);
		} else if (e.key === "Escape" && (input.value || !list.hidden)) {
			e.preventDefault();
			if (list.hidden) {
				input.value = "";
			}
			show(false);
		}
	});
	form.addEventListener("submit", e => {
		const option = list.children[active];
		if (option instanceof HTMLElement) {
			e.preventDefault();
			option.click();
		}
	});
	index.warm().catch(() => say(T("search-lost"), 500));
	if (input.value) {
		look(true, input.value);
	}
}
