package tomlfile

import (
	"bytes"
	"fmt"

	"banshi/generator/internal/diag"
)

// scanner reads TOML only as far as it must to count brackets and keys: it
// knows comments, the four kinds of strings, and whether a key or a value
// stands where it is. It accepts any text.
type scanner struct {
	data   []byte
	i      int
	open   [maxNesting]byte // brackets that are open; '[' '{', or 'h' for those of a header
	depth  int
	value  bool // past the '=' of a key, or in a list
	keyAt  int  // where the key began, -1 before it
	parts  int  // of the key so far, less one
	keys   int
	header bool
	dotted bool // some key has more than one part
}

// scan returns the first limit that the text exceeds.
func (s *scanner) scan() (fault, bool) {
	for s.i < len(s.data) {
		c := s.data[s.i]
		if !s.value && s.keyAt < 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '#' {
			s.keyAt = s.i
		}
		switch c {
		case '#':
			s.i = lineEnd(s.data, s.i)
			continue
		case '"', '\'':
			s.i = stringEnd(s.data, s.i)
			continue
		case '[', '{':
			if f, bad := s.push(c); bad {
				return f, true
			}
		case ']', '}':
			if s.header && s.keyTooLong() {
				return s.longKey(), true
			}
			s.depth = max(s.depth-1, 0)
			s.value = true
		case ',':
			if s.depth > 0 && s.open[s.depth-1] == '{' {
				s.nextKey()
			}
		case '=':
			if !s.value {
				if s.keyTooLong() {
					return s.longKey(), true
				}
				s.value = true
				s.keys++
			}
		case '.':
			if !s.value {
				s.parts++
				s.dotted = true
			}
		case '\n':
			if s.header || s.depth == 0 {
				s.depth, s.header = 0, false
				s.nextKey()
			}
		}
		if s.keys > maxKeys {
			return s.manyKeys(), true
		}
		s.i++
	}
	return fault{}, false
}

func (s *scanner) nextKey() { s.value, s.keyAt, s.parts = false, -1, 0 }

func (s *scanner) push(c byte) (fault, bool) {
	if s.depth == maxNesting {
		return fault{
			at: s.i, rule: "nesting-too-deep",
			message: diag.Text{
				ZH: fmt.Sprintf("括号嵌套超过 %d 层", maxNesting),
				EN: fmt.Sprintf("brackets are nested more than %d deep", maxNesting),
			},
			hint: diag.Text{
				ZH: "检查是否漏写了右括号；记录不需要这么深的结构",
				EN: "look for a missing closing bracket; no record needs to be this deep",
			},
		}, true
	}
	switch {
	case !s.value && (s.header || s.depth == 0 && s.keyAt == s.i):
		if !s.header {
			s.header = true
			s.keys++
		}
		s.open[s.depth] = 'h'
		s.keyAt = -1 // the name is yet to come
	case c == '{':
		s.open[s.depth] = c
		s.nextKey()
	default:
		s.open[s.depth] = c
		s.value = true
	}
	s.depth++
	return fault{}, false
}

func (s *scanner) keyTooLong() bool {
	return !s.value && (s.parts >= maxKeyParts || s.keyAt >= 0 && s.i-s.keyAt > maxKeyBytes)
}

func (s *scanner) longKey() fault {
	return fault{
		at: s.keyAt, rule: "key-too-long",
		message: diag.Text{
			ZH: fmt.Sprintf("键太长：最多 %d 段、%d 字节", maxKeyParts, maxKeyBytes),
			EN: fmt.Sprintf("the key is too long: at most %d parts and %d bytes", maxKeyParts, maxKeyBytes),
		},
		hint: diag.Text{
			ZH: "键用 “.” 分段，例如 procedure.01.promise；检查是否少了引号或等号",
			EN: `parts of a key are separated by ".", as in procedure.01.promise; look for a missing quote or "="`,
		},
	}
}

func (s *scanner) manyKeys() fault {
	return fault{
		at: max(s.keyAt, 0), rule: "too-many-keys",
		message: diag.Text{
			ZH: fmt.Sprintf("文件中的键超过 %d 个", maxKeys),
			EN: fmt.Sprintf("the file has more than %d keys", maxKeys),
		},
		hint: diag.Text{ZH: "一个文件只写一条记录", EN: "write one record a file"},
	}
}

// lineEnd returns the offset of the line break that ends the line of i.
func lineEnd(data []byte, i int) int {
	if n := bytes.IndexByte(data[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(data)
}

// stringEnd returns the offset after the string that begins at i. A string of
// one line ends at the latest with the line, every string with the data.
func stringEnd(data []byte, i int) int {
	quote := data[i]
	multi := bytes.HasPrefix(data[i:], []byte{quote, quote, quote})
	if multi {
		i += 2
	}
	for i++; i < len(data); i++ {
		switch c := data[i]; {
		case c == '\\' && quote == '"' && i+1 < len(data) && data[i+1] != '\n':
			i++
		case c == '\n' && !multi:
			return i
		case c == quote && !multi:
			return i + 1
		case c == quote && bytes.HasPrefix(data[i:], []byte{quote, quote, quote}):
			// One or two more quotes belong to the text: """"quoted""""".
			for i += 3; i < len(data) && data[i] == quote; i++ {
			}
			return i
		}
	}
	return len(data)
}

// statementEnd returns the offset after the line on which the expression that
// begins at start ends, or -1 when a bracket in it is never closed: open is
// then where that bracket stands.
func statementEnd(data []byte, start int) (end, open int) {
	if start < len(data) && data[start] == '[' {
		return min(lineEnd(data, start)+1, len(data)), -1 // a header is one line
	}
	var opened []int
	for i := start; i < len(data); i++ {
		switch data[i] {
		case '#':
			i = lineEnd(data, i) - 1
		case '"', '\'':
			i = stringEnd(data, i) - 1
		case '[', '{':
			opened = append(opened, i)
		case ']', '}':
			opened = opened[:max(0, len(opened)-1)]
		case '\n':
			if len(opened) == 0 {
				return i + 1, -1
			}
		}
	}
	if len(opened) > 0 {
		return -1, opened[0]
	}
	return len(data), -1
}
