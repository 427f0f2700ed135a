package search

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/record"
	"banshi/generator/internal/zh"
)

// Sections of a file are parted by an empty line, records by line ends, fields by tabs. Numbers are in base 36.
const (
	sectionEnd = "\n\n"
	base       = 36
)

func number(n int) string { return strconv.FormatInt(int64(n), base) }

// frontCode writes texts that are sorted: one digit for how many characters are those of the text before, at most 35, and the
// rest.
type frontCode struct{ before []rune }

func (f *frontCode) next(text string) string {
	rs := []rune(text)
	n := 0
	for n < len(rs) && n < len(f.before) && n < base-1 && rs[n] == f.before[n] {
		n++
	}
	f.before = rs
	return number(n) + string(rs[n:])
}

// line joins fields and drops empty ones at the end.
func line(fields ...string) string { return strings.TrimRight(strings.Join(fields, "\t"), "\t") }

// headText is the first file of every search: what the other files are, vocabularies, question words, the rows that people look for
// most, and the places of the upper levels. It returns a function that puts the build id in, for the other files lie under that.
//
// Rows are written by columns, which deflate to four fifths of what lines do: under each column's name what the rows have. Then
// follow the items whose procedures are not just one of the item's name.
func (c *collection) headText(t tiers) func(build string) string {
	columns := [][]string{{"id"}, {"name"}, {"weight"}, {"department"}, {"type"}, {"topics"}, {"audience"}}
	var rows, more []string
	for i := 0; i < c.head; i++ {
		r := c.rows[i]
		if r.procedure() {
			continue
		}
		for k, v := range append([]string{number(kindOf(r.kind)) + r.id, r.name}, c.values(r)...) {
			columns[k] = append(columns[k], v)
		}
		if p := c.procedures(i); r.kind == items && (len(p) != 1 || p[0] != r.name) {
			more = append(more, strings.Join(append([]string{number(len(columns[0]) - 1)}, p...), "\t"))
		}
	}
	for _, col := range columns {
		rows = append(rows, strings.Join(col, "\t"))
	}
	rows = append(rows, more...)
	var kindLine []string
	for _, k := range kinds {
		kindLine = append(kindLine, k.folder+" "+strconv.Itoa(k.weight))
	}
	raw, folded := c.characters(false), c.characters(true)
	rest := strings.Join([]string{
		strings.Join([]string{number(t.names), number(t.text), number(t.places), number(len(c.rows))}, "\t"),
		strings.Join([]string{strings.Join(kindLine, "\t"), c.terms[0].line(), c.terms[1].line(), c.terms[2].line(), c.terms[3].line()}, "\n"),
		strings.Join(questionWords, "\t") + "\n" + lone + "\n" + t.ends + "\n" + pairs(func(from, _ rune) bool { return raw[from] }) + "\n" + c.rest(folded),
		strings.Join(rows, "\n"),
		c.upperPlaces(),
	}, sectionEnd)
	return func(build string) string { return strings.Join([]string{"banshi", Format, build, rest}, "\t") }
}

// values are the columns of a row after its name: weight, and numbers of its department, type, topics and audiences.
func (c *collection) values(r row) []string {
	return []string{offset(r.weight), c.terms[0].refs(r.department), c.terms[1].refs(r.itemType), c.terms[2].refs(r.topics...), c.terms[3].refs(r.audience...)}
}

// procedures returns the names of an item's procedures, each with its number and a space before where that is not its place in the row
// or the name begins like one.
func (c *collection) procedures(item int) []string {
	var names []string
	for i := item + 1; i < len(c.rows) && c.rows[i].procedure(); i++ {
		_, no, _ := strings.Cut(c.rows[i].id, "#")
		name := c.rows[i].name
		if before, _, ok := strings.Cut(name, " "); no != twoDigits(i-item) || ok && strings.Trim(before, "0123456789") == "" {
			name = no + " " + name
		}
		names = append(names, name)
	}
	return names
}

// twoDigits writes the last two digits of a number.
func twoDigits(n int) string { return fmt.Sprintf("%02d", n%100) }

