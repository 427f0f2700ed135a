package office

import (
	"fmt"
	"strings"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/table"
)

const (
	receiptTitle = "回执"
	reasonTitle  = "说明"
)

// Receipt makes the 回执 workbook: the sheets that were read, each row with whether it was taken (已收, 未收, 没有变) and why not, the
// cells that say so in red, with a note. Written reports whether the records were really changed.
func (p *Plan) Receipt(written bool) table.Workbook {
	b := p.records.book("回执")
	rows := map[string]map[int]*Row{}
	for _, r := range p.Rows {
		if rows[r.Sheet] == nil {
			rows[r.Sheet] = map[int]*Row{}
		}
		rows[r.Sheet][r.Row] = r
	}
	b.Sheets = append(b.Sheets, p.receiptCover(written))
	for _, m := range p.sheets {
		s := table.Sheet{Name: m.sheet.Name, Fixed: 2}
		if s.Name == receiptTitle || s.Name == "" { // a CSV file has no name of a sheet
			s.Name += "表"
		}
		width := 0
		for _, row := range m.sheet.Rows {
			width = max(width, len(row.Cells))
		}
		s.Columns = append(s.Columns, table.Layout{Width: 10}, table.Layout{Width: 60})
		for range width {
			s.Columns = append(s.Columns, table.Layout{Width: 20})
		}
		for _, row := range m.sheet.Rows {
			for len(s.Rows) < row.Number-1 && row.Number < 100_000 {
				s.Rows = append(s.Rows, nil) // rows without a text keep the others in their place
			}
			s.Rows = append(s.Rows, receiptRow(m, row, rows[m.sheet.Name][row.Number], written))
		}
		b.Sheets = append(b.Sheets, s)
	}
	return b
}

// receiptCover is the first sheet: what became of the workbook as a whole.
func (p *Plan) receiptCover(written bool) table.Sheet {
	s := table.Sheet{Name: receiptTitle, Columns: []table.Layout{{Width: 110}}}
	s.Rows = append(s.Rows, []table.Cell{{Text: "回执：" + p.Book, Look: table.Heading}}, []table.Cell{{Text: p.Summary().ZH, Look: table.Remark}})
	state := table.Cell{Text: "已经写进记录。", Look: table.Accepted}
	if !written {
		state = table.Cell{Text: "没有写进任何记录：有问题的行改好以后，整张表重新交。", Look: table.Refused}
	}
	s.Rows = append(s.Rows, []table.Cell{state})
	for _, problem := range p.Problems {
		s.Rows = append(s.Rows, []table.Cell{{Text: problem.Position.String() + "：" + problem.Message.ZH + "。" + problem.Hint.ZH, Look: table.Noticed}})
	}
	return s
}

// receiptRow is a row of a sheet with what became of it.
func receiptRow(m *matched, raw table.FilledRow, row *Row, written bool) []table.Cell {
	state, why := table.Cell{Look: table.Remark}, table.Cell{Look: table.Remark}
	notes := map[int][]diag.Problem{}
	if raw.Number == m.header {
		state, why = table.Cell{Text: receiptTitle, Look: table.Header}, table.Cell{Text: reasonTitle, Look: table.Header}
	}
	if row != nil {
		state, why = verdict(row, written)
		for _, problem := range row.Problems {
			notes[problem.Column-1] = append(notes[problem.Column-1], problem)
		}
	}
	out := []table.Cell{state, why}
	for i, text := range raw.Cells {
		c := table.Cell{Text: text}
		if raw.Number == m.header {
			c.Look = table.Header
		}
		for _, problem := range notes[i] {
			c.Note = strings.TrimSpace(c.Note + "\n" + problem.Message.ZH + "\n" + problem.Hint.ZH)
			if c.Look != table.Refused {
				c.Look = table.Noticed
			}
			if problem.Severity == diag.Error {
				c.Look = table.Refused
			}
		}
		out = append(out, c)
	}
	return out
}

// verdict says what became of a row, and why.
func verdict(row *Row, written bool) (state, why table.Cell) {
	var reasons []string
	for _, problem := range row.Problems {
		reasons = append(reasons, fmt.Sprintf("%s：%s。%s", problem.Cell, problem.Message.ZH, problem.Hint.ZH))
	}
	why = table.Cell{Text: strings.Join(reasons, "\n"), Look: table.Remark}
	switch {
	case row.Refused():
		return table.Cell{Text: "未收", Look: table.Refused}, why
	case len(row.Edits) == 0:
		return table.Cell{Text: "没有变", Look: table.Locked}, why
	case !written:
		why.Text = strings.TrimSpace("这一行没有问题，但别的行有，整张表没有写。\n" + why.Text)
		return table.Cell{Text: "未收", Look: table.Noticed}, why
	}
	if why.Text == "" {
		why.Text = fmt.Sprintf("改了 %d 处", len(row.Edits))
	}
	return table.Cell{Text: "已收", Look: table.Accepted}, why
}
