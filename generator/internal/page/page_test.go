package page

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
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

// fixture is a small province: two counties alike, one with a record of its own, and a township.
func fixture() fstest.MapFS {
	m := fstest.MapFS{}
	add := func(path, text string) { m["data/"+path] = &fstest.MapFile{Data: []byte(text)} }
	add("laws/food-safety-law.toml", `name = "中华人民共和国食品安全法"
kind = "法律"
articles = [{ no = "第三十五条" }]`)
	add("materials/food-business-form.toml", `name = "食品经营许可申请书"
kind = "申请表格文书"
remedy = "重新填写即可。"`)
	add("materials/business-license.toml", `name = "营业执照"
kind = "证件证书证明"`)
	add("materials/health-certificate.toml", `name = "健康证明"
kind = "证件证书证明"
alternatives = ["business-license"]`)
	add("certificates/food-business-permit.toml", `name = "食品经营许可证"
validity = "五年"`)
	add("vocab/org-kinds.toml", `name = "实施主体性质"
[[terms]]
id = "statutory"
term = "法定机关"
[terms.remedies]
review = "60日内向同级人民政府申请行政复议。"
litigation = "6个月内提起行政诉讼。"
complaint = "打12345。"`)
	add("divisions/defaults/county.toml", `level = "县级"
[[orgs]]
id = "market"
name = "{name}市场监督管理局"
name_status = "by_rule"
kind = "法定机关"
handles = { departments = ["市场监管"] }
[[orgs]]
id = "civil"
name = "{name}民政局"
name_status = "by_rule"
kind = "法定机关"
handles = { departments = ["民政"] }
[[halls]]
id = "hall"
name = "{name}政务服务中心"
name_status = "by_rule"
kind = "政务服务中心"`)
	add("divisions/130000/division.toml", "id = \"130000\"\ncode = \"130000\"\nname = \"河北省\"\nlevel = \"省级\"\nkind = \"省\"")
	for code, name := range map[string]string{"130731": "涿鹿县", "130732": "赤城县", "130733": "崇礼区"} {
		more := ""
		if code == "130733" {
			more = "\nrefers = [{ items = [\"dibao\"], to = \"130731\", note = \"两区合并办理。\" }]\nnot_adopted = [{ item = \"food-prepack\", reason = \"由市里统一办。\" }]"
		}
		add("divisions/"+code+"/division.toml", fmt.Sprintf("id = %q\ncode = %q\nname = %q\nlevel = \"县级\"\nkind = \"县\"\nparent = \"130000\"%s", code, code, name, more))
	}
	add("divisions/130731/100/division.toml", `id = "130731100"
code = "130731100"
name = "涿鹿镇"
level = "乡级"
kind = "镇"
parent = "130731"
[[orgs]]
id = "government"
name = "涿鹿镇人民政府"
kind = "乡镇政府和街道办事处"
handles = { departments = ["民政"] }
[[halls]]
id = "hall"
name = "涿鹿镇便民服务中心"
kind = "便民服务中心"
[[halls]]
id = "village"
name = "五堡村代办点"
kind = "代办点"
serves = ["五堡村"]
does = { agent = ["dibao"] }`)
	item := func(id, name, dep, levels string) {
		add("items/"+id+"/item.toml", fmt.Sprintf(`name = %q
plain = "开店卖吃的，先办这个证。"
code = "130131901000"
code_status = "sample"
type = "行政许可"
department = %q
levels = %s
sharing = "分别实施"
origin = "国家"
status = "在用"
effective_from = 2015-10-01
basis = [{ law = "food-safety-law", article = "第三十五条" }]`, name, dep, levels))
	}
	item("food-business", "食品经营许可", "市场监管", `["县级"]`)
	item("food-prepack", "仅销售预包装食品备案", "市场监管", `["县级"]`)
	item("dibao", "最低生活保障审核确认", "民政", `["县级", "乡级"]`)
	add("items/food-business/01.toml", foodProcedure)
	add("items/food-business/02.toml", "name = \"食品经营许可延续\"\nstatus = \"在用\"\neffective_from = 2015-10-01\nlegal_limit = []\nmaterials = []")
	add("items/food-prepack/01.toml", "name = \"仅销售预包装食品备案\"\nstatus = \"在用\"\neffective_from = 2015-10-01\npromise = [{ value = 0, unit = \"工作日\" }]")
	add("items/dibao/01.toml", "name = \"最低生活保障审核确认\"\nstatus = \"在用\"\neffective_from = 2021-07-01\nauthority = [{ accept = [\"乡级\"], decide = \"县级\" }]")
	add("divisions/130731/food-business.toml", `promise = [{ value = 3, unit = "工作日" }]
suspended = { from = 2026-11-01, to = 2026-12-01, reason = "大厅搬迁", instead = "到市政务服务中心办" }
[procedure.01.material.business-license]
drop = { reason = "数据共享", note = "窗口自己查" }`)
	return m
}

