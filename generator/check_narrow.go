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

// narrowed is a site of which only some places are seen, so that checking one record reads a thousand files and not 25,000.
// What a rule says of a standard or of a place's record rests on the libraries, the standards, and the places above, below and
// named: those are seen.
type narrowed struct {
	fs.FS
	seen func(id string) bool
}

// ReadDir leaves out the folders of places that are not seen.
func (n narrowed) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(n.FS, name)
	if name == divisionsDir {
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.IsDir() && !n.seen(e.Name()) })
	}
	return entries, err
}

// ReadFile reads a file of the site; the places that are not seen can be read too.
func (n narrowed) ReadFile(name string) ([]byte, error) { return fs.ReadFile(n.FS, name) }

// narrow returns the part of a site on which the problems of the given files and folders rest; the whole site unless all of them
// are standards or places below the province.
func narrow(site fs.FS, paths []string) fs.FS {
	named := map[string]bool{}
	for _, p := range paths {
		parts := strings.Split(p, "/")
		if len(parts) < 3 || parts[0] != catalog.DataDir {
			return site
		}
		folder := p
		switch {
		case parts[1] == "items":
		case parts[1] == "divisions" && isCounty(parts[2]):
			named[parts[2]], named[parts[2][:4]+"00"] = true, true
			folder = path.Join(divisionsDir, parts[2])
		default:
			return site
		}
		if !nameDivisions(site, folder, p, named) {
			return site
		}
	}
	if len(paths) == 0 {
		return site
	}
	return narrowed{site, func(id string) bool { return named[id] || !isCode(id) || strings.HasSuffix(id, "0000") }}
}

// isCode reports whether a folder is that of a place by code. Areas without a code are few and have counties of any city as their
// members, so they are always seen, as is the province.
func isCode(id string) bool { return len(id) == 6 && strings.Trim(id, "0123456789") == "" }

// isCounty reports whether a folder is that of a county by code.
func isCounty(id string) bool { return isCode(id) && !strings.HasSuffix(id, "00") }

// quotedDivision is a code in a value, alone or at the beginning of division/org or of a township's code.
var quotedDivision = regexp.MustCompile(`["']([0-9]{6})`)

// errShared ends the reading of records that must be compared with those of all places.
var errShared = errors.New("compared with all places")

// nameDivisions collects the places that the records in a folder name, with their cities. It is false where these cannot be read,
// and where one of those that are checked has a credit code, which no body of any place may share.
func nameDivisions(site fs.FS, folder, checked string, named map[string]bool) bool {
	err := fs.WalkDir(site, folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(site, file)
		if under(file, []string{checked}) && bytes.Contains(data, []byte("uscc")) {
			return errShared
		}
		for _, m := range quotedDivision.FindAllSubmatch(data, -1) {
			id := string(m[1])
			named[id], named[id[:4]+"00"] = true, true
		}
		return err
	})
	return err == nil
}
