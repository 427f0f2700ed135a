package page

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// CompareSide is the text of the standard, of the city and of the place below it side by side. Columns are the standard and then
// each level down to the place.
type CompareSide struct {
	Title   string
	Columns []CompareColumn
	Groups  []SideGroup
	Head    int // how many columns there are, and how many without the first
	Span    int
	Same    string
}

// CompareColumn is whose text a column has. Note says that a place keeps to the standard.
type CompareColumn struct{ Name, Note, URL string }

// SideGroup is the rows of one class: what may only be better, what needs leave, what is local.
type SideGroup struct {
	Title string
	Head  int // as of the side
	Rows  []SideRow
}

// SideRow is one key. Where all say the same, Same has it, and there are no cells.
type SideRow struct {
	Label string
	Same  string
	Cells []SideCell
	Span  int    // as of the side
	All   string // the side's Same
}

// SideCell is what one level says. Differs and Says mark what is not the standard's.
type SideCell struct {
	Column, Text string
	Differs      bool
	Says         string
}

// level is one column below the standard: the terms of a place and how they differ.
type level struct {
	fields []changes.Field
	terms  *catalog.Terms
}

// field is how the level differs in a key, nil where it does not.
func (l *level) field(key string) *changes.Field {
	for i := range l.fields {
		if l.fields[i].Key == key {
			return &l.fields[i]
		}
	}
	return nil
}

// compareSide lays a saying beside the standard and what the places above it say. Its words are the name and address of each place, and
// then what they and the standard say: who has texts of his own has no row like another, but for these texts.
func (b *builder) compareSide(url string, p *catalog.Procedure, s *saying) dealtRow[CompareSide] {
	places := append(placesAbove(s.guides[0].Division), s.guides[0].Division)
	if s.side == nil {
		levels := b.levelsOf(p, s, places)
		view := func(t *texts) CompareSide { return b.sideView(p, s, places, levels, t) }
		t := b.sideTexts(len(places), marksOf(output.Stamp{}).at)
		pattern := &rowPattern[CompareSide]{
			stamp: b.stamp("row", view(t)),
			view:  func(word func(slot) string) CompareSide { return view(b.sideTexts(len(places), word)) },
		}
		s.side, s.texts = known(b.sidePatterns, pattern), t.words[2*len(places):]
	}
	words := make([]string, 0, 2*len(places)+len(s.texts))
	for _, d := range places {
		words = append(words, d.Name, b.link(url, site.DivisionURL(d)))
	}
	return dealtRow[CompareSide]{s.side, append(words, s.texts...)}
}

// sideTexts returns the words of a side with some places, which come first and are made of marks or of what they stand for.
func (b *builder) sideTexts(places int, word func(slot) string) *texts {
	return &texts{word: word, words: make([]string, 2*places, 2*places+24), most: b.textual[comparisonTemplate]}
}

func (b *builder) sideView(p *catalog.Procedure, s *saying, places []*catalog.Division, levels []level, t *texts) CompareSide {
	word := t.word
	side := CompareSide{Columns: []CompareColumn{{Name: b.say("compare_standard"), Note: b.say("compare_standard_note")}}}
	for n, l := range levels {
		c := CompareColumn{Name: word(slot(2 * n)), URL: word(slot(2*n + 1))}
		if len(l.fields) == 0 {
			c.Note = b.say("compare_by_standard")
		}
		side.Columns = append(side.Columns, c)
	}
	side.Title = side.Columns[len(levels)].Name
	if n := len(s.guides); n > 1 {
		side.Title = b.say("compare_and_more", "place", side.Title, "n", itoa(n))
	}
	if !site.Single(p.Item) {
		side.Title += "　" + p.Name
	}
	side.Head, side.Span = len(side.Columns)+1, len(side.Columns)
	side.Same = b.say("compare_all_same_" + itoa(min(side.Span, 4)))
	side.Groups = b.sideGroups(p, side, levels, t)
	return side
}

// placesAbove are the places above a place up to right below the province, the highest first.
func placesAbove(d *catalog.Division) []*catalog.Division {
	var out []*catalog.Division
	for up, n := d.Superior, 0; up != nil && up.Superior != nil && n < 8; up, n = up.Superior, n+1 {
		out = append(out, up)
	}
	slices.Reverse(out)
	return out
}

