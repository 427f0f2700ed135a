package form

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/office"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// OnSheet reports whether a proposal changes what a sheet has: the place's own record. The hall is none of its columns.
func (p *Proposal) OnSheet() bool {
	return slices.ContainsFunc(p.Files, func(f File) bool { return f.kind == record.KindImplementation })
}

// Sheet makes the workbook of a proposal (修改单): the clerk's sheet of the place with the new values, and of its rows those of the
// item. Whoever takes it in with `banshi import xlsx` gets the same change, told and checked again.
func (f *Form) Sheet(p *Proposal) table.Workbook {
	book, was := f.clerk(p.catalog), f.clerk(f.library.Catalog)
	for i := range book.Sheets {
		s := &book.Sheets[i]
		for r := s.Header; 0 < s.Header && r < len(s.Rows); r++ {
			for c := range s.Rows[r] {
				if cell := &s.Rows[r][c]; cell.Text == "" && cell.Look != table.Locked && r < len(was.Sheets[i].Rows) && was.Sheets[i].Rows[r][c].Text != "" {
					cell.Text = office.Cleared
				}
			}
		}
	}
	return book
}

// clerk is the clerk's sheet of the form's place, cut to the rows of its item. Rows of other sheets stay.
func (f *Form) clerk(c *catalog.Catalog) table.Workbook {
	g := f.Guide
	book := office.NewRecords(c).Clerk(c.Division(g.Division.ID))
	for i := range book.Sheets {
		s := &book.Sheets[i]
		ours := func(row []table.Cell) bool {
			return len(row) > 1 && row[0].Text == g.Division.ID && row[1].Text == g.Item.ID
		}
		if slices.ContainsFunc(s.Rows, ours) {
			s.Rows = slices.Concat(s.Rows[:s.Header:s.Header], slices.DeleteFunc(slices.Clone(s.Rows[s.Header:]), func(row []table.Cell) bool { return !ours(row) }))
		}
	}
	return book
}
