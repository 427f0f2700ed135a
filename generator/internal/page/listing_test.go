package page

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/article"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"

	"golang.org/x/net/html"
)

// portal is the fixture with a record of every kind that has pages: libraries, a bundle, a main item with its part, an item
// that ended, a draft, a place that exists only in statistics, a version of a record that waits for its day.
func portal() fstest.MapFS {
	m := fixture()
	add := func(path, text string) { m[path] = &fstest.MapFile{Data: []byte(text)} }
	terms := func(name string, list ...string) {
		text := "name = \"" + name + "\"\n"
		for _, t := range list {
			id, term, _ := strings.Cut(t, "=")
			text += fmt.Sprintf("[[terms]]\nid = %q\nterm = %q\ndefinition = \"个人。\"\n", id, term)
		}
		add("data/vocab/"+name+".toml", text)
	}
	terms("departments", "market=市场监管", "civil=民政")
	terms("item-types", "licensing=行政许可")
	terms("levels", "county=县级", "township=乡级")
	terms("topics-person", "entry=准营准办")
	terms("topics-legal", "permits=准营准办")
	terms("life-stages", "market-entry=准入准营")
	terms("bundle-stages", "market-entry=准入准营")
	terms("law-kinds", "law=法律")
	terms("waivers", "sharing=数据共享")
	add("data/documents/notice.toml", "title = \"关于推进一件事的通知\"\nkind = \"通知\"\nnumber = \"示〔2026〕1号\"\nbody = \"示例机关\"\ndate = 2026-01-01")
	add("data/intermediaries/test.toml", "name = \"水质检测\"\nitems = [\"food-business\"]\nsteps = [\"取样\", \"检测\"]\nfree_choice = true")
	add("data/lists/transfer.toml", "name = \"划转事项\"\ndocument = \"notice\"\nitems = [\"food-business\"]")
	add("data/signposts.toml", `[[signposts]]
id = "health-card"
name = "健康证"
aliases = ["健康证明"]
answer = "健康证由体检机构出具，不是政府审批。"
where = "到体检机构。"
items = ["food-business"]
document = "notice"`)
	add("data/targets.toml", "[[targets]]\nmetric = \"网上可办率\"\nlevel = \"县级\"\nyear = 2026\nat_least = \"70%\"\ndocument = \"notice\"")
	item := func(id, name, status, more string) {
		add("data/items/"+id+"/item.toml", fmt.Sprintf("name = %q\ncode = \"130131902000\"\ncode_status = \"sample\"\ntype = \"行政许可\"\ndepartment = \"市场监管\"\nlevels = [\"县级\"]\nsharing = \"单独实施\"\norigin = \"国家\"\nstatus = %q\neffective_from = 2014-01-01\nplain = \"开店用。\"\naliases = [\"开店证\"]\n%s", name, status, more))
	}
	item("eatery", "餐饮服务许可", "合并", `effective_to = 2015-10-01
documents = ["notice"]
[ending]
document = "notice"
replaced_by = "food-business"
what_now = "办食品经营许可。"
old_certificates = "旧证不能再用。"
[[transfers]]
kind = "下放"
from = "省级"
to = "县级"
date = 2014-07-01
document = "notice"
divisions = ["130731"]`)
	item("stall", "食品小摊点备案", "征求意见", "[review.consultation]\nopens = 2026-11-01\ncloses = 2026-12-10\ndocument = \"notice\"")
	item("device", "医疗器械经营", "在用", "")
	item("device-2", "第二类医疗器械经营备案", "在用", "parent = \"device\"")
	add("data/items/device-2/01.toml", "name = \"第二类医疗器械经营备案\"\nstatus = \"在用\"\neffective_from = 2015-10-01\nvisits = 0\nresults = [{ id = \"receipt\", name = \"备案凭证\" }]\nautomatic = true\ntopics = { person = [\"准营准办\"], legal = [\"准营准办\"], life_stage = [\"准入准营\"] }\n[[materials]]\nmaterial = \"food-business-form\"\nnecessity = \"必要\"\n[commitment]\nenabled = true\ncontent = \"承诺符合条件\"\n[tolerance]\nenabled = true\nlimit = { value = 5, unit = \"工作日\" }\n[cross_region]\nscope = \"全省\"\nmodes = [\"代收代办\"]")
	add("data/bundles/open-shop.toml", `name = "开办餐饮店"
plain = "开饭店先办哪样。"
aliases = ["开饭店"]
stage = "准入准营"
audience = ["自然人"]
lead = "市场监管"
total_promise = { value = 5, unit = "工作日", document = "notice" }
cases = [{ id = "sell", question = "卖器械吗？", options = [{ id = "yes", label = "卖" }, { id = "no", label = "不卖" }] }]
[[steps]]
item = "food-business"
procedure = "01"
[[steps]]
item = "device-2"
after = ["food-business"]
when = { sell = ["yes"] }
needs_action = false
[[faq]]
id = "order"
q = "先装修还是先办证？"
a = "先问。"`)
	add("data/divisions/130771/division.toml", "id = \"130771\"\ncode = \"130771\"\nname = \"经济开发区\"\nlevel = \"县级\"\nkind = \"统计用区\"\nparent = \"130000\"\nserved_by = \"130731\"")
	add("data/divisions/130731/dibao.toml", "[benefit]\nwhat = \"每月一笔低保金\"\namount = { value = \"610\", unit = \"元/月\", from = 2026-01-01, document = \"notice\" }")
	add("data/divisions/130731/dibao@2027-01-01.toml", "[benefit]\nwhat = \"每月一笔低保金\"\namount = { value = \"660\", unit = \"元/月\", from = 2027-01-01, document = \"notice\" }")
	add("content/help/index.md", "+++\ntitle = \"怎么用\"\nkind = \"帮助\"\nsummary = \"怎么搜。\"\n+++\n见[清单](../lists/)、[怎样看](../articles/how/)和[关于](../articles/how/#二-再看)。\n\n## 一、怎么搜\n\n| 左 | 右 |\n|:--|--:|\n| 甲 | 1 |\n")
	add("content/articles/how.md", "+++\ntitle = \"怎样看指南\"\nkind = \"帮助\"\nitems = [\"food-business\"]\n+++\n## 一、先看\n\n见[数据](../../data/)。\n\n## 二、再看\n\n文字。\n")
	return m
}

