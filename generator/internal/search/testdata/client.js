// Runs the browser's client in node: node client.js search.js folder queries.json prints the answers to all queries as JSON.
var fs = require('fs'), vm = require('vm');
var box = vm.createContext({});
vm.runInContext(fs.readFileSync(process.argv[2], 'utf8'), box);
function load(name) {
  var file = process.argv[3] + '/search/' + (name === 'head' ? '' : box.banshi.build() + '/') + name + '.js';
  try { vm.runInContext(fs.readFileSync(file, 'utf8'), box); } catch (e) {
    if (e.code !== 'ENOENT') { throw e; }
    box.banshi.put(name);
  }
}
var table = JSON.parse(fs.readFileSync(process.argv[4], 'utf8'));
var out = table.map(function (c) {
  for (var n = 0; n < 12; n++) {
    var a = box.banshi.ask({ text: c.query, place: c.place || '', chosen: c.chosen, limit: 20 });
    if (a.bad) { throw new Error(a.bad); }
    if (!a.need) {
      return {
        total: a.total, facets: a.facets,
        hits: a.hits.map(function (h) {
          return { kind: h.k, id: h.id, score: h.score, url: h.url, place: h.place ? h.place.id : '', why: h.why, below: h.below.map(function (x) { return x.url; }).join(' ') };
        })
      };
    }
    a.need.forEach(load);
  }
  throw new Error(c.query + ': asks for the same files again');
});
process.stdout.write(JSON.stringify(out));
