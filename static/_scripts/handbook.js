/* What a handbook page cannot say by itself. Every page reads and prints
   without this script; it works from file:// and sends nothing anywhere. */

const root = document.documentElement;

/**
 * @param {string} selector
 * @param {ParentNode} within
 * @param {(element: HTMLElement) => void} visit
 */
function each(selector, within, visit) {
	within.querySelectorAll(selector).forEach(e => visit(/** @type {HTMLElement} */ (e)));
}

/* Status by the reader's calendar. Days are texts, YYYY-MM-DD, which compare
   as they follow each other; no time of day, no time zone. */

/**
 * A status in a word or two. A text that nobody approved is called that first.
 * @param {string} status
 * @param {boolean} [unapproved]
 */
function statusWord(status, unapproved) {
	return T("status-" + (unapproved && status === "current" ? "unapproved" : status));
}

/**
 * A status as the first line of the box that says why.
 * @param {string} status
 * @param {boolean} unapproved
 */
function bannerTitle(status, unapproved) {
	if (unapproved && status === "current") {
		return T("banner-unapproved");
	}
	return T("banner-" + status + (unapproved && status === "due" ? "-unapproved" : ""));
}

/**
 * The civil day that a clock shows in its own time zone.
 * @param {Date} clock
 */
function dayOf(clock) {
	const two = (/** @type {number} */ n) => (n < 10 ? "0" : "") + n;
	return clock.getFullYear() + "-" + two(clock.getMonth() + 1) + "-" + two(clock.getDate());
}

/**
 * A day, as the pages write it.
 * @param {string} day YYYY-MM-DD
 */
