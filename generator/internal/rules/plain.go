package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// plainRules hold that people understand what they read, and that it is typed as text is.
var plainRules = []Rule{
	{
		ID: "long-sentence", Family: "wording", Severity: diag.Warning,
		Title:       diag.Text{ZH: "句子太长", EN: "a sentence too long"},
		Reason:      diag.Text{ZH: "编制更加简明易懂实用的办事指南（S3 二(五)）；一句话超过 60 个字，手机上要看好几行，读到后面忘了前面。", EN: "Guides are short and plain (S3): nobody keeps more than 60 characters in mind."},
		Explanation: diag.Text{ZH: "拆成两三句，一句说一件事；几样东西用列表分条写。", EN: "Make two or three sentences of it, or a list."},
		Bad:         `plain = "申请人应当在取得营业执照后三十日内持有关材料到经营场所所在地的县级市场监督管理部门设在政务服务中心的窗口提出申请经审查符合条件的发给许可证"`,
		Good:        `plain = "拿到营业执照30日内，到店铺所在县的政务服务中心申请。符合条件的发许可证。"`,
		check:       checkSentences,
	}, {
		ID: "jargon", Family: "wording", Severity: diag.Warning,
		Title:       diag.Text{ZH: "群众听不懂的行话", EN: "words of the office"},
		Reason:      diag.Text{ZH: "编制更加简明易懂实用的办事指南（S3 二(五)）：公文里的词，窗口外的人不用。", EN: "Guides are plain (S3): words of official letters are not people's words."},
		Explanation: diag.Text{ZH: "换成提示的说法。环节的标准、审查要点是写给窗口的，不查。", EN: "Use the word suggested. Standards of steps and review rules are for offices and not looked at."},
		Bad:         `fill_note = "行政相对人须持原件踏勘"`, Good: `fill_note = "您带原件，到现场一起看"`,
		check: checkJargon,
	}, {
		ID: "abolished-requirement", Family: "wording", SeverityFrom: graceEnd,
		Title:  diag.Text{ZH: "要了已经取消的东西", EN: "something that was abolished is asked for"},
		Reason: diag.Text{ZH: "企业名称不再预先核准，多证合一的不得要求再单独备案，取消施工合同备案等（S1 四(三)）。", EN: "Prior approval of names, separate filings and others were abolished (S1)."},
		Explanation: diag.Text{
			ZH: "删掉这份材料、这个条件；法律另有规定的特别行业，在 copies_reason 或 fill_note 里说清是哪部法。常见问题和俗称里说它“不用办了”，不报。",
			EN: "Remove it. Questions and aliases may name it to say that it is gone.",
		},
		Bad: `conditions = [{ id = "name", text = "已取得企业名称预先核准通知书。" }]`, Good: `conditions = [{ id = "name", text = "名称在系统里自主申报通过。" }]`,
		check: checkAbolished,
	}, {
		ID: "copies-in-text", Family: "wording", Severity: diag.Warning,
		Title:       diag.Text{ZH: "文字里要复印件，份数却是 0", EN: "copies asked for in the text only"},
		Reason:      diag.Text{ZH: "一律不得要求提供复印件，确需的说明理由并免费复印（S1 四(四)）；写在说明里等于变相要。", EN: "No copies are asked for (S1); a note is no way around that."},
		Explanation: diag.Text{ZH: "删掉这句话；确实要的写 copies 和 copies_reason。", EN: "Remove it, or state copies and copies_reason."},
		Bad:         "copies = 0\nfill_note = \"交复印件一份，盖章。\"", Good: "copies = 0\nfill_note = \"带原件，窗口免费复印。\"",
		check: checkCopiesInText,
	}, {
		ID: "full-width", Family: "wording", Severity: diag.Warning,
		Title:       diag.Text{ZH: "全角的字母或数字", EN: "full-width letters or digits"},
		Reason:      diag.Text{ZH: "数字和字母用半角（GB/T 15835-2011 数字用法），全角的搜不到，也算不了。", EN: "Digits and letters are half-width (GB/T 15835-2011), else they are neither found nor reckoned with."},
		Explanation: diag.Text{ZH: "切换成半角重新输入。", EN: "Type them half-width."},
		Bad:         `plain = "满８０周岁可以领。"`, Good: `plain = "满80周岁可以领。"`,
		check: checkFullWidth,
	}, {
		ID: "not-nfc", Family: "wording", Severity: diag.Warning,
		Title:       diag.Text{ZH: "字由几个部分拼成", EN: "characters in pieces"},
		Reason:      diag.Text{ZH: "公布的数据用 NFC（Unicode UAX #15）：看着一样的字要是一样的编码，不然搜不到、比不出。", EN: "Published data are in NFC (Unicode UAX #15): what looks the same must be the same."},
		Explanation: diag.Text{ZH: "重新输入这一段，多半是从 PDF 或者苹果电脑的文件名里复制来的。", EN: "Type the passage again; it was copied from a PDF or a file name."},
		Bad:         "plain = \"Cafe\u0301 经营\"", Good: `plain = "Café经营"`,
		check: checkNFC,
	},
}

