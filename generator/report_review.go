package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/review"
	"banshi/generator/internal/site"
	"banshi/generator/internal/table"
)

// stateFormats are the formats of the list of states, the default first.
var stateFormats = []string{"text", "csv", "json"}

func newReportReview(g *global) *cobra.Command {
	var format string
	var open bool
	cmd := &cobra.Command{
		Use:   "review",
		Short: "每个事项走到哪一步，发布前还缺什么 / how far every item has come, and what it lacks",
		Long: `列出每个事项和业务办理项的审核情况：走到哪一步、从哪天起、发布前还缺什么、有哪些文件；还有各地的事项清单，
和没发布或者单独审过的各地记录。没发布的排在前面。要哪些环节，由 site.toml 的 [publish] 定。

List how far every item, procedure and list of a place has come: stage, since when, what is missing, documents. What is not
published comes first. [publish] of site.toml says what is demanded.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := knownFormat(format, stateFormats); err != nil {
				return err
			}
			states, err := g.states(cmd.Context(), open)
			if err != nil {
				return err
			}
			write := map[string]func(io.Writer, []*site.State, string) error{"text": statesText, "csv": statesCSV, "json": statesJSON}[format]
			return write(cmd.OutOrStdout(), states, g.lang)
		},
	}
	cmd.Flags().StringVar(&format, "format", stateFormats[0], "写成 text、csv 或 json / text, csv or json")
	cmd.Flags().BoolVar(&open, "open", false, "只列没发布的 / only what is not published")
	return cmd
}

// states returns the states of all records, also of later versions: what is not published first, then by path.
func (g *global) states(ctx context.Context, open bool) ([]*site.State, error) {
	l, err := g.read(ctx, readOptions{noHistory: true})
	if err != nil {
		return nil, err
	}
	whole := catalog.Resolve(l.source.Waiting(held(l.config)), catalog.Options{Draft: true})
	out := site.States(whole, l.config, slices.Concat(whole.Source.Files, whole.Source.Future))
	if open {
		out = slices.DeleteFunc(out, func(s *site.State) bool { return !s.Held && len(s.Missing) == 0 })
	}
	rank := func(s *site.State) int {
		if s.Held || len(s.Missing) > 0 {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b *site.State) int { return rank(a) - rank(b) })
	return out, nil
}

// gateWords are gates in the language of messages.
func gateWords(gates []review.Gate, lang string) []string {
	out := make([]string, len(gates))
	for i, g := range gates {
		out[i] = g.Title().In(lang)
	}
	return out
}

// statesText writes a line for each record, and how many stand where.
func statesText(w io.Writer, states []*site.State, lang string) error {
	var b strings.Builder
	count := map[review.Stage]int{}
	for _, s := range states {
		count[s.Stage]++
		fmt.Fprintf(&b, "%s  %s", s.Stage, visible(s.Name()))
		if s.Since != 0 {
			fmt.Fprintf(&b, "  %s", s.Since)
		}
		if len(s.Missing) > 0 {
			fmt.Fprintf(&b, "  %s%s", diag.Text{ZH: "还缺：", EN: "lacks: "}.In(lang), strings.Join(gateWords(s.Missing, lang), diag.Text{ZH: "、", EN: ", "}.In(lang)))
		}
		fmt.Fprintf(&b, "  %s\n", s.File.Path)
	}
	var parts []string
	for _, stage := range review.Stages {
		if count[stage] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", stage, count[stage]))
		}
	}
	fmt.Fprintf(&b, "%s %d：%s\n", diag.Text{ZH: "共", EN: "total"}.In(lang), len(states), strings.Join(parts, "，"))
	_, err := io.WriteString(w, b.String())
	return err
}

// stateColumns are the columns of the list as a table.
var stateColumns = []table.Column{
	{Name: "record", Title: "记录", Required: true}, {Name: "kind", Title: "种类", Required: true}, {Name: "name", Title: "名称", Required: true},
	{Name: "status", Title: "状态"}, {Name: "stage", Title: "走到哪一步", Required: true}, {Name: "since", Title: "从哪天起", Kind: table.Date},
	{Name: "missing", Title: "还缺"}, {Name: "consultation_opens", Title: "征求意见开始", Kind: table.Date},
	{Name: "consultation_closes", Title: "征求意见截止", Kind: table.Date}, {Name: "effective", Title: "生效日期", Kind: table.Date}, {Name: "documents", Title: "文件"},
}

func statesCSV(w io.Writer, states []*site.State, _ string) error {
	day := func(d record.Date) table.Value { return table.DateOf(int(d)) }
	_, err := table.WriteCSV(w, &table.Table{Name: "review", Title: "审核情况", Columns: stateColumns, Rows: func(yield func([]table.Value) bool) {
		for _, s := range states {
			var opens, closes record.Date
			if s.Review != nil && s.Review.Consultation != nil {
				opens, closes = s.Review.Consultation.Opens, s.Review.Consultation.Closes
			}
			var documents []string
			for _, d := range review.Documents(s.Review) {
				documents = append(documents, d.Gate.Title().ZH+" "+d.Name)
			}
			if !yield([]table.Value{table.TextOf(s.File.Path), table.TextOf(s.Kind()), table.TextOf(s.Name()), table.TextOf(statusOf(s)), table.TextOf(string(s.Stage)),
				day(s.Since), table.TextOf(strings.Join(gateWords(s.Missing, "zh"), "、")), day(opens), day(closes), day(s.Effective), table.TextOf(strings.Join(documents, "；"))}) {
				return
			}
		}
	}})
	return err
}

// statusOf is the status of an item or procedure as its record has it, "" for others.
func statusOf(s *site.State) string {
	switch r := s.File.Record.(type) {
	case *record.Item:
		return r.Status
	case *record.Procedure:
		return r.Status
	}
	return ""
}

// jsonState is a state for programs; every object has every key, "" and [] where nothing is stated.
type jsonState struct {
	Record    string         `json:"record"`
	Kind      string         `json:"kind"`
	Item      string         `json:"item"`
	Procedure string         `json:"procedure"`
	Division  string         `json:"division"`
	Name      string         `json:"name"`
	Status    string         `json:"status"`
	Stage     string         `json:"stage"`
	Since     string         `json:"since"`
	Published bool           `json:"published"`
	Missing   []review.Gate  `json:"missing"`
	Opens     string         `json:"consultation_opens"`
	Closes    string         `json:"consultation_closes"`
	Effective string         `json:"effective"`
	Documents []jsonDocument `json:"documents"`
}

type jsonDocument struct {
	Gate review.Gate `json:"gate"`
	Name string      `json:"name"`
}

func statesJSON(w io.Writer, states []*site.State, _ string) error {
	out := make([]jsonState, 0, len(states))
	for _, s := range states {
		j := jsonState{Record: s.File.Path, Kind: string(s.File.Kind), Name: s.Name(), Status: statusOf(s), Stage: string(s.Stage), Since: s.Since.String(),
			Published: !s.Held, Missing: append([]review.Gate{}, s.Missing...), Effective: s.Effective.String(), Documents: []jsonDocument{}}
		if s.Item != nil {
			j.Item = s.Item.ID
		}
		if s.Procedure != nil {
			j.Procedure = s.Procedure.No
		}
		if s.Division != nil {
			j.Division = s.Division.ID
		}
		if s.Review != nil && s.Review.Consultation != nil {
			j.Opens, j.Closes = s.Review.Consultation.Opens.String(), s.Review.Consultation.Closes.String()
		}
		for _, d := range review.Documents(s.Review) {
			j.Documents = append(j.Documents, jsonDocument{d.Gate, d.Name})
		}
		out = append(out, j)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
