// Part of the preview only: reloads the page when the site changes, and shows what is wrong over it.
(function () {
  "use strict";
  var self = document.currentScript, mine = self.dataset.site;
  var host = null;

  function keep(key, value) {
    try {
      if (value === undefined) return sessionStorage.getItem(key);
      sessionStorage.setItem(key, value);
    } catch (e) { /* storage may be forbidden; the overlay then opens anew on each page */ }
    return null;
  }

  function element(name, className, text) {
    var e = document.createElement(name);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
  }

  function sheet() {
    var link = element("link");
    link.rel = "stylesheet";
    link.href = new URL("overlay.css", self.src).pathname + new URL(self.src).search;
    return link;
  }

  // lines draws the lines of a file around a problem, the line itself marked from the column on.
  function lines(p, excerpt) {
    var box = element("pre");
    excerpt.lines.forEach(function (text, i) {
      var number = excerpt.first + i, here = number === p.line;
      var row = element("span", here ? "here" : "");
      row.append(element("b", "", String(number)), " ");
      var at = here && p.column ? Array.from(text).slice(0, p.column - 1).join("").length : text.length;
      row.append(text.slice(0, at));
      if (here) row.append(element("mark", "", text.slice(at)));
      box.append(row, "\n");
    });
    return box;
  }

  function row(p, excerpt) {
    var li = element("li", p.severity);
    li.append(element("code", "", p.file + (p.line ? ":" + p.line + ":" + p.column : "")));
    li.append(element("p", "what", p.message));
    if (excerpt && excerpt.lines.length) li.append(lines(p, excerpt));
    if (p.hint) li.append(element("p", "hint", p.hint));
    p.notes.forEach(function (n) {
      li.append(element("p", "hint", n.file + (n.line ? ":" + n.line + ":" + n.column : "") + " " + n.message));
    });
    return li;
  }

  // show draws the answer of problems.json. Every word goes in as text, never as HTML: records come from many hands.
  function show(state) {
    if (host) host.remove();
    host = null;
    var en = state.lang.indexOf("en") === 0;
    var more = state.errors + state.warnings - state.problems.length;
    if (!state.failure && !state.problems.length) return;
    host = document.createElement("aside");
    host.setAttribute("aria-label", en ? "Problems of the records" : "记录里的问题");
    var root = host.attachShadow({ mode: "open" });
    var box = element("details", state.failure || state.errors ? "bad" : "");
    var chosen = keep("banshi-overlay");
    box.open = chosen ? chosen === "open" : Boolean(state.failure || state.errors);
    box.append(element("summary", "", en
      ? (state.failure ? "cannot be loaded, showing the last good state; " : "") + state.errors + " errors, " + state.warnings + " warnings"
      : (state.failure ? "读不出来，显示的是上一次的；" : "") + "错误 " + state.errors + "，警告 " + state.warnings));
    box.addEventListener("toggle", function () { keep("banshi-overlay", box.open ? "open" : "closed"); });
    if (state.failure) box.append(element("p", "failure", state.failure));
    var rows = element("ol");
    state.problems.forEach(function (p, i) { rows.append(row(p, state.excerpts[i])); });
    box.append(rows);
    if (more) box.append(element("p", "hint", en ? "and " + more + " more: banshi check" : "还有 " + more + " 处，见 banshi check"));
    root.append(sheet(), box);
    document.body.append(host);
  }

  // A guide leads to the form for what its place may set itself.
  function offer(address) {
    var nav = document.createElement("nav"), root = nav.attachShadow({ mode: "open" });
    var en = document.documentElement.lang.indexOf("en") === 0;
    nav.setAttribute("aria-label", en ? "Preview" : "预览");
    var link = element("a", "edit", en ? "Change phones, hours, amounts here" : "改这里的电话、时间、标准");
    link.href = address;
    root.append(sheet(), link);
    document.body.append(nav);
  }

  // fresh reloads a page that shows an older state. A tab that nobody looks at waits until somebody does.
  function fresh() {
    if (!document.hidden) location.reload();
    else document.addEventListener("visibilitychange", function () { location.reload(); }, { once: true });
  }

  function problems() {
    fetch("/-/problems.json").then(function (r) { return r.json(); }).then(function (state) {
      if (state.site !== mine) fresh();
      else show(state);
    }).catch(function () { /* the server is gone; events start again with it */ });
  }

  function heard(site) {
    if (site !== mine) fresh();
    else problems();
  }

  function listen(tell) {
    new EventSource("/-/events").onmessage = function (e) { tell(e.data); };
  }

  if (self.dataset.edit) offer(self.dataset.edit);

  // A browser opens six connections to one server: one tab listens for all, and the next takes over when it goes.
  if (navigator.locks && window.BroadcastChannel) {
    var others = new BroadcastChannel("banshi");
    others.onmessage = function (e) { heard(e.data); };
    navigator.locks.request("banshi-events", function () {
      listen(function (site) { others.postMessage(site); heard(site); });
      return new Promise(function () {});
    });
    problems();
  } else {
    listen(heard);
  }
})();
