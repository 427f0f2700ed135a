package changes

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"banshi/generator/internal/record"
)

// units of bare numbers.
var units = map[string]string{"visits": "次", "materials.originals": "份", "materials.copies": "份"}

// whole adds a value that is told as one thing though it has several keys, and reports whether it was one.
func (l *leaves) whole(value any, a at) bool {
	text := ""
	switch v := value.(type) {
	case []record.Limit:
		l.leaf(a, l.limits(v), l.rawLimits(v), v)
		return true
	case record.Limit:
		text = l.limit(v)
	case *record.Limit:
		return l.whole(*v, a)
	case *record.TotalPromise:
		text = record.Limit{Value: v.Value, Unit: v.Unit, Note: v.Note}.String()
	case *record.Amount:
		l.amount(v, a)
		return true
	case record.When:
		l.leaf(a, l.when(v), l.rawWhen(v), v)
		return true
	case []record.Basis:
		names, raw := l.basis(v)
		l.list(a, names, raw)
		return true
	case record.Date:
		text = v.Han()
	case []record.Period:
		parts := make([]string, len(v))
		for i, p := range v {
			parts[i] = p.From.Han() + "至" + p.To.Han()
			if p.Note != "" {
				parts[i] += "（" + p.Note + "）"
			}
		}
		l.list(a, parts, parts)
		return true
	case *record.Suspension:
		text = l.suspension(v)
	case *record.Location:
		text = fmt.Sprintf("%g，%g", v.Lat, v.Lon)
	default:
		return false
	}
	l.leaf(a, text, text, value)
	return true
}

// list adds a list whose order means nothing. The raw values decide, the names are shown.
func (l *leaves) list(a at, names, raw []string) {
	sorted := slices.Sorted(slices.Values(raw))
	text := strings.Join(names, "、")
	if len(names) == 0 {
		text = "没有"
	}
	l.leaf(a, text, strings.Join(sorted, "\x00")+"\x00", names)
}

// amount adds a sum as one value, and its day, document and case as keys of their own.
func (l *leaves) amount(m *record.Amount, a at) {
	text := strings.TrimSpace(m.Value + " " + m.Unit)
	l.leaf(a, text, text, m)
	rest := *m
	rest.Value, rest.Unit = "", ""
	l.walk(reflect.ValueOf(&rest).Elem(), a)
}

// names returns the values of a key in words; where they are ids of records, the records' names.
func (l *leaves) names(plain string, values []string) []string {
	k, _ := l.keyOf(plain)
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = cmp.Or(l.nameOf(k.Ref, v), v)
	}
	return out
}

// named is names for one value.
func (l *leaves) named(plain, value string) string {
	k, _ := l.keyOf(plain)
	return cmp.Or(l.nameOf(k.Ref, value), value)
}

// nameOf returns what people call the record, or the body or hall of the place, that a key refers to; "" for anything else.
func (l *leaves) nameOf(ref, id string) string {
	switch ref {
	case "":
		return ""
	case "hall":
		if l.place != nil {
			if h := l.place.Hall(id); h != nil {
				return h.Name
			}
		}
	case "org":
		if l.place != nil {
			if o := l.place.Org(id); o != nil {
				return o.Name
			}
		}
	case "procedure", "topic", "target":
	default:
		return l.state.name(record.Kind(ref), id)
	}
	return ""
}

// keyOf returns the row of a key; what an implementation may override has its row with the procedure.
func (l *leaves) keyOf(plain string) (record.Key, bool) {
	switch plain { // a single paper or step of a place has its row by that name
	case "materials.drop":
		return record.KeyOf(record.KindImplementation, "material.drop")
	case "steps.drop":
		return record.KeyOf(record.KindImplementation, "step.drop")
	}
	k, ok := record.KeyOf(l.kind, plain)
	if !ok {
		k, ok = record.KeyOf(record.KindProcedure, plain)
	}
	return k, ok
}

// label returns the words citizens use for a key.
func (l *leaves) label(plain string) string {
	k, ok := l.keyOf(plain)
	switch {
	case ok && k.Label != "":
		return k.Label
	case ok:
		return k.Title.ZH
	}
	return plain
}
