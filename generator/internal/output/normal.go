package output

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC returns a text in Unicode normalization form C, in which published data is written: the same word is then the same bytes,
// whichever keyboard it came from. A text that is in it already, as nearly all are, is returned as it is.
func NFC(s string) string {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		if common(s[i:]) {
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !stable(r) {
			return norm.NFC.String(s)
		}
		i += n
	}
	return s
}

// common reports whether a text begins with an ideograph between U+5000 and U+9FFF, seen from its bytes: decoding it is most of the time.
func common(s string) bool {
	return 0xe5 <= s[0] && s[0] <= 0xe9 && len(s) > 2 && s[1]&0xc0 == 0x80 && s[2]&0xc0 == 0x80
}

// stable reports whether a character is in NFC whatever stands beside it. It knows those of which Chinese text is made, common ideographs
// and full-width punctuation, and so spares most texts the tables of Unicode, which take six times as long.
func stable(r rune) bool {
	return 0x4e00 <= r && r <= 0x9fff || 0x3001 <= r && r <= 0x3029 || 0xff01 <= r && r <= 0xff5e
}
