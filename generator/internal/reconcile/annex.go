package reconcile

import (
	"fmt"
	"strings"

	"banshi/generator/internal/record"
)

// Annex is one of the four tables that a reconciliation is reported in, as S0 四(二) names them. Its columns are a proposal: the document
// prints none.
type Annex struct {
	Number  int    // 1 to 4
	Name    string // of its CSV file
	Title   string
	Note    string // how it is read and filled in
	Columns []Column
	Rows    []AnnexRow
}

// Column is a column of an annex.
type Column struct {
	Name  string // for programs, snake_case
	Title string
	Width float64
	Fill  Fill // what people write into it
	Paper bool // printed on paper too, where there is less room
}

// Fill is what a column is filled in with.
type Fill string

// The columns that people fill in; "" is a column that is given.
const (
	FillVerdict Fill = "verdict"
	FillItems   Fill = "items"
	FillReason  Fill = "reason"
)

// AnnexRow is a row of an annex: the texts of its columns, and whether somebody has to look at it.
type AnnexRow struct {
	Cells []string
	Open  bool
	match *Match
	own   *Own
}

// The columns that several annexes have.
var (
	columnNo         = Column{Name: "no", Title: "序号", Width: 6, Paper: true}
	columnPlace      = Column{Name: "place", Title: "表中位置", Width: 14}
	columnCode       = Column{Name: "upper_code", Title: "上级编码", Width: 16, Paper: true}
	columnName       = Column{Name: "upper_name", Title: "上级事项名称", Width: 28, Paper: true}
	columnType       = Column{Name: "upper_type", Title: "上级类型", Width: 12, Paper: true}
	columnBasis      = Column{Name: "upper_basis", Title: "上级设定依据", Width: 40}
	columnLevels     = Column{Name: "upper_levels", Title: "上级行使层级", Width: 16}
	columnDepartment = Column{Name: "upper_department", Title: "上级主管部门", Width: 16}

	columnOurItem   = Column{Name: "item", Title: "本省事项编号", Width: 20}
	columnOurName   = Column{Name: "name", Title: "本省事项名称", Width: 28, Paper: true}
	columnOurCode   = Column{Name: "code", Title: "本省编码", Width: 16}
	columnOurType   = Column{Name: "type", Title: "本省类型", Width: 12}
	columnOurBasis  = Column{Name: "basis", Title: "本省设定依据", Width: 40}
	columnOurLevels = Column{Name: "levels", Title: "本省行使层级", Width: 16}

	columnBefore  = Column{Name: "decided_before", Title: "以前的决定", Width: 22}
	columnMoved   = Column{Name: "moved", Title: "决定以后的变化", Width: 30, Paper: true}
	columnVerdict = Column{Name: "verdict", Title: "【填】决定", Width: 11, Fill: FillVerdict}
	columnItems   = Column{Name: "decided_items", Title: "【填】对应的本省事项", Width: 26, Fill: FillItems, Paper: true}
	columnReason  = Column{Name: "reason", Title: "【填】原因", Width: 34, Fill: FillReason, Paper: true}
)

var upperColumns = []Column{columnNo, columnPlace, columnCode, columnName, columnType, columnBasis, columnLevels, columnDepartment}

// columnsOfCandidates are one for each that may be proposed.
var columnsOfCandidates = []Column{
	{Name: "candidate_1", Title: "候选一", Width: 34, Paper: true},
	{Name: "candidate_2", Title: "候选二", Width: 34},
	{Name: "candidate_3", Title: "候选三", Width: 34},
}

// Annexes returns the four tables. Every row of the upper-level catalogue stands in exactly one of them, and every item of ours in
// force in at least one: public services in the fourth, all others in the first three.
func (r *Report) Annexes() []Annex {
	return []Annex{r.matchedAnnex(), r.unmatchedAnnex(), r.ownAnnex(), r.serviceAnnex()}
}

// isService reports whether a type of items is that of the fourth annex.
func isService(typ string) bool { return typ == typeService }

const typeService = "公共服务"

func (m *Match) service() bool {
	if m.Row.Type == "" && len(m.Items) > 0 {
		return isService(m.Items[0].Item.Type)
	}
	return isService(m.Row.Type)
}

