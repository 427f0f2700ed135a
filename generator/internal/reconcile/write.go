package reconcile

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/tomlfile"
)

// File is a record of a mapping as it is to be written.
type File struct {
	Path string // in the site
	Data []byte
	New  bool
}

// Tally is how many decisions were entered, changed and taken back.
type Tally struct{ New, Changed, Withdrawn int }

// The size up to which a file of a mapping gets more decisions; a record may have 64 KiB and 2,000 keys.
const (
	roomBytes = 52 << 10
	roomKeys  = 1700
)

// Write returns the files of the mapping with what was said, comments and order kept; order is that of keys, as tomlfile.Format takes
// it. Name is what a new mapping calls the upper-level catalogue. The problems of what was said are those of [Report.Accept]; here it must
// have none.
func (r *Report) Write(said []Saying, name string, order func(path []string) []string) ([]File, Tally, error) {
	w := &writer{report: r, changes: map[string][]tomlfile.Change{}, removed: map[string][]int{}}
	var fresh []tomlfile.Table
	var own []tomlfile.Table
	for i := range said {
		s := &said[i]
		switch {
		case s.own != nil:
			if w.ownItem(s) {
				own = append(own, tomlfile.Table{{Key: "item", Value: s.own.Item.ID}, {Key: "reason", Value: s.reason}})
			}
		case s.verdict == Withdrawn:
			d := s.match.Decision
			w.removed[d.File.Path] = append(w.removed[d.File.Path], d.N)
			w.tally.Withdrawn++
		case s.match.Decision != nil:
			w.change(s)
		default:
			w.tally.New++
			fresh = append(fresh, s.table())
		}
		for _, id := range s.items {
			w.dropOwn(id)
		}
	}
	files, err := w.edited(order)
	if err != nil {
		return nil, Tally{}, err
	}
	files, err = w.appended(files, "decisions", fresh, name, order)
	if err != nil {
		return nil, Tally{}, err
	}
	files, err = w.appended(files, "own", own, name, order)
	return files, w.tally, err
}

// writer collects what is to be done to each file.
type writer struct {
	report  *Report
	changes map[string][]tomlfile.Change
	removed map[string][]int // decisions
	tally   Tally
}

// table is a decision about a row as it stands now.
func (s *Saying) table() tomlfile.Table {
	var t tomlfile.Table
	for _, m := range s.members() {
		if m.Value != nil {
			t = append(t, m)
		}
	}
	return t
}

// members are the keys of a decision, those without a value with nil.
func (s *Saying) members() []tomlfile.Member {
	text := func(v string) any {
		if v == "" {
			return nil
		}
		return v
	}
	list := func(v []string) any {
		if len(v) == 0 {
			return nil
		}
		return v
	}
	r := s.match.Row
	return []tomlfile.Member{
		{Key: "code", Value: text(r.Code)}, {Key: "name", Value: r.Name}, {Key: "type", Value: text(r.Type)},
		{Key: "basis", Value: text(shortened(sayCitations(r.citations)))}, {Key: "levels", Value: list(r.Levels)},
		{Key: "verdict", Value: s.verdict}, {Key: "items", Value: list(s.items)}, {Key: "reason", Value: text(s.reason)},
	}
}

// maxBasis is how much of a legal basis is kept in a decision, in bytes.
const maxBasis = 1500

// shortened cuts a list of citations at one of them.
func shortened(s string) string {
	if len(s) <= maxBasis {
		return s
	}
	return s[:strings.LastIndex(s[:maxBasis], "；")]
}

// change sets the keys of a decision that there is.
func (w *writer) change(s *Saying) {
	d := s.match.Decision
	at := []string{"decisions", strconv.Itoa(d.N)}
	for _, m := range s.members() {
		key := append(slices.Clone(at), m.Key)
		if m.Value == nil && !d.File.Doc.Has(key...) {
			continue
		}
		w.changes[d.File.Path] = append(w.changes[d.File.Path], tomlfile.Change{Path: key, Value: m.Value})
	}
	w.tally.Changed++
}

// ownItem sets or removes the reason of an item that is ours only, and reports whether it is a new one.
func (w *writer) ownItem(s *Saying) bool {
	for _, e := range w.report.mapping.files {
		for i, o := range e.Record.Own {
			if o.Item != s.own.Item.ID {
				continue
			}
			at := []string{"own", strconv.Itoa(i)}
			if s.verdict == Withdrawn {
				w.dropOwn(o.Item)
				w.tally.Withdrawn++
				return false
			}
			w.changes[e.File.Path] = append(w.changes[e.File.Path], tomlfile.Change{Path: append(at, "reason"), Value: s.reason})
			w.tally.Changed++
			return false
		}
	}
	w.tally.New++
	return true
}

