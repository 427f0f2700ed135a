package page

import (
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
		stamp = b.stamp("list", b.listData(m, func(places []*catalog.Division) []string { return []string{b.quality().shared.print(places)} }))
	}
	return []output.File{
		b.sheetOf(stem+".csv", stamp, func() *sheetRows { return b.listSheet(m) }),
		b.jsonFile(stem+".json", stamp, func() any { return b.listData(m, idsOf) }),
	}
}

// idsOf are the ids of places.
func idsOf(places []*catalog.Division) []string {
	out := make([]string, len(places))
	for i, d := range places {
		out[i] = d.ID
	}
	return out
}

// listSheet is a line for what says the same, with the codes of all places that say it. Numerators add up to the figure's, and so do
// denominators.
func (b *builder) listSheet(m *quality.Metric) *sheetRows {
	s := &sheetRows{}
	for _, key := range []string{"quality_col_list", "col_item", "quality_col_id", "col_procedure", "quality_col_nn", "item_department", "quality_col_why", "quality_numerator",
		"quality_denominator", "quality_col_places", "quality_col_codes"} {
		s.Titles = append(s.Titles, b.say(key))
	}
	for _, l := range b.listParts(m) {
		for _, g := range l.groups {
			e := &g.First
			item, id, procedure, nn := e.Title(), e.ID, "", ""
			if e.Item != nil {
				item, id = e.Item.Name, e.Item.ID
			}
			if e.Procedure != nil {
				procedure, nn = e.Procedure.Name, e.Procedure.No
			}
			s.Rows = append(s.Rows, []string{b.say("quality_list_" + string(l.part)), item, id, procedure, nn, e.Department(), e.Why, itoa(g.Num), itoa(g.Den),
				itoa(len(g.Places)), codes(g.Places)})
		}
	}
	return s
}

// codes are the ids of places with spaces between them.
func codes(places []*catalog.Division) string {
	var out []byte
	for i, d := range places {
		if i > 0 {
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

// listData are the lists; ids gives what stands for a list of places.
func (b *builder) listData(m *quality.Metric, ids func([]*catalog.Division) []string) *listFileData {
	out := &listFileData{AsOf: b.site.Catalog.AsOf.String(), Metric: metricData(m), Groups: []GroupData{}, Places: [][]string{}}
	at := map[**catalog.Division]int{}
	for _, l := range b.listParts(m) {
		for _, g := range l.groups {
			d := GroupData{List: string(l.part), ID: g.First.ID, Name: g.First.Title(), Department: g.First.Department(), Why: g.First.Why, Numerator: g.Num, Denominator: g.Den}
			if g.First.Item != nil {
				d.Item, d.ItemName = g.First.Item.ID, g.First.Item.Name
			}
			if g.First.Procedure != nil {
				d.Procedure = g.First.Procedure.No
			}
			if len(g.Places) > 0 {
				n, known := at[&g.Places[0]]
				if !known {
					n = len(out.Places)
					at[&g.Places[0]] = n
					out.Places = append(out.Places, ids(g.Places))
				}
				d.Places = &n
			}
			out.Groups = append(out.Groups, d)
		}
	}
	return out
}

// thing is what an entry is about, by which one metric finds the row of another.
type thing struct {
	division  *catalog.Division
	item      *catalog.Item
	procedure *catalog.Procedure
	hall      *catalog.Hall
	id        string
}

// itemSheet is a place's own lists as one sheet: a line an entry, a column a metric. 1 is counted, 0 is not, ? nobody recorded, and
// nothing is not concerned; what counts more than one says how much of how much. Sums of the columns are the figures.
func (b *builder) itemSheet(path string, d *catalog.Division) output.File {
	return b.sheet(path, func() *sheetRows {
		s := &sheetRows{Titles: []string{b.say("col_item"), b.say("quality_col_id"), b.say("col_procedure"), b.say("quality_col_nn")}}
		figures := b.quality().figures(quality.Scope{Division: d})
		at := map[thing]int{}
		for n := range figures {
			f := figures[n]
			s.Titles = append(s.Titles, f.Metric.Title.In(b.site.Config.Language))
			for _, part := range []quality.Part{quality.Denominator, quality.Unrecorded} {
				for e := range b.quality().survey.List(f, part) {
					row := thing{e.Division, e.Item, e.Procedure, e.Hall, e.ID}
					i, known := at[row]
					if !known {
						i = len(s.Rows)
						at[row] = i
						texts := make([]string, 4+len(figures))
						texts[0], texts[1] = e.Title(), e.ID
						if e.Item != nil {
							texts[0], texts[1] = e.Item.Name, e.Item.ID
						}
						if e.Procedure != nil {
							texts[2], texts[3] = e.Procedure.Name, e.Procedure.No
						}
						s.Rows = append(s.Rows, texts)
					}
					s.Rows[i][4+n] = cellText(e.Cell)
				}
			}
		}
		return s
	})
}

// cellText is what an entry adds to a figure.
func cellText(c quality.Cell) string {
	switch {
	case c.Unknown:
		return "?"
	case c.Den == 1:
		return strconv.Itoa(c.Num)
	}
	return strconv.Itoa(c.Num) + "/" + strconv.Itoa(c.Den)
}
