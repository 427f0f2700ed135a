// Reads the workflow files as their forges do and prints the shell steps of every job, for the test that runs them.
// Usage: node check.mjs FOLDER
import fs from 'node:fs';
import path from 'node:path';
import { parse, parseDocument } from 'yaml';
import { register } from 'node:module';

// The parser imports its schema as JSON without saying so, which Node wants to be told.
const asJSON = 'export function load(u, c, n) { return n(u, u.endsWith(".json") ? { ...c, importAttributes: { type: "json" } } : c) }';
register('data:text/javascript,' + encodeURIComponent(asJSON));
const { parseWorkflow, NoOperationTraceWriter, convertWorkflowTemplate } = await import('@actions/workflow-parser');

const folder = process.argv[2];
const read = (name) => fs.readFileSync(path.join(folder, name), 'utf8');
const there = (name) => fs.existsSync(path.join(folder, name));
const errors = [];
const steps = {};

// GitHub's own parser and schema; Gitea and Forgejo take the same language.
for (const name of ['github.yml', 'gitea.yml'].filter(there)) {
  const file = { name, content: read(name) };
  const result = parseWorkflow(file, new NoOperationTraceWriter());
  for (const e of result.context.errors.getErrors()) errors.push(`${name}: ${e.message}`);
  const template = await convertWorkflowTemplate(result.context, result.value);
  for (const e of template.errors ?? []) errors.push(`${name}: ${e.Message ?? e.message}`);
  steps[name] = {};
  for (const [job, j] of Object.entries(parse(file.content).jobs)) {
    steps[name][job] = { env: j.env ?? {}, steps: j.steps.filter((s) => s.run).map((s) => ({ name: s.name, run: s.run, env: s.env ?? {} })) };
  }
}

// GitLab's schema is in no registry: the file is parsed, and every line of a script must be a text.
if (there('gitlab.yml')) {
  const name = 'gitlab.yml';
  const document = parseDocument(read(name), { strict: true });
  for (const e of [...document.errors, ...document.warnings]) errors.push(`${name}: ${e.message}`);
  const all = document.toJS();
  const before = all.default.before_script;
  steps[name] = {};
  for (const job of all.stages) {
    const lines = [...before, ...all[job].script];
    for (const l of lines) if (typeof l !== 'string') errors.push(`${name}: ${job}: ${JSON.stringify(l)} is no text`);
    steps[name][job] = { env: all[job].variables ?? {}, steps: [{ name: job, run: lines.join('\n'), env: {} }] };
  }
}

console.log(JSON.stringify(steps));
for (const e of errors) console.error(e);
process.exit(errors.length ? 1 : 0);
