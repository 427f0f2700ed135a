package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/search"
	"banshi/generator/internal/site"
)

// searchFormats and searchEngines are what the flags take, the default first.
var (
	searchFormats = []string{"text", "json"}
	searchEngines = []string{"static", "bleve"}
)

type searchFlags struct {
	place, format, engine, queries string
	kinds                          []string
	limit                          int
}

func newSearch(g *global) *cobra.Command {
	s := new(searchFlags)
	cmd := &cobra.Command{
		Use:   "search QUERY…",
		Short: "像群众一样检索 / search as people do",
		Long: `用网站同一份索引检索：事项、一件事、指路、材料、证照、法规、文章、地方。可以打平常的说法、拼音、首字母、繁体字、
“涿鹿县 营业执照”这样的地方加事情，或者编码的六位以上。--engine bleve 用另一个引擎，只为对照。
--queries 检索一张表（JSON：query、place、expect、kind），报告有多少查对了。

Search with the index of the published site. --engine bleve asks another engine, for comparison. --queries asks a table of queries
(JSON: query, place, expect, kind) and reports hit@1, hit@5, MRR and zero results. Exit code 1 where nothing is found.`,
		Args: func(_ *cobra.Command, args []string) error { return s.check(args) },
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			return s.run(ctx, g, strings.Join(args, " "), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVar(&s.place, "place", "", "在哪里办：编码或者名称 / the place, by id or name")
	f.StringSliceVar(&s.kinds, "kind", nil, "只要这几类 / only these kinds: "+strings.Join(search.Kinds, ", "))
	f.IntVar(&s.limit, "limit", search.DefaultLimit, "最多几条 / at most so many hits")
	f.StringVar(&s.format, "format", searchFormats[0], "写成 text 或 json / text or json")
	mustRegister(cmd, "format", completeWords(searchFormats...))
	f.StringVar(&s.engine, "engine", searchEngines[0], "用 static（网站的索引）或 bleve / static (the site's index) or bleve")
	f.StringVar(&s.queries, "queries", "", "检索一张表的文件 / file with a table of queries")
	return cmd
}

// check refuses what cannot be meant, before anything is read.
func (s *searchFlags) check(args []string) error {
	if err := knownFormat(s.format, searchFormats); err != nil {
		return err
	}
	if !slices.Contains(searchEngines, s.engine) {
		return fmt.Errorf("没有引擎 %s，可以是 %s / unknown engine %[1]s, want one of %[2]s", s.engine, strings.Join(searchEngines, ", "))
	}
	for _, k := range s.kinds {
		if !slices.Contains(search.Kinds, k) {
			return fmt.Errorf("没有 %s 这一类，可以是 %s / unknown kind %[1]s, want one of %[2]s", k, strings.Join(search.Kinds, ", "))
		}
	}
	if s.limit < 1 {
		return fmt.Errorf("--limit 至少是 1 / --limit must be at least 1")
	}
	if (len(args) == 0) == (s.queries == "") {
		return fmt.Errorf("要么写查什么，要么给 --queries 文件 / give either a query or --queries FILE")
	}
	return nil
}

func (s *searchFlags) run(ctx context.Context, g *global, query string, stdout, stderr io.Writer) error {
	l, err := g.read(ctx, readOptions{noHistory: true})
	if err != nil {
		return err
	}
	ask, err := s.open(site.Derive(site.Input{Config: l.config, Catalog: l.catalog, Articles: l.articles, NoHistory: true}))
	if err != nil {
		return err
	}
	if s.queries != "" {
		return s.evaluate(ask, stdout)
	}
	answer, err := ask(search.Query{Text: query, Place: s.place, Chosen: map[string][]string{"kind": kindTerms(s.kinds)}, Limit: s.limit})
	if err != nil {
		return err
	}
	if s.format == "json" {
		err = searchJSON(stdout, answer.Hits)
	} else {
		err = searchText(stdout, answer)
	}
	if err == nil && len(answer.Hits) == 0 {
		fmt.Fprintln(stderr, "没有找到；换个说法试试 / nothing found; try other words")
		return errContent
	}
	return err
}

// kindTerms are the values of the facet for the words of --kind.
func kindTerms(words []string) []string {
	var terms []string
	for _, w := range words {
		terms = append(terms, search.KindTerm(w))
	}
	return terms
}

// open makes the engine asked for.
func (s *searchFlags) open(site *site.Site) (func(search.Query) (search.Answer, error), error) {
	if s.engine == "bleve" {
		o, err := search.NewOracle(site)
		if err != nil {
			return nil, err
		}
		return func(q search.Query) (search.Answer, error) {
			hits, err := o.Search(q)
			return search.Answer{Hits: hits, Text: q.Text}, err
		}, nil
	}
	files, err := search.Files(site)
	if err != nil {
		return nil, err
	}
	x, err := search.Open(search.FromFiles(files))
	if err != nil {
		return nil, err
	}
	return x.Ask, nil
}

func searchJSON(w io.Writer, hits []search.Hit) error {
	if hits == nil {
		hits = []search.Hit{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(hits)
}

func searchText(w io.Writer, a search.Answer) error {
	var b strings.Builder
	if a.Place != nil {
		fmt.Fprintf(&b, "在 %s（%s）\n", a.Place.Name, a.Place.ID)
	}
	for _, p := range a.Choices {
		fmt.Fprintf(&b, "是不是 %s%s（--place %s）\n", p.Parent, p.Name, p.ID)
	}
	for _, h := range a.Hits {
		fmt.Fprintf(&b, "%2d  %.3f  %s  %s  %s", h.Rank, h.Score, h.Name, h.Kind, h.URL)
		if h.Why != "" {
			fmt.Fprintf(&b, "  %s", h.Why)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// evaluate asks the table of --queries and reports how well it is answered.
func (s *searchFlags) evaluate(ask func(search.Query) (search.Answer, error), w io.Writer) error {
	data, err := os.ReadFile(s.queries)
	if err != nil {
		return err
	}
	var table []search.Case
	if err := json.Unmarshal(data, &table); err != nil {
		return fmt.Errorf("%s: %w", s.queries, err)
	}
	var failed error
	evaluate := func(table []search.Case) search.Report {
		return search.Evaluate(table, func(q search.Query) []search.Hit {
			a, err := ask(q)
			if err != nil {
				failed = err
			}
			return a.Hits
		})
	}
	all := evaluate(table)
	if s.format == "json" {
		if failed != nil {
			return failed
		}
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(all)
	}
	var b strings.Builder
	report := func(what string, r search.Report) {
		fmt.Fprintf(&b, "%s %d 条：第一条就对 %.1f%%，前五条里有 %.1f%%，MRR %.3f，没有结果 %.1f%%\n", what, r.Queries, 100*r.Hit1, 100*r.Hit5, r.MRR, 100*r.Zero)
	}
	report("一共", all)
	kept := slices.DeleteFunc(slices.Clone(table), func(c search.Case) bool { return !c.Kept })
	if len(kept) > 0 {
		report("其中调好以后才拿出来的", evaluate(kept))
	}
	for _, m := range all.Missed {
		fmt.Fprintf(&b, "  %s：要 %s，第 %d 条才是，给了 %s\n", m.Query, strings.Join(m.Want, " "), m.Rank, strings.Join(m.Got, " "))
	}
	if failed != nil {
		return failed
	}
	_, err = io.WriteString(w, b.String())
	return err
}
