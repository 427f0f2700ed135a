package publish

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// folders remembers what is in place of the folders that were asked for, and of all above them.
type folders struct {
	disk disk
	kind map[string]folderKind
}

type folderKind int

const (
	folderThere   folderKind = iota + 1
	folderMissing            // nothing, or nothing can be there because of something above
	folderBlocked            // a file, which has to go
)

func newFolders(d disk) folders {
	return folders{d, map[string]folderKind{"": folderThere}}
}

// look asks the file system once for each folder. A symbolic link is an error: what lies behind it is not ours.
func (f folders) look(folder string) (folderKind, error) {
	if kind, ok := f.kind[folder]; ok {
		return kind, nil
	}
	above, err := f.look(parent(folder))
	if err != nil {
		return 0, err
	}
	kind := folderMissing
	if above == folderThere {
		info, err := f.disk.lstat(folder)
		switch {
		case err != nil:
			return 0, err
		case info == nil:
		case info.IsDir():
			kind = folderThere
		case info.Mode()&fs.ModeSymlink != 0:
			return 0, fmt.Errorf("%s：是符号链接，不在其后写文件；请换成文件夹 (a symbolic link where a folder belongs; nothing is written behind it)",
				f.disk.shown(folder))
		default:
			kind = folderBlocked
		}
	}
	f.kind[folder] = kind
	return kind, nil
}

// top returns what has to be renamed for a staged file to come into place: the highest folder above it that is not there yet,
// or else the file. A new site is so a handful of renames, not one for each page.
func (f folders) top(path string) string {
	for {
		above := parent(path)
		if f.kind[above] == folderThere {
			return path
		}
		path = above
	}
}

// blocked returns the files in whose place a folder is wanted, sorted.
func (f folders) blocked() []string {
	var paths []string
	for folder, kind := range f.kind {
		if kind == folderBlocked {
			paths = append(paths, folder)
		}
	}
	slices.Sort(paths)
	return paths
}

// parent returns the folder of a path, "" for the root.
func parent(path string) string {
	return path[:max(0, strings.LastIndexByte(path, '/'))]
}
