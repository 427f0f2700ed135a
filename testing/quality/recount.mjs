// Counts every figure of supervision again, from nothing but what the portal publishes, and compares it with what the program says.
//
//   node recount.mjs DATA CODES FIGURES…
//
// DATA is data/current of a portal (or the folder of `banshi export`): items, guides, places and library as JSON Lines. CODES is
// data/codes. FIGURES are outputs of `banshi report --format json`. Written from docs/quality.md and docs/open-data.md, without a look
// at the program; needs Node and nothing else. Exit code 1 where a figure differs.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { join } from "node:path";
import { isDeepStrictEqual as same } from "node:util";

const [data, codes, ...wanted] = process.argv.slice(2);

// ---- what is published ----

function* lines(name) {
  const bytes = gunzipSync(readFileSync(join(data, name)));
  for (let from = 0; from < bytes.length;) {
    const to = bytes.indexOf(10, from);
    yield JSON.parse(bytes.toString("utf8", from, to));
    from = to + 1;
  }
}
const rank = (vocabulary, term) => (term && ranks[vocabulary].get(term.label)) || 0;
const ranks = {};
for (const v of ["depths", "cross-region-scopes"]) {
  ranks[v] = new Map(JSON.parse(readFileSync(join(codes, v + ".json"), "utf8")).terms.map((t) => [t.label, t.rank]));
}

const reports = wanted.map((file) => JSON.parse(readFileSync(file, "utf8")));
const figures = reports.flatMap((r) => r.figures);
const asOf = reports[0].as_of;

const library = { law: {}, material: {}, certificate: {}, list: {}, bundle: {}, profile: {}, benchmark: {}, power_list: {}, plan: {}, target: {}, document: {}, intermediary: {} };
for (const row of lines("library.jsonl.gz")) library[row.kind][row.id] = row[row.kind];

const items = [...lines("items.jsonl.gz")];
const itemByID = new Map(items.map((i) => [i.id, i]));
const inForce = (i) => i.status?.label === "在用" || i.status?.label === "暂停";
const standards = new Map(); // "item/no" → { item, procedure, terms }
for (const item of items) for (const p of item.procedures) standards.set(p.id, { item, procedure: p, terms: p.standard });
const current = [...standards.values()].filter((s) => inForce(s.item) && s.procedure.current);

const places = [...lines("places.jsonl.gz")];
const placeByID = new Map(places.map((d) => [d.id, d]));
const up = (d) => d.superior && placeByID.get(d.superior.id);
for (const d of places) {
  d.guides = [];
  d.madeUp = false;
  for (let at = d; at; at = up(at)) if (at.sample && at.superior) d.madeUp = true;
  d.levels = (d.exercises ?? []).map((l) => l.label);
  d.acts = d.kind?.label !== "统计用区";
}
for (const g of lines("guides.jsonl.gz")) {
  const s = standards.get(g.item.id + "/" + g.procedure.no);
  const plain = g.origins.length === 0;
  const guide = {
    item: s.item, procedure: s.procedure, standard: s.terms, level: g.level.label, origins: g.origins, plain,
    terms: plain ? s.terms : { ...s.terms, ...g.differs }, local: plain ? {} : g.differs, places: g.places, org: g.org,
  };
  placeByID.get(g.division.id).guides.push(guide);
}
for (const d of places) {
  d.own = d.guides.some((g) => g.origins.length > 0);
  d.byItem = Map.groupBy ? Map.groupBy(d.guides, (g) => g.item.id) : groupBy(d.guides);
}
function groupBy(guides) {
  const out = new Map();
  for (const g of guides) (out.get(g.item.id) ?? out.set(g.item.id, []).get(g.item.id)).push(g);
  return out;
}

// ---- words of the formulas ----

