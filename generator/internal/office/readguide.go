package office

import (
	"fmt"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/tomlfile"
)

// readGuide reads a row of the clerk's sheet: what differs from the guide becomes an edit of the record of its place.
func (x *rowReader) readGuide() {
	d := x.matched.design
	g := x.plan.records.guide(x.address.ids, x.address.part)
	if g == nil {
		x.refuse(x.first(), refuse("row-record", fmt.Sprintf("%s 没有办事指南 %s %s", x.address.ids[0], x.address.ids[1], x.address.part), "the place has no such guide",
			"区划编号、事项编号、业务办理项编号不要改；新的指南在事项表里加", "do not change the ids"))
		return
	}
	x.row.Title = g.Division.Name + " " + g.Item.Name + " " + g.Procedure.Name
	document, from, ok := x.ground()
	if !ok {
		return
	}
	texts := x.plan.records.guideTexts(d, g)
	var cells []changed
	for i := range d.columns {
		if c := &d.columns[i]; c.ident == notIdent {
			if v, at, ok := x.cell(i, texts[i]); ok {
				cells = append(cells, changed{c, at, v})
			}
		}
	}
	if len(cells) == 0 || x.row.Refused() {
		return
	}
	x.openRecord(from)
	x.guideEdits(g, cells)
	if document != "" {
		x.event(document, from)
	}
}

// ground reads the document on which the changes of a row rest, and the day from which they hold.
func (x *rowReader) ground() (document string, from record.Date, ok bool) {
	d := x.matched.design
	i := d.find(identDocument)[0]
	if text, at := x.text(i); text != "" {
		v, bad := x.reader.id(clean(text, false), "document")
		if bad != nil {
			bad.hint.ZH = "先在 data/documents/ 里登记这份文件（banshi new document），再写它的文号"
			x.refuse(at, bad)
			return "", 0, false
		}
		document = v.(string)
	}
	if text, at := x.text(d.find(identEffective)[0]); text != "" {
		v, bad := x.reader.date(text)
		if bad != nil {
			x.refuse(at, bad)
			return "", 0, false
		}
		from, _ = record.ParseDate(string(v.(tomlfile.Literal)))
	}
	return document, from, true
}

// openRecord opens the record of the place: the present one, or with a day in the future a version that is written ahead.
func (x *rowReader) openRecord(from record.Date) {
	a := address{ids: x.address.ids}
	present := a.path(record.KindImplementation)
	x.file = present
	if from > x.plan.records.Catalog.AsOf {
		a.from = from.String()
		x.file = a.path(record.KindImplementation)
	}
	x.state = x.plan.state(x.file, record.KindImplementation, a.ids, present)
}

// guideEdits writes each value where the record has it already: at the top, or for one procedure of several in its own part. A value
// that is what the place would inherit is removed instead.
func (x *rowReader) guideEdits(g *catalog.Guide, cells []changed) {
	inherited := x.plan.records.inherited(g)
	alone := 0
	for _, p := range g.Item.Procedures {
		if p.Current {
			alone++
		}
	}
	part := []string{"procedure", g.Procedure.No}
	groups := map[bool][]changed{}
	for _, c := range cells {
		own := lookup(x.state.tree, append(slices.Clone(part), c.column.path...)...) != nil
		top := lookup(x.state.tree, c.column.path...) != nil
		inPart := own || alone > 1
		same := c.value != nil && x.writer.text(valueTree(c.value), c.column) == x.writer.text(lookup(inherited, c.column.path...), c.column)
		switch {
		case same && (own || top && alone == 1):
			c.value = nil
		case c.value == nil && !own && !(top && alone == 1):
			x.refuse(c.at, refuse("cell-locked", fmt.Sprintf("“%s”不是这里定的，不能在这里清空", c.column.title), "the value is not set here and cannot be removed here",
				"全省标准或上级定的；改成更方便的可以，去掉不行", "it comes from the standard or the place above"))
			continue
		}
		groups[inPart] = append(groups[inPart], c)
	}
	for _, inPart := range []bool{false, true} {
		x.path, x.node = nil, any(x.state.tree)
		if inPart {
			x.path = part
			x.node = lookup(x.state.tree, part...)
		}
		x.fold(groups[inPart])
	}
}

// event says in the record on which document the changes rest.
func (x *rowReader) event(document string, from record.Date) {
	day := from
	if day == 0 {
		day = x.plan.records.Catalog.AsOf
	}
	elements, _ := listOf(x.state.tree["events"])
	for _, e := range elements {
		if lookup(e, "document") == document && fmt.Sprint(lookup(e, "date")) == fmt.Sprint(day.Time()) {
			return
		}
	}
	at := strings.Join([]string{x.file, "events", document, day.String()}, "\x00")
	if _, ok := x.plan.set[at]; ok {
		return // another row of the item said it
	}
	_, column := x.text(x.matched.design.find(identDocument)[0])
	t := tomlfile.Table{{Key: "date", Value: tomlfile.Literal(day.String())}, {Key: "kind", Value: "变更"}, {Key: "document", Value: document}}
	x.isNew, x.path, x.node = true, nil, nil
	n, ok := x.state.lengths["events"]
	if !ok {
		n = len(elements)
	}
	if n == 0 && elements == nil {
		x.edit([]string{"events"}, tomlfile.Tables{t}, column)
	} else {
		x.edit([]string{"events", fmt.Sprint(n)}, t, column)
	}
	x.state.lengths["events"] = n + 1
	x.plan.set[at] = x.row.Place
}
