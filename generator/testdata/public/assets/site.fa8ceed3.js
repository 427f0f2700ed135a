/* Everything works without this script. It keeps the text size, prints, tells when a scanned paper is out of date, and keeps
   the chosen cases in the address. ES5, for old WebViews. */
(function (d, w) {
  'use strict';
  var h = d.documentElement, key = 'size';
  function get() { try { return w.localStorage.getItem(key); } catch (e) { return null; } }
  function put(v) { try { w.localStorage.setItem(key, v); } catch (e) { return; } }
  function each(list, f) { for (var i = 0; i < list.length; i++) { f(list[i]); } }
  function size(v) {
    if (v === '2' || v === '3') { h.setAttribute('data-size', v); } else { h.removeAttribute('data-size'); v = '1'; }
    each(d.querySelectorAll('.size button'), function (b) { b.setAttribute('aria-pressed', b.value === v ? 'true' : 'false'); });
  }
  function param(name) {
    var m = new RegExp('[?&]' + name + '=([^&#]*)').exec(w.location.search);
    return m ? decodeURIComponent(m[1]) : '';
  }
  function sizes() {
    var b = d.querySelectorAll('.size button');
    each(b, function (one) {
      one.addEventListener('click', function () {
        size(this.value); put(this.value);
        for (var j = 0; j < b.length; j++) { if (b[j].offsetWidth) { if (!this.offsetWidth) { b[j].focus(); } break; } }
      });
    });
    size(get());
  }
  /* The QR code on paper carries the version the paper was printed from: <standard>-<local>. The page lists what its versions were
     before; what is said there of the paper's two halves is said at the top. */
  function paper() {
    var is = h.getAttribute('data-version'), was = param('v'), note = d.getElementById('paper'), list, now;
    if (!is || !was || !note) { return; }
    function say(word) {
      var p = d.createElement('p');
      p.appendChild(d.createTextNode(note.getAttribute('data-' + word)));
      note.appendChild(p);
    }
    note.hidden = false;
    if (is === was) { say('same'); return; }
    list = d.createElement('ul');
    now = is.split('-');
    each(was.split('-'), function (half) {
      each(half === now[0] || half === now[1] ? [] : d.querySelectorAll('#paper-valid [data-v]'), function (li) {
        if (li.getAttribute('data-v') === half) { list.appendChild(li.cloneNode(true)); }
      });
    });
    if (!list.firstChild) { say('unknown'); return; }
    say('old');
    note.appendChild(list);
  }
  /* What a scanned paper says goes along to the page where the guide is now. */
  function keep() {
    if (param('v')) { each(d.querySelectorAll('a[data-keep]'), function (a) { a.search = '?v=' + encodeURIComponent(param('v')); }); }
  }
  /* A guide that is no more: its address tells the item and the place. */
  function gone() {
    var note = d.getElementById('gone'), root, m, a;
    if (!note) { return; }
    root = note.getAttribute('data-root');
    m = /^divisions\/([0-9A-Za-z-]+)\/([0-9a-z-]+)(\.[0-9]+)?\.html$/.exec(w.location.pathname.slice(root.length));
    if (!m) { return; }
    a = note.getElementsByTagName('a');
    a[0].href = root + 'items/' + m[2] + '/index.html';
    a[1].href = root + 'divisions/' + m[1] + '/index.html';
    note.hidden = false;
  }
  function cases() {
    var picks = d.querySelectorAll('input.pick[type=radio]');
    if (!picks.length) { return; }
    each(param('c').split('.'), function (id) {
      var p = /^c[1-4]o[0-6]$/.test(id) && d.getElementById(id);
      if (p) { p.checked = true; }
    });
    each(picks, function (p) {
      p.addEventListener('change', function () {
        var on = [], q = w.location.search.replace(/[?&]c=[^&]*/, '').replace(/^\?/, '');
        each(picks, function (x) { if (x.checked && x.value !== '0') { on.push(x.id); } });
        if (on.length) { q = (q ? q + '&' : '') + 'c=' + on.join('.'); }
        try { w.history.replaceState(null, '', w.location.pathname + (q ? '?' + q : '') + w.location.hash); } catch (e) { return; }
      });
    });
  }
  /* A deadline counts from a day that only the reader knows: told the day, the page says the last one, and makes an entry for a
     calendar. The day itself does not count; a month ends on the same day of the month, or on its last. */
  function lastDay(day, days, months) {
    var m = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(day), y, mo, end;
    if (!m) { return null; }
    y = +m[1]; mo = m[2] - 1 + months;
    end = new Date(Date.UTC(y, mo + 1, 0)).getUTCDate();
    return new Date(Date.UTC(y, mo, (months ? Math.min(+m[3], end) : +m[3]) + days, 12));
  }
  function ics(li, title, at, address) {
    var stamp = new Date().toISOString().replace(/-|:|\.\d+/g, ''), day = at.toISOString().slice(0, 10).replace(/-/g, '');
    function text(s) { return s.replace(/[\\;,]/g, '\\$&').replace(/\s+/g, ' '); }
    return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//banshi//guide//ZH-CN', 'BEGIN:VEVENT', 'UID:' + day + '-' + li.getAttribute('data-uid'), 'DTSTAMP:' + stamp,
      'DTSTART;VALUE=DATE:' + day, 'TRANSP:TRANSPARENT', 'SUMMARY:' + text(title), 'DESCRIPTION:' + text(li.getElementsByTagName('b')[0].textContent), 'URL:' + address,
      'BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:' + text(title), 'TRIGGER:-P3D', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR', ''].map(function (line) {
        return line.replace(/(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[\s\S]){18}(?=[\s\S])/g, '$&\r\n ');
      }).join('\r\n');
  }
  function deadlines() {
    each(d.querySelectorAll('li[data-uid]'), function (li) {
      var ul = li.parentNode, p = d.createElement('p'), label = d.createElement('label'), day = d.createElement('input'), said = d.createElement('span'), a = d.createElement('a');
      p.className = 'count noprint'; day.type = 'date'; a.className = 'chip'; a.hidden = true; said.setAttribute('role', 'status');
      label.appendChild(d.createTextNode(li.getAttribute('data-day') + ' '));
      label.appendChild(day);
      a.appendChild(d.createTextNode(ul.getAttribute('data-save')));
      each([label, said, a], function (x) { p.appendChild(x); });
      li.appendChild(p);
      day.addEventListener('change', function () {
        var at = lastDay(day.value, +li.getAttribute('data-days'), +li.getAttribute('data-months'));
        said.textContent = ''; a.hidden = true;
        if (!at) { return; }
        said.textContent = ul.getAttribute('data-last').replace('{date}', at.toLocaleDateString(h.lang, { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }));
        try {
          a.href = w.URL.createObjectURL(new Blob([ics(li, li.getAttribute('data-title'), at, w.location.href)], { type: 'text/calendar' }));
          a.download = 'deadline.ics';
          a.hidden = false;
        } catch (e) { return; }
      });
    });
  }
  /* On the page of an item: typing part of a place's name leaves the places that have it, and Enter opens the first. */
  function pick() {
    var form = d.querySelector('form#pick'), box, all, say, first;
    if (!form) { return; }
    box = form.getElementsByTagName('input')[0];
    say = form.getElementsByTagName('output')[0];
    all = form.parentNode.querySelectorAll('.place');
    form.hidden = false;
    function hit(a, q) { var yes = a.textContent.indexOf(q) >= 0; if (yes && q && !first) { first = a; } return yes; }
    function show() {
      var q = box.value.replace(/\s/g, '');
      first = null;
      each(all, function (p) {
        var n = 0, head = p.querySelector('h3 a'), whole = head && hit(head, q);
        each(p.querySelectorAll('li a, .served a'), function (a) { var yes = hit(a, q); a.parentNode.hidden = !yes && !whole; if (yes) { n++; } });
        each(p.querySelectorAll('details'), function (x) { x.open = !!q && !!x.querySelector('li:not([hidden])'); });
        p.hidden = !whole && !n;
      });
      say.textContent = q && !first ? form.getAttribute('data-none') : '';
    }
    box.addEventListener('input', show);
    form.addEventListener('submit', function (e) { e.preventDefault(); show(); if (first) { w.location.href = first.href; } });
  }
  /* Pages once read stay readable without a net; not while editing, and not from a folder. */
  function offline() {
    var me = d.querySelector('script[src*="assets/site."]');
    if (w.location.protocol === 'https:' && w.navigator.serviceWorker && me) { w.navigator.serviceWorker.register(me.src.replace(/assets\/[^\/]*$/, 'sw.js')); }
  }
  h.className += ' js';
  size(get());
  d.addEventListener('DOMContentLoaded', function () {
    sizes(); paper(); keep(); gone(); cases(); deadlines(); pick();
    each(d.querySelectorAll('[data-print]'), function (b) { b.addEventListener('click', function () { w.print(); }); });
    /* Filters are open without script; on a narrow screen they start closed. */
    if (w.innerWidth < 896) { each(d.querySelectorAll('details[data-fold]'), function (x) { x.removeAttribute('open'); }); }
  });
}(document, window));
