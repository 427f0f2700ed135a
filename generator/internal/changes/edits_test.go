package changes

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// edit is one thing an editor does to the library of testdata/library.txtar, and what people must be told of it. In the files
// of testdata/edits a case is
//
//	## what the editor does
//	@ items/food/01.toml    the record, below data/
//	- old text              lines that stand there; without any, the new lines are a new file or are appended
//	+ new text              lines that stand there instead
//	x                       the record is removed
//	> items/food/02.toml    the record is moved
//	= 变更 procedure food/01 ↑ title      an entry: kind, subject, direction, title
//	. promise ↑ old | new                 its fields in order: key, direction, both values
//
// A case without entries says: nobody sees a difference.
type edit struct {
	file, title string
	files       map[string]string
	want        []string
}

// asOfEdits is the day on which the edits are made.
const asOfEdits = record.Date(20261121)

func readLibrary(t *testing.T) map[string]string {
	t.Helper()
	a, err := txtar.ParseFile("testdata/library.txtar")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range a.Files {
		out[path.Join(catalog.DataDir, f.Name)] = string(f.Data)
	}
	return out
}

// readEdits reads every case of testdata/edits.
func readEdits(t *testing.T, library map[string]string) []*edit {
	t.Helper()
	names, err := filepath.Glob("testdata/edits/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []*edit
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for n, text := range strings.Split(string(data), "\n## ") {
			if n > 0 {
				out = append(out, parseEdit(t, filepath.Base(name), text, library))
			}
		}
	}
	return out
}

func parseEdit(t *testing.T, file, text string, library map[string]string) *edit {
	t.Helper()
	e := &edit{file: file, files: maps.Clone(library)}
	lines := bufio.NewScanner(strings.NewReader(text))
	at := ""
	var old, new []string
	apply := func() {
		if at == "" || len(old)+len(new) == 0 {
			return
		}
		was, there := e.files[at]
		from, to := strings.Join(old, "\n"), strings.Join(new, "\n")
		switch {
		case len(old) > 0 && !strings.Contains(was, from):
			t.Fatalf("%s: %s: %s has no\n%s", file, e.title, at, from)
		case len(old) > 0:
			e.files[at] = strings.Replace(was, from, to, 1)
		case there:
			e.files[at] = was + to + "\n"
		default:
			e.files[at] = to + "\n"
		}
		old, new = nil, nil
	}
	for lines.Scan() {
		line := lines.Text()
		kind, rest, _ := strings.Cut(line, " ")
		switch {
		case e.title == "":
			e.title = line
		case kind == "@":
			apply()
			at = path.Join(catalog.DataDir, rest)
		case kind == "-":
			old = append(old, rest)
		case kind == "+":
			new = append(new, rest)
		case kind == "x":
			delete(e.files, at)
		case kind == ">":
			e.files[path.Join(catalog.DataDir, rest)] = e.files[at]
			delete(e.files, at)
		case kind == "=" || kind == ".":
			e.want = append(e.want, line)
		case line != "":
			t.Fatalf("%s: %s: not understood: %q", file, e.title, line)
		}
	}
	apply()
	return e
}

// describe writes entries as the cases do.
func describe(entries []*Entry) []string {
	var out []string
	for _, e := range entries {
		s := e.Subject
		subject := string(s.Kind)
		switch s.Kind {
		case record.KindItem:
			subject += " " + s.Item
		case record.KindProcedure:
			subject += " " + s.Item + "/" + s.Procedure
		case record.KindImplementation:
			subject += " " + s.Division + "/" + s.Item + "/" + s.Procedure
		default:
			subject = strings.TrimSpace(subject + " " + s.ID)
		}
		out = append(out, fmt.Sprintf("= %s %s %s %s", e.Kind, subject, e.Direction(), e.Title))
		for _, f := range e.Fields {
			out = append(out, strings.TrimSpace(fmt.Sprintf(". %s %s %s | %s", f.Key, f.Direction, f.Old, f.New)))
		}
	}
	for i := range out {
		out[i] = strings.Join(strings.Fields(out[i]), " ")
	}
	return out
}

