package review

import (
	"slices"
	"testing"
	"time"

	"banshi/generator/internal/config"
	"banshi/generator/internal/record"
)

func settings(since time.Time, require ...string) *config.Config {
	c := &config.Config{Publish: config.Publish{Require: require}}
	if !since.IsZero() {
		c.Publish.Since = &since
	}
	return c
}

// The names that site.toml may demand are those of the gates.
func TestGates(t *testing.T) {
	for i, g := range Gates {
		if config.PublishGates[i] != string(g) {
			t.Errorf("gate %d is %s, site.toml calls it %s", i, g, config.PublishGates[i])
		}
		if g.Title().ZH == "" {
			t.Errorf("%s has no title", g)
		}
	}
	if len(Gates) != len(config.PublishGates) {
		t.Error("not the same number of gates")
	}
}

func TestHeld(t *testing.T) {
	since := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	whole := &record.Review{
		Consultation: &record.Consultation{Opens: 20260803, Closes: 20260903, Document: "notice"},
		Legality:     &record.Legality{Opinion: "合法", Document: "示司审〔2026〕3号", Date: 20260910},
		Approved:     &record.Signature{Body: "示例县人民政府", Date: 20260920, Document: "notice"},
	}
	against := *whole
	against.Legality = &record.Legality{Opinion: record.Unlawful, Document: "示司审〔2026〕3号", Date: 20260910}
	item := func(status string, from record.Date, r *record.Review) Subject {
		return Subject{Kind: record.KindItem, Value: &record.Item{Status: status, EffectiveFrom: from, Review: r}}
	}
	procedure := func(day record.Date, r *record.Review) Subject {
		return Subject{Kind: record.KindProcedure, From: day, Value: &record.Procedure{Status: record.StatusInForce, EffectiveFrom: 20261101, Review: r}}
	}
	p := PolicyOf(settings(since, "approved", "legality", "consultation"))
	for name, c := range map[string]struct {
		s    Subject
		held bool
		lack []Gate
	}{
		"a draft":                              {item(record.StatusDraft, 20270101, whole), true, nil},
		"reviewed":                             {item(record.StatusInForce, 20261001, whole), false, nil},
		"not reviewed":                         {item(record.StatusInForce, 20261001, nil), true, []Gate{Consultation, Legality, Approved}},
		"from before the demand":               {item(record.StatusInForce, 20260930, nil), false, nil},
		"ended":                                {item(record.StatusCancelled, 20261001, nil), false, nil},
		"an opinion against":                   {item(record.StatusInForce, 20261001, &against), true, []Gate{Legality}},
		"a procedure that goes with its item":  {procedure(0, nil), false, nil},
		"a later version of its own":           {procedure(20261201, nil), true, []Gate{Consultation, Legality, Approved}},
		"a later version that was reviewed":    {procedure(20261201, whole), false, nil},
		"a law, of which nothing is demanded":  {Subject{Kind: record.KindLaw, Value: &record.Law{}}, false, nil},
		"a place's record, nothing of places":  {Subject{Kind: record.KindImplementation, Value: &record.Implementation{}}, false, nil},
		"a procedure with part of its reviews": {procedure(0, &record.Review{Approved: whole.Approved}), true, []Gate{Consultation, Legality}},
	} {
		if got := p.Held(c.s); got != c.held {
			t.Errorf("%s: held %v", name, got)
		}
		if got := p.Missing(c.s); !slices.Equal(got, c.lack) {
			t.Errorf("%s: lacks %v, want %v", name, got, c.lack)
		}
	}
	if PolicyOf(nil).Held(item(record.StatusInForce, 20261001, nil)) {
		t.Error("without settings something is demanded")
	}
	places := settings(time.Time{})
	places.Publish.Places = []string{"reviewed"}
	if !PolicyOf(places).Held(Subject{Kind: record.KindImplementation, Value: &record.Implementation{}}) {
		t.Error("a place's record without the review that is demanded is published")
	}
}

func TestStage(t *testing.T) {
	r := &record.Review{}
	at := func(day record.Date) Stage {
		s, _ := PolicyOf(nil).Stage(Subject{Kind: record.KindItem, Value: &record.Item{Status: record.StatusDraft, Review: r}}, day)
		return s
	}
	steps := []struct {
		set  func()
		day  record.Date
		want Stage
	}{
		{func() {}, 20260701, StageDraft},
		{func() { r.Signed = &record.Signature{Date: 20260701} }, 20260702, StageDraft},
		{func() { r.Reviewed = &record.Signature{Date: 20260703} }, 20260704, StageReviewed},
		{func() { r.Consultation = &record.Consultation{Opens: 20260801, Closes: 20260831} }, 20260731, StageComing},
		{func() {}, 20260801, StageOpen},
		{func() {}, 20260831, StageOpen},
		{func() {}, 20260901, StageClosed},
		{func() { r.Legality = &record.Legality{Opinion: "合法", Date: 20260910} }, 20260911, StageLegality},
		{func() { r.Legality.Opinion = record.Unlawful }, 20260911, StageRefused},
		{func() { r.Legality.Opinion = "合法"; r.Approved = &record.Signature{Date: 20260920} }, 20260921, StageApproved},
	}
	for _, s := range steps {
		s.set()
		if got := at(s.day); got != s.want {
			t.Errorf("on %s: %s, want %s", s.day, got, s.want)
		}
	}
	if n := r.Consultation.Days(); n != 31 {
		t.Errorf("August has %d days", n)
	}
	days := Days(r)
	for i := 1; i < len(days); i++ {
		if days[i].Day < days[i-1].Day {
			t.Errorf("%v comes before %v", days[i-1], days[i])
		}
	}
}
