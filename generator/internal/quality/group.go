package quality

import (
	"iter"

	"banshi/generator/internal/catalog"
)

// Group is entries that say the same: of one procedure (or item, or other thing), for one reason, in some places.
type Group struct {
	First  Entry // the entry of the first place
	Places []*catalog.Division
	// Num, Den and Unknown are sums over the entries.
	Num, Den, Unknown int
}

// Groups puts entries together that differ in nothing but their place, in the order of the first of each.
func Groups(entries iter.Seq[Entry]) []*Group {
	type same struct {
		item      *catalog.Item
		procedure *catalog.Procedure
		hall      *catalog.Hall
		place     *catalog.Division // of entries of no item
		id, why   string
	}
	at := map[same]*Group{}
	var out []*Group
	for e := range entries {
		k := same{e.Item, e.Procedure, e.Hall, nil, e.ID, e.Why}
		if e.Item == nil {
			k.place = e.Division
		}
		g := at[k]
		if g == nil {
			g = &Group{First: e}
			at[k] = g
			out = append(out, g)
		}
		if e.Division != nil {
			g.Places = append(g.Places, e.Division)
		}
		g.Num, g.Den = g.Num+e.Num, g.Den+e.Den
		if e.Unknown {
			g.Unknown++
		}
	}
	return out
}