const yes = { num: 1, den: 1 }, no = { num: 0, den: 1 }, unknown = { num: 0, den: 0, unknown: 1 }, none = null;
const when = (c) => (c ? yes : no);
const has = (terms, label) => (terms ?? []).some((t) => t.label === label);
const waived = (p) => p.drop != null || has(p.waived_by, "数据共享") || has(p.waived_by, "电子证照");
const workdays = (limits) => {
  if (!limits?.length || limits.some((l) => l.value > 0 && l.unit?.label !== "工作日")) return null;
  return Math.max(...limits.map((l) => l.value));
};
const brought = (t) => (t.materials ? t.materials.filter((p) => !waived(p)).length : null);
const steps = (t) => (t.steps?.length ? t.steps.filter((x) => !x.drop).length : null);
const materialOf = (p) => library.material[p.material?.id];
const longer = (a, b) => { // 1: a is longer, 0: the same, -1: shorter, null: not to be compared
  if (a.value === 0 || b.value === 0) return Math.sign(a.value - b.value);
  const unit = (l) => (l.unit?.label === "日" ? "自然日" : l.unit?.label);
  if (unit(a) === unit(b)) return Math.sign(a.value - b.value);
  if (unit(a) === "自然日" && unit(b) === "工作日" && a.value <= b.value) return -1;
  if (unit(a) === "工作日" && unit(b) === "自然日" && a.value >= b.value) return 1;
  return null;
};

// ---- metrics of a procedure by its terms; places that say nothing share the standard's answer ----

const online = (t) => {
  if (!t.channels) return unknown;
  if (t.online?.depth?.label === "咨询") return no;
  if (!has(t.channels, "网上办理") && !has(t.channels, "移动端办理")) return no;
  return when(!(t.materials ?? []).some((p) => p.necessity?.label === "必要" && p.form?.label === "纸质" && !waived(p)));
};
const byTerms = {
  "online-rate": online,
  "full-online-rate": (t) => {
    const o = online(t);
    if (o !== yes) return o;
    return t.visits == null ? unknown : when(t.visits === 0);
  },
  "accept-online-rate": (t) => {
    const depth = t.online?.depth;
    if (depth) return when(rank("depths", depth) >= ranks.depths.get("受理"));
    return t.channels && online(t) !== yes ? no : unknown;
  },
  "mobile-rate": (t) => (t.channels ? when(has(t.channels, "移动端办理")) : unknown),
  "immediate-rate": (t) => (t.promise?.length ? when(t.promise.every((l) => l.value === 0)) : unknown),
  "commitment-rate": (t) => when(t.commitment?.enabled === true),
  "tolerance-rate": (t) => when(t.tolerance?.enabled === true),
  "cross-region-rate": (t) => when(t.cross_region?.scope != null),
  "digital-result-rate": (t) => {
    if (!t.results) return unknown;
    const all = t.results.map((r) => library.certificate[r.certificate?.id]);
    if (!all.length) return none;
    for (const c of all) if (!c || (c.digital && c.digital.label !== "已电子化")) return no;
    return all.some((c) => !c.digital) ? unknown : yes;
  },
  "certificate-rate": (t) => {
    const of = (t.results ?? []).filter((r) => r.type?.label === "证照");
    return of.length ? when(of.every((r) => library.certificate[r.certificate?.id])) : none;
  },
  "compression-rate": (t) => {
    const legal = workdays(t.legal_limit);
    if (!legal) return none;
    if (!t.promise?.length) return unknown;
    const promise = workdays(t.promise);
    return promise == null ? none : { num: legal - promise, den: legal };
  },
  "shareable-asked-rate": (t) => {
    const could = (t.materials ?? []).filter((p) => {
      const m = materialOf(p);
      return p.necessity?.label === "必要" && m && (m.shared_from || has(m.waived_by, "数据共享") || has(m.waived_by, "电子证照") ||
        library.certificate[m.certificate?.id]?.digital?.label === "已电子化");
    });
    return could.length ? { num: could.filter((p) => !waived(p)).length, den: could.length } : none;
  },
};

// ---- metrics of a guide ----

