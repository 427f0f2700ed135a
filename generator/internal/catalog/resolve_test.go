package catalog

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/record"
)

// base is a province with a city, two counties, a township and two items: enough for every situation of inheritance.
var base = map[string]string{
	"items/food-business/item.toml": `name = "食品经营许可"
code = "130131908000"
type = "行政许可"
department = "市场监管"
levels = ["市级", "县级"]
status = "在用"
basis = [{ law = "food-safety", article = "第三十五条" }]
`,
	"items/food-business/01.toml": `name = "新办"
status = "在用"
effective_from = 2020-01-01
promise = [{ value = 10, unit = "工作日" }]
channels = ["窗口办理"]
conditions = [{ id = "place", text = "有固定场所。" }]
online = { url = "https://example.gov.cn/a", depth = "受理" }
[[materials]]
material = "business-license"
necessity = "必要"
[[materials]]
material = "layout"
necessity = "必要"
[[steps]]
id = "accept"
name = "受理"
limit = { value = 1, unit = "工作日" }
[[steps]]
id = "notice"
name = "公示"
required = true
limit = { value = 5, unit = "工作日" }
[[faq]]
id = "first"
q = "没装修好能申请吗？"
a = "不能。"
`,
	"items/food-business/02.toml": "name = \"变更\"\nstatus = \"在用\"\neffective_from = 2020-01-01\npromise = [{ value = 5, unit = \"工作日\" }]\n",
	"items/food-business/03.toml": "name = \"以后才有\"\nstatus = \"在用\"\neffective_from = 2030-01-01\n",
	"items/dibao/item.toml": `name = "最低生活保障审核确认"
type = "行政给付"
department = "民政"
levels = ["县级"]
status = "在用"
`,
	"items/dibao/01.toml": `name = "审核确认"
status = "在用"
effective_from = 2020-01-01
authority = [{ accept = ["乡级"], decide = "县级" }]
benefit = { what = "低保金", cycle = "月" }
`,
	"items/draft/item.toml":              "name = \"小摊点备案\"\ntype = \"行政备案\"\ndepartment = \"市场监管\"\nlevels = [\"县级\"]\nstatus = \"征求意见\"\n",
	"items/draft/01.toml":                "name = \"备案\"\nstatus = \"征求意见\"\neffective_from = 2020-01-01\n",
	"materials/business-license.toml":    "name = \"营业执照\"\n",
	"materials/layout.toml":              "name = \"设备布局图\"\n",
	"laws/food-safety.toml":              "name = \"中华人民共和国食品安全法\"\n",
	"lists/county-transfer.toml":         "name = \"划转事项\"\nitems = [\"food-business\"]\n",
	"divisions/130000/division.toml":     "id = \"130000\"\nname = \"河北省\"\nlevel = \"省级\"\nkind = \"省\"\n",
	"divisions/139900/division.toml":     "id = \"139900\"\nname = \"示例市\"\nlevel = \"市级\"\nkind = \"地级市\"\nparent = \"130000\"\n",
	"divisions/139921/division.toml":     "id = \"139921\"\nname = \"示例县\"\nlevel = \"县级\"\nkind = \"县\"\nparent = \"139900\"\n",
	"divisions/139922/division.toml":     "id = \"139922\"\nname = \"示例二县\"\nlevel = \"县级\"\nkind = \"县\"\nparent = \"139900\"\n",
	"divisions/139921/101/division.toml": "id = \"139921101\"\nname = \"示例镇\"\nlevel = \"乡级\"\nkind = \"镇\"\nparent = \"139921\"\n",
	"divisions/139971/division.toml":     "id = \"139971\"\nname = \"示例开发区\"\nlevel = \"县级\"\nkind = \"统计用区\"\nparent = \"139900\"\n",
	"divisions/defaults/city.toml":       "level = \"市级\"\n[[orgs]]\nid = \"scjg\"\nname = \"{name}市场监督管理局\"\nname_status = \"by_rule\"\nhandles = { departments = [\"市场监管\"] }\n[[halls]]\nid = \"hall\"\nname = \"{name}政务服务中心\"\n",
	"divisions/defaults/county.toml":     "level = \"县级\"\n[[orgs]]\nid = \"scjg\"\nname = \"{name}市场监督管理局\"\nname_status = \"by_rule\"\nhandles = { departments = [\"市场监管\"] }\n[[orgs]]\nid = \"mz\"\nname = \"{name}民政局\"\nhandles = { departments = [\"民政\"] }\n[[halls]]\nid = \"hall\"\nname = \"{name}政务服务中心\"\n",
	"divisions/defaults/township.toml":   "level = \"乡级\"\n[[orgs]]\nid = \"gov\"\nname = \"{name}人民政府\"\nhandles = { departments = [\"民政\"] }\n[[halls]]\nid = \"hall\"\nname = \"{name}便民服务中心\"\n",
}

