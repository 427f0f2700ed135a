package rules

import (
	"bytes"
	"fmt"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// codeRules hold that codes are built as the standards say and agree with what the record says otherwise.
var codeRules = []Rule{
	{
		ID: "id-path", Family: "shape",
		Title:       diag.Text{ZH: "编号和位置不一致", EN: "the id is not that of the path"},
		Reason:      diag.Text{ZH: "记录的位置由编号决定，两处不一样就不知道信哪个（data/README.md）。", EN: "The path is a function of the id (data/README.md)."},
		Explanation: diag.Text{ZH: "把 id 改成文件夹的编号（乡镇是县 6 位加自己 3 位），或者把文件移到对的地方。", EN: "Make the id that of the folder (for a township the county's 6 digits and its own 3), or move the file."},
		Bad:         "# data/divisions/139921/division.toml\nid = \"139922\"", Good: "# data/divisions/139921/division.toml\nid = \"139921\"",
		check: checkIDPath,
	}, {
		ID: "division-code", Family: "shape",
		Title:       diag.Text{ZH: "区划代码不对", EN: "a wrong division code"},
		Reason:      diag.Text{ZH: "区划代码是 6 位（GB/T 2260），乡级加 3 位成 9 位（GB/T 10114）。", EN: "Division codes have 6 digits (GB/T 2260), townships 9 (GB/T 10114)."},
		Explanation: diag.Text{ZH: "有代码的区划，编号就是代码；功能区没有代码就不写。", EN: "Where a code exists it is the id; functional areas without one leave it out."},
		Bad:         "id = \"139921\"\ncode = \"13992\"", Good: "id = \"139921\"\ncode = \"139921\"",
		check: checkDivisionCode,
	}, {
		ID: "item-code", Family: "shape",
		Title:       diag.Text{ZH: "基本编码写法不对", EN: "a basic code in the wrong form"},
		Reason:      diag.Text{ZH: "各级各部门按统一的编码要求编码（S0；C0109.1 编码规则）：区划2 类型2 部门2 顺序3 子项3。", EN: "Codes follow the national rules: division 2, type 2, department 2, sequence 3, sub-item 3."},
		Explanation: diag.Text{ZH: "按提示改那一段；没有正式编码的写 code_status = \"sample\"，顺序码用 9 开头。", EN: "Correct the part named; without an official code use a 9xx sequence and code_status = \"sample\"."},
		Bad:         `code = "0001-31-035"`, Good: `code = "000131035000"`,
		check: checkItemCode,
	}, {
		ID: "duplicate-code", Family: "shape",
		Title:       diag.Text{ZH: "两个事项用了同一个编码", EN: "two items with one code"},
		Reason:      diag.Text{ZH: "编码是事项在全省、全国的唯一标识（三级四同；C0109.1）。", EN: "A code identifies one item in the whole country."},
		Explanation: diag.Text{ZH: "给后一个事项换没用过的顺序码；本来就是同一事项的，合并。", EN: "Give the second a free sequence, or merge the two."},
		Bad:         "# 两个 item.toml 里都写\ncode = \"130131908000\"", Good: "code = \"130131909000\"",
		check: checkDuplicateCode,
	}, {
		ID: "code-type", Family: "shape",
		Title:       diag.Text{ZH: "编码里的类型和事项类型不一致", EN: "the code names another type"},
		Reason:      diag.Text{ZH: "基本编码第 3–4 位是事项类型（GB/T 39046-2020 表A.1）。", EN: "Places 3 and 4 of a basic code are the type (GB/T 39046-2020, A.1)."},
		Explanation: diag.Text{ZH: "改编码的第 3–4 位，或者改 type。", EN: "Change places 3 and 4, or the type."},
		Bad:         "type = \"行政许可\"\ncode = \"130731908000\"", Good: "type = \"行政许可\"\ncode = \"130131908000\"",
		check: checkCodeType,
	}, {
		ID: "code-department", Family: "shape",
		Title:       diag.Text{ZH: "编码里的部门和业务指导部门不一致", EN: "the code names another department"},
		Reason:      diag.Text{ZH: "基本编码第 5–6 位是业务指导部门（C0109.1）。", EN: "Places 5 and 6 of a basic code are the guiding department."},
		Explanation: diag.Text{ZH: "改编码的第 5–6 位，或者改 department。", EN: "Change places 5 and 6, or the department."},
		Bad:         "department = \"民政\"\ncode = \"130131908000\"", Good: "department = \"市场监管\"\ncode = \"130131908000\"",
		check: checkCodeDepartment,
	}, {
		ID: "main-item", Family: "shape",
		Title:       diag.Text{ZH: "主项和子项对不上", EN: "main item and sub-items do not fit"},
		Reason:      diag.Text{ZH: "编码末三位 00Y 是有子项的主项，只列子项、自己不办；001–999 是它的子项（C0109.1）。", EN: "00Y at the end of a code is a main item, which only lists its sub-items, 001–999."},
		Explanation: diag.Text{ZH: "主项不写业务办理项；子项写 parent，区划、部门、顺序码和主项相同。", EN: "A main item has no procedures; a sub-item has a parent whose division, department and sequence it shares."},
		Bad:         "code = \"130131910001\"", Good: "code = \"130131910001\"\nparent = \"device-trade\"",
		check: checkMainItem,
	}, {
		ID: "uscc", Family: "shape",
		Title:       diag.Text{ZH: "统一社会信用代码校验不对", EN: "a credit code that does not check"},
		Reason:      diag.Text{ZH: "实施编码用 18 位统一社会信用代码，最后一位是校验码（GB 32100-2015）。", EN: "Task codes use the credit code of 18 characters, the last a check character (GB 32100-2015)."},
		Explanation: diag.Text{ZH: "对照证书逐位核对，常见的是抄错或者颠倒了两位。", EN: "Compare it with the certificate; mostly two characters were swapped."},
		Bad:         `uscc = "119999990000920138"`, Good: `uscc = "119999990000920137"`,
		check: checkUSCC,
	},
}

func checkIDPath(c *checker) {
	for _, f := range c.files {
		if f.Kind != record.KindDivision && f.Kind != record.KindRelease || c.broken[f.Path] {
			continue
		}
		id := written(f, "id")
		if id == f.ID() {
			continue
		}
		c.report(f, key("id"), words{
			zh: fmt.Sprintf("编号写的是 %q，文件却在 %s 的位置", id, f.ID()), en: fmt.Sprintf("the id is %q but the file stands where %s belongs", id, f.ID()),
			hint: "写 id = \"" + f.ID() + "\"，或者移动文件", hintEN: "write id = \"" + f.ID() + "\", or move the file",
		})
	}
}

// written returns a text at the top of a record as it stands in the file: the catalog gives a division the id of its path, so
// that its record no longer says what was written.
func written(f *catalog.File, key string) string {
	if !f.Doc.Has(key) {
		return ""
	}
	lines := bytes.SplitN(f.Doc.Data, []byte("\n"), f.Position(key).Line+1)
	_, value, _ := bytes.Cut(lines[f.Position(key).Line-1], []byte("="))
	value = bytes.TrimSpace(value)
	if len(value) == 0 {
		return ""
	}
	text, _, _ := bytes.Cut(value[1:], value[:1])
	return string(text)
}

func checkDivisionCode(c *checker) {
	for _, d := range c.Divisions {
		code, id := d.Code, d.File.ID()
		var zh, en string
		switch {
		case code == "":
			continue
		case len(code) != 6 && len(code) != 9 && len(code) != 12:
			zh, en = fmt.Sprintf("区划代码应是 6 位或者 9 位数字：%s", code), "a division code has 6 or 9 digits: "+code
		case record.IsDivisionID(code) && isNumber(id) && code != id:
			zh, en = fmt.Sprintf("区划代码 %s 和编号 %s 不一样", code, id), fmt.Sprintf("the code %s is not the id %s", code, id)
		case !isNumber(code):
			zh, en = "区划代码只能是数字："+code, "a division code has digits only: "+code
		default:
			continue
		}
		c.report(d.File, key("code"), words{zh: zh, en: en, hint: "县级以上 6 位，乡级 9 位；没有代码的功能区不写", hintEN: "6 digits down to counties, 9 for townships; none for areas without a code"})
	}
}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func checkItemCode(c *checker) {
	for _, i := range c.Items {
		if i.Code == "" {
			continue
		}
		if _, err := record.ParseCode(i.Code); err != nil {
			zh, en := both(err)
			c.report(i.File, key("code"), words{zh: zh, en: en, hint: "12 位：区划 2、类型 2、部门 2、顺序 3、子项 3", hintEN: "12 characters: division 2, type 2, department 2, sequence 3, sub-item 3"})
		}
	}
}

// both returns the words of an error in both languages.
func both(err error) (zh, en string) {
	if b, ok := err.(interface {
		ZH() string
		EN() string
	}); ok {
		return b.ZH(), b.EN()
	}
	return err.Error(), err.Error()
}

func checkDuplicateCode(c *checker) {
	seen := map[string]*catalog.Item{}
	for _, i := range c.Items {
		first := seen[i.Code]
		if i.Code == "" || first == nil {
			seen[i.Code] = i
			continue
		}
		c.report(i.File, key("code"), words{
			zh: fmt.Sprintf("编码 %s 已经是“%s”的", i.Code, first.Name), en: fmt.Sprintf("the code %s belongs to %s", i.Code, first.ID),
			hint: "换一个没用过的顺序码（第 7–9 位）", hintEN: "use a free sequence, places 7 to 9",
		}.note(first.File.Position("code"), "先用这个编码的事项", "the item that has the code"))
	}
}

func checkCodeType(c *checker) {
	c.codePart("item-types", "第 3–4 位是类型", "places 3 and 4 are the type",
		func(i *catalog.Item, code record.Code) (string, string) { return code.Type, i.Type })
}

func checkCodeDepartment(c *checker) {
	c.codePart("departments", "第 5–6 位是部门", "places 5 and 6 are the department",
		func(i *catalog.Item, code record.Code) (string, string) { return code.Department, i.Department })
}

// codePart compares two digits of every code with the code of the term that the item states.
func (c *checker) codePart(vocabulary, where, whereEN string, part func(*catalog.Item, record.Code) (digits, term string)) {
	v := c.Vocab[vocabulary]
	if v == nil {
		return
	}
	for _, i := range c.Items {
		code, err := record.ParseCode(i.Code)
		if err != nil {
			continue
		}
		digits, term := part(i, code)
		t := v.Term(term)
		if t == nil || t.Code == "" || t.Code == digits {
			continue
		}
		c.report(i.File, key("code"), words{
			zh:   fmt.Sprintf("编码 %s 的%s，写的是 %s，“%s”应是 %s", i.Code, where, digits, term, t.Code),
			en:   fmt.Sprintf("in the code %s %s: %s stands there, %s is %s", i.Code, whereEN, digits, term, t.Code),
			hint: "改编码，或者改" + v.Name, hintEN: "change the code, or the term",
		})
	}
}

func checkMainItem(c *checker) {
	for _, i := range c.Items {
		code, err := record.ParseCode(i.Code)
		if err != nil {
			continue
		}
		_, sub := code.Main()
		switch {
		case code.IsMain():
			for _, p := range i.Procedures {
				c.report(p.File, nil, words{
					zh: fmt.Sprintf("“%s”是主项（编码末三位 00Y），不能有业务办理项", i.Name), en: fmt.Sprintf("%s is a main item (00Y) and has no procedures", i.ID),
					hint: "把办理项移到它的子项下面", hintEN: "move the procedure to a sub-item",
				}.note(i.File.Position("code"), "主项的编码", "the code of the main item"))
			}
			if i.Item.Parent != "" {
				c.report(i.File, key("parent"), words{zh: "主项自己不能再有主项", en: "a main item has no parent", hint: "删掉 parent", hintEN: "remove parent"})
			}
		case sub && i.Item.Parent == "":
			c.report(i.File, key("code"), words{
				zh: fmt.Sprintf("编码末三位 %s 说明它是子项，却没有写主项", code.Sub), en: fmt.Sprintf("%s at the end of the code says it is a sub-item, but it has no parent", code.Sub),
				hint: "写 parent = \"主项的编号\"；没有子项的事项末三位是 000", hintEN: "write parent; an item without sub-items ends in 000",
			})
		case !sub && i.Item.Parent != "":
			c.report(i.File, key("parent"), words{
				zh: "有主项的事项，编码末三位应是 001–999", en: "the code of an item with a parent ends in 001 to 999",
				hint: "改编码的末三位，或者删掉 parent", hintEN: "change the code or remove the parent",
			})
		case sub && i.Parent != nil:
			if p, err := record.ParseCode(i.Parent.Code); err == nil && !isSubOf(code, p) {
				c.report(i.File, key("code"), words{
					zh: fmt.Sprintf("编码 %s 不是主项 %s 的子项", code, p), en: fmt.Sprintf("the code %s is not one of a sub-item of %s", code, p),
					hint: "区划、部门、顺序码和主项一样，主项末三位是 00Y", hintEN: "division, department and sequence are those of the main item, which ends in 00Y",
				}.note(i.Parent.File.Position("code"), "主项的编码", "the code of the main item"))
			}
		}
	}
}

// isSubOf reports whether a code is that of a sub-item of a main item: all but the sub-item and the type are the same. A
// main item may have sub-items of several types, a licence and a filing.
func isSubOf(sub, main record.Code) bool {
	sub.Type, sub.Sub = main.Type, main.Sub
	return main.IsMain() && sub == main
}

func checkUSCC(c *checker) {
	c.onText(keyed("uscc"), func(at *place, s string) {
		if err := record.CheckUSCC(s); err != nil {
			zh, en := both(err)
			c.report(at.file, at.path, words{zh: zh, en: en, hint: "对照登记证书逐位核对", hintEN: "compare it with the certificate"})
		}
	})
}
