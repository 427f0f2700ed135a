package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"banshi/generator/internal/output"
)

// Reader returns the content of a published file by its path, such as search/head.js.
type Reader func(path string) ([]byte, error)

// FromFS reads the index of a published site.
func FromFS(fsys fs.FS) Reader {
	return func(path string) ([]byte, error) { return fs.ReadFile(fsys, path) }
}

// FromFiles reads an index that is not yet published.
func FromFiles(files []output.File) Reader {
	at := map[string]int{}
	for i, f := range files {
		at[f.Path] = i
	}
	return func(path string) ([]byte, error) {
		i, ok := at[path]
		if !ok {
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		}
		var b bytes.Buffer
		err := files[i].Write(&b)
		return b.Bytes(), err
	}
}

// Index answers queries from the files of an index. It reads a file when a query first needs it, as the client does, and keeps
// it. It is safe for concurrent use.
type Index struct {
	read  Reader
	build string

	mu    sync.Mutex
	parts map[string]string
	err   error // of the query at work: a file that cannot be read

	terms            [4][]string // departments, types, topics, audiences
	kinds            []rowKind
	rows             []entry
	head             int                    // how many of rows are in the head
	names            []text                 // of the head's rows, in their order
	posts            map[string]map[int]int // gram → row → value, of names in the head
	common           map[string]int         // character → how often names in the head have it
	occurs           map[rune]bool          // characters of the index, and of question words and places
	byID             map[string]int         // item → row
	asked            stripper
	lone, ends       string
	nameFiles        int
	textFiles        int
	townshipFiles    int
	texts            map[string][]text // of files of names, by file
	syllables        map[rune]string
	odd              map[string][]string
	heard            bool               // sounds is read
	places           map[string]*Place  // of the upper levels, by id
	words            map[string][]place // upper levels, and townships as far as read
	runsOn           map[string]bool    // short name, a space, two characters
	townshipFileRead map[int]bool
	divisions        map[string]*division
}

// entry is one row.
type entry struct {
	kind       string // folder of its page
	id, name   string
	n          int // characters of the name
	weight     int
	facets     [4][]string // departments, types, topics, audiences
	item       int         // of a procedure: the row of its item, else -1
	procedures []int       // of an item: the rows of its procedures, by number
}

// text is a name or alias as it is compared.
type text struct {
	said   string // as written
	key    string
	spaced string // pieces, parted by spaces
	n      int    // characters of key
	alias  bool
	row    int
	spelt  spelling
	spells bool // spelt is made
}

// mostRows is what a damaged head may at most make the reader allocate.
const mostRows = 1 << 20

// Open reads the head of an index. The error is a file that cannot be read, is damaged or is not of [Format].
func Open(read Reader) (*Index, error) {
	x := &Index{
		read: read, parts: map[string]string{}, posts: map[string]map[int]int{}, common: map[string]int{}, occurs: map[rune]bool{}, byID: map[string]int{}, texts: map[string][]text{},
		places: map[string]*Place{}, words: map[string][]place{}, runsOn: map[string]bool{}, townshipFileRead: map[int]bool{}, divisions: map[string]*division{},
	}
	head, err := x.part("head")
	if err != nil {
		return nil, err
	}
	sections := strings.Split(head, sectionEnd)
	first := strings.Split(sections[0], "\t")
	if len(sections) != 5 || len(first) != 7 || first[0] != "banshi" || first[1] != Format {
		return nil, fmt.Errorf("检索文件的格式不是 %s (search/head.js is not of format %[1]s)", Format)
	}
	var sizes [4]int
	for i := range sizes {
		n, err := strconv.ParseInt(first[3+i], base, 32)
		if err != nil || n < 0 || n > mostRows {
			return nil, damaged(sections[0])
		}
		sizes[i] = int(n)
	}
	x.build, x.nameFiles, x.textFiles, x.townshipFiles = first[2], sizes[0], sizes[1], sizes[2]
	x.rows = make([]entry, sizes[3])
	lists, said := strings.Split(sections[1], "\n"), strings.Split(sections[2], "\n")
	if len(lists) != 5 || len(said) != 5 || min(x.nameFiles, x.textFiles, x.townshipFiles) < 1 {
		return nil, damaged(sections[0])
	}
	for _, k := range strings.Split(lists[0], "\t") {
		folder, weight, _ := strings.Cut(k, " ")
		w, err := strconv.Atoi(weight)
		if err != nil {
			return nil, damaged(k)
		}
		x.kinds = append(x.kinds, rowKind{folder: folder, weight: w})
	}
	for i := range x.terms {
		x.terms[i] = strings.Split(lists[i+1], "\t")
	}
	x.asked, x.lone, x.ends = newStripper(strings.Split(said[0], "\t"), said[1]), said[1], said[2]
	for _, r := range said[0] {
		x.occurs[r] = true
	}
	for r := range offerRows(said[4]) {
		x.occurs[rune(r)] = true
	}
	if err := x.addRows(sections[3]); err != nil {
		return nil, err
	}
	return x, x.addUpperPlaces(sections[4])
}

