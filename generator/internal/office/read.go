package office

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/tomlfile"
)

// refusal is why a text is no value of its key.
type refusal struct {
	rule          string
	message, hint diag.Text
}

func refuse(rule, zh, en, hint, hintEN string) *refusal {
	return &refusal{rule, diag.Text{ZH: zh, EN: en}, diag.Text{ZH: hint, EN: hintEN}}
}

// reader reads the texts of cells as values.
type reader struct {
	records  *Records
	division string
	profile  *record.Profile // foreign codes, nil for none
}

// value reads a text that was cleaned as a value of a column, as [tomlfile.Edit] takes it.
func (r *reader) value(text string, c *column) (any, *refusal) {
	switch c.form {
	case formInteger:
		return r.integer(text)
	case formNumber:
		f, err := strconv.ParseFloat(half(text), 64)
		if err != nil {
			return nil, refuse("cell-value", "这里应当是数字："+text, "this must be a number: "+text, "", "")
		}
		return f, nil
	case formBoolean:
		return r.boolean(text)
	case formDate:
		return r.date(text)
	case formTexts:
		return r.texts(text, c)
	case formLimit:
		return r.limit(text, c)
	case formLimits, formBasis, formPhones, formPlaces:
		return r.several(text, c)
	case formWhen:
		return r.when(text)
	}
	return r.word(text, c.key)
}

// several reads a list with a value on each line.
func (r *reader) several(text string, c *column) (any, *refusal) {
	list := []any{}
	if text == wordNone || text == "法律法规未规定期限" && c.form == formLimits {
		return list, nil
	}
	split := map[form]func(string) []string{formLimits: limitParts, formBasis: basisParts, formPhones: phoneParts, formPlaces: lineParts}[c.form]
	for _, part := range split(text) {
		var v any
		var bad *refusal
		switch c.form {
		case formLimits:
			v, bad = r.limit(part, c)
		case formBasis:
			v, bad = r.basis(part)
		case formPhones:
			v, bad = r.phone(part)
		case formPlaces:
			v, bad = r.place(part)
		}
		if bad != nil {
			return nil, bad
		}
		list = append(list, v)
	}
	return list, nil
}

// lineParts splits a text into its lines and at semicolons.
func lineParts(text string) []string {
	return fields(text, "\n；;")
}

