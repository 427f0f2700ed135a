package page

import (
	"bytes"
	"sync"

	"banshi/generator/internal/output"
)

// Where every place writes its own, parts of pages are alike but for their texts. Like the rows of tables, such a part is rendered once with marks in
// place of the texts and cut; then it is a copy of the pieces with other texts between them, escaped as html/template does it. It is so only
// where the template does nothing with the texts but show them, see [Theme.shows].

// texts are the words of a part of a page as its view comes to them. A nil texts has none.
type texts struct {
	word  func(slot) string // what is shown for a word: its mark; nil for the text itself
	words []string
	most  int // words; texts beyond are part of the pattern
}

// put makes a word of a text, and returns what the view has in its place.
func (t *texts) put(text string) string {
	if t == nil || len(t.words) >= t.most {
		return text
	}
	t.words = append(t.words, text)
	if t.word == nil {
		return text
	}
	return t.word(slot(len(t.words) - 1))
}

// textPattern is what fragments have in common that differ in their texts only. It is cut when the first of them is rendered.
type textPattern struct {
	stamp  output.Stamp
	once   sync.Once
	pieces []piece
	err    error
}

// textFragment is [builder.fragmentIn] for a view that puts its texts.
func (b *builder) textFragment(all *once[fragmentKey, *Fragment], name string, key any, subject string, view func(*texts) any) *Fragment {
	most := b.textual[name]
	if b.lazy || most == 0 {
		return b.fragmentIn(all, name, key, subject, func() any { return view(nil) })
	}
	return b.fragmentOf(all, fragmentKey{name, key}, subject, func() *Fragment {
		t := texts{word: marksOf(output.Stamp{}).at, most: most}
		stamp := b.stamp(name, view(&t))
		f := &Fragment{b: b, name: name, subject: subject, texts: view, pattern: b.patterns.add(stamp, &textPattern{stamp: stamp})}
		f.stamp = b.stampOf(name, func(h *output.Hasher) {
			h.Stamp(stamp)
			for _, w := range t.words {
				h.String(w)
			}
		})
		return f
	})
}

// fillTexts writes a fragment from the pieces of its pattern and its texts.
func (f *Fragment) fillTexts(out *bytes.Buffer) error {
	p, most := f.pattern, f.b.textual[f.name]
	p.once.Do(func() {
		m := marksOf(p.stamp)
		if p.err = f.template(out, f.texts(&texts{word: m.at, most: most})); p.err == nil {
			p.pieces = m.cut(bytes.Clone(out.Bytes()))
		}
		out.Reset()
	})
	t := texts{most: most}
	f.texts(&t)
	fillWords(out, p.pieces, t.words)
	return p.err
}