const approved = (o) => o.deviation && (!o.deviation.until || o.deviation.until >= asOf);
const before = new Map(); // procedure → counts of the newest baseline
for (const b of Object.values(library.benchmark)) {
  if (b.kind?.label !== "基期") continue;
  for (const e of b.entries ?? []) {
    const key = e.item.id + "/" + (e.procedure?.id ?? e.procedure);
    if (!before.has(key) || (b.date ?? "") > before.get(key).date) before.set(key, { ...e, date: b.date ?? "" });
  }
}
const reduction = (now, was) => (g) => {
  const e = before.get(g.item.id + "/" + g.procedure.no);
  const old = e && was(e), n = now(g.terms);
  if (old == null || n == null || (old === 0 && n === 0)) return none;
  return { num: old - n, den: old };
};
const byGuide = {
  "standard-rate": (g) => when(!g.origins.some((o) => o.lock === "P")),
  "unapproved-count": (g) => {
    const of = g.origins.filter((o) => o.lock === "P");
    return of.length ? when(of.some((o) => !approved(o))) : none;
  },
  "worse-count": (g) => differs(g, -1),
  "better-count": (g) => differs(g, 1),
  "material-reduction": reduction(brought, (e) => e.materials),
  "step-reduction": reduction(steps, (e) => e.steps),
  "time-reduction": reduction((t) => workdays(t.promise), (e) => (e.limit ? workdays([e.limit]) : null)),
};

// differences gives what a place says otherwise than the standard, but what each sets as it likes: 1 better, -1 worse, 0 neither.
function differences(g) {
  const out = [];
  const add = (d) => out.push(d);
  const more = (a, b) => { // lists of what one may choose: all of a and more is better
    const x = new Set((a ?? []).map((t) => t.label ?? t.id)), y = new Set((b ?? []).map((t) => t.label ?? t.id));
    const gained = [...y].some((k) => !x.has(k)), lost = [...x].some((k) => !y.has(k));
    return gained === lost ? 0 : gained ? 1 : -1;
  };
  const shorter = (a, b) => {
    if (!a?.length || a.length !== b?.length) return !a?.length === !b?.length ? 0 : b?.length ? 1 : -1;
    const all = a.map((l, i) => (same(l.when, b[i].when) ? longer(l, b[i]) || Math.sign(l.extension - b[i].extension) : 0)).filter(Boolean);
    return all.length && all.every((d) => d === all[0]) ? all[0] : 0;
  };
  for (const key of Object.keys(g.local)) {
    const a = g.standard[key], b = g.local[key];
    if (!(key in g.standard) || same(a, b) || !g.origins.some((o) => (o.key + ".").startsWith(key + ".") && o.lock !== "L")) continue;
    switch (key) {
      case "promise": case "legal_limit": add(shorter(a, b)); break;
      case "visits": add(a == null || b == null ? 0 : Math.sign(a - b)); break;
      case "channels": add(more(a, b)); break;
      case "delivery":
        if (!same(a?.ways, b?.ways)) add(more(a?.ways, b?.ways));
        if (!same(a?.limit, b?.limit)) add(a?.limit && b?.limit ? longer(a.limit, b.limit) ?? 0 : 0);
        break;
      case "online": if (!same(a?.depth, b?.depth)) add(Math.sign(rank("depths", b?.depth) - rank("depths", a?.depth))); break;
      case "cross_region": add(Math.sign(rank("cross-region-scopes", b?.scope) - rank("cross-region-scopes", a?.scope))); break;
      case "commitment": case "tolerance": if (a?.enabled !== b?.enabled) add((b?.enabled === true) - (a?.enabled === true)); break;
      case "automatic": add((b === true) - (a === true)); break;
      case "materials": papers(a ?? [], b ?? [], add, more); break;
      case "conditions": case "prohibitions": case "special_procedures": case "apply_by": case "other_costs": case "before":
        members(a ?? [], b ?? [], add, () => add(0));
        break;
      case "steps":
        members(a ?? [], b ?? [], add, (was, x) => {
          if (x.drop && !was.drop) add(1);
          else add(x.limit && was.limit && !same(x.limit, was.limit) ? longer(was.limit, x.limit) ?? 0 : 0);
        });
        break;
      default: add(0);
    }
  }
  return out;
}
// members compares lists of what people must bring, do or obey: one more is worse, one fewer better, one for another neither.
function members(a, b, add, changed) {
  const id = (x) => x.id ?? x, old = new Map(a.map((x) => [id(x), x]));
  const came = b.filter((x) => !old.has(id(x))), kept = b.filter((x) => old.has(id(x)));
  const went = a.filter((x) => !b.some((y) => id(y) === id(x)));
  if (came.length || went.length) add(came.length && went.length ? 0 : came.length ? -1 : 1);
  for (const x of kept) if (!same(x, old.get(id(x)))) changed(old.get(id(x)), x);
}
function papers(a, b, add, more) {
  const weight = { 必要: 2, 容缺后补: 1, 非必要: 0 };
  members(a, b, add, (was, x) => {
    add(0);
    if (x.drop && !was.drop) add(1);
    if (!same(x.necessity, was.necessity)) add(Math.sign(weight[was.necessity?.label] - weight[x.necessity?.label]) || 0);
    if (!same(x.form, was.form)) add(x.form?.label === "纸质或电子" ? 1 : was.form?.label === "纸质或电子" ? -1 : 0);
    for (const n of ["originals", "copies"]) if (x[n] !== was[n]) add(Math.sign((was[n] ?? 0) - (x[n] ?? 0)));
    if (!same(x.waived_by, was.waived_by)) add(more(was.waived_by, x.waived_by));
  });
}
const differs = (g, way) => {
  if (g.plain) return none;
  const all = (g.said ??= differences(g));
  return all.length ? when(all.includes(way)) : none;
};

