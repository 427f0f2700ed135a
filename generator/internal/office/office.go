// Package office turns records into sheets of a workbook and filled-in sheets into edits of records.
//
// A sheet has a row a record, or a row a line of a list in it (materials, steps, windows …); the columns come from the key table, so
// that every key that a record may have has its column, its drop-down list and its note. A clerk's sheet has a row a guide instead.
//
// A cell is compared with the text that the record would be written with. Equal is no change, whatever the text leaves out; only a
// cell that says something else is cleaned, read as a value of its key and becomes a change. A cell that is empty changes nothing: the
// word 清空 removes a value, and 删除 in the column 操作 removes a line. Nothing is ever guessed: a number that lost its digits, a
// foreign code without a profile, a name that two records have are refused at their cell.
//
// What a sheet changes is a list of edits of records, each with its cell. [Plan.Apply] makes the new texts; whether they are good records
// is for the rules, whose problems [Plan.Locate] puts back at the cells.
package office

import (
	"fmt"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// The words that a cell says to the program.
const (
	wordClear  = "清空"
	wordDelete = "删除"
	wordNone   = "无"
)

// Cleared is what a cell says whose value is to go: an empty one changes nothing.
const Cleared = wordClear

// Place is a cell: its workbook, sheet, row from 1 and column from 0; column -1 is the whole row.
type Place struct {
	Book, Sheet string
	Row, Column int
}

// position returns where a problem of the cell is shown: 工作簿.xlsx!表!C7.
func (p Place) position() diag.Position {
	cell := table.CellName(p.Row-1, max(p.Column, 0))
	if p.Column < 0 {
		cell = fmt.Sprint(p.Row)
	}
	if p.Row == 0 {
		cell = ""
	}
	return diag.Position{File: strings.TrimSuffix(p.Book+"!"+p.Sheet, "!"), Line: p.Row, Column: p.Column + 1, Cell: cell}
}

// problem makes a problem of a cell.
func (p Place) problem(rule string, message, hint diag.Text) diag.Problem {
	return diag.Problem{Position: p.position(), Rule: rule, Message: message, Hint: hint}
}

// Records is the library that sheets are made from and read against.
type Records struct {
	Catalog *catalog.Catalog
	names   *names
	byPath  map[string]*catalog.File
}

// NewRecords prepares a catalog for sheets.
func NewRecords(c *catalog.Catalog) *Records { return &Records{Catalog: c, names: newNames(c)} }

// terms returns the terms of a vocabulary that are still used.
func (r *Records) terms(vocabulary string) (terms []string) {
	v := r.Catalog.Vocab[vocabulary]
	if v == nil {
		return nil
	}
	for _, t := range v.Terms {
		if !t.Deprecated {
			terms = append(terms, t.Term)
		}
	}
	return terms
}

// treeOf returns the values of a record as TOML has them.
func treeOf(f *catalog.File) map[string]any {
	tree := map[string]any{}
	if f != nil {
		decodeTree(f.Path, f.Doc.Data, &tree)
	}
	return tree
}

// files returns every record of the kinds, present, past and future.
func (r *Records) files(kind record.Kind) (out []*catalog.File) {
	s := r.Catalog.Source
	for _, list := range [][]*catalog.File{s.Files, s.Superseded, s.Future} {
		for _, f := range list {
			if f.Kind == kind {
				out = append(out, f)
			}
		}
	}
	return out
}
