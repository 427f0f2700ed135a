package rules

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/zh"
)

// wordingRules hold that text says what it means, in the characters it should.
var wordingRules = []Rule{
	{
		ID: "vague-wording", Family: "wording", Severity: diag.Warning,
		Title:       diag.Text{ZH: "模糊兜底的说法", EN: "vague wording"},
		Reason:      diag.Text{ZH: "清理“其他材料”“有关材料”等模糊条款（S1 四(四)）。", EN: "Vague clauses such as 其他材料 are to be cleared (S1)."},
		Explanation: diag.Text{ZH: "把要的东西一样一样列出来；列不出来的就不能要。", EN: "List what is meant; what cannot be listed cannot be asked for."},
		Bad:         `accept_standard = "法律法规规定的其他材料"`, Good: `accept_standard = "合同在有效期内，双方签字。"`,
		check: checkVague,
	}, {
		ID: "traditional", Family: "wording", Severity: diag.Warning,
		Title:       diag.Text{ZH: "繁体字", EN: "Traditional characters"},
		Reason:      diag.Text{ZH: "国家机关以规范汉字为公务用字（国家通用语言文字法第九条）。", EN: "State bodies use standard characters (Law on the Standard Language, 9)."},
		Explanation: diag.Text{ZH: "改成简体字。多半是从别处复制来的。地名照公布的写，不查。", EN: "Write it Simplified. Names of divisions are as published and not looked at."},
		Bad:         `plain = "開飯店之前先辦這個證。"`, Good: `plain = "开饭店之前先办这个证。"`,
		check: checkTraditional,
	}, {
		ID: "han-space", Family: "wording", Severity: diag.Warning,
		Title:       diag.Text{ZH: "汉字和字母数字之间打了空格", EN: "a space between Han and Latin"},
		Reason:      diag.Text{ZH: "间距由页面排版加（CLREQ 中文排版需求），文字里的空格会妨碍检索和比对。", EN: "Spacing is the page's work (W3C CLREQ); typed spaces hinder search and comparison."},
		Explanation: diag.Text{ZH: "删掉空格。", EN: "Remove the space."},
		Bad:         `plain = "满 80 周岁可以领。"`, Good: `plain = "满80周岁可以领。"`,
		check: checkHanSpace,
	}, {
		ID: "half-width", Family: "wording", Severity: diag.Warning,
		Title:       diag.Text{ZH: "汉字之间用了半角标点", EN: "half-width punctuation between Han"},
		Reason:      diag.Text{ZH: "中文用全角标点（GB/T 15834-2011 标点符号用法）。", EN: "Chinese text has full-width punctuation (GB/T 15834-2011)."},
		Explanation: diag.Text{ZH: "改成全角：，。；：？！（）。", EN: "Use ，。；：？！（）."},
		Bad:         `plain = "开饭店,先办证."`, Good: `plain = "开饭店，先办证。"`,
		check: checkHalfWidth,
	},
}

// prose reports whether a text is written for applicants. Titles and quotes of laws and documents are as they were issued, and
// profiles, vocabularies, targets and mappings name what others wrote.
func prose(at *place) bool {
	switch at.file.Kind {
	case record.KindVocab, record.KindProfile, record.KindTargets, record.KindDocument, record.KindLaw, record.KindRelease, record.KindSchema, record.KindSynonyms,
		record.KindMapping, record.KindBenchmark, record.KindPowerList, record.KindPlan:
		return false
	}
	if at.key.Ref != "" || at.key.Vocabulary != "" {
		return false
	}
	switch at.path[len(at.path)-1] {
	case "id", "code", "uscc", "url", "mobile_url", "official_url", "blank_form", "sample_form", "sample", "number", "document", "local_code", "type_code":
		return false
	}
	return true
}

// vaguePhrases are what S1 四(四) names, and their relatives in guides.
var vaguePhrases = phrasesOf(
	"法律法规规定的其他", "法律、法规规定的其他", "法律法规规定的有关", "其他材料", "其它材料", "其他有关材料", "有关材料", "相关材料", "相关证明",
	"有关证明", "其他证明", "等材料", "等相关", "见流程图", "详见流程图",
)

