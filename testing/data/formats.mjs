// node formats.mjs RELEASE SQLITE_CSV: reads every format of a release with DuckDB and prints, as JSON, the rows of every table in
// every format, the manifest's count, and how many rows of guides differ between formats, column by column. SQLITE_CSV is a folder with
// <table>.csv as the sqlite3 program exports it.
import { DuckDBInstance } from "@duckdb/node-api";
import { readFileSync } from "node:fs";
import path from "node:path";

const [release, exported] = process.argv.slice(2);
const db = await (await DuckDBInstance.create(":memory:")).connect();
const rows = async (sql) => (await db.runAndReadAll(sql)).getRowObjectsJson();
const one = async (sql) => Number(Object.values((await rows(sql))[0])[0]);
const quote = (name) => "'" + path.join(release, name).replaceAll("'", "''") + "'";

const manifest = JSON.parse(readFileSync(path.join(release, "manifest.json"), "utf8"));
const tables = {};
for (const f of manifest.files) {
  const name = path.basename(f.path);
  if (!f.table || !name.startsWith(f.table + ".")) continue;
  const t = (tables[f.table] ??= {});
  t["manifest " + name.split(".").pop()] = f.rows;
}
const csv = (file) => `read_csv(${file}, header = true, all_varchar = true, quote = '"', escape = '"', delim = ',', strict_mode = true, nullstr = '')`;
for (const [name, t] of Object.entries(tables)) {
  t.csv = await one(`SELECT count(*) FROM ${csv(quote(name + ".csv"))}`);
  t.parquet = await one(`SELECT count(*) FROM ${quote(name + ".parquet")}`);
  t.sqlite = await one(`SELECT count(*) FROM ${csv("'" + path.join(exported, name + ".csv") + "'")}`);
}
for (const name of ["items", "guides"]) {
  tables[name].jsonl = await one(`SELECT count(*) FROM read_json_objects(${quote(name + ".jsonl.gz")}, format = 'newline_delimited')`);
}

// Every column of every table: the typed values of Parquet, as texts, against those of CSV and of SQLite.
const differ = {};
let compared = 0;
for (const name of Object.keys(tables)) {
  const columns = (await rows(`DESCRIBE SELECT * FROM ${quote(name + ".parquet")}`)).map((c) => c.column_name);
  const texts = (as) => columns.map((c) => `CAST("${c}" AS VARCHAR) AS "${c}"`).join(", ");
  const bools = (await rows(`DESCRIBE SELECT * FROM ${quote(name + ".parquet")}`)).filter((c) => c.column_type === "BOOLEAN").map((c) => c.column_name);
  const sqlite = columns.map((c) => (bools.includes(c) ? `CASE "${c}" WHEN '1' THEN 'true' WHEN '0' THEN 'false' END AS "${c}"` : `"${c}"`)).join(", ");
  await db.run(`CREATE OR REPLACE TEMP TABLE p AS SELECT ${texts()} FROM ${quote(name + ".parquet")}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE c AS SELECT ${columns.map((c) => `"${c}"`).join(", ")} FROM ${csv(quote(name + ".csv"))}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE s AS SELECT ${sqlite} FROM ${csv("'" + path.join(exported, name + ".csv") + "'")}`);
  for (const [a, b] of [["p", "c"], ["c", "p"], ["p", "s"], ["s", "p"]]) {
    const n = await one(`SELECT count(*) FROM (SELECT * FROM ${a} EXCEPT ALL SELECT * FROM ${b})`);
    if (n > 0) differ[`${name} ${a}-${b}`] = { n, example: (await rows(`SELECT * FROM ${a} EXCEPT ALL SELECT * FROM ${b} LIMIT 1`))[0] };
  }
  compared += columns.length;
}

// Sixteen columns of guides against the canonical lines.
const line = `SELECT id, division->>'id' AS division, division->>'name' AS division_name, item->>'id' AS item, item->>'name' AS item_name,
  procedure->>'no' AS procedure_no, procedure->>'name' AS procedure_name, level->>'label' AS level, org->>'name' AS org_name, task_code, procedure_code,
  headline->>'visits' AS visits, headline->'papers'->>'bring' AS papers_to_bring, headline->'papers'->>'waived' AS papers_waived,
  headline->>'charged' AS charged, sample, url
  FROM read_json(${quote("guides.jsonl.gz")}, format = 'newline_delimited', columns = {id: 'VARCHAR', division: 'JSON', item: 'JSON', procedure: 'JSON',
  level: 'JSON', org: 'JSON', task_code: 'VARCHAR', procedure_code: 'VARCHAR', headline: 'JSON', sample: 'VARCHAR', url: 'VARCHAR'})`;
const names = (await rows(`DESCRIBE ${line}`)).map((c) => c.column_name);
const fields = {};
for (const c of names) {
  fields[c] = await one(`SELECT count(*) FROM (${line}) l JOIN ${quote("guides.parquet")} p ON l.id = p.id WHERE CAST(p."${c}" AS VARCHAR) IS DISTINCT FROM CAST(l."${c}" AS VARCHAR)`);
}
const joined = await one(`SELECT count(*) FROM (${line}) l JOIN ${quote("guides.parquet")} p ON l.id = p.id`);
console.log(JSON.stringify({ tables, compared, differ, joined, fields, codes31: await one(`SELECT count(*) FROM ${quote("guides.parquet")} WHERE length(task_code) = 31`) }));
