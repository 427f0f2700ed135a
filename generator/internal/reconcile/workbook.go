package reconcile

import (
	"fmt"
	"io"

	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// The sheets beside those of the annexes.
const (
	sheetAbout = "说明"
	sheetLists = "词表"
)

// WriteWorkbook writes the report as a workbook to be filled in and given back: what it is, the four annexes, and the lists that cells
// are chosen from. Only the cells of columns that are filled in can be changed.
func (r *Report) WriteWorkbook(w io.Writer, asOf record.Date) error {
	b := table.Workbook{Title: r.Upper.Title + "：核对表", Time: asOf.Time()}
	b.Sheets = append(b.Sheets, r.aboutSheet(asOf))
	lists := r.listSheet()
	for _, a := range r.Annexes() {
		b.Sheets = append(b.Sheets, a.sheet(len(lists.Rows)))
	}
	b.Sheets = append(b.Sheets, lists)
	return table.WriteWorkbook(w, b)
}

func (r *Report) aboutSheet(asOf record.Date) table.Sheet {
	s := table.Sheet{Name: sheetAbout, Columns: []table.Layout{{Width: 24, Look: table.Remark}, {Width: 90, Look: table.Remark}}}
	line := func(look table.Look, what, text string) {
		s.Rows = append(s.Rows, []table.Cell{{Text: what, Look: look}, {Text: text, Look: look}})
	}
	s.Rows = append(s.Rows, []table.Cell{{Text: r.Upper.Title, Look: table.Heading}})
	line(table.Remark, "上级目录", r.Upper.File)
	line(table.Remark, "本省目录", "截至 "+asOf.String())
	for _, t := range r.Summary() {
		line(table.Remark, "", t.ZH)
	}
	s.Rows = append(s.Rows, nil, []table.Cell{{Text: "怎么填", Look: table.Heading}})
	line(table.Remark, "一、只填白格", "灰格是核对出来的，锁住了。黄格的行还要人看；没有黄格的行可以不管。")
	line(table.Remark, "二、对应的本省事项", "从下拉里选，或者写 候选一，写事项编号、全称都行。一条对几个的，用顿号隔开。本省没有的写 无。")
	line(table.Remark, "三、决定", "可以空着，程序会判断：写了一个事项是“对应”，写了几个是“拆分”，没有对上、只写了原因是“无对应”。上级的几条在本省是一个事项的，几条都要选“合并”。以前定错了的选“撤回”。")
	line(table.Remark, "四、原因", "本省没有的、本省特有的、内容不同又不改的，都要写原因。")
	for _, a := range r.Annexes() {
		line(table.Remark, a.Title, fmt.Sprintf("%d 行。%s", len(a.Rows), a.Note))
	}
	line(table.Remark, "五、交回", "填好存盘，交给管目录的人：banshi reconcile 上级目录 --accept 这个文件。填错的会指出在哪一格，一处没错才写入。")
	s.Rows = append(s.Rows, nil, []table.Cell{{Text: "上级目录是怎么读的", Look: table.Heading}})
	for _, sheet := range r.Upper.Sheets {
		name := sheet.Name
		if name == "" {
			name = r.Upper.File
		}
		if sheet.Skipped.ZH != "" {
			line(table.Remark, name, "没有读："+sheet.Skipped.ZH)
			continue
		}
		line(table.Remark, name, fmt.Sprintf("%d 条；%s", sheet.Rows, sheet.Columns.ZH))
	}
	for _, p := range r.Problems {
		line(table.Noticed, p.Position.String(), p.Message.ZH+"。"+p.Hint.ZH)
	}
	return s
}

// listSheet has the verdicts in column A and our items in column B.
func (r *Report) listSheet() table.Sheet {
	s := table.Sheet{Name: sheetLists, Columns: []table.Layout{{Width: 12, Look: table.Locked}, {Width: 60, Look: table.Locked}}, Header: 1, Protected: true}
	s.Rows = append(s.Rows, []table.Cell{{Text: "决定", Look: table.Header}, {Text: "本省事项", Look: table.Header}})
	verdicts := []string{record.VerdictSame, record.VerdictPart, record.VerdictSplit, record.VerdictAbsent, Withdrawn}
	items := []string{"候选一", "候选二", "候选三", "无"}
	for _, o := range r.index.items {
		if o.Current() {
			items = append(items, o.ID+" "+o.Name)
		}
	}
	for i := range max(len(verdicts), len(items)) {
		row := []table.Cell{{Look: table.Locked}, {Look: table.Locked}}
		if i < len(verdicts) {
			row[0].Text = verdicts[i]
		}
		if i < len(items) {
			row[1].Text = items[i]
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// sheet is an annex as a sheet; listed is how many rows the sheet of lists has.
func (a *Annex) sheet(listed int) table.Sheet {
	s := table.Sheet{Name: a.Title, Header: 1, Protected: true}
	var header []table.Cell
	for i, c := range a.Columns {
		l, look := table.Layout{Width: c.Width, Look: table.Locked}, table.Header
		if c.Name == columnName.Name || c.Name == columnOurName.Name && s.Fixed == 0 {
			s.Fixed = i + 1
		}
		switch c.Fill {
		case FillVerdict:
			l.List = fmt.Sprintf("'%s'!$A$2:$A$6", sheetLists)
		case FillItems:
			l.List, l.Open = fmt.Sprintf("'%s'!$B$2:$B$%d", sheetLists, listed), true
		}
		if c.Fill != "" {
			l.Look, look = table.Editable, table.Demanded
		}
		s.Columns = append(s.Columns, l)
		header = append(header, table.Cell{Text: c.Title, Look: look, Note: fillNotes[c.Fill]})
	}
	s.Rows = append(s.Rows, header)
	for _, r := range a.Rows {
		s.Rows = append(s.Rows, a.cells(r))
	}
	return s
}

// fillNotes stand beside the headings of columns that are filled in.
var fillNotes = map[Fill]string{
	FillVerdict: "可以空着，程序会判断。上级的几条在本省是一个事项的，几条都选“合并”；以前定错了的选“撤回”。",
	FillItems:   "从下拉里选，或者写 候选一、事项编号、全称；一条对几个用顿号隔开；本省没有写 无。",
	FillReason:  "本省没有的、本省特有的、内容不同又不改的，写明原因。",
}

// cells are those of one row: a row that is to be looked at has its number in yellow, what differs or has moved too.
func (a *Annex) cells(r AnnexRow) []table.Cell {
	out := make([]table.Cell, len(r.Cells))
	for i, text := range r.Cells {
		look := table.Locked
		switch c := a.Columns[i]; {
		case c.Fill != "":
			look = table.Editable
		case r.Open && c.Name == columnNo.Name, text == string(Differs), c.Name == columnMoved.Name && text != "":
			look = table.Noticed
		}
		out[i] = table.Cell{Text: text, Look: look}
	}
	return out
}
