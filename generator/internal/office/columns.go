package office

import (
	"slices"
	"strings"

	"banshi/generator/internal/record"
)

// form is how the value of a key is written in one cell.
type form uint8

const (
	formText form = iota
	formInteger
	formNumber
	formBoolean
	formDate
	formTexts // a list of texts
	formLimit
	formLimits
	formBasis
	formWhen
	formPhones
	formPlaces
)

// column is a column of a sheet: a key of the record, or of a line.
type column struct {
	path   []string // in the record or the line; nil for columns that say which one it is
	key    record.Key
	form   form
	title  string
	ident  ident
	locked bool // shown, not to be changed

	standard bool // of a clerk's sheet: what the standard says
	given    int  // of a clerk's sheet: number of the column among those that are given, from 1
}

// ident says which part of an identity a column is.
type ident uint8

const (
	notIdent       ident = iota
	identID              // an id of the path of the record; several follow each other
	identFrom            // the day in its name
	identPart            // the procedure that an implementation speaks of; empty for all
	identMember          // the line, or the line in which it is
	identNote            // what people call it; read only where an id is missing
	identDocument        // the document on which the changes of a row rest
	identEffective       // the day from which they hold
	identAct             // 删除
)

// design is what a sheet has: the records of a kind, or the lines of one of their lists.
type design struct {
	kind    record.Kind
	name    string   // of the sheet
	list    []string // keys of the lists, outermost first; none for the records themselves
	clerk   bool     // the sheet of a place, with a row a guide
	members string   // for lines that override one member: "material" or "step"
	columns []column
	titles  map[string][]int // what columns are called, made when it is first asked for
}

// Kinds are the kinds that are written as sheets.
var Kinds = []record.Kind{
	record.KindItem, record.KindProcedure, record.KindImplementation, record.KindDivision, record.KindDefaults,
	record.KindLaw, record.KindMaterial, record.KindCertificate, record.KindIntermediary, record.KindDocument, record.KindList,
	record.KindBundle, record.KindSignposts, record.KindSynonyms, record.KindVocab, record.KindTargets,
}

// UsualKinds are the kinds of a workbook that asks for none: what offices fill in.
var UsualKinds = []record.Kind{record.KindItem, record.KindProcedure, record.KindImplementation}

// idTitles are the titles of the ids in the paths of records.
var idTitles = map[record.Kind][]string{
	record.KindItem: {"事项编号"}, record.KindProcedure: {"事项编号", "业务办理项编号"},
	record.KindImplementation: {"区划编号", "事项编号"}, record.KindDivision: {"区划编号"}, record.KindDefaults: {"层级编号"},
	record.KindLaw: {"依据编号"}, record.KindMaterial: {"材料编号"}, record.KindCertificate: {"证照编号"},
	record.KindIntermediary: {"中介服务编号"}, record.KindDocument: {"文件编号"}, record.KindList: {"清单编号"},
	record.KindBundle: {"一件事编号"}, record.KindSynonyms: {"文件名"}, record.KindVocab: {"词表编号"},
}

// noteTitles are the titles of the columns that say the names of ids, for people.
var noteTitles = map[record.Kind][]string{
	record.KindProcedure: {"事项名称"}, record.KindImplementation: {"区划名称", "事项名称"},
}

const (
	titleFrom   = "从哪天起（将来的版本）"
	titlePart   = "业务办理项编号"
	titleAct    = "操作"
	titleLine   = "第几条"
	titleNumber = "编号"
)

// designs returns the sheets of a kind: its records, then the lists in them.
func designs(kind record.Kind) []*design {
	d := &designer{kind: kind}
	d.sheet(kind.Title().ZH, nil, rows(record.KeysOf(kind), ""))
	if kind == record.KindImplementation {
		for _, member := range []string{"material", "step"} {
			d.override(member)
		}
	}
	return d.out
}

// row is a row of the key table at a path in a record.
type row struct {
	path string
	key  record.Key
}

// rows places the rows of a kind or value type under a prefix.
func rows(keys []record.Key, prefix string) (out []row) {
	for _, k := range keys {
		out = append(out, row{prefix + k.Path, k})
	}
	return out
}

// designer makes the sheets of a kind.
type designer struct {
	kind record.Kind
	out  []*design
}

// sheet adds a sheet with the keys of some rows, and the sheets of the lists among them.
func (d *designer) sheet(name string, list []string, all []row) {
	s := &design{kind: d.kind, name: name, list: list}
	s.columns = d.identity(list)
	d.out = append(d.out, s)
	d.fill(s, all, "", nil)
	if len(list) > 0 {
		s.columns = append(s.columns, column{title: titleAct, ident: identAct})
	}
	unique(s.columns)
}

// identity returns the columns that say which record and which line a row is about.
func (d *designer) identity(list []string) (out []column) {
	for _, title := range idTitles[d.kind] {
		out = append(out, column{title: title, ident: identID})
	}
	if d.kind == record.KindImplementation {
		out = append(out, column{title: titlePart, ident: identPart})
	}
	for _, title := range noteTitles[d.kind] {
		out = append(out, column{title: title, ident: identNote})
	}
	if len(idTitles[d.kind]) > 0 {
		out = append(out, column{title: titleFrom, ident: identFrom})
	}
	for i := range list {
		out = append(out, column{title: d.memberTitle(list[:i+1]), ident: identMember})
	}
	return out
}

