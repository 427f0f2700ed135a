package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// cityPlaces are the folders of the library that make a site of one city and the made-up places.
var cityPlaces = regexp.MustCompile(`^(130000|1303\d\d|1399\d\d|defaults)$`)

// citySite copies the library with the places of one city only, and returns its folder.
func citySite(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	for _, name := range []string{"content", "themes"} {
		copyDir(t, "../"+name, filepath.Join(dir, name))
	}
	walkFiles(t, "../data", func(rel string, data []byte) {
		if place, in := strings.CutPrefix(rel, "divisions/"); in {
			if folder, _, below := strings.Cut(place, "/"); below && !cityPlaces.MatchString(folder) {
				return
			}
		}
		writeFile(t, filepath.Join(dir, "data", rel), data)
	})
	settings, err := os.ReadFile("../site.toml")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "site.toml"), settings)
	return dir
}

// someGuides are n guides of a built site, evenly over its places and items.
func someGuides(t *testing.T, dir string, n int) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(dir), "divisions", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") {
			return err
		}
		page, err := os.ReadFile(filepath.Join(dir, path))
		if bytes.Contains(page, []byte(`id="papers"`)) {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i := range n {
		out = append(out, all[i*len(all)/n])
	}
	return out
}

// guideMeasures are what the bars of a guide speak of.
type guideMeasures struct {
	card, requests, weight       int // where the card ends at 360 px; requests and bytes of the first view, compressed
	pages, largePages, deskPages int
	shift                        float64
}

// TestGuides measures guides of the library in Chromium: BANSHI_GUIDES says how many. Printed they have at most two pages at the median, a
// first view has at most 40 KB in four requests, and nothing moves once it is shown.
func TestGuides(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("BANSHI_GUIDES"))
	if n <= 0 {
		t.Skip("BANSHI_GUIDES=50 measures fifty guides of the library")
	}
	b := &browser{dir: filepath.Join(t.TempDir(), "public")}
	program := chromium(t)
	banshi(t, nil, "build", "--no-history", "--as-of", "2026-11-22", "--site", citySite(t), "--out", b.dir)
	server := httptest.NewServer(http.FileServer(http.Dir(b.dir)))
	t.Cleanup(server.Close)
	b.base = server.URL
	b.start(t, program, time.Duration(n)*20*time.Second)
	b.do(t, chromedp.EmulateViewport(360, 640))
	var all []guideMeasures
	for _, path := range someGuides(t, b.dir, n) {
		m := b.measureGuide(t, path)
		t.Logf("%-60s card %4d px, %d requests, %5d bytes, shift %.3f, pages %d, large %d, window %d", path, m.card, m.requests, m.weight, m.shift, m.pages, m.largePages, m.deskPages)
		if m.requests > 4 || m.weight > 40<<10 || m.shift > 0 {
			t.Errorf("%s: %d requests, %d bytes, shift %v", path, m.requests, m.weight, m.shift)
		}
		all = append(all, m)
	}
	b.quiet(t)
	median := func(name string, of func(guideMeasures) int) int {
		var values []int
		for _, m := range all {
			values = append(values, of(m))
		}
		slices.Sort(values)
		t.Logf("%s: median %d, nine of ten %d, most %d", name, values[n/2], values[n*9/10], values[n-1])
		return values[n/2]
	}
	median("card ends at", func(m guideMeasures) int { return m.card })
	median("bytes", func(m guideMeasures) int { return m.weight })
	median("pages of 窗口版", func(m guideMeasures) int { return m.deskPages })
	if median("pages of 办事清单", func(m guideMeasures) int { return m.pages }) > 2 || median("pages of 大字版", func(m guideMeasures) int { return m.largePages }) > 2 {
		t.Error("more than two pages at the median")
	}
}

// subresource finds what a page loads: styles, icon, scripts, pictures.
var subresource = regexp.MustCompile(`<(?:link rel="(?:stylesheet|icon)" href|script src|img src)="([^"]+)"`)

