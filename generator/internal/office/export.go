package office

import (
	"fmt"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// ExportOptions say what a workbook has.
type ExportOptions struct {
	Kinds    []record.Kind // of sheets; none are UsualKinds
	Items    []string      // only these items, with their procedures and what places say of them; none are all
	Template bool          // no rows, to be filled in
}

// spareRows is how many empty rows below the last have lists and looks.
const spareRows = 100

// sheetNameRunes is how many characters the name of a sheet can have.
const sheetNameRunes = 31

// Export makes the workbook of some kinds of records: an explanation, a sheet a kind and a list, and the words of drop-down lists.
func (r *Records) Export(o ExportOptions) table.Workbook {
	kinds := o.Kinds
	if len(kinds) == 0 {
		kinds = UsualKinds
	}
	b := r.book("政务服务事项表")
	words := newWords(r)
	for _, kind := range kinds {
		files := r.files(kind)
		if o.Template {
			files = nil
		}
		if len(o.Items) > 0 {
			files = slices.DeleteFunc(files, func(f *catalog.File) bool { return !about(f, o.Items) })
		}
		all := designs(kind)
		out := make([]table.Sheet, len(all))
		for i, d := range all {
			out[i] = r.sheet(d, words)
		}
		for _, f := range files {
			tree := treeOf(f)
			for i, d := range all {
				d.rows(f, tree, func(x found) { out[i].Rows = append(out[i].Rows, r.row(d, x)) })
			}
		}
		for i := range out {
			if all[i].hollow() {
				continue
			}
			if i == 0 || o.Template || len(out[i].Rows) > headerRows {
				out[i].Spare = spareRows
				b.Sheets = append(b.Sheets, out[i])
			}
		}
	}
	b.Sheets = append([]table.Sheet{explanation(kindNames(kinds), false)}, b.Sheets...)
	b.Sheets = append(b.Sheets, words.sheet())
	return b
}

func (r *Records) book(title string) table.Workbook {
	return table.Workbook{Title: title + "（" + r.Catalog.AsOf.String() + "）", Time: r.Catalog.AsOf.Time()}
}

func kindNames(kinds []record.Kind) string {
	var out []string
	for _, k := range kinds {
		out = append(out, k.Title().ZH)
	}
	return strings.Join(out, "、")
}

// about reports whether a record is one of some items, or speaks of one.
func about(f *catalog.File, items []string) bool {
	switch f.Kind {
	case record.KindItem, record.KindProcedure:
		return slices.Contains(items, f.IDs[0])
	case record.KindImplementation:
		return slices.Contains(items, f.IDs[1])
	}
	return true
}

// headerRows is how many rows stand above the first of a sheet: its title and those of its columns.
const headerRows = 2

// sheet makes a sheet without rows.
func (r *Records) sheet(d *design, words *words) table.Sheet {
	s := table.Sheet{Name: sheetName(d.name), Header: headerRows, Protected: true}
	var header []table.Cell
	for i := range d.columns {
		c := &d.columns[i]
		look := table.Header
		if !d.clerk && (c.key.Required && len(c.path) == 1 || c.ident == identID) {
			look = table.Demanded // members of a table only where the table is written
		}
		header = append(header, table.Cell{Text: c.title, Look: look, Note: c.note()})
		l := table.Layout{Width: c.width()}
		if c.ident == identNote || c.locked {
			l.Look = table.Locked
		}
		l.List, l.Open = words.list(c)
		s.Columns = append(s.Columns, l)
		if c.ident != notIdent && c.ident != identAct {
			s.Fixed = i + 1
		}
	}
	s.Fixed = min(s.Fixed, 3)
	s.Rows = [][]table.Cell{{{Text: d.name, Look: table.Heading}}, header}
	return s
}

// sheetName is a name that a sheet can have.
func sheetName(name string) string {
	runes := []rune(strings.NewReplacer("/", "／", "[", "［", "]", "］", ":", "：", "*", "＊", "?", "？", `\`, "＼").Replace(name))
	return string(runes[:min(len(runes), sheetNameRunes)])
}

// row writes a row of a record.
func (r *Records) row(d *design, x found) []table.Cell {
	w := r.writer(d.kind, x.ids)
	cells := make([]table.Cell, len(d.columns))
	ids, notes, members := 0, 0, 0
	for i := range d.columns {
		c := &d.columns[i]
		switch c.ident {
		case identID:
			if ids < len(x.ids) {
				cells[i].Text = x.ids[ids]
			}
			ids++
		case identFrom:
			cells[i].Text = x.from
		case identPart:
			cells[i].Text = x.part
		case identNote:
			cells[i] = table.Cell{Text: r.noteOf(d.kind, x.ids, notes), Look: table.Locked}
			notes++
		case identMember:
			cells[i].Text = x.members[members]
			members++
		case identAct:
		default:
			cells[i].Text = w.text(lookup(x.node, c.path...), c)
		}
	}
	return cells
}

// writer writes the values of a record of the kind with these ids.
func (r *Records) writer(kind record.Kind, ids []string) *writer {
	w := &writer{names: r.names}
	if (kind == record.KindImplementation || kind == record.KindDivision) && len(ids) > 0 {
		w.division = ids[0]
	}
	return w
}

// noteOf says what the n-th of the ids that have a column for it is called.
func (r *Records) noteOf(kind record.Kind, ids []string, n int) string {
	of := map[record.Kind][]record.Kind{record.KindProcedure: {record.KindItem}, record.KindImplementation: {record.KindDivision, record.KindItem}}[kind]
	return r.names.title(of[n], ids[n])
}

// note explains a column.
func (c *column) note() string {
	parts := []string{c.key.Description.ZH, c.form.hint(c)}
	switch c.ident {
	case identID:
		parts = []string{"记录在库里的编号。已有的不要改；新的用小写字母、数字和连字符，选定后不再变。"}
	case identFrom:
		parts = []string{"平时空着。写一个将来的日子，就是那一天起的版本，现在的不变。"}
	case identPart:
		parts = []string{"01、02……只管这一个业务办理项；空着就管这个事项的全部业务办理项。"}
	case identMember:
		parts = []string{"这一行在清单里的编号。已有的不要改；新加的一行写新编号，或者空着由材料等决定。"}
	case identNote:
		parts = []string{"给人看的名称，改了不算数。"}
	case identAct:
		parts = []string{"写“删除”，就去掉这一行。平时空着；把整行删掉不会改记录。"}
	}
	if c.key.Required && c.ident == notIdent {
		if len(c.path) > 1 {
			parts = append(parts, "写了同一组的别的格，这一格必填。")
		} else {
			parts = append(parts, "必填。")
		}
	}
	return strings.TrimSpace(strings.Join(parts, "\n"))
}

// hint says how a value is written in a cell.
func (f form) hint(c *column) string {
	switch f {
	case formBoolean:
		return "写“是”或“否”。"
	case formDate:
		return "写 2026-03-01 或 2026年3月1日。"
	case formTexts:
		if c.key.Vocabulary != "" || c.key.Ref != "" {
			return "几个词用“、”隔开；一个都没有写“无”。"
		}
		return "一行一句（Alt+Enter 换行）；一句都没有写“无”。"
	case formLimit, formLimits:
		return "写 5个工作日、20个自然日、3个月 或 即办；不同情形各写一行。"
	case formBasis:
		return "写 《法规名称》第三十五条，一行一个。"
	case formWhen:
		return "写 问题编号：选项编号、选项编号。"
	case formPhones:
		return "写 咨询：0311-12345678；监督：12345。"
	case formPlaces:
		return "写 大厅名称，窗口3（受理），一处一行。"
	}
	return ""
}

// width is the width of a column in characters.
func (c *column) width() float64 {
	switch {
	case c.ident == identID || c.ident == identMember:
		return 22
	case c.ident == identNote:
		return 26
	case c.ident == identPart || c.ident == identAct || c.form == formBoolean || c.form == formInteger:
		return 10
	case c.form == formDate || c.ident == identFrom:
		return 14
	case c.form == formText && c.key.Vocabulary == "":
		return 30
	}
	return 24
}

// explanation is the first sheet of a workbook.
func explanation(what string, clerk bool) table.Sheet {
	lines := []string{
		"白格可以改，灰格是已经定下的，改了不收。",
		"只改要改的格子，别的不用动：没有变的格子不会改任何记录。",
		"空着的格子不改记录。要去掉已经写的内容，在格子里写“清空”；要去掉清单里的一行，在“操作”列写“删除”。",
		"有下拉列表的从列表里选；几个词用“、”隔开。把鼠标放到列名上，看这一列怎么写。",
		"编码、电话这些长数字，格子已经设成“文本”，请不要改格式：变成 1.30E+11 的数字后几位就丢了，收不了。",
		"不要用公式；从别的表复制时，用“选择性粘贴 → 数值”。",
		"填好以后运行 banshi import xlsx 文件名，先加 --dry-run 看会改什么。每一行收没收、哪一格有问题，都写在回执里。",
	}
	if clerk {
		lines = append(lines,
			"一行一份办事指南。“省标准”列是全省统一的规定；旁边的白格可以比它更方便群众，不能更差。",
			"有批文的，在最后几列写 依据文号 和 生效日期；生效日期在将来的，到那一天才生效。承办科室写本单位的科室。")
	} else {
		lines = append(lines, "带“·”的工作表是清单：一行一条，前几列写明是哪份记录的哪一条。新加一条，就在最下面写一行。", "橙色的列名是必填的。")
	}
	s := table.Sheet{Name: "说明", Columns: []table.Layout{{Width: 100, Look: table.Remark}}, Protected: true}
	s.Rows = [][]table.Cell{{{Text: "填表说明：" + what, Look: table.Heading}}, {}}
	for i, l := range lines {
		s.Rows = append(s.Rows, []table.Cell{{Text: fmt.Sprintf("%d. %s", i+1, l), Look: table.Remark}})
	}
	return s
}

// words is the sheet from which cells choose.
type words struct {
	records *Records
	columns []wordColumn
	byName  map[string]int
}

type wordColumn struct {
	title string
	words []string
}

func newWords(r *Records) *words { return &words{records: r, byName: map[string]int{}} }

const wordsSheet = "选项"

// list returns the cells from which a column chooses, "" for any text, and whether others are taken as well.
func (w *words) list(c *column) (cells string, open bool) {
	switch {
	case c.locked || c.ident == identNote:
		return "", false
	case c.ident == identAct:
		return w.column("操作", "操作", []string{wordDelete}), false
	case c.ident != notIdent:
		return "", false
	case c.form == formBoolean:
		return w.column("是否", "是否", []string{"是", "否", wordClear}), false
	case c.key.Vocabulary != "":
		v := w.records.Catalog.Vocab[c.key.Vocabulary]
		if v == nil {
			return "", false
		}
		list := w.column(c.key.Vocabulary, v.Name, append(w.records.terms(c.key.Vocabulary), wordClear))
		return list, c.form != formText
	case c.key.Ref != "" && w.records.names.known(c.key.Ref) && c.key.Ref != "division" && c.form != formBasis:
		return w.column("→"+c.key.Ref, record.Kind(c.key.Ref).Title().ZH, w.records.names.choices(c.key.Ref)), true
	case c.form == formBasis:
		return w.column("→law", record.KindLaw.Title().ZH, w.records.names.choices("law")), true
	}
	return "", false
}

// column returns the cells of a column of words, which it adds when it is not there.
func (w *words) column(name, title string, list []string) string {
	i, ok := w.byName[name]
	if !ok {
		i = len(w.columns)
		w.byName[name] = i
		w.columns = append(w.columns, wordColumn{title, list})
	}
	if len(list) == 0 {
		return ""
	}
	letter := strings.TrimRight(table.CellName(0, i), "1")
	return fmt.Sprintf("'%s'!$%s$2:$%[2]s$%[3]d", wordsSheet, letter, len(list)+1)
}

func (w *words) sheet() table.Sheet {
	s := table.Sheet{Name: wordsSheet, Header: 1, Protected: true}
	var header []table.Cell
	rows := 0
	for _, c := range w.columns {
		header = append(header, table.Cell{Text: c.title, Look: table.Header})
		s.Columns = append(s.Columns, table.Layout{Width: 22, Look: table.Remark})
		rows = max(rows, len(c.words))
	}
	s.Rows = append(s.Rows, header)
	for i := range rows {
		var row []table.Cell
		for _, c := range w.columns {
			cell := table.Cell{Look: table.Remark}
			if i < len(c.words) {
				cell.Text = c.words[i]
			}
			row = append(row, cell)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}