// ---- metrics of an item in a place ----

const entry = (guides) => {
  const all = guides.map((g) => g.local.hall_entry);
  const out = all.filter((e) => e && !e.entered);
  if (out.some((e) => !e.reason || !e.document)) return no;
  if (out.length) return none;
  return all.every((e) => e) ? yes : unknown;
};
const once = (guides) => {
  const all = guides.map((g) => g.terms.visits);
  if (all.some((v) => v != null && v > 1)) return no;
  return all.some((v) => v == null) ? unknown : yes;
};
const halls = new Set(["政务服务中心", "专业分厅", "便民服务中心", "便民服务站"]);
const hallKind = (p) => placeByID.get(p.hall.division).halls.find((h) => h.id === p.hall.id)?.kind?.label;
const inHall = (guides, f) => {
  const e = entry(guides);
  return e === yes ? f() : e === unknown ? unknown : none;
};
const onceList = library.list["once-list"];
const byItem = {
  "hall-entry-rate": entry,
  "one-window-rate": (guides) => inHall(guides, () => {
    const all = guides.map((g) => g.local.one_window);
    if (all.some((w) => w === false)) return no;
    return all.every((w) => w != null) ? yes : unknown;
  }),
  "outside-count": (guides) => inHall(guides, () => when(guides.some((g) => g.places.length && !g.places.some((p) => halls.has(hallKind(p)))))),
  "once-count": once,
  "once-coverage": (guides) => (onceList?.items.some((i) => i.id === guides[0].item.id) ? once(guides) : none),
  "one-owner-rate": (guides, d) => when(!tie(d, guides[0].item)),
};
// tie reports whether two bodies of a place claim an item with equal right: by its name, else by a list, else by its department.
function tie(d, item) {
  const claims = [[], [], []];
  for (const o of d.orgs) {
    const h = o.handles;
    if (!h || (h.except ?? []).some((i) => i.id === item.id)) continue;
    if ((h.items ?? []).some((i) => i.id === item.id)) claims[0].push(o);
    else if ((h.lists ?? []).some((l) => library.list[l.id]?.items?.some((i) => i.id === item.id))) claims[1].push(o);
    else if ((h.departments ?? []).some((x) => x.label === item.department?.label)) claims[2].push(o);
  }
  return (claims.find((c) => c.length) ?? []).length > 1;
}

// ---- metrics of a place: entries of their own ----

