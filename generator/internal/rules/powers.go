package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// powerRules hold that who may decide what agrees with the law and with the catalogue.
var powerRules = []Rule{
	{
		ID: "licence-basis", Family: "authority",
		Title:       diag.Text{ZH: "许可只有规范性文件作依据", EN: "a licence that rests on policy documents only"},
		Reason:      diag.Text{ZH: "许可由法律、行政法规、国务院决定、地方性法规、省级规章设定，其他规范性文件一律不得设定行政许可（行政许可法第十四、十五、十七条）。", EN: "Licences are set by laws, regulations, State Council decisions, local regulations or provincial rules and by no other document (Licensing Law 14, 15, 17)."},
		Explanation: diag.Text{ZH: "写出设定它的法律、法规；没有的不是许可：改 type，或者取消。给付、公共服务可以依据国家、省、市的文件。", EN: "Name the law that sets it; without one it is no licence: change the type or end it. Benefits and services may rest on policies."},
		Bad:         "type = \"行政许可\"\nbasis = [{ law = \"some-notice\" }]  # 规范性文件", Good: "type = \"行政许可\"\nbasis = [{ law = \"food-safety-law\" }]",
		check: checkLicenceBasis,
	}, {
		ID: "authority-level", Family: "authority",
		Title:       diag.Text{ZH: "决定的层级不在目录里", EN: "a level decides that the catalogue does not name"},
		Reason:      diag.Text{ZH: "法无授权不可为（S0）：行使层级由目录规定，别的层级不能决定。", EN: "No power without law (S0): the catalogue says which levels decide."},
		Explanation: diag.Text{ZH: "改 authority.decide，或者由省里把这一级写进 item.toml 的 levels。只代收的层级写在 accept 里。", EN: "Correct authority.decide, or have the level added to the levels of item.toml. Levels that only accept stand in accept."},
		Bad:         "# 目录里 levels = [\"县级\"]\nauthority = [{ accept = [\"乡级\"], decide = \"乡级\" }]", Good: `authority = [{ accept = ["乡级"], decide = "县级" }]`,
		check: checkAuthorityLevel,
	}, {
		ID: "sharing-levels", Family: "authority",
		Title:       diag.Text{ZH: "实施方式和层级对不上", EN: "the kind of sharing does not fit the levels"},
		Reason:      diag.Text{ZH: "目录要写明共同实施、分别实施还是单独实施（S0 三）：单独实施只有一级，共同实施不止一级。", EN: "Items are handled jointly, severally or by one level (S0): 单独实施 is one level, 共同实施 more than one."},
		Explanation: diag.Text{ZH: "改 sharing，或者改 levels。", EN: "Change sharing or levels."},
		Bad:         "levels = [\"市级\", \"县级\"]\nsharing = \"单独实施\"", Good: "levels = [\"市级\", \"县级\"]\nsharing = \"分别实施\"",
		check: checkSharing,
	}, {
		ID: "duplicate-name", Family: "authority",
		Title:       diag.Text{ZH: "两条记录同一个名称", EN: "two records with one name"},
		Reason:      diag.Text{ZH: "同一事项名称、编码统一（S0 三级四同）：一件事一条记录，同名的两条迟早各说各的。", EN: "One matter has one name and one record (S0); two will soon differ."},
		Explanation: diag.Text{ZH: "是一回事的，合并，用到的地方改成留下的那条；不是的，把名称写得分得开。", EN: "If they are one, merge them and refer to the one that stays; else tell the names apart."},
		Bad:         "# data/laws/food-law.toml，另有一份食品安全法\nname = \"中华人民共和国食品安全法\"", Good: "# 用到的地方写已有的那一份\nbasis = [{ law = \"food-safety-law\" }]",
		check: checkDuplicateNames,
	}, {
		ID: "duplicate-uscc", Family: "authority",
		Title:       diag.Text{ZH: "两个单位同一个信用代码", EN: "two bodies with one credit code"},
		Reason:      diag.Text{ZH: "统一社会信用代码一个单位一个（GB 32100-2015）；实施编码由它组成，重了就分不清是谁办的。", EN: "A credit code is one body's (GB 32100-2015); task codes are made of it."},
		Explanation: diag.Text{ZH: "对照登记证书改；本来是一个单位的，只写一处。", EN: "Compare both with their certificates; one body is written once."},
		Bad:         "[[orgs]]\nid = \"a\"\nuscc = \"119999990000920137\"\n\n[[orgs]]\nid = \"b\"\nuscc = \"119999990000920137\"", Good: "[[orgs]]\nid = \"a\"\nuscc = \"119999990000920137\"\n\n[[orgs]]\nid = \"b\"\nuscc = \"119999990000920212\"",
		check: checkDuplicateUSCC,
	},
}

func checkLicenceBasis(c *checker) {
	for _, i := range c.Items {
		if !alive(i) || i.Type != "行政许可" || len(i.Basis) == 0 {
			continue
		}
		policy := func(b record.Basis) bool {
			law := c.Laws.Get(b.Law)
			return law != nil && law.Record.Kind == "规范性文件" && !strings.HasPrefix(law.Record.IssuedBy, "国务院") && !countyBody.MatchString(law.Record.IssuedBy)
		}
		if slices.ContainsFunc(i.Basis, func(b record.Basis) bool { return !policy(b) }) {
			continue
		}
		law := c.Laws.Get(i.Basis[0].Law)
		c.report(i.File, []string{"basis", "0", "law"}, words{
			zh: fmt.Sprintf("“%s”是许可，《%s》是规范性文件，不能设定许可", i.Name, law.Record.Name), en: fmt.Sprintf("%s is a licence, and %s, a policy document, cannot set one", i.ID, law.ID),
			hint: "写出设定它的法律、法规、规章；没有的不能是行政许可", hintEN: "name the law or regulation that sets it, or change the type",
		}.note(law.File.Position("kind"), "这份依据的种类", "the kind of this basis"))
	}
}

