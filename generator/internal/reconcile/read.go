package reconcile

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/table"
	"banshi/generator/internal/zh"
)

// MaxRows is how many rows of a table are read, all sheets together. The largest catalogue of one county that was published has 5,309
// rows; what is longer is no catalogue, or has empty rows formatted to the end.
const MaxRows = 20_000

// Upper is an upper-level catalogue as it was read.
type Upper struct {
	File   string // its name, for positions
	Title  string // of its first title row, else the name of the file
	Rows   []*Row
	Sheets []Sheet
	// Problems are cells that could not be read; their positions are file!sheet!cell.
	Problems []diag.Problem
}

// Sheet says how a sheet was read.
type Sheet struct {
	Name    string
	Rows    int
	Columns diag.Text // which column was taken for what; empty where the sheet was passed over
	Skipped diag.Text // why it was passed over
}

// Read reads the sheets of a table as an upper-level catalogue. File is its name in positions. The error says that no sheet has a
// column of names.
func Read(file string, grids []table.Grid, given Columns) (*Upper, error) {
	u := &Upper{File: file}
	for i := range grids {
		u.readSheet(&grids[i], given)
	}
	if len(u.Rows) > 0 {
		if u.Title == "" {
			u.Title = strings.TrimSuffix(strings.TrimSuffix(file, ".xlsx"), ".csv")
		}
		return u, nil
	}
	return u, fmt.Errorf("%s 里找不到目录：没有一行表头写着“事项名称”，也没有编码、类型、依据等列。列名特别的用 --columns 指定，例如 --columns 名称=C,编码=B / "+
		"no row of headings with 事项名称 and at least one of code, type, basis …; name the columns with --columns", file)
}

func (u *Upper) readSheet(g *table.Grid, given Columns) {
	info := Sheet{Name: g.Name}
	defer func() { u.Sheets = append(u.Sheets, info) }()
	switch {
	case len(g.Cells) == 0:
		info.Skipped = diag.Text{ZH: "空表", EN: "empty"}
		return
	case g.Hidden:
		info.Skipped = diag.Text{ZH: "隐藏的表", EN: "hidden"}
		return
	}
	s := newSheet(g)
	h, ok := findHeader(s, given)
	if !ok {
		info.Skipped = diag.Text{ZH: "没有“事项名称”一列", EN: "no column of names"}
		return
	}
	r := reader{upper: u, sheet: s, header: h, before: len(u.Rows)}
	r.titles()
	for row := h.bottom + 1; row < len(s.cells); row++ {
		r.row(row)
	}
	info.Rows, info.Columns = len(u.Rows)-r.before, h.describe()
}

// reader reads the rows of one sheet.
type reader struct {
	upper  *Upper
	sheet  *sheet
	header header
	before int // rows of the sheets before

	// What the name of the sheet, its titles and rows between say of all rows below: 一、行政许可（120 项）, 省公安厅.
	sectionType, sectionDepartment string
}

// titles reads the rows above the headings.
func (r *reader) titles() {
	r.section(r.sheet.Name)
	for row := range max(r.header.top, 0) {
		text := ""
		for c := range r.sheet.width {
			if text = together(r.sheet.at(row, c)); text != "" {
				break
			}
		}
		if r.upper.Title == "" && utf8.RuneCountInString(text) >= 6 && !strings.HasPrefix(text, "附件") {
			r.upper.Title = text
		}
		r.section(text)
	}
}

var (
	sectionNumber = regexp.MustCompile(`^[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]\s*`)
	sectionCount  = regexp.MustCompile(`[（(](?:共|计|共计)?\s*[0-9０-９一二三四五六七八九十百]+\s*(?:项|个|条|大项)?[^）)]*[)）]$`)
	officeEnding  = regexp.MustCompile(`(部|委|厅|局|署|办|委员会|办公室|中心|总局)$`)
	noteWords     = regexp.MustCompile(`^(备注|注|说明|填表|制表|联系|审核|填报|打印|第\s*\d+\s*页)`)
	totalWords    = regexp.MustCompile(`^(合计|小计|总计|共计)`)
	lostDigits    = regexp.MustCompile(`^[0-9]([.][0-9]+)?[eE][+]?[0-9]+$`)
)

// section takes in what a title says of the rows below it.
func (r *reader) section(text string) {
	text = sectionCount.ReplaceAllString(sectionNumber.ReplaceAllString(text, ""), "")
	switch key := strings.TrimSuffix(nameKey(text), "事项"); {
	case isTypeWord(key):
		r.sectionType = key
	case officeEnding.MatchString(key) && utf8.RuneCountInString(key) <= 20:
		r.sectionDepartment = text
	}
}

// isTypeWord reports whether a heading between rows is a type of items.
func isTypeWord(key string) bool {
	switch key {
	case "行政许可", "行政确认", "行政给付", "行政奖励", "行政裁决", "行政备案", "行政征收", "公共服务", "其他行政权力", "其他权力", "其他类别", "许可", "确认", "给付", "奖励",
		"裁决", "备案", "依申请公共服务", "初审转报":
		return true
	}
	return false
}

