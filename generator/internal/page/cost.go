package page

import (
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/record"
)

// price is what the government charges for one choice: nothing, a sum of known amounts, or something that must be read in the
// section. Cents keep money exact.
type price struct {
	stated, charged, known bool
	cents                  int
	unit                   string
	items                  int
}

func priceOf(c *record.Cost, choice record.Choice) price {
	if c.Fee == nil || c.Fee.Charged == nil {
		return price{}
	}
	p := price{stated: true, charged: *c.Fee.Charged}
	if !p.charged {
		return p
	}
	p.known = true
	for _, it := range c.Fee.Items {
		if !it.When.Holds(choice) {
			continue
		}
		p.items++
		cents, ok := centsOf(it.Amount)
		p.known = p.known && ok && p.items == 1
		p.cents, p.unit = cents, it.Unit
	}
	if p.items == 0 {
		p.charged = len(c.Fee.Items) == 0
		p.known = !p.charged
	}
	return p
}

// centsOf reads a decimal number of yuan.
func centsOf(s string) (int, bool) {
	yuan, cents, _ := strings.Cut(s, ".")
	if len(cents) > 2 {
		return 0, false
	}
	n, err := strconv.Atoi(yuan + (cents + "00")[:2])
	return n, err == nil
}

// yuan prints cents without needless zeros.
func yuan(cents int) string {
	if cents%100 == 0 {
		return strconv.Itoa(cents / 100)
	}
	return strconv.FormatFloat(float64(cents)/100, 'f', 2, 64)
}

func (b *builder) costNode(qs questions, c *record.Cost) Node {
	var whens []record.When
	if c.Fee != nil {
		for _, it := range c.Fee.Items {
			whens = append(whens, it.When)
		}
	}
	others := ""
	if len(c.OtherCosts) > 0 {
		others = b.say("others_charge")
	}
	return node(qs, qs.involved(whens...), func(ch record.Choice) price { return priceOf(c, ch) }, func(ps []price) Figure {
		f := b.showPrice(ps)
		if others != "" && (f.Remark == "" || f.Number == "0") {
			f.Remark = others
		}
		return f
	})
}

// showPrice is the figure: 0 元, 不收费; 20 元; or a range.
func (b *builder) showPrice(ps []price) Figure {
	if !ps[0].stated {
		return Figure{Number: b.say("unknown"), Remark: b.say("ask_window")}
	}
	low, high := 0, 0
	for i, p := range ps {
		if p.charged && !p.known {
			return Figure{Number: b.say("charged"), Remark: b.say("by_standard")}
		}
		if i == 0 {
			low, high = p.cents, p.cents
		}
		low, high = min(low, p.cents), max(high, p.cents)
	}
	f := Figure{Number: yuan(low), Unit: b.say("yuan")}
	switch {
	case low != high:
		f.Number += "–" + yuan(high)
		f.Remark = b.say("by_case")
	case high == 0:
		f.Remark = b.say("free")
	}
	return f
}

// FeeView is one charge.
type FeeView struct {
	Only
	Name, Amount, Standard, Basis, Reduction string
}

// OtherCostView is money paid to others.
type OtherCostView struct {
	Only
	What, To, Note string
}

// costView is the view of fragments/cost.
type costView struct {
	Standard string // 收费标准 in words
	Basis    string // 收费依据
	Online   string
	Note     string
	Fees     []FeeView
	Others   []OtherCostView
}

func (b *builder) costView(qs questions, c *record.Cost) *costView {
	v := &costView{Standard: b.say("fee_unknown"), Basis: b.say("not_applicable")}
	if f := c.Fee; f != nil {
		v.Note = f.Note
		switch {
		case f.Charged == nil:
		case !*f.Charged:
			v.Standard = b.say("fee_free")
		default:
			v.Standard, v.Basis = b.say("fee_items"), b.say("fee_basis_unknown")
			v.fill(b, qs, f)
		}
		if f.Charged != nil && *f.Charged && f.OnlinePayment != nil {
			v.Online = b.say("pay_window")
			if *f.OnlinePayment {
				v.Online = b.say("pay_online")
			}
		}
	}
	for _, o := range c.OtherCosts {
		v.Others = append(v.Others, OtherCostView{Only: b.only(qs, o.When), What: o.What, To: o.To, Note: o.Note})
	}
	return v
}

func (v *costView) fill(b *builder, qs questions, f *record.Fee) {
	var bases []string
	for _, it := range f.Items {
		fv := FeeView{Only: b.only(qs, it.When), Name: it.Name, Standard: it.Standard, Basis: it.Basis, Reduction: it.Reduction}
		if it.Amount != "" {
			fv.Amount = it.Amount + " " + or(it.Unit, b.say("yuan"))
		}
		v.Fees = append(v.Fees, fv)
		if it.Basis != "" && !slices.Contains(bases, it.Basis) {
			bases = append(bases, it.Basis)
		}
	}
	if len(bases) > 0 {
		v.Basis = strings.Join(bases, "；")
	}
}
