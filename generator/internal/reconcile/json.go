package reconcile

import (
	"encoding/json"
	"io"
)

type jsonReport struct {
	Title    string        `json:"title"`
	File     string        `json:"file"`
	Mapping  string        `json:"mapping"`
	Counts   Counts        `json:"counts"`
	Rows     []jsonMatch   `json:"rows"`
	Own      []jsonOwn     `json:"ours_only"`
	Stale    []jsonStale   `json:"decisions_without_row"`
	Problems []jsonProblem `json:"problems"`
}

type jsonMatch struct {
	Sheet       string           `json:"sheet"`
	Line        int              `json:"line"`
	Code        string           `json:"code"`
	Name        string           `json:"name"`
	Type        string           `json:"type"`
	Basis       string           `json:"basis"`
	Levels      []string         `json:"levels"`
	Department  string           `json:"department"`
	How         string           `json:"how"` // code, name, decision or ""
	Items       []string         `json:"items"`
	Differences []jsonDifference `json:"differences"`
	Candidates  []jsonCandidate  `json:"candidates"`
	Verdict     string           `json:"verdict"`
	Reason      string           `json:"reason"`
	Moved       []string         `json:"moved"`
	Open        bool             `json:"open"`
}

type jsonDifference struct {
	Field string `json:"field"`
	State string `json:"state"` // agrees, differs or silent
	Words string `json:"words"`
}

type jsonCandidate struct {
	Item     string   `json:"item"`
	Name     string   `json:"name"`
	Score    int      `json:"score"`
	Strength string   `json:"strength"`
	Reasons  []string `json:"reasons"`
}

type jsonOwn struct {
	Item   string `json:"item"`
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

type jsonStale struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Verdict string   `json:"verdict"`
	Items   []string `json:"items"`
	File    string   `json:"file"`
}

type jsonProblem struct {
	Position string `json:"position"`
	Rule     string `json:"rule"`
	Message  string `json:"message"`
}

var (
	howWords   = map[How]string{ByCode: "code", ByName: "name", ByDecision: "decision"}
	stateWords = map[State]string{Agrees: "agrees", Differs: "differs", Silent: "silent"}
)

// WriteJSON writes the report for programs: one object in which every object has every key.
func (r *Report) WriteJSON(w io.Writer, lang string) error {
	out := jsonReport{Title: r.Upper.Title, File: r.Upper.File, Mapping: r.Mapping, Counts: r.Count(), Rows: []jsonMatch{}, Own: []jsonOwn{}, Stale: []jsonStale{}, Problems: []jsonProblem{}}
	for _, m := range r.Matches {
		out.Rows = append(out.Rows, m.json())
	}
	for _, o := range r.Own {
		out.Own = append(out.Own, jsonOwn{o.Item.ID, o.Item.Name, o.Reason})
	}
	for _, d := range r.Stale {
		out.Stale = append(out.Stale, jsonStale{d.Code, d.Name, d.Verdict, append([]string{}, d.Items...), d.File.Path})
	}
	for _, p := range r.Problems {
		out.Problems = append(out.Problems, jsonProblem{p.Position.String(), p.Rule, p.Message.In(lang)})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

func (m *Match) json() jsonMatch {
	out := jsonMatch{
		Sheet: m.Row.Sheet, Line: m.Row.Line, Code: m.Row.Code, Name: m.Row.Name, Type: m.Row.Type, Basis: sayCitations(m.Row.citations),
		Levels: append([]string{}, m.Row.Levels...), Department: m.Row.Department, How: howWords[m.How], Items: []string{}, Differences: []jsonDifference{},
		Candidates: []jsonCandidate{}, Moved: append([]string{}, m.Moved...), Open: m.Open(),
	}
	if m.Decision != nil {
		out.Verdict, out.Reason = m.Decision.Verdict, m.Decision.Reason
	}
	for _, o := range m.Items {
		out.Items = append(out.Items, o.ID)
	}
	for _, d := range m.Differences {
		out.Differences = append(out.Differences, jsonDifference{string(d.Field), stateWords[d.State], d.Words})
	}
	for _, c := range m.Candidates {
		out.Candidates = append(out.Candidates, jsonCandidate{c.Item.ID, c.Item.Name, c.Score, c.Strength(), append([]string{}, c.Reasons...)})
	}
	return out
}
