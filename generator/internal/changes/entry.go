// Package changes is what changed between two states of the library, field by field, in words a citizen understands.
//
// Compared are resolved states, not files: removing an override is «5→10 个工作日», not «5→nothing», and a change of a standard
// is told once at the item, not once in every county. Reordering, reformatting and comments are no change.
package changes

import (
	"time"

	"banshi/generator/internal/record"
)

// Class says what kind of thing changed.
type Class string

// The classes of changes.
const (
	Substantive Class = "实质"
	Contact     Class = "联系"
	Editorial   Class = "文字"
	Technical   Class = "技术"
)

// Direction says whether a change is better for the applicant.
type Direction int

// The directions: more convenient (↑), less (↓), or neither (＝).
const (
	Worse  Direction = -1
	Same   Direction = 0
	Better Direction = 1
)

// String returns ↑, ↓ or ＝.
func (d Direction) String() string {
	switch d {
	case Better:
		return "↑"
	case Worse:
		return "↓"
	}
	return "＝"
}

// Field is one changed field: its key as in the key table (members by id), its citizen's label, both values in words, and the
// change as a phrase: «承诺时限 10→5 个工作日».
type Field struct {
	Key, Label string
	Old, New   string
	Words      string
	Class      Class
	Direction  Direction
}

// Subject is what changed: an item, one procedure of it, a place's version of it, or a record of a library.
type Subject struct {
	Kind      record.Kind
	Item      string
	Procedure string
	Division  string
	ID        string // of a library record
}

// Entry is a subject in one published state with all its changed fields.
type Entry struct {
	// ID is the same in every rebuild and clone: a hash of the subject and of old and new resolved values.
	ID      string
	Time    time.Time
	Date    record.Date
	Commit  string
	Kind    string // 设立 变更 取消 … (vocab/event-kinds)
	Subject Subject
	// Title is one sentence: «食品经营许可（示例县）：承诺时限 10→5 个工作日».
	Title    string
	Fields   []Field
	Document string
	// Departments and topics the entry belongs to, for feeds.
	Department string
	// Guides is how many guides the change reaches.
	Guides int
}
