package page

import (
	"cmp"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
)

// saying is what places say of a procedure otherwise than the standard: the same terms, with how they differ.
type saying struct {
	terms  *catalog.Terms
	guides []*catalog.Guide
	fields []changes.Field // until its page is listed
	better []string        // what of that is better, in words
	sample bool
	line   *rowPattern[CompareLine] // made when first shown
	side   *rowPattern[CompareSide]
	texts  []string // of the side
}

// sayings are those of a procedure, and how all terms of its guides differ from the standard: also in what does not count, such as self-service.
type sayings struct {
	list   []*saying
	fields map[*catalog.Terms][]changes.Field // until the page of the item is listed
}

// said are the sayings of a procedure, those with most that is better first, else in the order of the places. Windows, phones and
// questions are each place's own affair and no difference.
func (b *builder) said(p *catalog.Procedure) []*saying { return b.sayingsOf(p).list }

func (b *builder) sayingsOf(p *catalog.Procedure) *sayings {
	out := b.sayings[p]
	if out == nil {
		out = b.listen(p)
		b.sayings[p] = out
	}
	return out
}

func (b *builder) listen(p *catalog.Procedure) *sayings {
	standard := b.site.Catalog.HandedDown(nil, p)
	at := map[*catalog.Terms]*saying{}
	fieldsOf := map[*catalog.Terms][]changes.Field{}
	var out []*saying
	for _, g := range p.Item.Guides {
		if g.Procedure != p || g.Terms == standard {
			continue
		}
		s, known := at[g.Terms]
		if !known {
			fields := differences(b.teller().Guide(standard, g.Terms, g.Division))
			if len(fields) > 0 {
				fieldsOf[g.Terms] = fields
			}
			if slices.ContainsFunc(fields, tells) {
				s = &saying{terms: g.Terms, fields: fields, sample: g.Division.MadeUp()}
				for _, f := range fields {
					if f.Direction == changes.Better {
						s.better = append(s.better, f.Words)
					}
				}
				out = append(out, s)
			}
			at[g.Terms] = s
		}
		if s != nil {
			s.guides = append(s.guides, g)
		}
	}
	slices.SortStableFunc(out, func(x, y *saying) int { return cmp.Compare(len(y.better), len(x.better)) })
	return &sayings{out, fieldsOf}
}

// forgetFields lets go how places differ in an item whose pages are listed: what is shown of it are words by then.
func (b *builder) forgetFields(i *catalog.Item) {
	if b.lazy {
		return
	}
	for _, p := range i.Procedures {
		if said := b.sayings[p]; said != nil {
			said.fields = nil
			for _, s := range said.list {
				s.fields = nil
			}
		}
	}
}

// tells reports whether a field makes a place differ from the standard: what places set as they like (a window for all matters,
// self-service) does not, but how much they pay does.
func tells(f changes.Field) bool {
	return record.LockOf(f.Key) != record.LockLocal || strings.HasPrefix(f.Key, "benefit.")
}

// differences are the fields that a page of comparison shows.
func differences(fields []changes.Field) []changes.Field {
	hidden := func(f changes.Field) bool { return f.Class == changes.Technical || f.Class == changes.Contact }
	if !slices.ContainsFunc(fields, hidden) {
		return fields
	}
	return slices.DeleteFunc(slices.Clone(fields), hidden) // supervision sees them too
}
