// Every JSON file below api/ and data/ is described by openapi.json, and it and every line of every dump validates with ajv.
import { readFileSync, readdirSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { join, posix } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const json = (dir, path) => JSON.parse(readFileSync(join(dir, path), "utf8"));

/** All files below a folder of the site, as paths from its root. */
export function filesBelow(dir, folder) {
  return readdirSync(join(dir, folder), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && !e.name.startsWith("."))
    .map((e) => posix.join(e.parentPath.slice(dir.length + 1), e.name))
    .sort();
}

/** A validator that knows all published schemas, which refer to each other by their $id. */
function compile(dir) {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: true, allErrors: false });
  addFormats(ajv);
  const ids = {};
  for (const path of filesBelow(dir, "data/schema/v1").filter((p) => p.endsWith(".json") && !p.includes("/tables/"))) {
    const schema = json(dir, path);
    ajv.addSchema(schema);
    ids[path] = schema.$id;
  }
  return (path) => ajv.getSchema(ids[path]) ?? fail(`no schema ${path}`);
}

function fail(message) {
  throw new Error(message);
}

/** The operation that a path belongs to: literal ones before templates. */
function operationOf(operations, path) {
  return operations.find((o) => o.path === "/" + path) ?? operations.find((o) => o.pattern.test("/" + path));
}

// Files that openapi.json leaves out on purpose: schemas and itself, and what a release holds, which its manifest lists.
const undescribed = /^(data\/schema\/|api\/v1\/openapi\.json$|data\/releases\/[^/]+\/|data\/deltas\/|data\/index\.html$)/;

export function checkSchemas(dir) {
  const validatorOf = compile(dir);
  const openapi = json(dir, "api/v1/openapi.json");
  const operations = Object.entries(openapi.paths).map(([path, item]) => {
    const [[media, { schema }]] = Object.entries(item.get.responses["200"].content);
    const ref = (schema["x-line-schema"] ?? schema).$ref;
    const pattern = new RegExp("^" + path.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/]+") + "$");
    return { path, pattern, media, lines: "x-line-schema" in schema, schema: ref && posix.join("api/v1", ref), hits: 0 };
  });
  const counts = { documents: 0, lines: 0 };
  for (const path of [...filesBelow(dir, "api"), ...filesBelow(dir, "data")].filter((p) => !undescribed.test(p))) {
    const op = operationOf(operations, path) ?? fail(`${path}: openapi.json does not describe it`);
    op.hits++;
    if (!op.schema) continue;
    const validate = validatorOf(op.schema);
    let documents;
    if (op.lines) {
      documents = gunzipSync(readFileSync(join(dir, path))).toString("utf8").split("\n").slice(0, -1);
      counts.lines += documents.length;
    } else {
      documents = [readFileSync(join(dir, path), "utf8")];
      counts.documents++;
    }
    for (const [n, text] of documents.entries()) {
      if (text !== text.normalize("NFC")) fail(`${path}:${n + 1}: not NFC`);
      if (!validate(JSON.parse(text))) fail(`${path}:${n + 1}: ${JSON.stringify(validate.errors)}`);
    }
  }
  for (const op of operations) {
    if (op.hits === 0) fail(`${op.path}: described by openapi.json, and no such file`);
    for (const p of openapi.paths[op.path].get.parameters ?? []) {
      const example = op.path.replace(/\{[^}]+\}/, p.example).slice(1);
      readFileSync(join(dir, example)); // throws where the example does not exist
    }
  }
  return `${counts.documents} documents and ${counts.lines} lines validate`;
}
