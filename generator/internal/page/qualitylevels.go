package page

import (
	"slices"

	"banshi/generator/internal/output"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// levelsView is the view of pages/levels: the matrix of levels, which levels the catalogue gives an item to, in which way, and how many
// places handle it.
type levelsView struct {
	Page
	Crumbs     []Link
	Name, Lead string
	Table      *PlaceTable
	CSV        string
}

// levelsURL is the page of the matrix of levels.
const levelsURL = qualityURL + "levels/"

func (b *builder) levelsPages() []output.File {
	const csv = "levels.csv"
	return []output.File{
		b.page(levelsURL, "pages/levels", func() any {
			name := b.say("quality_levels")
			v := &levelsView{Page: b.head(levelsURL, name, b.say("quality_levels_lead")), Name: name, Lead: b.say("quality_levels_lead"), CSV: csv,
				Crumbs: b.trail(levelsURL, Link{URL: qualityURL, Text: b.say("nav_quality")}), Table: b.levelsTable()}
			v.Data = b.wayData(&v.Page, v.Crumbs, name)
			return v
		}),
		b.sheet(levelsURL+csv, b.levelsSheet),
	}
}

// matrix is the matrix of levels, items by pinyin.
func (b *builder) matrix() []quality.MatrixRow {
	rows := b.quality().survey.Matrix()
	at := map[string]int{}
	n := 0
	for _, letter := range b.site.Letters {
		for _, i := range letter.Items {
			at[i.ID] = n
			n++
		}
	}
	slices.SortStableFunc(rows, func(x, y quality.MatrixRow) int { return at[x.Item.ID] - at[y.Item.ID] })
	return rows
}

func (b *builder) levelsTable() *PlaceTable {
	t := &PlaceTable{Title: b.say("quality_levels"), First: b.say("col_item"), Head: append([]string{b.say("item_sharing")}, record.Levels...)}
	for _, r := range b.matrix() {
		row := PlaceRow{Name: r.Item.Name, URL: b.link(levelsURL, site.ItemURL(r.Item)), Cells: []PlaceCell{{Label: t.Head[0], Text: or(r.Item.Sharing, b.say("unknown"))}}}
		for n, c := range r.Levels {
			row.Cells = append(row.Cells, PlaceCell{Label: t.Head[n+1], Text: b.levelWords(c)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// levelWords says of a level of an item whether the catalogue names it and how many places handle it.
func (b *builder) levelWords(c quality.MatrixCell) string {
	switch {
	case c.Named && c.Places > 0:
		return b.say("quality_levels_handled", "n", thousands(c.Places))
	case c.Named:
		return b.say("quality_levels_nobody")
	case c.Places > 0:
		return b.say("quality_levels_beyond", "n", thousands(c.Places))
	}
	return "—"
}

func (b *builder) levelsSheet() *sheetRows {
	s := &sheetRows{Titles: []string{b.say("col_item"), b.say("quality_col_id"), b.say("item_department"), b.say("item_sharing")}}
	for _, l := range record.Levels {
		s.Titles = append(s.Titles, l, b.say("quality_levels_places", "level", l))
	}
	for _, r := range b.matrix() {
		row := []string{r.Item.Name, r.Item.ID, r.Item.Department, r.Item.Sharing}
		for _, c := range r.Levels {
			named := ""
			if c.Named {
				named = b.say("yes")
			}
			row = append(row, named, itoa(c.Places))
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}
