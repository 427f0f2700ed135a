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
		r, n := utf8.DecodeRuneInString(s[i:])
		if !stable(r) {
			return norm.NFC.String(s)
		}
		i += n
	}
	return s
}

// stable reports whether a character is in NFC whatever stands beside it. It knows those of which Chinese text is made, common ideographs
// and full-width punctuation, and so spares most texts the tables of Unicode, which take six times as long.
func stable(r rune) bool {
	return 0x4e00 <= r && r <= 0x9fff || 0x3001 <= r && r <= 0x3029 || 0xff01 <= r && r <= 0xff5e
}
