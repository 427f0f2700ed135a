/* 结果页：状态都在网址里，?q=&place= 和各栏的选择。源文件 generator/internal/search/client/results.js，压缩而成，请改源文件 */
(function (w, d) {
  'use strict';
  var B = w.banshi, el = B.el, say = B.say;
  function results(box, form) {
    var p = Object.create(null), where = form.elements.place, kids = box.children;
    location.search.replace(/[?&](\w+)=([^&]*)/g, function (m, k, v) {
      v = v.replace(/\+/g, ' ');
      try { v = decodeURIComponent(v); } catch (e) { /* 半截的转义，照样查 */ }
      if (v) { (p[k] = p[k] || []).push(v); }
    });
    /* 换一个选择的网址：选过的去掉，没选的加上 */
    function href(k, v, one) {
      var s = '', off;
      ['q', 'place'].concat(B.facets).forEach(function (n) {
        (p[n] || []).forEach(function (x) {
          if (n === k && (one || x === v)) { off = !one; } else { s += '&' + n + '=' + encodeURIComponent(x); }
        });
      });
      return '?' + (off || !v ? s : s + '&' + k + '=' + encodeURIComponent(v)).slice(1);
    }
    function chip(parent, t, url, on) {
      var e = el('a', parent, t, { 'class': 'chip', href: url });
      return on ? B.set(e, { 'aria-current': true }) : e;
    }
    form.elements.q.value = p.q || '';
    if (p.place || p.q) { where.value = p.place || ''; }
    if (!p.q) { return; }
    d.title = p.q[0] + ' · ' + d.title;
    B.run({ text: p.q[0], place: (p.place || [])[0], chosen: p, limit: 30 }, function (a) {
      var n = a.hits.length, chips = el('div', 0, '', { 'class': 'chips' }), named = a.place;
      box.hidden = false;
      el('p', kids[0], a.bad ? say(box, 'broken') : say(box, n ? 'found' : 'none', n ? a.total : p.q[0]));
      kids[0].appendChild(chips);
      if (named) {
        if (p.place) { where.value = a.called; } else { p.q = [a.text]; }
        el('span', chip(chips, say(box, 'in', named.name) + ' ✕', href('place', '', 1)), say(box, 'drop'), { 'class': 'vh' });
      }
      if (!a.bad) { B.memory(named ? a.called : ''); }
      a.choices.forEach(function (x) { chip(chips, x.name + '（' + x.up + '）', href('place', x.id, 1)); });
      a.facets.forEach(function (f) {
        if (!f.values[1] && !p[f.name]) { return; }
        var g = el('p', kids[1], '', { 'class': 'chips', role: 'group', 'aria-label': say(box, f.name) });
        if (p[f.name]) { kids[1].open = true; }
        el('b', g, say(box, f.name));
        f.values.slice(0, 12).forEach(function (v) { chip(g, say(box, v.t) + ' ' + v.n, href(f.name, v.t), v.on); });
        kids[1].hidden = false;
      });
      a.hits.forEach(function (h) {
        var li = el('li', kids[2]), note = el('p', li, '', { 'class': 'note bars' }), more;
        [say(box, h.k || 'articles')].concat(h.note, h.place && h.place.name).forEach(function (t) { if (t) { el('span', note, t); } });
        B.link(el('h2', li), h, a.text, {});
        if (h.why) { B.mark(el('p', li), h.why, a.text); }
        [h.chips, h.below].forEach(function (list, i) {
          if (!list[0]) { return; }
          more = i ? el('details', li) : li;
          if (i) { el('summary', more, say(box, 'below', list.length)); }
          more = el('div', more, '', { 'class': 'chips' });
          list.forEach(function (x) { B.link(more, x, '', x.on ? { 'class': 'chip', 'aria-current': true } : { 'class': 'chip' }); });
        });
      });
      d.getElementById('no-hits').hidden = !!n;
    });
  }
  d.addEventListener('DOMContentLoaded', function () {
    results(d.getElementById('results'), d.querySelector('form[role=search]'));
  });
}(window, document));
