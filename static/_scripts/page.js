/* The page of results. What is asked stands in its address. */

/* The statuses that a filter offers, in their order. */
const STATUSES = ["current", "unapproved", "due", "stale", "future", "withdrawn"];

/**
 * Gives the page of results its life.
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 * @param {ReturnType<typeof openSearch>} index
 * @param {string} root of the site
 */
function resultsPage(form, input, index, root) {
	const part = (/** @type {string} */ name) =>
		/** @type {HTMLElement} */ (document.querySelector("[data-search-" + name + "]"));
	const status = inOurs(part("status")), list = part("results"), more = part("more"), say = sayer(status);
	const filters = /** @type {HTMLDetailsElement} */ (part("filters"));
	const asked = new URLSearchParams(location.search);
	/** @type {Facet[] | null} */
	let facets = null;
	let shown = 0;

	/**
	 * Reports whether a page has a value of a filter. The status of a page is
	 * that of the reader's day.
	 * @param {Facet} f
	 * @param {number} page
	 * @param {string} id of the value
	 */
	function has(f, page, id) {
		return f.of[page].map(v => f.values[v].id)
			.some(own => (f.key === "status" ? window.handbook.statusOn(own, today) : own) === id);
	}

	/**
	 * Reports whether a page has what is chosen in all filters, but for one.
	 * @param {Facet[]} all
	 * @param {number} page
	 * @param {Facet} [but]
	 */
	function fits(all, page, but) {
		return all.every(f => {
			const chosen = asked.getAll(f.key);
			return f === but || !chosen.length || chosen.some(id => has(f, page, id));
		});
	}

	const filtered = () => [...asked.keys()].some(k => k !== "q");

	/**
	 * Asks the index; what is chosen in the filters narrows the answer, and the
	 * filters count in what it was without them.
	 * @param {string} query
	 * @param {number} from
	 */
	async function question(query, from) {
		if ((filtered() || filters.open) && !facets) {
			const all = await index.facets();
			if (!facets) { // nobody was quicker
				facets = all;
				showFilters(all);
			}
		}
		if (!enough(query)) {
			return nothing;
		}
		const options = { limit: 10, from, day: today }, all = facets;
		const any = await index.search(query, options);
		if (!all) {
			return any;
		}
		const pages = filtered() && Array.from(any.pages, (n, p) => n > 0 && fits(all, p));
		const answer = pages ? await index.search(query, { ...options, pages }) : any;
		if (!from) {
			showCounts(all, any);
		}
		return answer;
	}

	/** @param {Result} r */
	function resultOf(r) {
		const link = make("a", "", ...called(r));
		link.href = hrefOf(root, r);
		return make("li", "", link, make("p", "where", ...about(r, true)), make("p", "excerpt", ...marked(r.excerpt)));
	}

	const look = latest(question, (a, query, from) => {
		const results = a ? a.results : [];
		if (!from) {
			list.replaceChildren();
		}
		results.forEach((r, i) => {
			if (a && a.weak > 0 && from + i === a.weak) {
				list.append(inOurs(make("li", "weaker", T("search-weaker"))));
			}
			list.append(resultOf(r));
		});
		shown = from + results.length;
		more.hidden = !a || shown >= a.total || !results.length;
		say(outcome(a, query), from ? 0 : 350);
	});

	/** @param {boolean} now */
	function go(now) {
		asked.set("q", input.value);
		try {
			history.replaceState(null, "", "?" + asked);
		} catch (e) { /* the address stays as it was */ }
		look(now, input.value);
	}

	/** @param {Facet[]} all */
	function showFilters(all) {
		filters.append(...all.map(f => {
			const values = f.key !== "status" ? f.values : STATUSES.map(id => ({ id, name: window.handbook.words(id) }));
			f.boxes = values.map(v => choiceOf(f, v));
			return make("fieldset", "", make("legend", "", f.label), ...f.boxes.map(b => b.label));
		}));
		filters.open = filters.open || filtered();
	}

	/**
	 * @param {Facet} f
	 * @param {Value} v
	 * @returns {Choice}
	 */
	function choiceOf(f, v) {
		const box = document.createElement("input"), number = make("span", "quiet");
		box.type = "checkbox";
		box.checked = asked.getAll(f.key).includes(v.id);
		box.addEventListener("change", () => {
			const rest = asked.getAll(f.key).filter(id => id !== v.id);
			asked.delete(f.key);
			rest.concat(box.checked ? v.id : []).forEach(id => asked.append(f.key, id));
			go(true);
		});
		return { id: v.id, label: make("label", "", box, " ", v.name, " ", number), box, number };
	}

	/**
	 * Shows how many pages each value would leave.
	 * @param {Facet[]} all
	 * @param {Answer} a
	 */
	function showCounts(all, a) {
		const pages = Array.from(a.pages, (n, p) => n ? p : -1).filter(p => p >= 0);
		all.forEach(f => {
			const left = pages.filter(p => fits(all, p, f));
			f.boxes.forEach(b => {
				const n = left.filter(p => has(f, p, b.id)).length;
				b.number.textContent = "(" + numeral(n) + ")";
				b.label.hidden = !n && !b.box.checked;
			});
		});
	}

	input.value = asked.get("q") || "";
	input.addEventListener("input", () => go(false));
	form.addEventListener("submit", e => {
		e.preventDefault();
		go(true);
	});
	more.addEventListener("click", () => look(true, input.value, shown));
	filters.addEventListener("toggle", () => {
		if (filters.open && !facets) {
			go(true);
		}
	});
	/* Arrows walk through the results, from the box and back. */
	document.addEventListener("keydown", e => {
		const stops = [input, ...list.querySelectorAll("a")], step = stepOf(e);
		const i = stops.findIndex(s => s === document.activeElement);
		if (i < 0 || !step && e.key !== "Escape" || !i && step !== 1) {
			return;
		}
		e.preventDefault();
		(step ? stops[i + step] || stops[i] : input).focus();
	});
	filters.hidden = false;
	if (input.value) {
		look(true, input.value);
	} else {
		index.warm().catch(() => {
			status.textContent = T("search-lost");
		});
	}
}

/** @type {HTMLFormElement | null} */
const searchForm = document.querySelector("form[data-search]");
if (searchForm) {
	const index = openSearch(new URL(searchForm.dataset.search || "", location.href).href);
	const root = new URL(searchForm.dataset.root || "./", location.href).href;
	const input = /** @type {HTMLInputElement} */ (searchForm.elements.namedItem("q"));
	const begin = document.querySelector("[data-search-results]") ? resultsPage : suggest;
	begin(searchForm, input, index, root);
}
