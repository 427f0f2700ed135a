package publish

import (
	"cmp"
	"io"
	"slices"

	"banshi/generator/internal/compress"
	"banshi/generator/internal/output"
)

// form is a compressed form of an item: x.html.gz beside x.html. It is in the manifest with a stamp made of the item's, and comes and goes with
// the item. The published folder is its own cache: as long as the bytes of the item in place are the same, whatever they were made from,
// what was compressed once is not compressed again.
type form struct {
	size   int64 // of its bytes; before it is made, of those that the manifest lists
	inside int64 // size of the regular file that is in place, -1 if there is none
	there  bool  // the manifest has it, in any state
	listed bool  // the manifest has it, made in this way of what is in place of the item
	kept   bool  // what is in place shall stay, if the item's bytes stay
}

// giveForms gives forms to the items that are worth it. Where a file of that name is wanted for itself there is none.
func giveForms(items []item) {
	wanted := func(path string) bool {
		_, ok := slices.BinarySearchFunc(items, path, func(it item, path string) int { return cmp.Compare(it.Path, path) })
		return ok
	}
	for i := range items {
		it := &items[i]
		if compress.Worth(it.Path) && !slices.ContainsFunc(compress.Forms, func(f compress.Form) bool { return wanted(it.Path + f.Suffix) }) {
			it.forms = make([]form, len(compress.Forms))
		}
	}
}

func (it *item) formPath(n int) string { return it.Path + compress.Forms[n].Suffix }

// formStamp is the stamp of the n-th form of an item with a stamp.
func formStamp(n int, of output.Stamp) output.Stamp {
	var h output.Hasher
	h.String(compress.Forms[n].ID)
	h.Stamp(of)
	return h.Sum()
}

// isStale finds a path among what the last publish made and is not wanted.
func (p *plan) isStale(path string) (int, bool) {
	return slices.BinarySearchFunc(p.stale, path, func(e entry, path string) int { return cmp.Compare(e.path, path) })
}

// matchForms finds the forms of the items in the manifest, where so far they are among what is not wanted.
func (p *plan) matchForms() {
	wanted := make([]bool, len(p.stale))
	for i := range p.items {
		it := &p.items[i]
		for n := range it.forms {
			at, ok := p.isStale(it.formPath(n))
			if !ok {
				continue
			}
			e := p.stale[at]
			it.forms[n] = form{size: e.size, there: true, listed: it.was != nil && e.stamp == formStamp(n, *it.was)}
			wanted[at] = true
		}
	}
	rest := p.stale[:0]
	for i, e := range p.stale {
		if !wanted[i] {
			rest = append(rest, e)
		}
	}
	p.stale = rest
}

// short tells that an item is too small for forms, once its size is known.
func (it *item) short() bool { return it.size < compress.Least }

// settled tells that nothing has to be made for an item.
func (it *item) settled() bool {
	return it.kept && (it.short() || !slices.ContainsFunc(it.forms, func(f form) bool { return !f.kept }))
}

// renderForms compresses a rendered item, unless its bytes are those in place and the forms are there. Whole is its bytes, nil if they have to be
// read again.
func (s *sink) renderForms(it *item, whole []byte) error {
	if it.short() || it.settled() {
		return nil
	}
	if s.forms == nil {
		s.forms = new(sink)
		s.forms.enter(s.disk, s.folder)
	}
	source := func(w io.Writer) error { return s.disk.copyTo(w, stagedTree+it.Path) }
	switch {
	case whole != nil:
		source = func(w io.Writer) error { _, err := w.Write(whole); return err }
	case it.kept:
		source = func(w io.Writer) error { return s.disk.copyTo(w, it.Path) }
	}
	for n := range it.forms {
		f := &it.forms[n]
		if f.kept = f.kept && it.kept; f.kept {
			continue
		}
		kept, _, err := s.forms.produce(it.formPath(n), f.inside, func(w io.Writer) error { return compress.Forms[n].Encode(w, source) })
		if f.kept, f.size = kept, s.forms.size; err != nil {
			return err
		}
	}
	return nil
}

// settleForms takes away the forms of items that came out too small; those that are there have to go.
func (p *plan) settleForms() {
	if p == nil {
		return
	}
	sorted := true
	for i := range p.items {
		it := &p.items[i]
		if it.forms == nil || !it.short() {
			continue
		}
		for n, f := range it.forms {
			if f.there {
				p.stale, sorted = append(p.stale, entry{path: it.formPath(n)}), false
			}
		}
		it.forms = nil
	}
	if !sorted {
		slices.SortFunc(p.stale, func(a, b entry) int { return cmp.Compare(a.path, b.path) })
	}
}
