package reconcile

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/table"
)

const table1 = `序号,基本编码,事项名称,事项类型,设定依据,行使层级,主管部门
1,000131035000,移动式压力容器、气瓶充装许可,许可,《特种设备安全法》第四十九条,省级,市场监管总局
2,000123018000,饮用水供水单位卫生许可（含二次供水）,行政许可,《传染病防治法》第二十九条；《生活饮用水卫生监督管理办法》第四条,"省、市、县",国家疾控局
3,,食品经营许可,行政许可,《食品安全法》第三十六条；《食品经营许可和备案管理办法》,"市级,县级",市场监管总局
4,130131908000,食品销售经营审查,行政许可,,,市场监管总局
5,,出生登记(户口),公共服务,,,公安部
6,,餐饮服务许可证,行政许可,,,
7,,卖预包装食品,行政备案,,,
8,,最低生活保障审核确任,行政给付,《社会救助暂行办法》第十一条,"县级,乡级",民政部
9,,核武器出口,行政许可,《出口管制法》第十二条,国家级,国防科工局
10,524021000,义务兵优待金发放,行政给付,,县级,退役军人部
11,,生育登记,公共服务,,,卫生健康委
12,000131035000,移动式压力容器充装,行政许可,,,
13,,行政检查甲,行政检查,,,
`

func TestCompare(t *testing.T) {
	r := Compare(resolve(t, records(t)), upper(t, table1), "national")
	for name, want := range map[string]string{
		"移动式压力容器、气瓶充装许可": "编码相同 cylinder-filling",
		"饮用水供水单位卫生许可（含二次供水）": "编码相同 water-supply-health name:上级叫“饮用水供水单位卫生许可（含二次供水）”，本省叫“饮用水供水单位卫生许可” " +
			"basis:上级多《生活饮用水卫生监督管理办法》第四条 levels:上级多省级",
		"食品经营许可":     "名称和类型相同 food-business basis:《食品安全法》上级是第三十六条，本省是第三十五条",
		"生育登记":       "名称和类型相同 birth-register",
		"食品销售经营审查":   "", // a sample code proves nothing
		"出生登记(户口)":   "", // another type
		"餐饮服务许可证":    "", // an alias
		"卖预包装食品":     "", // a synonym
		"最低生活保障审核确任": "", // a typing mistake
		"核武器出口":      "",
		"义务兵优待金发放":   "",
		"移动式压力容器充装":  "", // the code of the first row again
	} {
		if got := match(t, r, name).say(); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"食品销售经营审查":   "food-business 编码相同，不过本省的是样例编码",
		"出生登记(户口)":   "birth-hukou 名称一字不差",
		"餐饮服务许可证":    "food-business 是“食品经营许可”的别名",
		"卖预包装食品":     "food-prepack 同义词“卖预包装食品”",
		"最低生活保障审核确任": "dibao 读音完全相同，可能有错别字",
		"义务兵优待金发放":   "conscript-family 编码前面补上 0 就相同",
		"移动式压力容器充装":  "cylinder-filling 不过它已经和第 2 行“移动式压力容器、气瓶充装许可”对上了",
	} {
		m := match(t, r, name)
		item, reason, _ := strings.Cut(want, " ")
		if len(m.Candidates) == 0 || m.Candidates[0].Item.ID != item || !strings.Contains(m.Candidates[0].Say(), reason) {
			t.Errorf("%s: candidates %v, want %s", name, candidateWords(m), want)
		}
	}
	if m := match(t, r, "核武器出口"); len(m.Candidates) != 0 || m.Hint != "只由国家级行使，本省不用承接" {
		t.Errorf("核武器出口: %v, hint %q", candidateWords(m), m.Hint)
	}
	if m := match(t, r, "行政检查甲"); !strings.Contains(m.Hint, "不是依申请办理的") {
		t.Errorf("a type that does not belong here: hint %q", m.Hint)
	}
	var own []string
	for _, o := range r.Own {
		own = append(own, o.Item.ID)
	}
	if want := []string{"birth-hukou", "conscript-family", "dibao", "elder-card", "food-prepack"}; !slices.Equal(own, want) {
		t.Errorf("ours only %q, want %q", own, want)
	}
	if len(r.Problems) != 1 || r.Problems[0].Rule != "row-twice" {
		t.Errorf("problems %+v", r.Problems)
	}
}

func candidateWords(m *Match) (out []string) {
	for _, c := range m.Candidates {
		out = append(out, c.Item.ID+" "+c.Say())
	}
	return out
}

// TestCodeAndNameDisagree holds that a row whose code is one item and whose name another is neither by itself.
func TestCodeAndNameDisagree(t *testing.T) {
	r := Compare(resolve(t, records(t)), upper(t, "编码,名称,类型\n000131035000,饮用水供水单位卫生许可,行政许可\n"), "national")
	m := r.Matches[0]
	if m.How != "" || len(m.Candidates) == 0 || m.Candidates[0].Item.ID != "water-supply-health" {
		t.Errorf("matched %q, proposed %v", m.say(), candidateWords(m))
	}
}

