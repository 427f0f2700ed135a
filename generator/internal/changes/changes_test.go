package changes

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/history"
	"banshi/generator/internal/record"
)

// records is a small library in the real shape: one item, a city with a county, one local record.
var records = map[string]string{
	"data/items/food-business/item.toml": `name = "食品经营许可"
code = "133101900000"
code_status = "sample"
type = "行政许可"
department = "市场监管"
levels = ["县级"]
sharing = "共同实施"
origin = "国家"
status = "在用"
effective_from = 2020-01-01
basis = [{ law = "food-safety", article = "第三十五条" }]
`,
	"data/items/food-business/01.toml": `name = "新办"
status = "在用"
effective_from = 2020-01-01
legal_limit = [{ value = 20, unit = "工作日" }]
promise = [{ value = 10, unit = "工作日" }]
channels = ["窗口办理"]
visits = 1
conditions = [{ id = "place", text = "有固定的场所。" }]
[[materials]]
material = "business-license"
necessity = "必要"
[[materials]]
material = "layout"
necessity = "必要"
copies = 1
[[steps]]
id = "accept"
name = "受理"
limit = { value = 1, unit = "工作日" }
[[faq]]
id = "first"
q = "没装修好能申请吗？"
a = "不能。"
`,
	"data/materials/business-license.toml":     "name = \"营业执照\"\n",
	"data/materials/layout.toml":               "name = \"设备布局图\"\n",
	"data/laws/food-safety.toml":               "name = \"中华人民共和国食品安全法\"\n",
	"data/divisions/130000/division.toml":      "id = \"130000\"\nname = \"河北省\"\nlevel = \"省级\"\n",
	"data/divisions/139900/division.toml":      "id = \"139900\"\nname = \"示例市\"\nlevel = \"市级\"\nparent = \"130000\"\n",
	"data/divisions/139921/division.toml":      "id = \"139921\"\nname = \"示例县\"\nlevel = \"县级\"\nparent = \"139900\"\n[[orgs]]\nid = \"scjg\"\nname = \"示例县市场监督管理局\"\nhandles = { departments = [\"市场监管\"] }\n",
	"data/divisions/139921/food-business.toml": "[procedure.01]\npromise = [{ value = 8, unit = \"工作日\" }]\n",
	"data/divisions/defaults/county.toml":      "level = \"县级\"\n",
}

func source(t *testing.T, files map[string]string) *catalog.Source {
	t.Helper()
	m := fstest.MapFS{}
	for p, text := range files {
		m[p] = &fstest.MapFile{Data: []byte(text)}
	}
	s, err := catalog.Load(m, 20261121)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Problems) > 0 {
		t.Fatal(s.Problems)
	}
	return s
}

// edited returns the records with replacements: path, old, new, …; an empty new text at the end of a path removes the file.
func edited(path, old, new string) map[string]string {
	out := map[string]string{}
	for p, text := range records {
		out[p] = text
	}
	switch {
	case old == "" && new == "":
		delete(out, path)
	case old == "":
		out[path] = new
	default:
		out[path] = strings.Replace(out[path], old, new, 1)
	}
	return out
}

