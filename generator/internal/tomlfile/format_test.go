package tomlfile

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// recordOrder is the order of keys in the records of these tests.
func recordOrder(path []string) []string {
	return map[string][]string{
		"":                     {"name", "status", "effective_from", "audience", "promise", "visits", "materials", "steps", "fee", "verified"},
		"promise":              {"value", "unit", "note", "when"},
		"materials":            {"id", "material", "necessity", "copies", "when"},
		"fee":                  {"charged", "amount", "note", "items"},
		"procedure":            nil,
		"verified":             {"status", "on", "role"},
		"materials.basis":      {"law", "article"},
		"procedure.01.promise": {"value", "unit"},
	}[strings.Join(path, ".")]
}

func TestFormat(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"only comments", "\n\n# 虚构的地方  \n\n\n# 演示\n\n", "# 虚构的地方\n\n# 演示\n"},
		{"order, spacing and line ends", "status=\"在用\"\t\r\n  name   =   '低保'  # 俗称\r\n\r\n\r\n[ verified ]\r\nrole = \"民政局\"\r\non=2026-02-01",
			"name = \"低保\" # 俗称\nstatus = \"在用\"\n\n[verified]\non = 2026-02-01\nrole = \"民政局\"\n"},
		{"unknown keys stay, at the end", "zeta = 1\nalpha = 2\nvisits = 0\nname = \"x\"\n", "name = \"x\"\nvisits = 0\nzeta = 1\nalpha = 2\n"},
		{"comments go with their key", "# 全省统一\n\n# 一趟都不用跑\nvisits = 0\n\n# 名称\n\n# 以目录为准\nname = \"x\"\n# 完\n",
			"# 全省统一\n\n# 名称\n\n# 以目录为准\nname = \"x\"\n# 一趟都不用跑\nvisits = 0\n# 完\n"},
		{"comments around headers", "name = \"x\"\n# 还没有定：visits\n\n# 收费\n[fee] # 省标\ncharged = false\n# 无\n\n[[materials]]\n\n# 编号\nid = \"a\"\n",
			"name = \"x\"\n# 还没有定：visits\n\n[[materials]]\n# 编号\nid = \"a\"\n\n# 收费\n[fee] # 省标\ncharged = false\n# 无\n"},
		{"tables below tables", "[[materials]]\nid = \"a\"\n[fee]\ncharged = true\n[[materials.basis]]\narticle = \"5\"\nlaw = \"l\"\n[[materials]]\nid = \"b\"\n[fee.items]\nx = 1\n[verified]\n",
			"[[materials]]\nid = \"a\"\n\n[[materials.basis]]\nlaw = \"l\"\narticle = \"5\"\n\n[[materials]]\nid = \"b\"\n\n[fee]\ncharged = true\n\n[fee.items]\nx = 1\n\n[verified]\n"},
		{"a table after its own table", "[a.b]\nc = 1\n[z]\n[a]\nd = 2\n", "[a]\nd = 2\n\n[a.b]\nc = 1\n\n[z]\n"},
		{"dotted keys come together", "fee.note = \"免\"\nz.b.y = 1\nz.a = 2\nz.b.x = 3\nfee.\"charged\" = false\nname = \"x\"\n",
			"name = \"x\"\nfee.charged = false\nfee.note = \"免\"\nz.b.y = 1\nz.b.x = 3\nz.a = 2\n"},
		{"inline tables", "promise=[ {unit='工作日',value=10 , when={ b = [1,2,],a=[] }}, ]\nfee={}\n",
			"promise = [{ value = 10, unit = \"工作日\", when = { b = [1, 2], a = [] } }]\nfee = {}\n"},
		{"lists with comments", "promise = [ # 时限\n{ value = 1 }, # 即办\n\n# 一般\n{ value = 5 }\n # 不含公示\n,\n]\n",
			"promise = [\n  # 时限\n  { value = 1 }, # 即办\n  # 一般\n  { value = 5 },\n  # 不含公示\n]\n"},
		{"a list with a comment in a table", "fee = { items = [ 1, # 元\n], charged = true }\n", "fee = { charged = true, items = [\n  1, # 元\n] }\n"},
		{"a table with a comment", "fee = { # 收费\n charged = true }\n", "fee = {\n  # 收费\n  charged = true,\n}\n"},
		{"keys and their quotes", "\"name\" = 1\n'法人' = 2\n\"a.b\".c = 3\n\"\\u202e\" = 4\n\"\" = 5\n", "name = 1\n\"法人\" = 2\n\"a.b\".c = 3\n\"\\u202e\" = 4\n\"\" = 5\n"},
		{"strings", `a = 'C:\a"b'` + "\nb = '''\n一\t\\\n二'''\nc = \"\"\"a \"b\" \\\"c\\\"\"\"\"\nd = \"\"\"\r\n三\r\n四\\\r\n  \r\n五\\\\\r\n\"\"\"\ne = \"\\u4e2d\"\nf = ''''g''''\n",
			`a = "C:\\a\"b"` + "\nb = \"\"\"\n一\\t\\\\\n二\"\"\"\nc = \"a \\\"b\\\" \\\"c\\\"\"\nd = \"\"\"\n三\\r\n四\\\n  \n五\\\\\\r\n\"\"\"\ne = \"\\u4e2d\"\nf = \"'g'\"\n"},
		{"numbers and dates stay", "a = 0x1F\nb = 1979-05-27 07:32:00  # 早\nc = +1_000\nd = [nan, -inf]\n", "a = 0x1F\nb = 1979-05-27 07:32:00 # 早\nc = +1_000\nd = [nan, -inf]\n"},
	} {
		got, err := Format([]byte(c.text), recordOrder)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\ngot\n%s\nwant\n%s", c.name, err, got, c.want)
		}
		checkFormat(t, c.text)
	}
}

