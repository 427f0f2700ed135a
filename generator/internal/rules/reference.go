package rules

import (
	"fmt"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// referenceRules hold that every id names something that exists.
var referenceRules = []Rule{
	{
		ID: "unknown-law", Family: "reference",
		Title:       diag.Text{ZH: "依据库里没有这部法", EN: "unknown law"},
		Reason:      diag.Text{ZH: "要做到有据可依、有法可查（S0）。", EN: "Every basis must be found (S0)."},
		Explanation: diag.Text{ZH: "先在 data/laws/ 里建这部法的记录，再引用它的编号。", EN: "Make the record in data/laws/ first, then refer to its id."},
		Bad:         `basis = [{ law = "food-safty-law" }]`, Good: `basis = [{ law = "food-safety-law" }]`,
		check: refers("law"),
	}, {
		ID: "unknown-material", Family: "reference",
		Title:       diag.Text{ZH: "要件库里没有这份材料", EN: "unknown material"},
		Reason:      diag.Text{ZH: "同一要件名称、内容、格式相同，所以只能引用审批要件标准库（S0 五）。", EN: "A paper has one name, content and form everywhere: refer to the library (S0)."},
		Explanation: diag.Text{ZH: "先查有没有同样的材料（可能叫法不同），没有再在 data/materials/ 里建。", EN: "Look whether the library has it under another name; else make it in data/materials/."},
		Bad:         "[[materials]]\nmaterial = \"身份证\"\nnecessity = \"必要\"", Good: "[[materials]]\nmaterial = \"id-card\"\nnecessity = \"必要\"",
		check: refers("material"),
	}, {
		ID: "unknown-item", Family: "reference",
		Title:       diag.Text{ZH: "目录里没有这个事项", EN: "unknown item"},
		Reason:      diag.Text{ZH: "目录之外无审批（S0）；指向不存在的事项，群众会走到死路。", EN: "What is not in the catalogue does not exist (S0)."},
		Explanation: diag.Text{ZH: "改成目录里的编号；不在目录里的前置事项写 text，不写 item。", EN: "Use an id of the catalogue; for what is not in it write text instead of item."},
		Bad:         `then = ["food-busines"]`, Good: `then = ["food-business"]`,
		check: refers("item"),
	}, {
		ID: "unknown-procedure", Family: "reference",
		Title:       diag.Text{ZH: "没有这个业务办理项", EN: "unknown procedure"},
		Reason:      diag.Text{ZH: "业务办理项是事项下的两位序号，用过的不再用（编码规则）。", EN: "A procedure is a two-digit number of its item, never reused."},
		Explanation: diag.Text{ZH: "看 data/items/<事项>/ 里有哪些序号。", EN: "Look which numbers the item's folder has."},
		Bad:         `replaced_by = "09"`, Good: `replaced_by = "02"`,
		check: refers("procedure"),
	}, {
		ID: "unknown-document", Family: "reference",
		Title:       diag.Text{ZH: "文件库里没有这份文件", EN: "unknown document"},
		Reason:      diag.Text{ZH: "调整、暂停、差异都要有文件可查（S2“可追溯、可核查”）。", EN: "Every change must be traceable to a document (S2)."},
		Explanation: diag.Text{ZH: "先在 data/documents/ 里建这份文件的记录（文号、标题、日期）。", EN: "Make the record in data/documents/ first."},
		Bad:         `documents = ["冀政办字"]`, Good: `documents = ["sample-doc"]`,
		check: refers("document"),
	}, {
		ID: "unknown-record", Family: "reference",
		Title:       diag.Text{ZH: "库里没有这条记录", EN: "unknown record"},
		Reason:      diag.Text{ZH: "电子证照目录、中介服务清单、划转清单各写一处，别处只引用（S0、S3）。", EN: "Certificates, intermediary services and lists are written once and referred to (S0, S3)."},
		Explanation: diag.Text{ZH: "按提示改编号，或者先在 data/certificates/、data/intermediaries/、data/lists/ 里建记录。", EN: "Correct the id, or make the record first."},
		Bad:         "[[results]]\nid = \"permit\"\ncertificate = \"食品经营许可证\"", Good: "[[results]]\nid = \"permit\"\ncertificate = \"food-business-permit\"",
		check: refers("certificate", "intermediary", "list", "bundle", "mapping", "release"),
	}, {
		ID: "unknown-division", Family: "reference",
		Title:       diag.Text{ZH: "没有这个区划", EN: "unknown division"},
		Reason:      diag.Text{ZH: "区划以国家统计局的代码为准（GB/T 2260、GB/T 10114）。", EN: "Divisions follow GB/T 2260 and GB/T 10114."},
		Explanation: diag.Text{ZH: "核对代码；新设的功能区先建 division.toml。", EN: "Check the code; for a new area make its division.toml first."},
		Bad:         `parent = "139999"`, Good: `parent = "139900"`,
		check: checkDivisions,
	}, {
		ID: "unknown-org", Family: "reference",
		Title:       diag.Text{ZH: "没有这个单位", EN: "unknown body"},
		Reason:      diag.Text{ZH: "谁实施要写得清清楚楚（S2“权界清晰、权责一致”）。", EN: "Who implements must be clear (S2)."},
		Explanation: diag.Text{ZH: "写本区划 [[orgs]] 里的 id；别处的写“区划/单位”。", EN: "Use an id of the division's [[orgs]]; for another place division/org."},
		Bad:         `org = "aproval"`, Good: `org = "approval"`,
		check: refers("org"),
	}, {
		ID: "unknown-hall", Family: "reference",
		Title:       diag.Text{ZH: "没有这个办事场所", EN: "unknown hall"},
		Reason:      diag.Text{ZH: "办理地点要让人找得到（S2 办事指南“办理地点”）。", EN: "People must find the place (S2)."},
		Explanation: diag.Text{ZH: "写本区划 [[halls]] 里的 id。", EN: "Use an id of the division's [[halls]]."},
		Bad:         `places = [{ hall = "大厅" }]`, Good: `places = [{ hall = "hall" }]`,
		check: refers("hall"),
	}, {
		ID: "unknown-window", Family: "reference",
		Title:       diag.Text{ZH: "大厅里没有这个窗口", EN: "unknown window"},
		Reason:      diag.Text{ZH: "办理地点写到窗口（S2 办事指南；温州指南检查规则“地址精确到窗口”）。", EN: "A place is stated down to the window."},
		Explanation: diag.Text{ZH: "写大厅 windows 里的窗口号，照原样写（包括“—”）。", EN: "Use a window number of the hall as it is written there."},
		Bad:         `places = [{ hall = "hall", window = "A1" }]`, Good: `places = [{ hall = "hall", window = "A01—A04" }]`,
		check: checkWindows,
	}, {
		ID: "unknown-target", Family: "reference",
		Title:       diag.Text{ZH: "同义词指向的东西不存在", EN: "a synonym that leads nowhere"},
		Reason:      diag.Text{ZH: "同义词把群众的话带到事项上，指错了就搜不到（data/README.md）。", EN: "A synonym leads people's words to an item (data/README.md)."},
		Explanation: diag.Text{ZH: "targets 写事项、事项#序号、bundle:一件事、material:材料、signpost:指路。", EN: "targets are item, item#procedure, bundle:<id>, material:<id> or signpost:<id>."},
		Bad:         `targets = ["food-busines"]`, Good: `targets = ["food-business#01"]`,
		check: refers("target"),
	},
}

// refers makes the check of every key whose reference is of one of the kinds.
func refers(kinds ...string) func(*checker) {
	return func(c *checker) {
		c.onText(refersTo(kinds...), func(at *place, s string) {
			for _, kind := range kinds {
				if at.key.Ref == kind && !c.exists(kind, at, s) {
					c.unknown(kind, at, s)
				}
			}
		})
	}
}

// kindNames are what editors call what is missing, and where its records stand.
var kindNames = map[string][2]string{
	"law": {"依据", "data/laws/"}, "material": {"材料", "data/materials/"}, "certificate": {"证照", "data/certificates/"},
	"intermediary": {"中介服务", "data/intermediaries/"}, "document": {"文件", "data/documents/"}, "list": {"清单", "data/lists/"},
	"bundle": {"一件事", "data/bundles/"}, "item": {"事项", "data/items/"}, "procedure": {"业务办理项", "data/items/"},
	"division": {"区划", "data/divisions/"}, "org": {"单位", "division.toml 的 [[orgs]]"}, "hall": {"办事场所", "division.toml 的 [[halls]]"},
	"mapping": {"目录核对", "data/mappings/"}, "target": {"目标", "data/"}, "release": {"发布", "data/releases/"},
}

func (c *checker) unknown(kind string, at *place, s string) {
	name := kindNames[kind]
	hint, hintEN := suggest(s, c.ids(kind, at), nil)
	if hint == "" {
		hint, hintEN = "在 "+name[1]+" 里没有它：改编号，或者先建记录", "it is not among "+strings.ReplaceAll(name[1], " 的 ", ", ")+": correct the id or make the record first"
	}
	c.report(at.file, at.path, words{
		zh: fmt.Sprintf("没有编号为 %q 的%s", s, name[0]), en: fmt.Sprintf("there is no %s %q", kind, s),
		hint: hint, hintEN: hintEN,
	})
}

// checkDivisions looks at keys that name divisions, and at the folders that implementations stand in.
func checkDivisions(c *checker) {
	refers("division")(c)
	for _, f := range c.files {
		if f.Kind == record.KindImplementation && c.Division(f.IDs[0]) == nil {
			c.report(f, nil, words{
				zh: "没有编号为 " + f.IDs[0] + " 的区划，这条记录不属于任何地方", en: "there is no division " + f.IDs[0] + "; this record belongs nowhere",
				hint: "先建 data/" + record.Path(record.KindDivision, f.IDs[0]) + "，或者移到正确的文件夹", hintEN: "make its division.toml first, or move the file",
			})
		}
	}
}

func checkWindows(c *checker) {
	for _, f := range c.files {
		r, ok := f.Record.(*record.Implementation)
		d := (*catalog.Division)(nil)
		if ok {
			d = c.Division(f.IDs[0])
		}
		if !ok || d == nil {
			continue
		}
		for b := range blocks(r) {
			for i, p := range b.Terms.Places {
				h := d.Hall(p.Hall)
				if h == nil || p.Window == "" || hasWindow(h, p.Window) {
					continue
				}
				var numbers []string
				for _, w := range h.Windows {
					numbers = append(numbers, w.Number)
				}
				hint, hintEN := suggest(p.Window, numbers, nil)
				if hint == "" {
					hint, hintEN = "有的窗口："+strings.Join(first(numbers, 12), "、"), "its windows: "+strings.Join(first(numbers, 12), ", ")
				}
				c.report(f, join(b.Path, "places", fmt.Sprint(i), "window"), words{
					zh: fmt.Sprintf("“%s”没有 %s 窗口", h.Name, p.Window), en: fmt.Sprintf("%s has no window %s", h.ID, p.Window),
					hint: hint, hintEN: hintEN,
				})
			}
		}
	}
}

func hasWindow(h *catalog.Hall, number string) bool {
	for _, w := range h.Windows {
		if w.Number == number {
			return true
		}
	}
	return false
}
