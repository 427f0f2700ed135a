package page

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// bundleView is the view of pages/bundle: several items handled as one matter (一件事).
type bundleView struct {
	Page
	Crumbs          []Link
	Name, Plain     string
	Tags, Meta      []string
	StepsFigure     string // 4, or 2–6 by the answers
	Total           string // total promise: number
	TotalUnit       string
	TotalRemark     string
	Handed, Asked   string // papers handed in, and asked for by the steps one by one; the most
	Merged          bool   // the two differ
	Spared          string // papers that need not be handed in
	Idle            string // steps without anything to do
	Lead            string
	LeadURL         string
	Audience, Stage string
	StageURL        string
	TotalNote       string
	Document        string
	DocURL          string
	Ask             *askView
	Steps           []BundleStepView
	Papers          []BundlePaperView
	Again           []BundlePaperView // what need not be brought at all
	FAQ             []QAView
	Aliases         string
	DataLinks       sourceLinks
	Phone           string
}

// BundleStepView is one step.
type BundleStepView struct {
	Only
	ID, Name, URL, Procedure string
	After                    []AfterView
	Who, Note                string
	Idle                     bool
	Limit                    string
	Results                  string
}

// AfterView is a step that must be done before, with the class that hides it from those who do not take it.
type AfterView struct{ URL, Name, Class string }

// BundlePaperView is one paper, merged over the steps.
type BundlePaperView struct {
	Name, URL, Plain string
	Uses             []BundleUseView
}

// BundleUseView says for one step how the paper gets there.
type BundleUseView struct {
	Class      string // hides the use with its step
	Step, Text string
	Cases      string // “仅……需要”
	Again      bool   // not handed in here
}

func (b *builder) bundlePages() []output.File {
	const url = "bundles/"
	title, lead := b.say("nav_bundles"), b.say("bundles_lead")
	out := []output.File{b.page(url, "pages/listing", b.listing(url, title, lead, func(v *listingView) {
		v.Crumbs, v.Lead = b.trail(url), lead
		for n, stage := range b.vocabOrder("bundle-stages") {
			g := Group{ID: "s" + itoa(n+1), Title: stage}
			for _, e := range b.site.Catalog.Bundles.All {
				if e.Record.Stage == stage {
					g.Rows = append(g.Rows, b.bundleRow(url, e))
				}
			}
			if len(g.Rows) > 0 {
				v.Groups = append(v.Groups, g)
			}
		}
	}))}
	for _, e := range b.site.Catalog.Bundles.All {
		at := url + e.ID + "/"
		plan := b.site.Plan(e)
		out = append(out, b.page(at, "pages/bundle", func() any { return b.bundleView(at, plan) }))
	}
	return out
}

// bundleRow is a bundle as a list shows it.
func (b *builder) bundleRow(url string, e *catalog.Entry[record.Bundle]) Row {
	return Row{URL: b.link(url, "bundles/"+e.ID+"/"), Name: e.Record.Name, Note: e.Record.Plain}
}

// stepID is the anchor of a step.
func stepID(s *site.BundleStep) string { return "step-" + itoa(s.No) }

func (b *builder) bundleView(url string, p *site.BundlePlan) *bundleView {
	r := p.Entry.Record
	v := &bundleView{
		Page: b.head(url, r.Name, sentence(r.Plain, b.say("bundle_description", "n", itoa(len(p.Steps)), "papers", itoa(p.Handed)))),
		Name: r.Name, Plain: r.Plain, Tags: b.metaTags(r.Meta), Lead: r.Lead, Audience: strings.Join(r.Audience, "、"), Stage: r.Stage,
		Asked: itoa(p.Asked), Handed: itoa(p.Handed), StepsFigure: spread(p.MinSteps, p.MaxSteps), Aliases: aliasText(r.Aliases), Phone: b.phone(),
		Crumbs: b.trail(url, Link{URL: "bundles/", Text: b.say("nav_bundles")}),
	}
	v.DataLinks = b.sourceLinks(p.Entry.File, r.Name, v.Canonical)
	v.Data = b.wayData(&v.Page, v.Crumbs, v.Name)
	v.Meta = slices.DeleteFunc([]string{r.Stage, b.say("bundle_items", "n", itoa(len(p.Steps)))}, func(s string) bool { return s == "" })
	v.Total, v.TotalRemark = b.say("unknown"), b.say("ask_window")
	if t := r.TotalPromise; t != nil {
		l := record.Limit{Value: t.Value, Unit: t.Unit}
		v.Total, v.TotalUnit = limitFigure(l)
		v.TotalRemark, v.TotalNote = or(about(l), b.say("bundle_total")), t.Note
		if t.Document != "" {
			v.Document, v.DocURL = b.documentName(t.Document), b.documentURL(url, t.Document)
		}
	}
	if f := facetOf(b.site.Departments, r.Lead); f != nil {
		v.LeadURL = b.link(url, "departments/"+f.ID+"/")
	}
	if f := facetOf(b.site.LifeStages, r.Stage); f != nil {
		v.StageURL = b.link(url, "life-events/"+f.ID+"/")
	}
	qs := questions(r.Cases)
	if len(r.Cases) > 0 {
		v.Ask = b.askView(&record.Scope{Cases: r.Cases})
	}
	idle := 0
	for _, s := range p.Steps {
		sv := b.bundleStep(url, qs, s)
		if sv.Idle {
			idle++
		}
		v.Steps = append(v.Steps, sv)
	}
	v.Idle = itoa(idle)
	for _, paper := range p.Papers {
		pv := b.bundlePaper(url, qs, paper)
		if paper.ToHand() {
			v.Papers = append(v.Papers, pv)
		} else {
			v.Again = append(v.Again, pv)
		}
	}
	v.Merged, v.Spared = p.Asked > p.Handed, itoa(len(v.Again))
	for _, x := range r.FAQ {
		v.FAQ = append(v.FAQ, QAView{x.Q, x.A})
	}
	return v
}