// offset writes a weight beside that of its kind; none is empty.
func offset(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// rest are the Han characters of the index that the client does not see in the head, by their distances, each ended by an A: it asks
// for the table of Traditional characters when a query has one that is in neither.
func (c *collection) rest(all map[rune]bool) string {
	var rs []rune
	upper := map[rune]bool{}
	for _, d := range c.site.Catalog.Divisions {
		if d.Level != record.LevelTownship {
			for r := range characterSet(d.Name) {
				upper[r] = true
			}
		}
	}
	for r := range all {
		if isHan(r) && c.common[r] == 0 && !upper[r] {
			rs = append(rs, r)
		}
	}
	slices.Sort(rs)
	var b strings.Builder
	last := rune(0)
	for _, r := range rs {
		b.WriteString(number(int(r-last)) + "A")
		last = r
	}
	return cmp.Or(b.String(), "-")
}

// characterSet returns the characters of a text, folded.
func characterSet(s string) map[rune]bool {
	set := map[rune]bool{}
	for _, r := range s {
		set[fold(r)] = true
	}
	return set
}

// list numbers the terms of a column in the order they first occur.
type list struct {
	terms []string
	at    map[string]int
}

// refs returns the numbers of terms, parted by spaces.
func (l *list) refs(terms ...string) string {
	var out []string
	for _, t := range terms {
		if t = plain(t); t != "" {
			out = append(out, number(l.number(t)))
		}
	}
	return strings.Join(out, " ")
}

// number returns the number of a term.
func (l *list) number(term string) int {
	n, ok := l.at[term]
	if !ok {
		if l.at == nil {
			l.at = map[string]int{}
		}
		n = len(l.terms)
		l.at[term] = n
		l.terms = append(l.terms, term)
	}
	return n
}

// line returns the terms; a lone "-" stands for none, so that no section has an empty line.
func (l *list) line() string {
	if len(l.terms) == 0 {
		return "-"
	}
	return strings.Join(l.terms, "\t")
}

// characters returns the characters that names, aliases, question words and names of places have, as written or folded.
func (c *collection) characters(folded bool) map[rune]bool {
	set := map[rune]bool{}
	add := func(s string) {
		for _, r := range s {
			if folded {
				r = fold(r)
			}
			set[r] = true
		}
	}
	c.texts(add)
	for _, w := range questionWords {
		add(w)
	}
	for _, d := range c.site.Catalog.Divisions {
		add(d.Name)
		for _, a := range d.Aliases {
			add(a)
		}
	}
	return set
}

// texts calls f for every name and alias.
func (c *collection) texts(f func(string)) {
	for _, r := range c.rows {
		f(r.name)
		for _, a := range r.aliases {
			f(a)
		}
	}
}

// pairs returns the Han characters that fold to another one and are wanted, each before the one it folds to; "-" for none.
func pairs(want func(from, to rune) bool) string {
	var b strings.Builder
	for from := rune(0x2E80); from < 0xFF00; from++ { // full-width forms are folded by rule
		if to := fold(from); to != from && isHan(to) && want(from, to) {
			b.WriteRune(from)
			b.WriteRune(to)
		}
	}
	if b.Len() == 0 {
		return "-"
	}
	return b.String()
}

// fold is the pairs of Traditional and Simplified characters whose Simplified one occurs.
func (c *collection) fold() string {
	set := c.characters(true)
	return pairs(func(_, to rune) bool { return set[to] })
}

// pinyin is the syllable of every character that occurs, and the Han runs that are read otherwise than character by character.
func (c *collection) pinyin() string {
	syllable := map[rune]string{}
	for r := range c.characters(true) {
		if s := reading(string(r)); isHan(r) && s != "" {
			syllable[r] = s
		}
	}
	odd := map[string]bool{}
	c.texts(func(text string) {
		for _, p := range asked.strip(pieces(text)) {
			if p.han {
				for i, s := range zh.Pinyin(p.text) {
					odd[p.text] = odd[p.text] || syllable[p.runes()[i]] != s && syllable[p.runes()[i]] != ""
				}
			}
		}
	})
	var exceptions []string
	for text, is := range odd {
		if is {
			exceptions = append(exceptions, text+"\t"+strings.Join(zh.Pinyin(text), " "))
		}
	}
	slices.Sort(exceptions)
	if len(exceptions) == 0 {
		exceptions = []string{"-"}
	}
	return syllableLines(syllable) + sectionEnd + strings.Join(exceptions, "\n")
}

// sounds is the syllables of the common characters that do not occur in the index: what somebody types who knows a word by its sound.
func (c *collection) sounds() string {
	occurs := c.characters(true)
	syllable := map[rune]string{}
	for _, r := range zh.Common() {
		if s := reading(string(r)); !occurs[r] && s != "" {
			syllable[r] = s
		}
	}
	return syllableLines(syllable)
}

// syllableLines writes a line a syllable: it and the characters read so.
func syllableLines(syllable map[rune]string) string {
	chars := map[string][]rune{}
	for r, s := range syllable {
		chars[s] = append(chars[s], r)
	}
	var lines []string
	for s, rs := range chars {
		slices.Sort(rs)
		lines = append(lines, s+string(rs))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// reading returns the syllable of a character, or "" where none is known.
func reading(char string) string {
	s := zh.Pinyin(char)
	if len(s) != 1 || s[0] == char || strings.Trim(s[0], "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return s[0]
}

// codes is the codes of items, former and local ones too, folded, with the rows they lead to, and for a row beyond the head the file
// that has it, one of so many.
func (c *collection) codes(names int) string {
	type code struct {
		text string
		row  int
	}
	var all []code
	for _, i := range c.site.Items {
		for _, text := range union(nil, []string{i.Code, i.LocalCode}, i.FormerCodes) {
			if text = key(pieces(text)); text != "" {
				all = append(all, code{text, c.rowOf[i]})
			}
		}
	}
	slices.SortFunc(all, func(a, b code) int { return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.row, b.row)) })
	var lines []string
	for _, x := range all {
		file := ""
		if x.row >= c.head {
			file = c.fileOf(x.row, names)
		}
		lines = append(lines, line(x.text, number(x.row), file))
	}
	return strings.Join(lines, "\n")
}