// portalOf is the site of some records with its articles and a change of every kind that pages tell.
func portalOf(t testing.TB, m fstest.MapFS) *site.Site {
	t.Helper()
	s := siteOf(t, m)
	articles, problems, err := article.Load(m)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	day := record.Date(20261116)
	fields := []changes.Field{
		{Key: "promise", Label: "承诺时限", Old: "10", New: "3", Words: "承诺时限 10→3 个工作日", Class: changes.Substantive, Direction: changes.Better},
		{Key: "faq", Label: "常见问题", Words: "问答改了一处", Class: changes.Editorial},
	}
	entries := []*changes.Entry{
		{ID: "1", Date: day, Kind: "变更", Title: "食品经营许可（涿鹿县）：承诺时限 10→3 个工作日", Fields: fields, Document: "notice", Guides: 3,
			Subject: changes.Subject{Kind: record.KindImplementation, Item: "food-business", Procedure: "01", Division: "130731"}},
		{ID: "2", Date: day, Kind: "取消", Title: "删去食品流通许可", Subject: changes.Subject{Kind: record.KindItem, Item: "gone"}},
		{ID: "3", Date: day.AddDays(-1), Kind: "设立", Title: "收录材料“健康证明”", Subject: changes.Subject{Kind: record.KindMaterial, ID: "health-certificate"}},
	}
	return site.Derive(site.Input{Config: s.Config, Catalog: s.Catalog, Articles: articles, Changes: entries})
}

// rendered is every page of a site.
func rendered(t testing.TB, s *site.Site) map[string]string {
	t.Helper()
	out := map[string]string{}
	for p, f := range filesOf(t, s, loadTheme(t)) {
		if strings.HasSuffix(p, ".html") {
			out[p] = render(t, f)
		}
	}
	return out
}

// elsewhere are the addresses that other packages fill: data, feeds and the pages of figures.
var elsewhere = regexp.MustCompile(`^(assets|api/v1|data/(current|latest\.json|codes|schema|releases|catalog\.jsonld)|feeds)(/|$)`)

