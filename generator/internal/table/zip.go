package table

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"maps"
	"slices"
)

// sortedZip is a zip file whose entries stand in the order of their names: excelize writes the sheets in the order of a map, so that the
// same workbook would have other bytes each time. It keeps the entries until it is closed.
type sortedZip struct {
	w       io.Writer
	entries map[string]*bytes.Buffer
}

func newSortedZip(w io.Writer) *sortedZip { return &sortedZip{w, map[string]*bytes.Buffer{}} }

// Create begins an entry.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	b := new(bytes.Buffer)
	z.entries[name] = b
	return b, nil
}

// AddFS adds the files of a file system.
func (z *sortedZip) AddFS(fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		z.entries[name] = bytes.NewBuffer(data)
		return err
	})
}

// Close writes the entries.
func (z *sortedZip) Close() error {
	out := zip.NewWriter(z.w)
	for _, name := range slices.Sorted(maps.Keys(z.entries)) {
		w, err := out.Create(name)
		if err != nil {
			return err
		}
		if _, err := z.entries[name].WriteTo(w); err != nil {
			return err
		}
	}
	return out.Close()
}
