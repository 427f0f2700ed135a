/* 检索。源文件 generator/internal/search/client/search.js，压缩而成，请改源文件 */
/* 格式和算法见 docs/search-format.md，与 Go 的读取器同分同序。ES5，不用框架 */
(function (w, d) {
  'use strict';
  var keys = Object.keys, min = Math.min, max = Math.max, parts = obj(), pairs = obj(), X, seen;

  /* ---- 文件：一个字符串，段以空行分，行以换行分，栏以制表符分 ---- */
  function obj() { return Object.create(null); }
  function num(s) { return parseInt(s, 36); }
  /* 内容与校验和不符的不用，记作 0；没有的文件也是 */
  function put(name, check, s) {
    var all = name + ' ' + s, i = 0, h = 0;
    while (i < all.length) { h = h * 31 + all.charCodeAt(i++) | 0; }
    parts[name] = (h >>> 0).toString(36) === check && s;
  }
  /* 要用的文件都在，才往下走；缺的一次报齐，坏的单报 */
  function need(names) {
    var miss = names.filter(function (n) { return !(n in parts); });
    if (miss[0]) { throw miss; }
    return names.map(function (n) {
      if (parts[n] === false) { throw n; }
      return parts[n];
    });
  }
  function part(name) { return need([name])[0]; }
  function lines(s) { return s ? s.split('\n') : []; }
  function split(l) { return l.split('\t'); }
  function words(s) { return s ? s.split(' ') : []; }
  function addPairs(s) { s.replace(/(.)(.)/g, function (m, from, to) { pairs[from] = to; }); }
  /* 键落在 n 个文件中的哪一个 */
  function shard(s, n) {
    for (var i = 0, h = 0; i < s.length; i++) { h = (h * 31 + s.charCodeAt(i)) % 1000003; }
    return (h % n).toString(36);
  }

  /* ---- 词：汉字的一段，或字母数字的一个 ---- */
  function fold(c) {
    if (c > '\uff00' && c < '\uff5f') { c = String.fromCharCode(c.charCodeAt(0) - 65248); }
    return pairs[c] || c.toLowerCase()[0];
  }
  function pieces(s) {
    return s.split('').map(fold).join('').replace(/['’]/g, '').replace(/ü/g, 'v').match(/[a-z0-9]+|[\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff]+/g) || [];
  }
  function isHan(p) { return p > '~'; }
  function bigrams(p) { return p.split('').map(function (c, i) { return c + p[i + 1]; }).slice(0, -1); }
  function units(p) { return p[1] ? bigrams(p) : [p]; }
  function lone(p) { return !p || !p[1] && X.lone.indexOf(p) >= 0; }
  /* 去掉问话的字眼；“>”后是换成的字 */
  function strip(ps) {
    var out = ps.join(' ').replace(X.re, function (m) { return X.to[m]; }).split(' ').filter(function (p) { return !lone(p); });
    return out[0] ? out : ps;
  }

  /* ---- 索引 ---- */
  function open() {
    var s = part('head').split('\n\n'), f = split(s[0]), lists = lines(s[1]).map(split), q = lines(s[2]), up = [], id = '', columns, procs = [];
    if (f[1] !== '3') { throw s[0]; }
    addPairs(q[3]);
    X = { build: f[2], n: f.slice(3).map(num), lists: lists, records: [], titles: [], id: obj(), to: obj(), lone: q[1], ends: q[2], words: obj(), upper: obj(), runsOn: obj(), divided: obj(), filed: obj(), syl: obj(), odd: obj() };
    seen = q[0] + String.fromCharCode.apply(0, keys(offers(q[4])));
    X.re = new RegExp(split(q[0]).map(function (l) {
      l = l.split('>');
      X.to[l[0]] = l[1] || '';
      return l[0];
    }).join('|'), 'g');
    columns = lines(s[3]).map(split);
    columns.slice(7).forEach(function (f) { procs[num(f[0])] = f.slice(1); });
    columns[0].forEach(function (id, n) {
      if (n) { [].push.apply(X.titles, add(X.records.length, id, columns.slice(1, 7).map(function (c) { return c[n]; }).concat(procs[n] || columns[1][n]))); }
    });
    X.all = '\n' + X.titles.map(function (t) { return t.t; }).join('\n');
    lines(s[4]).forEach(function (l) {
      var f = split(l), c = (f[1] || '').slice(1), depth = num(f[1]);
      id = id.slice(0, num(l[0])) + f[0].slice(1);
      word(up[depth] = X.upper[id] = place(id, c, up[depth - 1]), c, words(f[2]));
      if (/..[省市县区]$/.test(c)) {
        word(up[depth], c = c.slice(0, -1), [], 1);
        words(f[3]).forEach(function (g) { X.runsOn[c + g] = 1; });
      }
    });
  }
  /* 一行和它的业务办理项：名称、权重、部门、类型、主题、对象、各项的名称。返回名称 */
  function add(r, id, f) {
    var k = words(X.lists[0][id[0]]), item = k[0] === 'items', e = { k: k[0], id: id = id.slice(1), owner: r, w: +k[1] + (f[1] | 0), procs: [], f: [1, 2, 3, 4].map(function (i) {
      return words(f[i + 1]).map(function (n) { return X.lists[i][num(n)]; });
    }) };
    function named(e, r, name) {
      X.records[r] = e;
      e.name = name;
      e.n = pieces(name).join('').length;
      return entry(name, 0, r);
    }
    if (item) { X.id[id] = r; }
    return [named(e, r, f[0])].concat(f.slice(item ? 6 : 99).map(function (name, i) {
      var m = /^(\d+) (.*)/.exec(name) || [0, ('0' + (i + 1)).slice(-2), name];
      e.procs.push(i += r + 1);
      return named({ k: e.k, id: id + '#' + m[1], w: e.w - 60, owner: r, procs: [] }, i, m[2]);
    }));
  }
  /* 头里的名称原样，别的去掉问话的字眼 */
  function entry(said, alias, r) {
    var ps = pieces(said), k;
    if (X.all) { ps = strip(ps); }
    k = ps.join('');
    return { said: said, p: ps, k: k, t: ' ' + ps.join(' ') + ' ', a: alias, r: r };
  }
  function known(g) { return X.all.indexOf(g) >= 0; }
  function count(c) { return X.all.split(c).length; }
  function occurs(c) { return !isHan(c) || known(c) || seen.indexOf(c) >= 0; }
  /* 这些名称文件里的说法，和头里的名称 */
  function texts(files) {
    return need(files).reduce(function (out, s, i) {
      var list = X.filed[files[i]] = X.filed[files[i]] || lines(s).reduce(function (list, l) {
        var f = split(l), r = num(f[0]), n = 1;
        if (r >= X.titles.length) {
          n = 2;
          if (f[1]) { list = list.concat(add(r, f[1], f[n++].split('|'))); }
        }
        return list.concat(f.slice(n).map(function (a) { return entry(a, 1, r); }));
      }, []);
      return out.concat(list);
    }, X.titles);
  }
  function letter(word) { return 'letters/' + (word < 'a' ? 0 : word[0]); }
  /* 查的词要读哪些文件：每两个邻字取名称里少见的那个；哪里都没有的字不用读 */
  function files(ps) {
    return ps.reduce(function (out, p) {
      return out.concat(isHan(p) ? units(p).map(function (g) { return g[1] && count(g[1]) < count(g[0]) ? g[1] : g[0]; }).filter(occurs).map(function (c) { return 'names/' + shard(c, X.n[0]); }) : letter(p));
    }, []).filter(function (f, i, out) { return out.indexOf(f) === i; });
  }

  /* ---- 拼音 ---- */
  function fuzzy(s) { return s.replace(/([zcs])h|([aei]n)g|([ln])ue/g, function (m, a, b, c) { return a || b || c + 've'; }); }
  function learn(name) {
    lines(part(name)).forEach(function (l) {
      var f = split(l), m = /^[a-z]*/.exec(l)[0];
      if (f[1]) { X.odd[f[0]] = words(f[1]); }
      l.split('').forEach(function (c) { if (m) { X.syl[c] = m; } });
    });
  }
  function spell(ps, query) {
    var full = '', first = '';
    if (!X.odd['']) { learn('pinyin'); X.odd[''] = []; }
    ps.forEach(function (p) {
      p.split('').forEach(function (c, i) {
        if (query && !X.syl[c]) { learn('sounds'); }
        c = isHan(p) ? (X.odd[p] || [])[i] || X.syl[c] || c : c;
        full += c;
        first += c[0];
      });
    });
    return [fuzzy(full), first];
  }
  /* 名称和这个字母开头的说法，逐个听一遍 */
  function spoken(word, value, f) {
    var files = [letter(word)], z = fuzzy(word);
    need(files.concat('pinyin'));
    texts(files).forEach(function (t) {
      t.s = t.s || spell(t.p);
      var v = value(t.s[0], z, t.s[1], word) * (t.a ? 85 : 100) / 100 | 0;
      if (v) { f(t.r, v); }
    });
  }
  function sound(full, z, first, word) {
    var at = full.indexOf(z), n = full.length - z.length, in_ = first.indexOf(word), m = first.length - word.length;
    return !at && !n ? 1000 :
      !at && z[1] ? 900 - min(99, n) :
      !in_ ? m ? 800 - min(99, 4 * m) : 950 :
      at >= 0 && z[3] ? 700 - min(99, n) :
      in_ > 0 && word[2] ? 600 - min(99, 4 * m) : 0;
  }
  /* 拼写相近：邻字母大半相同 */
  function alike(full, z) {
    var n = bigrams(z), m = 2000 * n.filter(function (g) { return full.indexOf(g) >= 0; }).length / (n.length + full.length - 1) | 0;
    return z[4] && m >= 600 ? m >> 1 : 0;
  }

  /* ---- 地方 ---- */
  function place(id, name, up) { return { k: 'divisions', id: id, name: name, up: up ? up.name : '', chain: up ? up.chain.concat(up.id) : [] }; }
  function word(p, name, more, short) {
    [name].concat(more).forEach(function (n) {
      n = pieces(n).join('');
      seen += n;
      (X.words[n] = X.words[n] || []).push({ p: p, s: short });
    });
  }
  function towns(c) {
    var file = 'places/' + shard(c, X.n[2]);
    if (!X.filed[file]) {
      lines(part(file)).forEach(function (l) {
        var f = split(l);
        word(place(f[1], f[3] || f[0], X.upper[f[2]]), f[0], []);
      });
      X.filed[file] = 1;
    }
  }
  function placeAt(p, i) {
    var n, name, list, whole;
    function runs(a) { a = p.substr(a, 2); return a[1] && (known(a) || X.runsOn[name + a]); }
    for (n = 16; n > 1; n--) {
      list = i + n > p.length ? 0 : X.words[name = p.substr(i, n)];
      if (list) {
        whole = list.filter(function (x) { return !x.s; });
        if (whole[0] || !(runs(i + n - 1) || i && runs(i - 1))) { return { n: n, means: (whole[0] ? whole : list).map(function (x) { return x.p; }) }; }
      }
    }
  }
  function findPlaces(ps) {
    var found = [], rest = [];
    function keep(p) { if (!lone(p)) { rest.push(p); } }
    ps.forEach(function (p) {
      var start = 0, i = 0, at;
      for (; i < p.length && isHan(p); i++) {
        at = placeAt(p, i);
        /* 后面有乡镇名的末字，这里才可能是乡镇 */
        if (!at && p.substr(i + 1, 15).split('').some(function (c, j) { return X.ends.indexOf(c) >= 0 && !known(p[i + j] + c); })) {
          towns(p[i]);
          at = placeAt(p, i);
        }
        if (at) { found.push(at.means); keep(p.slice(start, i)); start = i + at.n; i = start - 1; }
      }
      if (isHan(p)) { keep(p.slice(start)); } else if (X.upper[p]) { found.push([X.upper[p]]); } else { rest.push(p); }
    });
    return { found: found, rest: found[0] ? rest : ps };
  }
  function choose(found, chosen) {
    var best = [], most = 0, one;
    found.forEach(function (list) {
      list.forEach(function (p) {
        var n = found.filter(function (o) { return o.some(function (x) { return x.id === p.id || p.chain.indexOf(x.id) >= 0; }); }).length;
        if (n > most) { most = n; best = []; }
        if (n === most && best.every(function (b) { return b.id !== p.id; })) { best.push(p); }
      });
    });
    one = best.filter(function (p) { return p.id === chosen; });
    return one[0] ? one : best;
  }
  /* 头里有的地方有自己的文件，乡镇在号码开头那个地方的文件里 */
  function division(id) {
    var up = id, l, n, d, lower;
    while (up && !X.upper[up]) { up = up.slice(0, -1); }
    if (up && !X.divided[up]) {
      l = lines(part('division/' + up)).map(split);
      n = l[0];
      lower = offers(l[2][0]);
      d = X.divided[up] = { id: up, name: n[0], beyond: n[1], up: n[2], own: offers(l[1][0]), under: {} };
      l[3].forEach(function (k, i) {
        var own = {};
        k = words(k);
        keys(lower).forEach(function (r) {
          var f = l[4][lower[r].split('').reduce(function (n, c) { return n * 26 + bits(c); }, 0)][i];
          if (f > '.') { own[r] = f; d.under[r] = (d.under[r] || []).concat([k]); }
        });
        if (k[0] && !X.upper[k[0]]) { X.divided[k[0]] = { id: k[0], name: k[1], beyond: k[2] || up, up: n[0], own: own, under: {} }; }
      });
    }
    return X.divided[id];
  }
  function bits(f) { return f.charCodeAt(0) - 65; }
  function offers(s) {
    var o = obj(), at = 0;
    s.replace(/([0-9a-z]+)([A-Z]+)/g, function (m, n, f) { o[at += num(n)] = f; });
    return o;
  }
  function named(s) {
    var p = division(s), f = p || findPlaces(pieces(s));
    return p ? [p] : f.rest[0] ? [] : choose(f.found);
  }

  /* ---- 计分，千分之一为单位 ---- */
  function weight(df) {
    for (var n = df ? 1 : 2; df && (df *= 2) <= X.n[3] && n < 7;) { n++; }
    return n;
  }
  function score(ps, here, why) {
    var k = ps.join(''), size = k.length, list = texts(files(ps)), us = [], singles = k.split('').filter(isHan), said = {}, bonus = {}, scores = {}, best = 0, had;
    function post(g) {
      var o = {}, t = isHan(g) ? g : ' ' + g + ' ';
      list.forEach(function (x) { if (x.t.indexOf(t) >= 0) { o[x.r] = max(o[x.r] || 0, x.a ? 750 : 1000); } });
      return o;
    }
    function hear(r, v) { if (v > (us[0].posts[r] || 0)) { us[0].posts[r] = v; why[r] = '拼音'; } }
    function standing(r) {
      var e = X.records[r], i = e.owner;
      return e.w - 2 * min(40, e.n) + (here.some(function (p, n) { return p.own[i] || !n && p.under[i]; }) ? 200 : 0);
    }
    function set() {
      var s = {};
      us.concat({ posts: bonus }).forEach(function (u) {
        keys(u.posts).forEach(function (r) { s[r] = 1; X.records[r].procs.forEach(function (p) { s[p] = 1; }); });
      });
      return s;
    }
    function cover() {
      var all = set();
      keys(all).forEach(function (r) { said[r] = said[X.records[r].owner] = ''; });
      list.forEach(function (t) { if (t.r in said) { said[t.r] += t.t; } });
      keys(all).forEach(function (r) {
        var item = X.records[r].owner, total = 0, of = 0, text = said[r] + said[item];
        us.forEach(function (u) {
          var v = max(u.posts[r] || 0, u.posts[item] || 0);
          if (u.g) { v = max(v, u.g.split('').filter(function (c) { return text.indexOf(c) >= 0; }).length * 175); }
          total += v * u.w;
          of += u.w;
        });
        total = of && total / of | 0;
        best = max(best, total);
        total += (bonus[r] || 0) + standing(r);
        scores[r] = r in scores ? max(scores[r], total) : total;
      });
    }
    ps.forEach(function (p) {
      if (isHan(p)) {
        us = units(p).map(function (g) { return { g: p[1] && g, posts: post(g) }; }).concat(us);
        return;
      }
      us.unshift({ posts: post(p) });
      if (p[5] && /^.?\d/.test(p)) {
        lines(part('codes')).forEach(function (f) {
          f = split(f);
          if (f[0].indexOf(p) >= 0) {
            if (f[2]) { texts([f[2]]); }
            us[0].posts[f = num(f[1])] = 1000;
            why[f] = '代码 ' + p;
          }
        });
      }
      if (p[1] && /[a-z]/.test(p)) {
        spoken(p, sound, hear);
        if (!keys(us[0].posts)[0]) { spoken(p, alike, hear); }
      }
    });
    if (singles[0] && us.every(function (u) { return !keys(u.posts)[0]; })) {
      us = singles.map(function (c) { return { posts: post(c) }; });
    }
    us.forEach(function (u) { u.w = weight(keys(u.posts).length); });
    list.forEach(function (t) {
      var at = t.k.indexOf(k), whole = t.k === k, b = 250 + (150 * size / t.k.length | 0) + (at ? 0 : 150);
      b = t.a ? (b * 75 / 100 | 0) + (whole ? 500 : 0) : b + (whole ? 300 : 0);
      if (at >= 0 && b > (bonus[t.r] || 0)) { bonus[t.r] = b; why[t.r] = t.a ? '也叫“' + t.said + '”' : ''; }
    });
    cover();
    if (best < 660 && size > 2 && ps.every(isHan)) {
      had = spell(ps, 1)[0];
      if (had < '{') {
        spoken(had, function (full, z) { return sound(full, z, '', z); }, function (r, v) {
          best = max(best, v = (v < 850 ? v : v + 300) * 90 / 100 | 0);
          if ((v += standing(r)) > (scores[r] || 0)) { scores[r] = v; why[r] = '读音相近'; }
        });
      }
    }
    if (best < 660) {
      had = set();
      singles = us.filter(function (u) { return u.g; });
      need(singles.map(function (u) { return 'text/' + shard(u.g, X.n[1]); })).forEach(function (s, i) {
        var u = singles[i];
        lines(s).forEach(function (l) {
          var o = l.slice(0, 2) === u.g ? offers(l.slice(2)) : {};
          keys(o).forEach(function (r) {
            var v = 30 * bits(o[r]);
            if (v > (u.posts[r] || 0)) { u.posts[r] = v; if (!had[r]) { why[r] = why[r] || '办事指南里写到'; } }
          });
        });
      });
      cover();
    }
    return scores;
  }

  /* ---- 回答 ---- */
  var FACETS = ['kind', 'offer', 'department', 'type', 'topic', 'audience'];
  /* 缩小范围：同一栏里任一个，各栏之间都要；每栏的数不算自己这一栏的选择 */
  function narrow(list, chosen, here, facets) {
    var n = FACETS.map(obj);
    function picked(i) { return chosen[FACETS[i]] || []; }
    n.forEach(function (o, i) { picked(i).forEach(function (v) { o[v] = 0; }); });
    list = list.filter(function (g) {
      var e = g.top, own = here && here.own[g.i], miss, values = [[e.k || 'articles'], own ? ['here'].concat(bits(own) & 1 ? 'online' : [], bits(own) & 2 ? 'once' : []) : []].concat(e.f);
      /* 哪几栏没选中 */
      miss = values.map(function (vs, i) { return !picked(i)[0] || vs.some(function (v) { return picked(i).indexOf(v) >= 0; }) ? '' : i; }).join('');
      values.forEach(function (vs, i) {
        if (!miss || miss === '' + i) { vs.forEach(function (v) { n[i][v] = (n[i][v] || 0) + 1; }); }
      });
      return !miss;
    });
    n.forEach(function (o, i) {
      var values = keys(o).sort(function (a, b) { return o[b] - o[a] || (a < b ? -1 : 1); });
      if (values[0]) { facets.push({ name: FACETS[i], values: values.map(function (v) { return { t: v, n: o[v], on: picked(i).indexOf(v) >= 0 }; }) }); }
    });
    return list;
  }
  function groups(scores) {
    var by = {}, best = 0;
    keys(scores).forEach(function (r) {
      r = +r;
      var v = scores[r], top = X.records[r].owner;
      /* 键从小到大：同分的，事项在前，再是号小的 */
      if (!by[top] || v > by[top].v) { by[top] = { r: r, v: v, i: top, top: X.records[top] }; }
      best = max(best, v);
    });
    return keys(by).map(function (k) { return by[k]; }).filter(function (g) { return g.v * 100 >= best * 40; }).sort(function (a, b) { return b.v - a.v || a.r - b.r; });
  }
  function hit(e, v, why) {
    return { k: e.k, id: e.id, name: e.name, score: v, why: why || '', url: e.k ? e.k + '/' + (e.id + '/').replace(/#(.*)./, '/#p$1') : e.id, note: [], chips: [], below: [] };
  }
  function settle(h, here) {
    var at = h.id.split('#'), row = X.id[at[0]], f;
    function link(x, id, no) { x.url = 'divisions/' + id + '/' + at[0] + (no ? '.' + no : '') + '.html'; return x; }
    if (h.k !== 'items' || !here[0]) { return; }
    if (!here[0].own[row] && here[0].under[row]) {
      h.below = here[0].under[row].map(function (k) { return link({ name: k[1] }, k[0]); });
      return;
    }
    here.some(function (p) {
      f = p.own[row];
      if (f) {
        h.place = p;
        [h].concat(h.chips).forEach(function (x) { link(x, p.id, h.chips[0] && !(bits(f) & 4) && x.id.split('#')[1]); });
      }
      return f;
    });
  }
  function answer(q) {
    var ps, f, chosen, a, why = {}, here = [], p, whole, picked = q.chosen || {};
    if (!X) { open(); }
    ps = pieces(q.text);
    if (!ps.join('').split('').every(occurs)) {
      addPairs(part('fold'));
      ps = pieces(q.text);
    }
    /* 拼音中间打了空格的，连起来 */
    ps = ps.join(' ').replace(/(^| )([a-z]+ )+[a-z]+(?![^ ])/g, function (m, s) { return s + m.replace(/ /g, ''); });
    whole = ps && known(ps);
    ps = words(ps);
    f = whole ? { found: [], rest: ps } : findPlaces(ps);
    chosen = choose(f.found, q.place);
    a = { hits: [], facets: [], choices: chosen[0] ? chosen : named(q.place || '') };
    if (!a.choices[1]) { a.place = a.choices[0]; a.choices = []; }
    /* 再填回框里时的叫法：重名的带上上级 */
    if (a.place) { a.called = ((X.words[a.place.name] || [])[1] ? a.place.up : '') + a.place.name; }
    ps = f.rest[0] ? f.rest : ps;
    if (!whole) { ps = strip(ps); }
    a.text = ps.join('');
    for (p = a.place && division(a.place.id); p && !here[7]; p = division(p.beyond)) { here.push(p); }
    a.hits = narrow(a.text ? groups(score(ps, here, why)) : [], picked, here[0], a.facets).map(function (g) {
      var h = hit(X.records[g.r], g.v, why[g.r]);
      h.note = [g.top.f[1][0], g.top.f[0][0]];
      if (g.top.procs[1]) { h.chips = g.top.procs.map(function (p) { p = hit(X.records[p]); p.on = p.id === h.id; return p; }); }
      return h;
    });
    if (!f.rest[0] && (picked.kind || ['divisions']).indexOf('divisions') >= 0) {
      a.hits = chosen.map(function (p) {
        var h = hit(p, 2000, p.up);
        h.place = p;
        return h;
      }).concat(a.hits);
    }
    a.total = a.hits.length;
    a.hits = a.hits.slice(0, q.limit);
    a.hits.forEach(function (h) { settle(h, here); });
    return a;
  }
  /* 缺文件时给 {need: [名字]}：取来交给 put，再问一次；文件坏了给 {bad: 名字} */
  function ask(q) {
    try { return answer(q); } catch (e) {
      return e.pop ? { need: e } : { hits: [], facets: [], choices: [], bad: '' + e };
    }
  }
  w.banshi = { put: put, ask: ask, build: function () { return X.build; }, run: run, el: el, set: set, mark: mark, link: link, say: say, memory: memory, facets: FACETS };
  if (!d) { return; }

  /* ---- 页面 ---- */
  var root = d.querySelector('script[src*="assets/search."]').src.replace(/assets\/[^\/]*$/, ''), waiting = [];
  function load(names, done) {
    var left = names.length;
    names.forEach(function (name) {
      var s = el('script', d.head);
      s.onload = s.onerror = function () {
        if (!(name in parts)) { put(name); }
        if (!--left) { done(); }
      };
      s.src = root + 'search/' + (X ? X.build + '/' : '') + name + '.js';
    });
  }
  function run(q, done) {
    var a = ask(q);
    if (!a.need) { done(a); return; }
    if (waiting.push([q, done]) < 2) {
      load(a.need, function () { waiting.splice(0).forEach(function (x) { run(x[0], x[1]); }); });
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
    var on = [], e;
    bigrams(s.split('').map(fold).join('')).forEach(function (g, i) { if (isHan(g) && k.indexOf(g) >= 0) { on[i] = on[i + 1] = 1; } });
    s.split('').forEach(function (x, i) {
      if (!i || on[i] !== on[i - 1]) { e = el(on[i] ? 'mark' : 'span', parent); }
      e.textContent += x;
    });
    return parent;
  }
  function link(parent, h, k, attrs) {
    attrs.href = root + h.url.replace(/\/(#|$)/, '/index.html$1');
    return mark(el('a', parent, '', attrs), h.name, k);
  }
  function say(e, name, v) { return (e.getAttribute('data-' + name) || name).replace(/\{\w+\}/, v); }
  function memory(v) {
    try { return v === undefined ? w.localStorage.place || '' : w.localStorage.place = v; } catch (e) { return ''; }
  }

  function suggest(form) {
    var input = form.elements.q, where = form.elements.place, timer, busy, at = -1, asked, id = 'suggest-' + (form.id || 'q');
    var list = el('ul', form.parentNode, '', { id: id, 'class': 'suggest', role: 'listbox', 'aria-label': say(form, 'list') });
    var live = el('p', form.parentNode, '', { 'class': 'vh', role: 'status' });
    form.parentNode.insertBefore(list, form.nextSibling);
    set(input, { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': id, autocomplete: 'off' });
    if (where && !where.value) { where.value = memory(); }
    function pick(n) {
      [].forEach.call(list.children, function (li, i) { set(li.firstChild, { 'aria-selected': i === n }); });
      at = n;
      set(input, { 'aria-activedescendant': n < 0 ? '' : id + n, 'aria-expanded': !list.hidden });
    }
    function show(a) {
      list.textContent = '';
      a.hits.forEach(function (h, i) {
        el('small', link(el('li', list, '', { role: 'none' }), h, a.text, { role: 'option', id: id + i, tabindex: -1 }), (h.place ? h.place.name + ' ' : '') + h.why);
      });
      list.hidden = !a.hits[0];
      live.textContent = a.text ? say(form, 'count', a.hits.length) : '';
      pick(-1);
    }
    function hide() { asked = 0; show({ hits: [] }); }
    function changed() {
      clearTimeout(timer);
      timer = setTimeout(function () {
        var q = asked = { text: input.value, place: where && where.value, limit: 6 };
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
      if (k === 40) { pick((at + 1) % n); } else if (k === 38) { pick((at > 0 ? at : n) - 1); } else if (k === 27) { hide(); } else if (k === 13 && at >= 0) { list.children[at].firstChild.click(); } else { return; }
      e.preventDefault();
    });
    hide();
  }

  d.addEventListener('DOMContentLoaded', function () { [].forEach.call(d.querySelectorAll('form[role=search]'), suggest); });
}(this, this.document));
