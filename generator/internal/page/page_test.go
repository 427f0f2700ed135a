package page

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"

	"golang.org/x/net/html"
)

// headings are those of a guide by the national standard (GB/T 36114 and the exchange tables), each marked in the page.
var headings = []string{"事项名称", "事项类型", "设定依据", "实施机构", "办结时限", "收费标准", "收费依据", "申请材料", "办理流程", "办理形式", "办理地点", "办理时间", "咨询电话", "监督电话"}

// siteOf resolves records as of one day.
func siteOf(t testing.TB, records fs.FS) *site.Site {
	t.Helper()
	day, _ := record.ParseDate("2026-11-21")
	src, err := catalog.Load(records, day)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range src.Problems {
		t.Errorf("%v: %s", p.Position, p.Message.ZH)
	}
	c := &config.Config{Title: "河北省政务服务事项库", Language: "zh-CN", BaseURL: "https://banshi.example.gov.cn", Division: "130000", Phone: "12345"}
	c.Edit.Repository = "https://git.example.gov.cn/hebei/banshi"
	c.Edit.Forge, c.Edit.Branch = "gitea", "main"
	return site.Derive(site.Input{Config: c, Catalog: catalog.Resolve(src, catalog.Options{})})
}

// project is the root of the project, where the default theme lies.
var project = os.DirFS("../../..")

