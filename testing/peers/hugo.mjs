// Makes a Hugo site of the guides that a banshi site publishes, so that both turn the same records into pages: one content file a
// guide, its front matter the guide as data/current/ has it, with its standard and what its place changes already merged.
//
//   node hugo.mjs PUBLIC FOLDER [MOST]
import { createReadStream, mkdirSync, readFileSync, writeFileSync, cpSync } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [from, to, most = "Infinity"] = process.argv.slice(2);
const rows = (name) => createInterface({ input: createReadStream(join(from, "data/current", name)).pipe(createGunzip()), crlfDelay: Infinity });

const standards = new Map();
for await (const line of rows("items.jsonl.gz")) {
  const item = JSON.parse(line);
  const { procedures, ...of } = item;
  for (const p of procedures) standards.set(p.id, { of, standard: p.standard });
}

// stated leaves out what a record does not say, as an editor would.
const stated = (v) => {
  if (Array.isArray(v)) return v.map(stated);
  if (v === null || typeof v !== "object") return v;
  return Object.fromEntries(Object.entries(v).filter(([, x]) => x !== null).map(([k, x]) => [k, stated(x)]));
};

let n = 0;
for await (const line of rows("guides.jsonl.gz")) {
  if (n >= Number(most)) break;
  const g = JSON.parse(line);
  const { of, standard } = standards.get(`${g.item.id}/${g.procedure.no}`);
  const { differs, origins, url, ...own } = g;
  const page = stated({
    title: `${g.item.name}（${g.procedure.name}）`, type: "guides", url: `/divisions/${g.division.id}/${g.item.id}.${g.procedure.no}/`, outputs: ["html", "json"],
    params: { guide: own, about: { plain: of.plain, code: of.code, type: of.type, basis: of.basis }, ...standard, ...differs },
  });
  const dir = join(to, "content", g.division.id);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, `${g.item.id}.${g.procedure.no}.md`), JSON.stringify(page, null, 1) + "\n");
  n++;
}
cpSync(join(dirname(fileURLToPath(import.meta.url)), "layouts"), join(to, "layouts"), { recursive: true });
writeFileSync(join(to, "hugo.toml"), `baseURL = "https://portal.example/"
title = "办事"
languageCode = "zh-CN"
hasCJKLanguage = true
disableKinds = ["taxonomy", "term"]
[outputs]
home = ["html", "rss"]
section = ["html", "rss"]
page = ["html", "json"]
`);
console.log(`${n} guides`);
