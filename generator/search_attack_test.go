package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"banshi/generator/internal/search"
)

// hostileValues are what somebody puts into a link to the page of results, as it stands in the address. The first part is encoded
// here, the second is sent as it is.
func hostileValues() []string {
	texts := []string{
		`<script>window.evil=1</script>`, `<img src=x onerror="window.evil=1">`, `"><script>window.evil=1</script>`, `'><svg onload=window.evil=1>`, `<svg/onload=evil=1>`,
		`javascript:window.evil=1`, `JaVaScRiPt:evil=1`, "java\tscript:evil=1", ` javascript:evil=1`, `data:text/html,<script>evil=1</script>`, `vbscript:evil=1`,
		`" onfocus="window.evil=1" autofocus="`, `' onmouseover='window.evil=1`, `" style="position:fixed;inset:0`, `</title><script>window.evil=1</script>`, `</textarea><script>evil=1</script>`,
		`<iframe srcdoc="<script>parent.evil=1</script>">`, `<base href="https://evil.example/">`, `<meta http-equiv=refresh content="0;url=https://evil.example/">`, `<form action=https://evil.example/>`,
		`<a href="javascript:evil=1">食品</a>`, `<mark>食品</mark>`, `<math><mtext></form><form><mglyph><style></math><img src onerror=evil=1>`, `<template><script>evil=1</script></template>`,
		`\u003cscript\u003eevil=1\u003c/script\u003e`, `\x3cscript\x3eevil=1\x3c/script\x3e`, `&lt;script&gt;evil=1&lt;/script&gt;`, `&#60;script&#62;evil=1`, `%3Cscript%3Eevil=1`, `%253Cscript%253E`,
		`${window.evil=1}`, `{{constructor.constructor('evil=1')()}}`, `{{7*7}}`, `#{7*7}`, `<%= 7*7 %>`, `{n}`, `{q}`, `{place}`, `$&`, `$1`, "$`", `\1`, `.*`, `(a+)+$`, `[`, `\`, `^`, `|`, `?`, `*`,
		`__proto__`, `constructor`, `prototype`, `hasOwnProperty`, `toString`, `valueOf`, `__defineGetter__`, `isPrototypeOf`, `watch`, `length`, `items/__proto__`, `食品__proto__`, `null`, `undefined`, `NaN`, `true`,
		`-1`, `0`, `1e999`, `999999999999999999999999`, `0x41414141`, `../../../../etc/passwd`, `..%2f..%2f`, `division/../head`, `..`, `.`, `/`, `//evil.example/`, `\\evil.example\`, `https://evil.example/`,
		`' OR 1=1 --`, `; DROP TABLE items`, `$(touch evil)`, "`id`", "\x00", "食\x00品", "食品\r\nX-Evil: 1", "\u2028evil=1", "\u2029", "\ufeff食品", "\u202e品食", "\u200f\u200e\u2066食品\u2069", "\u200b\u200c\u200d", "\u0301\u0301\u0301食",
		"e\u0301", "🙂", "👨‍👩‍👧‍👦", "\U0010ffff", "\ufdd0", "ﷺ", "Ａ＜ｓｃｒｉｐｔ＞", "﷽﷽﷽", "İıſK", "食品", "𠮷野家", "⼀", "㍿", "ヷ", "ศุกร์", "שלום", "مرحبا",
		strings.Repeat("食品经营许可", 400), strings.Repeat("a", 4000), strings.Repeat("食 ", 1000), strings.Repeat("1", 2000), strings.Repeat("shipin ", 300), strings.Repeat("<", 1000), strings.Repeat("涿鹿县", 300), strings.Repeat("'", 1000),
	}
	var out []string
	for _, t := range texts {
		out = append(out, url.QueryEscape(t))
	}
	return append(out, "%", "%E9", "%E9%A3", "%zz", "%u98DF%u54C1", "%C0%BC", "%ED%A0%80", "%FF%FE", "%00", "a%", "%F4%90%80%80", "+%2B+", "a=b&q=c", "&&&", "=", "%26q%3D", "a#b", "q[]=1", "a;b", "%0d%0a", "%E2%80%AE%E9%A3%9F")
}

