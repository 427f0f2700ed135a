package reconcile

import (
	"cmp"
	"math"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/zh"
)

// index is our library in the forms in which rows are compared with it.
type index struct {
	catalog     *catalog.Catalog
	types       *catalog.Vocab
	departments *catalog.Vocab
	lawKeys     map[string]string // other names of laws → the key of the full name
	industries  map[string]string // departments as tables print them that were asked for → ours

	items   []*ourItem
	byID    map[string]*ourItem
	byCode  map[string][]*ourItem
	byName  map[string][]*ourItem // name key
	byLaw   map[string][]*ourItem // law key
	byWords map[string][]naming   // a name key that leads to items in another way than by their name
	bigrams map[string][]int32    // items whose name has the two characters
	weight  map[string]int        // of a bigram: the rarer the more, hundredths
}

// ourItem is an item of ours with what is compared of it.
type ourItem struct {
	*catalog.Item
	n         int // in index.items
	nameKey   string
	pinyin    string
	citations []citation
	bigrams   []string
	weight    int      // of all its bigrams
	decidedAs []string // names of rows that were decided to be it and are no longer in the table
}

// naming is a way in which words lead to an item.
type naming struct {
	item  *ourItem
	words string // why, for people
	score int
}

func newIndex(c *catalog.Catalog) *index {
	x := &index{
		catalog: c, types: vocabulary(c, "item-types"), departments: vocabulary(c, "departments"), lawKeys: map[string]string{}, industries: map[string]string{},
		byID: map[string]*ourItem{}, byCode: map[string][]*ourItem{}, byName: map[string][]*ourItem{}, byLaw: map[string][]*ourItem{},
		byWords: map[string][]naming{}, bigrams: map[string][]int32{}, weight: map[string]int{},
	}
	for _, e := range c.Laws.All {
		if e.Record.ShortName != "" {
			x.lawKeys[lawKey(e.Record.ShortName)] = lawKey(e.Record.Name)
		}
	}
	for _, i := range c.Items {
		x.add(i)
	}
	x.addSynonyms()
	x.weigh()
	return x
}

func vocabulary(c *catalog.Catalog, name string) *catalog.Vocab {
	return cmp.Or(c.Vocab[name], &catalog.Vocab{Vocab: new(record.Vocab)})
}

func (x *index) add(i *catalog.Item) {
	o := &ourItem{Item: i, n: len(x.items), nameKey: nameKey(i.Name), pinyin: strings.Join(zh.Pinyin(i.Name), " "), citations: x.ours(i.Basis)}
	o.bigrams = bigramsOf(o.nameKey)
	x.items = append(x.items, o)
	x.byID[i.ID] = o
	x.byName[o.nameKey] = append(x.byName[o.nameKey], o)
	if i.Code != "" {
		x.byCode[i.Code] = append(x.byCode[i.Code], o)
	}
	for _, c := range o.citations {
		x.byLaw[c.key] = append(x.byLaw[c.key], o)
	}
	for _, b := range o.bigrams {
		x.bigrams[b] = append(x.bigrams[b], int32(o.n))
	}
	for _, a := range i.Aliases {
		x.leads(a, naming{o, "是“" + i.Name + "”的别名", 45})
	}
	for _, p := range i.Procedures {
		words := "是“" + i.Name + "”的业务办理项 " + p.No
		x.leads(p.Name, naming{o, words, 45})
		for _, a := range p.Aliases {
			x.leads(a, naming{o, words + " 的别名", 35})
		}
	}
}

// leads enters words that lead to an item, unless they are too short to mean one.
func (x *index) leads(words string, n naming) {
	if key := nameKey(words); utf8.RuneCountInString(key) >= 2 && key != n.item.nameKey {
		x.byWords[key] = append(x.byWords[key], n)
	}
}

func (x *index) addSynonyms() {
	for _, s := range x.catalog.Synonyms {
		for _, target := range s.Targets {
			id, _, _ := strings.Cut(target, "#")
			if o := x.byID[id]; o != nil {
				for _, w := range s.Words {
					x.leads(w, naming{o, "同义词“" + w + "”指“" + o.Name + "”", 35})
				}
			}
		}
	}
}

// weigh gives each pair of characters its weight, and each name the sum of its pairs'.
func (x *index) weigh() {
	for b, items := range x.bigrams {
		x.weight[b] = x.weightOf(len(items))
	}
	for _, o := range x.items {
		o.weight = x.weightAll(o.bigrams)
	}
}

// weightOf returns the weight of a pair of characters that n names have, in hundredths: 许可 says less than 沐浴.
func (x *index) weightOf(n int) int {
	return int(math.Round(100 * math.Log2(1+float64(len(x.items)+1)/float64(n+1))))
}

func (x *index) weightAll(bigrams []string) int {
	sum := 0
	for _, b := range bigrams {
		if w, ok := x.weight[b]; ok {
			sum += w
		} else {
			sum += x.weightOf(0)
		}
	}
	return sum
}

// bigramsOf returns the pairs of neighbouring characters of a name key, each once, in the order of the name.
func bigramsOf(key string) []string {
	var out []string
	seen := map[string]bool{}
	before := rune(0)
	for _, r := range key {
		if strings.ContainsRune("()-,.:;", r) {
			before = 0
			continue
		}
		if b := string([]rune{before, r}); before != 0 && !seen[b] {
			seen[b] = true
			out = append(out, b)
		}
		before = r
	}
	return out
}
