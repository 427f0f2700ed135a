package quality

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// MatrixRow is a line of the matrix of levels (层级矩阵): who exercises an item, in which way, and how many real places do.
type MatrixRow struct {
	Item   *catalog.Item
	Levels []MatrixCell // in the order of [record.Levels]
}

// MatrixCell is one level of an item: whether the catalogue names it, and how many real places of the level handle the item.
type MatrixCell struct {
	Named  bool
	Places int
}

// Matrix is the matrix of levels of all items in force.
func (s *Survey) Matrix() []MatrixRow {
	count := map[*catalog.Item]map[string]int{}
	for d := range s.divisions(Scope{}) {
		if d == nil {
			continue
		}
		for _, guides := range s.itemsIn(d) {
			g := guides[0]
			if count[g.Item] == nil {
				count[g.Item] = map[string]int{}
			}
			count[g.Item][g.Level]++
		}
	}
	var out []MatrixRow
	for _, i := range s.Catalog.Items {
		if !i.Current() {
			continue
		}
		row := MatrixRow{Item: i}
		for _, l := range record.Levels {
			row.Levels = append(row.Levels, MatrixCell{slices.Contains(i.Levels, l), count[i][l]})
		}
		out = append(out, row)
	}
	return out
}