const foodProcedure = `name = "食品经营许可新办"
status = "在用"
effective_from = 2015-10-01
audience = ["企业", "个体工商户"]
apply_at = "经营场所所在地"
legal_limit = [{ value = 20, unit = "工作日" }]
promise = [{ value = 10, unit = "工作日", when = { trade = ["shop", "canteen"] } }, { value = 5, unit = "工作日", when = { trade = ["machine"] } }]
visits = 1
channels = ["窗口办理", "网上办理"]
in_person = "不用本人来；可以委托别人"
fee = { charged = false }
not_needed = [{ id = "farm", text = "只卖自家种的菜", instead = "不用办。" }]
cases = [{ id = "trade", question = "您做哪一种买卖？", options = [{ id = "shop", label = "饭店" }, { id = "canteen", label = "食堂" }, { id = "machine", label = "自动售货机" }] }]
conditions = [{ id = "licence", text = "有营业执照。" }]
results = [{ id = "permit", certificate = "food-business-permit" }]
before = [{ id = "prepack", item = "food-prepack", text = "卖包装食品的先备案" }]
faq = [{ id = "q", q = "网上卖也要办吗？", a = "要。" }]
apply_by = [{ id = "renew", who = "持证人", within = { value = 30, unit = "工作日" }, from = "到期前", if_missed = "要重新办。" }]
[[special_procedures]]
id = "site"
kind = "现场核查"
limit = { value = 5, unit = "工作日" }
counted = false
[[materials]]
material = "food-business-form"
necessity = "必要"
form = "纸质或电子"
originals = 1
[[materials]]
material = "business-license"
necessity = "必要"
form = "纸质或电子"
[[materials]]
material = "health-certificate"
necessity = "必要"
when = { trade = ["shop", "canteen"] }
[[steps]]
id = "receive"
name = "收件"
who = "窗口"
standard = "材料齐全"
[[steps]]
id = "check"
name = "现场核查"
limit = { value = 5, unit = "工作日" }
when = { trade = ["shop"] }`

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
			"受理后 5–10 个工作日内，看情形", "要带 2–3 样，看情形", "只卖自家种的菜", `id="c1o3"`, `class="w1 w1o1 w1o2"`, "现场核查的时间另算",
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
	b.guidePages()
	guides, own, where := map[string]*guideView{}, map[string]local{}, map[string]*frame{}
	for _, g := range s.Catalog.Guides {
		address := site.GuideURL(g)
		own[address] = b.local(g)
		where[address] = b.guideFrame(g, own[address])
		guides[address] = where[address].view(marksOf(output.Stamp{})).(*guideView)
	}
	const zhuolu, chicheng, chongli = "divisions/130731/food-business.01.html", "divisions/130732/food-business.01.html", "divisions/130733/food-business.01.html"
	mine, one, other := guides[zhuolu], guides[chicheng], guides[chongli]
	if one.Papers != other.Papers || one.Card != other.Card || one.Steps != other.Steps || one.Basis != other.Basis {
		t.Error("two counties without records of their own do not share the standard's sections")
	}
	if one.Related == other.Related {
		t.Error("崇礼区 does not handle 备案 itself, so what comes before cannot be the same as in 赤城县")
	}
	if mine.Papers == one.Papers || mine.Time == one.Time || mine.Steps == one.Steps {
		t.Error("a county with records of its own shows the standard's")
	}
	if mine.Cost != one.Cost || mine.Outcome != one.Outcome || mine.FAQ != one.FAQ {
		t.Error("sections that a county does not touch are not shared")
	}
	if own[chicheng].where == own[chongli].where {
		t.Error("two counties share their halls")
	}
	if f := where["divisions/130731/food-prepack.html"]; f != where["divisions/130732/food-prepack.html"] || f.users < 2 {
		t.Error("two counties do not share the page of a procedure that neither changes")
	}
	first, err := one.Papers.HTML()
	if err != nil {
		t.Fatal(err)
	}
	one.Papers.view = func() any { t.Error("a shared section is rendered twice"); return nil }
	if again, _ := other.Papers.HTML(); again != first {
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
		"a comment": func(m fstest.MapFS) {
			edit(m, "data/divisions/130731/food-business.toml", "promise", "# 说明\npromise")
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

// A theme of a site's own overrides single files, and what is wrong with it is said.
func TestThemes(t *testing.T) {
	files := fstest.MapFS{}
	err := fs.WalkDir(project, "themes/default", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(project, p)
		files[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	own := func(name, text string) fstest.MapFS {
		m := fstest.MapFS{}
		for k, v := range files {
			m[k] = v
		}
		m["themes/zhuolu/"+name] = &fstest.MapFile{Data: []byte(text)}
		return m
	}
	theme, err := LoadTheme(own("templates/fragments/faq.html", `<p id="faq">本县问答 {{len .FAQ}}</p>`), "zhuolu")
	if err != nil {
		t.Fatal(err)
	}
	page := render(t, filesOf(t, siteOf(t, fixture()), theme)["divisions/130732/food-business.01.html"])
	if !strings.Contains(page, `<p id="faq">本县问答 1</p>`) || !strings.Contains(page, "带什么") {
		t.Error("an overridden fragment is not shown, or the rest of the default theme is not")
	}
	for name, bad := range map[string][2]string{
		"对比度":     {"theme.toml", "api = 1\n[accent]\naccent = \"#99ccbb\""},
		"api = 7": {"theme.toml", "api = 7"},
		"faq":     {"templates/fragments/faq.html", "{{if .FAQ}}"},
	} {
		if _, err := LoadTheme(own(bad[0], bad[1]), "zhuolu"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v, want one that names %q", bad[0], err, name)
		}
	}
	if _, err := LoadTheme(own("templates/fragments/faq.html", "{{.Nonsense}}"), "zhuolu"); err != nil {
		t.Fatal(err)
	}
	theme, _ = LoadTheme(own("templates/fragments/faq.html", "{{.Nonsense}}"), "zhuolu")
	err = filesOf(t, siteOf(t, fixture()), theme)["divisions/130732/food-prepack.html"].Write(io.Discard)
	if err == nil || !strings.Contains(err.Error(), "fragments/faq") || !strings.Contains(err.Error(), "仅销售预包装食品备案") {
		t.Errorf("error %v names neither the template nor the item", err)
	}
}

// Both languages have the same words, filled in by the same names, and a site in English renders.
func TestWords(t *testing.T) {
	theme := loadTheme(t)
	zh, en := theme.words["zh-CN"], theme.words["en"]
	name := regexp.MustCompile(`\{[a-z]+\}`)
	for key, w := range zh {
		if en[key] == "" || w == "" {
			t.Errorf("%s: %q in Chinese, %q in English", key, w, en[key])
		}
		a, b := name.FindAllString(w, -1), name.FindAllString(en[key], -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%s: filled in are %v in Chinese, %v in English", key, a, b)
		}
	}
	if len(zh) != len(en) {
		t.Errorf("%d words in Chinese, %d in English", len(zh), len(en))
	}
	s := siteOf(t, fixture())
	s.Config.Language = "en"
	for path, f := range filesOf(t, s, theme) {
		if isGuide(path) && !strings.Contains(render(t, f), "Main navigation") {
			t.Errorf("%s is not in English", path)
		}
	}
	s.Config.Language = "fr"
	if _, err := Files(s, theme); err == nil {
		t.Error("no error for a language without words")
	}
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

// QR codes hold the address with the version: as a reader of codes sees them, where one is installed.
func TestQRCode(t *testing.T) {
	plans, err := newQRPlans()
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		"https://banshi.example.gov.cn/divisions/130731/dibao.html?v=4c1e7ab-0123456",
		"https://b.cn/?v=1",
		"https://banshi.example.gov.cn/divisions/130731100/" + strings.Repeat("long-", 20) + ".01.html?v=4c1e7ab-0123456",
	} {
		svg, err := plans.svg(address, "看<版本>")
		if err != nil {
			t.Fatal(err)
		}
		code, _ := plans.code(address)
		grid := draw(t, string(svg), code.Size)
		for y := range code.Size {
			for x := range code.Size {
				if grid[y][x] != code.Black(x, y) {
					t.Fatalf("%s: module %d,%d is drawn %t", address, x, y, grid[y][x])
				}
			}
		}
		if strings.Contains(string(svg), "<版本>") {
			t.Error("the label is not escaped")
		}
		readCode(t, grid, address)
	}
	if _, err := plans.svg(strings.Repeat("x", 300), ""); err == nil {
		t.Error("no error for an address too long")
	}
}

// draw reads the path of a QR code back into modules.
func draw(t *testing.T, svg string, size int) [][]bool {
	t.Helper()
	grid := make([][]bool, size)
	for y := range grid {
		grid[y] = make([]bool, size)
	}
	_, path, _ := strings.Cut(svg, ` d="`)
	path, _, _ = strings.Cut(path, `"`)
	x, y := 0, 0
	for _, c := range regexp.MustCompile(`M\d+ \d+|m-?\d+ 0|h\d+`).FindAllString(path, -1) {
		n, m := 0, 0
		switch c[0] {
		case 'M':
			fmt.Sscanf(c, "M%d %d", &x, &y)
		case 'm':
			fmt.Sscanf(c, "m%d %d", &n, &m)
			x += n
		case 'h':
			fmt.Sscanf(c, "h%d", &n)
			for range n {
				grid[y][x] = true
				x++
			}
		}
	}
	return grid
}

// readCode checks a matrix with zbarimg.
func readCode(t *testing.T, grid [][]bool, want string) {
	t.Helper()
	zbar, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Log("no zbarimg here: the modules were compared, the code was not read")
		return
	}
	const scale, quiet = 6, 4
	side := (len(grid) + 2*quiet) * scale
	image := fmt.Appendf(nil, "P5 %d %d 255\n", side, side)
	for y := range side {
		for x := range side {
			i, j := y/scale-quiet, x/scale-quiet
			if i >= 0 && j >= 0 && i < len(grid) && j < len(grid) && grid[i][j] {
				image = append(image, 0)
			} else {
				image = append(image, 255)
			}
		}
	}
	file := filepath.Join(t.TempDir(), "code.pgm")
	if err := os.WriteFile(file, image, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(zbar, "--quiet", "--raw", file).Output()
	if err != nil || strings.TrimSpace(string(out)) != want {
		t.Errorf("the code reads %q (%v), want %q", out, err, want)
	}
}
