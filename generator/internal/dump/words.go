package dump

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// words turns the terms and ids that records use into what is published: {code, label} and {id, name}, each written once.
type words struct {
	catalog *catalog.Catalog // nil where only the schema is wanted
	byVocab map[string]*lookup
	byKind  map[string]*lookup
}

// lookup is the JSON of each term or id, and how those are written that it does not know.
type lookup struct {
	json    map[string][]byte
	unknown func(b []byte, s string) []byte
	// pairs is the same as two texts, for tables: code and label, or id and name.
	pairs map[string][2]string
	terms bool // of a vocabulary, where what is unknown is its own label
}

// pair returns a term or id as two texts, as write does.
func (l *lookup) pair(s string) (first, second string) {
	if p, ok := l.pairs[s]; ok {
		return p[0], p[1]
	}
	if s != "" && l.terms {
		return s, s
	}
	return s, ""
}

func (l *lookup) write(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	if j := l.json[s]; j != nil {
		return append(b, j...)
	}
	return l.unknown(b, s)
}

// label is how people call a term.
func (l *lookup) label(term string) string {
	_, label := l.pair(term)
	return label
}

func newWords(c *catalog.Catalog) *words {
	return &words{catalog: c, byVocab: map[string]*lookup{}, byKind: map[string]*lookup{}}
}

// terms returns the terms of a vocabulary. The code is the term's id: national codes are not unique (two departments are 99)
// and not every term has one. A term the vocabulary lacks is its own code.
func (w *words) terms(vocab string) *lookup {
	if l := w.byVocab[vocab]; l != nil {
		return l
	}
	l := &lookup{json: map[string][]byte{}, pairs: map[string][2]string{}, terms: true,
		unknown: func(b []byte, s string) []byte { return appendPair(b, "code", s, "label", s) }}
	w.byVocab[vocab] = l
	v := w.vocabOf(vocab)
	if v == nil {
		return l
	}
	for _, t := range v.Terms {
		if l.json[t.Term] == nil {
			l.json[t.Term] = appendPair(nil, "code", codeOf(&t), "label", t.Term)
			l.pairs[t.Term] = [2]string{codeOf(&t), t.Term}
		}
	}
	return l
}

// codeOf is how a term is called in published data.
func codeOf(t *record.Term) string {
	if t.ID != "" {
		return t.ID
	}
	return t.Term
}

// named reports whether references of a kind (the table of keys' ref) are published as {id, name}. Others are plain: those
// that mean something only beside their record, as an org of a division.
func (w *words) named(ref string) bool {
	switch ref {
	case "item", "division", "law", "material", "certificate", "document", "intermediary", "list":
		return true
	}
	return false
}

// names returns the names of all records of a kind.
func (w *words) names(ref string) *lookup {
	if l := w.byKind[ref]; l != nil {
		return l
	}
	l := &lookup{json: map[string][]byte{}, pairs: map[string][2]string{},
		unknown: func(b []byte, s string) []byte { return appendPair(b, "id", s, "name", "") }}
	w.byKind[ref] = l
	if c := w.catalog; c != nil {
		switch ref {
		case "item":
			for _, i := range c.Items {
				l.put(i.ID, i.Name)
			}
		case "division":
			for _, d := range c.Divisions {
				l.put(d.ID, d.Name)
			}
		case "law":
			put(l, &c.Laws, func(r *record.Law) string { return r.Name })
		case "material":
			put(l, &c.Materials, func(r *record.Material) string { return r.Name })
		case "certificate":
			put(l, &c.Certificates, func(r *record.Certificate) string { return r.Name })
		case "document":
			put(l, &c.Documents, func(r *record.Document) string { return r.Title })
		case "intermediary":
			put(l, &c.Intermediaries, func(r *record.Intermediary) string { return r.Name })
		case "list":
			put(l, &c.Lists, func(r *record.List) string { return r.Name })
		}
	}
	return l
}

func (l *lookup) put(id, name string) {
	l.json[id] = appendPair(nil, "id", id, "name", name)
	l.pairs[id] = [2]string{id, name}
}

func put[T any](l *lookup, library *catalog.Library[T], name func(*T) string) {
	for _, e := range library.All {
		l.put(e.ID, name(e.Record))
	}
}

func appendPair(b []byte, key1, value1, key2, value2 string) []byte {
	b = append(appendString(append(b, '{'), key1), ':')
	b = append(appendString(b, value1), ',')
	b = append(appendString(b, key2), ':')
	return append(appendText(b, value2), '}')
}
