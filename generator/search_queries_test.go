package main

import (
	"math/rand/v2"
	"strings"

	"banshi/generator/internal/record"
	"banshi/generator/internal/search"
	"banshi/generator/internal/site"
	"banshi/generator/internal/zh"
)

// benchQuery is one query that is measured. Script is Han, Latin, Traditional or place: what it makes the client do.
type benchQuery struct {
	search.Case
	Script string
}

// benchQueries are queries over a site: the table of what people type where the site has the records it speaks of, and made ones,
// the same for the same site: parts of names, names in pinyin and initials, in Traditional characters, with a place before.
func benchQueries(s *site.Site, table bool) []benchQuery {
	var out []benchQuery
	if table {
		list, err := queryTable()
		if err != nil {
			panic(err)
		}
		for _, c := range list {
			out = append(out, benchQuery{c, scriptOf(c.Query)})
		}
	}
	r := rand.New(rand.NewPCG(11, 11))
	var places []string
	for _, d := range s.Catalog.Divisions {
		if d.Level == record.LevelCounty || d.Level == record.LevelTownship {
			places = append(places, d.Name)
		}
	}
	for i := range 240 {
		name := []rune(s.Items[r.IntN(len(s.Items))].Name)
		from := r.IntN(max(1, len(name)-3))
		part := string(name[from:min(len(name), from+3+r.IntN(6))])
		q := benchQuery{search.Case{Query: part}, "Han"}
		switch i % 6 {
		case 3:
			q = benchQuery{search.Case{Query: strings.Join(zh.Pinyin(part), "")}, "Latin"}
			if i%12 == 3 {
				q.Query = strings.ToLower(zh.Initials(string(name)))
			}
		case 4:
			q = benchQuery{search.Case{Query: traditional(part)}, "Traditional"}
		case 5:
			if len(places) > 0 {
				q = benchQuery{search.Case{Query: places[r.IntN(len(places))] + part}, "place"}
			}
		}
		out = append(out, q)
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// scriptOf sorts a query of the table.
func scriptOf(q string) string {
	switch {
	case strings.ContainsAny(strings.ToLower(q), "abcdefghijklmnopqrstuvwxyz"):
		return "Latin"
	case zh.Fold(q) != q:
		return "Traditional"
	case strings.ContainsAny(q, "省市县区乡镇"):
		return "place"
	}
	return "Han"
}

// traditional writes a text with the first Traditional form of every character that has one.
func traditional(s string) string {
	return strings.Map(func(r rune) rune {
		if t, ok := traditionalOf[r]; ok {
			return t
		}
		return r
	}, s)
}

var traditionalOf = func() map[rune]rune {
	m := map[rune]rune{}
	for r := rune(0x4E00); r <= 0x9FFF; r++ {
		if to := zh.FoldRune(r); to != r && m[to] == 0 {
			m[to] = r
		}
	}
	return m
}()
