// Asks the language server of Even Better TOML what an editor shows: node lsp.mjs FOLDER FILE < questions.
// The folder is the one that was opened; a question is {"method": …, "line": …, "character": …} with the position from 0. Printed is
// one array: what is published about the file, then an answer for each question.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import taplo from "@taplo/lsp";

const folder = path.resolve(process.argv[2]);
const file = path.join(folder, process.argv[3]);
const root = pathToFileURL(folder).href;
const uri = pathToFileURL(file).href;
const settings = JSON.parse(fs.readFileSync(path.join(folder, ".vscode/settings.json"), "utf8"));
// The extension hands over what stands below evenBetterToml as a tree.
const configuration = { schema: { enabled: true, catalogs: settings["evenBetterToml.schema.catalogs"] } };

const waiting = new Map();
let published = [];
const environment = {
  now: () => new Date(), envVar: () => undefined, envVars: () => [], stdErrAtty: () => false,
  stdin: async () => new Uint8Array(), stdout: async (b) => b.length, stderr: async (b) => b.length,
  glob: () => [], readFile: (p) => fs.promises.readFile(p), writeFile: async () => {},
  urlToFilePath: (u) => decodeURIComponent(u).slice("file://".length), isAbsolute: path.isAbsolute, cwd: () => folder,
  findConfigFile: (from) => [".taplo.toml", "taplo.toml"].map((f) => path.join(from, f)).find((f) => fs.existsSync(f)),
  fetch: { fetch, Headers, Request, Response },
};
const server = await taplo.TaploLsp.initialize(environment, {
  onMessage(m) {
    if (m.method === "workspace/configuration") server.send({ jsonrpc: "2.0", id: m.id, result: m.params.items.map(() => configuration) });
    else if (m.method && m.id !== undefined) server.send({ jsonrpc: "2.0", id: m.id, result: null });
    else if (m.method === "textDocument/publishDiagnostics") published = m.params.diagnostics;
    else if (!m.method) waiting.get(m.id)?.(m.result);
  },
});
let id = 0;
const ask = (method, params) => new Promise((done) => { waiting.set(++id, done); server.send({ jsonrpc: "2.0", id, method, params }); });
const tell = (method, params) => server.send({ jsonrpc: "2.0", method, params });

await ask("initialize", {
  processId: null, rootUri: root, workspaceFolders: [{ uri: root, name: "site" }],
  capabilities: { workspace: { configuration: true } }, initializationOptions: { configurationSection: "evenBetterToml" },
});
tell("initialized", {});
tell("textDocument/didOpen", { textDocument: { uri, languageId: "toml", version: 1, text: fs.readFileSync(file, "utf8") } });
const answers = [];
for (const q of JSON.parse(fs.readFileSync(0, "utf8"))) {
  answers.push(await ask(q.method, { textDocument: { uri }, position: { line: q.line, character: q.character } }));
}
for (let n = 0; n < 100 && published.length === 0; n++) await new Promise((done) => setTimeout(done, 100));
fs.writeSync(1, JSON.stringify([published, ...answers]));
process.exit(0);
