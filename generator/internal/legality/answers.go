package legality

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
	"banshi/generator/internal/tomlfile"
)

// Answer is what was filled in for one record.
type Answer struct {
	File     *catalog.File
	Legality record.Legality
	At       diag.Position // the cell of the opinion
}

// Change is the change of the record's file that the answer makes.
func (a Answer) Change() tomlfile.Change {
	v := tomlfile.Table{{Key: "opinion", Value: a.Legality.Opinion}}
	if len(a.Legality.Findings) > 0 {
		v = append(v, tomlfile.Member{Key: "findings", Value: a.Legality.Findings})
	}
	return tomlfile.Change{Path: []string{"review", "legality"}, Value: append(v,
		tomlfile.Member{Key: "document", Value: a.Legality.Document},
		tomlfile.Member{Key: "date", Value: tomlfile.Literal(a.Legality.Date.String())},
		tomlfile.Member{Key: "body", Value: a.Legality.Body})}
}

// Rule names the problems of filled-in sheets.
const Rule = "legality-sheet"

// Read takes the answers out of the sheets of a workbook; empty is how many rows were not filled in. Problems name the cell; with any,
// nothing should be taken over.
func Read(book string, sheets []table.Grid, s *catalog.Source) (answers []Answer, empty int, problems []diag.Problem) {
	r := &reader{book: book, source: s, seen: map[string]string{}}
	found := false
	for i := range sheets {
		if r.sheet(&sheets[i]) {
			found = true
		}
	}
	if !found {
		r.problems = append(r.problems, diag.Problem{Position: diag.Position{File: book}, Rule: Rule,
			Message: diag.Text{ZH: "没有一张表有“记录”“审查意见”这些列", EN: "no sheet has the columns of an examination"},
			Hint:    diag.Text{ZH: "要填的是 banshi report legality 导出的表，表头不要改", EN: "fill in what `banshi report legality` has written, and leave its header"}})
	}
	return r.answers, r.empty, r.problems
}

type reader struct {
	book     string
	source   *catalog.Source
	sheetNow *table.Grid
	columns  map[string]int
	seen     map[string]string // record → the cell that spoke of it
	answers  []Answer
	empty    int
	problems []diag.Problem
}

// wanted are the titles that a sheet must have.
func wanted() []string {
	return append([]string{titleRecord, titlePrint, titleOpinion, titleDocument, titleDate, titleBody}, Findings...)
}

// sheet reads one sheet, and reports whether it is one of an examination.
func (r *reader) sheet(g *table.Grid) bool {
	header := -1
	for n := range g.Cells {
		if r.columns = headerOf(g.Cells[n]); r.columns != nil {
			header = n
			break
		}
	}
	if header < 0 {
		return false
	}
	r.sheetNow = g
	for n := header + 1; n < len(g.Cells); n++ {
		if headerOf(g.Cells[n]) == nil {
			r.row(n)
		}
	}
	return true
}

// headerOf returns the columns of a row that has all titles, else nil.
func headerOf(cells []string) map[string]int {
	out := map[string]int{}
	for i, c := range cells {
		title, _, _ := strings.Cut(clean(c), "（")
		title = strings.TrimRight(title, "？?")
		if _, twice := out[title]; !twice {
			out[title] = i
		}
	}
	for _, t := range wanted() {
		if _, ok := out[t]; !ok {
			return nil
		}
	}
	return out
}

// clean is a text without the spaces and line ends that an office leaves at its edges and inside.
func clean(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u3000", " ")), " ")
}

func (r *reader) cell(row int, title string) string {
	return clean(r.sheetNow.At(row, r.columns[title]))
}

// at is the position of a cell: book!sheet!C7.
func (r *reader) at(row int, title string) diag.Position {
	return diag.Position{File: r.book + "!" + r.sheetNow.Name + "!" + table.CellName(row, r.columns[title])}
}

func (r *reader) refuse(row int, title, zh, en, hint, hintEN string) {
	r.problems = append(r.problems, diag.Problem{Position: r.at(row, title), Rule: Rule, Message: diag.Text{ZH: zh, EN: en}, Hint: diag.Text{ZH: hint, EN: hintEN}})
}

// row reads one row. A row without any answer waits; one with some must be whole.
func (r *reader) row(n int) {
	filled := false
	for _, t := range wanted()[2:] {
		filled = filled || r.cell(n, t) != ""
	}
	path := r.cell(n, titleRecord)
	if !filled {
		if path != "" {
			r.empty++
		}
		return
	}
	before := len(r.problems)
	a := Answer{At: r.at(n, titleOpinion)}
	a.File = r.record(n, path)
	a.Legality.Opinion = r.opinion(n)
	for _, f := range Findings {
		if r.tick(n, f) {
			a.Legality.Findings = append(a.Legality.Findings, f)
		}
	}
	a.Legality.Document = r.text(n, titleDocument, "意见书的文号，例如 示司审〔2026〕3号")
	a.Legality.Date = r.day(n)
	a.Legality.Body = r.text(n, titleBody, "审查机构的全称，不写人名")
	if len(r.problems) == before {
		r.answers = append(r.answers, a)
	}
}

