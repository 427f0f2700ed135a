package office

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
	"banshi/generator/internal/tomlfile"
)

// rowReader reads one row of a sheet.
type rowReader struct {
	plan    *Plan
	matched *matched
	raw     table.FilledRow
	row     *Row
	options ImportOptions

	address address
	state   *state
	file    string // path of the record in the site
	path    []string
	node    any  // the values of the row as the record has them; nil for a new row
	isNew   bool // the line is not there yet
	writer  *writer
	reader  *reader
}

// text returns the cell of a column of the design, cleaned of what nobody sees, and its number in the sheet; -1 where there is none.
func (x *rowReader) text(column int) (text string, at int) {
	at = slices.Index(x.matched.columns, column)
	if at < 0 || at >= len(x.raw.Cells) {
		return "", at
	}
	return tidy(x.raw.Cells[at]), at
}

// refuse adds a problem of a cell; at -1 is the row.
func (x *rowReader) refuse(at int, bad *refusal) {
	place := x.row.Place
	place.Column = at
	x.row.Problems = append(x.row.Problems, place.problem(bad.rule, bad.message, bad.hint))
}

// read finds what the row is about and makes its edits.
func (x *rowReader) read() {
	d := x.matched.design
	if !x.identify() {
		return
	}
	x.writer = x.plan.records.writer(d.kind, x.address.ids)
	x.reader = &reader{records: x.plan.records, division: x.writer.division, profile: x.options.Profile}
	if d.clerk {
		x.readGuide()
		return
	}
	path := x.address.path(d.kind)
	if path == "" {
		x.refuse(x.first(), refuse("row-record", "编号写得不对："+strings.Join(x.address.ids, "、"), "the id has not the right form", "编号用小写字母、数字和连字符，区划用代码，业务办理项用 01、02", "ids are lower-case letters, digits and hyphens"))
		return
	}
	now := x.address
	now.from = ""
	x.file = path
	x.state = x.plan.state(path, d.kind, x.address.ids, now.path(d.kind))
	if !x.descend() {
		return
	}
	if x.deletes() {
		return
	}
	x.change(x.cells())
}

// first is the column of the first id in the sheet, or of the row.
func (x *rowReader) first() int {
	for _, i := range x.matched.design.find(identID) {
		if _, at := x.text(i); at >= 0 {
			return at
		}
	}
	return -1
}

// identify reads the columns that say what the row is about, and reports whether it could.
func (x *rowReader) identify() bool {
	d := x.matched.design
	for _, i := range d.find(identID) {
		text, _ := x.text(i)
		x.address.ids = append(x.address.ids, half(text))
	}
	if parts := d.find(identPart); len(parts) > 0 {
		text, _ := x.text(parts[0])
		x.address.part = twoDigits(half(text))
	}
	for _, i := range d.find(identMember) {
		text, _ := x.text(i)
		x.address.members = append(x.address.members, half(text))
	}
	if from := d.find(identFrom); len(from) > 0 {
		if text, at := x.text(from[0]); text != "" {
			v, bad := (&reader{}).date(text)
			if bad != nil {
				x.refuse(at, bad)
				return false
			}
			x.address.from = string(v.(tomlfile.Literal))
		}
	}
	if d.kind == record.KindProcedure && len(x.address.ids) == 2 {
		x.address.ids[1] = twoDigits(x.address.ids[1])
	}
	if d.kind == record.KindSynonyms && x.address.ids[0] == "" {
		x.address.ids = nil
	}
	if !x.named() {
		return false
	}
	x.row.Title = strings.TrimSpace(strings.Join(append(slices.Clone(x.address.ids), append([]string{x.address.part}, x.address.members...)...), " "))
	return true
}

// twoDigits writes the number of a procedure as its file has it.
func twoDigits(s string) string {
	if len(s) == 1 && isDigits(s) {
		return "0" + s
	}
	return s
}

// named finds ids that are not there by the names and codes that are.
func (x *rowReader) named() bool {
	d, n := x.matched.design, x.plan.records.names
	notes := d.noteColumns()
	for i, id := range x.address.ids {
		if id != "" {
			continue
		}
		kind, name, at := x.nameFor(i, notes)
		var ids []string
		if name != "" {
			if kind == record.KindProcedure {
				ids = n.procedures(x.address.ids[0], name)
			} else {
				ids = n.find(string(kind), "", name)
			}
		}
		if code := x.value("code"); len(ids) != 1 && kind == record.KindItem && code != "" {
			if id := n.itemByCode(code); id != "" {
				ids = []string{id}
			}
		}
		if len(ids) != 1 {
			title := idTitles[d.kind][i]
			message := fmt.Sprintf("这一行没有写“%s”，不知道是哪一份记录", title)
			if name != "" {
				message = fmt.Sprintf("这一行没有写“%s”，按名称“%s”找到 %d 份记录", title, name, len(ids))
			}
			x.refuse(at, refuse("row-record", message, "the row does not say which record it is about", "补上“"+title+"”；新建的记录也要先定编号", "fill in the id"))
			return false
		}
		x.address.ids[i] = ids[0]
	}
	return true
}

