package quality

import (
	"banshi/generator/internal/catalog"
)

// Sheet is the lists of one place side by side: a row for each thing that some metric counts there, a column for each of [PlaceMetrics]. Its
// memory is used again by the next [Survey.Sheet] with it.
type Sheet struct {
	Rows []Entry // what each row is about: the first entry of it

	cells      []tally // row by row
	procedures []int32 // by number, one more than the row
	items      []int32
	others     map[thing]int // where in slots
	slots      []int32
	pending    []Entry
}

// thing is what an entry is about that has no number.
type thing struct {
	hall *catalog.Hall
	id   string
}

// Cell is what a row adds to one of [PlaceMetrics], without the reason.
func (x *Sheet) Cell(row, metric int) Cell {
	t := x.cells[row*len(placeMetrics)+metric]
	return Cell{Num: int(t.num), Den: int(t.den), Unknown: t.unknown > 0}
}

// Sheet puts the lists of a place side by side. Rows stand in the order in which the metrics name them, each metric those that it
// counts before those that nobody recorded. Sums over a column are the figure of the place.
func (s *Survey) Sheet(x *Sheet, d *catalog.Division) {
	x.reset(s)
	for n, m := range placeMetrics {
		x.pending = x.pending[:0]
		for e := range s.entries(m, d, "") {
			if e.Den <= 0 && !e.Unknown {
				continue
			}
			row := x.row(e)
			if *row == 0 && e.Unknown {
				x.pending = append(x.pending, *e)
				continue
			}
			x.set(row, n, e)
		}
		for i := range x.pending {
			e := &x.pending[i]
			x.set(x.row(e), n, e)
		}
	}
}

func (x *Sheet) reset(s *Survey) {
	if x.others == nil {
		x.others = map[thing]int{}
		x.procedures, x.items = make([]int32, s.things+1), make([]int32, s.things+1)
	}
	x.Rows, x.cells, x.slots = x.Rows[:0], x.cells[:0], x.slots[:0]
	clear(x.procedures)
	clear(x.items)
	clear(x.others)
}

// row returns where it is kept which row an entry belongs to: one more than its number, 0 for none yet.
func (x *Sheet) row(e *Entry) *int32 {
	switch {
	case e.no == 0:
		n, known := x.others[thing{e.Hall, e.ID}]
		if !known {
			n = len(x.slots)
			x.others[thing{e.Hall, e.ID}] = n
			x.slots = append(x.slots, 0)
		}
		return &x.slots[n]
	case e.Procedure != nil:
		return &x.procedures[e.no]
	}
	return &x.items[e.no]
}

// set puts an entry into its row, which it begins where there is none.
func (x *Sheet) set(row *int32, metric int, e *Entry) {
	if *row == 0 {
		x.Rows = append(x.Rows, *e)
		x.cells = append(x.cells, make([]tally, len(placeMetrics))...)
		*row = int32(len(x.Rows))
	}
	t := &x.cells[int(*row-1)*len(placeMetrics)+metric]
	*t = tally{}
	t.add(&e.Cell)
}
