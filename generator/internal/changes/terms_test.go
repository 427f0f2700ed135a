package changes

import (
	"testing"

	"banshi/generator/internal/catalog"
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
