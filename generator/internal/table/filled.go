package table

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxFilledRows is the most rows of a workbook that people fill in.
const maxFilledRows = 60_000

// Filled is a workbook that people have filled in, or a CSV file: texts as in [ReadGrids], and how single cells are stored.
type Filled struct {
	Sheets []*FilledSheet
	file   *excelize.File // nil for a CSV file
}

// FilledSheet is one sheet of a [Filled].
type FilledSheet struct {
	Name   string
	Hidden bool
	Rows   []FilledRow // those that have a text, in order
	file   *excelize.File
	merged []Area
}

// FilledRow is one row: its number from 1, and its cells from column A on. Merged cells all have the text of the first.
type FilledRow struct {
	Number int
	Hidden bool
	Cells  []string
}

// ReadFilled reads a file as [ReadGrids] does and keeps it open; call Close.
func ReadFilled(file string) (*Filled, error) {
	out := &Filled{}
	var grids []Grid
	var err error
	if ext := strings.ToLower(filepath.Ext(file)); ext == ".xlsx" || ext == ".xlsm" {
		if out.file, err = openWorkbook(file); err != nil {
			return nil, err
		}
		grids, err = sheetsOf(out.file, file, maxFilledRows)
	} else {
		grids, err = ReadGrids(file, maxFilledRows)
	}
	if err != nil {
		out.Close()
		return nil, err
	}
	for i := range grids {
		out.Sheets = append(out.Sheets, grids[i].filled(out.file))
	}
	return out, nil
}

// Close frees the workbook.
func (f *Filled) Close() error {
	if f.file == nil {
		return nil
	}
	return f.file.Close()
}

// filled gives the cells of a merge the text of its first, and leaves out rows that have none.
func (g *Grid) filled(file *excelize.File) *FilledSheet {
	s := &FilledSheet{Name: g.Name, Hidden: g.Hidden, file: file, merged: g.Merged}
	for _, m := range g.Merged {
		text := g.At(m.Top, m.Left)
		if text == "" {
			continue
		}
		for r := m.Top; r <= min(m.Bottom, len(g.Cells)-1); r++ {
			if m.Bottom > m.Top && len(g.Cells[r]) == 0 {
				continue // a row without any text of its own
			}
			row := g.Cells[r]
			for len(row) <= m.Right {
				row = append(row, "")
			}
			for c := m.Left; c <= m.Right; c++ {
				row[c] = text
			}
			g.Cells[r] = row
		}
	}
	for i, cells := range g.Cells {
		if slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
			s.Rows = append(s.Rows, FilledRow{Number: i + 1, Hidden: g.Unseen[i], Cells: cells})
		}
	}
	return s
}

// Wide reports whether the cell at a row (from 1) and column (from 0) is one of several in a row that are merged: how titles are
// written.
func (s *FilledSheet) Wide(row, column int) bool {
	for _, m := range s.merged {
		if m.Top <= row-1 && row-1 <= m.Bottom && m.Left <= column && column <= m.Right && m.Right > m.Left {
			return true
		}
	}
	return false
}

// Formula reports whether the cell at a row (from 1) and column (from 0) has a formula.
func (s *FilledSheet) Formula(row, column int) bool {
	if s.file == nil {
		return false
	}
	text, err := s.file.GetCellFormula(s.Name, CellName(row-1, column))
	return err == nil && text != ""
}

// Number reports whether the cell at a row (from 1) and column (from 0) is stored as a number, which keeps 15 digits and no zeros
// before them.
func (s *FilledSheet) Number(row, column int) bool {
	if s.file == nil {
		return false
	}
	kind, err := s.file.GetCellType(s.Name, CellName(row-1, column))
	return err == nil && (kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber)
}
