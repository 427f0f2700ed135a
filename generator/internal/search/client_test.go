package search

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const client = "../../../themes/default/assets/search.js"

// clientHit is what the harness prints of a hit.
type clientHit struct {
	Kind, ID, URL, Place, Why string
	Score                     int
}

// askClient runs the browser's client in node over a published index.
func askClient(t *testing.T, dir string, table []Case) [][]clientHit {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the browser's client is NOT compared with the reader")
	}
	queries := filepath.Join(t.TempDir(), "queries.json")
	data, err := json.Marshal(table)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(queries, data, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "testdata/client.js", client, dir, queries)
	cmd.Stderr = os.Stderr
	data, err = cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var out [][]clientHit
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// publishProject writes the index of this repository into a folder.
func publishProject(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range projectFiles(t) {
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
	return dir
}

// slips returns queries made from the table's and from names by cutting, swapping and joining, with places and letters between.
func slips(x *Index, table []Case, n int) []Case {
	r := rand.New(rand.NewPCG(7, 7))
	places := []string{"", "", "涿鹿县", "139921", "桥西区", "130731100", "张家口", "没有的地方"}
	var out []Case
	for range n {
		var b []rune
		for range 1 + r.IntN(2) {
			from := table[r.IntN(len(table))].Query
			if r.IntN(2) == 0 {
				from = x.texts[r.IntN(len(x.texts))].said
			}
			rs := []rune(from)
			i := r.IntN(len(rs))
			rs = rs[i : i+1+r.IntN(len(rs)-i)]
			if len(rs) > 2 && r.IntN(3) == 0 {
				k := r.IntN(len(rs) - 1)
				rs[k], rs[k+1] = rs[k+1], rs[k]
			}
			b = append(b, rs...)
			b = append(b, []rune([]string{"", " ", "在涿鹿", "縣", "，", "x", "'", "ü", "7", "怎么办", "𠮷", "Ａ", "⼯"}[r.IntN(13)])...)
		}
		out = append(out, Case{Query: string(b), Place: places[r.IntN(len(places))]})
	}
	return out
}

// TestClient holds that the browser's client and this reader give the same hits with the same scores in the same order, for the
// table and for a thousand slips of it.
func TestClient(t *testing.T) {
	dir := publishProject(t)
	x, err := Open(FromFS(os.DirFS(dir)))
	if err != nil {
		t.Fatal(err)
	}
	table := queryTable(t)
	table = append(table, slips(x, table, 1000)...)
	got := askClient(t, dir, table)
	wrong := 0
	for i, c := range table {
		a, err := x.Ask(Query{Text: c.Query, Place: c.Place})
		if err != nil {
			t.Fatal(err)
		}
		want := make([]clientHit, len(a.Hits))
		for j, h := range a.Hits {
			want[j] = clientHit{folderOf(h.Kind), h.ID, h.URL, h.Place, h.Why, int(h.Score*1000 + .5)}
		}
		if !slices.Equal(got[i], want) {
			t.Errorf("%q in %q:\nclient %s\nreader %s", c.Query, c.Place, short(got[i]), short(want))
			if wrong++; wrong > 5 {
				t.Fatal("and more")
			}
		}
	}
}

// folderOf returns the kind as the index writes it.
func folderOf(word string) string {
	for folder, w := range kindWords {
		if w == word {
			return folder
		}
	}
	return items // a procedure
}

func short(hits []clientHit) string {
	var b strings.Builder
	for _, h := range hits[:min(6, len(hits))] {
		fmt.Fprintf(&b, " %d %s %s %s %s %s;", h.Score, h.Kind, h.ID, h.URL, h.Place, h.Why)
	}
	return b.String()
}
