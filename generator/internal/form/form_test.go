package form

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/office"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

const (
	ownPath   = "data/divisions/139921/dibao.toml"
	placePath = "data/divisions/139921/division.toml"
)

// county is 示例县 with its hall and two guides, one of which it says something of.
func county() fstest.MapFS {
	m := fstest.MapFS{}
	add := func(path, text string) { m[path] = &fstest.MapFile{Data: []byte(text)} }
	add("data/divisions/130000/division.toml", "id = \"130000\"\nname = \"示例省\"\nlevel = \"省级\"\nkind = \"省\"\n")
	add("data/divisions/139900/division.toml", "id = \"139900\"\nname = \"示例市\"\nlevel = \"市级\"\nkind = \"地级市\"\nparent = \"130000\"\n")
	add(placePath, `id = "139921"
name = "示例县"
level = "县级"
kind = "县"
parent = "139900"

[[orgs]]
id = "minzheng"
name = "示例县民政局"
handles = { departments = ["民政"] }
hall = "hall"

[[halls]]
id = "hall"
name = "示例县政务服务中心"
# 冬天也是这个点
hours = [{ days = "周一至周五", open = ["9:00–12:00", "13:00–17:00"] }]
phones = [{ kind = "咨询", number = "0310-0000001" }]
`)
	add("data/vocab/phone-kinds.toml", "name = \"电话种类\"\n[[terms]]\nterm = \"咨询\"\n[[terms]]\nterm = \"监督\"\n")
	add("data/documents/notice.toml", "number = \"示例民发〔2026〕1号\"\ntitle = \"示例标准\"\nbody = \"示例县民政局\"\ndate = 2026-01-01\n")
	for _, item := range []string{"dibao", "elder-allowance"} {
		add("data/items/"+item+"/item.toml", "name = \""+map[string]string{"dibao": "低保", "elder-allowance": "高龄津贴"}[item]+"\"\ntype = \"行政给付\"\ndepartment = \"民政\"\nlevels = [\"县级\"]\nstatus = \"在用\"\n")
		add("data/items/"+item+"/01.toml", "name = \"申请\"\nstatus = \"在用\"\neffective_from = 2024-01-01\nbenefit = { what = \"每月一笔钱\" }\n")
	}
	add(ownPath, `# 县里的低保
phones = [
  { kind = "咨询", number = "0310-0000002" }, # 民政股
  { kind = "监督", number = "0310-0000003" },
]

[benefit.amount]
value = "700"
unit = "元/人·月"
from = 2026-01-01
document = "notice"
`)
	return m
}

// formOf returns the form of an item in 示例县. Checking finds what decoding finds, and one mistake of its own: a phone of 110.
func formOf(t *testing.T, m fstest.MapFS, item string) *Form {
	t.Helper()
	source, err := catalog.Load(m, 20261121)
	if err != nil || len(source.Problems) > 0 {
		t.Fatal(err, source.Problems)
	}
	l := &Library{
		Source: source, Catalog: catalog.Resolve(source, catalog.Options{}), Lang: "zh",
		Order: func(record.Kind, []string) []string { return nil },
		Check: func(s *catalog.Source) (*catalog.Catalog, []diag.Problem) {
			var out []diag.Problem
			for _, f := range s.Files {
				if strings.Contains(string(f.Doc.Data), `"110"`) {
					out = append(out, diag.Problem{Position: f.Position("phones"), Rule: "phone", Message: diag.Text{ZH: "不是办事电话"}})
				}
			}
			return catalog.Resolve(s, catalog.Options{}), out
		},
	}
	for _, g := range l.Catalog.Guides {
		if g.Item.ID == item && g.Division.ID == "139921" {
			return l.New(g)
		}
	}
	t.Fatalf("no guide of %s", item)
	return nil
}

