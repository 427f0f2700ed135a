package changes

import (
	"path"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// snapshot is the records at one moment, by path (data/items/dibao/item.toml).
type snapshot interface {
	// file returns the record at exactly this path, nil if there is none.
	file(path string) *catalog.File
	// later returns the paths of the versions of the record at base that carry a day in their name, earliest first.
	later(base string) []string
	// paths returns the paths without a day of all records of a kind, sorted; first are the first of their ids.
	paths(kind record.Kind, first ...string) []string
	// keepers returns the paths of the places that may name members.
	keepers() []string
}

// state is a snapshot on a day, which decides among the versions of a record.
type state struct {
	snapshot
	day record.Date
}

// get returns the record at base that holds on the day, nil if there is none.
func (s state) get(base string) *catalog.File {
	later := s.later(base)
	for i := len(later) - 1; i >= 0; i-- {
		if _, _, from, _ := parse(later[i]); from > s.day {
			continue
		}
		if f := s.file(later[i]); f != nil { // none where it is held back
			return f
		}
	}
	return s.file(base)
}

// find returns the record of a kind with the ids that holds on the day.
func (s state) find(kind record.Kind, ids ...string) *catalog.File {
	p := record.Path(kind, ids...)
	if p == "" {
		return nil
	}
	return s.get(path.Join(catalog.DataDir, p))
}

// all returns the records of a kind that hold on the day.
func (s state) all(kind record.Kind, first ...string) []*catalog.File {
	var out []*catalog.File
	for _, p := range s.paths(kind, first...) {
		if f := s.get(p); f != nil {
			out = append(out, f)
		}
	}
	return out
}

// parse is record.ParsePath for paths with the folder of the data.
func parse(p string) (kind record.Kind, ids []string, from record.Date, ok bool) {
	return record.ParsePath(strings.TrimPrefix(p, catalog.DataDir+"/"))
}

// baseOf returns the path of the record without a day.
func baseOf(p string) string {
	kind, ids, from, ok := parse(p)
	if !ok || from == 0 {
		return p
	}
	return path.Join(catalog.DataDir, record.Path(kind, ids...))
}

// above returns the ids of a place and of all places above it, by parent, superior and membership, the place itself first.
func (s state) above(division string) []string {
	out := []string{division}
	for i := 0; i < len(out); i++ {
		add := func(id string) {
			if id != "" && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
		if d := s.division(out[i]); d != nil {
			add(d.Parent)
			add(d.ReportsTo)
		}
		for _, p := range s.keepers() {
			f := s.get(p)
			if f == nil {
				continue
			}
			if d, ok := f.Record.(*record.Division); ok && slices.Contains(d.Members, out[i]) {
				add(f.ID())
			}
		}
	}
	return out
}

func (s state) division(id string) *record.Division {
	if f := s.find(record.KindDivision, id); f != nil {
		return f.Record.(*record.Division)
	}
	return nil
}

// around returns what must be resolved to see a place: it and those above it, the defaults of every level, the lists by which
// bodies take items on, and of the item, if one is named, the records of all these places, its catalogue record and procedures.
func (s state) around(division, item string) []*catalog.File {
	var out []*catalog.File
	add := func(f *catalog.File) {
		if f != nil {
			out = append(out, f)
		}
	}
	for _, d := range s.above(division) {
		add(s.find(record.KindDivision, d))
		if item != "" {
			add(s.find(record.KindImplementation, d, item))
		}
	}
	for _, level := range record.LevelSlugs {
		add(s.find(record.KindDefaults, level))
	}
	out = append(out, s.all(record.KindList)...)
	if item != "" {
		add(s.find(record.KindItem, item))
		out = append(out, s.all(record.KindProcedure, item)...)
	}
	return out
}

// name returns what people call the record of a kind with the id, or "".
func (s state) name(kind record.Kind, id string) string {
	f := s.find(kind, id)
	if f == nil {
		return ""
	}
	return nameOf(f)
}

// nameOf returns what people call a record, or "" for a kind without a name.
func nameOf(f *catalog.File) string {
	switch r := f.Record.(type) {
	case *record.Item:
		return r.Name
	case *record.Procedure:
		return r.Name
	case *record.Division:
		return r.Name
	case *record.Law:
		return "《" + r.Name + "》"
	case *record.Material:
		return r.Name
	case *record.Certificate:
		return r.Name
	case *record.Intermediary:
		return r.Name
	case *record.List:
		return r.Name
	case *record.Bundle:
		return r.Name
	case *record.Document:
		if r.Number != "" {
			return r.Number
		}
		return "《" + r.Title + "》"
	}
	return ""
}

// rank returns the place of a term in an ordered vocabulary, 0 where it has none.
func (s state) rank(vocab, term string) int {
	f := s.find(record.KindVocab, vocab)
	if f == nil {
		return 0
	}
	for _, t := range f.Record.(*record.Vocab).Terms {
		if t.Term == term {
			return t.Rank
		}
	}
	return 0
}

// sources is the snapshot of files that are all in memory.
type sources struct {
	byPath map[string]*catalog.File
	dated  map[string][]string
	kinds  map[record.Kind][]string
	keep   []string
}

// newSources makes a snapshot of files; of those with one path the first counts.
func newSources(files []*catalog.File) *sources {
	s := &sources{map[string]*catalog.File{}, map[string][]string{}, map[record.Kind][]string{}, nil}
	bases := map[string]bool{}
	for _, f := range files {
		if s.byPath[f.Path] != nil {
			continue
		}
		s.byPath[f.Path] = f
		base := baseOf(f.Path)
		if base != f.Path {
			s.dated[base] = append(s.dated[base], f.Path)
		}
		if !bases[base] {
			bases[base] = true
			s.kinds[f.Kind] = append(s.kinds[f.Kind], base)
		}
		if d, ok := f.Record.(*record.Division); ok && len(d.Members) > 0 && !slices.Contains(s.keep, base) {
			s.keep = append(s.keep, base)
		}
	}
	for _, list := range s.dated {
		slices.Sort(list)
	}
	for _, list := range s.kinds {
		slices.Sort(list)
	}
	slices.Sort(s.keep)
	return s
}

func (s *sources) file(p string) *catalog.File { return s.byPath[p] }
func (s *sources) later(base string) []string  { return s.dated[base] }
func (s *sources) keepers() []string           { return s.keep }

func (s *sources) paths(kind record.Kind, first ...string) []string {
	return below(s.kinds[kind], kind, first)
}

// below returns those of the sorted paths of a kind whose first ids are given.
func below(sorted []string, kind record.Kind, first []string) []string {
	if len(first) == 0 {
		return sorted
	}
	prefix := catalog.DataDir + "/items/" + first[0] + "/"
	if kind != record.KindProcedure {
		panic("changes: only procedures are found by their item")
	}
	from, _ := slices.BinarySearch(sorted, prefix)
	to := from
	for to < len(sorted) && strings.HasPrefix(sorted[to], prefix) {
		to++
	}
	return sorted[from:to]
}