// fields splits a text at any of some signs, outside of brackets.
func fields(text, signs string) (out []string) {
	depth, start := 0, 0
	for i, r := range text {
		switch {
		case strings.ContainsRune("（(【〔《", r):
			depth++
		case strings.ContainsRune("）)】〕》", r):
			depth--
		case strings.ContainsRune(signs, r) && depth <= 0:
			out = append(out, text[start:i])
			start = i + len(string(r))
		}
	}
	out = append(out, text[start:])
	kept := out[:0]
	for _, s := range out {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

func limitParts(text string) []string { return fields(text, "\n；;") }
func basisParts(text string) []string { return fields(text, "\n；;") }

// phoneParts splits several numbers of a cell: also at 、 , / and spaces, where a number or a kind begins anew.
func phoneParts(text string) []string { return fields(text, "\n；;、，,/／") }

func (r *reader) integer(text string) (any, *refusal) {
	t := strings.TrimRight(half(text), "份次个天条")
	n, err := strconv.Atoi(strings.TrimSuffix(t, ".0"))
	if err != nil {
		if n, ok := hanNumber(t); ok {
			return n, nil
		}
		return nil, refuse("cell-value", "这里应当是整数："+text, "this must be a whole number: "+text, "只写数字，例如 1", "digits only, such as 1")
	}
	return n, nil
}

var yes, no = []string{"是", "有", "√", "✓", "对", "true", "TRUE", "1", "Y", "y"}, []string{"否", "无", "×", "✗", "x", "X", "没有", "不", "false", "FALSE", "0", "N", "n"}

func (r *reader) boolean(text string) (any, *refusal) {
	switch {
	case slices.Contains(yes, text):
		return true, nil
	case slices.Contains(no, text):
		return false, nil
	}
	return nil, refuse("cell-value", "这里只能写“是”或“否”："+text, "this is 是 or 否: "+text, "", "")
}

var (
	dateText  = regexp.MustCompile(`^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?( 0{1,2}:00(:00)?)?$`)
	datePlain = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	serial    = regexp.MustCompile(`^\d{5}(\.0)?$`)
)

// date reads 2026-03-01, 2026年3月1日, 2026/3/1, 20260301, and the number that a table program keeps for a day.
func (r *reader) date(text string) (any, *refusal) {
	t := half(text)
	m := dateText.FindStringSubmatch(t)
	if m == nil {
		m = datePlain.FindStringSubmatch(t)
	}
	if m != nil {
		t = fmt.Sprintf("%s-%02s-%02s", m[1], m[2], m[3])
		if d, err := record.ParseDate(t); err == nil {
			return tomlfile.Literal(d.String()), nil
		}
	} else if serial.MatchString(t) {
		// Day 1 is 1900-01-01 and the year 1900 has a day too many: see ECMA-376 18.17.4.1.
		n, err := strconv.Atoi(t[:5])
		if err == nil && n > 60 {
			return tomlfile.Literal(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly)), nil
		}
	}
	return nil, refuse("cell-value", "这不是完整的日期："+text, "this is no complete date: "+text, "写年月日，例如 2026-03-01 或 2026年3月1日", "write year, month and day: 2026-03-01")
}

// word reads a single text: a term of the vocabulary, a name of the library, or any text.
func (r *reader) word(text string, k record.Key) (any, *refusal) {
	switch {
	case k.Vocabulary != "":
		return r.term(text, k.Vocabulary)
	case k.Ref != "":
		return r.id(text, k.Ref)
	}
	if bad := formula(text); bad != nil {
		return nil, bad
	}
	return text, nil
}

// formula refuses a text that a table program would calculate.
func formula(text string) *refusal {
	if text == "" || !strings.ContainsRune("=@+-＝＠＋－", firstRune(text)) {
		return nil
	}
	if rest := strings.TrimLeft(half(text), "+-"); rest != half(text) && (rest == "" || strings.Trim(rest, "0123456789- ()") == "") {
		return nil // a phone number with +86, a dash
	}
	return refuse("cell-formula", "文字不能用 = @ + - 开头："+text, "a text must not begin with = @ + -: "+text,
		"表格程序会把它当成公式；去掉开头的符号", "programs would calculate it; remove the sign")
}

// term reads a term of a vocabulary, another word for it, or with a profile a foreign code.
func (r *reader) term(text, vocabulary string) (any, *refusal) {
	v := r.records.Catalog.Vocab[vocabulary]
	if v == nil {
		return text, nil
	}
	if v.Term(text) != nil {
		return text, nil
	}
	for _, t := range v.Terms {
		if plain(t.Term) == plain(text) || slices.ContainsFunc(t.Aliases, func(a string) bool { return plain(a) == plain(text) }) {
			return t.Term, nil
		}
	}
	if isCode(text) {
		return r.code(text, vocabulary)
	}
	terms := r.records.terms(vocabulary)
	hint := "可以写：" + strings.Join(terms[:min(len(terms), 12)], "、")
	if len(terms) > 12 {
		hint += " 等，全部在“选项”里"
	}
	return nil, refuse("cell-term", fmt.Sprintf("“%s”不是词表里的词", text), fmt.Sprintf("%q is not a term of the vocabulary", text), hint, "choose from: "+strings.Join(terms, ", "))
}

func isCode(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// code reads the code of a foreign platform by the profile that was asked for.
func (r *reader) code(text, vocabulary string) (any, *refusal) {
	if r.profile == nil {
		return nil, refuse("cell-term", fmt.Sprintf("%s 是代码，不是词表里的词", text), text+" is a code, not a term",
			"导入时用 --profile 说明是哪一套代码，例如 --profile codes-exchange；或者改写成文字", "say whose codes these are with --profile, such as codes-exchange, or write the term")
	}
	var terms []string
	for term, code := range r.profile.Codes[vocabulary] {
		if code == text || strings.TrimLeft(code, "0") == strings.TrimLeft(text, "0") {
			terms = append(terms, term)
		}
	}
	slices.Sort(terms)
	switch len(terms) {
	case 1:
		return terms[0], nil
	case 0:
		return nil, refuse("cell-term", fmt.Sprintf("“%s”里没有代码 %s", r.profile.Name, text), "the profile has no code "+text, "改写成文字，或者在 data/profiles/ 的文件里补上这个代码", "write the term, or add the code to the profile")
	}
	return nil, refuse("cell-term", fmt.Sprintf("代码 %s 有几个意思：%s", text, strings.Join(terms, "、")), "the code has several meanings", "改写成其中一个词", "write one of the terms")
}

// id reads the id or name of another record.
func (r *reader) id(text, ref string) (any, *refusal) {
	if bad := formula(text); bad != nil {
		return nil, bad
	}
	n := r.records.names
	ids := n.find(ref, r.division, text)
	switch {
	case ref == "org" && strings.Contains(text, "/"):
		return text, nil // division/org, in another place
	case len(ids) == 1:
		return ids[0], nil
	case len(ids) > 1:
		return nil, refuse("cell-name", fmt.Sprintf("“%s”有 %d 个：%s", text, len(ids), strings.Join(ids, "、")), "several records have this name", "写编号", "write the id")
	case n.known(ref) || (ref == "hall" || ref == "org") && n.catalog.Division(r.division) != nil:
		return nil, refuse("cell-name", fmt.Sprintf("库里没有“%s”", text), "no record has this id or name: "+text, "写“选项”里列出的名称或者编号；还没有的先建一份记录", "write a name from the sheet 选项 or an id; make the record first if there is none")
	}
	return text, nil
}

// texts reads a list of words or sentences.
func (r *reader) texts(text string, c *column) (any, *refusal) {
	list := []any{}
	if text == wordNone {
		return list, nil
	}
	var parts []string
	switch {
	case c.key.Vocabulary != "" || c.key.Ref != "":
		parts = fields(text, separators[:len(separators)-len("〔")])
	case strings.Contains(text, "\n"):
		parts = fields(text, "\n")
	case strings.Contains(text, "。"):
		parts = []string{text}
	default:
		parts = fields(text, "、；;，,")
	}
	for _, part := range parts {
		v, bad := r.word(part, c.key)
		if bad != nil {
			return nil, bad
		}
		list = append(list, v)
	}
	return list, nil
}

// when reads kind：sale、catering；who：old.
func (r *reader) when(text string) (any, *refusal) {
	var t tomlfile.Table
	for _, part := range fields(text, "；;\n") {
		question, options, ok := strings.Cut(strings.NewReplacer(":", "：", "=", "：").Replace(part), "：")
		if !ok {
			return nil, refuse("cell-value", "看不懂适用情形："+part, "cannot read the cases: "+part, "写成 问题编号：选项编号、选项编号", "write question：option、option")
		}
		list := []any{}
		for _, o := range fields(options, "、，,") {
			list = append(list, o)
		}
		t = append(t, tomlfile.Member{Key: strings.TrimSpace(question), Value: list})
	}
	return t, nil
}