// nameFor returns which kind the i-th id names, and the name in the row that may stand for it.
func (x *rowReader) nameFor(i int, notes []int) (record.Kind, string, int) {
	kind := x.matched.design.kind
	of := []record.Kind{kind}
	switch kind {
	case record.KindProcedure:
		of = []record.Kind{record.KindItem, record.KindProcedure}
	case record.KindImplementation:
		of = []record.Kind{record.KindDivision, record.KindItem}
	}
	if i < len(notes) {
		name, at := x.text(notes[i])
		return of[i], name, at
	}
	return of[i], x.value("name"), x.first()
}

// value is the cell of a key of the record.
func (x *rowReader) value(key string) string {
	for j := range x.matched.design.columns {
		if c := &x.matched.design.columns[j]; len(c.path) == 1 && c.path[0] == key {
			text, _ := x.text(j)
			return text
		}
	}
	return ""
}

// descend finds the line that the row is about, in the record as it is; a line that is not there becomes a new one.
func (x *rowReader) descend() bool {
	d := x.matched.design
	x.path = x.address.prefixOf(d)
	x.node = any(x.state.tree)
	if len(x.path) > 0 {
		x.node = lookup(x.node, x.path...)
	}
	x.isNew = x.state.file == nil && len(d.list) == 0
	for i, list := range d.list {
		key := strings.Split(list, ".")
		elements, _ := listOf(lookup(x.node, key...))
		member := x.address.members[i]
		x.path = append(x.path, key...)
		at := strings.Join(x.path, "\x00")
		index := -1
		if member != "" {
			if index = locate(elements, member); index < 0 {
				if n, ok := x.state.lengths[at+"\x00"+member]; ok {
					index = n // a row above has added it
				}
			}
		}
		if index >= 0 {
			x.node = nil
			if index < len(elements) {
				x.node = elements[index]
			}
			x.path = append(x.path, strconv.Itoa(index))
			continue
		}
		if i < len(d.list)-1 || strings.HasPrefix(member, "#") {
			x.refuse(x.memberColumn(i), refuse("row-record", fmt.Sprintf("没有“%s”这一条", member), "there is no such line: "+member, "先在上一级的表里加这一条；新加的写新编号", "add it in the sheet above first"))
			return false
		}
		n, ok := x.state.lengths[at]
		if !ok {
			n = len(elements)
		}
		x.isNew, x.node = true, nil
		x.path = append(x.path, strconv.Itoa(n))
	}
	return true
}

func (x *rowReader) memberColumn(i int) int {
	if all := x.matched.design.find(identMember); i < len(all) {
		_, at := x.text(all[i])
		return at
	}
	return -1
}

// prefixOf is prefix, empty where overrides name no member.
func (a *address) prefixOf(d *design) []string {
	if d.members != "" && (len(a.members) == 0 || a.members[0] == "") {
		return nil
	}
	return a.prefix(d)
}

// deletes takes the line away where the row says so.
func (x *rowReader) deletes() bool {
	for _, i := range x.matched.design.find(identAct) {
		text, at := x.text(i)
		if text == "" {
			continue
		}
		switch {
		case text != wordDelete:
			x.refuse(at, refuse("cell-value", "“操作”只能写“删除”："+text, "the only act is 删除", "", ""))
		case x.isNew || x.node == nil:
			x.refuse(at, refuse("row-record", "要删除的这一条不在记录里", "the line to be removed is not there", "", ""))
		default:
			x.edit(x.path, nil, at)
		}
		return true
	}
	return false
}

// edit adds a change of the record, unless another cell changes the same key.
func (x *rowReader) edit(path []string, v any, at int) {
	place := x.row.Place
	place.Column = at
	key := x.file + "\x00" + strings.Join(path, "\x00")
	if first, ok := x.plan.set[key]; ok {
		x.refuse(at, refuse("row-twice", "同一份记录的同一项写了两次，前面在 "+first.position().String(), "the same key is set twice, first at "+first.position().String(), "只留一处", "keep one"))
		return
	}
	x.plan.set[key] = place
	x.row.Edits = append(x.row.Edits, Edit{File: x.file, Path: slices.Clone(path), Value: v, Place: place})
}

