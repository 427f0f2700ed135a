package page

import (
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// DeadlineView is a time within which the applicant must act.
type DeadlineView struct {
	Only
	Text, IfMissed string
	Calendar       string // its file, or ""
	// What the script counts the last day with, or nothing where it cannot: a number of days or months, negative where it is counted back.
	Days, Months, UID, Title, Asks string
}

// PeriodView is a time in which applications are taken.
type PeriodView struct {
	Days, Note, Document, Calendar string
}

// deadlinesView is the view of fragments/deadlines.
type deadlinesView struct {
	Deadlines []DeadlineView
	Periods   []PeriodView
}

// deadlinesKey is what deadlinesView is made from.
type deadlinesKey struct {
	procedure *catalog.Procedure
	scope     *record.Scope
	timing    *record.Timing
}

func (b *builder) deadlinesView(k deadlinesKey) *deadlinesView {
	v := &deadlinesView{}
	qs := questions(k.scope.Cases)
	for i := range k.timing.ApplyBy {
		d := &k.timing.ApplyBy[i]
		path := calendarPath(k.procedure, d)
		dv := DeadlineView{Only: b.only(qs, d.When), Text: b.deadlineText(d), IfMissed: d.IfMissed, Calendar: b.calendarLink(path)}
		if dv.Calendar != "" {
			dv.count(d)
			dv.UID, dv.Title = b.calendarUID(path), b.guides.calendars[path].summary
			dv.Asks = b.say("cal_day", "day", knownDay(d.From))
		}
		v.Deadlines = append(v.Deadlines, dv)
	}
	for i := range k.timing.OpenPeriod {
		p := &k.timing.OpenPeriod[i]
		pv := PeriodView{Days: p.From.Han() + b.say("until") + p.To.Han(), Note: p.Note, Calendar: b.calendarLink(periodPath(k.procedure, p))}
		if e := b.site.Catalog.Documents.Get(p.Document); e != nil {
			pv.Document = or(e.Record.Number, e.Record.Title)
		}
		v.Periods = append(v.Periods, pv)
	}
	return v
}

// backwards ends the day from which a deadline is counted back: 到期日往前数.
const backwards = "往前数"

// knownDay is the day that a deadline is counted from, without the words that say how.
func knownDay(from string) string {
	for _, suffix := range []string{backwards, "之后", "后"} {
		from = strings.TrimSuffix(from, suffix)
	}
	return from
}

// deadlineText is a deadline in words: 公司：变更决议作出之日起 30 日内; 持证人：最晚在到期日前 15 个工作日办; 驾驶人：有效期满前 90 日内.
func (b *builder) deadlineText(d *record.Deadline) string {
	key, from := "deadline", d.From
	if base, ok := strings.CutSuffix(from, backwards); ok {
		key, from = "deadline_back", base
	} else if strings.HasSuffix(from, "前") || strings.HasSuffix(from, "后") {
		key = "deadline_around"
	}
	text := b.say(key, "from", from, "within", plainLimit(d.Within))
	if d.Who != "" {
		text = d.Who + b.say("colon") + text
	}
	if d.Within.Note != "" {
		text += "（" + strings.TrimSuffix(d.Within.Note, "。") + "）"
	}
	return text
}

// count says how the last day follows from the day that the reader knows. Working days need the calendar of holidays, which is not in
// the records, and «before» does not tell whether it is the first or the last day: there nothing is counted.
func (v *DeadlineView) count(d *record.Deadline) {
	n := d.Within.Value
	switch {
	case strings.HasSuffix(d.From, backwards):
		n = -n
	case strings.HasSuffix(d.From, "前"):
		return
	}
	switch d.Within.Unit {
	case record.UnitMonth:
		v.Months = strconv.Itoa(n)
	case record.UnitWorkday:
	default:
		v.Days = strconv.Itoa(n)
	}
}
