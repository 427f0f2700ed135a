/* 检索：格式和算法见 docs/search-format.md，与 Go 的读取器同分同序。ES5 */
(function (w, d) {
  'use strict';
  var parts = {}, gone = {}, X, pairs = obj(), extra = '', waiting = [];
  var DIR = { i: 'items/', p: 'items/', b: 'bundles/', s: 'signposts/', m: 'materials/', c: 'certificates/', l: 'laws/', a: '', d: 'divisions/' };
  var KIND = { i: 'item', p: 'procedure', b: 'bundle', s: 'signpost', m: 'material', c: 'certificate', l: 'law', a: 'article', d: 'place' };
  var min = Math.min, max = Math.max;

  /* ---- 文件 ---- */
  function obj() { return Object.create(null); }
  function num(s) { return parseInt(s, 36); }
  function part(name) {
    if (!(name in parts) && !gone[name]) { throw [name]; }
    return parts[name] || '';
  }
  function records(s) {
    var before = [];
    return s ? s.split('\n').map(function (l) {
      var f = l.split('\t'), c = chars(f[0]);
      before = before.slice(0, num(c[0])).concat(c.slice(1));
      f[0] = before.join('');
      return f;
    }) : [];
  }
  function addPairs(s) { var c = chars(s), i; for (i = 0; i + 1 < c.length; i += 2) { pairs[c[i]] = c[i + 1]; } }

  /* ---- 词 ---- */
  function chars(s) { return s.match(/[\ud800-\udbff][\udc00-\udfff]|[^]/g) || []; }
  function isHan(c) { return /^([\u3007\u3400-\u9fff\uf900-\ufaff]|[\ud840-\ud8bf][\udc00-\udfff])/.test(c); }
  function fold(c) {
    var n = c.charCodeAt(0);
    if (n > 0xff00 && n < 0xff5f) { c = String.fromCharCode(n - 0xfee0); }
    return pairs[c] || (n < 0xd800 || n > 0xdfff ? c.toLowerCase().charAt(0) : c);
  }
  function pieces(s) {
    var out = [], was = 0;
    chars(s).forEach(function (c) {
      var k;
      c = fold(c);
      if (c === "'" || c === '’') { return; }
      if (c === 'ü') { c = 'v'; }
      k = isHan(c) ? 1 : /[a-z0-9]/.test(c) ? 2 : 0;
      if (k && k === was) { out[out.length - 1].c.push(c); } else if (k) { out.push({ h: k === 1, c: [c] }); }
      was = k;
    });
    return out;
  }
  function text(p) { return p.c.join(''); }
  function key(ps) { return ps.map(text).join(''); }
  function joinWords(ps) {
    var out = [];
    ps.forEach(function (p) {
      var q = out[out.length - 1];
      if (q && !p.h && !q.h && !/\d/.test(text(p) + text(q))) { q.c = q.c.concat(p.c); } else { out.push(p); }
    });
    return out;
  }
  function bigrams(p) {
    return p.c.length === 1 ? p.c : p.c.slice(1).map(function (c, i) { return p.c[i] + c; });
  }
  function rowsOf(g) { return X.posts[g] || {}; }
  function known(g) { return g in X.posts; }
  function count(o) { return Object.keys(o).length; }

  /* ---- 索引 ---- */
  function open() {
    var s = part('head').split('\n\n'), lists = s[1].split('\n'), q = s[2].split('\n');
    if (s[0] !== 'banshi\t1') { throw new Error(s[0]); }
    if (q[3] !== '-') { addPairs(q[3]); }
    X = { posts: obj(), rows: [], texts: [], id: obj(), q: q[0].split('\t'), lone: q[1], marks: q[2], div: obj() };
    extra = q[0];
    records(s[3]).forEach(function (f, i) {
      X.rows.push({ k: f[1], id: f[2], name: f[0], w: +f[3], dep: lists[0].split('\t')[num(f[4])] || '', typ: lists[1].split('\t')[num(f[5])] || '', item: -1, procs: [] });
      X.id[f[1] + f[2]] = i;
      addText(f[0], 0, [i]);
    });
    X.rows.forEach(function (r, i) {
      var item = X.id['i' + r.id.split('#')[0]];
      if (r.k === 'p' && item !== undefined) { r.item = item; X.rows[item].procs.push(i); }
    });
    X.rows.forEach(function (r) { r.procs.sort(function (a, b) { return X.rows[a].id < X.rows[b].id ? -1 : 1; }); });
    records(s[4]).forEach(function (f) { addText(f[0], 1, f[1].split(' ').map(num)); });
  }
  function addText(said, alias, rows) {
    var ps = pieces(said), k = key(ps);
    function post(g) {
      var o = X.posts[g] || (X.posts[g] = {});
      rows.forEach(function (r) { o[r] = max(o[r] || 0, alias ? 750 : 1000); });
    }
    ps.forEach(function (p) {
      if (!p.h) { post(text(p)); return; }
      p.c.forEach(post);
      if (p.c.length > 1) { bigrams(p).forEach(post); }
    });
    X.texts.push({ said: said, k: k, n: chars(k).length, alias: alias, rows: rows });
  }
  function contains(k) { return X.texts.some(function (t) { return t.k.indexOf(k) >= 0; }); }

  /* ---- 拼音 ---- */
  function fuzzy(s) {
    return s.replace(/zh|ch|sh|ang|eng|ing|lue|nue/g, function (m) {
      return m.length === 2 ? m.charAt(0) : m.slice(1) === 'ue' ? m.charAt(0) + 've' : m.slice(0, 2);
    });
  }
  function spell(ps) {
    var full = '', first = '';
    ps.forEach(function (p) {
      var odd = X.odd[text(p)] || [];
      if (!p.h) { full += text(p); first += text(p); return; }
      p.c.forEach(function (c, i) { var s = odd[i] || X.syl[c] || c; full += s; first += chars(s)[0]; });
    });
    return { f: fuzzy(full), i: first };
  }
  function needPinyin() {
    var s = part('pinyin').split('\n\n');
    if (X.syl) { return; }
    X.syl = obj(); X.odd = obj();
    s[0].split('\n').forEach(function (l) {
      var m = /^[a-z]+/.exec(l);
      if (m) { chars(l.slice(m[0].length)).forEach(function (c) { X.syl[c] = m[0]; }); }
    });
    (s[1] || '').split('\n').forEach(function (l) { l = l.split('\t'); if (l[1]) { X.odd[l[0]] = l[1].split(' '); } });
    X.texts.forEach(function (t) { t.s = spell(pieces(t.said)); });
  }
  function spoken(word, initials, f) {
    var z = fuzzy(word);
    X.texts.forEach(function (t) {
      var v = sound(t.s.f, t.s.i, word, z, initials);
      if (v && t.alias) { v = v * 85 / 100 | 0; }
      if (v) { t.rows.forEach(function (r) { f(r, v); }); }
    });
  }
  function sound(full, first, word, z, initials) {
    var at = full.indexOf(z), in_ = initials ? first.indexOf(word) : -1, n = full.length - z.length, m = first.length - word.length;
    if (!at && !n) { return 1000; }
    if (!at && z.length > 1) { return 900 - min(99, n); }
    if (!in_) { return m ? 800 - min(99, 4 * m) : 950; }
    if (at >= 0 && z.length >= 4) { return 700 - min(99, n); }
    return in_ >= 0 && word.length >= 3 ? 600 - min(99, 4 * m) : 0;
  }

  /* ---- 地方 ---- */
  function addPlaces(s) {
    records(s).forEach(function (f) {
      extra += f[0];
      (X.words[f[0]] || (X.words[f[0]] = [])).push({ id: f[1], path: (f[2] || '').split(' '), up: f[3] || '', name: f[5] || f[0], short: f[6] === 's' });
    });
  }
  function places(ps) {
    var dir = part('places'), miss = [];
    if (!X.words) { X.words = obj(); X.shard = {}; if (dir.charAt(0) !== '*') { addPlaces(dir); } }
    if (dir.charAt(0) === '*') {
      dir.split('\n').slice(1).forEach(function (firsts, i) {
        var name = 'places/' + i.toString(36);
        if (X.shard[i] || !ps.some(function (p) { return p.c.some(function (c) { return firsts.indexOf(c) >= 0; }); })) { return; }
        if (name in parts || gone[name]) { X.shard[i] = 1; addPlaces(part(name)); } else { miss.push(name); }
      });
      if (miss.length) { throw miss; }
    }
  }
  function looksLikePlace(ps) {
    return !contains(key(ps)) && ps.some(function (p) {
      return p.h && (p.c.some(function (c) { return X.marks.indexOf(c) >= 0; }) || bigrams(p).some(function (g) { return !known(g); }));
    });
  }
  function placeAt(c, i) {
    var l, list, whole;
    for (l = min(16, c.length - i); l >= 2; l--) {
      list = X.words[c.slice(i, i + l).join('')];
      if (!list) { continue; }
      whole = list.filter(function (p) { return !p.short; });
      if (whole.length) { return { n: l, list: whole }; }
      if (!(i + l < c.length && known(c[i + l - 1] + c[i + l])) && !(i && known(c[i - 1] + c[i]))) { return { n: l, list: list }; }
    }
  }
  function findPlaces(ps) {
    var found = [], rest = [];
    function keep(c) { if (c.length > 1 || c.length && X.lone.indexOf(c[0]) < 0) { rest.push({ h: true, c: c }); } }
    if (looksLikePlace(ps)) {
      places(ps);
      ps.forEach(function (p) {
        var start = 0, i = 0, at;
        if (!p.h) { rest.push(p); return; }
        while (i < p.c.length) {
          at = placeAt(p.c, i);
          if (at) { found.push(at.list); keep(p.c.slice(start, i)); start = i += at.n; } else { i++; }
        }
        keep(p.c.slice(start));
      });
    }
    return { found: found, rest: found.length ? rest : ps };
  }
  function choose(found, chosen) {
    var best = [], most = 0, ids, one;
    found.forEach(function (list) {
      list.forEach(function (p) {
        var n = found.filter(function (o) { return o.some(function (x) { return x.id === p.id || p.path.indexOf(x.id) >= 0; }); }).length;
        if (n > most) { most = n; best = []; ids = {}; }
        if (n === most && !ids[p.id]) { ids[p.id] = 1; best.push(p); }
      });
    });
    one = best.filter(function (p) { return p.id === chosen; });
    return one.length ? one : best;
  }
  function division(id) {
    var s, l, n;
    if (!id || /[^0-9a-z-]/.test(id)) { return null; }
    if (id in X.div) { return X.div[id]; }
    s = part('division/' + id);
    if (!s) { return (X.div[id] = null); }
    l = s.split('\n'); n = l[0].split('\t');
    return (X.div[id] = { id: id, name: n[0], next: n[1] || '', up: n[2] || '', own: offers(l[1]), lower: offers(l[2]) });
  }
  function offers(s) {
    var o = {}, at = 0;
    (s || '').replace(/([0-9a-z]+)([A-Z.]+)/g, function (m, n, f) { at += num(n); o[at] = f; });
    return o;
  }
  function namedPlaces(s) {
    var p = division(s), ps, at;
    if (p) { return [p]; }
    ps = pieces(s);
    if (ps.length !== 1 || !ps[0].h) { return []; }
    places(ps);
    at = placeAt(ps[0].c, 0);
    return at && at.n === ps[0].c.length ? at.list : [];
  }

  /* ---- 计分 ---- */
  function strip(ps) {
    var out = [];
    if (contains(key(ps))) { return ps; }
    ps.forEach(function (p) {
      var t = text(p);
      if (p.h) {
        X.q.forEach(function (q) { t = t.split(q).join(''); });
        if (!t || chars(t).length === 1 && X.lone.indexOf(t) >= 0) { return; }
      }
      out.push({ h: p.h, c: chars(t) });
    });
    return out.length ? out : ps;
  }
  function weight(df) {
    var n = 1;
    if (!df) { return 2; }
    for (df *= 2; df <= X.rows.length && n < 7; df *= 2) { n++; }
    return n;
  }
  function wordRows(word, why) {
    var rows = {}, r, post = rowsOf(word);
    for (r in post) { rows[r] = post[r]; }
    if (word.length >= 6 && /\d/.test(word.slice(0, 2))) {
      records(part('codes')).forEach(function (f) { if (f[0].indexOf(word) >= 0) { r = num(f[1]); rows[r] = 1000; why[r] = '代码 ' + word; } });
    }
    if (/[a-z]/.test(word) && word.length > 1) {
      needPinyin();
      spoken(word, true, function (x, v) { if (v > (rows[x] || 0)) { rows[x] = v; why[x] = '拼音'; } });
    }
    return rows;
  }
  function units(ps, why) {
    var us = [], singles = [];
    ps.forEach(function (p) {
      if (!p.h) { us.push({ g: text(p), rows: wordRows(text(p), why) }); return; }
      bigrams(p).forEach(function (g) { us.push({ g: g, rows: rowsOf(g), two: p.c.length > 1 }); });
      p.c.forEach(function (c) { singles.push({ g: c, rows: rowsOf(c) }); });
    });
    if (singles.length && !us.some(function (u) { return count(u.rows); })) { us = singles; }
    us.forEach(function (u) { u.w = weight(count(u.rows)); });
    return us;
  }
  function whole(k, n, why) {
    var bonus = {};
    X.texts.forEach(function (t) {
      var at = t.k.indexOf(k), b;
      if (at < 0) { return; }
      b = 250 + (150 * n / t.n | 0) + (at ? 0 : 150);
      if (t.alias) { b = (b * 75 / 100 | 0) + (t.n === n ? 400 : 0); } else if (t.n === n) { b += 300; }
      t.rows.forEach(function (r) { if (b > (bonus[r] || 0)) { bonus[r] = b; why[r] = t.alias ? '也叫“' + t.said + '”' : ''; } });
    });
    return bonus;
  }
  function score(ps, offered, why) {
    var k = key(ps), n = chars(k).length, us = units(ps, why), bonus = whole(k, n, why), set = {}, scores = {}, best = 0, r;
    function standing(r) {
      var e = X.rows[r];
      return e.w - 2 * min(40, X.texts[r].n) + (offered[r] || offered[e.item] ? 300 : 0);
    }
    function coverage(r) {
      var item = X.rows[r].item, sum = 0, of = 0;
      us.forEach(function (u) {
        var v = max(u.rows[r] || 0, u.rows[item] || 0);
        if (!v && u.two) { chars(u.g).forEach(function (c) { var p = rowsOf(c); if (p[r] || p[item]) { v += 175; } }); }
        sum += v * u.w; of += u.w;
      });
      return of ? sum / of | 0 : 0;
    }
    us.concat({ rows: bonus }).forEach(function (u) {
      for (var r in u.rows) { set[r] = 1; X.rows[r].procs.forEach(function (p) { set[p] = 1; }); }
    });
    for (r in set) {
      n = coverage(r);
      best = max(best, n);
      scores[r] = n + (bonus[r] || 0) + standing(r);
    }
    if (best < 620 && chars(k).length >= 3 && ps.every(function (p) { return p.h; })) {
      needPinyin();
      spoken(spell(ps).f, false, function (r, v) {
        v = (v * 90 / 100 | 0) + standing(r);
        if (!(r in scores) && v > 0 || v > scores[r]) { scores[r] = v; why[r] = '读音相近'; }
      });
    }
    return scores;
  }

  /* ---- 回答 ---- */
  function order(r) { return X.rows[r].k + X.rows[r].id; }
  function url(r) {
    var e = X.rows[r], id = e.id.split('#');
    return e.k === 'a' ? e.id : DIR[e.k] + id[0] + '/' + (id[1] ? '#p' + id[1] : '');
  }
  function hits(scores, why) {
    var groups = {}, list, best = 0, r;
    for (r in scores) { (function (r, v) {
      var top = X.rows[r].item < 0 ? r : X.rows[r].item, g = groups[top];
      if (!g || v > g.v || v === g.v && order(r) < order(g.r)) { groups[top] = { r: r, v: v, top: top }; }
      best = max(best, v);
    }(+r, scores[r])); }
    list = Object.keys(groups).map(function (k) { return groups[k]; }).filter(function (g) { return g.v * 100 >= best * 40; });
    list.sort(function (a, b) { return b.v - a.v || (order(a.r) < order(b.r) ? -1 : 1); });
    return list.map(function (g) {
      var e = X.rows[g.r], t = X.rows[g.top], procs = t.procs.length > 1 ? t.procs : [];
      return { kind: KIND[e.k], id: e.id, name: e.name, url: url(g.r), score: g.v, why: why[g.r] || '', place: '', dep: t.dep, typ: t.typ,
        chips: procs.map(function (p) { return { name: X.rows[p].name, no: X.rows[p].id.split('#')[1], url: url(p), chosen: p === g.r }; }) };
    });
  }
  function settle(h, id) {
    var s = h.id.split('#'), row = X.id['i' + s[0]], p = division(id), n = 0, f;
    function guide(no) { return DIR.d + p.id + '/' + s[0] + (no && X.rows[row].procs.length > 1 && f.indexOf('P') < 0 ? '.' + no : '') + '.html'; }
    if (h.kind !== 'item' && h.kind !== 'procedure' || !p || !p.own[row] && p.lower[row]) { return; }
    for (; p && n < 8; p = division(p.next), n++) {
      f = p.own[row];
      if (f) {
        h.place = p.id; h.at = p.name; h.url = guide(s[1]);
        h.chips.forEach(function (c) { c.url = guide(c.no); });
        return;
      }
    }
  }
  function known1(c) { return known(c) || extra.indexOf(c) >= 0; }
  function unknown(ps) { return ps.some(function (p) { return p.h && !p.c.every(known1); }); }
  function answer(q) {
    var ps, f, chosen, a = { hits: [], choices: [] }, offered = {}, why = {}, p;
    if (!X) { open(); }
    ps = pieces(q.text);
    if (unknown(ps)) { places(ps); }
    if (unknown(ps) || /[\u2e80-\u2fdf]/.test(q.text)) {
      f = part('fold');
      if (!pairs.done) { addPairs(f); pairs.done = 1; }
      ps = pieces(q.text);
    }
    ps = joinWords(ps);
    f = findPlaces(ps);
    chosen = choose(f.found, q.place);
    if (!chosen.length && q.place) { p = namedPlaces(q.place); if (p.length === 1) { a.place = p[0]; } else { a.choices = p; } }
    if (chosen.length === 1) { a.place = chosen[0]; } else if (chosen.length) { a.choices = chosen; }
    if (f.rest.length) { ps = f.rest; }
    ps = strip(ps);
    a.text = key(ps);
    if (a.place && (p = division(a.place.id))) {
      Object.keys(p.lower).concat(Object.keys(p.own)).forEach(function (r) { offered[r] = 1; });
    }
    if (a.text) { a.hits = hits(score(ps, offered, why), why); }
    if (!f.rest.length && chosen.length) {
      a.hits = chosen.map(function (p) {
        return { kind: 'place', id: p.id, name: p.name, url: DIR.d + p.id + '/', score: 2000, why: p.up, place: p.id, dep: '', typ: '', chips: [] };
      }).concat(a.hits);
    }
    a.hits = a.hits.slice(0, q.limit || 20);
    if (a.place) { a.hits.forEach(function (h) { settle(h, a.place.id); }); }
    return a;
  }
  /* 缺文件时给 {need: [名字]}，取来放进 put 再问一次 */
  function ask(q) {
    try { return answer(q); } catch (e) { if (e instanceof Array) { return { need: e }; } throw e; }
  }
  w.banshi = { put: function (name, s) { parts[name] = s; }, gone: function (name) { gone[name] = 1; }, ask: ask };
  if (!d) { return; }

  /* ---- 页面 ---- */
  var self = d.currentScript || [].filter.call(d.getElementsByTagName('script'), function (s) { return /\/search\.\w+\.js$/.test(s.src); })[0];
  var root = self.src.replace(/assets\/[^\/]*$/, ''), dir = 'search/';
  function load(names, done) {
    var left = names.length;
    names.forEach(function (name) {
      var s = d.createElement('script');
      function end() { d.head.removeChild(s); if (!--left) { done(); } }
      s.charset = 'utf-8';
      s.src = root + dir + name + '.js';
      s.onload = end;
      s.onerror = function () { gone[name] = 1; end(); };
      d.head.appendChild(s);
    });
  }
  function run(q, done) {
    var a;
    if (!parts.current) {
      if (gone.current) { return; }
      load(['current'], function () { if (parts.current) { dir += parts.current + '/'; run(q, done); } });
      return;
    }
    if (gone.head) { return; }
    a = ask(q);
    if (!a.need) { done(a); return; }
    waiting.push([q, done]);
    if (waiting.length === 1) {
      load(a.need, function () { waiting.splice(0).forEach(function (x) { run(x[0], x[1]); }); });
    }
  }
  function el(tag, parent, cls, t) {
    var e = d.createElement(tag);
    if (cls) { e.className = cls; }
    if (t) { e.appendChild(d.createTextNode(t)); }
    if (parent) { parent.appendChild(e); }
    return e;
  }
  /* 名字里与查询相同的两字以上的段落 */
  function mark(parent, s, k) {
    var c = chars(s), f = c.map(fold), on = [], last, e;
    f.forEach(function (x, i) { if (i && isHan(x) && k.indexOf(f[i - 1] + x) >= 0) { on[i - 1] = on[i] = 1; } });
    c.forEach(function (x, i) {
      if (!e || !on[i] !== last) { e = on[i] ? el('mark', parent) : el('span', parent); last = !on[i]; }
      e.appendChild(d.createTextNode(x));
    });
  }
  function page(u) { return root + u.replace(/\/(#|$)/, '/index.html$1'); }
  function say(box, name, v) { return (box.getAttribute('data-' + name) || '').replace(/\{\w+\}/, v); }

  function suggest(form) {
    var input = form.elements.q, place = form.elements.place, list = el('ul', null, 'entry suggest'), timer, typing, at = -1, asked = '';
    var live = el('p', null, 'vh');
    list.id = 'suggest-' + (suggest.n = (suggest.n || 0) + 1);
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', form.getAttribute('data-list') || '');
    live.setAttribute('role', 'status');
    form.parentNode.insertBefore(list, form.nextSibling);
    form.parentNode.insertBefore(live, list);
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', list.id);
    input.setAttribute('autocomplete', 'off');
    function show(a) {
      list.textContent = '';
      at = -1;
      input.removeAttribute('aria-activedescendant');
      (a ? a.hits : []).forEach(function (h, i) {
        var li = el('li', list), link = el('a', li, 't');
        li.id = list.id + '-' + i;
        li.setAttribute('role', 'option');
        li.setAttribute('aria-selected', 'false');
        link.href = page(h.url);
        link.tabIndex = -1;
        mark(link, h.name, a.text);
        if (h.why || h.at) { el('p', li, '', [h.at, h.why].filter(Boolean).join(' · ')); }
      });
      list.hidden = !list.firstChild;
      input.setAttribute('aria-expanded', String(!list.hidden));
      live.textContent = a ? say(form, 'count', a.hits.length) : '';
    }
    function changed() {
      clearTimeout(timer);
      if (typing) { return; }
      timer = setTimeout(function () {
        var v = asked = input.value;
        if (!v.trim()) { show(); return; }
        run({ text: v, place: place ? place.value : '', limit: 6 }, function (a) { if (v === asked && d.activeElement === input) { show(a); } });
      }, 150);
    }
    function move(step) {
      var n = list.children.length;
      if (!n) { return; }
      if (at >= 0) { list.children[at].setAttribute('aria-selected', 'false'); }
      at = (at + step + (at < 0 && step < 0 ? 1 : 0) + n) % n;
      list.children[at].setAttribute('aria-selected', 'true');
      input.setAttribute('aria-activedescendant', list.children[at].id);
    }
    input.addEventListener('compositionstart', function () { typing = true; });
    input.addEventListener('compositionend', function () { typing = false; changed(); });
    input.addEventListener('input', changed);
    input.addEventListener('keydown', function (e) {
      if (typing || e.isComposing || e.keyCode === 229) { return; }
      if (e.keyCode === 40 || e.keyCode === 38) { move(e.keyCode === 40 ? 1 : -1); e.preventDefault(); }
      if (e.keyCode === 27 && !list.hidden) { asked = ''; show(); e.preventDefault(); }
      if (e.keyCode === 13 && at >= 0) { w.location.href = list.children[at].firstChild.href; e.preventDefault(); }
    });
    input.addEventListener('blur', function () { asked = ''; setTimeout(show, 250); });
    show();
  }

  /* 结果页：状态都在网址里，?q=&place= */
  function results(box, form) {
    var q = form.elements.q, place = form.elements.place, p = {}, kinds = {}, got = box.querySelector('.got'), list = box.querySelector('.hits'), help = d.getElementById('no-hits');
    w.location.search.slice(1).split('&').forEach(function (x) {
      x = x.split('=');
      try { p[x[0]] = decodeURIComponent((x[1] || '').replace(/\+/g, ' ')); } catch (e) { p[x[0]] = ''; }
    });
    say(box, 'kinds', '').split(' ').forEach(function (x) { x = x.split(':'); kinds[x[0]] = x[1]; });
    function link(id) { return '?q=' + encodeURIComponent(p.q) + (id ? '&place=' + id : ''); }
    if (place) { place.value = p.place || ''; }
    q.value = p.q || '';
    if (!q.value.trim()) { return; }
    run({ text: p.q, place: p.place, limit: 30 }, function (a) {
      var line = el('p', got, '', say(box, a.hits.length ? 'found' : 'none', a.hits.length || p.q)), chips = el('div', got, 'chips'), c;
      line.setAttribute('role', 'status');
      d.title = p.q + ' · ' + d.title;
      if (a.place) {
        if (p.place) { place.value = a.place.name; }
        c = el('a', chips, 'chip', say(box, 'in', a.place.name) + ' ✕');
        el('span', c, 'vh', say(box, 'drop', ''));
        c.href = p.place ? link() : '?q=' + encodeURIComponent(a.text);
      }
      a.choices.forEach(function (x) { el('a', chips, 'chip', x.name + (x.up ? '（' + x.up + '）' : '')).href = link(x.id); });
      a.hits.forEach(function (h) {
        var li = el('li', list), note = el('p', li, 'note bars');
        [kinds[h.kind], h.typ, h.dep, h.at].forEach(function (t) { if (t) { el('span', note, '', t); } });
        c = el('a', el('h3', li));
        c.href = page(h.url);
        mark(c, h.name, a.text);
        if (h.why) { mark(el('p', li), h.why, a.text); }
        if (h.chips.length) { chips = el('div', li, 'chips'); }
        h.chips.forEach(function (x) {
          c = el('a', chips, 'chip', x.name);
          c.href = page(x.url);
          if (x.chosen) { c.setAttribute('aria-current', 'true'); }
        });
      });
      box.hidden = false;
      if (help) { help.hidden = !!a.hits.length; }
    });
  }
  d.addEventListener('DOMContentLoaded', function () {
    var box = d.getElementById('results');
    [].forEach.call(d.querySelectorAll('form[role=search]'), function (f) {
      if (f.elements.q) { suggest(f); if (box) { results(box, f); } }
    });
  });
}(typeof window === 'undefined' ? this : window, typeof document === 'undefined' ? null : document));