func loadTheme(t testing.TB) *Theme {
	t.Helper()
	theme, err := LoadTheme(project, "default")
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

func filesOf(t testing.TB, s *site.Site, theme *Theme) map[string]output.File {
	t.Helper()
	files, err := Files(s, theme)
	if err != nil {
		t.Fatal(err)
	}
	if err := output.Collisions(files); err != nil {
		t.Fatal(err)
	}
	out := map[string]output.File{}
	for _, f := range files {
		out[f.Path] = f
	}
	return out
}

func render(t testing.TB, f output.File) string {
	t.Helper()
	var buf bytes.Buffer
	if f.Write == nil {
		t.Fatalf("no file %s", f.Path)
	}
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// walk calls f for every element of a document.
func walk(n *html.Node, f func(*html.Node)) {
	if n.Type == html.ElementNode {
		f(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, f)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var out strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out.WriteString(text(c))
	}
	return strings.TrimSpace(out.String())
}

func parse(t testing.TB, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func isGuide(path string) bool {
	return strings.HasPrefix(path, "divisions/") && !strings.HasSuffix(path, "/index.html")
}

// Every guide names the 14 elements of the standard with content, leaves nothing blank and uses no id twice.
func TestGuidesAreComplete(t *testing.T) {
	s := siteOf(t, fixture())
	files := filesOf(t, s, loadTheme(t))
	for _, g := range s.Catalog.Guides {
		path := site.GuideURL(g)
		doc := parse(t, render(t, files[path]))
		found, ids := map[string]string{}, map[string]bool{}
		walk(doc, func(n *html.Node) {
			if el := attr(n, "data-el"); el != "" {
				found[el] = text(n)
			}
			if id := attr(n, "id"); id != "" {
				if ids[id] {
					t.Errorf("%s: id %q twice", path, id)
				}
				ids[id] = true
			}
			if (n.Data == "dt" || n.Data == "dd" || n.Data == "h2" || n.Data == "h3" || n.Data == "h4" || n.Data == "li" || n.Data == "p") && text(n) == "" {
				t.Errorf("%s: blank <%s> in %q", path, n.Data, text(n.Parent))
			}
		})
		walk(doc, func(n *html.Node) {
			for _, ref := range append(strings.Fields(attr(n, "aria-labelledby")+" "+attr(n, "aria-describedby")), attr(n, "for")) {
				if ref != "" && !ids[ref] {
					t.Errorf("%s: %s refers to missing id %q", path, n.Data, ref)
				}
			}
		})
		for _, h := range headings {
			content := strings.TrimSpace(strings.TrimPrefix(strings.ReplaceAll(found[h], "带什么", ""), h))
			if !strings.Contains(found[h], h) || content == "" {
				t.Errorf("%s: element %s is %q", path, h, found[h])
			}
		}
	}
	if n := len(s.Catalog.Guides); n != 11 {
		t.Errorf("%d guides, want 11: three counties with two procedures of 食品经营许可, two with 备案, two and a township with 低保", n)
	}
}

// What a guide says, in the words people read.
func TestGuideSays(t *testing.T) {
	files := filesOf(t, siteOf(t, fixture()), loadTheme(t))
	tests := map[string][]string{
		"divisions/130732/food-business.01.html": {
			"受理后 5–10 个工作日内，看情形", "要带 2–3 样，看情形", "只卖自家种的菜", `id="c1o3"`, `class="w1 w1o1 w1o2"`, "现场核查、补材料的时间另算",
			"赤城县市场监督管理局", "名称未核实", "本地信息未收录，请打 12345 问", `href="food-prepack.html"`, "60日内向同级人民政府申请行政复议",
			"除本单所列，窗口不得再要其他环节和材料", "五日内一次告知", `href="../../laws/food-safety-law/index.html"`, "data/items/food-business/01.toml",
		},
		"divisions/130731/food-business.01.html": {"2026年11月1日至2026年12月1日暂停办理：大厅搬迁。", "受理后 3 个工作日内", "本地不收：数据共享；窗口自己查", "每一步的时间这里不分开写", "data/divisions/130731/food-business.toml"},
		"divisions/130731/food-business.02.html": {"法律法规未规定期限", "不用带任何材料", "收费标准"},
		"divisions/130731/food-prepack.html":     {"当场办完", "没有写明要什么材料"},
		"divisions/130731/food-business.html":    {"您要办哪一种", `href="food-business.01.html"`, "延续", "跑几趟", "1–2 样", "1 次"},
		"divisions/130731/dibao.html":            {"请到乡镇（街道）申请，由涿鹿县民政局决定", "五堡村代办点", "所在的乡镇（街道）"},
		"divisions/130731100/dibao.html":         {"在这里申请，由涿鹿县民政局决定", "涿鹿镇便民服务中心", "五堡村"},
		"divisions/130733/dibao.html":            {"这个事项崇礼区不办，由涿鹿县办。", "两区合并办理。", `href="../130731/dibao.html"`},
		"divisions/130733/food-prepack.html":     {"崇礼区没有承接这个事项。", "由市里统一办。"},
	}
	for path, wants := range tests {
		page := render(t, files[path])
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
	}
}

// While anything is a sample the site is a demonstration; the fixture's codes are.
func TestDemonstration(t *testing.T) {
	s := siteOf(t, fixture())
	theme := loadTheme(t)
	page := render(t, filesOf(t, s, theme)["divisions/130732/food-business.01.html"])
	for _, want := range []string{`<meta name="robots" content="noindex">`, "<title>【示例】", "这是软件演示，不是政府网站", `class="watermark"`} {
		if !strings.Contains(page, want) {
			t.Errorf("a demonstration lacks %q", want)
		}
	}
	if strings.Contains(page, "ld+json") {
		t.Error("a demonstration has JSON-LD")
	}
	s.Sample = false
	page = render(t, filesOf(t, s, theme)["divisions/130732/food-business.01.html"])
	if strings.Contains(page, "noindex") || strings.Contains(page, "【示例】") || strings.Contains(page, "watermark") {
		t.Error("a real site is marked as a demonstration")
	}
	if !strings.Contains(page, `"@type":"GovernmentService"`) {
		t.Error("a real site has no JSON-LD")
	}
}

// Whatever a record says stays text.
func TestHostileRecords(t *testing.T) {
	payloads := []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</title><script>alert(1)</script>`,
		`javascript:alert(1)`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `</svg><script>alert(1)</script>`, `{{.}}`, `-->`, `]]>`,
	}
	for _, p := range payloads {
		m := fixture()
		for path, f := range m {
			// Every text with a Chinese character is prose: those that links and choices hang on are ids and terms of vocabularies.
			f.Data = regexp.MustCompile(`(text|instead|question|label|plain|who|standard|q|a|remedy|apply_at|in_person|reason|note|url) = "[^"]*"`).
				ReplaceAllFunc(f.Data, func(kv []byte) []byte {
					key, _, _ := strings.Cut(string(kv), " = ")
					return []byte(key + " = " + tomlString(p))
				})
			if strings.Contains(path, "130731/division.toml") {
				f.Data = []byte(strings.Replace(string(f.Data), `"涿鹿县"`, tomlString(p), 1))
			}
			if path == "data/items/food-business/01.toml" {
				f.Data = append([]byte("online = { url = "+tomlString(p)+" }\n"), f.Data...)
			}
		}
		s := siteOf(t, m)
		s.Sample = false
		for path, f := range filesOf(t, s, loadTheme(t)) {
			if isGuide(path) {
				checkHarmless(t, path, p, render(t, f))
			}
		}
	}
}

