package page

import (
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/record"
)

// about says a limit as people say it: 5 working days are 约一周. It returns "" for limits that need no other word.
func about(l record.Limit) string {
	days := l.Value
	switch l.Unit {
	case record.UnitWorkday:
		if days < 4 {
			return ""
		}
		days = (days*7 + 2) / 5
	case record.UnitMonth:
		return ""
	}
	switch {
	case days < 6:
		return ""
	case days <= 8:
		return "约一周"
	case days <= 13:
		return "约十天"
	case days <= 17:
		return "约半个月"
	case days <= 24:
		return "约三周"
	case days <= 35:
		return "约一个月"
	}
	half := (days*2 + 15) / 30 // half months
	whole := []string{"", "一", "两", "三", "四", "五", "六"}
	if half/2 >= len(whole) {
		return "约" + strconv.Itoa(half/2) + "个月"
	}
	if half%2 == 1 {
		return "约" + whole[half/2] + "个半月"
	}
	return "约" + whole[half/2] + "个月"
}

// limitFigure is the number and the unit of a limit for the card: 5 工作日, 30 日, 3 个月, 当场.
func limitFigure(l record.Limit) (number, unit string) {
	switch {
	case l.Value == 0:
		return "当场", ""
	case l.Unit == record.UnitMonth:
		return strconv.Itoa(l.Value), "个月"
	case l.Unit == record.UnitNatural:
		return strconv.Itoa(l.Value), "日"
	}
	return strconv.Itoa(l.Value), l.Unit
}

// limitOf returns the first limit that holds for a choice.
func limitOf(limits []record.Limit, c record.Choice) (record.Limit, bool) {
	for _, l := range limits {
		if l.When.Holds(c) {
			l.When = nil
			return l, true
		}
	}
	return record.Limit{}, false
}

// shownLimits are those a reader counts with: the promise, or the law's where nothing is promised.
func shownLimits(t *record.Timing) []record.Limit {
	if len(t.Promise) > 0 {
		return t.Promise
	}
	return t.LegalLimit
}

func whensOfLimits(limits []record.Limit) []record.When {
	var out []record.When
	for _, l := range limits {
		out = append(out, l.When)
	}
	return out
}

// answerTime is the time for one choice: comparable, so that choices with the same time are told together.
type answerTime struct {
	known     bool
	value     int
	unit      string
	asWritten bool
	apart     string // special procedures whose time is not counted
	unlimited bool   // the law sets none, and nothing is promised
}

// timeNode is the time on the card.
func (b *builder) timeNode(qs questions, t *record.Timing, text bool) Node {
	limits := shownLimits(t)
	whens := whensOfLimits(limits)
	if text {
		for _, s := range t.SpecialProcedures {
			whens = append(whens, s.When)
		}
	}
	eval := func(c record.Choice) answerTime {
		a := answerTime{unlimited: limits != nil && len(limits) == 0}
		if l, ok := limitOf(limits, c); ok {
			a.known, a.value, a.unit, a.asWritten = true, l.Value, l.Unit, l.AsWritten
		}
		if text {
			a.apart = apart(t, c)
		}
		return a
	}
	show := b.showTime
	if text {
		show = b.sayTime
	}
	return node(qs, qs.involved(whens...), eval, show)
}

// apart names the special procedures whose time comes on top.
func apart(t *record.Timing, c record.Choice) string {
	var kinds []string
	for _, s := range t.SpecialProcedures {
		if !s.Counted && s.When.Holds(c) {
			kinds = append(kinds, s.Kind)
		}
	}
	return strings.Join(kinds, "、")
}

func (a answerTime) limit() record.Limit {
	return record.Limit{Value: a.value, Unit: a.unit, AsWritten: a.asWritten}
}

// showTime is the figure: 5 工作日, 约一周; or a range.
func (b *builder) showTime(as []answerTime) Figure {
	first := as[0]
	if len(as) == 1 {
		switch {
		case first.known:
			n, u := limitFigure(first.limit())
			remark := about(first.limit())
			if first.value == 0 {
				remark = b.say("at_once")
			}
			return Figure{Number: n, Unit: u, Remark: remark}
		case first.unlimited:
			return Figure{Number: b.say("unlimited"), Remark: b.say("unlimited_remark")}
		}
		return Figure{Number: b.say("unknown"), Remark: b.say("ask_window")}
	}
	low, high := first, first
	for _, a := range as {
		if !a.known || a.unit != first.unit {
			return Figure{Number: b.say("depends"), Remark: b.say("by_case")}
		}
		if a.value < low.value {
			low = a
		}
		if a.value > high.value {
			high = a
		}
	}
	n, u := limitFigure(high.limit())
	return Figure{Number: strconv.Itoa(low.value) + "–" + n, Unit: u, Remark: b.say("by_case")}
}

