package page

import (
	"io"
	"iter"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/table"
)

// comparisonCSV is the file beside a page of comparison with the same lines.
const comparisonCSV = "places.csv"

// sheetRows are the titles and texts of a file for table programs: a view, so that its stamp is that of what it says.
type sheetRows struct {
	Titles []string
	Rows   [][]string
}

// sheet returns a CSV file for people, see [table.WriteSheet]. As with pages the view is made for the stamp and again to write.
func (b *builder) sheet(path string, view func() *sheetRows) output.File {
	var stamp output.Stamp
	if !b.lazy {
		stamp = b.stamp("sheet", view())
	}
	return b.sheetOf(path, stamp, func() ([]string, iter.Seq[[]string]) {
		s := view()
		return s.Titles, slices.Values(s.Rows)
	})
}

// sheetOf is sheet with the stamp of what the sheet is made from, and rows one by one, for large ones. A row may be the same variable
// each time.
func (b *builder) sheetOf(path string, stamp output.Stamp, view func() (titles []string, rows iter.Seq[[]string])) output.File {
	write := func(w io.Writer) error {
		titles, rows := view()
		t := &table.Table{Columns: make([]table.Column, len(titles))}
		for i, title := range titles {
			t.Columns[i].Title = title
		}
		t.Rows = func(yield func([]table.Value) bool) {
			row := make([]table.Value, len(titles))
			for texts := range rows {
				for i, text := range texts {
					row[i] = table.TextOf(text)
				}
				if !yield(row) {
					return
				}
			}
		}
		_, err := table.WriteSheet(w, t)
		return err
	}
	if b.lazy {
		return b.later(path, write)
	}
	return output.File{Path: path, Stamp: stamp, Write: write}
}

// comparisonFile is the table of a comparison: a line for the standard of each procedure with the number of places that keep to it,
// then a line for each place that says something of its own.
func (b *builder) comparisonFile(url string, i *catalog.Item) output.File {
	return b.sheet(url+comparisonCSV, func() *sheetRows {
		s := &sheetRows{Titles: []string{b.say("col_procedure"), b.say("col_place"), b.say("col_division_code"), b.say("sample_tag")}}
		for _, f := range comparedFigures {
			s.Titles = append(s.Titles, b.say(f.label))
		}
		s.Titles = append(s.Titles, b.say("compare_better_in"), b.say("compare_record"))
		for _, p := range i.Procedures {
			if !p.Current {
				continue
			}
			figures := b.figuresOf(&p.Sections)
			s.Rows = append(s.Rows, append(append([]string{p.Name, b.say("item_standard"), "", ""}, figures[:]...), "", p.File.Path))
			for _, said := range b.said(p) {
				s.Rows = append(s.Rows, b.comparisonRows(p, said)...)
			}
		}
		return s
	})
}

func (b *builder) comparisonRows(p *catalog.Procedure, s *saying) [][]string {
	figures := b.figuresOf(&s.terms.Sections)
	made, record := "", ""
	if s.sample {
		made = b.say("yes")
	}
	if n := len(s.terms.Files); n > 0 {
		record = s.terms.Files[n-1].Path
	}
	var rows [][]string
	for _, g := range s.guides {
		row := append([]string{p.Name, g.Division.Name, g.Division.Code, made}, figures[:]...)
		rows = append(rows, append(row, strings.Join(s.better, "；"), record))
	}
	return rows
}
