package tomlfile

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestEdit(t *testing.T) {
	set := func(v any, path ...string) Change { return Change{path, v} }
	remove := func(path ...string) Change { return Change{Path: path} }
	for _, c := range []struct {
		name, text string
		change     Change
		want       string
	}{
		{"a value, its comment stays", "visits   =  1   # 跑一趟\nname = \"x\"\n", set(0, "visits"), "visits   =  0   # 跑一趟\nname = \"x\"\n"},
		{"the same value", "on=2026-02-01\n", set(Literal("2026-02-01"), "on"), "on=2026-02-01\n"},
		{"a new key, indented as the last", "name = \"x\"\n\n[[materials]]\n  id = \"a\" # 表\n\n# 收费\n[fee]\n", set(2, "materials", "0", "copies"),
			"name = \"x\"\n\n[[materials]]\n  id = \"a\" # 表\n  copies = 2\n\n# 收费\n[fee]\n"},
		{"a new key of the root", "# 虚构\n\n# 收费\n[fee]\ncharged = false\n", set("在用", "status"), "# 虚构\n\nstatus = \"在用\"\n\n# 收费\n[fee]\ncharged = false\n"},
		{"the first key", "", set("x", "name"), "name = \"x\"\n"},
		{"no line end", "name = \"x\"", set(1, "visits"), "name = \"x\"\nvisits = 1\n"},
		{"line ends of Windows", "name = \"x\"\r\n[fee]\r\n", set(Table{{"role", "民政局"}}, "verified"), "name = \"x\"\r\nverified = { role = \"民政局\" }\r\n[fee]\r\n"},
		{"tables on the way", "name = \"x\"\n", set(3, "procedure", "01", "material", "form", "copies"), "name = \"x\"\n\n[procedure.01.material.form]\ncopies = 3\n"},
		{"a table that only headers of others name", "[procedure.01]\nvisits = 0\n", set("x", "procedure", "note"), "[procedure.01]\nvisits = 0\n\n[procedure]\nnote = \"x\"\n"},
		{"a dotted key", "fee.charged = true\nname = \"x\"\n", set("免", "fee", "note"), "fee.charged = true\nname = \"x\"\nfee.note = \"免\"\n"},
		{"a member of an inline table", "promise = [{ value = 10 }] # 天\n", set("工作日", "promise", "0", "unit"), "promise = [{ value = 10, unit = \"工作日\" }] # 天\n"},
		{"an empty inline table", "fee = {}\n", set(false, "fee", "charged"), "fee = { charged = false }\n"},
		{"an element of a list", "promise = [\n  { value = 10 }, # 一般\n  # 完\n]\n", set(Table{{"value", 1}}, "promise", "1"), "promise = [\n  { value = 10 }, # 一般\n  { value = 1 },\n  # 完\n]\n"},
		{"an element without a comma before", "a = [\n  1 # 一\n]\n", set(2, "a", "1"), "a = [\n  1, # 一\n  2,\n]\n"},
		{"an element of tables", "[[steps]]\nid = \"a\"\n[steps.limit]\nvalue = 1\n# 完\n\n[fee]\n", set(Table{{"id", "b"}, {"required", true}}, "steps", "1"),
			"[[steps]]\nid = \"a\"\n[steps.limit]\nvalue = 1\n# 完\n\n[[steps]]\nid = \"b\"\nrequired = true\n\n[fee]\n"},
		{"a list too long for a line", "name = \"x\"\n", set([]any{Table{{"id", "a"}, {"text", strings.Repeat("长", 60)}}, Table{{"id", "b"}}}, "faq"),
			"name = \"x\"\n\n[[faq]]\nid = \"a\"\ntext = \"" + strings.Repeat("长", 60) + "\"\n\n[[faq]]\nid = \"b\"\n"},
		{"tables with headers", "[fee]\n", set(Tables{{{"id", "a"}}, {{"id", "b"}}}, "steps"), "[fee]\n\n[[steps]]\nid = \"a\"\n\n[[steps]]\nid = \"b\"\n"},
		{"a table anew", "[[faq]]\nid = \"a\"\n# 注\n\n[[faq]]\nid = \"b\"\n", set(Table{{"id", "c"}}, "faq", "0"), "[[faq]]\nid = \"c\"\n[[faq]]\nid = \"b\"\n"},
		{"lines", "a = 1\n", set("一\n\"二\"\\", "a"), "a = \"\"\"\n一\n\\\"二\\\"\\\\\"\"\"\n"},
		{"characters that hide", "a = 1\n", set("a\u202eb\u200f\x00\t", "a"), "a = \"a\\u202Eb\\u200F\\u0000\\t\"\n"},
		{"remove a key with its own comment", "# 名称\nname = \"x\" # 暂\nvisits = 0\n", remove("name"), "# 名称\nvisits = 0\n"},
		{"remove lines", "a = [\n  1, # 一\n]\nb = \"\"\"\nx\n\"\"\"\nc = 1\n", remove("a"), "b = \"\"\"\nx\n\"\"\"\nc = 1\n"},
		{"remove a table", "name = \"x\"\n\n# 停办\n[suspended]\nfrom = 2026-01-01 # 装修\n# 内\n\n[fee]\ncharged = false\n", remove("suspended"), "name = \"x\"\n\n# 停办\n[fee]\ncharged = false\n"},
		{"remove an element with what is below it", "[[steps]]\nid = \"a\"\n[steps.limit]\nvalue = 1\n\n[[steps]]\nid = \"b\"\n", remove("steps", "0"), "[[steps]]\nid = \"b\"\n"},
		{"remove the last table", "name = \"x\"\n\n[fee]\ncharged = true\n", remove("fee"), "name = \"x\"\n"},
		{"remove a member", "p = { a = 1, b = 2 }\n", remove("p", "a"), "p = { b = 2 }\n"},
		{"remove the last member", "p = { a = 1, b = 2 }\n", remove("p", "b"), "p = { a = 1 }\n"},
		{"remove the only member", "p = { a = 1 }\n", remove("p", "a"), "p = {}\n"},
		{"remove an element of lines", "a = [\n  1, # 一\n  # 二以后\n  2, # 二\n]\n", remove("a", "1"), "a = [\n  1, # 一\n  # 二以后\n]\n"},
		{"remove dotted keys", "fee.a = 1\nname = \"x\"\nfee.b.c = 2\n", remove("fee"), "name = \"x\"\n"},
	} {
		got, err := Edit([]byte(c.text), nil, c.change)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\ngot\n%s\nwant\n%s", c.name, err, got, c.want)
		}
	}
}

