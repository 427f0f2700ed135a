package page

import (
	"bytes"
	"iter"
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// comparisonView is the view of pages/comparison: one item in all places (同一件事比一比). The standard is said once, with how many
// places keep to it; only what a place says of its own has a line. Made-up places stand apart and are counted nowhere.
type comparisonView struct {
	Page
	Crumbs       []Link
	Name, Plain  string
	Item         string // address of the item's page
	Places       string // how many real places handle it
	Plainly      string // how many of them keep to the standard
	Own, Better  string // how many have figures of their own, and how many are better than the standard
	Samples      string // how many made-up places have figures of their own, "" for none
	Real, Sample *CompareTable
	compareSides
	All       *splice
	AllN      string
	CSV       string
	Quality   string // address of the figures
	Shareable string // and of the improvements that the whole province could take over
}

// CompareTable is the lines of real places, or of made-up ones.
type CompareTable struct {
	Title, Note string
	Head        []string // the names of the figures
	Ways        []CompareWay
	Best        *CompareBest // nil where no place is better than the standard
}

// CompareWay is one procedure: the line of the standard, then those of places, the most convenient first. Name is "" where the item
// has only one.
type CompareWay struct {
	Name  string
	Lines iter.Seq[CompareLine]
	stamp output.Stamp
}

// compareSides are what places say beside the standard, one after the other.
type compareSides struct {
	Sides iter.Seq[CompareSide]
	stamp output.Stamp
}

// CompareLine is the figures of the standard, or of places that say the same of their own. Below counts the places right below them
// that say it too.
type CompareLine struct {
	Name   string // of the standard, which has no places
	Places []Link
	Below  string
	Spread bool // better than the standard in something: fit for the whole province
	Cells  []CompareCell
	Record string // where it is written: the source, or the data where no source is published
}

// CompareCell is a figure that leads to where it is said. Was is the standard's where it differs.
type CompareCell struct{ Label, Text, URL, Was string }

// CompareBest is the place with the most that is better than the standard, and what that is, in words.
type CompareBest struct {
	Place Link
	Words []string
}

const comparisonTemplate = "pages/comparison"

// comparesWhole reports whether the theme writes rows of comparisons in a way that may depend on the page.
func (b *builder) comparesWhole(rows string) bool {
	return b.theme.hasVariables(comparisonTemplate) || !b.theme.rangesOnce(comparisonTemplate, rows)
}

// comparisonURL is the page that compares an item in all places.
func comparisonURL(i *catalog.Item) string { return "compare/" + i.ID + "/" }

// compared reports whether an item has a page of comparison: some place handles it.
func compared(i *catalog.Item) bool { return site.Listed(i) && len(i.Guides) > 0 }

// comparisonPages are a page for each item that some place handles, with its table as a file, and the list of them.
func (b *builder) comparisonPages() []output.File {
	const url = "compare/"
	title, lead := b.say("compare_title"), b.say("compare_lead")
	var out []output.File
	for _, i := range b.site.Items {
		if !compared(i) {
			continue
		}
		at := comparisonURL(i)
		out = append(out, b.splicedPage(at, comparisonTemplate, func(out *bytes.Buffer) any { return b.comparisonView(out, at, i) }), b.comparisonFile(at, i))
		b.forgetFields(i)
	}
	return append(out, b.page(url, "pages/listing", b.listing(url, title, lead, func(v *listingView) {
		v.Crumbs, v.Lead = b.trail(url), lead
		own, rest := Group{ID: "own", Title: b.say("compare_with_own")}, Group{ID: "rest", Title: b.say("compare_without")}
		for _, f := range b.site.Letters {
			for _, i := range f.Items {
				if !compared(i) {
					continue
				}
				g := &rest
				if !b.alike(i) {
					g = &own
				}
				g.Index = append(g.Index, Count{URL: b.link(url, comparisonURL(i)), Text: i.Name})
			}
		}
		v.Groups = []Group{own, rest}
	})))
}

// alike reports whether all places keep to the standard of an item.
func (b *builder) alike(i *catalog.Item) bool {
	for _, p := range i.Procedures {
		if p.Current && len(b.said(p)) > 0 {
			return false
		}
	}
	return true
}

func (b *builder) comparisonView(out *bytes.Buffer, url string, i *catalog.Item) *comparisonView {
	title := b.say("compare_of", "name", i.Name)
	v := &comparisonView{
		Page: b.head(url, title, b.say("compare_description", "name", i.Name)), Name: i.Name, Plain: i.Plain, Item: b.link(url, site.ItemURL(i)),
		Crumbs: b.trail(url, Link{URL: "compare/", Text: b.say("compare_title")}, Link{URL: site.ItemURL(i), Text: i.Name}), CSV: comparisonCSV,
		Quality: b.link(url, qualityURL), Shareable: b.link(url, qualityURL+"spread-count/"),
	}
	v.Real = &CompareTable{Title: b.say("compare_real"), Note: b.say("compare_real_note")}
	v.Sample = &CompareTable{Title: b.say("compare_sample"), Note: b.say("compare_sample_note")}
	for _, f := range comparedFigures {
		v.Real.Head = append(v.Real.Head, b.say(f.label))
	}
	v.Sample.Head = v.Real.Head
	real, made := map[*catalog.Division]int{}, map[*catalog.Division]int{} // → how much is better
	var bestReal, bestMade best
	var sides []dealtRow[CompareSide]
	for _, p := range i.Procedures {
		if !p.Current {
			continue
		}
		standard := b.standardLine(url, p)
		lines := [2][]dealtRow[CompareLine]{{standard}, {standard}}
		for _, s := range b.said(p) {
			n, places, top := 0, real, &bestReal
			if s.sample {
				n, places, top = 1, made, &bestMade
			}
			for _, g := range s.guides {
				places[g.Division] += len(s.better)
			}
			top.add(s)
			lines[n] = append(lines[n], b.compareLine(url, p, s))
			sides = append(sides, b.compareSide(url, p, s))
		}
		v.Real.Ways = append(v.Real.Ways, b.compareWay(out, p, lines[0]))
		if len(lines[1]) > 1 {
			v.Sample.Ways = append(v.Sample.Ways, b.compareWay(out, p, lines[1]))
		}
	}
	v.compareSides = compareSides{deal(out, b.comparesWhole("Sides"), sides), b.stampOf("sides", func(h *output.Hasher) { hashRows(h, sides) })}
	v.Real.Best, v.Sample.Best = b.compareBest(url, &bestReal), b.compareBest(url, &bestMade)
	if len(v.Sample.Ways) == 0 {
		v.Sample = nil
	} else {
		v.Samples = itoa(len(made))
	}
	places, better := realPlaces(i), 0
	for _, n := range real {
		if n > 0 {
			better++
		}
	}
	v.Places, v.Plainly, v.Own, v.Better = itoa(places), itoa(places-len(real)), itoa(len(real)), itoa(better)
	all, n := b.placesOf(out, i)
	v.All, v.AllN = all, itoa(n)
	v.Data = b.wayData(&v.Page, v.Crumbs, v.Name)
	return v
}

// realPlaces counts the places that handle an item, without the made-up ones.
func realPlaces(i *catalog.Item) int {
	n := 0
	var last *catalog.Division
	for _, g := range i.Guides {
		if g.Division != last && !g.Division.MadeUp() {
			n++
		}
		last = g.Division
	}
	return n
}

// best collects what is better in each place, over all procedures.
type best struct {
	order []*catalog.Division
	has   map[*catalog.Division][]*saying
}

func (x *best) add(s *saying) {
	if len(s.better) == 0 {
		return
	}
	d := s.guides[0].Division
	if x.has == nil {
		x.has = map[*catalog.Division][]*saying{}
	}
	if x.has[d] == nil {
		x.order = append(x.order, d)
	}
	x.has[d] = append(x.has[d], s)
}

// compareBest is the place with the most that is better, nil where there is none.
func (b *builder) compareBest(url string, x *best) *CompareBest {
	var top *catalog.Division
	most := 0
	for _, d := range x.order {
		n := 0
		for _, s := range x.has[d] {
			n += len(s.better)
		}
		if n > most {
			top, most = d, n
		}
	}
	if top == nil {
		return nil
	}
	out := &CompareBest{Place: Link{URL: b.link(url, site.OverviewURL(top, x.has[top][0].guides[0].Item)), Text: top.Name}}
	for _, s := range x.has[top] {
		of := ""
		if p := s.guides[0].Procedure; !site.Single(p.Item) {
			of = p.Name + b.say("colon")
		}
		for _, words := range s.better {
			out.Words = append(out.Words, of+words)
		}
	}
	return out
}

// The figures that are compared: the anchor of a guide where each is said, and its name.
var comparedFigures = []struct{ anchor, label string }{{"how", "fig_time"}, {"where", "fig_visits"}, {"papers", "fig_papers"}, {"cost", "fig_cost"}}

// figuresOf are the figures in their order.
func (b *builder) figuresOf(s *catalog.Sections) [4]string {
	d := b.digest(b.card(s))
	return [4]string{d.Time, d.Visits, d.Papers, d.Cost}
}

// compareWay is a procedure with its lines.
func (b *builder) compareWay(out *bytes.Buffer, p *catalog.Procedure, lines []dealtRow[CompareLine]) CompareWay {
	w := CompareWay{Lines: deal(out, b.comparesWhole("Lines"), lines)}
	if !site.Single(p.Item) {
		w.Name = p.Name
	}
	w.stamp = b.stampOf("way", func(h *output.Hasher) {
		h.String(w.Name)
		hashRows(h, lines)
	})
	return w
}

// standardLine is the line of the standard. Its words are the item's page and the record.
func (b *builder) standardLine(url string, p *catalog.Procedure) dealtRow[CompareLine] {
	figures := b.figuresOf(&p.Sections)
	pattern := newPattern(b, func(word func(slot) string) CompareLine {
		l := CompareLine{Name: b.say("item_standard"), Record: word(1)}
		for n, text := range figures {
			l.Cells = append(l.Cells, CompareCell{Label: b.say(comparedFigures[n].label), Text: text, URL: word(0) + "#standard"})
		}
		return l
	})
	record := or(b.edit.Source(p.File.Path, 0), b.link(url, "api/v1/items/"+p.Item.ID+".json"))
	return dealtRow[CompareLine]{pattern, []string{b.link(url, site.ItemURL(p.Item)), record}}
}

// maxNamed is how many places of a line are words of it; those after them are part of the pattern.
const maxNamed = 100

// compareLine is the line of a saying. Its words are the guide, the record, and the address and name of each place.
func (b *builder) compareLine(url string, p *catalog.Procedure, s *saying) dealtRow[CompareLine] {
	places, below := b.sayers(url, s)
	if s.line == nil {
		own, standard := b.figuresOf(&s.terms.Sections), b.figuresOf(&p.Sections)
		s.line = known(b.linePatterns, newPattern(b, func(word func(slot) string) CompareLine {
			l := CompareLine{Spread: len(s.better) > 0, Places: slices.Clone(places), Below: below, Record: word(1)}
			for n := range places[:min(len(places), maxNamed)] {
				l.Places[n] = Link{URL: word(slot(2 + 2*n)), Text: word(slot(3 + 2*n))}
			}
			for n, text := range own {
				c := CompareCell{Label: b.say(comparedFigures[n].label), Text: text, URL: word(0) + "#" + comparedFigures[n].anchor}
				if text != standard[n] {
					c.Was = b.say("compare_was", "value", standard[n])
				}
				l.Cells = append(l.Cells, c)
			}
			return l
		}))
	}
	record := ""
	if n := len(s.terms.Files); n > 0 {
		record = b.edit.Source(s.terms.Files[n-1].Path, 0)
	}
	words := []string{b.link(url, site.GuideURL(s.guides[0])), or(record, b.link(url, "api/v1/divisions/"+s.guides[0].Division.ID+".json"))}
	for _, l := range places[:min(len(places), maxNamed)] {
		words = append(words, l.URL, l.Text)
	}
	return dealtRow[CompareLine]{s.line, words}
}

// sayers are the places of a saying, and in words how many below them say it too.
func (b *builder) sayers(url string, s *saying) (places []Link, below string) {
	says := map[*catalog.Division]bool{}
	for _, g := range s.guides {
		says[g.Division] = true
	}
	n := 0
	for _, g := range s.guides {
		if says[g.Division.Superior] {
			n++
			continue
		}
		places = append(places, Link{URL: b.link(url, site.GuideURL(g)), Text: g.Division.Name})
	}
	if n > 0 {
		below = b.say("compare_below", "n", itoa(n))
	}
	return places, below
}
