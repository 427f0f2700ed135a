package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// authorityRules hold that nothing is done without power: 清单之外无权力、目录之外无审批、法无授权不可为.
var authorityRules = []Rule{
	{
		ID: "no-basis", Family: "authority",
		Title:       diag.Text{ZH: "没有设定依据", EN: "no legal basis"},
		Reason:      diag.Text{ZH: "凡是没有合法依据的，一律不纳入编制范围（S0 三）。", EN: "What has no legal basis is not taken into the catalogue (S0)."},
		Explanation: diag.Text{ZH: "写出法律、法规、规章或者国家、省、市的文件；找不到依据的事项不能进目录。", EN: "Name the law, regulation or state, provincial or municipal document; an item without one cannot be in the catalogue."},
		Bad:         `basis = []`, Good: `basis = [{ law = "food-safety-law", article = "第三十五条" }]`,
		check: checkBasis,
	}, {
		ID: "repealed-law", Family: "authority",
		Title:       diag.Text{ZH: "依据已经废止或者还没有施行", EN: "a basis repealed or not yet in force"},
		Reason:      diag.Text{ZH: "没有合法依据的，一律不纳入编制范围（S0 三）；废止的法不再是依据。", EN: "A repealed law is no basis (S0)."},
		Explanation: diag.Text{ZH: "换成现行的法；没有新依据的，事项应当取消。还没有施行的，写在“@日期”的文件里。", EN: "Use the law in force; without one the item must end. For one not yet in force write a file for that day."},
		Bad:         `basis = [{ law = "food-hygiene-law" }]  # 2009 年废止`, Good: `basis = [{ law = "food-safety-law" }]`,
		check: checkRepealed,
	}, {
		ID: "county-basis", Family: "authority",
		Title:       diag.Text{ZH: "只有县级文件作依据", EN: "only a county document as basis"},
		Reason:      diag.Text{ZH: "依据是法律、法规、规章和国家、省、市有关政策（S0 二）；县级文件不能设定事项。", EN: "A basis is a law, regulation, rule or a state, provincial or municipal policy (S0); a county's document is none."},
		Explanation: diag.Text{ZH: "找出上位依据；没有的，这件事不能作为政务服务事项。", EN: "Find the higher basis; without one it is no item."},
		Bad:         "# 只有 issued_by = \"示例县人民政府\" 的文件\nbasis = [{ law = \"county-notice\" }]", Good: `basis = [{ law = "small-food-regulation" }]`,
		check: checkCountyBasis,
	}, {
		ID: "refused-type", Family: "authority",
		Title:       diag.Text{ZH: "不是依申请的事项类型", EN: "a type that is not on application"},
		Reason:      diag.Text{ZH: "编制范围是依申请办理的行政权力和公共服务（S0 四(二)、S3 一(一)）；处罚、强制、检查不在其中。", EN: "The catalogue holds what is done on application; penalties, coercion and inspections are not (S0, S3)."},
		Explanation: diag.Text{ZH: "这类事项放在权力清单里，不放进本库。", EN: "Such matters belong to the list of powers, not here."},
		Bad:         `type = "行政处罚"`, Good: `type = "行政许可"`,
		check: checkType,
	}, {
		ID: "not-on-application", Family: "authority",
		Title:       diag.Text{ZH: "依职权的事项", EN: "a matter not on application"},
		Reason:      diag.Text{ZH: "不需行政相对人提出申请的服务事项原则上不纳入编制范围（S2）。", EN: "What needs no application is not taken into the catalogue (S2)."},
		Explanation: diag.Text{ZH: "依职权办的事删掉这条记录；免申即享的事项写 automatic = true，不写 on_application = false。", EN: "Remove the record; for benefits that come by themselves write automatic = true in the procedure."},
		Bad:         `on_application = false`, Good: `on_application = true`,
		check: checkOnApplication,
	}, {
		ID: "no-item", Family: "authority",
		Title:       diag.Text{ZH: "目录里没有这个事项，却有实施清单", EN: "an implementation without a catalogue item"},
		Reason:      diag.Text{ZH: "清单之外无权力、目录之外无审批（S0）。", EN: "No power outside the list, no approval outside the catalogue (S0)."},
		Explanation: diag.Text{ZH: "文件名写错的改名；确实要办的，先由省里列入目录。", EN: "Rename the file, or have the province take the item into the catalogue first."},
		Bad:         "# data/divisions/139921/food-busines.toml\none_window = true", Good: "# data/divisions/139921/food-business.toml\none_window = true",
		check: checkNoItem,
	}, {
		ID: "not-taken-on", Family: "authority",
		Title:       diag.Text{ZH: "这里不办这个事项，却有实施清单", EN: "an implementation where the item is not handled"},
		Reason:      diag.Text{ZH: "法无授权不可为（S0）；行使层级由目录规定，下放、委托要有文件。", EN: "No power without law (S0); levels are the catalogue's, and a transfer needs its document."},
		Explanation: diag.Text{ZH: "受委托的写 entrusted_by = \"文件编号\"；没有单位承办的，在 division.toml 的 handles 里写清；都不是就删掉。", EN: "If entrusted write entrusted_by; if no body handles it state that in division.toml; else remove the file."},
		Bad:         "# data/divisions/139921/101/food-business.toml（乡镇不办这个许可）\none_window = true", Good: "entrusted_by = \"sample-doc\"\none_window = true",
		check: checkNotTakenOn,
	}, {
		ID: "two-orgs", Family: "authority",
		Title:       diag.Text{ZH: "两个单位都说自己办同一事项", EN: "two bodies claim one item"},
		Reason:      diag.Text{ZH: "权界清晰、分工合理、权责一致（S2）。", EN: "Powers must be clearly divided (S2)."},
		Explanation: diag.Text{ZH: "在其中一个单位的 handles 里写 except，或者用划转清单说明归谁。写事项优先于清单，清单优先于部门。", EN: "Use except, or a list: an item named beats a list, a list beats a department."},
		Bad:         "[[orgs]]\nid = \"a\"\nhandles = { departments = [\"民政\"] }\n\n[[orgs]]\nid = \"b\"\nhandles = { departments = [\"民政\"] }",
		Good:        "[[orgs]]\nid = \"a\"\nhandles = { departments = [\"民政\"] }\n\n[[orgs]]\nid = \"b\"\nhandles = { lists = [\"county-transfer\"] }",
		check:       checkTwoOrgs,
	},
}

