package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Grid is a sheet as people made it: cells as text without types, some merged.
type Grid struct {
	Name   string     // of the sheet; "" for a CSV file
	Hidden bool       // the sheet is hidden
	Cells  [][]string // rows of the sheet from its first; empty cells at the end of a row are left out
	Merged []Area
	Unseen map[int]bool // rows that are hidden
}

// Area is a rectangle of merged cells, counted from 0, last row and column included.
type Area struct{ Top, Left, Bottom, Right int }

// At returns the text of a cell, "" outside the grid.
func (g *Grid) At(row, column int) string {
	if row < 0 || row >= len(g.Cells) || column < 0 || column >= len(g.Cells[row]) {
		return ""
	}
	return g.Cells[row][column]
}

// CellName returns the name of a cell counted from 0, as Excel has it: CellName(6, 2) is C7.
func CellName(row, column int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		return fmt.Sprintf("%d:%d", row+1, column+1)
	}
	return name
}

// TooManyRows says that a file has more rows than its reader takes.
type TooManyRows struct {
	Sheet string
	Limit int
}

func (e *TooManyRows) Error() string {
	return fmt.Sprintf("行数超过 %d，不读 / more than %[1]d rows, not read", e.Limit)
}

// The limits of reading files from anyone: bytes of a file, bytes it may unfold to, bytes of a sheet that are kept in memory while
// it is unfolded, and columns.
const (
	maxFileBytes    = 64 << 20
	maxUnfolded     = 512 << 20
	maxSheetInCore  = 16 << 20
	maxGridColumns  = 512
	maxMergedAreas  = 200_000
	sniffedCSVBytes = 64 << 10
)

// ReadGrids reads the sheets of an Excel workbook (.xlsx, .xlsm) or the one of a CSV file (.csv, .tsv, .txt; UTF-8, GB 18030 or UTF-16;
// comma, tab or semicolon). Values are those of the cells, not what their formats make of them: a code stored as a number has all
// its digits. maxRows is the most rows of all sheets together; a file with more is refused with a [TooManyRows] as soon as they are
// met. Errors are in both languages.
func ReadGrids(file string, maxRows int) ([]Grid, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFileBytes {
		return nil, fmt.Errorf("%s 有 %d MB，超过 %d MB，不读 / is larger than %[3]d MB", file, info.Size()>>20, maxFileBytes>>20)
	}
	switch strings.ToLower(filepath.Ext(file)) {
	case ".xlsx", ".xlsm":
		return readWorkbook(file, maxRows)
	case ".csv", ".tsv", ".txt":
		grid, err := readText(file, maxRows)
		return []Grid{grid}, err
	case ".xls", ".et", ".ods":
		return nil, fmt.Errorf("%s：请先在 WPS 或 Excel 里“另存为”.xlsx 再来 / save it as .xlsx first", file)
	}
	return nil, fmt.Errorf("%s：只认 .xlsx 和 .csv / only .xlsx and .csv are read", file)
}

func readWorkbook(file string, maxRows int) ([]Grid, error) {
	f, err := openWorkbook(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return sheetsOf(f, file, maxRows)
}

func openWorkbook(file string) (*excelize.File, error) {
	f, err := excelize.OpenFile(file, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnfolded, UnzipXMLSizeLimit: maxSheetInCore})
	if err != nil {
		return nil, fmt.Errorf("%s 打不开：不是 .xlsx 文件，或者加了密码、已经损坏 / cannot be opened as a workbook: %w", file, err)
	}
	return f, nil
}

func sheetsOf(f *excelize.File, file string, maxRows int) ([]Grid, error) {
	var out []Grid
	left := maxRows
	for _, name := range f.GetSheetList() {
		g := Grid{Name: name}
		visible, err := f.GetSheetVisible(name)
		if err != nil {
			return nil, err
		}
		g.Hidden = !visible
		if err := g.readSheet(f, left); err != nil {
			if many := (*TooManyRows)(nil); errors.As(err, &many) {
				many.Limit = maxRows
			}
			return nil, fmt.Errorf("%s“%s”：%w", file, name, err)
		}
		left -= len(g.Cells)
		out = append(out, g)
	}
	return out, nil
}

// readSheet reads the rows as they come, then, of a sheet that is not too long, what is merged.
func (g *Grid) readSheet(f *excelize.File, maxRows int) error {
	rows, err := f.Rows(g.Name)
	if err != nil {
		return err
	}
	defer rows.Close()
	filled := 0
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		if cells = trimmed(cells); len(cells) > 0 {
			filled = n
		}
		// Programs write empty rows to the end of the sheet; only those before a value count.
		if filled > maxRows {
			return &TooManyRows{Sheet: g.Name, Limit: maxRows}
		}
		if n <= maxRows {
			g.Cells = append(g.Cells, cells)
			if rows.GetRowOpts().Hidden && len(cells) > 0 {
				if g.Unseen == nil {
					g.Unseen = map[int]bool{}
				}
				g.Unseen[n-1] = true
			}
		}
	}
	g.Cells = g.Cells[:filled]
	if err := rows.Error(); err != nil || filled == 0 {
		return err
	}
	merged, err := f.GetMergeCells(g.Name, true)
	if err != nil {
		return err
	}
	for _, m := range merged[:min(len(merged), maxMergedAreas)] {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return err
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return err
		}
		if top <= filled {
			g.Merged = append(g.Merged, Area{top - 1, left - 1, min(bottom, filled) - 1, min(right, maxGridColumns) - 1})
		}
	}
	return nil
}

// trimmed returns the cells up to the last with a text, at most [maxGridColumns].
func trimmed(cells []string) []string {
	n := min(len(cells), maxGridColumns)
	for n > 0 && strings.TrimSpace(cells[n-1]) == "" {
		n--
	}
	return cells[:n]
}

func readText(file string, maxRows int) (Grid, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return Grid{}, err
	}
	text, err := decoded(data)
	if err != nil {
		return Grid{}, fmt.Errorf("%s：%w", file, err)
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = delimiter(text), -1, true
	g, line := Grid{}, 1
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return g, nil
		}
		if err != nil {
			return Grid{}, fmt.Errorf("%s：%w", file, err)
		}
		// The reader passes over empty lines, which are rows in a spreadsheet; a text of several lines is in one row.
		at, _ := r.FieldPos(0)
		for ; line < at && len(g.Cells) <= maxRows; line++ {
			g.Cells = append(g.Cells, nil)
		}
		g.Cells = append(g.Cells, trimmed(cells))
		line = at + 1
		for _, c := range cells {
			line += strings.Count(c, "\n")
		}
		if len(g.Cells) > maxRows {
			return Grid{}, fmt.Errorf("%s：%w", file, &TooManyRows{Limit: maxRows})
		}
	}
}

// decoded returns a text file as UTF-8. Excel in China saves CSV as GB 18030, and "Unicode text" as UTF-16.
func decoded(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return data[3:], nil
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case utf8.Valid(data):
		return data, nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err == nil && bytes.ContainsRune(out, utf8.RuneError) {
		err = errors.New("认不出是什么编码的文字，请另存为 UTF-8 / neither UTF-8 nor GB 18030")
	}
	return out, err
}

// delimiter returns the sign that parts the cells of a text: the one that stands most often in its beginning.
func delimiter(text []byte) rune {
	head := text[:min(len(text), sniffedCSVBytes)]
	best, most := ',', bytes.Count(head, []byte(","))
	for _, r := range "\t;" {
		if n := bytes.Count(head, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}