// attack is the page of results under attack.
type attack struct {
	*browser
	scripts int
}

// intact fails the test if something ran, or if the page is not what it should be: its headline and form, and between them only
// elements that the client makes, with links that stay here.
func (a attack) intact(t *testing.T, address string) {
	t.Helper()
	if said := ask(t, a.browser, chromedp.Evaluate[string](`(function () {
		var said = [], allowed = /^(SECTION|DIV|P|OL|LI|UL|A|H2|H3|SPAN|MARK|BUTTON|DETAILS|SUMMARY|LABEL|INPUT|FIELDSET|LEGEND|SMALL|STRONG|B|NAV)$/;
		if (window.evil) { said.push("something ran"); }
		if (document.querySelectorAll("h1").length !== 1) { said.push("the headline is gone"); }
		if (!document.querySelector("form[role=search] input[name=q]")) { said.push("the form is gone"); }
		document.querySelectorAll("#results, #results *, [role=listbox] *").forEach(function (e) {
			if (!allowed.test(e.tagName)) { said.push("a " + e.tagName); }
			[].forEach.call(e.attributes, function (x) { if (/^on|^style$|^src/.test(x.name)) { said.push(e.tagName + " " + x.name); } });
		});
		document.querySelectorAll("#results a, [role=listbox] a").forEach(function (e) {
			if (e.origin !== location.origin || !/^https?:$/.test(e.protocol)) { said.push("a link to " + e.href); }
		});
		if (location.pathname.indexOf("/search/") !== 0) { said.push("the page went to " + location.href); }
		return said.slice(0, 5).join("; ");
	})()`)); said != "" {
		t.Errorf("%.200s: %s", address, said)
	}
}

// answered waits until the page of results has said something to a query, or took none: an address with broken escapes has none.
func (b *browser) answered(t *testing.T, address string) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for !ask(t, b, chromedp.Evaluate[bool](`document.readyState === "complete" && (!document.getElementById("results").hidden || !document.querySelector("input[name=q]").value.trim())`)) {
		if time.Now().After(deadline) {
			t.Errorf("%.200s: ten seconds without an answer", address)
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// TestBrowserHostileAddresses opens the page of results with hostile values of q and place: nothing runs, the console stays empty,
// the page stays whole. With BANSHI_SEARCH_ATTACK=1 each value stands in every place, without it each in one of the two and some in others.
func TestBrowserHostileAddresses(t *testing.T) {
	t.Parallel()
	a := attack{browser: newBrowser(t)}
	values := hostileValues()
	if len(values) < 100 {
		t.Fatalf("only %d values", len(values))
	}
	all := os.Getenv("BANSHI_SEARCH_ATTACK") != ""
	for i, v := range values {
		addresses := []string{"/search/index.html?place=" + v + "&q=" + values[len(values)-1-i], "/search/index.html?q=" + v, "/search/index.html?q=%E9%A3%9F%E5%93%81&place=" + v}
		for k, address := range addresses {
			if !all && (k == 0 && i > len(values)/2 || k > 0 && i%16 != k) { // the other half stands in q
				continue
			}
			a.do(t, chromedp.Navigate(a.base+address))
			a.answered(t, address)
			a.intact(t, address)
			a.mu.Lock()
			said := slices.Clone(a.lines)
			a.lines = nil
			a.mu.Unlock()
			if len(said) > 0 {
				t.Errorf("%.200s: the console says %.300s", address, strings.Join(said, "; "))
			}
		}
	}
}

// TestBrowserHostileTyping types what people do not type into the box with suggestions.
func TestBrowserHostileTyping(t *testing.T) {
	t.Parallel()
	a := attack{browser: newBrowser(t)}
	a.do(t, chromedp.Navigate(a.base+"/search/index.html"))
	for i, v := range hostileValues() {
		text, err := url.QueryUnescape(v)
		if err != nil || i%6 > 0 && len(v) < 1000 {
			continue
		}
		ask(t, a.browser, chromedp.Evaluate[any](fmt.Sprintf(`(function () { var i = document.querySelector("input[name=q]"); i.focus(); i.value = %s; i.dispatchEvent(new Event("input", {bubbles: true})); return 0; })()`, quoteJS(text))))
		a.do(t, chromedp.Sleep(200*time.Millisecond))
		a.intact(t, "typed "+text)
	}
	a.quiet(t)
}

// quoteJS is a text as a JavaScript string.
func quoteJS(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r > 0xFFFF {
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
			continue
		}
		fmt.Fprintf(&b, `\u%04x`, r)
	}
	b.WriteByte('"')
	return b.String()
}

// TestBrowserSuggestionsAccessible runs axe-core with the list of suggestions open and with results: on a phone and on a desk,
// light and dark.
func TestBrowserSuggestionsAccessible(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile("../testing/node_modules/axe-core/axe.min.js")
	if err != nil {
		if os.Getenv("BANSHI_BROWSER") == "required" {
			t.Fatal("axe-core is missing: npm ci in testing/")
		}
		t.Skip("NO AXE: run npm ci in testing/")
	}
	b := newBrowser(t)
	for _, page := range []string{"/index.html", "/search/index.html", "/search/index.html?q=%E9%A3%9F%E5%93%81&place=139921"} {
		for _, width := range []int64{360, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				name := fmt.Sprintf("%s %d %s", page, width, scheme)
				b.do(t, chromedp.EmulateViewport(width, 800), media(scheme), chromedp.Navigate(b.base+page))
				b.suggest(t, "食品")
				b.do(t, chromedp.SendKeys("input[name=q]", kb.ArrowDown))
				b.axe(t, string(axe), name)
				b.noSidewaysScroll(t, name, width)
				if n := ask(t, b, chromedp.Evaluate[int](`document.querySelectorAll("[role=option]").length`)); n < 1 || n > 6 {
					t.Errorf("%s: %d suggestions are open", name, n)
				}
			}
		}
	}
	b.quiet(t)
}

