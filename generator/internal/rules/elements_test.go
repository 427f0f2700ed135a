package rules

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"banshi/generator/internal/catalog"
)

// TestCompleteness holds what is counted of a checklist: no samples and nothing that places fill; what may be absent and what
// is stated to be none is filled.
func TestCompleteness(t *testing.T) {
	a, err := txtar.ParseFile(filepath.Join(testdata, "missing-element.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	source, err := catalog.Load(site(t, a), asOf)
	if err != nil {
		t.Fatal(err)
	}
	type count struct {
		filled, total int
		missing       string // the first
	}
	got := map[string]count{}
	for _, done := range Completeness(catalog.Resolve(source, catalog.Options{})) {
		n := count{filled: done.Filled, total: done.Total}
		if len(done.Missing) != done.Total-done.Filled {
			t.Errorf("%s: %d of %d filled, but %d missing", done.Procedure.File.Path, done.Filled, done.Total, len(done.Missing))
		}
		if len(done.Missing) > 0 {
			n.missing = done.Missing[0].Name
		}
		got[done.Procedure.Item.ID+" "+done.Procedure.No+" "+done.Profile.ID] = n
	}
	for name, want := range map[string]count{
		"food-prepack 01 guide-14": {4, 5, "申请条件"},
		"food-prepack 01 guide-22": {0, 2, "申请条件"},
		"food-prepack 02 guide-14": {5, 5, ""},
		"food-prepack 02 guide-22": {2, 2, ""},
		"food-prepack 03 guide-14": {}, // cancelled
	} {
		if got[name] != want {
			t.Errorf("%s: %+v, want %+v", name, got[name], want)
		}
	}
}