// record finds the record of a row; it must say what it said when the sheet was written.
func (r *reader) record(n int, path string) *catalog.File {
	f := r.find(path)
	switch {
	case f == nil:
		r.refuse(n, titleRecord, fmt.Sprintf("没有“%s”这份记录，或者它不是事项、业务办理项、各地记录", path), fmt.Sprintf("%q is no record of an item, a procedure or a place", path),
			"这一列不要改；记录改了名的，重新导出", "leave this column as it was, or write the sheet anew")
		return nil
	case r.cell(n, titlePrint) != PrintOf(f):
		r.refuse(n, titlePrint, fmt.Sprintf("“%s”在导出以后又改过，这一行的意见是对旧内容提的", path), fmt.Sprintf("%s was changed after the sheet was written", path),
			"请重新导出，再审这一行", "write the sheet anew and examine this row again")
		return nil
	case r.seen[path] != "":
		r.refuse(n, titleRecord, fmt.Sprintf("“%s”前面 %s 已经填过", path, r.seen[path]), fmt.Sprintf("%s was filled in at %s already", path, r.seen[path]), "删掉一行", "remove one of the rows")
		return nil
	}
	r.seen[path] = table.CellName(n, r.columns[titleRecord])
	return f
}

// find returns the record at exactly this path, of the kinds that are examined.
func (r *reader) find(path string) *catalog.File {
	for _, list := range [][]*catalog.File{r.source.Files, r.source.Future} {
		for _, f := range list {
			if f.Path == path && slices.Contains([]record.Kind{record.KindItem, record.KindProcedure, record.KindImplementation}, f.Kind) {
				return f
			}
		}
	}
	return nil
}

func (r *reader) opinion(n int) string {
	s := r.cell(n, titleOpinion)
	if !slices.Contains(record.Opinions, s) {
		zh := fmt.Sprintf("审查意见写的是“%s”，认不出", s)
		if s == "" {
			zh = "没有填审查意见"
		}
		r.refuse(n, titleOpinion, zh, fmt.Sprintf("%q is no opinion", s), "写 "+strings.Join(record.Opinions, "、")+" 里的一个；没审完的，整行空着", "write one of "+strings.Join(record.Opinions, ", ")+", or leave the whole row empty")
	}
	return s
}

// tick reads 是 or 否 and what people write for them.
func (r *reader) tick(n int, title string) bool {
	s := r.cell(n, title)
	switch s {
	case "是", "√", "✓", "✔", "有", "Y", "y":
		return true
	case "", "否", "×", "✗", "无", "没有", "N", "n":
		return false
	}
	r.refuse(n, title, fmt.Sprintf("“%s”认不出", s), fmt.Sprintf("%q is neither yes nor no", s), "写“是”或者“否”", "write 是 or 否")
	return false
}

func (r *reader) text(n int, title, what string) string {
	s := r.cell(n, title)
	if s == "" {
		r.refuse(n, title, "没有填"+title, "nothing is filled in", "填"+what, "fill it in")
	}
	return s
}

// dayForms are the forms in which people write a day.
var dayForms = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日"}

// day reads a day; a number is how Excel keeps one.
func (r *reader) day(n int) record.Date {
	s := r.cell(n, titleDate)
	day := record.Date(0)
	for _, form := range dayForms {
		if t, err := time.Parse(form, s); err == nil {
			day = record.DateOf(t)
		}
	}
	if x, err := strconv.ParseFloat(s, 64); err == nil && 36526 <= x && x < 73051 { // 2000 to 2099
		day = record.Date(18991230).AddDays(int(x))
	}
	switch {
	case s == "":
		r.refuse(n, titleDate, "没有填审查日期", "the day is missing", "写成 2026-11-20", "write it as 2026-11-20")
	case day == 0:
		r.refuse(n, titleDate, fmt.Sprintf("日期“%s”读不懂", s), fmt.Sprintf("%q is no day", s), "写成 2026-11-20", "write it as 2026-11-20")
	case day > r.source.AsOf:
		r.refuse(n, titleDate, fmt.Sprintf("审查日期 %s 还没到", day), fmt.Sprintf("%s has not come yet", day), "核对年月日", "check the day")
		return 0
	}
	return day
}
