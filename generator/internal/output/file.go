// Package output describes one published file without rendering it.
//
// Every page, feed, data file and index shard of the portal is a [File]: the path at which readers find it, a [Stamp] that
// says what it would contain, and a function that writes it. Whoever holds a list of files can decide by the stamps alone which
// of them must be rendered (package publish), or render the single one that is asked for (package preview).
//
//   - A path is slash-separated, relative to the root of the site and safe on every file system: see [CheckPath].
//   - No two files share a path, also where a file system ignores case or normalizes Unicode: see [Collisions].
//   - A stamp is a hash of the whole view of the file, of the theme and of the program version. Files with equal paths and equal
//     stamps have equal bytes; that is a promise of whoever makes the stamp, with [Hasher].
//   - Write may be called zero, one or many times, from any goroutine, and writes the same bytes each time.
package output

import (
	"encoding/hex"
	"fmt"
	"io"
)

// Stamp identifies the content of a file before it is rendered: a hash of its view, its theme and the program version.
// Equal stamps mean equal bytes.
type Stamp [16]byte

// String returns the stamp as 32 lower-case hexadecimal digits.
func (s Stamp) String() string { return hex.EncodeToString(s[:]) }

// ParseStamp reads what [Stamp.String] writes; anything but 32 hexadecimal digits is an error.
func ParseStamp(text string) (Stamp, error) {
	var s Stamp
	if len(text) != 2*len(s) {
		return s, fmt.Errorf("stamp %q: want %d hexadecimal digits", text, 2*len(s))
	}
	if _, err := hex.Decode(s[:], []byte(text)); err != nil {
		return s, fmt.Errorf("stamp %q: %w", text, err)
	}
	return s, nil
}

// File is one published file.
type File struct {
	Path  string                  // slash-separated, relative to the root of the site
	Stamp Stamp                   // identifies the bytes that Write writes
	Write func(w io.Writer) error // renders the file; safe for concurrent use
}