const within = (d, id) => { for (let at = d; at; at = up(at)) if (at.id === id) return true; return false; };
const due = (d, item) => {
  if (!inForce(item) || item.children.length || !d.acts || (item.scope?.length && !item.scope.some((s) => within(d, s.id)))) return null;
  return d.levels.find((l) => has(item.levels, l)) ?? null;
};
const left = (d, item) => d.referrals.some((r) => r.item.id === item.id);
const peers = new Set();
for (const d of places) for (const g of d.guides) peers.add(g.item.id + "|" + g.level + "|" + d.madeUp);
const lastReview = (d) => d.list_reviews?.at(-1);
const done = (r, act) => ({
  报送: r.signed?.date, 集中审核: r.reviewed?.date, 征求意见: r.consultation?.closes, 合法性审查: r.legality?.date,
  审定: r.approved?.date, 公布: r.published?.date, 备案: r.filed?.date,
})[act] ?? null;
const cityOrCounty = (d) => d.acts && ["市级", "县级"].includes(d.level?.label);
const listed = (act) => (d) => (cityOrCounty(d) ? [{ cell: lastReview(d) ? when(done(lastReview(d), act)) : unknown }] : []);
const lists = (d) => Object.values(library.power_list).filter((l) => l.division?.id === d.id);
const shouldList = (d) => d.acts && d.level?.label !== "乡级";
const byPlace = {
  "self-service-rate": (d) => {
    const of = d.halls.filter((h) => h.kind?.label === "便民服务站");
    if (!of.length) return d.level?.label === "乡级" && d.acts ? [{ cell: unknown }] : [];
    return of.map((h) => ({ cell: h.windows ? when(h.windows.some((w) => w.kind?.label === "自助服务区")) : unknown }));
  },
  "hall-elements": (d) => d.halls.filter((h) => halls.has(h.kind?.label)).map((h) => ({
    cell: h.default ? unknown : { num: !!h.address + (h.hours?.length > 0) + (h.phones?.length > 0), den: 3 },
  })),
  // A record that changes the catalogue is an error, with which nothing is published: what is published conforms.
  "four-same-rate": (d) => {
    if (!d.local_items.length) return d.guides.length ? [{ cell: unknown }] : [];
    return d.local_items.filter((i) => d.byItem.has(i.id)).map((i) => ({ cell: yes, guide: d.byItem.get(i.id)[0] }));
  },
  "adoption-rate": (d) => items.map((item) => [item, due(d, item)]).filter(([item, level]) => level && !left(d, item))
    .map(([item, level]) => ({ cell: when(d.byItem.has(item.id)), item, level })),
  "missing-count": (d) => {
    if (!d.acts) return [];
    const out = [];
    for (const item of items) {
      const level = d.levels.find((l) => peers.has(item.id + "|" + l + "|" + d.madeUp));
      const has = d.byItem.has(item.id);
      if (!level || left(d, item) || (!has && item.scope?.length && !due(d, item))) continue;
      out.push({ cell: when(!has), item, level });
    }
    return out;
  },
  "extra-count": (d) => {
    if (!d.local_items.length) return d.guides.length ? [{ cell: unknown }] : [];
    return [...d.byItem.values()].map((guides) => ({ cell: when(!due(d, guides[0].item) && guides[0].local.entrusted_by), guide: guides[0] }));
  },
  "list-filed-rate": listed("备案"),
  "list-published-rate": listed("公布"),
  "list-rows-rate": (d) => {
    const of = lists(d);
    if (!of.length) return shouldList(d) ? [{ cell: unknown }] : [];
    return of.flatMap((l) => l.entries ?? []).map((r) => ({ cell: when(r.item && d.byItem.has(r.item.id)) }));
  },
  "items-listed-rate": (d) => {
    const of = lists(d);
    if (!of.length) return shouldList(d) ? [{ cell: unknown }] : [];
    const on = (list, item) => of.some((l) => (l.entries ?? []).some((r) => r.list?.label === list && r.item?.id === item.id));
    return [...d.byItem.values()].filter(([g]) => g.item.type?.label !== "公共服务")
      .map(([g]) => ({ cell: when(on("权力清单", g.item) && on("责任清单", g.item)), guide: g }));
  },
  "on-time-rate": (d) => Object.values(library.plan).flatMap((p) => p.stages ?? []).filter((s) => {
    if (!d.acts || !s.due || s.due > asOf) return false;
    return s.level ? d.level?.label === s.level.label : cityOrCounty(d);
  }).map((s) => {
    const r = lastReview(d);
    if (!r) return { cell: unknown };
    const day = done(r, s.act.label);
    return { cell: when(day && day <= s.due) };
  }),
};