func damaged(s string) error {
	return fmt.Errorf("检索文件坏了 (the search index is damaged): %.60q", s)
}

// part returns the string that a file of the index hands over.
func (x *Index) part(name string) (string, error) {
	if s, ok := x.parts[name]; ok {
		return s, nil
	}
	path := Folder + x.build + "/" + name + ".js"
	if name == "head" {
		path = Folder + "head.js"
	}
	data, err := x.read(path)
	if err != nil {
		return "", err
	}
	var handed [3]string // name, sum, text
	script, ok := strings.CutPrefix(string(data), "banshi.put(")
	script, end := strings.CutSuffix(script, ")\n")
	if err := json.Unmarshal([]byte("["+script+"]"), &handed); err != nil || !ok || !end {
		return "", fmt.Errorf("%s: %w", path, damaged(string(data)))
	}
	if handed[0] != name || handed[1] != checksum(name, handed[2]) {
		return "", fmt.Errorf("%s: %w", path, damaged("sum "+handed[1]))
	}
	x.parts[name] = handed[2]
	return handed[2], nil
}

// lines returns the lines of a part. Where it cannot be read, the error is kept for the answer, and ok is false: nothing may be
// kept then, for another query may find it mended.
func (x *Index) lines(name string) (lines []string, ok bool) {
	s, err := x.part(name)
	if err != nil {
		x.err = err
		return nil, false
	}
	if s == "" {
		return nil, true
	}
	return strings.Split(s, "\n"), true
}

func field(fields []string, n int) string {
	if n < len(fields) {
		return fields[n]
	}
	return ""
}

// addRows reads the rows of the head: items with their procedures, bundles, signposts.
func (x *Index) addRows(section string) error {
	lines := strings.Split(section, "\n")
	const columns = 7
	if len(lines) < columns {
		return damaged(section)
	}
	var at [columns][]string
	for i := range at {
		at[i] = strings.Split(lines[i], "\t")
	}
	procedures := map[string][]string{}
	for _, l := range lines[columns:] {
		f := strings.Split(l, "\t")
		procedures[f[0]] = f[1:]
	}
	for n, id := range at[0][1:] {
		var values []string
		for _, col := range at[2:] {
			values = append(values, field(col, n+1))
		}
		names, ok := procedures[number(n+1)]
		if !ok {
			names = []string{field(at[1], n+1)}
		}
		rows, err := x.set(x.head, id, field(at[1], n+1), values, names)
		if err != nil {
			return err
		}
		for range rows {
			x.addName()
		}
	}
	return nil
}

