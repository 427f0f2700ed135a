package office

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
	"banshi/generator/internal/tomlfile"
)

// Plan is what a workbook would change: its rows in order, each with its edits and its problems.
type Plan struct {
	Book string
	Rows []*Row
	// Problems are those of the workbook and its sheets, not of single rows.
	Problems []diag.Problem

	records *Records
	states  map[string]*state
	grid    *table.Filled
	sheets  []*matched
	set     map[string]Place // file and key → the cell that sets it
	spots   map[string][]spot
}

// Row is a row of a sheet that is about a record.
type Row struct {
	Place
	Title    string         // what it is about, for people
	Edits    []Edit         // none where the row says what the record says
	Problems []diag.Problem // of its cells
	own      int            // how many of them were found when it was read, before the rules
}

// Refused reports whether the row cannot be taken.
func (r *Row) Refused() bool { return diag.Errors(r.Problems) > 0 }

// Edit is one change of a record.
type Edit struct {
	File string // path in the site
	Path []string
	// Value is as in [tomlfile.Change]; nil removes.
	Value any
	Place Place
}

// state is a record that rows change: its values before, and the lengths of its lists with what rows add.
type state struct {
	file    *catalog.File // nil for a new record
	base    []byte        // the text that is changed
	kind    record.Kind
	ids     []string
	tree    map[string]any
	lengths map[string]int
}

// ImportOptions change how a workbook is read.
type ImportOptions struct {
	Profile *record.Profile // foreign codes, nil for none
}

// Import reads the sheets of a workbook against the records. Book is its name in positions.
func (r *Records) Import(book string, g *table.Filled, o ImportOptions) *Plan {
	p := &Plan{Book: book, records: r, grid: g, states: map[string]*state{}, set: map[string]Place{}}
	all := allDesigns()
	for _, s := range g.Sheets {
		place := Place{Book: book, Sheet: s.Name}
		switch {
		case s.Name == wordsSheet || s.Name == "说明" || len(s.Rows) == 0:
			continue
		case s.Hidden:
			p.warn(place, "sheet-unknown", "隐藏的工作表没有读", "a hidden sheet is not read", "要导入就取消隐藏", "show it to import it")
			continue
		}
		m := match(s, all)
		if m == nil {
			p.warn(place, "sheet-unknown", "看不出这张表是什么：前 30 行里没有认识的列名", "none of the first 30 rows has titles of columns that are known",
				"用模板里的列名（banshi export xlsx --template）；至少要有编号或名称一列", "use the titles of the template, with at least an id or a name")
			continue
		}
		m.place = place
		p.sheets = append(p.sheets, m)
		p.Problems = append(p.Problems, m.strange()...)
	}
	for _, m := range p.sheets {
		p.announce(m)
	}
	for _, m := range p.sheets {
		p.read(m, o)
		if n := len(m.empty); n > 0 {
			cells := strings.Join(m.empty[:min(n, 3)], "、")
			p.warn(m.place, "cell-empty", fmt.Sprintf("%d 个格子空着，记录里有内容，没有改（%s%s）", n, cells, map[bool]string{true: " 等"}[n > 3]),
				fmt.Sprintf("%d cells are empty where the record has a value, and change nothing (%s)", n, strings.Join(m.empty[:min(n, 3)], ", ")), "要去掉原来的内容，在格子里写“清空”", "write 清空 to remove a value")
		}
	}
	return p
}

// announce takes in the names of the records that a sheet adds, so that other sheets of the workbook can speak of them.
func (p *Plan) announce(m *matched) {
	n := p.records.names
	ids := m.design.find(identID)
	if len(m.design.list) > 0 || len(ids) != 1 || !n.known(string(m.design.kind)) {
		return
	}
	for _, raw := range m.sheet.Rows {
		x := &rowReader{plan: p, matched: m, raw: raw}
		id, _ := x.text(ids[0])
		if id = half(id); raw.Number > m.header && record.IsID(id) {
			if _, ok := n.of[string(m.design.kind)][id]; !ok {
				n.add(string(m.design.kind), id, clean(x.value("name"), false))
			}
		}
	}
}

func (p *Plan) warn(place Place, rule, zh, en, hint, hintEN string) {
	problem := place.problem(rule, diag.Text{ZH: zh, EN: en}, diag.Text{ZH: hint, EN: hintEN})
	problem.Severity = diag.Warning
	p.Problems = append(p.Problems, problem)
}

// read reads the rows of a sheet.
func (p *Plan) read(m *matched, o ImportOptions) {
	for _, row := range m.sheet.Rows {
		if row.Number <= m.header || m.repeated(row) || m.remark(row) || blank(row) {
			continue
		}
		place := m.place
		place.Row, place.Column = row.Number, -1
		x := &rowReader{plan: p, matched: m, raw: row, row: &Row{Place: place}, options: o}
		x.read()
		x.row.own = len(x.row.Problems)
		p.Rows = append(p.Rows, x.row)
	}
}

func blank(row table.FilledRow) bool {
	return !slices.ContainsFunc(row.Cells, func(s string) bool { return tidy(s) != "" })
}

