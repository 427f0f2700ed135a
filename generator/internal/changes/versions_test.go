package changes

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"banshi/generator/internal/history"
	"banshi/generator/internal/record"
)

// repository is a library in git whose commits a test makes one by one; day n is the n-th of November 2026.
type repository struct {
	t   *testing.T
	dir string
}

func newRepository(t *testing.T, files map[string]string) *repository {
	r := &repository{t, t.TempDir()}
	gitIn(t, r.dir)("init", "-q", "-b", "main")
	for p, text := range files {
		r.write(p, text)
	}
	r.commit("2026-11-01")
	return r
}

// write writes a file; an empty text removes it.
func (r *repository) write(path, text string) {
	r.t.Helper()
	full := filepath.Join(r.dir, path)
	if text == "" {
		if err := os.Remove(full); err != nil {
			r.t.Fatal(err)
		}
		return
	}
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r *repository) replace(path, old, new string) {
	r.t.Helper()
	data, err := os.ReadFile(filepath.Join(r.dir, path))
	if err != nil {
		r.t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		r.t.Fatalf("%s has no %q", path, old)
	}
	r.write(path, strings.Replace(string(data), old, new, 1))
}

func (r *repository) commit(day string) {
	r.t.Helper()
	r.t.Setenv("GIT_COMMITTER_DATE", day+"T10:00:00+08:00")
	r.t.Setenv("GIT_AUTHOR_DATE", day+"T10:00:00+08:00")
	git := gitIn(r.t, r.dir)
	git("add", "-A")
	git("commit", "-q", "-m", "edit")
}

func (r *repository) open(o Options) *Past {
	r.t.Helper()
	repo, err := history.Open(r.dir)
	if err != nil {
		r.t.Fatal(err)
	}
	p, err := Open(r.t.Context(), repo, o)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { p.Close(); repo.Close() })
	return p
}

// spans prints versions: their places in the list with the days they held.
func spans(t *testing.T, list []*Version, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i, v := range list {
		for _, s := range v.Spans {
			out = append(out, string(rune('A'+i))+" "+s.From.String()[5:]+"–"+strings.TrimPrefix(s.Until.String(), "2026-"))
		}
	}
	return strings.Join(out, ", ")
}

