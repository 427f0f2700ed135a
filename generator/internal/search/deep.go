package search

import (
	"slices"
	"strings"

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
	posts := map[string]map[int]int{} // two neighbours → row → impact
	items := 0
	for _, i := range c.site.Items {
		row := c.at[kinds[0].folder+"/"+i.ID]
		if row >= c.head {
			continue
		}
		items++
		c.said(i, func(text string, impact int) {
			for _, p := range pieces(text) {
				if !p.han || runeLen(p.text) < 2 {
					continue
				}
				for _, g := range p.bigrams() {
					if posts[g] == nil {
						posts[g] = map[int]int{}
					}
					posts[g][row] = max(posts[g][row], impact)
				}
			}
		})
	}
	var grams []string
	size := 0
	for g, rows := range posts {
		if len(rows)*100 > items*commonPercent && items > 8 {
			continue
		}
		grams = append(grams, g)
		size += len(g) + 1 + 3*len(rows)
	}
	slices.Sort(grams)
	n := filesFor(size, textSize)
	lines := make([][]string, n)
	for _, g := range grams {
		k := shard(g, n)
		lines[k] = append(lines[k], g+postings(posts[g]))
	}
	parts := make([]part, n)
	for k := range parts {
		parts[k] = part{"text/" + number(k), strings.Join(lines[k], "\n")}
	}
	return parts, n
}

// postings writes rows in order, the distance to the one before and the impact as a letter.
func postings(rows map[int]int) string {
	order := make([]int, 0, len(rows))
	for r := range rows {
		order = append(order, r)
	}
	slices.Sort(order)
	var b strings.Builder
	last := 0
	for _, r := range order {
		b.WriteString(number(r - last))
		b.WriteByte(byte('A' + rows[r]))
		last = r
	}
	return b.String()
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
