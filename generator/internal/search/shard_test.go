package search

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// province is a province with one item, two districts of one name in two cities, and so many towns in one of the districts.
func province(t *testing.T, towns int) *site.Site {
	t.Helper()
	m := fstest.MapFS{}
	add := func(path, text string) { m["data/"+path] = &fstest.MapFile{Data: []byte(text)} }
	place := func(id, name, level, parent, more string) {
		add("divisions/"+id+"/division.toml", fmt.Sprintf("id = %q\ncode = %q\nname = %q\nlevel = %q\nkind = \"县\"\nparent = %q\n%s", id, id, name, level, parent, more))
	}
	add("items/dibao/item.toml", "name = \"最低生活保障审核确认\"\naliases = [\"低保\"]\ncode = \"130511963000\"\ntype = \"行政给付\"\ndepartment = \"民政\"\nlevels = [\"县级\"]\nstatus = \"在用\"\neffective_from = 2021-07-01\n")
	add("items/dibao/01.toml", "name = \"最低生活保障审核确认\"\nstatus = \"在用\"\neffective_from = 2021-07-01\n")
	place("130000", "河北省", "省级", "", "")
	place("130100", "石家庄市", "市级", "130000", "")
	place("130700", "张家口市", "市级", "130000", "")
	civil := "[[orgs]]\nid = \"civil\"\nname = \"民政局\"\nhandles = { departments = [\"民政\"] }\n"
	place("130104", "桥西区", "县级", "130100", civil)
	place("130703", "桥西区", "县级", "130700", civil)
	place("130772", "燕郊", "县级", "130700", "served_by = \"130703\"\nexercises = []\n")
	first, second := []rune("东南西北上下大小高长平安新旧清白青黄红石"), []rune("山河水泉岭坡沟湾口桥庄屯营堡寨城镇店铺集")
	for i := range towns {
		name := string([]rune{first[i%20], second[i/20%20], first[i/400%20]}) + "镇"
		id := fmt.Sprintf("130104%03d", i)
		add("divisions/130104/"+id[6:]+"/division.toml", fmt.Sprintf("id = %q\nname = %q\nlevel = \"乡级\"\nkind = \"镇\"\nparent = \"130104\"\n", id, name))
	}
	return derive(t, m)
}

// derive is the site of records.
func derive(t *testing.T, m fstest.MapFS) *site.Site {
	t.Helper()
	source, err := catalog.Load(m, mustDay(t))
	if err != nil {
		t.Fatal(err)
	}
	return site.Derive(site.Input{Config: &config.Config{Division: "130000"}, Catalog: catalog.Resolve(source, catalog.Options{}), NoHistory: true})
}