// A standard has a version for each content; one that comes back is the same version again, formatting makes none, and one that
// was written ahead begins on its day. A place has versions of its own, and those of a guide are both.
func TestVersions(t *testing.T) {
	const standard, local, place = "data/items/food-business/01.toml", "data/divisions/139921/food-business.toml", "data/divisions/139921/division.toml"
	r := newRepository(t, records)
	r.replace(standard, "value = 10", "value = 9")
	r.commit("2026-11-03")
	r.replace(standard, "name = ", "# 只是注释\nname = ")
	r.replace(local, "value = 8", "value = 7")
	r.commit("2026-11-05")
	r.replace(standard, "value = 9", "value = 10")
	r.replace(place, "name = \"示例县市场监督管理局\"", "name = \"示例县市场监管局\"")
	r.commit("2026-11-07")
	r.write("data/items/food-business/01@2026-11-09.toml", strings.Replace(records[standard], "value = 10", "value = 6", 1))
	r.commit("2026-11-08")
	p := r.open(Options{AsOf: 20261120})

	list, err := p.Standard("food-business", "01")
	if got, want := spans(t, list, err), "A 11-01–11-03, A 11-07–11-09, B 11-03–11-07, C 11-09–"; got != want {
		t.Errorf("standard: %s, want %s", got, want)
	}
	if !list[2].Current() || list[0].Current() {
		t.Error("only the last version holds")
	}
	for i, want := range []int{10, 9, 6} {
		s, err := list[i].Procedure()
		if err != nil || s == nil || s.Timing.Promise[0].Value != want || s.Item.Name != "食品经营许可" {
			t.Errorf("version %d: %+v, %v", i, s, err)
		} else if s.Version() != list[i].ID {
			t.Errorf("version %d has the id %s, its standard %s", i, list[i].ID, s.Version())
		} else if s.Papers.Lines[0].Name() != "营业执照" {
			t.Errorf("version %d does not know its libraries", i)
		}
	}
	fields, err := list[1].To(list[2])
	if err != nil || len(fields) != 1 || fields[0].Words != "承诺时限 9→6 个工作日" {
		t.Errorf("from 9 to 6: %+v, %v", fields, err)
	}

	list, err = p.Local("139921", "food-business", "01")
	if got, want := spans(t, list, err), "A 11-01–11-05, B 11-05–11-07, C 11-07–"; got != want {
		t.Errorf("local: %s, want %s", got, want)
	}
	fields, err = list[1].To(list[2])
	if err != nil || len(fields) != 1 || !strings.Contains(fields[0].Words, "示例县市场监管局") {
		t.Errorf("the body's name: %+v, %v", fields, err)
	}
	list, err = p.Guide("139921", "food-business", "01")
	if got, want := spans(t, list, err), "A 11-01–11-03, B 11-03–11-05, C 11-05–11-07, D 11-07–11-09, E 11-09–"; got != want {
		t.Errorf("guide: %s, want %s", got, want)
	}
	for _, v := range list {
		g, err := v.Guide()
		if err != nil || g == nil || g.Version() != v.ID {
			t.Errorf("%s: %+v, %v", v.ID, g, err)
		}
	}
	own, err := list[0].Own()
	var words []string
	for _, f := range own {
		words = append(words, f.Words)
	}
	if got := strings.Join(words, "；"); err != nil || !strings.HasPrefix(got, "承诺时限 10→8 个工作日；") || !strings.Contains(got, "示例县市场监督管理局") {
		t.Errorf("what the place says of its own: %s, %v", got, err)
	}
	if got := p.TouchedItems("139921"); len(got) != 1 || got[0] != "food-business" {
		t.Errorf("touched items: %v", got)
	}
	if got, err := p.Places(); err != nil || strings.Join(got, " ") != "139921" {
		t.Errorf("places with versions: %v, %v", got, err)
	}
	if got := p.Touched("139900", "food-business"); got {
		t.Error("the city has no record of the item")
	}
	a, _ := p.Local("139900", "food-business", "01")
	b, _ := p.Place("139900")
	if len(a) != 1 || a[0] != b[0] {
		t.Error("where no record touches the item, a guide's local versions are the place's")
	}
	if got, err := p.Standard("no-such", "01"); len(got) != 0 || err != nil {
		t.Errorf("no such item: %v, %v", got, err)
	}
}

// What is written ahead is announced when it is committed and told again on its day; taking it into the record afterwards says
// nothing new.
func TestWrittenAhead(t *testing.T) {
	const standard, ahead = "data/items/food-business/01.toml", "data/items/food-business/01@2026-11-09.toml"
	r := newRepository(t, records)
	next := strings.Replace(records[standard], "value = 10", "value = 6", 1)
	r.write(ahead, next)
	r.commit("2026-11-03")
	r.write(ahead, "# 注释\n"+next)
	r.commit("2026-11-04")
	r.write(ahead, strings.Replace(next, "value = 6", "value = 5", 1))
	r.commit("2026-11-05")
	r.write(standard, strings.Replace(next, "value = 6", "value = 5", 1))
	r.write(ahead, "")
	r.commit("2026-11-12")
	titles := func(asOf int) []string {
		entries, err := r.open(Options{AsOf: record.Date(asOf)}).Entries(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, e := range entries {
			out = append(out, e.Date.String()[5:]+" "+e.Kind+" "+e.Title)
		}
		return out
	}
	want := []string{
		"11-09 生效 食品经营许可 新办：承诺时限 10→5 个工作日（2026年11月9日起生效）",
		"11-05 变更 食品经营许可 新办：2026年11月9日起改为：承诺时限 10→5 个工作日",
		"11-03 变更 食品经营许可 新办：2026年11月9日起改为：承诺时限 10→6 个工作日",
		"11-01 设立 建库：1 个事项、3 个地方",
	}
	if got := titles(20261120); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := titles(20261108); strings.Join(got, "\n") != strings.Join(want[1:], "\n") {
		t.Errorf("before its day: got\n%s", strings.Join(got, "\n"))
	}
}

// A commit with a record that cannot be read was never published: the state before holds on, and the mended record is compared
// with that.
func TestBrokenCommit(t *testing.T) {
	const local = "data/divisions/139921/food-business.toml"
	r := newRepository(t, records)
	r.replace(local, "value = 8", `value = "五"`)
	r.commit("2026-11-02")
	r.replace(local, "promise = [{", "promise = [[{")
	r.commit("2026-11-03")
	r.write(local, strings.Replace(records[local], "value = 8", "value = 5", 1))
	r.commit("2026-11-04")
	entries, err := r.open(Options{AsOf: 20261120}).Entries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 2 || entries[0].Title != "食品经营许可（示例县）：承诺时限 8→5 个工作日" || entries[0].Date != 20261104 {
		t.Errorf("got %v", describe(entries))
	}
}

// ids returns the ids of all entries, newest first.
func (r *repository) ids() []string {
	r.t.Helper()
	entries, err := r.open(Options{AsOf: 20261120}).Entries(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.ID)
	}
	return out
}

