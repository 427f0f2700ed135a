package page

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// ResultView is one thing the applicant gets.
type ResultView struct {
	Only
	Name, URL, Type, Validity, Sample string
}

// AmountView is a sum that is paid.
type AmountView struct {
	Only
	Text string
}

// outcomeView is the view of fragments/outcome.
type outcomeView struct {
	Results                 []ResultView
	Validity, Renewal, Area string
	Benefit, Cycle, HowPaid string
	Amounts                 []AmountView
	AmountUnknown           string
	Ways, Within, Pickup    string
}

func (b *builder) outcomeView(qs questions, o *record.Outcome) *outcomeView {
	v := &outcomeView{Pickup: o.Pickup}
	for _, r := range o.Results {
		rv := ResultView{Only: b.only(qs, r.When), Name: r.Name, Type: r.Type, Validity: r.Validity, Sample: webURL(r.Sample)}
		if e := b.site.Catalog.Certificates.Get(r.Certificate); e != nil {
			rv.Name, rv.URL = e.Record.Name, "../../certificates/"+e.ID+"/index.html"
			rv.Type = or(rv.Type, b.say("certificate"))
			rv.Validity = or(rv.Validity, e.Record.Validity)
		}
		rv.Name = or(rv.Name, r.Certificate)
		v.Results = append(v.Results, rv)
	}
	if p := o.Permit; p != nil {
		v.Validity, v.Renewal, v.Area = p.Validity, p.Renewal, p.Area
	}
	if x := o.Benefit; x != nil {
		v.Benefit, v.Cycle, v.HowPaid = x.What, x.Cycle, x.HowPaid
		if a := x.Amount; a != nil {
			text := a.Value + a.Unit
			if a.From != 0 {
				text += b.say("amount_from", "date", a.From.Han())
			}
			if e := b.site.Catalog.Documents.Get(a.Document); e != nil {
				text += b.say("amount_by", "document", or(e.Record.Number, e.Record.Title))
			}
			v.Amounts = append(v.Amounts, AmountView{Only: b.only(qs, a.When), Text: text})
		} else {
			v.AmountUnknown = b.say("amount_local_unknown")
		}
	}
	if d := o.Delivery; d != nil {
		v.Ways = strings.Join(d.Ways, "、")
		if d.Limit != nil {
			v.Within = b.say("delivered_within", "limit", d.Limit.String())
		}
	}
	return v
}

// RelationView is what comes before or after.
type RelationView struct {
	Only
	Text, URL, Name string
}

// relatedView is the view of fragments/related.
type relatedView struct {
	Before, After []RelationView
	Bundles       []Link
	Intermediary  []Link
}

// relatedView says what comes before and after. Links lead to the guide in the same place where it has one, else to
// the catalogue.
func (b *builder) relatedView(g *catalog.Guide) *relatedView {
	qs := questions(g.Scope.Cases)
	v := &relatedView{}
	relate := func(rs []record.Relation) []RelationView {
		var out []RelationView
		for _, r := range rs {
			rv := RelationView{Only: b.only(qs, r.When), Text: r.Text}
			if item := b.site.Catalog.Item(r.Item); item != nil {
				rv.Name, rv.URL = item.Name, "../../items/"+item.ID+"/index.html"
				if handles(g.Division, item.ID) {
					rv.URL = item.ID + ".html"
				}
			}
			out = append(out, rv)
		}
		return out
	}
	v.Before, v.After = relate(g.Relations.Before), relate(g.Relations.After)
	for _, id := range g.Relations.Then {
		if item := b.site.Catalog.Item(id); item != nil {
			rv := RelationView{Name: item.Name, URL: "../../items/" + id + "/index.html"}
			if handles(g.Division, id) {
				rv.URL = id + ".html"
			}
			v.After = append(v.After, rv)
		}
	}
	for _, e := range b.site.BundlesOf(g.Item.ID) {
		v.Bundles = append(v.Bundles, Link{URL: "../../bundles/" + e.ID + "/index.html", Text: e.Record.Name})
	}
	for _, id := range g.Relations.Intermediaries {
		if e := b.site.Catalog.Intermediaries.Get(id); e != nil {
			v.Intermediary = append(v.Intermediary, Link{URL: "../../intermediaries/" + id + "/index.html", Text: e.Record.Name})
		}
	}
	return v
}