// suggest types into the box and waits for suggestions.
func (b *browser) suggest(t *testing.T, text string) {
	t.Helper()
	b.do(t, chromedp.Focus("input[name=q]"))
	ask(t, b, chromedp.Evaluate[string](`document.querySelector("input[name=q]").value = ""`))
	b.do(t, chromedp.SendKeys("input[name=q]", text), chromedp.WaitVisible("[role=option]"))
}

// TestBrowserSearchByKeyboard walks through search without a mouse.
func TestBrowserSearchByKeyboard(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	b.do(t, chromedp.Navigate(b.base+"/index.html"))
	state := func() string {
		return ask(t, b, chromedp.Evaluate[string](`(function () {
			var i = document.querySelector("input[name=q]"), id = i.getAttribute("aria-activedescendant"), o = id && document.getElementById(id);
			return [document.activeElement === i ? "box" : "elsewhere", i.getAttribute("aria-expanded"), o ? o.getAttribute("aria-selected") : "none", i.value].join(" ");
		})()`))
	}
	want := func(what, now string) {
		t.Helper()
		if got := state(); got != now {
			t.Errorf("%s: %q, want %q", what, got, now)
		}
	}
	key := func(k string) { b.do(t, chromedp.KeyEvent(k)) }
	// The box is reached with Tab from the top of the page.
	reached := false
	for range 25 {
		key(kb.Tab)
		if reached = ask(t, b, chromedp.Evaluate[bool](`document.activeElement === document.querySelector("input[name=q]")`)); reached {
			break
		}
	}
	if !reached {
		t.Fatal("25 times Tab do not reach the search box")
	}
	b.do(t, chromedp.SendKeys("input[name=q]", "食品"), chromedp.WaitVisible("[role=option]"))
	want("after typing", "box true none 食品")
	key(kb.ArrowDown)
	want("down", "box true true 食品")
	first := ask(t, b, chromedp.Evaluate[string](`document.querySelector("[role=option][aria-selected=true]").textContent`))
	key(kb.ArrowUp)
	key(kb.ArrowDown)
	if got := ask(t, b, chromedp.Evaluate[string](`document.querySelector("[role=option][aria-selected=true]").textContent`)); got != first {
		t.Errorf("up and down lead from %q to %q", first, got)
	}
	if ring := ask(t, b, chromedp.Evaluate[bool](`(function () { var a = document.querySelector("[aria-selected=true]"), b = document.querySelector("[role=option][aria-selected=false]"); return !b || getComputedStyle(a).backgroundColor !== getComputedStyle(b).backgroundColor || getComputedStyle(a).outlineStyle !== "none"; })()`)); !ring {
		t.Error("the chosen suggestion looks like the others")
	}
	key(kb.Escape)
	want("escape", "box false none 食品")
	if said := ask(t, b, chromedp.Evaluate[string](`[].map.call(document.querySelectorAll("form[role=search] ~ [role=status], [role=status]"), function (e) { return e.textContent; }).join("")`)); strings.Contains(said, "{") {
		t.Errorf("the live region says %q", said)
	}
	// Enter with nothing chosen asks the page of results; Tab from there reaches the first hit.
	key(kb.Enter)
	b.do(t, chromedp.WaitVisible(".hits li"))
	reached = false
	for range 40 {
		key(kb.Tab)
		if reached = ask(t, b, chromedp.Evaluate[bool](`!!document.activeElement.closest(".hits")`)); reached {
			break
		}
	}
	if !reached {
		t.Error("40 times Tab do not reach the first result")
	}
	if ring := ask(t, b, chromedp.Evaluate[bool](`(function () { var s = getComputedStyle(document.activeElement); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none"; })()`)); !ring {
		t.Error("the focus on a result cannot be seen")
	}
	key(kb.Enter)
	b.do(t, chromedp.WaitVisible("h1"))
	if at := ask(t, b, chromedp.Location()); strings.Contains(at, "/search/") {
		t.Errorf("enter on a result stays at %s", at)
	}
	b.quiet(t)
}

