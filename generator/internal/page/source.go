package page

import (
	"reflect"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// sourcesView is the view of fragments/sources: which lines of which record each section of a guide is from, for people who want
// to mend one.
type sourcesView struct{ Rows []SourceRow }

// SourceRow is a section and where it stands.
type SourceRow struct{ Section, Source, SourceURL, Edit string }

// sourcesKey is what sourcesView is made from: guides that no local record touches share it.
type sourcesKey struct {
	procedure *catalog.Procedure
	terms     *catalog.Terms
}

// guideSections are the sections of a guide that records say, with the keys that say them, most telling first.
var guideSections = []struct {
	word string
	keys []string
}{
	{"sec_conditions", append([]string{"conditions"}, keysOf(record.Scope{})...)},
	{"sec_papers", []string{"materials"}},
	{"sec_where", keysOf(record.Access{})},
	{"sec_how", append([]string{"steps", "promise"}, keysOf(record.Timing{})...)},
	{"sec_cost", keysOf(record.Cost{})},
	{"sec_outcome", keysOf(record.Outcome{})},
	{"sec_faq", keysOf(record.Questions{})},
}

// keysOf returns the keys of a section.
func keysOf(section any) []string {
	var out []string
	t := reflect.TypeOf(section)
	for i := range t.NumField() {
		out = append(out, t.Field(i).Tag.Get("toml"))
	}
	return out
}

// sources returns the fragment of a guide's sources.
func (b *builder) sources(g *catalog.Guide) *Fragment {
	return b.fragment("fragments/sources", sourcesKey{g.Procedure, g.Terms}, g.Item.Name, func() any {
		v := &sourcesView{}
		for _, s := range guideSections {
			f, line := sourceOf(g, s.keys)
			row := SourceRow{Section: b.say(s.word), Source: f.Path, SourceURL: b.edit.Source(f.Path, line), Edit: b.edit.Editor(f.Path)}
			if line > 0 {
				row.Source += ":" + itoa(line)
			}
			v.Rows = append(v.Rows, row)
		}
		f := g.Item.File
		v.Rows = append(v.Rows, SourceRow{b.say("sec_basis"), f.Path, b.edit.Source(f.Path, 0), b.edit.Editor(f.Path)})
		return v
	})
}

// sourceOf returns the record that speaks last of one of the keys, and the line; line 0 where the section says nothing.
func sourceOf(g *catalog.Guide, keys []string) (*catalog.File, int) {
	has := func(key string) bool {
		first, _, _ := strings.Cut(key, ".")
		for _, k := range keys {
			if k == first {
				return true
			}
		}
		return false
	}
	for i := len(g.Origins) - 1; i >= 0; i-- {
		if o := g.Origins[i]; has(o.Key) {
			return o.File, o.File.Position(o.Path...).Line
		}
	}
	for _, k := range keys {
		if f := g.Procedure.File; f.Doc.Has(k) {
			return f, f.Position(k).Line
		}
	}
	return g.Procedure.File, 0
}

// report is where a mistake of a page is told: an issue with its address, the record with its path, and the version that was seen.
func (b *builder) report(name, page, record, version string) string {
	text := "页面：" + page + "\n记录：" + record + "\n"
	if version != "" {
		text += "版本：" + version + "\n"
	}
	return b.edit.NewIssue("报错："+name, text+"\n哪里不对：\n\n应该是（依据）：\n")
}