func decodeAll(t *testing.T, files map[string]string) *catalog.Source {
	t.Helper()
	m := fstest.MapFS{}
	for p, text := range files {
		m[p] = &fstest.MapFile{Data: []byte(text)}
	}
	s, err := catalog.Load(m, asOfEdits)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Problems {
		t.Fatalf("%s: %s", p.Position, p.Message.EN)
	}
	return s
}

// wanted is what the case says, with single blanks.
func (e *edit) wanted() []string {
	out := make([]string, len(e.want))
	for i, line := range e.want {
		out[i] = strings.Join(strings.Fields(line), " ")
	}
	return out
}

// TestEdits makes every edit and compares what people are told with what they must be told: kind, record, field, old, new,
// direction and words, nothing missing and nothing more.
func TestEdits(t *testing.T) {
	library := readLibrary(t)
	before := decodeAll(t, library)
	edits := readEdits(t, library)
	if len(edits) < 200 {
		t.Fatalf("only %d edits", len(edits))
	}
	for _, e := range edits {
		t.Run(e.file+"/"+e.title, func(t *testing.T) {
			entries := Diff(before, decodeAll(t, e.files), Options{AsOf: asOfEdits})
			got := describe(entries)
			want := e.wanted()
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// TestEditsInGit commits every edit and takes it back, and reads the history: each commit tells what the edit must, and taking
// back an edit that nobody sees tells nothing. Read again with what the first reading kept, it is the same.
func TestEditsInGit(t *testing.T) {
	library := readLibrary(t)
	edits := readEdits(t, library)
	r := &repository{t, t.TempDir()}
	gitIn(t, r.dir)("init", "-q", "-b", "main")
	states := []map[string]string{library}
	for _, e := range edits {
		states = append(states, e.files, library)
	}
	r.fastImport(states)
	p := r.open(Options{AsOf: asOfEdits})
	entries, err := p.Entries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	told := map[string][]*Entry{}
	for i := len(entries) - 1; i >= 0; i-- {
		told[entries[i].Commit] = append(told[entries[i].Commit], entries[i])
	}
	if len(p.commits) != len(states) {
		t.Fatalf("%d commits, want %d", len(p.commits), len(states))
	}
	for i, e := range edits {
		there, back := told[p.commits[2*i+1].hash], told[p.commits[2*i+2].hash]
		slices.SortStableFunc(there, func(a, b *Entry) int { return urgency(a) - urgency(b) })
		if got, want := strings.Join(describe(there), "\n"), strings.Join(e.wanted(), "\n"); got != want {
			t.Errorf("%s/%s: got\n%s\nwant\n%s", e.file, e.title, got, want)
		}
		if e.file == "11-nothing.txt" && len(back) > 0 {
			t.Errorf("%s/%s: taking it back tells %s", e.file, e.title, describe(back))
		}
	}
}

// fastImport commits states of the library, one after the other, a second apart.
func (r *repository) fastImport(states []map[string]string) {
	r.t.Helper()
	var b strings.Builder
	for i, files := range states {
		fmt.Fprintf(&b, "commit refs/heads/main\ncommitter 张三 <zhangsan@example.com> %d +0800\ndata 4\nedit\n", 1795233600+i) // 2026-11-21 in Shanghai
		b.WriteString("deleteall\n")
		for _, p := range slices.Sorted(maps.Keys(files)) {
			fmt.Fprintf(&b, "M 100644 inline %s\ndata %d\n%s\n", p, len(files[p]), files[p])
		}
	}
	cmd := exec.Command("git", "-C", r.dir, "fast-import", "--quiet")
	cmd.Stdin = strings.NewReader(b.String())
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("git fast-import: %v\n%s", err, out)
	}
}
