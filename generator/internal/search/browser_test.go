package search

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const searchPage = `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>检索</title>
<form action="index.html" role="search" data-list="建议" data-count="{n} 条"><input type="search" name="q" aria-label="事情"><input name="place" aria-label="在哪里办"></form>
<section id="results" hidden data-found="找到 {n} 项" data-none="没有找到“{q}”" data-in="在{place}" data-broken="检索不能用" data-kind="类别" data-items="事项"><div role="status"></div><details hidden><summary>缩小</summary></details><ol class="hits"></ol></section>
<div id="no-hits">打 12345</div><script src="../assets/search.12345678.js" defer></script><script src="../assets/results.12345678.js" defer></script></html>`

// TestBrowser uses the client that is published, from a folder as from a USB stick: suggestions, keys, input methods, results,
// no results.
func TestBrowser(t *testing.T) {
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil && program == "" {
			program = p
		}
	}
	if program == "" {
		if os.Getenv("BANSHI_BROWSER") == "required" {
			t.Fatal("no browser found; scripts/test installs chromium")
		}
		t.Skip("NO BROWSER: install chromium to run this test (scripts/test does)")
	}
	dir := publishProject(t)
	script, err := os.ReadFile(published)
	if err != nil {
		t.Fatal(err)
	}
	results, err := os.ReadFile(filepath.Join(filepath.Dir(published), "results.js"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"assets/search.12345678.js": string(script), "assets/results.12345678.js": string(results), "search/index.html": searchPage, "certificates/food-business-permit/index.html": "<meta charset=utf-8><h1>食品经营许可证</h1>"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	defer cancel()

	const input, box = "input[name=q]", `document.querySelector("input[name=q]")`
	url := "file://" + dir + "/search/index.html"
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	read := func(expression string) string {
		t.Helper()
		s, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}

	// An input method composes: nothing is suggested before it ends.
	do(chromedp.Navigate(url))
	read(box + `.focus(), ` + box + `.dispatchEvent(new CompositionEvent("compositionstart")), ` + box + `.value = "食品经营许可", ` + box + `.dispatchEvent(new Event("input"))`)
	do(chromedp.Sleep(300 * time.Millisecond))
	if got := read(`document.querySelector("[role=listbox]").textContent`); got != "" {
		t.Errorf("while an input method composes %q is suggested", got)
	}
	read(box + `.dispatchEvent(new CompositionEvent("compositionend"))`)
	do(chromedp.WaitVisible("[role=option]"), chromedp.SendKeys(input, kb.ArrowUp+kb.ArrowDown))
	if got := read(`[` + box + `.getAttribute("aria-activedescendant"), ` + box + `.getAttribute("aria-expanded"), document.querySelectorAll("[aria-selected=true]").length, document.querySelectorAll("[role=option]").length <= 6].join(" ")`); got != "suggest-q0 true 1 true" {
		t.Errorf("after up and down the active option is %q", got)
	}
	do(chromedp.SendKeys(input, kb.Escape))
	if got := read(`document.querySelector("[role=listbox]").hidden`); got != "true" {
		t.Error("escape leaves the suggestions open")
	}
	do(chromedp.SendKeys(input, "证"), chromedp.WaitVisible("[role=option]"), chromedp.SendKeys(input, kb.ArrowDown+kb.Enter))
	do(chromedp.WaitVisible("h1"))
	if got := read("location.pathname"); !strings.HasSuffix(got, "/index.html") || strings.Contains(got, "/search/") {
		t.Errorf("enter on a suggestion leads to %q", got)
	}

	// Results: Traditional characters, a place by its name.
	do(chromedp.Navigate(url+"?q=%E9%A3%9F%E5%93%81%E7%B6%93%E7%87%9F&place=%E6%B6%BF%E9%B9%BF%E5%8E%BF"), chromedp.WaitVisible(".hits li"))
	if got := read(`document.getElementById("results").textContent`); !strings.Contains(got, "食品经营许可") || !strings.Contains(got, "在涿鹿县") {
		t.Errorf("a Traditional query with a place shows %q", got)
	}
	if got := read(`document.getElementById("no-hits").hidden`); got != "true" {
		t.Error("help for no results stands under results")
	}

	// No results, and a query that is markup.
	do(chromedp.Navigate(url+"?q=%3Cimg%20src%3Dx%20onerror%3D%22window.evil%3D1%22%3E"), chromedp.WaitVisible("#results"))
	if got := read(`document.getElementById("results").textContent`); !strings.Contains(got, "没有找到“<img") {
		t.Errorf("a query of markup shows %q", got)
	}
	if got := read(`!!(window.evil || document.querySelector("img")) || document.getElementById("no-hits").hidden`); got != "false" {
		t.Error("a query of markup becomes markup, or the help is hidden")
	}
}