func checkAuthorityLevel(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for n, a := range p.Powers.Authority {
			if a.Decide == "" || record.LevelRank(a.Decide) < 0 || len(p.Item.Levels) == 0 || slices.Contains(p.Item.Levels, a.Decide) {
				continue
			}
			c.report(p.File, []string{"authority", strconv.Itoa(n), "decide"}, words{
				zh: fmt.Sprintf("目录里行使层级是%s，%s不能决定", strings.Join(p.Item.Levels, "、"), a.Decide), en: fmt.Sprintf("the catalogue has it decided at %s, not at %s", strings.Join(p.Item.Levels, ", "), a.Decide),
				hint: "改成目录里的层级；只代收的写在 accept 里", hintEN: "name a level of the catalogue; levels that only accept stand in accept",
			}.note(p.Item.File.Position("levels"), "目录规定的行使层级", "the levels of the catalogue"))
		}
	})
}

func checkSharing(c *checker) {
	for _, i := range c.Items {
		var zh, en string
		switch n := len(i.Levels); {
		case i.Sharing == "单独实施" && n > 1:
			zh, en = fmt.Sprintf("单独实施只有一级，这里写了 %d 级", n), fmt.Sprintf("单独实施 is one level, %d are named", n)
		case i.Sharing == "共同实施" && n == 1:
			zh, en = "共同实施不止一级，这里只写了"+i.Levels[0], "共同实施 is more than one level"
		default:
			continue
		}
		c.report(i.File, key("sharing"), words{
			zh: zh, en: en, hint: "改 sharing（共同实施、分别实施、单独实施），或者改 levels", hintEN: "change sharing or levels",
		}.note(i.File.Position("levels"), "行使层级", "the levels"))
	}
}

// namesake reports a record whose name another of its kind had first. Names are compared exactly: materials that are almost
// called the same have a rule of their own.
type namesakes struct {
	c     *checker
	what  string // in Chinese
	first map[string]*catalog.File
}

func (c *checker) namesakes(what string) *namesakes {
	return &namesakes{c: c, what: what, first: map[string]*catalog.File{}}
}

// add looks at one record; scope tells apart what may share a name.
func (n *namesakes) add(f *catalog.File, key, scope, name string) {
	if name == "" || f.From > n.c.AsOf {
		return
	}
	other := n.first[scope+"\x00"+name]
	if other == nil {
		n.first[scope+"\x00"+name] = f
		return
	}
	n.c.report(f, []string{key}, words{
		zh: fmt.Sprintf("%s“%s”已经有一条记录：%s", n.what, name, other.ID()), en: fmt.Sprintf("%s has the name %s already", other.ID(), name),
		hint: "是一回事的就合并，用 " + other.ID() + "；不是的把名称写得分得开", hintEN: "merge them if they are one, else tell the names apart",
	}.note(other.Position(key), "先用这个名称的", "what has it first"))
}

func checkDuplicateNames(c *checker) {
	items, procedures := c.namesakes("事项"), c.namesakes("办理项")
	for _, i := range c.Items {
		if !alive(i) {
			continue // a tombstone may bear the name of what replaced it
		}
		items.add(i.File, "name", "", i.Name)
		for _, p := range i.Procedures {
			if p.Status == record.StatusInForce {
				procedures.add(p.File, "name", i.ID, p.Name)
			}
		}
	}
	laws, certificates, documents, bundles := c.namesakes("依据"), c.namesakes("证照"), c.namesakes("文件"), c.namesakes("一件事")
	for _, l := range c.Laws.All {
		laws.add(l.File, "name", l.Record.DocumentNumber, l.Record.Name)
	}
	for _, one := range c.Certificates.All {
		certificates.add(one.File, "name", one.Record.DefiningOrg, one.Record.Name)
	}
	for _, d := range c.Documents.All {
		documents.add(d.File, "number", "", d.Record.Number)
	}
	for _, b := range c.Bundles.All {
		bundles.add(b.File, "name", "", b.Record.Name)
	}
	for _, d := range c.Divisions {
		first := map[string]int{}
		for n := range d.Division.Orgs {
			o := &d.Division.Orgs[n]
			m, twice := first[o.Name]
			if o.Name == "" || !twice {
				first[o.Name] = n
				continue
			}
			c.report(d.File, []string{"orgs", strconv.Itoa(n), "name"}, words{
				zh: fmt.Sprintf("已经有一个“%s”：%s", o.Name, d.Division.Orgs[m].ID), en: fmt.Sprintf("%s is called %s already", d.Division.Orgs[m].ID, o.Name),
				hint: "一个单位只写一处，承办的事项并到一起", hintEN: "write a body once, with all it handles",
			}.note(d.File.Position("orgs", strconv.Itoa(m), "name"), "先写的单位", "the body that has it first"))
		}
	}
}

func checkDuplicateUSCC(c *checker) {
	first := map[string]diag.Position{}
	for _, d := range c.Divisions {
		for n := range d.Division.Orgs {
			o := &d.Division.Orgs[n]
			at := d.File.Position("orgs", strconv.Itoa(n), "uscc")
			other, twice := first[o.USCC]
			if o.USCC == "" || !twice {
				first[o.USCC] = at
				continue
			}
			c.reportAt(at, words{
				zh: fmt.Sprintf("信用代码 %s 已经是另一个单位的", o.USCC), en: "the credit code " + o.USCC + " is another body's",
				hint: "对照登记证书改", hintEN: "compare it with the certificate",
			}.note(other, "先用这个代码的单位", "the body that has it first"))
		}
	}
}
