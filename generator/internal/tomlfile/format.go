package tomlfile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// ErrNotTOML is what [Format] returns for data that [Decode] refuses or finds
// mistakes of syntax in; Decode says which and where.
var ErrNotTOML = errors.New("tomlfile: the data are not TOML that can be formatted")

// maxColumns is the longest line on which a list stands. Han characters and
// full-width signs take two columns, as on a screen.
const maxColumns = 120

// Format returns data in canonical form, which says the same and has all
// comments:
//
//   - The keys of each table are in the order that order names for its path
//     (without indices of lists; none for the root); others follow in the order
//     of the file. A table with a header comes after the keys of its parent,
//     tables in the same order as keys.
//   - One space around "=", no indentation, no spaces at ends of lines. Strings
//     are basic strings, keys have quotes only where they need them.
//   - A list stands on one line of at most 120 columns, else each member on a
//     line of its own with a comma. Inline tables stand on one line.
//   - One empty line before each header. Other empty lines stay only before and
//     within comments, one at a time. Lines end with LF, also the last.
//
// A comment stays with the key or header it precedes or whose line it ends;
// one between the keys of a table and an empty line before a header with the
// table, one before the first empty line of the file at its top. Only comments
// break an inline table into lines.
//
// Formatting again changes nothing. The error is [ErrNotTOML], or says that
// the result would be refused for its size.
func Format(data []byte, order func(path []string) []string) ([]byte, error) {
	if faults, _ := refuse(data); len(faults) > 0 {
		return nil, ErrNotTOML
	}
	before, err := parse(data)
	if err != nil || len(indexOf(data).faults) > 0 {
		return nil, ErrNotTOML
	}
	f := formatter{order: order}
	preamble, root := outlineOf(data)
	f.lines(preamble)
	if len(preamble) > 0 && len(root.entries)+len(root.tables) > 0 {
		f.separate()
	}
	f.section(root, nil)
	out := f.out.Bytes()
	if faults, _ := refuse(out); len(faults) > 0 {
		return nil, fmt.Errorf("tomlfile: formatted, the data would be refused: %s", faults[0].message.EN)
	}
	// The last defence of a record: what is not the same is not written.
	after, err := parse(out)
	if err != nil || fmt.Sprintf("%#v", before) != fmt.Sprintf("%#v", after) {
		panic(fmt.Sprintf("tomlfile: Format would change the meaning of\n%s\nto\n%s", data, out))
	}
	return out, nil
}

// formatter writes an outline.
type formatter struct {
	order  func(path []string) []string
	out    bytes.Buffer
	opened bool // the last line is a header
}

func (f *formatter) line(parts ...string) {
	for _, part := range parts {
		f.out.WriteString(part)
	}
	f.out.WriteByte('\n')
	f.opened = false
}

// separate writes an empty line unless nothing or one stands before.
func (f *formatter) separate() {
	if f.out.Len() > 0 && !bytes.HasSuffix(f.out.Bytes(), []byte("\n\n")) {
		f.line()
	}
}

// lines writes comments and the empty lines among them, but none directly
// below a header.
func (f *formatter) lines(lines []string) {
	for _, l := range lines {
		switch {
		case l != "":
			f.line(l)
		case !f.opened:
			f.separate()
		}
	}
}

func (f *formatter) section(s *section, path []string) {
	if s.header != "" {
		f.separate()
		f.lines(s.above)
		f.line(s.header, beside(s.beside))
		f.opened = true
	}
	f.sort(s.entries, path)
	for _, e := range s.entries {
		f.lines(e.above)
		key := written(e.key) + " = "
		f.line(key, f.text(e.value, at(path, e.key), "", columns(key)), beside(e.beside))
	}
	f.lines(s.below)
	rank := f.ranking(path)
	for _, t := range s.tables {
		rank.of(t.name)
	}
	slices.SortStableFunc(s.tables, func(a, b *table) int { return rank.of(a.name) - rank.of(b.name) })
	for _, t := range s.tables {
		for _, element := range t.sections {
			f.section(element, append(slices.Clip(path), t.name))
		}
	}
}

// at returns the path of a key in the table at path.
func at(path []string, key []keyPart) []string {
	path = slices.Clip(path)
	for _, part := range key {
		path = append(path, part.name)
	}
	return path
}

