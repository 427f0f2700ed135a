package changes

import (
	"path"
	"sort"
	"strconv"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// comparison is two states on one day.
type comparison struct {
	old, now state
	draft    bool
}

// entries returns what people see change in the records at some paths, in order of paths.
func (x *comparison) entries(paths []string) []*Entry {
	sort.Strings(paths)
	var out []*Entry
	done := map[string]bool{}
	for _, p := range paths {
		if _, _, from, _ := parse(p); from > x.now.day {
			if e := x.planned(p, from); e != nil {
				out = append(out, e)
			}
			continue
		}
		base := baseOf(p)
		if done[base] {
			continue
		}
		done[base] = true
		if was, now := x.old.get(base), x.now.get(base); !same(was, now) {
			if e := x.subject(was, now); e != nil {
				out = append(out, e)
			}
		}
	}
	return out
}

// planned returns the announcement of a version that was written ahead, changed before its day, or taken back.
func (x *comparison) planned(p string, from record.Date) *Entry {
	s, withdrawn := x.now, false
	if x.now.file(p) == nil {
		s, withdrawn = x.old, true
	}
	base := baseOf(p)
	y := &comparison{old: state{s.snapshot, dayBefore(from)}, now: state{s.snapshot, from}, draft: x.draft}
	was, now := y.old.get(base), y.now.get(base)
	if same(was, now) {
		return nil
	}
	e := y.subject(was, now)
	if e != nil {
		e.announce(from, withdrawn)
	}
	return e
}

// subject returns the entry for one changed record, or nil where people see no difference.
func (x *comparison) subject(was, now *catalog.File) *Entry {
	f := now
	if f == nil {
		f = was
	}
	switch f.Kind {
	case record.KindItem:
		return x.item(was, now)
	case record.KindProcedure:
		return x.procedure(was, now)
	case record.KindImplementation:
		return x.local(was, now)
	case record.KindDivision:
		return x.place(was, now)
	case record.KindDefaults, record.KindList, record.KindSignposts, record.KindBundle,
		record.KindLaw, record.KindMaterial, record.KindCertificate, record.KindDocument, record.KindIntermediary:
		return x.library(was, now)
	}
	return nil
}

// present returns the file to speak about and an entry that says whether it is new, gone or changed.
func present(was, now *catalog.File) (*catalog.File, *Entry) {
	switch {
	case was == nil:
		return now, &Entry{Kind: KindNew}
	case now == nil:
		return was, &Entry{Kind: KindEnded}
	}
	return now, &Entry{Kind: KindChanged}
}

func (x *comparison) item(was, now *catalog.File) *Entry {
	f, e := present(was, now)
	r := f.Record.(*record.Item)
	e.Subject = Subject{Kind: record.KindItem, Item: f.IDs[0]}
	e.Department, e.Document = r.Department, newDocument(was, now)
	if was != nil && now != nil {
		old := was.Record.(*record.Item)
		e.Fields = compare(flattenRecord(was, x.old), flattenRecord(now, x.now))
		e.Kind = statusKind(old.Status, r.Status)
		for _, t := range newTransfers(old, r) {
			if e.Kind == KindChanged {
				e.Kind = transferKind(t.Kind)
			}
		}
		x.because(e, r)
	}
	return e.finish(r.Name, f)
}

func (x *comparison) procedure(was, now *catalog.File) *Entry {
	f, e := present(was, now)
	r := f.Record.(*record.Procedure)
	e.Subject = Subject{Kind: record.KindProcedure, Item: f.IDs[0], Procedure: f.IDs[1]}
	name := f.IDs[0]
	if item := x.now.find(record.KindItem, f.IDs[0]); item != nil {
		i := item.Record.(*record.Item)
		name, e.Department = i.Name, i.Department
	}
	if was != nil && now != nil {
		old := was.Record.(*record.Procedure)
		e.Fields = compare(flattenRecord(was, x.old), flattenRecord(now, x.now))
		e.Kind = statusKind(old.Status, r.Status)
		if b := r.Outcome.Benefit; b != nil && b.Amount != nil {
			e.Document = b.Amount.Document
		}
	} else if x.old.find(record.KindItem, f.IDs[0]) == nil || x.now.find(record.KindItem, f.IDs[0]) == nil {
		return nil // told with the item
	}
	return e.finish(name+" "+r.Name, f)
}

// library compares a record of a library as written. That a law, a paper or a certificate is entered is no news: it comes with
// the item that needs it.
func (x *comparison) library(was, now *catalog.File) *Entry {
	f, e := present(was, now)
	if was == nil && f.Kind != record.KindBundle && f.Kind != record.KindList {
		return nil
	}
	e.Subject = Subject{Kind: f.Kind}
	if len(f.IDs) > 0 {
		e.Subject.ID = f.ID()
	}
	if was != nil && now != nil {
		e.Fields = compare(flattenRecord(was, x.old), flattenRecord(now, x.now))
	}
	return e.finish(libraryName(f), f)
}

// levelNames are the places of a level that share defaults.
var levelNames = map[string]string{"province": "省本级", "city": "各市", "county": "各县（市、区）", "township": "各乡镇（街道）"}

// libraryName names a record of a library with what it is.
func libraryName(f *catalog.File) string {
	name := nameOf(f)
	switch f.Kind {
	case record.KindMaterial:
		return "材料“" + name + "”"
	case record.KindCertificate:
		return "证照“" + name + "”"
	case record.KindBundle:
		return "一件事“" + name + "”"
	case record.KindIntermediary:
		return "中介服务“" + name + "”"
	case record.KindList:
		return "清单“" + name + "”"
	case record.KindDocument:
		return "文件" + name
	case record.KindDefaults:
		return levelNames[f.ID()] + "通用的单位和大厅"
	case record.KindSignposts:
		return "指路"
	}
	return name
}

// founding is the first state of the library: one entry, not one for every record.
func founding(s snapshot) *Entry {
	e := &Entry{Kind: KindNew, Subject: Subject{Kind: record.KindSchema}}
	count := func(kind record.Kind) (n int) {
		for _, p := range s.paths(kind) {
			if s.file(p) != nil {
				n++
			}
		}
		return n
	}
	e.Title = "建库：" + strconv.Itoa(count(record.KindItem)) + " 个事项、" + strconv.Itoa(count(record.KindDivision)) + " 个地方"
	e.ID = hashOf(e.Title)
	return e
}

// dayBefore returns the day before.
func dayBefore(d record.Date) record.Date { return record.DateOf(d.Time().AddDate(0, 0, -1)) }

// sameRecord reports whether two files are versions of one record.
func sameRecord(a, b *catalog.File) bool {
	return a.Kind == b.Kind && path.Join(a.IDs...) == path.Join(b.IDs...)
}
