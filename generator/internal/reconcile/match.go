// Package reconcile compares an upper-level catalogue, a table as an office sends it, with the items of ours.
//
// [Read] finds the headings and rows in grids of cells, however they are laid out. [Compare] matches rows by their code, or by name and type,
// and proposes items for all others, with reasons in words; nothing near is ever taken by itself. What people decide stands in mapping
// records (data/mappings/): a decided row is asked again only when the table says something else of it. [Report.Annexes] are the four tables
// of the provincial work plan (S0 四(二), 附件1–4); they are written as a workbook to fill in, CSV, JSON and a page for paper, and
// [Report.Accept] reads the workbook back.
//
// Everything is deterministic: scores are whole numbers, ties are broken by the order of ids, and nothing is learned.
package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// How says by what a row was matched.
type How string

// The ways to be matched; "" is not.
const (
	ByCode     How = "编码相同"
	ByName     How = "名称和类型相同"
	ByDecision How = "以前的决定"
)

// Match is a row of the upper-level catalogue with what it is with us.
type Match struct {
	Row         *Row
	How         How
	Items       []*ourItem
	Differences []Difference // one for each of name, code, type, basis and levels, of a matched row
	Candidates  []Candidate  // of a row that is not matched
	Decision    *Decided     // what was decided before, if anything
	Moved       []string     // what has changed in the table since the decision, in words
	Hint        string       // what may explain a row that is not matched
}

// Open reports whether somebody has to look at the row: nothing is decided, or what was decided has moved since.
func (m *Match) Open() bool {
	switch {
	case len(m.Moved) > 0:
		return true
	case m.Decision != nil:
		return m.How == "" && m.Decision.Verdict != record.VerdictAbsent || m.Decision.Reason == "" && m.differs()
	}
	return m.How == "" || m.differs()
}

// differs reports whether a matched row says something else than we.
func (m *Match) differs() bool {
	return slices.ContainsFunc(m.Differences, func(d Difference) bool { return d.State == Differs })
}

// Own is an item of ours that no row is.
type Own struct {
	Item   *ourItem
	Reason string // why, where that was decided
	Near   *Match // the row that it was proposed for with the highest score, if any
	near   int
}

// Decided is a decision with the place where it stands.
type Decided struct {
	*record.Decision
	File *catalog.File
	N    int // of the decision in its file
}

// Report is the comparison of an upper-level catalogue with ours.
type Report struct {
	Upper   *Upper
	Mapping string // the id of the mapping
	Matches []*Match
	Own     []*Own
	// Stale are decisions about rows that the table no longer has.
	Stale []*Decided
	// Problems are cells that could not be read and rows that contradict each other.
	Problems []diag.Problem
	index    *index
	mapping  *mapping
}

// Compare compares an upper-level catalogue with the items of a catalog, with the decisions of the mapping with the id. The result is
// the same for the same input, whatever the machine.
func Compare(c *catalog.Catalog, u *Upper, mappingID string) *Report {
	r := &Report{Upper: u, Mapping: mappingID, index: newIndex(c), mapping: newMapping(c, mappingID), Problems: slices.Clone(u.Problems)}
	taken := map[*ourItem]*Row{}
	for _, row := range u.Rows {
		r.index.understand(row)
		r.Matches = append(r.Matches, &Match{Row: row})
	}
	r.decided(taken)
	r.byCode(taken)
	r.byName(taken)
	for _, m := range r.Matches {
		if m.How != "" {
			m.Differences = r.index.differences(m)
			continue
		}
		m.Hint = hint(m)
		if m.Open() {
			m.Candidates = r.index.candidates(m.Row, taken)
		}
	}
	r.own(taken)
	r.Problems = diag.Sort(r.Problems)
	return r
}

// understand works out what is compared of a row.
func (x *index) understand(r *Row) {
	r.nameKey = nameKey(r.Name)
	r.bigrams = bigramsOf(r.nameKey)
	r.weight = x.weightAll(r.bigrams)
	if r.Type != "" {
		r.Type, _ = x.typeOf(r.Type)
	}
	r.citations = x.theirs(r.Basis)
	r.industry = x.industryOf(r.Department)
}

// decided gives rows what was decided of them: by code, then by name and type, since a table may get codes, or others, later.
func (r *Report) decided(taken map[*ourItem]*Row) {
	used := map[*Decided]bool{}
	for _, find := range []func(*Row) *Decided{
		func(row *Row) *Decided { return r.mapping.byCode[row.Code] },
		func(row *Row) *Decided { return r.mapping.byName[sameName(row.Name, row.Type)] },
	} {
		for _, m := range r.Matches {
			if d := find(m.Row); m.Decision == nil && d != nil && !used[d] {
				used[d] = true
				r.decide(m, d, taken)
			}
		}
	}
	for _, d := range r.mapping.decisions {
		if used[d] {
			continue
		}
		r.Stale = append(r.Stale, d)
		for _, id := range d.Items {
			if o := r.index.byID[id]; o != nil {
				o.decidedAs = append(o.decidedAs, d.Name)
			}
		}
	}
}

