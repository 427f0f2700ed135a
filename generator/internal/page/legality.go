package page

import (
	_ "embed"
	"html/template"
	"io"

	"banshi/generator/internal/legality"
	"banshi/generator/internal/record"
)

// LegalityPaper is the paper of the legal officer.
type LegalityPaper struct {
	Site, Since, AsOf string
	Rows              []*legality.Row
}

//go:embed legality.html
var legalityHTML string

var legalityTemplate = template.Must(template.New("legality").Funcs(template.FuncMap{
	"add":      func(a, b int) int { return a + b },
	"findings": func() []string { return legality.Findings },
	"opinions": func() []string { return record.Opinions },
}).Parse(legalityHTML))

// WriteLegalityPaper writes the paper as one HTML file for printing on A4: no script, nothing from elsewhere, styles inside, for it is
// no page of a site.
func WriteLegalityPaper(w io.Writer, p LegalityPaper) error { return legalityTemplate.Execute(w, p) }
