package page

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// askView is the view of fragments/ask: who need not apply, and the questions.
type askView struct {
	NotNeeded []NotNeededView
	Questions []QuestionView
	Summary   string // what the closed heading says on a phone
}

// NotNeededView is a situation in which people need not apply.
type NotNeededView struct {
	Text, Instead string
	Basis         []BasisView
}

// QuestionView is one question with its options; No numbers it.
type QuestionView struct {
	No      int
	Text    string
	Options []OptionView
}

// OptionView is one answer: the radio button it labels.
type OptionView struct{ ID, Label string }

func (b *builder) askView(s *record.Scope) *askView {
	v := &askView{}
	for _, n := range s.NotNeeded {
		v.NotNeeded = append(v.NotNeeded, NotNeededView{strings.TrimSuffix(n.Text, "。"), n.Instead, b.basisViews(n.Basis)})
	}
	for i, c := range s.Cases {
		q := QuestionView{No: i + 1, Text: c.Question}
		for j, o := range c.Options {
			q.Options = append(q.Options, OptionView{"c" + itoa(i+1) + "o" + itoa(j+1), o.Label})
		}
		v.Questions = append(v.Questions, q)
	}
	n, q := itoa(len(v.NotNeeded)), itoa(len(v.Questions))
	switch {
	case len(v.NotNeeded) > 0 && len(v.Questions) > 0:
		v.Summary = b.say("ask_both", "n", n, "q", q)
	case len(v.Questions) > 0:
		v.Summary = b.say("ask_cases", "q", q)
	default:
		v.Summary = b.say("ask_not_needed", "n", n)
	}
	return v
}

// cardView is the view of fragments/card: the answers at a glance.
type cardView struct {
	Visits, Time, Cost, Papers Node
	SayTime, SayPapers         Node
	Who, At                    string
	AtStated                   bool
	Online, Mobile             string
}

// cardKey is the sections the card is made from.
type cardKey struct {
	scope        *record.Scope
	timing       *record.Timing
	papers       *catalog.Papers
	cost         *record.Cost
	access       *record.Access
	facilitation *record.Facilitation
}

// card returns the key of the card of sections.
func (b *builder) card(s *catalog.Sections) cardKey {
	return cardKey{b.asking(s.Scope), s.Timing, s.Papers, s.Cost, s.Access, s.Facilitation}
}

func (b *builder) cardView(k cardKey) *cardView {
	qs := questions(k.scope.Cases)
	v := &cardView{
		Visits: Node{Figure: b.showVisits(k.access)},
		Time:   b.timeNode(qs, k.timing, false), SayTime: b.timeNode(qs, k.timing, true),
		Cost:   b.costNode(qs, k.cost),
		Papers: papersNode(qs, k.papers, b.showPapers), SayPapers: papersNode(qs, k.papers, b.sayPapers),
		Who: or(first(k.access.InPerson), b.say("who_unknown")), At: or(first(k.scope.ApplyAt), b.say("not_applicable")), AtStated: k.scope.ApplyAt != "",
	}
	if o := k.access.Online; o != nil {
		v.Online, v.Mobile = webURL(o.URL), webURL(o.MobileURL)
	}
	return v
}

// showVisits is the figure: 1 次, 证可邮寄 is left to the section.
func (b *builder) showVisits(a *record.Access) Figure {
	switch {
	case a.Visits == nil:
		return Figure{Number: b.say("unknown"), Remark: b.say("ask_window")}
	case *a.Visits == 0:
		return Figure{Number: "0", Unit: b.say("visit_unit"), Remark: b.say("visit_none")}
	case *a.Visits == 1:
		return Figure{Number: "1", Unit: b.say("visit_unit"), Remark: b.say("visit_once")}
	}
	return Figure{Number: itoa(*a.Visits), Unit: b.say("visit_unit"), Remark: b.say("visit_why")}
}

// digest is a guide in a line: for descriptions and for the rows of an overview.
type digest struct {
	Visits, Time, Cost, Papers string
}

// digest sums up the sections of a card; guides that share them share it.
func (b *builder) digest(k cardKey) digest {
	if d, ok := b.guides.digests.find(k); ok {
		return d
	}
	c := b.cardView(k)
	d := digest{Visits: c.Visits.words(), Time: c.Time.words(), Cost: c.Cost.words(), Papers: c.Papers.words()}
	if !b.listed {
		b.guides.digests.add(k, d)
	}
	return d
}

// words is a figure as text: 5 工作日, 0 元.
func (f Figure) words() string {
	if f.Unit == "" {
		return f.Number
	}
	return f.Number + " " + f.Unit
}

// conditionsView is the view of fragments/conditions.
type conditionsView struct {
	Conditions   []ConditionView
	Prohibitions []string
	Quantity     string
}

// ConditionView is one condition, for some answers.
type ConditionView struct {
	Only
	Text string
}

func (b *builder) conditionsView(s *record.Scope, t *texts) *conditionsView {
	qs := questions(s.Cases)
	v := &conditionsView{Prohibitions: s.Prohibitions, Quantity: or(s.QuantityLimit, b.say("none"))}
	for _, c := range s.Conditions {
		v.Conditions = append(v.Conditions, ConditionView{b.only(qs, c.When), t.put(c.Text)})
	}
	return v
}
