package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser is a real Chromium and a built site it looks at. Without one the tests skip aloud, unless BANSHI_BROWSER=required says
// that they must run.
type browser struct {
	ctx   context.Context
	site  tree
	dir   string          // the built site
	base  string          // its address
	watch func(event any) // sees every event, or nil
	mu    sync.Mutex
	lines []string // what the console said
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("short")
	}
	program, p := chromium(t), builtPortal(t)
	b := &browser{dir: p.dir, site: p.site}
	server := httptest.NewServer(http.FileServer(http.Dir(b.dir)))
	t.Cleanup(server.Close)
	b.base = server.URL
	limit := 8 * time.Minute
	if os.Getenv("BANSHI_SEARCH_ATTACK") != "" {
		limit = time.Hour
	}
	b.open(t, program, limit)
	return b
}

// chromium returns the browser's program.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	if os.Getenv("BANSHI_BROWSER") == "required" {
		t.Fatal("no browser found; scripts/test installs chromium")
	}
	t.Skip("NO BROWSER: install chromium to run this test (scripts/test does)")
	return ""
}

// open opens a window as of somebody who was never here, in the browser that all tests share; after limit everything asked of it fails.
func (b *browser) open(t *testing.T, program string, limit time.Duration) {
	t.Helper()
	b.begin(t, sharedChromium(t, program), limit, chromedp.WithNewBrowserContext())
}

// start starts a browser of its own, for what is measured.
func (b *browser) start(t *testing.T, program string, limit time.Duration) {
	t.Helper()
	allocator, cancel := newAllocator(program, filepath.Join(t.TempDir(), "profile"))
	t.Cleanup(cancel)
	b.begin(t, allocator, limit)
}

// newAllocator is how a browser is started that keeps what it keeps in a folder.
func newAllocator(program, profile string) (context.Context, context.CancelFunc) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true),
		chromedp.UserDataDir(profile))
	return chromedp.NewExecAllocator(context.Background(), options...)
}

func (b *browser) begin(t *testing.T, parent context.Context, limit time.Duration, options ...chromedp.ContextOption) {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent, append(options, chromedp.WithListener(b.listen))...)
	t.Cleanup(cancel)
	// The first run may start the browser, which lives as long as its context: no deadline there.
	if err := chromedp.Do(ctx, command(runtime.Enable, cdp.Empty{}), media("light")); err != nil {
		t.Fatal(err)
	}
	b.ctx, cancel = context.WithTimeout(ctx, limit)
	t.Cleanup(cancel)
}

// media sets the reader's wishes: light or dark, and no motion, because a page that still scrolls takes a click elsewhere.
func media(scheme string) chromedp.Action[chromedp.Void] {
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// command is a command of the browser's protocol whose answer does not matter.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// listen keeps what the console says; at the end of a test it must have said nothing.
func (b *browser) listen(event any) {
	if b.watch != nil {
		b.watch(event)
	}
	line := ""
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		line = string(e.Type)
	case *runtime.EventExceptionThrown:
		line = e.ExceptionDetails.Text + " at " + e.ExceptionDetails.URL
		if o := e.ExceptionDetails.Exception; o != nil {
			line = o.Description + " at " + e.ExceptionDetails.URL
		}
	case *log.EventEntryAdded:
		line = e.Entry.Text + " " + e.Entry.URL
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, line)
}