// ---- metrics of the province ----

const stated = (v, path) => {
  if (v == null) return false;
  if (Array.isArray(v)) return path.length === 0 || v.length === 0 || v.some((m) => stated(m, path));
  return path.length === 0 ? v !== "" : stated(v[path[0]], path.slice(1));
};
const derived = {
  "derived.task_code": (s) => !!s.item.code,
  "derived.case_type": (s) => s.terms.promise != null,
  "derived.sole_level": (s) => s.item.levels?.length === 1,
  "derived.original_office": (s) => !!s.terms.apply_at?.label.startsWith("原"),
};
const fills = (s, key) => {
  if (derived[key]) return derived[key](s);
  const [kind, ...path] = key.split(".");
  if (kind === "item") return stated(s.item[path[0]], path.slice(1));
  if (kind === "procedure") return stated(path[0] in s.terms ? s.terms[path[0]] : s.procedure[path[0]], path.slice(1));
  return false;
};
const isForm = (k) => /(sample|sample_form|blank_form)$/.test(k);
const elements = (id) => (s) => {
  const due = (library.profile[id]?.elements ?? []).filter((e) => {
    const keys = e.keys ?? [];
    return !keys.some((k) => /^(division|implementation)\./.test(k)) && keys.filter(isForm).length < keys.length;
  });
  return due.length ? { num: due.filter((e) => e.none_allowed || e.keys.some((k) => fills(s, k))).length, den: due.length } : none;
};
const vaguePhrases = ["法律法规规定的其他", "法律、法规规定的其他", "法律法规规定的有关", "其他材料", "其它材料", "其他有关材料", "有关材料", "相关材料", "相关证明",
  "有关证明", "其他证明", "等材料", "等相关", "见流程图", "详见流程图"];
