package page

import (
	"banshi/generator/internal/catalog"
)

// guideLD is a guide in the words of schema.org: a GovernmentService with its place and provider.
func guideLD(g *catalog.Guide, v *guideView) map[string]any {
	return map[string]any{
		"@context":     "https://schema.org",
		"@type":        "GovernmentService",
		"name":         v.Item,
		"description":  v.Plain,
		"url":          v.Canonical,
		"serviceType":  v.Type,
		"areaServed":   map[string]any{"@type": "AdministrativeArea", "name": v.Place},
		"provider":     map[string]any{"@type": "GovernmentOrganization", "name": g.Org.Name},
		"dateModified": v.AsOf,
	}
}
