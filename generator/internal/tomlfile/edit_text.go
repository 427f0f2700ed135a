package tomlfile

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// editor makes one change in the text of a file. It knows only good TOML.
type editor struct {
	data []byte
	x    *index
	eol  string
}

func newEditor(data []byte) *editor {
	e := &editor{data: data, x: indexOf(data), eol: "\n"}
	if bytes.Contains(data, []byte("\r\n")) {
		e.eol = "\r\n"
	}
	return e
}

// splice puts text in the place of data[from:to].
type splice struct {
	from, to int
	text     string
}

// apply makes splices that do not overlap.
func (e *editor) apply(splices ...splice) []byte {
	slices.SortStableFunc(splices, func(a, b splice) int { return a.from - b.from })
	var out bytes.Buffer
	done := 0
	for _, s := range splices {
		out.Write(e.data[done:s.from])
		out.WriteString(s.text)
		done = s.to
	}
	out.Write(e.data[done:])
	return out.Bytes()
}

// trail is the nodes on a path, the root first, as far as they exist.
func (e *editor) trail(path []string) []*node {
	t := []*node{e.x.root}
	for _, part := range path {
		n := t[len(t)-1]
		next := n.keys[part]
		if n.list {
			next = nil
			if i, err := strconv.Atoi(part); err == nil && 0 <= i && i < len(n.elements) {
				next = n.elements[i]
			}
		}
		if next == nil {
			break
		}
		t = append(t, next)
	}
	return t
}

// inline reports whether a node is a value that was written after "=", or a part of one.
func (n *node) inline() bool { return n.origin == byValue }

// set returns the data with a value at a path.
func set(data []byte, path []string, v any) ([]byte, error) {
	e := newEditor(data)
	trail := e.trail(path)
	n := trail[len(trail)-1]
	if len(trail) <= len(path) {
		return e.add(trail, path, v)
	}
	outer := trail[len(trail)-2]
	switch {
	case n.inline():
		text := flat(v)
		if !e.inside(trail[:len(trail)-1]) {
			text = broad(path, v, columns(string(e.data[e.lineStart(n.from):n.from])))
		}
		return e.apply(splice{n.from, n.to, text}), nil
	case outer.list:
		table, ok := v.(Table)
		if !ok {
			return nil, ErrNoPlace
		}
		// The element is written anew where it stands; tables below it go.
		own := e.spanOf(n)
		cuts := e.sections(n)
		text := e.section(strings.TrimSpace(string(e.data[e.x.spans[own].start:e.headerEnd(own)])), namesOf(path, trail), table)
		for i := range cuts {
			if cuts[i].from == e.lineStart(e.x.spans[own].start) {
				cuts[i].text = text
			}
		}
		return e.apply(cuts...), nil
	}
	rest, err := remove(data, path)
	if err != nil {
		return nil, err
	}
	return set(rest, path, v)
}

// inside reports whether the last node of a trail is an inline table or list, or stands in one.
func (e *editor) inside(trail []*node) bool {
	return slices.ContainsFunc(trail, (*node).inline)
}

// namesOf returns a path without the indices of lists.
func namesOf(path []string, trail []*node) (names []string) {
	for i, part := range path {
		if i >= len(trail) || !trail[i].list {
			names = append(names, part)
		}
	}
	return names
}