// A line of 120 columns stands; one more breaks it. Han characters count twice.
func TestFormatWidth(t *testing.T) {
	for _, c := range []struct {
		member string
		lines  int
	}{
		{strings.Repeat("a", 104), 1}, {strings.Repeat("a", 105), 3}, {strings.Repeat("办", 52), 1}, {strings.Repeat("办", 52) + "a", 3},
	} {
		text := fmt.Sprintf("audience = [%q]\n", c.member) // audience = [""] takes 15 columns
		got, err := Format([]byte(strings.Replace(text, "audience", "audience1", 1)), recordOrder)
		if n := strings.Count(string(got), "\n"); err != nil || n != c.lines {
			t.Errorf("%d characters: %d lines, want %d\n%s", len(c.member), n, c.lines, got)
		}
	}
	long := strings.Repeat("指南", 20)
	text := fmt.Sprintf("a = [[%q, %[1]q], [%[1]q, %[1]q]]\nb = { c = [%[1]q, %[1]q, %[1]q] }\n", long)
	want := fmt.Sprintf("a = [\n  [\n    %q,\n    %[1]q,\n  ],\n  [\n    %[1]q,\n    %[1]q,\n  ],\n]\nb = { c = [%[1]q, %[1]q, %[1]q] }\n", long)
	if got, err := Format([]byte(text), recordOrder); err != nil || string(got) != want {
		t.Errorf("%v\ngot\n%s\nwant\n%s", err, got, want)
	}
}

func TestFormatRefuses(t *testing.T) {
	for _, text := range []string{
		"name = 低保\n", "name = \"a\"\nname = \"b\"\n", "fee.charged = false\nfee = \"无\"\n", "name = \"\xff\"\n",
		"on = 2026-02-30\n", "name = \"\u202e\"\n", strings.Repeat("#", maxBytes+1),
	} {
		if got, err := Format([]byte(text), recordOrder); !errors.Is(err, ErrNotTOML) || got != nil {
			t.Errorf("%.40q: got %q, %v", text, got, err)
		}
	}
	// Quotes that must be escaped make it longer.
	text := "name = '" + strings.Repeat(`"`, maxBytes-20) + "'\n"
	if _, err := Format([]byte(text), recordOrder); err == nil || errors.Is(err, ErrNotTOML) {
		t.Errorf("got %v for a text that grows over the limit", err)
	}
}

