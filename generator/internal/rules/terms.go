package rules

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// termRules hold that people's own words lead where they mean, and that official pages are official.
var termRules = []Rule{
	{
		ID: "alias-repeated", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "俗称重复", EN: "an alias said twice"},
		Reason:      diag.Text{ZH: "俗称是名称之外群众的叫法（S3“更加简明易懂实用”）；和名称一样的、写了两遍的，一个人也帮不到。", EN: "Aliases are what people say besides the name (S3); repeated they help nobody."},
		Explanation: diag.Text{ZH: "删掉重复的；比的时候不看全角半角、空格和标点。", EN: "Remove it. Width, spaces and punctuation are not compared."},
		Bad:         "name = \"食品经营许可\"\naliases = [\"食品经营许可\", \"饭店许可证\"]", Good: "name = \"食品经营许可\"\naliases = [\"饭店许可证\"]",
		check: checkAliasesRepeated,
	}, {
		ID: "synonym-conflict", Family: "reference", Severity: diag.Warning,
		Title:  diag.Text{ZH: "同义词把名称带到了别处", EN: "a synonym that leads away from a name"},
		Reason: diag.Text{ZH: "群众按名称搜，要先找到叫这个名称的（S3“更加简明易懂实用”）；同一个词写在两处，改了一处还有一处。", EN: "Who searches for a name must find what has it (S3); a word in two places is corrected in one."},
		Explanation: diag.Text{
			ZH: "词就是某个事项的名称、却指向别的：删掉，或者把那个事项也写进 targets。同一个词写了两条：并成一条，targets 写在一起。",
			EN: "Where the word is the name of an item, remove it or add that item to targets. Where it stands twice make one entry of both.",
		},
		Bad: "[[synonyms]]\nwords = [\"最低生活保障金给付\"]\ntargets = [\"food-business\"]", Good: "[[synonyms]]\nwords = [\"吃低保\"]\ntargets = [\"dibao\"]",
		check: checkSynonyms,
	}, {
		ID: "official-url", Family: "completeness", Severity: diag.Warning,
		Title:       diag.Text{ZH: "官方指南的网址没有写，或者不是官方的", EN: "no official address, or one that is not official"},
		Reason:      diag.Text{ZH: "省级政务服务网是全省唯一权威的办事指南发布平台，其他渠道要和它一致（S1 二(一)）。", EN: "The provincial platform is the one authority for guides, and other channels agree with it (S1)."},
		Explanation: diag.Text{ZH: "核实过的事项写 official_url：政务服务网上这件事的网址，域名以 gov.cn 结尾。没核实的先不写。", EN: "A verified item states official_url, its page on the platform under gov.cn. Leave it out where nothing was verified."},
		Bad:         `official_url = "https://www.example.com/shipin"`, Good: `official_url = "https://zwfw.hebei.gov.cn/item/130131908000"`,
		check: checkOfficial,
	}, {
		ID: "no-form", Family: "completeness", Severity: diag.Warning,
		Title:       diag.Text{ZH: "申请表没有空白表或者样表", EN: "a form without a blank or a sample"},
		Reason:      diag.Text{ZH: "办事指南附申请表单和填写示范（GB/T 36114-2018 附录；S3 二(一) 加强申报辅导）。", EN: "A guide has its forms and samples of how to fill them (GB/T 36114-2018; S3)."},
		Explanation: diag.Text{ZH: "核实过的表格写 blank_form（空白表的网址）和 sample_form（样表的网址）；没核实的不查。", EN: "A verified form states blank_form and sample_form, their addresses. What was not verified is not looked at."},
		Bad:         "# data/materials/food-business-form.toml\nkind = \"申请表格文书\"\nverified = { status = \"已核实\", on = 2026-10-01, role = \"省市场监管局\" }", Good: "# data/materials/food-business-form.toml\nkind = \"申请表格文书\"\nblank_form = \"https://zwfw.example.gov.cn/form.pdf\"\nsample_form = \"https://zwfw.example.gov.cn/sample.pdf\"",
		check: checkForms,
	},
}