// deadLinks returns the links of pages that lead nowhere: to no page, or to an anchor that its page does not have. known says
// of a path that is no page whether it is published all the same. Links of 404.html begin at the root of the site.
func deadLinks(t testing.TB, pages map[string]string, known func(string) bool) []string {
	t.Helper()
	ids := map[string]map[string]bool{}
	docs := map[string]*html.Node{}
	for p, text := range pages {
		docs[p] = parse(t, text)
		ids[p] = map[string]bool{}
		walk(docs[p], func(n *html.Node) { ids[p][attr(n, "id")] = true })
	}
	var out []string
	for p, doc := range docs {
		walk(doc, func(n *html.Node) {
			for _, key := range []string{"href", "src", "action"} {
				value := attr(n, key)
				u, err := url.Parse(value)
				if err != nil || value == "" || u.Scheme != "" {
					if err != nil {
						out = append(out, p+": "+value)
					}
					continue
				}
				to := p
				switch {
				case strings.HasPrefix(u.Path, "/"):
					to = strings.TrimPrefix(u.Path, "/")
				case u.Path != "":
					to = path.Join(path.Dir(p), u.Path)
				}
				if pages[to] == "" && !known(to) || u.Fragment != "" && pages[to] != "" && !ids[to][u.Fragment] {
					out = append(out, p+": "+value)
				}
			}
		})
	}
	slices.Sort(out)
	return out
}

// The portal has every address that content and other pages lead to, and no link leads nowhere, from disk either: a link to a
// folder names its index.
func TestLinks(t *testing.T) {
	s := portalOf(t, portal())
	pages, files := rendered(t, s), filesOf(t, s, loadTheme(t))
	for _, want := range []string{
		"compare/index.html", "compare/food-business/index.html", "index.html", "404.html", "items/index.html", "items/food-business/index.html", "items/eatery/index.html", "items/stall/index.html",
		"divisions/index.html", "divisions/130731/index.html", "divisions/130771/index.html", "divisions/130731100/index.html",
		"topics/index.html", "topics/person/entry/index.html", "topics/legal/permits/index.html", "life-events/index.html", "life-events/market-entry/index.html",
		"departments/index.html", "departments/civil/index.html", "types/index.html", "types/licensing/index.html", "levels/county/index.html", "a-z/index.html",
		"laws/food-safety-law/index.html", "materials/business-license/index.html", "certificates/food-business-permit/index.html",
		"documents/notice/index.html", "intermediaries/test/index.html", "bundles/index.html", "bundles/open-shop/index.html",
		"signposts/index.html", "signposts/health-card/index.html", "consultation/index.html", "changes/index.html", "lists/index.html",
		"quality/index.html", "quality/online-rate/index.html", "quality/places/130731.html", "quality/departments/market.html", "lists/once/index.html", "lists/not-needed/index.html", "data/index.html", "articles/index.html", "articles/how/index.html", "help/index.html",
	} {
		if pages[want] == "" {
			t.Errorf("no page %s", want)
		}
	}
	// The address of a page in the navigation that another kind of page makes, or a content folder of the real site.
	known := func(p string) bool {
		if ext := path.Ext(p); ext == ".csv" || ext == ".ics" || ext == ".json" && strings.HasPrefix(p, qualityURL) {
			return files[p].Write != nil
		}
		return elsewhere.MatchString(p) || slices.Contains([]string{"accessibility/index.html", "about/index.html", "search/index.html"}, p)
	}
	for _, dead := range deadLinks(t, pages, known) {
		t.Error(dead)
	}
	if deadLinks(t, map[string]string{"a/index.html": `<a href="../b/index.html">b</a><a href="#x">x</a>`}, known) == nil {
		t.Error("the check of links finds nothing")
	}
}