func (r *Report) decide(m *Match, d *Decided, taken map[*ourItem]*Row) {
	m.Decision, m.Moved = d, moved(d.Decision, m.Row)
	for _, id := range d.Items {
		if o := r.index.byID[id]; o != nil { // the rule unknown-item speaks of others
			m.How = ByDecision
			m.Items = append(m.Items, o)
			taken[o] = cmp.Or(taken[o], m.Row)
		}
	}
	if d.Verdict == record.VerdictAbsent {
		m.Moved = append(m.Moved, r.index.appeared(m.Row)...)
	}
}

// appeared says that an item which is the row by its code or name has come since nothing was.
func (x *index) appeared(row *Row) []string {
	for _, o := range slices.Concat(x.byName[row.nameKey], x.byCode[row.Code]) {
		if o.Current() && (o.nameKey == row.nameKey && o.Item.Type == row.Type || o.Code == row.Code && o.CodeStatus != record.CodeSample) {
			return []string{"本省现在有了“" + o.Name + "”（" + o.ID + "）"}
		}
	}
	return nil
}

// byCode matches rows whose code is that of one item. A sample code proves nothing: only together with the name, see byName.
func (r *Report) byCode(taken map[*ourItem]*Row) {
	first := map[string]*Row{}
	for _, m := range r.Matches {
		code := m.Row.Code
		if code == "" {
			continue
		}
		if before := first[code]; before != nil {
			r.twice(m.Row, before)
			continue
		}
		first[code] = m.Row
		if m.How != "" || m.Decision != nil || len(r.index.byCode[code]) != 1 {
			continue
		}
		if o := r.index.byCode[code][0]; o.CodeStatus != record.CodeSample && taken[o] == nil && !r.index.namesAnother(m.Row, o) {
			m.How, m.Items = ByCode, []*ourItem{o}
			taken[o] = m.Row
		}
	}
}

// namesAnother reports whether the row has, letter by letter, the name and type of another item than the one of its code.
func (x *index) namesAnother(row *Row, o *ourItem) bool {
	return slices.ContainsFunc(x.byName[row.nameKey], func(other *ourItem) bool { return other != o && other.Item.Type == row.Type }) &&
		row.nameKey != o.nameKey
}

// byName matches rows whose name and type are those of exactly one item.
func (r *Report) byName(taken map[*ourItem]*Row) {
	rows := map[string]int{}
	for _, m := range r.Matches {
		rows[sameName(m.Row.Name, m.Row.Type)]++
	}
	for _, m := range r.Matches {
		if m.How != "" || m.Decision != nil || m.Row.Type == "" || rows[sameName(m.Row.Name, m.Row.Type)] > 1 {
			continue
		}
		var same []*ourItem
		for _, o := range r.index.byName[m.Row.nameKey] {
			if o.Item.Type == m.Row.Type {
				same = append(same, o)
			}
		}
		if len(same) != 1 || taken[same[0]] != nil || r.codeOfAnother(m.Row, same[0]) {
			continue
		}
		m.How, m.Items = ByName, same
		taken[same[0]] = m.Row
	}
}

// codeOfAnother reports whether the row's code is the official code of another item.
func (r *Report) codeOfAnother(row *Row, o *ourItem) bool {
	return row.Code != "" && slices.ContainsFunc(r.index.byCode[row.Code], func(other *ourItem) bool {
		return other != o && other.CodeStatus != record.CodeSample
	})
}

// twice reports a row that says the same as one before it.
func (r *Report) twice(row, first *Row) {
	what := "“" + row.Name + "”"
	if row.Code != "" {
		what = "编码 " + row.Code
	}
	file := r.Upper.File
	if row.Sheet != "" {
		file += "!" + row.Sheet
	}
	r.Problems = append(r.Problems, diag.Problem{
		Position: diag.Position{File: fmt.Sprintf("%s!第 %d 行", file, row.Line)}, Rule: "row-twice", Severity: diag.Warning,
		Message: diag.Text{ZH: what + "在" + first.Place() + "已经有一条", EN: "the same code or name as " + first.Place()},
		Hint:    diag.Text{ZH: "核对上级目录是不是印重了；这一行不按编码自动对上", EN: "see whether the table has it twice; this row is not matched by its code"},
	})
}

// hint says what may explain a row that nothing of ours is.
func hint(m *Match) string {
	var out []string
	if len(m.Row.Levels) == 1 && m.Row.Levels[0] == levelState {
		out = append(out, "只由国家级行使，本省不用承接")
	}
	switch m.Row.Type {
	case "行政处罚", "行政强制", "行政检查":
		out = append(out, m.Row.Type+"不是依申请办理的，不编入本库")
	}
	return strings.Join(out, "；")
}

// own collects the items in force that no row is, with the row that is nearest.
func (r *Report) own(taken map[*ourItem]*Row) {
	near := map[*ourItem]*Own{}
	for _, o := range r.index.items {
		if taken[o] == nil && o.Current() {
			own := &Own{Item: o, Reason: r.mapping.own[o.ID]}
			near[o] = own
			r.Own = append(r.Own, own)
		}
	}
	for _, m := range r.Matches {
		for _, c := range m.Candidates {
			if own := near[c.Item]; own != nil && c.Score > own.near {
				own.Near, own.near = m, c.Score
			}
		}
	}
}