// alive reports whether an item is or will be handled: tombstones may rest on what no longer holds.
func alive(i *catalog.Item) bool { return i.Current() || i.Status == record.StatusDraft }

func checkBasis(c *checker) {
	for _, i := range c.Items {
		if alive(i) && i.Basis != nil && len(i.Basis) == 0 {
			c.report(i.File, key("basis"), words{
				zh: fmt.Sprintf("“%s”没有设定依据", i.Name), en: i.ID + " has no legal basis",
				hint: "凡是没有合法依据的，一律不纳入编制范围：写出依据，或者取消这个事项", hintEN: "name the basis, or end the item",
			})
		}
	}
}

func checkRepealed(c *checker) {
	c.onText(refersTo("law"), func(at *place, s string) {
		if at.path[len(at.path)-1] != "law" || !c.living(at.file) {
			return
		}
		law := c.Laws.Get(s)
		if law == nil {
			return
		}
		r, day := law.Record, max(c.AsOf, at.file.From)
		switch {
		case r.Repealed != 0 && r.Repealed <= day:
			w := words{
				zh: fmt.Sprintf("《%s》%s已经废止，不能再作依据", r.Name, r.Repealed.Han()), en: fmt.Sprintf("%s was repealed on %s and is no basis", law.ID, r.Repealed),
				hint: "换成现行的依据；没有的，事项应当取消", hintEN: "use the law in force; without one the item must end",
			}
			if r.ReplacedBy != "" {
				w.hint, w.hintEN = "现行的是 "+r.ReplacedBy, "it was replaced by "+r.ReplacedBy
			}
			c.report(at.file, at.path, w.note(law.File.Position("repealed"), "废止日期", "the day of its repeal"))
		case r.InForce > day:
			c.report(at.file, at.path, words{
				zh: fmt.Sprintf("《%s》%s才施行", r.Name, r.InForce.Han()), en: fmt.Sprintf("%s is not in force before %s", law.ID, r.InForce),
				hint: "把依据新法的内容写在 …@" + r.InForce.String() + ".toml 里，到日子自动换上", hintEN: "write what rests on it in …@" + r.InForce.String() + ".toml",
			}.note(law.File.Position("in_force"), "施行日期", "the day it takes effect"))
		}
	})
}

// living reports whether a record is part of an item that is or will be handled; records of other kinds always live.
func (c *checker) living(f *catalog.File) bool {
	switch f.Kind {
	case record.KindItem, record.KindProcedure:
		i := c.Item(f.IDs[0])
		return i == nil || alive(i)
	}
	return true
}

