package rules

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// relationRules hold that what refers to one another makes sense together.
var relationRules = []Rule{
	{
		ID: "parent-cycle", Family: "reference",
		Title:       diag.Text{ZH: "上级绕成了圈", EN: "a cycle of parents"},
		Reason:      diag.Text{ZH: "主项和区划各是一棵树，绕圈就没有顶（GB/T 2260；编码规则）。", EN: "Items and divisions are trees (GB/T 2260; coding rules)."},
		Explanation: diag.Text{ZH: "沿着 parent（reports_to）往上看，改掉写错的那一个。", EN: "Follow parent (reports_to) upward and correct the wrong one."},
		Bad:         "# data/divisions/139921/division.toml\nparent = \"139921\"", Good: "# data/divisions/139921/division.toml\nparent = \"139900\"",
		check: checkCycles,
	}, {
		ID: "bundle-order", Family: "reference",
		Title:       diag.Text{ZH: "一件事的先后顺序不通", EN: "an order of a bundle that cannot be"},
		Reason:      diag.Text{ZH: "互为前置的事项要“一揽子”整合，不能互相等（S4）。", EN: "Matters that wait for each other must be merged (S4)."},
		Explanation: diag.Text{ZH: "after 只写这件事里的其他事项，并且不能互相等待。", EN: "after names other items of the bundle, and no two may wait for each other."},
		Bad:         "[[steps]]\nitem = \"food-business\"\nafter = [\"food-business\"]", Good: "[[steps]]\nitem = \"food-business\"\nafter = [\"company-establish\"]",
		check: checkBundles,
	}, {
		ID: "unlisted-article", Family: "reference",
		Title:       diag.Text{ZH: "引用的条款没有在依据库里核对过", EN: "an article that the law's record does not list"},
		Reason:      diag.Text{ZH: "设定依据要准确到条，没有核对的条号不印（S2“合法性、真实性、准确性”）。", EN: "A basis is exact to the article; a number that was not checked is not printed (S2)."},
		Explanation: diag.Text{ZH: "核对法律原文后，把条号加到这部法的 articles 里；没有核对就不写 article。", EN: "Check the text of the law and add the number to its articles, or leave article out."},
		Bad:         `basis = [{ law = "food-safety-law", article = "第三百条" }]`, Good: `basis = [{ law = "food-safety-law", article = "第三十五条" }]`,
		check: checkArticles,
	},
}

// checkCycles follows parents. A cycle is reported at each of its members: any of them may be the wrong one.
func checkCycles(c *checker) {
	for _, i := range c.Items {
		for n, p := 0, c.Item(i.Item.Parent); p != nil && n <= len(c.Items); n, p = n+1, c.Item(p.Item.Parent) {
			if p == i {
				c.report(i.File, key("parent"), words{
					zh: fmt.Sprintf("“%s”的主项绕回到了它自己", i.Name), en: "the parents of " + i.ID + " lead back to it",
					hint: "主项的 parent 不写", hintEN: "a main item has no parent",
				})
				break
			}
		}
	}
	for _, link := range []struct {
		key string
		up  func(*catalog.Division) *catalog.Division
	}{
		{"parent", func(d *catalog.Division) *catalog.Division { return d.Parent }},
		{"reports_to", func(d *catalog.Division) *catalog.Division { return c.Division(d.ReportsTo) }},
	} {
		for _, d := range c.Divisions {
			for n, p := 0, link.up(d); p != nil && n <= len(record.Levels)+4; n, p = n+1, link.up(p) {
				if p == d {
					c.report(d.File, key(link.key), words{
						zh: fmt.Sprintf("“%s”的上级绕回到了它自己", d.Name), en: "the superiors of " + d.ID + " lead back to it",
						hint: "写真正的上一级区划", hintEN: "name the division above it",
					})
					break
				}
			}
		}
	}
}

// checkBundles looks for steps that wait for what the bundle does not have, and for steps that can never begin.
func checkBundles(c *checker) {
	for _, b := range c.Bundles.All {
		done, places := map[string]bool{}, map[string]bool{}
		for _, s := range b.Record.Steps {
			places[s.Item] = true
		}
		for i, s := range b.Record.Steps {
			for n, after := range s.After {
				if !places[after] && c.Item(after) != nil {
					c.report(b.File, []string{"steps", strconv.Itoa(i), "after", strconv.Itoa(n)}, words{
						zh: fmt.Sprintf("这件事里没有 %s，没法等它办完", after), en: fmt.Sprintf("%s is not part of this bundle", after),
						hint: "after 只写 steps 里有的事项", hintEN: "after names items of the steps",
					})
					done[after] = true
				} else if !places[after] {
					done[after] = true // unknown-item says so
				}
			}
		}
		for range b.Record.Steps {
			for _, s := range b.Record.Steps {
				if !slices.ContainsFunc(s.After, func(a string) bool { return !done[a] }) {
					done[s.Item] = true
				}
			}
		}
		for i, s := range b.Record.Steps {
			if !done[s.Item] {
				c.report(b.File, []string{"steps", strconv.Itoa(i), "after"}, words{
					zh: fmt.Sprintf("%s 等着 %s，互相等待，永远轮不到", s.Item, strings.Join(s.After, "、")), en: fmt.Sprintf("%s waits for %s, which waits for it", s.Item, strings.Join(s.After, ", ")),
					hint: "去掉一个 after", hintEN: "remove one of the after",
				})
			}
		}
	}
}

func checkArticles(c *checker) {
	c.onList(func(at *place, v reflect.Value) {
		list, ok := v.Interface().([]record.Basis)
		if !ok {
			return
		}
		for i, b := range list {
			law := c.Laws.Get(b.Law)
			if b.Article == "" || law == nil || lists(law.Record, b.Article) {
				continue
			}
			c.report(at.file, join(at.path, strconv.Itoa(i), "article"), words{
				zh: fmt.Sprintf("《%s》的记录里没有%s", law.Record.Name, b.Article), en: fmt.Sprintf("the record of %s does not list the article %s", law.ID, b.Article),
				hint: "核对原文后加到 articles 里；没有核对的条号不写", hintEN: "check the text and add it to articles, or leave it out",
			}.note(law.File.Position("articles"), "依据库里核对过的条款", "the articles that were checked"))
		}
	})
}

// lists reports whether a law's record has an article. 第三十五条第二款 is part of 第三十五条, and several may be named at once.
func lists(law *record.Law, cited string) bool {
	for _, one := range strings.FieldsFunc(cited, func(r rune) bool { return r == '、' || r == '，' }) {
		found := false
		for _, a := range law.Articles {
			if one == a.No || strings.HasPrefix(one, a.No+"第") || strings.HasPrefix(one, a.No+"之") {
				found = true
			}
		}
		if !found {
			return false
		}
	}
	return true
}