func beside(comment string) string {
	if comment == "" {
		return ""
	}
	return " " + comment
}

// ranking is the place of each key of a table. Keys without one get the next
// when they are first asked for.
type ranking map[string]int

func (f *formatter) ranking(path []string) ranking {
	r := ranking{}
	for _, name := range f.order(path) {
		r.of(name)
	}
	return r
}

func (r ranking) of(name string) int {
	n, ok := r[name]
	if !ok {
		n = len(r)
		r[name] = n
	}
	return n
}

// sort puts the keys of the table at path in order. Dotted keys are ranked part
// by part, so that those of one table come together.
func (f *formatter) sort(entries []entry, path []string) {
	rankings := map[string]ranking{}
	type ranked struct {
		entry
		ranks []int
	}
	all := make([]ranked, len(entries))
	for i, e := range entries {
		all[i].entry = e
		for n, part := range e.key {
			table := at(path, e.key[:n])
			id := strings.Join(table, "\x00")
			if rankings[id] == nil {
				rankings[id] = f.ranking(table)
			}
			all[i].ranks = append(all[i].ranks, rankings[id].of(part.name))
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return slices.Compare(a.ranks, b.ranks) })
	for i := range all {
		entries[i] = all[i].entry
	}
}

// text returns the value at path as it is written on a line that begins with
// indent and has used a number of columns before it.
func (f *formatter) text(v value, path []string, indent string, used int) string {
	switch {
	case v.bracket == 0:
		return v.scalar
	case v.bracket == '{':
		f.sort(v.members, path)
		if v.lined() {
			return f.broken(v, path, indent)
		}
		return f.flat(v, path, indent)
	case v.commented():
		return f.broken(v, path, indent)
	}
	flat := f.flat(v, path, indent)
	if len(v.members) > 0 && (strings.Contains(flat, "\n") || used+columns(flat) > maxColumns) {
		return f.broken(v, path, indent)
	}
	return flat
}

// flat writes a list or table on one line, as far as comments inside and
// strings of several lines let it.
func (f *formatter) flat(v value, path []string, indent string) string {
	var members []string
	for _, m := range v.members {
		text := ""
		if len(m.key) > 0 {
			text = written(m.key) + " = "
		}
		inner := m.value
		if inner.bracket == '[' && !inner.commented() {
			text += f.flat(inner, at(path, m.key), indent)
		} else {
			text += f.text(inner, at(path, m.key), indent, 0)
		}
		members = append(members, text)
	}
	switch text := strings.Join(members, ", "); {
	case v.bracket == '[':
		return "[" + text + "]"
	case text == "":
		return "{}"
	default:
		return "{ " + text + " }"
	}
}

// broken writes each member of a list or table on a line of its own.
func (f *formatter) broken(v value, path []string, indent string) string {
	const step = "  "
	inner := indent + step
	var b strings.Builder
	b.WriteByte(v.bracket)
	for _, m := range v.members {
		for _, comment := range m.above {
			b.WriteString("\n" + inner + comment)
		}
		key := ""
		if len(m.key) > 0 {
			key = written(m.key) + " = "
		}
		b.WriteString("\n" + inner + key + f.text(m.value, at(path, m.key), inner, columns(inner+key)+len(",")) + "," + beside(m.beside))
	}
	for _, comment := range v.below {
		b.WriteString("\n" + inner + comment)
	}
	b.WriteString("\n" + indent)
	b.WriteByte(v.bracket + 2) // "]" and "}" stand two after their counterparts in ASCII
	return b.String()
}

// lined reports whether comments stand between the members of a value.
func (v value) lined() bool {
	return len(v.below) > 0 || slices.ContainsFunc(v.members, func(m entry) bool { return len(m.above) > 0 || m.beside != "" })
}

// commented reports whether comments stand anywhere inside a value.
func (v value) commented() bool {
	return v.lined() || slices.ContainsFunc(v.members, func(m entry) bool { return m.value.commented() })
}

// columns is the width of a text on the screen.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n++
		if unicode.Is(unicode.Han, r) || 0x3000 <= r && r <= 0x30ff || 0xac00 <= r && r <= 0xd7a3 || 0xff01 <= r && r <= 0xff60 {
			n++
		}
	}
	return n
}