func (b *browser) measureGuide(t *testing.T, path string) (m guideMeasures) {
	t.Helper()
	b.do(t, chromedp.Navigate(b.base+"/"+path))
	m.card = ask(t, b, chromedp.Evaluate[int](`Math.round(document.querySelector(".facts.spot").getBoundingClientRect().bottom + scrollY)`))
	m.shift = ask(t, b, chromedp.Evaluate[float64](`new Promise(function (done) {
		var sum = 0;
		new PerformanceObserver(function (list) { list.getEntries().forEach(function (e) { sum += e.value; }); }).observe({type: "layout-shift", buffered: true});
		setTimeout(function () { done(sum); }, 200);
	})`, chromedp.EvalAwaitPromise))
	page, err := os.ReadFile(filepath.Join(b.dir, path))
	if err != nil {
		t.Fatal(err)
	}
	m.requests, m.weight = 1, len(gzipped(page))
	for _, part := range subresource.FindAllStringSubmatch(string(page), -1) {
		data, err := os.ReadFile(filepath.Join(b.dir, filepath.Dir(path), part[1]))
		if err != nil {
			t.Fatal(err)
		}
		m.requests++
		m.weight += len(gzipped(data))
	}
	m.pages = b.printed(t, "")
	m.largePages, m.deskPages = b.printed(t, "large"), b.printed(t, "clerk")
	return m
}

// printed is the number of A4 pages of the guide that is open, in one of its forms.
func (b *browser) printed(t *testing.T, form string) int {
	t.Helper()
	ask(t, b, chromedp.Evaluate[any](fmt.Sprintf(`location.hash = %q; 0`, form)))
	pdf := ask(t, b, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPrintBackground(), chromedp.PDFPreferCSSPageSize()))
	file := filepath.Join(t.TempDir(), "guide.pdf")
	writeFile(t, file, pdf)
	return pdfPages(t, file)
}

// TestBrowserPrintForms leaves in 大字版 what to bring, where to go and whom to call, and in 窗口版 what is checked, without script; the
// other parts of the page come back.
func TestBrowserPrintForms(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	b.do(t, chromedp.Navigate(b.base+"/divisions/139921/food-business.01.html#large"))
	seen := func(selector string) bool {
		return ask(t, b, chromedp.Evaluate[bool](fmt.Sprintf(`Array.from(document.querySelectorAll(%q)).some(function (e) { return e.getClientRects().length > 0; })`, selector)))
	}
	expect := func(form string, shown, hidden []string) {
		t.Helper()
		for _, s := range shown {
			if !seen(s) {
				t.Errorf("%s lacks %s", form, s)
			}
		}
		for _, s := range hidden {
			if seen(s) {
				t.Errorf("%s shows %s", form, s)
			}
		}
	}
	expect("大字版", []string{"h1", "#papers .mats h4", "[data-el=办理地点]", "[data-el=咨询电话]", ".form.large"}, []string{".glance", "#papers .kv", "#how", "#faq", ".form.clerk", "[data-el=监督电话]"})
	if pages := b.printed(t, "large"); pages > 2 {
		t.Errorf("大字版 prints on %d pages", pages)
	}
	if size := ask(t, b, chromedp.Evaluate[float64](`parseFloat(getComputedStyle(document.querySelector("#papers .mats h4")).fontSize)`)); size < 23.9 {
		t.Errorf("大字版 is set in %v px, 18 points are 24", size)
	}
	ask(t, b, chromedp.Evaluate[any](`location.hash = "clerk"; 0`))
	expect("窗口版", []string{"#papers .kv", "#papers .due", "#how .steps", "#conditions", ".form.clerk"}, []string{".glance", "#where", "#faq", "#papers .own", ".form.large"})
	ask(t, b, chromedp.Evaluate[any](`location.hash = "main"; 0`))
	expect("the page", []string{".glance", "#where", "#faq", "#papers .own"}, []string{".form", "#papers .due"})
	b.quiet(t)
}
