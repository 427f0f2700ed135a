package table

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Limits of workbooks that are read: they come from anyone.
const (
	MaxWorkbookBytes = 32 << 20 // of the file
	maxUnzipped      = 256 << 20
	maxGridRows      = 60_000 // of all sheets
	maxGridColumns   = 400
)

// Grid is a workbook that was read: the cells of its sheets as they are stored.
type Grid struct {
	Sheets []*GridSheet
	file   *excelize.File
}

// GridSheet is one sheet of a [Grid].
type GridSheet struct {
	Name   string
	Hidden bool
	Rows   []GridRow // those that have a text, in order
	file   *excelize.File
	merged []merge
}

// GridRow is one row: its number from 1, and its cells from column A on. Merged cells all have the text of the first.
type GridRow struct {
	Number int
	Hidden bool
	Cells  []string
}

type merge struct{ left, top, right, bottom int }

// ErrTooLarge is returned for a workbook that no office fills in by hand.
var ErrTooLarge = fmt.Errorf("工作簿太大：最多 %d MB、%d 行、%d 列 / the workbook is too large", MaxWorkbookBytes>>20, maxGridRows, maxGridColumns)

// ReadWorkbook reads the workbook in a file. The error is the machine's, [ErrTooLarge], or says that the file is no workbook. Call Close.
func ReadWorkbook(name string) (*Grid, error) {
	f, err := excelize.OpenFile(name, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped})
	if err != nil {
		return nil, err
	}
	g := &Grid{file: f}
	rows := 0
	for _, s := range f.GetSheetList() {
		sheet := &GridSheet{Name: s, file: f}
		if err := sheet.read(&rows); err != nil {
			return nil, errors.Join(err, f.Close())
		}
		g.Sheets = append(g.Sheets, sheet)
	}
	return g, nil
}

// Close frees the workbook.
func (g *Grid) Close() error { return g.file.Close() }

func (s *GridSheet) read(total *int) error {
	rows, err := s.file.Rows(s.Name)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		if len(cells) == 0 {
			continue
		}
		if *total++; *total > maxGridRows || len(cells) > maxGridColumns {
			return ErrTooLarge
		}
		s.Rows = append(s.Rows, GridRow{Number: n, Hidden: rows.GetRowOpts().Hidden, Cells: cells})
	}
	if err := rows.Error(); err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	visible, err := s.file.GetSheetVisible(s.Name)
	if err != nil {
		return err
	}
	s.Hidden = !visible
	return s.spread()
}

// spread gives all cells of a merge the text of its first.
func (s *GridSheet) spread() error {
	cells, err := s.file.GetMergeCells(s.Name)
	if err != nil {
		return err
	}
	byNumber := map[int]*GridRow{}
	for i := range s.Rows {
		byNumber[s.Rows[i].Number] = &s.Rows[i]
	}
	for _, c := range cells {
		var m merge
		if m.left, m.top, err = excelize.CellNameToCoordinates(c.GetStartAxis()); err != nil {
			return err
		}
		if m.right, m.bottom, err = excelize.CellNameToCoordinates(c.GetEndAxis()); err != nil {
			return err
		}
		s.merged = append(s.merged, m)
		first := byNumber[m.top]
		if first == nil || m.left > len(first.Cells) || first.Cells[m.left-1] == "" {
			continue
		}
		for n := m.top; n <= min(m.bottom, m.top+maxGridColumns); n++ {
			row := byNumber[n]
			if row == nil {
				continue // a row without any text of its own
			}
			for len(row.Cells) < min(m.right, maxGridColumns) {
				row.Cells = append(row.Cells, "")
			}
			for i := m.left - 1; i < min(m.right, maxGridColumns); i++ {
				row.Cells[i] = first.Cells[m.left-1]
			}
		}
	}
	return nil
}

// Wide reports whether a row (from 1) has a merge over several columns that begins at a column (from 0): how titles are written.
func (s *GridSheet) Wide(row, column int) bool {
	for _, m := range s.merged {
		if m.top <= row && row <= m.bottom && m.left <= column+1 && column+1 <= m.right && m.right > m.left {
			return true
		}
	}
	return false
}

// Formula reports whether the cell at a row (from 1) and column (from 0) has a formula.
func (s *GridSheet) Formula(row, column int) bool {
	at, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return false
	}
	text, err := s.file.GetCellFormula(s.Name, at)
	return err == nil && text != ""
}

// Number reports whether the cell at a row (from 1) and column (from 0) is stored as a number, which keeps 15 digits and no zeros
// before them.
func (s *GridSheet) Number(row, column int) bool {
	at, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return false
	}
	kind, err := s.file.GetCellType(s.Name, at)
	return err == nil && (kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber)
}

// CellName returns the name of the cell at a row (from 1) and column (from 0), such as C7.
func CellName(row, column int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		return strconv.Itoa(row)
	}
	return name + strconv.Itoa(row)
}
