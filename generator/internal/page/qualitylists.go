package page

import (
	"iter"
	"strconv"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/quality"
)

// listParts are the lists of a metric that do not overlap: what is counted, wholly or in part, what is not, what nobody recorded.
func (b *builder) listParts(m *quality.Metric) []struct {
	part   quality.Part
	groups []*quality.Group
} {
	l := b.quality().lists[m]()
	return []struct {
		part   quality.Part
		groups []*quality.Group
	}{{quality.Numerator, l.Numerator}, {quality.Gap, l.Uncounted}, {quality.Unrecorded, l.Unrecorded}}
}

// listFiles are the lists of a metric over all real places, as a file for table programs and as one for programs.
func (b *builder) listFiles(stem string, m *quality.Metric) []output.File {
	var stamp output.Stamp
	if !b.lazy {
		stamp = b.stampOf("list", func(h *output.Hasher) { b.hashList(h, m) })
	}
	return []output.File{
		b.sheetOf(stem+".csv", stamp, func() ([]string, iter.Seq[[]string]) { return b.listSheet(m) }),
		b.jsonFile(stem+".json", stamp, func() any { return b.listData(m) }),
	}
}

// hashList adds all that the files of the lists of a metric say.
func (b *builder) hashList(h *output.Hasher, m *quality.Metric) {
	data := metricData(m)
	h.String(b.site.Catalog.AsOf.String())
	hashView(h, &data)
	var d GroupData
	for _, l := range b.listParts(m) {
		for _, g := range l.groups {
			d = groupData(l.part, g)
			hashView(h, &d)
			h.Stamp(b.quality().prints.print(g.Places))
		}
	}
}

// idsOf are the ids of places.
func idsOf(places *quality.Places) []string {
	out := make([]string, 0, places.Len())
	for d := range places.All() {
		out = append(out, d.ID)
	}
	return out
}

// listSheet is a line for what says the same, with the codes of all places that say it. Numerators add up to the figure's, and so do
// denominators.
func (b *builder) listSheet(m *quality.Metric) (titles []string, rows iter.Seq[[]string]) {
	for _, key := range []string{"quality_col_list", "col_item", "quality_col_id", "col_procedure", "quality_col_nn", "item_department", "quality_col_why", "quality_numerator",
		"quality_denominator", "quality_col_places", "quality_col_codes"} {
		titles = append(titles, b.say(key))
	}
	return titles, func(yield func([]string) bool) {
		row := make([]string, 0, len(titles))
		known := map[*quality.Places]string{} // their codes
		for _, l := range b.listParts(m) {
			list := b.say("quality_list_" + string(l.part))
			for _, g := range l.groups {
				if _, said := known[g.Places]; !said {
					known[g.Places] = codes(g.Places)
				}
				e := &g.First
				names := nameCells(e)
				row = append(append(append(row[:0], list), names[:]...), e.Department(), e.Why, itoa(g.Num), itoa(g.Den), itoa(g.Places.Len()), known[g.Places])
				if !yield(row) {
					return
				}
			}
		}
	}
}

// nameCells name an entry: the item or what else it is, its id, the procedure and its number.
func nameCells(e *quality.Entry) [4]string {
	names := [4]string{e.Title(), e.ID}
	if e.Item != nil {
		names[0], names[1] = e.Item.Name, e.Item.ID
	}
	if e.Procedure != nil {
		names[2], names[3] = e.Procedure.Name, e.Procedure.No
	}
	return names
}

// codes are the ids of places with spaces between them.
func codes(places *quality.Places) string {
	var out []byte
	for d := range places.All() {
		if len(out) > 0 {
			out = append(out, ' ')
		}
		out = append(out, d.ID...)
	}
	return string(out)
}

// listFileData is the lists of a metric as programs read them. Most groups are of the same places, so that lists of places stand apart and
// are named by their number.
type listFileData struct {
	AsOf   string      `json:"as_of"`
	Metric MetricData  `json:"metric"`
	Groups []GroupData `json:"groups"`
	Places [][]string  `json:"places"`
}