// row reads one row below the headings.
func (r *reader) row(row int) {
	h := &r.header
	name := together(r.field(row, FieldName))
	if name == "" {
		name = together(r.field(row, FieldMain))
	}
	if only, n := r.onlyText(row); n == 1 && (name == "" || r.spans(row)) {
		if !noteWords.MatchString(only) {
			r.section(only)
		}
		return
	}
	switch {
	case h.top >= 0 && headingKey(name) == headingKey(h.names[FieldName]) && name != "":
		return // the headings again, on the next page
	case totalWords.MatchString(name) || noteWords.MatchString(name) || noteWords.MatchString(together(r.field(row, FieldNumber))):
		return
	case r.continues(row, name):
		return
	case name == "":
		r.nameless(row)
		return
	}
	out := &Row{Sheet: r.sheet.Name, Line: row + 1, Name: name, Basis: r.basis(row), Department: together(r.field(row, FieldDepartment))}
	if main := together(r.field(row, FieldMain)); main != name {
		out.Main = main
	}
	out.Code = r.code(row)
	if out.Type = together(r.field(row, FieldType)); out.Type == "" {
		out.Type = r.sectionType
	}
	if out.Department == "" {
		out.Department = r.sectionDepartment
	}
	r.levels(row, out)
	r.upper.Rows = append(r.upper.Rows, out)
}

// field returns the text of a field's cell.
func (r *reader) field(row int, f Field) string {
	c, ok := r.header.columns[f]
	if !ok {
		return ""
	}
	return r.sheet.at(row, c)
}

// onlyText returns the one text of a row, and how many different ones it has.
func (r *reader) onlyText(row int) (only string, n int) {
	for _, cell := range r.sheet.cells[row] {
		if text := together(cell); text != "" && text != only {
			only = text
			n++
		}
	}
	return only, n
}

// spans reports whether the name of a row stands in a cell merged with others beside it: a title between rows.
func (r *reader) spans(row int) bool {
	a, ok := r.sheet.area(row, r.header.columns[FieldName])
	return ok && a.Right > a.Left
}

// continues takes in a row that goes on with the one above: its name is the same merged cell, or it has none but more of the basis.
func (r *reader) continues(row int, name string) bool {
	if len(r.upper.Rows) == r.before {
		return false
	}
	last := r.upper.Rows[len(r.upper.Rows)-1]
	a, ok := r.sheet.area(row, r.header.columns[FieldName])
	// A main item over its sub-items is one merged cell too; then the code or the sub-item differs.
	sameCode := r.codeText(row) == "" || r.codeText(row) == r.codeText(last.Line-1)
	if !(ok && a.Top < row && a.Top+1 == last.Line && sameCode) && !(name == "" && r.codeText(row) == "" && r.basis(row) != "") {
		return false
	}
	if more := r.basis(row); more != "" && !strings.Contains(last.Basis, more) {
		last.Basis += "\n" + more
	}
	for c, level := range r.header.ticks {
		if ticked(r.sheet.at(row, c)) {
			last.LevelsText += "、" + level
		}
	}
	if text := together(r.field(row, FieldLevels)); text != "" && !strings.Contains(last.LevelsText, text) {
		last.LevelsText += "、" + text
	}
	last.Levels = levelsOf(last.LevelsText)
	return true
}

// basis joins the columns of the legal basis.
func (r *reader) basis(row int) string {
	text := strings.TrimSpace(r.field(row, FieldBasis))
	for _, c := range r.header.more {
		if more := strings.TrimSpace(r.sheet.at(row, c)); more != "" && more != text {
			text = strings.TrimSpace(text + " " + more)
		}
	}
	return text
}

func (r *reader) levels(row int, out *Row) {
	out.LevelsText = together(r.field(row, FieldLevels))
	if len(r.header.ticks) > 0 {
		var list []string
		for c := range r.sheet.width {
			if level, ok := r.header.ticks[c]; ok && ticked(r.sheet.at(row, c)) {
				list = append(list, level)
			}
		}
		out.LevelsText = strings.Join(list, "、")
	}
	out.Levels = levelsOf(out.LevelsText)
}

func (r *reader) codeText(row int) string { return strings.TrimSpace(r.field(row, FieldCode)) }

// cleanCode is a code in half-width capitals without spaces.
func cleanCode(s string) string { return strings.ToUpper(strings.Join(strings.Fields(zh.Fold(s)), "")) }

// code reads the code of a row; one that a spreadsheet has rounded is none.
func (r *reader) code(row int) string {
	code := cleanCode(r.codeText(row))
	if !lostDigits.MatchString(code) {
		return strings.Trim(code, "-/—无")
	}
	r.problem(row, r.header.columns[FieldCode], diag.Problem{
		Rule: "code-rounded", Severity: diag.Warning,
		Message: diag.Text{ZH: "编码变成了 " + code + "，后几位已经丢了，这一行只按名称核对", EN: "the code became " + code + " and lost digits; the row is compared by its name"},
		Hint:    diag.Text{ZH: "在原表里把编码列设成“文本”格式，重新粘贴编码，再另存", EN: "format the column as text in the original, paste the codes again and save"},
	})
	return ""
}

// nameless speaks of a row that has a code but no name.
func (r *reader) nameless(row int) {
	if r.codeText(row) == "" {
		return
	}
	r.problem(row, r.header.columns[FieldName], diag.Problem{
		Rule: "no-name", Severity: diag.Warning,
		Message: diag.Text{ZH: "有编码 " + cleanCode(r.codeText(row)) + "，没有事项名称，这一行没有核对", EN: "a code without a name; the row was passed over"},
		Hint:    diag.Text{ZH: "补上名称；名称在别的列，用 --columns 名称=列 指定", EN: "fill in the name, or name its column with --columns"},
	})
}

func (r *reader) problem(row, column int, p diag.Problem) {
	p.Position = diag.Position{File: CellPosition(r.upper.File, r.sheet.Name, row, column)}
	r.upper.Problems = append(r.upper.Problems, p)
}

// CellPosition names a cell of a table for people: 国家目录.xlsx!行政许可!B7; row and column count from 0.
func CellPosition(file, sheet string, row, column int) string {
	parts := []string{file, sheet, table.CellName(row, column)}
	if sheet == "" {
		parts = []string{file, table.CellName(row, column)}
	}
	return strings.Join(parts, "!")
}