// Every page has one heading, one main, a title and description of its own, unique ids, and nothing blank.
func TestPagesAreWhole(t *testing.T) {
	must := []string{"dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "a", "button", "summary", "caption", "p", "li", "option"}
	descriptions := map[string]string{}
	for p, text := range rendered(t, portalOf(t, portal())) {
		if isGuide(p) {
			continue // guides have their own tests
		}
		count, seen := map[string]int{}, map[string]bool{}
		crumbs := 0
		walk(parse(t, text), func(n *html.Node) {
			count[n.Data]++
			if id := attr(n, "id"); id != "" {
				if seen[id] {
					t.Errorf("%s: id %s twice", p, id)
				}
				seen[id] = true
			}
			if slices.Contains(must, n.Data) && text_(n) == "" && attr(n, "aria-label") == "" && attr(n, "value") == "" {
				t.Errorf("%s: empty <%s class=%q>", p, n.Data, attr(n, "class"))
			}
			if attr(n, "class") == "crumb" {
				crumbs++
			}
			if n.Data == "meta" && attr(n, "name") == "description" {
				d := attr(n, "content")
				if d == "" || strings.Contains(d, "{") {
					t.Errorf("%s: description %q", p, d)
				}
				descriptions[p] = d
			}
			if attr(n, "style") != "" {
				t.Errorf("%s: an inline style, which the policy forbids", p)
			}
		})
		if strings.Contains(text, itemToken) {
			t.Errorf("%s: an address lacks its item", p)
		}
		if count["h1"] != 1 || count["main"] != 1 || count["title"] != 1 {
			t.Errorf("%s: %d h1, %d main, %d title", p, count["h1"], count["main"], count["title"])
		}
		if p != "index.html" && p != "404.html" && p != "search/index.html" && crumbs != 1 {
			t.Errorf("%s: %d breadcrumbs", p, crumbs)
		}
		shown := text_(parse(t, text))
		for _, bad := range []string{"{n}", "{name}", "{place}", "<nil>", "%!", "map["} {
			if strings.Contains(shown, bad) {
				t.Errorf("%s: %s is left", p, bad)
			}
		}
	}
	if len(descriptions) < 40 {
		t.Errorf("only %d pages", len(descriptions))
	}
}

// text_ is the text of an element and the words of pictures in it.
func text_(n *html.Node) string {
	out := text(n)
	walk(n, func(c *html.Node) { out += attr(c, "aria-label") })
	return out
}

// What the pages say.
func TestPagesSay(t *testing.T) {
	pages := rendered(t, portalOf(t, portal()))
	for p, want := range map[string][]string{
		"index.html":                                   {"要办什么事", "开办餐饮店", "正在征求意见，到2026年12月10日为止", "承诺时限 10→3 个工作日", "660 元/月"},
		"items/food-business/index.html":               {"示例编码", "全省统一的标准", "食品经营许可新办", "第三十五条", "divisions/130731/food-business.html", "经济开发区", "由涿鹿县办", "开办餐饮店"},
		"items/eatery/index.html":                      {"这件事已经合并（2015年10月1日）", "办食品经营许可。", "旧证不能再用。", "由省级下放到县级", "没有办理的地方"},
		"items/stall/index.html":                       {"征求意见稿", "2026年11月1日至2026年12月10日", "写意见"},
		"items/device/index.html":                      {"这是总项", "第二类医疗器械经营备案"},
		"items/dibao/index.html":                       {"接下来生效", "660 元/月", "涿鹿镇"},
		"divisions/130731/index.html":                  {"食品经营许可", "涿鹿县政务服务中心", "名称未核实", "本地信息未收录", "涿鹿镇", "承诺时限 10→3 个工作日", "接下来生效"},
		"divisions/130733/index.html":                  {"下面这些由涿鹿县办", "两区合并办理", "没有承接的", "由市里统一办"},
		"divisions/130771/index.html":                  {"统计上用的区", "这里的事由涿鹿县办", "../130731/food-business.html"},
		"divisions/130731100/index.html":               {"五堡村代办点", "代办点和自助点（1）"},
		"laws/food-safety-law/index.html":              {"第三十五条", "最低生活保障审核确认", "没有核对日期"},
		"materials/health-certificate/index.html":      {"可代替", "营业执照", "仅“饭店”或“食堂”需要"},
		"materials/business-license/index.html":        {"食品经营许可新办", "没有写明，问发它的单位"},
		"certificates/food-business-permit/index.html": {"食品经营许可（食品经营许可新办）", "五年"},
		"documents/notice/index.html":                  {"餐饮服务许可", "划转事项", "不低于 70%"},
		"intermediaries/test/index.html":               {"机构由您自己选", "取样"},
		"bundles/open-shop/index.html":                 {"第 1 步交过，不用再交", "先要办完", "不用您动手", "仅“卖”需要", "先装修还是先办证"},
		"signposts/health-card/index.html":             {"不是政府审批", "到体检机构"},
		"changes/index.html":                           {"↑", "更方便", "另外几处", "2027年1月1日起", "2026年11月16日", "RSS"},
		"lists/once/index.html":                        {"食品经营许可", "1 次"},
		"lists/not-needed/index.html":                  {"只卖自家种的菜", "餐饮服务许可", "健康证"},
		"lists/special/index.html":                     {"现场核查，5 个工作日，时间另算"},
		"data/index.html":                              {"data/current/items.jsonl.gz", "curl", "manifest.json"},
		"consultation/index.html":                      {"食品小摊点备案", "正在征求意见"},
		"help/index.html":                              {`href="../lists/index.html"`, `href="../articles/how/index.html#`, "align-right"},
		"404.html":                                     {`href="/topics/index.html"`, `action="/search/index.html"`, `href="/assets/style.`},
		"a-z/index.html":                               {"l-s", "食品经营许可"},
	} {
		page := html.UnescapeString(pages[p])
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("%s does not say %q", p, w)
			}
		}
	}
	if strings.Contains(pages["items/device/index.html"], `id="places"`) {
		t.Error("a main item says where it is handled")
	}
}

