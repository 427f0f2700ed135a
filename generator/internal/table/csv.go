package table

import (
	"bytes"
	"io"
	"strings"
	"sync"
)

// WriteCSV writes a table as RFC 4180 has it: UTF-8 without a mark, a header with the names of the columns, CRLF after every row,
// quotes where a value has a comma, a quote, a line end or a space at its edge. Null is nothing between the commas. Line ends inside
// a text stay LF (encoding/csv would change them). It returns the number of rows beside the header.
func WriteCSV(w io.Writer, t *Table) (rows int, err error) {
	buf := csvBuffers.Get().(*[]byte)
	b := (*buf)[:0]
	defer func() { *buf = b; csvBuffers.Put(buf) }()
	for i, c := range t.Columns {
		b = appendField(b, i, c.Name)
	}
	b = append(b, '\r', '\n')
	for row := range t.Rows {
		for i, v := range row {
			if v.kind == Text || v.kind == JSON {
				b = appendField(b, i, v.String())
				continue
			}
			if i > 0 {
				b = append(b, ',')
			}
			b = v.append(b)
		}
		b = append(b, '\r', '\n')
		rows++
		if len(b) >= 1<<16 {
			if _, err := w.Write(b); err != nil {
				return rows, err
			}
			b = b[:0]
		}
	}
	_, err = w.Write(b)
	return rows, err
}

// csvBuffers are what rows are gathered in.
var csvBuffers = sync.Pool{New: func() any { b := make([]byte, 0, 1<<16+1<<12); return &b }}

// appendField appends the field i of a row with the comma before it.
func appendField(b []byte, i int, s string) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	if !needsQuotes(s) {
		return append(b, s...)
	}
	b = append(b, '"')
	if strings.IndexByte(s, '"') < 0 {
		b = append(b, s...)
	} else {
		b = append(b, bytes.ReplaceAll([]byte(s), []byte{'"'}, []byte(`""`))...)
	}
	return append(b, '"')
}

// needsQuotes reports whether a field needs quotes.
func needsQuotes(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case ',', '"', '\r', '\n':
			return true
		}
	}
	return s != "" && (s[0] == ' ' || s[len(s)-1] == ' ')
}
