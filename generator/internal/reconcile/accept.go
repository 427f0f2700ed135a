package reconcile

import (
	"slices"
	"strings"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// Withdrawn, written as a decision or as the reason of an item of ours, takes back what was decided.
const Withdrawn = "撤回"

// Saying is what somebody filled in about one row, or about one item that is ours only.
type Saying struct {
	match   *Match
	own     *Own
	verdict string // one of record's, or Withdrawn
	items   []string
	reason  string
	at      string // position of the row's cell, for problems
}

// columnsAt is where the columns of a filled-in annex are, by title.
type columnsAt map[string]int

// Accept reads what people filled into the workbook of a report, or into CSV files saved from its sheets. File is its name in positions.
// Cells that were left as they were say nothing. What cannot be taken in is a problem at its cell; with any, nothing is to be written.
func (r *Report) Accept(file string, grids []table.Grid) ([]Saying, []diag.Problem) {
	a := acceptor{report: r, file: file, rows: map[string][]*AnnexRow{}, own: map[string]*AnnexRow{}, annexes: r.Annexes()}
	for i := range a.annexes {
		for n := range a.annexes[i].Rows {
			a.know(&a.annexes[i], &a.annexes[i].Rows[n])
		}
	}
	sheets := 0
	for i := range grids {
		if top, at := filledHeader(&grids[i]); at != nil {
			sheets++
			a.sheet(&grids[i], top, at)
		}
	}
	if sheets == 0 {
		a.problems = append(a.problems, diag.Problem{
			Position: diag.Position{File: file}, Rule: "not-a-form",
			Message: diag.Text{ZH: "没有一张表有“" + columnReason.Title + "”这一列", EN: "no sheet has the column " + columnReason.Title},
			Hint:    diag.Text{ZH: "交回 banshi reconcile --out 生成的 reconcile.xlsx，不要改列名", EN: "return the reconcile.xlsx that banshi reconcile --out wrote, with its headings as they are"},
		})
	}
	a.conflicts()
	return a.said, diag.Sort(a.problems)
}

// acceptor reads the sheets of a filled-in workbook.
type acceptor struct {
	report   *Report
	file     string
	annexes  []Annex
	rows     map[string][]*AnnexRow // what is printed of a row → rows
	own      map[string]*AnnexRow   // item → row
	sheets   map[*AnnexRow]*Annex
	said     []Saying
	problems []diag.Problem
}

// know enters a row of the report, so that it is found again in the workbook.
func (a *acceptor) know(annex *Annex, row *AnnexRow) {
	if a.sheets == nil {
		a.sheets = map[*AnnexRow]*Annex{}
	}
	a.sheets[row] = annex
	if row.own != nil {
		a.own[row.own.Item.ID] = row
		return
	}
	key := printedKey(annex.cell(row, columnCode), annex.cell(row, columnName), annex.cell(row, columnType))
	a.rows[key] = append(a.rows[key], row)
}

// printedKey is what a row is found by in a workbook that came back: what it printed of code, name and type.
func printedKey(code, name, typ string) string {
	return cleanCode(code) + "\x00" + nameKey(name) + "\x00" + nameKey(typ)
}

// cell returns the text of a row in a column, "" where the annex does not have it.
func (a *Annex) cell(row *AnnexRow, c Column) string {
	if i := slices.IndexFunc(a.Columns, func(o Column) bool { return o.Name == c.Name }); i >= 0 {
		return row.Cells[i]
	}
	return ""
}

// filledHeader finds the headings of an annex in a sheet.
func filledHeader(g *table.Grid) (row int, at columnsAt) {
	for row := range min(len(g.Cells), maxTitleRows) {
		at := columnsAt{}
		for c, text := range g.Cells[row] {
			at[together(text)] = c
		}
		_, reason := at[columnReason.Title]
		_, upper := at[columnName.Title]
		_, ours := at[columnOurItem.Title]
		if reason && (upper || ours) {
			return row, at
		}
	}
	return 0, nil
}

func (a *acceptor) sheet(g *table.Grid, top int, at columnsAt) {
	for n := top + 1; n < len(g.Cells); n++ {
		get := func(c Column) string {
			if i, ok := at[c.Title]; ok {
				return strings.TrimSpace(g.At(n, i))
			}
			return ""
		}
		pos := func(c Column) string { return CellPosition(a.file, g.Name, n, at[c.Title]) }
		said := Saying{verdict: together(get(columnVerdict)), reason: oneLine(get(columnReason)), at: pos(columnReason)}
		items := get(columnItems)
		row, missing := a.find(get)
		switch {
		case row == nil && said.verdict+said.reason+items != "":
			a.problem(said.at, "row-unknown", missing, "no such row in the table compared now", "核对的和填的要是同一张上级目录；换了新表就先重新生成再填", "compare the same table that was filled in, or make a new workbook")
		case row == nil:
		case row.own != nil:
			said.own = row.own
			a.ofOwn(said)
		case a.left(row, said, items):
		default:
			said.match = row.match
			a.ofRow(said, items, pos)
		}
	}
}

// find returns the row of the report that a row of the workbook is; missing says why there is none.
func (a *acceptor) find(get func(Column) string) (row *AnnexRow, missing string) {
	code, name, typ := get(columnCode), get(columnName), get(columnType)
	if name == "" {
		id := get(columnOurItem)
		if row = a.own[id]; row == nil && id != "" {
			return nil, "本省事项 " + id + " 这次不在“上级没有”的里面"
		}
		return row, "这一行没有事项"
	}
	list := a.rows[printedKey(code, name, typ)]
	for _, row := range list {
		if len(list) == 1 || a.sheets[row].cell(row, columnPlace) == together(get(columnPlace)) {
			return row, ""
		}
	}
	return nil, "这次核对的表里没有“" + together(name) + "”这一条"
}

// left reports whether the cells of a row are as they were given out.
func (a *acceptor) left(row *AnnexRow, said Saying, items string) bool {
	annex := a.sheets[row]
	same := func(c Column, now string) bool { return oneLine(annex.cell(row, c)) == oneLine(now) }
	return same(columnVerdict, said.verdict) && same(columnItems, items) && same(columnReason, said.reason)
}

func (a *acceptor) ofOwn(said Saying) {
	switch {
	case said.reason == "" || said.reason == said.own.Reason:
		return
	case said.reason == Withdrawn:
		if said.own.Reason == "" {
			return
		}
		said.verdict = Withdrawn
	case a.likeFormula(said):
		return
	}
	a.said = append(a.said, said)
}

// conflicts reports items that two rows would be, unless all rows say 合并, and takes back what is said of them.
func (a *acceptor) conflicts() {
	type claim struct {
		row  *Row
		part bool
	}
	said := map[*Match]bool{}
	owned := map[string]bool{}
	for _, s := range a.said {
		said[s.match] = true
		if s.own != nil && s.verdict != Withdrawn {
			owned[s.own.Item.ID] = true
		}
	}
	claims := map[string]claim{}
	for _, m := range a.report.Matches {
		for _, o := range m.Items {
			if !said[m] {
				claims[o.ID] = claim{m.Row, m.Decision != nil && m.Decision.Verdict == record.VerdictPart}
			}
		}
	}
	for i := range a.said {
		s := &a.said[i]
		for _, id := range s.items {
			now := claim{s.match.Row, s.verdict == record.VerdictPart}
			before, taken := claims[id]
			switch {
			case taken && !(before.part && now.part):
				a.problem(s.at, "mapping-twice", "“"+a.report.index.byID[id].Name+"”（"+id+"）已经和"+before.row.Place()+"“"+before.row.Name+"”对上", "the item is mapped to another row",
					"改正其中一条；上级的几条在本省是一个事项的，几条都在“决定”里写“合并”", "correct one of the two; where several rows are one item, all say 合并")
			case owned[id]:
				a.problem(s.at, "mapping-twice", id+" 在附件3里写了省级特设的原因，这里又对上了", "the item is said to be ours only", "清掉一处", "empty one of the two")
			}
			claims[id] = now
		}
	}
}

func (a *acceptor) problem(at, rule, zh, en, hint, hintEN string) {
	a.problems = append(a.problems, diag.Problem{
		Position: diag.Position{File: at}, Rule: rule, Message: diag.Text{ZH: zh, EN: en}, Hint: diag.Text{ZH: hint, EN: hintEN},
	})
}
