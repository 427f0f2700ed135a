package page

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
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

// compareSide lays a saying beside the standard and what the places above it say. Its words are the name and address of each place, and
// then what they and the standard say: who has texts of his own has no row like another, but for these texts.
func (b *builder) compareSide(url string, p *catalog.Procedure, s *saying) dealtRow[CompareSide] {
	places := append(placesAbove(s.guides[0].Division), s.guides[0].Division)
	if s.side == nil {
		s.side = known(b.sidePatterns, newPattern(b, func(word func(slot) string) CompareSide {
			return b.sideView(p, s, places, &sideTexts{word: word, words: make([]string, 2*len(places)), most: b.sideWords})
		}))
	}
	texts := sideTexts{most: b.sideWords}
	for _, d := range places {
		texts.words = append(texts.words, d.Name, b.link(url, site.DivisionURL(d)))
	}
	texts.word = func(n slot) string { return texts.words[n] }
	b.sideView(p, s, places, &texts)
	return dealtRow[CompareSide]{s.side, texts.words}
}

// sideTexts are the words of a side: those of its places, and its texts as they come.
type sideTexts struct {
	word  func(slot) string
	words []string
	most  int // words; texts beyond are part of the pattern
}

// put makes a word of a text, and returns what is shown for it: the text, or its mark.
func (t *sideTexts) put(text string) string {
	n := len(t.words)
	if n >= t.most {
		return text
	}
	t.words = append(t.words, text)
	return t.word(slot(n))
}

// sideWords is how many words a side of a theme may have, 0 where the theme does more with its texts than show them.
func sideWords(t *Theme) int {
	if !t.shows(comparisonTemplate, "Sides", "Text", "Same") {
		return 0
	}
	return maxWords
}

func (b *builder) sideView(p *catalog.Procedure, s *saying, places []*catalog.Division, texts *sideTexts) CompareSide {
	levels, word := b.levelsOf(p, s, places), texts.word
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
	side.Groups = b.sideGroups(p, side, levels, texts)
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
func (b *builder) sideGroups(p *catalog.Procedure, side CompareSide, levels []level, texts *sideTexts) []SideGroup {
	groups := []SideGroup{{Title: b.say("compare_tighten"), Head: side.Head}, {Title: b.say("compare_deviation"), Head: side.Head}, {Title: b.say("compare_local"), Head: side.Head}}
	told := map[string]bool{}
	for n := len(levels) - 1; n >= 0; n-- {
		for _, f := range levels[n].fields {
			if told[f.Key] {
				continue
			}
			told[f.Key] = true
			at := 0
			switch record.LockOf(f.Key) {
			case record.LockStandard:
				at = 1
			case record.LockLocal:
				at = 2
			}
			groups[at].Rows = append(groups[at].Rows, b.sideRow(f, side, levels, texts))
		}
	}
	keys := [4]string{"promise", "visits", "", "fee"}
	var same []SideRow
	standard := b.figuresOf(&p.Sections)
	for n, figure := range comparedFigures {
		equal := !told[keys[n]]
		for _, l := range levels {
			equal = equal && b.figuresOf(&l.terms.Sections)[n] == standard[n]
		}
		if equal {
			same = append(same, SideRow{Label: b.say(figure.label), Same: texts.put(standard[n]), Span: side.Span, All: side.Same})
		}
	}
	groups[0].Rows = append(groups[0].Rows, same...)
	return slices.DeleteFunc(groups, func(g SideGroup) bool { return len(g.Rows) == 0 })
}

// sideRow is what the standard and each level say of a key.
func (b *builder) sideRow(f changes.Field, side CompareSide, levels []level, texts *sideTexts) SideRow {
	label := f.Label
	if strings.HasSuffix(f.Key, ".drop") {
		label = b.say("compare_need")
	}
	if f.Member != "" && f.Member != f.Old && f.Member != f.New {
		label = f.Member + b.say("colon") + label
	}
	absent := func(text string) string {
		if text == "" && strings.HasSuffix(f.Key, ".drop") {
			return b.say("compare_needed")
		}
		return or(text, b.say("compare_absent"))
	}
	old := texts.put(absent(f.Old))
	row := SideRow{Label: label, Span: side.Span, All: side.Same, Cells: []SideCell{{Column: side.Columns[0].Name, Text: old}}}
	for n, l := range levels {
		c := SideCell{Column: side.Columns[n+1].Name, Text: old}
		if i := slices.IndexFunc(l.fields, func(x changes.Field) bool { return x.Key == f.Key }); i >= 0 {
			c.Text, c.Differs = texts.put(absent(l.fields[i].New)), true
			switch l.fields[i].Direction {
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
