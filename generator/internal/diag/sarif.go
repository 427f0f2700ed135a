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
		ID    string        `json:"id"`
		Short *sarifMessage `json:"shortDescription,omitempty"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
		// Fingerprints let code scanning know an alert again after lines above it were added.
		Fingerprints map[string]string `json:"partialFingerprints"`
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
func (r Report) printSARIF(w io.Writer) error {
	ids := []string{}
	for _, p := range r.Problems {
		ids = append(ids, p.Rule)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	rules := make([]sarifRule, 0, len(ids))
	for _, id := range ids {
		rules = append(rules, r.sarifRule(id))
	}

	results := make([]sarifResult, 0, len(r.Problems))
	prints := fingerprints(r.Problems)
	for i, p := range r.Problems {
		text := p.Message.In(r.Lang)
		if hint := p.Hint.In(r.Lang); hint != "" {
			text += "\n" + hint
		}
		index, _ := slices.BinarySearch(ids, p.Rule)
		result := sarifResult{
			RuleID: p.Rule, RuleIndex: index, Level: p.Severity.String(),
			Message:      sarifMessage{text},
			Locations:    []sarifLocation{{Physical: r.physical(p.Position)}},
			Fingerprints: map[string]string{"banshi/v1": prints[i]},
		}
		for _, n := range p.Notes {
			result.Related = append(result.Related, sarifLocation{r.physical(n.Position), &sarifMessage{n.Text.In(r.Lang)}})
		}
		results = append(results, result)
	}

	language := "zh-CN"
	if strings.HasPrefix(strings.ToLower(r.Lang), "en") {
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

func (r Report) sarifRule(id string) sarifRule {
	out := sarifRule{ID: id}
	if r.Title != nil {
		if title := r.Title(id).In(r.Lang); title != "" {
			out.Short = &sarifMessage{title}
		}
	}
	return out
}

func (r Report) physical(p Position) sarifPhysical {
	// As a URL reference, so that Chinese file names and blanks are escaped.
	at := sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: r.Folder + p.File}).String()}}
	if p.Line > 0 {
		at.Region = &sarifRegion{p.Line, p.Column}
	}
	return at
}
