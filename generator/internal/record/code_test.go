package record

import (
	"errors"
	"strings"
	"testing"
)

// realCodes were read in published catalogues (domain facts 1.1).
var realCodes = []string{
	"000123018000", "000524021000", "000524018000", "000122014000", "000131035000", "000131017000", "000139003000",
	"000121011000", "000175004000", "000176002000", "000616001000", "001030051000", "212011084000", "442199806003",
	"440118009000", "650116013001",
}

func TestParseCode(t *testing.T) {
	for _, s := range realCodes {
		c, err := ParseCode(s)
		if err != nil || c.String() != s {
			t.Errorf("ParseCode(%q) = %v, %v", s, c, err)
		}
	}
	c, err := ParseCode("130131901003")
	want := Code{Division: "13", Type: "01", Department: "31", Sequence: "901", Sub: "003"}
	if err != nil || c != want {
		t.Errorf("got %+v, %v, want %+v", c, err, want)
	}
	if main, ok := c.Main(); !ok || main.String() != "13013190100Y" || !main.IsMain() || c.IsMain() {
		t.Errorf("the main item of %s is %s, %t", c, main, ok)
	}
	for _, s := range []string{"130131901000", "13013190100Y"} {
		c, err := ParseCode(s)
		if main, ok := c.Main(); err != nil || ok || main != c {
			t.Errorf("%s has the main item %s, %t, %v", s, main, ok, err)
		}
	}
	if _, err := ParseCode("000131A01000"); err != nil {
		t.Error("capitals follow when the digits run out:", err)
	}
}

func TestParseCodeRefused(t *testing.T) {
	for s, part := range map[string]string{
		"":                 "12 位",
		"XK0010100Y":       "12 位", // the structure before 2018
		"政务服务":             "12 位",
		"010131035000":     "区划",
		"A00131035000":     "区划",
		"511A23018000":     "类型",
		"00013X035000":     "部门",
		"000131000000":     "顺序码",
		"000131O35000":     "顺序码",
		"00013103500X":     "子项码",
		"000131035 00":     "子项码",
		"0001310350000000": "12 位",
	} {
		_, err := ParseCode(s)
		var b bilingual
		if !errors.As(err, &b) || !strings.Contains(b.ZH(), part) || b.EN() == "" {
			t.Errorf("ParseCode(%q): %v, want something about %s in both languages", s, err, part)
		}
	}
}

func TestTaskCode(t *testing.T) {
	for _, c := range []struct{ uscc, level, code, want string }{
		{"11650000010183859F", "省级", "650116013001", "11650000010183859F2650116013001"},
		{"12441500196720244T", "市级", "442199806003", "12441500196720244T3442199806003"},
		{"11440100696927671X", "市级", "442011817001", "11440100696927671X3442011817001"},
		{"11440100007482575H", "市级", "440118009000", "11440100007482575H3440118009000"},
	} {
		task, err := TaskCode(c.uscc, c.level, c.code)
		if err != nil || task != c.want || len(task) != 31 {
			t.Errorf("TaskCode = %q, %v, want %q", task, err, c.want)
		}
		procedure, err := ProcedureCode(task, "02")
		if err != nil || procedure != c.want+"02" || len(procedure) != 33 {
			t.Errorf("ProcedureCode = %q, %v", procedure, err)
		}
	}
	if got, err := TaskCode("91350211M0000XUF46", "乡级", "130131901000"); err != nil || got[18] != '5' {
		t.Errorf("a code that was issued with a wrong check character: %q, %v", got, err)
	}
	for _, c := range [][3]string{
		{"", "省级", "650116013001"}, {"12430000MBOL67976N", "省级", "650116013001"},
		{"11650000010183859F", "国家级", "650116013001"}, {"11650000010183859F", "省级", "65011601300"},
	} {
		if got, err := TaskCode(c[0], c[1], c[2]); err == nil || got != "" {
			t.Errorf("TaskCode(%q) = %q", c, got)
		}
	}
	for _, c := range [][2]string{{"11650000010183859F265011601300", "01"}, {"11650000010183859F2650116013001", "00"}, {"11650000010183859F2650116013001", "1"}} {
		if got, err := ProcedureCode(c[0], c[1]); err == nil || got != "" {
			t.Errorf("ProcedureCode(%q) = %q", c, got)
		}
	}
}

func TestUSCC(t *testing.T) {
	for _, s := range []string{"11650000010183859F", "12441500196720244T", "11440100696927671X", "11440100007482575H"} {
		if err := CheckUSCC(s); err != nil {
			t.Error(err)
		}
		if c, err := USCCCheck(s[:17]); err != nil || c != s[17] {
			t.Errorf("USCCCheck(%q) = %c, %v", s[:17], c, err)
		}
	}
	for s, want := range map[string]string{
		"91350211M0000XUF46":  "校验码", // really issued, domain facts 1.7
		"12430000MBOL67976N":  "第 11 位",
		"11650000010183859E":  "第 18 位",
		"11650000010138859F":  "第 18 位", // two places swapped
		"11650000010183859f":  "第 18 位",
		"1165000001018385":    "18 位",
		"11650000010183859FF": "18 位",
		"统一社会信用代码":            "有 8 位",
	} {
		err := CheckUSCC(s)
		var b bilingual
		if !errors.As(err, &b) || !strings.Contains(b.ZH(), want) || b.EN() == "" {
			t.Errorf("CheckUSCC(%q): %v, want something about %s", s, err, want)
		}
	}
	if _, err := USCCCheck("1165000001018385"); err == nil {
		t.Error("16 characters are taken")
	}
}

// TestUSCCInner: the last character fits, the organisation code inside does not.
func TestUSCCInner(t *testing.T) {
	body := "11650000010183858" // 9 is right
	c, err := USCCCheck(body)
	if err != nil {
		t.Fatal(err)
	}
	if err := CheckUSCC(body + string(c)); err == nil || !strings.Contains(err.Error(), "组织机构代码") {
		t.Errorf("got %v", err)
	}
}

// FuzzUSCC: changing any one character of a correct code is always noticed.
func FuzzUSCC(f *testing.F) {
	f.Add("11650000010183859", 3, byte('7'))
	f.Add("92130731MA0ABCDE1", 17, byte('Y'))
	f.Fuzz(func(t *testing.T, body string, at int, with byte) {
		c, err := USCCCheck(body)
		if err != nil || at < 0 || at > 17 {
			return
		}
		code := []byte(body + string(c))
		if code[at] == with {
			return
		}
		code[at] = with
		if err := CheckUSCC(string(code)); err == nil {
			t.Errorf("%s is taken though place %d was changed", code, at+1)
		}
	})
}