// TestSameNameTwice holds that a name which the table or our library has twice decides nothing.
func TestSameNameTwice(t *testing.T) {
	r := Compare(resolve(t, records(t)), upper(t, "编码,名称,类型\n,生育登记,公共服务\n,生育登记,公共服务\n"), "national")
	if a, b := r.Matches[0].say(), r.Matches[1].say(); a+b != "" {
		t.Errorf("matched %q and %q", a, b)
	}
}

const decisions = `# 核对决定
name = "国家政务服务事项基本目录"

[[decisions]]
name = "低保审批"
type = "行政给付"
basis = "《社会救助暂行办法》第十一条"
levels = ["县级"]
verdict = "对应"
items = ["dibao"] # 民政处定的
reason = "本省还叫老名字"

[[decisions]]
code = "000000000001"
name = "核武器出口"
type = "行政许可"
verdict = "无对应"
reason = "由国家部委直接办理"

[[decisions]]
name = "老年人优待证补办"
type = "公共服务"
verdict = "合并"
items = ["elder-card"]

[[decisions]]
name = "去年有今年没有的"
verdict = "无对应"
reason = "示例"

[[own]]
item = "food-prepack"
reason = "本省先行"
`

// TestDecisions holds that what was decided is not asked again unless the table says something else than on that day.
func TestDecisions(t *testing.T) {
	files := records(t)
	files["data/mappings/national.toml"] = &fstest.MapFile{Data: []byte(decisions)}
	const head = "编码,名称,类型,依据,层级\n"
	c := resolve(t, files)
	r := Compare(c, upper(t, head+",低保审批,给付,社会救助暂行办法第十一条,县\n000000000001,核武器出口,许可,,国家级\n,老年人优待证补办,公共服务,,\n,老年人优待证办理,公共服务,,\n"), "national")
	m := match(t, r, "低保审批")
	if m.How != ByDecision || m.Open() || !m.differs() || len(m.Moved) != 0 {
		t.Errorf("低保审批: %q, open %t, moved %q", m.say(), m.Open(), m.Moved)
	}
	if m := match(t, r, "核武器出口"); m.How != "" || m.Open() || len(m.Candidates) != 0 {
		t.Errorf("核武器出口 is asked again: %v", candidateWords(m))
	}
	if m := match(t, r, "老年人优待证办理"); m.How != "" { // taken by a decision; it may be one more part of it
		t.Errorf("老年人优待证办理 is matched though a decision has its item: %q", m.say())
	}
	if len(r.Stale) != 1 || r.Stale[0].Name != "去年有今年没有的" {
		t.Errorf("stale %v", r.Stale)
	}
	for _, o := range r.Own {
		if o.Item.ID == "food-prepack" && o.Reason != "本省先行" {
			t.Errorf("food-prepack: %q", o.Reason)
		}
	}
	// Another edition: a renamed row, a moved basis, a new code, an item that we have meanwhile.
	files["data/items/arms-export/item.toml"] = &fstest.MapFile{Data: []byte(item("核武器出口", "130109901000", "sample", "行政许可", "公安", `"省级"`, ``))}
	c = resolve(t, files)
	r = Compare(c, upper(t, head+"000511001000,低保审批,给付,社会救助暂行办法第十二条,\"县、乡\"\n000000000001,核武器出口,许可,,国家级\n"), "national")
	m = match(t, r, "低保审批")
	want := []string{"上级给了编码 000511001000", "上级的依据变了：原来有《社会救助暂行办法》第十一条，现在有《社会救助暂行办法》第十二条", "上级把层级从“县级”改成了“县级、乡级”"}
	if !m.Open() || !slices.Equal(m.Moved, want) {
		t.Errorf("moved %q, want %q", m.Moved, want)
	}
	if m := match(t, r, "核武器出口"); !m.Open() || len(m.Moved) != 1 || !strings.Contains(m.Moved[0], "arms-export") {
		t.Errorf("an item that we have now: open %t, %q", m.Open(), m.Moved)
	}
	r = Compare(c, upper(t, head+"000000000001,核武器及其技术出口,许可,,国家级\n"), "national")
	if m := r.Matches[0]; len(m.Moved) == 0 || m.Moved[0] != "上级把名称从“核武器出口”改成了“核武器及其技术出口”" {
		t.Errorf("a renamed row: %q", m.Moved)
	}
	if r := Compare(c, upper(t, head+",低保审批,给付,,\n"), "another"); r.Matches[0].Decision != nil {
		t.Error("a decision about another catalogue is taken")
	}
}

