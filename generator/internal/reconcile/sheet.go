package reconcile

import "banshi/generator/internal/table"

// sheet is a grid with merged cells filled in.
type sheet struct {
	*table.Grid
	cells  [][]string
	width  int
	merged []table.Area
	areas  [][]int32 // for each cell of the rows that have some: the number of its area from 1, 0 for none
}

// maxFilled bounds the cells that merged areas are filled into.
const maxFilled = 2_000_000

func newSheet(g *table.Grid) *sheet {
	s := &sheet{Grid: g, cells: make([][]string, len(g.Cells)), merged: g.Merged, areas: make([][]int32, len(g.Cells))}
	for _, row := range g.Cells {
		s.width = max(s.width, len(row))
	}
	for i, row := range g.Cells {
		s.cells[i] = append(make([]string, 0, s.width), row...)[:len(row):s.width]
	}
	left := maxFilled
	for i, a := range g.Merged {
		text := g.At(a.Top, a.Left)
		for r := a.Top; r <= a.Bottom && r < len(s.cells); r++ {
			if s.areas[r] == nil {
				s.areas[r] = make([]int32, s.width)
			}
			for c := a.Left; c <= a.Right && c < s.width && left > 0; c++ {
				left--
				for len(s.cells[r]) <= c {
					s.cells[r] = append(s.cells[r], "")
				}
				s.cells[r][c] = text
				s.areas[r][c] = int32(i + 1)
			}
		}
	}
	return s
}

// area returns the merged area that a cell is in.
func (s *sheet) area(row, column int) (a table.Area, ok bool) {
	if row < 0 || row >= len(s.areas) || column < 0 || column >= len(s.areas[row]) || s.areas[row][column] == 0 {
		return table.Area{}, false
	}
	return s.merged[s.areas[row][column]-1], true
}

func (s *sheet) at(row, column int) string {
	if row < 0 || row >= len(s.cells) || column < 0 || column >= len(s.cells[row]) {
		return ""
	}
	return s.cells[row][column]
}
