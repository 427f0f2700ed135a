// node merge.mjs DIR: every guide whole, a line each, from items.jsonl.gz and guides.jsonl.gz in the folder.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";

const lines = (name) => createInterface({ input: createReadStream(`${process.argv[2]}/${name}.jsonl.gz`).pipe(createGunzip()) });
const standards = {};
for await (const line of lines("items")) for (const p of JSON.parse(line).procedures) standards[p.id] = p.standard;
for await (const line of lines("guides")) {
  const g = JSON.parse(line);
  console.log(JSON.stringify({ id: g.id, guide: { ...standards[g.item.id + "/" + g.procedure.no], ...g.differs } }));
}