// changed is a cell that says something else than the record.
type changed struct {
	column *column
	at     int
	value  any // nil removes
}

// cells compares the cells with the values of the record.
func (x *rowReader) cells() (out []changed) {
	d := x.matched.design
	for i := range d.columns {
		c := &d.columns[i]
		if c.ident != notIdent {
			continue
		}
		if v, at, ok := x.cell(i, x.writer.text(lookup(x.node, c.path...), c)); ok {
			out = append(out, changed{c, at, v})
		}
	}
	return out
}

var (
	exponent = regexp.MustCompile(`^[0-9](\.[0-9]+)?[eE]\+[0-9]+$`)
	failed   = []string{"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"}
)

// cell reads the cell of a column that the record has a text for, and reports whether it says something else; a cell that cannot be
// taken is a problem.
func (x *rowReader) cell(i int, now string) (v any, at int, ok bool) {
	c := &x.matched.design.columns[i]
	text, at := x.text(i)
	switch {
	case at < 0 || text == tidy(now):
		return nil, at, false
	case text == "" && x.matched.sheet.Formula(x.raw.Number, at):
		x.refuse(at, refuse("cell-formula", "这一格是公式，没有结果", "the cell is a formula without a result", "写上真正的内容", "write the value"))
		return nil, at, false
	case text == "":
		x.matched.emptied(table.CellName(x.raw.Number-1, at))
		return nil, at, false
	}
	lines := c.form == formTexts || c.form >= formLimits || c.key.Markdown || strings.Contains(now, "\n")
	cleaned := clean(text, lines)
	if cleaned == clean(now, lines) {
		return nil, at, false
	}
	if c.locked {
		x.refuse(at, refuse("cell-locked", fmt.Sprintf("“%s”是灰格，不能改：应当是 %s", c.title, short(now)), "a grey cell cannot be changed", "改回去；觉得全省标准不对，请向省里提修改", "put it back; propose a change of the standard instead"))
		return nil, at, false
	}
	if bad := x.suspicious(at, text, c); bad != nil {
		x.refuse(at, bad)
		return nil, at, false
	}
	if cleaned == wordClear {
		return nil, at, now != ""
	}
	v, bad := x.reader.value(cleaned, c)
	if bad != nil {
		x.refuse(at, bad)
		return nil, at, false
	}
	if x.writer.text(valueTree(v), c) == now {
		return nil, at, false
	}
	return v, at, true
}

// suspicious refuses what a table program made of a text, and rows that nobody sees.
func (x *rowReader) suspicious(at int, text string, c *column) *refusal {
	s, n := x.matched.sheet, x.raw.Number
	switch {
	case x.raw.Hidden:
		return refuse("cell-hidden", "这一行是隐藏的，里面有修改", "a hidden row has a change", "取消隐藏，看清楚再交", "show the row and look at it")
	case slices.Contains(failed, text):
		return refuse("cell-formula", "公式出错了："+text, "a formula has failed: "+text, "写上真正的内容", "write the value")
	case s.Formula(n, at):
		return refuse("cell-formula", "这一格是公式，结果是 "+short(text), "the cell is a formula", "复制这一格，用“选择性粘贴 → 数值”贴回来", "paste its value")
	case exponent.MatchString(half(text)):
		return digits(text)
	case len(text) > 15 && c.form == formText && isDigits(text) && s.Number(n, at):
		return digits(text)
	}
	return nil
}

// short is a text for a message.
func short(s string) string {
	runes := []rune(strings.ReplaceAll(s, "\n", "；"))
	if len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	if len(runes) == 0 {
		return "空的"
	}
	return string(runes)
}

// change makes edits of the cells that changed.
func (x *rowReader) change(cells []changed) {
	d := x.matched.design
	if d.members != "" && (len(x.address.members) == 0 || x.address.members[0] == "" || x.address.part == "") {
		if len(cells) > 0 {
			x.refuse(x.memberColumn(0), refuse("row-record", "没有写是哪一个业务办理项的哪一条", "the row does not say which line of which procedure", "补上业务办理项编号和编号", "fill in both"))
		}
		return
	}
	if x.isNew && len(d.list) > 0 {
		x.add(cells)
		return
	}
	if x.state.file == nil && d.kind == record.KindDivision && len(x.state.tree) == 0 && len(cells) > 0 {
		x.edit([]string{"id"}, x.address.ids[0], x.first())
	}
	x.fold(cells)
}

