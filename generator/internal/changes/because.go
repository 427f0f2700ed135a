package changes

import (
	"cmp"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// newTransfers returns the transfers that an item did not have before.
func newTransfers(old, now *record.Item) []record.Transfer {
	var out []record.Transfer
	for _, t := range now.Transfers {
		if !slices.ContainsFunc(old.Transfers, func(o record.Transfer) bool { return o.Kind == t.Kind && o.To == t.To && o.Date == t.Date }) {
			out = append(out, t)
		}
	}
	return out
}

// transferKind is the kind of event that a transfer is: entrusting and empowering bring a matter nearer too.
func transferKind(kind string) string {
	if kind == "收回" {
		return kind
	}
	return "下放"
}

// because says at a change of status or level since when and by which document, and leaves the title without the keys that say so.
func (x *comparison) because(e *Entry, r *record.Item) {
	when, instead := "", ""
	switch e.Kind {
	case KindEnded, KindMerged:
		if instead = r.ReplacedBy; r.EffectiveTo != 0 {
			when = "到" + r.EffectiveTo.Han() + "为止"
		}
		if r.Ending != nil && instead == "" {
			instead = r.Ending.ReplacedBy
		}
	case "下放", "收回":
		if n := len(r.Transfers); n > 0 {
			when = r.Transfers[n-1].Date.Han() + "起"
		}
	case KindSuspended, KindResumed, KindInForce:
	default:
		return
	}
	x.explain(e, when, instead)
}

// quiet are the keys that because tells in its own words.
var quiet = []string{"ending.document", "ending.replaced_by", "effective_to", "effective_from", "documents", "replaced_by", "levels"}

func (x *comparison) explain(e *Entry, when, instead string) {
	if instead != "" {
		instead = "“" + cmp.Or(x.now.name(record.KindItem, instead), instead) + "”"
	}
	document := ""
	if e.Document != "" {
		document = cmp.Or(x.now.name(record.KindDocument, e.Document), e.Document)
	}
	for i := range e.Fields {
		f := &e.Fields[i]
		switch {
		case slices.Contains(quiet, f.Key):
			f.silent = true
			continue
		case f.Key != "status" && !strings.HasPrefix(f.Key, "transfers."):
			continue
		case f.Key == "status" && instead != "" && e.Kind == KindMerged:
			f.Words = "已并入" + instead
		case f.Key == "status" && instead != "":
			f.Words += "，改办" + instead
		}
		if f.Key == "status" || strings.Count(f.Key, ".") == 1 { // the transfer itself, not a key of an old one
			if more := join("，", when, document); more != "" {
				f.Words += "（" + more + "）"
			}
		}
	}
}

// statusKind names a change of status by its event; anything else is 变更.
func statusKind(old, now string) string {
	if old == now {
		return KindChanged
	}
	switch now {
	case record.StatusCancelled:
		return KindEnded
	case record.StatusMerged:
		return KindMerged
	case record.StatusSuspended:
		return KindSuspended
	case record.StatusInForce:
		if old == record.StatusDraft {
			return KindInForce
		}
		return KindResumed
	}
	return KindChanged
}

// newDocument returns the last document that an item names and did not name before: that is what the change rests on.
func newDocument(was, now *catalog.File) string {
	if now == nil {
		return ""
	}
	var known []string
	if was != nil {
		known = documentsOf(was.Record.(*record.Item))
	}
	list := minus(documentsOf(now.Record.(*record.Item)), known)
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

// documentsOf returns all documents that an item names, that of its ending last.
func documentsOf(r *record.Item) []string {
	out := slices.Clone(r.Documents)
	for _, t := range r.Transfers {
		out = append(out, t.Document)
	}
	if r.Ending != nil {
		out = append(out, r.Ending.Document)
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}