// What was published keeps its ids when commits that nobody has seen yet are squashed, reordered or pushed over by force; the
// change itself has one id however many commits it took to format it, and a revert that is undone has one of its own.
func TestIdentity(t *testing.T) {
	const local, standard = "data/divisions/139921/food-business.toml", "data/items/food-business/01.toml"
	r := newRepository(t, records)
	git := gitIn(t, r.dir)
	r.replace(local, "value = 8", "value = 7")
	r.commit("2026-11-02")
	published := r.ids()
	git("tag", "published")
	r.replace(standard, "visits = 1", "visits = 0")
	r.commit("2026-11-03")
	r.replace(standard, "visits = 0", "visits = 0 # 不用来")
	r.commit("2026-11-04")
	apart := r.ids()
	if len(apart) != 3 || strings.Join(apart[1:], " ") != strings.Join(published, " ") {
		t.Fatalf("one change is one entry: %v after %v", apart, published)
	}
	git("reset", "-q", "--soft", "published")
	r.commit("2026-11-05")
	if got := r.ids(); strings.Join(got, " ") != strings.Join(apart, " ") {
		t.Errorf("after a squash: %v, want %v", got, apart)
	}
	// Another line of commits, pushed over the old one by force: the same changes in other commits, with a change of its own first.
	git("reset", "-q", "--hard", "published~1")
	r.replace(standard, "visits = 1", "visits = 0")
	r.commit("2026-11-06")
	r.replace(local, "value = 8", "value = 7")
	r.commit("2026-11-07")
	got := r.ids()
	slices.Sort(got)
	slices.Sort(apart)
	if strings.Join(got, " ") != strings.Join(apart, " ") {
		t.Errorf("after a force-push: %v, want %v", got, apart)
	}
	r.replace(local, "value = 7", "value = 8")
	r.commit("2026-11-08")
	r.replace(local, "value = 8", "value = 7")
	r.commit("2026-11-09")
	again := r.ids()
	if len(again) != 5 || again[0] == again[2] || !strings.HasPrefix(again[0], again[2]) {
		t.Errorf("the same change made again: %v", again)
	}
}

// A whole repository that moves its site into a folder keeps the records: the folder's history begins there, as one entry.
func TestMovedSite(t *testing.T) {
	r := newRepository(t, records)
	git := gitIn(t, r.dir)
	if err := os.Mkdir(filepath.Join(r.dir, "portal"), 0o755); err != nil {
		t.Fatal(err)
	}
	git("mv", "data", "portal/data")
	r.commit("2026-11-02")
	r.replace("portal/data/items/food-business/01.toml", "visits = 1", "visits = 0")
	r.commit("2026-11-03")
	inside := &repository{t, filepath.Join(r.dir, "portal")}
	entries, err := inside.open(Options{AsOf: 20261120}).Entries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 2 || entries[0].Title != "食品经营许可 新办：不用跑现场了（原来 1 次）" || entries[1].Kind != KindNew {
		t.Errorf("got %v", describe(entries))
	}
}
