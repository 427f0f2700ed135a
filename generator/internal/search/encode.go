package search

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

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

// head is the first file of every search: vocabularies, question words, rows and aliases.
func (c *collection) head() string {
	var departments, types, topics, audiences list
	var rows, aliases []string
	var front frontCode
	for _, r := range c.rows {
		rows = append(rows, line(front.next(r.name), r.kind, r.id, strconv.Itoa(r.weight),
			departments.refs(r.department), types.refs(r.itemType), topics.refs(r.topics...), audiences.refs(r.audience...)))
	}
	front = frontCode{}
	for _, a := range c.aliases {
		var targets []string
		for _, t := range a.targets {
			targets = append(targets, number(c.at[t]))
		}
		aliases = append(aliases, front.next(a.text)+"\t"+strings.Join(targets, " "))
	}
	raw := c.characters(false)
	return strings.Join([]string{
		"banshi\t" + Format,
		strings.Join([]string{departments.line(), types.line(), topics.line(), audiences.line()}, "\n"),
		strings.Join(questionWords, "\t") + "\n" + lone + "\n" + placeMarks + "\n" + pairs(func(from, _ rune) bool { return raw[from] }),
		strings.Join(rows, "\n"),
		strings.Join(aliases, "\n"),
	}, sectionEnd)
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
		if t = plain(t); t == "" {
			continue
		}
		n, ok := l.at[t]
		if !ok {
			if l.at == nil {
				l.at = map[string]int{}
			}
			n = len(l.terms)
			l.at[t] = n
			l.terms = append(l.terms, t)
		}
		out = append(out, number(n))
	}
	return strings.Join(out, " ")
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
		if folded {
			s = zh.Fold(s)
		}
		for _, r := range s {
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
	}
	for _, a := range c.aliases {
		f(a.text)
	}
}

// pairs returns the Han characters that fold to another one and are wanted, each before the one it folds to; "-" for none.
func pairs(want func(from, to rune) bool) string {
	var b strings.Builder
	for from := rune(0x2E80); from < 0x30000; from++ {
		if from == 0xFF00 {
			from = 0x20000 // full-width forms are folded by rule, and no Han character lies between
		}
		if to := zh.FoldRune(from); to != from && isHan(to) && want(from, to) {
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
	chars := map[string][]rune{} // syllable → characters
	syllable := map[rune]string{}
	for r := range c.characters(true) {
		if s := reading(string(r)); isHan(r) && s != "" {
			syllable[r] = s
			chars[s] = append(chars[s], r)
		}
	}
	odd := map[string]bool{}
	c.texts(func(text string) {
		for _, p := range pieces(text) {
			if p.han {
				for i, s := range zh.Pinyin(p.text) {
					odd[p.text] = odd[p.text] || syllable[p.runes()[i]] != s && syllable[p.runes()[i]] != ""
				}
			}
		}
	})
	var lines, exceptions []string
	for s, rs := range chars {
		slices.Sort(rs)
		lines = append(lines, s+string(rs))
	}
	for text, is := range odd {
		if is {
			exceptions = append(exceptions, text+"\t"+strings.Join(zh.Pinyin(text), " "))
		}
	}
	slices.Sort(lines)
	slices.Sort(exceptions)
	if len(exceptions) == 0 {
		exceptions = []string{"-"}
	}
	return strings.Join(lines, "\n") + sectionEnd + strings.Join(exceptions, "\n")
}

// reading returns the syllable of a character, or "" where none is known.
func reading(char string) string {
	s := zh.Pinyin(char)
	if len(s) != 1 || s[0] == char || strings.Trim(s[0], "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return s[0]
}

// codes is the codes of items, former and local ones too, folded, with the rows they lead to.
func (c *collection) codes() string {
	type code struct {
		text string
		row  int
	}
	var all []code
	for _, i := range c.site.Items {
		for _, text := range union(nil, []string{i.Code, i.LocalCode}, i.FormerCodes) {
			if text = key(pieces(text)); text != "" {
				all = append(all, code{text, c.at[items+"/"+i.ID]})
			}
		}
	}
	slices.SortFunc(all, func(a, b code) int { return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.row, b.row)) })
	var front frontCode
	var lines []string
	for _, x := range all {
		lines = append(lines, front.next(x.text)+"\t"+number(x.row))
	}
	return strings.Join(lines, "\n")
}
