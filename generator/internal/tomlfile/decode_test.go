package tomlfile

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"banshi/generator/internal/diag"
)

// brief prints problems as "line:column rule message", in Chinese.
func brief(problems []diag.Problem) []string {
	var out []string
	for _, p := range problems {
		out = append(out, fmt.Sprintf("%d:%d %s %s", p.Line, p.Column, p.Rule, p.Message.ZH))
		if p.Message.EN == "" || p.Severity != diag.Error || !slices.Contains(Rules, p.Rule) {
			out = append(out, fmt.Sprintf("incomplete: %+v", p))
		}
	}
	return out
}

func TestDecodeGood(t *testing.T) {
	var p procedure
	_, problems := Decode("01.toml", []byte(goodRecord), &p, Options{})
	if len(problems) > 0 {
		t.Fatal(strings.Join(brief(problems), "\n"))
	}
	zero := 0
	for _, c := range []struct{ got, want any }{
		{p.Name, "食品经营许可（新办）"},
		{p.Status, "在用"},
		{p.Effective, date{2026, 3, 1}},
		{p.Verify, verified{date{2026, 2, 1}, "县行政审批局"}},
		{p.Promise, []limit{{Value: 10, Unit: "工作日"}, {5, "工作日", when{"scope": {"solid-drinks"}}}}},
		{*p.Fee, fee{Note: "不收费。[[这不是标题]]\nfee = \"也不是键\"\n"}},
		{p.Visits, &zero},
		{len(p.Materials), 2},
		{p.Materials[1].When, when{"scope": {"solid-drinks", "hot-food"}}},
		{p.Cases[0].Options[1].Label, "预包装"},
		{p.Topics["法人"], "准营准办"},
		{p.Local["01"].Material["premises-layout"].Necessity, "非必要"},
		{p.Phone, phone("0310-12345")},
		{p.Location, [2]float64{114.48, 36.6}},
		{p.Checked.Format("2006-01-02T15:04Z07:00"), "2026-02-28T08:30+08:00"},
		{p.Extra, map[string]any{"anything": []any{int64(1), []any{int64(2), int64(3)}}}},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("got %+v, want %+v", c.got, c.want)
		}
	}
}

func TestDecodeEmpty(t *testing.T) {
	p := procedure{Name: "原样"}
	d, problems := Decode("01.toml", nil, &p, Options{})
	if len(problems) > 0 || p.Name != "原样" || d.Has("name") {
		t.Errorf("got %v, %+v", problems, p)
	}
	// [] says 法律法规未规定期限; no key says nothing.
	if Decode("01.toml", []byte("promise = []"), &p, Options{}); p.Promise == nil || p.Materials != nil {
		t.Errorf("promise %v, materials %v", p.Promise, p.Materials)
	}
}