// countyBody is the name of a body below a city: of a county, a county-level city's bureau is not told from a city's.
var countyBody = regexp.MustCompile(`县(人民政府|委|.{0,12}(局|办公室|委员会))|[^治发]区(人民政府|.{0,12}(局|办公室))|(乡|镇|街道)(人民政府|办事处)`)

func checkCountyBasis(c *checker) {
	for _, i := range c.Items {
		if !alive(i) || len(i.Basis) == 0 {
			continue
		}
		county := func(b record.Basis) bool {
			law := c.Laws.Get(b.Law)
			return law != nil && law.Record.Kind == "规范性文件" && countyBody.MatchString(law.Record.IssuedBy)
		}
		if slices.ContainsFunc(i.Basis, func(b record.Basis) bool { return !county(b) }) {
			continue
		}
		law := c.Laws.Get(i.Basis[0].Law)
		c.report(i.File, []string{"basis", "0", "law"}, words{
			zh: fmt.Sprintf("“%s”只有县级文件作依据", i.Name), en: i.ID + " rests on a county document only",
			hint: "写出法律、法规、规章或者国家、省、市的文件", hintEN: "name a law, regulation, rule, or a state, provincial or municipal document",
		}.note(law.File.Position("issued_by"), "这份文件是县级的", "this document is a county's"))
	}
}

// refusedTypes are what is never done on application (S0 四(二)).
var refusedTypes = []string{"行政处罚", "行政强制", "行政检查"}

// Refused reports whether items of a type do not belong in the library at all.
func Refused(itemType string) bool { return slices.Contains(refusedTypes, itemType) }

func checkType(c *checker) {
	for _, i := range c.Items {
		if slices.Contains(refusedTypes, i.Type) {
			c.report(i.File, key("type"), words{
				zh: "“" + i.Type + "”不是依申请办理的，不编入本库", en: i.Type + " is not done on application and has no place here",
				hint: "这类事项在权力清单里公布", hintEN: "it belongs to the list of powers",
			})
		}
	}
}

func checkOnApplication(c *checker) {
	for _, i := range c.Items {
		if i.OnApplication != nil && !*i.OnApplication {
			c.report(i.File, key("on_application"), words{
				zh: "不需要申请的事项不编入目录", en: "what needs no application is not taken into the catalogue",
				hint: "免申即享的写在业务办理项里：automatic = true", hintEN: "for benefits that come by themselves write automatic = true in the procedure",
			})
		}
	}
}

func checkNoItem(c *checker) {
	var ids []string
	for _, i := range c.Items {
		ids = append(ids, i.ID)
	}
	for _, f := range c.files {
		if f.Kind != record.KindImplementation || c.Item(f.IDs[1]) != nil {
			continue
		}
		hint, hintEN := suggest(f.IDs[1], ids, nil)
		if hint == "" {
			hint, hintEN = "先由省里列入目录，再写实施清单", "the province must take it into the catalogue first"
		}
		c.report(f, nil, words{
			zh: fmt.Sprintf("目录里没有事项 %s：清单之外无权力", f.IDs[1]), en: "the catalogue has no item " + f.IDs[1],
			hint: hint, hintEN: hintEN,
		})
	}
}

// checkNotTakenOn looks for local records that made no guide, and says why.
func checkNotTakenOn(c *checker) {
	for _, f := range c.Source.Files {
		if f.Kind != record.KindImplementation || c.used[f] {
			continue
		}
		d, i := c.Division(f.IDs[0]), c.Item(f.IDs[1])
		if d == nil || i == nil || !c.placed(i) || i.Status == record.StatusDraft || !slices.ContainsFunc(i.Procedures, func(p *catalog.Procedure) bool { return p.Current }) && i.Current() && len(i.Children) == 0 {
			continue
		}
		c.report(f, nil, whyNot(d, i))
	}
}

// placed reports whether the catalogue says in known words who handles an item; where it does not, that is the mistake and not what
// the places say.
func (c *checker) placed(i *catalog.Item) bool {
	return len(i.Levels) > 0 && !slices.ContainsFunc(i.Levels, func(l string) bool { return record.LevelRank(l) < 0 }) &&
		i.Department != "" && c.terms("departments", []string{i.Department})
}

