package page

import (
	"bytes"
	"iter"
	"strings"
	"sync/atomic"

	"banshi/generator/internal/output"
)

// Rows of tables that many pages show differ from page to page in a few words: the name of a place, where it leads. Such a row is
// rendered once with marks in place of these words and cut, as a frame is, and dealt out: the template ranges over an iterator that writes what it
// knows into the page itself and hands the template only what is new.

// rowPattern is a row without the words that differ. It is cut when the first page shows it.
type rowPattern[T any] struct {
	view  func(word func(slot) string) T
	stamp output.Stamp
	once  bool // of one row only, so that nothing is kept of it
	cut   atomic.Pointer[[]piece]
}

// newPattern makes a pattern of a view that is a function of its words.
func newPattern[T any](b *builder, view func(word func(slot) string) T) *rowPattern[T] {
	return &rowPattern[T]{view: view, stamp: b.stamp("row", view(marksOf(output.Stamp{}).at))}
}

// known returns the pattern that shows the same, where there is one already.
func known[T any](all map[output.Stamp]*rowPattern[T], p *rowPattern[T]) *rowPattern[T] {
	same := all[p.stamp]
	if same == nil {
		p.once, all[p.stamp] = true, p
		return p
	}
	same.once = false
	return same
}

// dealtRow is a row with its words, by slot.
type dealtRow[T any] struct {
	*rowPattern[T]
	words []string
}

func (r *dealtRow[T]) word(s slot) string { return r.words[s] }

// hashRows adds what rows show.
func hashRows[T any](h *output.Hasher, rows []dealtRow[T]) {
	h.Int(len(rows))
	for _, r := range rows {
		h.Stamp(r.stamp)
		for _, w := range r.words {
			h.String(w)
		}
	}
}

// deal returns rows for a template that ranges over them while it writes to out. With whole all go through the template: where the theme does more
// than range over them once, or what it writes for one may depend on more than the row and what is the same for all that share its pattern.
func deal[T any](out *bytes.Buffer, whole bool, rows []dealtRow[T]) iter.Seq[T] {
	if len(rows) == 0 {
		return nil
	}
	return func(yield func(T) bool) {
		for _, r := range rows {
			if whole {
				if !yield(r.view(r.word)) {
					return
				}
				continue
			}
			pieces := r.cut.Load()
			if pieces == nil {
				m, from := marksOf(r.stamp), out.Len()
				if !yield(r.view(m.at)) {
					return
				}
				cut := m.cut(bytes.Clone(out.Bytes()[from:]))
				out.Truncate(from)
				if pieces = &cut; !r.once {
					r.cut.Store(pieces)
				}
			}
			fillWords(out, *pieces, r.words)
		}
	}
}

// fillWords writes pieces with words in their slots.
func fillWords(out *bytes.Buffer, pieces []piece, words []string) {
	for _, p := range pieces {
		out.Write(p.text)
		if p.slot != noSlot {
			escapeWord(out, words[p.slot])
		}
	}
}

// escapeWord is escape as html/template does it.
func escapeWord(out *bytes.Buffer, s string) {
	for {
		before, after, found := strings.Cut(s, "+")
		escape(out, before)
		if !found {
			return
		}
		out.WriteString("&#43;")
		s = after
	}
}
