package tomlfile

import "github.com/pelletier/go-toml/v2/unstable"

// index knows where every key of a file stands, and the mistakes that can be
// seen without a Go type: syntax, and keys that are written twice. It reads on
// after a mistake, from the next expression.
type index struct {
	data       []byte
	root       *node
	faults     []fault
	spans      []span // the top-level expressions, in order
	base       int    // where the text begins that the parser now reads
	current    *node  // table that the last header opened
	deadHeader int    // index in faults of the header whose keys are left out, or -1
}

// span is one expression, and for a header only its line.
type span struct {
	start, end int
	header     bool
}

// node is a key of the file or an element of a list.
type node struct {
	at       int // offset of the key, the [[header]] or the element
	whole    int // of a value: offset of all of its key, or of the element
	from, to int // of a value: where its text stands
	keys     map[string]*node
	list     bool
	elements []*node
	origin   origin
}

// origin is how a node came to be, which decides who may add to it.
type origin byte

const (
	byValue  origin = iota // key = …, also a list or an inline table: closed
	byPath                 // named on the way in [a.b.c]: open for headers
	byDots                 // named on the way in a.b.c = …: open for dotted keys, no header may name it
	byHeader               // [header]
	byList                 // [[header]]: the list; each element is byHeader
)

func indexOf(data []byte) *index {
	x := &index{data: data, root: &node{origin: byHeader}, deadHeader: -1}
	x.current = x.root
	var p unstable.Parser
	p.Reset(data)
	for {
		for p.NextExpression() {
			x.expression(p.Expression())
		}
		err := p.Error()
		if err == nil {
			break
		}
		next := x.syntaxFault(&p, err)
		if next < 0 {
			break
		}
		x.base = next
		p.Reset(data[next:])
	}
	x.closeDead(len(data))
	return x
}

func (x *index) start(n *unstable.Node) int { return x.base + int(n.Raw.Offset) }
func (x *index) end(n *unstable.Node) int   { return x.start(n) + int(n.Raw.Length) }

// expression takes in one line: a header, or a key with its value.
func (x *index) expression(e *unstable.Node) {
	var key []*unstable.Node
	for it := e.Key(); it.Next(); {
		key = append(key, it.Node())
	}
	if e.Kind == unstable.KeyValue {
		s := span{start: x.start(e), end: x.end(e)}
		x.spans = append(x.spans, s)
		x.keyValue(x.current, e, s)
		return
	}
	first, last := x.start(key[0]), x.end(key[len(key)-1])
	s := span{start: x.bracketBefore(first), end: lineEnd(x.data, last), header: true}
	x.spans = append(x.spans, s)
	x.closeDead(s.start)
	x.header(key, e.Kind == unstable.ArrayTable, s)
}

// bracketBefore returns where the header begins whose key stands at i.
func (x *index) bracketBefore(i int) int {
	for i > 0 && x.data[i-1] != '\n' {
		i--
	}
	for x.data[i] == ' ' || x.data[i] == '\t' {
		i++
	}
	return i
}

func (x *index) header(key []*unstable.Node, list bool, s span) {
	t := x.root
	for _, k := range key[:len(key)-1] {
		next := t.child(string(k.Data), x.start(k), byPath)
		if next.origin == byList {
			next = next.elements[len(next.elements)-1]
		}
		if next.origin == byValue {
			x.dead(x.twice(k, next, s))
			return
		}
		t = next
	}
	k := key[len(key)-1]
	name, at := string(k.Data), x.start(k)
	n := t.keys[name]
	switch {
	case list && n == nil:
		n = t.child(name, at, byList)
		n.list = true
	case list && n.origin == byList:
	case !list && n == nil:
		n = t.child(name, at, byHeader)
	case !list && n.origin == byPath:
		n.at, n.origin = at, byHeader // [a] after [a.b] is where a is defined
	default:
		x.dead(x.twice(k, n, s))
		return
	}
	if list {
		element := &node{at: s.start, origin: byHeader}
		n.elements = append(n.elements, element)
		n = element
	}
	x.current = n
}

// dead records a header that cannot be; its keys are left out with it.
func (x *index) dead(f fault) {
	x.deadHeader = len(x.faults)
	x.faults = append(x.faults, f)
	x.current = &node{origin: byHeader}
}

// closeDead ends the text that is left out with a dead header.
func (x *index) closeDead(end int) {
	if x.deadHeader >= 0 {
		x.faults[x.deadHeader].end = end
		x.deadHeader = -1
	}
}

// keyValue adds a key and its value to a table. Whole is the top-level
// expression around it.
func (x *index) keyValue(t *node, e *unstable.Node, whole span) {
	var last *unstable.Node
	first := -1
	for it := e.Key(); it.Next(); {
		k := it.Node()
		if last == nil {
			first = x.start(k)
		} else {
			t = t.child(string(last.Data), x.start(last), byDots)
			if t.origin != byDots {
				x.faults = append(x.faults, x.twice(last, t, whole))
				return
			}
		}
		last = k
	}
	if n := t.keys[string(last.Data)]; n != nil {
		x.faults = append(x.faults, x.twice(last, n, whole))
		return
	}
	value := x.skip(x.skip(x.end(last)) + len("="))
	n, _ := x.value(e.Value(), value, whole)
	n.at, n.whole = x.start(last), first
	t.add(string(last.Data), n)
}

// value returns the node of a value whose text begins at i, and where it ends.
func (x *index) value(v *unstable.Node, i int, whole span) (n *node, end int) {
	n = &node{at: i, whole: i, from: i, origin: byValue}
	defer func() { n.to = end }()
	children := v.Children()
	switch v.Kind {
	case unstable.Array:
		n.list = true
		for i++; children.Next(); {
			var element *node
			element, i = x.value(children.Node(), x.skip(i), whole)
			n.elements = append(n.elements, element)
		}
		return n, x.skip(i) + len("]")
	case unstable.InlineTable:
		n.origin = byHeader // while it is being read
		for i++; children.Next(); {
			x.keyValue(n, children.Node(), whole)
			i = x.end(children.Node())
		}
		n.origin = byValue
		return n, x.skip(i) + len("}")
	}
	return n, x.end(v)
}

// skip returns the offset of the next character from i that is neither blank
// nor comma nor in a comment.
func (x *index) skip(i int) int {
	for i < len(x.data) {
		switch x.data[i] {
		case ' ', '\t', '\r', '\n', ',':
			i++
		case '#':
			i = lineEnd(x.data, i)
		default:
			return i
		}
	}
	return i
}

// child returns the key of a table, which it adds when it is not there.
func (n *node) child(name string, at int, o origin) *node {
	c := n.keys[name]
	if c == nil {
		c = &node{at: at, origin: o}
		n.add(name, c)
	}
	return c
}

func (n *node) add(name string, c *node) {
	if n.keys == nil {
		n.keys = map[string]*node{}
	}
	n.keys[name] = c
}
