// Package search makes the static search index of the portal, reads it, and judges it.
//
// The portal is searched with no server: files on any static host and a small client in the browser. This package writes the
// files ([Files]), reads them back ([Open]) and answers queries ([Index.Search]) exactly as the client does; a test runs both
// over one table of queries and wants the same hits with the same scores. What the files hold, byte for byte, and how a query
// is answered is docs/search-format.md.
//
//   - A name is indexed once, not once per county: the head has items, procedures, bundles and signposts by name; files of names,
//     of which a query reads those of its own characters, have their other words and the library (materials, certificates, laws,
//     articles); the file of a division says which of the items found that place handles.
//   - The other files lie under an immutable build id, the hash of what they say. Each is a script that hands over one string, so that
//     the same bytes serve the web, file:// and old engines.
//   - Scores are whole numbers, thousandths, computed with whole numbers only: no engine rounds them differently.
//   - Han text is compared in bigrams after [zh.Fold], never by a dictionary: segmentation loses substrings.
//   - bleve answers which documents match at all ([Oracle]); its scores are not used.
package search

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// Folder is where the index lies in the published site.
const Folder = "search/"

// Format is the version of the file format; a reader refuses another one.
const Format = "3"

// Files returns the search index of a site: search/head.js, the only file that changes in place, and the files of one build under
// search/<build id>/. The same site gives the same files, and the build id changes exactly when one of them does.
func Files(s *site.Site) ([]output.File, error) {
	c := collect(s)
	var t tiers
	var parts, more []part
	parts, t.names = c.nameParts()
	more, t.text = c.textParts()
	parts = append(parts, more...)
	parts = append(parts, part{"pinyin", c.pinyin()}, part{"sounds", c.sounds()}, part{"fold", c.fold()}, part{"codes", c.codes(t.names)})
	more, t.ends = c.placeParts()
	t.places = len(more)
	parts = append(append(parts, more...), c.divisionParts()...)

	head := c.headText(t)
	var h output.Hasher
	h.String(head(""))
	for _, p := range parts {
		h.String(p.name)
		h.String(p.text)
	}
	id := h.Sum().String()[:12]
	files := make([]output.File, 0, len(parts)+1)
	for _, p := range parts {
		files = append(files, p.file(Folder+id+"/"))
	}
	return append(files, part{"head", head(id)}.file(Folder)), nil
}

// part is one file of the index: its name, which the client asks for, and the string it hands over.
type part struct{ name, text string }

// file returns the part as a script in a folder.
func (p part) file(folder string) output.File {
	var h output.Hasher
	h.String(p.name)
	h.String(p.text)
	return output.File{Path: folder + p.name + ".js", Stamp: h.Sum(), Write: p.write}
}

// write writes the script. JSON strings are JavaScript strings: [json.Marshal] escapes U+2028 and U+2029, which old engines take for line
// ends.
func (p part) write(w io.Writer) error {
	text, err := json.Marshal(p.text)
	if err != nil {
		return fmt.Errorf("search: %s: %w", p.name, err)
	}
	_, err = fmt.Fprintf(w, "banshi.put(%q,%q,%s)\n", p.name, checksum(p.name, p.text), text)
	return err
}

// checksum tells a damaged or exchanged file: over the UTF-16 units of its name, a space and its text, each added to 31 times the
// sum before, in 32 bits. It guards against broken transfers and mixed deploys, not against somebody who can write the files.
func checksum(name, text string) string {
	sum := int32(0)
	for _, s := range []string{name, " ", text} {
		for u := range units(s) {
			sum = sum*31 + int32(u)
		}
	}
	return strconv.FormatUint(uint64(uint32(sum)), base)
}
