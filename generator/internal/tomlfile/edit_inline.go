package tomlfile

import (
	"bytes"
	"slices"
)

// remove returns the data without what stands at a path.
func remove(data []byte, path []string) ([]byte, error) {
	e := newEditor(data)
	trail := e.trail(path)
	if len(trail) <= len(path) {
		return nil, ErrNoPlace
	}
	n := trail[len(trail)-1]
	switch {
	case n.origin == byDots:
		// Its members are removed one after the other, as long as there are any.
		for name := range n.keys {
			rest, err := remove(data, append(slices.Clip(path), name))
			if err != nil || len(n.keys) == 1 {
				return rest, err
			}
			return remove(rest, path)
		}
	case !n.inline():
		return e.trimmed(e.apply(e.sections(n)...)), nil
	}
	for i := len(trail) - 2; i >= 0; i-- {
		if trail[i].origin != byDots {
			if trail[i].inline() {
				return e.removeMember(trail[i], n), nil
			}
			break
		}
	}
	return e.apply(splice{from: e.lineStart(n.whole), to: min(lineEnd(e.data, n.to)+1, len(e.data))}), nil
}

// trimmed returns data that end with the last line that is not empty, if the file did.
func (e *editor) trimmed(data []byte) []byte {
	if bytes.HasSuffix(bytes.TrimRight(e.data, " \t\r"), []byte("\n\n")) {
		return data
	}
	for bytes.HasSuffix(data, []byte("\n"+e.eol)) {
		data = data[:len(data)-len(e.eol)]
	}
	return data
}

// members returns the members of an inline list or table in the order of the text; dotted keys count each.
func (n *node) members() (all []*node) {
	if n.list {
		return n.elements
	}
	for _, inner := range n.keys {
		if inner.origin == byDots {
			all = append(all, inner.members()...)
		} else {
			all = append(all, inner)
		}
	}
	slices.SortFunc(all, func(a, b *node) int { return a.whole - b.whole })
	return all
}

// comma returns where the comma after offset i stands, or -1.
func (e *editor) comma(i int) int {
	for i < len(e.data) {
		switch e.data[i] {
		case ' ', '\t', '\r', '\n':
			i++
		case '#':
			i = lineEnd(e.data, i)
		case ',':
			return i
		default:
			return -1
		}
	}
	return -1
}

// plainly reports whether nothing but blanks and commas of one line stand in data[i:j].
func (e *editor) plainly(i, j int) bool {
	return len(bytes.Trim(e.data[i:j], " \t,")) == 0
}

// addMember writes a member after the last one of an inline list or table.
func (e *editor) addMember(n *node, text string) []byte {
	all := n.members()
	if len(all) == 0 {
		if e.data[n.from] == '{' && e.plainly(n.from+1, n.to-1) {
			return e.apply(splice{n.from + 1, n.to - 1, " " + text + " "})
		}
		return e.apply(splice{n.from + 1, n.from + 1, text})
	}
	last := all[len(all)-1]
	start := e.lineStart(last.whole)
	end := lineEnd(e.data, last.to)
	if start <= n.from || len(bytes.TrimSpace(e.data[start:last.whole])) > 0 || end >= n.to {
		return e.apply(splice{last.to, last.to, ", " + text})
	}
	// Members stand on lines of their own.
	indent := string(e.data[start:last.whole])
	line := e.eol + indent + text + ","
	comma := e.comma(last.to)
	if comma < 0 {
		if e.data[end-1] == '\r' {
			end--
		}
		return e.apply(splice{last.to, last.to, ","}, splice{end, end, line})
	}
	end = lineEnd(e.data, comma)
	if end >= n.to {
		return e.apply(splice{comma + 1, comma + 1, " " + text})
	}
	if e.data[end-1] == '\r' {
		end--
	}
	return e.apply(splice{end, end, line})
}

// removeMember cuts a member out of an inline list or table, with its comma.
func (e *editor) removeMember(n, member *node) []byte {
	all := n.members()
	i := slices.Index(all, member)
	switch {
	case len(all) == 1 && e.plainly(n.from+1, member.whole) && e.plainly(member.to, n.to-1):
		return e.apply(splice{from: n.from + 1, to: n.to - 1})
	case i+1 < len(all) && e.plainly(member.to, all[i+1].whole):
		return e.apply(splice{from: member.whole, to: all[i+1].whole})
	case i > 0 && i+1 == len(all) && e.plainly(all[i-1].to, member.whole) && e.comma(member.to) < 0:
		return e.apply(splice{from: all[i-1].to, to: member.to})
	}
	cuts := []splice{{from: member.whole, to: member.to}}
	comma := e.comma(member.to)
	if comma < 0 && i > 0 {
		comma = e.comma(all[i-1].to)
	}
	if comma >= 0 {
		cuts = append(cuts, splice{from: comma, to: comma + 1})
	}
	// A line that had nothing but the member goes, with the comment beside.
	start, end := e.lineStart(member.whole), lineEnd(e.data, max(member.to, comma))
	alone := start > n.from && end < n.to && comma >= member.to && e.plainly(start, member.whole) && e.plainly(member.to, comma)
	if rest := bytes.TrimSpace(e.data[min(max(comma+1, member.to), end):end]); alone && (len(rest) == 0 || rest[0] == '#') {
		return e.apply(splice{from: start, to: end + 1})
	}
	return e.apply(cuts...)
}

// dotted writes a key of some parts.
func dotted(names []string) string {
	var b bytes.Buffer
	for i, name := range names {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(bareOrQuoted(name))
	}
	return b.String()
}

// nested wraps a value in tables, one for every key of a path.
func nested(path []string, v any) any {
	for _, name := range slices.Backward(path) {
		v = Table{{name, v}}
	}
	return v
}
