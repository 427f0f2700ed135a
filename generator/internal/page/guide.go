package page

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// guideNotes is what the guide pages share while they are made.
type guideNotes struct{}

type qrPlans struct{}

// guideView is the view of pages/guide.
type guideView struct {
	Page
	Item, Procedure string
}

// guidePages are the guides of all places.
func (b *builder) guidePages() []output.File {
	var out []output.File
	for _, g := range b.site.Catalog.Guides {
		out = append(out, b.page(site.GuideURL(g), "pages/guide", func() any { return b.guideView(g) }))
	}
	return out
}

func (b *builder) guideView(g *catalog.Guide) *guideView {
	return &guideView{Page: b.head(site.GuideURL(g), g.Item.Name, ""), Item: g.Item.Name, Procedure: g.Procedure.Name}
}
