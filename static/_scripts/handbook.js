/* What a handbook page cannot say by itself. Every page reads and prints
   without this script; it works from file:// and sends nothing anywhere. */

const root = document.documentElement;

/**
 * @param {string} selector
 * @param {(element: HTMLElement) => void} visit
 * @param {ParentNode} within
 */
function each(selector, visit, within = document) {
	/** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector)).forEach(visit);
}

/** @param {Element | null} element */
const textOf = element => (element && element.textContent || "").trim();

/**
 * A message of package lang; none of this script has a plural.
 * @param {string} name
 * @param {Args} args
 */
const T = (name, args = {}) => fill(String(words.text[name]), args);

/* Status by the reader's calendar. Days are texts, YYYY-MM-DD, which compare
   as they follow each other; no time of day, no time zone. */

/**
 * What a section is called by its status: one that nobody approved is called
 * that first.
 * @param {string} status
 * @param {boolean} unapproved
 */
const named = (status, unapproved) => unapproved && status === "current" ? "unapproved" : status;

/** @param {string} name of a status */
const statusWord = name => T("status-" + name);

/**
 * The civil day that a clock shows in its own time zone.
 * @param {Date} clock
 */
function dayOf(clock) {
	return new Date(clock.getTime() - clock.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
}

/**
 * A day, as the pages write it.
 * @param {string} day YYYY-MM-DD
 */
function longDay(day) {
	const [year, month, date] = day.split("-"), d = Number(date);
	return fill(words.date, { year, month: words.months[Number(month) - 1], day: d === 1 ? words.first : d });
}

/**
 * Reports whether a reason holds on a day: from since up to but not including
 * until; "" is open.
 * @param {DOMStringMap} reason
 * @param {string} day
 */
function holds(reason, day) {
	return (!reason.since || day >= reason.since) && (!reason.until || day < reason.until);
}

/**
 * The status on a day by a line such as "2026-11-21 current,2027-09-22 due".
 * @param {string} ages
 * @param {string} day
 */
function statusOn(ages, day) {
	return ages.split(",").reduce((status, age, i) => {
		const [from, next] = age.trim().split(" ");
		return i === 0 || day >= from ? next : status;
	}, "");
}

/**
 * Gives a line of a narrow list a word for its status, in the menu below the
 * title, only where there is something to say.
 * @param {HTMLElement} line
 */
function sayQuietly(line) {
	const word = document.createElement("span");
	word.className = "status";
	word.dataset.quiet = "";
	(line.querySelector(".menu a > :last-child") || line).append(" ", word);
}

/**
 * Shows the page as it is true on a day.
 * @param {string} day
 */
function show(day) {
	/** @type {Record<string, number>} */
	const counts = {};
	each("[data-reasons] template", e => {
		const later = /** @type {HTMLTemplateElement} */ (e).content;
		const reason = /** @type {HTMLElement | null} */ (later.querySelector("[data-kind]"));
		if (reason && holds(reason.dataset, day)) {
			e.replaceWith(later);
		}
	});
	each("[data-kind]", reason => {
		reason.hidden = !holds(reason.dataset, day);
	});
	each("[data-reasons]", list => {
		list.hidden = !list.querySelector("[data-kind]:not([hidden])");
	});
	each("[data-ages]", item => {
		const status = statusOn(item.dataset.ages || "", day), unapproved = "unapproved" in item.dataset;
		const name = named(status, unapproved);
		item.dataset.status = status;
		if ("counted" in item.dataset) {
			counts[name] = (counts[name] || 0) + 1;
		}
		if (status !== "current" && item.matches("li") && !item.querySelector(".status")) {
			sayQuietly(item);
		}
		each(".status", word => {
			word.hidden = status === "current" && "quiet" in word.dataset;
			word.textContent = word.hidden ? "" : statusWord(name);
		}, item);
		each(".banner-title", line => {
			line.textContent = T("banner-" + name + (unapproved && status === "due" ? "-unapproved" : ""));
		}, item);
	});
	each("[data-count]", number => {
		number.textContent = numeral(counts[String(number.dataset.count)] || 0);
	});
	each("[data-today]", today => {
		today.textContent = longDay(day);
		today.setAttribute("datetime", day);
	});
}

/* The page was true on the day it was built; a clock that is behind that day
   is wrong and changes nothing. */
function refresh() {
	const day = dayOf(new Date());
	if (root.dataset.day && day > root.dataset.day) {
		show(day);
	}
}

/* Citations: the clause or rule in the address gets a line that says how to
   cite it. The line at the end of the page cites the whole section. */

/** @param {HTMLElement} target */
function citation(target) {
	const { citation, version } = /** @type {HTMLElement} */ (target.closest("[data-citation]")).dataset;
	const clause = target.querySelector(".clause"), number = textOf(clause);
	let part = T("cite-heading", { heading: textOf(target) });
	if (target.matches(".rule")) {
		part = T("cite-rule", { id: target.id });
	} else if (/\d/.test(number)) {
		part = T("cite-clause", { number });
	}
	return [citation, part].concat(version || []).join(", ");
}

/**
 * Copies the text of an element. Where the clipboard is closed, for want of
 * https, it is selected first; so a reader can copy it if the browser cannot.
 * @param {Element} element
 * @param {(name: string) => void} say
 */
function copy(element, say) {
	function selected() {
		/** @type {Selection} */ (getSelection()).selectAllChildren(element);
		say(document.execCommand("copy") ? "copied" : "not-copied");
	}
	if (navigator.clipboard) {
		navigator.clipboard.writeText(textOf(element)).then(() => say("copied"), selected);
	} else {
		selected();
	}
}

/** @param {HTMLElement} line */
function copyButton(line) {
	const button = document.createElement("button"), said = document.createElement("span");
	button.className = "button";
	button.textContent = T("cite-copy");
	said.setAttribute("role", "status");
	button.addEventListener("click", () => {
		copy(/** @type {Element} */ (line.querySelector(".citation")), name => {
			said.textContent = T(name);
		});
	});
	line.append(" ", button, " ", said);
}

/** @type {HTMLElement | null} */
let clauseLine = null;

/* The id that the address names, or "". */
function addressedID() {
	try {
		return decodeURIComponent(location.hash.slice(1));
	} catch (e) {
		return ""; // no such clause
	}
}

/**
 * What an id leads to, or a heading as other tools spell it: #setup.
 * @param {string} id
 * @returns {HTMLElement | null | undefined} with the name that the author gave
 */
function placeOf(id) {
	const found = document.getElementById(id) || document.querySelector("[id$=\"--" + CSS.escape(id) + "\"]");
	return found && found.closest("[id]:not(span)");
}

function citeTarget() {
	const id = addressedID(), target = id ? placeOf(id) : null;
	if (target && target.id !== id) {
		location.replace("#" + target.id); // and then again
		return;
	}
	if (clauseLine) {
		clauseLine.remove();
	}
	if (!target || !target.matches("[data-citation] .prose :is(h2, h3, h4, h5, h6, .rule)")) {
		return;
	}
	const text = document.createElement("span");
	text.className = "citation";
	text.textContent = citation(target);
	clauseLine = document.createElement("p");
	clauseLine.className = "cite-line";
	clauseLine.append(T("cite-as"), " ", text);
	copyButton(clauseLine);
	target[target.matches(".rule") ? "append" : "after"](clauseLine);
}

/* Colours: the reader's own choice, kept in this browser only. */

/** @param {string | null} choice */
function theme(choice) {
	root.dataset.theme = choice || "auto";
}

function chosenTheme() {
	try {
		return localStorage.getItem("handbook-theme");
	} catch (e) {
		return null;
	}
}

/** @param {HTMLElement} field */
function themes(field) {
	const now = chosenTheme() || "auto";
	each("input", e => {
		const input = /** @type {HTMLInputElement} */ (e);
		input.checked = input.value === now;
		input.addEventListener("change", () => {
			theme(input.value);
			try {
				localStorage.setItem("handbook-theme", input.value);
			} catch (e) { /* holds for this page */ }
		});
	}, field);
}

/* Search is fetched when somebody is about to search. */
function fetchSearch(/** @type {FocusEvent} */ e) {
	const form = /** @type {HTMLInputElement} */ (e.target).form;
	if (form && form.dataset.client && !document.querySelector("script[src*=\"search.js\"]")) {
		const script = document.createElement("script");
		script.src = form.dataset.client;
		document.head.append(script);
	}
}

/* "/" and Ctrl+K lead to the box, where no field has the focus. */
function leadToSearch(/** @type {KeyboardEvent} */ e) {
	const box = /** @type {HTMLElement | null} */ (document.querySelector("form[data-keys] [name=q]"));
	const key = (e.ctrlKey || e.metaKey ? "^" : e.altKey ? "!" : "") + e.key;
	const inField = /^(INPUT|TEXTAREA|SELECT)$/.test(/** @type {Element} */ (e.target).tagName);
	if (box && !inField && /^(\/|\^k)$/i.test(key)) {
		e.preventDefault();
		box.focus();
	}
}

function begin() {
	refresh();
	each("[data-script]", part => {
		part.hidden = false;
	});
	each(".theme", themes);
	each(".cite-line", copyButton);
	each("[data-print]", button => button.addEventListener("click", () => print()));
	citeTarget();
	addEventListener("hashchange", citeTarget);
	document.addEventListener("visibilitychange", refresh);

	/* The sidebar scrolls by itself; bring the place of this page into sight. */
	const sidebar = document.querySelector(".sidebar");
	const here = /** @type {HTMLElement | null} */ (sidebar && sidebar.querySelector("[aria-current]"));
	if (sidebar && here && sidebar.scrollHeight > sidebar.clientHeight) {
		sidebar.scrollTop = here.offsetTop - sidebar.clientHeight / 3;
	}
}

if (root.dataset.redirect) {
	/* An old address: take the clause along, which a refresh would lose. */
	location.replace(root.dataset.redirect + location.hash);
} else {
	window.handbook = { dayOf, words: statusWord, statusOn, show };
	theme(chosenTheme()); /* before the first paint */
	document.addEventListener("focusin", fetchSearch);
	document.addEventListener("keydown", leadToSearch);
	/* On paper: the day it was printed and the address it came from. */
	addEventListener("beforeprint", () => {
		root.dataset.printed = T("printed-on", { day: longDay(dayOf(new Date())) });
	});
	if (document.readyState === "loading") {
		document.addEventListener("DOMContentLoaded", begin);
	} else {
		begin();
	}
}
