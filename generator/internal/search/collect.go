package search

import (
	"cmp"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
	"banshi/generator/internal/zh"
)

// The kinds of what is found are written as the folder their pages lie in. A procedure is an item whose id has a number
// (food-business#04); an article has no folder, its id is its address.
const (
	items        = "items"
	bundles      = "bundles"
	signposts    = "signposts"
	materials    = "materials"
	certificates = "certificates"
	laws         = "laws"
	articles     = ""
	places       = "divisions"
)

// rowKind is one kind of row: the folder of its pages, the word people filter by, and the weight in thousandths that its rows have
// before any query: what people look for most is an item.
type rowKind struct {
	folder, word string
	weight       int
}

// kinds are the kinds of rows in the order of rows: those of the head, then the library's.
var kinds = []rowKind{
	{items, "item", 250}, {bundles, "bundle", 200}, {signposts, "signpost", 180},
	{materials, "material", 40}, {certificates, "certificate", 40}, {laws, "law", 0}, {articles, "article", 20},
}

// headKinds is how many of them are in the head; the others are in the files of names only. So are items beyond mostItems, those that
// people look for least: a head of ten thousand names would be more to fetch than all that a query needs.
const (
	headKinds = 3
	mostItems = 2560
)

// Kinds are the words for what can be found, as [Query] takes them.
var Kinds = []string{"item", "bundle", "signpost", "material", "certificate", "law", "article", "place"}

// kindWord returns the word for a kind of row, or for places.
func kindWord(folder string) string {
	if folder == places {
		return "place"
	}
	return kinds[kindOf(folder)].word
}

// kindOf returns the number of a kind.
func kindOf(folder string) int {
	return slices.IndexFunc(kinds, func(k rowKind) bool { return k.folder == folder })
}

// What is added to the weight of a row.
const (
	weightLink      = 4   // for each bundle, signpost and article that leads to an item, at most ten
	weightProcedure = -60 // beside its item: the item wins unless the query says which procedure
	weightDraft     = -120
	weightEnded     = -250
)

// row is one thing that can be found.
type row struct {
	kind       string
	id, name   string
	department string
	itemType   string
	topics     []string
	audience   []string
	weight     int // added to that of the kind
	aliases    []string
}

// key identifies a row.
func (r row) key() string { return r.kind + "/" + r.id }

func (r row) procedure() bool { return strings.Contains(r.id, "#") }

// record is the id of the row's record: of a procedure that of its item.
func (r row) record() string {
	id, _, _ := strings.Cut(r.id, "#")
	return id
}

// collection is everything the index says, in the order it says it.
type collection struct {
	site  *site.Site
	rows  []row // those of the head first, by kind and name; procedures follow their item
	head  int   // how many rows the head has
	at    map[string]int
	rowOf map[*catalog.Item]int

	terms  [4]list      // departments, types, topics, audiences, numbered as they occur
	common map[rune]int // character → how often names in the head have it
}

// collect gathers rows and aliases from the site.
func collect(s *site.Site) *collection {
	c := &collection{site: s, at: map[string]int{}, rowOf: make(map[*catalog.Item]int, len(s.Items))}
	said := map[string]map[string]bool{} // alias → keys of rows
	say := func(words []string, keys ...string) {
		for _, w := range words {
			if w = plain(w); w == "" {
				continue
			}
			if said[w] == nil {
				said[w] = map[string]bool{}
			}
			for _, k := range keys {
				said[w][k] = true
			}
		}
	}
	c.items(say)
	c.libraries(say)
	c.sort()
	for _, r := range c.rows {
		c.values(r)
	}
	c.synonyms(say)
	for text, keys := range said {
		for k := range keys {
			if i, ok := c.at[k]; ok && zh.Fold(c.rows[i].name) != zh.Fold(text) {
				c.rows[i].aliases = append(c.rows[i].aliases, text)
			}
		}
	}
	c.common = map[rune]int{}
	for i := range c.rows {
		slices.Sort(c.rows[i].aliases)
		if i < c.head {
			for _, p := range pieces(c.rows[i].name) {
				for _, ch := range p.text {
					c.common[ch]++
				}
			}
		}
	}
	return c
}

