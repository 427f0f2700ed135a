package legality

import (
	"strings"

	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// SheetName is the sheet that is filled in.
const SheetName = "合法性审查"

// The titles of the columns that are read back.
const (
	titleRecord   = "记录"
	titlePrint    = "版本"
	titleOpinion  = "审查意见"
	titleDocument = "意见书文号"
	titleDate     = "审查日期"
	titleBody     = "审查机构"
)

// columns are the columns of the sheet. The first six are given, the rest is filled in.
func columns() []table.Column {
	out := []table.Column{
		{Name: "record", Title: titleRecord + "（不要改）"}, {Name: "print", Title: titlePrint + "（不要改）"}, {Name: "name", Title: "事项"},
		{Name: "changes", Title: "改了什么", Distinct: true, Lines: true}, {Name: "laws", Title: "依据现状", Distinct: true, Lines: true}, {Name: "hints", Title: "程序提示"},
	}
	for _, f := range Findings {
		out = append(out, table.Column{Name: f, Title: f + "？", Choices: []string{"是", "否"}})
	}
	return append(out,
		table.Column{Name: "opinion", Title: titleOpinion, Choices: record.Opinions}, table.Column{Name: "document", Title: titleDocument},
		table.Column{Name: "date", Title: titleDate}, table.Column{Name: "body", Title: titleBody})
}

// Table is the sheet of the rows. What a record has already of an opinion is not filled in: it was given for another text, or the
// examination is done.
func Table(rows []*Row) *table.Table {
	return &table.Table{Name: "legality", Title: SheetName, Columns: columns(), Rows: func(yield func([]table.Value) bool) {
		for _, r := range rows {
			cells := []string{r.Record, r.Print, r.Name, r.words(), r.lawWords(), strings.Join(r.Hints, "、")}
			row := make([]table.Value, len(columns()))
			for i, c := range cells {
				row[i] = table.TextOf(c)
			}
			if !yield(row) {
				return
			}
		}
	}}
}

// About is what the second sheet explains.
var About = [][2]string{
	{"怎么填", "一行是一份改过的记录。看“改了什么”和“依据现状”，填右边的格子；没有审完的行空着，不影响别的行。"},
	{"增设许可、增加材料、缩减权利", "写“是”或“否”，空着算“否”。“程序提示”是程序看出来的，只供参考，以审查为准。"},
	{"审查意见", "合法、修改后合法、不合法，三选一。"},
	{"意见书文号、审查日期、审查机构", "填了意见就都要填。日期写成 2026-11-20。机构写全称，不写人名。"},
	{"不要改", "“记录”和“版本”两列：填回去时靠它们找到记录；记录在导出以后又改过，这一行会被退回，请重新导出。"},
	{"填完以后", "banshi import legality 文件.xlsx：有一处填错，就什么也不写，并说出是哪个格子。"},
}

func (r *Row) words() string {
	lines := make([]string, len(r.Changes))
	for i, c := range r.Changes {
		lines[i] = c.Arrow + " " + c.Words
	}
	return strings.Join(lines, "\n")
}

func (r *Row) lawWords() string {
	lines := make([]string, len(r.Laws))
	for i, l := range r.Laws {
		lines[i] = l.Name + "：" + l.State
	}
	return strings.Join(lines, "\n")
}
