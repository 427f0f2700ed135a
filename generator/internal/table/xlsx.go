package table

import (
	"archive/zip"
	"fmt"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Book is what a workbook says beside its table.
type Book struct {
	Title string
	Time  time.Time   // of the data, for the properties of the file
	About [][2]string // lines of a sheet of its own: what, value
	Fixed int         // columns at the left that stay in sight
}

// MaxSheetRows is how many rows a sheet of Excel holds; a few are left for people.
const MaxSheetRows = 1_000_000

// maxCellChars is how many characters a cell holds, counted as UTF-16.
const maxCellChars = 32767

// WriteXLSX writes a table as a workbook for people: titles in Chinese as a header that stays in sight and filters; texts as text, so
// that long codes and leading zeros stay as they are, also when edited; numbers as numbers; 是 and 否; days as YYYY-MM-DD text. A table
// longer than [MaxSheetRows] and a text longer than a cell are errors. It returns the number of rows. The sheet is kept in the folder
// for temporary files while it is written.
func WriteXLSX(w io.Writer, t *Table, b Book) (rows int, err error) {
	f := excelize.NewFile()
	defer f.Close()
	// excelize makes the whole file in memory before it writes it; this hands it the output itself.
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	s, err := newSheet(f, t, b)
	if err != nil {
		return 0, err
	}
	for row := range t.Rows {
		if err := s.add(row); err != nil {
			return rows, err
		}
		rows++
	}
	if err := s.end(); err != nil {
		return rows, err
	}
	_, err = f.WriteTo(io.Discard)
	return rows, err
}

// sheet writes the sheet of the table.
type sheet struct {
	file                 *excelize.File
	table                *Table
	header, text, number int // styles
	lines                int
	stream               *excelize.StreamWriter
	fixed                int
	row                  int   // rows so far, with the header
	cells                []any // of a row
}

func newSheet(f *excelize.File, t *Table, b Book) (*sheet, error) {
	s := &sheet{file: f, table: t, fixed: b.Fixed, cells: make([]any, len(t.Columns))}
	var err error
	if s.header, err = f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF4"}}}); err != nil {
		return nil, err
	}
	if s.text, err = f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top"}}); err != nil { // 49 is @, text
		return nil, err
	}
	if s.lines, err = f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}); err != nil {
		return nil, err
	}
	if s.number, err = f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}}); err != nil {
		return nil, err
	}
	at := b.Time.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Title: b.Title, Creator: "banshi", LastModifiedBy: "banshi", Created: at, Modified: at, Revision: "1"}); err != nil {
		return nil, err
	}
	if err := s.begin(); err != nil {
		return nil, err
	}
	return s, s.about(b.About)
}

// about writes the sheet of what the workbook is.
func (s *sheet) about(lines [][2]string) error {
	const name = "说明"
	if _, err := s.file.NewSheet(name); err != nil {
		return err
	}
	for i, l := range lines {
		if err := s.file.SetSheetRow(name, "A"+strconv.Itoa(i+1), &[]any{l[0], l[1]}); err != nil {
			return err
		}
	}
	if err := s.file.SetColWidth(name, "A", "A", 18); err != nil {
		return err
	}
	return s.file.SetColWidth(name, "B", "B", 80)
}

// begin opens the sheet with its header.
func (s *sheet) begin() error {
	if err := s.file.SetSheetName("Sheet1", s.table.Title); err != nil {
		return err
	}
	var err error
	if s.stream, err = s.file.NewStreamWriter(s.table.Title); err != nil {
		return err
	}
	panes := &excelize.Panes{Freeze: true, YSplit: 1, XSplit: s.fixed, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if s.fixed > 0 {
		if panes.TopLeftCell, err = excelize.CoordinatesToCellName(s.fixed+1, 2); err != nil {
			return err
		}
		panes.ActivePane = "bottomRight"
	}
	if err := s.stream.SetPanes(panes); err != nil {
		return err
	}
	for i, c := range s.table.Columns {
		if err := s.stream.SetColWidth(i+1, i+1, width(c)); err != nil {
			return err
		}
		style := s.text
		if c.Lines {
			style = s.lines
		}
		if c.Kind == Integer || c.Kind == Number {
			style = s.number
		}
		if err := s.stream.SetColStyle(i+1, i+1, style); err != nil {
			return err
		}
		s.cells[i] = c.Title
	}
	s.row = 1
	return s.stream.SetRow("A1", s.cells, excelize.RowOpts{StyleID: s.header, Height: 32})
}

// width is a width in characters that shows most values of a column.
func width(c Column) float64 {
	switch {
	case c.Kind == Integer || c.Kind == Boolean:
		return 10
	case c.Kind == Date || c.Kind == Number:
		return 12
	case c.Distinct:
		return 34
	}
	return 20
}

func (s *sheet) add(row []Value) error {
	if s.row > MaxSheetRows {
		return fmt.Errorf("%s 的行数超过 %d，Excel 放不下 / has more rows than a sheet of Excel", s.table.Name, MaxSheetRows)
	}
	for i, v := range row {
		s.cells[i] = nil
		switch {
		case !v.set:
		case v.kind == Integer:
			s.cells[i] = v.n
		case v.kind == Number:
			s.cells[i] = v.number()
		case v.kind == Boolean && v.n != 0:
			s.cells[i] = "是"
		case v.kind == Boolean:
			s.cells[i] = "否"
		default:
			text := v.String()
			if len(text) > maxCellChars && utf16Len(text) > maxCellChars {
				return fmt.Errorf("%s 第 %d 行的 %s 有 %d 个字，Excel 的格子最多 %d 个 / a cell of Excel holds at most %[5]d characters",
					s.table.Name, s.row, s.table.Columns[i].Name, utf8.RuneCountInString(text), maxCellChars)
			}
			s.cells[i] = text
		}
	}
	s.row++
	return s.stream.SetRow("A"+strconv.Itoa(s.row), s.cells)
}

// utf16Len counts characters as Excel does.
func utf16Len(s string) (n int) {
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// end closes the sheet and makes its header a filter.
func (s *sheet) end() error {
	last, err := excelize.CoordinatesToCellName(len(s.table.Columns), s.row)
	if err != nil {
		return err
	}
	if err := s.file.AutoFilter(s.table.Title, "A1:"+last, nil); err != nil {
		return err
	}
	if err := s.choices(); err != nil {
		return err
	}
	return s.stream.Flush()
}

// choices makes drop-down lists of the columns that have some.
func (s *sheet) choices() error {
	for i, c := range s.table.Columns {
		if len(c.Choices) == 0 || s.row < 2 {
			continue
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		list := excelize.NewDataValidation(true)
		list.Sqref = name + "2:" + name + strconv.Itoa(s.row)
		if err := list.SetDropList(c.Choices); err != nil {
			return err
		}
		if err := s.file.AddDataValidation(s.table.Title, list); err != nil {
			return err
		}
	}
	return nil
}
