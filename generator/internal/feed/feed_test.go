package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/config"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// siteWith is the fixture with some changes, newest first.
func siteWith(t testing.TB, list []*changes.Entry) *site.Site {
	t.Helper()
	a, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	m := fstest.MapFS{}
	for _, f := range a.Files {
		m[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	c, problems, err := config.Load(m)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	src, err := catalog.Load(m, 20261121)
	if err != nil || len(src.Problems) > 0 {
		t.Fatal(err, src.Problems)
	}
	resolved := catalog.Resolve(src, catalog.Options{})
	guides := map[*changes.Entry]int{} // the fixture says itself how many
	for _, e := range list {
		guides[e] = e.Guides
	}
	changes.Count(list, resolved)
	for _, e := range list {
		e.Guides = guides[e]
	}
	return site.Derive(site.Input{Config: c, Catalog: resolved, Changes: list})
}

// change is a change of a subject on a day; n tells changes and their commits apart.
func change(n int, day record.Date, s changes.Subject, title string, words ...string) *changes.Entry {
	e := &changes.Entry{
		ID: fmt.Sprintf("%032x", n+1), Commit: fmt.Sprintf("%040x", n+1), Date: day, Time: day.Time().Add(2 * time.Hour),
		Kind: "变更", Subject: s, Title: title,
	}
	for _, w := range words {
		e.Fields = append(e.Fields, changes.Field{Words: w, Direction: changes.Better})
	}
	return e
}

func render(t testing.TB, s *site.Site) (contents map[string][]byte, stamps map[string]output.Stamp) {
	t.Helper()
	files, err := Files(s)
	if err != nil {
		t.Fatal(err)
	}
	if err := output.Collisions(files); err != nil {
		t.Fatal(err)
	}
	contents, stamps = map[string][]byte{}, map[string]output.Stamp{}
	for _, f := range files {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		contents[f.Path], stamps[f.Path] = b.Bytes(), f.Stamp
	}
	return contents, stamps
}

// The subjects of the fixture.
var (
	standard = changes.Subject{Kind: record.KindProcedure, Item: "food-business", Procedure: "01"}
	local    = changes.Subject{Kind: record.KindImplementation, Item: "food-business", Division: "139921"}
	township = changes.Subject{Kind: record.KindDivision, Division: "139921101", ID: "139921101"}
	ended    = changes.Subject{Kind: record.KindItem, Item: "care-home"}
	law      = changes.Subject{Kind: record.KindLaw, ID: "food-safety-law"}
)

func few() []*changes.Entry {
	a := change(5, 20261120, local, "食品经营许可（示例县）：承诺时限 10→5 个工作日", "承诺时限 10→5 个工作日", "减少材料：<营业执照> & \"副本\"")
	a.Department, a.Document, a.Guides = "市场监管", "sample-doc", 1
	b := change(4, 20261101, standard, "食品经营许可 新办：到现场次数 2→1", "到现场次数 2→1")
	b.Department, b.Guides = "市场监管", 12
	c := change(3, 20261001, ended, "养老机构设立许可：状态 “在用”→“取消”", "状态 “在用”→“取消”")
	c.Department, c.Kind = "民政", "取消"
	d := change(2, 20260901, township, "示例镇：电话", "电话：12345")
	e := change(1, 20260801, law, "《中华人民共和国食品安全法》：施行日期", "施行日期\x00\x0b：2026-08-01")
	f := change(0, 20260101, changes.Subject{Kind: record.KindSchema}, "建库：2 个事项、4 个地方")
	return []*changes.Entry{a, b, c, d, e, f}
}

// rssFile is an RSS feed as a reader decodes it.
type rssFile struct {
	Version string `xml:"version,attr"`
	Channel struct {
		Title         string `xml:"title"`
		Description   string `xml:"description"`
		Language      string `xml:"language"`
		LastBuildDate string `xml:"lastBuildDate"`
		Link          []struct {
			XMLName xml.Name
			Href    string `xml:"href,attr"`
			Rel     string `xml:"rel,attr"`
			Type    string `xml:"type,attr"`
			Text    string `xml:",chardata"`
		} `xml:"link"`
		Items []rssFileItem `xml:"item"`
	} `xml:"channel"`
}

type rssFileItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Description string `xml:"description"`
	PubDate     string `xml:"pubDate"`
	GUID        struct {
		IsPermaLink string `xml:"isPermaLink,attr"`
		Text        string `xml:",chardata"`
	} `xml:"guid"`
	Categories []string `xml:"category"`
}

func parseRSS(t testing.TB, data []byte) *rssFile {
	t.Helper()
	f := new(rssFile)
	if err := xml.Unmarshal(data, f); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	return f
}

func guids(f *rssFile) []string {
	var out []string
	for _, i := range f.Channel.Items {
		out = append(out, i.GUID.Text)
	}
	return out
}

func TestNoHistory(t *testing.T) {
	if files, err := Files(siteWith(t, nil)); err != nil || len(files) > 0 {
		t.Errorf("a site without history has feeds: %v, %v", files, err)
	}
}

func TestPaths(t *testing.T) {
	contents, _ := render(t, siteWith(t, few()))
	want := []string{
		"feeds/all.atom", "feeds/all.json", "feeds/all.xml",
		"feeds/archive/2012-05.atom", "feeds/archive/2026-01.atom", "feeds/archive/2026-08.atom", "feeds/archive/2026-09.atom", "feeds/archive/2026-10.atom",
		"feeds/department/civil.json", "feeds/department/civil.xml", "feeds/department/market.json", "feeds/department/market.xml",
		"feeds/division/139000.json", "feeds/division/139000.xml", "feeds/division/139900.json", "feeds/division/139900.xml",
		"feeds/division/139921.json", "feeds/division/139921.xml", "feeds/feed.css", "feeds/index.opml",
		"feeds/kind/cancelled.json", "feeds/kind/cancelled.xml", "feeds/kind/changed.json", "feeds/kind/changed.xml",
		"feeds/kind/created.json", "feeds/kind/created.xml",
		"feeds/topic/legal/establish.json", "feeds/topic/legal/establish.xml", "feeds/topic/person/eat.json", "feeds/topic/person/eat.xml",
	}
	if got := slices.Sorted(maps.Keys(contents)); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	type outline struct {
		Text   string    `xml:"text,attr"`
		XMLURL string    `xml:"xmlUrl,attr"`
		Below  []outline `xml:"outline"`
	}
	var opml struct {
		Outlines []outline `xml:"body>outline"`
	}
	if err := xml.Unmarshal(contents["feeds/index.opml"], &opml); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	var walk func(o outline)
	walk = func(o outline) {
		if p, ok := strings.CutPrefix(o.XMLURL, "https://banshi.example/"); ok {
			listed[p] = true
		}
		if o.Text == "" {
			t.Error("an outline without text, which OPML demands")
		}
		for _, b := range o.Below {
			walk(b)
		}
	}
	for _, o := range opml.Outlines {
		walk(o)
	}
	for p := range contents {
		if strings.HasSuffix(p, ".xml") != listed[p] {
			t.Errorf("%s: in the list %v", p, listed[p])
		}
	}
}

func TestRSS(t *testing.T) {
	contents, _ := render(t, siteWith(t, few()))
	f := parseRSS(t, contents["feeds/all.xml"])
	c := f.Channel
	if f.Version != "2.0" || len(c.Items) != 6 {
		t.Fatalf("version %q, %d items", f.Version, len(c.Items))
	}
	if c.Title == "" || c.Description == "" || c.Language != "zh-cn" || c.LastBuildDate != c.Items[0].PubDate {
		t.Errorf("channel is %+v", c)
	}
	self, page := false, false
	for _, l := range c.Link {
		self = self || l.XMLName.Space == atomNamespace && l.Rel == "self" && l.Href == "https://banshi.example/feeds/all.xml" && l.Type == "application/rss+xml"
		page = page || l.XMLName.Space == "" && l.Text == "https://banshi.example/changes/"
	}
	if !self || !page {
		t.Errorf("links are %+v", c.Link)
	}
	i := c.Items[0]
	if i.Link != "https://banshi.example/divisions/139921/food-business.html" || i.GUID.IsPermaLink != "false" || i.GUID.Text != few()[0].ID {
		t.Errorf("item is %+v", i)
	}
	if when, err := time.Parse(time.RFC1123Z, i.PubDate); err != nil || !when.Equal(few()[0].Time) || !strings.HasSuffix(i.PubDate, "+0800") {
		t.Errorf("date %q, %v", i.PubDate, err)
	}
	want := "<ul><li>↑ 承诺时限 10→5 个工作日</li><li>↑ 减少材料：&lt;营业执照&gt; &amp; &#34;副本&#34;</li>" +
		"<li>依据：示例〔2026〕1号 关于压缩时限的通知（示例）</li><li>涉及 1 份办事指南</li></ul>"
	if i.Description != want {
		t.Errorf("description is %s", i.Description)
	}
	if !slices.Equal(i.Categories, []string{"变更", "市场监管", "示例县"}) {
		t.Errorf("categories are %q", i.Categories)
	}
	links := []string{"items/food-business/", "items/care-home/", "divisions/139921101/", "laws/food-safety-law/", "changes/"}
	for n, l := range links {
		if got := c.Items[n+1].Link; got != "https://banshi.example/"+l {
			t.Errorf("item %d links to %s, want %s", n+1, got, l)
		}
	}
	if got := c.Items[4].Description; got != "<ul><li>↑ 施行日期：2026-08-01</li></ul>" {
		t.Errorf("control characters: %q", got)
	}
	for _, absent := range []string{"<author", "managingEditor", "content:encoded"} {
		if bytes.Contains(contents["feeds/all.xml"], []byte(absent)) {
			t.Errorf("the feed has %s", absent)
		}
	}
}

// TestPlace checks whose changes are in a county's feed: its own, its township's, those of the standard and of the law it rests
// on, and what was cancelled; and that a law is told where it matters, and nowhere twice.
func TestPlace(t *testing.T) {
	contents, _ := render(t, siteWith(t, few()))
	got := guids(parseRSS(t, contents["feeds/division/139921.xml"]))
	all := few()
	if want := []string{all[0].ID, all[1].ID, all[2].ID, all[3].ID, all[4].ID}; !slices.Equal(got, want) {
		t.Errorf("the county's feed has %q, want %q", got, want)
	}
	for path, want := range map[string][]int{
		"division/139900": nil, "department/market": {0, 1, 4}, "topic/person/eat": {0, 1, 4}, "topic/legal/establish": {2},
		"kind/cancelled": {2}, "kind/changed": {0, 1, 3, 4, 5}, "kind/created": nil,
	} {
		var ids []string
		for _, n := range want {
			ids = append(ids, all[n].ID)
		}
		if got := guids(parseRSS(t, contents["feeds/"+path+".xml"])); !slices.Equal(got, ids) {
			t.Errorf("%s has %q, want %q", path, got, ids)
		}
	}
	if got := guids(parseRSS(t, contents["feeds/department/civil.xml"])); !slices.Equal(got, []string{all[2].ID}) {
		t.Errorf("the department's feed has %q", got)
	}
}

// TestAtom checks what RFC 4287 requires (4.1.1, 4.1.2): id, title and updated of feed and entries, an author, a link to the
// page where there is no content, ids that are IRIs and differ.
func TestAtom(t *testing.T) {
	contents, _ := render(t, siteWith(t, few()))
	type link struct {
		Href string `xml:"href,attr"`
		Rel  string `xml:"rel,attr"`
	}
	var f struct {
		XMLName xml.Name
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Author  struct {
			Name string `xml:"name"`
		} `xml:"author"`
		Links   []link `xml:"link"`
		Entries []struct {
			ID         string `xml:"id"`
			Title      string `xml:"title"`
			Updated    string `xml:"updated"`
			Links      []link `xml:"link"`
			Content    string `xml:"content"`
			Categories []struct {
				Term string `xml:"term,attr"`
			} `xml:"category"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(contents["feeds/all.atom"], &f); err != nil {
		t.Fatal(err)
	}
	if f.XMLName.Space != atomNamespace || f.ID != "https://banshi.example/feeds/all.atom" || f.Title == "" || f.Author.Name == "" || len(f.Entries) != 6 {
		t.Errorf("feed is %+v", f)
	}
	if !slices.Contains(f.Links, link{f.ID, "self"}) || !slices.Contains(f.Links, link{"https://banshi.example/changes/", "alternate"}) {
		t.Errorf("links are %v", f.Links)
	}
	if f.Updated != f.Entries[0].Updated {
		t.Errorf("updated %s, newest entry %s", f.Updated, f.Entries[0].Updated)
	}
	urn := regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := map[string]bool{}
	for _, e := range f.Entries {
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || !urn.MatchString(e.ID) || seen[e.ID] || e.Title == "" || e.Content == "" ||
			len(e.Links) != 1 || e.Links[0].Rel != "alternate" || len(e.Categories) == 0 {
			t.Errorf("entry is %+v", e)
		}
		seen[e.ID] = true
	}
}

type jsonFile struct {
	Version string `json:"version"`
	Title   string `json:"title"`
	FeedURL string `json:"feed_url"`
	HomeURL string `json:"home_page_url"`
	Items   []struct {
		ID      string   `json:"id"`
		URL     string   `json:"url"`
		Title   string   `json:"title"`
		Text    string   `json:"content_text"`
		Date    string   `json:"date_published"`
		Tags    []string `json:"tags"`
		Author  any      `json:"author"`
		Authors any      `json:"authors"`
	} `json:"items"`
}

func TestJSON(t *testing.T) {
	contents, _ := render(t, siteWith(t, few()))
	var f jsonFile
	if err := json.Unmarshal(contents["feeds/all.json"], &f); err != nil {
		t.Fatal(err)
	}
	if f.Version != "https://jsonfeed.org/version/1.1" || f.Title == "" || f.FeedURL != "https://banshi.example/feeds/all.json" || len(f.Items) != 6 {
		t.Errorf("feed is %+v", f)
	}
	i := f.Items[0]
	if i.ID != few()[0].ID || i.Date != "2026-11-20T10:00:00+08:00" || i.Author != nil ||
		i.Text != "↑ 承诺时限 10→5 个工作日\n↑ 减少材料：<营业执照> & \"副本\"\n依据：示例〔2026〕1号 关于压缩时限的通知（示例）\n涉及 1 份办事指南" {
		t.Errorf("item is %+v", i)
	}
	if f.Items[5].Text != "建库：2 个事项、4 个地方" {
		t.Errorf("an entry without fields says %q", f.Items[5].Text)
	}
	empty, _ := render(t, siteWith(t, []*changes.Entry{}))
	if !bytes.Contains(empty["feeds/all.json"], []byte(`"items":[]`)) {
		t.Errorf("an empty feed has no items: %s", empty["feeds/all.json"])
	}
	if n := len(parseRSS(t, empty["feeds/all.xml"]).Channel.Items); n != 0 {
		t.Errorf("an empty feed has %d items", n)
	}
}

// TestArchives follows RFC 5005 (section 4) from the live feed back to the first archive: every entry is met, the links of
// neighbours agree, archives say that they are, and what happened before the library is at the end.
func TestArchives(t *testing.T) {
	type atomFile struct {
		ID      string `xml:"id"`
		Archive *struct {
			XMLName xml.Name
		} `xml:"http://purl.org/syndication/history/1.0 archive"`
		Links []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Entries []struct {
			ID    string `xml:"id"`
			Title string `xml:"title"`
		} `xml:"entry"`
	}
	for name, list := range map[string][]*changes.Entry{"few": few(), "a busy month": daily(700, 0), "years": daily(300, 9)} {
		contents, _ := render(t, siteWith(t, list))
		read := func(address string) (*atomFile, map[string]string) {
			f, links := new(atomFile), map[string]string{}
			p, _ := strings.CutPrefix(address, "https://banshi.example/")
			if err := xml.Unmarshal(contents[p], f); err != nil {
				t.Fatalf("%s: %s: %v", name, address, err)
			}
			for _, l := range f.Links {
				links[l.Rel] = l.Href
			}
			if links["self"] != address || f.ID != "https://banshi.example/feeds/all.atom" {
				t.Errorf("%s: %s says it is %s of %s", name, address, links["self"], f.ID)
			}
			return f, links
		}
		const live = "https://banshi.example/feeds/all.atom"
		f, links := read(live)
		if f.Archive != nil || links["next-archive"] != "" {
			t.Errorf("%s: the live feed says it is an archive", name)
		}
		met, last := map[string]bool{}, ""
		for {
			for _, e := range f.Entries {
				met[e.ID], last = true, e.Title
			}
			before := links["prev-archive"]
			if before == "" {
				break
			}
			here := links["self"]
			f, links = read(before)
			if f.Archive == nil || links["current"] != live || len(f.Entries) == 0 {
				t.Errorf("%s: %s is no archive: %+v", name, before, f.Links)
			}
			if next := links["next-archive"]; here != live && next != here {
				t.Errorf("%s: the archive behind %s is %s, not %s", name, before, next, here)
			}
		}
		if last != "养老机构设立许可：设立（省政府令公布）" {
			t.Errorf("%s: the last entry is %q", name, last)
		}
		for _, e := range list {
			if !met[uuid(e.ID)] {
				t.Errorf("%s: %q is nowhere", name, e.Title)
			}
		}
		if name == "a busy month" && len(met) != len(list)+1 {
			t.Errorf("%s: %d entries were met, want %d", name, len(met), len(list)+1)
		}
	}
}

// days gives n changes, one a commit, the newest on the day of the site and each so many days older than the one before.
func daily(n, apart int) []*changes.Entry {
	var out []*changes.Entry
	for i := range n {
		out = append(out, change(n-i, record.Date(20261121).AddDays(-i*apart), standard, fmt.Sprintf("食品经营许可 新办：第 %d 次", n-i), "承诺时限 10→5 个工作日"))
	}
	return out
}

func TestBounds(t *testing.T) {
	for _, c := range []struct{ n, apart, want int }{
		{60, 30, least},    // old ones: the newest 50
		{120, 1, days + 1}, // younger than 90 days: all of them, both days included
		{400, 0, most},     // never more than 200
		{10, 1, 10},
	} {
		contents, _ := render(t, siteWith(t, daily(c.n, c.apart)))
		if got := len(parseRSS(t, contents["feeds/all.xml"]).Channel.Items); got != c.want {
			t.Errorf("%d changes %d days apart: %d entries, want %d", c.n, c.apart, got, c.want)
		}
	}
	long := daily(200, 0)
	for _, e := range long {
		for n := range 90 {
			e.Fields = append(e.Fields, changes.Field{Words: fmt.Sprintf("受理条件第 %d 条 “有固定的场所”→“有和品种、数量相适应的固定场所”", n)})
		}
	}
	contents, _ := render(t, siteWith(t, long))
	for p, b := range contents {
		if len(b) > mostBytes && !strings.HasPrefix(p, "feeds/archive/") {
			t.Errorf("%s has %d bytes", p, len(b))
		}
	}
	if n := len(parseRSS(t, contents["feeds/all.xml"]).Channel.Items); n < 20 || n >= most {
		t.Errorf("%d long entries", n)
	}
}

func TestSummary(t *testing.T) {
	list := daily(mostCommit+1, 0)
	for _, e := range list {
		e.Commit = "one"
	}
	contents, _ := render(t, siteWith(t, list))
	items := parseRSS(t, contents["feeds/all.xml"]).Channel.Items
	if len(items) != 1 || !strings.HasPrefix(items[0].Title, "一次更新 51 条：") || items[0].Link != "https://banshi.example/changes/" {
		t.Errorf("items are %+v", items)
	}
	again, _ := render(t, siteWith(t, list))
	if !bytes.Equal(contents["feeds/all.xml"], again["feeds/all.xml"]) {
		t.Error("a rebuild differs")
	}
	contents, _ = render(t, siteWith(t, list[1:]))
	if n := len(parseRSS(t, contents["feeds/all.xml"]).Channel.Items); n != mostCommit {
		t.Errorf("%d entries of a commit of %d", n, mostCommit)
	}
}

// TestNewEntries is what a subscriber sees: nothing after a rebuild, exactly one entry after one change, and one more when the
// same change is made again after it was taken back.
func TestNewEntries(t *testing.T) {
	list := few()
	before, stamps := render(t, siteWith(t, list))
	_, again := render(t, siteWith(t, few()))
	if !maps.Equal(stamps, again) {
		t.Error("a rebuild has other stamps")
	}
	old := guids(parseRSS(t, before["feeds/all.xml"]))
	repeated := change(5, 20261121, local, list[0].Title, "承诺时限 10→5 个工作日")
	repeated.Commit = "later"
	repeated.ID += "-2" // as package changes tells it
	after, now := render(t, siteWith(t, append([]*changes.Entry{repeated}, list...)))
	got := guids(parseRSS(t, after["feeds/all.xml"]))
	if len(got) != len(old)+1 || !slices.Equal(got[1:], old) || got[0] != list[0].ID+"-2" {
		t.Errorf("before %q, after %q", old, got)
	}
	for p := range after {
		if !bytes.Equal(before[p], after[p]) && stamps[p] == now[p] {
			t.Errorf("%s has other bytes and the same stamp", p)
		}
	}
	if stamps["feeds/department/civil.xml"] != now["feeds/department/civil.xml"] {
		t.Error("a feed that the change does not concern has another stamp")
	}
}

func TestWellFormed(t *testing.T) {
	nasty := change(1, 20261120, local, "]]> <b>&amp;\x00\x1f\ufffe\xff\"'", "<script>", "行一\n行二")
	contents, _ := render(t, siteWith(t, []*changes.Entry{nasty}))
	for p, b := range contents {
		if strings.HasSuffix(p, ".json") {
			if !json.Valid(b) {
				t.Errorf("%s is no JSON", p)
			}
			continue
		}
		d := xml.NewDecoder(bytes.NewReader(b))
		for {
			_, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", p, err)
			}
		}
		if bytes.Contains(b, []byte("<script>")) || bytes.Contains(b, []byte("\ufffd")) {
			t.Errorf("%s: %s", p, b)
		}
	}
	if got := parseRSS(t, contents["feeds/all.xml"]).Channel.Items[0].Title; got != "]]> <b>&amp;\"'" {
		t.Errorf("title is %q", got)
	}
}
