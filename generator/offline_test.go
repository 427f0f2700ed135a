package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserOffline holds what a reader has after one visit when the net is gone: the first page, the page of results with the
// searches made before, and the pages read.
func TestBrowserOffline(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	files := http.FileServer(http.Dir(b.dir))
	var gone atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if gone.Load() {
			panic(http.ErrAbortHandler) // the connection breaks, as without a net
		}
		files.ServeHTTP(w, r)
	}))
	defer server.Close()
	item := strings.TrimSuffix(kindPath(t, b.site, "items/*/index.html"), "index.html")

	// The worker is registered by the page only over HTTPS; here the test does it.
	b.do(t, chromedp.Navigate(server.URL+"/index.html"))
	state := ask(t, b, chromedp.Evaluate[string](`navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready).then(r => new Promise(done => {
		var w = r.active; if (w.state === "activated") { done(w.state); } else { w.onstatechange = () => done(w.state); } }))`, chromedp.EvalAwaitPromise))
	if state != "activated" {
		t.Fatalf("the worker is %s", state)
	}
	b.do(t, chromedp.Navigate(server.URL+"/"+item), chromedp.WaitVisible("h1"), chromedp.Navigate(server.URL+"/search/index.html?q=%E9%A3%9F%E5%93%81%E7%BB%8F%E8%90%A5"), chromedp.WaitVisible(".hits li"))
	first := ask(t, b, chromedp.Evaluate[string](`document.querySelector(".hits h2").textContent`))

	gone.Store(true)
	server.CloseClientConnections()
	if r, err := http.Get(server.URL + "/index.html"); err == nil {
		body, _ := io.ReadAll(r.Body)
		t.Fatalf("the server still answers: %d %.60s", r.StatusCode, body)
	}
	for _, page := range []string{"/index.html", "/" + item, "/" + item + "?v=1", "/pages/never/read.html"} {
		b.do(t, chromedp.Navigate(server.URL+page), chromedp.WaitVisible("h1"))
	}
	b.do(t, chromedp.Navigate(server.URL+"/search/index.html?q=%E9%A3%9F%E5%93%81%E7%BB%8F%E8%90%A5"), chromedp.WaitVisible(".hits li"))
	if got := ask(t, b, chromedp.Evaluate[string](`document.querySelector(".hits h2").textContent`)); got != first {
		t.Errorf("without a net the first hit is %q, with one it was %q", got, first)
	}
}
