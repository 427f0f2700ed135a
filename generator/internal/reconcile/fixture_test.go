package reconcile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

const asOf record.Date = 20261122

// item writes a record of the catalogue. The codes with the status official are national ones that are published.
func item(name, code, status, typ, department, levels, basis string, more ...string) string {
	return fmt.Sprintf(`name = %q
code = %q
code_status = %q
type = %q
department = %q
levels = [%s]
sharing = "分别实施"
origin = "国家"
basis = [%s]
status = "在用"
effective_from = 2020-01-01
%s
`, name, code, status, typ, department, levels, basis, strings.Join(more, "\n"))
}

// records are a small library of real items.
func records(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	add := func(path, text string) { files["data/"+path] = &fstest.MapFile{Data: []byte(text)} }
	for _, name := range []string{"item-types", "departments", "levels", "mapping-verdicts"} {
		data, err := os.ReadFile("../../../data/vocab/" + name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		add("vocab/"+name+".toml", string(data))
	}
	law := func(id, name, short string) {
		add("laws/"+id+".toml", fmt.Sprintf("name = %q\nshort_name = %q\nkind = \"法律\"\n", name, short))
	}
	law("special-equipment-law", "中华人民共和国特种设备安全法", "特种设备安全法")
	law("food-safety-law", "中华人民共和国食品安全法", "食品安全法")
	law("food-business-measures", "食品经营许可和备案管理办法", "")
	law("infectious-disease-law", "中华人民共和国传染病防治法", "传染病防治法")
	law("military-pension-regulation", "军人抚恤优待条例", "")
	law("social-assistance-measures", "社会救助暂行办法", "")
	law("hukou-regulation", "中华人民共和国户口登记条例", "")
	add("items/cylinder-filling/item.toml", item("移动式压力容器、气瓶充装许可", "000131035000", "official", "行政许可", "市场监管", `"省级"`, `{ law = "special-equipment-law", article = "第四十九条" }`))
	add("items/water-supply-health/item.toml", item("饮用水供水单位卫生许可", "000123018000", "official", "行政许可", "卫生健康", `"市级", "县级"`, `{ law = "infectious-disease-law", article = "第二十九条" }`))
	add("items/conscript-family/item.toml", item("义务兵家庭优待金给付", "000524021000", "official", "行政给付", "退役军人", `"县级"`, `{ law = "military-pension-regulation", article = "第四十二条" }`, `former_codes = ["JF0010100Y"]`))
	add("items/food-business/item.toml", item("食品经营许可", "130131908000", "sample", "行政许可", "市场监管", `"市级", "县级"`,
		`{ law = "food-safety-law", article = "第三十五条" }, { law = "food-business-measures" }`, `aliases = ["餐饮服务许可证", "食品流通许可"]`))
	add("items/food-prepack/item.toml", item("仅销售预包装食品备案", "131031909000", "sample", "行政备案", "市场监管", `"县级"`, `{ law = "food-safety-law", article = "第三十五条" }`))
	add("items/dibao/item.toml", item("最低生活保障审核确认", "130511901000", "sample", "行政给付", "民政", `"县级", "乡级"`, `{ law = "social-assistance-measures", article = "第十一条" }`))
	add("items/birth-hukou/item.toml", item("出生登记（户口）", "130709902000", "sample", "行政确认", "公安", `"县级", "乡级"`, `{ law = "hukou-regulation", article = "第七条" }`))
	add("items/birth-register/item.toml", item("生育登记", "132023903000", "sample", "公共服务", "卫生健康", `"乡级"`, ``))
	add("items/elder-card/item.toml", item("老年人优待证办理", "132011904000", "sample", "公共服务", "民政", `"县级"`, ``))
	add("items/food-circulation/item.toml", strings.Replace(item("食品流通许可", "130131907000", "sample", "行政许可", "市场监管", `"县级"`, ``), `"在用"`, `"合并"`, 1))
	add("synonyms.toml", "[[synonyms]]\nwords = [\"卖预包装食品\"]\ntargets = [\"food-prepack\"]\n")
	return files
}

// resolve loads records and fails for any that cannot be read.
func resolve(t testing.TB, files fstest.MapFS) *catalog.Catalog {
	t.Helper()
	source, err := catalog.Load(files, asOf)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range source.Problems {
		t.Fatalf("%s: %s", p.Position, p.Message.EN)
	}
	return catalog.Resolve(source, catalog.Options{})
}

// upper reads a table written as CSV.
func upper(t testing.TB, text string) *Upper {
	t.Helper()
	file := filepath.Join(t.TempDir(), "国家目录.csv")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	grids, err := table.ReadGrids(file, MaxRows)
	if err != nil {
		t.Fatal(err)
	}
	u, err := Read("国家目录.csv", grids, nil)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// match returns the row of a report with the name.
func match(t testing.TB, r *Report, name string) *Match {
	t.Helper()
	for _, m := range r.Matches {
		if m.Row.Name == name {
			return m
		}
	}
	t.Fatalf("no row %q", name)
	return nil
}

// say writes how a row was matched, for comparing: "编码相同 food-business".
func (m *Match) say() string {
	words := []string{string(m.How)}
	for _, o := range m.Items {
		words = append(words, o.ID)
	}
	for _, d := range m.Differences {
		if d.State == Differs {
			words = append(words, string(d.Field)+":"+d.Words)
		}
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// sheetOf fills a sheet from rows of texts and merges areas.
func sheetOf(t *testing.T, f *excelize.File, name string, rows [][]any, merged ...string) {
	t.Helper()
	if _, err := f.NewSheet(name); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merged {
		from, to, _ := strings.Cut(m, ":")
		if err := f.MergeCell(name, from, to); err != nil {
			t.Fatal(err)
		}
	}
}