// add makes a new line of a list.
func (x *rowReader) add(cells []changed) {
	d := x.matched.design
	var t tomlfile.Table
	member := x.address.members[len(x.address.members)-1]
	at := x.memberColumn(len(x.address.members) - 1)
	for _, c := range cells {
		if c.value != nil {
			t = put(t, c.column.path, c.value)
		}
	}
	material, _ := lookup(valueTree(t), "material").(string)
	switch {
	case len(t) == 0 && member == "" || x.row.Refused():
		return // only ids: nothing to add; or the cells have problems of their own
	case member != "" && hasID(d.kind, d.list) && member != material:
		t = append(tomlfile.Table{{Key: "id", Value: member}}, t...)
	case member == "" && material == "" && hasID(d.kind, d.list):
		x.refuse(at, refuse("row-record", "新加的一条没有编号", "the new line has no id", "写一个编号：小写字母、数字和连字符，选定后不再变", "write an id"))
		return
	}
	list := x.path[:len(x.path)-1]
	key := strings.Join(list, "\x00")
	n, _ := strconv.Atoi(x.path[len(x.path)-1])
	if _, stated := x.state.lengths[key]; n == 0 && !stated && lookup(x.state.tree, list...) == nil {
		// The first line makes the list.
		var v any = []any{t}
		if len(d.columns) > len(d.list)+6 {
			v = tomlfile.Tables{t}
		}
		x.edit(list, v, at)
	} else {
		x.edit(x.path, t, at)
	}
	x.state.lengths[key] = n + 1
	if member == "" {
		member = material
	}
	x.state.lengths[key+"\x00"+member] = n
}

// put sets a value in a table at a path.
func put(t tomlfile.Table, path []string, v any) tomlfile.Table {
	if len(path) == 1 {
		return append(t, tomlfile.Member{Key: path[0], Value: v})
	}
	for i := range t {
		if inner, ok := t[i].Value.(tomlfile.Table); ok && t[i].Key == path[0] {
			t[i].Value = put(inner, path[1:], v)
			return t
		}
	}
	return append(t, tomlfile.Member{Key: path[0], Value: put(nil, path[1:], v)})
}

// fold makes edits of cells: those of a table that is not there yet come together, and a table whose last key goes, goes.
func (x *rowReader) fold(cells []changed) {
	tables := map[string]tomlfile.Table{}
	first := map[string]int{}
	var order []string
	for _, c := range cells {
		top := c.column.path[0]
		if len(c.column.path) == 1 {
			x.edit(append(slices.Clip(x.path), top), c.value, c.at)
			continue
		}
		whole, stands := lookup(x.node, top).(map[string]any)
		switch {
		case !stands && c.value != nil:
			if tables[top] == nil {
				order = append(order, top)
				first[top] = c.at
			}
			tables[top] = put(tables[top], c.column.path[1:], c.value)
		case stands && x.emptied(whole, top, cells):
			x.once(append(slices.Clip(x.path), top), c.at)
		case stands:
			x.edit(append(slices.Clip(x.path), c.column.path...), c.value, c.at)
		}
	}
	for _, top := range order {
		x.edit(append(slices.Clip(x.path), top), tables[top], first[top])
	}
}

// emptied reports whether the cells clear every key that a table has, and set none.
func (x *rowReader) emptied(whole map[string]any, top string, cells []changed) bool {
	left := len(whole)
	for _, c := range cells {
		if c.column.path[0] != top {
			continue
		}
		if c.value != nil || len(c.column.path) != 2 {
			return false
		}
		left--
	}
	return left == 0
}

// once removes a table, for the first of its cells that says so.
func (x *rowReader) once(path []string, at int) {
	for _, e := range x.row.Edits {
		if slices.Equal(e.Path, path) {
			return
		}
	}
	x.edit(path, nil, at)
}

// valueTree turns a value of an edit into what TOML would read of it.
func valueTree(v any) any {
	switch v := v.(type) {
	case tomlfile.Table:
		out := map[string]any{}
		for _, m := range v {
			out[m.Key] = valueTree(m.Value)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, m := range v {
			out[i] = valueTree(m)
		}
		return out
	case int:
		return int64(v)
	case tomlfile.Literal:
		if d, err := record.ParseDate(string(v)); err == nil {
			return d.Time()
		}
		return string(v)
	}
	return v
}