func checkVague(c *checker) {
	c.onFound(Vague, func(at *place, _, phrase string) {
		if !prose(at) {
			return
		}
		c.report(at.file, at.path, words{
			zh: fmt.Sprintf("“%s”里的“%s”说不清要什么", at.key.Title.ZH, phrase), en: fmt.Sprintf("%q in %s does not say what is meant", phrase, at.path[len(at.path)-1]),
			hint: "一样一样列出来；列不出来的就不能要", hintEN: "list what is meant",
		})
	})
}

// Vague returns the first phrase of a text that does not say what is meant, "" where there is none.
func Vague(s string) string {
	if n := vaguePhrases.in(s); n >= 0 {
		return vaguePhrases.list[n]
	}
	return ""
}

// bothScripts are characters that the list of standard characters (通用规范汉字表, 2013) has although they are Traditional for
// others: 乾 in 乾隆 and in names, 於 as a surname, 著 in 著作, 瞭 in 瞭望, 徵 as a note of the scale.
const bothScripts = "乾夥藉瞭麽徵馀雠於著剋噁菸锺镕苎晳祇甯堃喆淼昇陞濛澂犇"

func checkTraditional(c *checker) {
	find := func(s string) string {
		if isASCII(s) {
			return ""
		}
		if simple := zh.Simplify(s); simple != s {
			return simple
		}
		return ""
	}
	c.onFound(find, func(at *place, s, simple string) {
		if placeName(at) {
			return
		}
		from, to := []rune(s), []rune(simple)
		for i := range from {
			if from[i] == to[i] || strings.ContainsRune(bothScripts, from[i]) {
				continue
			}
			c.report(at.file, at.path, words{
				zh: fmt.Sprintf("有繁体字“%c”", from[i]), en: fmt.Sprintf("%c is Traditional", from[i]),
				hint: fmt.Sprintf("改成“%c”", to[i]), hintEN: fmt.Sprintf("write %c", to[i]),
			})
			return
		}
	})
}

// placeName reports whether a text is the name of a division: the published lists keep characters such as 塚 in names of places.
func placeName(at *place) bool {
	return at.file.Kind == record.KindDivision && (at.path[0] == "name" || at.path[0] == "aliases")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isHan(r rune) bool { return r >= 0x2E80 && unicode.Is(unicode.Han, r) }

func isLatin(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// containing finds texts with one of some characters.
func containing(chars string) func(string) string {
	return func(s string) string {
		if strings.ContainsAny(s, chars) {
			return s
		}
		return ""
	}
}

func checkHanSpace(c *checker) {
	c.onFound(containing(" "), func(at *place, s, _ string) {
		if !prose(at) {
			return
		}
		r := []rune(s)
		for i := 1; i+1 < len(r); i++ {
			if r[i] == ' ' && (isHan(r[i-1]) && isLatin(r[i+1]) || isLatin(r[i-1]) && isHan(r[i+1])) {
				c.report(at.file, at.path, words{
					zh: fmt.Sprintf("“%s”中间不用空格", around(r, i)), en: fmt.Sprintf("no space in %q", around(r, i)),
					hint: "删掉空格，间距由页面加", hintEN: "remove the space; pages set the spacing",
				})
				return
			}
		}
	})
}

// around returns the characters about a place of a text.
func around(r []rune, i int) string { return string(r[max(0, i-4):min(len(r), i+5)]) }

// fullWidth is the full-width form of the punctuation that Chinese text needs.
var fullWidth = map[rune]rune{',': '，', ';': '；', ':': '：', '!': '！', '?': '？', '(': '（', ')': '）', '.': '。'}

func checkHalfWidth(c *checker) {
	c.onFound(containing(",;:!?()."), func(at *place, s, _ string) {
		if !prose(at) {
			return
		}
		r := []rune(s)
		for i := 1; i < len(r); i++ {
			if fullWidth[r[i]] == 0 || !isHan(r[i-1]) || i+1 < len(r) && !isHan(r[i+1]) {
				continue
			}
			if i+1 == len(r) && r[i] != '.' && r[i] != '!' && r[i] != '?' && r[i] != ';' {
				continue
			}
			c.report(at.file, at.path, words{
				zh: fmt.Sprintf("“%s”用了半角标点", around(r, i)), en: fmt.Sprintf("half-width punctuation in %q", around(r, i)),
				hint: fmt.Sprintf("改成“%c”", fullWidth[r[i]]), hintEN: fmt.Sprintf("write %c", fullWidth[r[i]]),
			})
			return
		}
	})
}
