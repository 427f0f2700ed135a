package search

import (
	"maps"
	"slices"
	"testing"
)

// matched returns the keys of the rows that share two neighbours with the text, by the static index.
func (x *Index) matched(text string) []string {
	set := map[string]bool{}
	s := x.newSearch(pieces(text))
	for _, p := range s.pieces {
		for _, g := range p.bigrams() {
			for r := range s.posts[g] {
				set[x.rows[r].kind+"/"+x.rows[r].id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// TestOracle holds that the static index and bleve match the same rows, for every plain Han query of the table and for every
// name and alias.
func TestOracle(t *testing.T) {
	s, err := project()
	if err != nil {
		t.Fatal(err)
	}
	o, err := NewOracle(s)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	x := openProject(t)
	var queries []string
	for _, c := range queryTable(t) {
		queries = append(queries, c.Query)
	}
	for i, t := range allTexts(s) {
		if i%7 == 0 {
			queries = append(queries, t)
		}
	}
	compared := 0
	for _, q := range queries {
		ps := pieces(q)
		if slices.ContainsFunc(ps, func(p piece) bool { return !p.han || runeLen(p.text) < 2 }) {
			continue
		}
		compared++
		got, _, err := o.Match(q)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		if want := x.matched(q); !slices.Equal(got, want) {
			t.Errorf("%q: bleve matches %d rows %q, the static index %d rows %q", q, len(got), got, len(want), want)
		}
	}
	if compared < 100 {
		t.Errorf("only %d queries compared", compared)
	}
}
