package table

import "io"

// mark is what table programs want before UTF-8.
const mark = "\ufeff"

// WriteSheet writes a table as CSV for people who open it in a table program: with the mark that tells such programs of UTF-8, the
// titles of the columns in Chinese, and an apostrophe before every text that they would calculate (those beginning with = + - @, a
// tab or a line end). What programs read is [WriteCSV]. It returns the number of rows beside the header.
func WriteSheet(w io.Writer, t *Table) (rows int, err error) {
	if _, err := io.WriteString(w, mark); err != nil {
		return 0, err
	}
	titled := *t
	titled.Columns = make([]Column, len(t.Columns))
	for i, c := range t.Columns {
		c.Name = c.Title
		titled.Columns[i] = c
	}
	titled.Rows = func(yield func([]Value) bool) {
		for row := range t.Rows {
			for i, v := range row {
				if v.kind == Text && calculated(v.String()) {
					row[i] = TextOf("'" + v.String())
				}
			}
			if !yield(row) {
				return
			}
		}
	}
	return WriteCSV(w, &titled)
}

// calculated reports whether a table program would take a text for a formula.
func calculated(text string) bool {
	if text == "" {
		return false
	}
	switch text[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return true
	}
	return false
}