// Without history the pages say so and offer no feeds.
func TestPagesWithoutHistory(t *testing.T) {
	s := siteOf(t, portal())
	s.NoHistory = true
	pages := rendered(t, s)
	for _, p := range []string{"index.html", "changes/index.html", "items/food-business/index.html", "divisions/130731/index.html"} {
		if !strings.Contains(pages[p], "没有读取历史") {
			t.Errorf("%s does not say that there is no history", p)
		}
		if strings.Contains(pages[p], "feeds/") {
			t.Errorf("%s offers feeds", p)
		}
	}
}

// A real portal says on every page but the first where it stands; a demonstration says nothing to machines.
func TestWayData(t *testing.T) {
	s := portalOf(t, portal())
	if page := rendered(t, s)["laws/food-safety-law/index.html"]; strings.Contains(page, "ld+json") {
		t.Error("a demonstration has JSON-LD")
	}
	s.Sample = false
	page := rendered(t, s)["divisions/130731100/index.html"]
	for _, want := range []string{`"@type":"BreadcrumbList"`, `"item":"https://banshi.example.gov.cn/","name":"首页"`, `"item":"https://banshi.example.gov.cn/divisions/130731/","name":"涿鹿县"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the way to a township lacks %s", want)
		}
	}
}

// Whatever records and articles say stays text on these pages too, and an address that is none makes no link.
func TestHostilePages(t *testing.T) {
	for _, payload := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `javascript:alert(1)`, `{{.}}`} {
		m := portal()
		prose := regexp.MustCompile(`(name|plain|text|instead|question|label|note|reason|answer|where|what_now|old_certificates|title|body|number|definition|who|q|a|remedy|conditions|fee|result|validity|issuer|url) = "[^"]*"`)
		for p, f := range m {
			if strings.Contains(p, "/vocab/") || strings.HasSuffix(p, ".md") {
				continue
			}
			f.Data = prose.ReplaceAllFunc(f.Data, func(kv []byte) []byte {
				key, _, _ := strings.Cut(string(kv), " = ")
				return []byte(key + " = " + tomlString(payload))
			})
		}
		for _, p := range []string{"data/laws/food-safety-law.toml", "data/documents/notice.toml"} {
			m[p].Data = append([]byte("url = "+tomlString(payload)+"\n"), m[p].Data...)
		}
		s := portalOf(t, m)
		s.Changes[0].Title, s.Changes[0].Fields[0].Words = payload, payload
		for p, page := range rendered(t, s) {
			checkHarmless(t, p, payload, page)
		}
	}
}

// Links to folders in articles name the index; what is no folder, or leads off the site, is left alone.
func TestArticleLinks(t *testing.T) {
	for in, want := range map[string]string{
		`<a href="../lists/">`:             `<a href="../lists/index.html">`,
		`<a href="../../articles/a-b/#二">`: `<a href="../../articles/a-b/index.html#二">`,
		`<a href="more/">`:                 `<a href="more/index.html">`,
		`<a href="../">`:                   `<a href="../index.html">`,
		`<a href="#一">`:                    `<a href="#一">`,
		`<a href="https://example.cn/a/">`: `<a href="https://example.cn/a/">`,
		`<a href="tel:12345">`:             `<a href="tel:12345">`,
		`<a href="x.pdf">`:                 `<a href="x.pdf">`,
	} {
		if got := string(articleBody(in)); got != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
}

// 404.html is served at any depth, so its links begin at the path of the site.
func TestNotFound(t *testing.T) {
	for base, want := range map[string]string{"https://a.gov.cn": "/", "https://a.gov.cn/banshi": "/banshi/", "https://a.gov.cn/x/y/": "/x/y/"} {
		if got := basePath(base); got != want {
			t.Errorf("the path of %s is %q, want %q", base, got, want)
		}
	}
	s := siteOf(t, portal())
	s.Config.BaseURL = "https://a.gov.cn/banshi"
	page := render(t, filesOf(t, s, loadTheme(t))["404.html"])
	walk(parse(t, page), func(n *html.Node) {
		for _, key := range []string{"href", "src", "action"} {
			v := attr(n, key)
			if v != "" && !strings.HasPrefix(v, "/banshi/") && !strings.HasPrefix(v, "#") && !strings.Contains(v, ":") {
				t.Errorf("404.html leads to %s", v)
			}
		}
	})
}
