package reconcile

import (
	"strconv"
	"strings"
	"unicode"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/zh"
)

// Field is a column of an upper-level catalogue that we understand.
type Field string

// The fields, in the order of reports.
const (
	FieldNumber     Field = "number"
	FieldCode       Field = "code"
	FieldName       Field = "name"
	FieldMain       Field = "main"
	FieldType       Field = "type"
	FieldBasis      Field = "basis"
	FieldLevels     Field = "levels"
	FieldDepartment Field = "department"
)

// fieldTitles are what offices call the fields; --columns takes either word.
var fieldTitles = map[Field]diag.Text{
	FieldNumber: {ZH: "序号", EN: "number"}, FieldCode: {ZH: "编码", EN: "code"}, FieldName: {ZH: "名称", EN: "name"}, FieldMain: {ZH: "主项", EN: "main item"},
	FieldType: {ZH: "类型", EN: "type"}, FieldBasis: {ZH: "依据", EN: "basis"}, FieldLevels: {ZH: "层级", EN: "levels"}, FieldDepartment: {ZH: "部门", EN: "department"},
}

// Title returns what offices call the field.
func (f Field) Title() diag.Text { return fieldTitles[f] }

// Row is one row of an upper-level catalogue.
type Row struct {
	Sheet string // "" in a CSV file
	Line  int    // of the sheet, from 1

	Code       string // cleaned: half-width capitals without spaces; "" where the table has none or a broken one
	Name       string // as printed, on one line
	Main       string // the main item that the row is a sub-item of
	Type       string // the term of our vocabulary, or as printed where none fits
	Basis      string // as printed
	Levels     []string
	LevelsText string // as printed
	Department string // as printed

	nameKey   string // what is compared of the name
	citations []citation
	industry  string // the department's term of our vocabulary, if one is known
	reading   string // the name in pinyin, when it was asked for
	bigrams   []string
	weight    int        // of all of them
	held      string     // one of our other names that the name holds
	heldBy    []*ourItem // and what it means
}

// Place says where the row stands, for people: 行政许可 第 7 行.
func (r *Row) Place() string {
	if r.Sheet == "" {
		return "第 " + strconv.Itoa(r.Line) + " 行"
	}
	return r.Sheet + " 第 " + strconv.Itoa(r.Line) + " 行"
}

// nameKey is what two names agree in when they are the same name: width, capitals, Traditional characters, spaces and the kind of
// quotation marks and dashes do not count, nor does a number before the name.
func nameKey(name string) string {
	var b strings.Builder
	for _, r := range zh.Fold(name) {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			continue
		case strings.ContainsRune("“”\"'‘’「」『』《》〈〉<>", r):
			continue
		case strings.ContainsRune("—–‐‑−－﹣", r):
			r = '-'
		case r == '·' || r == '•' || r == '・':
			r = '·'
		case r == '[' || r == '【' || r == '〔':
			r = '('
		case r == ']' || r == '】' || r == '〕':
			r = ')'
		case r == '、' || r == '，':
			r = ','
		}
		b.WriteRune(r)
	}
	return withoutNumber(b.String())
}

// withoutNumber cuts 12. or 12, or (12) before a name.
func withoutNumber(s string) string {
	rest := strings.TrimLeft(strings.TrimPrefix(s, "("), "0123456789")
	if len(rest) == len(s) || rest == "" || !strings.ContainsRune(".,)", rune(rest[0])) {
		return s
	}
	if cut := rest[1:]; cut != "" && cut[0] >= 0x80 {
		return cut
	}
	return s
}

// oneLine is a cell's text on one line, without characters that steer a terminal.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	}), " ")
}

// together is oneLine for names, in which a line break within Han text is no space.
func together(s string) string {
	out := []rune(oneLine(s))
	kept := out[:0]
	for i, r := range out {
		if r == ' ' && i > 0 && i+1 < len(out) && (out[i-1] >= 0x2E80 || out[i+1] >= 0x2E80) {
			continue
		}
		kept = append(kept, r)
	}
	return string(kept)
}
