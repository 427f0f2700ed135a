package quality

import (
	"strings"
	"testing"

	"banshi/generator/internal/catalog"
)

// TestSeeds seeds faults and holds that each appears in its report, and nowhere before.
func TestSeeds(t *testing.T) {
	const xian, behind = "139921", "139922"
	for _, c := range []struct {
		name, metric string
		place        string // "" for the province
		part         Part
		key, why     string
		edit         [3]string // none where rich.txtar has the fault already
	}{
		{"a deviation without approval", "unapproved-count", xian, Numerator, "139921/food-business/01", "数量限制",
			[3]string{"data/divisions/139921/food-business.toml", "[procedure.01]\n", "[procedure.01]\nquantity_limit = \"十家\"\n"}},
		{"a deviation", "standard-rate", xian, Gap, "139921/food-business/01", "没批准的：数量限制",
			[3]string{"data/divisions/139921/food-business.toml", "[procedure.01]\n", "[procedure.01]\nquantity_limit = \"十家\"\n"}},
		{"an approval that has expired", "unapproved-count", behind, Numerator, "139922/food-business/01", "受理条件", [3]string{}},
		{"a missing item", "adoption-rate", xian, Gap, "139921/dibao", "写明不承接：没准备好",
			[3]string{"data/divisions/139921/division.toml", "sample = true\n", "sample = true\nnot_adopted = [{ item = \"dibao\", reason = \"没准备好\" }]\n"}},
		{"an item that others have", "missing-count", behind, Numerator, "139922/dibao", "还没准备好", [3]string{}},
		{"a worse limit", "worse-count", xian, Numerator, "139921/food-business/01", "10→30 个工作日",
			[3]string{"data/divisions/139921/food-business.toml", "value = 5", "value = 30"}},
		{"a repealed basis", "legality", "", Gap, "food-business/01", "2026-01-01废止",
			[3]string{"data/laws/food-safety.toml", "name = ", "repealed = 2026-01-01\nname = "}},
		{"a basis not yet in force", "legality", "", Gap, "food-business/02", "2027-01-01才施行",
			[3]string{"data/laws/food-safety.toml", "in_force = 2015-10-01", "in_force = 2027-01-01"}},
		{"no basis", "legality", "", Gap, "dibao/01", "没写设定依据", [3]string{"data/items/dibao/item.toml", "basis = [{ law = \"social-aid\", article = \"第九条\" }]", ""}},
		{"a duplicated owner", "one-owner-rate", xian, Gap, "139921/dibao", "也认领", [3]string{}},
		{"a key of the catalogue", "four-same-rate", xian, Gap, "139921/food-business", "事项类型",
			[3]string{"data/divisions/139921/food-business.toml", "one_window", "type = \"行政备案\"\none_window"}},
		{"entered in name only", "outside-count", xian, Numerator, "139921/dibao", "示例县民政局", [3]string{}},
		{"kept out of the hall without a document", "hall-entry-rate", behind, Gap, "139922/food-business", "场地限制，没有文件", [3]string{}},
		{"vague wording", "vague-count", "", Numerator, "food-business/01", "有关材料",
			[3]string{"data/items/food-business/01.toml", "经营项目按实际填。", "并附有关材料。"}},
		{"vague wording is not exact", "accuracy", "", Gap, "food-business/01", "有关材料",
			[3]string{"data/items/food-business/01.toml", "经营项目按实际填。", "并附有关材料。"}},
		{"a promise beyond the law", "accuracy", "", Gap, "food-business/01", "比法定的",
			[3]string{"data/items/food-business/01.toml", "promise = [{ value = 10", "promise = [{ value = 21"}},
		{"an element", "elements-36", "", Gap, "food-business/02", "缺特别程序、数量限制", [3]string{}},
		{"a long sentence", "plain-rate", "", Gap, "dibao/01", "太长",
			[3]string{"data/items/dibao/01.toml", "由民政部门核对。", strings.Repeat("看车的用途和价值", 8)}},
		{"verified long ago", "stale-count", "", Numerator, "food-business/01", "2025-11-20核实",
			[3]string{"data/items/food-business/01.toml", "status = \"未核实\"", "status = \"已核实\"\non = 2025-11-20"}},
		{"heavier than the neighbour", "benchmark-rate", "", Gap, "food-business/01/neighbour", "承诺 10 个工作日，邻省 8 个工作日", [3]string{}},
		{"a row without an item", "list-rows-rate", xian, Gap, "139921/xian/4", "没有对应的事项", [3]string{}},
		{"an item off the list of duties", "items-listed-rate", xian, Gap, "139921/dibao", "不在责任清单里", [3]string{}},
		{"late", "on-time-rate", xian, Gap, "139921/lists/file", "2026-10-09 完成，晚了 8 天", [3]string{}},
		{"not done", "on-time-rate", behind, Gap, "139922/lists/file", "还没完成，晚了 51 天", [3]string{}},
		{"not filed", "list-filed-rate", behind, Gap, "139922", "还没有备案", [3]string{}},
		{"a paper that could be looked up", "shareable-asked-rate", xian, Numerator, "139921/food-business/01", "营业执照",
			[3]string{"data/items/food-business/01.toml", "waived_by = [\"数据共享\"]\n", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			look := func(cat *catalog.Catalog) string {
				s := New(cat, Options{})
				sc := Scope{}
				if c.place != "" {
					sc.Division = cat.Division(c.place)
				}
				return reason(s, c.metric, sc, c.part, c.key)
			}
			var edits [][3]string
			if c.edit[0] != "" {
				edits = append(edits, c.edit)
				if why := look(rich(t)); strings.Contains(why, c.why) {
					t.Fatalf("without the fault %s says %q already", c.metric, why)
				}
			}
			if why := look(rich(t, edits...)); !strings.Contains(why, c.why) {
				t.Errorf("%s says %q of %s, want %q", c.metric, why, c.key, c.why)
			}
		})
	}
}