// state returns the record at a path; the base of a version that is new and written ahead is the present one.
func (p *Plan) state(path string, kind record.Kind, ids []string, present string) *state {
	if s := p.states[path]; s != nil {
		return s
	}
	s := &state{kind: kind, ids: ids, lengths: map[string]int{}}
	s.file = p.records.lookup(path)
	from := s.file
	if from == nil && present != path {
		from = p.records.lookup(present)
	}
	if from != nil {
		s.base = from.Doc.Data
	}
	s.tree = treeOf(from)
	p.states[path] = s
	return s
}

// lookup returns the record at a path of the site: present, past or written ahead.
func (r *Records) lookup(path string) *catalog.File {
	if r.byPath == nil {
		r.byPath = map[string]*catalog.File{}
		s := r.Catalog.Source
		for _, list := range [][]*catalog.File{s.Files, s.Superseded, s.Future} {
			for _, f := range list {
				r.byPath[f.Path] = f
			}
		}
	}
	return r.byPath[path]
}

// Texts returns the new texts of the records that the rows change, by path in the site, for rows that are not refused. Order gives
// the order of keys of a kind. A text that cannot be made is a problem of its rows.
func (p *Plan) Texts(order func(record.Kind) func(path []string) []string) map[string][]byte {
	byFile := map[string][]Edit{}
	rows := map[string]*Row{}
	for _, row := range p.Rows {
		if row.Refused() {
			continue
		}
		for _, e := range row.Edits {
			byFile[e.File] = append(byFile[e.File], e)
			rows[e.File] = row
		}
	}
	out := map[string][]byte{}
	for _, path := range slices.Sorted(maps.Keys(byFile)) {
		s := p.states[path]
		text, err := tomlfile.Edit(s.base, order(s.kind), inOrder(byFile[path])...)
		if err != nil {
			row := rows[path]
			row.Problems = append(row.Problems, row.Place.problem("cell-value", diag.Text{ZH: "写不进 " + path + "：" + err.Error(), EN: path + " cannot be written: " + err.Error()}, diag.Text{}))
			continue
		}
		if s.file == nil || string(text) != string(s.base) {
			out[path] = text
		}
	}
	return out
}

// inOrder makes changes of edits: lines are removed last, the last line first, so that the numbers of the others hold.
func inOrder(edits []Edit) []tomlfile.Change {
	var set, removed []tomlfile.Change
	for _, e := range edits {
		c := tomlfile.Change{Path: e.Path, Value: e.Value}
		if e.Value == nil && isDigits(e.Path[len(e.Path)-1]) {
			removed = append(removed, c)
		} else {
			set = append(set, c)
		}
	}
	slices.SortStableFunc(removed, func(a, b tomlfile.Change) int { return -comparePaths(a.Path, b.Path) })
	return append(set, removed...)
}

func comparePaths(a, b []string) int {
	for i := range min(len(a), len(b)) {
		if isDigits(a[i]) && isDigits(b[i]) && len(a[i]) != len(b[i]) {
			return len(a[i]) - len(b[i])
		}
		if c := strings.Compare(a[i], b[i]); c != 0 {
			return c
		}
	}
	return len(a) - len(b)
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// spot is where a cell stands in the new text of a record.
type spot struct {
	at    diag.Position
	place Place
	row   *Row
}

// Placed remembers where the cells stand in records that were made of new texts, for [Plan.Locate]. What the rules said before of rows
// that are not refused is forgotten: they are asked again.
func (p *Plan) Placed(files map[string]*catalog.File) {
	p.spots = map[string][]spot{}
	for _, row := range p.Rows {
		if row.Refused() {
			continue
		}
		row.Problems = row.Problems[:row.own]
		for _, e := range row.Edits {
			if f := files[e.File]; f != nil {
				p.spots[e.File] = append(p.spots[e.File], spot{f.Position(e.Path...), e.Place, row})
			}
		}
	}
}

// Locate moves a problem of a record to the cell that makes it, adds it to the row and returns it. A problem of a record that no row
// changes stays where it is, and the row is nil.
func (p *Plan) Locate(problem diag.Problem) (diag.Problem, *Row) {
	spots := p.spots[problem.File]
	if len(spots) == 0 {
		return problem, nil
	}
	best := spots[0]
	for _, s := range spots {
		if !before(problem.Position, s.at) && (before(best.at, s.at) || before(problem.Position, best.at)) {
			best = s
		}
	}
	in := diag.Note{Position: problem.Position, Text: diag.Text{ZH: "记录里的位置", EN: "where it would stand in the record"}}
	problem.Position = best.place.position()
	problem.Notes = append([]diag.Note{in}, problem.Notes...)
	best.row.Problems = append(best.row.Problems, problem)
	return problem, best.row
}

func before(a, b diag.Position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
}

// Summary says how many rows were read, change something and were refused.
func (p *Plan) Summary() diag.Text {
	changed, refused, files := 0, 0, map[string]bool{}
	for _, r := range p.Rows {
		switch {
		case r.Refused():
			refused++
		case len(r.Edits) > 0:
			changed++
			for _, e := range r.Edits {
				files[e.File] = true
			}
		}
	}
	return diag.Text{
		ZH: fmt.Sprintf("读了 %d 行：%d 行有修改（%d 份记录），%d 行有问题，%d 行没有变", len(p.Rows), changed, len(files), refused, len(p.Rows)-changed-refused),
		EN: fmt.Sprintf("%d rows: %d with changes (%d records), %d refused, %d unchanged", len(p.Rows), changed, len(files), refused, len(p.Rows)-changed-refused),
	}
}