func tomlString(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func checkHarmless(t *testing.T, path, payload, page string) {
	t.Helper()
	walk(parse(t, page), func(n *html.Node) {
		if n.Data == "img" || n.Data == "iframe" || n.Data == "script" && attr(n, "src") == "" && attr(n, "type") != "application/ld+json" {
			t.Errorf("%s: %q became <%s>", path, payload, n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || (a.Key == "href" || a.Key == "src") && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				t.Errorf("%s: %q became %s=%q", path, payload, a.Key, a.Val)
			}
		}
	})
}

// Counties that say nothing of their own share the sections of the standard: one is rendered, once.
func TestSectionsAreShared(t *testing.T) {
	s := siteOf(t, fixture())
	b, err := newBuilder(s, loadTheme(t))
	if err != nil {
		t.Fatal(err)
	}
	b.indexGuides()
	for _, d := range s.Catalog.Divisions {
		b.placePages(d)
	}
	sets, own, frames := map[string]*sectionSet{}, map[string]*local{}, map[string]*frame{}
	for _, g := range s.Catalog.Guides {
		address := site.GuideURL(g)
		own[address] = b.local(g)
		frames[address], sets[address] = b.guideFrame(g), b.sectionSet(g)
	}
	const zhuolu, chicheng, chongli = "divisions/130731/food-business.01.html", "divisions/130732/food-business.01.html", "divisions/130733/food-business.01.html"
	mine, one, other := sets[zhuolu], sets[chicheng], sets[chongli]
	for _, shared := range []slot{slotPapers, slotCard, slotSteps, slotBasis} {
		if one.at(shared) == nil || one.at(shared) != other.at(shared) {
			t.Errorf("two counties without records of their own do not share the standard's section %d", shared)
		}
	}
	if one.at(slotRelated) == other.at(slotRelated) {
		t.Error("崇礼区 does not handle 备案 itself, so what comes before cannot be the same as in 赤城县")
	}
	for _, changed := range []slot{slotPapers, slotTime, slotSteps} {
		if mine.at(changed) == one.at(changed) {
			t.Errorf("a county with records of its own shows the standard's section %d", changed)
		}
	}
	for _, untouched := range []slot{slotCost, slotOutcome, slotFAQ} {
		if mine.at(untouched) != one.at(untouched) {
			t.Errorf("section %d that a county does not touch is not shared", untouched)
		}
	}
	if own[chicheng].where == own[chongli].where {
		t.Error("two counties share their halls")
	}
	if f := frames[zhuolu]; f != frames[chicheng] || f.users < 2 {
		t.Error("two counties do not share the frame, though one has records of its own")
	}
	papers := one.at(slotPapers)
	first, err := papers.HTML()
	if err != nil {
		t.Fatal(err)
	}
	papers.view = func() any { t.Error("a shared section is rendered twice"); return nil }
	if again, _ := other.at(slotPapers).HTML(); again != first {
		t.Error("a shared section differs")
	}
}

// A stamp changes when its page does, and only then.
func TestStamps(t *testing.T) {
	theme := loadTheme(t)
	before := filesOf(t, siteOf(t, fixture()), theme)
	texts := map[string]string{}
	for path, f := range before {
		texts[path] = render(t, f)
	}
	edits := map[string]func(fstest.MapFS){
		"nothing": func(fstest.MapFS) {},
		"a comment": func(m fstest.MapFS) { // behind all keys: one above moves the lines that people are led to
			f := m["data/divisions/130731/food-business.toml"]
			m["data/divisions/130731/food-business.toml"] = &fstest.MapFile{Data: append(slices.Clone(f.Data), "\n# 说明\n"...)}
		},
		"a local promise": func(m fstest.MapFS) { edit(m, "data/divisions/130731/food-business.toml", "value = 3", "value = 2") },
		"a material's name": func(m fstest.MapFS) {
			edit(m, "data/materials/business-license.toml", "营业执照", "企业营业执照")
		},
		"a law's name": func(m fstest.MapFS) {
			edit(m, "data/laws/food-safety-law.toml", "食品安全法", "食品安全法（新）")
		},
		"a question": func(m fstest.MapFS) {
			edit(m, "data/items/food-business/01.toml", "网上卖也要办吗", "网上卖也要办证吗")
		},
		"a county's hall": func(m fstest.MapFS) {
			edit(m, "data/divisions/defaults/county.toml", "政务服务中心\"\nname_status", "市民中心\"\nname_status")
		},
		"an option's label": func(m fstest.MapFS) { edit(m, "data/items/food-business/01.toml", "自动售货机", "售货机") },
		"a referral's words": func(m fstest.MapFS) {
			edit(m, "data/divisions/130733/division.toml", "两区合并办理", "合并办理")
		},
	}
	for name, change := range edits {
		m := fixture()
		change(m)
		changed := 0
		for path, f := range filesOf(t, siteOf(t, m), theme) {
			same, sameText := f.Stamp == before[path].Stamp, render(t, f) == texts[path]
			if same != sameText {
				t.Errorf("%s: %s: stamp equal %t, page equal %t", name, path, same, sameText)
			}
			if !same {
				changed++
			}
		}
		if harmless := name == "nothing" || name == "a comment"; harmless != (changed == 0) {
			t.Errorf("%s: %d pages changed", name, changed)
		}
	}
}

func edit(m fstest.MapFS, path, old, new string) {
	if !strings.Contains(string(m[path].Data), old) {
		panic(path + " does not contain " + old)
	}
	m[path].Data = []byte(strings.Replace(string(m[path].Data), old, new, 1))
}

// What a reader loads first stays small, and pages need nothing from elsewhere.
func TestFirstView(t *testing.T) {
	files := filesOf(t, siteOf(t, fixture()), loadTheme(t))
	page := render(t, files["divisions/130732/food-business.01.html"])
	walk(parse(t, page), func(n *html.Node) {
		if attr(n, "style") != "" {
			t.Errorf("<%s> has a style of its own, which the policy forbids", n.Data)
		}
		if n.Data == "link" && attr(n, "rel") == "stylesheet" || n.Data == "script" && attr(n, "src") != "" {
			target := filepath.Join("divisions/130732", attr(n, "href")+attr(n, "src"))
			if _, ok := files[target]; !ok {
				t.Errorf("<%s> loads %s, which is not published", n.Data, target)
			}
		}
	})
}

// Files may be written from any goroutine, many times, and are the same each time.
func TestConcurrentWrites(t *testing.T) {
	files := filesOf(t, siteOf(t, fixture()), loadTheme(t))
	var wg sync.WaitGroup
	texts := make([]map[string]string, 4)
	for i := range texts {
		texts[i] = map[string]string{}
		wg.Go(func() {
			for path, f := range files {
				var buf bytes.Buffer
				if err := f.Write(&buf); err != nil {
					t.Error(err)
				}
				texts[i][path] = buf.String()
			}
		})
	}
	wg.Wait()
	for _, other := range texts[1:] {
		if !maps.Equal(texts[0], other) {
			t.Error("files differ between writers")
		}
	}
}

// What stands around all pages does not depend on which of them is listed first.
func TestChromeOfAnyPage(t *testing.T) {
	urls := []string{"divisions/130731/dibao.html", "changes/130731/"}
	var stamps [2][]output.Stamp
	for first := range urls {
		b, err := newBuilder(siteOf(t, fixture()), loadTheme(t))
		if err != nil {
			t.Fatal(err)
		}
		b.chrome(urls[first])
		for _, url := range urls {
			c := b.chrome(url)
			stamps[first] = append(stamps[first], c.head.stamp, c.top.stamp, c.foot.stamp)
		}
	}
	if !slices.Equal(stamps[0], stamps[1]) {
		t.Error("head, top or foot differ by the page that was listed first")
	}
}

// A preview lists the pages without counting a figure of supervision: somebody waits for the page that he has just changed.
func TestPreviewCountsNothing(t *testing.T) {
	b, err := newBuilder(siteOf(t, fixture()), loadTheme(t))
	if err != nil {
		t.Fatal(err)
	}
	b.lazy = true
	b.quality = func() *supervision {
		t.Fatal("figures were counted while pages were listed")
		return nil
	}
	b.indexGuides()
	if len(b.kindPages()) == 0 {
		t.Error("no pages")
	}
}
