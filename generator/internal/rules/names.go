package rules

import (
	"fmt"
	"strings"
	"unicode"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
)

// nameRules hold that one thing has one name and one record.
var nameRules = []Rule{
	{
		ID: "near-duplicate", Family: "consistency", Severity: diag.Warning,
		Title:  diag.Text{ZH: "两种材料几乎同名", EN: "two materials of almost one name"},
		Reason: diag.Text{ZH: "建立审批要件标准库，同一要件名称、内容、格式相同（S0 五(五)）。", EN: "The library of papers has one name, content and form for one paper (S0)."},
		Explanation: diag.Text{
			ZH: "比的时候不看全角半角、空格、括号、标点和“的”“原件”“复印件”。真是一样东西的，留一个，用到的地方改成它；不是的，把名称写得分得开。",
			EN: "Width, spaces, brackets, punctuation and the words 的, 原件, 复印件 are not compared. If they are one paper keep one record and use it everywhere; if not, give them names that tell them apart.",
		},
		Bad:   "# data/materials/lease-contract-copy.toml，另有一份房屋租赁合同\nname = \"房屋租赁合同（复印件）\"",
		Good:  "# 用到的地方写已有的那一份\n[[materials]]\nmaterial = \"lease-contract\"",
		check: checkNearDuplicates,
	}, {
		ID: "alias-taken", Family: "consistency", Severity: diag.Warning,
		Title:  diag.Text{ZH: "俗称是另一份记录的名称", EN: "an alias that is the name of another record"},
		Reason: diag.Text{ZH: "群众按名称搜，要先找到叫这个名称的（S3“更加简明易懂实用”）。", EN: "Who searches for a name must find what has that name (S3)."},
		Explanation: diag.Text{
			ZH: "删掉这个俗称，或者换一个说法；两份记录本来是一回事的，合并。几份记录有同一个俗称不要紧。",
			EN: "Remove the alias or say it otherwise; if both are one thing, merge them. Several records may share an alias.",
		},
		Bad:   "# data/materials/premises-proof.toml，房屋租赁合同另有一份\nname = \"住所使用材料\"\naliases = [\"房屋租赁合同\"]",
		Good:  "name = \"住所使用材料\"\naliases = [\"场地证明\"]",
		check: checkAliasesTaken,
	},
}

// notCompared are words that do not make another paper of a paper.
var notCompared = strings.NewReplacer("复印件", "", "原件", "", "的", "")

// bare returns a name without what does not tell two things apart: width, spaces, brackets, punctuation, case and the words of
// notCompared. It is empty where nothing else was there.
func bare(name string) string {
	return notCompared.Replace(strings.Map(func(r rune) rune {
		if '！' <= r && r <= '～' { // the full-width forms of ASCII
			r -= '！' - '!'
		}
		if unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name))
}

func checkNearDuplicates(c *checker) {
	first := map[string]*catalog.File{}
	for _, m := range c.Materials.All {
		name := bare(m.Record.Name)
		if name == "" {
			continue
		}
		other, found := first[name]
		if !found {
			first[name] = m.File
			continue
		}
		c.report(m.File, key("name"), words{
			zh: fmt.Sprintf("材料“%s”已经有了：%s", m.Record.Name, other.ID()), en: fmt.Sprintf("the material %s exists already: %s", m.ID, other.ID()),
			hint: "是一样的就用 " + other.ID() + "，删掉这一份；不是的把名称写得分得开", hintEN: "if they are one use " + other.ID() + " and remove this; if not tell their names apart",
		}.note(other.Position("name"), "几乎同名的材料", "the material of almost the same name"))
	}
}

// named is something with a name and other words for it.
type named struct {
	file    *catalog.File
	name    string
	aliases []string
	// of is the id of the item that file belongs to, or of the material itself: what is one's own is not taken.
	of string
}

func checkAliasesTaken(c *checker) {
	var materials, items []named
	for _, m := range c.Materials.All {
		materials = append(materials, named{m.File, m.Record.Name, m.Record.Aliases, m.ID})
	}
	for _, i := range c.Items {
		if !alive(i) {
			continue // a tombstone leads on to what replaced it
		}
		items = append(items, named{i.File, i.Name, i.Aliases, i.ID})
		for _, p := range i.Procedures {
			items = append(items, named{p.File, "", p.Aliases, i.ID}) // 新办 and 变更 are names of procedures everywhere
		}
	}
	c.aliasesTaken(materials)
	c.aliasesTaken(items)
}

// aliasesTaken reports the aliases of things of one kind that are the names of others.
func (c *checker) aliasesTaken(all []named) {
	owner := map[string]named{}
	for _, n := range all {
		if name := bare(n.name); name != "" {
			owner[name] = n
		}
	}
	for _, n := range all {
		for i, alias := range n.aliases {
			other, taken := owner[bare(alias)]
			if !taken || other.of == n.of {
				continue
			}
			c.report(n.file, []string{"aliases", fmt.Sprint(i)}, words{
				zh: fmt.Sprintf("俗称“%s”是 %s 的名称", alias, other.of), en: fmt.Sprintf("the alias %s is the name of %s", alias, other.of),
				hint: "删掉或者换一个说法；是一回事的就合并", hintEN: "remove it or say it otherwise; merge the two if they are one",
			}.note(other.file.Position("name"), "叫这个名称的", "what has this name"))
		}
	}
}
