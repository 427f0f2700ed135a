package output

import "golang.org/x/text/unicode/norm"

// NFC returns a text in Unicode normalization form C, in which published data is written: the same word is then the same bytes,
// whichever keyboard it came from. A text that is in it already, as nearly all are, is returned as it is.
func NFC(s string) string { return norm.NFC.String(s) }