func TestDiffSaysWhatPeopleSee(t *testing.T) {
	const standard, local = "data/items/food-business/01.toml", "data/divisions/139921/food-business.toml"
	for _, c := range []struct {
		name, path, old, new string
		want                 []string // "direction title", in order
	}{
		{"shorter promise in a county", local, "value = 8", "value = 5", []string{"↑ 食品经营许可（示例县）：承诺时限 8→5 个工作日"}},
		{"removing an override", local, "", "", []string{"↓ 食品经营许可（示例县）：承诺时限 8→10 个工作日"}},
		{"shorter promise of the standard", standard, "promise = [{ value = 10", "promise = [{ value = 9", []string{"↑ 食品经营许可 新办：承诺时限 10→9 个工作日"}},
		{"one paper fewer", standard, "[[materials]]\nmaterial = \"layout\"\nnecessity = \"必要\"\ncopies = 1\n", "", []string{"↑ 食品经营许可 新办：减少材料：设备布局图"}},
		{"a paper may follow later", standard, "material = \"layout\"\nnecessity = \"必要\"", "material = \"layout\"\nnecessity = \"容缺后补\"", []string{"↑ 食品经营许可 新办：设备布局图可以以后再补"}},
		{"a condition reworded", standard, "有固定的场所。", "有固定的经营场所。", []string{"＝ 食品经营许可 新办：条件 “有固定的场所。”→“有固定的经营场所。”"}},
		{"another channel", standard, `channels = ["窗口办理"]`, `channels = ["窗口办理", "网上办理"]`, []string{"↑ 食品经营许可 新办：增加办理形式：网上办理"}},
		{"no visit", standard, "visits = 1", "visits = 0", []string{"↑ 食品经营许可 新办：不用跑现场了（原来 1 次）"}},
		{"law renamed", "data/laws/food-safety.toml", "中华人民共和国食品安全法", "食品安全法", []string{"＝ 《食品安全法》：名称由“中华人民共和国食品安全法”改为“食品安全法”"}},
		{"cancelled", "data/items/food-business/item.toml", `status = "在用"`, `status = "取消"`, []string{"＝ 食品经营许可：已取消"}},
		{"a paper nobody asks for yet", "data/materials/photo.toml", "", "name = \"照片\"\n", nil},
		{"a new place", "data/divisions/139922/division.toml", "", "id = \"139922\"\nname = \"示例二县\"\nlevel = \"县级\"\nparent = \"139900\"\n", []string{"＝ 收录示例二县"}},
		{"a comment", standard, "name = ", "# 注释\nname = ", nil},
		{"keys in another order", standard, "channels = [\"窗口办理\"]\nvisits = 1", "visits = 1\nchannels = [\"窗口办理\"]", nil},
		{"spacing", local, "{ value = 8, unit", "{value=8,   unit", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, e := range Diff(source(t, records), source(t, edited(c.path, c.old, c.new)), Options{AsOf: 20261121}) {
				d := Same
				for _, f := range e.Fields {
					if f.Direction != Same {
						d = f.Direction
					}
				}
				got = append(got, d.String()+" "+e.Title)
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// TestReadIsTheSameInEveryClone commits the records, edits them, and reads the history twice: from the repository and from a
// clone whose commits were rewritten. The ids are the same, formatting makes no entry, one change makes exactly one.
func TestReadIsTheSameInEveryClone(t *testing.T) {
	dir := t.TempDir()
	git := gitIn(t, dir)
	write := func(path, text string) {
		full := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git("init", "-q", "-b", "main")
	for p, text := range records {
		write(p, text)
	}
	git("add", ".")
	git("commit", "-q", "-m", "first")
	local := "data/divisions/139921/food-business.toml"
	for _, n := range []string{"5", "8", "5"} {
		write(local, "[procedure.01]\npromise = [{ value = "+n+", unit = \"工作日\" }]\n")
		git("commit", "-q", "-a", "-m", "promise")
	}
	write(local, "# 只是注释\n[procedure.01]\npromise = [{ value = 5, unit = \"工作日\" }]\n")
	git("commit", "-q", "-a", "-m", "comment")
	first := read(t, dir)
	if len(first) != 4 {
		t.Fatalf("%d entries, want 4: the founding and three changes", len(first))
	}
	if first[0].ID == first[2].ID {
		t.Error("the same change made again must have an id of its own")
	}
	if first[3].Kind != "设立" || !strings.Contains(first[3].Title, "1 个事项") {
		t.Errorf("the first state is one entry, got %q", first[3].Title)
	}
	// Rewriting the commits (another author, another message) keeps every id.
	git("-c", "user.name=Other", "rebase", "-q", "--root", "--exec", "git commit -q --amend --reset-author -m other")
	second := read(t, dir)
	if len(second) != len(first) {
		t.Fatalf("%d entries after a rebase, want %d", len(second), len(first))
	}
	for i := range first {
		if first[i].ID != second[i].ID {
			t.Errorf("entry %d has another id after a rebase: %s", i, first[i].Title)
		}
	}
}

func read(t *testing.T, dir string) []*Entry {
	t.Helper()
	repo, err := history.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer repo.Close()
	entries, err := Read(context.Background(), repo, Options{AsOf: record.Date(20991231)})
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func gitIn(t *testing.T, dir string) func(args ...string) {
	return func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
			"GIT_AUTHOR_NAME=Test", "GIT_AUTHOR_EMAIL=test@example.com", "GIT_COMMITTER_NAME=Test", "GIT_COMMITTER_EMAIL=test@example.com")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}
