package search

import (
	"cmp"
	"slices"
	"strconv"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// The second tier: what stands in an item's guides besides its names. It is read only where the names cover a query badly, and
// counts for much less.

// Impacts say how telling it is to stand in a part of a record, in sixteenths less one; the index has them as letters from A.
const (
	impactMaterial = 15 // a material asked for, a result, the department
	impactLaw      = 12 // the name of a law that is the basis
	impactText     = 8  // plain words, conditions, cases, questions
)

// commonPercent is the part of the items above which two neighbours tell nothing and are left out.
const commonPercent = 25

// textParts returns the files text/<n>, two neighbours and the items of the head whose records have them, and how many files there are.
func (c *collection) textParts() ([]part, int) {
	posts := map[[2]rune][]posting{} // by two neighbours
	items := 0
	for _, i := range c.site.Items {
		row := int32(c.rowOf[i])
		if int(row) >= c.head {
			continue
		}
		items++
		c.said(i, func(text string, impact int) {
			neighbours(text, func(a, b rune) {
				list := posts[[2]rune{a, b}]
				if n := len(list); n == 0 || list[n-1].row != row {
					posts[[2]rune{a, b}] = append(list, posting{row, int8(impact)})
				} else {
					list[n-1].impact = max(list[n-1].impact, int8(impact))
				}
			})
		})
	}
	var grams [][2]rune
	size := 0
	for g, list := range posts {
		if len(list)*100 > items*commonPercent && items > 8 {
			continue
		}
		grams = append(grams, g)
		size += len(string(g[:])) + 1 + 3*len(list)
	}
	slices.SortFunc(grams, func(a, b [2]rune) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	n := filesFor(size, textSize)
	files := make([][]byte, n)
	for _, g := range grams {
		text := string(g[:])
		k := shard(text, n)
		if len(files[k]) > 0 {
			files[k] = append(files[k], '\n')
		}
		files[k] = appendPostings(append(files[k], text...), posts[g])
	}
	parts := make([]part, n)
	for k := range parts {
		parts[k] = part{"text/" + number(k), string(files[k])}
	}
	return parts, n
}

// posting is a row whose record has two neighbours, and how telling the place is where they stand.
type posting struct {
	row    int32
	impact int8
}

// appendPostings writes rows in order, the distance to the one before and the impact as a letter.
func appendPostings(b []byte, list []posting) []byte {
	slices.SortFunc(list, func(a, b posting) int { return cmp.Compare(a.row, b.row) })
	last := int32(0)
	for _, p := range list {
		b = append(strconv.AppendInt(b, int64(p.row-last), base), 'A'+byte(p.impact))
		last = p.row
	}
	return b
}

// said calls f for the texts of an item that the second tier has.
func (c *collection) said(i *catalog.Item, f func(text string, impact int)) {
	f(i.Department, impactMaterial)
	f(i.Plain, impactText)
	laws := func(list []record.Basis) {
		for _, b := range list {
			if l := c.site.Catalog.Laws.Get(b.Law); l != nil {
				f(l.Record.Name, impactLaw)
			}
		}
	}
	laws(i.Basis)
	for _, p := range i.Procedures {
		if !p.Current {
			continue
		}
		f(p.Plain, impactText)
		for _, u := range p.Procedure.Materials {
			if m := c.site.Catalog.Materials.Get(u.Material); m != nil {
				f(m.Record.Name, impactMaterial)
			}
			laws(u.Basis)
		}
		for _, r := range p.Outcome.Results {
			f(r.Name, impactMaterial)
			if e := c.site.Catalog.Certificates.Get(r.Certificate); e != nil {
				f(e.Record.Name, impactMaterial)
			}
		}
		for _, x := range p.Scope.Conditions {
			f(x.Text, impactText)
		}
		for _, x := range p.Scope.NotNeeded {
			f(x.Text, impactText)
		}
		for _, q := range p.Questions.FAQ {
			f(q.Q, impactText)
		}
	}
}
