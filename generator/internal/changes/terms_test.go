package changes

import (
	"slices"
	"strings"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

func TestTeller(t *testing.T) {
	src := source(t, records)
	c := catalog.Resolve(src, catalog.Options{})
	tell := NewTeller(src)
	g := c.Division("139921").Guides[0]
	standard := c.HandedDown(nil, g.Procedure)
	fields := tell.Terms(standard, g.Terms, g.Division)
	if len(fields) != 1 {
		t.Fatalf("%d fields, want the promise alone: %+v", len(fields), fields)
	}
	if f := fields[0]; f.Key != "promise" || f.Old != "10 个工作日" || f.New != "8 个工作日" || f.Direction != Better {
		t.Errorf("got %+v", f)
	}
	if back := tell.Terms(g.Terms, standard, g.Division); len(back) != 1 || back[0].Direction != Worse {
		t.Errorf("the other way: %+v", back)
	}
	if same := tell.Terms(standard, standard, nil); same != nil {
		t.Errorf("the same terms differ: %+v", same)
	}
}

// TestTellerOfGuides asks as supervision and pages of comparison do: for what a place may not set as it likes, once.
func TestTellerOfGuides(t *testing.T) {
	edits := records["data/divisions/139921/food-business.toml"] + `conditions = [{ id = "place", text = "有固定的场所，不少于 20 平方米。" }]
faq = [{ id = "here", q = "在哪办？", a = "县政务大厅。" }]
`
	src := source(t, edited("data/divisions/139921/food-business.toml", "", edits))
	c := catalog.Resolve(src, catalog.Options{})
	tell, g := NewTeller(src), c.Division("139921").Guides[0]
	fields := tell.Guide(c.HandedDown(nil, g.Procedure), g.Terms, g.Division)
	want := map[string]string{"promise": "承诺时限 10→8 个工作日", "conditions.place.text": ""} // in words is what is better or worse
	for _, f := range fields {
		if words, ok := want[f.Key]; !ok || words != f.Words {
			t.Errorf("%s: %q, want %q", f.Key, f.Words, words)
		}
	}
	if len(fields) != len(want) {
		t.Errorf("%d fields, want %d", len(fields), len(want))
	}
	if again := tell.Guide(c.HandedDown(nil, g.Procedure), g.Terms, g.Division); &again[0] != &fields[0] {
		t.Error("made anew for the second who asks")
	}
	if n := len(tell.told); n > 0 {
		t.Errorf("%d answers are kept though both asked", n)
	}
}

// TestOwnConditions compares a place that rewrites the conditions: all else is shared, and told neither in the differences nor looked at.
func TestOwnConditions(t *testing.T) {
	src := source(t, records)
	c := catalog.Resolve(src, catalog.Options{})
	standard := c.HandedDown(nil, c.Division("139921").Guides[0].Procedure)
	scope := *standard.Scope
	scope.Conditions = []record.Condition{{ID: "place", Text: "有固定的场所，不少于 20 平方米。"}}
	scope.Cases = []record.Case{{ID: "who", Options: []record.Option{{ID: "person", Label: "个人"}}}}
	own := *standard
	own.Scope = &scope
	tell := NewTeller(src)
	var keys []string
	for _, f := range tell.Terms(standard, &own, nil) {
		keys = append(keys, f.Key)
	}
	if want := []string{"cases.who", "conditions.place.text"}; !slices.Equal(keys, want) {
		t.Errorf("got %q, want %q", keys, want)
	}
	for _, x := range flattenBeside(standard, &own, nil, tell.names, nil).all {
		if !strings.HasPrefix(x.key, "cases") && !strings.HasPrefix(x.key, "conditions") {
			t.Errorf("%s is looked at, and is the standard's", x.key)
		}
	}
}
