// Package changes is what changed between two states of the library, field by field, in words a citizen understands, and every
// version of a text that was ever published.
//
// Compared are resolved states, not files: removing an override is «5→10 个工作日», not «5→nothing», and a change of a standard
// is told once at the item, not once in every county. Members of lists compare by id. Reordering, reformatting and comments are
// no change; nor is a moved file, because a record is its kind and its ids.
//
// Past holds the published states (first-parent commits) of a repository, as the blob ids of each record over time: any state
// can be looked at without walking to it, and a record is decoded when somebody asks for it. Only what a changed record reaches
// is resolved, so the cost follows what changed and not the size of the library.
//
// Days are those of Asia/Shanghai. A version that is written ahead (name@2027-01-01.toml) is announced when it is committed and
// told again, as 生效, on its day. No author, e-mail or message of a commit is read anywhere.
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

// classes in the order in which they matter to people.
var classes = []Class{Substantive, Contact, Editorial, Technical}

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
	Member     string // what people call the list member that the key belongs to, "" outside lists
	Old, New   string
	Words      string
	Class      Class
	Direction  Direction

	group  string // what the title counts together: materials of one fate
	name   string // the member, for such a count
	why    string // and why
	silent bool   // the title says it elsewhere
	list   string // of a member that came or went: the list
}

// Subject is what changed: an item, one procedure of it, a place's version of it, a place, or a record of a library.
type Subject struct {
	Kind      record.Kind
	Item      string
	Procedure string
	Division  string
	ID        string // of a library record
}

// The kinds of entries beyond those a status gives, as vocab/event-kinds and vocab/transfer-kinds have them.
const (
	KindNew       = "设立"
	KindChanged   = "变更"
	KindSuspended = "暂停"
	KindResumed   = "恢复"
	KindEnded     = "取消"
	KindMerged    = "合并"
	KindInForce   = "生效"
	KindRenamed   = "更名"
)

// Entry is a subject in one published state with all its changed fields.
type Entry struct {
	// ID is the same in every rebuild and clone: a hash of the subject and of old and new resolved values; "-2" and so on where
	// the very same happened before.
	ID      string
	Time    time.Time
	Date    record.Date
	Commit  string // of an entry of kind 生效 the last commit before its day
	Kind    string // 设立 变更 取消 … (vocab/event-kinds)
	Subject Subject
	// Title is one sentence: «食品经营许可（示例县）：承诺时限 10→5 个工作日».
	Title  string
	Fields []Field
	// Effective is the day on which a change that is announced now takes effect, 0 for one that holds at once.
	Effective record.Date
	// Document is the id of the document that the change rests on, as far as the record names one.
	Document string
	// Department is the term of the department whose item it is, Topics the terms of all topics of the item.
	Department string
	Topics     []string
	// Items are the items that a change of a library or a list reaches; Count sets them, with Topics and Guides.
	Items []string
	// Guides is how many guides the change reaches.
	Guides int

	name, said string // the parts of the title: of what, and what
	print      record.Print
}

// Direction returns what the entry means for people: worse if any field is worse, else better if any is, else neither.
func (e *Entry) Direction() Direction {
	d := Same
	for _, f := range e.Fields {
		switch f.Direction {
		case Worse:
			return Worse
		case Better:
			d = Better
		}
	}
	return d
}

// Class returns the class of the field that matters most; an entry without fields is substantive.
func (e *Entry) Class() Class {
	for _, c := range classes {
		for _, f := range e.Fields {
			if f.Class == c {
				return c
			}
		}
	}
	return Substantive
}
