package reconcile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/table"
	"banshi/generator/internal/zh"
)

// columnNames are what tables call the columns, the best name first. A heading is one of them or holds one.
var columnNames = map[Field][]string{
	FieldNumber: {"序号", "项次"},
	FieldCode:   {"基本编码", "事项基本编码", "事项编码", "目录编码", "国家编码", "事项代码", "编码", "代码"},
	FieldName: {"事项名称", "子项名称", "政务服务事项名称", "许可事项名称", "许可事项", "项目名称", "权力事项名称", "职权名称", "权力名称", "服务事项名称", "名称", "子项",
		"事项"},
	FieldMain:       {"主项名称", "主项", "大项名称"},
	FieldType:       {"事项类型", "权力类型", "职权类型", "事项类别", "权力类别", "职权类别", "类型", "类别"},
	FieldBasis:      {"设定依据", "法律依据", "实施依据", "设立依据", "办理依据", "依据"},
	FieldLevels:     {"行使层级", "实施层级", "权力层级", "办理层级", "审批层级", "层级", "行使层次", "层次"},
	FieldDepartment: {"主管部门", "业务指导部门", "指导部门", "业务主管部门", "行业主管部门", "牵头部门", "实施部门", "审批部门", "实施机关", "实施主体", "责任部门", "部门"},
}

// fieldOrder is the order in which headings are tried: 事项编码 is a code before it is a name.
var fieldOrder = []Field{FieldNumber, FieldMain, FieldCode, FieldType, FieldBasis, FieldLevels, FieldDepartment, FieldName}

// Columns says for some fields which column they are, against what the headings say: a heading, or letters such as B or AC.
type Columns map[Field]string

// ParseColumns reads --columns: 名称=事项全称,编码=D. The error names what cannot be read.
func ParseColumns(s string) (Columns, error) {
	out := Columns{}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '，' }) {
		word, column, ok := strings.Cut(strings.ReplaceAll(part, "＝", "="), "=")
		word, column = strings.TrimSpace(word), strings.TrimSpace(column)
		field := fieldOf(word)
		if !ok || column == "" || field == "" {
			return nil, fmt.Errorf("--columns %q 看不懂：写成 名称=事项全称,编码=D；等号左边只有 序号、编码、名称、主项、类型、依据、层级、部门 / "+
				"write name=HEADING,code=D with number, code, name, main, type, basis, levels, department", part)
		}
		out[field] = column
	}
	return out, nil
}

func fieldOf(word string) Field {
	for _, f := range fieldOrder {
		if word == string(f) || word == f.Title().ZH || slices.Contains(columnNames[f], word) {
			return f
		}
	}
	return ""
}

// header is where the columns of a sheet are.
type header struct {
	top, bottom int           // rows, from 0; both -1 for a table without headings
	columns     map[Field]int // of every field but levels by ticks
	more        []int         // further columns of the legal basis: its article, its text
	ticks       map[int]string
	names       map[Field]string // as printed
	known       int              // headings that were understood
}

// maxTitleRows is how many rows above the headings are looked through.
const maxTitleRows = 40

// findHeader looks for the row of headings: the one in which most columns are known, the name among them. ok is false for a sheet that
// has none.
func findHeader(s *sheet, given Columns) (h header, ok bool) {
	best := 0
	for row := range min(len(s.cells), maxTitleRows) {
		found, n := s.headerAt(row, given)
		if n > best {
			h, best = found, n
		}
	}
	if best == 0 && letters(given) {
		h = header{top: -1, bottom: -1, columns: map[Field]int{}, ticks: map[int]string{}, names: map[Field]string{}}
		for f, c := range given {
			h.columns[f] = columnNumber(c)
		}
		return h, true
	}
	return h, best > 0
}

// letters reports whether the name is given by a column's letters, so that a table without headings can be read.
func letters(given Columns) bool { return columnNumber(given[FieldName]) >= 0 }

