package quality

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// asOf is the day of all tests.
const asOf record.Date = 20261121

// files is generator/testdata/site with the vocabularies.
func files(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for prefix, dir := range map[string]string{"": "../../testdata/site", "data/vocab/": "../../../data/vocab"} {
		from := os.DirFS(dir)
		err := fs.WalkDir(from, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(from, p)
			out[prefix+p] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// rich is these files with those of testdata/quality/rich.txtar laid over them, and then some edits: file, old, new.
func rich(t *testing.T, edits ...[3]string) *catalog.Catalog {
	t.Helper()
	all := files(t)
	a, err := txtar.ParseFile("../../testdata/quality/rich.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		all[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	for _, e := range edits {
		old := string(all[e[0]].Data)
		now := strings.Replace(old, e[1], e[2], 1)
		if now == old {
			t.Fatalf("%s: the edit %q changes nothing", e[0], e[1])
		}
		all[e[0]] = &fstest.MapFile{Data: []byte(now)}
	}
	return resolve(t, all)
}

func resolve(t *testing.T, all fstest.MapFS) *catalog.Catalog {
	t.Helper()
	source, err := catalog.Load(all, asOf)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range source.Problems {
		if p.Rule != "catalogue-locked" { // a seeded one
			t.Error(p)
		}
	}
	return catalog.Resolve(source, catalog.Options{})
}

// scopes are all scopes of a survey that a page may have.
func scopes(s *Survey) []Scope {
	out := []Scope{{}}
	for _, l := range record.Levels {
		out = append(out, Scope{Level: l})
	}
	departments := map[string]bool{}
	for _, i := range s.Catalog.Items {
		if !departments[i.Department] {
			departments[i.Department] = true
			out = append(out, Scope{Department: i.Department})
		}
	}
	for _, d := range s.Catalog.Divisions {
		out = append(out, Scope{Division: d}, Scope{Division: d, Below: true})
	}
	return out
}

// TestLists holds that the lists of every figure in every scope add up to the figure.
func TestLists(t *testing.T) {
	s := New(rich(t), Options{})
	n := 0
	for _, sc := range scopes(s) {
		for _, f := range s.Figures(sc) {
			var num, den, unknown int
			for e := range s.List(f, Numerator) {
				num += e.Num
			}
			for e := range s.List(f, Denominator) {
				den += e.Den
			}
			for range s.List(f, Unrecorded) {
				unknown++
			}
			for _, text := range []diag.Text{f.Value(), f.Sentence(), f.State.Title()} {
				if text.ZH == "" || text.EN == "" {
					t.Errorf("%s of %s has no words", f.Metric.ID, sc.Name().ZH)
				}
			}
			if num != f.Num || den != f.Den || unknown != f.Unknown {
				t.Errorf("%s of %s is %d/%d and %d unknown; its lists have %d/%d and %d", f.Metric.ID, sc.Name().ZH, f.Num, f.Den, f.Unknown, num, den, unknown)
			}
			n += den
		}
	}
	if n == 0 {
		t.Fatal("nothing was counted")
	}
}

// TestSheet holds that the columns of the sheet of every place add up to its figures, and that one sheet may serve for all places.
func TestSheet(t *testing.T) {
	s := New(rich(t), Options{})
	var x Sheet
	rows := 0
	for _, d := range s.Catalog.Divisions {
		s.Sheet(&x, d)
		rows += len(x.Rows)
		for n, f := range s.Figures(Scope{Division: d}) {
			if f.Metric != PlaceMetrics()[n] {
				t.Fatalf("the figures of a place have %s where its sheet has %s", f.Metric.ID, PlaceMetrics()[n].ID)
			}
			var all sum
			for i := range x.Rows {
				c := x.Cell(i, n)
				all.add(&c)
			}
			if (all != sum{f.Num, f.Den, f.Unknown}) {
				t.Errorf("%s of %s is %d/%d and %d unknown, its column adds up to %+v", f.Metric.ID, d.Name, f.Num, f.Den, f.Unknown, all)
			}
		}
	}
	if rows == 0 {
		t.Fatal("no place has a row")
	}
}

// TestGroups holds that groups have all entries of their list: the places of each, once and in the order of the catalog.
func TestGroups(t *testing.T) {
	s := New(rich(t), Options{})
	for _, sc := range scopes(s) {
		for _, f := range s.Figures(sc) {
			for _, p := range Parts {
				n := map[[2]string]int{}
				for e := range s.List(f, p) {
					place := ""
					if e.Division != nil {
						place = e.Division.ID
					}
					n[[2]string{place, e.Title() + e.ID + e.Why}]++
				}
				for _, g := range s.Groups(f, p) {
					name := g.First.Title() + g.First.ID + g.First.Why
					if g.First.Division == nil {
						n[[2]string{"", name}]--
					}
					for d := range g.Places.All() {
						if g.First.Item == nil && g.First.Name == "" && g.First.Hall == nil {
							name = d.Name + g.First.ID + g.First.Why
						}
						n[[2]string{d.ID, name}]--
					}
				}
				for k, left := range n {
					if left != 0 {
						t.Errorf("%s of %s, %s: %v is %d times more often in the list than in its groups", f.Metric.ID, sc.Name().ZH, p, k, left)
					}
				}
			}
		}
	}
}

// TestByTerms holds that metrics which judge items by terms alone say the same of the guides of every place.
func TestByTerms(t *testing.T) {
	s := New(rich(t), Options{})
	n := 0
	for _, m := range metrics {
		if !m.byTerms {
			continue
		}
		for _, d := range s.Catalog.Divisions {
			said := map[*catalog.Item]Cell{}
			for e := range s.entries(m, d, "") {
				said[e.Item] = e.Cell
			}
			for _, guides := range s.itemsIn(d) {
				n++
				if want := m.item(s, guides); said[guides[0].Item] != want {
					t.Errorf("%s of %s in %s: %+v, want %+v", m.ID, guides[0].Item.ID, d.Name, said[guides[0].Item], want)
				}
			}
		}
	}
	if n == 0 {
		t.Fatal("nothing was judged")
	}
}

// keys are the keys of a list.
func keys(s *Survey, metric string, sc Scope, p Part) []string {
	var out []string
	for e := range s.List(s.Figure(Named(metric), sc), p) {
		out = append(out, e.Key())
	}
	return out
}

// reason is why an entry stands in a list, "" where it does not.
func reason(s *Survey, metric string, sc Scope, p Part, key string) string {
	for e := range s.List(s.Figure(Named(metric), sc), p) {
		if e.Key() == key {
			return e.Why
		}
	}
	return ""
}

// TestSamples holds that made-up places are counted in figures of themselves alone, whatever the metric.
func TestSamples(t *testing.T) {
	s := New(rich(t), Options{})
	if f := s.Figure(Named("online-rate"), Scope{Division: s.Catalog.Division("139921")}); f.Den == 0 {
		t.Error("a made-up place has no figure of its own")
	}
	real := 0
	for _, sc := range []Scope{{}, {Level: record.LevelCounty}, {Level: record.LevelCity}, {Department: "市场监管"}, {Division: s.Catalog.Division("130000"), Below: true}} {
		for _, f := range s.Figures(sc) {
			for _, p := range Parts {
				for e := range s.List(f, p) {
					if e.Division != nil && e.Division.MadeUp() {
						t.Errorf("%s: %s is counted in %s", f.Metric.ID, e.Key(), sc.Name().ZH)
					}
					real++
				}
			}
		}
	}
	if real == 0 {
		t.Error("no real place is counted")
	}
	if why := reason(s, "spread-count", Scope{}, Numerator, "food-business/01"); !strings.Contains(why, "真实改进县") || strings.Contains(why, "示例县") {
		t.Errorf("an improvement of a made-up place is proposed to the province: %s", why)
	}
}

// TestNotRecorded holds that a place without records of its own has no figure: 未收录, and never zero or a target missed.
func TestNotRecorded(t *testing.T) {
	s := New(rich(t), Options{})
	for _, id := range []string{"138800", "138821"} {
		for _, f := range s.Figures(Scope{Division: s.Catalog.Division(id)}) {
			if f.State == NoRecords || f.State == Nothing {
				continue
			}
			if f.State == Measured || !strings.HasPrefix(f.Value().ZH, "未收录") || f.Verdict != "" {
				t.Errorf("%s of %s is %s (%s), %q", f.Metric.ID, f.Scope.Name().ZH, f.Value(), f.State, f.Verdict)
			}
		}
	}
	// A level none of whose places says anything is what the standard gives, and says so.
	if f := s.Figure(Named("online-rate"), Scope{Level: record.LevelCity}); f.State != ByStandard || f.Value().ZH != "50%（照全省标准）" {
		t.Errorf("%s %s", f.State, f.Value())
	}
}

// TestVerdicts holds figures against targets: the newest whose year has come, for the level, and open while what is not recorded decides.
func TestVerdicts(t *testing.T) {
	s := New(rich(t), Options{})
	county := func(id string) Scope { return Scope{Division: s.Catalog.Division(id)} }
	for _, c := range []struct {
		metric, goal string
		scope        Scope
		verdict      Verdict
		value        string
	}{
		{"online-rate", "≥30%", Scope{Level: record.LevelCity}, Met, "50%（照全省标准）"},
		{"online-rate", "≥70%", county("139921"), Missed, "33.3%"},
		{"online-rate", "", Scope{}, "", "37.5%"},
		{"hall-entry-rate", "≥50%", county("139921"), Met, "100%"},
		{"hall-entry-rate", "≥50%", county("139922"), Missed, "0%"},
		{"hall-entry-rate", "≥50%", county("139923"), Met, "100%（收录 1/2）"}, // one of two is enough, whatever the other says
		{"material-reduction", "≥20%", county("139921"), Met, "76.9%"},
		{"open-company-days", "≤3", Scope{}, Missed, "10个工作日"},
	} {
		f := s.Figure(Named(c.metric), c.scope)
		goal := ""
		if f.Goal != nil {
			goal = f.Goal.Words()
		}
		if f.Value().ZH != c.value || goal != c.goal || f.Verdict != c.verdict {
			t.Errorf("%s of %s: %s, %s, %q; want %s, %s, %q", c.metric, c.scope.Name().ZH, f.Value(), goal, f.Verdict, c.value, c.goal, c.verdict)
		}
	}
	s = New(rich(t, [3]string{"data/divisions/139922/food-business.toml", `"场地限制"`, `"场地限制", document = "sample-doc"`}), Options{})
	if f := s.Figure(Named("hall-entry-rate"), county("139922")); f.Den != 0 || f.Verdict != "" {
		t.Errorf("an item on the negative list is counted: %d of %d, %q", f.Num, f.Den, f.Verdict)
	}
	s = New(rich(t, [3]string{"data/targets.toml", `at_least = "50%"`, `at_least = "60%"`}), Options{})
	if f := s.Figure(Named("hall-entry-rate"), county("139923")); f.Verdict != Open {
		t.Errorf("with a target above what is recorded the verdict is %q", f.Verdict)
	}
}

// TestBaseline compares with a library as it was.
func TestBaseline(t *testing.T) {
	before := rich(t, [3]string{"data/items/food-business/01.toml", "promise = [{ value = 10", "promise = [{ value = 20"})
	s := New(rich(t), Options{Baseline: before})
	d := s.Catalog.Division("139923")
	f := s.Figure(Named("time-reduction"), Scope{Division: d})
	if f.Num != 10 || f.Den != 65 || reason(s, "time-reduction", f.Scope, Numerator, "139923/food-business/01") != "20→10天" {
		t.Errorf("%d of %d days: %s", f.Num, f.Den, f.Value())
	}
	s = New(rich(t, [3]string{"data/benchmarks/before.toml", "基期", "先进省份"}, [3]string{"data/benchmarks/older.toml", "基期", "先进省份"}), Options{})
	if f := s.Figure(Named("time-reduction"), Scope{}); f.State != NoRecords || f.Value().ZH != "没有记录" || !strings.HasPrefix(f.Sentence().ZH, "没有基期") {
		t.Errorf("without a baseline: %s, %s", f.Value(), f.Sentence())
	}
}

// TestByItem holds that the figures of the items of a scope add up to the figure of the scope, and open into lists as it does.
func TestByItem(t *testing.T) {
	s := New(rich(t), Options{})
	for _, sc := range []Scope{{}, {Level: record.LevelCounty}, {Division: s.Catalog.Division("139900"), Below: true}} {
		for _, f := range s.Figures(sc) {
			var num, den int
			for _, one := range s.ByItem(f.Metric, sc) {
				listed := 0
				for e := range s.List(one, Numerator) {
					listed += e.Num
				}
				if again := s.Figure(f.Metric, one.Scope); listed != one.Num || again.Num != one.Num || again.Den != one.Den || again.Places != one.Places {
					t.Errorf("%s of %s is %d/%d, then %d/%d; its list has %d", f.Metric.ID, one.Scope.Name().ZH, one.Num, one.Den, again.Num, again.Den, listed)
				}
				num, den = num+one.Num, den+one.Den
			}
			if f.Metric.Of != OfPlaces && f.Metric.Of != OfHalls && f.Metric.Of != OfRecords && f.Metric.Of != OfBundles && (num != f.Num || den != f.Den) {
				t.Errorf("%s of %s is %d/%d, its items have %d/%d", f.Metric.ID, sc.Name().ZH, f.Num, f.Den, num, den)
			}
		}
	}
}

// TestMatrix holds the matrix of levels against the items and the places that handle them.
func TestMatrix(t *testing.T) {
	s := New(rich(t), Options{})
	for _, row := range s.Matrix() {
		if row.Item.ID != "food-business" {
			continue
		}
		city, county := row.Levels[1], row.Levels[2]
		if !city.Named || !county.Named || row.Levels[0].Named || city.Places != 1 || county.Places != 2 {
			t.Errorf("%+v", row.Levels)
		}
		return
	}
	t.Error("food-business is not in the matrix")
}

// TestNumbers holds how percentages are rounded: never up to all, never down to none.
func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		num, den int
		want     string
	}{{1, 3, "33.3"}, {2, 3, "66.7"}, {1, 1, "100"}, {0, 5, "0"}, {99999, 100000, "99.9"}, {1, 100000, "0.1"}, {1, 2, "50"}, {-1, 3, "-33.3"}} {
		f := Figure{Metric: Named("online-rate"), Num: c.num, Den: c.den, State: Measured}
		if got := f.Number(); got != c.want {
			t.Errorf("%d of %d is %s, want %s", c.num, c.den, got, c.want)
		}
	}
}

// TestMetrics holds that every metric can be told and traced: names, a formula, and documents that the library has; and that each
// metric of the vocabulary is counted under its name, or listed with the reason why not.
func TestMetrics(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Metrics() {
		if seen[m.ID] || seen[m.Title.ZH] {
			t.Errorf("%s is there twice", m.ID)
		}
		seen[m.ID], seen[m.Title.ZH] = true, true
		for _, text := range []diag.Text{m.Title, m.Formula, m.Counted, m.Among} {
			if text.ZH == "" || text.EN == "" {
				t.Errorf("%s lacks a text", m.ID)
			}
		}
		if m.Family.Title().ZH == "" || m.Of.Title().ZH == "" || m.Better == 0 || m.Unit == "" || len(m.Sources) == 0 {
			t.Errorf("%s is not complete", m.ID)
		}
		for _, f := range m.Sources {
			if _, err := os.Stat("../../../data/documents/" + f.Document + ".toml"); err != nil {
				t.Errorf("%s: %v", m.ID, err)
			}
		}
	}
	for _, u := range Uncounted {
		seen[u.Title.ZH] = true
	}
	for _, term := range rich(t).Vocab["metrics"].Terms {
		if m := Named(term.ID); m != nil && m.Title != (diag.Text{ZH: term.Term, EN: term.EN}) {
			t.Errorf("%s is called %s, in the vocabulary %s", term.ID, m.Title, term.Term)
		}
		if !seen[term.Term] {
			t.Errorf("nobody counts %s", term.Term)
		}
	}
}
