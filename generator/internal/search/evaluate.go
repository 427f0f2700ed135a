package search

import "strings"

// Case is one query of a table with what it should find.
type Case struct {
	Query string `json:"query"`
	// Place is the id or name of the place chosen beside the query.
	Place string `json:"place,omitempty"`
	// Chosen are values of facets chosen beside the query.
	Chosen map[string][]string `json:"chosen,omitempty"`
	// Want are the ids of hits that are right, any of them; an item's id is satisfied by each of its procedures too.
	Want []string `json:"expect"`
	// Kind says what the query is an example of: name, spoken, typo, pinyin, initials, traditional, place, question, code …
	Kind string `json:"kind"`
	// Kept says that the query was written and put aside before the index was tuned, and first asked when that was done.
	Kept bool `json:"kept,omitempty"`
}

// Report is how well a table of queries is answered.
type Report struct {
	Queries int
	Hit1    float64 // share of queries whose first hit is right
	Hit5    float64 // share with a right one among the first five
	MRR     float64 // mean of 1/rank of the first right hit among the first twenty
	Zero    float64 // share without any hit
	Missed  []Miss  // queries whose first hit is wrong
}

// Miss is a query whose first hit is wrong: the rank of the first right one (0 for none) and what came instead.
type Miss struct {
	Case
	Rank int
	Got  []string
}

// Evaluate asks every query of the table and reports the outcome.
func Evaluate(table []Case, ask func(Query) []Hit) Report {
	r := Report{Queries: len(table)}
	if len(table) == 0 {
		return r
	}
	var hit1, hit5, zero int
	var mrr float64
	for _, c := range table {
		hits := ask(Query{Text: c.Query, Place: c.Place, Limit: DefaultLimit})
		rank := 0
		for i, h := range hits {
			if c.wants(h.ID) {
				rank = i + 1
				break
			}
		}
		if rank > 0 {
			mrr += 1 / float64(rank)
		}
		if rank >= 1 && rank <= 5 {
			hit5++
		}
		if rank == 1 {
			hit1++
			continue
		}
		if len(hits) == 0 {
			zero++
		}
		m := Miss{Case: c, Rank: rank}
		for _, h := range hits[:min(5, len(hits))] {
			m.Got = append(m.Got, h.ID)
		}
		r.Missed = append(r.Missed, m)
	}
	n := float64(len(table))
	r.Hit1, r.Hit5, r.MRR, r.Zero = float64(hit1)/n, float64(hit5)/n, mrr/n, float64(zero)/n
	return r
}

// wants reports whether a hit is right: one of the ids, a procedure of a wanted item, or the item whose first procedure, its being
// issued at all, is wanted.
func (c Case) wants(id string) bool {
	for _, w := range c.Want {
		if id == w || strings.HasPrefix(id, w+"#") || id+"#01" == w {
			return true
		}
	}
	return false
}