// spread is a number, or a range.
func spread(low, high int) string {
	if low == high {
		return itoa(low)
	}
	return itoa(low) + "–" + itoa(high)
}

func (b *builder) bundleStep(url string, qs questions, s *site.BundleStep) BundleStepView {
	v := BundleStepView{Only: b.only(qs, s.When), ID: stepID(s), Name: s.BundleStep.Item, Who: s.Who, Note: s.Note,
		Idle: s.NeedsAction != nil && !*s.NeedsAction}
	if s.Item != nil {
		v.Name, v.URL = s.Item.Name, b.link(url, site.ItemURL(s.Item))
		if len(s.Procedures) == 1 && !site.Single(s.Item) {
			v.Procedure = s.Procedures[0].Name
		}
	}
	for _, a := range s.After {
		name := a.BundleStep.Item
		if a.Item != nil {
			name = a.Item.Name
		}
		v.After = append(v.After, AfterView{URL: "#" + stepID(a), Name: name, Class: b.only(qs, a.When).Class})
	}
	var results []string
	for _, p := range s.Procedures {
		if limits := shownLimits(p.Timing); v.Limit == "" && len(limits) == 1 {
			v.Limit = plainLimit(limits[0])
		}
		for _, r := range p.Outcome.Results {
			name := r.Name
			if c := b.site.Catalog.Certificates.Get(r.Certificate); c != nil {
				name = c.Record.Name
			}
			if name != "" && !slices.Contains(results, name) {
				results = append(results, name)
			}
		}
	}
	v.Results = strings.Join(results, "、")
	return v
}

// bundlePaper says of a paper at which steps it is used and where it need not be handed in again.
func (b *builder) bundlePaper(url string, qs questions, p *site.BundlePaper) BundlePaperView {
	v := BundlePaperView{Name: p.Name()}
	if p.Library != nil {
		v.URL, v.Plain = b.link(url, "materials/"+p.Library.ID+"/"), p.Library.Record.Plain
	}
	for _, u := range p.Uses {
		uv := BundleUseView{Class: b.only(qs, u.Step.When).Class, Step: itoa(u.Step.No), Again: u.How != site.HandIn, Cases: b.only(questions(u.Procedure.Scope.Cases), u.Paper.When).Tag}
		from := ""
		if u.From != nil {
			from = itoa(u.From.No)
		}
		switch {
		case u.How == site.Found:
			uv.Text = b.say("use_found")
		case u.How == site.Issued && u.Maybe:
			uv.Text = b.say("use_issued_maybe", "step", from)
		case u.How == site.Issued:
			uv.Text = b.say("use_issued", "step", from)
		case u.How == site.HandedIn && u.Maybe:
			uv.Text = b.say("use_again_maybe", "step", from)
		case u.How == site.HandedIn:
			uv.Text = b.say("use_again", "step", from)
		case u.Paper.AnyOf != "":
			uv.Text = b.say("use_one_of")
		case u.Paper.Necessity == record.Deferrable:
			uv.Text = b.say("use_later")
		case u.Paper.Necessity == record.Optional:
			uv.Text = b.say("use_optional")
		default:
			uv.Text = b.say("use_hand_in")
		}
		v.Uses = append(v.Uses, uv)
	}
	return v
}