func TestEditRefuses(t *testing.T) {
	for _, c := range []struct {
		text   string
		change Change
		want   error
	}{
		{"name = 低保\n", Change{[]string{"name"}, "x"}, ErrNotTOML},
		{"name = \"x\"\n", Change{[]string{"name", "y"}, "x"}, ErrNoPlace},
		{"name = \"x\"\n", Change{[]string{"title"}, nil}, ErrNoPlace},
		{"a = [1]\n", Change{[]string{"a", "2"}, 1}, ErrNoPlace},
		{"[[a]]\n", Change{[]string{"a", "x"}, 1}, ErrNoPlace},
		{"", Change{nil, 1}, ErrNoPlace},
	} {
		if got, err := Edit([]byte(c.text), nil, c.change); !errors.Is(err, c.want) || got != nil {
			t.Errorf("%q %v: %q, %v", c.text, c.change, got, err)
		}
	}
	for _, v := range []any{Literal("1\nb = 2"), Literal("2026-13-01"), Literal("\"a"), strings.Repeat("长", maxBytes)} {
		if got, err := Edit([]byte("a = 1\n"), nil, Change{[]string{"a"}, v}); err == nil {
			t.Errorf("%.40v became %s", v, got)
		}
	}
}

// A record in canonical form stays in it.
func TestEditCanonical(t *testing.T) {
	record, err := Format([]byte(goodRecord), recordOrder)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Edit(record, recordOrder,
		Change{[]string{"materials", "0", "copies"}, 2}, Change{[]string{"status"}, nil}, Change{[]string{"status"}, "暂停"},
		Change{[]string{"verified", "status"}, "未核实"})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Format(got, recordOrder)
	if err != nil || string(again) != string(got) || !strings.Contains(string(got), "（新办）\"\nstatus = \"暂停\"\neffective_from") {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestEditRandom makes random changes in files of few keys, where tables, dotted keys, lists and inline tables meet under the same
// names, with comments between: what is decoded afterwards is what was decoded before with that one change (Edit holds it against
// the tree and panics), and the comments are the same.
func TestEditRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(2026, 7))
	filler := []string{"", "", "", "\n", "\n\n\n", "# 一\n", "  # 二 \r\n\n", "\n# 三\n", "\n# 四\n\n# 五\n"}
	sets, removals := 0, 0
	for range 10000 {
		var b strings.Builder
		for line := range strings.Lines(randomFile(random)) {
			b.WriteString(filler[random.IntN(len(filler))])
			if random.IntN(4) == 0 {
				line = strings.TrimSuffix(line, "\n") + "  # 旁注\n"
			}
			switch random.IntN(8) {
			case 0:
				line = strings.Replace(line, ", ", ", # 中间\n\n # 又一行\n", 1)
			case 1:
				line = strings.ReplaceAll(strings.Replace(line, "= [", "= [\n  ", 1), ", ", ", # 行\n  ")
			}
			b.WriteString(line)
		}
		text := []byte(b.String())
		if _, problems := Decode("x.toml", text, new(map[string]any), Options{}); len(problems) > 0 {
			continue
		}
		tree, err := parse(text)
		if err != nil {
			t.Fatal(err)
		}
		c := Change{Path: randomPath(random, plainTable(tree))}
		if random.IntN(3) > 0 {
			c.Value = randomAny(random, 2)
		}
		got, err := Edit(text, nil, c)
		if errors.Is(err, ErrNoPlace) {
			continue
		}
		if err != nil {
			t.Fatalf("%q = %v: %v in\n%s", c.Path, c.Value, err, text)
		}
		if _, problems := Decode("x.toml", got, new(map[string]any), Options{}); len(problems) > 0 {
			t.Fatalf("%q = %v: %v in\n%s\nfrom\n%s", c.Path, c.Value, brief(problems), got, text)
		}
		if c.Value == nil {
			removals++
		} else {
			sets++
		}
		lost := map[string]int{}
		for _, comment := range comments(text) {
			lost[comment]++
		}
		for _, comment := range comments(got) {
			lost[comment]--
		}
		_, there := lookIn(plainTable(tree), c.Path)
		for comment, n := range lost {
			if n < 0 || n > 0 && !there {
				t.Fatalf("%q = %v: %d of %s lost, from\n%s\nto\n%s", c.Path, c.Value, n, comment, text, got)
			}
		}
	}
	if sets < 1000 || removals < 300 {
		t.Errorf("only %d values set and %d removed", sets, removals)
	}
}