func (r *Report) matchedAnnex() Annex {
	a := Annex{
		Number: 1, Name: "annex-1-matched", Title: "附件1 核对表",
		Note: "编码相同、名称和类型都相同的自动对上，其余按以前的决定。“不同”的要么改本省目录，要么在“原因”里写明为什么可以不同。对错了的，在“对应的本省事项”里改。",
	}
	a.Columns = append(append([]Column{}, upperColumns...), columnOurItem, columnOurName, columnOurCode, columnOurType, columnOurBasis, columnOurLevels,
		Column{Name: "how", Title: "怎么对上的", Width: 14, Paper: true})
	for _, f := range compared {
		a.Columns = append(a.Columns, Column{Name: "same_" + string(f), Title: f.Title().ZH, Width: 7, Paper: true})
	}
	a.Columns = append(a.Columns, Column{Name: "differences", Title: "不同在哪里", Width: 44, Paper: true}, columnBefore, columnMoved, columnVerdict, columnItems, columnReason)
	for _, m := range r.Matches {
		if m.How == "" || m.service() {
			continue
		}
		cells := append(upperCells(len(a.Rows)+1, m.Row), r.ourCells(m.Items)...)
		cells = append(cells, string(m.How))
		for _, d := range m.Differences {
			cells = append(cells, string(d.State))
		}
		a.Rows = append(a.Rows, m.annexRow(append(cells, m.sayDifferences())))
	}
	return a
}

func (r *Report) unmatchedAnnex() Annex {
	a := Annex{
		Number: 2, Name: "annex-2-unmatched", Title: "附件2 未比对上事项梳理表",
		Note: "候选只是推荐，一个也没有自动认定。是候选里的，在“对应的本省事项”里选（也可以写 候选一）；本省没有的，在“原因”里写明，例如 由国家部委直接办理。",
	}
	a.Columns = append(append([]Column{}, upperColumns...), columnsOfCandidates...)
	a.Columns = append(a.Columns, Column{Name: "hint", Title: "提示", Width: 20}, columnBefore, columnMoved, columnVerdict, columnItems, columnReason)
	for _, m := range r.Matches {
		if m.How != "" || m.service() {
			continue
		}
		cells := append(upperCells(len(a.Rows)+1, m.Row), m.candidateCells()...)
		a.Rows = append(a.Rows, m.annexRow(append(cells, m.Hint)))
	}
	return a
}

func (r *Report) ownAnnex() Annex {
	a := Annex{
		Number: 3, Name: "annex-3-ours-only", Title: "附件3 省级特设事项梳理表",
		Note: "本省在用、上级目录没有的事项。在“原因”里写明依据，例如 由本省地方性法规设定。其实是上级某一条的，到附件2那一条去填。",
		Columns: []Column{columnNo, columnOurItem, columnOurName, columnOurCode, columnOurType, columnOurBasis, columnOurLevels,
			{Name: "department", Title: "业务指导部门", Width: 16, Paper: true}, {Name: "origin", Title: "由谁设定", Width: 10, Paper: true},
			{Name: "nearest", Title: "最接近的上级条目", Width: 36, Paper: true}, {Name: "hint", Title: "提示", Width: 30, Paper: true}, columnReason},
	}
	a.Columns[3].Paper, a.Columns[4].Paper, a.Columns[5].Paper = true, true, true
	for _, o := range r.Own {
		if isService(o.Item.Item.Type) {
			continue
		}
		cells := append([]string{fmt.Sprint(len(a.Rows) + 1)}, r.ourCells([]*ourItem{o.Item})...)
		cells = append(cells, o.Item.Department, o.Item.Origin, o.sayNear(), o.hint(), o.Reason)
		a.Rows = append(a.Rows, AnnexRow{Cells: cells, Open: o.Reason == "", own: o})
	}
	return a
}