// add writes what does not stand at the path yet; trail ends with the last node there is.
func (e *editor) add(trail []*node, path []string, v any) ([]byte, error) {
	depth := len(trail) - 1
	n, rest := trail[depth], path[depth:]
	if n.list {
		if rest[0] != strconv.Itoa(len(n.elements)) {
			return nil, ErrNoPlace
		}
		v = nested(rest[1:], v)
		if n.inline() {
			return e.addMember(n, flat(v)), nil
		}
		table, ok := v.(Table)
		if !ok {
			return nil, ErrNoPlace
		}
		last := n.elements[len(n.elements)-1]
		own := e.spanOf(last)
		header := strings.TrimSpace(string(e.data[e.x.spans[own].start:e.headerEnd(own)]))
		return e.addSection(e.extentEnd(last), e.section(header, namesOf(path, trail), table)), nil
	}
	if n.inline() {
		if e.data[n.from] != '{' {
			return nil, ErrNoPlace
		}
		return e.addMember(n, bareOrQuoted(rest[0])+" = "+flat(nested(rest[1:], v))), nil
	}
	dots := 0 // how many of the last nodes only dotted keys name
	for trail[depth-dots].origin == byDots {
		dots++
	}
	table := trail[depth-dots]
	if table.inline() {
		return e.addMember(table, dotted(path[depth-dots:])+" = "+flat(v)), nil
	}
	names := namesOf(path, trail)
	above := names[:len(names)-len(rest)-dots]
	if dots > 0 {
		return e.addEntry(table, above, path[depth-dots:], v), nil
	}
	if len(rest) > 1 {
		return e.addSection(e.extentEnd(table), e.section("["+dotted(names[:len(names)-1])+"]", names[:len(names)-1], Table{{rest[len(rest)-1], v}})), nil
	}
	if table.origin == byPath {
		return e.addSection(e.extentEnd(table), e.section("["+dotted(above)+"]", above, Table{{rest[0], v}})), nil
	}
	if text, ok := e.asSections(names, rest[0], v); ok {
		return e.addSection(e.extentEnd(table), text), nil
	}
	return e.addEntry(table, above, rest, v), nil
}

// asSections writes a table, or a list of tables, that is too long for one line with headers.
func (e *editor) asSections(names []string, key string, v any) (string, bool) {
	long := columns(bareOrQuoted(key)+" = "+flat(v)) > maxColumns
	var tables Tables
	switch v := v.(type) {
	case Table:
		if long {
			return e.section("["+dotted(names)+"]", names, v), true
		}
	case Tables:
		tables = v
	case []any:
		for _, element := range v {
			if table, ok := element.(Table); ok && long {
				tables = append(tables, table)
			} else {
				return "", false
			}
		}
	}
	var texts []string
	for _, table := range tables {
		texts = append(texts, e.section("[["+dotted(names)+"]]", names, table))
	}
	return strings.Join(texts, e.eol), len(texts) > 0
}

// section writes a table under its header.
func (e *editor) section(header string, path []string, t Table) string {
	var b strings.Builder
	b.WriteString(header + e.eol)
	for _, m := range t {
		b.WriteString(entryText(path, []string{m.Key}, m.Value) + e.eol)
	}
	return b.String()
}

// entryText writes a key of the table at a path with its value.
func entryText(path, key []string, v any) string {
	text := dotted(key) + " = "
	return text + broad(append(slices.Clip(path), key...), v, columns(text))
}

// addEntry writes a key after the last one of a table that the root, a header or an element has.
func (e *editor) addEntry(table *node, above, key []string, v any) []byte {
	text := entryText(above, key, v)
	section := -1
	if table != e.x.root {
		section = e.spanOf(table)
	}
	last := section
	for last+1 < len(e.x.spans) && !e.x.spans[last+1].header {
		last++
	}
	if last == section {
		if section < 0 {
			return e.addAtTop(text)
		}
		return e.addLine(e.headerEnd(section), "", text)
	}
	s := e.x.spans[last]
	indent := e.data[e.lineStart(s.start):s.start]
	return e.addLine(s.end, string(indent), text)
}

// addLine writes a line of its own after the line on which offset i is.
func (e *editor) addLine(i int, indent, text string) []byte {
	end := lineEnd(e.data, i)
	if end == len(e.data) {
		return e.apply(splice{end, end, e.eol + indent + text + e.eol})
	}
	return e.apply(splice{end + 1, end + 1, indent + text + e.eol})
}

