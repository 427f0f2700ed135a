// Asks the browser's client in node over damaged indexes: node attack.js search.js files.json queries.json attacks.json, where files are
// texts by path, attacks a list of {name, path, text}. Prints what went wrong, a line each: an exception that the client did not
// take for a damaged file, a query that is not done in a minute (without end; a machine at work may take five seconds), or files asked
// for without end.
var fs = require('fs'), vm = require('vm');
var code = new vm.Script(fs.readFileSync(process.argv[2], 'utf8'));
var files = JSON.parse(fs.readFileSync(process.argv[3], 'utf8')), queries = JSON.parse(fs.readFileSync(process.argv[4], 'utf8'));
JSON.parse(fs.readFileSync(process.argv[5], 'utf8')).forEach(function (attack) {
  var box = vm.createContext({});
  code.runInContext(box);
  var banshi = box.banshi, said = {}, handed = {}, put = banshi.put;
  banshi.put = function (name, check, s) { handed[name] = 1; put(name, check, s); };
  function load(name) {
    var path = 'search/' + (name === 'head' ? '' : banshi.build() + '/') + name + '.js', script = path === attack.path ? attack.text : files[path];
    if (script === undefined) { banshi.put(name); return; }
    try { vm.runInContext(script, box, { timeout: 60000 }); } catch (e) { handed[name] = handed[name] || 0; }
    if (!handed[name]) { put(name, 'broken'); } // as the page does with a script that hands nothing over
  }
  queries.forEach(function (q) {
    try {
      for (var n = 0, a; n < 20; n++) {
        box.query = { text: q.Text, place: q.Place, limit: 20 };
        a = vm.runInContext('banshi.ask(query)', box, { timeout: 60000 });
        if (!a.need) { return; }
        a.need.forEach(load);
      }
      said['asks for files without end'] = q;
    } catch (e) { said[String(e)] = q; }
  });
  Object.keys(said).forEach(function (s) { console.log(attack.name + ': ' + JSON.stringify(said[s]) + ': ' + s); });
});
