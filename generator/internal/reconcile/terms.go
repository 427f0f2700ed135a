package reconcile

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/record"
	"banshi/generator/internal/zh"
)

// The levels that upper-level catalogues have and ours lacks.
const (
	levelState   = "国家级"
	levelVillage = "村级"
)

// tableLevels are the levels of tables from the top down; an index plus 1 is the code of GB/T 39046 A.2.
var tableLevels = slices.Concat([]string{levelState}, record.Levels, []string{levelVillage})

// wordsOfLevels are looked for in turn and taken out of the text: 县（市、区） is no 市, 镇 stands for a township.
var wordsOfLevels = []struct {
	level string
	words []string
}{
	{record.LevelCounty, []string{"县(市、区)", "县(市,区)", "县(市区)", "县(区、市)", "县(区)", "县(市)", "县、市、区", "县市区", "县级市", "市辖区", "区县", "区(县)", "县区", "区级", "县"}},
	{record.LevelTownship, []string{"乡镇", "镇(乡、街道)", "乡(镇)", "街道", "乡", "镇"}},
	{levelVillage, []string{"村", "社区"}},
	{levelState, []string{"国家", "国务院", "中央", "部级", "国"}},
	{record.LevelProvince, []string{"省(自治区、直辖市)", "自治区", "直辖市", "省"}},
	{record.LevelCity, []string{"设区的市", "设区市", "地市", "地级市", "自治州", "市"}},
}

// levelsOf reads the levels of a cell, from the top down: 省级、市级, 省、市、县, 2^3^4 or 县（市、区）. nil is a text that says none.
func levelsOf(text string) []string {
	folded := strings.ReplaceAll(zh.Fold(text), " ", "")
	found := map[string]bool{}
	if plain := inBrackets.ReplaceAllString(folded, ""); strings.Trim(plain, "0123456789,^、;|/.") == "" { // 4(5委托) is 4
		for _, r := range plain {
			if '1' <= r && r <= '6' {
				found[tableLevels[r-'1']] = true
			}
		}
	} else {
		for _, l := range wordsOfLevels {
			for _, w := range l.words {
				if strings.Contains(folded, w) {
					found[l.level] = true
					folded = strings.ReplaceAll(folded, w, "/")
				}
			}
		}
	}
	var out []string
	for _, l := range tableLevels {
		if found[l] {
			out = append(out, l)
		}
	}
	return out
}

var inBrackets = regexp.MustCompile(`\([^()]*\)`)

// ticked reports whether the cell in a column of one level says that the level exercises the item.
func ticked(cell string) bool {
	switch strings.ToLower(strings.TrimSpace(zh.Fold(cell))) {
	case "", "否", "无", "/", "-", "—", "×", "x", "0", "✗":
		return false
	}
	return true
}

// otherTypes are types as tables print them that no rule leads to a term of ours.
var otherTypes = map[string]string{
	"其他类别": "其他行政权力", "其他权力": "其他行政权力", "其他": "其他行政权力", "其他类": "其他行政权力", "其他行政职权": "其他行政权力", "其他职权": "其他行政权力",
	"依申请公共服务": "公共服务", "依申请的公共服务": "公共服务", "公共服务类": "公共服务",
}

// typeOf returns the term of our vocabulary that a table's type is, else the text as printed and false. 许可, 行政许可事项 and 01 are
// 行政许可.
func (x *index) typeOf(text string) (term string, ok bool) {
	key := nameKey(text)
	key = strings.TrimSuffix(key, "事项")
	for _, try := range []string{key, "行政" + key, otherTypes[key]} {
		if x.types.Term(try) != nil {
			return try, true
		}
	}
	if len(key) == 2 || len(key) == 1 {
		for _, t := range x.types.Terms {
			if strings.TrimLeft(t.Code, "0") == strings.TrimLeft(key, "0") && t.Code != codeOther {
				return t.Term, true
			}
		}
		if key == codeOther {
			return "其他行政权力", true
		}
	}
	return together(text), false
}

// codeOther is 其他类别 of GB/T 39046 A.1, under which several of our types are.
const codeOther = "10"

// industryOf returns the term of our departments that a table's department is: 国家市场监督管理总局 is 市场监管. It is "" where none or
// several fit alike.
func (x *index) industryOf(text string) string {
	key := industryKey(text)
	if key == "" {
		return ""
	}
	if known, ok := x.industries[key]; ok {
		return known
	}
	best, most, twice := "", 0, false
	for _, t := range x.departments.Terms {
		if t.Code == key {
			best, twice = t.Term, false
			break
		}
		n := 0
		for _, w := range append([]string{t.Term}, t.Aliases...) {
			switch w = industryKey(w); {
			case strings.Contains(key, w):
				n = max(n, 2*utf8.RuneCountInString(w)) // letter by letter beats letters in between
			case inOrder(w, key):
				n = max(n, utf8.RuneCountInString(w))
			}
		}
		switch {
		case n > most:
			best, most, twice = t.Term, n, false
		case n == most && n > 0:
			twice = true
		}
	}
	if twice {
		best = ""
	}
	x.industries[key] = best
	return best
}

// leftOut is what the short names of departments leave out.
var leftOut = strings.NewReplacer("人民政府", "", "和", "", "与", "", "及", "", "、", "", " ", "", "国家", "")

// industryKey is a department's name without what short names leave out.
func industryKey(s string) string { return leftOut.Replace(zh.Fold(s)) }

// inOrder reports whether the characters of short stand in long in their order, the first of them together: 医保局 in 医疗保障局.
func inOrder(short, long string) bool {
	rest := []rune(short)
	if len(rest) < 2 {
		return false
	}
	i := strings.IndexRune(long, rest[0])
	if i < 0 {
		return false
	}
	for _, r := range long[i:] {
		if len(rest) > 0 && r == rest[0] {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}
