package table

import (
	"io"
	"slices"
	"time"

	"github.com/parquet-go/parquet-go"
)

// rowsPerGroup bounds the rows of Parquet that are held: a group is written when it is full.
const rowsPerGroup = 1 << 15

// WriteParquet writes a table as Parquet: columns in their order, Snappy, dictionaries where values repeat, days as DATE, JSON as text.
// It returns the number of rows.
func WriteParquet(w io.Writer, t *Table) (rows int, err error) {
	out := parquet.NewWriter(w,
		parquet.NewSchema(t.Name, newOrderedGroup(t.Columns)),
		parquet.Compression(&parquet.Snappy),
		parquet.MaxRowsPerRowGroup(rowsPerGroup),
		parquet.CreatedBy("banshi", "", ""), // the version of the program is in the manifest
	)
	batch := make([]parquet.Row, 0, 256)
	for range cap(batch) {
		batch = append(batch, make(parquet.Row, len(t.Columns)))
	}
	batch = batch[:0]
	flush := func() error {
		_, err := out.WriteRows(batch)
		batch = batch[:0]
		return err
	}
	for row := range t.Rows {
		batch = batch[:len(batch)+1]
		to := batch[len(batch)-1]
		for i, v := range row {
			to[i] = parquetValue(v, i, t.Columns[i].Required)
		}
		rows++
		if len(batch) == cap(batch) {
			if err := flush(); err != nil {
				return rows, err
			}
		}
	}
	if err := flush(); err != nil {
		return rows, err
	}
	return rows, out.Close()
}

// parquetValue is a value of the column i. What can be null has the definition level 1 where it is not.
func parquetValue(v Value, i int, required bool) parquet.Value {
	var p parquet.Value
	switch {
	case !v.set && !required:
		return parquet.NullValue().Level(0, 0, i)
	case v.kind == Integer:
		p = parquet.Int64Value(v.n)
	case v.kind == Number:
		p = parquet.DoubleValue(v.number())
	case v.kind == Boolean:
		p = parquet.BooleanValue(v.n != 0)
	case v.kind == Date:
		p = parquet.Int32Value(int32(v.day().Unix() / (24 * 60 * 60)))
	default:
		p = parquet.ValueOf(v.s)
	}
	if required {
		return p.Level(0, 0, i)
	}
	return p.Level(0, 1, i)
}

// day is midnight UTC of a date.
func (v Value) day() time.Time {
	return time.Date(int(v.n/10000), time.Month(v.n/100%100), int(v.n%100), 0, 0, 0, 0, time.UTC)
}

// orderedGroup is a group whose fields stay in the order of the table; parquet.Group sorts them by name.
type orderedGroup struct {
	parquet.Group
	order []string
}

func newOrderedGroup(columns []Column) orderedGroup {
	g := orderedGroup{Group: parquet.Group{}}
	for _, c := range columns {
		n := parquetNode(c)
		if !c.Required {
			n = parquet.Optional(n)
		}
		g.Group[c.Name] = n
		g.order = append(g.order, c.Name)
	}
	return g
}

// Fields returns the fields in order.
func (g orderedGroup) Fields() []parquet.Field {
	fields := g.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int { return slices.Index(g.order, a.Name()) - slices.Index(g.order, b.Name()) })
	return fields
}

func parquetNode(c Column) parquet.Node {
	switch c.Kind {
	case Integer:
		return parquet.Int(64)
	case Number:
		return parquet.Leaf(parquet.DoubleType)
	case Boolean:
		return parquet.Leaf(parquet.BooleanType)
	case Date:
		return parquet.Date()
	}
	if c.Distinct {
		return parquet.String()
	}
	return parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
}