// whyNot says why a division does not handle an item.
func whyNot(d *catalog.Division, i *catalog.Item) words {
	w := words{hint: "受委托的写 entrusted_by；都不是就删掉这个文件", hintEN: "if entrusted write entrusted_by; else remove the file"}
	referral := d.Referral(i.ID)
	switch {
	case !i.Current():
		w.zh, w.en = fmt.Sprintf("“%s”已经%s，不再办理", i.Name, i.Status), fmt.Sprintf("%s is no longer handled (%s)", i.ID, i.Status)
		w.hint, w.hintEN = "删掉这个文件；历史里仍然查得到", "remove the file; history keeps it"
		w = w.note(i.File.Position("status"), "事项状态", "its status")
	case len(i.Children) > 0:
		w.zh, w.en = fmt.Sprintf("“%s”是主项，自己不办，要写在它的子项上", i.Name), i.ID+" is a main item; write this for its sub-items"
	case referral != nil:
		w.zh, w.en = fmt.Sprintf("“%s”由%s办，这里不办", i.Name, referral.To.Name), fmt.Sprintf("%s is handled by %s", i.ID, referral.To.ID)
		w = w.note(d.File.Position("refers"), "转办写在这里", "the referral is here")
	case slices.ContainsFunc(d.NotAdopted, func(n record.NotAdopted) bool { return n.Item == i.ID }):
		w.zh, w.en = fmt.Sprintf("%s没有承接“%s”", d.Name, i.Name), fmt.Sprintf("%s has not adopted %s", d.ID, i.ID)
		w = w.note(d.File.Position("not_adopted"), "未承接写在这里", "it is not adopted here")
	case !slices.ContainsFunc(d.Exercises, func(l string) bool { return slices.Contains(i.Levels, l) }):
		w.zh = fmt.Sprintf("“%s”只由%s办，%s是%s", i.Name, strings.Join(i.Levels, "、"), d.Name, strings.Join(d.Exercises, "、"))
		w.en = fmt.Sprintf("%s is handled at %s, %s exercises %s", i.ID, strings.Join(i.Levels, ", "), d.ID, strings.Join(d.Exercises, ", "))
		w = w.note(i.File.Position("levels"), "目录规定的行使层级", "the levels of the catalogue")
	default:
		w.zh, w.en = fmt.Sprintf("%s没有单位承办“%s”（%s）", d.Name, i.Name, i.Department), fmt.Sprintf("no body of %s handles %s", d.ID, i.ID)
		w.hint, w.hintEN = "在 division.toml 里给一个单位写 handles", "state handles for a body in division.toml"
		w = w.note(d.File.Position("orgs"), "这里的单位", "the bodies of the division")
	}
	return w
}

// checkTwoOrgs reports each pair of bodies of a division once, however many items both claim.
func checkTwoOrgs(c *checker) {
	type pair struct{ first, second *catalog.Org }
	for _, d := range c.Divisions {
		items := map[pair][]string{}
		var order []pair
		for _, i := range c.Items {
			if !i.Current() || len(i.Children) > 0 || !slices.ContainsFunc(d.Exercises, func(l string) bool { return slices.Contains(i.Levels, l) }) {
				continue
			}
			org, _, tie := d.Handler(i)
			if tie == nil {
				continue
			}
			p := pair{org, tie}
			if items[p] == nil {
				order = append(order, p)
			}
			items[p] = append(items[p], i.Name)
		}
		for _, p := range order {
			first, second := c.orgPosition(p.first), c.orgPosition(p.second)
			names := items[p]
			c.reportAt(second, words{
				zh:     fmt.Sprintf("%s 和 %s 都承办“%s”等 %d 项", p.first.ID, p.second.ID, names[0], len(names)),
				en:     fmt.Sprintf("%s and %s both handle %d items, such as %s", p.first.ID, p.second.ID, len(names), names[0]),
				hint:   "给其中一个写 handles.except，或者用清单说明归谁",
				hintEN: "use handles.except for one of them, or a list",
			}.note(first, "先说要办的单位", "the body that claims it first"))
		}
	}
}

// orgPosition returns where an org is written: in its division, else in the defaults of the level.
func (c *checker) orgPosition(o *catalog.Org) diag.Position {
	for i := range o.Division.Division.Orgs {
		if o.Division.Division.Orgs[i].ID == o.ID {
			return o.Division.File.Position("orgs", strconv.Itoa(i))
		}
	}
	if rank := record.LevelRank(o.Division.Level); rank >= 0 {
		f := c.Source.Lookup(catalog.DataDir + "/" + record.Path(record.KindDefaults, record.LevelSlugs[rank]))
		if f != nil {
			r := f.Record.(*record.Defaults)
			for i := range r.Orgs {
				if r.Orgs[i].ID == o.ID {
					return f.Position("orgs", strconv.Itoa(i))
				}
			}
		}
	}
	return o.Division.File.Position("orgs")
}
