package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// secret is what only the drafts of the test say.
const secret = "摆摊|小摊点|food-stall|131031901000|乾坤大挪移|绝密草稿|明暗交界"

// withDrafts is the test site with a draft of every kind: an item, a version of a standard that is written ahead and whose day
// has come, and records that lack what [publish] demands.
func withDrafts(t *testing.T) *repository {
	t.Helper()
	r := newRepository(t)
	standard, err := os.ReadFile(filepath.Join(r.dir, "data/items/food-business/01.toml"))
	if err != nil {
		t.Fatal(err)
	}
	draft := strings.NewReplacer(`status = "在用"`, `status = "征求意见"`, "第一次开店卖现做的吃的。", "乾坤大挪移", `promise = [{ value = 10`, `promise = [{ value = 12`).Replace(string(standard))
	if draft == string(standard) || !strings.Contains(draft, "value = 12") {
		t.Fatal("the standard of the test site has changed")
	}
	const consultation = "\n[review]\nconsultation = { opens = 2026-11-01, closes = 2026-12-10, document = \"sample-doc\", body = \"示例省审改办\", address = \"gongkai@shili.example\" }\n"
	cut := strings.Index(draft, "\n[")
	draft = draft[:cut+1] + consultation[1:] + draft[cut:]
	writeFile(t, filepath.Join(r.dir, "data/items/food-business/01@2026-11-10.toml"), []byte(draft))
	for _, p := range []string{"dibao", "food-business"} { // reviewed: they are published
		p = filepath.Join(r.dir, "data/divisions/139921", p+".toml")
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, p, append(data, "\n[review]\nlegality = { opinion = \"合法\", document = \"示司审〔2026〕3号\", date = 2026-10-10, body = \"示例县司法局\" }\n"...))
	}
	place := "[procedure.01]\npromise = [{ value = 8, unit = \"工作日\", note = \"绝密草稿\" }]\n"
	writeFile(t, filepath.Join(r.dir, "data/divisions/139900/food-business.toml"), []byte(place))
	writeFile(t, filepath.Join(r.dir, "data/items/food-circulation/02.toml"), []byte("name = \"明暗交界\"\nstatus = \"征求意见\"\neffective_from = 2027-02-01\n"))
	settings, err := os.ReadFile(filepath.Join(r.dir, "site.toml"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(r.dir, "site.toml"), append(settings, "\n[publish]\nplaces = [\"legality\"]\nsince = 2026-11-01\n\n[consultation]\nurl = \"https://draft.portal.example\"\nbody = \"示例省政务服务办\"\naddress = \"https://draft.portal.example/write\"\n"...))
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "drafts")
	return r
}

// TestDraftsDoNotLeak builds the plain site of a library with drafts: no byte of any file, also inside archives, names one, the
// guides stay as published, and the history has nothing of them.
func TestDraftsDoNotLeak(t *testing.T) {
	t.Parallel()
	r := withDrafts(t)
	site := readTree(t, r.build())
	for _, p := range site.paths() {
		for _, text := range unpacked([]byte(site[p])) {
			for _, word := range strings.Split(secret, "|") {
				if strings.Contains(string(text), word) || strings.Contains(p, word) {
					t.Errorf("%s names the draft %q", p, word)
				}
			}
		}
	}
	guide := site["divisions/139900/food-business.01.html"]
	if !strings.Contains(guide, "10 个工作日") {
		t.Error("the standard that is in force is not shown any more")
	}
	if page := site["consultation/index.html"]; !strings.Contains(page, "https://draft.portal.example/consultation/") {
		t.Error("the plain site does not say where drafts are put to comment")
	}
}