func TestDecodeBad(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"unknown keys, all of them", "nmae = \"低保\"\nstatus = \"在用\"\n[[materials]]\nid = \"x\"\nkopies = 2\n", []string{
			"1:1 unknown-key 没有 “nmae” 这个键", "5:1 unknown-key 没有 “kopies” 这个键"}},
		{"case counts", "NAME = \"低保\"", []string{"1:1 unknown-key 没有 “NAME” 这个键"}},
		{"names of Go are no keys", "Derived = \"x\"\nIgnored = \"y\"", []string{
			"1:1 unknown-key 没有 “Derived” 这个键", "2:1 unknown-key 没有 “Ignored” 这个键"}},
		{"an unknown table once", "[halls]\nname = \"x\"\nphone = 1\n", []string{"1:2 unknown-key 没有 “halls” 这个键"}},
		{"after Chinese text", "promise = [{ unit = \"工作日\", valeu = 1 }]", []string{"1:28 unknown-key 没有 “valeu” 这个键"}},
		{"dotted", "fee.charged = false\nfee.amonut = 2", []string{"2:5 unknown-key 没有 “amonut” 这个键"}},
		{"wrong types", "name = 5\nvisits = \"1\"\nfee.charged = \"是\"\naudience = \"企业\"\nmaterials = { id = \"x\" }\nchecked = \"2026-01-01\"\ntopics = 3", []string{
			"1:1 wrong-type “name” 应当是文字，这里写的是整数", "2:1 wrong-type “visits” 应当是整数，这里写的是文字",
			"3:5 wrong-type “charged” 应当是“是否”值（true 或 false），这里写的是文字", "4:1 wrong-type “audience” 应当是列表，这里写的是文字",
			"5:1 wrong-type “materials” 应当是列表，这里写的是表", "6:1 wrong-type “checked” 应当是日期，这里写的是文字",
			"7:1 wrong-type “topics” 应当是表，这里写的是整数"}},
		{"in a list", "audience = [\n  \"企业\",\n  5,\n]", []string{"3:3 wrong-type “audience” 的第 2 项应当是文字，这里写的是整数"}},
		{"a list of tables for a table", "[[fee]]\ncharged = true", []string{"1:3 wrong-type “fee” 应当是表，这里写的是列表"}},
		{"a key that looks like an index", "[procedure]\n01 = 5", []string{"2:1 wrong-type “01” 应当是表，这里写的是整数"}},
		{"second element", "[[materials]]\nid = \"a\"\n[[materials]]\nid = 2", []string{"4:1 wrong-type “id” 应当是文字，这里写的是整数"}},
		{"values", "promise = [{ value = 300 }]\nphone = \"110\"\neffective_from = \"2026-03\"\nlocation = [1.5]", []string{
			"1:14 wrong-value “value” 的数字 300 超出范围", "2:1 wrong-value 电话号码太短",
			"3:1 wrong-value 日期应写成 2026-03-01，这里是 2026-03", "4:1 wrong-value “location” 应当有 2 项，这里有 1 项"}},
		{"negative copies", "[[materials]]\ncopies = -1", []string{"2:1 wrong-value “copies” 的数字 -1 超出范围"}},
		{"twice", "name = \"甲\"\nstatus = \"在用\"\nname = \"乙\"\n[verified]\nrole = \"a\"\n[verified]\nrole = 1\n[fee]\ncharged = 1", []string{
			"3:1 duplicate-key 键 “name” 前面已经写过", "6:2 duplicate-key 键 “verified” 前面已经写过",
			"9:1 wrong-type “charged” 应当是“是否”值（true 或 false），这里写的是整数"}},
		{"twice, as the library overlooks", "fee.charged = false\nfee = \"无\"", []string{"2:1 duplicate-key 键 “fee” 前面已经写过"}},
		{"table and list", "[materials]\nid = \"a\"\n[[materials]]\nid = \"b\"", []string{
			"1:2 wrong-type “materials” 应当是列表，这里写的是表", "3:3 duplicate-key 键 “materials” 前面已经写过"}},
		{"below a value", "fee = 1\n[fee.items]\n", []string{
			"1:1 wrong-type “fee” 应当是表，这里写的是整数", "2:2 duplicate-key 键 “fee” 前面已经写过"}},
		{"in an inline table twice", "fee = { charged = true, charged = false }", []string{"1:25 duplicate-key 键 “charged” 前面已经写过"}},
		{"syntax in several lines", "name = 食品经营\nstatus = \"在用\nvisits 1\nphone = 12\n[fee\ncharged = true\n[verified]\nrole = 1", []string{
			"1:8 syntax 这里的值写法不对", "2:13 syntax 引号没有配对：文字到行尾还没有结束", "3:8 syntax 键后面缺少等号 =",
			"4:1 wrong-type “phone” 应当是文字，这里写的是整数", "5:5 syntax 标题行缺少右方括号 ]", "8:1 wrong-type “role” 应当是文字，这里写的是整数"}},
		{"comma missing in a list", "audience = [\n  \"企业\"\n  \"个体\",\n]\nvisits = true", []string{
			"3:3 syntax 列表的各项之间缺少逗号，或者缺少 ]", "5:1 wrong-type “visits” 应当是整数，这里写的是“是否”值（true 或 false）"}},
		{"never closed", "name = 1\naudience = [\"企业\",\n", []string{
			"1:1 wrong-type “name” 应当是文字，这里写的是整数", "2:12 syntax 括号没有配对：到文件末尾也没有结束"}},
		{"never closed before more", "audience = [\"企业\",\n[[materials]]\nid = 1\n", []string{"1:12 syntax 括号没有配对：到文件末尾也没有结束"}},
		{"long text never closed", "visits = true\nname = \"\"\"\n低保\nstatus = \"在用\"\n", []string{
			"1:1 wrong-type “visits” 应当是整数，这里写的是“是否”值（true 或 false）", "2:1 syntax 引号没有配对：文字没有结束"}},
		{"a comma first", ", name = 1\n", []string{"1:1 syntax 这里应当是一个键"}},
		{"no such day", "effective_from = 2026-02-30\nvisits = 01\nname = \"a\\q\"\nkey = 1", []string{
			"1:18 syntax 这里的日期或号码写法不对", "2:10 syntax 数字的写法不对", "3:10 syntax 反斜杠后面的写法不对", "4:1 unknown-key 没有 “key” 这个键"}},
		{"full width", "name = “低保”\nvisits ＝ 1", []string{"1:8 syntax 这里的值写法不对", "2:8 syntax 键后面缺少等号 ="}},
		{"windows line ends", "name = \"低保\"\r\n\r\nvists = 1\r\n", []string{"3:1 unknown-key 没有 “vists” 这个键"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p procedure
			_, problems := Decode("01.toml", []byte(c.text), &p, Options{})
			if got := brief(problems); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// TestNotTOML is a text pasted from elsewhere: it must not drown the editor.
func TestNotTOML(t *testing.T) {
	text := "name = \"低保\"\n" + strings.Repeat("申请人应当提交 下列材料\n", 1000) + "status = 1\n"
	var p procedure
	_, problems := Decode("01.toml", []byte(text), &p, Options{})
	if len(problems) != maxFaults || p.Name != "低保" {
		t.Errorf("%d problems, name %q", len(problems), p.Name)
	}
}

func TestDecodeKeepsTheRest(t *testing.T) {
	var p procedure
	d, problems := Decode("01.toml", []byte("name = \"低保\"\nvisits = \"一次\"\naudience = [\"个人\", 5, \"家庭\"]\neffective_from = 2026-02-30\n[[materials]]\nid = \"a\"\ncopies = -1\n[fee]\ncharged = true\n"), &p, Options{})
	if len(problems) != 4 {
		t.Fatal(brief(problems))
	}
	if p.Name != "低保" || p.Visits != nil || p.Materials[0].ID != "a" || !p.Fee.Charged || !slices.Equal(p.Audience, []string{"个人", "", "家庭"}) {
		t.Errorf("got %+v", p)
	}
	if !d.Has("visits") || !d.Has("effective_from") {
		t.Error("a key with a problem is said to be missing")
	}
}

func TestHints(t *testing.T) {
	for _, c := range []struct{ text, zh, en string }{
		{"nmae = 1", "是不是想写 “name”？", `did you mean "name"?`},
		{"Effective-From = 1", "是不是想写 “effective_from”？", `did you mean "effective_from"?`},
		{"[[materials]]\naudience = []", "这是顶层的键：[ ] 标题行之后的键都算作那个表的，请把它移到第一个标题行之前", "this key belongs to the top: what follows a [header] is part of that table, so move it before the first one"},
		{"[fee]\nwindow = 1", "这里可以写的键：charged、amount、note", "keys that may stand here: charged, amount, note"},
		{"name = “低保”", "这里是全角的 “，请用英文输入法改成半角的 \"", "the character “ here is full width; type \" instead"},
		{"visits = １", "这里是全角的 １，请用英文输入法改成半角的 1", "the character １ here is full width; type 1 instead"},
		{"visits = \"1\"", "去掉引号", "take away the quotes"},
		{"[fee]\ncharged = \"否\"", "是就写 true，否就写 false，不加引号", "write true or false, without quotes"},
		{"[materials]\n", "列表的每一项用 [[…]] 开头，或者写成 [{ … }]", "begin each member of the list with [[…]], or write [{ … }]"},
	} {
		var p procedure
		_, problems := Decode("01.toml", []byte(c.text), &p, Options{})
		if len(problems) != 1 || problems[0].Hint != (diag.Text{ZH: c.zh, EN: c.en}) {
			t.Errorf("%q: got %+v", c.text, problems)
		}
	}
}

func TestUnknownOption(t *testing.T) {
	var asked [][]string
	o := Options{Unknown: func(path []string) (string, diag.Text, diag.Text, bool) {
		asked = append(asked, path)
		if path[len(path)-1] != "code" {
			return "", diag.Text{}, diag.Text{}, false
		}
		return "catalogue-key", diag.Text{ZH: "code 属于目录", EN: "code belongs to the catalogue"}, diag.Text{}, true
	}}
	var p procedure
	_, problems := Decode("01.toml", []byte("visits = 1\n[[materials]]\nid = \"a\"\n[[materials]]\ncode = 1\n[x]\n"), &p, o)
	slices.SortFunc(asked, slices.Compare)
	if fmt.Sprint(asked) != "[[materials 1 code] [x]]" {
		t.Errorf("asked %v", asked)
	}
	if len(problems) != 2 || problems[0].Rule != "catalogue-key" || problems[0].Line != 5 || problems[1].Rule != "unknown-key" {
		t.Errorf("got %+v", problems)
	}
}

func TestDuplicateNote(t *testing.T) {
	var p procedure
	_, problems := Decode("01.toml", []byte("status = \"在用\"\nname = \"甲\"\nname = \"乙\""), &p, Options{})
	if len(problems) != 1 || len(problems[0].Notes) != 1 || problems[0].Notes[0].Position != (diag.Position{File: "01.toml", Line: 2, Column: 1}) || p.Name != "甲" {
		t.Errorf("got %+v, name %s", problems, p.Name)
	}
}

func TestDecodeIntoMap(t *testing.T) {
	var m map[string]fee
	_, problems := Decode("fees.toml", []byte("[a]\ncharged = true\n[b]\ncharge = true\n"), &m, Options{})
	if len(problems) != 1 || problems[0].Line != 4 || !m["a"].Charged {
		t.Errorf("got %v, %v", problems, m)
	}
}

func TestProgrammersMistakes(t *testing.T) {
	for name, v := range map[string]any{
		"no pointer": procedure{}, "nil": nil, "no table": new(int),
		"channel": &struct {
			C chan int `toml:"c"`
		}{},
		"twice": &struct {
			A int `toml:"a"`
			B int `toml:"a"`
		}{},
		"unexported": &struct {
			a int `toml:"a"`
		}{},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			Decode("x.toml", nil, v, Options{})
		}()
	}
}

// What an embedded pointer points to is never written to, for many records may share it, and is never nil where it was filled.
func TestEmbeddedPointerIsCopied(t *testing.T) {
	type Shared struct {
		Promise int `toml:"promise"`
		Fee     int `toml:"fee"`
	}
	type local struct {
		*Shared
		Window string `toml:"window"`
	}
	none := &Shared{}
	decode := func(text string) local {
		v := local{Shared: none}
		if _, problems := Decode("a.toml", []byte(text), &v, Options{}); len(problems) > 0 {
			t.Fatal(problems)
		}
		return v
	}
	states, other := decode("window = \"3\"\npromise = 5\nfee = 2\n"), decode("promise = 7\n")
	if states.Promise != 5 || states.Fee != 2 || other.Promise != 7 || other.Fee != 0 || *none != (Shared{}) {
		t.Errorf("decoded %v and %v, shared %v", *states.Shared, *other.Shared, *none)
	}
	if plain := decode("window = \"3\"\n"); plain.Shared != none {
		t.Error("a record that states nothing of it has its own")
	}
	var members struct {
		At map[string]*local `toml:"at"`
	}
	if _, problems := Decode("b.toml", []byte("[at.1]\nwindow = \"3\"\n[at.2]\nfee = 1\n"), &members, Options{}); len(problems) > 0 {
		t.Fatal(problems)
	}
	if members.At["1"].Promise != 0 || members.At["2"].Fee != 1 {
		t.Errorf("members are %v", members.At)
	}
}
