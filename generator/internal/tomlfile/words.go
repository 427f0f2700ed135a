package tomlfile

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"banshi/generator/internal/diag"
)

// explanation says in plain words what a parser says in its own.
type explanation struct {
	contains      string // part of the parser's message
	message, hint diag.Text
}

var (
	quoteHint = diag.Text{
		ZH: `文字两边要有英文双引号，例如 name = "办事指南"；数字、日期和 true、false 不加`,
		EN: `text stands in double quotes, as in name = "guide"; numbers, dates, true and false do not`,
	}
	keyHint = diag.Text{
		ZH: "每行写成：键 = 值；键用小写英文、数字和下划线",
		EN: "each line is: key = value; keys are of lower-case letters, digits and _",
	}
	bracketHint = diag.Text{
		ZH: "每个 [ 都要有 ]，每个 { 都要有 }，各项之间用英文逗号分开",
		EN: "every [ needs its ], every { its }, and commas stand between members",
	}
	escapeHint = diag.Text{
		ZH: `反斜杠要写成 \\，或者把文字放在单引号里`,
		EN: `write \\ for a backslash, or put the text in single quotes`,
	}
	numberHint = diag.Text{
		ZH: "整数只写数字，不加单位、逗号和开头的 0；编号和电话是文字，要加双引号",
		EN: "a number is digits only, without unit, comma or leading 0; codes and phones are text, in quotes",
	}
	dateHint = diag.Text{
		ZH: "日期写成 2026-03-01，不加引号，并且要真有这一天；电话和编号是文字，两边加英文双引号",
		EN: "write a date as 2026-03-01, without quotes, and one that exists; phones and codes are text, in double quotes",
	}
)

// explanations holds the messages of go-toml's unstable parser and of
// BurntSushi/toml. The first that fits counts.
var explanations = []explanation{
	{"start of key", diag.Text{ZH: "这里应当是一个键", EN: "a key is expected here"}, keyHint},
	{"expected key", diag.Text{ZH: "这里应当是一个键", EN: "a key is expected here"}, keyHint},
	{"expected '=' after key", diag.Text{ZH: "键后面缺少等号 =", EN: `"=" is missing after the key`}, keyHint},
	{"to close table name", diag.Text{ZH: "标题行缺少右方括号 ]", EN: `the header lacks its closing "]"`}, bracketHint},
	{"to close array table", diag.Text{ZH: "标题行缺少右方括号 ]]", EN: `the header lacks its closing "]]"`}, bracketHint},
	{"start of value", diag.Text{ZH: "这里的值写法不对", EN: "this is not a value"}, quoteHint},
	{"expected keyword", diag.Text{ZH: "这里的值写法不对", EN: "this is not a value"}, quoteHint},
	{"strings must be quoted", diag.Text{ZH: "这里的值写法不对", EN: "this is not a value"}, quoteHint},
	{"expected value", diag.Text{ZH: "这里缺少值", EN: "a value is missing here"}, quoteHint},
	{"expected newline", diag.Text{ZH: "值后面有多余的内容", EN: "there is something after the value"}, quoteHint},
	{"after array value", diag.Text{ZH: "列表的各项之间缺少逗号，或者缺少 ]", EN: `a comma or "]" is missing in the list`}, bracketHint},
	{"inline table key-value", diag.Text{ZH: "花括号里的各项之间缺少逗号，或者缺少 }", EN: `a comma or "}" is missing between braces`}, bracketHint},
	{"unexpected comma", diag.Text{ZH: "这里多了一个逗号", EN: "there is a comma too many"}, bracketHint},
	{"array is incomplete", diag.Text{ZH: "括号没有配对：到文件末尾也没有结束", EN: "a bracket is not closed before the end of the file"}, bracketHint},
	{"inline table is incomplete", diag.Text{ZH: "{ 没有配对的 }", EN: `"{" has no "}"`}, bracketHint},
	{"have new lines", diag.Text{ZH: "引号没有配对：文字到行尾还没有结束", EN: "a quote is missing: the text does not end on its line"}, quoteHint},
	{"terminated", diag.Text{ZH: "引号没有配对：文字没有结束", EN: "a quote is missing: the text does not end"}, quoteHint},
	{"too many quotes", diag.Text{ZH: "这里的引号多了", EN: "there are too many quotes"}, quoteHint},
	{"escape", diag.Text{ZH: "反斜杠后面的写法不对", EN: "this is no escape sequence"}, escapeHint},
	{"invalid datetime", diag.Text{ZH: "这里的日期或号码写法不对", EN: "this is neither a date nor a number"}, dateHint},
	{"out of range", diag.Text{ZH: "数字太大", EN: "the number is too large"}, numberHint},
	{"nteger", diag.Text{ZH: "数字的写法不对", EN: "this is not a number"}, numberHint},
	{"float", diag.Text{ZH: "数字的写法不对", EN: "this is not a number"}, numberHint},
	{"digit", diag.Text{ZH: "数字的写法不对", EN: "this is not a number"}, numberHint},
	{"number", diag.Text{ZH: "数字的写法不对", EN: "this is not a number"}, numberHint},
}

