package markdown

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inert is all that converted text may consist of, written down apart from the
// policy so that a slip there shows here.
var inert = map[string][]string{
	"p": nil, "br": nil, "hr": nil, "blockquote": nil, "ul": nil, "ol": {"start"}, "li": nil, "pre": nil, "code": nil,
	"em": nil, "strong": nil, "h1": {"id"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
	"table": nil, "thead": nil, "tbody": nil, "tr": nil, "th": {"scope", "class"}, "td": {"class"},
	"a": {"href", "title", "rel"}, "img": {"src", "alt", "title", "loading"},
}

// faults parses HTML as a browser does and names every node that is not inert.
func faults(source string) (list []string) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		return []string{err.Error()}
	}
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
		case html.ElementNode:
			allowed, ok := inert[n.Data]
			if !ok || n.Namespace != "" {
				list = append(list, "element "+n.Data)
			}
			for _, a := range n.Attr {
				if !slices.Contains(allowed, a.Key) {
					list = append(list, fmt.Sprintf("attribute %s of %s", a.Key, n.Data))
				}
				if (a.Key == "href" || a.Key == "src") && leadsAstray(a.Val) {
					list = append(list, fmt.Sprintf("address %q", a.Val))
				}
			}
		default:
			list = append(list, fmt.Sprintf("node of type %d: %q", n.Type, n.Data))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	for _, n := range nodes {
		visit(n)
	}
	return list
}

// leadsAstray finds the scheme as the URL standard does: leading controls and
// spaces and all tabs and line ends are dropped, letters have no case.
func leadsAstray(address string) bool {
	address = strings.TrimLeftFunc(address, func(r rune) bool { return r <= ' ' })
	address = strings.ToLower(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(address))
	if strings.HasPrefix(address, "//") || strings.HasPrefix(address, `/\`) || strings.HasPrefix(address, `\`) {
		return true
	}
	scheme, _, ok := strings.Cut(address, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return false
	}
	return !slices.Contains([]string{"https", "http", "mailto", "tel"}, scheme)
}

// TestOracle holds that the oracle sees what it is there for.
func TestOracle(t *testing.T) {
	for _, bad := range []string{
		`<script>alert(1)</script>`, `<p onclick="x">`, `<a href="javascript:x">x</a>`, `<a href="JAVA&#10;SCRIPT:x">`,
		`<svg><a xlink:href="x">`, `<!-- x -->`, `<p style="x">`, `<img src=x onerror=x>`, `<a href="//e">`, `<iframe>`,
	} {
		if len(faults(bad)) == 0 {
			t.Errorf("nothing found in %s", bad)
		}
	}
	if list := faults(`<p>字<a href="../a" rel="noopener">b</a></p>`); list != nil {
		t.Errorf("found %q", list)
	}
}

// payloads are testdata/payloads.txt, one a line, with \n, \t, \r and \0 for the
// characters themselves.
func payloads(t testing.TB) []string {
	data, err := os.ReadFile("testdata/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	replace := strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r", `\0`, "\x00")
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" {
			list = append(list, replace.Replace(line))
		}
	}
	return list
}

func TestPayloads(t *testing.T) {
	list := payloads(t)
	if len(list) < 100 {
		t.Fatalf("only %d payloads", len(list))
	}
	frames := []string{
		"%s", "办理 %s 许可", "[办](%s)", "[办](<%s>)", `[办](a.html "%s")`, "![图](%s)", "<%s>", "[%s](a.html)",
		"# %s", "- %s", "> %s", "|%s|\n|-|\n|%[1]s|", "```%s\n%[1]s\n```", "`%s`", "**%s**", "[a]: %s\n\n[a]", "    %s", "https://%s",
	}
	for _, payload := range list {
		for _, frame := range frames {
			src := fmt.Sprintf(frame, payload)
			doc, err := Convert([]byte(src), Options{})
			if err != nil {
				doc.HTML = ""
			}
			for _, out := range []string{doc.HTML, Inline(src)} {
				if found := faults(out); found != nil {
					t.Errorf("%q gives %q\n%s", src, found, out)
				}
			}
		}
	}
	t.Logf("%d payloads in %d places", len(list), len(frames))
}

// TestPolicyAlone holds that the second gate stands without the first.
func TestPolicyAlone(t *testing.T) {
	for _, payload := range payloads(t) {
		if found := faults(policy.Sanitize(payload)); found != nil && !protocolRelative(found) {
			t.Errorf("the policy lets %q through: %q", payload, found)
		}
	}
}

// protocolRelative: that //host is refused is the first gate's affair alone.
func protocolRelative(found []string) bool {
	return !slices.ContainsFunc(found, func(s string) bool { return !strings.HasPrefix(s, `address "//`) })
}

func FuzzConvert(f *testing.F) {
	f.Add(article)
	f.Add("**注意：**请看[办](&#106;avascript:alert(1))https://a.cn/**x")
	for _, payload := range payloads(f)[:20] {
		f.Add(payload)
	}
	f.Fuzz(func(t *testing.T, src string) {
		doc, err := Convert([]byte(src), Options{})
		if err == nil {
			if found := faults(doc.HTML); found != nil {
				t.Errorf("%q gives %q\n%s", src, found, doc.HTML)
			}
			seen := map[string]bool{}
			for _, h := range doc.Headings {
				if h.ID == "" || seen[h.ID] || !strings.Contains(doc.HTML, `id="`+h.ID+`"`) {
					t.Errorf("%q: heading id %q is empty, taken or not in the HTML", src, h.ID)
				}
				seen[h.ID] = true
			}
		}
		if found := faults(Inline(src)); found != nil {
			t.Errorf("Inline(%q) gives %q", src, found)
		}
	})
}