// sayTime is the sentence: 受理后 5 个工作日内，约一周；现场核查的时间另算.
func (b *builder) sayTime(as []answerTime) Figure {
	f, same := as[0], true // whether only what is counted apart differs
	for _, a := range as {
		same = same && a.known == f.known && a.value == f.value && a.unit == f.unit && a.unlimited == f.unlimited
	}
	var text string
	switch {
	case !same:
		r := b.showTime(as)
		if r.Unit == "" {
			return Figure{Text: b.say("by_case")}
		}
		text = b.say("time_range", "range", r.Number+" "+measure(r.Unit))
	case !f.known && f.unlimited:
		return Figure{Text: b.say("unlimited_text")}
	case !f.known:
		return Figure{Text: b.say("time_unknown")}
	case f.value == 0:
		text = b.say("time_at_once")
	default:
		text = b.say("time_within", "limit", plainLimit(f.limit()))
		if w := about(f.limit()); w != "" {
			text += "，" + w
		}
	}
	if what := b.apartOf(as); what != "" {
		text += "；" + b.say("time_apart", "what", what)
	}
	return Figure{Text: text}
}

// apartOf names what takes time beside the limit: the special procedures that are not counted, in any of the cases, and the time
// that the applicant takes to complete the papers, which never counts (行政许可法第三十二条: the matter is accepted when they are complete).
// What is done at once has neither.
func (b *builder) apartOf(as []answerTime) string {
	var kinds []string
	waits := false
	for _, a := range as {
		waits = waits || a.known && a.value > 0
		for kind := range strings.SplitSeq(a.apart, "、") {
			if kind != "" && !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	if waits {
		kinds = append(kinds, b.say("time_completing"))
	}
	return strings.Join(kinds, "、")
}

// measure puts 个 before the units that want it.
func measure(unit string) string {
	if unit == record.UnitWorkday {
		return "个" + unit
	}
	return unit
}

// plainLimit is a limit without the note on how a law writes it.
func plainLimit(l record.Limit) string {
	n, u := limitFigure(l)
	if u == "" {
		return n
	}
	return n + " " + measure(u)
}

// LimitLine is a limit of the section on time, for some answers.
type LimitLine struct {
	Only
	Limit, Note string
}

// limitLines are the limits in full; a list that is stated and empty means that the law sets none.
func (b *builder) limitLines(qs questions, limits []record.Limit) []LimitLine {
	var out []LimitLine
	for _, l := range limits {
		line := LimitLine{Only: b.only(qs, l.When), Limit: l.String(), Note: strings.TrimSuffix(l.Note, "。")}
		if l.Extension > 0 {
			line.Limit += b.say("extension", "n", strconv.Itoa(l.Extension)+" "+measure(l.Unit))
		}
		out = append(out, line)
	}
	return out
}

// SpecialView is a special procedure with its time and whether it counts.
type SpecialView struct {
	Only
	Kind, Limit, Counted, Charged, Note string
	Basis                               []BasisView
}

// timeView is the view of fragments/time.
type timeView struct {
	Promise, Legal []LimitLine
	NoLegal        bool // the law sets no limit
	Sentence       Node
	Stops          string
	Special        []SpecialView
	CaseType       string // 即办件 or 承诺件
}

func (b *builder) timeView(qs questions, t *record.Timing) *timeView {
	v := &timeView{
		Promise: b.limitLines(qs, t.Promise), Legal: b.limitLines(qs, t.LegalLimit), NoLegal: t.LegalLimit != nil && len(t.LegalLimit) == 0,
		Sentence: b.timeNode(qs, t, true), Stops: t.Stops, CaseType: "承诺件",
	}
	if atOnce(t.Promise) {
		v.CaseType = "即办件"
	}
	for _, s := range t.SpecialProcedures {
		sv := SpecialView{Only: b.only(qs, s.When), Kind: s.Kind, Note: s.Note, Basis: b.basisViews(s.Basis), Counted: b.say("not_counted"), Charged: b.say("special_free")}
		if s.Counted {
			sv.Counted = b.say("counted")
		}
		if s.Charged {
			sv.Charged = b.say("special_charged")
		}
		if s.Limit != nil {
			sv.Limit = s.Limit.String()
		}
		v.Special = append(v.Special, sv)
	}
	return v
}

// atOnce reports whether everything is done at once.
func atOnce(promise []record.Limit) bool {
	for _, l := range promise {
		if l.Value != 0 {
			return false
		}
	}
	return len(promise) > 0
}
