package search

import (
	"cmp"
	"slices"
	"strings"
)

// What a match is worth, in thousandths. The client has the same numbers; docs/search-format.md says what each is for.
const (
	nameValue   = 1000 // a bigram in the name
	aliasValue  = 750  // in an alias
	singleValue = 175  // each of its two characters somewhere

	withinValue   = 250 // the whole query stands in a name, and up to
	lengthValue   = 150 // more the less else stands there
	prefixValue   = 150
	equalValue    = 300
	wholeAlias    = 400
	aliasPercent  = 75
	offeredValue  = 300
	dampValue     = 2 // for each character of the name, at most forty
	pinyinPercent = 90
	codeValue     = 1000

	poorCoverage = 620 // below it homophones are tried
	cutPercent   = 40  // hits below this part of the best are dropped
)

// unit is one thing a query looks for: a bigram, a character, or a word with how well each row matches it by sound or code.
type unit struct {
	gram   string
	weight int
	rows   map[int]int
	single bool // a bigram whose characters count when it is missing
}

// search is one query on its way to hits.
type search struct {
	x       *Index
	pieces  []piece
	key     string
	n       int // characters of key
	units   []unit
	why     map[int]string
	bonus   map[int]int
	best    int // coverage
	offered map[int]string
}

// units makes the units of the query's pieces.
func (s *search) makeUnits() {
	for _, p := range s.pieces {
		if !p.han {
			s.units = append(s.units, s.wordUnit(p.text))
			continue
		}
		for _, g := range p.bigrams() {
			s.units = append(s.units, unit{gram: g, rows: s.x.posts[g], single: runeLen(g) == 2})
		}
	}
	any := false
	for i := range s.units {
		any = any || len(s.units[i].rows) > 0
	}
	if !any {
		s.singleUnits()
	}
	for i := range s.units {
		s.units[i].weight = weight(len(s.units[i].rows), len(s.x.rows))
	}
}

// singleUnits is what is left when no bigram is known: the characters.
func (s *search) singleUnits() {
	var units []unit
	for _, p := range s.pieces {
		if p.han {
			for _, r := range p.runes() {
				units = append(units, unit{gram: string(r), rows: s.x.posts[string(r)]})
			}
		}
	}
	if len(units) > 0 {
		s.units = units
	}
}

// weight is how much a unit counts that df of n rows have: the rarer the more, by powers of two; one that nothing has is
// probably a slip and counts little.
func weight(df, n int) int {
	if df == 0 {
		return 2
	}
	w := 1
	for df *= 2; df <= n && w < 7; df *= 2 {
		w++
	}
	return w
}

// wordUnit looks a word up as it stands, as part of a code, and as pinyin.
func (s *search) wordUnit(word string) unit {
	rows := map[int]int{}
	for r, v := range s.x.posts[word] {
		rows[r] = v
	}
	if isCode(word) {
		for r := range s.x.codeRows(word) {
			rows[r] = codeValue
			s.why[r] = "代码 " + word
		}
	}
	if strings.ContainsAny(word, "abcdefghijklmnopqrstuvwxyz") && len(word) >= 2 {
		s.x.needPinyin()
		s.spoken(word, true, func(r, v int) {
			if v > rows[r] {
				rows[r] = v
				s.why[r] = "拼音"
			}
		})
	}
	return unit{gram: word, rows: rows}
}

// contiguous fills bonus with what the whole query standing in a name or alias is worth.
func (s *search) contiguous() {
	for _, t := range s.x.texts {
		at := strings.Index(t.key, s.key)
		if at < 0 {
			continue
		}
		b := withinValue + lengthValue*s.n/t.n
		if at == 0 {
			b += prefixValue
		}
		switch {
		case t.alias && t.n == s.n:
			b = b*aliasPercent/100 + wholeAlias
		case t.alias:
			b = b * aliasPercent / 100
		case t.n == s.n:
			b += equalValue
		}
		for _, r := range t.rows {
			if b > s.bonus[r] {
				s.bonus[r] = b
				s.why[r] = ""
				if t.alias {
					s.why[r] = "也叫“" + t.said + "”"
				}
			}
		}
	}
}

// rows returns the rows that match at all: those with a unit or the whole query, and the procedures of matching items.
func (s *search) rows() []int {
	set := map[int]bool{}
	for r := range s.bonus {
		set[r] = true
	}
	for _, u := range s.units {
		for r := range u.rows {
			set[r] = true
		}
	}
	for r := range set {
		for _, p := range s.x.rows[r].procedures {
			set[p] = true
		}
	}
	out := make([]int, 0, len(set))
	for r := range set {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// coverage is how much of the query a row has. A procedure has what its item has.
func (s *search) coverage(r int) int {
	item := s.x.rows[r].item
	sum, of := 0, 0
	for _, u := range s.units {
		v := u.rows[r]
		if item >= 0 {
			v = max(v, u.rows[item])
		}
		if v == 0 && u.single {
			for _, c := range u.gram {
				post := s.x.posts[string(c)]
				if post[r] > 0 || item >= 0 && post[item] > 0 {
					v += singleValue
				}
			}
		}
		sum += v * u.weight
		of += u.weight
	}
	if of == 0 {
		return 0
	}
	return sum / of
}

// score returns the score of every matching row.
func (s *search) score() map[int]int {
	scores := map[int]int{}
	for _, r := range s.rows() {
		c := s.coverage(r)
		s.best = max(s.best, c)
		scores[r] = c + s.bonus[r] + s.standing(r)
	}
	if s.best < poorCoverage {
		s.homophones(scores)
	}
	return scores
}

// standing is what a row is worth whatever was asked: its weight, its place, and less for a long name.
func (s *search) standing(r int) int {
	e := &s.x.rows[r]
	v := e.weight - dampValue*min(40, s.x.texts[r].n)
	if s.offered[r] != "" || e.item >= 0 && s.offered[e.item] != "" {
		v += offeredValue
	}
	return v
}

// codeRows returns the rows whose code contains the word.
func (x *Index) codeRows(word string) map[int]bool {
	rows := map[int]bool{}
	s, err := x.part("codes")
	if err != nil {
		x.err = err
		return rows
	}
	list, err := records(s)
	if err != nil {
		x.err = err
	}
	for _, f := range list {
		if strings.Contains(f[0], word) && len(f) > 1 {
			if e := refRow(f[1], len(x.rows)); e >= 0 {
				rows[e] = true
			}
		}
	}
	return rows
}

func sortByID(rows []entry, list []int) {
	slices.SortFunc(list, func(a, b int) int { return cmp.Compare(rows[a].id, rows[b].id) })
}