// MaxSentence is the most characters that one sentence may have.
const MaxSentence = 60

// told reports whether a text is told to applicants in sentences.
func told(at *place) bool {
	switch at.file.Kind {
	case record.KindItem, record.KindProcedure, record.KindImplementation, record.KindMaterial, record.KindBundle, record.KindIntermediary, record.KindSignposts:
	default:
		return false
	}
	if !prose(at) || at.path[0] == "review" || at.path[0] == "verified" || at.path[0] == "events" {
		return false
	}
	switch at.path[len(at.path)-1] {
	case "name", "aliases", "basis", "local_topics":
		return false
	}
	return true
}

func checkSentences(c *checker) {
	find := func(s string) string {
		if len(s) <= MaxSentence || utf8.RuneCountInString(s) <= MaxSentence {
			return ""
		}
		return LongSentence(s)
	}
	c.onFound(find, func(at *place, _, sentence string) {
		if told(at) {
			n := utf8.RuneCountInString(sentence)
			c.report(at.file, at.path, words{
				zh:   fmt.Sprintf("“%s”里有一句 %d 个字，最多 %d 个：%s…", at.key.Title.ZH, n, MaxSentence, string([]rune(sentence)[:12])),
				en:   fmt.Sprintf("a sentence of %d characters, %d at most", n, MaxSentence),
				hint: "在逗号处断成两三句，一句说一件事", hintEN: "make two or three sentences of it",
			})
		}
	})
}

// LongSentence returns the first sentence of a text that has more than [MaxSentence] characters, "" where there is none.
func LongSentence(s string) string {
	for _, sentence := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("。！？；\n", r) }) {
		if utf8.RuneCountInString(sentence) > MaxSentence {
			return sentence
		}
	}
	return ""
}

// jargon is words of official letters and what people say instead.
var jargon = [][2]string{
	{"行政相对人", "您"}, {"申办人", "申请人"}, {"加具意见", "写明意见"}, {"呈批", "报批准"}, {"呈报", "报"}, {"踏勘", "到现场看"}, {"缴交", "交"},
	{"兹有", ""}, {"特此", ""}, {"该等", "这些"}, {"届时", "到时候"}, {"予以受理", "受理"}, {"予以办理", "办理"}, {"之规定", "的规定"}, {"系指", "是指"},
	{"审批要件", "材料"}, {"要件齐全", "材料齐全"}, {"知悉", "知道"}, {"径行", "直接"}, {"如遇", "遇到"},
}

// jargonWords are the words alone, in the same order.
var jargonWords = sync.OnceValue(func() *phrases {
	var list []string
	for _, one := range jargon {
		list = append(list, one[0])
	}
	return phrasesOf(list...)
})

// forOffices are the keys that speak to those who handle the matter.
var forOffices = []string{"standard", "review_rules", "discretion", "content", "requirements", "liability", "supervision", "result"}

func checkJargon(c *checker) {
	find := func(s string) string {
		if n := jargonWords().in(s); n >= 0 {
			return jargon[n][0]
		}
		return ""
	}
	c.onFound(find, func(at *place, s, _ string) {
		if !told(at) || slices.Contains(forOffices, at.path[len(at.path)-1]) {
			return
		}
		one := jargon[jargonWords().in(s)]
		w := words{
			zh: fmt.Sprintf("“%s”是行话", one[0]), en: fmt.Sprintf("%s is a word of the office", one[0]),
			hint: "换成“" + one[1] + "”", hintEN: "say " + one[1],
		}
		if one[1] == "" {
			w.hint, w.hintEN = "删掉它，直接说事", "leave it out"
		}
		c.report(at.file, at.path, w)
	})
}

// abolished is what may not be asked for any more, and what holds instead. The first six are those of S1 四(三).
var abolished = []struct {
	names []string
	now   string
}{
	{[]string{"企业名称预先核准", "名称预先核准通知书"}, "名称自主申报，不再预先核准"},
	{[]string{"公章刻制备案证明", "公章备案证明", "印章备案证明"}, "公章刻制由刻章单位备案，不要企业再交证明"},
	{[]string{"税务登记证"}, "多证合一，营业执照就是税务登记证"},
	{[]string{"社会保险登记证", "社保登记证"}, "多证合一，不再发社会保险登记证"},
	{[]string{"施工合同备案"}, "施工合同不再备案"},
	{[]string{"节能设计审查备案"}, "建筑节能设计审查并入施工图审查，不再备案"},
	{[]string{"组织机构代码证"}, "多证合一，用统一社会信用代码"},
	{[]string{"就业报到证", "毕业生报到证"}, "2023 年起不再发就业报到证"},
}

