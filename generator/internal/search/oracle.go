package search

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"

	"banshi/generator/internal/site"
	"banshi/generator/internal/zh"
)

// Oracle is the same rows in a bleve index in memory, analysed by bleve: our fold, CJK width, lower case, bigrams. It knows
// which rows a query matches by another program than the static index, and a test wants the same set. Its order is bleve's and
// is not used by the portal.
type Oracle struct {
	index bleve.Index
	rows  *collection
}

const (
	foldName     = "banshi_fold"
	analyzerName = "banshi"
)

// foldFilter folds Traditional to Simplified before bleve tokenises.
type foldFilter struct{}

func (foldFilter) Filter(text []byte) []byte { return []byte(zh.Fold(string(text))) }

// register tells bleve of our filter, when an Oracle is first made: not in init, for the other commands do without bleve.
var register = sync.OnceValue(func() error {
	return registry.RegisterCharFilter(foldName, func(map[string]any, *registry.Cache) (analysis.CharFilter, error) {
		return foldFilter{}, nil
	})
})

// NewOracle indexes the rows of a site. The error is bleve's.
func NewOracle(s *site.Site) (*Oracle, error) {
	m, err := oracleMapping()
	if err != nil {
		return nil, err
	}
	index, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	o := &Oracle{index, collect(s)}
	batch := index.NewBatch()
	for i, r := range o.rows.rows {
		name, aliases := r.name, make([]string, len(r.aliases))
		if i >= o.rows.head {
			name = stripped(name)
		}
		for k, a := range r.aliases {
			aliases[k] = stripped(a)
		}
		if err := batch.Index(r.key(), map[string]any{"name": name, "alias": aliases}); err != nil {
			return nil, err
		}
	}
	return o, index.Batch(batch)
}

// stripped is a text without question words, as the files of names have it.
func stripped(text string) string {
	var words []string
	for _, p := range asked.strip(pieces(text)) {
		words = append(words, p.text)
	}
	return strings.Join(words, " ")
}

func oracleMapping() (*mapping.IndexMappingImpl, error) {
	if err := register(); err != nil {
		return nil, err
	}
	m := bleve.NewIndexMapping()
	err := m.AddCustomAnalyzer(analyzerName, map[string]any{
		"type":          custom.Name,
		"char_filters":  []string{foldName},
		"tokenizer":     unicode.Name,
		"token_filters": []string{cjk.WidthName, lowercase.Name, cjk.BigramName},
	})
	m.DefaultAnalyzer = analyzerName
	m.StoreDynamic = false
	m.DocValuesDynamic = false
	return m, err
}

// Match returns the keys of all rows that share a bigram or a word with the text, the best by bleve's scores first.
func (o *Oracle) Match(text string) (keys []string, scores []float64, err error) {
	request := bleve.NewSearchRequestOptions(bleve.NewMatchQuery(text), len(o.rows.rows), 0, false)
	result, err := o.index.Search(request)
	if err != nil {
		return nil, nil, fmt.Errorf("bleve: %w", err)
	}
	for _, h := range result.Hits {
		keys = append(keys, h.ID)
		scores = append(scores, h.Score)
	}
	return keys, scores, nil
}

// Search answers a query by bleve alone: no place, pinyin or code, procedures collapsed on their items.
func (o *Oracle) Search(q Query) ([]Hit, error) {
	keys, scores, err := o.Match(q.Text)
	if err != nil {
		return nil, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	want := q.Chosen["kind"]
	var hits []Hit
	seen := map[string]bool{}
	for i, k := range keys {
		r := o.rows.rows[o.rows.at[k]]
		top, number, isProcedure := strings.Cut(k, "#")
		if seen[top] || len(want) > 0 && !slices.Contains(want, KindTerm(kindWord(r.kind))) || len(hits) == limit {
			continue
		}
		seen[top] = true
		h := Hit{Rank: len(hits) + 1, Kind: kindWord(r.kind), ID: r.id, Name: r.name, URL: top + "/", Score: scores[i]}
		if r.kind == articles {
			h.URL = r.id
		}
		if isProcedure {
			h.Kind, h.URL = "procedure", top+"/#p"+number
		}
		hits = append(hits, h)
	}
	return hits, nil
}

// Close frees the index.
func (o *Oracle) Close() error { return o.index.Close() }