// levelsOf are what each of some places says of the procedure, its guide or what it hands down; the last is the saying's.
func (b *builder) levelsOf(p *catalog.Procedure, s *saying, places []*catalog.Division) []level {
	var out []level
	for _, d := range places[:len(places)-1] {
		out = append(out, b.levelOf(p, d))
	}
	return append(out, level{s.fields, s.terms})
}

// levelOf is what a place says of the procedure: in its guide, which counties beside each other ask for one after the other, or where it has
// none, by what it hands down.
func (b *builder) levelOf(p *catalog.Procedure, d *catalog.Division) level {
	for _, g := range d.Guides {
		if g.Procedure == p {
			return level{b.sayingsOf(p).fields[g.Terms], g.Terms}
		}
	}
	terms := b.site.Catalog.HandedDown(d, p)
	return level{differences(b.teller().Place(b.site.Catalog.HandedDown(nil, p), terms, d)), terms}
}

// sideGroups are the rows by class, each in the order of the lowest place's text.
func (b *builder) sideGroups(p *catalog.Procedure, side CompareSide, levels []level, t *texts) []SideGroup {
	groups := []SideGroup{{Title: b.say("compare_tighten"), Head: side.Head}, {Title: b.say("compare_deviation"), Head: side.Head}, {Title: b.say("compare_local"), Head: side.Head}}
	told := func(key string, below int) bool { // by a level from that one on down
		return slices.ContainsFunc(levels[below:], func(l level) bool { return l.field(key) != nil })
	}
	for n := len(levels) - 1; n >= 0; n-- {
		for i := range levels[n].fields {
			f := &levels[n].fields[i]
			if told(f.Key, n+1) {
				continue
			}
			at := 0
			switch record.LockOf(f.Key) {
			case record.LockStandard:
				at = 1
			case record.LockLocal:
				at = 2
			}
			groups[at].Rows = append(groups[at].Rows, b.sideRow(f, side, levels, t))
		}
	}
	standard, alike := b.figuresOf(&p.Sections), [4]bool{!told("promise", 0), !told("visits", 0), true, !told("fee", 0)}
	for _, l := range levels {
		for n, figure := range b.figuresOf(&l.terms.Sections) {
			alike[n] = alike[n] && figure == standard[n]
		}
	}
	for n, figure := range comparedFigures {
		if alike[n] {
			groups[0].Rows = append(groups[0].Rows, SideRow{Label: b.say(figure.label), Same: t.put(standard[n]), Span: side.Span, All: side.Same})
		}
	}
	return slices.DeleteFunc(groups, func(g SideGroup) bool { return len(g.Rows) == 0 })
}

// sideRow is what the standard and each level say of a key.
func (b *builder) sideRow(f *changes.Field, side CompareSide, levels []level, t *texts) SideRow {
	label, needed := f.Label, strings.HasSuffix(f.Key, ".drop")
	if needed {
		label = b.say("compare_need")
	}
	if f.Member != "" && f.Member != f.Old && f.Member != f.New {
		label = f.Member + b.say("colon") + label
	}
	absent := func(text string) string {
		if text == "" && needed {
			return b.say("compare_needed")
		}
		return or(text, b.say("compare_absent"))
	}
	old := t.put(absent(f.Old))
	row := SideRow{Label: label, Span: side.Span, All: side.Same, Cells: make([]SideCell, 1, 1+len(levels))}
	row.Cells[0] = SideCell{Column: side.Columns[0].Name, Text: old}
	for n := range levels {
		c := SideCell{Column: side.Columns[n+1].Name, Text: old}
		if own := levels[n].field(f.Key); own != nil {
			c.Text, c.Differs = t.put(absent(own.New)), true
			switch own.Direction {
			case changes.Better:
				c.Says = b.say("change_better")
			case changes.Worse:
				c.Says = b.say("compare_worse")
			default:
				c.Says = b.say("compare_differs")
			}
		}
		row.Cells = append(row.Cells, c)
	}
	return row
}
