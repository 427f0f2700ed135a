package site

import (
	"slices"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// Releases stand along the chain, also several of one day.
func TestReleases(t *testing.T) {
	for _, x := range []struct {
		files []record.Release
		want  []string
	}{
		{nil, nil},
		{[]record.Release{{ID: "a", Date: 20261101}, {ID: "b", Date: 20261102, Previous: "d"}, {ID: "c", Date: 20261101, Previous: "a"}, {ID: "d", Date: 20261101, Previous: "c"}},
			[]string{"b", "d", "c", "a"}},
		{[]record.Release{{ID: "a", Date: 20261101, Previous: "b"}, {ID: "b", Date: 20261102, Previous: "a"}}, []string{"b", "a"}},
	} {
		source := new(catalog.Source)
		for i := range x.files {
			source.Files = append(source.Files, &catalog.File{Record: &x.files[i]})
		}
		s := &Site{Catalog: &catalog.Catalog{Source: source}}
		var got []string
		for _, r := range s.Releases() {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%v, want %v", got, x.want)
		}
	}
}
