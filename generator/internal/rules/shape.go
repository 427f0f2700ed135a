package rules

import (
	"bytes"
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// shapeRules hold that a record is whole and its values have the form they must have.
var shapeRules = []Rule{
	{
		ID: "missing-key", Family: "shape",
		Title:       diag.Text{ZH: "缺必填项", EN: "a required key is missing"},
		Reason:      diag.Text{ZH: "目录清单和实施清单的要素要确保完整准确（GB/T 39046-2020；S0“信息不完善的…追责”）。", EN: "Catalogue and implementation lists must be complete (GB/T 39046-2020)."},
		Explanation: diag.Text{ZH: "按提示补上这个键。每个键怎么写，用 banshi explain 查。", EN: "Add the key; `banshi explain` says how it is written."},
		Bad:         "[[materials]]\nmaterial = \"id-card\"", Good: "[[materials]]\nmaterial = \"id-card\"\nnecessity = \"必要\"",
		check: checkMissing,
	}, {
		ID: "empty-text", Family: "shape",
		Title:       diag.Text{ZH: "写了键却没有内容", EN: "a key with empty text"},
		Reason:      diag.Text{ZH: "空的内容在页面上是一个空栏，在数据里分不清是没有还是没填（GB/T 39046-2020 要素完整）。", EN: "Empty text leaves an empty field and cannot be told from a value not filled in."},
		Explanation: diag.Text{ZH: "填上内容；没有就整行删掉。", EN: "Fill it in, or delete the line."},
		Bad:         `plain = ""`, Good: `plain = "开饭店之前先办这个证。"`,
		check: checkEmpty,
	}, {
		ID: "unknown-term", Family: "shape",
		Title:       diag.Text{ZH: "不是词表里的词", EN: "not a term of the vocabulary"},
		Reason:      diag.Text{ZH: "同一要素全省用同一个词，数据才能比较和交换（GB/T 39046-2020 附录A）。", EN: "One word for one thing, or data cannot be compared (GB/T 39046-2020, annex A)."},
		Explanation: diag.Text{ZH: "改用 data/vocab/ 里对应词表的词，按原样写。", EN: "Use a term of the vocabulary in data/vocab/ as it is spelt there."},
		Bad:         `form = "纸质/电子"`, Good: `form = "纸质或电子"`,
		check: checkTerms,
	}, {
		ID: "id-form", Family: "shape",
		Title:       diag.Text{ZH: "编号写法不对", EN: "an id in the wrong form"},
		Reason:      diag.Text{ZH: "编号用在网址、差异和地方记录里，一经确定永不更改（data/README.md）。", EN: "Ids stand in addresses, differences and local records and never change (data/README.md)."},
		Explanation: diag.Text{ZH: "编号是 1–63 个小写字母、数字、连字符，以字母或数字开头。", EN: "An id is 1 to 63 lower-case letters, digits and hyphens and begins with a letter or digit."},
		Bad:         `id = "受理"`, Good: `id = "accept"`,
		check: checkMemberIDs,
	}, {
		ID: "duplicate-id", Family: "shape",
		Title:       diag.Text{ZH: "同一列表里编号重复", EN: "an id twice in one list"},
		Reason:      diag.Text{ZH: "历史和地方记录按编号找每一项，重复了就分不清（data/README.md）。", EN: "History and local records address members by id (data/README.md)."},
		Explanation: diag.Text{ZH: "后一个换一个没用过的编号；同一材料用两次时，给其中一个另写 id。", EN: "Give the second another id; a material used twice gets an id of its own."},
		Bad:         "[[faq]]\nid = \"fee\"\nq = \"收费吗？\"\na = \"不收。\"\n\n[[faq]]\nid = \"fee\"\nq = \"邮寄收费吗？\"\na = \"到付。\"",
		Good:        "[[faq]]\nid = \"fee\"\nq = \"收费吗？\"\na = \"不收。\"\n\n[[faq]]\nid = \"post-fee\"\nq = \"邮寄收费吗？\"\na = \"到付。\"",
		check:       checkDuplicateIDs,
	}, {
		ID: "date-order", Family: "shape",
		Title:       diag.Text{ZH: "日期先后颠倒", EN: "dates in the wrong order"},
		Reason:      diag.Text{ZH: "开始不能晚于结束（GB/T 39046-2020 生效日期、失效日期）。", EN: "What begins cannot begin after its end."},
		Explanation: diag.Text{ZH: "核对两个日期，多半是年份写错。", EN: "Check both dates; mostly the year is wrong."},
		Bad:         "effective_from = 2026-01-01\neffective_to = 2025-12-31", Good: "effective_from = 2026-01-01\neffective_to = 2026-12-31",
		check: checkDates,
	}, {
		ID: "limit-value", Family: "shape",
		Title:       diag.Text{ZH: "时限或次数是负数", EN: "a negative limit or number"},
		Reason:      diag.Text{ZH: "时限是一个整数，0 表示即办（GB/T 39046-2020 法定办结时限、承诺办结时限）。", EN: "A limit is a whole number, 0 for at once."},
		Explanation: diag.Text{ZH: "写 0 或正整数；法律法规未规定期限写 legal_limit = []。", EN: "Write 0 or more; where the law has no limit write legal_limit = []."},
		Bad:         `promise = [{ value = -1, unit = "工作日" }]`, Good: `promise = [{ value = 0, unit = "工作日" }]`,
		check: checkNegative,
	}, {
		ID: "url-scheme", Family: "shape",
		Title:       diag.Text{ZH: "网址写法不对", EN: "not a web address"},
		Reason:      diag.Text{ZH: "页面上的链接要点得开、点了安全（政府网站发展指引：链接可用）。", EN: "A link must open, and safely (guidelines for government sites)."},
		Explanation: diag.Text{ZH: "写完整的网址，以 https:// 或 http:// 开头。", EN: "Write the full address, beginning with https:// or http://."},
		Bad:         `url = "www.gov.cn/zhengce"`, Good: `url = "https://www.gov.cn/zhengce"`,
		check: checkURLs,
	},
}

func checkMissing(c *checker) {
	c.onAbsent(func(k *field) bool { return k.key.Required }, func(at *place, _ reflect.Value) {
		if c.broken[at.file.Path] || c.meant(at.file, at.path[len(at.path)-1]) || c.statesDifference(at) {
			return
		}
		// In the form of a number or a truth value zero is a value; only the text knows whether it is stated.
		if at.file.Doc.Has(at.path...) {
			return
		}
		name, title := at.path[len(at.path)-1], at.key.Title
		c.report(at.file, at.path, words{
			zh: fmt.Sprintf("缺少“%s”（%s）", title.ZH, name), en: fmt.Sprintf("%s is missing (%s)", name, title.EN),
			hint: at.key.Description.ZH, hintEN: at.key.Description.EN,
		})
	})
}

// statesDifference reports whether a key is one of an org or hall of a division that has it from divisions/defaults: a division
// states what is different, and the catalog has the whole.
func (c *checker) statesDifference(at *place) bool {
	r, ok := at.file.Record.(*record.Division)
	if !ok || len(at.path) != 3 {
		return false
	}
	d := c.Division(at.file.ID())
	i, err := strconv.Atoi(at.path[1])
	if d == nil || err != nil {
		return false
	}
	switch at.path[0] {
	case "orgs":
		o := d.Org(r.Orgs[i].ID)
		return o != nil && (at.path[2] == "name" && o.Name != "" || at.path[2] == "kind" && o.Kind != "")
	case "halls":
		h := d.Hall(r.Halls[i].ID)
		return h != nil && (at.path[2] == "name" && h.Name != "" || at.path[2] == "kind" && h.Kind != "")
	}
	return false
}

// checkEmpty looks for "" only in files that have it somewhere, in a walk of its own: nothing else of a decoded record tells it from an
// absent key.
func checkEmpty(c *checker) {
	own := &checker{pass: newPass(c.library), rule: c.rule}
	own.onAbsent(func(k *field) bool { return k.shape == shapeText && k.goType.Kind() == reflect.String }, func(at *place, _ reflect.Value) {
		if at.file.Doc.Has(at.path...) {
			own.empty(at, at.path)
		}
	})
	own.onKey(func(k *field) bool { return k.shape == shapeTexts }, func(at *place, v reflect.Value) {
		for i := range v.Len() {
			if v.Index(i).Len() == 0 {
				own.empty(at, join(at.path, strconv.Itoa(i)))
			}
		}
	})
	var suspicious []*catalog.File
	for _, f := range c.files {
		if data := f.Doc.Data; bytes.Contains(data, []byte(`""`)) || bytes.Contains(data, []byte(`''`)) {
			suspicious = append(suspicious, f)
		}
	}
	own.walk(suspicious)
	c.problems = append(c.problems, own.problems...)
	blank := func(s string) string {
		if strings.TrimSpace(s) == "" {
			return s
		}
		return ""
	}
	c.onFound(blank, func(at *place, _, _ string) { c.empty(at, at.path) })
}

func (c *checker) empty(at *place, path []string) {
	c.report(at.file, path, words{
		zh: "“" + at.key.Title.ZH + "”写了却是空的", en: at.path[len(at.path)-1] + " is stated but empty",
		hint: "填上内容；没有就把这一行删掉", hintEN: "fill it in, or delete the line",
	})
}

func checkTerms(c *checker) {
	terms := func(k *field) bool { return k.key.Vocabulary != "" && (k.key.Ref == "" || k.key.Ref == "topic") }
	c.onText(terms, func(at *place, s string) {
		v := c.Vocab[at.key.Vocabulary]
		if v == nil {
			return
		}
		t := v.Term(s)
		switch {
		case t == nil:
			known := make([]string, 0, len(v.Terms))
			aliases := map[string]string{}
			for _, t := range v.Terms {
				known = append(known, t.Term)
				for _, a := range t.Aliases {
					aliases[a] = t.Term
				}
			}
			hint, hintEN := suggest(s, known, aliases)
			if hint == "" {
				hint, hintEN = "可以写："+strings.Join(first(known, 12), "、"), "one of: "+strings.Join(first(known, 12), ", ")
			}
			c.report(at.file, at.path, words{
				zh: fmt.Sprintf("“%s”里没有“%s”这个词", v.Name, s), en: fmt.Sprintf("the vocabulary %s has no term %q", at.key.Vocabulary, s),
				hint: hint, hintEN: hintEN,
			}.note(v.File.Position(), "词表", "the vocabulary"))
		case t.Deprecated && t.ReplacedBy != "":
			c.report(at.file, at.path, words{
				zh: fmt.Sprintf("“%s”已经停用", s), en: fmt.Sprintf("the term %q is deprecated", s),
				hint: "改写“" + t.ReplacedBy + "”", hintEN: fmt.Sprintf("write %q", t.ReplacedBy),
			})
		}
	})
}

func first(list []string, n int) []string {
	if len(list) > n {
		return append(list[:n:n], "…")
	}
	return list
}

func checkMemberIDs(c *checker) {
	c.onText(keyed("id"), func(at *place, s string) {
		if len(at.path) < 2 || isMemberID(s) {
			return
		}
		c.report(at.file, at.path, words{
			zh: fmt.Sprintf("编号 %q 写法不对", s), en: fmt.Sprintf("the id %q has the wrong form", s),
			hint:   "只用小写字母、数字和连字符，以字母或数字开头，最多 63 个",
			hintEN: "use lower-case letters, digits and hyphens, beginning with a letter or digit, 63 at most",
		})
	})
}

func isMemberID(s string) bool { return record.IsID(s) || len(s) == 1 && record.IsID(s+"0") }

func checkDuplicateIDs(c *checker) {
	c.onList(func(at *place, v reflect.Value) {
		seen := make(map[string]int, v.Len())
		for i := range v.Len() {
			id := memberID(v.Index(i))
			if id == "" {
				continue
			}
			first, twice := seen[id]
			if !twice {
				seen[id] = i
				continue
			}
			path := join(at.path, strconv.Itoa(i))
			if at.file.Doc.Has(join(path, "id")...) {
				path = join(path, "id")
			}
			c.report(at.file, path, words{
				zh: fmt.Sprintf("“%s”里已经有编号 %s", at.key.Title.ZH, id), en: fmt.Sprintf("the list already has a member %s", id),
				hint: "换一个没用过的编号", hintEN: "give it an id that is not used",
			}.note(at.file.Position(join(at.path, strconv.Itoa(first))...), "第一次在这里", "it is first used here"))
		}
	})
}

// memberID returns the id by which a member of a list is addressed: for a material that of the library where it has none.
func memberID(v reflect.Value) string {
	if m, ok := v.Addr().Interface().(*record.MaterialUse); ok {
		return m.Key()
	}
	if f := v.FieldByName("ID"); f.IsValid() && f.Kind() == reflect.String {
		return f.String()
	}
	return ""
}

// periods are the pairs of dates of which the first may not be after the second, by their keys in one table.
var periods = [][2]string{
	{"effective_from", "effective_to"}, {"from", "to"}, {"opens", "closes"}, {"in_force", "repealed"}, {"adopted", "in_force"},
}

func checkDates(c *checker) {
	later := map[string][]string{}
	for _, p := range periods {
		later[p[0]] = append(later[p[0]], p[1])
	}
	start := map[string]record.Date{} // the starts of the table that is walked, by the path of their ends
	var file string
	c.onKey(typed(reflect.TypeFor[record.Date]()), func(at *place, v reflect.Value) {
		if at.file.Path != file {
			file = at.file.Path
			clear(start)
		}
		name, table := at.path[len(at.path)-1], strings.Join(at.path[:len(at.path)-1], ".")
		day := record.Date(v.Int())
		for _, end := range later[name] {
			start[table+" "+end] = day
		}
		if from, ok := start[table+" "+name]; ok && day < from {
			c.report(at.file, at.path, words{
				zh: fmt.Sprintf("%s %s 早于开始的 %s", at.key.Title.ZH, day, from), en: fmt.Sprintf("%s %s is before the beginning, %s", name, day, from),
				hint: "核对两个日期，多半是年份写错", hintEN: "check both dates; mostly the year is wrong",
			})
		}
	})
}

func checkNegative(c *checker) {
	number := func(k *field) bool {
		return k.goType.Kind() == reflect.Int || k.goType.Kind() == reflect.Pointer && k.goType.Elem().Kind() == reflect.Int
	}
	c.onKey(number, func(at *place, v reflect.Value) {
		if v = reflect.Indirect(v); v.Int() >= 0 {
			return
		}
		c.report(at.file, at.path, words{
			zh: fmt.Sprintf("“%s”不能是负数：%d", at.key.Title.ZH, v.Int()), en: fmt.Sprintf("%s cannot be negative: %d", at.path[len(at.path)-1], v.Int()),
			hint: "写 0 或者正整数", hintEN: "write 0 or more",
		})
	})
}

func checkURLs(c *checker) {
	c.onText(keyed("url", "mobile_url", "official_url"), func(at *place, s string) {
		name := at.path[len(at.path)-1]
		u, err := url.Parse(s)
		if err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.ContainsAny(s, " \t\n") && utf8.ValidString(s) {
			return
		}
		c.report(at.file, at.path, words{
			zh: fmt.Sprintf("“%s”不是网址：%s", at.key.Title.ZH, s), en: fmt.Sprintf("%s is not a web address: %s", name, s),
			hint: "写完整的网址，以 https:// 或 http:// 开头", hintEN: "write the full address, beginning with https:// or http://",
		})
	})
}
