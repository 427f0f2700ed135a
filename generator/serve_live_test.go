package main

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// liveLibrary is a clone of this repository that is served and edited: all of Hebei with its history.
type liveLibrary struct {
	dir, base string
	log       *syncBuffer
}

// address is what serve says when the first page is ready.
var address = regexp.MustCompile(`http://[0-9.:]+/`)

// serveLibrary serves a clone until the test ends.
func serveLibrary(t *testing.T) *liveLibrary {
	t.Helper()
	l := &liveLibrary{dir: filepath.Join(t.TempDir(), "library"), log: new(syncBuffer)}
	if out, err := exec.Command("git", "clone", "-q", "--no-hardlinks", "..", l.dir).CombinedOutput(); err != nil {
		t.Fatalf("git clone: %v\n%s", err, out)
	}
	l.serve(t, false)
	return l
}

// save writes a file as most editors do.
func (l *liveLibrary) save(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(l.dir, path), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (l *liveLibrary) read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(l.dir, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// shownScript notes in every page when it was first painted.
const shownScript = `addEventListener("DOMContentLoaded", function () {
	requestAnimationFrame(function () { setTimeout(function () { window.shown = Date.now(); }, 0); });
});`

// waitFor returns when the page in the browser that says the text was painted.
func (b *browser) waitFor(t *testing.T, text string) time.Time {
	t.Helper()
	question := fmt.Sprintf(`document.body && document.body.textContent.includes(%q) && window.shown || 0`, text)
	for range 3000 {
		at, err := chromedp.Run(b.ctx, chromedp.Evaluate[float64](question))
		if err == nil && at > 0 { // an error: between two pages
			return time.UnixMilli(int64(at))
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("the page never says %s", text)
	return time.Time{}
}

// liveEdits are one file of each kind, a text in it, and a page that shows the text.
var liveEdits = []struct{ name, file, old, page string }{
	{"local record", "data/divisions/139921/small-catering.toml", "试点期内到期前", "divisions/139921/small-catering.01.html"},
	{"standard", "data/items/small-catering/01.toml", "先来办登记证", "divisions/139921/small-catering.01.html"},
	{"law", "data/laws/small-food-regulation.toml", "河北省食品小作坊小餐饮小摊点管理条例", "divisions/139921/small-catering.01.html"},
	{"vocabulary", "data/vocab/sharing.toml", "只有一级办", "items/small-catering/index.html"},
	{"template", "themes/default/templates/pages/guide.html", `<p class="k">{{t "print_title"}}`, "divisions/139921/small-catering.01.html"},
	{"words", "themes/default/i18n/zh-CN.toml", "nav_home = \"首页", "divisions/139921/small-catering.01.html"},
}

// TestLive measures how long it takes from a save to the changed page in the browser, for all of Hebei with its history, and what
// happens when files are treated badly. BANSHI_LIVE is how many saves of each kind are measured.
func TestLive(t *testing.T) {
	saves, _ := strconv.Atoi(os.Getenv("BANSHI_LIVE"))
	if saves == 0 {
		t.Skip("BANSHI_LIVE=30 measures live reload; docs/editing.md has the last result")
	}
	l := serveLibrary(t)
	b := &browser{}
	b.start(t, chromium(t), time.Hour)
	b.do(t, command(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: shownScript}))
	time.Sleep(5 * time.Second) // until the history was read
	t.Run("speed", func(t *testing.T) { l.speed(t, b, saves) })
	t.Run("rough", func(t *testing.T) { l.rough(t, b) })
	t.Run("tabs", func(t *testing.T) { l.tabs(t, b) })
	t.Run("heap", func(t *testing.T) { l.heap(t) })
	if t.Failed() {
		t.Log(l.log)
	}
}

// speed saves one file of each kind again and again.
func (l *liveLibrary) speed(t *testing.T, b *browser, saves int) {
	for _, e := range liveEdits {
		text := l.read(t, e.file)
		if !strings.Contains(text, e.old) {
			t.Errorf("%s does not say %s", e.file, e.old)
			continue
		}
		b.do(t, chromedp.Navigate(l.base+e.page))
		var took []float64
		for i := range saves {
			mark := fmt.Sprintf("第%d次存", i+1)
			start := time.Now()
			l.save(t, e.file, strings.Replace(text, e.old, e.old+mark, 1))
			took = append(took, float64(b.waitFor(t, mark).Sub(start))/1e6)
			time.Sleep(700 * time.Millisecond) // a person does not save faster
		}
		l.save(t, e.file, text)
		time.Sleep(time.Second)
		slices.Sort(took)
		t.Logf("%-13s %d saves: p50 %.0f ms, p95 %.0f ms, most %.0f ms", e.name, saves, quantile(took, .5), quantile(took, .95), took[len(took)-1])
	}
}

// overlayText is what the overlay of the page says, "" without one.
const overlayText = `(function () { var a = document.querySelector("aside[aria-label]"); return a && a.shadowRoot ? a.shadowRoot.textContent : ""; })()`

// until asks the page until it answers yes.
func (b *browser) until(t *testing.T, what, question string) {
	t.Helper()
	for range 1000 {
		if yes, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](question)); err == nil && yes {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
}

// rough breaks a record and mends it, deletes it and brings it back, saves it in a storm, and lets git change all files at once.
func (l *liveLibrary) rough(t *testing.T, b *browser) {
	const file, guide = "data/divisions/139921/small-catering.toml", "divisions/139921/small-catering.01.html"
	text := l.read(t, file)
	b.do(t, chromedp.Navigate(l.base+guide))
	says := func(s string) string { return fmt.Sprintf("(%s).includes(%q)", overlayText, s) }

	l.save(t, file, strings.Replace(text, `{ value = 6,`, `{ value = 60,`, 1))
	b.until(t, "a worse promise is told with its line", says(file)+" && "+says("value = 60"))
	l.save(t, file, text+"name = 坏\n")
	b.until(t, "a broken record is told", says("name = 坏"))
	l.save(t, file, text)
	b.until(t, "a mended record is not told", "!"+says(file))

	if err := os.Remove(filepath.Join(l.dir, file)); err != nil {
		t.Fatal(err)
	}
	b.until(t, "without the county's record the standard holds", `!document.querySelector("#outcome").textContent.includes("试点期内到期前")`)
	l.save(t, file, text)
	b.until(t, "the county's record is back", `document.querySelector("#outcome").textContent.includes("试点期内到期前")`)

	before := strings.Count(l.log.String(), "重新读好")
	for i := range 400 {
		l.save(t, file, strings.Replace(text, "试点期内到期前", fmt.Sprintf("试点期内到期前（风暴%d）", i), 1))
		time.Sleep(5 * time.Millisecond)
	}
	b.until(t, "the last save of a storm is shown", `document.querySelector("#outcome").textContent.includes("风暴399")`)
	t.Logf("a storm of 400 saves was read %d times", strings.Count(l.log.String(), "重新读好")-before)

	git := func(args ...string) {
		if out, err := exec.Command("git", append([]string{"-C", l.dir}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
	git("checkout", "-q", "--", file)
	b.until(t, "git has put the record back", `!document.querySelector("#outcome").textContent.includes("风暴")`)
	git("checkout", "-q", "HEAD~200") // of a younger library, with another theme
	b.until(t, "the page is of another commit, or says what is wrong with it", `document.querySelector("script[data-site]") !== null && window.shown > 0`)
	git("checkout", "-q", "-")
	b.until(t, "the page is of this commit again", `document.querySelector("#outcome").textContent.includes("试点期内到期前")`)
}

// tabs has more pages open than a browser opens connections.
func (l *liveLibrary) tabs(t *testing.T, b *browser) {
	const file, guide = "data/divisions/139921/small-catering.toml", "divisions/139921/small-catering.01.html"
	var open []*browser
	for range 8 {
		ctx, cancel := chromedp.NewContext(b.ctx)
		t.Cleanup(cancel)
		tab := &browser{ctx: ctx}
		tab.do(t, chromedp.Navigate(l.base+guide))
		open = append(open, tab)
	}
	text := l.read(t, file)
	l.save(t, file, strings.Replace(text, "试点期内到期前", "试点期内到期前（八个窗口）", 1))
	for i, tab := range open {
		tab.do(t, command(page.BringToFront, cdp.Empty{}))
		tab.until(t, fmt.Sprintf("tab %d is fresh", i+1), `document.body.textContent.includes("八个窗口")`)
	}
	l.save(t, file, text)
}

// heap saves five hundred times and holds that memory stays what it was.
func (l *liveLibrary) heap(t *testing.T) {
	const file = "data/divisions/139921/small-catering.toml"
	text := l.read(t, file)
	save := func(from, n int) uint64 {
		for i := range n {
			before := strings.Count(l.log.String(), "重新读好")
			l.save(t, file, strings.Replace(text, "试点期内到期前", fmt.Sprintf("试点期内到期前（%d）", from+i), 1))
			for range 1000 {
				time.Sleep(10 * time.Millisecond)
				if strings.Count(l.log.String(), "重新读好") > before {
					break
				}
			}
		}
		runtime.GC()
		runtime.GC() // finalizers of the first
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc >> 20
	}
	first := save(0, 20)
	last := save(20, 500)
	t.Logf("heap after 20 saves %d MB, after 520 saves %d MB", first, last)
	if last > first+first/5 {
		t.Errorf("the heap grows from %d to %d MB", first, last)
	}
	l.save(t, file, text)
}

func quantile(sorted []float64, q float64) float64 {
	return sorted[min(len(sorted)-1, int(math.Ceil(q*float64(len(sorted))))-1)]
}

// syncBuffer is a log that is read while it is written.
type syncBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