// checkFormat holds that formatting changes neither values nor comments, leaves
// no space at the end of a line outside of strings, and is done after once.
func checkFormat(t *testing.T, text string) (formatted bool) {
	t.Helper()
	once, err := Format([]byte(text), recordOrder)
	if err != nil {
		return false
	}
	before, _ := parse([]byte(text))
	after, err := parse(once)
	if err != nil || fmt.Sprintf("%#v", after) != fmt.Sprintf("%#v", before) {
		t.Errorf("%q\nbecame %q\nvalues %v\nbecame %v, %v", text, once, before, after, err)
	}
	if got, want := comments(once), comments([]byte(text)); !slices.Equal(got, want) {
		t.Errorf("%q\nbecame %q\ncomments %q, want %q", text, once, got, want)
	}
	twice, err := Format(once, recordOrder)
	if err != nil || string(twice) != string(once) {
		t.Errorf("%q\nonce  %q\ntwice %q, %v", text, once, twice, err)
	}
	if len(once) > 0 && (once[0] == '\n' || !strings.HasSuffix(string(once), "\n") || strings.HasSuffix(string(once), "\n\n")) {
		t.Errorf("%q: begins or ends badly", once)
	}
	return true
}

// comments returns all comments of a file, sorted, as the gate before the
// decoder sees them: outside of strings.
func comments(data []byte) []string {
	var found []string
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"', '\'':
			i = stringEnd(data, i) - 1
		case '#':
			end := lineEnd(data, i)
			found = append(found, strings.TrimRight(string(data[i:end]), " \t\r"))
			i = end
		}
	}
	slices.Sort(found)
	return found
}

func TestFormatSeeds(t *testing.T) {
	formatted := 0
	for _, seed := range fuzzSeeds {
		if checkFormat(t, seed) {
			formatted++
		}
	}
	if formatted < 5 {
		t.Errorf("only %d seeds are good", formatted)
	}
}

// TestFormatRandom formats files of few keys that meet in tables, dotted keys
// and lists, with comments and empty lines between all of it.
func TestFormatRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(2026, 11))
	filler := []string{"", "", "", "\n", "\n\n\n", "# 一\n", "  # 二 \r\n\n", "\n# 三\n", "\n# 四\n\n# 五\n"}
	formatted := 0
	for range 20000 {
		var b strings.Builder
		for line := range strings.Lines(randomFile(random)) {
			b.WriteString(filler[random.IntN(len(filler))])
			if random.IntN(4) == 0 {
				line = strings.TrimSuffix(line, "\n") + "  # 旁注\n"
			}
			if random.IntN(4) == 0 {
				line = strings.Replace(line, ", ", ", # 中间\n\n # 又一行\n", 1)
			}
			b.WriteString(line)
		}
		b.WriteString(filler[random.IntN(len(filler))])
		if checkFormat(t, b.String()) {
			formatted++
		}
		if t.Failed() {
			t.Fatal("in the file\n" + b.String())
		}
	}
	if formatted < 2000 {
		t.Errorf("only %d files were good", formatted)
	}
}

// The tables of a record can be written in any order.
func TestFormatAnyOrder(t *testing.T) {
	tables := map[string]string{"fee": "[fee]\ncharged = false\n", "verified": "[verified]\nstatus = \"未核实\"\n", "z": "[z]\nx = 1\n"}
	want := "[fee]\ncharged = false\n\n[verified]\nstatus = \"未核实\"\n\n[z]\nx = 1\n"
	names := slices.Sorted(maps.Keys(tables))
	for _, p := range [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		text := tables[names[p[0]]] + tables[names[p[1]]] + tables[names[p[2]]]
		if got, err := Format([]byte(text), recordOrder); err != nil || string(got) != want {
			t.Errorf("%v\n%s\nbecame\n%s", err, text, got)
		}
	}
}

func FuzzFormat(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkFormat(t, text) })
}
