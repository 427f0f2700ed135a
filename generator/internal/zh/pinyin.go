package zh

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

//go:embed readings.txt
var readingsText string

var readings = parseReadings(readingsText)

// A phrase is a run of characters whose syllables are known together.
type phrase struct {
	runes     []rune
	syllables []string
}

// parseReadings reads lines "phrase syllable …", one syllable a character, into
// phrases by first character, the longest first. "#" starts a comment.
func parseReadings(text string) map[rune][]phrase {
	byFirst := make(map[rune][]phrase)
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		p := phrase{[]rune(fields[0]), fields[1:]}
		if len(p.runes) != len(p.syllables) {
			panic("zh: readings.txt: not one syllable a character: " + line)
		}
		list := byFirst[p.runes[0]]
		at := len(list)
		for at > 0 && len(list[at-1].runes) < len(p.runes) {
			at--
		}
		list = append(list, phrase{})
		copy(list[at+1:], list[at:])
		list[at] = p
		byFirst[p.runes[0]] = list
	}
	return byFirst
}

// An element is what Pinyin returns one string for: a Han character or a word
// of Latin letters and digits, with the text it was read from.
type element struct{ syllable, text string }

// Pinyin returns s as syllables without tone, one for each Han character (the
// character itself where no reading is known), and one element for each run of
// other letters and digits, folded. Spaces and punctuation are left out; they
// separate words.
func Pinyin(s string) []string {
	list := elements(s)
	syllables := make([]string, len(list))
	for i, e := range list {
		syllables[i] = e.syllable
	}
	return syllables
}

func elements(s string) []element {
	runes := []rune(Fold(s))
	list := make([]element, 0, len(runes))
	for i := 0; i < len(runes); {
		switch r := runes[i]; {
		case unicode.Is(unicode.Han, r):
			if p, ok := phraseAt(runes[i:]); ok {
				for j, syllable := range p.syllables {
					list = append(list, element{syllable, string(p.runes[j])})
				}
				i += len(p.runes)
				continue
			}
			list = append(list, element{reading(r), string(r)})
			i++
		case isWord(r):
			start := i
			for i < len(runes) && isWord(runes[i]) {
				i++
			}
			word := string(runes[start:i])
			list = append(list, element{word, word})
		default:
			i++
		}
	}
	return list
}

func isWord(r rune) bool {
	return !unicode.Is(unicode.Han, r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// phraseAt returns the longest phrase that runes begin with.
func phraseAt(runes []rune) (phrase, bool) {
next:
	for _, p := range readings[runes[0]] {
		if len(p.runes) > len(runes) {
			continue
		}
		for i, r := range p.runes {
			if runes[i] != r {
				continue next
			}
		}
		return p, true
	}
	return phrase{}, false
}

// reading returns the first reading of a character without its tone, or the
// character when the table has none. go-pinyin's own functions do the same
// through regular expressions, at a hundred times the price.
func reading(r rune) string {
	toned, ok := pinyin.PinyinDict[int(r)]
	if !ok {
		return string(r)
	}
	toned, _, _ = strings.Cut(toned, ",")
	return withoutTone.Replace(toned)
}

var withoutTone = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a",
	"ē", "e", "é", "e", "ě", "e", "è", "e", "ê", "e", "ế", "e", "ề", "e", "\u0304", "", "\u030C", "",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i",
	"ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u",
	"ü", "v", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v",
	"ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m", "\u0300", "",
)

// Initials returns the first letter of every syllable of s in a row (食品经营许可
// is spjyxk). Words of Latin letters and digits stay whole, as people type them
// (ETC办理 is etcbl).
func Initials(s string) string {
	var b strings.Builder
	for _, e := range elements(s) {
		if r, n := utf8.DecodeRuneInString(e.text); unicode.Is(unicode.Han, r) && e.syllable != e.text {
			b.WriteByte(e.syllable[0])
		} else if n > 0 {
			b.WriteString(e.text)
		}
	}
	return b.String()
}

// FuzzyPinyin returns pinyin as it is compared when people spell by ear: zh, ch
// and sh as z, c and s; ang, eng and ing as an, en and in; ü, lue and nue as v,
// lve and nve; without spaces and apostrophes, in lower case. n and l stay apart.
//
// Query and index must both pass whole spellings through it, joined, not
// syllable by syllable: dang'an and dan'gan are spelt alike once joined, so a g
// after a vowel and n belongs to no syllable for sure.
func FuzzyPinyin(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r = FoldRune(r); r {
		case ' ', '\'', '’', '-':
			return -1
		case 'ü':
			return 'v'
		}
		return r
	}, s)
	return fuzzy.Replace(s)
}

var fuzzy = strings.NewReplacer(
	"zh", "z", "ch", "c", "sh", "s",
	"ang", "an", "eng", "en", "ing", "in",
	"lue", "lve", "nue", "nve",
)
