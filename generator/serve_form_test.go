package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBrowserForm changes a phone as a clerk without a mouse does: from the guide to the form, to what would change, to the record.
func TestBrowserForm(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("short")
	}
	program := chromium(t)
	axe, err := os.ReadFile("../testing/node_modules/axe-core/axe.min.js")
	if err != nil && os.Getenv("BANSHI_BROWSER") == "required" {
		t.Fatal("axe-core is missing: npm ci in testing/")
	}
	l := &liveLibrary{dir: testSite(t), log: new(syncBuffer)}
	l.serve(t, true)
	b := &browser{}
	b.open(t, program, 8*time.Minute)
	check := func(what string) {
		t.Helper()
		for _, width := range []int64{360, 1280} {
			b.do(t, chromedp.EmulateViewport(width, 800))
			if axe != nil {
				b.axe(t, string(axe), fmt.Sprintf("%s %d", what, width))
			}
			b.noSidewaysScroll(t, what, width)
		}
		b.mu.Lock()
		b.lines = nil // axe itself styles what it looks at, which the form's policy refuses aloud
		b.mu.Unlock()
	}
	press := func(keys string) chromedp.Action[chromedp.Void] { return chromedp.KeyEvent(keys) }
	focus := func(what, selector string) {
		t.Helper()
		for range 120 {
			b.do(t, press(kb.Tab))
			if ask(t, b, chromedp.Evaluate[bool](fmt.Sprintf(`(function () {
				var a = document.activeElement; if (a && a.shadowRoot) a = a.shadowRoot.activeElement; return !!a && a.matches(%q); })()`, selector))) {
				return
			}
		}
		t.Fatalf("no key leads to %s", what)
	}

	b.do(t, chromedp.Navigate(l.base+"divisions/139921/dibao.html"))
	b.until(t, "the guide leads to its form", `!!document.querySelector("nav[aria-label=预览]")`)
	check("guide in the preview")
	focus("the form", "a.edit")
	b.do(t, press(kb.Enter))
	b.until(t, "the form", `!!document.querySelector("[name='benefit.amount.value']")`)
	check("form")
	focus("the amount", `[name="benefit.amount.value"]`)
	b.do(t, press("760"), press(kb.Enter)) // what is there is chosen when the key leads to it
	b.until(t, "what would change", `document.body.textContent.includes("群众会看到") && document.body.textContent.includes("700→760")`)
	check("what would change")
	if text := l.read(t, "data/divisions/139921/dibao.toml"); !strings.Contains(text, `"700"`) {
		t.Fatalf("the record was written before anybody said so:\n%s", text)
	}
	focus("save", `button[value=save]`)
	b.do(t, press(kb.Enter))
	b.until(t, "it was saved", `!!document.querySelector("[role=status]")`)
	check("saved")
	if text := l.read(t, "data/divisions/139921/dibao.toml"); !strings.Contains(text, `"760"`) {
		t.Errorf("the record is\n%s", text)
	}
	b.do(t, chromedp.Navigate(l.base+"divisions/139921/dibao.html"))
	b.until(t, "the guide says so", `document.body.textContent.includes("760")`)
	b.quiet(t)
	left, _ := filepath.Glob(filepath.Join(l.dir, "data/divisions/139921/.banshi-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// serve serves a library until the test ends.
func (l *liveLibrary) serve(t *testing.T, noHistory bool) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- (&serveFlags{addr: "127.0.0.1:0", noHistory: noHistory}).run(ctx, &global{site: l.dir}, l.log)
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	for l.base == "" {
		select {
		case err := <-ended:
			t.Fatalf("serve ended: %v\n%s", err, l.log)
		case <-time.After(50 * time.Millisecond):
			l.base = address.FindString(l.log.String())
		}
	}
}
