package rules

import (
	"strings"
	"unicode/utf8"
)

// phrases is a list of phrases that every text of the library is searched for. Most texts have none: one look at each character tells
// that, where a search for each phrase would go over the text as often as there are phrases.
type phrases struct {
	list []string
	// begins has a bit for every character with which a phrase begins, by its lowest sixteen bits.
	begins [1 << 16 / 64]uint64
}

// phrasesOf makes the list; what stands first is found first.
func phrasesOf(list ...string) *phrases {
	p := &phrases{list: list}
	for _, s := range list {
		r, _ := utf8.DecodeRuneInString(s)
		p.begins[uint16(r)/64] |= 1 << (r % 64)
	}
	return p
}

// in returns the number of the first phrase of the list that a text has, or -1.
func (p *phrases) in(s string) int {
	found := len(p.list)
	for at, r := range s {
		if p.begins[uint16(r)/64]>>(r%64)&1 == 0 {
			continue
		}
		for n, phrase := range p.list[:found] {
			if strings.HasPrefix(s[at:], phrase) {
				found = n
				break
			}
		}
	}
	if found == len(p.list) {
		return -1
	}
	return found
}