const vague = ({ terms: t }) => [
  ...(t.materials ?? []).flatMap((p) => [p.material?.name, p.fill_note, p.accept_standard, p.copies_reason]),
  ...(t.conditions ?? []).map((c) => c.text), ...(t.prohibitions ?? []), ...(t.fee?.items ?? []).flatMap((f) => [f.name, f.standard]),
].some((text) => text && vaguePhrases.some((p) => text.includes(p)));
const told = ({ procedure: p, terms: t }) => [
  p.plain, t.visit_reason, t.in_person, t.stops, ...(t.materials ?? []).map((m) => m.fill_note), ...(t.conditions ?? []).map((c) => c.text),
  ...(t.prohibitions ?? []), ...(t.not_needed ?? []).flatMap((n) => [n.text, n.instead]), ...(t.faq ?? []).map((q) => q.a),
].filter(Boolean);
const verifiedOf = (s) => s.procedure.verified ?? s.item.verified;
const yearAgo = String(Number(asOf.slice(0, 4)) - 1) + asOf.slice(4);
const byStandard = {
  "elements-36": elements("elements-36"), "guide-14": elements("guide-14"), "guide-22": elements("guide-22"),
  legality: (s) => {
    const laws = (s.item.basis ?? []).map((b) => library.law[b.law?.id]);
    return when(laws.length && laws.every((l) => l && !(l.repealed && l.repealed <= asOf) && !(l.in_force > asOf)));
  },
  truth: (s) => {
    const v = verifiedOf(s);
    if (!v?.status) return unknown;
    return when(v.status.label === "已核实" && v.on && v.on >= yearAgo);
  },
  "stale-count": (s) => {
    const v = verifiedOf(s);
    return v?.status?.label === "已核实" && v.on ? when(v.on < yearAgo) : none;
  },
  accuracy: (s) => {
    const t = s.terms;
    if (vague(s)) return no;
    for (const p of t.promise ?? []) for (const l of t.legal_limit ?? []) if (!p.when && !l.when && longer(p, l) === 1) return no;
    if (t.visits > 0 && !t.visit_reason) return no;
    if (t.fee?.charged && (!t.fee.items?.length || t.fee.items.some((f) => !f.basis || (!f.standard && !f.amount)))) return no;
    return yes;
  },
  "vague-count": (s) => when(vague(s)),
  "plain-rate": (s) => when(!told(s).some((text) => text.split(/[。！？；\n]/u).some((x) => [...x].length > 60))),
};
const longest = (metric) => {
  const of = Object.values(library.bundle).filter((b) => b.metric?.label === metric).map((b) => {
    if (b.total_promise && (b.total_promise.unit?.label === "工作日" || b.total_promise.value === 0)) return { num: b.total_promise.value, den: 1 };
    const days = b.steps.map((s) => workdays(standards.get(s.item.id + "/" + (s.procedure?.id ?? s.procedure))?.terms.promise));
    if (days.some((n) => n == null)) return unknown;
    const until = (i) => days[i] + Math.max(0, ...(b.steps[i].after ?? []).flatMap((a) => b.steps.flatMap((s, j) => (s.item.id === (a.id ?? a) && j !== i ? [until(j)] : []))));
    return { num: Math.max(...days.map((_, i) => until(i))), den: 1 };
  });
  return of.length ? [{ cell: of.find((c) => c.unknown) ?? of.reduce((a, b) => (b.num > a.num ? b : a)) }] : [];
};
const used = (kind) => {
  const ids = new Set(current.flatMap((s) => (s.terms.materials ?? []).map((p) => p.material?.id)));
  return Object.entries(library.material).filter(([id, m]) => ids.has(id) && m.kind?.label === kind).map(([, m]) => m);
};
const byProvince = {
  "spread-count": () => {
    const better = new Set(places.filter((d) => !d.madeUp).flatMap((d) => d.guides.filter((g) => differs(g, 1) === yes).map((g) => g.procedure.id)));
    return current.map((s) => ({ cell: when(better.has(s.procedure.id)), item: s.item }));
  },
  "sharing-rate": () => items.filter(inForce).map((item) => {
    if (!item.sharing || !item.levels?.length) return { cell: unknown, item };
    return { cell: when(item.sharing.label === "单独实施" ? item.levels.length === 1 : item.levels.length > 1), item };
  }),
  "form-rate": () => used("申请表格文书").map((m) => ({ cell: when(m.blank_form && m.sample_form) })),
  "remedy-rate": () => used("证件证书证明").map((m) => ({ cell: when(m.remedy || m.alternatives?.length) })),
  "construction-days": () => longest("工程建设项目审批时间"),
  "open-company-days": () => longest("企业开办时间"),
  "benchmark-rate": () => Object.values(library.benchmark).filter((b) => b.kind?.label === "先进省份").flatMap((b) => b.entries ?? []).flatMap((e) => {
    const s = standards.get(e.item.id + "/" + (e.procedure?.id ?? e.procedure));
    if (!s || !current.includes(s)) return [];
    const more = (n, limit) => n != null && limit != null && n > limit;
    const slow = e.limit && (s.terms.promise ?? []).some((p) => longer(p, e.limit) === 1);
    return [{ cell: when(!more(brought(s.terms), e.materials) && !more(steps(s.terms), e.steps) && !slow), item: s.item }];
  }),
};

// ---- sums by place, level and department ----

