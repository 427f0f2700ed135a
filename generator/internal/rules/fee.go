package rules

import (
	"fmt"
	"strconv"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// checkFee compares what a division charges with what it inherits: charging at all, a charge that the standard does not have,
// and amounts of the same charge. Amounts that are texts with a formula cannot be compared and are left to people.
func checkFee(c *checker) {
	c.tightened(func(g *catalog.Guide) {
		if g.Cost.Fee == nil {
			return
		}
		var standard record.Fee
		if g.Procedure.Cost.Fee != nil {
			standard = *g.Procedure.Cost.Fee
		}
		if o, ok := here(g, "fee.charged"); ok {
			was := inherited(g, "fee.charged", standard.Charged)
			if is := g.Cost.Fee.Charged; was != nil && !*was && is != nil && *is {
				c.worse(g, o, "标准不收费，地方不能收费", "the standard is free of charge", "fee", "charged")
			}
		}
		if o, ok := here(g, "fee.items"); ok {
			c.feeItems(g, o, inherited(g, "fee.items", standard.Items))
		}
	})
}

func (c *checker) feeItems(g *catalog.Guide, o catalog.Origin, was []record.FeeItem) {
	before := map[string]record.FeeItem{}
	for _, i := range was {
		before[i.ID] = i
	}
	path := o.Path
	if path[len(path)-1] != "items" {
		path = join(path, "items")
	}
	for n, i := range g.Cost.Fee.Items {
		o.Path = join(path, strconv.Itoa(n))
		old, ok := before[i.ID]
		if !ok {
			c.worse(g, o, "标准没有“"+i.Name+"”这项收费", "the standard has no charge "+i.ID, "fee")
			continue
		}
		is, err1 := strconv.ParseFloat(i.Amount, 64)
		was, err2 := strconv.ParseFloat(old.Amount, 64)
		if err1 == nil && err2 == nil && is > was {
			o.Path = join(o.Path, "amount")
			c.worse(g, o, fmt.Sprintf("“%s”收 %s 元，标准是 %s 元", i.Name, i.Amount, old.Amount), fmt.Sprintf("%s costs %s, the standard has %s", i.ID, i.Amount, old.Amount), "fee", "items")
		}
	}
}
