package page

import (
	"encoding/json"
	"html/template"
)

// guideLD is a guide in the words of schema.org: a GovernmentService with its place and provider, and the way to the page.
func guideLD(v *guideView, m marks) map[string]any {
	crumb := func(n int, name, address string) map[string]any {
		return map[string]any{"@type": "ListItem", "position": n, "name": name, "item": address}
	}
	return map[string]any{
		"@context": "https://schema.org",
		"@graph": []any{
			map[string]any{
				"@type":        "GovernmentService",
				"name":         v.Item,
				"description":  v.Plain,
				"url":          v.Canonical,
				"serviceType":  v.Type,
				"areaServed":   map[string]any{"@type": "AdministrativeArea", "name": m.at(slotPlaceJSON)},
				"provider":     map[string]any{"@type": "GovernmentOrganization", "name": m.at(slotOrgJSON)},
				"dateModified": v.AsOf,
			},
			map[string]any{
				"@type":           "BreadcrumbList",
				"itemListElement": []any{crumb(1, m.at(slotPlaceJSON), m.at(slotPlaceURL)), crumb(2, v.Item, v.Canonical)},
			},
		},
	}
}

// jsonText is a text inside a JSON string, with <, > and & as escapes.
func jsonText(s string) template.HTML {
	data, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings always marshal
	}
	return template.HTML(data[1 : len(data)-1])
}
