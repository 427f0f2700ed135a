package output

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC returns a text in Unicode normalization form C, in which published data is written: the same word is then the same bytes,
// whichever keyboard it came from. A text that is in it already, as nearly all are, is returned as it is.
func NFC(s string) string {
	for i := 0; i < len(s); {
		switch {
		case s[i] < utf8.RuneSelf:
			i++
		case common(s[i:]):
			i += 3
		default:
			return norm.NFC.String(s)
		}
	}
	return s
}

// Ordinary reports whether a text is in NFC already and has neither control characters nor quotes nor backslashes, so that it stands for itself
// in JSON. Nearly all do; of some rare ones it says no.
func Ordinary(s string) bool {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c < ' ' || c == '"' || c == '\\':
			return false
		case c < utf8.RuneSelf:
			i++
		case common(s[i:]):
			i += 3
		default:
			return false
		}
	}
	return true
}

// common reports whether a text begins with one of the characters of which Chinese text is made: ideographs from U+4E00 to U+9FFF and full-width
// punctuation, U+3001 to U+3029 and U+FF01 to U+FF5E. They are in NFC whatever stands beside them. It looks at the bytes: the tables of Unicode
// take nine times as long.
func common(s string) bool {
	if len(s) < 3 || s[1]&0xc0 != 0x80 || s[2]&0xc0 != 0x80 {
		return false
	}
	switch c := s[0]; {
	case 0xe5 <= c && c <= 0xe9:
		return true
	case c == 0xe4:
		return s[1] >= 0xb8
	case c == 0xe3:
		return s[1] == 0x80 && 0x81 <= s[2] && s[2] <= 0xa9
	case c == 0xef:
		return s[1] == 0xbc && s[2] >= 0x81 || s[1] == 0xbd && s[2] <= 0x9e
	}
	return false
}
