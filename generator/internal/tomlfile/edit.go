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
// list of values ([]any, []string, [Tables]).
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

// Tables is a list of tables, each of which gets a header of its own where it can.
type Tables []Table

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
	if faults, _ := refuse(data); len(faults) > 0 {
		return nil, ErrNotTOML
	}
	before, err := parse(data)
	if err != nil || len(indexOf(data).faults) > 0 {
		return nil, ErrNotTOML
	}
	canonical := false
	if order != nil {
		formatted, err := Format(data, order)
		canonical = err == nil && bytes.Equal(formatted, data)
	}
	out, want := data, plainTable(before)
	for _, c := range changes {
		if out, err = edit(out, want, c); err != nil {
			return nil, fmt.Errorf("%w: %s", err, strings.Join(c.Path, "."))
		}
	}
	if bytes.Equal(out, data) {
		return data, nil
	}
	if err := hold(data, out, want, changes); err != nil {
		return nil, err
	}
	if canonical {
		return Format(out, order)
	}
	return out, nil
}

// edit makes one change in the text and in want, its values.
func edit(data []byte, want map[string]any, c Change) ([]byte, error) {
	if len(c.Path) == 0 {
		return nil, ErrNoPlace
	}
	if c.Value == nil {
		if removeIn(want, c.Path) == nil {
			return nil, ErrNoPlace
		}
		return remove(data, c.Path)
	}
	value, err := valueOf(c.Value)
	if err != nil {
		return nil, err
	}
	if old, ok := lookIn(want, c.Path); ok && fmt.Sprintf("%#v", old) == fmt.Sprintf("%#v", value) {
		return data, nil
	}
	if setIn(want, c.Path, value) == nil {
		return nil, ErrNoPlace
	}
	return set(data, c.Path, c.Value)
}

// hold is the last defence of a record: what does not say what is wanted is not written.
func hold(data, out []byte, want map[string]any, changes []Change) error {
	if faults, _ := refuse(out); len(faults) > 0 {
		return fmt.Errorf("tomlfile: edited, the data would be refused: %s", faults[0].message.EN)
	}
	after, err := parse(out)
	if err != nil {
		return fmt.Errorf("tomlfile: edited, the data would not be TOML: %w", err)
	}
	got := plainTable(after)
	for _, c := range changes {
		dropEmptied(want, got, c.Path)
	}
	if fmt.Sprintf("%#v", want) != fmt.Sprintf("%#v", got) {
		panic(fmt.Sprintf("tomlfile: Edit of %v would change more of\n%s\nto\n%s", changes, data, out))
	}
	return nil
}
