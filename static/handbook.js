/* What a handbook page cannot say by itself. Every page reads and prints
   without this script; it works from file:// and sends nothing anywhere. */
(function () {
	"use strict";
	var root = document.documentElement;

	/* An old address: take the clause along, which a refresh would lose. */
	if (root.dataset.redirect) {
		return location.replace(root.dataset.redirect + location.hash);
	}

	/* Status by the reader's calendar. Days are texts, YYYY-MM-DD, which
	   compare as they follow each other; no time of day, no time zone. */

	function each(selector, within, visit) {
		(within || document).querySelectorAll(selector).forEach(visit);
	}

	/* A text that nobody approved is called that first: words.go says why. */
	function words(status, unapproved) {
		return unapproved && status === "current" ? "Not yet approved" : {
			current: "In date",
			unapproved: "Not yet approved",
			due: "Action due",
			stale: "Out of date",
			future: "Not yet in force",
			withdrawn: "Withdrawn"
		}[status] || status;
	}

	function title(status, unapproved) {
		return (status === "due" && unapproved ? words("unapproved") + ". " : "") + words(status, unapproved) + {
			current: ". Still open:",
			due: ":",
			stale: ". Check with the owner before you rely on this section.",
			future: ".",
			withdrawn: ". This section no longer applies."
		}[status];
	}

	/* The civil day that a clock shows in its own time zone. */
	function dayOf(clock) {
		function two(n) { return (n < 10 ? "0" : "") + n; }
		return clock.getFullYear() + "-" + two(clock.getMonth() + 1) + "-" + two(clock.getDate());
	}

	/* A reason holds from since up to but not including until; "" is open. */
	function holds(reason, day) {
		return (!reason.since || day >= reason.since) && (!reason.until || day < reason.until);
	}

	/* The status on a day by a line such as "2026-11-21 current,2027-09-22 due". */
	function statusOn(ages, day) {
		return ages.split(",").reduce(function (status, age, i) {
			var part = age.trim().split(" ");
			return i === 0 || day >= part[0] ? part[1] : status;
		}, "");
	}

	/* A line of a list that is short of room gets a word for its status, in the
	   menu below the title, only when there is something to say. */
	function sayQuietly(line) {
		var word = document.createElement("span");
		word.className = "status";
		word.dataset.quiet = "";
		(line.querySelector(".menu a > :last-child") || line).append(" ", word);
	}

	/* Shows the page as it is true on a day. */
	function show(day) {
		var counts = {};
		each("[data-reasons] template", null, function (later) {
			if (holds(later.content.querySelector("[data-kind]").dataset, day)) {
				later.replaceWith(later.content);
			}
		});
		each("[data-kind]", null, function (li) {
			li.hidden = !holds(li.dataset, day);
		});
		each("[data-reasons]", null, function (list) {
			list.hidden = !list.querySelector("[data-kind]:not([hidden])");
		});
		each("[data-ages]", null, function (item) {
			var status = statusOn(item.dataset.ages, day), unapproved = item.dataset.unapproved !== undefined;
			item.dataset.status = status;
			if (item.dataset.counted !== undefined) {
				var counted = status === "current" && unapproved ? "unapproved" : status;
				counts[counted] = (counts[counted] || 0) + 1;
			}
			if (status !== "current" && item.matches("li") && !item.querySelector(".status")) {
				sayQuietly(item);
			}
			each(".status", item, function (word) {
				word.hidden = status === "current" && word.dataset.quiet !== undefined;
				word.textContent = word.hidden ? "" : words(status, unapproved);
			});
			each(".banner-title", item, function (line) { line.textContent = title(status, unapproved); });
		});
		each("[data-count]", null, function (number) {
			number.textContent = counts[number.dataset.count] || 0;
		});
		each("[data-today]", null, function (today) {
			today.textContent = long(day);
			today.setAttribute("datetime", day);
		});
	}

	/* "4 March 2014", as the pages write it. */
	function long(day) {
		var p = day.split("-");
		return new Date(Date.UTC(+p[0], p[1] - 1, +p[2])).toLocaleDateString("en-GB",
			{ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
	}

	/* The page was true on the day it was built; a clock that is behind that
	   day is wrong and changes nothing. */
	function refresh() {
		var day = dayOf(new Date());
		if (root.dataset.day && day > root.dataset.day) {
			show(day);
		}
	}

	/* Citations: the clause or rule in the address gets a line that says how
	   to cite it. The line at the end of the page cites the whole section. */

	function citation(article, target) {
		var parts = [article.dataset.citation];
		if (target) {
			var clause = target.querySelector(".clause");
			if (target.classList.contains("rule")) {
				parts.push("rule " + target.id);
			} else if (clause && /\d/.test(clause.textContent)) {
				parts.push("clause " + clause.textContent.trim());
			} else {
				parts.push("“" + target.textContent.trim() + "”");
			}
		}
		return parts.concat(article.dataset.version || []).join(", ");
	}

	function copy(text, say) {
		function done() { say("Copied"); }
		function byHand() {
			var field = document.createElement("textarea");
			field.value = text;
			field.className = "off-screen";
			field.setAttribute("aria-hidden", "true");
			document.body.appendChild(field);
			field.select();
			var ok = false;
			try { ok = document.execCommand("copy"); } catch (e) { /* said below */ }
			field.remove();
			say(ok ? "Copied" : "Not copied: please select the text and copy it");
		}
		if (navigator.clipboard && navigator.clipboard.writeText) {
			navigator.clipboard.writeText(text).then(done, byHand);
		} else {
			byHand();
		}
	}

	function copyButton(line) {
		var button = document.createElement("button");
		var said = document.createElement("span");
		button.type = "button";
		button.className = "button";
		button.textContent = "Copy citation";
		said.setAttribute("role", "status");
		button.addEventListener("click", function () {
			copy(line.querySelector(".citation").textContent, function (what) { said.textContent = what; });
			button.focus();
		});
		line.append(" ", button, " ", said);
	}

	var clauseLine = null;

	function citeTarget() {
		var id = "";
		try { id = decodeURIComponent(location.hash.slice(1)); } catch (e) { /* no such clause */ }
		/* or a heading as other tools spell it: #setup */
		var target = id && (document.getElementById(id) || document.querySelector("[id$=\"--" + CSS.escape(id) + "\"]"));
		target = target && target.closest("[id]:not(span)"); /* which holds the name that the author gave */
		if (target && target.id !== id) {
			return location.replace("#" + target.id);
		}
		var article = target && target.closest("[data-citation]");
		if (clauseLine) {
			clauseLine.remove();
		}
		if (!article || !target.matches(".prose :is(h2, h3, h4, h5, h6, .rule)")) {
			return;
		}
		clauseLine = document.createElement("p");
		clauseLine.className = "cite-line";
		var text = document.createElement("span");
		text.className = "citation";
		text.textContent = citation(article, target);
		clauseLine.append("Cite as: ", text);
		copyButton(clauseLine);
		target[target.matches(".rule") ? "append" : "after"](clauseLine);
	}

	/* Colours: the reader's own choice, kept in this browser only. */

	function theme(choice) {
		if (choice === "light" || choice === "dark") {
			root.dataset.theme = choice;
		} else {
			delete root.dataset.theme;
		}
	}

	function kept() {
		try { return localStorage.getItem("handbook-theme"); } catch (e) { return null; }
	}

	function themes(field) {
		var now = kept() || "auto";
		each("input", field, function (input) {
			input.checked = input.value === now;
			input.addEventListener("change", function () {
				theme(input.value);
				try { localStorage.setItem("handbook-theme", input.value); } catch (e) { /* holds for this page */ }
			});
		});
	}

	/* Search is fetched when somebody is about to search. */

	document.addEventListener("focusin", function (e) {
		var form = e.target.form;
		if (form && form.dataset.client && !document.querySelector("script[src*=\"search.js\"]")) {
			var script = document.createElement("script");
			script.src = form.dataset.client;
			document.head.append(script);
		}
	});

	/* "/" and Ctrl+K lead to the box, where no field has the focus. */
	document.addEventListener("keydown", function (e) {
		var form = document.querySelector("form[data-keys]"), mark = e.ctrlKey || e.metaKey;
		if (form && (e.key === "/" && !mark && !e.altKey || /^k$/i.test(e.key) && mark) && !/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) {
			e.preventDefault();
			form.elements.q.focus();
		}
	});

	theme(kept()); /* before the first paint */

	function begin() {
		refresh();
		each("[data-script]", null, function (part) { part.hidden = false; });
		each(".theme", null, themes);
		each(".cite-line", null, copyButton);
		each("[data-print]", null, function (button) {
			button.addEventListener("click", function () { window.print(); });
		});
		citeTarget();
		window.addEventListener("hashchange", citeTarget);
		document.addEventListener("visibilitychange", refresh);

		/* The sidebar scrolls by itself; bring the place of this page into sight. */
		var sidebar = document.querySelector(".sidebar");
		var here = sidebar && sidebar.querySelector("[aria-current]");
		if (here && sidebar.scrollHeight > sidebar.clientHeight) {
			sidebar.scrollTop = here.offsetTop - sidebar.clientHeight / 3;
		}
	}

	/* On paper: the day it was printed and the address it came from. */
	window.addEventListener("beforeprint", function () {
		root.dataset.printed = "Printed on " + long(dayOf(new Date()));
	});

	window.handbook = {
		dayOf: dayOf, words: words, statusOn: statusOn, show: show
	};

	if (document.readyState === "loading") {
		document.addEventListener("DOMContentLoaded", begin);
	} else {
		begin();
	}
})();