// TestBeyondHead holds that items for which the head has no room are found as those in it are: by a part of their names, by an alias of
// theirs or of a procedure, by pinyin and by code, with their department beside them and their procedures.
func TestBeyondHead(t *testing.T) {
	m := fstest.MapFS{}
	add := func(path, text string) { m["data/"+path] = &fstest.MapFile{Data: []byte(text)} }
	add("divisions/130000/division.toml", "id = \"130000\"\ncode = \"130000\"\nname = \"河北省\"\nlevel = \"省级\"\nkind = \"省\"\n[[orgs]]\nid = \"civil\"\nname = \"民政厅\"\nhandles = { departments = [\"民政\"] }\n")
	first, second := []rune("养老孤儿残疾慈善殡葬婚姻收养救助低保特困"), []rune("补贴登记许可备案确认审核认定变更注销延续")
	const more = 60
	for i := range mostItems + more {
		name := string([]rune{first[i%20], first[i/20%20], second[i/400%20], second[i/8000%20]}) + "服务"
		id := fmt.Sprintf("item-%05d", i)
		const rest = "type = \"公共服务\"\ndepartment = \"民政\"\nlevels = [\"省级\"]\nstatus = \"在用\"\neffective_from = 2021-07-01\n"
		if i == mostItems+7 { // none leads to it, and its id is among the last: it is beyond the head
			add("items/"+id+"/item.toml", "name = \"彩票公益金资助\"\naliases = [\"福彩拨款\"]\ncode = \"130511963000\"\n"+rest)
			add("items/"+id+"/01.toml", "name = \"彩票公益金资助申请\"\nstatus = \"在用\"\neffective_from = 2021-07-01\n")
			add("items/"+id+"/03.toml", "name = \"彩票公益金资助撤回\"\naliases = [\"不要福彩的钱\"]\nstatus = \"在用\"\neffective_from = 2021-07-01\n")
			continue
		}
		add("items/"+id+"/item.toml", fmt.Sprintf("name = %q\n", name)+rest)
		add("items/"+id+"/01.toml", fmt.Sprintf("name = %q\nstatus = \"在用\"\neffective_from = 2021-07-01\n", name))
	}
	s := derive(t, m)
	files, err := Files(s)
	if err != nil {
		t.Fatal(err)
	}
	x, err := Open(FromFiles(files))
	if err != nil {
		t.Fatal(err)
	}
	if got := len(x.rows) - x.head; got != 2*more+1 {
		t.Fatalf("%d rows beyond the head, want %d items with a procedure each and one more", got, more)
	}
	id := fmt.Sprintf("item-%05d", mostItems+7)
	table := []Case{{Query: "公益金资助"}, {Query: "福彩拨款"}, {Query: "不要福彩的钱"}, {Query: "caipiaogongyijin"}, {Query: "cpgyj"}, {Query: "130511963"}, {Query: "民政厅 彩票公益金资助"}, {Query: "彩票公益金", Place: "130000"}, {Query: "彩漂公溢金资助"}}
	for i := range table {
		table[i].Want = []string{id}
		a, err := x.Ask(Query{Text: table[i].Query, Place: table[i].Place})
		if err != nil || len(a.Hits) == 0 || !strings.HasPrefix(a.Hits[0].ID, id) {
			t.Fatalf("%s: %+v, error %v", table[i].Query, a.Hits, err)
		}
		if h := a.Hits[0]; len(h.Chips) != 2 || !strings.HasSuffix(h.Chips[1].URL, "#p03") && h.Place == "" || (h.ID == id+"#03") != (table[i].Query == "不要福彩的钱") {
			t.Errorf("%s: %+v", table[i].Query, h)
		}
		if f := a.Facets[len(a.Facets)-2]; len(a.Hits) == 1 && (f.Name != "department" || f.Values[0].Term != "民政") {
			t.Errorf("%s: %+v", table[i].Query, a.Facets)
		}
	}
	dir := t.TempDir()
	write(t, dir, files)
	compare(t, dir, append(table, slips(allTexts(s), table, 100)...))
}