// TestDraftSite builds the consultation site: every page says what it is and keeps crawlers away; the drafts are shown as they
// would be, with what would change in words, who takes comments, where and until when; the plain site is not touched.
func TestDraftSite(t *testing.T) {
	t.Parallel()
	r := withDrafts(t)
	banshi(t, nil, "build", "--draft", "--site", r.dir)
	if _, err := os.Stat(filepath.Join(r.dir, "public")); !os.IsNotExist(err) {
		t.Error("a draft site was written into public/")
	}
	site := readTree(t, filepath.Join(r.dir, "draft"))
	pages := 0
	for _, p := range site.paths() {
		if !strings.HasSuffix(p, ".html") || strings.Contains(site[p], `http-equiv="refresh"`) {
			continue
		}
		pages++
		for _, want := range []string{`<meta name="robots" content="noindex">`, "draftsite", "意见收到2026年12月10日", `href="https://portal.example/"`, "【征求意见稿】"} {
			if !strings.Contains(site[p], want) {
				t.Errorf("%s does not say %q", p, want)
			}
		}
	}
	if pages < 50 {
		t.Errorf("only %d pages", pages)
	}
	if site["robots.txt"] != "User-agent: *\nDisallow: /\n" || site["sitemap.xml"] != "" || !strings.Contains(site["_headers"], "X-Robots-Tag: noindex") {
		t.Error("crawlers are not kept away")
	}
	says(t, site["consultation/index.html"], "食品小摊点备案", "食品经营许可（新办）", "承诺时限 10→12 个工作日", `<span class="dir">↓</span>`, "示例省审改办",
		"mailto:gongkai@shili.example", "2026年11月1日至2026年12月10日", "示例市 食品经营许可", "states/index.html", "发布前还要：合法性审查", "示例省政务服务办")
	says(t, site["divisions/139971/index.html"], "征求意见稿")
	says(t, site["divisions/139900/food-business.01.html"], "8 个工作日", "consultation/index.html#food-business-01")
	if strings.Contains(site["index.html"], "application/ld+json") {
		t.Error("a draft is published as structured data")
	}
}

// TestDraftAgainst lists also what a branch changes in published records.
func TestDraftAgainst(t *testing.T) {
	t.Parallel()
	r := withDrafts(t)
	r.edit("data/divisions/139921/food-business.toml", "value = 5", "value = 6")
	out := filepath.Join(t.TempDir(), "draft")
	banshi(t, nil, "build", "--draft", "--against", "HEAD", "--site", r.dir, "--out", out)
	page := readTree(t, out)["consultation/index.html"]
	_, others, _ := strings.Cut(page, "一起要改的")
	says(t, others, "示例县 食品经营许可", "承诺时限 5→6 个工作日")
	attempt(t, 2, "build", "--against", "HEAD", "--site", r.dir, "--out", out)
}

// TestDraftsSmuggleNothing puts markup and addresses that run or mislead into everything a review says: on the draft site they are text.
func TestDraftsSmuggleNothing(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>`
	for i, address := range []string{`javascript:alert(1)//a@b.example`, `a@b.example?bcc=c@d.example&body=x`, `data:text/html,<script>alert(1)</script>`, `<a href=//evil.example>a@b.example</a>`} {
		text := "[review.consultation]\nopens = 2026-11-01\ncloses = 2026-12-10\n" +
			"document = '''javascript:alert(3)'''\nbody = '''" + hostile + "'''\naddress = '''" + address + "'''\nreason = '''" + hostile + "'''\nresult = '''" + hostile + "'''\n"
		item, err := os.ReadFile(filepath.Join(r.dir, "data/items/food-stall/item.toml"))
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(item), "[review")
		writeFile(t, filepath.Join(r.dir, "data/items/food-stall/item.toml"), []byte(head+text))
		out := filepath.Join(t.TempDir(), "draft")
		attempt(t, 0, "build", "--draft", "--no-history", "--site", r.dir, "--out", out)
		site := readTree(t, out)
		for _, p := range []string{"consultation/index.html", "consultation/states/index.html", "items/food-stall/index.html", "index.html"} {
			for _, bad := range []string{"<script>alert", "<img src=x", `href="javascript:`, `href="data:`, `href="mailto:`, "<a href=//evil"} {
				if strings.Contains(site[p], bad) {
					t.Errorf("address %d: %s has %q", i, p, bad)
				}
			}
		}
		says(t, site["consultation/index.html"], "&lt;script&gt;alert(1)&lt;/script&gt;")
	}
}
