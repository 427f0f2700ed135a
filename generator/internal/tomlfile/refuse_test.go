package tomlfile

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestRefuse(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"too large", "# " + strings.Repeat("长", maxBytes/3), []string{"0:0 file-too-large 文件有 65537 字节，超过上限 65536 字节（64 KiB）"}},
		{"BOM", "\xef\xbb\xbfname = \"低保\"", []string{"1:1 bad-encoding 文件开头有字节顺序标记（BOM）"}},
		{"UTF-16", "\xff\xfen\x00", []string{"1:1 bad-encoding 文件的编码是 UTF-16，不是 UTF-8"}},
		{"GBK", "status = \"在用\"\nname = \"\xb5\xcd\xb1\xa3\"", []string{"2:9 bad-encoding 字节 0xB5 不是 UTF-8，文件可能是 GBK 编码"}},
		{"NUL", "name = \"低\x00保\"", []string{"1:10 control-character 这里有看不见的控制字符 U+0000"}},
		{"escape and DEL", "# \x1b[2J\nname = \"\x7f\"", []string{
			"1:3 control-character 这里有看不见的控制字符 U+001B", "2:9 control-character 这里有看不见的控制字符 U+007F"}},
		{"lone CR", "name = \"a\"\rvisits = 1", []string{"1:11 control-character 这里有看不见的控制字符 U+000D"}},
		{"bidi", "# a\u202eb\u202a\nname = \"低保\u2066\u2069\u200e\u200f\u061c\"", []string{
			"1:4 control-character 这里有看不见的控制字符 U+202E", "1:6 control-character 这里有看不见的控制字符 U+202A",
			"2:11 control-character 这里有看不见的控制字符 U+2066", "2:12 control-character 这里有看不见的控制字符 U+2069",
			"2:13 control-character 这里有看不见的控制字符 U+200E", "2:14 control-character 这里有看不见的控制字符 U+200F",
			"2:15 control-character 这里有看不见的控制字符 U+061C"}},
		{"nine brackets", "name = \"低保\"\nextra = [[[[[[[[[1]]]]]]]]]", []string{"2:17 nesting-too-deep 括号嵌套超过 8 层"}},
		{"nine braces", "extra = {a={a={a={a={a={a={a={a={}}}}}}}}}", []string{"1:33 nesting-too-deep 括号嵌套超过 8 层"}},
		{"nine parts", "name = \"低保\"\n  a.b.\"c.d\".e.f.g.h.i.j = 1", []string{"2:3 key-too-long 键太长：最多 8 段、512 字节"}},
		{"nine parts in a header", "[a.b.c.d.e.f.g.h.i]", []string{"1:2 key-too-long 键太长：最多 8 段、512 字节"}},
		{"nine parts between braces", "x = [{ a.b.c.d.e.f.g.h.i = 1 }]", []string{"1:8 key-too-long 键太长：最多 8 段、512 字节"}},
		{"a long key", "[fee]\n" + strings.Repeat("k", 513) + " = 1", []string{"2:1 key-too-long 键太长：最多 8 段、512 字节"}},
		{"many keys", keys(maxKeys + 1), []string{"2001:1 too-many-keys 文件中的键超过 2000 个"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := map[string]any{}
			_, problems := Decode("01.toml", []byte(c.text), &m, Options{})
			if got := brief(problems); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			for _, p := range problems {
				if p.Hint.ZH == "" || p.Hint.EN == "" {
					t.Errorf("no hint: %+v", p)
				}
			}
			if len(m) > 0 {
				t.Errorf("decoded %v", m)
			}
		})
	}
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d = 1\n", i)
	}
	return b.String()
}

// TestAllowed has what looks like a bomb and is none.
func TestAllowed(t *testing.T) {
	for name, text := range map[string]string{
		"eight brackets":         "extra = [[[[[[[[1]]]]]]]]",
		"eight parts":            "a.b.c.d.e.f.g.h = 1",
		"brackets in a comment":  "name = \"a\" # [[[[[[[[[[ a.b.c.d.e.f.g.h.i.j = {",
		"brackets in text":       `name = "[[[[[[[[[[ \" {{{{{{{{{{ # a.b.c.d.e.f.g.h.i.j ="` + "\nother = '[[[[[[[[[[\\'",
		"in long text":           "name = \"\"\"\n[[[[[[[[[[\n\\\"\"\" a.b.c.d.e.f.g.h.i.j = 1\n\"quoted\"\"\"\"\"\nother = '''\n[[[[[[[[[[''\n'''''\n",
		"quoted key":             `"a.b.c.d.e.f.g.h.i.j" = 1`,
		"many headers":           strings.Repeat("[[steps]]\nid = 1\n", 900),
		"many numbers":           "x = [" + strings.Repeat("1.5, ", 10000) + "]",
		"lists below each other": strings.Repeat("[[a]]\nx = [[[1]]]\n", 100),
		"keys between braces":    "x = [" + strings.Repeat("{ a.b.c = 1.5, d = 'x' },\n", 500) + "]",
		"exactly the most keys":  keys(maxKeys),
		"Windows":                "name = \"a\"\r\n\tvisits = 1\r\n",
	} {
		m := map[string]any{}
		if _, problems := Decode("x.toml", []byte(text), &m, Options{}); len(problems) > 0 {
			t.Errorf("%s: %v", name, brief(problems))
		}
	}
}

// TestBombs are files that keep BurntSushi/toml v1.6.0 busy for seconds or
// longer; each must be refused before it sees them.
func TestBombs(t *testing.T) {
	for name, c := range map[string]struct{ text, rule string }{
		"brackets":      {"x = " + strings.Repeat("[", 40<<10), "nesting-too-deep"},
		"closed":        {"x = " + strings.Repeat("[", 20<<10) + strings.Repeat("]", 20<<10), "nesting-too-deep"},
		"braces":        {"x = " + strings.Repeat("{a=", 13<<10), "nesting-too-deep"},
		"mixed":         {"x = " + strings.Repeat("[{a=", 10<<10), "nesting-too-deep"},
		"header":        {strings.Repeat("[", 40<<10), "nesting-too-deep"},
		"dotted key":    {strings.Repeat("a.", 20<<10) + "a = 1", "key-too-long"},
		"dotted header": {"[" + strings.Repeat("a.", 20<<10) + "a]", "key-too-long"},
		"quoted parts":  {strings.Repeat(`"".`, 13<<10) + "a = 1", "key-too-long"},
		"after a list":  {"x = ] [\n" + strings.Repeat("a.", 20<<10) + "a = 1", "syntax"},
	} {
		m := map[string]any{}
		_, problems := Decode("x.toml", []byte(c.text), &m, Options{})
		if len(problems) == 0 || problems[0].Rule != c.rule {
			t.Errorf("%s: got %v, want %s", name, brief(problems), c.rule)
		}
	}
}
