package office

import (
	"strings"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// What people write, and what it is taken for; "" is refused.
func TestReadCells(t *testing.T) {
	source := catalog.NewSource(nil, 20261001)
	r := NewRecords(catalog.Resolve(source, catalog.Options{}))
	in, w := &reader{records: r}, &writer{names: r.names}
	key := func(path string) record.Key {
		k, ok := record.KeyOf(record.KindImplementation, path)
		if !ok {
			t.Fatal(path)
		}
		return k
	}
	promise := &column{path: []string{"promise"}, key: key("promise"), form: formLimits}
	legal := &column{path: []string{"legal_limit"}, key: key("legal_limit"), form: formLimits}
	phones := &column{path: []string{"phones"}, key: key("phones"), form: formPhones}
	day := &column{path: []string{"suspended", "from"}, key: key("suspended.from"), form: formDate}
	truth := &column{path: []string{"one_window"}, key: key("one_window"), form: formBoolean}
	number := &column{path: []string{"visits"}, key: key("visits"), form: formInteger}
	text := &column{path: []string{"appointment"}, key: key("appointment"), form: formText}
	sentences := &column{path: []string{"rights"}, key: key("rights"), form: formTexts}
	for _, c := range []struct {
		column    *column
		cell, say string
	}{
		{promise, "５ 個工作日", "5个工作日"}, {promise, "自受理之日起十五个工作日以内", "15个工作日"}, {promise, "即时办结", "即办"}, {promise, "一百二十个自然日", "120个自然日"},
		{promise, "10个工作日(可延长5个工作日;公示除外)", "10个工作日（可延长5；公示除外）"}, {promise, "【kind：a、b】3个月；10个工作日", "【kind：a、b】3个月\n10个工作日"},
		{promise, "5-10个工作日", ""}, {promise, "5日", ""}, {promise, "尽快", ""}, {promise, "无", "无"}, {legal, "20日", "20日"}, {legal, "法律法规未规定期限", "无"},
		{phones, "0311－66635110、0311-66635111", "咨询：0311-66635110\n咨询：0311-66635111"}, {phones, "监督电话：12345（工作日）", "监督：12345（工作日）"},
		{phones, "66635110", ""}, {phones, "1.30E+11", ""}, {phones, "见公告", ""},
		{day, "2026年3月1日", "2026-03-01"}, {day, "2026/3/1", "2026-03-01"}, {day, "20260301", "2026-03-01"}, {day, "46082", "2026-03-01"}, {day, "2026年3月", ""}, {day, "2026-02-30", ""},
		{truth, "√", "是"}, {truth, "没有", "否"}, {truth, "也许", ""}, {number, "２次", "2"}, {number, "十", "10"}, {number, "1.5", ""},
		{text, "=1+1", ""}, {text, "@SUM(A1)", ""}, {text, "-2+3+cmd|' /C calc'!A0", ""}, {text, "+86 311 6663", "+86 311 6663"}, {text, " 不 用\u200b預 約\n，直接來 ", "不用预约，直接来"},
		{sentences, "一次说清。\n可以复议；也可以诉讼。", "一次说清。\n可以复议；也可以诉讼。"}, {sentences, "知情、申辩", "知情、申辩"},
	} {
		v, bad := in.value(clean(c.cell, c.column.form >= formTexts), c.column)
		got := ""
		if bad == nil {
			got = w.text(valueTree(v), c.column)
		} else if bad.rule == "" || bad.message.ZH == "" || bad.message.EN == "" {
			t.Errorf("%q: a refusal without words: %+v", c.cell, bad)
		}
		if got != c.say {
			t.Errorf("%q is read as %q, want %q", c.cell, got, c.say)
		}
	}
}

// Cleaning is done after once.
func TestClean(t *testing.T) {
	for _, s := range []string{"", " 石 家 庄 ", "ＡＢＣ　１２３", "a\tb  c", "甲\r\n乙\r丙", "《 食品安全法 》", "10 mg / 天", "\ufeff\u202e办\u00a0事"} {
		for _, lines := range []bool{false, true} {
			once := clean(s, lines)
			if again := clean(once, lines); again != once || strings.ContainsAny(once, "\r\t\u00a0\u202e") {
				t.Errorf("%q: %q, again %q", s, once, again)
			}
		}
	}
}

// The sheets of a workbook have names that table programs take, no two the same, and columns that can be told apart.
func TestDesigns(t *testing.T) {
	names := map[string]bool{wordsSheet: true, "说明": true}
	for _, d := range allDesigns() {
		name := sheetName(d.name)
		if names[name] || len([]rune(name)) > sheetNameRunes {
			t.Errorf("the name %s", name)
		}
		names[name] = true
		titles := map[string]bool{}
		for i := range d.columns {
			if title := d.columns[i].title; titles[title] || title == "" {
				t.Errorf("%s: the column %q", name, title)
			} else {
				titles[title] = true
			}
		}
	}
}
