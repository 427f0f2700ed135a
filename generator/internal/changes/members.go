package changes

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/record"
)

// members adds a list of tables: one leaf for each member's existence and then its keys. A member is known by its id or by what
// it is about; only nameless ones count by position.
func (l *leaves) members(f reflect.Value, a at) {
	for i := range f.Len() {
		v := f.Index(i)
		id, name := l.identify(v.Addr().Interface(), a.plain)
		if id == "" {
			id = fmt.Sprint(i + 1)
		}
		m := l.member(a, id, name)
		n, _ := l.find(m.key)
		x := &l.all[n]
		x.value = v.Addr().Interface()
		x.text = shown(x.value, name, x.text)
		l.walk(v, m)
	}
}

// identify returns by what a list member is known through all its states, and what people call it.
func (l *leaves) identify(member any, plain string) (id, name string) {
	switch m := member.(type) {
	case *record.MaterialUse:
		return m.Key(), l.material(m)
	case *record.Phone:
		return m.Kind, strings.TrimSuffix(m.Kind, "电话") + "电话"
	case *record.Place:
		return m.Hall, cmp.Or(l.nameOf("hall", m.Hall), m.Hall)
	case *record.Hours:
		return m.Days + m.Season, join("", m.Days, m.Season)
	case *record.Authority:
		if len(m.When) == 0 {
			return "all", "所有情形"
		}
		return l.rawWhen(m.When), l.when(m.When)
	case *record.Transfer:
		return strings.Trim(m.Kind+"-"+m.To+"-"+m.Date.String(), "-"), m.Kind
	case *record.Referral:
		return m.To, l.nameOf("division", m.To)
	case *record.BundleStep:
		return strings.TrimSuffix(m.Item+"/"+m.Procedure, "/"), l.state.name(record.KindItem, m.Item)
	case *record.Result:
		return cmp.Or(m.ID, m.Certificate, m.Name), cmp.Or(m.Name, l.nameOf("certificate", m.Certificate))
	case *record.Relation:
		return cmp.Or(m.ID, m.Item), cmp.Or(m.Text, l.nameOf("item", m.Item))
	}
	return l.generic(reflect.ValueOf(member).Elem(), plain)
}

// shown is the text of a member when it comes or goes, where its name does not say enough.
func shown(member any, name, otherwise string) string {
	switch m := member.(type) {
	case *record.Phone:
		return join(" ", name, m.Number)
	case *record.Hours:
		return join(" ", name, strings.Join(m.Open, "、"))
	}
	return otherwise
}

// The keys by which members are usually known, and by which people call them; the first that is stated counts.
var (
	idKeys   = []string{"id", "no", "who", "item", "number", "kind"}
	nameKeys = []string{"name", "no", "q", "question", "text", "label", "title", "what", "who", "kind"}
)

// generic finds id and name of a member by the keys that members usually have.
func (l *leaves) generic(m reflect.Value, plain string) (id, name string) {
	keys := keysOf(m.Type())
	stated := func(names ...string) string {
		for _, name := range names {
			for _, k := range keys {
				if k.name == name && m.Field(k.index).Kind() == reflect.String && m.Field(k.index).Len() > 0 {
					return m.Field(k.index).String()
				}
			}
		}
		return ""
	}
	id, name = stated(idKeys...), stated(nameKeys...)
	if name == "" {
		if item := stated("item"); item != "" {
			name = l.nameOf("item", item)
		}
	}
	return id, name
}

// material is what people call a paper: its name in the library.
func (l *leaves) material(m *record.MaterialUse) string {
	return cmp.Or(l.state.name(record.KindMaterial, m.Material), m.Material)
}

// limit is a limit with everything that people see of it.
func (l *leaves) limit(x record.Limit) string {
	var more []string
	if x.Extension > 0 {
		e := record.Limit{Value: x.Extension, Unit: x.Unit}.String()
		if x.Unit == record.UnitDay {
			e = strconv.Itoa(x.Extension) + " 日"
		}
		more = append(more, "可延长 "+e)
	}
	if x.Note != "" {
		more = append(more, x.Note)
	}
	if len(more) == 0 {
		return x.String()
	}
	return x.String() + "（" + strings.Join(more, "，") + "）"
}

// limits prints a list of limits; those that hold only in some cases say in which.
func (l *leaves) limits(list []record.Limit) string {
	if len(list) == 0 {
		return "法律法规未规定期限"
	}
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = l.limit(x)
		if len(x.When) > 0 {
			parts[i] = l.when(x.When) + "：" + parts[i]
		}
	}
	return strings.Join(parts, "；")
}

// rawLimits is a list of limits as written.
func (l *leaves) rawLimits(list []record.Limit) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = fmt.Sprintf("%d %s %d %q %t %s", x.Value, x.Unit, x.Extension, x.Note, x.AsWritten, l.rawWhen(x.When))
	}
	return strings.Join(parts, ";")
}

// when says in which case something holds: the answers, in the order of the questions.
func (l *leaves) when(w record.When) string {
	var parts []string
	told := map[string]bool{}
	for _, c := range l.cases {
		options, ok := w[c.ID]
		if !ok {
			continue
		}
		told[c.ID] = true
		var labels []string
		for _, o := range c.Options {
			if slices.Contains(options, o.ID) {
				labels = append(labels, o.Label)
			}
		}
		parts = append(parts, strings.Join(labels, "或者"))
	}
	var unknown []string
	for q, options := range w {
		if !told[q] {
			unknown = append(unknown, q+"："+strings.Join(options, "、"))
		}
	}
	slices.Sort(unknown)
	return strings.Join(append(parts, unknown...), "，")
}

// rawWhen is a case as an id.
func (l *leaves) rawWhen(w record.When) string {
	var parts []string
	for q, options := range w {
		parts = append(parts, q+"="+strings.Join(slices.Sorted(slices.Values(options)), "|"))
	}
	slices.Sort(parts)
	return strings.Join(parts, "&")
}

// basis returns legal grounds in words and as written.
func (l *leaves) basis(list []record.Basis) (names, raw []string) {
	for _, b := range list {
		name := cmp.Or(l.state.name(record.KindLaw, b.Law), b.Law) + b.Article
		if b.Note != "" {
			name += "（" + b.Note + "）"
		}
		names = append(names, name)
		raw = append(raw, b.Law+" "+b.Article+" "+b.Note)
	}
	return names, raw
}

// suspension is when and why something cannot be handled, and where it can.
func (l *leaves) suspension(s *record.Suspension) string {
	text := ""
	switch {
	case s.From != 0 && s.To != 0:
		text = s.From.Han() + "至" + s.To.Han()
	case s.From != 0:
		text = s.From.Han() + "起"
	case s.To != 0:
		text = "至" + s.To.Han()
	}
	text = join("，", text, s.Reason, strings.TrimSuffix(s.Instead, "。"))
	if s.Document != "" {
		text = join("，", text, cmp.Or(l.nameOf("document", s.Document), s.Document))
	}
	return text
}

// join joins what is not empty.
func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}