func checkAliasesRepeated(c *checker) {
	look := func(f *catalog.File, name string, aliases []string) {
		seen := map[string]bool{bare(name): name != ""}
		for i, a := range aliases {
			b := bare(a)
			if b == "" {
				continue
			}
			if seen[b] {
				c.report(f, []string{"aliases", strconv.Itoa(i)}, words{
					zh: fmt.Sprintf("俗称“%s”和名称或者前面的俗称一样", a), en: fmt.Sprintf("the alias %s is the name or an alias already", a),
					hint: "删掉它", hintEN: "remove it",
				})
			}
			seen[b] = true
		}
	}
	for _, i := range c.Items {
		look(i.File, i.Name, i.Aliases)
		for _, p := range i.Procedures {
			look(p.File, p.Name, p.Aliases)
		}
	}
	for _, m := range c.Materials.All {
		look(m.File, m.Record.Name, m.Record.Aliases)
	}
	for _, b := range c.Bundles.All {
		look(b.File, b.Record.Name, b.Record.Aliases)
	}
}

func checkSynonyms(c *checker) {
	owners := map[string]*catalog.Item{}
	for _, i := range c.Items {
		if alive(i) {
			owners[bare(i.Name)] = i
		}
	}
	type where struct {
		file *catalog.File
		path []string
	}
	first := map[string]where{}
	for _, f := range c.files {
		r, ok := f.Record.(*record.Synonyms)
		if !ok {
			continue
		}
		for n, s := range r.Synonyms {
			for m, word := range s.Words {
				at := []string{"synonyms", strconv.Itoa(n), "words", strconv.Itoa(m)}
				b := bare(word)
				if b == "" {
					continue
				}
				if i := owners[b]; i != nil && len(s.Targets) > 0 && !slices.ContainsFunc(s.Targets, func(t string) bool { id, _, _ := strings.Cut(t, "#"); return id == i.ID }) {
					c.report(f, at, words{
						zh: fmt.Sprintf("“%s”是事项 %s 的名称，却指向 %s", word, i.ID, strings.Join(s.Targets, "、")), en: fmt.Sprintf("%s is the name of %s, but leads to %s", word, i.ID, strings.Join(s.Targets, ", ")),
						hint: "删掉这个词，或者把 " + i.ID + " 写进 targets", hintEN: "remove the word, or add " + i.ID + " to targets",
					}.note(i.File.Position("name"), "叫这个名称的事项", "the item with this name"))
				}
				if other, twice := first[word]; twice {
					c.report(f, at, words{
						zh: fmt.Sprintf("“%s”已经写过一条", word), en: fmt.Sprintf("the word %s has an entry already", word),
						hint: "并成一条，targets 写在一起", hintEN: "make one entry of both",
					}.note(other.file.Position(other.path...), "先写的一条", "the first entry"))
				} else {
					first[word] = where{f, at}
				}
			}
		}
	}
}

// official domains end in this.
const governmentDomain = ".gov.cn"

func checkOfficial(c *checker) {
	c.onText(keyed("official_url"), func(at *place, s string) {
		u, err := url.Parse(s)
		if err != nil || u.Host == "" || strings.HasSuffix(u.Hostname(), governmentDomain) {
			return // what is no address at all is another rule's
		}
		c.report(at.file, at.path, words{
			zh: u.Hostname() + " 不是政府网站的域名", en: u.Hostname() + " is not a government site",
			hint: "写" + c.portal() + "上这件事的网址，域名以 gov.cn 结尾", hintEN: "write its page on the platform, under gov.cn",
		})
	})
	for _, i := range c.Items {
		if i.Current() && verified(i.Item.Meta) && i.OfficialURL == "" {
			c.report(i.File, key("verified"), words{
				zh: fmt.Sprintf("“%s”核实过了，没有写官方指南的网址", i.Name), en: i.ID + " is verified, but its official page is not stated",
				hint: "写 official_url：" + c.portal() + "上这件事的网址", hintEN: "state official_url, its page on the platform",
			})
		}
	}
}

// portal is what the official portal is called in Chinese.
func (c *checker) portal() string {
	if c.config != nil && c.config.OfficialPortal.Name != "" {
		return c.config.OfficialPortal.Name
	}
	return "官方政务服务网"
}

func checkForms(c *checker) {
	for _, m := range c.Materials.All {
		r := m.Record
		if r.Kind != "申请表格文书" || !verified(r.Meta) {
			continue
		}
		var zh, en []string
		if r.BlankForm == "" {
			zh, en = append(zh, "空白表"), append(en, "blank_form")
		}
		if r.SampleForm == "" {
			zh, en = append(zh, "样表"), append(en, "sample_form")
		}
		if zh != nil {
			c.report(m.File, key("kind"), words{
				zh: fmt.Sprintf("“%s”没有%s", r.Name, strings.Join(zh, "和")), en: m.ID + " lacks " + strings.Join(en, " and "),
				hint: "写 " + strings.Join(en, "、") + "：官方网站上的网址", hintEN: "state their addresses on an official site",
			})
		}
	}
}
