package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// sitePage is one parsed page of a built site.
type sitePage struct {
	path  string
	root  *html.Node
	ids   map[string]int
	links []link
}

type link struct{ attr, value string }

// parsePages parses every page of a site.
func parsePages(t *testing.T, site tree) map[string]*sitePage {
	t.Helper()
	out := map[string]*sitePage{}
	for _, p := range site.paths() {
		if !strings.HasSuffix(p, ".html") {
			continue
		}
		root, err := html.Parse(strings.NewReader(site[p]))
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		s := &sitePage{path: p, root: root, ids: map[string]int{}}
		each(root, func(n *html.Node) {
			for _, a := range n.Attr {
				switch {
				case a.Key == "id":
					s.ids[a.Val]++
				case a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "data-src":
					s.links = append(s.links, link{a.Key, a.Val})
				}
			}
		})
		out[p] = s
	}
	return out
}

// each calls f for every element below n.
func each(n *html.Node, f func(*html.Node)) {
	if n.Type == html.ElementNode {
		f(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, f)
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// text returns what a reader sees of an element.
func text(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// builtSite is the small portal, which nobody may change; or the built site in the folder that BANSHI_SWEEP names.
func builtSite(t *testing.T) tree {
	t.Helper()
	if dir := os.Getenv("BANSHI_SWEEP"); dir != "" {
		return readTree(t, dir)
	}
	return builtPortal(t).site
}

// TestSweep visits every page: links and fragments lead somewhere, ids are unique, the language is set, there is one h1, nothing
// runs inline, no value is blank.
func TestSweep(t *testing.T) {
	t.Parallel()
	site := builtSite(t)
	pages := parsePages(t, site)
	if len(pages) < 40 {
		t.Fatalf("only %d pages", len(pages))
	}
	for _, p := range pages {
		for id, n := range p.ids {
			if n > 1 {
				t.Errorf("%s: id %q stands %d times", p.path, id, n)
			}
		}
		for _, l := range p.links {
			checkLink(t, site, pages, p, l)
		}
		checkPage(t, p)
	}
}

func checkLink(t *testing.T, site tree, pages map[string]*sitePage, p *sitePage, l link) {
	t.Helper()
	u, err := url.Parse(l.value)
	if err != nil {
		t.Errorf("%s: %s=%q: %v", p.path, l.attr, l.value, err)
		return
	}
	switch u.Scheme {
	case "":
	case "https", "http", "mailto", "tel":
		return
	default:
		if u.Scheme == "data" && l.attr == "src" {
			return
		}
		t.Errorf("%s: %s=%q has a scheme that may not stand here", p.path, l.attr, l.value)
		return
	}
	target := p.path
	if u.Path != "" {
		if strings.HasPrefix(u.Path, "/") {
			if p.path == "404.html" {
				return // it is shown at any address and cannot be relative
			}
			t.Errorf("%s: %q is not relative, so it fails in a folder and from a USB stick", p.path, l.value)
			return
		}
		target = path.Join(path.Dir(p.path), u.Path)
	}
	if _, ok := site[target]; !ok {
		t.Errorf("%s: %s=%q leads nowhere (%s)", p.path, l.attr, l.value, target)
		return
	}
	if u.Fragment != "" && pages[target] != nil && pages[target].ids[u.Fragment] == 0 {
		t.Errorf("%s: %q has no such place in %s", p.path, l.value, target)
	}
}

func checkPage(t *testing.T, p *sitePage) {
	t.Helper()
	h1, mains, lang, title := 0, 0, "", ""
	each(p.root, func(n *html.Node) {
		switch n.Data {
		case "html":
			lang = attr(n, "lang")
		case "title":
			if n.Namespace == "" { // a drawing has one too
				title = text(n)
			}
		case "h1":
			h1++
		case "main":
			mains++
		case "script":
			if attr(n, "src") == "" && attr(n, "type") != "application/ld+json" {
				t.Errorf("%s: a script stands inline", p.path)
			}
		case "dd", "td", "th", "h2", "h3", "caption", "summary", "legend":
			if text(n) == "" && n.FirstChild == nil {
				t.Errorf("%s: a blank <%s>", p.path, n.Data)
			}
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: <%s %s=…> is refused by the content security policy", p.path, n.Data, a.Key)
			}
		}
	})
	if h1 != 1 || mains != 1 || lang == "" || !strings.HasPrefix(title, "【示例】") {
		t.Errorf("%s: %d h1, %d main, lang %q, title %q", p.path, h1, mains, lang, title)
	}
}

// TestFourClicks holds that without a script and without search every item is at most four clicks from the first page, and so is every
// guide of it.
func TestFourClicks(t *testing.T) {
	t.Parallel()
	pages := parsePages(t, builtSite(t))
	clicks := map[string]int{"index.html": 0}
	for next := []string{"index.html"}; len(next) > 0; {
		p := next[0]
		next = next[1:]
		each(pages[p].root, func(n *html.Node) {
			u, err := url.Parse(attr(n, "href"))
			if err != nil || n.Data != "a" || u.Scheme != "" || u.Path == "" {
				return
			}
			to := path.Join(path.Dir(p), u.Path)
			if _, seen := clicks[to]; !seen && pages[to] != nil {
				clicks[to] = clicks[p] + 1
				next = append(next, to)
			}
		})
	}
	most := map[string]int{}
	for p := range pages {
		folder, name, _ := strings.Cut(p, "/")
		_, name, _ = strings.Cut(name, "/")
		if folder != "items" && folder != "divisions" || folder == "items" && name != "index.html" {
			continue // of items the pages of old versions, which lie in the item's history
		}
		n, ok := clicks[p]
		if !ok || n > 4 {
			t.Errorf("%s: %d clicks from the first page (0: no way)", p, n)
		}
		most[folder] = max(most[folder], n)
	}
	t.Logf("most clicks: %v", most)
}

// headings are the fourteen elements every guide must show (S2 四(一)).
var headings = []string{"事项名称", "事项类型", "设定依据", "实施机构", "办结时限", "收费标准", "收费依据", "申请材料", "办理流程", "办理形式", "办理地点", "办理时间", "咨询电话", "监督电话"}

// TestFourteenHeadings looks for each of them, with content, on every guide. An old version of a standard, which is nobody's guide,
// has no place and no telephone.
func TestFourteenHeadings(t *testing.T) {
	t.Parallel()
	guides := 0
	for _, p := range parsePages(t, builtSite(t)) {
		if !strings.HasPrefix(p.path, "divisions/") {
			continue
		}
		found, any := map[string]string{}, false
		each(p.root, func(n *html.Node) {
			if e := attr(n, "data-el"); e != "" {
				any = true
				found[e] += text(n)
			}
		})
		if !any {
			continue
		}
		guides++
		for _, h := range headings {
			if strings.TrimSpace(strings.TrimPrefix(found[h], h)) == "" {
				t.Errorf("%s: %s is missing or blank", p.path, h)
			}
		}
	}
	if guides < 5 {
		t.Errorf("only %d guides have headings", guides)
	}
}

// TestMachineReadable parses every JSON file, feed and outline.
func TestMachineReadable(t *testing.T) {
	t.Parallel()
	n := 0
	for p, text := range builtSite(t) {
		switch path.Ext(p) {
		case ".json":
			var v any
			if err := json.Unmarshal([]byte(text), &v); err != nil {
				t.Errorf("%s: %v", p, err)
			}
			n++
		case ".xml", ".atom", ".opml":
			d := xml.NewDecoder(bytes.NewReader([]byte(text)))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Errorf("%s: %v", p, err)
					break
				}
			}
			n++
		}
	}
	if n < 10 {
		t.Errorf("only %d machine-readable files", n)
	}
}