// denials are words with which a text says that something is not needed.
var denials = phrasesOf("不要", "不用", "不再", "取消", "无需", "不需", "以前", "旧的", "已经没有", "注销")

func checkAbolished(c *checker) {
	var names, instead []string
	for _, a := range abolished {
		for _, name := range a.names {
			names, instead = append(names, name), append(instead, a.now)
		}
	}
	known := phrasesOf(names...)
	find := func(s string) (name, now string) {
		n := known.in(s)
		if n < 0 || denials.in(s) >= 0 {
			return "", ""
		}
		return names[n], instead[n]
	}
	report := func(file *catalog.File, at []string, name, now string) {
		c.report(file, at, words{
			zh: fmt.Sprintf("要了已经取消的“%s”", name), en: name + " was abolished and may not be asked for",
			hint: "删掉它：" + now, hintEN: "remove it; it is no longer issued or asked for",
		})
	}
	c.procedures(func(p *catalog.Procedure) {
		for i, line := range p.Papers.Lines {
			if name, now := find(line.Name()); name != "" {
				report(p.File, []string{"materials", fmt.Sprint(i), "material"}, name, now)
			}
		}
	})
	c.onText(keyed("accept_standard", "fill_note", "text"), func(at *place, s string) {
		if at.file.Kind != record.KindProcedure && at.file.Kind != record.KindImplementation || !c.living(at.file) {
			return
		}
		switch last := at.path[len(at.path)-1]; {
		case last == "accept_standard", last == "fill_note", last == "text" && slices.Contains(at.path, "conditions"):
			if name, now := find(s); name != "" {
				report(at.file, at.path, name, now)
			}
		}
	})
}

// asksForCopies is how a note asks for copies; of offices that make them themselves it does not speak.
var asksForCopies = regexp.MustCompile(`(交|带|附|提供|提交|备齐|准备)[^。；，]{0,10}复印件|复印件[^。；，]{0,4}(一|二|两|三|四|[1-9])\s*份`)

func checkCopiesInText(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		for i, line := range p.Papers.Lines {
			if line.Copies != nil && *line.Copies > 0 {
				continue
			}
			for _, one := range [][2]string{{"fill_note", line.FillNote}, {"accept_standard", line.AcceptStandard}} {
				if strings.Contains(one[1], "免费复印") || strings.Contains(one[1], "不收复印件") || strings.Contains(one[1], "不要复印件") || !asksForCopies.MatchString(one[1]) {
					continue
				}
				c.report(p.File, []string{"materials", fmt.Sprint(i), one[0]}, words{
					zh: fmt.Sprintf("“%s”写着不要复印件，说明里却要", line.Name()), en: line.Key() + " asks for copies in its text only",
					hint: "删掉这句；确实要的写 copies 和 copies_reason", hintEN: "remove it, or state copies and copies_reason",
				})
			}
		}
	})
}

// fullWidthForm is a letter or digit in its full-width form.
var fullWidthForm = regexp.MustCompile(`[０-９Ａ-Ｚａ-ｚ]+`)

func isFullWidth(r rune) bool {
	return '０' <= r && r <= '９' || 'Ａ' <= r && r <= 'Ｚ' || 'ａ' <= r && r <= 'ｚ'
}

func checkFullWidth(c *checker) {
	find := func(s string) string {
		if !strings.ContainsFunc(s, isFullWidth) {
			return ""
		}
		return fullWidthForm.FindString(s)
	}
	c.onFound(find, func(at *place, _, found string) {
		if !prose(at) {
			return
		}
		half := strings.Map(func(r rune) rune { return r - '０' + '0' }, found)
		c.report(at.file, at.path, words{
			zh: fmt.Sprintf("“%s”是全角的", found), en: fmt.Sprintf("%s is full-width", found),
			hint: "改成半角的 " + half, hintEN: "write " + half,
		})
	})
}

func checkNFC(c *checker) {
	find := func(s string) string {
		if isASCII(s) || output.NFC(s) == s {
			return ""
		}
		return s
	}
	c.onFound(find, func(at *place, _, _ string) {
		c.report(at.file, at.path, words{
			zh: fmt.Sprintf("“%s”里的字是拼起来的，不是一个字", at.key.Title.ZH), en: at.path[len(at.path)-1] + " is not in normalization form C",
			hint: "重新输入这一段，不要复制", hintEN: "type the passage again",
		})
	})
}
