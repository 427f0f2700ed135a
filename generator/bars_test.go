package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// bars asks for all of what is measured of pages (docs/portal.md): every page there is instead of the richest of each kind.
var bars = os.Getenv("BANSHI_BARS") != ""

// look is how a page is looked at.
type look struct {
	width  int64
	scheme string
}

// TestBrowserAccessibility runs axe-core on pages of every kind, on a phone and on a desk, light and dark. Nothing scrolls sideways,
// also on a phone of 320 px; what is to be touched is 44 px high and wide; the console stays empty, so that the content security
// policy refuses nothing.
func TestBrowserAccessibility(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile("../testing/node_modules/axe-core/axe.min.js")
	if err != nil {
		if os.Getenv("BANSHI_BROWSER") == "required" {
			t.Fatal("axe-core is missing: npm ci in testing/")
		}
		t.Skip("NO AXE: run npm ci in testing/")
	}
	if testing.Short() {
		t.Skip("short")
	}
	program := chromium(t)
	k := builtKinds(t)
	b := &browser{dir: k.dir, site: k.site}
	server := httptest.NewServer(http.FileServer(http.Dir(b.dir)))
	t.Cleanup(server.Close)
	b.base = server.URL
	pages, looks, limit := k.richest(), []look{{360, "dark"}, {1280, "light"}}, 8*time.Minute
	if bars {
		pages, limit = k.pages(), time.Hour
		looks = []look{{360, "light"}, {360, "dark"}, {768, "light"}, {1280, "light"}, {1280, "dark"}}
	}
	b.open(t, program, limit)
	for _, path := range pages {
		for i, l := range looks {
			b.do(t, chromedp.EmulateViewport(l.width, 800), media(l.scheme))
			if i == 0 || bars {
				b.do(t, chromedp.Navigate(b.base+"/"+path))
			}
			name := fmt.Sprintf("%s %d %s", path, l.width, l.scheme)
			b.axe(t, string(axe), name)
			b.noSidewaysScroll(t, path, l.width)
			if l.width == 360 {
				b.touchable(t, name)
				b.do(t, chromedp.EmulateViewport(320, 640))
				b.noSidewaysScroll(t, path, 320)
			}
		}
	}
	b.quiet(t)
	t.Logf("%d pages of %d kinds, each looked at %d times", len(pages), len(k.kinds), len(looks))
}

// smallTargets lists what is to be touched and is less than 44 px high or wide. What stands in a line of text is as high as the
// line (WCAG 2.5.5 leaves it out); a box to tick counts with its label.
const smallTargets = `JSON.stringify([].filter.call(document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary"), function (e) {
	var box = e.closest("label") || e, r = box.getBoundingClientRect(), s = getComputedStyle(box);
	if (!r.width || !r.height || s.visibility === "hidden" || s.opacity === "0" || s.position === "absolute" && r.width <= 1 || r.right <= 0 || r.bottom <= 0) { return false; }
	if (s.display === "inline") {
		for (var p = box.parentElement; p && getComputedStyle(p).display === "inline"; p = p.parentElement) { }
		if (p.textContent.trim().length > box.textContent.trim().length) { return false; }
	}
	return r.height < 43.5 || r.width < 43.5;
}).map(function (e) { var r = e.getBoundingClientRect(); return Math.round(r.width) + "×" + Math.round(r.height) + " " + e.outerHTML.slice(0, 110) + " in " + e.parentElement.outerHTML.slice(0, 60); }))`

func (b *browser) touchable(t *testing.T, name string) {
	t.Helper()
	if small := ask(t, b, chromedp.Evaluate[string](smallTargets)); small != "[]" {
		t.Errorf("%s: targets under 44 px: %s", name, small)
	}
}

// TestHTMLChecker gives every page of every kind to the Nu Html Checker.
func TestHTMLChecker(t *testing.T) {
	t.Parallel()
	jar := "../testing/node_modules/vnu-jar/build/dist/vnu.jar"
	_, java := exec.LookPath("java")
	if _, err := os.Stat(jar); err != nil || java != nil || testing.Short() {
		if os.Getenv("BANSHI_BROWSER") == "required" {
			t.Fatal("the Nu Html Checker needs java and npm ci in testing/; scripts/test installs both")
		}
		t.Skip("NO HTML CHECKER: needs java and npm ci in testing/")
	}
	k := builtKinds(t)
	// For a run this short the first compiler and the simple collector take half the time of the others.
	args := []string{"-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, "--errors-only", "--also-check-css", "--stdout", "--exit-zero-always"}
	for _, p := range k.pages() {
		args = append(args, filepath.Join(k.dir, filepath.FromSlash(p)))
	}
	result, err := exec.Command("java", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, result)
	}
	if len(result) > 0 {
		t.Errorf("the checker says:\n%s", strings.ReplaceAll(string(result), k.dir, ""))
	}
	t.Logf("%d pages of %d kinds", len(k.pages()), len(k.kinds))
}
