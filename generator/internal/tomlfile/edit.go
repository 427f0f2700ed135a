package tomlfile

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// ErrNoPlace is what [Edit] returns for a path at which nothing can be set or
// removed: it leads through a value that has no keys, or past the end of a list.
var ErrNoPlace = errors.New("tomlfile: there is no place for the key")

// Change is one change of a file: the key or the element of a list at Path, as
// in [Document.Position], gets a value or, with Value nil, is removed. The index
// after the last element adds one.
//
// A value is a string, bool, int, int64, float64 or [Literal], a [Table], or a
// list of values ([]any, []string).
type Change struct {
	Path  []string
	Value any
}

// Table is the value of an inline table or of a table with a header.
type Table []Member

// Member is a key of a [Table] with its value.
type Member struct {
	Key   string
	Value any
}

// Literal is a value as TOML writes it, for dates: Literal("2026-03-01").
type Literal string

// Edit returns data with the changes made one after the other, all else byte for
// byte as it was:
//
//   - A value is written over the old one; comments stand where they stood,
//     but for those inside of a list that gets another value as a whole.
//   - A key that is new is written after the others of its table, a table with
//     a header after the others of its parent; tables on the way are made.
//   - With a key that is removed goes the comment on its line, with a table all
//     comments inside. Comments on lines of their own above stay.
//
// A file in the canonical form of order (see [Format]) is so again, with what is
// new in its place; without order nothing moves. A change to what the file says
// already is none.
//
// The error is [ErrNotTOML] for data that [Format] refuses, [ErrNoPlace], or
// says that the result would be refused, for its size or for a character.
func Edit(data []byte, order func(path []string) []string, changes ...Change) ([]byte, error) {
	canonical := false
	if order != nil {
		formatted, err := Format(data, order)
		canonical = err == nil && bytes.Equal(formatted, data)
	}
	out := data
	for _, c := range changes {
		var err error
		if out, err = edit(out, c); err != nil {
			return nil, fmt.Errorf("%w: %s", err, strings.Join(c.Path, "."))
		}
	}
	if canonical && !bytes.Equal(out, data) {
		return Format(out, order)
	}
	return out, nil
}

// edit makes one change and holds that nothing else was changed.
func edit(data []byte, c Change) ([]byte, error) {
	if faults, _ := refuse(data); len(faults) > 0 {
		return nil, ErrNotTOML
	}
	before, err := parse(data)
	if err != nil || len(indexOf(data).faults) > 0 {
		return nil, ErrNotTOML
	}
	if len(c.Path) == 0 {
		return nil, ErrNoPlace
	}
	want := plainTable(before)
	if c.Value == nil {
		if removeIn(want, c.Path) == nil {
			return nil, ErrNoPlace
		}
	} else {
		value, err := valueOf(c.Value)
		if err != nil {
			return nil, err
		}
		if setIn(want, c.Path, value) == nil {
			return nil, ErrNoPlace
		}
		if printed(want) == printed(plainTable(before)) {
			return data, nil
		}
	}
	out := data
	if c.Value == nil {
		out, err = remove(data, c.Path)
	} else {
		out, err = set(data, c.Path, c.Value)
	}
	if err != nil {
		return nil, err
	}
	if faults, _ := refuse(out); len(faults) > 0 {
		return nil, fmt.Errorf("tomlfile: edited, the data would be refused: %s", faults[0].message.EN)
	}
	// The last defence of a record: what is not the same is not written.
	after, err := parse(out)
	if err != nil {
		return nil, fmt.Errorf("tomlfile: edited, the data would not be TOML: %w", err)
	}
	got := plainTable(after)
	if c.Value == nil {
		dropEmptied(want, got, c.Path)
	}
	if printed(want) != printed(got) {
		panic(fmt.Sprintf("tomlfile: Edit of %q would change more of\n%s\nto\n%s", c.Path, data, out))
	}
	return out, nil
}