// randomPath is a path that leads to something of a tree, or one key on from there.
func randomPath(random *rand.Rand, tree any) (path []string) {
	for {
		switch node := tree.(type) {
		case map[string]any:
			keys := slices.Sorted(maps.Keys(node))
			if len(keys) == 0 || random.IntN(4) == 0 {
				return append(path, []string{"fee", "items", "when", "新"}[random.IntN(4)])
			}
			key := keys[random.IntN(len(keys))]
			path, tree = append(path, key), node[key]
		case []any:
			i := random.IntN(len(node) + 1)
			path = append(path, strconv.Itoa(i))
			if i == len(node) {
				return path
			}
			tree = node[i]
		default:
			return path
		}
		if random.IntN(3) == 0 {
			return path
		}
	}
}

func randomAny(random *rand.Rand, depth int) any {
	switch random.IntN(6) {
	case 0:
		return fmt.Sprintf("办\t\"%d\"\\\n%c", random.IntN(9), rune(random.IntN(0x2100)))
	case 1:
		return random.IntN(2) == 0
	case 2:
		return Literal("2026-03-01")
	case 3:
		if depth > 0 {
			var t Table
			for _, key := range []string{"fee", "items", "when", "新"}[random.IntN(3):] {
				t = append(t, Member{key, randomAny(random, depth-1)})
			}
			return t
		}
	case 4:
		if depth > 0 {
			list := []any{}
			for range random.IntN(4) {
				list = append(list, randomAny(random, depth-1))
			}
			return list
		}
	}
	return random.IntN(1000)
}
