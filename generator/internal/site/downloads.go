package site

import "banshi/generator/internal/output"

// Download is a file of the open data as people are told of it.
type Download struct {
	Path        string // from the root of the site
	Bytes, Rows int
	SHA256      string
}

// Downloads are the files of the open data that every build makes. Their sizes and digests are known only when they are made.
type Downloads struct {
	// Stamp identifies what List gives.
	Stamp output.Stamp
	// List gives the files, making for that purpose what is not written yet; the error is that of making one.
	List func() ([]Download, error)
}
