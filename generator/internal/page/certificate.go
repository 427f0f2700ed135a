package page

import (
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// certificateView is the view of pages/certificate: whose result it is and who asks for it.
type certificateView struct {
	Page
	Crumbs    []Link
	Name      string
	Tags      []string
	Meta      []string
	Facts     []Pair
	Issuers   []Row
	Papers    []Link // the materials of the library that are this certificate
	Askers    []Asker
	Specimen  string // address of a specimen
	DataLinks sourceLinks
	Phone     string
}

// certificatePages are the certificates: an index by category, and a page each.
func (b *builder) certificatePages() []output.File {
	s := b.site
	out := []output.File{libraryIndex(b, "certificates/", "certificates", s.Catalog.Certificates.All, b.vocabOrder("certificate-categories"),
		func(url string, e *catalog.Entry[record.Certificate]) (string, Row) {
			var names []string
			for _, p := range s.IssuersOf(e.ID) {
				if !slices.Contains(names, p.Item.Name) {
					names = append(names, p.Item.Name)
				}
			}
			r := Row{URL: b.link(url, "certificates/"+e.ID+"/"), Name: e.Record.Name, Note: b.say("certificate_nobody")}
			if len(names) > 0 {
				r.Note = b.say("certificate_of", "names", strings.Join(names, "、"))
			}
			return e.Record.Category, r
		})}
	for _, e := range s.Catalog.Certificates.All {
		url := "certificates/" + e.ID + "/"
		out = append(out, b.page(url, "pages/certificate", func() any { return b.certificateView(url, e) }))
	}
	return out
}

func (b *builder) certificateView(url string, e *catalog.Entry[record.Certificate]) *certificateView {
	r := e.Record
	v := &certificateView{
		Page:   b.head(url, r.Name, b.say("certificate_description", "name", r.Name)),
		Crumbs: b.trail(url, Link{URL: "certificates/", Text: b.say("certificates")}), Name: r.Name, Tags: b.metaTags(r.Meta),
		Meta: slices.DeleteFunc([]string{r.Category, r.Holder, r.Digital}, func(s string) bool { return s == "" }), Specimen: webURL(r.Sample), Phone: b.phone(),
	}
	v.DataLinks = b.sourceLinks(e.File, r.Name, v.Canonical)
	v.Data = b.wayData(&v.Page, v.Crumbs, v.Name)
	v.Facts = pairs(
		Pair{Label: b.say("also"), Value: aliasText(r.Aliases)},
		Pair{Label: b.say("certificate_org"), Value: r.DefiningOrg},
		Pair{Label: b.say("material_holder"), Value: r.Holder},
		Pair{Label: b.say("certificate_category"), Value: r.Category},
		Pair{Label: b.say("certificate_validity"), Value: r.Validity},
		Pair{Label: b.say("certificate_digital"), Value: r.Digital},
		Pair{Label: b.say("certificate_code"), Value: r.TypeCode},
	)
	v.Issuers = b.procedureRows(url, b.site.IssuersOf(e.ID))
	for _, m := range b.site.Catalog.Materials.All {
		if m.Record.Certificate == e.ID {
			v.Papers = append(v.Papers, Link{URL: b.link(url, "materials/"+m.ID+"/"), Text: m.Record.Name})
			v.Askers = append(v.Askers, b.askers(url, m.ID, b.site.AskersOf(m.ID))...)
		}
	}
	sortBy(v.Askers, func(a Asker) string { return a.Name })
	return v
}
