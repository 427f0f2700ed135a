package tomlfile

import (
	"bytes"
	"strconv"
	"sync"
	"unicode/utf8"
	"weak"

	"banshi/generator/internal/diag"
)

// Document is a file that was decoded. It finds keys in the text when asked,
// and costs no more than its bytes when nobody asks. All methods may be called
// by several goroutines at once.
type Document struct {
	Name string // name of the file in positions
	Data []byte // the text as it was read, nil after [Document.LetGo]; not to be changed

	refused bool // no index is made of a file that was refused
	mu      sync.Mutex
	again   func(name string) ([]byte, error) // reads a text that was let go
	// indexed is made when a key is looked for, and let go by the collector: questions come in bursts, one record after the other,
	// and the indexes of a province are as large as its records.
	indexed weak.Pointer[index]
}

// LetGo forgets the text. Where a key is looked for later, again is asked for it; what it cannot read, and what was changed meanwhile, may
// have other positions. It is for those who are done with almost all of many documents.
func (d *Document) LetGo(again func(name string) ([]byte, error)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Data, d.again = nil, again
}

// Position returns where the key at a path stands. A part of the path is a key
// or, in a list, a decimal index from 0: Position("materials", "2", "copies").
// The position of a table is its name where the table is defined, of an element
// of an array of tables its [[header]], of an element of another list its value.
// Where the path leads to nothing, the longest beginning of it that exists is
// taken, at last line 1 column 1.
func (d *Document) Position(path ...string) diag.Position {
	x := d.index()
	n, _ := x.find(path)
	return d.at(x.data, n.at)
}

// Has reports whether a value or table stands at the path, also one that could
// not be decoded. Parts of the path are as in [Document.Position].
func (d *Document) Has(path ...string) bool {
	_, ok := d.index().find(path)
	return ok
}

// find returns the node at path, or the deepest one on the way and false.
func (x *index) find(path []string) (*node, bool) {
	n := x.root
	for _, part := range path {
		next := n.keys[part]
		if n.list {
			if i, err := strconv.Atoi(part); err == nil && 0 <= i && i < len(n.elements) && strconv.Itoa(i) == part {
				next = n.elements[i]
			}
		}
		if next == nil {
			return n, false
		}
		n = next
	}
	return n, true
}

func (d *Document) index() *index {
	d.mu.Lock()
	defer d.mu.Unlock()
	if x := d.indexed.Value(); x != nil {
		return x
	}
	data := d.Data
	if d.again != nil {
		data, _ = d.again(d.Name)
	}
	x := &index{data: data, root: &node{}}
	if !d.refused {
		x = indexOf(data)
	}
	d.indexed = weak.Make(x)
	return x
}

// at turns a byte offset of the text into a line and a column in characters.
func (d *Document) at(data []byte, offset int) diag.Position {
	before := data[:min(offset, len(data))]
	return diag.Position{
		File:   d.Name,
		Line:   bytes.Count(before, []byte("\n")) + 1,
		Column: utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1,
	}
}

func (d *Document) problems(faults []fault) []diag.Problem {
	var problems []diag.Problem
	for _, f := range faults {
		p := diag.Problem{Position: diag.Position{File: d.Name}, Rule: f.rule, Message: f.message, Hint: f.hint}
		if f.at >= 0 {
			p.Position = d.at(d.Data, f.at)
		}
		for _, n := range f.notes {
			p.Notes = append(p.Notes, diag.Note{Position: d.at(d.Data, n.at), Text: n.text})
		}
		problems = append(problems, p)
	}
	return problems
}
