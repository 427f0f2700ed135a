package site

import (
	"path"
	"slices"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
)

// later is what takes effect on later days, worked out when it is first asked for.
type later struct {
	once    sync.Once
	entries []*changes.Entry
}

// Upcoming is what is known to change on later days, earliest first: the future versions of records that wait in data/ as
// name@2027-01-01.toml, compared with what holds now. Date is the day they take effect.
func (s *Site) Upcoming() []*changes.Entry {
	s.later.once.Do(func() { s.later.entries = s.upcoming() })
	return s.later.entries
}

func (s *Site) upcoming() []*changes.Entry {
	source := s.Catalog.Source
	if source == nil || len(source.Future) == 0 {
		return nil
	}
	var days []record.Date
	for _, f := range source.Future {
		if !slices.Contains(days, f.From) {
			days = append(days, f.From)
		}
	}
	slices.Sort(days)
	var out []*changes.Entry
	files := source.Files
	for _, day := range days {
		then := arrive(files, source.Future, day)
		was, now := catalog.NewSource(files, day), catalog.NewSource(then, day)
		for _, e := range changes.Diff(was, now, changes.Options{AsOf: day, Draft: s.Catalog.Draft}) {
			e.Date = day
			out = append(out, e)
		}
		files = then
	}
	return out
}

// arrive returns the files with those of the future that take effect on the day in the places of what they replace, so that a
// comparison sees one record change and not another one appear.
func arrive(files, future []*catalog.File, day record.Date) []*catalog.File {
	at := make(map[string]int, len(files))
	for i, f := range files {
		at[path.Join(catalog.DataDir, record.Path(f.Kind, f.IDs...))] = i
	}
	out := slices.Clone(files)
	for _, f := range future {
		if f.From != day {
			continue
		}
		base := path.Join(catalog.DataDir, record.Path(f.Kind, f.IDs...))
		now := *f
		now.Path = base
		if i, ok := at[base]; ok {
			now.Path = files[i].Path
			out[i] = &now
			continue
		}
		out = append(out, &now)
	}
	return out
}
