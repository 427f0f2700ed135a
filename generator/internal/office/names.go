package office

import (
	"fmt"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// names says what ids are called, and finds ids by what people call them.
type names struct {
	catalog *catalog.Catalog
	of      map[string]map[string]string   // ref → id → what a cell says
	ids     map[string]map[string][]string // ref → what people write → ids
}

// separators are what stands between several values of a cell, so that no name may have them.
const separators = "、；;，,\n〔"

func newNames(c *catalog.Catalog) *names {
	n := &names{catalog: c, of: map[string]map[string]string{}, ids: map[string]map[string][]string{}}
	for _, l := range c.Laws.All {
		n.add("law", l.ID, l.Record.Name)
	}
	for _, m := range c.Materials.All {
		n.add("material", m.ID, m.Record.Name, m.Record.Aliases...)
	}
	for _, x := range c.Certificates.All {
		n.add("certificate", x.ID, x.Record.Name)
	}
	for _, x := range c.Intermediaries.All {
		n.add("intermediary", x.ID, x.Record.Name)
	}
	for _, d := range c.Documents.All {
		n.add("document", d.ID, d.Record.Number, d.Record.Title)
	}
	for _, l := range c.Lists.All {
		n.add("list", l.ID, l.Record.Name)
	}
	for _, i := range c.Items {
		n.add("item", i.ID, i.Name)
	}
	for _, d := range c.Divisions {
		n.add("division", d.ID, d.Name)
	}
	n.settle()
	return n
}

// add takes in what an id is called; other words only lead to it.
func (n *names) add(ref, id, name string, words ...string) {
	if n.of[ref] == nil {
		n.of[ref], n.ids[ref] = map[string]string{}, map[string][]string{}
	}
	n.of[ref][id] = name
	for _, w := range append(words, name) {
		if w = plain(w); w != "" && !slices.Contains(n.ids[ref][w], id) {
			n.ids[ref][w] = append(n.ids[ref][w], id)
		}
	}
}

// settle leaves an id as it is where its name is another's too, or could not be read again.
func (n *names) settle() {
	for ref, all := range n.of {
		for id, name := range all {
			if name == "" || strings.ContainsAny(name, separators) || len(n.ids[ref][plain(name)]) != 1 {
				all[id] = id
			}
		}
	}
}

// plain is a name without what people write differently: width, spaces, the marks around titles.
func plain(s string) string {
	s = strings.NewReplacer("《", "", "》", "", "(", "（", ")", "）", " ", "").Replace(tidy(s))
	return strings.ToLower(s)
}

// name is what a cell says for an id in a place.
func (n *names) name(ref, division, id string) string {
	if d := n.catalog.Division(division); d != nil && (ref == "hall" || ref == "org") {
		if name, ok := local(d, ref, id); ok && !strings.ContainsAny(name, separators) && len(n.localIDs(d, ref, name)) == 1 {
			return name
		}
	}
	if name, ok := n.of[ref][id]; ok {
		return name
	}
	return id
}

// known reports whether ids of the kind can be looked up at all.
func (n *names) known(ref string) bool { return n.of[ref] != nil }

// find returns the ids that a text of a cell can mean.
func (n *names) find(ref, division, text string) []string {
	if _, id, ok := strings.Cut(strings.TrimSuffix(text, "〕"), "〔"); ok {
		text = id
	}
	if _, ok := n.of[ref][text]; ok {
		return []string{text}
	}
	if d := n.catalog.Division(division); d != nil && (ref == "hall" || ref == "org") {
		if _, ok := local(d, ref, text); ok {
			return []string{text}
		}
		return n.localIDs(d, ref, text)
	}
	return n.ids[ref][plain(text)]
}

// local is the name of a hall or body of a place.
func local(d *catalog.Division, ref, id string) (string, bool) {
	if ref == "hall" {
		if h := d.Hall(id); h != nil {
			return h.Name, true
		}
	} else if o := d.Org(id); o != nil {
		return o.Name, true
	}
	return "", false
}

func (n *names) localIDs(d *catalog.Division, ref, name string) (ids []string) {
	if ref == "hall" {
		for _, h := range d.Halls {
			if plain(h.Name) == plain(name) {
				ids = append(ids, h.ID)
			}
		}
		return ids
	}
	for _, o := range d.Orgs {
		if plain(o.Name) == plain(name) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// choices are the names of a kind for a drop-down list, sorted as the library is.
func (n *names) choices(ref string) (out []string) {
	for _, name := range n.of[ref] {
		out = append(out, name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// procedures returns the numbers of the procedures of an item that have a name.
func (n *names) procedures(item, name string) (numbers []string) {
	i := n.catalog.Item(item)
	if i == nil {
		return nil
	}
	for _, p := range i.Procedures {
		if plain(p.Name) == plain(name) {
			numbers = append(numbers, p.No)
		}
	}
	return numbers
}

// itemByCode returns the item that has a basic code.
func (n *names) itemByCode(code string) string {
	for _, i := range n.catalog.Items {
		if i.Code == code {
			return i.ID
		}
	}
	return ""
}

// title says what a record is called, for the columns that people read.
func (n *names) title(kind record.Kind, id string) string {
	if name, ok := n.of[string(kind)][id]; ok && name != id {
		return name
	}
	switch kind {
	case record.KindItem:
		if i := n.catalog.Item(id); i != nil {
			return i.Name
		}
	case record.KindDivision:
		if d := n.catalog.Division(id); d != nil {
			return d.Name
		}
	}
	return fmt.Sprint(id)
}
