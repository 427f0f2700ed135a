package office

import (
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// address is which record, which part of it and which line of its lists a row is about.
type address struct {
	ids     []string
	from    string // YYYY-MM-DD of a version that is written ahead
	part    string // the procedure of an implementation
	members []string
}

// path returns where the record stands in the site, "" where the ids are none.
func (a *address) path(kind record.Kind) string {
	p := record.Path(kind, a.ids...)
	if p == "" {
		return ""
	}
	if a.from != "" {
		day, err := record.ParseDate(a.from)
		if err != nil {
			return ""
		}
		p = record.FuturePath(p, day)
	}
	return catalog.DataDir + "/" + p
}

// prefix is the path of keys at which the values of a part stand.
func (a *address) prefix(d *design) []string {
	var out []string
	if a.part != "" {
		out = append(out, "procedure", a.part)
	}
	if d.members != "" {
		out = append(out, d.members, a.members[0])
	}
	return out
}

// found is a row of a sheet as a record has it.
type found struct {
	address
	node any
}

// find calls yield for every row of a sheet that a record has.
func (d *design) rows(f *catalog.File, tree map[string]any, yield func(found)) {
	a := address{ids: f.IDs}
	if f.From != 0 {
		a.from = f.From.String()
	}
	if len(idTitles[d.kind]) == 0 {
		a.ids = nil
	}
	if d.kind != record.KindImplementation {
		d.descend(a, tree, d.list, yield)
		return
	}
	d.part(a, tree, yield)
	parts, _ := tree["procedure"].(map[string]any)
	for _, no := range sortedKeys(parts) {
		a.part = no
		d.part(a, parts[no], yield)
	}
}

// part calls yield for the rows of one part of an implementation.
func (d *design) part(a address, node any, yield func(found)) {
	if d.members == "" {
		d.descend(a, node, d.list, yield)
		return
	}
	overrides, _ := lookup(node, d.members).(map[string]any)
	for _, id := range sortedKeys(overrides) {
		a.members = []string{id}
		yield(found{a, overrides[id]})
	}
}

func (d *design) descend(a address, node any, list []string, yield func(found)) {
	if len(list) == 0 {
		yield(found{a, node})
		return
	}
	elements, _ := listOf(lookup(node, strings.Split(list[0], ".")...))
	above := a.members
	for i, e := range elements {
		a.members = append(above[:len(above):len(above)], memberID(e, i))
		d.descend(a, e, list[1:], yield)
	}
}

// memberID is how a row names a line: its id, the material it is, or its number.
func memberID(element any, i int) string {
	for _, key := range []string{"id", "material"} {
		if id, ok := lookup(element, key).(string); ok && id != "" {
			return id
		}
	}
	return "#" + strconv.Itoa(i+1)
}

// locate returns the index of a line in a list.
func locate(elements []any, member string) int {
	for i, e := range elements {
		if memberID(e, i) == member || "#"+strconv.Itoa(i+1) == member {
			return i
		}
	}
	return -1
}