// addAtTop writes the first key of a file that has only headers or comments.
func (e *editor) addAtTop(text string) []byte {
	if len(e.x.spans) == 0 {
		return e.addSection(len(e.data), text+e.eol)
	}
	return e.addSection(e.commentsAbove(e.x.spans[0].start), text+e.eol)
}

// addSection writes lines at the beginning of a line, set off by empty lines.
func (e *editor) addSection(i int, text string) []byte {
	before, after := e.data[:i], e.data[i:]
	if len(before) > 0 {
		if before[len(before)-1] != '\n' {
			text = e.eol + text
		}
		if !bytes.HasSuffix(before, []byte("\n\n")) && !bytes.HasSuffix(before, []byte("\n\r\n")) {
			text = e.eol + text
		}
	}
	if len(after) > 0 && after[0] != '\n' && !bytes.HasPrefix(after, []byte("\r\n")) {
		text += e.eol
	}
	return e.apply(splice{i, i, text})
}

func (e *editor) lineStart(i int) int { return bytes.LastIndexByte(e.data[:i], '\n') + 1 }

func (e *editor) headerEnd(span int) int {
	i := e.x.spans[span].start
	depth := 0
	for ; i < len(e.data); i++ {
		switch e.data[i] {
		case '"', '\'':
			i = stringEnd(e.data, i) - 1
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return i
}

// spanOf returns the header that opened a table.
func (e *editor) spanOf(n *node) int {
	return slices.IndexFunc(e.x.spans, func(s span) bool { return s.header && s.start <= n.at && n.at <= s.end })
}

// commentsAbove returns where the comments begin that stand directly above the line of i.
func (e *editor) commentsAbove(i int) int {
	start := e.lineStart(i)
	for start > 0 {
		above := e.lineStart(start - 1)
		if !bytes.HasPrefix(bytes.TrimLeft(e.data[above:start], " \t"), []byte("#")) {
			break
		}
		start = above
	}
	return start
}

// sectionEnd returns where the lines of a header's table end, with the comments that belong to it.
func (e *editor) sectionEnd(span int) int {
	next := span + 1
	for next < len(e.x.spans) && !e.x.spans[next].header {
		next++
	}
	end := len(e.data)
	if next < len(e.x.spans) {
		end = e.commentsAbove(e.x.spans[next].start)
	}
	last := min(lineEnd(e.data, e.x.spans[next-1].end)+1, len(e.data))
	for end > last {
		above := e.lineStart(end - 1)
		if len(bytes.TrimSpace(e.data[above:end])) > 0 {
			break
		}
		end = above
	}
	return max(end, last)
}

// headers returns all headers of a table and of those below it, in the order of the file.
func (e *editor) headers(n *node) (spans []int) {
	if n.origin == byHeader && n != e.x.root {
		spans = append(spans, e.spanOf(n))
	}
	for _, inner := range n.keys {
		spans = append(spans, e.headers(inner)...)
	}
	for _, inner := range n.elements {
		spans = append(spans, e.headers(inner)...)
	}
	slices.Sort(spans)
	return spans
}

// extentEnd returns where the last table at or below a table ends.
func (e *editor) extentEnd(n *node) int {
	if n == e.x.root {
		end := len(e.data)
		for end > 0 {
			above := e.lineStart(end - 1)
			if len(bytes.TrimSpace(e.data[above:end])) > 0 {
				break
			}
			end = above
		}
		return end
	}
	spans := e.headers(n)
	return e.sectionEnd(spans[len(spans)-1])
}

// sections returns the lines of a table and of those below it, to be cut out with the empty lines after each.
func (e *editor) sections(n *node) (cuts []splice) {
	for _, s := range e.headers(n) {
		c := splice{from: e.lineStart(e.x.spans[s].start), to: e.sectionEnd(s)}
		for c.to < len(e.data) {
			end := min(lineEnd(e.data, c.to)+1, len(e.data))
			if len(bytes.TrimSpace(e.data[c.to:end])) > 0 {
				break
			}
			c.to = end
		}
		cuts = append(cuts, c)
	}
	return cuts
}
