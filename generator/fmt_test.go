package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// TestFmtKeepsMeaning formats every record of this library and of the tests: the record that is decoded stays the same, and
// formatting again changes nothing. Nearly all are formatted already: there the same bytes say it.
func TestFmtKeepsMeaning(t *testing.T) {
	t.Parallel()
	for _, site := range []string{"..", "testdata/site"} {
		records := 0
		err := fs.WalkDir(os.DirFS(site), catalog.DataDir, func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			kind, _, _, ok := record.ParsePath(strings.TrimPrefix(p, catalog.DataDir+"/"))
			if d.IsDir() || !ok {
				return nil
			}
			records++
			data, err := os.ReadFile(filepath.Join(site, p))
			if err != nil {
				return err
			}
			once, err := formatRecord(kind, data)
			if err != nil {
				t.Errorf("%s: %v", p, err)
				return nil
			}
			if string(once) == string(data) {
				return nil
			}
			before, _ := catalog.Decode(p, data)
			after, problems := catalog.Decode(p, once)
			if before.Print != after.Print {
				t.Errorf("%s: the record is another after formatting: %v\n%s", p, problems, once)
			}
			twice, err := formatRecord(kind, once)
			if err != nil || string(twice) != string(once) {
				t.Errorf("%s: formatting again changes it: %v\n%s\nto\n%s", p, err, once, twice)
			}
			return nil
		})
		if err != nil || records == 0 {
			t.Errorf("%s: %d records, %v", site, records, err)
		}
	}
}

func TestFmtKeyOrder(t *testing.T) {
	for _, c := range []struct {
		kind  record.Kind
		path  string
		first []string
	}{
		{record.KindProcedure, "", []string{"name", "status", "effective_from"}},
		{record.KindProcedure, "promise", []string{"value", "unit", "extension"}},
		{record.KindProcedure, "promise.when", nil},
		{record.KindProcedure, "materials", []string{"id", "material", "necessity"}},
		{record.KindProcedure, "materials.basis", []string{"law", "article", "note"}},
		{record.KindProcedure, "materials.when", nil},
		{record.KindProcedure, "fee.items", []string{"id", "name", "amount"}},
		{record.KindProcedure, "verified", []string{"status", "on", "role"}},
		{record.KindDivision, "halls", []string{"id", "name", "name_status"}},
		{record.KindDivision, "halls.hours", []string{"days", "open", "season"}},
		{record.KindDivision, "halls.phones", []string{"kind", "number"}},
		{record.KindImplementation, "", []string{"org", "places"}},
		{record.KindImplementation, "procedure", nil},
		{record.KindImplementation, "procedure.01", []string{"org", "places"}},
		{record.KindImplementation, "procedure.01.promise", []string{"value", "unit"}},
		{record.KindImplementation, "procedure.01.material", nil},
		{record.KindImplementation, "procedure.01.material.id-card", []string{"drop", "id", "material"}},
		{record.KindImplementation, "material.id-card.drop", []string{"reason", "note"}},
		{record.KindImplementation, "step.review.limit", []string{"value", "unit"}},
		{record.KindVocab, "terms", []string{"id", "code", "term"}},
		{record.KindVocab, "terms.remedies", []string{"review", "litigation"}},
		{record.KindLaw, "nothing.here", nil},
	} {
		var path []string
		if c.path != "" {
			path = strings.Split(c.path, ".")
		}
		got := keyOrder(c.kind, path)
		if c.first == nil && len(got) > 0 || len(got) < len(c.first) || !slices.Equal(got[:len(c.first)], c.first) {
			t.Errorf("%s %q: got %v, want %v first", c.kind, c.path, got, c.first)
		}
	}
}
