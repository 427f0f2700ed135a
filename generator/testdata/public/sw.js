var VERSION='2f3e07c8',FILES=["assets/compare.4fd563fd.js","assets/icon.414444ec.svg","assets/results.f440ff3f.js","assets/search.539a4ed6.js","assets/site.fa8ceed3.js","assets/style.b57ba63c.css","index.html","search/head.js","search/index.html"];
/* Keeps the portal usable without a net: the way to search is fetched at once (about 30 KB), pages as they are read. Published at
   the root, with the list of files and its version put before. Nothing is kept of the dumps. */
(function (w) {
  'use strict';
  var KEPT = 'kept-' + VERSION, SEEN = 'seen', MOST = 300;
  function forever(path) { return /\/assets\/[^\/]+\.[0-9a-f]{8}\.|\/search\/[0-9a-f]{12}\//.test(path); }
  function keep(request, response) {
    if (response.ok && response.type === 'basic') {
      var copy = response.clone();
      caches.open(SEEN).then(function (c) {
        return c.put(request, copy).then(function () { return c.keys(); }).then(function (all) {
          return Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map(function (r) { return c.delete(r); }));
        });
      });
    }
    return response;
  }
  function kept(request) {
    return caches.match(request, { ignoreSearch: true }).then(function (r) {
      return r || (request.mode === 'navigate' ? caches.match('index.html') : Response.error());
    }).then(function (r) {
      /* A host that sends index.html elsewhere: a browser takes no redirected answer for a page. */
      return r.redirected ? new Response(r.body, { headers: r.headers }) : r;
    });
  }
  w.addEventListener('install', function (e) {
    e.waitUntil(caches.open(KEPT).then(function (c) { return c.addAll(FILES); }).then(function () { return w.skipWaiting(); }));
  });
  w.addEventListener('activate', function (e) {
    e.waitUntil(caches.keys().then(function (all) {
      return Promise.all(all.map(function (k) { return k !== KEPT && k !== SEEN && caches.delete(k); }));
    }).then(function () { return w.clients.claim(); }));
  });
  w.addEventListener('fetch', function (e) {
    var url = new URL(e.request.url);
    if (e.request.method !== 'GET' || url.origin !== w.location.origin || /\/(data|api)\//.test(url.pathname)) { return; }
    function fetched() { return fetch(e.request).then(function (r) { return keep(e.request, r); }); }
    if (forever(url.pathname)) {
      e.respondWith(caches.match(e.request).then(function (r) { return r || fetched(); }));
    } else {
      /* What changes comes from the net while there is one. */
      e.respondWith(fetched().catch(function () { return kept(e.request); }));
    }
  });
}(self));
