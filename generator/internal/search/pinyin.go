package search

import (
	"strings"

	"banshi/generator/internal/zh"
)

// spelling is a text in pinyin, as people spell it by ear, and its initials.
type spelling struct{ full, initials string }

// needPinyin reads the syllables.
func (x *Index) needPinyin() {
	if x.syllables != nil {
		return
	}
	s, err := x.part("pinyin")
	if err != nil {
		x.err = err
		return
	}
	table, exceptions, _ := strings.Cut(s, sectionEnd)
	x.syllables, x.odd = map[rune]string{}, map[string][]string{}
	x.learn(strings.Split(table, "\n"))
	for _, l := range strings.Split(exceptions, "\n") {
		if run, syllables, ok := strings.Cut(l, "\t"); ok {
			x.odd[run] = strings.Split(syllables, " ")
		}
	}
}

// learn adds the syllables of lines such as liang两亮.
func (x *Index) learn(lines []string) {
	for _, l := range lines {
		cut := strings.IndexFunc(l, isHan)
		if cut < 0 {
			continue
		}
		for _, r := range l[cut:] {
			x.syllables[r] = l[:cut]
		}
	}
}

// sound returns the spelling of a query. Its characters may be others than those of the index.
func (x *Index) sound(ps []piece) string {
	if x.needPinyin(); x.syllables == nil {
		return ""
	}
	for _, p := range ps {
		for _, r := range p.text {
			if x.syllables[r] != "" || x.heard {
				continue
			}
			lines, ok := x.lines("sounds")
			if !ok {
				return ""
			}
			x.heard = true
			x.learn(lines)
		}
	}
	return x.spell(ps).full
}

// spell returns how pieces are spelt.
func (x *Index) spell(ps []piece) spelling {
	var full, initials strings.Builder
	for _, p := range ps {
		if !p.han {
			full.WriteString(p.text)
			initials.WriteString(p.text)
			continue
		}
		odd := x.odd[p.text]
		for i, r := range p.runes() {
			s := x.syllables[r]
			if i < len(odd) {
				s = odd[i]
			}
			if s == "" {
				s = string(r)
			}
			full.WriteString(s)
			initials.WriteString(firstChar(s))
		}
	}
	return spelling{zh.FuzzyPinyin(full.String()), initials.String()}
}

// spellings calls f with the names of the head and the texts of a file by pinyin, spelt.
func (x *Index) spellings(letter string, f func(t *text)) {
	if x.needPinyin(); x.syllables == nil {
		return
	}
	for _, list := range [][]text{x.names, x.namesIn("letters/" + letter)} {
		for i := range list {
			t := &list[i]
			if !t.spells {
				ps := pieces(t.said)
				if t.row >= x.head || t.alias {
					ps = x.strip(ps)
				}
				t.spelt, t.spells = x.spell(ps), true
			}
			f(t)
		}
	}
}

// spoken calls f for the rows whose names or aliases sound like the word, with a value.
func (s *search) spoken(word, letter string, initials bool, f func(row, value int)) {
	fuzzy := zh.FuzzyPinyin(word)
	s.x.spellings(letter, func(t *text) {
		v := t.spelt.value(word, fuzzy, initials)
		if t.alias {
			v = v * 85 / 100
		}
		if v > 0 {
			f(t.row, v)
		}
	})
}

// value says how well a spelling matches a word.
func (sp spelling) value(word, fuzzy string, initials bool) int {
	full, in := sp.full, sp.initials
	switch {
	case full == fuzzy:
		return 1000
	case strings.HasPrefix(full, fuzzy) && len(fuzzy) > 1:
		return 900 - min(99, len(full)-len(fuzzy))
	case initials && in == word:
		return 950
	case initials && strings.HasPrefix(in, word):
		return 800 - min(99, 4*(len(in)-len(word)))
	case len(fuzzy) >= 4 && strings.Contains(full, fuzzy):
		return 700 - min(99, len(full)-len(fuzzy))
	case initials && len(word) >= 3 && strings.Contains(in, word):
		return 600 - min(99, 4*(len(in)-len(word)))
	}
	return 0
}

// slips calls f for the rows whose spelling shares most of its neighbouring letters with a word that nothing sounds like: a letter
// too many, missing or exchanged.
func (s *search) slips(word, letter string, f func(row, value int)) {
	fuzzy := zh.FuzzyPinyin(word)
	s.x.spellings(letter, func(t *text) {
		v := alike(fuzzy, t.spelt.full)
		if t.alias {
			v = v * 85 / 100
		}
		if v > 0 {
			f(t.row, v)
		}
	})
}

// alike is how much two spellings have in common, the first of five letters or more: twice the neighbouring letters of a that b has
// too, in thousandths of the neighbours of both; from 600 on half of it, else 0.
func alike(a, b string) int {
	if len(a) < 5 {
		return 0
	}
	same := 0
	for i := 1; i < len(a); i++ {
		if strings.Contains(b, a[i-1:i+1]) {
			same++
		}
	}
	v := 2000 * same / (len(a) + len(b) - 2)
	if v < 600 {
		return 0
	}
	return v / 2
}
