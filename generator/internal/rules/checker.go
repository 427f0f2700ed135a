package rules

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// library is the catalog under check, with what several rules need of it. Passes on several cores read it at once, so nothing of
// it changes while rules run.
type library struct {
	*catalog.Catalog
	config *config.Config

	files []*catalog.File // in force and of the future
	used  map[*catalog.File]bool
	// overridden is one guide for every procedure and nearest local record that changes something of it.
	overridden []*catalog.Guide
	// refused is where decoding found a mistake, and broken the files whose text could not be read in full: what is missing
	// there may be missing because of that.
	refused map[diag.Position]bool
	broken  map[string]bool
	// misspelt is the keys of each file that nobody knows: what seems to be missing may be meant by one of them.
	misspelt map[string][]string

	implemented []implemented
	local       func() []*stateOf                  // what becomes of every key of every local record; worked out once, when a rule asks
	setters     func() map[string][]*catalog.Guide // of overridden, by the first part of a key, those of which the nearest record sets it
}

// implemented is a local record with its place and item.
type implemented struct {
	file     *catalog.File
	record   *record.Implementation
	division *catalog.Division
	item     *catalog.Item
}

// pass is some of the rules on their way through the library: what they want to see of its walk, and what they found. No two rules
// share anything but the library, so passes run side by side.
type pass struct {
	*library
	hooks    hooks
	sights   []sight           // by number of the key
	lacks    []bool            // by number of the section, whether to show what it lacks
	texts    map[string]uint64 // by text of a place, in which finders find something
	problems []diag.Problem
}

func newPass(l *library) *pass { return &pass{library: l, texts: map[string]uint64{}} }

// checker is what a rule checks with: its pass, and its own name for what it reports.
type checker struct {
	*pass
	rule *Rule
}

func newLibrary(c *catalog.Catalog, cfg *config.Config) *library {
	l := &library{Catalog: c, config: cfg, used: map[*catalog.File]bool{}, refused: map[diag.Position]bool{}, broken: map[string]bool{}, misspelt: map[string][]string{}}
	l.files = append(slices.Clone(c.Source.Files), c.Source.Future...)
	for _, p := range c.Source.Problems {
		l.refused[p.Position] = true
		switch p.Rule {
		case "unknown-key":
			if f := c.Source.Lookup(p.File); f != nil {
				l.misspelt[p.File] = append(l.misspelt[p.File], keyAt(f.Doc.Data, p.Position))
			}
		case "wrong-type", "wrong-value", "catalogue-locked":
		default:
			l.broken[p.File] = true
		}
	}
	type override struct {
		file *catalog.File
		p    *catalog.Procedure
	}
	seen := map[override]bool{}
	for _, g := range c.Guides {
		if len(g.Files) == 0 {
			continue
		}
		for _, f := range g.Files {
			l.used[f] = true
		}
		if o := (override{nearest(g), g.Procedure}); !seen[o] {
			seen[o] = true
			l.overridden = append(l.overridden, g)
		}
	}
	l.implemented = make([]implemented, 0, len(l.files))
	for _, f := range l.files {
		if r, ok := f.Record.(*record.Implementation); ok {
			if d, i := c.Division(f.IDs[0]), c.Item(f.IDs[1]); d != nil && i != nil {
				l.implemented = append(l.implemented, implemented{f, r, d, i})
			}
		}
	}
	l.local, l.setters = sync.OnceValue(l.stated), sync.OnceValue(l.settersOf)
	return l
}

// keyAt returns the bare key that stands at a position of a file, without the tables about it.
func keyAt(data []byte, at diag.Position) string {
	lines := bytes.SplitN(data, []byte("\n"), at.Line+1)
	if at.Line > len(lines) {
		return ""
	}
	line := []rune(string(lines[at.Line-1]))
	if at.Column > len(line) {
		return ""
	}
	key, _, _ := strings.Cut(string(line[at.Column-1:]), "=")
	return strings.Trim(key, "[] \t\"'")
}

// meant reports whether a misspelt key of a file may be a known one.
func (l *library) meant(f *catalog.File, name string) bool {
	return likeliest(name, l.misspelt[f.Path]) != ""
}

// nearest returns the local record that speaks last of a guide that has some.
func nearest(g *catalog.Guide) *catalog.File { return g.Files[len(g.Files)-1] }

// words is what a problem says: message, hint, and other places.
type words struct {
	zh, en         string
	hint, hintEN   string
	notes          []diag.Note
	alsoAtDecoding bool // report even where decoding has refused the value
}

// note adds a place that explains the problem.
func (w words) note(at diag.Position, zh, en string) words {
	w.notes = append(slices.Clone(w.notes), diag.Note{Position: at, Text: diag.Text{ZH: zh, EN: en}})
	return w
}

// report adds a problem at a key of a file.
func (c *checker) report(f *catalog.File, path []string, w words) {
	c.reportAt(f.Position(path...), w)
}

// reportAt adds a problem at a position.
func (c *checker) reportAt(at diag.Position, w words) {
	if c.refused[at] && !w.alsoAtDecoding {
		return
	}
	c.problems = append(c.problems, diag.Problem{
		Position: at, Rule: c.rule.ID, Severity: c.rule.severity(c.AsOf),
		Message: diag.Text{ZH: w.zh, EN: w.en}, Hint: diag.Text{ZH: w.hint, EN: w.hintEN}, Notes: w.notes,
	})
}

// key makes a path of a dotted key.
func key(dotted string) []string { return strings.Split(dotted, ".") }

// join appends parts to a path without touching it.
func join(path []string, parts ...string) []string { return append(slices.Clip(path), parts...) }

// origin returns where the value of a key of a guide was last set by a local record: the key itself, or the table it is in.
func origin(g *catalog.Guide, dotted string) (catalog.Origin, bool) {
	for {
		if o, ok := g.Origin(dotted); ok {
			return o, true
		}
		i := strings.LastIndexByte(dotted, '.')
		if i < 0 {
			return catalog.Origin{}, false
		}
		dotted = dotted[:i]
	}
}

// standardNote is the note that shows the provincial standard's own value.
func (w words) standardNote(p *catalog.Procedure, path ...string) words {
	return w.note(p.File.Position(path...), "省级标准写在这里", "the provincial standard is here")
}

// block is the part of an implementation that holds for one procedure, or (No empty) for all.
type block struct {
	No    string
	Path  []string
	Terms *record.Terms
	More  *record.ProcedureTerms // nil at the top
}

// blocks gives the parts of an implementation, the general one first, then by procedure number.
func blocks(r *record.Implementation) iter.Seq[block] {
	return func(yield func(block) bool) {
		if !yield(block{Terms: &r.Terms}) || len(r.Procedure) == 0 {
			return
		}
		for _, no := range sortedKeys(r.Procedure) {
			pt := r.Procedure[no]
			if !yield(block{No: no, Path: []string{"procedure", no}, Terms: &pt.Terms, More: pt}) {
				return
			}
		}
	}
}

// sortedKeys returns the keys of a map in order, so that problems do not depend on chance.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