// do runs actions one after the other.
func (b *browser) do(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// ask runs an action for its value.
func ask[T any](t *testing.T, b *browser, action chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(b.ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (b *browser) quiet(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.lines) > 0 {
		t.Errorf("the console says: %s", strings.Join(b.lines, "; "))
		b.lines = nil
	}
}

// kindPath is the first page whose path matches: the names of old versions follow from their content.
func kindPath(t *testing.T, site tree, pattern string) string {
	t.Helper()
	for _, p := range site.paths() {
		if ok, err := path.Match(pattern, p); err == nil && ok {
			return p
		}
	}
	t.Fatalf("no page %s", pattern)
	return ""
}

func (b *browser) axe(t *testing.T, script, name string) {
	t.Helper()
	if !ask(t, b, chromedp.Evaluate[bool]("!!window.axe")) {
		ask(t, b, chromedp.Evaluate[any](script+"; 0"))
	}
	found := ask(t, b, chromedp.Evaluate[string](`axe.run(document, {resultTypes: ["violations"]}).then(function (r) {
		return JSON.stringify(r.violations.map(function (v) { return v.id + ": " + v.nodes.slice(0, 3).map(function (n) { return n.html.slice(0, 120) }).join(" | ") }))
	})`, chromedp.EvalAwaitPromise))
	var violations []string
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		t.Fatal(err)
	}
	for _, v := range violations {
		t.Errorf("%s: %s", name, v)
	}
}

func (b *browser) noSidewaysScroll(t *testing.T, kind string, width int64) {
	t.Helper()
	if over := ask(t, b, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`)); over > 0 {
		t.Errorf("%s scrolls sideways by %d px at %d", kind, over, width)
	}
}

// TestBrowserWorksFromFiles opens pages from a folder, as from a USB stick: styles, script, search and the choice of a place work.
func TestBrowserWorksFromFiles(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	b.do(t, chromedp.Navigate("file://"+b.dir+"/index.html"))
	font := ask(t, b, chromedp.Evaluate[string](`getComputedStyle(document.body).lineHeight + " " + document.documentElement.className`))
	b.do(t, chromedp.SetValue(chromedp.CSS(`input[name=q]`), "开饭店"), chromedp.Submit(chromedp.CSS(`form[role=search]`)),
		chromedp.WaitVisible(chromedp.CSS(`.hits li`)))
	results := ask(t, b, chromedp.Text(chromedp.CSS(`.hits`)))
	if font == "normal " || !strings.Contains(font, "js") {
		t.Errorf("style or script do not load from a folder: %q", font)
	}
	if !strings.Contains(results, "食品经营许可") {
		t.Errorf("searching 开饭店 from a folder finds %q", results)
	}
	// The page of an item takes the name of a place and leads to the item there.
	b.do(t, chromedp.Navigate("file://"+b.dir+"/items/food-business/index.html"), chromedp.WaitVisible(chromedp.CSS(`#pick input`)),
		chromedp.SendKeys(chromedp.CSS(`#pick input`), "示例县"))
	left := ask(t, b, chromedp.Evaluate[string](`Array.prototype.filter.call(document.querySelectorAll(".place li a"), function (a) { return a.offsetParent }).map(function (a) { return a.firstChild.data }).join()`))
	b.do(t, chromedp.Click(chromedp.CSS(`#pick button`)), chromedp.WaitNotPresent(chromedp.CSS(`#pick`)))
	if at := ask(t, b, chromedp.Evaluate[string](`location.pathname`)); left != "示例县" || !strings.HasSuffix(at, "/divisions/139921/food-business.html") {
		t.Errorf("picking 示例县 leaves %q and leads to %s", left, at)
	}
	b.quiet(t)
}

// TestBrowserCasesWithoutScript answers the question of a guide with script switched off: what does not apply disappears.
func TestBrowserCasesWithoutScript(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	const canteen = "食堂举办单位证明"
	shown := func() string {
		return ask(t, b, chromedp.Text(chromedp.CSS("main")))
	}
	b.do(t, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}),
		chromedp.Navigate(b.base+"/divisions/139921/food-business.01.html"))
	if !strings.Contains(shown(), canteen) {
		t.Fatal("until answered everything shows")
	}
	b.do(t, chromedp.Click(chromedp.CSS(`label[for="c1o1"]`)))
	if strings.Contains(shown(), canteen) {
		t.Error("a shop must not see what only canteens bring")
	}
	b.do(t, chromedp.Click(chromedp.CSS(`label[for="c1o2"]`)))
	if !strings.Contains(shown(), canteen) {
		t.Error("a canteen must see it")
	}
	b.quiet(t)
}