// columnNumber returns the number of column B or AC from 0, -1 for what are no letters of a column.
func columnNumber(s string) int {
	s = strings.ToUpper(zh.Fold(s))
	if s == "" || len(s) > 2 {
		return -1
	}
	n := 0
	for _, r := range s {
		if r < 'A' || r > 'Z' {
			return -1
		}
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}

// headerAt reads a row as headings, with those below that merged cells make one with it, and returns how many fields it has; 0 for a
// row that cannot be the headings.
func (s *sheet) headerAt(row int, given Columns) (header, int) {
	h := header{top: row, bottom: row, columns: map[Field]int{}, ticks: map[int]string{}, names: map[Field]string{}}
	wide := 0
	for _, a := range s.merged {
		if a.Top == row && a.Bottom < row+4 {
			h.bottom = max(h.bottom, a.Bottom)
			if a.Right > a.Left {
				wide = max(wide, a.Right-a.Left+1)
			}
		}
	}
	if h.bottom == row && wide > 1 && wide < len(s.cells[row]) && row+1 < len(s.cells) {
		h.bottom++ // a group of columns with their names below, where nothing else is merged
	}
	rank := map[Field]int{}
	for c := range s.width {
		s.readHeading(&h, rank, c, given)
	}
	if h.known == 0 {
		return h, 0 // given letters make any row fit
	}
	if _, ok := h.columns[FieldName]; !ok {
		main, ok := h.columns[FieldMain]
		if !ok {
			return h, 0
		}
		delete(h.columns, FieldMain)
		h.columns[FieldName], h.names[FieldName] = main, h.names[FieldMain]
	}
	n := len(h.columns) + min(len(h.ticks), 1)
	if n < 2 && given[FieldName] == "" {
		return h, 0
	}
	return h, n
}

// readHeading takes the heading of one column in. rank is how well the column of each field fits so far; 0 is best.
func (s *sheet) readHeading(h *header, rank map[Field]int, c int, given Columns) {
	group, label := s.headings(h, c)
	for f, want := range given {
		if columnNumber(want) == c || label != "" && (headingKey(want) == headingKey(label) || headingKey(want) == headingKey(group)) {
			h.columns[f], h.names[f], rank[f] = c, label, -1
			if columnNumber(want) != c {
				h.known++
			} else if known, _ := fieldOfHeading(label); known != "" {
				h.known++
			}
			return
		}
	}
	f, fit := fieldOfHeading(label)
	if g, _ := fieldOfHeading(group); g == FieldLevels && f != FieldLevels || f == "" && g != "" {
		if l := levelsOf(label); g == FieldLevels && len(l) == 1 {
			h.ticks[c] = l[0]
			return
		}
		if g == FieldBasis {
			f, fit = g, 50
		}
	}
	if f == "" {
		return
	}
	h.known++
	if f == FieldBasis && rank[f] != -1 {
		if _, ok := h.columns[f]; ok {
			h.more = append(h.more, c)
			return
		}
	}
	if old, ok := rank[f]; !ok || fit < old {
		h.columns[f], h.names[f], rank[f] = c, label, fit
	}
}

// headings returns the heading of a column and that of the group it is in, if any.
func (s *sheet) headings(h *header, c int) (group, label string) {
	for r := h.top; r <= h.bottom; r++ {
		text := together(s.at(r, c))
		if text == "" || text == label {
			continue
		}
		group, label = label, text
	}
	return group, label
}

// headingKey is what is compared of a heading: without remarks in brackets, asterisks and colons.
func headingKey(s string) string {
	s = nameKey(s)
	if i := strings.IndexByte(s, '('); i > 0 {
		s = s[:i]
	}
	return strings.Trim(s, "*:：")
}

// otherThings are headings that end like ours and mean something else: 办件类型, 结果名称, 统一社会信用代码.
var otherThings = regexp.MustCompile(`办件|结果|证照|信用|材料|对象|窗口|收费|中介|区划|是否|实施编码`)

// fieldOfHeading returns the field that a heading names and how well it fits: 0 for the best name, 100 and more where the heading only
// holds a name.
func fieldOfHeading(heading string) (Field, int) {
	key := headingKey(heading)
	if key == "" || utf8.RuneCountInString(key) > 16 || otherThings.MatchString(key) {
		return "", 0
	}
	for _, f := range fieldOrder {
		if i := slices.Index(columnNames[f], key); i >= 0 {
			return f, i
		}
	}
	for _, f := range fieldOrder {
		for i, n := range columnNames[f] {
			// 事项 alone is in 事项说明 too; a heading ends with what it is.
			if strings.HasSuffix(key, n) {
				return f, 100 + i
			}
		}
	}
	return "", 0
}

// describe says which columns were taken for what, for the summary.
func (h *header) describe() diag.Text {
	var zhWords, enWords []string
	for _, f := range []Field{FieldCode, FieldName, FieldMain, FieldType, FieldBasis, FieldLevels, FieldDepartment} {
		if c, ok := h.columns[f]; ok {
			column := strings.TrimRight(table.CellName(0, c), "1")
			zhWords = append(zhWords, f.Title().ZH+"="+column)
			enWords = append(enWords, f.Title().EN+"="+column)
		}
	}
	if len(h.ticks) > 0 {
		zhWords, enWords = append(zhWords, "层级=打勾的几列"), append(enWords, "levels=ticked columns")
	}
	return diag.Text{ZH: strings.Join(zhWords, "，"), EN: strings.Join(enWords, ", ")}
}
