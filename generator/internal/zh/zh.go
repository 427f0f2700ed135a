// Package zh holds what the program knows of written Chinese: folding for
// search and comparison, pinyin with the readings of Hebei's place names and of
// government terms, pinyin order, and numerals.
//
// # Folding
//
// Fold maps full-width forms to half-width ones, upper to lower case and
// Traditional to Simplified. It is a function of single runes: one rune in, one
// rune out, whatever stands beside it. So offsets into folded text are rune
// offsets into the original, a browser can do the same from a table of pairs
// (FoldRune), and folding is idempotent. The price is that a few words are
// folded where a scholar would not (乾隆 becomes 干隆), on both sides of every
// comparison, so nothing is lost. Text that readers see is never folded.
//
// # Pinyin
//
// Syllables carry no tone; ü is written v (绿 lv). A character has the reading
// of go-pinyin's table unless readings.txt names another one for it or for a
// phrase it stands in; the longest phrase wins.
//
// # Where the tables come from
//
// traditional.txt is derived from OpenCC by gen.mjs; NOTICE and LICENSE.opencc
// stand beside it. readings.txt is our own.
package zh
