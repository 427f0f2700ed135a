package quality

import (
	"banshi/generator/internal/catalog"
)

// Entry is one line of a metric's lists: something that is counted, with what it adds to the numerator and the denominator.
type Entry struct {
	Cell
	Division  *catalog.Division  // nil for what is not of a place
	Guide     *catalog.Guide     // of OfGuides
	Item      *catalog.Item      // of what belongs to an item
	Procedure *catalog.Procedure // of what belongs to a procedure
	Hall      *catalog.Hall      // of OfHalls
	// ID and Name are those of what has no field here: a bundle, a law, a certificate, a material.
	ID, Name string

	file    *catalog.File // where the guide does not say it
	atLevel string        // the level it counts for, where no guide says so
	no      int32         // the number of the procedure, or else of the item, that a place's entry is about; 0 for anything else
}

// File is the record in which somebody mends an entry; nil where no single one does.
func (e *Entry) File() *catalog.File {
	if e.file == nil && e.Guide != nil {
		return fileOf(e.Guide)
	}
	return e.file
}

// Cell is what an entry adds to a figure. The zero cell adds nothing: the thing is not concerned.
type Cell struct {
	Num, Den int
	// Unknown says that the thing is concerned and that nobody recorded how it stands; Num and Den are then 0.
	Unknown bool
	// Why says in Chinese what keeps the entry out of the numerator, or how its number came about; "" where nothing is to be said.
	Why string
}

// counted is a cell of one thing that is concerned.
func counted(yes bool, why string) Cell {
	if yes {
		return Cell{Num: 1, Den: 1, Why: why}
	}
	return Cell{Den: 1, Why: why}
}

// unknown is a cell of one thing that is concerned and that nobody recorded.
func unknown(why string) Cell { return Cell{Unknown: true, Why: why} }

// concerned reports whether the cell adds anything.
func (c Cell) concerned() bool { return c.Num != 0 || c.Den != 0 || c.Unknown }

// Part is one of the lists that a figure opens into.
type Part string

// The parts of a figure.
const (
	Numerator   Part = "numerator"
	Denominator Part = "denominator"
	Gap         Part = "gap"     // in the denominator and not, or not wholly, in the numerator
	Unrecorded  Part = "unknown" // concerned, and nobody recorded how it stands
)

// Parts are the lists of a figure in the order in which they are shown.
var Parts = []Part{Numerator, Gap, Unrecorded, Denominator}

// in reports whether an entry is on a list.
func (c Cell) in(p Part) bool {
	switch p {
	case Numerator:
		return c.Num != 0
	case Denominator:
		return c.Den > 0
	case Gap:
		return c.Den > c.Num
	case Unrecorded:
		return c.Unknown
	}
	return false
}

// Department is the term of the department that an entry belongs to, or "".
func (e *Entry) Department() string {
	if e.Item != nil {
		return e.Item.Department
	}
	return ""
}

// level is the level that an entry counts for: of the guide, else of the place.
func (e *Entry) level() string {
	switch {
	case e.atLevel != "":
		return e.atLevel
	case e.Guide != nil:
		return e.Guide.Level
	case e.Division != nil:
		return e.Division.Level
	}
	return ""
}

// Key names an entry among those of its metric, for tables and for comparing two counts: 130100/food-business/01.
func (e *Entry) Key() string {
	key := ""
	add := func(s string) {
		if key != "" {
			key += "/"
		}
		key += s
	}
	if e.Division != nil {
		add(e.Division.ID)
	}
	if e.Item != nil {
		add(e.Item.ID)
	}
	if e.Procedure != nil {
		add(e.Procedure.No)
	}
	if e.Hall != nil {
		add(e.Hall.ID)
	}
	if e.ID != "" {
		add(e.ID)
	}
	return key
}

// Title names an entry to people, without its place: the procedure or item, else what it is.
func (e *Entry) Title() string {
	switch {
	case e.Name != "":
		return e.Name
	case e.Procedure != nil && e.Procedure.Name != "":
		return e.Procedure.Name
	case e.Item != nil:
		return e.Item.Name
	case e.Hall != nil:
		return e.Hall.Name
	case e.Division != nil:
		return e.Division.Name
	}
	return e.ID
}
