package rules

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/tomlfile"
)

const testdata = "../../testdata/rules"

var update = flag.Bool("update", false, "write what is found into the archives")

// asOf is the day of all archives.
const asOf record.Date = 20261121

// site returns the shared records with the files of an archive laid over them. A file that is empty removes the shared one.
func site(t *testing.T, a *txtar.Archive) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	base := os.DirFS(filepath.Join(testdata, "base"))
	err := fs.WalkDir(base, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(base, p)
		out[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if a == nil {
		return out
	}
	for _, f := range a.Files {
		switch {
		case f.Name == "want":
		case len(f.Data) == 0:
			delete(out, f.Name)
		default:
			out[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return out
}

// problems returns everything an editor of the site would see.
func problems(t *testing.T, site fs.FS) []diag.Problem {
	t.Helper()
	cfg, found, err := config.Load(site)
	if err != nil {
		t.Fatal(err)
	}
	source, err := catalog.Load(site, asOf)
	if err != nil {
		t.Fatal(err)
	}
	found = append(found, source.Problems...)
	return diag.Sort(append(found, Check(catalog.Resolve(source, catalog.Options{}), cfg)...))
}

// lines prints problems as archives list them: where, which rule, and whether it only warns.
func lines(found []diag.Problem) string {
	var b strings.Builder
	for _, p := range found {
		fmt.Fprintf(&b, "%s:%d:%d: [%s]", p.File, p.Line, p.Column, p.Rule)
		if p.Severity == diag.Warning {
			b.WriteString(" warning")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestBase holds that the shared records are without fault, so that an archive's problems are its own.
func TestBase(t *testing.T) {
	for _, p := range problems(t, site(t, nil)) {
		t.Errorf("%s:%d:%d: %s [%s]", p.File, p.Line, p.Column, p.Message.EN, p.Rule)
	}
}

// TestArchives runs every archive: the problems found are exactly those it lists, the rule it is named after among them, and
// each says in both languages what is wrong and how to mend it.
func TestArchives(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(testdata, "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range paths {
		id := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(id, func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			found := problems(t, site(t, a))
			compare(t, path, a, lines(found))
			if _, ok := Find(id); ok && !slices.ContainsFunc(found, func(p diag.Problem) bool { return p.Rule == id }) {
				t.Errorf("the archive has no problem of the rule %s", id)
			}
			for _, p := range found {
				if p.Message.ZH == "" || p.Message.EN == "" || reported(p.Rule) && (p.Hint.ZH == "" || p.Hint.EN == "") {
					t.Errorf("%s:%d [%s]: a message or hint is missing: %+v", p.File, p.Line, p.Rule, p)
				}
				for _, n := range p.Notes {
					if n.File == "" || n.Text.ZH == "" || n.Text.EN == "" {
						t.Errorf("%s:%d [%s]: an empty note", p.File, p.Line, p.Rule)
					}
				}
			}
		})
	}
}

// reported reports whether the problems of a rule are made by this package.
func reported(id string) bool {
	r, ok := Find(id)
	return ok && r.check != nil
}

func compare(t *testing.T, path string, a *txtar.Archive, got string) {
	t.Helper()
	i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
	if *update {
		if i < 0 {
			a.Files = append(a.Files, txtar.File{Name: "want"})
			i = len(a.Files) - 1
		}
		a.Files[i].Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if i < 0 {
		t.Fatal("the archive has no file want; run go test ./generator/internal/rules -update")
	}
	if want := string(a.Files[i].Data); got != want {
		t.Errorf("found\n%swant\n%sto accept: go test ./generator/internal/rules -update", got, want)
	}
}

// TestRegistry holds that every rule is documented and has its archive, and that ids are told apart.
func TestRegistry(t *testing.T) {
	families := map[string]bool{}
	for _, f := range Families {
		families[f.ID] = true
	}
	seen := map[string]bool{}
	for _, r := range All() {
		if seen[r.ID] {
			t.Errorf("%s: two rules with this id", r.ID)
		}
		seen[r.ID] = true
		if !families[r.Family] {
			t.Errorf("%s: unknown family %q", r.ID, r.Family)
		}
		for what, text := range map[string]diag.Text{"title": r.Title, "reason": r.Reason, "explanation": r.Explanation} {
			if text.ZH == "" || text.EN == "" {
				t.Errorf("%s: its %s is not in both languages", r.ID, what)
			}
		}
		if !strings.HasSuffix(r.Reason.ZH, "。") || !strings.HasSuffix(r.Reason.EN, ".") {
			t.Errorf("%s: the reason is one sentence", r.ID)
		}
		if r.Bad == "" || r.Good == "" || r.Bad == r.Good {
			t.Errorf("%s: it needs a bad and a good example", r.ID)
		}
		if _, err := os.Stat(filepath.Join(testdata, r.ID+".txtar")); r.check != nil && err != nil {
			t.Errorf("%s: no archive", r.ID)
		}
		if found, ok := Find(r.ID); !ok || found.ID != r.ID {
			t.Errorf("%s: not found", r.ID)
		}
	}
	for _, id := range append(tomlfile.Rules, "path", "catalogue-locked", "site-setting") {
		if !seen[id] {
			t.Errorf("%s is reported while reading and has no entry", id)
		}
	}
	if _, ok := Find("no-such-rule"); ok {
		t.Error("found a rule that does not exist")
	}
}

// TestExamples holds that the good example of every rule is TOML, and the bad one too unless the rule is about that.
func TestExamples(t *testing.T) {
	for _, r := range All() {
		for what, text := range map[string]string{"bad": r.Bad, "good": r.Good} {
			if what == "bad" && r.Family == "read" {
				continue
			}
			var v map[string]any
			_, found := tomlfile.Decode(what, []byte(text), &v, tomlfile.Options{})
			for _, p := range found {
				t.Errorf("%s: the %s example, line %d: %s", r.ID, what, p.Line, p.Message.EN)
			}
		}
	}
}

// TestGrace holds that a rule warns before its day.
func TestGrace(t *testing.T) {
	r := Rule{ID: "copies-reason", SeverityFrom: 20270101}
	if got := r.severity(20261231); got != diag.Warning {
		t.Errorf("before its day: %v, want a warning", got)
	}
	if got := r.severity(20270101); got != diag.Error {
		t.Errorf("on its day: %v, want an error", got)
	}
}

// TestLikeliest holds what is taken for a misspelling.
func TestLikeliest(t *testing.T) {
	laws := []string{"food-safety-law", "company-law", "id-card-law"}
	for word, want := range map[string]string{"food-safty-law": "food-safety-law", "food-safety": "", "tax-law": "", "company": "", "tax-card-lawn": ""} {
		if got := likeliest(word, laws); got != want {
			t.Errorf("likeliest(%q) = %q, want %q", word, got, want)
		}
	}
	if got := likeliest("food-safety-lav", laws); got != "food-safety-law" {
		t.Errorf("got %q", got)
	}
	if got := likeliest("天", []string{"日", "月", "工作日"}); got != "" {
		t.Errorf("a month is no slip for a day, got %q", got)
	}
	if got := likeliest("电子或纸质", []string{"纸质", "电子", "纸质或电子"}); got != "" {
		t.Errorf("another order of words is no misspelling: %q", got)
	}
}

// TestPrivateFinders holds what is taken for data of a person, and that numbers which only look like it are not.
func TestPrivateFinders(t *testing.T) {
	for _, c := range []struct {
		name, text string
		find       func(string) string
		found      bool
	}{
		{"identity number", "例如11010519491231002X这样", findIDNumber, true},
		{"small x", "11010519491231002x", findIDNumber, true},
		{"wrong check character", "110105194912310021", findIDNumber, false},
		{"a date that does not exist", "110105194913310025", findIDNumber, false},
		{"masked", "110105********002X", findIDNumber, false},
		{"credit code of digits", "119999990000920137", findIDNumber, false},
		{"part of a longer number", "91101051949123100217", findIDNumber, false},
		{"mobile", "打13900139000问", findMobile, true},
		{"office number", "0313-12345678", findMobile, false},
		{"12345", "12345", findMobile, false},
		{"basic code", "130131908000", findMobile, false},
		{"card", "6222020200112233 写错 6222 ", findBankCard, false},
		{"card that checks", "6222021234567890128", findBankCard, luhn("6222021234567890128")},
		{"credit code as card", "119999990000920137", findBankCard, false},
		{"private mail", "发到 Wang.Li@QQ.com 收", findMail, true},
		{"office mail", "spj@hebei.gov.cn", findMail, false},
		{"zero width", "营业\u200b执照", findInvisible, true},
		{"plain", "营业执照", findInvisible, false},
	} {
		if got := c.find(c.text) != ""; got != c.found {
			t.Errorf("%s: found = %v, want %v", c.name, got, c.found)
		}
	}
}

// luhn is the check of ISO/IEC 7812, written from left to right as the standard has it.
func luhn(s string) bool {
	sum := 0
	for i := range s {
		d := int(s[i] - '0')
		if (len(s)-i)%2 == 0 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return sum%10 == 0
}

// TestTwenty holds that twenty mistakes of different kinds in one site are all found in one run, each with a hint how to mend
// it. Their places are those that the archive lists.
func TestTwenty(t *testing.T) {
	a, err := txtar.ParseFile(filepath.Join(testdata, "twenty.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, p := range problems(t, site(t, a)) {
		kinds[p.Rule] = true
		if p.Hint.ZH == "" || p.Hint.EN == "" {
			t.Errorf("%s:%d [%s] has no hint", p.File, p.Line, p.Rule)
		}
		if p.Line == 0 || p.Column == 0 {
			t.Errorf("%s [%s] has no place", p.File, p.Rule)
		}
	}
	if len(kinds) < 20 {
		t.Errorf("%d kinds of mistakes found, want 20: %v", len(kinds), sortedKeys(kinds))
	}
}

// TestPropose holds that a locked key offers the way to the province where the site has a repository.
func TestPropose(t *testing.T) {
	s := site(t, &txtar.Archive{Files: []txtar.File{
		{Name: "site.toml", Data: []byte("title = \"示例县\"\nbase_url = \"https://example.gov.cn\"\ndivision = \"139921\"\nlicence = { data = \"CC-BY-4.0\", name = \"署名\" }\nedit = { repository = \"https://git.example.gov.cn/banshi/\", forge = \"gitea\" }\n")},
		{Name: "data/divisions/139921/food-business.toml", Data: []byte("audience = [\"自然人\"]\n")},
	}})
	found := problems(t, s)
	if len(found) != 1 || !strings.Contains(found[0].Hint.ZH, "https://git.example.gov.cn/banshi/issues/new?title=food-business") {
		t.Errorf("found %+v", found)
	}
}

// TestDamage takes every line out of every record in turn. Whatever is then missing, checking goes on, and every problem has a
// place in a file that exists.
func TestDamage(t *testing.T) {
	whole := site(t, nil).(fstest.MapFS)
	for path, file := range whole {
		if !strings.HasPrefix(path, "data/") || strings.HasPrefix(path, "data/vocab/") {
			continue
		}
		original := file.Data
		all := strings.SplitAfter(string(original), "\n")
		for i := range all {
			whole[path] = &fstest.MapFile{Data: []byte(strings.Join(slices.Delete(slices.Clone(all), i, i+1), ""))}
			for _, p := range problems(t, whole) {
				if whole[p.File] == nil || p.Line == 0 {
					t.Errorf("without line %d of %s: %s:%d [%s] is no place", i+1, path, p.File, p.Line, p.Rule)
				}
			}
		}
		whole[path] = &fstest.MapFile{Data: original}
	}
}
