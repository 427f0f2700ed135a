package office

import (
	"fmt"
	"slices"
	"strings"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
	"banshi/generator/internal/zh"
)

// matched is a sheet whose columns were found: which design it follows and where each of its columns stands.
type matched struct {
	sheet   *table.FilledSheet
	design  *design
	columns []int // per column of the sheet that of the design, -1 for others
	header  int   // the row of the titles, from 1
	place   Place
	empty   []string // cells without a text where the record has one
}

// emptied notes a cell without a text where the record has one.
func (m *matched) emptied(cell string) { m.empty = append(m.empty, cell) }

// headerSearch is how many rows of a sheet are looked through for the titles of columns: titles, units and dates stand above them.
const headerSearch = 30

// match finds the design and the header of a sheet. A sheet that has neither is none of ours.
func match(g *table.FilledSheet, all []*design) *matched {
	var best *matched
	most := 0
	for _, row := range g.Rows[:min(len(g.Rows), headerSearch)] {
		titles := make([]string, len(row.Cells))
		for i, text := range row.Cells {
			if !g.Wide(row.Number, i) {
				titles[i] = bare(text)
			}
		}
		for _, d := range all {
			columns, n := d.match(titles)
			if n < 2 {
				continue
			}
			if sheetName(d.name) == g.Name {
				n += 100 // the sheet says itself what it is
			}
			if n > most && d.tells(columns) {
				most, best = n, &matched{sheet: g, design: d, columns: columns, header: row.Number}
			}
		}
	}
	return best
}

// match compares the titles of a row with those of the columns, and counts those that are one.
func (d *design) match(titles []string) (columns []int, n int) {
	columns = make([]int, len(titles))
	taken := map[int]bool{}
	for i, title := range titles {
		columns[i] = -1
		for _, j := range d.titled(title) {
			if !taken[j] {
				columns[i], taken[j] = j, true
				n++
				break
			}
		}
	}
	return columns, n
}

// titled returns the columns that a title can mean, our own titles first.
func (d *design) titled(title string) []int {
	if title == "" {
		return nil
	}
	if d.titles == nil {
		d.titles = map[string][]int{}
		for _, words := range []func(c *column) []string{(*column).own, (*column).others} {
			for j := range d.columns {
				for _, w := range words(&d.columns[j]) {
					if w != "" && !slices.Contains(d.titles[w], j) {
						d.titles[w] = append(d.titles[w], j)
					}
				}
			}
		}
	}
	return d.titles[title]
}

// tells reports whether rows can be told apart: each id has its column, or one with the name or code of what it is the id of.
func (d *design) tells(columns []int) bool {
	ids, notes := d.find(identID), d.noteColumns()
	for i, id := range ids {
		ways := []int{id}
		if i < len(notes) {
			ways = append(ways, notes[i])
		} else {
			for j := range d.columns {
				if c := &d.columns[j]; len(d.list) == 0 && len(c.path) == 1 && (c.path[0] == "name" || c.path[0] == "code" && d.kind == record.KindItem) {
					ways = append(ways, j)
				}
			}
		}
		if !slices.ContainsFunc(ways, func(j int) bool { return slices.Contains(columns, j) }) {
			return false
		}
	}
	return true
}

// noteColumns are the columns that have the names of the first ids, in order.
func (d *design) noteColumns() []int {
	if !d.clerk {
		return d.find(identNote)
	}
	var out []int
	for _, title := range noteTitles[d.kind] {
		out = append(out, slices.IndexFunc(d.columns, func(c column) bool { return c.title == title }))
	}
	return out
}

// bare is the title of a column without what people put around it: marks of what must be filled in, brackets of units, line breaks.
func bare(s string) string {
	s = strings.NewReplacer("*", "", "＊", "", "\n", "", " ", "", ":", "", "：", "", "．", "·").Replace(tidy(zh.Simplify(s)))
	if title, _, ok := strings.Cut(strings.ReplaceAll(s, "(", "（"), "（"); ok && title != "" {
		return title
	}
	return s
}