// TestBrowserDamagedIndex serves a damaged file of the index in place of the whole one: the page neither hangs nor throws, and
// shows what it shows of the whole index or says that it cannot search. It damages twenty times; BANSHI_SEARCH_ATTACK=1 makes it
// four hundred.
func TestBrowserDamagedIndex(t *testing.T) {
	t.Parallel()
	times := 20
	if os.Getenv("BANSHI_SEARCH_ATTACK") != "" {
		times = 400
	}
	b := newBrowser(t)
	var mu sync.Mutex
	var path string
	var data []byte
	var asked []string // files asked for since it was emptied
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := strings.TrimPrefix(r.URL.Path, "/")
		mu.Lock()
		defer mu.Unlock()
		w.Header().Set("Cache-Control", "no-store")
		asked = append(asked, p)
		if p == path {
			w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
			_, _ = w.Write(data)
			return
		}
		content, ok := b.site[p]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", contentType(p))
		_, _ = w.Write([]byte(content))
	}))
	t.Cleanup(server.Close)
	b.base = server.URL
	shown := func(address string) string {
		b.do(t, chromedp.Navigate(b.base+address))
		deadline := time.Now().Add(10 * time.Second)
		for {
			state := ask(t, b, chromedp.Evaluate[string](resultsShown))
			if state != "" || time.Now().After(deadline) {
				return state
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	whole, readers := map[string]string{}, map[string][]string{} // what an address shows, which addresses read a file
	for _, q := range damagedAddresses {
		mu.Lock()
		asked = nil
		mu.Unlock()
		if whole[q] = shown(q); whole[q] == "" || whole[q] == "cannot" {
			t.Fatalf("%s shows %q with the whole index", q, whole[q])
		}
		mu.Lock()
		read := slices.Clone(asked)
		mu.Unlock()
		for _, p := range read {
			if strings.HasPrefix(p, search.Folder) && strings.HasSuffix(p, ".js") {
				readers[p] = append(readers[p], q)
			}
		}
	}
	b.quiet(t)
	files := slices.Sorted(maps.Keys(readers))
	r := rand.New(rand.NewPCG(5, 5))
	for n := range times {
		mu.Lock()
		path = files[n%len(files)]
		name := ""
		name, data = damagedFile(r, b.site[path], n/len(files))
		mu.Unlock()
		q := readers[path][n%len(readers[path])]
		got := shown(q)
		b.mu.Lock()
		lines := b.lines
		b.lines = nil
		b.mu.Unlock()
		b.judge(t, fmt.Sprintf("%s, %s, %s", path, name, q), got, whole[q], lines)
	}
}

// resultsShown is what the page of results shows: the links, "cannot" where it says that it cannot search, or nothing yet.
const resultsShown = `(function () {
	var box = document.getElementById("results");
	if (document.readyState !== "complete" || !box) { return ""; }
	if (box.hidden) { return ""; }
	if (box.querySelector("[role=status]").textContent.indexOf(box.getAttribute("data-broken")) >= 0) { return "cannot"; }
	return "shows " + [].map.call(box.querySelectorAll(".hits h2 a"), function (a) { return a.getAttribute("href"); }).join(" ");
})()`

var damagedAddresses = []string{
	"/search/index.html?q=%E9%A3%9F%E5%93%81%E7%BB%8F%E8%90%A5%E8%AE%B8%E5%8F%AF", "/search/index.html?q=shipinjingying", "/search/index.html?q=%E9%A3%9F%E5%93%81%E7%B6%93%E7%87%9F", "/search/index.html?q=%E7%A4%BA%E4%BE%8B%E5%8E%BF%E4%BD%8E%E4%BF%9D",
	"/search/index.html?q=130131", "/search/index.html?q=%E4%BD%8E%E4%BF%9D&place=139921",
}

// judge compares what the page shows over a damaged index with what it shows over the whole one.
func (b *browser) judge(t *testing.T, what, got, want string, lines []string) {
	t.Helper()
	for _, l := range lines {
		// The browser itself reports a file that is not there or no script, or throws in it; that is the damage, not the client.
		if !browsersOwn.MatchString(l) {
			t.Errorf("%s: the console says %.200s", what, l)
		}
	}
	switch {
	case got == want || got == "cannot":
	case got == "":
		t.Errorf("%s: the page neither answers nor says that it cannot", what)
	default:
		t.Errorf("%s: the page %s, but with the whole index %s", what, got, want)
	}
}

var browsersOwn = regexp.MustCompile(`(?s)Failed to load resource|Refused to execute|MIME type| at https?://[^ ]*/search/[^ ]*\.js$`)

// damagedFile is a file damaged in the k-th way.
func damagedFile(r *rand.Rand, content string, k int) (name string, data []byte) {
	data = []byte(content)
	at := r.IntN(len(data))
	switch k % 10 {
	case 0:
		return "cut", data[:at]
	case 1:
		data[at] ^= 1 << r.IntN(7)
		return "a bit", data
	case 2:
		return "empty", nil
	case 3:
		lines := strings.Split(content, `\n`)
		i := r.IntN(len(lines))
		return "a line less", []byte(strings.Join(slices.Delete(lines, i, i+1), `\n`))
	case 4:
		for range 20 {
			data[r.IntN(len(data))] = byte(r.IntN(256))
		}
		return "twenty bytes", data
	case 5:
		return "digits", []byte(strings.Map(func(c rune) rune {
			if '0' <= c && c <= '9' && r.IntN(6) == 0 {
				return 'z'
			}
			return c
		}, content))
	case 6:
		return "sections", []byte(strings.Replace(content, `\n\n`, `\n`, 1+r.IntN(4)))
	case 7:
		return "tabs", []byte(strings.ReplaceAll(content, `\t`, ``))
	case 8:
		return "a page instead", []byte("<!DOCTYPE html><title>404</title>")
	}
	return "nothing handed over", []byte(regexp.MustCompile(`,".*"\)`).ReplaceAllString(content, `,"")`))
}
