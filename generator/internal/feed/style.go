package feed

import (
	_ "embed"
	"io"

	"banshi/generator/internal/output"
)

// stylePath is the style sheet of RSS and Atom, for people who open a feed in a browser. It is CSS: browsers give up XSL.
const stylePath = "feeds/feed.css"

//go:embed feed.css
var style []byte

func stylesheet() output.File {
	var h output.Hasher
	h.Bytes(style)
	return output.File{Path: stylePath, Stamp: h.Sum(), Write: func(w io.Writer) error {
		_, err := w.Write(style)
		return err
	}}
}
