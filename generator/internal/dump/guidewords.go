package dump

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// guideLine is what a row of guides is made of. The words are made once for all guides that share a section.
type guideLine struct {
	*catalog.Guide
	papers           *paperWords
	promise, legal   string
	fee              string
	halls            string
	task, procedure  string
	changed, checked record.Date
	single           *record.Limit // the promise, where there is only one
}

// paperWords are the names of the papers of a guide, in the order of the standard.
type paperWords struct {
	stated        bool
	bring, waived int
	toBring       string
	notToBring    string
}

// guideWords makes the rows of guides. It keeps the words of sections, of which there are as many as are distinct.
type guideWords struct {
	x      *exporter
	papers map[*catalog.Papers]*paperWords
	times  map[timesKey]*[2]string
	fees   map[feesKey]string
	last   map[lastKey]record.Date
	first  record.Date
	out    guideLine
}

type timesKey struct {
	timing *record.Timing
	scope  *record.Scope
}

type feesKey struct {
	cost  *record.Cost
	scope *record.Scope
}

func (x *exporter) newGuideWords() *guideWords {
	w := &guideWords{x: x, papers: map[*catalog.Papers]*paperWords{}, times: map[timesKey]*[2]string{}, fees: map[feesKey]string{}}
	w.last, w.first = x.lastChanges()
	return w
}

// line makes the row of a guide; it is used again for the next.
func (w *guideWords) line(g *catalog.Guide) *guideLine {
	l := &w.out
	*l = guideLine{Guide: g, changed: w.changed(g), checked: checked(g)}
	l.task, l.procedure = officialCodes(g)
	if l.papers = w.papers[g.Papers]; l.papers == nil {
		l.papers = wordsOfPapers(g.Papers)
		w.papers[g.Papers] = l.papers
	}
	times := w.times[timesKey{g.Timing, g.Scope}]
	if times == nil {
		times = &[2]string{limitWords(g.Timing.Promise, g.Scope.Cases), limitWords(g.Timing.LegalLimit, g.Scope.Cases)}
		w.times[timesKey{g.Timing, g.Scope}] = times
	}
	l.promise, l.legal = times[0], times[1]
	if len(g.Timing.Promise) == 1 {
		l.single = &g.Timing.Promise[0]
	}
	fee, ok := w.fees[feesKey{g.Cost, g.Scope}]
	if !ok {
		fee = feeWords(g.Cost.Fee, g.Scope.Cases)
		w.fees[feesKey{g.Cost, g.Scope}] = fee
	}
	l.fee, l.halls = fee, hallNames(g.Places)
	return l
}

func wordsOfPapers(p *catalog.Papers) *paperWords {
	w := &paperWords{stated: p.Stated}
	var bring, waived []string
	for _, line := range p.Lines {
		if line.Waived() {
			waived = append(waived, line.Name())
		} else {
			bring = append(bring, line.Name())
		}
	}
	w.bring, w.waived = len(bring), len(waived)
	w.toBring, w.notToBring = strings.Join(bring, "、"), strings.Join(waived, "、")
	return w
}

// limitWords is limits as a guide prints them, each with the case it holds for.
func limitWords(limits []record.Limit, cases []record.Case) string {
	words := make([]string, len(limits))
	for i, l := range limits {
		words[i] = l.String() + inCase(l.When, cases)
	}
	return strings.Join(words, "；")
}

// feeWords says what is charged: 不收费, or each charge with its amount or where the amount follows from.
func feeWords(f *record.Fee, cases []record.Case) string {
	switch {
	case f == nil || f.Charged == nil:
		return ""
	case !*f.Charged:
		return "不收费"
	case len(f.Items) == 0:
		return "收费"
	}
	words := make([]string, len(f.Items))
	for i, item := range f.Items {
		words[i] = item.Name
		switch {
		case item.Amount != "":
			words[i] += " " + item.Amount + " " + item.Unit
		case item.Standard != "":
			words[i] += " " + item.Standard
		}
		words[i] = strings.TrimSpace(words[i]) + inCase(item.When, cases)
	}
	return strings.Join(words, "；")
}

// inCase names the options for which something holds: （门店、网店）. Options of one question are joined by 、, questions by ，.
func inCase(when record.When, cases []record.Case) string {
	var questions []string
	for _, c := range cases {
		var options []string
		for _, id := range when[c.ID] {
			for _, o := range c.Options {
				if o.ID == id {
					options = append(options, o.Label)
				}
			}
		}
		if options != nil {
			questions = append(questions, strings.Join(options, "、"))
		}
	}
	if questions == nil {
		return ""
	}
	return "（" + strings.Join(questions, "，") + "）"
}

// hallNames names each hall once.
func hallNames(places []catalog.Place) string {
	if len(places) == 1 {
		return places[0].Hall.Name
	}
	var names []string
	for i, p := range places {
		if i == 0 || p.Hall != places[i-1].Hall {
			names = append(names, p.Hall.Name)
		}
	}
	return strings.Join(names, "、")
}

// statusVerified is the status of a record that was compared with its sources (vocab/verified-statuses.toml).
const statusVerified = "已核实"

// checked is the oldest day on which a record of the guide was compared with its sources, 0 where any was not.
func checked(g *catalog.Guide) record.Date {
	oldest := record.Date(0)
	all := true
	check := func(m *record.Meta) {
		if m.Verified == nil || m.Verified.Status != statusVerified || m.Verified.On == 0 {
			all = false
		} else if oldest == 0 || m.Verified.On < oldest {
			oldest = m.Verified.On
		}
	}
	check(&g.Item.Meta)
	check(&g.Procedure.Meta)
	for _, f := range g.Files {
		if r, ok := f.Record.(*record.Implementation); ok {
			check(&r.Meta)
		}
	}
	if !all {
		return 0
	}
	return oldest
}

// lastKey names what changed: an item, a procedure of it, either in a place.
type lastKey struct{ item, procedure, division string }

// lastChanges returns the day of the last change of every subject, and the day of the first state. The zero day without history.
func (x *exporter) lastChanges() (last map[lastKey]record.Date, first record.Date) {
	last = map[lastKey]record.Date{}
	for _, e := range x.Changes { // newest first
		k := lastKey{e.Subject.Item, e.Subject.Procedure, e.Subject.Division}
		if _, ok := last[k]; !ok && k.item != "" {
			last[k] = e.Date
		}
		first = e.Date
	}
	return last, first
}

// changed is the last day on which something of the guide changed: its item, its procedure, or the local records it is made of.
func (w *guideWords) changed(g *catalog.Guide) record.Date {
	day := w.first
	for _, no := range [2]string{"", g.Procedure.No} {
		day = max(day, w.last[lastKey{g.Item.ID, no, ""}])
		for _, f := range g.Files {
			day = max(day, w.last[lastKey{g.Item.ID, no, f.IDs[0]}])
		}
	}
	return day
}

// differing counts the keys that differ from the standard.
func (x *exporter) differing(g *catalog.Guide) int {
	n := 0
	seen := ""
	for i := range g.Origins {
		key, _, _ := strings.Cut(g.Origins[i].Key, ".")
		if key != seen && !shown[key] && !repeated(g.Origins[:i], key) {
			n++
		}
		seen = key
	}
	return n
}

// repeated reports whether some origin is of the key or a member of it.
func repeated(origins []catalog.Origin, key string) bool {
	for i := range origins {
		if rest, ok := strings.CutPrefix(origins[i].Key, key); ok && (rest == "" || rest[0] == '.') {
			return true
		}
	}
	return false
}