function longDay(day) {
	const [year, month, date] = day.split("-");
	/** @type {Record<string, string>} */
	const parts = { year, month: words.months[+month - 1], day: +date === 1 ? words.first : String(+date) };
	return words.date.replace(/\{(\w+)\}/g, (_, part) => parts[part]);
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
	each("[data-reasons] template", document, e => {
		const later = /** @type {HTMLTemplateElement} */ (e).content;
		const reason = /** @type {HTMLElement | null} */ (later.querySelector("[data-kind]"));
		if (reason && holds(reason.dataset, day)) {
			e.replaceWith(later);
		}
	});
	each("[data-kind]", document, reason => {
		reason.hidden = !holds(reason.dataset, day);
	});
	each("[data-reasons]", document, list => {
		list.hidden = !list.querySelector("[data-kind]:not([hidden])");
	});
	each("[data-ages]", document, item => {
		const status = statusOn(item.dataset.ages || "", day), unapproved = item.dataset.unapproved !== undefined;
		item.dataset.status = status;
		if (item.dataset.counted !== undefined) {
			const counted = status === "current" && unapproved ? "unapproved" : status;
			counts[counted] = (counts[counted] || 0) + 1;
		}
		if (status !== "current" && item.matches("li") && !item.querySelector(".status")) {
			sayQuietly(item);
		}
		each(".status", item, word => {
			word.hidden = status === "current" && word.dataset.quiet !== undefined;
			word.textContent = word.hidden ? "" : statusWord(status, unapproved);
		});
		each(".banner-title", item, line => {
			line.textContent = bannerTitle(status, unapproved);
		});
	});
	each("[data-count]", document, number => {
		number.textContent = numeral(counts[number.dataset.count || ""] || 0);
	});
	each("[data-today]", document, today => {
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

/**
 * @param {HTMLElement} article
 * @param {HTMLElement} target
 */
function citation(article, target) {
	const clause = target.querySelector(".clause"), number = clause && clause.textContent || "";
	let part = T("cite-heading", { heading: (target.textContent || "").trim() });
	if (target.classList.contains("rule")) {
		part = T("cite-rule", { id: target.id });
	} else if (/\d/.test(number)) {
		part = T("cite-clause", { number: number.trim() });
	}
	return [article.dataset.citation, part].concat(article.dataset.version || []).join(", ");
}

/**
 * Copies a text. Where the browser does not, for want of https, a field does.
 * @param {string} text
 * @param {(what: string) => void} say
 */
function copy(text, say) {
	function byHand() {
		const field = document.createElement("textarea");
		field.value = text;
		field.className = "off-screen";
		field.setAttribute("aria-hidden", "true");
		document.body.appendChild(field);
		field.select();
		let ok = false;
		try {
			ok = document.execCommand("copy");
		} catch (e) { /* said below */ }
		field.remove();
		say(T(ok ? "copied" : "not-copied"));
	}
	if (navigator.clipboard) {
		navigator.clipboard.writeText(text).then(() => say(T("copied")), byHand);
	} else {
		byHand();
	}
}

/** @param {HTMLElement} line */
function copyButton(line) {
	const button = document.createElement("button"), said = document.createElement("span");
	button.type = "button";
	button.className = "button";
	button.textContent = T("cite-copy");
	said.setAttribute("role", "status");
	button.addEventListener("click", () => {
		const text = line.querySelector(".citation");
		copy(text && text.textContent || "", what => {
			said.textContent = what;
		});
		button.focus();
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
 * What an id names, or a heading as other tools spell it: #setup.
 * @param {string} id
 */
function named(id) {
	const found = document.getElementById(id) || document.querySelector("[id$=\"--" + CSS.escape(id) + "\"]");
	const whole = found && found.closest("[id]:not(span)"); // which holds the name that the author gave
	return whole instanceof HTMLElement ? whole : null;
}

function citeTarget() {
	const id = addressedID(), target = id ? named(id) : null, article = target && target.closest("[data-citation]");
	if (target && target.id !== id) {
		location.replace("#" + target.id); // and then again
		return;
	}
	if (clauseLine) {
		clauseLine.remove();
	}
	if (!(article instanceof HTMLElement) || !target || !target.matches(".prose :is(h2, h3, h4, h5, h6, .rule)")) {
		return;
	}
	const text = document.createElement("span");
	text.className = "citation";
	text.textContent = citation(article, target);
	clauseLine = document.createElement("p");
	clauseLine.className = "cite-line";
	clauseLine.append(T("cite-as"), " ", text);
	copyButton(clauseLine);
	target[target.matches(".rule") ? "append" : "after"](clauseLine);
}

/* Colours: the reader's own choice, kept in this browser only. */

/** @param {string | null} choice */
function theme(choice) {
	if (choice === "light" || choice === "dark") {
		root.dataset.theme = choice;
	} else {
		delete root.dataset.theme;
	}
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
	each("input", field, e => {
		const input = /** @type {HTMLInputElement} */ (e);
		input.checked = input.value === now;
		input.addEventListener("change", () => {
			theme(input.value);
			try {
				localStorage.setItem("handbook-theme", input.value);
			} catch (e) { /* holds for this page */ }
		});
	});
}

/* Search is fetched when somebody is about to search. */
function fetchSearch(/** @type {FocusEvent} */ e) {
	const form = e.target instanceof HTMLInputElement && e.target.form;
	if (form && form.dataset.client && !document.querySelector("script[src*=\"search.js\"]")) {
		const script = document.createElement("script");
		script.src = form.dataset.client;
		document.head.append(script);
	}
}

/* "/" and Ctrl+K lead to the box, where no field has the focus. */
function leadToSearch(/** @type {KeyboardEvent} */ e) {
	const box = /** @type {HTMLElement | null} */ (document.querySelector("form[data-keys] [name=q]"));
	const control = e.ctrlKey || e.metaKey;
	const asked = e.key === "/" ? !control && !e.altKey : /^k$/i.test(e.key) && control;
	if (box && asked && !(e.target instanceof Element && e.target.matches("input, textarea, select"))) {
		e.preventDefault();
		box.focus();
	}
}

function begin() {
	refresh();
	each("[data-script]", document, part => {
		part.hidden = false;
	});
	each(".theme", document, themes);
	each(".cite-line", document, copyButton);
	each("[data-print]", document, button => button.addEventListener("click", () => window.print()));
	citeTarget();
	window.addEventListener("hashchange", citeTarget);
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
	window.addEventListener("beforeprint", () => {
		root.dataset.printed = T("printed-on", { day: longDay(dayOf(new Date())) });
	});
	if (document.readyState === "loading") {
		document.addEventListener("DOMContentLoaded", begin);
	} else {
		begin();
	}
}
