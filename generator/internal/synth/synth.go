// Package synth makes a province of any size in the real shape, deterministic by seed, for benchmarks and large tests: items with
// names as catalogues have them and standards of about 5 KB, places in a tree, local records for about a quarter of the guides. Nothing in it is real; it is
// written outside the repository and never published.
//
// The same Options give the same bytes. Sharing is as in life: every place inherits the standards. Distinct is the part of
// the guides whose place rewrites conditions and questions, so that nothing is shared with its neighbours.
package synth

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"banshi/generator/internal/record"
)

// Options size a province.
type Options struct {
	Items     int     // items with one procedure each
	Divisions int     // places: cities and their counties, above 179 townships too
	Distinct  float64 // share of guides without shared text, 0…1
	Seed      uint64
}

// ForGuides returns options for at least n guides in the proportions of Hebei's cities and counties: 179 places.
func ForGuides(n int, seed uint64) Options {
	places := min(179, max(3, n/20))
	return Options{Items: (n + places - 1) / places, Divisions: places, Seed: seed}
}

// Write makes the province in dir, which must be empty or new. Vocabularies, the laws they cite, and the theme are the site's at from.
func Write(dir, from string, o Options) error {
	w := &writer{dir: dir, o: o}
	for _, part := range []string{"data/vocab", "data/laws", "themes", "data/schema.toml"} {
		if err := copyTree(filepath.Join(from, part), filepath.Join(dir, part)); err != nil {
			return err
		}
	}
	w.put("site.toml", siteTOML)
	w.put("data/documents/sample-doc.toml", documentTOML)
	w.laws()
	w.materials()
	w.items()
	w.divisions()
	return w.err
}

// Changed rewrites one local record of a province (the n-th) as an editor would, for incremental measurements.
func Changed(dir string, o Options, n int) error {
	w := &writer{dir: dir, o: o}
	d, i := n%o.Divisions, n%o.Items
	reach := ""
	if level(d) == record.LevelCity {
		reach = "reach = \"本级\"\n" // what a county below said before may be worse
	}
	w.put(w.localPath(d, i), fmt.Sprintf("%spromise = [{ value = %d, unit = \"工作日\" }]\n", reach, 1+n%3))
	return w.err
}

// ChangedLaw rewrites the article of a law that three or more items cite; n varies which and to what.
func ChangedLaw(dir string, n int) error {
	w := &writer{dir: dir}
	i := n % lawCount
	w.put(lawPath(i), lawTOML(i)+fmt.Sprintf("short_name = \"示例条例%d\"\n", n))
	return w.err
}

const siteTOML = `title = "示例省政务服务事项库（测速用）"
language = "zh-CN"
base_url = "https://bench.example"
division = "130000"
licence = { data = "CC0-1.0", name = "测速数据", url = "" }
theme = "default"
phone = "12345"
`

// documentTOML is the document by which places deviate.
const documentTOML = `title = "示例省关于调整承诺时限的批复（测速用）"
kind = "批复"
note = "造的，只用来测速。"

[verified]
status = "未核实"
`

type writer struct {
	dir string
	o   Options
	err error
}

func (w *writer) put(path, text string) {
	if w.err != nil {
		return
	}
	full := filepath.Join(w.dir, filepath.FromSlash(path))
	if w.err = os.MkdirAll(filepath.Dir(full), 0o755); w.err == nil {
		w.err = os.WriteFile(full, []byte(text), 0o644)
	}
}

// random returns the source of chance for one record: it depends on the seed and the record only, so that records do not
// influence each other.
func (w *writer) random(kind, a, b int) *rand.Rand {
	return rand.New(rand.NewPCG(w.o.Seed, uint64(kind)<<48|uint64(a)<<24|uint64(b)))
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// sentence returns a sentence of about n clauses.
func sentence(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString("，")
		}
		b.WriteString(pick(r, subjects))
		b.WriteString(pick(r, verbs))
		b.WriteString(pick(r, objects))
	}
	b.WriteString("。")
	return b.String()
}

func copyTree(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return os.CopyFS(to, os.DirFS(from))
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}
