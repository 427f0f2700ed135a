package diag

import (
	"io"
	"net/url"
	"slices"
	"strings"
)

// The parts of SARIF 2.1.0 that are written, named as the standard names them.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		Language   string        `json:"language"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID string `json:"id"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifMessage `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
)

// printSARIF writes one run. Its rules are those that found something, sorted.
func printSARIF(w io.Writer, problems []Problem, lang string) error {
	ids := []string{}
	for _, p := range problems {
		ids = append(ids, p.Rule)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	rules := make([]sarifRule, 0, len(ids))
	for _, id := range ids {
		rules = append(rules, sarifRule{id})
	}

	results := make([]sarifResult, 0, len(problems))
	for _, p := range problems {
		text := p.Message.In(lang)
		if hint := p.Hint.In(lang); hint != "" {
			text += "\n" + hint
		}
		index, _ := slices.BinarySearch(ids, p.Rule)
		r := sarifResult{
			RuleID: p.Rule, RuleIndex: index, Level: p.Severity.String(),
			Message:   sarifMessage{text},
			Locations: []sarifLocation{{Physical: physical(p.Position)}},
		}
		for _, n := range p.Notes {
			r.Related = append(r.Related, sarifLocation{physical(n.Position), &sarifMessage{n.Text.In(lang)}})
		}
		results = append(results, r)
	}

	language := "zh-CN"
	if strings.HasPrefix(strings.ToLower(lang), "en") {
		language = "en-US"
	}
	return encode(w, sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs: []sarifRun{{
			Tool:       sarifTool{sarifDriver{"banshi", rules}},
			Language:   language,
			ColumnKind: "unicodeCodePoints",
			Results:    results,
		}},
	})
}

func physical(p Position) sarifPhysical {
	// As a URL reference, so that Chinese file names and blanks are escaped.
	at := sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: p.File}).String()}}
	if p.Line > 0 {
		at.Region = &sarifRegion{p.Line, p.Column}
	}
	return at
}
