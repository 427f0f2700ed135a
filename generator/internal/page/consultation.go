package page

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// ConsultationView is a draft that is open for comment, will be, or was.
type ConsultationView struct {
	Name, URL, Plain   string
	Days               string // from when to when
	State              string // open, coming, closed, or unknown where the record gives no days
	StateText          string
	Document, DocURL   string
	Result             string
	Comment            string // address for comments, or ""
	Takes              string // the day it would take effect
	Phone              string
	PhoneDial          string
	Department, Origin string
}

// consultationView is the consultation of a draft item.
func (b *builder) consultationView(url string, i *catalog.Item) *ConsultationView {
	v := &ConsultationView{Name: i.Name, URL: b.link(url, site.ItemURL(i)), Plain: i.Plain, Department: i.Department,
		Phone: b.phone(), PhoneDial: dial(b.phone()), Takes: i.EffectiveFrom.Han()}
	v.Comment = b.reportURL("意见："+i.Name, "页面："+b.site.Config.BaseURL+"/"+site.ItemURL(i)+"\n\n意见和理由：\n")
	if i.Review != nil {
		b.consultationDays(url, v, i.Review.Consultation)
	}
	if v.State == "" {
		v.State, v.StateText = "unknown", b.say("consultation_unknown")
	}
	return v
}

// consultationDays says when the comments are taken, as of the day of the site.
func (b *builder) consultationDays(url string, v *ConsultationView, c *record.Consultation) {
	if c == nil {
		return
	}
	v.Days, v.Result = b.say("days", "from", c.Opens.Han(), "to", c.Closes.Han()), c.Result
	if c.Document != "" {
		v.Document, v.DocURL = b.documentName(c.Document), b.documentURL(url, c.Document)
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

// consultationsView is the view of pages/consultation.
type consultationsView struct {
	Page
	Crumbs []Link
	Drafts []*ConsultationView // those that can still be commented on first
	Lists  []*ConsultationView // the lists of places that were put to comment
	Phone  string
}

func (b *builder) consultationPages() []output.File {
	const url = "consultation/"
	return []output.File{b.page(url, "pages/consultation", func() any {
		v := &consultationsView{Page: b.head(url, b.say("consultation"), b.say("consultation_lead")), Crumbs: b.trail(url), Phone: b.phone()}
		for _, i := range b.site.Consultations {
			v.Drafts = append(v.Drafts, b.consultationView(url, i))
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
