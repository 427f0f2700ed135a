// Part of the preview only: reloads the page when the site changes, and shows what is wrong over it.
(function () {
  "use strict";
  var mine = new URL(document.currentScript.src).searchParams.get("site");
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

  function row(p) {
    var li = element("li", p.severity);
    li.append(element("code", "", p.file + (p.line ? ":" + p.line + ":" + p.column : "")));
    li.append(element("p", "what", p.message));
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
    var errors = state.problems.filter(function (p) { return p.severity === "error"; });
    var warnings = state.problems.filter(function (p) { return p.severity !== "error"; });
    if (!state.failure && !state.problems.length) return;
    host = document.createElement("banshi-problems");
    var root = host.attachShadow({ mode: "open" });
    var style = element("link");
    style.rel = "stylesheet";
    style.href = "/-/overlay.css";
    var box = element("details", state.failure || errors.length ? "bad" : "");
    var chosen = keep("banshi-overlay");
    box.open = chosen ? chosen === "open" : Boolean(state.failure || errors.length);
    box.append(element("summary", "", en
      ? (state.failure ? "cannot be loaded, showing the last good state; " : "") + errors.length + " errors, " + warnings.length + " warnings"
      : (state.failure ? "读不出来，显示的是上一次的；" : "") + "错误 " + errors.length + "，警告 " + warnings.length));
    box.addEventListener("toggle", function () { keep("banshi-overlay", box.open ? "open" : "closed"); });
    if (state.failure) box.append(element("p", "failure", state.failure));
    var list = element("ol");
    var most = 100;
    errors.concat(warnings).slice(0, most).forEach(function (p) { list.append(row(p)); });
    box.append(list);
    if (state.problems.length > most) {
      box.append(element("p", "hint", en ? "and " + (state.problems.length - most) + " more: banshi check" : "还有 " + (state.problems.length - most) + " 处，见 banshi check"));
    }
    root.append(style, box);
    document.body.append(host);
  }

  function problems() {
    fetch("/-/problems.json").then(function (r) { return r.json(); }).then(show).catch(function () { /* the server is gone; events start again with it */ });
  }

  new EventSource("/-/events").onmessage = function (e) {
    if (e.data !== mine) location.reload();
    else problems();
  };
})();
