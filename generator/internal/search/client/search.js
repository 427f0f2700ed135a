/*! 检索。源文件 generator/internal/search/client/search.js，压缩而成，请改源文件 */
/* 格式和算法见 docs/search-format.md，与 Go 的读取器同分同序。ES5，不用框架 */
(function (w, d) {
  'use strict';
  var keys = Object.keys, min = Math.min, max = Math.max, parts = {}, pairs = obj(), X, seen;

  /* ---- 文件：一个字符串，段以空行分，行以换行分，栏以制表符分 ---- */
  function obj() { return Object.create(null); }
  function num(s) { return parseInt(s, 36); }
  function part(name) {
    if (!(name in parts)) { throw [name]; }
    return parts[name];
  }
  function lines(s) { return s ? s.split('\n') : []; }
  function records(s) {
    var before = [];
    return lines(s).map(function (l) {
      var f = l.split('\t'), c = chars(f[0]);
      before = before.slice(0, num(c[0])).concat(c.slice(1));
      f[0] = before.join('');
      return f;
    });
  }
  function addPairs(s) {
    chars(s).forEach(function (c, i, all) { if (i % 2) { pairs[all[i - 1]] = c; } });
  }

  /* ---- 词 ---- */
  function chars(s) { return s.match(/[\ud800-\udbff][\udc00-\udfff]|[^]/g) || []; }
  function isHan(c) { return /^([\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff]|[\ud840-\ud8bf].)/.test(c); }
  function fold(c) {
    var n = c.charCodeAt(0);
    if (n > 0xff00 && n < 0xff5f) { c = String.fromCharCode(n - 0xfee0); }
    return pairs[c] || (c[1] ? c : c.toLowerCase()[0]);
  }
  function pieces(s) {
    var out = [], was = 0;
    chars(s).map(fold).forEach(function (c) {
      if (c === "'" || c === '’') { return; }
      if (c === 'ü') { c = 'v'; }
      var k = isHan(c) ? 1 : /[a-z0-9]/.test(c) ? 2 : 0;
      if (k && k !== was) { out.push(piece(k < 2, [])); }
      if (k) { out[out.length - 1].c.push(c); }
      was = k;
    });
    return out;
  }
  function piece(han, c) { return { h: han, c: c }; }
  function text(p) { return p.c.join(''); }
  function key(ps) { return ps.map(text).join(''); }
  function joinWords(ps) {
    return ps.reduce(function (out, p) {
      var q = out[out.length - 1];
      if (q && !p.h && !q.h && !/\d/.test(text(p) + text(q))) { q.c = q.c.concat(p.c); } else { out.push(p); }
      return out;
    }, []);
  }
  function bigrams(c) { return c.slice(1).map(function (x, i) { return c[i] + x; }); }
  function rowsOf(g) { return X.posts[g] || {}; }
  function known(g) { return g in X.posts; }

  /* ---- 索引 ---- */
  function open() {
    var s = part('head').split('\n\n'), lists = lines(s[1]), q = lines(s[2]);
    if (s[0] !== 'banshi\t1') { throw s[0]; }
    addPairs(q[3]);
    function term(i, ref) { return lists[i].split('\t')[num(ref)]; }
    X = { posts: obj(), rows: [], texts: [], id: {}, q: q[0].split('\t'), lone: q[1], marks: q[2], div: {} };
    seen = q[0];
    records(s[3]).forEach(function (f, i) {
      X.rows.push({ k: f[1], id: f[2], key: f[1] + '/' + f[2], name: f[0], w: +f[3], note: [term(1, f[5]), term(0, f[4])], procs: [] });
      X.id[f[1] + '/' + f[2]] = i;
      addText(f[0], 0, [i]);
    });
    X.rows.map(function (r, i) { return i; }).sort(byKey).forEach(function (i) {
      var id = X.rows[i].key.split('#');
      if (id[1]) { X.rows[X.rows[i].item = X.id[id[0]]].procs.push(i); }
    });
    records(s[4]).forEach(function (f) { addText(f[0], 1, f[1].split(' ').map(num)); });
  }
  function byKey(a, b) { return X.rows[a].key < X.rows[b].key ? -1 : 1; }
  function addText(said, alias, rows) {
    var ps = pieces(said), k = key(ps);
    ps.forEach(function (p) {
      (p.h ? p.c.concat(bigrams(p.c)) : [text(p)]).forEach(function (g) {
        var o = X.posts[g] = rowsOf(g);
        rows.forEach(function (r) { o[r] = max(o[r] || 0, alias ? 750 : 1000); });
      });
    });
    X.texts.push({ said: said, k: k, n: chars(k).length, alias: alias, rows: rows });
  }
  function within(k) { return X.texts.some(function (t) { return t.k.indexOf(k) >= 0; }); }

  /* ---- 拼音 ---- */
  function fuzzy(s) { return s.replace(/([zcs])h|([aei]n)g|([ln])ue/g, function (m, a, b, c) { return a || b || c + 've'; }); }
  function spell(ps) {
    var full = '', first = '';
    ps.forEach(function (p) {
      var odd = X.odd[text(p)] || [];
      p.c.forEach(function (c, i) {
        c = p.h ? odd[i] || X.syl[c] || c : c;
        full += c;
        first += chars(c)[0];
      });
    });
    return { f: fuzzy(full), i: first };
  }
  function needPinyin() {
    var s = part('pinyin').split('\n\n');
    if (X.syl) { return; }
    X.syl = obj();
    X.odd = obj();
    lines(s[0]).forEach(function (l) {
      var m = /^[a-z]+/.exec(l)[0];
      chars(l.slice(m.length)).forEach(function (c) { X.syl[c] = m; });
    });
    lines(s[1]).forEach(function (l) {
      l = l.split('\t');
      if (l[1]) { X.odd[l[0]] = l[1].split(' '); }
    });
    X.texts.forEach(function (t) { t.s = spell(pieces(t.said)); });
  }
  function spoken(word, initials, f) {
    var z = fuzzy(word);
    X.texts.forEach(function (t) {
      var v = sound(t.s.f, t.s.i, word, z, initials);
      if (t.alias) { v = v * 85 / 100 | 0; }
      if (v) { t.rows.forEach(function (r) { f(r, v); }); }
    });
  }
  function sound(full, first, word, z, initials) {
    var at = full.indexOf(z), in_ = initials ? first.indexOf(word) : -1, n = full.length - z.length, m = first.length - word.length;
    return !at && !n ? 1000 :
      !at && z[1] ? 900 - min(99, n) :
      !in_ ? m ? 800 - min(99, 4 * m) : 950 :
      at >= 0 && z[3] ? 700 - min(99, n) :
      in_ > 0 && word[2] ? 600 - min(99, 4 * m) : 0;
  }

  /* ---- 地方 ---- */
  function addPlaces(s) {
    records(s).forEach(function (f) {
      seen += f[0];
      (X.words[f[0]] = X.words[f[0]] || []).push({ id: f[1], path: f[2] || '', up: f[3], name: f[5] || f[0], short: f[6] });
    });
  }
  function places(ps) {
    var dir = part('places'), sharded = dir[0] === '*', miss = [];
    if (!X.words) {
      X.words = obj();
      X.shards = {};
      if (!sharded) { addPlaces(dir); }
    }
    if (sharded) {
      lines(dir).slice(1).forEach(function (firsts, i) {
        var name = 'places/' + i.toString(36);
        if (X.shards[i] || !chars(key(ps)).some(function (c) { return firsts.indexOf(c) >= 0; })) { return; }
        if (name in parts) { X.shards[i] = 1; addPlaces(parts[name]); } else { miss.push(name); }
      });
      if (miss[0]) { throw miss; }
    }
  }
  function placeAt(c, i) {
    var l, list, whole;
    for (l = min(16, c.length - i); l > 1; l--) {
      list = X.words[c.slice(i, i + l).join('')];
      if (!list) { continue; }
      whole = list.filter(function (p) { return !p.short; });
      if (whole[0] || !(known(c[i + l - 1] + c[i + l]) || known(c[i - 1] + c[i]))) { return { n: l, list: whole[0] ? whole : list }; }
    }
  }
  function findPlaces(ps) {
    var found = [], rest = [];
    function keep(c) { if (c[1] || c[0] && X.lone.indexOf(c[0]) < 0) { rest.push(piece(true, c)); } }
    if (!within(key(ps)) && ps.some(function (p) {
      return p.h && (p.c.some(function (c) { return X.marks.indexOf(c) >= 0; }) || !(p.c[1] ? bigrams(p.c) : p.c).every(known));
    })) {
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
    return { found: found, rest: found[0] ? rest : ps };
  }
  function choose(found, chosen) {
    var best = obj(), most = 0;
    found.forEach(function (list) {
      list.forEach(function (p) {
        var n = found.filter(function (o) { return o.some(function (x) { return x.id === p.id || p.path.split(' ').indexOf(x.id) >= 0; }); }).length;
        if (n > most) { most = n; best = obj(); }
        if (n === most) { best['/' + p.id] = p; }
      });
    });
    if (best['/' + chosen]) { return [best['/' + chosen]]; }
    return keys(best).map(function (id) { return best[id]; });
  }
  function division(id) {
    var l, n;
    if (!id || /[^0-9a-z-]/.test(id)) { return; }
    if (!(id in X.div)) {
      l = lines(part('division/' + id));
      n = l[0] && l[0].split('\t');
      X.div[id] = n && { id: id, name: n[0], next: n[1], up: n[2], own: offers(l[1]), lower: offers(l[2]) };
    }
    return X.div[id];
  }
  function offers(s) {
    var o = {}, at = 0;
    s.replace(/([0-9a-z]+)([A-Z.]+)/g, function (m, n, f) { o[at += num(n)] = f; });
    return o;
  }
  function named(s) {
    var p = division(s), ps = pieces(s);
    if (p || !ps[0] || ps[1] || !ps[0].h) { return p ? [p] : []; }
    places(ps);
    p = placeAt(ps[0].c, 0);
    return p && p.n === ps[0].c.length ? choose([p.list]) : [];
  }

  /* ---- 计分，千分之一为单位 ---- */
  function strip(ps) {
    var out = within(key(ps)) ? ps : ps.map(function (p) {
      var t = text(p);
      if (p.h) { X.q.forEach(function (q) { t = t.split(q).join(''); }); }
      return piece(p.h, chars(t));
    }).filter(function (p) { return p.c[1] || p.c[0] && !(p.h && X.lone.indexOf(p.c[0]) >= 0); });
    return out[0] ? out : ps;
  }
  function weight(df) {
    var n = df ? 1 : 2;
    for (df *= 2; df && df <= X.rows.length && n < 7; df *= 2) { n++; }
    return n;
  }
  function wordRows(word, why) {
    var rows = {}, post = rowsOf(word);
    keys(post).forEach(function (r) { rows[r] = post[r]; });
    if (word[5] && /^.?\d/.test(word)) {
      records(part('codes')).forEach(function (f) {
        var r = num(f[1]);
        if (f[0].indexOf(word) >= 0) { rows[r] = 1000; why[r] = '代码 ' + word; }
      });
    }
    if (word[1] && /[a-z]/.test(word)) {
      needPinyin();
      spoken(word, 1, function (r, v) { if (v > (rows[r] || 0)) { rows[r] = v; why[r] = '拼音'; } });
    }
    return rows;
  }
  function units(ps, why) {
    var us = [], singles = [];
    ps.forEach(function (p) {
      if (!p.h) { us.push({ rows: wordRows(text(p), why) }); return; }
      (p.c[1] ? bigrams(p.c) : p.c).forEach(function (g) { us.push({ rows: rowsOf(g), two: p.c[1] && chars(g) }); });
      p.c.forEach(function (c) { singles.push({ rows: rowsOf(c) }); });
    });
    if (singles[0] && !us.some(function (u) { return keys(u.rows)[0]; })) { us = singles; }
    us.forEach(function (u) { u.w = weight(keys(u.rows).length); });
    return us;
  }
  function score(ps, offered, why) {
    var k = key(ps), size = chars(k).length, us = units(ps, why), bonus = {}, set = {}, scores = {}, best = 0;
    function standing(r) {
      var e = X.rows[r];
      return e.w - 2 * min(40, X.texts[r].n) + (offered[r] || offered[e.item] ? 300 : 0);
    }
    function add(r) { set[r] = 1; X.rows[r].procs.forEach(function (p) { set[p] = 1; }); }
    X.texts.forEach(function (t) {
      var at = t.k.indexOf(k), all = t.n === size, b = 250 + (150 * size / t.n | 0) + (at ? 0 : 150);
      if (at < 0) { return; }
      b = t.alias ? (b * 75 / 100 | 0) + (all ? 400 : 0) : b + (all ? 300 : 0);
      t.rows.forEach(function (r) { if (b > (bonus[r] || 0)) { bonus[r] = b; why[r] = t.alias ? '也叫“' + t.said + '”' : ''; } });
    });
    keys(bonus).forEach(add);
    us.forEach(function (u) { keys(u.rows).forEach(add); });
    keys(set).forEach(function (r) {
      var item = X.rows[r].item, sum = 0, of = 0;
      us.forEach(function (u) {
        var v = max(u.rows[r] || 0, u.rows[item] || 0);
        if (!v && u.two) { u.two.forEach(function (c) { c = rowsOf(c); if (c[r] || c[item]) { v += 175; } }); }
        sum += v * u.w;
        of += u.w;
      });
      sum = of && sum / of | 0;
      best = max(best, sum);
      scores[r] = sum + (bonus[r] || 0) + standing(r);
    });
    if (best < 620 && size > 2 && ps.every(function (p) { return p.h; })) {
      needPinyin();
      spoken(spell(ps).f, 0, function (r, v) {
        v = (v * 90 / 100 | 0) + standing(r);
        if (v > (scores[r] || 0)) { scores[r] = v; why[r] = '读音相近'; }
      });
    }
    return scores;
  }

  /* ---- 回答 ---- */
  function hits(scores, why) {
    var groups = {}, best = 0;
    keys(scores).sort(byKey).forEach(function (r) {
      var v = scores[r], e = X.rows[r], top = e.procs[0] || e.item === undefined ? r : e.item, g = groups[top];
      if (!g || v > g.v) { groups[top] = { r: r, v: v, top: X.rows[top] }; }
      best = max(best, v);
    });
    return keys(groups).map(function (k) { return groups[k]; }).filter(function (g) {
      return g.v * 100 >= best * 40;
    }).sort(function (a, b) { return b.v - a.v || byKey(a.r, b.r); }).map(function (g) {
      var h = hit(g.r, g.v, why[g.r]);
      h.note = g.top.note;
      h.chips = g.top.procs[1] ? g.top.procs.map(function (p) { p = hit(p); p.on = p.id === h.id; return p; }) : [];
      return h;
    });
  }
  function hit(r, v, why) {
    var e = X.rows[r], id = e.id.split('#');
    return { k: e.k, id: e.id, name: e.name, score: v, why: why || '', url: e.k ? e.k + '/' + id[0] + (id[1] ? '/#p' + id[1] : '/') : e.id };
  }
  function settle(h, place) {
    var id = h.id.split('#'), row = X.id['items/' + id[0]], p = division(place.id), n = 8, f;
    if (h.k !== 'items' || !p || !p.own[row] && p.lower[row]) { return; }
    for (; p && n--; p = division(p.next)) {
      f = p.own[row];
      if (f) {
        h.place = p;
        [h].concat(h.chips).forEach(function (x) {
          var no = x.id.split('#')[1];
          x.url = 'divisions/' + p.id + '/' + id[0] + (no && h.chips[0] && f.indexOf('P') < 0 ? '.' + no : '') + '.html';
        });
        return;
      }
    }
  }
  function strange(ps) {
    return ps.some(function (p) { return p.h && p.c.some(function (c) { return !known(c) && seen.indexOf(c) < 0; }); });
  }
  function answer(q) {
    var ps, f, chosen, a, offered = {}, why = {}, p;
    if (!X) { open(); }
    ps = pieces(q.text);
    if (strange(ps)) { places(ps); }
    if (strange(ps)) {
      addPairs(part('fold'));
      ps = pieces(q.text);
    }
    f = findPlaces(joinWords(ps));
    chosen = choose(f.found, q.place);
    a = { hits: [], choices: chosen[0] || !q.place ? chosen : named(q.place) };
    if (!a.choices[1]) { a.place = a.choices.pop(); }
    ps = strip(f.rest[0] ? f.rest : joinWords(ps));
    a.text = key(ps);
    p = a.place && division(a.place.id);
    if (p) { keys(p.lower).concat(keys(p.own)).forEach(function (r) { offered[r] = 1; }); }
    if (a.text) { a.hits = hits(score(ps, offered, why), why); }
    if (!f.rest[0]) {
      a.hits = (a.place ? [a.place] : a.choices).filter(function () { return f.found[0]; }).map(function (p) {
        return { k: 'divisions', id: p.id, name: p.name, url: 'divisions/' + p.id + '/', score: 2000, why: p.up || '', place: p, note: [], chips: [] };
      }).concat(a.hits);
    }
    a.hits = a.hits.slice(0, q.limit || 20);
    if (p) { a.hits.forEach(function (h) { settle(h, p); }); }
    return a;
  }
  /* 缺文件时给 {need: [名字]}：取来交给 put（没有的交空串），再问一次 */
  function ask(q) {
    try { return answer(q); } catch (e) { if (e.pop) { return { need: e }; } throw e; }
  }
  w.banshi = { put: function (name, s) { parts[name] = s; }, ask: ask };
  if (!d) { return; }

  /* ---- 页面 ---- */
  var root = d.querySelector('script[src*="assets/search."]').src.replace(/assets\/[^\/]*$/, ''), dir = root + 'search/', waiting = [];
  function load(names, done) {
    var left = names.length;
    names.forEach(function (name) {
      var s = el('script', d.head);
      function end() { parts[name] = parts[name] || ''; if (!--left) { done(); } }
      s.charset = 'utf-8';
      s.onload = s.onerror = end;
      s.src = dir + name + '.js';
    });
  }
  function run(q, done) {
    var a = !('current' in parts) ? { need: ['current'] } : parts.current && parts.head !== '' ? ask(q) : 0;
    if (!a) { return; }
    if (!a.need) { done(a); return; }
    if (waiting.push([q, done]) < 2) {
      load(a.need, function () {
        if (a.need[0] === 'current') { dir += parts.current + '/'; }
        waiting.splice(0).forEach(function (x) { run(x[0], x[1]); });
      });
    }
  }
  function el(tag, parent, t, attrs) {
    var e = d.createElement(tag);
    if (t) { e.textContent = t; }
    if (parent) { parent.appendChild(e); }
    return set(e, attrs || {});
  }
  function set(e, attrs) {
    keys(attrs).forEach(function (k) { e.setAttribute(k, attrs[k]); });
    return e;
  }
  /* 两个字以上与所查相同的，标出来 */
  function mark(parent, s, k) {
    var c = chars(s), f = c.map(fold), on = [], e;
    bigrams(f).forEach(function (g, i) { if (isHan(g) && k.indexOf(g) >= 0) { on[i] = on[i + 1] = 1; } });
    c.forEach(function (x, i) {
      if (!i || on[i] !== on[i - 1]) { e = el(on[i] ? 'mark' : 'span', parent); }
      e.textContent += x;
    });
    return parent;
  }
  function link(parent, h, k, attrs) {
    attrs.href = root + h.url.replace(/\/(#|$)/, '/index.html$1');
    return mark(el('a', parent, '', attrs), h.name, k);
  }
  function say(e, name, v) { return (e.getAttribute('data-' + name) || '').replace(/\{\w+\}/, v); }

  function suggest(form) {
    var input = form.elements.q, place = form.elements.place, timer, busy, at = -1, asked, id = 'suggest-' + (form.id || 'q');
    var list = el('ul', form.parentNode, '', { id: id, 'class': 'entry suggest', role: 'listbox', 'aria-label': say(form, 'list') });
    var live = el('p', form.parentNode, '', { 'class': 'vh', role: 'status' });
    form.parentNode.insertBefore(list, form.nextSibling);
    set(input, { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': id, autocomplete: 'off' });
    function pick(n) {
      [].forEach.call(list.children, function (li, i) { li.setAttribute('aria-selected', i === n); });
      at = n;
      set(input, { 'aria-activedescendant': n < 0 ? '' : id + n, 'aria-expanded': !list.hidden });
    }
    function show(a) {
      list.textContent = '';
      a.hits.forEach(function (h, i) {
        var li = el('li', list, '', { role: 'option', id: id + i });
        link(li, h, a.text, { 'class': 't', tabindex: -1 });
        el('p', li, [h.place && h.place.name, h.why].filter(Boolean).join(' · '));
      });
      list.hidden = !a.hits[0];
      live.textContent = a.text ? say(form, 'count', a.hits.length) : '';
      pick(-1);
    }
    function hide() { asked = 0; show({ hits: [] }); }
    function changed() {
      clearTimeout(timer);
      timer = setTimeout(function () {
        var q = asked = { text: input.value, place: place && place.value, limit: 6 };
        if (busy || !q.text.trim()) { hide(); return; }
        run(q, function (a) { if (q === asked) { show(a); } });
      }, 150);
    }
    function on(type, f) { input.addEventListener(type, f); }
    on('compositionstart', function () { busy = 1; });
    on('compositionend', function () { busy = 0; changed(); });
    on('input', changed);
    on('blur', function () { setTimeout(hide, 250); });
    on('keydown', function (e) {
      var n = list.children.length, k = e.keyCode;
      if (busy || e.isComposing || !n) { return; }
      if (k === 40) { pick(at + 1 < n ? at + 1 : 0); } else if (k === 38) { pick(at > 0 ? at - 1 : n - 1); } else if (k === 27) { hide(); } else if (k === 13 && at >= 0) { list.children[at].firstChild.click(); } else { return; }
      e.preventDefault();
    });
    hide();
  }

  /* 结果页：状态都在网址里，?q=&place= */
  function results(box, form) {
    var p = {}, place = form.elements.place, help = d.getElementById('no-hits');
    location.search.replace(/[?&](q|place)=([^&]*)/g, function (m, k, v) {
      try { p[k] = decodeURIComponent(v.replace(/\+/g, ' ')); } catch (e) { p[k] = ''; }
    });
    function chip(parent, t, q, id) { return el('a', parent, t, { 'class': 'chip', href: '?q=' + encodeURIComponent(q) + (id ? '&place=' + id : '') }); }
    form.elements.q.value = p.q || '';
    place.value = p.place || '';
    if (!p.q) { return; }
    d.title = p.q + ' · ' + d.title;
    run({ text: p.q, place: p.place, limit: 30 }, function (a) {
      box.hidden = false;
      var got = box.firstElementChild, chips = el('div', 0, '', { 'class': 'chips' }), n = a.hits.length;
      el('p', got, say(box, n ? 'found' : 'none', n || p.q));
      got.appendChild(chips);
      if (a.place) {
        if (p.place) { place.value = a.place.name; }
        el('span', chip(chips, say(box, 'in', a.place.name) + ' ✕', p.place ? p.q : a.text), say(box, 'drop'), { 'class': 'vh' });
      }
      a.choices.forEach(function (x) { chip(chips, x.name + '（' + x.up + '）', p.q, x.id); });
      a.hits.forEach(function (h) {
        var li = el('li', box.lastElementChild), note = el('p', li, '', { 'class': 'note bars' }), more;
        [say(box, h.k || 'articles')].concat(h.note, h.place && h.place.name).forEach(function (t) { if (t) { el('span', note, t); } });
        link(el('h3', li), h, a.text, {});
        if (h.why) { mark(el('p', li), h.why, a.text); }
        if (h.chips[0]) { more = el('div', li, '', { 'class': 'chips' }); }
        h.chips.forEach(function (x) { link(more, x, '', x.on ? { 'class': 'chip', 'aria-current': true } : { 'class': 'chip' }); });
      });
      help.hidden = !!n;
    });
  }
  d.addEventListener('DOMContentLoaded', function () {
    var box = d.getElementById('results');
    [].forEach.call(d.querySelectorAll('form[role=search]'), function (f) {
      suggest(f);
      if (box) { results(box, f); }
    });
  });
}(typeof window === 'undefined' ? this : window, typeof document === 'undefined' ? null : document));