// set makes a row of its kind's number with its id, its name and values (weight, department, type, topics, audiences), and for an item
// those of its procedures after it. It returns how many rows there are now.
func (x *Index) set(row int, id, name string, values, procedures []string) (int, error) {
	k := -1
	if id != "" {
		k = int(id[0] - '0')
	}
	if k < 0 || k >= len(x.kinds) || name == "" {
		return 0, damaged(id + " " + name)
	}
	e := entry{kind: x.kinds[k].folder, id: id[1:], name: name, weight: x.kinds[k].weight, n: runeLen(key(pieces(name))), item: -1}
	if w := field(values, 0); w != "" {
		n, err := strconv.Atoi(w)
		if err != nil {
			return 0, damaged(w)
		}
		e.weight += n
	}
	for i := range e.facets {
		for _, ref := range strings.Fields(field(values, 1+i)) {
			n, err := strconv.ParseInt(ref, base, 32)
			if err != nil || n < 0 || int(n) >= len(x.terms[i]) {
				return 0, damaged(ref)
			}
			e.facets[i] = append(e.facets[i], x.terms[i][n])
		}
	}
	if e.kind != items {
		procedures = nil
	}
	if row+len(procedures) >= len(x.rows) {
		return 0, damaged("too many rows")
	}
	for i, name := range procedures {
		no := twoDigits(i + 1)
		if n, rest, ok := strings.Cut(name, " "); ok && n != "" && strings.Trim(n, "0123456789") == "" {
			no, name = n, rest
		}
		e.procedures = append(e.procedures, row+1+i)
		x.rows[row+1+i] = entry{kind: items, id: e.id + "#" + no, name: name, weight: e.weight + weightProcedure, n: runeLen(key(pieces(name))), item: row}
	}
	x.rows[row] = e
	if e.kind == items {
		x.byID[e.id] = row
	}
	return 1 + len(procedures), nil
}

// addName makes the name of the next row of the head known.
func (x *Index) addName() {
	e := &x.rows[x.head]
	for _, p := range pieces(e.name) {
		p.grams(func(g string) {
			if x.posts[g] == nil {
				x.posts[g] = map[int]int{}
			}
			x.posts[g][x.head] = nameValue
		})
		for _, ch := range p.text {
			x.common[string(ch)]++
			x.occurs[ch] = true
		}
	}
	x.names = append(x.names, newText(pieces(e.name), e.name, false, x.head))
	x.head++
}

func newText(ps []piece, said string, alias bool, row int) text {
	k := key(ps)
	return text{said: said, key: k, spaced: spaced(ps), n: runeLen(k), alias: alias, row: row}
}

// namesIn returns the texts of a file of names: aliases, and rows of the library with their names.
func (x *Index) namesIn(file string) []text {
	if list, ok := x.texts[file]; ok {
		return list
	}
	list := []text{}
	lines, ok := x.lines(file)
	if !ok {
		return nil
	}
	for _, l := range lines {
		f := strings.Split(l, "\t")
		n, err := strconv.ParseInt(f[0], base, 32)
		if err != nil || n < 0 || int(n) >= len(x.rows) {
			x.err = damaged(l)
			return nil
		}
		row, aliases := int(n), f[1:]
		switch {
		case row >= x.head && field(f, 1) != "":
			aliases = f[min(len(f), 3):]
			said := strings.Split(field(f, 2), "|")
			rows, err := x.set(row, f[1], said[0], said[1:min(len(said), 6)], said[min(len(said), 6):])
			if err != nil {
				x.err = err
				return nil
			}
			for n := row; n < row+rows; n++ {
				name := x.rows[n].name
				list = append(list, newText(x.strip(pieces(name)), name, false, n))
			}
		case row >= x.head:
			if x.rows[row].id == "" {
				x.err = damaged(l)
				return nil
			}
			aliases = f[min(len(f), 2):]
		}
		for _, a := range aliases {
			list = append(list, newText(x.strip(pieces(a)), a, true, row))
		}
	}
	x.texts[file] = list
	return list
}

func (x *Index) strip(ps []piece) []piece { return x.asked.strip(ps) }

// within reports whether a name in the head contains the pieces as they stand: then they name no place, and no question words
// are taken out.
func (x *Index) within(ps []piece) bool {
	k := spaced(ps)
	for i := range x.names {
		if strings.Contains(x.names[i].spaced, k) {
			return true
		}
	}
	return false
}
