// Runs the browser's client in node: node client.js search.js folder queries.json prints the hits of every query as JSON.
var fs = require('fs'), vm = require('vm');
var box = vm.createContext({ window: {} });
vm.runInContext(fs.readFileSync(process.argv[2], 'utf8'), box);
box.banshi = box.window.banshi;
function script(name) { vm.runInContext(fs.readFileSync(process.argv[3] + '/' + name + '.js', 'utf8'), box); }
var build = '', put = box.banshi.put;
box.banshi.put = function (name, text) { build = text; };
script('search/current');
box.banshi.put = put;
var table = JSON.parse(fs.readFileSync(process.argv[4], 'utf8'));
var out = table.map(function (c) {
  for (var n = 0; n < 9; n++) {
    var a = box.banshi.ask({ text: c.query, place: c.place || '', limit: 20 });
    if (!a.need) {
      return a.hits.map(function (h) { return { kind: h.k, id: h.id, score: h.score, url: h.url, place: h.place ? h.place.id : '', why: h.why }; });
    }
    a.need.forEach(function (name) {
      try { script('search/' + build + '/' + name); } catch (e) { if (e.code !== 'ENOENT') { throw e; } box.banshi.put(name, ''); }
    });
  }
  throw new Error(c.query + ': asks for the same files again');
});
process.stdout.write(JSON.stringify(out));
