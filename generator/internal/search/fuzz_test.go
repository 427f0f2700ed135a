package search

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"banshi/generator/internal/article"
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// small is the index of generator/testdata/site: every kind of record and place, few of each.
var small = sync.OnceValues(func() (map[string][]byte, error) {
	m := fstest.MapFS{}
	for _, from := range []struct{ dir, at string }{{"../../testdata/site", ""}, {"../../../data/vocab", "data/vocab/"}} {
		err := fs.WalkDir(os.DirFS(from.dir), ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(from.dir + "/" + p)
			m[from.at+p] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	c, _, err := config.Load(m)
	if err != nil {
		return nil, err
	}
	source, err := catalog.Load(m, 20261121)
	if err != nil {
		return nil, err
	}
	list, _, err := article.Load(m)
	if err != nil {
		return nil, err
	}
	files, err := Files(site.Derive(site.Input{Config: c, Catalog: catalog.Resolve(source, catalog.Options{Draft: true}), Articles: list, NoHistory: true}))
	if err != nil {
		return nil, err
	}
	return contents(files)
})

// contents are the bytes of files by path.
func contents(files []output.File) (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, f := range files {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			return nil, err
		}
		out[f.Path] = b.Bytes()
	}
	return out, nil
}

func smallIndex(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := small()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// pathsOf are the paths of an index, sorted.
func pathsOf(files map[string][]byte) []string {
	var out []string
	for p := range files {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// readerOf reads files from memory, one of them replaced; nil data is a file that is not there.
func readerOf(files map[string][]byte, path string, data []byte) Reader {
	return func(p string) ([]byte, error) {
		d, ok := files[p]
		if p == path {
			d, ok = data, data != nil
		}
		if !ok {
			return nil, &fs.PathError{Op: "open", Path: p, Err: fs.ErrNotExist}
		}
		return d, nil
	}
}

// attackQueries make the reader read every file of the small index.
var attackQueries = []Query{
	{Text: "食品经营许可"}, {Text: "營業執照"}, {Text: "shipinjingying"}, {Text: "spjyxk"}, {Text: "130131"}, {Text: "涿鹿县低保"}, {Text: "低保", Place: "139921"},
	{Text: "低保", Place: "139921101"}, {Text: "开饭店", Place: "示例县"}, {Text: "食品经营许可正"}, {Text: "示例县"}, {Text: "139921101"}, {Text: "户口本"}, {Text: "x"}, {Text: "示例市怎么办"},
	{Text: "离厕所有规定的距离", Place: "139900"},
}

// survive asks an index everything and fails the test where it panics (by itself), hangs, or takes memory out of proportion. It
// returns the answers; a query that gets an error has none, and none has one if the index does not open.
func survive(t testing.TB, read Reader, queries []Query) []*Answer {
	t.Helper()
	answers := make([]*Answer, len(queries))
	done := make(chan bool, 1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var broken any
	go func() {
		defer func() {
			if broken = recover(); broken != nil {
				broken = fmt.Sprintf("%v\n%s", broken, debug.Stack())
			}
			done <- true
		}()
		x, err := Open(read)
		if err != nil {
			return
		}
		for i, q := range queries {
			if a, err := x.Ask(q); err == nil {
				answers[i] = &a
			}
		}
	}()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		t.Fatal("the reader hangs")
	}
	if broken != nil {
		t.Fatalf("the reader panics: %v", broken)
	}
	runtime.ReadMemStats(&after)
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 1024 {
		t.Fatalf("the reader takes %d MB", mb)
	}
	return answers
}

// TestDamaged damages every file of an index in every way of damages, as a broken disk or transfer would: with a format that
// checks what it reads, the reader says so, or answers exactly as before where it did not need the file.
func TestDamaged(t *testing.T) {
	files := smallIndex(t)
	want := survive(t, readerOf(files, "", nil), attackQueries)
	for i, a := range want {
		if a == nil {
			t.Fatalf("%q: the whole index gives an error", attackQueries[i].Text)
		}
	}
	wrong := 0
	for n, p := range pathsOf(files) {
		for name, damage := range damages {
			r := rand.New(rand.NewPCG(uint64(n), uint64(len(name))))
			data := damage(r, slices.Clone(files[p]))
			if bytes.Equal(data, files[p]) {
				continue
			}
			for i, got := range survive(t, readerOf(files, p, data), attackQueries) {
				if got == nil || reflect.DeepEqual(got, want[i]) {
					continue
				}
				t.Errorf("%s, %s: %q answers %s, want an error or %s", p, name, attackQueries[i].Text, answerText(got), answerText(want[i]))
				if wrong++; wrong > 9 {
					t.Fatal("and more")
				}
			}
		}
	}
}

func answerText(a *Answer) string {
	var b strings.Builder
	if a.Place != nil {
		fmt.Fprintf(&b, "in %s:", a.Place.ID)
	}
	for _, h := range a.Hits[:min(4, len(a.Hits))] {
		fmt.Fprintf(&b, " %s", h.URL)
	}
	return b.String()
}

// damages are what happens to files by accident.
var damages = map[string]func(r *rand.Rand, data []byte) []byte{
	"missing":        func(*rand.Rand, []byte) []byte { return nil },
	"empty":          func(*rand.Rand, []byte) []byte { return []byte{} },
	"half":           func(_ *rand.Rand, data []byte) []byte { return data[:len(data)/2] },
	"cut":            func(r *rand.Rand, data []byte) []byte { return data[:r.IntN(len(data))] },
	"cut at the end": func(_ *rand.Rand, data []byte) []byte { return data[:len(data)-3] },
	"a bit": func(r *rand.Rand, data []byte) []byte {
		data[r.IntN(len(data))] ^= 1 << r.IntN(8)
		return data
	},
	"ten bytes": func(r *rand.Rand, data []byte) []byte {
		for range 10 {
			data[r.IntN(len(data))] = byte(r.IntN(256))
		}
		return data
	},
	"a letter": func(r *rand.Rand, data []byte) []byte {
		i := r.IntN(len(data))
		if c := data[i]; '0' <= c && c < '9' || 'a' <= c && c < 'z' {
			data[i]++
		}
		return data
	},
	"zeros": func(r *rand.Rand, data []byte) []byte {
		i := r.IntN(len(data))
		clear(data[i:min(len(data), i+64)])
		return data
	},
	"a line twice": func(r *rand.Rand, data []byte) []byte {
		lines := strings.Split(string(data), `\n`)
		i := r.IntN(len(lines))
		return []byte(strings.Join(slices.Insert(lines, i, lines[i]), `\n`))
	},
	"a line less": func(r *rand.Rand, data []byte) []byte {
		lines := strings.Split(string(data), `\n`)
		i := r.IntN(len(lines))
		return []byte(strings.Join(slices.Delete(lines, i, i+1), `\n`))
	},
	"lines swapped": func(r *rand.Rand, data []byte) []byte {
		lines := strings.Split(string(data), `\n`)
		i, j := r.IntN(len(lines)), r.IntN(len(lines))
		lines[i], lines[j] = lines[j], lines[i]
		return []byte(strings.Join(lines, `\n`))
	},
	"a page instead":     func(*rand.Rand, []byte) []byte { return []byte("<!DOCTYPE html><title>404</title>") },
	"with a mark before": func(_ *rand.Rand, data []byte) []byte { return append([]byte("\ufeff"), data...) },
	"CRLF":               func(_ *rand.Rand, data []byte) []byte { return bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")) },
	"Latin-1": func(_ *rand.Rand, data []byte) []byte {
		var b bytes.Buffer
		for _, c := range data {
			b.WriteRune(rune(c))
		}
		return b.Bytes()
	},
	"twice": func(_ *rand.Rand, data []byte) []byte { return append(data, data...) },
}

// hostile are what somebody would write into the text of a file who wants the reader to fall, with the file sealed again.
var hostile = map[string]func(r *rand.Rand, text string) string{
	"deep front codes":  eachLine(func(r *rand.Rand, l string) string { return "z" + l }),
	"a deep front code": oneLine(func(_ *rand.Rand, l string) string { return "y" + l[min(1, len(l)):] }),
	"huge numbers":      fields(func(r *rand.Rand, f string) string { return "zzzzzzzzzzzz" }),
	"very huge numbers": fields(func(r *rand.Rand, f string) string { return strings.Repeat("z", 400) }),
	"large numbers":     fields(func(r *rand.Rand, f string) string { return "zzzzz" }),
	"negative numbers":  fields(func(r *rand.Rand, f string) string { return "-1" }),
	"fractions":         fields(func(r *rand.Rand, f string) string { return "1.5" }),
	"no fields":         fields(func(r *rand.Rand, f string) string { return "" }),
	"prototype":         fields(func(r *rand.Rand, f string) string { return "__proto__" }),
	"markup":            fields(func(r *rand.Rand, f string) string { return "<img src=x onerror=alert(1)>" }),
	"an address":        fields(func(r *rand.Rand, f string) string { return "javascript:alert(1)//" }),
	"a section less": func(r *rand.Rand, s string) string {
		list := strings.Split(s, sectionEnd)
		i := r.IntN(len(list))
		return strings.Join(slices.Delete(list, i, i+1), sectionEnd)
	},
	"sections swapped": func(r *rand.Rand, s string) string {
		list := strings.Split(s, sectionEnd)
		i, j := r.IntN(len(list)), r.IntN(len(list))
		list[i], list[j] = list[j], list[i]
		return strings.Join(list, sectionEnd)
	},
	"empty sections": func(r *rand.Rand, s string) string { return strings.Repeat(sectionEnd, strings.Count(s, sectionEnd)) },
	"one field":      func(_ *rand.Rand, s string) string { return strings.ReplaceAll(s, "\t", "") },
	"only tabs":      func(_ *rand.Rand, s string) string { return strings.Repeat("\t", 4096) },
	"only lines":     func(_ *rand.Rand, s string) string { return strings.Repeat("\n", 4096) },
	"one long line":  func(_ *rand.Rand, s string) string { return strings.ReplaceAll(s, "\n", "") },
	"many lines": func(r *rand.Rand, s string) string {
		lines := strings.Split(s, "\n")
		return strings.Replace(s, lines[len(lines)/2], strings.Repeat(lines[len(lines)/2]+"\n", 5000), 1)
	},
	"superiors in a circle": func(_ *rand.Rand, s string) string { // of a division: it answers to itself, or to another that answers to it
		return strings.NewReplacer("139900", "139921", "139921", "139900", "130000", "139921").Replace(s)
	},
	"a lone surrogate": func(_ *rand.Rand, s string) string { return strings.ReplaceAll(s, "食", "\xed\xa0\x80") },
	"one letter":       func(*rand.Rand, string) string { return "0" },
	"another version":  func(_ *rand.Rand, s string) string { return strings.Replace(s, "\t"+Format, "\t99", 1) },
	"letters for flags": func(_ *rand.Rand, s string) string {
		return strings.Map(func(r rune) rune {
			if r == '.' || r == 'A' {
				return 'Z'
			}
			return r
		}, s)
	},
}

func eachLine(f func(*rand.Rand, string) string) func(*rand.Rand, string) string {
	return func(r *rand.Rand, s string) string {
		lines := strings.Split(s, "\n")
		for i := range lines {
			lines[i] = f(r, lines[i])
		}
		return strings.Join(lines, "\n")
	}
}

func oneLine(f func(*rand.Rand, string) string) func(*rand.Rand, string) string {
	return func(r *rand.Rand, s string) string {
		lines := strings.Split(s, "\n")
		i := r.IntN(len(lines))
		lines[i] = f(r, lines[i])
		return strings.Join(lines, "\n")
	}
}

// fields changes one field in eight.
func fields(f func(*rand.Rand, string) string) func(*rand.Rand, string) string {
	return eachLine(func(r *rand.Rand, l string) string {
		list := strings.Split(l, "\t")
		for i := range list {
			if r.IntN(8) == 0 {
				list[i] = f(r, list[i])
			}
		}
		return strings.Join(list, "\t")
	})
}

// TestHostile puts hostile text into every file of an index and seals it, so that no check sees it: the reader still ends, with
// an error or an answer. BANSHI_SEARCH_ATTACK=1 does each three times, at other spots.
func TestHostile(t *testing.T) {
	files := smallIndex(t)
	times := 1
	if os.Getenv("BANSHI_SEARCH_ATTACK") != "" {
		times = 3
	}
	for n, p := range pathsOf(files) {
		for name, change := range hostile {
			for k := range times {
				r := rand.New(rand.NewPCG(uint64(n), uint64(100*len(name)+k)))
				if !t.Run(fmt.Sprintf("%s %s %d", p, name, k), func(t *testing.T) {
					changed := reseal(t, files, p, func(s string) string { return change(r, s) })
					survive(t, readerOf(changed, "", nil), attackQueries)
				}) {
					break
				}
			}
		}
	}
}

// reseal changes the text that a file hands over and writes the file anew.
func reseal(t testing.TB, files map[string][]byte, path string, change func(string) string) map[string][]byte {
	t.Helper()
	folder, name := Folder, strings.TrimSuffix(strings.TrimPrefix(path, Folder), ".js")
	build, rest, ok := strings.Cut(name, "/")
	if ok {
		folder, name = Folder+build+"/", rest
	}
	x := &Index{read: readerOf(files, "", nil), parts: map[string]string{}, build: build}
	text, err := x.part(name)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := contents([]output.File{part{name, change(text)}.file(folder)})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for p, data := range files {
		out[p] = data
	}
	out[path] = sealed[path]
	return out
}

// FuzzReader gives the reader a file of any text, and a query: it ends, with an error or an answer.
func FuzzReader(f *testing.F) {
	files := smallIndex(f)
	paths := pathsOf(files)
	for i, p := range paths {
		if i > 40 {
			break
		}
		f.Add(uint8(i), textOf(f, files, p), attackQueries[i%len(attackQueries)].Text, attackQueries[i%len(attackQueries)].Place)
	}
	f.Fuzz(func(t *testing.T, n uint8, text, query, place string) {
		p := paths[int(n)%len(paths)]
		changed := reseal(t, files, p, func(string) string { return text })
		survive(t, readerOf(changed, "", nil), append([]Query{{Text: query, Place: place}}, attackQueries...))
	})
}

func textOf(t testing.TB, files map[string][]byte, path string) (text string) {
	reseal(t, files, path, func(s string) string { text = s; return s })
	return text
}
