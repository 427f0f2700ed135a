package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	page "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// liveLibrary is a clone of this repository that is served and edited: all of Hebei with its history.
type liveLibrary struct {
	dir, base string
	log       *syncBuffer
}

// serveLibrary serves a clone until the test ends.
func serveLibrary(t *testing.T) *liveLibrary {
	t.Helper()
	l := &liveLibrary{dir: filepath.Join(t.TempDir(), "library"), log: new(syncBuffer)}
	if out, err := exec.Command("git", "clone", "-q", "--no-hardlinks", "..", l.dir).CombinedOutput(); err != nil {
		t.Fatalf("git clone: %v\n%s", err, out)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- (&serveFlags{addr: "127.0.0.1:0"}).run(ctx, &global{site: l.dir}, l.log) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	address := regexp.MustCompile(`http://[0-9.:]+/`)
	for l.base == "" {
		select {
		case err := <-ended:
			t.Fatalf("serve ended: %v\n%s", err, l.log)
		case <-time.After(50 * time.Millisecond):
			l.base = address.FindString(l.log.String())
		}
	}
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
	{"local record", "data/divisions/139921/small-catering.toml", "不用重新申请", "divisions/139921/small-catering.01.html"},
	{"standard", "data/items/small-catering/01.toml", "先来办登记证", "divisions/139921/small-catering.01.html"},
	{"law", "data/laws/small-food-regulation.toml", "河北省食品小作坊小餐饮小摊点管理条例", "divisions/139921/small-catering.01.html"},
	{"vocabulary", "data/vocab/sharing.toml", "只有一级办", "items/small-catering/index.html"},
	{"template", "themes/default/templates/pages/guide.html", `<p class="k">{{t "print_title"}}`, "divisions/139921/small-catering.01.html"},
	{"words", "themes/default/i18n/zh-CN.toml", "nav_home = \"首页", "divisions/139921/small-catering.01.html"},
}

// TestLive measures how long it takes from a save to the changed page in the browser, for all of Hebei with its history.
// BANSHI_LIVE is how many saves of each kind.
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
		t.Logf("%-20s %d saves: p50 %.0f ms, p95 %.0f ms, most %.0f ms", e.name, saves, quantile(took, .5), quantile(took, .95), took[len(took)-1])
	}
	if t.Failed() || testing.Verbose() {
		t.Log(l.log.String())
	}
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
