package site

import (
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/record"
)

// shop is a bundle of four steps, written out of order: a licence first, then a seal and a permit that need it, and one of two
// registrations by the size of the shop.
func shop() fstest.MapFS {
	m := fstest.MapFS{}
	add := func(path, text string) { m["data/"+path] = &fstest.MapFile{Data: []byte(text)} }
	add("certificates/licence.toml", `name = "营业执照"`)
	add("materials/licence-paper.toml", "name = \"营业执照\"\ncertificate = \"licence\"")
	for id, name := range map[string]string{"id-card": "居民身份证", "lease": "租房合同", "layout": "平面图", "form": "申请书"} {
		add("materials/"+id+".toml", "name = \""+name+"\"")
	}
	item := func(id, name, procedure string) {
		add("items/"+id+"/item.toml", "name = \""+name+"\"\ncode = \"130131901000\"\ncode_status = \"sample\"\ntype = \"行政许可\"\ndepartment = \"市场监管\"\nlevels = [\"县级\"]\nsharing = \"单独实施\"\norigin = \"国家\"\nstatus = \"在用\"\neffective_from = 2015-10-01")
		add("items/"+id+"/01.toml", "name = \""+name+"\"\nstatus = \"在用\"\neffective_from = 2015-10-01\n"+procedure)
	}
	paper := func(material, more string) string {
		return "[[materials]]\nmaterial = \"" + material + "\"\nnecessity = \"必要\"\n" + more
	}
	item("company", "公司设立登记", "visits = 0\nchannels = [\"网上办理\"]\nonline = { depth = \"办理\" }\nresults = [{ id = \"r\", certificate = \"licence\" }]\n"+paper("form", "")+paper("lease", "")+paper("id-card", ""))
	item("seal", "公章刻制备案", "visits = 2\nchannels = [\"网上办理\"]\nonline = { depth = \"咨询\" }\n"+paper("licence-paper", "")+paper("id-card", ""))
	item("small", "小餐饮登记", "visits = 1\n"+paper("licence-paper", "waived_by = [\"数据共享\"]\n")+paper("lease", "")+paper("layout", ""))
	item("big", "食品经营许可", "not_needed = [{ id = \"a\", text = \"只卖菜\" }]\n"+paper("licence-paper", "")+paper("layout", "any_of = \"place\"\n")+paper("lease", "any_of = \"place\"\n"))
	add("bundles/open.toml", `name = "开饭店"
cases = [
  { id = "owner", question = "有执照吗？", options = [{ id = "has", label = "有" }, { id = "none", label = "没有" }] },
  { id = "size", question = "多大？", options = [{ id = "small", label = "小" }, { id = "big", label = "大" }] },
]
[[steps]]
item = "seal"
after = ["company"]
when = { owner = ["none"] }
[[steps]]
item = "company"
procedure = "01"
when = { owner = ["none"] }
[[steps]]
item = "small"
after = ["company"]
when = { size = ["small"] }
[[steps]]
item = "big"
after = ["seal"]
when = { size = ["big"] }`)
	return m
}

func siteOf(t *testing.T, m fstest.MapFS) *Site {
	t.Helper()
	source, err := catalog.Load(m, 20261121)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range source.Problems {
		t.Errorf("%v: %s", p.Position, p.Message.EN)
	}
	return Derive(Input{Config: &config.Config{Division: "130000"}, Catalog: catalog.Resolve(source, catalog.Options{})})
}

func planOf(t *testing.T, m fstest.MapFS) *BundlePlan {
	t.Helper()
	s := siteOf(t, m)
	return s.Plan(s.Catalog.Bundles.All[0])
}

// Steps come after those they need, otherwise as written.
func TestBundleOrder(t *testing.T) {
	p := planOf(t, shop())
	var order []string
	for _, s := range p.Steps {
		order = append(order, s.BundleStep.Item)
	}
	if got := strings.Join(order, " "); got != "company seal small big" {
		t.Errorf("the order is %s", got)
	}
	if p.MinSteps != 1 || p.MaxSteps != 3 {
		t.Errorf("%d to %d steps", p.MinSteps, p.MaxSteps)
	}
	// A circle stays as written and ends.
	m := shop()
	m["data/bundles/open.toml"].Data = []byte("name = \"圈\"\n[[steps]]\nitem = \"seal\"\nafter = [\"company\"]\n[[steps]]\nitem = \"company\"\nafter = [\"seal\"]\n[[steps]]\nitem = \"nowhere\"")
	p = planOf(t, m)
	if len(p.Steps) != 3 || p.Steps[0].Item != nil || p.Steps[1].BundleStep.Item != "seal" || p.Steps[2].No != 3 {
		t.Errorf("a circle has %d steps, %s second", len(p.Steps), p.Steps[1].BundleStep.Item)
	}
}

