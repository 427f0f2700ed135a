package dump

import (
	"iter"
	"reflect"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// The tables are the same records as the JSON Lines, cut into rows for spreadsheets and databases. What a standard says in a list
// of objects (materials, steps, fees) has a row there a member, once a procedure and not once a place. What a place says otherwise
// is in the table locals, key by key, to be laid over the table standards: the same three lines as with JSON.

// tables returns all tables, in the order in which a reader meets them.
func (x *exporter) tables() []*table.Table {
	return append([]*table.Table{
		x.itemTable(), x.procedureTable(), x.guideTable(x.Catalog.Divisions), x.standardTable(), x.localTable(),
		lines(x, "limits", "时限", "Limits", x.limits),
		lines(x, "materials", "材料", "Materials", x.materials),
		lines(x, "steps", "环节", "Steps", func(p *catalog.Procedure) []record.Step { return plainSteps(p.Process) }),
		lines(x, "legal_bases", "设定依据", "Legal bases", x.bases),
		lines(x, "conditions", "受理条件", "Conditions", func(p *catalog.Procedure) []record.Condition { return p.Scope.Conditions }),
		lines(x, "options", "情形", "Cases", options),
		lines(x, "fees", "收费项目", "Fees", fees),
		lines(x, "other_costs", "其他费用", "Other costs", func(p *catalog.Procedure) []record.OtherCost { return p.Cost.OtherCosts }),
		lines(x, "results", "办理结果", "Results", func(p *catalog.Procedure) []record.Result { return p.Outcome.Results }),
		lines(x, "special_procedures", "特别程序", "Special procedures", func(p *catalog.Procedure) []record.SpecialProcedure { return p.Timing.SpecialProcedures }),
		lines(x, "deadlines", "申请期限", "Deadlines", func(p *catalog.Procedure) []record.Deadline { return p.Timing.ApplyBy }),
		lines(x, "not_needed", "不用办的情形", "Not needed", func(p *catalog.Procedure) []record.NotNeeded { return p.Scope.NotNeeded }),
		lines(x, "faqs", "常见问题", "Questions", func(p *catalog.Procedure) []record.QA { return p.Questions.FAQ }),
	}, append(x.placeTables(), x.libraryTables()...)...)
}

// lineView is a member of a list with the procedure it is of.
type lineView[T any] struct {
	Procedure string
	Position  int
	Member    T
}

// scopes are the places in the table of keys of the types that are rows.
var scopes = map[reflect.Type]scope{
	reflect.TypeFor[record.MaterialUse](): {record.KindProcedure, "materials"},
	reflect.TypeFor[record.Step]():        {record.KindProcedure, "steps"},
	reflect.TypeFor[record.Condition]():   {record.KindProcedure, "conditions"},
	reflect.TypeFor[record.FeeItem]():     {record.KindProcedure, "fee.items"},
	reflect.TypeFor[record.OtherCost]():   {record.KindProcedure, "other_costs"},
	reflect.TypeFor[record.Result]():      {record.KindProcedure, "results"},
	reflect.TypeFor[record.QA]():          {record.KindProcedure, "faq"},

	reflect.TypeFor[record.SpecialProcedure](): {record.KindProcedure, "special_procedures"},
	reflect.TypeFor[record.Deadline]():         {record.KindProcedure, "apply_by"},
	reflect.TypeFor[record.NotNeeded]():        {record.KindProcedure, "not_needed"},
}

// viewColumns are the columns of a type of rows, from its pointer.
func viewColumns[T any](x *exporter, skip ...string) []column[*T] {
	return typeColumns[T](x, scopes[reflect.TypeFor[T]()], skip...)
}

func typeColumns[T any](x *exporter, at scope, skip ...string) []column[*T] {
	var out []column[*T]
	for _, c := range x.plan.columnsOf(reflect.TypeFor[T](), at, skip...) {
		out = append(out, column[*T]{c.Column, func(v *T) table.Value { return c.value(reflect.ValueOf(v).Elem()) }})
	}
	return out
}

// procedureID is how a procedure is called in tables: its item and its number.
func procedureID(p *catalog.Procedure) string { return p.Item.ID + "/" + p.No }

// lines makes a table of the members of a list of every standard.
func lines[T any](x *exporter, name, title, titleEN string, of func(*catalog.Procedure) []T) *table.Table {
	columns := []column[*lineView[T]]{
		{table.Column{Name: "procedure", Title: "业务办理项", TitleEN: "Procedure", Required: true}, func(l *lineView[T]) table.Value { return table.TextOf(l.Procedure) }},
		{table.Column{Name: "position", Kind: table.Integer, Title: "顺序", TitleEN: "Position", Required: true}, func(l *lineView[T]) table.Value { return table.IntegerOf(l.Position) }},
	}
	var skip []string
	if f, ok := reflect.TypeFor[T]().FieldByName("Basis"); ok && f.Type.Kind() == reflect.Slice {
		skip = []string{"basis"} // legal_bases has them
	}
	for _, c := range viewColumns[T](x, skip...) {
		columns = append(columns, column[*lineView[T]]{c.Column, func(l *lineView[T]) table.Value { return c.value(&l.Member) }})
	}
	t := tableOf(name, title, titleEN, []string{"procedure", "position"}, columns, func(yield func(*lineView[T]) bool) {
		for p := range x.procedureList() {
			for n, m := range of(p) {
				if !yield(&lineView[T]{procedureID(p), n + 1, m}) {
					return
				}
			}
		}
	})
	t.References = []table.Reference{{Column: "procedure", Table: "procedures", To: "id"}}
	return t
}

// procedureList gives every procedure of every item that is published.
func (x *exporter) procedureList() iter.Seq[*catalog.Procedure] {
	return func(yield func(*catalog.Procedure) bool) {
		for _, i := range x.Items {
			for _, p := range i.Procedures {
				if !yield(p) {
					return
				}
			}
		}
	}
}

func (x *exporter) itemTable() *table.Table {
	columns := viewColumns[itemRow](x, "basis", "procedures")
	return tableOf("items", "事项", "Items", []string{"id"}, columns, func(yield func(*itemRow) bool) {
		for _, i := range x.Items {
			if !yield(x.item(i)) {
				return
			}
		}
	})
}

func (x *exporter) procedureTable() *table.Table {
	columns := viewColumns[procedureLine](x)
	t := tableOf("procedures", "业务办理项", "Procedures", []string{"id"}, columns, func(yield func(*procedureLine) bool) {
		for p := range x.procedureList() {
			if !yield(&procedureLine{procedureID(p), p.Item.ID, p.No, p.File.Path, p.Current, p.Procedure}) {
				return
			}
		}
	})
	t.References = []table.Reference{{Column: "item", Table: "items", To: "id"}}
	return t
}

// procedureLine is a row of procedures.
type procedureLine struct {
	ID                string `json:"id,always" doc:"编号 / Id"`
	Item              string `json:"item,always" ref:"item" doc:"事项 / Item"`
	No                string `json:"no,always" doc:"序号 / Number"`
	Record            string `json:"record,always" doc:"记录文件 / Record"`
	Current           bool   `json:"current" doc:"在办 / In force"`
	*record.Procedure `rows:"procedure" skip:"Standard"`
}

// keyLine is a row of standards and of locals: one key with its whole value.
type keyLine struct {
	owner, key, record string
	value              []byte
}

func keyColumns(owner, title, titleEN string) []column[*keyLine] {
	return []column[*keyLine]{
		{table.Column{Name: owner, Title: title, TitleEN: titleEN, Required: true}, func(l *keyLine) table.Value { return table.TextOf(l.owner) }},
		{table.Column{Name: "key", Title: "键", TitleEN: "Key", Required: true}, func(l *keyLine) table.Value { return table.TextOf(l.key) }},
		// null is a value here: a place may state nothing where the standard does. As JSON text it is the word null.
		{table.Column{Name: "value", Kind: table.JSON, Title: "值", TitleEN: "Value", Required: true, Distinct: true}, func(l *keyLine) table.Value { return table.JSONText(string(l.value)) }},
	}
}

// standardTable has every key of every standard with its value as in the JSON.
func (x *exporter) standardTable() *table.Table {
	keys := x.plan.standardKeys()
	t := tableOf("standards", "办理标准", "Standards", []string{"procedure", "key"}, keyColumns("procedure", "业务办理项", "Procedure"), func(yield func(*keyLine) bool) {
		for p := range x.procedureList() {
			for i := range keys {
				if !yield(&keyLine{owner: procedureID(p), key: keys[i].name, value: keys[i].node.write(nil, keys[i].value(&p.Sections))}) {
					return
				}
			}
		}
	})
	t.References = []table.Reference{{Column: "procedure", Table: "procedures", To: "id"}}
	return t
}

// localTable has every key that differs from its standard in a guide.
func (x *exporter) localTable() *table.Table {
	differences := x.plan.differences()
	t := tableOf("locals", "本地不同之处", "Local differences", []string{"guide", "key"}, keyColumns("guide", "指南", "Guide"), func(yield func(*keyLine) bool) {
		for _, g := range x.Catalog.Guides {
			l := &keyLine{owner: guideID(g)}
			for _, i := range differences.of(g) {
				l.key, l.value = differences.name(i), differences.append(l.value[:0], i, g)
				if !yield(l) {
					return
				}
			}
		}
	})
	t.References = []table.Reference{{Column: "guide", Table: "guides", To: "id"}}
	return t
}

func plainSteps(p *catalog.Process) []record.Step {
	out := make([]record.Step, len(p.Steps))
	for i, s := range p.Steps {
		out[i] = *s.Step
	}
	return out
}

// materials are the lines of a standard, each with the id by which it is addressed.
func (x *exporter) materials(p *catalog.Procedure) []record.MaterialUse {
	out := make([]record.MaterialUse, len(p.Papers.Lines))
	for i, l := range p.Papers.Lines {
		out[i] = *l.MaterialUse
		out[i].ID = l.Key()
	}
	return out
}

func fees(p *catalog.Procedure) []record.FeeItem {
	if p.Cost.Fee == nil {
		return nil
	}
	return p.Cost.Fee.Items
}

// limitLine is one limit of a standard.
type limitLine struct {
	Kind         string `json:"kind,always" doc:"legal_limit 法定，promise 承诺 / legal_limit or promise"`
	record.Limit `rows:"procedure:promise"`
}

func (x *exporter) limits(p *catalog.Procedure) []limitLine {
	var out []limitLine
	for _, l := range p.Timing.LegalLimit {
		out = append(out, limitLine{"legal_limit", l})
	}
	for _, l := range p.Timing.Promise {
		out = append(out, limitLine{"promise", l})
	}
	return out
}

// basisLine is one legal ground: of the item, or of a member of the procedure.
type basisLine struct {
	Of           string `json:"of,always" doc:"依据什么的：item、materials、special_procedures、not_needed / what it is the basis of"`
	Member       string `json:"member" doc:"成员编号 / Member"`
	record.Basis `rows:"item:basis"`
}

// bases lists the grounds of the item at each of its procedures, so that a procedure's rows are all it rests on.
func (x *exporter) bases(p *catalog.Procedure) []basisLine {
	var out []basisLine
	add := func(of, member string, bases []record.Basis) {
		for _, b := range bases {
			out = append(out, basisLine{of, member, b})
		}
	}
	add("item", "", p.Item.Basis)
	for _, l := range p.Papers.Lines {
		add("materials", l.Key(), l.Basis)
	}
	for i := range p.Timing.SpecialProcedures {
		s := &p.Timing.SpecialProcedures[i]
		add("special_procedures", s.ID, s.Basis)
	}
	for i := range p.Scope.NotNeeded {
		n := &p.Scope.NotNeeded[i]
		add("not_needed", n.ID, n.Basis)
	}
	return out
}

// optionLine is one answer to one question.
type optionLine struct {
	Case     string `json:"case,always" doc:"问题编号 / Question id"`
	Question string `json:"question" doc:"问题 / Question"`
	ID       string `json:"id,always" doc:"选项编号 / Option id"`
	Label    string `json:"label" doc:"选项 / Option"`
}

func options(p *catalog.Procedure) []optionLine {
	var out []optionLine
	for _, c := range p.Scope.Cases {
		for _, o := range c.Options {
			out = append(out, optionLine{c.ID, c.Question, o.ID, o.Label})
		}
	}
	return out
}
