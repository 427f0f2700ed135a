package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"

	"banshi/generator/internal/output"
	"banshi/generator/internal/search"
	"banshi/generator/internal/site"
)

// wireCost is what queries cost on the wire: bytes of bodies as the server sent them, and requests. Only files of the search count:
// the client and the index; the page itself, its style and its own script are not the search's.
type wireCost struct {
	firstBytes, laterBytes []float64
	firstRequests          []int
	laterRequests          []float64
	logged                 []float64 // bytes of first queries in the browser's network log, headers included
}

// speeds is milliseconds of one query in the browser by script, everything it needs being there; open is the first query of all,
// which makes the index from its files.
type speeds struct {
	by   map[string][]float64
	open float64
}

func (s speeds) line(script string) string {
	v := s.by[script]
	if len(v) == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f / %.1f (%d)", percentile(v, 50), percentile(v, 95), len(v))
}

// served is a site over HTTP, as a static host with compression and caching does it: from the list of files, or from a folder.
type served struct {
	files map[string]output.File
	dir   string
	count func(path string, bytes int)
}

func (s served) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p := strings.TrimPrefix(r.URL.Path, "/")
	if p == "" || strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	var data []byte
	if f, ok := s.files[p]; ok {
		data = contentOf(f)
	} else if d, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(p))); s.dir != "" && err == nil {
		data = d
	} else {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType(p))
	h.Set("Cache-Control", "no-cache")
	if immutable.MatchString(p) {
		h.Set("Cache-Control", "max-age=31536000, immutable")
	}
	tag := fmt.Sprintf("%q", fmt.Sprint(len(data)))
	h.Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		s.count(p, 0)
		return
	}
	if compressible.MatchString(p) {
		h.Set("Content-Encoding", "gzip")
		data = gzipped(data)
	}
	s.count(p, len(data))
	_, _ = w.Write(data) // a reader who is gone is no failure
}

var (
	// immutable is what a name of its own tells apart: files of a build of the index, fingerprinted assets, Pagefind's hashed ones.
	immutable    = regexp.MustCompile(`^search/[0-9a-f]{8,}/|^assets/[^/]*\.[0-9a-f]{8,}\.|\.pf_(meta|index|fragment|filter)$`)
	compressible = regexp.MustCompile(`\.(html|js|css|json|svg|txt|webmanifest)$`)
)

func contentType(p string) string {
	switch path.Ext(p) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json":
		return "application/json"
	case ".svg":
		return "image/svg+xml"
	case ".webmanifest":
		return "application/manifest+json"
	}
	return "application/octet-stream"
}

func contentOf(f output.File) []byte {
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// gzipped compresses as hosts do by default.
func gzipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(data) // to memory
	_ = w.Close()
	return b.Bytes()
}

// benchBrowser is a browser whose server counts what the search asks for.
type benchBrowser struct {
	*browser
	of       *regexp.Regexp // paths that count
	mu       sync.Mutex
	bytes    int
	requests int
	last     time.Time
	urls     map[network.RequestID]string
	logged   float64
	names    []string
}

var (
	oursOnly     = regexp.MustCompile(`^search/.*\.js$|^assets/(search|results)\.`)
	pagefindOnly = regexp.MustCompile(`^pagefind/`)
)

// serve serves a site and counts the search's part.
func (b *benchBrowser) serve(t *testing.T, s served) {
	b.of = oursOnly
	s.count = func(p string, n int) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.last = time.Now()
		if b.of.MatchString(p) {
			b.bytes += n
			b.requests++
			b.names = append(b.names, p)
		}
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	b.base = server.URL
	b.urls = map[network.RequestID]string{}
	b.watch = func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			b.urls[e.RequestID] = e.Request.URL
		case *network.EventLoadingFinished:
			if u, err := url.Parse(b.urls[e.RequestID]); err == nil && b.of.MatchString(strings.TrimPrefix(u.Path, "/")) {
				b.logged += e.EncodedDataLength
			}
		}
	}
}

// reset starts counting anew.
func (b *benchBrowser) reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bytes, b.requests, b.logged, b.names = 0, 0, 0, nil
}

