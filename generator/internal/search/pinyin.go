package search

import (
	"slices"
	"strings"

	"banshi/generator/internal/zh"
)

// spelling is a text in pinyin, as people spell it by ear, and its initials.
type spelling struct{ full, initials string }

// needPinyin reads the pinyin of all texts.
func (x *Index) needPinyin() {
	if x.spelt != nil {
		return
	}
	s, err := x.part("pinyin")
	if err != nil {
		x.err = err
		return
	}
	table, exceptions, _ := strings.Cut(s, sectionEnd)
	x.syllables, x.odd = map[rune]string{}, map[string][]string{}
	for _, l := range strings.Split(table, "\n") {
		cut := strings.IndexFunc(l, isHan)
		if cut < 0 {
			continue
		}
		for _, r := range l[cut:] {
			x.syllables[r] = l[:cut]
		}
	}
	for _, l := range strings.Split(exceptions, "\n") {
		if run, syllables, ok := strings.Cut(l, "\t"); ok {
			x.odd[run] = strings.Split(syllables, " ")
		}
	}
	for _, t := range x.texts {
		x.spelt = append(x.spelt, x.spell(pieces(t.said)))
	}
}

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

// spoken calls f for the rows whose names or aliases sound like the word, with a value.
func (s *search) spoken(word string, initials bool, f func(row, value int)) {
	fuzzy := zh.FuzzyPinyin(word)
	for i, sp := range s.x.spelt {
		v := sp.value(word, fuzzy, initials)
		if v == 0 {
			continue
		}
		if s.x.texts[i].alias {
			v = v * 85 / 100
		}
		for _, r := range s.x.texts[i].rows {
			f(r, v)
		}
	}
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

// homophones looks a poorly matched Han query up by its sound.
func (s *search) homophones(scores map[int]int) {
	if s.n < 3 || slices.ContainsFunc(s.pieces, func(p piece) bool { return !p.han }) {
		return
	}
	s.x.needPinyin()
	word := s.x.spell(s.pieces).full
	s.spoken(word, false, func(r, v int) {
		if v = v*pinyinPercent/100 + s.standing(r); v > scores[r] {
			scores[r] = v
			s.why[r] = "读音相近"
		}
	})
}
