/* Any two versions side by side. The page says of every value that was not always the same which versions said it; this shows
   those that differ between the two versions that are chosen. Without it the page compares neighbours. ES5, for old WebViews. */
(function (d) {
  'use strict';
  var pick = d.getElementById('pick'), left = d.getElementById('left'), right = d.getElementById('right'), sides = d.getElementById('sides');
  if (!pick) { return; }
  function make(name, text) {
    var e = d.createElement(name);
    if (text) { e.appendChild(d.createTextNode(text)); }
    return e;
  }
  /* The value that a version has: dd says in data-at the numbers of its versions, with a space on both sides. */
  function at(row, n) {
    var list = row.getElementsByTagName('dd'), i;
    for (i = 0; i < list.length; i++) {
      if (list[i].getAttribute('data-at').indexOf(' ' + n + ' ') >= 0) { return list[i].getElementsByClassName('val')[0].textContent; }
    }
    return sides.getAttribute('data-absent');
  }
  function show() {
    var rows = d.querySelectorAll('.values > div'), absent = sides.getAttribute('data-absent'), hidden = [], table = make('table'), body = make('tbody'), i, j, key, a, b, inside, tr;
    table.className = 'stack compare';
    for (i = 0; i < rows.length; i++) {
      key = rows[i].getAttribute('data-key');
      a = at(rows[i], left.value);
      b = at(rows[i], right.value);
      inside = false;
      for (j = 0; j < hidden.length; j++) { inside = inside || key.indexOf(hidden[j]) === 0; }
      if (a === b || inside) { continue; }
      /* A member of a list that comes or goes is told once, not key by key. */
      if (a === absent || b === absent) { hidden.push(key + '.'); }
      tr = make('tr');
      tr.appendChild(make('th', rows[i].getElementsByTagName('dt')[0].textContent)).setAttribute('scope', 'row');
      tr.appendChild(make('td')).appendChild(make('del', a));
      tr.lastChild.setAttribute('data-th', left.options[left.selectedIndex].text.slice(0, 7));
      tr.appendChild(make('td')).appendChild(make('ins', b));
      tr.lastChild.setAttribute('data-th', right.options[right.selectedIndex].text.slice(0, 7));
      body.appendChild(tr);
    }
    while (sides.firstChild) { sides.removeChild(sides.firstChild); }
    if (!body.firstChild) {
      sides.appendChild(make('p', sides.getAttribute('data-same')));
      return;
    }
    tr = make('tr');
    a = [sides.getAttribute('data-what'), left.options[left.selectedIndex].text, right.options[right.selectedIndex].text];
    for (i = 0; i < a.length; i++) { tr.appendChild(make('th', a[i])).setAttribute('scope', 'col'); }
    table.appendChild(make('thead')).appendChild(tr);
    table.appendChild(body);
    sides.appendChild(table);
  }
  pick.hidden = false;
  left.selectedIndex = left.options.length - 1;
  left.addEventListener('change', show);
  right.addEventListener('change', show);
  show();
}(document));