// TestBrowserByKeyboard switches the place of an item and answers the question of its guide with nothing but a keyboard: Tab reaches
// what is needed, what has the focus can be seen, arrows choose. (Search: TestBrowserSearchByKeyboard.)
func TestBrowserByKeyboard(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	tabTo := func(what, selector string) {
		t.Helper()
		for range 60 {
			b.do(t, chromedp.KeyEvent(kb.Tab))
			if !ask(t, b, chromedp.Evaluate[bool](fmt.Sprintf(`document.activeElement.matches(%q)`, selector))) {
				continue
			}
			if !ask(t, b, chromedp.Evaluate[bool](`(function () {
				var e = document.activeElement, l = e.labels && e.labels[0];
				return [e, l, l && l.previousElementSibling].some(function (x) { return x && getComputedStyle(x).outlineStyle !== "none"; });
			})()`)) {
				t.Errorf("%s has the focus, and nobody can see it", what)
			}
			return
		}
		t.Fatalf("60 times Tab do not reach %s", what)
	}
	b.do(t, chromedp.Navigate(b.base+"/items/food-business/index.html"), chromedp.WaitVisible(chromedp.CSS(`#pick input`)))
	tabTo("the box for a place", "#pick input")
	b.do(t, chromedp.KeyEvent("示例县"), chromedp.KeyEvent(kb.Enter), chromedp.WaitNotPresent(chromedp.CSS(`#pick`)))
	if at := ask(t, b, chromedp.Evaluate[string](`location.pathname`)); at != "/divisions/139921/food-business.html" {
		t.Errorf("the place's name and Enter lead to %s", at)
	}

	b.do(t, chromedp.Navigate(b.base+"/divisions/139921/food-business.01.html"))
	tabTo("the question", "input[type=radio]")
	const canteen = "食堂举办单位证明"
	shown := func() bool {
		return strings.Contains(ask(t, b, chromedp.Text(chromedp.CSS("main"))), canteen)
	}
	b.do(t, chromedp.KeyEvent(kb.ArrowDown))
	first := shown()
	b.do(t, chromedp.KeyEvent(kb.ArrowDown))
	if second := shown(); first == second {
		t.Errorf("arrows do not answer the question: the paper of a canteen shows %v and %v", first, second)
	}
	b.quiet(t)
}

// TestBrowserPrint prints guides to A4: at most two pages each, and the QR code leads to the page.
func TestBrowserPrint(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	for _, path := range []string{"divisions/139921/food-business.01.html", "divisions/139921101/dibao.html", "divisions/139921/food-business.02.html"} {
		b.do(t, chromedp.Navigate(b.base+"/"+path))
		pdf := ask(t, b, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPrintBackground(), chromedp.PDFPreferCSSPageSize()))
		file := filepath.Join(t.TempDir(), "guide.pdf")
		writeFile(t, file, pdf)
		if pages := pdfPages(t, file); pages < 1 || pages > 2 {
			t.Errorf("%s prints on %d pages", path, pages)
		}
		if code := qrOf(t, file); !strings.HasPrefix(code, "https://portal.example/"+path+"?v=") {
			t.Errorf("%s: the QR code says %q", path, code)
		}
	}
	b.quiet(t)
}

func pdfPages(t *testing.T, file string) int {
	t.Helper()
	out, err := exec.Command("pdfinfo", file).Output()
	if err != nil {
		t.Fatalf("pdfinfo (package poppler-utils): %v", err)
	}
	n := 0
	for line := range strings.SplitSeq(string(out), "\n") {
		if v, ok := strings.CutPrefix(line, "Pages:"); ok {
			fmt.Sscan(v, &n)
		}
	}
	return n
}

// qrOf decodes the first QR code of a PDF.
func qrOf(t *testing.T, file string) string {
	t.Helper()
	if out, err := exec.Command("pdftoppm", "-r", "200", "-gray", "-f", "1", "-l", "1", file, file).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm (package poppler-utils): %v\n%s", err, out)
	}
	images, err := filepath.Glob(file + "*.pgm")
	if err != nil || len(images) == 0 {
		t.Fatalf("no picture of the page: %v", err)
	}
	out, err := exec.Command("zbarimg", "-q", "--raw", images[0]).Output()
	if err != nil {
		t.Errorf("zbarimg (package zbar-tools) finds no code: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// TestScriptsAreOld holds the scripts of the theme to the language of 2009: WeChat and old Android WebViews know no other.
func TestScriptsAreOld(t *testing.T) {
	t.Parallel()
	const esbuild = "../testing/node_modules/.bin/esbuild"
	if _, err := os.Stat(esbuild); err != nil {
		if os.Getenv("BANSHI_BROWSER") == "required" {
			t.Fatal("esbuild is missing: npm ci in testing/")
		}
		t.Skip("NO ESBUILD: run npm ci in testing/")
	}
	for _, name := range []string{"site.js", "compare.js", "search.js", "results.js", "sw.js"} {
		if out, err := exec.Command(esbuild, "../themes/default/assets/"+name, "--target=es5", "--log-level=warning", "--outfile="+os.DevNull, "--allow-overwrite").CombinedOutput(); err != nil {
			t.Errorf("%s: %s", name, out)
		}
	}
}
