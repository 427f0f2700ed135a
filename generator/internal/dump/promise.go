package dump

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// v1 is every key of version 1 of the format that was ever published, with its type. TestPromise adds new ones with -update; none is
// ever taken out or changed but by a new major version.
//
//go:embed v1.txt
var v1 string

// Broken returns, in words, the promises to readers that the release would break; none means that it may be published:
//
//   - an id that was published stays: an item, procedure or place that ends is cancelled or merged, its record is not deleted;
//   - the day of the data does not go back;
//   - a key of version 1 keeps its name and its type.
func (r *Release) Broken() []string {
	out := r.x.brokenShape()
	if r.in.Previous == nil {
		return out
	}
	if now, was := r.x.Catalog.AsOf, r.in.Previous.Date; now < was {
		out = append(out, fmt.Sprintf("数据日期往回走了：%s，上一版 %s 是 %s / the day of the data went back", now, r.in.Previous.ID, was))
	}
	gone := func(kind, kindEN, id string) {
		out = append(out, fmt.Sprintf("%s %s 在上一版里有，现在没有了：记录不能删，要写成 取消 或 合并 / %s %[2]s vanished: a record is not deleted but cancelled or merged", kind, id, kindEN))
	}
	now := map[string]bool{}
	for p := range r.x.procedureList() {
		now[procedureID(p)] = true
	}
	for _, id := range r.in.Last.items {
		if r.x.Catalog.Item(id) == nil {
			gone("事项", "item", id)
		}
	}
	for _, id := range r.in.Last.procedures {
		if item, _, _ := strings.Cut(id, "/"); !now[id] && r.x.Catalog.Item(item) != nil {
			gone("业务办理项", "procedure", id)
		}
	}
	for _, id := range r.in.Last.divisions {
		if r.x.Catalog.Division(id) == nil {
			gone("地方", "place", id)
		}
	}
	return out
}

// brokenShape compares the keys that are written today with those that were promised.
func (x *exporter) brokenShape() []string {
	is := map[string]string{}
	for _, line := range x.shape() {
		key, form, _ := strings.Cut(line, " ")
		is[key] = form
	}
	var out []string
	for line := range strings.Lines(v1) {
		key, want, _ := strings.Cut(strings.TrimSpace(line), " ")
		got, ok := is[key]
		switch {
		case !ok:
			out = append(out, fmt.Sprintf("第 1 版格式的键 %s 没有了 / a key of version 1 is gone", key))
		case got != want && got+"|null" != want: // never null where it could be is no break
			out = append(out, fmt.Sprintf("第 1 版格式的键 %s 换了类型：%s → %s / a key of version 1 changed its type", key, want, got))
		}
	}
	return out
}

// shape lists every key of the published documents and tables with its type, sorted: item.url string, #limit.value integer,
// guides:promise_value integer. A # is a definition that several documents share, a : a column of a table.
func (x *exporter) shape() []string {
	lines := map[string]bool{}
	add := func(prefix string, s *schema) {
		for _, p := range s.Properties {
			lines[prefix+"."+p.name+" "+form(p.form)] = true
			inner(lines, prefix+"."+p.name, p.form)
		}
	}
	tables := x.tables() // first: their columns of JSON have definitions too
	for _, s := range x.published() {
		add(s.name, s.form)
	}
	for name, s := range x.plan.defs {
		add("#"+name, s)
	}
	for _, t := range tables {
		for _, c := range t.Columns {
			k := c.Kind.String()
			if !c.Required {
				k += "|null"
			}
			lines[t.Name+":"+c.Name+" "+k] = true
		}
	}
	out := make([]string, 0, len(lines))
	for l := range lines {
		out = append(out, l)
	}
	slices.Sort(out)
	return out
}

// inner adds the keys of an object that stands in place, in lists too.
func inner(lines map[string]bool, prefix string, s *schema) {
	for s.Items != nil {
		s, prefix = s.Items, prefix+"[]"
	}
	for _, p := range s.Properties {
		lines[prefix+"."+p.name+" "+form(p.form)] = true
		inner(lines, prefix+"."+p.name, p.form)
	}
}

// form is the type of a value in a word.
func form(s *schema) string {
	t := s.Type
	switch {
	case s.Ref != "":
		t = strings.TrimPrefix(s.Ref, defsPrefix)
	case s.Const != "":
		t = "=" + s.Const
	case s.Items != nil:
		t = "[]" + form(s.Items)
	case s.AdditionalProperties != nil:
		t = "{}" + form(s.AdditionalProperties)
	}
	if s.Format != "" {
		t += ":" + s.Format
	}
	if s.Nullable {
		t += "|null"
	}
	return t
}
