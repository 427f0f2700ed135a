package history

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// FS returns the files of the site as they were at rev, a revision, limited to
// paths (files or folders; none: the whole site). A path that did not exist
// then is no error: it is simply not there. Everything is read before FS
// returns, equal contents once, and stays in memory; the result implements
// fs.ReadFileFS, fs.ReadDirFS and fs.StatFS. Modification times are zero.
func (r *Repo) FS(ctx context.Context, rev string, paths ...string) (fs.FS, error) {
	paths, err := pathspecs(paths)
	if err != nil {
		return nil, err
	}
	hash, err := r.Resolve(ctx, rev)
	if err != nil {
		return nil, err
	}
	t := newTree()
	wanted := map[string][]*node{}
	var ids []string // in the order of the tree, so that errors are the same in every run
	err = r.list(ctx, hash, paths, func(name, id string) error {
		n, err := t.add(name)
		if err != nil {
			return err
		}
		if wanted[id] == nil {
			ids = append(ids, id)
		}
		wanted[id] = append(wanted[id], n)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = r.Blobs(ctx, ids, func(id string, data []byte) error {
		for _, n := range wanted[id] {
			n.data = data
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	t.sort()
	return t, nil
}

// Tree returns the files of the site at rev, limited to paths as in FS, without their contents: path to blob id.
func (r *Repo) Tree(ctx context.Context, rev string, paths ...string) (map[string]string, error) {
	paths, err := pathspecs(paths)
	if err != nil {
		return nil, err
	}
	hash, err := r.Resolve(ctx, rev)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	err = r.list(ctx, hash, paths, func(name, id string) error {
		out[name] = id
		return nil
	})
	return out, err
}

// list calls fn for every regular file of a commit below paths.
func (r *Repo) list(ctx context.Context, hash string, paths []string, fn func(name, id string) error) error {
	return r.run(ctx, "", func(out io.Reader) error {
		return readTree(bufio.NewReaderSize(out, 1<<16), fn)
	}, append([]string{"ls-tree", "-r", "-z", hash, "--"}, paths...)...)
}

// readTree reads "git ls-tree -r -z": "mode type id\tpath", ended by NUL.
func readTree(in *bufio.Reader, fn func(name, id string) error) error {
	for {
		line, err := field(in)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		meta, name, _ := strings.Cut(line, "\t")
		parts := strings.Split(meta, " ")
		if len(parts) != 3 || !isHash(parts[2]) {
			return fmt.Errorf("git ls-tree: not an entry: %q", line)
		}
		if !isRegular(parts[0]) || !fs.ValidPath(name) {
			continue
		}
		if err := fn(name, parts[2]); err != nil {
			return err
		}
	}
}

// tree is a read-only file system, keyed by path.
type tree map[string]*node

// node is a file or a folder, and its own fs.FileInfo and fs.DirEntry.
type node struct {
	name  string
	dir   bool
	data  []byte
	below []fs.DirEntry
}

func newTree() tree { return tree{".": {name: ".", dir: true}} }

// add makes an empty file and the folders above it.
func (t tree) add(name string) (*node, error) {
	if t[name] != nil {
		return nil, fmt.Errorf("git ls-tree: %s stands twice in one tree", name)
	}
	parent, err := t.folder(path.Dir(name))
	if err != nil {
		return nil, err
	}
	n := &node{name: path.Base(name)}
	t[name] = n
	parent.below = append(parent.below, n)
	return n, nil
}

func (t tree) folder(name string) (*node, error) {
	if n := t[name]; n != nil {
		if !n.dir {
			return nil, fmt.Errorf("git ls-tree: %s is both a file and a folder", name)
		}
		return n, nil
	}
	parent, err := t.folder(path.Dir(name))
	if err != nil {
		return nil, err
	}
	n := &node{name: path.Base(name), dir: true}
	t[name] = n
	parent.below = append(parent.below, n)
	return n, nil
}

// sort puts every folder in the order fs.ReadDirFS promises; git sorts folders
// as if they ended in a slash.
func (t tree) sort() {
	for _, n := range t {
		slices.SortFunc(n.below, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
}

func (t tree) find(op, name string) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if n := t[name]; n != nil {
		return n, nil
	}
	return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// Open implements fs.FS.
func (t tree) Open(name string) (fs.File, error) {
	n, err := t.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.dir {
		return &folder{node: n, path: name}, nil
	}
	return &file{node: n, Reader: bytes.NewReader(n.data)}, nil
}

// ReadFile implements fs.ReadFileFS; the bytes are the caller's.
func (t tree) ReadFile(name string) ([]byte, error) {
	n, err := t.find("read", name)
	if err != nil {
		return nil, err
	}
	if n.dir {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errIsFolder}
	}
	return append([]byte{}, n.data...), nil
}

// ReadDir implements fs.ReadDirFS.
func (t tree) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := t.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if !n.dir {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errIsFile}
	}
	return slices.Clone(n.below), nil
}

// Stat implements fs.StatFS.
func (t tree) Stat(name string) (fs.FileInfo, error) {
	n, err := t.find("stat", name)
	if err != nil {
		return nil, err
	}
	return n, nil
}

func (n *node) Name() string               { return n.name }
func (n *node) IsDir() bool                { return n.dir }
func (n *node) Size() int64                { return int64(len(n.data)) }
func (n *node) ModTime() time.Time         { return time.Time{} }
func (n *node) Sys() any                   { return nil }
func (n *node) Type() fs.FileMode          { return n.Mode().Type() }
func (n *node) Info() (fs.FileInfo, error) { return n, nil }
func (n *node) String() string             { return fs.FormatDirEntry(n) }

func (n *node) Mode() fs.FileMode {
	if n.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}
