package page

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/review"
	"banshi/generator/internal/site"
)

// ConsultationView is a draft that is open for comment, will be, or was; or the list of a place that was.
type ConsultationView struct {
	ID, Name, URL, Plain string
	Days                 string // from when to when
	State                string // open, coming, closed, or unknown where the record gives no days
	StateText            string
	Stage                string // how far the draft has come: 起草, 正在征求意见 …
	Missing              string // what is still to be done before it is published
	Document, DocURL     string
	Result, Reason       string
	Body                 string // who takes comments
	Address              string // where they are sent, as text
	AddressURL           string // the same as a link, or ""
	Comment              string // a prefilled issue of the repository, or ""
	Takes                string // the day it would take effect
	Phone                string
	PhoneDial            string
	Department           string
	Changes              []ChangeView // what people would see change
}

// draftURL is the page that shows a draft.
func draftURL(d *site.State) string {
	switch {
	case d.Division != nil && d.Item != nil && slices.ContainsFunc(d.Division.Guides, func(g *catalog.Guide) bool { return g.Item == d.Item }):
		return site.OverviewURL(d.Division, d.Item)
	case d.Item != nil:
		return site.ItemURL(d.Item)
	}
	return "consultation/"
}

// consultationView is a draft and how to comment on it.
func (b *builder) consultationView(url string, d *site.State) *ConsultationView {
	name := d.Name()
	v := &ConsultationView{ID: d.ID(), Name: name, URL: b.link(url, draftURL(d)), Stage: string(d.Stage),
		Phone: b.phone(), PhoneDial: dial(b.phone()), Takes: d.Effective.Han()}
	if d.Item != nil {
		v.Plain, v.Department = d.Item.Plain, d.Item.Department
	}
	if d.Procedure != nil {
		v.Plain = or(d.Procedure.Plain, v.Plain)
	}
	var missing []string
	for _, g := range d.Missing {
		missing = append(missing, b.gate(g))
	}
	v.Missing = strings.Join(missing, "、")
	v.Comment = b.edit.NewIssue("意见："+name, "页面："+b.site.Config.BaseURL+"/"+draftURL(d)+"\n记录："+d.File.Path+"\n\n意见和理由：\n")
	if d.Review != nil {
		b.consultationDays(url, v, d.Review.Consultation)
	}
	if v.State == "" {
		v.State, v.StateText = "unknown", b.say("consultation_unknown")
	}
	b.commentTo(v, d.Review)
	for _, e := range d.Changes {
		v.Changes = append(v.Changes, b.proposedView(url, e))
	}
	return v
}

// gate is what people call a part of a review.
func (b *builder) gate(g review.Gate) string { return g.Title().In(b.site.Config.Language) }

// commentTo says who takes comments and where: the record's own words, else those of site.toml.
func (b *builder) commentTo(v *ConsultationView, r *record.Review) {
	v.Body, v.Address = b.site.Config.Consultation.Body, b.site.Config.Consultation.Address
	if r != nil && r.Consultation != nil {
		v.Body, v.Address = or(r.Consultation.Body, v.Body), or(r.Consultation.Address, v.Address)
	}
	v.AddressURL = webURL(v.Address)
	if name, host, ok := strings.Cut(v.Address, "@"); ok && v.AddressURL == "" && !strings.ContainsAny(v.Address, " ，、；:/?&<>\"") && name != "" && strings.Contains(host, ".") {
		v.AddressURL = "mailto:" + v.Address
	}
}

// consultationDays says when the comments are taken, as of the day of the site.
func (b *builder) consultationDays(url string, v *ConsultationView, c *record.Consultation) {
	if c == nil {
		return
	}
	v.Days, v.Result, v.Reason = b.say("days", "from", c.Opens.Han(), "to", c.Closes.Han()), c.Result, c.Reason
	if c.Document != "" {
		v.Document, v.DocURL = b.documentName(c.Document), b.documentURL(url, c.Document)
		if v.DocURL == "" {
			v.DocURL = webURL(c.Document)
		}
	}
	today := b.site.Catalog.AsOf
	switch {
	case today < c.Opens:
		v.State, v.StateText = "coming", b.say("consultation_coming", "date", c.Opens.Han())
	case today > c.Closes:
		v.State, v.StateText = "closed", b.say("consultation_closed", "date", c.Closes.Han())
	default:
		v.State, v.StateText = "open", b.say("consultation_open", "date", c.Closes.Han())
	}
}

// proposedView is what people would see change, without the day: it has none yet.
func (b *builder) proposedView(url string, e *changes.Entry) ChangeView {
	v := b.changeView(url, e)
	v.Day = ""
	return v
}

// consultationsView is the view of pages/consultation.
type consultationsView struct {
	Page
	Crumbs    []Link
	Lead      string
	Draft     bool                // a site that shows drafts
	States    string              // address of the list of all states, in a draft site
	Elsewhere string              // in the plain site, where the drafts are shown
	Drafts    []*ConsultationView // those that can still be commented on first
	Lists     []*ConsultationView // the lists of places that were put to comment
	Others    []ChangeView        // what would change beside the drafts
	Phone     string
}

func (b *builder) consultationPages() []output.File {
	const url = "consultation/"
	return []output.File{b.page(url, "pages/consultation", func() any {
		v := &consultationsView{Page: b.head(url, b.say("consultation"), b.say("consultation_lead")), Crumbs: b.trail(url), Phone: b.phone(),
			Lead: b.say("consultation_lead"), Draft: b.site.Catalog.Draft}
		if to := webURL(b.site.Config.Consultation.URL); to != "" && !v.Draft {
			v.Elsewhere = to + "/consultation/"
		}
		if v.Draft {
			v.States = b.link(url, statesURL)
		}
		for _, d := range b.site.Drafts {
			v.Drafts = append(v.Drafts, b.consultationView(url, d))
		}
		for _, e := range b.site.Proposed {
			v.Others = append(v.Others, b.proposedView(url, e))
		}
		for _, d := range b.site.Catalog.Divisions {
			for n := range d.ListReviews {
				if c := d.ListReviews[n].Consultation; c != nil {
					l := &ConsultationView{Name: b.say("place_list", "place", d.Name), URL: b.link(url, site.DivisionURL(d)), Phone: b.phone(), PhoneDial: dial(b.phone())}
					b.consultationDays(url, l, c)
					v.Lists = append(v.Lists, l)
				}
			}
		}
		order := []string{"open", "coming", "unknown", "closed"}
		slices.SortStableFunc(v.Drafts, func(x, y *ConsultationView) int {
			return slices.Index(order, x.State) - slices.Index(order, y.State)
		})
		return v
	})}
}

// draftBanner is what every page of a consultation site says first: until when comments are taken, where the drafts are listed.
type draftBanner struct {
	Until string // the day the next consultation closes, or ""
	List  string // address of the list of drafts
	Plain string // address of the published portal, or ""
}

func (b *builder) draftBanner(root string) *draftBanner {
	if !b.site.Consultation {
		return nil
	}
	v := &draftBanner{List: root + site.File("consultation/"), Plain: webURL(b.site.Published)}
	var next record.Date
	for _, d := range b.site.Drafts {
		if d.Stage == review.StageOpen && (next == 0 || d.Review.Consultation.Closes < next) {
			next = d.Review.Consultation.Closes
		}
	}
	v.Until = next.Han()
	return v
}