// TestEveryRowOnce holds that every row stands in exactly one annex, and every item in force in one at least.
func TestEveryRowOnce(t *testing.T) {
	c := resolve(t, records(t))
	r := Compare(c, upper(t, table1), "national")
	rows, items := map[string]int{}, map[string]int{}
	for _, a := range r.Annexes() {
		for i := range a.Rows {
			row := &a.Rows[i]
			if len(row.Cells) != len(a.Columns) {
				t.Fatalf("annex %d, row %d has %d cells for %d columns", a.Number, i, len(row.Cells), len(a.Columns))
			}
			if row.match != nil {
				rows[row.match.Row.Place()]++
			}
			for _, id := range strings.Fields(a.cell(row, columnOurItem)) {
				items[id]++
			}
		}
	}
	for _, m := range r.Matches {
		if rows[m.Row.Place()] != 1 {
			t.Errorf("%s stands %d times", m.Row.Name, rows[m.Row.Place()])
		}
	}
	for _, i := range c.Items {
		if i.Current() && items[i.ID] != 1 {
			t.Errorf("%s stands %d times", i.ID, items[i.ID])
		}
	}
}

// TestOutputsAreTheSame holds that two runs write the same bytes, and that texts from outside stay texts.
func TestOutputsAreTheSame(t *testing.T) {
	evil := table1 + "14,,=HYPERLINK(1)<script>,行政许可,\"<img src=x onerror=alert(1)>\",,\n"
	outputs := func() (out [5]string) {
		r := Compare(resolve(t, records(t)), upper(t, evil), "national")
		var b [5]bytes.Buffer
		for i, err := range []error{r.WriteJSON(&b[0], "zh"), r.WritePaper(&b[1], asOf), r.WriteWorkbook(&b[2], asOf)} {
			if err != nil {
				t.Fatal(i, err)
			}
		}
		annexes := r.Annexes()
		for i := range annexes {
			if err := annexes[i].WriteCSV(&b[3]); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range append(r.Summary()[:1:1], r.Summary()...) {
			fmt.Fprintln(&b[4], s.ZH, s.EN)
		}
		for i := range b {
			out[i] = b[i].String()
		}
		return out
	}
	a := outputs()
	for range 4 { // excelize's own order of sheets differs about once in six times
		b := outputs()
		for i := range a {
			if a[i] != b[i] {
				t.Errorf("output %d differs between two runs", i)
			}
		}
	}
	if strings.Contains(a[1], "<script>") || strings.Contains(a[1], "<img") {
		t.Error("markup of the table is markup of the page")
	}
	if !strings.Contains(a[3], ",'=HYPERLINK(1)") || strings.Contains(a[3], ",=HYPERLINK") {
		t.Error("a formula stands in the CSV")
	}
	for _, word := range []string{"style=", "<script", " onload"} {
		if strings.Contains(a[1], word) {
			t.Errorf("the page has %s", word)
		}
	}
}

func TestLawAndNumbers(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 35: "三十五", 100: "一百", 102: "一百零二", 110: "一百一十", 115: "一百一十五", 1000: "一千", 1046: "一千零四十六", 1105: "一千一百零五", 1010: "一千零一十", 1005: "一千零五"} {
		if got := numeral(n); got != want {
			t.Errorf("numeral(%d) = %s, want %s", n, got, want)
		}
	}
}

// BenchmarkCompare is the size of the national catalogue against that of Hebei: 3,000 rows, 1,638 items, none with a code.
func BenchmarkCompare(b *testing.B) {
	files := records(b)
	things := []string{"食品", "药品", "农药", "种子", "道路运输", "水路运输", "建设工程", "特种设备", "出版物", "互联网", "危险化学品", "烟花爆竹", "医疗机构", "公共场所", "林木", "草原", "水利工程", "排污", "矿产", "土地"}
	acts := []string{"生产许可", "经营许可", "设立审批", "登记备案", "资格认定", "质量检验", "安全审查", "竣工验收", "变更登记", "注销登记"}
	name := func(i int) string {
		return things[i%20] + things[(i/20)%20] + acts[(i/7)%10] + strings.Repeat("（分类）", i/4000)
	}
	for i := range 1638 {
		code := fmt.Sprintf("1301%02d%03d000", 10+i%80, 900+i%100)
		files[fmt.Sprintf("data/items/item-%d/item.toml", i)] = &fstest.MapFile{Data: []byte(item(name(i), code, "sample", "行政许可", "市场监管", `"县级"`, `{ law = "food-safety-law", article = "第三十五条" }`))}
	}
	c := resolve(b, files)
	rows := [][]string{{"名称", "类型", "依据", "层级", "部门"}}
	for i := range 3000 {
		rows = append(rows, []string{name(i) + []string{"", "（新）", "核发"}[i%3], "行政许可", "《食品安全法》第三十五条；《行政许可法》第十二条", "省、市、县", "市场监管总局"})
	}
	b.ResetTimer()
	for b.Loop() {
		u, err := Read("a.csv", []table.Grid{{Cells: rows}}, nil)
		if err != nil {
			b.Fatal(err)
		}
		r := Compare(c, u, "national")
		if len(r.Matches) != 3000 {
			b.Fatal(len(r.Matches))
		}
	}
}
