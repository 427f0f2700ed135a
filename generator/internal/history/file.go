package history

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
)

var (
	errIsFolder = errors.New("is a directory")
	errIsFile   = errors.New("not a directory")
)

// file is an open file; its reader also seeks and reads at offsets.
type file struct {
	node *node
	*bytes.Reader
}

func (f *file) Stat() (fs.FileInfo, error) { return f.node, nil }
func (f *file) Close() error               { return nil }

// folder is an open folder that remembers how far it was read.
type folder struct {
	node *node
	path string
	next int
}

func (d *folder) Stat() (fs.FileInfo, error) { return d.node, nil }
func (d *folder) Close() error               { return nil }

func (d *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.path, Err: errIsFolder}
}

// ReadDir implements fs.ReadDirFile: all that is left when n ≤ 0, else at most
// n entries and io.EOF after the last.
func (d *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	left := d.node.below[d.next:]
	if n > 0 && len(left) == 0 {
		return nil, io.EOF
	}
	if n > 0 && n < len(left) {
		left = left[:n]
	}
	d.next += len(left)
	return append([]fs.DirEntry{}, left...), nil
}