// settle waits until the server has been asked nothing for a while.
func (b *benchBrowser) settle() {
	for {
		b.mu.Lock()
		quiet := time.Since(b.last)
		b.mu.Unlock()
		if quiet > 150*time.Millisecond {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// forget makes the browser one that has never been here.
func (b *benchBrowser) forget(t *testing.T) {
	b.do(t, command(network.ClearBrowserCache, cdp.Empty{}), command(storage.ClearDataForOrigin, storage.ClearDataForOriginParams{Origin: b.base, StorageTypes: "all"}))
}

// ask opens the page of results, which is how a query is asked without suggestions.
func (b *benchBrowser) ask(t *testing.T, q benchQuery) {
	b.do(t, chromedp.Navigate(b.base+"/search/?q="+url.QueryEscape(q.Query)+"&place="+url.QueryEscape(q.Place)),
		chromedp.WaitVisible("#results"))
}

// firstAndLater asks up to sixty queries as a browser that was never here, then all of them as one reader does.
func (b *benchBrowser) firstAndLater(t *testing.T, queries []benchQuery, ask func(*testing.T, benchQuery)) wireCost {
	b.do(t, command(network.Enable, network.EnableParams{}))
	var w wireCost
	for i, q := range queries[:min(60, len(queries))] {
		b.do(t, chromedp.Navigate("about:blank"))
		b.forget(t)
		b.reset()
		ask(t, q)
		b.settle()
		b.mu.Lock()
		w.firstBytes = append(w.firstBytes, float64(b.bytes))
		w.firstRequests = append(w.firstRequests, b.requests)
		if b.logged > 0 {
			w.logged = append(w.logged, b.logged)
		}
		if i == 0 {
			t.Logf("first query %q: %d bytes, %s", q.Query, b.bytes, strings.Join(b.names, " "))
		}
		b.mu.Unlock()
	}
	for _, q := range queries {
		b.reset()
		ask(t, q)
		b.settle()
		b.mu.Lock()
		w.laterBytes = append(w.laterBytes, float64(b.bytes))
		w.laterRequests = append(w.laterRequests, float64(b.requests))
		b.mu.Unlock()
	}
	return w
}

// timed runs a function over queries four times and returns the milliseconds of the first query of all, and for each query the
// least of the last three times, as the browser's performance measures have them: what another program on the machine takes is not
// the query's.
const timed = `(async function (queries, ask) {
	var out = [Infinity], pass, i, m;
	for (pass = 0; pass < 4; pass++) {
		for (i = 0; i < queries.length; i++) {
			performance.mark("from");
			await ask(queries[i]);
			m = performance.measure("query", "from");
			if (!pass) { out.push(Infinity); }
			if (pass || !i) { out[pass ? i + 1 : 0] = Math.min(out[pass ? i + 1 : 0], m.duration); }
		}
	}
	return out;
})`

// askClient asks the client as the harness of its tests does: files it needs are fetched and handed over, then it is asked again.
// Only the last asking is measured, which finds everything in place. The figures are those of timed; the first asking of all makes
// the index from its files.
const askClient = `(async function (root, queries) {
	function load(name) {
		return new Promise(function (done) {
			var s = document.createElement("script");
			s.onload = done;
			s.onerror = function () { banshi.put(name); done(); };
			s.src = root + (name === "head" ? "" : banshi.build() + "/") + name + ".js";
			document.head.appendChild(s);
		});
	}
	var out = [Infinity], pass, i, n, a, m;
	for (pass = 0; pass < 4; pass++) {
		for (i = 0; i < queries.length; i++) {
			for (n = 0; n < 20; n++) {
				performance.mark("from");
				a = banshi.ask(queries[i]);
				if (a.bad) { throw new Error(queries[i].text + ": " + a.bad + " is bad"); }
				m = performance.measure("query", "from");
				if (!a.need) { break; }
				await Promise.all(a.need.map(load));
			}
			if (a.need) { throw new Error(queries[i].text + " asks for " + a.need + " without end"); }
			if (!pass) { out.push(Infinity); }
			if (pass || !i) { out[pass ? i + 1 : 0] = Math.min(out[pass ? i + 1 : 0], m.duration); }
		}
	}
	return out;
})`

// speeds asks every query in one page of results.
func (b *benchBrowser) speeds(t *testing.T, queries []benchQuery) speeds {
	b.do(t, chromedp.Navigate(b.base+"/search/"))
	times := ask(t, b.browser, chromedp.Evaluate[[]float64](fmt.Sprintf("%s(%q, %s)", askClient, b.base+"/"+search.Folder, clientQueries(queries)), chromedp.EvalAwaitPromise))
	out := speeds{by: map[string][]float64{}, open: times[0]}
	for i, q := range queries {
		out.by[q.Script] = append(out.by[q.Script], times[i+1])
	}
	return out
}

func clientQueries(queries []benchQuery) string {
	var list []string
	for _, q := range queries {
		list = append(list, fmt.Sprintf("{text:%q,place:%q,limit:30}", q.Query, q.Place))
	}
	return "[" + strings.Join(list, ",") + "]"
}

// pagefindPage is what an engineer would set up: the main part of the pages, the five results that its own interface shows at
// once.
const pagefindPage = `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Pagefind</title><script type="module">
const pagefind = await import("/pagefind/pagefind.js");
window.find = async function (q) { const r = await pagefind.search(q); return r.results; };
window.show = async function (q, n) { const r = await find(q); return (await Promise.all(r.slice(0, n).map((x) => x.data()))).map((d) => d.url); };
window.ready = true;
</script></html>`

// pagefind writes the pages, indexes them with Pagefind, and measures it in the same browser.
func (b *benchBrowser) pagefind(t *testing.T, row *benchRow, s *site.Site, files map[string]output.File, wanted func(string) bool, queries []benchQuery) {
	t.Helper()
	// The program itself, not the script that starts it: its memory is watched.
	programs, err := filepath.Glob("../testing/search/node_modules/@pagefind/*/bin/pagefind_extended*")
	if err != nil || len(programs) == 0 {
		t.Fatal("Pagefind is missing: npm ci --prefix testing/search")
	}
	program, err := filepath.Abs(programs[0])
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for p, f := range files {
		if wanted(p) {
			writeFile(t, filepath.Join(dir, filepath.FromSlash(p)), contentOf(f))
			row.Pages++
		}
	}
	cmd := exec.Command(program, "--site", dir, "--root-selector", "main")
	start := time.Now()
	var out string
	out, row.PeakMB = watched(t, cmd)
	row.BuildS = time.Since(start).Seconds()
	t.Logf("%s", out)
	walkFiles(t, filepath.Join(dir, "pagefind"), func(rel string, data []byte) {
		row.IndexFiles++
		if compressible.MatchString(rel) {
			data = gzipped(data)
		}
		row.IndexBytes += int64(len(data))
	})
	writeFile(t, filepath.Join(dir, "find.html"), []byte(pagefindPage))
	b.serve(t, served{dir: dir})
	b.of = pagefindOnly
	row.wire = b.firstAndLater(t, queries, b.askPagefind)
	row.wire.logged = nil // the browser's log of a page does not see what Pagefind's worker fetches

	b.openPagefind(t)
	times := ask(t, b.browser, chromedp.Evaluate[[]float64](timed+"("+clientQueries(queries)+`.map(function (q) { return q.text; }), find)`, chromedp.EvalAwaitPromise))
	row.speed = speeds{by: map[string][]float64{}, open: times[0]}
	for i, q := range queries {
		row.speed.by[q.Script] = append(row.speed.by[q.Script], times[i+1]) // the first figure is the first query of all
	}
	if table := tableOf(queries); len(table) > 0 {
		row.quality = search.Evaluate(table, func(q search.Query) []search.Hit {
			urls := ask(t, b.browser, chromedp.Evaluate[[]string](fmt.Sprintf("show(%q, %d)", q.Text, search.DefaultLimit), chromedp.EvalAwaitPromise))
			var hits []search.Hit
			for _, u := range urls {
				hits = append(hits, search.Hit{ID: recordOf(u)})
			}
			return byItem(hits)
		})
	}
	b.quiet(t)
}

func (b *benchBrowser) openPagefind(t *testing.T) {
	b.do(t, chromedp.Navigate(b.base+"/find.html"))
	ask(t, b.browser, chromedp.Poll[bool]("window.ready === true"))
}

// askPagefind asks in a page that is open already if it was asked before: Pagefind's interface does not reload the page.
func (b *benchBrowser) askPagefind(t *testing.T, q benchQuery) {
	open := ask(t, b.browser, chromedp.Evaluate[bool]("window.ready === true"))
	if !open {
		b.openPagefind(t)
	}
	ask(t, b.browser, chromedp.Evaluate[[]string](fmt.Sprintf("show(%q, 5)", q.Query), chromedp.EvalAwaitPromise))
}

// guidePage is the address of a guide; the item's id is its second part.
var guidePage = regexp.MustCompile(`^/?divisions/[^/]+/([^/.]+)(\.\d+)?\.html$`)

// recordOf returns the id of the record a page is of: of an item for its guides.
func recordOf(address string) string {
	if m := guidePage.FindStringSubmatch(address); m != nil {
		return m[1]
	}
	parts := strings.Split(strings.Trim(strings.TrimSuffix(address, "index.html"), "/"), "/")
	if len(parts) == 2 {
		return parts[1]
	}
	return strings.Trim(address, "/") + "/"
}