// sort puts the rows in order: the head's first, then by kind and by name, for names deflate best beside those that begin alike.
func (c *collection) sort() {
	var all []row
	name := map[string]string{} // key of the record's row → its name
	for _, r := range c.rows {
		if !r.procedure() {
			name[r.key()] = r.name
			if r.kind == items {
				all = append(all, r)
			}
		}
	}
	slices.SortFunc(all, func(a, b row) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id)) })
	outside := map[string]bool{}
	for _, r := range all[min(len(all), mostItems):] {
		outside[r.id] = true
	}
	within := func(r row) bool { return kindOf(r.kind) < headKinds && !(r.kind == items && outside[r.record()]) }
	slices.SortFunc(c.rows, func(a, b row) int {
		if x, y := within(a), within(b); x != y {
			return map[bool]int{true: -1, false: 1}[x]
		}
		an, bn := name[a.kind+"/"+a.record()], name[b.kind+"/"+b.record()]
		return cmp.Or(cmp.Compare(kindOf(a.kind), kindOf(b.kind)), cmp.Compare(an, bn), cmp.Compare(a.record(), b.record()), cmp.Compare(a.id, b.id))
	})
	for i, r := range c.rows {
		c.at[r.key()] = i
		if within(r) {
			c.head = i + 1
		}
	}
	for _, i := range c.site.Items {
		c.rowOf[i] = c.at[items+"/"+i.ID]
	}
}

// add adds a row with its own words.
func (c *collection) add(say func([]string, ...string), r row, words []string) {
	r.name = strings.ReplaceAll(plain(r.name), "|", "｜")
	c.rows = append(c.rows, r)
	say(words, r.key())
}

func (c *collection) items(say func([]string, ...string)) {
	links := c.links()
	for _, i := range c.site.Items {
		r := row{kind: items, id: i.ID, name: i.Name, department: i.Department, itemType: i.Type, weight: weightLink * min(10, links[i.ID])}
		switch {
		case i.Status == record.StatusDraft:
			r.weight += weightDraft
		case !i.Current():
			r.weight += weightEnded
		}
		for _, p := range i.Procedures {
			if !p.Current {
				continue
			}
			if t := p.Relations.Topics; t != nil {
				r.topics = union(r.topics, t.Person, t.Legal, t.LifeStage)
			}
			r.audience = union(r.audience, p.Scope.Audience)
			c.add(say, row{kind: items, id: i.ID + "#" + p.No, name: p.Name, weight: r.weight + weightProcedure}, p.Aliases)
		}
		c.add(say, r, i.Aliases)
	}
}

// links counts what leads to each item: bundles, signposts, articles. It is what stands for popularity in a portal that does
// not watch its readers.
func (c *collection) links() map[string]int {
	n := map[string]int{}
	for _, i := range c.site.Items {
		n[i.ID] += len(c.site.BundlesOf(i.ID))
	}
	for _, s := range c.site.Catalog.Signposts {
		for _, id := range s.Items {
			n[id]++
		}
	}
	for _, a := range c.site.Articles {
		for _, id := range a.Items {
			n[id]++
		}
	}
	return n
}

func (c *collection) libraries(say func([]string, ...string)) {
	k := c.site.Catalog
	for _, e := range k.Bundles.All {
		c.add(say, row{kind: bundles, id: e.ID, name: e.Record.Name, audience: e.Record.Audience}, e.Record.Aliases)
	}
	for _, s := range k.Signposts {
		c.add(say, row{kind: signposts, id: s.ID, name: s.Name}, s.Aliases)
	}
	for _, e := range k.Materials.All {
		c.add(say, row{kind: materials, id: e.ID, name: e.Record.Name}, e.Record.Aliases)
	}
	for _, e := range k.Certificates.All {
		c.add(say, row{kind: certificates, id: e.ID, name: e.Record.Name}, e.Record.Aliases)
	}
	for _, e := range k.Laws.All {
		c.add(say, row{kind: laws, id: e.ID, name: e.Record.Name}, []string{e.Record.ShortName})
	}
	for _, a := range c.site.Articles {
		c.add(say, row{kind: articles, id: a.URL, name: a.Title}, a.Aliases)
	}
}

// synonyms resolves data/synonyms.toml. A synonym whose meaning is the name of a procedure leads to that procedure too.
func (c *collection) synonyms(say func([]string, ...string)) {
	byName := map[string]string{}
	for _, r := range c.rows {
		if r.kind == items {
			byName[r.name] = r.key()
		}
	}
	for _, s := range c.site.Catalog.Synonyms {
		var keys []string
		for _, t := range s.Targets {
			keys = append(keys, targetKey(t))
		}
		if k := byName[s.Means]; k != "" {
			keys = append(keys, k)
		}
		say(s.Words, keys...)
	}
}

// targetKey returns the key of the row that a synonym's target names: an item, item#procedure, bundle:<id>, material:<id> …
// A target of another form has no row and is left to the rules to report.
func targetKey(target string) string {
	kind, id, ok := strings.Cut(target, ":")
	if !ok {
		return items + "/" + target
	}
	for _, k := range kinds {
		if k.word == kind {
			return k.folder + "/" + id
		}
	}
	return ""
}

// plain makes a text fit for a field of the index: one line, no tabs.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

func union(list []string, more ...[]string) []string {
	for _, m := range more {
		for _, s := range m {
			if !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
	}
	return list
}