// resolve makes a catalog of the base with more files; a path that already exists is replaced, "+" in front of the text appends.
func resolve(t *testing.T, more map[string]string) *Catalog {
	t.Helper()
	files := fstest.MapFS{}
	for p, text := range base {
		files["data/"+p] = &fstest.MapFile{Data: []byte(text)}
	}
	for p, text := range more {
		if rest, ok := strings.CutPrefix(text, "+"); ok {
			text = base[p] + rest
		}
		files["data/"+p] = &fstest.MapFile{Data: []byte(text)}
	}
	s, err := Load(files, 20261121)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Problems {
		t.Fatalf("%s: %s", p.Position, p.Message.ZH)
	}
	return Resolve(s, Options{})
}

func (c *Catalog) find(t *testing.T, division, item, procedure string) *Guide {
	t.Helper()
	for _, g := range c.Division(division).Guides {
		if g.Item.ID == item && g.Procedure.No == procedure {
			return g
		}
	}
	t.Fatalf("no guide of %s.%s in %s", item, procedure, division)
	return nil
}

func TestGuidesExistWhereSomebodyHandlesThem(t *testing.T) {
	c := resolve(t, nil)
	var got []string
	for _, g := range c.Guides {
		got = append(got, g.Division.ID+" "+g.Item.ID+"."+g.Procedure.No)
	}
	want := []string{
		"139900 food-business.01", "139900 food-business.02",
		"139921 dibao.01", "139921 food-business.01", "139921 food-business.02",
		"139921101 dibao.01",
		"139922 dibao.01", "139922 food-business.01", "139922 food-business.02",
	}
	if !slices.Equal(got, want) {
		t.Errorf("guides\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestDraftsAppearOnlyInTheDraftSite(t *testing.T) {
	c := resolve(t, nil)
	if n := len(c.Item("draft").Guides); n != 0 {
		t.Errorf("an item in consultation has %d guides", n)
	}
	if n := len(Resolve(c.Source, Options{Draft: true}).Item("draft").Guides); n != 2 {
		t.Errorf("in the draft site it has %d guides, want one in each county", n)
	}
}

func TestSectionsNobodyOverridesAreTheStandards(t *testing.T) {
	c := resolve(t, map[string]string{"divisions/139921/food-business.toml": "[procedure.01]\npromise = [{ value = 5, unit = \"工作日\" }]\n"})
	g, other := c.find(t, "139921", "food-business", "01"), c.find(t, "139922", "food-business", "01")
	if other.Sections != g.Procedure.Sections {
		t.Error("a county without a record must share every section with the standard")
	}
	if g.Timing == g.Procedure.Timing || g.Timing.Promise[0].Value != 5 || len(g.Timing.LegalLimit) != len(g.Procedure.Timing.LegalLimit) {
		t.Error("a local promise replaces the promise and nothing else of its section")
	}
	if g.Scope != g.Procedure.Scope || g.Papers != g.Procedure.Papers || g.Questions != g.Procedure.Questions {
		t.Error("the other sections must stay the standard's own pointers")
	}
	if !g.Process.HideLimits || g.Process == other.Process {
		t.Error("a shorter promise hides the inherited limits of steps")
	}
	o, ok := g.Origin("promise")
	if !ok || o.File.Position(o.Path...).String() != "data/divisions/139921/food-business.toml:2:1" {
		t.Errorf("the promise comes from %v", o.File.Position(o.Path...))
	}
	if second := c.find(t, "139921", "food-business", "02"); second.Sections != second.Procedure.Sections {
		t.Error("[procedure.01] must not touch 02")
	}
}

func TestCityHandsDown(t *testing.T) {
	record := "promise = [{ value = 7, unit = \"工作日\" }]\nphones = [{ kind = \"咨询\", number = \"12345\" }]\nonline = { url = \"https://example.gov.cn/city\", depth = \"办理\" }\n"
	c := resolve(t, map[string]string{"divisions/139900/food-business.toml": record})
	city, county := c.find(t, "139900", "food-business", "01"), c.find(t, "139921", "food-business", "01")
	if county.Timing.Promise[0].Value != 7 {
		t.Error("a class T key of the city reaches its counties")
	}
	if county.Access.Online.Depth != "办理" || county.Access.Online.URL != "https://example.gov.cn/a" {
		t.Errorf("depth hands down, the address of the city's own entry does not: %+v", county.Access.Online)
	}
	if city.Local.Phones == nil || county.Local.Phones != nil {
		t.Error("phones are the city's own")
	}
	if county.Timing != c.find(t, "139922", "food-business", "01").Timing {
		t.Error("what a city hands down is one value for all its counties")
	}
	own := resolve(t, map[string]string{"divisions/139900/food-business.toml": "reach = \"本级\"\n" + record})
	if own.find(t, "139921", "food-business", "01").Timing.Promise[0].Value != 10 || own.find(t, "139900", "food-business", "01").Timing.Promise[0].Value != 7 {
		t.Error("with reach = 本级 a city speaks for itself only")
	}
}

func TestMembersAreOverriddenAndDropped(t *testing.T) {
	c := resolve(t, map[string]string{"divisions/139921/food-business.toml": `[[faq]]
id = "local"
q = "周六能办吗？"
a = "能。"
[procedure.01.material.layout]
necessity = "容缺后补"
[procedure.01.material.business-license]
drop = { reason = "数据共享", note = "窗口自己查" }
[procedure.01.step.accept]
limit = { value = 0 }
`})
	g := c.find(t, "139921", "food-business", "01")
	layout, license := g.Papers.Lines[1], g.Papers.Lines[0]
	if layout.Necessity != "容缺后补" || g.Procedure.Papers.Lines[1].Necessity != "必要" {
		t.Error("an override changes the place's line and not the standard's")
	}
	if license.Drop == nil || !license.Waived() || license.Name() != "营业执照" {
		t.Error("a dropped material stays in the list with its reason")
	}
	if g.Process.Steps[0].Limit.Value != 0 || g.Process.Steps[1].Step != g.Procedure.Process.Steps[1].Step {
		t.Error("one step is overridden, the other shared")
	}
	if n := len(g.Questions.FAQ); n != 2 || g.Questions.FAQ[0].ID != "first" {
		t.Errorf("a place adds questions to the standard's, got %d", n)
	}
	if o, _ := g.Origin("materials.business-license.drop"); o.File == nil || o.File.Position(o.Path...).Line != 8 {
		t.Errorf("the drop's position is %v", o.File.Position(o.Path...))
	}
}

func TestListBeatsDepartment(t *testing.T) {
	c := resolve(t, map[string]string{"divisions/139921/division.toml": "+[[orgs]]\nid = \"xzspj\"\nname = \"示例县行政审批局\"\nhandles = { lists = [\"county-transfer\"] }\n[[orgs]]\nid = \"scjg\"\nname = \"示例县市场监管局\"\n"})
	g := c.find(t, "139921", "food-business", "01")
	if g.Org.ID != "xzspj" || g.Supervising == nil || g.Supervising.ID != "scjg" {
		t.Errorf("handled by %s, supervised by %v", g.Org.ID, g.Supervising)
	}
	if g.Supervising.Name != "示例县市场监管局" || g.Supervising.NameStatus != "" {
		t.Error("an own org with a default's id states only differences, and a stated name is no name by rule")
	}
	if o := c.find(t, "139922", "food-business", "01").Org; o.Name != "示例二县市场监督管理局" || o.NameStatus != record.NameByRule {
		t.Errorf("elsewhere the default holds, got %s (%s)", o.Name, o.NameStatus)
	}
	both := resolve(t, map[string]string{"divisions/139921/division.toml": "+[[orgs]]\nid = \"other\"\nname = \"示例县食品局\"\nhandles = { departments = [\"市场监管\"] }\n"})
	if _, _, tie := both.Division("139921").Handler(both.Item("food-business")); tie == nil {
		t.Error("two orgs of equal rank are a tie that rules report")
	}
}

func TestTownshipAcceptsCountyDecides(t *testing.T) {
	c := resolve(t, map[string]string{"divisions/139921/dibao.toml": "benefit = { amount = { value = \"700\", unit = \"元/人·月\", from = 2026-01-01 } }\nphones = [{ kind = \"咨询\", number = \"12345\" }]\n"})
	g := c.find(t, "139921101", "dibao", "01")
	h := g.Handling[0]
	if !h.AcceptHere || h.DecideHere || h.Decider.Name != "示例县民政局" || g.Org.Name != "示例镇人民政府" {
		t.Errorf("handling of the township: %+v by %s", h, g.Org.Name)
	}
	if g.Outcome.Benefit.Amount == nil || g.Outcome.Benefit.What != "低保金" || g.Local.Phones != nil {
		t.Error("the county's amount reaches the township beside the standard's kind; its phones do not")
	}
	if h := c.find(t, "139921", "dibao", "01").Handling[0]; h.AcceptHere || !h.DecideHere {
		t.Errorf("the county decides what townships accept: %+v", h)
	}
	entrusted := resolve(t, map[string]string{"divisions/139921/dibao.toml": "entrusted = { to = \"乡级\", document = \"sample-doc\" }\n"})
	if g := entrusted.find(t, "139921101", "dibao", "01"); !g.Handling[0].DecideHere || g.Handling[0].Decider != g.Org {
		t.Error("a county that entrusts its townships lets them decide")
	}
}

func TestLevelByCase(t *testing.T) {
	c := resolve(t, map[string]string{"items/food-business/01.toml": `name = "认定"
status = "在用"
effective_from = 2020-01-01
cases = [{ id = "stage", question = "您要教哪一段？", options = [{ id = "primary", label = "小学" }, { id = "senior", label = "高中" }, { id = "college", label = "高校" }] }]
authority = [{ when = { stage = ["primary"] }, accept = ["县级"], decide = "县级" }, { when = { stage = ["senior"] }, accept = ["县级"], decide = "市级" }, { when = { stage = ["college"] }, decide = "省级" }]
`})
	h := c.find(t, "139921", "food-business", "01").Handling
	if !h[0].DecideHere || h[0].Decider.Division.ID != "139921" {
		t.Error("primary is decided in the county")
	}
	if h[1].DecideHere || !h[1].AcceptHere || h[1].Decider.Division.ID != "139900" {
		t.Error("senior is accepted in the county and decided by its city")
	}
	if h[2].AcceptHere || h[2].DecideHere || h[2].Level != "省级" {
		t.Error("college is the province's")
	}
}

func TestSuperiors(t *testing.T) {
	c := resolve(t, map[string]string{
		"divisions/xiongan/division.toml": "id = \"xiongan\"\nname = \"河北雄安新区\"\nlevel = \"市级\"\nkind = \"功能区\"\nexercises = [\"市级\"]\nreports_to = \"130000\"\nmembers = [\"139922\"]\n",
		"divisions/130682/division.toml":  "id = \"130682\"\nname = \"定州市\"\nlevel = \"县级\"\nkind = \"县级市\"\nparent = \"139900\"\nreports_to = \"130000\"\nexercises = [\"市级\", \"县级\"]\n",
	})
	if s := c.Division("139922").Superior; s.ID != "xiongan" {
		t.Errorf("a member answers to its area, got %s", s.ID)
	}
	if d := c.Division("130682"); d.Superior.ID != "130000" || d.Parent.ID != "139900" || d.Ancestor("市级") != d {
		t.Error("定州 answers to the province and is its own city")
	}
	if level := c.find(t, "130682", "food-business", "01").Level; level != "市级" {
		t.Errorf("a place that exercises two levels has one guide, at the upper: got %s", level)
	}
}

// A cycle of superiors is a mistake that rules report; it must neither hang nor lose a place.
func TestSuperiorsInACircle(t *testing.T) {
	c := resolve(t, map[string]string{
		"divisions/139900/division.toml": strings.Replace(base["divisions/139900/division.toml"], "130000", "139921", 1),
		"divisions/130000/division.toml": base["divisions/130000/division.toml"] + "reports_to = \"130000\"\n",
	})
	if len(c.Divisions) != 6 {
		t.Errorf("%d places, want all six", len(c.Divisions))
	}
}

// A place withdraws what the standard offers by enabled = false.
func TestSwitchedOff(t *testing.T) {
	c := resolve(t, map[string]string{
		"items/food-business/02.toml":         "+tolerance = { enabled = true, limit = { value = 10, unit = \"工作日\" } }\n",
		"divisions/139921/food-business.toml": "tolerance = { enabled = false }\n",
	})
	if tolerance := c.find(t, "139921", "food-business", "02").Facilitation.Tolerance; tolerance.On() || tolerance.Limit == nil {
		t.Errorf("withdrawn, yet %+v", tolerance)
	}
}

func TestReferralsAndRefusals(t *testing.T) {
	c := resolve(t, map[string]string{
		"divisions/139921/division.toml": "+refers = [{ items = [\"food-business\"], to = \"139900\", note = \"由市里办\" }]\n",
		"divisions/139922/division.toml": "+not_adopted = [{ item = \"food-business\", reason = \"没有\" }]\n",
	})
	r := c.Division("139921").Referral("food-business")
	if r == nil || r.To.ID != "139900" || r.Note != "由市里办" {
		t.Fatalf("referral: %+v", r)
	}
	for _, g := range c.Item("food-business").Guides {
		if g.Division.ID != "139900" {
			t.Errorf("%s has a guide though it refers or does not adopt", g.Division.Name)
		}
	}
}

func TestAgentsAndPlaces(t *testing.T) {
	c := resolve(t, map[string]string{
		"divisions/139921/101/division.toml": "+[[halls]]\nid = \"v-liujia\"\nname = \"刘家村便民服务站\"\nkind = \"便民服务站\"\nserves = [\"刘家村\"]\ndoes = { agent = [\"dibao\"] }\n",
		"divisions/139921/division.toml":     "+[[halls]]\nid = \"hall\"\n[[halls.windows]]\nnumber = \"3\"\nname = \"市场准入\"\ndepartments = [\"市场监管\"]\n",
	})
	if g := c.find(t, "139921", "dibao", "01"); len(g.Agents) != 1 || g.Agents[0].Name != "刘家村便民服务站" {
		t.Errorf("the county's guide knows the agents below it: %v", g.Agents)
	}
	if g := c.find(t, "139922", "dibao", "01"); len(g.Agents) != 0 {
		t.Error("and no others")
	}
	p := c.find(t, "139921", "food-business", "01").Places
	if len(p) != 1 || p[0].Hall.Name != "示例县政务服务中心" || p[0].Window == nil || p[0].Window.Number != "3" {
		t.Errorf("the window of the department is found: %+v", p)
	}
}

func TestFutureVersions(t *testing.T) {
	next := strings.Replace(base["items/food-business/01.toml"], "value = 10", "value = 6", 1)
	c := resolve(t, map[string]string{"items/food-business/01@2027-01-01.toml": next})
	p := c.Item("food-business").Procedures[0]
	if p.Timing.Promise[0].Value != 10 || len(p.Future) != 1 || p.Future[0].From != 20270101 {
		t.Errorf("before the day the old version holds and the new one is announced: %+v", p.Future)
	}
	s, err := Load(mapFS(map[string]string{"items/food-business/01@2027-01-01.toml": next}), 20270101)
	if err != nil {
		t.Fatal(err)
	}
	if p := Resolve(s, Options{}).Item("food-business").Procedures[0]; p.Timing.Promise[0].Value != 6 {
		t.Error("from the day on the new version holds")
	}
}

func mapFS(more map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	for p, text := range base {
		files["data/"+p] = &fstest.MapFile{Data: []byte(text)}
	}
	for p, text := range more {
		files["data/"+p] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func TestCatalogueKeyInACounty(t *testing.T) {
	s, err := Load(mapFS(map[string]string{"divisions/139921/food-business.toml": "promise = [{ value = 5, unit = \"工作日\" }]\nname = \"食品许可\"\n"}), 20261121)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Problems) != 1 || s.Problems[0].Rule != "catalogue-locked" || s.Problems[0].Position.String() != "data/divisions/139921/food-business.toml:2:1" {
		t.Errorf("got %+v", s.Problems)
	}
}