func (r *Report) serviceAnnex() Annex {
	a := Annex{
		Number: 4, Name: "annex-4-services", Title: "附件4 公共服务事项梳理表",
		Note: "公共服务单列：两边都有的、上级有本省没有的、本省有上级没有的，都在这里。填法同前三张表。",
	}
	a.Columns = append([]Column{columnNo, {Name: "state", Title: "情况", Width: 16, Paper: true}}, upperColumns[1:]...)
	a.Columns = append(a.Columns, columnOurItem, columnOurName, columnOurCode, columnOurType, columnOurBasis, columnOurLevels,
		Column{Name: "benchmark", Title: "对标", Width: 12}, Column{Name: "how", Title: "怎么对上的", Width: 14},
		Column{Name: "differences", Title: "不同在哪里", Width: 44, Paper: true})
	a.Columns = append(a.Columns, columnsOfCandidates...)
	a.Columns = append(a.Columns, columnBefore, columnMoved, columnVerdict, columnItems, columnReason)
	for _, m := range r.Matches {
		if !m.service() {
			continue
		}
		state, benchmark := "上级有，本省没有", ""
		if m.How != "" {
			state, benchmark = "两边都有", m.Items[0].Benchmark
		}
		cells := upperCells(len(a.Rows)+1, m.Row)
		cells = append([]string{cells[0], state}, cells[1:]...)
		cells = append(append(cells, r.ourCells(m.Items)...), benchmark, string(m.How), m.sayDifferences())
		a.Rows = append(a.Rows, m.annexRow(append(cells, m.candidateCells()...)))
	}
	for _, o := range r.Own {
		if !isService(o.Item.Item.Type) {
			continue
		}
		cells := append([]string{fmt.Sprint(len(a.Rows) + 1), "本省有，上级没有"}, make([]string, len(upperColumns)-1)...)
		cells = append(append(cells, r.ourCells([]*ourItem{o.Item})...), o.Item.Benchmark, "", o.hint())
		cells = append(cells, o.sayNear(), "", "", "", "", "", "", o.Reason)
		a.Rows = append(a.Rows, AnnexRow{Cells: cells, Open: o.Reason == "", own: o})
	}
	return a
}

// upperCells are the cells of upperColumns.
func upperCells(no int, r *Row) []string {
	name := r.Name
	if r.Main != "" {
		name = r.Main + "／" + name
	}
	return []string{fmt.Sprint(no), r.Place(), r.Code, name, r.Type, strings.TrimSpace(r.Basis), r.LevelsText, r.Department}
}

// ourCells are id, name, code, type, basis and levels of the items that a row is.
func (r *Report) ourCells(items []*ourItem) []string {
	cells := make([][]string, 6)
	for _, o := range items {
		code := o.Code
		if o.CodeStatus == record.CodeSample && code != "" {
			code += "（样例）"
		}
		for i, v := range []string{o.ID, o.Name, code, o.Item.Type, sayCitations(o.citations), strings.Join(o.Levels, "、")} {
			cells[i] = append(cells[i], v)
		}
	}
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.Join(c, "\n")
	}
	return out
}

func (m *Match) candidateCells() []string {
	out := make([]string, maxCandidates)
	for i, c := range m.Candidates {
		out[i] = c.Item.Name + "（" + c.Item.ID + "）\n" + c.Say()
	}
	return out
}

// sayDifferences puts the differences of a matched row in words.
func (m *Match) sayDifferences() string {
	var words []string
	for _, d := range m.Differences {
		if d.Words != "" {
			words = append(words, d.Field.Title().ZH+"："+d.Words)
		}
	}
	return strings.Join(words, "\n")
}

// annexRow ends the cells of a row with what was decided and what is to be filled in. Where the table has moved since, the old decision
// is shown and not filled in: it is to be said again.
func (m *Match) annexRow(cells []string) AnnexRow {
	before, verdict, items, reason := "", "", "", ""
	if d := m.Decision; d != nil {
		verdict, items, reason = d.Verdict, strings.Join(d.Items, "、"), d.Reason
		before = strings.TrimRight(verdict+" "+items+"\n"+reason, " \n")
	}
	if len(m.Moved) > 0 {
		verdict, items, reason = "", "", ""
	}
	return AnnexRow{Cells: append(cells, before, strings.Join(m.Moved, "\n"), verdict, items, reason), Open: m.Open(), match: m}
}

func (o *Own) sayNear() string {
	if o.Near == nil {
		return ""
	}
	for _, c := range o.Near.Candidates {
		if c.Item == o.Item {
			return o.Near.Row.Name + "（" + o.Near.Row.Place() + "）\n" + c.Say()
		}
	}
	return ""
}

// hint speaks of an item that says itself it comes from above.
func (o *Own) hint() string {
	if o.Item.Origin == "国家" {
		return "本省记的是国家设定的事项，上级目录里却没有：核对是不是改了名、并到了别的事项，或者已经取消"
	}
	return ""
}
