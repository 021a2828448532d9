/* The preview's part of a page: it loads the page again when it has changed,
   and shows what is wrong with the handbook. It is added when the page is
   served and is no part of the site. */
(function () {
	"use strict";
	var me = document.currentScript;
	var page = me.dataset.page;         /* this page's address in the site */
	var base = me.dataset.base;         /* where the site begins */
	var sum = me.dataset.sum;           /* what this page was like when it was served */
	var loaded = {};                    /* what it loads, and what that was like */
	me.dataset.assets.split("\n").forEach(function (line) {
		var i = line.indexOf(" ");
		if (i > 0) { loaded[line.slice(i + 1)] = line.slice(0, i); }
	});
	var alone = document.documentElement.classList.contains("handbook-preview"); /* the page shows the problems itself */
	var program = null;                 /* the server's script and style */

	/* What must outlive the page lies in the tab's own store. */
	function kept(key) {
		try { return sessionStorage.getItem("handbook-preview-" + key); } catch (e) { return null; }
	}
	function keep(key, value) {
		try {
			if (value === null) { sessionStorage.removeItem("handbook-preview-" + key); }
			else { sessionStorage.setItem("handbook-preview-" + key, value); }
		} catch (e) { /* then it is lost with the page */ }
	}

	/* ---- Loading again ---- */

	/* It tells whether it does so. What was loaded for a state once and is
	   still not as the state says would be loaded for ever. */
	function again(state) {
		var mark = page + " " + state.page + " " + state.program;
		if (program === null && kept("loaded") === mark) { return false; }
		keep("loaded", mark);
		keep("scroll", JSON.stringify({ page: page, x: scrollX, y: scrollY, heading: state.heading || "" }));
		history.scrollRestoration = "manual";
		location.reload();
		return true;
	}

	/* Whether some of what stands below a heading, up to the next, is seen. */
	function inSight(heading) {
		var all = Array.prototype.slice.call(document.querySelectorAll("h1, h2, h3, h4, h5, h6, section[id]"));
		var next = all[all.indexOf(heading) + 1];
		return heading.getBoundingClientRect().top < innerHeight && (!next || next.getBoundingClientRect().top > 0);
	}

	/* After loading again: back to where it was, or to the edited heading if
	   nothing below that is in sight. */
	function restore() {
		var was;
		try { was = JSON.parse(kept("scroll")); } catch (e) { was = null; }
		keep("scroll", null);
		window.addEventListener("load", function () {
			/* From here on the browser may restore again, but not this once. */
			setTimeout(function () { history.scrollRestoration = "auto"; }, 100);
		}, { once: true });
		if (!was || was.page !== page) { return; }
		var at = null;
		function back() {
			if (at !== null && Math.abs(scrollY - at) > 2) { return; } /* the reader has moved on */
			scrollTo({ left: was.x, top: was.y, behavior: "instant" });
			var to = was.heading && document.getElementById(was.heading);
			if (to && !inSight(to)) { to.scrollIntoView({ behavior: "instant" }); }
			at = scrollY;
		}
		back();
		window.addEventListener("load", back, { once: true }); /* images make it longer */
	}

	/* Where an element loads a file of the site from, or "". */
	function fileOf(address) {
		var at;
		try { at = new URL(address, location.href); } catch (e) { return ""; }
		var path = decodeURIComponent(at.pathname);
		return at.origin === location.origin && path.indexOf(base) === 0 ? path.slice(base.length) : "";
	}

	/* Puts new versions of style sheets and images in their places. It tells
	   whether that was all that had to be done. */
	function swap(assets) {
		var changed = Object.keys(assets).filter(function (name) { return loaded[name] !== assets[name]; });
		if (changed.length === 0) { return true; }
		var done = true;
		function fresh(address, name) {
			var at = new URL(address, location.href);
			at.search = "?v=" + assets[name];
			return at.href;
		}
		changed.forEach(function (name) {
			var found = false;
			document.querySelectorAll("link[href], img[src]").forEach(function (element) {
				var isLink = element.localName === "link";
				var address = isLink ? element.href : element.src;
				if (fileOf(address) !== name) { return; }
				if (!isLink) {
					element.src = fresh(address, name);
					found = true;
				} else if (element.relList.contains("icon")) {
					element.href = fresh(address, name);
					found = true;
				} else if (element.relList.contains("stylesheet")) {
					/* The old one stays until the new one is there, so that nothing flickers. */
					var next = element.cloneNode();
					next.href = fresh(address, name);
					next.addEventListener("load", function () { element.remove(); });
					next.addEventListener("error", function () { next.remove(); });
					element.after(next);
					found = true;
				}
			});
			done = done && found;
		});
		loaded = assets;
		return done;
	}

	/* ---- What is shown ---- */

	var host, root, live, panel, list, head, corner, toast, lost;
	var report = null;

	function make(tag, className, text) {
		var element = document.createElement(tag);
		if (className) { element.className = className; }
		if (text !== undefined) { element.textContent = text; }
		return element;
	}

	function button(text, className, act) {
		var b = make("button", className, text);
		b.type = "button";
		b.addEventListener("click", act);
		return b;
	}

	function count(n, one) { return n + " " + one + (n === 1 ? "" : "s"); }

	/* In a shadow, where the page's style does not reach it, nor its own the page. */
	function build() {
		host = make("handbook-preview");
		host.hidden = true;
		root = host.attachShadow({ mode: "open" });
		var sheet = make("link");
		sheet.rel = "stylesheet";
		sheet.href = me.src.replace(/\.js$/, ".css");
		sheet.addEventListener("load", function () { host.hidden = false; });
		sheet.addEventListener("error", function () { host.hidden = false; });

		live = make("p", "live");           /* read out when it changes; focus stays where it is */
		live.setAttribute("role", "status");
		panel = make("section", "panel");
		panel.setAttribute("aria-labelledby", "head");
		panel.id = "panel";
		panel.hidden = true;
		head = make("h2");
		head.id = "head";
		list = make("ol", "problems");
		var bar = make("div", "bar");
		bar.append(head, button("Close", "close", function () { putAside(); corner.focus(); }));
		panel.append(bar, make("p", "say"), list);
		panel.addEventListener("keydown", function (e) {
			if (e.key === "Escape") { putAside(); corner.focus(); }
		});
		corner = button("", "corner", function () {
			if (panel.hidden) { open(); } else { putAside(); }
		});
		corner.setAttribute("aria-controls", "panel");
		corner.hidden = true;
		toast = make("p", "toast");
		toast.setAttribute("role", "status");
		lost = make("p", "lost");
		lost.setAttribute("role", "status");
		var foot = make("div", "foot");
		foot.append(lost, toast, corner);
		root.append(sheet, live, panel, foot);
		document.body.append(host);
	}

	function open() {
		panel.hidden = false;
		corner.setAttribute("aria-expanded", "true");
		keep("aside", null);
	}

	function close() {
		panel.hidden = true;
		corner.setAttribute("aria-expanded", "false");
	}

	/* Closed by the reader: it stays so until there is another list. */
	function putAside() {
		close();
		keep("aside", report ? report.id : null);
	}

	function item(p) {
		var li = make("li", p.severity);
		var first = make("p");
		first.append(make("strong", "", p.severity + ":"), " " + p.text + " ", make("span", "rule", "[" + p.rule + "]"));
		var place = make("p", "place");
		place.append(make("code", "", p.place));
		li.append(first, place);
		if (p.line) {
			var pre = make("pre");
			pre.tabIndex = 0; /* it may be too wide, and must scroll by keyboard */
			pre.append(make("code", "", p.line));
			li.append(pre);
		}
		if (p.hint) { li.append(make("p", "hint", "Hint: " + p.hint)); }
		return li;
	}

	function show(next) {
		if (report && report.id === next.id) { return; }
		var before = report;
		report = next;
		var words = [];
		if (next.failure) { words.push("a failure"); }
		if (next.errors) { words.push(count(next.errors, "error")); }
		if (next.warnings) { words.push(count(next.warnings, "warning")); }
		var bad = Boolean(next.failure || next.errors);
		corner.hidden = words.length === 0 || alone;
		corner.textContent = words.join(", ");
		corner.classList.toggle("bad", bad);
		head.textContent = words.join(", ");
		panel.querySelector(".say").textContent = next.failure ? next.failure
			: bad ? "You see the page as it was before. Correct these problems and save; this goes away by itself."
			: "The handbook can be published with these.";
		list.replaceChildren.apply(list, next.problems.map(item));
		if (next.more) { list.append(make("li", "more", "And " + next.more + " more; the terminal shows all of them.")); }
		if (alone) { return; }
		var wasBad = before && (before.errors || before.failure);
		if (bad && kept("aside") !== next.id) { open(); }
		else if (bad || wasBad || !before || words.length === 0) { close(); }
		/* A page that opens without errors has nothing to announce. */
		if (bad) { live.textContent = "Problems in the handbook: " + words.join(", ") + ". They are listed at the end of the page."; }
		else if (wasBad) { live.textContent = "No errors any more."; }
	}

	/* "You saved 2.3 Texting. Go there." Only for a save that happened while
	   this tab was there to see it. */
	function tell(saved) {
		var seen = kept("saved");
		keep("saved", String(saved.id));
		if (seen === null || seen === String(saved.id) || !saved.name) { return; }
		toast.replaceChildren();
		if (fileOf(saved.href) === page) { return; }
		var there = make("a", "", "Go there");
		there.href = saved.href;
		toast.append("You saved ", make("b", "", saved.name), ". ", there, " ",
			button("Dismiss", "close", function () { toast.replaceChildren(); }));
	}

	/* ---- The stream ---- */

	var stream = null, retry = 0, silence = 0;

	function receive(state) {
		clearTimeout(silence);
		silence = 0;
		lost.textContent = "";
		if ((state.page !== sum || program !== null && program !== state.program) && again(state)) { return; }
		if (!swap(state.assets || {}) && again(state)) { return; }
		program = state.program;
		if (state.page === sum) { keep("loaded", null); }
		tell(state.saved);
		show(state.report);
	}

	function connect() {
		clearTimeout(retry);
		if (stream || document.visibilityState === "hidden") { return; }
		stream = new EventSource(me.src.replace(/preview\.js$/, "events?page=" + encodeURIComponent(page)));
		stream.onmessage = function (e) { receive(JSON.parse(e.data)); };
		stream.onerror = function () {
			/* A page that is about to go, or a server started again, is not lost. */
			silence = silence || setTimeout(function () { lost.textContent = "The preview does not answer. Is it still running?"; }, 1500);
			if (stream && stream.readyState === EventSource.CLOSED) {
				stream = null;
				retry = setTimeout(connect, 2000);
			}
		};
	}

	function disconnect() {
		clearTimeout(retry);
		if (stream) { stream.close(); }
		stream = null;
	}

	/* A browser keeps six connections to a server. A page that nobody sees
	   needs none: when it is seen again, its state tells what it missed. */
	document.addEventListener("visibilitychange", function () {
		if (document.visibilityState === "hidden") { disconnect(); } else { connect(); }
	});
	window.addEventListener("pagehide", disconnect);
	window.addEventListener("pageshow", function (e) { if (e.persisted) { connect(); } });

	build();
	restore();
	connect();
})();
