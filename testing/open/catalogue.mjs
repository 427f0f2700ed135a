// data/catalog.jsonld expands with the context that the site ships, says the same as RDF, and fits the SHACL shapes of DCAT-AP
// where a folder of them is given. Nothing is fetched.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import jsonld from "jsonld";
import { Parser, Store } from "n3";
import SHACLValidator from "rdf-validate-shacl";

const DCAT = "http://www.w3.org/ns/dcat#";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

export async function checkCatalogue(dir, shapesDir) {
  const catalogue = JSON.parse(readFileSync(join(dir, "data/catalog.jsonld"), "utf8"));
  const context = JSON.parse(readFileSync(join(dir, "data/schema/v1/context.jsonld"), "utf8"));
  const documentLoader = async (url) => {
    if (url !== catalogue["@context"]) throw new Error(`asks for ${url}`);
    return { contextUrl: null, document: context, documentUrl: url };
  };
  // In safe mode a key that the context does not know is an error and not dropped.
  const quads = await jsonld.toRDF(catalogue, { documentLoader, safe: true, format: "application/n-quads" });
  const data = new Store(new Parser({ format: "N-Quads" }).parse(quads));
  const count = (type) => data.getSubjects(TYPE, DCAT + type, null).length;
  const found = Object.fromEntries(["Catalog", "DatasetSeries", "Dataset", "Distribution", "DataService"].map((t) => [t, count(t)]));
  for (const [type, n] of Object.entries(found)) if (n < 1) throw new Error(`no ${type}`);
  if (quads.includes("hvd")) throw new Error("says something of high-value datasets");
  const releases = JSON.parse(readFileSync(join(dir, "data/releases/index.json"), "utf8")).releases;
  if (found.Dataset !== 1 + releases.length) throw new Error(`${found.Dataset} datasets, ${releases.length} releases`);
  let shapes = "no SHACL shapes given";
  if (shapesDir) {
    const store = new Store();
    for (const name of readdirSync(shapesDir).filter((n) => n.endsWith(".ttl"))) {
      store.addQuads(new Parser({ baseIRI: "file:///" + name, blankNodePrefix: name.replace(/\W/g, "") }).parse(readFileSync(join(shapesDir, name), "utf8")));
    }
    const report = await new SHACLValidator(store).validate(data);
    const severity = (r) => r.severity?.value.replace(/.*#/, "");
    const line = (r) => `${severity(r)} ${r.focusNode?.value} ${r.path?.value} ${r.value?.value ?? ""} ${r.message.map((m) => m.value).join(" ")}`;
    const violations = report.results.filter((r) => severity(r) === "Violation");
    if (violations.length > 0) throw new Error("SHACL:\n" + violations.map(line).join("\n"));
    shapes = `SHACL: 0 violations, ${report.results.length} remarks` + report.results.map((r) => "\n  " + line(r)).join("");
  }
  return `${data.size} triples, ${JSON.stringify(found)}; ${shapes}`;
}
