package table

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Workbook is a workbook that people fill in: sheets of texts with looks, drop-down lists and notes. Every cell is a text, so that
// codes keep their zeros and nothing that stands in a record is ever taken for a formula.
type Workbook struct {
	Title  string
	Time   time.Time // of the data, for the properties of the file
	Sheets []Sheet
}

// Sheet is one sheet of a [Workbook].
type Sheet struct {
	Name      string // at most 31 characters, none of []:*?/\
	Columns   []Layout
	Rows      [][]Cell // from row 1 on; a row may be shorter than Columns
	Header    int      // the row, from 1, down to which rows stay in sight and are a filter; 0 for none
	Fixed     int      // columns at the left that stay in sight
	Spare     int      // empty rows below, which have the looks and lists of their columns
	Protected bool     // cells can be changed only where their look says so
}

// Layout is how a column of a [Sheet] looks.
type Layout struct {
	Width float64 // in characters
	Look  Look    // of cells below the header that Rows do not have
	List  string  // the cells one can choose from, such as '词表'!$A$2:$A$9; "" for any text
	Open  bool    // other texts than those of List are taken as well
}

// Cell is a text with its look and a note that shows beside it.
type Cell struct {
	Text string
	Look Look
	Note string
}

// Look is how a cell looks, and whether it can be changed in a protected sheet.
type Look uint8

// The looks of cells.
const (
	Editable Look = iota // white, to be filled in
	Locked               // grey, given
	Header               // the title of a column
	Demanded             // the title of a column that must be filled in
	Heading              // large, the title of a sheet
	Remark               // small text of explanation
	Accepted             // green: taken in
	Refused              // red: not taken in
	Noticed              // yellow: taken in, with something to know
)

// looks says how each look is drawn: fill, bold, size of the font, colour of the text.
var looks = map[Look]struct {
	fill  string
	bold  bool
	size  float64
	color string
}{
	Editable: {"", false, 11, "000000"},
	Locked:   {"EEF0F2", false, 11, "4A5158"},
	Header:   {"D9E5F1", true, 11, "10375C"},
	Demanded: {"F6DFC4", true, 11, "6B3A00"},
	Heading:  {"", true, 16, "10375C"},
	Remark:   {"", false, 10, "4A5158"},
	Accepted: {"DDF0E0", false, 11, "14532D"},
	Refused:  {"F9D9D6", true, 11, "8A1C12"},
	Noticed:  {"FFF2CC", false, 11, "5C4400"},
}

// bookWriter writes a [Workbook].
type bookWriter struct {
	file   *excelize.File
	styles map[Look]int
}

// WriteWorkbook writes a workbook. The same workbook gives the same bytes. The error is that of w, or says which sheet cannot be written.
func WriteWorkbook(w io.Writer, b Workbook) error {
	f := excelize.NewFile()
	defer f.Close()
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newSortedZip(w) })
	at := b.Time.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Title: b.Title, Creator: "banshi", LastModifiedBy: "banshi", Created: at, Modified: at, Revision: "1"}); err != nil {
		return err
	}
	out := &bookWriter{file: f, styles: map[Look]int{}}
	if err := out.makeStyles(); err != nil {
		return err
	}
	for i := range b.Sheets {
		name := b.Sheets[i].Name
		if slices.ContainsFunc(b.Sheets[:i], func(s Sheet) bool { return strings.EqualFold(s.Name, name) }) {
			return fmt.Errorf("两张表同名：%s / two sheets have the name %[1]s", name)
		}
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for i := range b.Sheets {
		if err := out.sheet(&b.Sheets[i]); err != nil {
			return fmt.Errorf("%s: %w", b.Sheets[i].Name, err)
		}
	}
	_, err := f.WriteTo(io.Discard)
	return err
}

func (w *bookWriter) makeStyles() error {
	line := []excelize.Border{{Type: "left", Color: "C9CFD6", Style: 1}, {Type: "right", Color: "C9CFD6", Style: 1}, {Type: "top", Color: "C9CFD6", Style: 1}, {Type: "bottom", Color: "C9CFD6", Style: 1}}
	for look := Editable; look <= Noticed; look++ {
		l := looks[look]
		style := &excelize.Style{
			NumFmt:     49, // @, text: what is typed stays as it is typed
			Font:       &excelize.Font{Family: "宋体", Size: l.size, Bold: l.bold, Color: l.color},
			Alignment:  &excelize.Alignment{Vertical: "top", WrapText: true},
			Protection: &excelize.Protection{Locked: look != Editable},
		}
		switch look {
		case Header, Demanded:
			style.Alignment.Vertical = "center"
		case Heading:
			style.Alignment.WrapText = false // it runs over the cells beside it
		}
		if l.fill != "" {
			style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
		}
		if look != Heading && look != Remark {
			style.Border = line
		}
		id, err := w.file.NewStyle(style)
		if err != nil {
			return err
		}
		w.styles[look] = id
	}
	return nil
}