// own is the title that we give a column.
func (c *column) own() []string { return []string{bare(c.title)} }

// others are what else a column is called: by citizens, by its key, and by the national exchange tables.
func (c *column) others() []string {
	if c.ident != notIdent || c.locked {
		return nil
	}
	words := []string{strings.Join(c.path, "."), c.key.Column}
	if len(c.path) == 1 {
		words = append(words, bare(c.key.Label))
	}
	return words
}

// strange names the titles of a sheet that are of no column.
func (m *matched) strange() (out []diag.Problem) {
	var titles []string
	for i := range m.design.columns {
		titles = append(titles, m.design.columns[i].title)
	}
	for _, row := range m.sheet.Rows {
		if row.Number != m.header {
			continue
		}
		for i, text := range row.Cells {
			t := bare(text)
			if m.columns[i] >= 0 || t == "" || t == "序号" || strings.HasPrefix(t, "备注") || t == receiptTitle || t == reasonTitle {
				continue
			}
			p := m.place
			p.Row, p.Column = m.header, i
			problem := p.problem("sheet-column", diag.Text{ZH: fmt.Sprintf("不认识列名“%s”，这一列没有读", t), EN: fmt.Sprintf("unknown column %q is not read", t)},
				diag.Text{ZH: "用模板里的列名（banshi export xlsx --template）", EN: "use the titles of the template"})
			if near := nearest(t, titles); near != "" {
				problem.Hint = diag.Text{ZH: "是不是“" + near + "”？", EN: "did you mean " + near + "?"}
			}
			problem.Severity = diag.Warning
			out = append(out, problem)
		}
	}
	return out
}

// repeated reports whether a row is the header once more, as printed tables have it on every page.
func (m *matched) repeated(row table.FilledRow) bool {
	same, filled := 0, 0
	for i, text := range row.Cells {
		if tidy(text) == "" {
			continue
		}
		filled++
		if i < len(m.columns) && m.columns[i] >= 0 && slices.Contains(m.design.titled(bare(text)), m.columns[i]) {
			same++
		}
	}
	return filled > 1 && same*2 > filled
}

// remark reports whether a row is a note below or between the rows: 备注, 填表说明, 合计 …, or one text over the whole width.
func (m *matched) remark(row table.FilledRow) bool {
	var texts []string
	for i, text := range row.Cells {
		if t := tidy(text); t != "" && !slices.Contains(texts, t) {
			texts = append(texts, t)
			if len(texts) == 1 && m.sheet.Wide(row.Number, i) && strings.Count(strings.Join(row.Cells, "\x00"), text) > 2 {
				return true
			}
		}
	}
	if len(texts) == 0 || len(texts) > 4 {
		return false
	}
	first := strings.ReplaceAll(texts[0], " ", "")
	for _, word := range []string{"备注", "注：", "注:", "说明：", "说明:", "填表", "填报", "合计", "总计", "制表", "审核人", "联系人", "单位负责人"} {
		if strings.HasPrefix(first, word) {
			return true
		}
	}
	return false
}

// allDesigns are the sheets that a workbook can have.
func allDesigns() (out []*design) {
	out = append(out, clerkDesign())
	for _, kind := range Kinds {
		out = append(out, designs(kind)...)
	}
	return slices.DeleteFunc(out, (*design).hollow)
}

// nearest returns the title that is most like a text, "" where none is.
func nearest(text string, titles []string) string {
	best, least := "", len([]rune(text))/3+2
	for _, t := range titles {
		if d := diag.Distance(text, bare(t)); d < least {
			best, least = t, d
		}
	}
	return best
}

// hollow reports whether a sheet would have no column of its own: what the record says stands in its lists.
func (d *design) hollow() bool {
	return !slices.ContainsFunc(d.columns, func(c column) bool { return c.ident == notIdent })
}
