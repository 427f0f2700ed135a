// node check.mjs DIR [SHAPES]: checks the open data of a built site in DIR from outside. SHAPES is a folder of SHACL shapes.
import { resolve } from "node:path";
import { checkSchemas } from "./schemas.mjs";
import { checkCatalogue } from "./catalogue.mjs";
import { checkPackages } from "./datapackage.mjs";

const [dir, shapes] = process.argv.slice(2);
const site = resolve(dir);
console.log("schemas:", checkSchemas(site));
console.log("catalogue:", await checkCatalogue(site, shapes));
console.log("data packages:", await checkPackages(site));