func (w *bookWriter) sheet(s *Sheet) error {
	stream, err := w.file.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	if err := w.frame(stream, s); err != nil {
		return err
	}
	cells := make([]any, len(s.Columns))
	for i := range len(s.Rows) + s.Spare {
		var row []Cell
		if i < len(s.Rows) {
			row = s.Rows[i]
		}
		n := max(len(row), len(s.Columns))
		if i < s.Header || i < len(s.Rows) && len(s.Columns) == 0 {
			n = len(row)
		}
		if len(cells) < n {
			cells = make([]any, n)
		}
		for j := range n {
			c := excelize.Cell{}
			switch {
			case j < len(row):
				c.StyleID, c.Value = w.styles[row[j].Look], row[j].Text
				if len(row[j].Text) > maxCellChars && utf16Len(row[j].Text) > maxCellChars {
					return fmt.Errorf("第 %d 行第 %d 列的文字超过 %d 个字 / a cell of Excel holds at most %[3]d characters", i+1, j+1, maxCellChars)
				}
			case j < len(s.Columns):
				c.StyleID = w.styles[s.Columns[j].Look]
			}
			cells[j] = c
		}
		var opts []excelize.RowOpts
		if h := s.height(row); h > 0 {
			opts = append(opts, excelize.RowOpts{Height: h})
		}
		if err := stream.SetRow("A"+strconv.Itoa(i+1), cells[:n], opts...); err != nil {
			return err
		}
	}
	if err := w.extras(s); err != nil {
		return err
	}
	return stream.Flush()
}

// height is how high a row has to be, in points, to show its texts broken into lines; 0 for a row of one line. Without it LibreOffice
// shows the first line only.
func (s *Sheet) height(row []Cell) float64 {
	most := 0.0
	for j, c := range row {
		width := 9.0 // of a column nothing is said of
		if j < len(s.Columns) && s.Columns[j].Width > 0 {
			width = s.Columns[j].Width
		}
		line := looks[c.Look].size * 1.4
		lines := 0.0
		for text := range strings.SplitSeq(c.Text, "\n") {
			lines += max(1, math.Ceil(across(text)*looks[c.Look].size/11/(width-1)))
		}
		if c.Look == Heading {
			lines = 1 // runs over the cells beside it
		}
		if lines > 1 || c.Look == Heading && c.Text != "" {
			most = max(most, lines*line)
		}
	}
	return min(most, maxRowHeight)
}

// across is how wide a text is in digits of the same size: a Han character takes two and a bit.
func across(text string) float64 {
	n := 0.0
	for _, r := range text {
		if n++; r >= 0x2E80 || r == '“' || r == '”' {
			n += 1.2
		}
	}
	return n
}

// maxRowHeight is the height of a row that Excel takes.
const maxRowHeight = 409

// frame sets what stands before the rows of a sheet: panes and widths.
func (w *bookWriter) frame(stream *excelize.StreamWriter, s *Sheet) error {
	if s.Header > 0 || s.Fixed > 0 {
		corner, err := excelize.CoordinatesToCellName(s.Fixed+1, s.Header+1)
		if err != nil {
			return err
		}
		active := "bottomRight"
		if s.Fixed == 0 {
			active = "bottomLeft"
		}
		if err := stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: s.Fixed, YSplit: s.Header, TopLeftCell: corner, ActivePane: active}); err != nil {
			return err
		}
	}
	for i, c := range s.Columns {
		if c.Width > 0 {
			if err := stream.SetColWidth(i+1, i+1, c.Width); err != nil {
				return err
			}
		}
	}
	return nil
}

// extras sets what stands after the rows: lists, notes, the filter and the protection.
func (w *bookWriter) extras(s *Sheet) error {
	last := len(s.Rows) + s.Spare
	for i, c := range s.Columns {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if c.List == "" || last <= s.Header {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s%d:%[1]s%[3]d", column, s.Header+1, last))
		v.SetSqrefDropList(c.List)
		if !c.Open {
			v.SetError(excelize.DataValidationErrorStyleStop, "请从列表里选", "这一格只能填列表里的词。")
		}
		v.ShowErrorMessage = !c.Open
		if err := w.file.AddDataValidation(s.Name, v); err != nil {
			return err
		}
	}
	for i, row := range s.Rows {
		for j, c := range row {
			if c.Note == "" {
				continue
			}
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			height := uint(60 + 20*(utf16Len(c.Note)/18))
			if err := w.file.AddComment(s.Name, excelize.Comment{Cell: at, Author: "banshi", Width: 280, Height: height, Text: c.Note}); err != nil {
				return err
			}
		}
	}
	if s.Header > 0 && last > s.Header && len(s.Columns) > 0 {
		end, err := excelize.CoordinatesToCellName(len(s.Columns), last)
		if err != nil {
			return err
		}
		if err := w.file.AutoFilter(s.Name, "A"+strconv.Itoa(s.Header)+":"+end, nil); err != nil {
			return err
		}
	}
	if s.Protected {
		return w.file.ProtectSheet(s.Name, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true,
			AutoFilter: true, FormatColumns: true, FormatRows: true, FormatCells: true, InsertRows: true, DeleteRows: true, Sort: true})
	}
	return nil
}
