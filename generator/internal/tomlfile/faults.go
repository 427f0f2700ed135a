package tomlfile

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"

	"banshi/generator/internal/diag"
)

// fault is a mistake in the text, before any Go type is asked.
type fault struct {
	at            int // offset where the reader should look; -1 means the whole file
	start, end    int // the expressions to leave out when the rest is read
	rule          string
	message, hint diag.Text
	notes         []faultNote
}

type faultNote struct {
	at   int
	text diag.Text
}

// twice is the fault of a key that stands where an earlier one excludes it.
func (x *index) twice(k *unstable.Node, first *node, whole span) fault {
	name := strconv.Quote(string(k.Data))
	return fault{
		at: x.start(k), start: whole.start, end: whole.end, rule: "duplicate-key",
		message: diag.Text{
			ZH: "键 " + quoted(string(k.Data)) + " 前面已经写过",
			EN: "the key " + name + " was written before",
		},
		hint: diag.Text{
			ZH: "一个键只写一次：合并两处，或者删掉一处；列表的每一项用 [[…]]",
			EN: "write a key once: merge both places or delete one; each member of a list begins with [[…]]",
		},
		notes: []faultNote{{first.at, diag.Text{ZH: "第一次写在这里", EN: "it was first written here"}}},
	}
}

// twiceWritten reports whether a key is written twice. BurntSushi/toml v1.6.0
// finds that as well, but where a part of a dotted key or header is then given
// a value, as in `fee.charged = false` and `fee = "none"`, it drops the value
// without a word.
func (x *index) twiceWritten() bool {
	return slices.ContainsFunc(x.faults, func(f fault) bool { return f.rule == "duplicate-key" })
}

// maxFaults is after how many mistakes of syntax or keys written twice the rest
// of a file is left: it is then no record but some other text.
const maxFaults = 100

// syntaxFault records why the parser stopped and returns where to read on, or
// -1 when the rest of the file is left out: the expression has no end, or there
// have been too many faults.
func (x *index) syntaxFault(p *unstable.Parser, err error) int {
	at, said := x.base, err.Error()
	var parserError *unstable.ParserError
	if errors.As(err, &parserError) {
		at += int(p.Range(parserError.Highlight).Offset)
	}
	for 0 < at && at < len(x.data) && !utf8.RuneStart(x.data[at]) {
		at-- // the parser speaks of bytes
	}
	start := x.base
	if n := len(x.spans); n > 0 {
		start = max(start, min(lineEnd(x.data, x.spans[n-1].end)+1, len(x.data)))
	}
	start = min(x.skip(start), at)

	f := fault{at: at, start: start, rule: "syntax"}
	end, open := statementEnd(x.data, start)
	if end < 0 {
		// The parser stops somewhere in what the bracket has swallowed.
		said = "array is incomplete"
		f.notes = []faultNote{{at, diag.Text{ZH: "读到这里才发现不对", EN: "this is where it is noticed"}}}
	}
	if end < 0 || x.skip(at+1) >= len(x.data) && lineEnd(x.data, start) < at {
		f.at = max(start, open) // what is left open says more than the end of the file
	}
	if 0 <= end && end <= at {
		end = min(lineEnd(x.data, at)+1, len(x.data))
	}
	if len(x.faults)+1 >= maxFaults {
		end = -1
	}
	f.end = end
	if end < 0 {
		f.end = len(x.data)
	}
	f.message, f.hint = explainSyntax(said, x.data, f.at)
	if start < len(x.data) && x.data[start] == '[' {
		x.closeDead(start)
		x.dead(f)
	} else {
		x.faults = append(x.faults, f)
	}
	return end
}

// libraryFault makes a fault of an error of the library about something that
// the index has let pass, such as a date that does not exist.
func (x *index) libraryFault(err error) fault {
	f := fault{rule: "syntax"}
	var parseError toml.ParseError
	said := err.Error()
	if errors.As(err, &parseError) {
		f.at, said = parseError.Position.Start, parseError.Message
	}
	for i, s := range x.spans {
		if s.start > f.at {
			break
		}
		f.start, f.end = s.start, s.end
		if s.header {
			f.end = len(x.data)
			for _, later := range x.spans[i+1:] {
				if later.header {
					f.end = later.start
					break
				}
			}
		}
	}
	if strings.Contains(said, "already") {
		f.rule = "duplicate-key"
		f.message = diag.Text{ZH: "这个键前面已经写过", EN: "this key was written before"}
		return f
	}
	f.message, f.hint = explainSyntax(said, x.data, f.at)
	return f
}
