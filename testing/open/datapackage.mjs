// Every release's datapackage.json is valid, and a reader of Data Packages accepts every row of every table: types, required
// values, primary keys (unique) and foreign keys.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import datapackage from "datapackage";

export async function checkPackages(dir) {
  const releases = join(dir, "data/releases");
  const folders = readdirSync(releases, { withFileTypes: true }).filter((e) => e.isDirectory() && existsSync(join(releases, e.name, "datapackage.json")));
  let tables = 0;
  let rows = 0;
  for (const { name } of folders) {
    const folder = join(releases, name);
    const descriptor = JSON.parse(readFileSync(join(folder, "datapackage.json"), "utf8"));
    const pkg = await datapackage.Package.load(descriptor, { basePath: folder, strict: true });
    for (const resource of pkg.resources) {
      const data = readFileSync(join(folder, resource.descriptor.path));
      const hash = "sha256:" + createHash("sha256").update(data).digest("hex");
      if (hash !== resource.descriptor.hash || data.length !== resource.descriptor.bytes) throw new Error(`${resource.name}: another file`);
      const read = await resource.read({ keyed: true, relations: true }).catch((e) => {
        throw new Error(`${name}/${resource.name}: ${e.message} ${e.errors?.map((x) => x.message).join("; ") ?? ""}`);
      });
      const key = resource.schema.primaryKey;
      const seen = new Set(read.map((row) => JSON.stringify(key.map((k) => row[k]))));
      if (key.length > 0 && seen.size !== read.length) throw new Error(`${resource.name}: the key ${key} is not unique`);
      tables++;
      rows += read.length;
    }
  }
  return `${folders.length} releases, ${tables} tables, ${rows} rows`;
}