// fullWidth are the characters that a Chinese input method types for those
// that TOML wants.
var fullWidth = map[rune]string{
	'“': `"`, '”': `"`, '＂': `"`, '‘': `'`, '’': `'`, '＝': "=", '，': ",", '、': ",", '．': ".", '。': ".",
	'【': "[", '】': "]", '［': "[", '］': "]", '｛': "{", '｝': "}", '＃': "#", '：': "=",
}

// explainSyntax returns message and hint for what a parser said about the text
// at an offset.
func explainSyntax(said string, data []byte, at int) (message, hint diag.Text) {
	message = diag.Text{ZH: "不合 TOML 的写法：" + said, EN: "this is not TOML: " + said}
	for _, e := range explanations {
		if strings.Contains(said, e.contains) {
			message, hint = e.message, e.hint
			break
		}
	}
	r, _ := utf8.DecodeRune(data[min(at, len(data)):])
	half, ok := fullWidth[r]
	if '０' <= r && r <= '９' {
		half, ok = string('0'+r-'０'), true
	}
	if ok {
		hint = diag.Text{
			ZH: fmt.Sprintf("这里是全角的 %c，请用英文输入法改成半角的 %s", r, half),
			EN: fmt.Sprintf("the character %c here is full width; type %s instead", r, half),
		}
	}
	return message, hint
}

// quoted puts a key into Chinese quotation marks.
func quoted(key string) string { return "“" + key + "”" }

// words names what a Go type wants, or what a file has, in plain words.
func words(t reflect.Type) diag.Text {
	if t == timeType {
		return diag.Text{ZH: "日期", EN: "a date"}
	}
	switch t.Kind() {
	case reflect.String:
		return diag.Text{ZH: "文字", EN: "text"}
	case reflect.Bool:
		return diag.Text{ZH: "“是否”值（true 或 false）", EN: "true or false"}
	case reflect.Float32, reflect.Float64:
		return diag.Text{ZH: "数字", EN: "a number"}
	case reflect.Slice, reflect.Array:
		return diag.Text{ZH: "列表", EN: "a list"}
	case reflect.Struct, reflect.Map:
		return diag.Text{ZH: "表", EN: "a table"}
	}
	return diag.Text{ZH: "整数", EN: "an integer"}
}

// howToWrite says how the value that is wanted is written, given the one found.
func howToWrite(want reflect.Type, got any) diag.Text {
	text, isText := got.(string)
	switch w := words(want).ZH; {
	case w == "文字":
		return diag.Text{ZH: "文字两边加英文双引号", EN: "put text in double quotes"}
	case w == "日期":
		return diag.Text{ZH: "日期写成 2026-03-01，不加引号", EN: "write a date as 2026-03-01, without quotes"}
	case w == "列表" && isTable(got):
		return diag.Text{ZH: "列表的每一项用 [[…]] 开头，或者写成 [{ … }]", EN: "begin each member of the list with [[…]], or write [{ … }]"}
	case w == "列表":
		return diag.Text{ZH: "用方括号写成列表，只有一项也要：[ … ]", EN: "write a list in brackets, also of one member: [ … ]"}
	case w == "表":
		return diag.Text{ZH: "写成 { 键 = 值 }，或者用一行 [键] 开头（只一对方括号）", EN: "write { key = value }, or begin it with a line [key], in single brackets"}
	case isText && (strings.TrimSpace(text) == "true" || strings.TrimSpace(text) == "false"), isText && strings.Trim(text, "0123456789") == "":
		return diag.Text{ZH: "去掉引号", EN: "take away the quotes"}
	case strings.Contains(w, "true"):
		return diag.Text{ZH: "是就写 true，否就写 false，不加引号", EN: "write true or false, without quotes"}
	case w == "整数":
		return diag.Text{ZH: "只写数字，不加单位和引号", EN: "write digits only, without unit and quotes"}
	}
	return diag.Text{}
}

func isTable(v any) bool {
	_, ok := v.(map[string]any)
	return ok
}

var timeType = reflect.TypeFor[time.Time]()

// nearest returns the name that was probably meant, or "": the one with the
// fewest letters to change, at most a third of them.
func nearest(key string, names []string) string {
	best, least := "", max(1, utf8.RuneCountInString(key)/3)+1
	for _, name := range names {
		if diff := len(name) - len(key); diff >= 4*least || -diff >= 4*least {
			continue // too many letters (of up to 4 bytes) are missing or too many
		}
		if n := diag.Distance(strings.ToLower(key), strings.ToLower(name)); n < least {
			best, least = name, n
		}
	}
	return best
}

// list joins names for a hint, at most a dozen of them.
func list(names []string, comma string) string {
	names = slices.Clone(names)
	if len(names) > 12 {
		names = append(names[:12], "…")
	}
	return strings.Join(names, comma)
}