// A paper is handed in once; what an earlier step issues is not handed in at all, as far as the earlier step is taken.
func TestBundlePapers(t *testing.T) {
	p := planOf(t, shop())
	use := map[string]BundleUse{}
	for _, paper := range p.Papers {
		for _, u := range paper.Uses {
			use[u.Step.BundleStep.Item+" "+paper.Material] = u
		}
	}
	for key, want := range map[string]struct {
		how   Handing
		from  string
		maybe bool
	}{
		"company id-card":    {HandIn, "", false},
		"seal id-card":       {HandedIn, "company", false}, // taken by the same people
		"seal licence-paper": {Issued, "company", false},
		"small lease":        {HandedIn, "company", true}, // not by who has a licence
		"small layout":       {HandIn, "", false},
		"big layout":         {HandIn, "", false}, // nobody takes both
		"big licence-paper":  {Issued, "company", true},
		// The window finds it, whatever the step before issues.
		"small licence-paper": {Found, "", false},
	} {
		u, ok := use[key]
		from := ""
		if u.From != nil {
			from = u.From.BundleStep.Item
		}
		if !ok || u.How != want.how || from != want.from || u.Maybe != want.maybe {
			t.Errorf("%s: how %d from %q maybe %v, want %v", key, u.How, from, u.Maybe, want)
		}
	}
	// No licence, a small shop: form, lease, card; licence, card; lease, layout are asked for. The licence is issued, card and
	// lease were handed in. A big shop: of layout and lease one is enough, and the lease was handed in.
	if p.Asked != 7 || p.Handed != 4 {
		t.Errorf("%d asked for, %d handed in; want 7 and 4", p.Asked, p.Handed)
	}
	for _, paper := range p.Papers {
		if paper.Material == "licence-paper" && (paper.ToHand() || paper.Name() != "营业执照") {
			t.Error("the licence is to be handed in")
		}
	}
}

// Lists hold what the standard says, and nothing that it does not state.
func TestLists(t *testing.T) {
	got := map[string]string{}
	for _, l := range siteOf(t, shop()).Lists() {
		var names []string
		for _, p := range l.Procedures {
			names = append(names, p.Item.ID)
		}
		got[l.ID] = strings.Join(names, " ")
	}
	for id, want := range map[string]string{"once": "company small", "online": "company", "not-needed": "big", "special": "", "automatic": ""} {
		if list, ok := got[id]; !ok || list != want {
			t.Errorf("%s: %q, want %q", id, list, want)
		}
	}
}

// Versions that wait for their day are compared with what holds until then, each with the one before.
func TestUpcoming(t *testing.T) {
	m := shop()
	small := string(m["data/items/small/01.toml"].Data)
	later := func(day, old, new string) {
		m["data/items/small/01@"+day+".toml"] = &fstest.MapFile{Data: []byte(strings.Replace(small, old, new, 1))}
	}
	later("2027-01-01", "visits = 1", "visits = 0")
	later("2027-03-01", "visits = 1", "visits = 2")
	entries := siteOf(t, m).Upcoming()
	if len(entries) != 2 {
		t.Fatalf("%d changes to come", len(entries))
	}
	for i, want := range []struct {
		day   record.Date
		words string
	}{{20270101, "不用跑现场了（原来 1 次）"}, {20270301, "要跑的次数 0→2 次"}} {
		e := entries[i]
		if e.Date != want.day || e.Subject.Item != "small" || len(e.Fields) != 1 || !strings.Contains(e.Title, want.words) {
			t.Errorf("%v %q, want %v %q", e.Date, e.Title, want.day, want.words)
		}
	}
	if siteOf(t, shop()).Upcoming() != nil {
		t.Error("something is to come where no version waits")
	}
}
