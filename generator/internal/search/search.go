// Package search makes the static search index of the portal, reads it, and judges it.
//
// The portal is searched with no server: files on any static host and a small client in the browser. This package writes the
// files ([Files]), reads them back ([Open]) and answers queries ([Index.Search]) exactly as the client does; a test runs both
// over one table of queries and wants the same hits with the same scores. What the files hold, byte for byte, and how a query
// is answered is docs/search-format.md.
//
//   - A name is indexed once, not once per county: the head finds items, procedures, bundles, signposts, materials,
//     certificates, laws and articles; the file of a division says which of the items it found that place handles.
//   - Files lie under an immutable build id, the hash of what they say. Each is a script that hands over one string, so that
//     the same bytes serve the web, file:// and old engines.
//   - Scores are whole numbers, thousandths, computed with whole numbers only: no engine rounds them differently.
//   - Han text is compared in bigrams after [zh.Fold], never by a dictionary: segmentation loses substrings.
//   - bleve answers which documents match at all ([Oracle]); its scores are not used.
package search

import (
	"encoding/json"
	"fmt"
	"io"

	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// Folder is where the index lies in the published site.
const Folder = "search/"

// Format is the version of the file format; a reader refuses another one.
const Format = "1"

// Files returns the search index of a site: search/current.js and the files of one build under search/<build id>/. The same
// site gives the same files, and the build id changes exactly when one of them does.
func Files(s *site.Site) ([]output.File, error) {
	c := collect(s)
	parts := []part{
		{"head", c.head()},
		{"pinyin", c.pinyin()},
		{"fold", c.fold()},
		{"codes", c.codes()},
	}
	parts = append(parts, c.placeParts()...)
	parts = append(parts, c.divisionParts()...)

	var h output.Hasher
	h.String(Format)
	for _, p := range parts {
		h.String(p.name)
		h.String(p.text)
	}
	id := h.Sum().String()[:12]
	files := make([]output.File, 0, len(parts)+1)
	for _, p := range parts {
		f, err := p.file(Folder + id + "/")
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	current, err := part{"current", id}.file(Folder)
	return append(files, current), err
}

// part is one file of the index: its name, which the client asks for, and the string it hands over.
type part struct{ name, text string }

// file returns the part as a script in a folder. JSON strings are JavaScript strings: [json.Marshal] escapes U+2028 and
// U+2029, which old engines take for line ends.
func (p part) file(folder string) (output.File, error) {
	text, err := json.Marshal(p.text)
	if err != nil {
		return output.File{}, fmt.Errorf("search: %s: %w", p.name, err)
	}
	script := "banshi.put(\"" + p.name + "\"," + string(text) + ")\n"
	var h output.Hasher
	h.String(script)
	return output.File{
		Path:  folder + p.name + ".js",
		Stamp: h.Sum(),
		Write: func(w io.Writer) error { _, err := io.WriteString(w, script); return err },
	}, nil
}