// memberTitle is the title of the column that names a line of a list.
func (d *designer) memberTitle(list []string) string {
	k := d.keyOf(strings.Join(list, "."))
	word := titleLine
	if hasID(d.kind, list) {
		word = titleNumber
	}
	return k.Title.ZH + "·" + word
}

// keyOf returns the row of a path of the kind.
func (d *designer) keyOf(path string) record.Key {
	k, ok := record.KeyOf(d.kind, path)
	if !ok {
		panic("office: no row for " + string(d.kind) + "." + path)
	}
	return k
}

// hasID reports whether the lines of a list have ids.
func hasID(kind record.Kind, list []string) bool {
	_, ok := record.KeyOf(kind, strings.Join(list, ".")+".id")
	return ok
}

// fill adds a column for every key below a prefix to a sheet; titles above are those of the tables it is in.
func (d *designer) fill(s *design, all []row, prefix string, above []string) {
	for _, r := range all {
		name, ok := strings.CutPrefix(r.path, prefix)
		if !ok || strings.Contains(name, ".") || d.passes(s, r) {
			continue
		}
		path := strings.Split(r.path, ".")
		if f, ok := d.formOf(r, path); ok {
			k := d.keyOf(d.full(s, r.path))
			s.columns = append(s.columns, column{path: path, key: k, form: f, title: strings.Join(append(above, r.key.Title.ZH), "·")})
			continue
		}
		inner, at := all, r.path+"."
		if r.key.Of != "" {
			inner = rows(record.KeysOf(record.Kind(r.key.Of)), at)
		}
		switch r.key.Type {
		case "table":
			d.fill(s, inner, at, append(slices.Clip(above), r.key.Title.ZH))
		case "table-list":
			list := append(slices.Clip(s.list), r.path)
			var below []row
			for _, m := range inner {
				if rest, ok := strings.CutPrefix(m.path, at); ok {
					below = append(below, row{rest, m.key})
				}
			}
			d.sheet(s.name+"·"+r.key.Title.ZH, list, below)
		}
	}
}

// full is the path in the record of a path in a line.
func (d *designer) full(s *design, path string) string {
	return strings.Join(append(slices.Clip(s.list), path), ".")
}

// passes reports whether a row has no column: identities have their own, maps none, and of an implementation what is the standard's.
func (d *designer) passes(s *design, r row) bool {
	if r.key.Type == "map" || r.path == "id" && (len(s.list) > 0 || d.kind == record.KindDivision) {
		return true
	}
	return d.kind == record.KindImplementation && r.key.Lock == record.LockStandard && r.key.Type == "table-list"
}

// formOf returns the form of a key that has one cell; false for tables and lists of tables, which have several.
func (d *designer) formOf(r row, path []string) (form, bool) {
	switch r.key.Type {
	case "text":
		return formText, true
	case "integer":
		return formInteger, true
	case "number":
		return formNumber, true
	case "boolean":
		return formBoolean, true
	case "date":
		return formDate, true
	case "text-list":
		return formTexts, true
	case "limit":
		return formLimit, true
	case "limits":
		return formLimits, true
	case "basis-list":
		return formBasis, true
	case "when":
		return formWhen, true
	case "table-list":
		switch {
		case r.key.Of == "phone":
			return formPhones, true
		case path[len(path)-1] == "places":
			return formPlaces, true
		}
	}
	return 0, false
}

// override adds the sheet of what places set for single materials or steps.
func (d *designer) override(member string) {
	of := record.KindProcedure
	list := member + "s"
	k, _ := record.KeyOf(of, list)
	s := &design{kind: d.kind, name: d.kind.Title().ZH + "·" + map[string]string{"material": "单份材料", "step": "单个环节"}[member], members: member}
	s.columns = append(d.identity(nil), column{title: k.Title.ZH + "·" + titleNumber, ident: identMember})
	for _, r := range record.KeysOf(of) {
		name, ok := strings.CutPrefix(r.Path, list+".")
		if !ok || strings.Contains(name, ".") || r.Lock != record.LockTighten {
			continue
		}
		if f, ok := d.formOf(row{name, r}, []string{name}); ok {
			s.columns = append(s.columns, column{path: []string{name}, key: r, form: f, title: r.Title.ZH})
		}
	}
	for _, r := range record.KeysOf("drop") {
		key, _ := record.KeyOf(record.KindImplementation, member+".x.drop."+r.Path)
		s.columns = append(s.columns, column{path: []string{"drop", r.Path}, key: key, form: formText, title: d.dropTitle(member) + "·" + r.Title.ZH})
	}
	s.columns = append(s.columns, column{title: titleAct, ident: identAct})
	d.out = append(d.out, s)
}

func (d *designer) dropTitle(member string) string {
	k, _ := record.KeyOf(record.KindImplementation, member+".drop")
	return k.Title.ZH
}

// unique gives columns of the same title numbers.
func unique(columns []column) {
	seen := map[string]int{}
	for i := range columns {
		t := columns[i].title
		if seen[t]++; seen[t] > 1 {
			columns[i].title = t + "（" + strings.Join(columns[i].path, ".") + "）"
		}
	}
}

// find returns the columns of an identity in order.
func (s *design) find(which ident) (out []int) {
	for i, c := range s.columns {
		if c.ident == which {
			out = append(out, i)
		}
	}
	return out
}
