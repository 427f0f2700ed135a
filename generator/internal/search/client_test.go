package search

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// client is the source of the browser's client, published is what esbuild makes of it for the default theme.
const (
	client    = "client/search.js"
	published = "../../../themes/default/assets/search.js"
	minify    = "testing/node_modules/.bin/esbuild generator/internal/search/client/search.js --minify --target=es5 --charset=utf8 --outfile=themes/default/assets/search.js"
)

// clientHit is what the harness prints of a hit.
type clientHit struct {
	Kind, ID, URL, Place, Why string
	Score                     int
}

// askClient runs the browser's client in node over a published index.
func askClient(t *testing.T, script, dir string, table []Case) [][]clientHit {
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
	cmd := exec.Command(node, "testdata/client.js", script, dir, queries)
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
	write(t, dir, projectFiles(t))
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

// TestClientSize holds what the client may weigh, and that the published one is made from the source where esbuild is at hand.
func TestClientSize(t *testing.T) {
	data, err := os.ReadFile(published)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 6<<10 {
		t.Errorf("the client is %d bytes gzipped, more than 6 KB", b.Len())
	}
	if strings.Contains(string(data), "innerHTML") {
		t.Error("the client writes markup")
	}
	esbuild := "../../../testing/node_modules/.bin/esbuild"
	if _, err := os.Stat(esbuild); err != nil {
		t.Skip("no esbuild (scripts/test installs it): the published client is NOT compared with its source")
	}
	want, err := exec.Command(esbuild, client, "--minify", "--target=es5", "--charset=utf8").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, want) {
		t.Errorf("%s is not made from %s; run\n%s", published, client, minify)
	}
}

// TestClient holds that the browser's client and this reader give the same hits with the same scores in the same order, for the
// table and for a thousand slips of it.
func TestClient(t *testing.T) {
	dir := publishProject(t)
	table := queryTable(t)
	compare(t, dir, append(table, slips(openProject(t), table, 1000)...))
}

// compare asks the reader, the published client and its source.
func compare(t *testing.T, dir string, table []Case) {
	t.Helper()
	x, err := Open(FromFS(os.DirFS(dir)))
	if err != nil {
		t.Fatal(err)
	}
	got := askClient(t, published, dir, table)
	if !reflect.DeepEqual(got, askClient(t, client, dir, table)) {
		t.Errorf("%s does not answer as %s does; make it anew:\n%s", published, client, minify)
	}
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
