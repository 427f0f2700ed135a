package office

import (
	"os"
	"slices"
	"strings"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// realRecords reads the library that this repository is for.
func realRecords(t *testing.T, asOf record.Date) *Records {
	t.Helper()
	source, err := catalog.Load(os.DirFS("../../.."), asOf)
	if err != nil {
		t.Fatal(err)
	}
	return NewRecords(catalog.Resolve(source, catalog.Options{}))
}

// Every value of every record is written as a text that says it again when it is read: cell by cell, over the whole library.
func TestCellsReadBack(t *testing.T) {
	r := realRecords(t, 20261001)
	cells, lost := 0, map[string]int{}
	for _, kind := range Kinds {
		all := designs(kind)
		for n, f := range r.files(kind) {
			if kind == record.KindDivision && n%20 > 0 && len(f.Doc.Data) < 2000 {
				continue // most of two thousand places say the same
			}
			tree := treeOf(f)
			for _, d := range all {
				d.rows(f, tree, func(x found) {
					w := r.writer(kind, x.ids)
					in := &reader{records: r, division: w.division}
					for i := range d.columns {
						c := &d.columns[i]
						if c.ident != notIdent {
							continue
						}
						text := w.text(lookup(x.node, c.path...), c)
						if text == "" {
							continue
						}
						cells++
						lines := c.form == formTexts || c.form >= formLimits || c.key.Markdown || strings.Contains(text, "\n")
						v, bad := in.value(clean(text, lines), c)
						key := string(kind) + "." + strings.Join(append(slices.Clip(d.list), c.path...), ".")
						if bad != nil {
							lost[key+" refused"]++
							t.Errorf("%s %s: %s: %s", f.Path, key, bad.message.EN, text)
						} else if again := w.text(valueTree(v), c); again != text && clean(again, lines) != clean(text, lines) {
							lost[key+" differs"]++
							t.Errorf("%s %s:\n%q\n%q", f.Path, key, text, again)
						}
					}
				})
			}
		}
	}
	if cells < 60_000 || len(lost) > 0 {
		t.Errorf("%d cells, lost %v", cells, lost)
	}
}
