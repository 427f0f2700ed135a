package record

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Code is a basic code (基本编码) of 12 characters in its parts. The structure is that of the national coding rules (C0109.1),
// as read in domain facts 1.1: division 2, type 2, guiding department 2, sequence 3, sub-item 3.
type Code struct {
	Division   string // 00 for the national catalogue, else the province that created the item, such as 13
	Type       string // type of the item, vocab/item-types.toml
	Department string // guiding department, vocab/departments.toml
	Sequence   string // 001 to 999, later with capitals; without I, O, S, V, Z
	Sub        string // 000 no sub-items, 00Y a main item that has some, 001 to 999 a sub-item
}

// The values of Code.Sub that are no numbers of sub-items.
const (
	SubNone = "000"
	SubMain = "00Y"
)

// ParseCode reads a basic code. The error says in both languages which part is wrong.
func ParseCode(s string) (Code, error) {
	if n := utf8.RuneCountInString(s); n != 12 || len(s) != 12 {
		return Code{}, bilingual{
			fmt.Sprintf("基本编码应是 12 位字母和数字（区划 2 + 类型 2 + 部门 2 + 顺序 3 + 子项 3），这里有 %d 位：%q", n, s),
			fmt.Sprintf("a basic code is 12 letters and digits (division 2, type 2, department 2, sequence 3, sub-item 3), not %d: %q", n, s),
		}
	}
	c := Code{s[:2], s[2:4], s[4:6], s[6:9], s[9:]}
	switch {
	case !isDigits(c.Division) || c.Division != "00" && c.Division < "10":
		return Code{}, badPart(s, "第 1–2 位（区划）应是 00（国家）或省级代码，如河北 13", "places 1–2, the division, are 00 (national) or a province, such as 13")
	case !isDigits(c.Type):
		return Code{}, badPart(s, "第 3–4 位（事项类型）应是两位数字", "places 3–4, the type, are two digits")
	case !isDigits(c.Department):
		return Code{}, badPart(s, "第 5–6 位（业务指导部门）应是两位数字", "places 5–6, the guiding department, are two digits")
	case !isSequence(c.Sequence):
		return Code{}, badPart(s, "第 7–9 位（顺序码）应是 001–999，用完后用大写字母（不用 I、O、S、V、Z）",
			"places 7–9, the sequence, are 001–999, then capitals without I, O, S, V, Z")
	case c.Sub != SubMain && !isDigits(c.Sub):
		return Code{}, badPart(s, "第 10–12 位（子项码）应是 000（无子项）、00Y（有子项的主项）或 001–999（子项）",
			"places 10–12, the sub-item, are 000 (none), 00Y (a main item with sub-items) or 001–999")
	}
	return c, nil
}

func badPart(code, zh, en string) error {
	return bilingual{fmt.Sprintf("基本编码 %q：%s", code, zh), fmt.Sprintf("basic code %q: %s", code, en)}
}

func isSequence(s string) bool {
	for i := range len(s) {
		if strings.IndexByte(usccAlphabet, s[i]) < 0 {
			return false
		}
	}
	return s != "000"
}

// String returns the 12 characters.
func (c Code) String() string { return c.Division + c.Type + c.Department + c.Sequence + c.Sub }

// IsMain reports whether the code is that of a main item with sub-items: such an item has no procedures and no guide.
func (c Code) IsMain() bool { return c.Sub == SubMain }

// Main returns the code of the main item and true if c is the code of a sub-item, else c and false.
func (c Code) Main() (Code, bool) {
	if c.Sub == SubNone || c.Sub == SubMain {
		return c, false
	}
	c.Sub = SubMain
	return c, true
}

// TaskCode returns the code of an implementation (实施编码, 31 characters): the unified social credit code of the body, one
// digit for the level ([Levels]: 省级 2 to 乡级 5, GB/T 39046 A.2), and the basic code. The check characters of the credit
// code are not asked here: some codes that were really issued fail them, and [CheckUSCC] is there to say so.
func TaskCode(uscc, level, code string) (string, error) {
	if err := formOfUSCC(uscc); err != nil {
		return "", err
	}
	rank := LevelRank(level)
	if rank < 0 {
		return "", bilingual{
			fmt.Sprintf("行使层级 %q 不在 %s 之中", level, strings.Join(Levels, "、")),
			fmt.Sprintf("the level %q is none of %s", level, strings.Join(Levels, ", ")),
		}
	}
	if _, err := ParseCode(code); err != nil {
		return "", err
	}
	return uscc + string(rune('2'+rank)) + code, nil
}

// ProcedureCode returns the code of a procedure in an implementation (业务办理项编码, 33 characters): a task code and the
// procedure's number, 01 to 99.
func ProcedureCode(task, nn string) (string, error) {
	if len(task) != 31 {
		return "", bilingual{
			fmt.Sprintf("实施编码应是 31 位，这里有 %d 位：%q", utf8.RuneCountInString(task), task),
			fmt.Sprintf("a task code has 31 characters, not %d: %q", utf8.RuneCountInString(task), task),
		}
	}
	if !IsProcedureNumber(nn) {
		return "", bilingual{
			fmt.Sprintf("业务办理项序号应是 01–99：%q", nn),
			fmt.Sprintf("the number of a procedure is 01 to 99, not %q", nn),
		}
	}
	return task + nn, nil
}
