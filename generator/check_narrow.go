package main

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
)

// divisionsDir is the folder of the places in a site; of a province's records most are there.
const divisionsDir = catalog.DataDir + "/divisions"

// itemsDir is the folder of the standards, which are most of what is left.
const itemsDir = catalog.DataDir + "/items"

// narrowed is a site of which only some places and standards are seen, so that checking one record reads some hundred files and not
// 25,000. What a rule says of a standard or of a place's record rests on the libraries, the items, the standards, and the places
// above, below and named; what it says of one place's record of an item, on the standards of that item and of the items named.
type narrowed struct {
	fs.FS
	place    func(id string) bool
	standard func(item string) bool
}

// ReadDir leaves out the folders of places, and the files of standards, that are not seen.
func (n narrowed) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(n.FS, name)
	switch {
	case name == divisionsDir:
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.IsDir() && !n.place(e.Name()) })
	case path.Dir(name) == itemsDir && !n.standard(path.Base(name)):
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return isStandard(e.Name()) })
	}
	return entries, err
}

// ReadFile reads a file of the site; what is not seen can be read too.
func (n narrowed) ReadFile(name string) ([]byte, error) { return fs.ReadFile(n.FS, name) }

// isStandard reports whether a file in the folder of an item is that of a procedure: 01.toml, 02@2027-01-01.toml.
func isStandard(name string) bool { return len(name) > 2 && strings.Trim(name[:2], "0123456789") == "" }

// narrow returns the part of a site on which the problems of the given files and folders rest; the whole site unless all of them
// are standards or places below the province.
func narrow(site fs.FS, paths []string) fs.FS {
	if len(paths) == 0 {
		return site
	}
	named := names{place: map[string]bool{}, item: map[string]bool{}}
	all := false // all standards are seen
	for _, p := range paths {
		parts := strings.Split(p, "/")
		if len(parts) < 3 || parts[0] != catalog.DataDir {
			return site
		}
		folder := p
		switch {
		case parts[1] == "items":
			named.item[parts[2]] = true
		case parts[1] == "divisions" && isCounty(parts[2]):
			named.addPlace(parts[2])
			folder = path.Join(divisionsDir, parts[2])
			item, implements := implemented(site, p)
			all = all || !implements
			if implements && !named.read(site, path.Join(itemsDir, item), "") {
				return site
			}
			named.item[item] = true
		default:
			return site
		}
		if !named.read(site, folder, p) {
			return site
		}
	}
	return narrowed{
		FS:       site,
		place:    func(id string) bool { return named.place[id] || !isCode(id) || strings.HasSuffix(id, "0000") },
		standard: func(item string) bool { return all || named.item[item] },
	}
}

// implemented returns the item whose record at a place a path is, and false where it is another record or a folder.
func implemented(site fs.FS, p string) (item string, ok bool) {
	name, isFile := strings.CutSuffix(path.Base(p), ".toml")
	item, _, _ = strings.Cut(name, "@")
	if !isFile {
		return item, false
	}
	_, err := fs.Stat(site, path.Join(itemsDir, item))
	return item, err == nil
}

// isCode reports whether a folder is that of a place by code. Areas without a code are few and have counties of any city as their
// members, so they are always seen, as is the province.
func isCode(id string) bool { return len(id) == 6 && strings.Trim(id, "0123456789") == "" }

// isCounty reports whether a folder is that of a county by code.
func isCounty(id string) bool { return isCode(id) && !strings.HasSuffix(id, "00") }

// names is the places and items that records name.
type names struct{ place, item map[string]bool }

// addPlace adds a place and its city.
func (n names) addPlace(id string) { n.place[id], n.place[id[:4]+"00"] = true, true }

// quoted is what may be an id in a value, alone or at the beginning: of division/org, of item#01, of a township's code.
var quoted = regexp.MustCompile(`["']([a-z0-9]+(?:-[a-z0-9]+)*)`)

// errShared ends the reading of records that must be compared with those of all places.
var errShared = errors.New("compared with all places")

// read adds what the records in a folder name. It is false where these cannot be read, and where one of those that are checked has a
// credit code, which no body of any place may share.
func (n names) read(site fs.FS, folder, checked string) bool {
	err := fs.WalkDir(site, folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(site, file)
		if checked != "" && under(file, []string{checked}) && bytes.Contains(data, []byte("uscc")) {
			return errShared
		}
		for _, m := range quoted.FindAllSubmatch(data, -1) {
			id := string(m[1])
			n.item[id] = true
			if len(id) >= 6 && isCode(id[:6]) {
				n.addPlace(id[:6])
			}
		}
		return err
	})
	return err == nil
}