// GroupData is entries that say the same.
type GroupData struct {
	List        string `json:"list"` // numerator, gap, unknown
	Item        string `json:"item,omitempty"`
	ItemName    string `json:"item_name,omitempty"`
	Procedure   string `json:"procedure,omitempty"`
	ID          string `json:"id,omitempty"`
	Name        string `json:"name"`
	Department  string `json:"department,omitempty"`
	Why         string `json:"why,omitempty"`
	Numerator   int    `json:"numerator"`
	Denominator int    `json:"denominator"`
	Places      *int   `json:"places,omitempty"` // number of the list in places
}

// groupData is a group without its places.
func groupData(part quality.Part, g *quality.Group) GroupData {
	d := GroupData{List: string(part), ID: g.First.ID, Name: g.First.Title(), Department: g.First.Department(), Why: g.First.Why, Numerator: g.Num, Denominator: g.Den}
	if g.First.Item != nil {
		d.Item, d.ItemName = g.First.Item.ID, g.First.Item.Name
	}
	if g.First.Procedure != nil {
		d.Procedure = g.First.Procedure.No
	}
	return d
}

// listData are the lists.
func (b *builder) listData(m *quality.Metric) *listFileData {
	parts, n := b.listParts(m), 0
	for _, l := range parts {
		n += len(l.groups)
	}
	out := &listFileData{AsOf: b.site.Catalog.AsOf.String(), Metric: metricData(m), Groups: make([]GroupData, 0, n), Places: [][]string{}}
	at := map[*quality.Places]*int{}
	for _, l := range parts {
		for _, g := range l.groups {
			d := groupData(l.part, g)
			if g.Places != nil {
				if d.Places = at[g.Places]; d.Places == nil {
					number := len(out.Places)
					d.Places, at[g.Places] = &number, &number
					out.Places = append(out.Places, idsOf(g.Places))
				}
			}
			out.Groups = append(out.Groups, d)
		}
	}
	return out
}

// itemSheet is a place's own lists as one sheet: a line an entry, a column a metric. 1 is counted, 0 is not, ? nobody recorded, and
// nothing is not concerned; what counts more than one says how much of how much. Sums of the columns are the figures.
func (b *builder) itemSheet(path string, d *catalog.Division) output.File {
	titles := []string{b.say("col_item"), b.say("quality_col_id"), b.say("col_procedure"), b.say("quality_col_nn")}
	for _, m := range quality.PlaceMetrics() {
		titles = append(titles, m.Title.In(b.site.Config.Language))
	}
	var stamp output.Stamp
	if !b.lazy {
		stamp = b.stampOf("items", func(h *output.Hasher) { b.hashItems(h, titles, d) })
	}
	return b.sheetOf(path, stamp, func() ([]string, iter.Seq[[]string]) { return titles, b.sheetLines(d) })
}

// sheetLines are the lines of the sheet of a place.
func (b *builder) sheetLines(d *catalog.Division) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		b.quality().sheet(d, func(x *quality.Sheet) {
			var text []byte
			var row []string
			for i := range x.Rows {
				names := nameCells(&x.Rows[i])
				row = append(row[:0], names[:]...)
				for n := range quality.PlaceMetrics() {
					text = appendCell(text[:0], x.Cell(i, n))
					row = append(row, string(text))
				}
				if !yield(row) {
					return
				}
			}
		})
	}
}

// hashItems adds all that the sheet of a place says.
func (b *builder) hashItems(h *output.Hasher, titles []string, d *catalog.Division) {
	hashView(h, titles)
	b.quality().sheet(d, func(x *quality.Sheet) {
		var text []byte
		for i := range x.Rows {
			for _, name := range nameCells(&x.Rows[i]) {
				h.String(name)
			}
			text = text[:0]
			for n := range quality.PlaceMetrics() {
				text = append(appendCell(text, x.Cell(i, n)), ',')
			}
			h.Bytes(text)
		}
	})
}

// appendCell appends what an entry adds to a figure, nothing for what is not concerned.
func appendCell(b []byte, c quality.Cell) []byte {
	switch {
	case c.Unknown:
		return append(b, '?')
	case c.Den == 0:
		return b
	case c.Den == 1:
		return strconv.AppendInt(b, int64(c.Num), 10)
	}
	b = append(strconv.AppendInt(b, int64(c.Num), 10), '/')
	return strconv.AppendInt(b, int64(c.Den), 10)
}