func mustDay(t *testing.T) record.Date {
	t.Helper()
	d, err := record.ParseDate("2026-11-21")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestShards holds that names of places in shards are found as those in one file are, by the reader and by the client, and that a
// query reads only the shards of its characters.
func TestShards(t *testing.T) {
	s := province(t, 900)
	files, err := Files(s)
	if err != nil {
		t.Fatal(err)
	}
	shards := 0
	for _, f := range files {
		if strings.Contains(f.Path, "/places/") {
			shards++
		}
	}
	if shards < 3 {
		t.Fatalf("%d shards", shards)
	}
	x, err := Open(FromFiles(files))
	if err != nil {
		t.Fatal(err)
	}
	table := []Case{
		{Query: "东山东镇低保", Want: []string{"dibao"}}, {Query: "石集长镇低保", Want: []string{"dibao"}}, {Query: "桥西区低保", Want: []string{"dibao"}},
		{Query: "张家口桥西区低保", Want: []string{"dibao"}}, {Query: "燕郊低保", Want: []string{"dibao"}}, {Query: "低保", Place: "桥西区", Want: []string{"dibao"}},
		{Query: "低保", Place: "东山东镇", Want: []string{"dibao"}}, {Query: "没有的镇低保", Want: []string{"dibao"}},
	}
	for _, want := range []struct {
		query, place string
		choices      int
		handled      string
	}{
		{"东山东镇低保", "东山东镇", 0, "130104"},
		{"桥西区低保", "", 2, ""},
		{"张家口桥西区低保", "桥西区", 0, "130703"},
		{"低保东山东镇", "东山东镇", 0, "130104"},
		{"石家庄市桥西低保", "桥西区", 0, "130104"},
		{"燕郊低保", "燕郊", 0, "130703"},
	} {
		a, err := x.Ask(Query{Text: want.query})
		if err != nil || len(a.Hits) == 0 {
			t.Fatalf("%s: %d hits, error %v", want.query, len(a.Hits), err)
		}
		name := ""
		if a.Place != nil {
			name = a.Place.Name
		}
		if name != want.place || len(a.Choices) != want.choices || a.Hits[0].ID != "dibao" || a.Hits[0].Place != want.handled {
			t.Errorf("%s: place %q, %d choices, %s handled by %q; want %+v", want.query, name, len(a.Choices), a.Hits[0].ID, a.Hits[0].Place, want)
		}
	}
	read := 0
	for name := range x.parts {
		if strings.HasPrefix(name, "places/") {
			read++
		}
	}
	if read == shards {
		t.Errorf("all %d shards were read", shards)
	}
	dir := t.TempDir()
	write(t, dir, files)
	compare(t, dir, append(table, slips(allTexts(s), table, 200)...))
}

// TestFormat holds that the index is the same each time, that its build id follows its content, and that a reader refuses
// another format.
func TestFormat(t *testing.T) {
	a, err := Files(province(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Files(province(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	c, err := Files(province(t, 4))
	if err != nil {
		t.Fatal(err)
	}
	for i := range a {
		if a[i].Path != b[i].Path || a[i].Stamp != b[i].Stamp {
			t.Errorf("%s and %s differ between two runs", a[i].Path, b[i].Path)
		}
	}
	if a[0].Path == c[0].Path {
		t.Errorf("%s: another place, the same build id", a[0].Path)
	}
	read := FromFiles(a)
	_, err = Open(func(path string) ([]byte, error) {
		data, err := read(path)
		return []byte(strings.Replace(string(data), `banshi\t`+Format, `banshi\t9`, 1)), err
	})
	if err == nil || !strings.Contains(err.Error(), "head.js") {
		t.Errorf("another format: error %v", err)
	}
	if _, err := Open(func(string) ([]byte, error) { return nil, fs.ErrNotExist }); err == nil {
		t.Error("no index: no error")
	}
}

// FuzzAsk holds for any query: no panic, hits in order of score with ranks, and terms that fold to themselves.
func FuzzAsk(f *testing.F) {
	for _, q := range []string{"涿鹿县 营业执照", "shipinjingying", "開飯店", "130131901000", "xi'an", "  ", "𠮷\xff证"} {
		f.Add(q, "130731")
	}
	x := openProject(f)
	f.Fuzz(func(t *testing.T, text, place string) {
		k := key(pieces(text))
		if again := key(pieces(k)); again != k {
			t.Errorf("%q folds to %q and that to %q", text, k, again)
		}
		a, err := x.Ask(Query{Text: text, Place: place, Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Hits) > 5 {
			t.Errorf("%d hits", len(a.Hits))
		}
		for i, h := range a.Hits {
			if h.Rank != i+1 || h.Name == "" || h.URL == "" || i > 0 && h.Score > a.Hits[i-1].Score {
				t.Errorf("%q: hit %d is %+v", text, i, h)
			}
		}
	})
}

func write(t *testing.T, dir string, files []output.File) {
	t.Helper()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		w, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Write(w); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
