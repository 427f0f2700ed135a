// Package banshi is what this repository has for other sites: the program carries it, so that banshi init makes a site where there is
// no repository. Nothing here is a copy; it is embedded from where it is kept.
package banshi

import "embed"

// Files are the theme, the vocabularies, the checklists, the libraries that items name, six items of national law, and the articles
// that are about no province, by their path in this repository.
//
//go:embed themes/default
//go:embed data/vocab data/profiles data/divisions/defaults data/schema.toml data/documents/sample-doc.toml
//go:embed data/laws data/materials data/certificates data/intermediaries
//go:embed data/items/dibao data/items/elder-allowance data/items/id-card data/items/power-connect data/items/teacher-cert data/items/work-injury
//go:embed content/help content/accessibility content/articles
var Files embed.FS