// dropOwn removes an item from those that are ours only: it has been withdrawn, or is a row now.
func (w *writer) dropOwn(id string) {
	for _, e := range w.report.mapping.files {
		for i, o := range e.Record.Own {
			if o.Item == id {
				w.changes[e.File.Path] = append(w.changes[e.File.Path], tomlfile.Change{Path: []string{"own", strconv.Itoa(i)}})
			}
		}
	}
}

// edited makes the changes to the files that there are. Removals come last, from the end, so that numbers hold.
func (w *writer) edited(order func([]string) []string) ([]File, error) {
	var out []File
	for _, e := range w.report.mapping.files {
		var sets, drops []tomlfile.Change
		for _, c := range w.changes[e.File.Path] {
			if len(c.Path) == 2 && c.Value == nil {
				drops = append(drops, c)
			} else {
				sets = append(sets, c)
			}
		}
		for _, n := range w.removed[e.File.Path] {
			drops = append(drops, tomlfile.Change{Path: []string{"decisions", strconv.Itoa(n)}})
		}
		slices.SortStableFunc(drops, func(a, b tomlfile.Change) int {
			return cmp.Or(cmp.Compare(a.Path[0], b.Path[0]), cmp.Compare(number(b.Path[1]), number(a.Path[1])))
		})
		f := File{Path: e.File.Path, Data: e.File.Doc.Data}
		if len(sets)+len(drops) > 0 {
			var err error
			if f.Data, err = tomlfile.Edit(f.Data, order, append(sets, drops...)...); err != nil {
				return nil, fmt.Errorf("%s: %w", e.File.Path, err)
			}
		}
		out = append(out, f)
	}
	return out, nil
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// appended adds tables to a list, to the last file if it has room, else to new ones.
func (w *writer) appended(files []File, list string, tables []tomlfile.Table, name string, order func([]string) []string) ([]File, error) {
	for len(tables) > 0 {
		if len(files) == 0 || !hasRoom(files[len(files)-1].Data, 0, 0) {
			f, err := w.newFile(len(files), name)
			if err != nil {
				return nil, err
			}
			files = append(files, f)
		}
		f := &files[len(files)-1]
		tidy := canonical(f, order)
		data, keys := bytes.TrimRight(f.Data, "\n"), 0
		for more := 0; len(tables) > 0 && (keys == 0 || hasRoom(f.Data, more, keys)); tables = tables[1:] {
			// Each is written in a file of its own, so that many cost no more than their length.
			header := []byte("[[" + list + "]]\n")
			block, err := tomlfile.Edit(header, nil, tomlfile.Change{Path: []string{list, "0"}, Value: tables[0]})
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.Path, err)
			}
			data = append(append(data, "\n\n"...), bytes.TrimRight(block, "\n")...)
			more, keys = more+len(block), keys+len(tables[0])+1
		}
		if data = append(data, '\n'); tidy {
			var err error
			if data, err = tomlfile.Format(data, order); err != nil {
				return nil, fmt.Errorf("%s: %w", f.Path, err)
			}
		}
		f.Data = data
	}
	return files, nil
}

// canonical reports whether a file is in canonical form, so that it is to be so again; one that people keep in another order stays in it.
func canonical(f *File, order func([]string) []string) bool {
	if order == nil || f.New {
		return order != nil
	}
	formatted, err := tomlfile.Format(f.Data, order)
	return err == nil && bytes.Equal(formatted, f.Data)
}

// hasRoom reports whether a file with so many more bytes and keys stays below what a record may have.
func hasRoom(data []byte, more, keys int) bool {
	return len(data)+more < roomBytes && strings.Count(string(data), " = ")+strings.Count(string(data), "[[")+keys < roomKeys
}

// newFile begins a file of the mapping, the n-th from 0.
func (w *writer) newFile(n int, name string) (File, error) {
	first, id := w.report.Mapping, w.report.Mapping
	changes := []tomlfile.Change{{Path: []string{"name"}, Value: name}}
	if n > 0 {
		for n++; ; n++ {
			if id = first + "-" + strconv.Itoa(n); w.report.index.catalog.Mappings.Get(id) == nil {
				break
			}
		}
		if len(w.report.mapping.files) > 0 {
			changes[0].Value = w.report.mapping.files[0].Record.Name
		}
		changes = append(changes, tomlfile.Change{Path: []string{"continues"}, Value: first})
	}
	data, err := tomlfile.Edit([]byte(newFileComment), nil, changes...)
	return File{Path: path.Join(catalog.DataDir, record.Path(record.KindMapping, id)), Data: data, New: true}, err
}

const newFileComment = "# banshi reconcile 的决定：上级目录里的一条对应本省哪个事项。可以手改；重新核对时只问新的和变了的。\n"
