package tomlfile

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// The outline of a file is its text taken apart without loss: every key, value
// and comment in the order of the file, hung up where [Format] moves them with
// what they belong to. It is made of valid TOML only.

// section is a table that a [header] or [[header]] opens; the root has none,
// and a table that is only named on the way to another has an empty one.
type section struct {
	above   []string // comments before the header
	header  string
	beside  string // comment on the line of the header
	entries []entry
	below   []string // comments after the last entry
	tables  []*table
}

// table is all sections of one name in another section: one, or the elements
// of an array of tables.
type table struct {
	name     string
	sections []*section
}

// entry is a key with its value, or without a key a member of a list.
type entry struct {
	above  []string // comments before it, "" for an empty line
	key    []keyPart
	value  value
	beside string // comment on its last line
}

// keyPart is one part of a dotted key: what it says and how it is written.
type keyPart struct{ name, text string }

// value is a list, an inline table or, with no bracket, a scalar.
type value struct {
	bracket byte // '[', '{' or 0
	scalar  string
	members []entry
	below   []string // comments before the closing bracket
}

// child returns the last section of a name, which it adds when there is none
// or when another one is wanted.
func (s *section) child(name string, another bool) *section {
	i := slices.IndexFunc(s.tables, func(t *table) bool { return t.name == name })
	if i < 0 {
		i = len(s.tables)
		s.tables = append(s.tables, &table{name: name})
	}
	t := s.tables[i]
	if len(t.sections) == 0 || another {
		t.sections = append(t.sections, &section{})
	}
	return t.sections[len(t.sections)-1]
}

// outline is a reader of valid TOML.
type outline struct {
	data []byte
	i    int
}

// outlineOf returns the comments that stand over the whole file, set off by an
// empty line, and the root with all the rest.
func outlineOf(data []byte) (preamble []string, root *section) {
	o := &outline{data: data}
	root = &section{}
	at := root
	for first := true; ; first = false {
		run := o.lines()
		if o.i >= len(o.data) {
			if run = withoutLast(run); first {
				return run, root
			}
			at.below = run
			return preamble, root
		}
		if first {
			preamble, run = split(run)
		}
		if o.data[o.i] != '[' {
			e := o.keyValue()
			e.above, e.beside = withComment(run), o.comment()
			at.entries = append(at.entries, e)
			continue
		}
		if !first {
			at.below, run = split(run)
		}
		at = o.header(root)
		at.above = withoutLast(run)
	}
}

// lines reads empty lines and comments up to the next expression. Several empty
// lines count as one.
func (o *outline) lines() []string {
	var lines []string
	for {
		o.blanks()
		switch {
		case o.next("#"):
			lines = append(lines, o.comment())
		case o.i < len(o.data) && (o.data[o.i] == '\n' || o.data[o.i] == '\r'):
			if len(lines) == 0 || lines[len(lines)-1] != "" {
				lines = append(lines, "")
			}
			o.comment()
		default:
			return lines
		}
	}
}

// split divides lines at the last empty one: what stands before it belongs to
// what is above, the rest to what follows.
func split(lines []string) (before, after []string) {
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i] == "" {
			return withoutLast(lines[:i]), lines[i+1:]
		}
	}
	return nil, lines
}

// withoutLast returns lines without an empty one at the end.
func withoutLast(lines []string) []string {
	if n := len(lines); n > 0 && lines[n-1] == "" {
		return lines[:n-1]
	}
	return lines
}

// withComment returns lines if one of them is a comment.
func withComment(lines []string) []string {
	if len(lines) == 1 && lines[0] == "" {
		return nil
	}
	return lines
}

// header reads a header and returns the section that it opens.
func (o *outline) header(root *section) *section {
	o.i++
	list := o.next("[")
	if list {
		o.i++
	}
	key := o.key()
	o.i++
	if list {
		o.i++
	}
	s := root
	for _, part := range key[:len(key)-1] {
		s = s.child(part.name, false)
	}
	s = s.child(key[len(key)-1].name, list)
	s.header = "[" + written(key) + "]"
	if list {
		s.header = "[" + s.header + "]"
	}
	s.beside = o.comment()
	return s
}

func written(key []keyPart) string {
	var texts []string
	for _, part := range key {
		texts = append(texts, part.text)
	}
	return strings.Join(texts, ".")
}

func (o *outline) keyValue() entry {
	e := entry{key: o.key()}
	o.i += len("=")
	o.blanks()
	e.value = o.value()
	return e
}

// key reads a key up to the "=" or "]" after it.
func (o *outline) key() []keyPart {
	var key []keyPart
	for {
		o.blanks()
		start := o.i
		if c := o.data[o.i]; c == '"' || c == '\'' {
			o.i = stringEnd(o.data, o.i)
		} else {
			o.i += max(bytes.IndexAny(o.data[o.i:], " \t.=]"), 0)
		}
		key = append(key, keyPartOf(o.data[start:o.i]))
		o.blanks()
		if !o.next(".") {
			return key
		}
		o.i++
	}
}

// keyPartOf returns a part of a key, written without quotes where they are not
// needed.
func keyPartOf(raw []byte) keyPart {
	name := string(raw)
	if raw[0] == '"' || raw[0] == '\'' {
		var p unstable.Parser
		p.Reset(append(bytes.Clone(raw), "=1"...))
		p.NextExpression()
		it := p.Expression().Key()
		it.Next()
		name = string(it.Node().Data)
	}
	if name != "" && strings.Trim(name, bareLetters) == "" {
		return keyPart{name, name}
	}
	return keyPart{name, basic(string(raw))}
}

// bareLetters are the characters of a key that needs no quotes.
const bareLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

func (o *outline) value() value {
	start := o.i
	switch c := o.data[o.i]; c {
	case '[', '{':
		o.i++
		return o.members(c)
	case '"', '\'':
		o.i = stringEnd(o.data, o.i)
		return value{scalar: basic(string(o.data[start:o.i]))}
	}
	if n := bytes.IndexAny(o.data[o.i:], ",]}#\r\n"); n >= 0 {
		o.i += n
	} else {
		o.i = len(o.data)
	}
	return value{scalar: strings.TrimRight(string(o.data[start:o.i]), " \t")}
}

// members reads a list or an inline table after its bracket. A comment on the
// line where a member ends is beside it, any other above the next.
func (o *outline) members(bracket byte) value {
	v := value{bracket: bracket}
	var above []string
	last := -1 // the member that ends on this line
	for {
		o.blanks()
		switch c := o.data[o.i]; c {
		case ']', '}':
			o.i++
			v.below = above
			return v
		case '#':
			if text := o.comment(); last >= 0 {
				v.members[last].beside = text
			} else {
				above = append(above, text)
			}
			last = -1
		case '\n':
			last = -1
			o.i++
		case ',', '\r':
			o.i++
		default:
			var e entry
			if bracket == '{' {
				e = o.keyValue()
			} else {
				e.value = o.value()
			}
			e.above, above = above, nil
			last = len(v.members)
			v.members = append(v.members, e)
		}
	}
}

// comment reads the rest of the line with its end and returns the comment that
// stands there, or "".
func (o *outline) comment() string {
	o.blanks()
	end := lineEnd(o.data, o.i)
	text := strings.TrimRight(string(o.data[o.i:end]), " \t\r")
	o.i = min(end+1, len(o.data))
	return text
}

func (o *outline) blanks() {
	for o.i < len(o.data) && (o.data[o.i] == ' ' || o.data[o.i] == '\t') {
		o.i++
	}
}

func (o *outline) next(s string) bool { return bytes.HasPrefix(o.data[o.i:], []byte(s)) }
