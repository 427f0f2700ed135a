// Package table is typed tables as streams of rows, and how they are written: CSV, Excel workbooks, Parquet and SQLite.
//
// A [Table] says its columns once; every writer takes them from there, so that names, types and rows are the same in every format.
// Rows come from an iterator and are written as they come: what a writer holds does not grow with them, except where a format wants
// a whole (a group of rows of Parquet), and then it is bounded. The same rows give the same bytes: no writer puts in a time, a random
// number or the name of the machine.
//
// A [Grid] is the other way: a sheet as people made it, read from an Excel workbook or a CSV file in the encodings that spreadsheets
// write, with a limit of rows. What its cells mean is the business of whoever reads it.
package table

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
)

// Kind is the type of the values of a column.
type Kind uint8

// The types of columns. Every one has null beside its values, which means: not stated.
const (
	Text    Kind = iota
	Integer      // whole numbers of 64 bits
	Number       // decimal numbers
	Boolean
	Date // days, from 0001-01-01 to 9999-12-31
	JSON // a JSON value as text, for what has a structure of its own
)

// String returns the name of the type as Data Package calls it; JSON is "any".
func (k Kind) String() string {
	return [...]string{"string", "integer", "number", "boolean", "date", "any"}[k]
}

// Column is one column.
type Column struct {
	Name        string // snake_case, never changed
	Kind        Kind
	Title       string // for people, in Chinese
	TitleEN     string
	Description string   // what it is, in Chinese and English; may be empty
	Required    bool     // never null
	Distinct    bool     // nearly every row has another value, so that a dictionary would be in vain
	Lines       bool     // texts of several lines, which a workbook shows as such
	Choices     []string // what a person may fill in; a workbook offers it as a drop-down list
}

// Reference says that values of Column are values of the column To of the table of that name.
type Reference struct {
	Column, Table, To string
}

// Table is a table.
type Table struct {
	Name       string // snake_case: the name of its file and of the table in a database
	Title      string // for people, in Chinese
	TitleEN    string
	Columns    []Column
	Key        []string // the columns that together tell a row from all others
	References []Reference
	// Rows gives the rows in an order that never differs. A row has a value for each column. It is valid until the next one: the
	// slice may be used again.
	Rows iter.Seq[[]Value]
}

// Front returns the table with the named columns first, in that order, and the others after them as they were.
func (t *Table) Front(names ...string) *Table {
	order := make([]int, 0, len(t.Columns))
	for _, n := range names {
		order = append(order, slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == n }))
	}
	for i := range t.Columns {
		if !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	out := *t
	out.Columns = make([]Column, len(order))
	for to, from := range order {
		out.Columns[to] = t.Columns[from]
	}
	out.Rows = func(yield func([]Value) bool) {
		row := make([]Value, len(order))
		for r := range t.Rows {
			for to, from := range order {
				row[to] = r[from]
			}
			if !yield(row) {
				return
			}
		}
	}
	return &out
}

// Value is one value of a row. The zero Value is null.
type Value struct {
	kind Kind
	set  bool
	n    int64 // integer; 1 for true; a day as year*10000+month*100+day; the bits of a number
	s    string
}

// TextOf returns a text; "" is null, since nothing published has an empty text.
func TextOf(s string) Value { return Value{Text, s != "", 0, s} }

// JSONOf returns a JSON value; the text null is null.
func JSONOf(s string) Value { return Value{JSON, s != "" && s != "null", 0, s} }

// JSONText returns a JSON value in which null is a value like others: the text null.
func JSONText(s string) Value { return Value{JSON, true, 0, s} }

// IntegerOf returns a whole number.
func IntegerOf(n int) Value { return Value{Integer, true, int64(n), ""} }

// NumberOf returns a decimal number.
func NumberOf(f float64) Value { return Value{Number, true, int64(math.Float64bits(f)), ""} }

// BooleanOf returns a truth value.
func BooleanOf(b bool) Value {
	if b {
		return Value{Boolean, true, 1, ""}
	}
	return Value{Boolean, true, 0, ""}
}

// DateOf returns a day given as year*10000 + month*100 + day; 0 is null.
func DateOf(day int) Value { return Value{Date, day != 0, int64(day), ""} }

// Null reports whether v is null.
func (v Value) Null() bool { return !v.set }

// String returns v as text formats write it; null is "".
func (v Value) String() string {
	switch {
	case !v.set:
		return ""
	case v.kind == Text || v.kind == JSON:
		return v.s
	}
	return string(v.append(nil))
}

// append appends v as text formats write it.
func (v Value) append(b []byte) []byte {
	switch {
	case !v.set:
		return b
	case v.kind == Integer:
		return strconv.AppendInt(b, v.n, 10)
	case v.kind == Number:
		return strconv.AppendFloat(b, v.number(), 'f', -1, 64)
	case v.kind == Boolean:
		return strconv.AppendBool(b, v.n != 0)
	case v.kind == Date:
		return fmt.Appendf(b, "%04d-%02d-%02d", v.n/10000, v.n/100%100, v.n%100)
	}
	return append(b, v.s...)
}

func (v Value) number() float64 { return math.Float64frombits(uint64(v.n)) }
