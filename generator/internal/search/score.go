package search

import (
	"slices"
	"strconv"
	"strings"
)

// What a match is worth, in thousandths. The client has the same numbers; docs/search-format.md says what each is for.
const (
	nameValue   = 1000 // two neighbours in the name
	aliasValue  = 750  // in an alias
	singleValue = 175  // each of the two somewhere
	deepValue   = 30   // in the second tier, for each sixteenth of its impact

	withinValue   = 250 // the whole query stands in a name, and up to
	lengthValue   = 150 // more the less else stands there
	prefixValue   = 150
	equalValue    = 300
	wholeAlias    = 500
	aliasPercent  = 75
	offeredValue  = 200
	dampValue     = 2 // for each character of the name, at most forty
	pinyinPercent = 90
	wholeSound    = 850 // a homophone of a whole name, or of a whole alias after its discount, has equalValue too
	codeValue     = 1000

	poorCoverage = 660 // below it homophones are tried, then the second tier
	cutPercent   = 40  // hits below this part of the best are dropped
)

// unit is one thing a query looks for: two neighbours, a character, or a word with how well each row matches it by sound or code.
type unit struct {
	gram   string
	weight int
	rows   map[int]int
	double bool // two characters, which count singly where they are missing together
}

// search is one query on its way to hits.
type search struct {
	x      *Index
	pieces []piece
	key    string
	n      int // characters of key
	texts  []text
	units  []unit
	posts  map[string]map[int]int // what the texts of this query add to those of the head
	why    map[int]string
	bonus  map[int]int
	best   int // coverage
	place  *division
	chain  []*division // the place and those that handle what it does not, in order
}

// newSearch reads the names that share two neighbours with the query.
func (x *Index) newSearch(ps []piece) *search {
	s := &search{x: x, pieces: ps, key: key(ps), why: map[int]string{}, bonus: map[int]int{}, posts: map[string]map[int]int{}}
	s.n = runeLen(s.key)
	for _, file := range s.files() {
		s.texts = append(s.texts, x.namesIn(file)...)
	}
	for _, p := range ps {
		p.grams(func(g string) { s.posts[g] = s.post(g) })
	}
	return s
}

// files are the files of names that the query reads, in the order of its characters.
func (s *search) files() []string {
	var out []string
	add := func(name string) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, p := range s.pieces {
		if p.han {
			p.filed(func(ch string) int { return s.x.common[ch] }, func(ch string) {
				if s.x.occurs[firstRune(ch)] {
					add("names/" + number(shard(ch, s.x.nameFiles)))
				}
			})
		} else {
			add("letters/" + letter(p.text))
		}
	}
	return out
}

// post returns the rows that have a gram, with its value.
func (s *search) post(gram string) map[int]int {
	rows := map[int]int{}
	for r, v := range s.x.posts[gram] {
		rows[r] = v
	}
	han := isHan(firstRune(gram))
	for i := range s.texts {
		t := &s.texts[i]
		if han && strings.Contains(t.spaced, gram) || !han && slices.Contains(strings.Split(t.spaced, " "), gram) {
			v := nameValue
			if t.alias {
				v = aliasValue
			}
			rows[t.row] = max(rows[t.row], v)
		}
	}
	return rows
}

// makeUnits makes the units of the query's pieces.
func (s *search) makeUnits() {
	for _, p := range s.pieces {
		if !p.han {
			s.units = append(s.units, s.wordUnit(p.text))
			continue
		}
		for _, g := range p.bigrams() {
			s.units = append(s.units, unit{gram: g, rows: s.posts[g], double: runeLen(g) == 2})
		}
	}
	if !slices.ContainsFunc(s.units, func(u unit) bool { return len(u.rows) > 0 }) {
		s.singleUnits()
	}
	for i := range s.units {
		s.units[i].weight = weight(len(s.units[i].rows), len(s.x.rows))
	}
}