// propose answers some questions.
func propose(t *testing.T, f *Form, answers ...string) *Proposal {
	t.Helper()
	in := map[string]string{}
	for i := 0; i < len(answers); i += 2 {
		in[answers[i]] = answers[i+1]
	}
	p, err := f.Propose(in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Whoever sends the form back as it is changes nothing.
func TestUntouched(t *testing.T) {
	for _, item := range []string{"dibao", "elder-allowance"} {
		f := formOf(t, county(), item)
		all := map[string]string{}
		for _, g := range f.Groups {
			for _, field := range g.Fields {
				all[field.Name] = field.Value
			}
			for _, row := range g.Rows {
				for _, field := range row {
					all[field.Name] = " " + field.Value + "\r\n"
				}
			}
		}
		if len(all) < 20 {
			t.Errorf("%s: only %d questions", item, len(all))
		}
		p, err := f.Propose(all)
		if err != nil || len(p.Files) != 0 || p.Fit() {
			t.Errorf("%s: %v: %d files would change", item, err, len(p.Files))
		}
	}
}

// Every key that is asked about is the place's own to set.
func TestLocalKeysAreLocal(t *testing.T) {
	for _, path := range localKeys {
		if k, ok := record.KeyOf(record.KindImplementation, path); !ok || k.Lock != record.LockLocal {
			t.Errorf("%s has lock %q", path, k.Lock)
		}
	}
}

func TestEdits(t *testing.T) {
	for name, c := range map[string]struct {
		item     string
		answers  []string
		path     string
		has, not []string
		words    string
	}{
		"another number, comments kept": {"dibao", []string{"phones.0.number", "0310-0000009"}, ownPath,
			[]string{`{ kind = "咨询", number = "0310-0000009" }, # 民政股`, "# 县里的低保", "0310-0000003"}, []string{"0310-0000002"}, "电话"},
		"a row emptied": {"dibao", []string{"phones.0.number", "", "phones.0.kind", ""}, ownPath, []string{"0310-0000003"}, []string{"0310-0000002"}, "电话"},
		"all rows emptied": {"dibao", []string{"phones.0.number", "", "phones.0.kind", "", "phones.1.number", "", "phones.1.kind", ""}, ownPath,
			[]string{`value = "700"`}, []string{"phones"}, "电话"},
		"a row more":          {"dibao", []string{"phones.2.kind", "咨询", "phones.2.number", "0310-0000004"}, ownPath, []string{"0310-0000002", "0310-0000004"}, nil, "电话"},
		"a benefit":           {"dibao", []string{"benefit.amount.value", "760"}, ownPath, []string{`value = "760"`, `unit = "元/人·月"`}, []string{"700"}, "760"},
		"a suspension":        {"dibao", []string{"suspended.from", "2026-12-01", "suspended.to", "2026-12-05", "suspended.reason", "搬家"}, ownPath, []string{"2026-12-01", `"搬家"`}, nil, "暂停"},
		"a record of its own": {"elder-allowance", []string{"phones.0.kind", "咨询", "phones.0.number", "0310-0000005"}, "data/divisions/139921/elder-allowance.toml", []string{"0310-0000005"}, nil, "电话"},
		"hours of the hall": {"dibao", []string{"halls.0.hours.0.open", "8:30–12:00；13:00–17:00"}, placePath,
			[]string{`["8:30–12:00", "13:00–17:00"]`, "# 冬天也是这个点"}, []string{`"9:00–12:00"`}, "8:30"},
	} {
		p := propose(t, formOf(t, county(), c.item), c.answers...)
		if len(p.Files) != 1 || p.Files[0].Path != c.path || !p.Fit() {
			t.Errorf("%s: %+v, %+v", name, p.Mistakes, p.Problems)
			continue
		}
		text := string(p.Files[0].Data)
		for _, s := range c.has {
			if !strings.Contains(text, s) {
				t.Errorf("%s: the record does not say %s:\n%s", name, s, text)
			}
		}
		for _, s := range c.not {
			if strings.Contains(text, s) {
				t.Errorf("%s: the record still says %s:\n%s", name, s, text)
			}
		}
		said := ""
		for _, e := range p.Entries {
			said += e.Title + "\n"
		}
		if !strings.Contains(said, c.words) {
			t.Errorf("%s: the change is told as %q", name, said)
		}
	}
}

// A hall that a county has by the defaults of its level becomes its own when it says something of it.
func TestDefaultHall(t *testing.T) {
	m := county()
	m[placePath].Data = []byte(strings.Split(string(m[placePath].Data), "\n[[halls]]")[0])
	m["data/divisions/defaults/county.toml"] = &fstest.MapFile{Data: []byte("level = \"县级\"\n[[halls]]\nid = \"hall\"\nname = \"{name}政务服务中心\"\n")}
	p := propose(t, formOf(t, m, "dibao"), "halls.0.phones.0.kind", "咨询", "halls.0.phones.0.number", "0310-0000006")
	if !p.Fit() || !strings.Contains(string(p.Files[0].Data), `id = "hall"`) || !strings.Contains(string(p.Files[0].Data), "0310-0000006") {
		t.Errorf("%+v %+v", p.Mistakes, p.Files)
	}
}

// A sheet that is taken in makes the same change, and only that.
func TestSheet(t *testing.T) {
	for name, answers := range map[string][]string{
		"another number": {"phones.0.number", "0310-0000009"},
		"a benefit":      {"benefit.amount.value", "760"},
		"a suspension":   {"suspended.from", "2026-12-01", "suspended.to", "2026-12-05", "suspended.reason", "搬家"},
		"no phones":      {"phones.0.number", "", "phones.0.kind", "", "phones.1.number", "", "phones.1.kind", ""},
	} {
		f := formOf(t, county(), "dibao")
		p := propose(t, f, answers...)
		if !p.Fit() || !p.OnSheet() {
			t.Fatalf("%s: %+v %+v", name, p.Mistakes, p.Problems)
		}
		file := filepath.Join(t.TempDir(), "修改单.xlsx")
		var book bytes.Buffer
		if err := table.WriteWorkbook(&book, f.Sheet(p)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, book.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		filled, err := table.ReadFilled(file)
		if err != nil {
			t.Fatal(err)
		}
		plan := office.NewRecords(f.library.Catalog).Import("修改单.xlsx", filled, office.ImportOptions{})
		texts := plan.Texts(func(record.Kind) func([]string) []string { return nil })
		for _, row := range plan.Rows {
			if row.Refused() {
				t.Errorf("%s: %+v", name, row.Problems)
			}
		}
		if len(texts) != 1 || texts[ownPath] == nil {
			t.Errorf("%s: %d records change", name, len(texts))
			continue
		}
		m := county()
		m[ownPath].Data = texts[ownPath]
		got := formOf(t, m, "dibao").Guide
		m[ownPath].Data = p.Files[0].Data
		want := formOf(t, m, "dibao").Guide
		if !reflect.DeepEqual(got.Local, want.Local) || !reflect.DeepEqual(got.Outcome, want.Outcome) {
			t.Errorf("%s: the sheet makes\n%s\nand the form\n%s", name, texts[ownPath], p.Files[0].Data)
		}
		if err := filled.Close(); err != nil {
			t.Error(err)
		}
	}
	if p := propose(t, formOf(t, county(), "dibao"), "halls.0.phones.0.number", "0310-0000008"); p.OnSheet() {
		t.Error("a hall is on the sheet")
	}
}

func TestRefused(t *testing.T) {
	f := formOf(t, county(), "dibao")
	if p := propose(t, f, "suspended.from", "下周一", "suspended.reason", "搬家"); len(p.Mistakes) != 1 || p.Mistakes[0].Name != "suspended.from" || p.Fit() {
		t.Errorf("a date in words: %+v", p.Mistakes)
	}
	if p := propose(t, f, "phones.0.number", "110"); p.Fit() || len(p.Problems) != 1 || p.Problems[0].Line == 0 {
		t.Errorf("a rule's error: %+v", p.Problems)
	}
	if p := propose(t, f, "name", "换个名字", "benefit.what", "别的", "promise.0.value", "99", "halls.0.name", "我的"); len(p.Files) != 0 {
		t.Errorf("what is not asked was changed:\n%s", p.Files[0].Data)
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	m := county()
	for path, f := range m {
		full := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f := formOf(t, m, "dibao")
	p := propose(t, f, "phones.0.number", "0310-0000009")
	if err := p.Write(dir, "older"); err != ErrChanged {
		t.Errorf("a form of another state was written: %v", err)
	}
	if err := p.Write(dir, f.Base()); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, ownPath)); err != nil || string(got) != string(p.Files[0].Data) {
		t.Errorf("%v: the file is\n%s", err, got)
	}
	if err := p.Write(dir, f.Base()); err != ErrChanged {
		t.Errorf("written over somebody's change: %v", err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, "data/divisions/139921/.*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