const cells = new Map(); // metric → place id ("" for none) → "level|department" → [num, den, unknown]
const worst = new Map(); // once-count: place id → [{ item, level, department, cell }]
const add = (metric, place, level, department, cell) => {
  if (!cell || (!cell.num && !cell.den && !cell.unknown)) return;
  let of = cells.get(metric);
  if (!of) cells.set(metric, (of = new Map()));
  let at = of.get(place);
  if (!at) of.set(place, (at = new Map()));
  const key = level + "|" + department;
  let t = at.get(key);
  if (!t) at.set(key, (t = [0, 0, 0]));
  t[0] += cell.num; t[1] += cell.den; t[2] += cell.unknown ?? 0;
};
const shared = new Map(); // terms of a standard → its cells
for (const d of places) {
  for (const g of d.guides) {
    let own = g.plain && shared.get(g.standard);
    if (!own) {
      own = Object.entries(byTerms).map(([metric, f]) => [metric, f(g.terms)]);
      if (g.plain) shared.set(g.standard, own);
    }
    for (const [metric, cell] of own) add(metric, d.id, g.level, g.item.department?.label ?? "", cell);
    for (const [metric, f] of Object.entries(byGuide)) add(metric, d.id, g.level, g.item.department?.label ?? "", f(g));
  }
  for (const guides of d.byItem.values()) {
    const { level, item } = guides[0];
    for (const [metric, f] of Object.entries(byItem)) {
      const cell = f(guides, d);
      add(metric, d.id, level, item.department?.label ?? "", cell);
      if (metric === "once-count" && cell) (worst.get(d.id) ?? worst.set(d.id, []).get(d.id)).push({ item: item.id, level, department: item.department?.label ?? "", cell });
    }
  }
  for (const [metric, f] of Object.entries(byPlace)) {
    for (const e of f(d)) {
      const item = e.item ?? e.guide?.item;
      add(metric, d.id, e.level ?? e.guide?.level ?? d.level?.label ?? "", item?.department?.label ?? "", e.cell);
    }
  }
}
for (const s of current) for (const [metric, f] of Object.entries(byStandard)) add(metric, "", "", s.item.department?.label ?? "", f(s));
for (const [metric, f] of Object.entries(byProvince)) for (const e of f()) add(metric, "", "", e.item?.department?.label ?? "", e.cell);

// ---- figures ----

function inScope(f) {
  if (!f.division) return [null, ...places.filter((d) => !d.madeUp)];
  const root = placeByID.get(f.division);
  return f.below ? places.filter((d) => d === root || (d.madeUp === root.madeUp && within(d, root.id))) : [root];
}
function count(f, scope) {
  const out = [0, 0, 0];
  if (f.metric === "once-count" && (!f.division || f.below)) {
    const rankOf = (c) => (c.den > c.num ? 2 : c.unknown ? 1 : 0), of = new Map();
    for (const d of scope) for (const e of (d && worst.get(d.id)) ?? []) {
      if ((f.level && e.level !== f.level) || (f.department && e.department !== f.department)) continue;
      if (!of.has(e.item) || rankOf(e.cell) > rankOf(of.get(e.item))) of.set(e.item, e.cell);
    }
    for (const c of of.values()) { out[0] += c.num; out[1] += c.den; out[2] += c.unknown ?? 0; }
    return out;
  }
  const places = cells.get(f.metric);
  for (const d of places ? scope : []) for (const [key, t] of places.get(d ? d.id : "") ?? []) {
    const [level, department] = key.split("|");
    if ((f.level && level !== f.level) || (f.department && department !== f.department)) continue;
    for (let i = 0; i < 3; i++) out[i] += t[i];
  }
  return out;
}

const known = new Set([...Object.keys(byTerms), ...Object.keys(byGuide), ...Object.keys(byItem), ...Object.keys(byPlace), ...Object.keys(byStandard), ...Object.keys(byProvince)]);
let wrong = 0, compared = 0, lastKey, scope;
for (const f of figures) {
  const say = (what) => { if (wrong++ < 20) console.error(`${f.scope} ${f.metric}: ${what}`); };
  if (!known.has(f.metric)) { say("is not counted here"); continue; }
  const key = [f.division, f.below].join("|");
  if (key !== lastKey) { scope = inScope(f); lastKey = key; }
  const mine = count(f, scope), theirs = [f.numerator, f.denominator, f.unknown];
  if (String(mine) !== String(theirs)) say(`counted ${mine}, told ${theirs}`);
  if (f.places) {
    const of = scope.filter((d) => d && d.guides.length && (!f.level || d.levels.includes(f.level)));
    if (of.length !== f.places) say(`counted ${of.length} places, told ${f.places}`);
  }
  compared++;
}
const missing = [...known].filter((m) => !figures.some((f) => f.metric === m));
if (missing.length) { console.error("not told: " + missing.join(" ")); wrong++; }
console.log(JSON.stringify({ compared, metrics: known.size, places: places.length, guides: places.reduce((n, d) => n + d.guides.length, 0), wrong }));
process.exit(wrong ? 1 : 0);