// singleUnits is what is left when no two neighbours are known: the characters.
func (s *search) singleUnits() {
	var units []unit
	for _, p := range s.pieces {
		if p.han {
			for _, r := range p.runes() {
				units = append(units, unit{gram: string(r), rows: s.posts[string(r)]})
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
	rows := s.post(word)
	if isCode(word) {
		lines, _ := s.x.lines("codes")
		for _, l := range lines {
			f := strings.Split(l, "\t")
			n, err := strconv.ParseInt(field(f, 1), base, 32)
			if err != nil || n < 0 || int(n) >= len(s.x.rows) || !strings.Contains(f[0], word) {
				continue
			}
			if file := field(f, 2); file != "" {
				s.x.namesIn(file) // has the row
			}
			if s.x.rows[n].id != "" {
				rows[int(n)] = codeValue
				s.why[int(n)] = "代码 " + word
			}
		}
	}
	if strings.ContainsAny(word, "abcdefghijklmnopqrstuvwxyz") && len(word) >= 2 {
		sounds := func(r, v int) {
			if v > rows[r] {
				rows[r] = v
				s.why[r] = "拼音"
			}
		}
		s.spoken(word, letter(word), true, sounds)
		if len(rows) == 0 {
			s.slips(word, letter(word), sounds)
		}
	}
	return unit{gram: word, rows: rows}
}

// contiguous fills bonus with what the whole query standing in a name or alias is worth.
func (s *search) contiguous() {
	for _, list := range [][]text{s.x.names, s.texts} {
		for i := range list {
			t := &list[i]
			at := strings.Index(t.key, s.key)
			if at < 0 {
				continue // a text without any letter, "？！", has no length to divide by
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
			if b > s.bonus[t.row] {
				s.bonus[t.row] = b
				s.why[t.row] = ""
				if t.alias {
					s.why[t.row] = "也叫“" + t.said + "”"
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
		if v < 2*singleValue && u.double {
			singles := 0
			for _, c := range u.gram {
				post := s.posts[string(c)]
				if post[r] > 0 || item >= 0 && post[item] > 0 {
					singles += singleValue
				}
			}
			v = max(v, singles)
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
	s.cover(scores)
	if s.best < poorCoverage {
		s.homophones(scores)
	}
	if s.best < poorCoverage {
		s.deep()
		s.cover(scores)
	}
	return scores
}

// cover scores the rows by how much of the query they have.
func (s *search) cover(scores map[int]int) {
	for _, r := range s.rows() {
		c := s.coverage(r)
		s.best = max(s.best, c)
		scores[r] = max(scores[r], c+s.bonus[r]+s.standing(r))
	}
}

// homophones looks a poorly matched Han query up by its sound.
func (s *search) homophones(scores map[int]int) {
	if s.n < 3 || slices.ContainsFunc(s.pieces, func(p piece) bool { return !p.han }) {
		return
	}
	word := s.x.sound(s.pieces)
	if word == "" || !isWord(rune(word[0])) {
		return
	}
	s.spoken(word, letter(word), false, func(r, v int) {
		if v >= wholeSound {
			v += equalValue
		}
		v = v * pinyinPercent / 100
		s.best = max(s.best, v)
		if v += s.standing(r); v > scores[r] {
			scores[r] = v
			s.why[r] = "读音相近"
		}
	})
}

// deep looks the neighbours of the query up in what stands in the guides besides names. Rows found by that alone say so.
func (s *search) deep() {
	named := s.rows()
	for i := range s.units {
		u := &s.units[i]
		if !u.double {
			continue
		}
		lines, _ := s.x.lines("text/" + number(shard(u.gram, s.x.textFiles)))
		for _, l := range lines {
			postings, ok := strings.CutPrefix(l, u.gram)
			if !ok {
				continue
			}
			for r, impact := range offerRows(postings) {
				if r >= s.x.head {
					continue
				}
				if v := deepValue * int(impact[0]-'A'); v > u.rows[r] {
					u.rows[r] = v
					if _, ok := slices.BinarySearch(named, r); !ok && s.why[r] == "" {
						s.why[r] = "办事指南里写到"
					}
				}
			}
		}
	}
}

// standing is what a row is worth whatever was asked: its weight, its place, and less for a long name.
func (s *search) standing(r int) int {
	e := &s.x.rows[r]
	v := e.weight - dampValue*min(40, e.n)
	item := r
	if e.item >= 0 {
		item = e.item
	}
	for i, d := range s.chain {
		if d.own[item] != "" || i == 0 && len(d.lower[item]) > 0 {
			return v + offeredValue
		}
	}
	return v
}
