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
	"strings"
	"testing"
)

// client is the source of the browser's client, published is what terser makes of it for the default theme; results shows the
// results of the search page and is made alike.
const (
	client    = "client/search.js"
	published = "../../../themes/default/assets/search.js"
	terser    = "testing/node_modules/.bin/terser"
	// internal are the names of fields that only search.js itself uses.
	internal = "procs|lists|records|posts|titles|words|filed|syl|odd|own|under|owner|runsOn|divided|upper|beyond|chain|said|lone|ends|means"
	minify   = terser + " generator/internal/search/client/search.js --ecma 5 --compress passes=4,unsafe=true,pure_getters=true --mangle toplevel --mangle-props regex=/^(" + internal + ")$/ --output themes/default/assets/search.js"
)

// clientAnswer is what the harness prints of an answer.
type clientAnswer struct {
	Total  int
	Facets []clientFacet
	Hits   []clientHit
}

type clientHit struct {
	Kind, ID, URL, Place, Why, Below string
	Score                            int
}

type clientFacet struct {
	Name   string
	Values []struct {
		T  string
		N  int
		On bool
	}
}

// askClient runs the browser's client in node over a published index.
func askClient(t *testing.T, script, dir string, table []Case) []clientAnswer {
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
	var out []clientAnswer
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
func slips(texts []string, table []Case, n int) []Case {
	r := rand.New(rand.NewPCG(7, 7))
	places := []string{"", "", "涿鹿县", "139921", "桥西区", "130731100", "张家口", "没有的地方"}
	var out []Case
	for range n {
		var b []rune
		for range 1 + r.IntN(2) {
			from := table[r.IntN(len(table))].Query
			if r.IntN(2) == 0 {
				from = texts[r.IntN(len(texts))]
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
		c := Case{Query: string(b), Place: places[r.IntN(len(places))]}
		if r.IntN(4) == 0 {
			c.Chosen = map[string][]string{
				"kind": []string{"items", "laws"}[:1+r.IntN(2)], "department": []string{"公安", "市场监管"}[:r.IntN(3)], "offer": []string{"online"}[:r.IntN(2)],
			}
		}
		out = append(out, c)
	}
	return out
}

// TestClientSize holds what the client may weigh, and that the published scripts are made from their sources where terser is at
// hand.
func TestClientSize(t *testing.T) {
	const root = "../../../"
	for name, most := range map[string]int{"search.js": 6 << 10, "results.js": 1200} {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(published), name))
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
		if b.Len() > most {
			t.Errorf("%s is %d bytes gzipped, more than %d", name, b.Len(), most)
		}
		if strings.Contains(string(data), "innerHTML") {
			t.Errorf("%s writes markup", name)
		}
		if _, err := os.Stat(root + terser); err != nil {
			t.Skip("no terser (scripts/test installs it): the published client is NOT compared with its source")
		}
		made := filepath.Join(t.TempDir(), name)
		args := strings.Fields(strings.ReplaceAll(minify, "search.js", name))
		cmd := exec.Command(args[0], append(args[1:len(args)-1], made)...)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		want, err := os.ReadFile(made)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(data, want) {
			t.Errorf("%s is not made from its source; run\n%s", name, args)
		}
	}
}

// TestClient holds that the browser's client and this reader give the same hits with the same scores in the same order, for the
// table and for a thousand slips of it.
func TestClient(t *testing.T) {
	dir := publishProject(t)
	table := queryTable(t)
	compare(t, dir, append(table, slips(allTexts(projectSite(t)), table, 1000)...))
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
		a, err := x.Ask(Query{Text: c.Query, Place: c.Place, Chosen: c.Chosen})
		if err != nil {
			t.Fatal(err)
		}
		want := clientAnswer{Total: a.Total, Facets: []clientFacet{}, Hits: []clientHit{}}
		for _, f := range a.Facets {
			cf := clientFacet{Name: f.Name}
			for _, v := range f.Values {
				cf.Values = append(cf.Values, struct {
					T  string
					N  int
					On bool
				}{v.Term, v.Count, v.Chosen})
			}
			want.Facets = append(want.Facets, cf)
		}
		for _, h := range a.Hits {
			var below []string
			for _, b := range h.Below {
				below = append(below, b.URL)
			}
			want.Hits = append(want.Hits, clientHit{folderOf(h.Kind), h.ID, h.URL, h.Place, h.Why, strings.Join(below, " "), int(h.Score*1000 + .5)})
		}
		if !reflect.DeepEqual(got[i], want) {
			t.Errorf("%q in %q:\nclient %s\nreader %s", c.Query, c.Place, short(got[i]), short(want))
			if wrong++; wrong > 5 {
				t.Fatal("and more")
			}
		}
	}
}

// folderOf returns the kind as the index writes it.
func folderOf(word string) string {
	if word == "place" {
		return places
	}
	for _, k := range kinds {
		if k.word == word {
			return k.folder
		}
	}
	return items // a procedure
}

func short(a clientAnswer) string {
	var b strings.Builder
	fmt.Fprint(&b, a.Total, a.Facets)
	for _, h := range a.Hits[:min(6, len(a.Hits))] {
		fmt.Fprintf(&b, " %d %s %s %s %s %s;", h.Score, h.Kind, h.ID, h.URL, h.Place, h.Why)
	}
	return b.String()
}
