package changes

import (
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/record"
)

// classOf says what kind of thing a key is about.
func classOf(kind record.Kind, plain string) Class {
	top, rest, _ := strings.Cut(plain, ".")
	last := plain[strings.LastIndexByte(plain, '.')+1:]
	switch {
	case last == "phone" || last == "phones" || last == "url" || last == "mobile_url" || last == "complaint":
		return Contact
	case last == "note" || last == "sample" || last == "sample_form" || last == "blank_form" || last == "aliases":
		return Editorial
	}
	switch top {
	case "phones", "places", "progress", "handling_unit", "official_url", "location":
		return Contact
	case "halls", "orgs":
		if strings.HasPrefix(rest, "handles") || last == "uscc" || last == "name_status" {
			return Technical
		}
		return Contact
	case "plain", "aliases", "faq", "note", "short_name":
		return Editorial
	case "code", "former_codes", "local_code", "code_status", "power_list_ref", "benchmark", "local_topics", "topics", "type_code",
		"checked_on", "url", "document_number", "number", "parent":
		return Technical
	case "articles":
		return Editorial
	}
	if kind == record.KindDocument {
		return Technical
	}
	return Substantive
}

// How the value of a key is judged. What is not named here is neither better nor worse: a text may say anything.
var (
	// Members that the applicant must bring, do, obey or pay for, and lists of that kind: fewer is better.
	burdens = []string{
		"materials", "steps", "conditions", "prohibitions", "fee.items", "other_costs", "special_procedures", "apply_by",
		"tolerance.main", "representative.papers", "not_adopted", "before",
	}
	// Members and lists that give the applicant a choice: more is better.
	choices = []string{
		"channels", "delivery.ways", "materials.waived_by", "cross_region.modes", "representative", "not_needed", "agent_points",
		"places", "waived_by", "alternatives", "materials.any_of", "halls.does.accept", "halls.does.decide", "halls.does.agent",
	}
	// Times that the applicant waits: shorter is better.
	waits = []string{"promise", "legal_limit", "steps.limit", "steps.wait", "special_procedures.limit", "delivery.limit", "total_promise", "limit"}
	// Times that the applicant has: longer is better.
	graces = []string{"apply_by.within", "tolerance.limit"}
	// Numbers of which fewer is better.
	counts = []string{"visits", "materials.originals", "materials.copies"}
	// What is better when it is so, and worse when it is not.
	reliefs = []string{"commitment.enabled", "tolerance.enabled", "automatic", "one_window", "fee.online_payment", "hall_entry.entered"}
	// What is worse when it is so.
	loads = []string{"fee.charged", "special_procedures.charged"}
	// Terms of a vocabulary in which a higher rank is better.
	ranked = map[string]string{"online.depth": "depths", "cross_region.scope": "cross-region-scopes"}
)

// direction says whether a change is better for the applicant. Only what can be compared is judged.
func (l *leaves) direction(o, n leaf, had, has bool) Direction {
	plain := n.plain
	is := func(list []string) bool { return slices.Contains(list, plain) }
	if l.kind == record.KindBundle && plain == "steps" {
		return Same // an item more in a bundle is one fewer to do alone
	}
	switch {
	case is(burdens):
		return -more(o, n, had, has)
	case is(choices):
		return more(o, n, had, has)
	case plain == "materials.drop" || plain == "steps.drop":
		return more(leaf{}, leaf{}, had, has)
	case plain == "suspended":
		return -more(leaf{}, leaf{}, had, has)
	case plain == "promise" && had != has:
		return more(leaf{}, leaf{}, had, has) // without a promise the law's limit is all there is
	case is(waits):
		return limits(o, n)
	case is(graces):
		return -limits(o, n)
	case is(counts):
		return -bigger(float(o.value), float(n.value))
	case plain == "fee.items.amount":
		return -bigger(decimal(o.text), decimal(n.text))
	case plain == "benefit.amount":
		return amounts(o, n)
	case is(reliefs):
		return truth(o, n)
	case is(loads) && had && has:
		return -truth(o, n)
	case ranked[plain] != "":
		return bigger(l.rank(plain, o), l.rank(plain, n))
	case plain == "materials.necessity":
		return -bigger(necessity(o.text), necessity(n.text))
	case plain == "materials.form":
		return forms(o.text, n.text)
	case plain == "status":
		return statuses(o.text, n.text)
	}
	return Same
}

// more is better when something comes, or when a list holds all it held and more; worse the other way round.
func more(o, n leaf, had, has bool) Direction {
	a, isList := o.value.([]string)
	b, alsoList := n.value.([]string)
	if isList || alsoList {
		gained, lost := len(minus(b, a)), len(minus(a, b))
		switch {
		case gained > 0 && lost == 0:
			return Better
		case lost > 0 && gained == 0:
			return Worse
		}
		return Same
	}
	switch {
	case has && !had:
		return Better
	case had && !has:
		return Worse
	}
	return Same
}

func minus(a, b []string) []string {
	var out []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// limits compares limits, or two lists of them that hold in the same cases: shorter is better. What is shorter in one case and
// longer in another is neither.
func limits(o, n leaf) Direction {
	a, b := limitList(o.value), limitList(n.value)
	if len(a) == 0 || len(a) != len(b) {
		return Same
	}
	d := Same
	for i := range a {
		if !sameCase(a[i].When, b[i].When) {
			return Same
		}
		c, ok := b[i].Compare(a[i])
		if !ok {
			return Same
		}
		if c == 0 {
			c = sign(b[i].Extension - a[i].Extension)
		}
		if c != 0 {
			if d != Same && d != Direction(-c) {
				return Same
			}
			d = Direction(-c)
		}
	}
	return d
}

func sign(n int) int { return max(-1, min(1, n)) }

func sameCase(a, b record.When) bool {
	if len(a) != len(b) {
		return false
	}
	for q, options := range a {
		if !slices.Equal(slices.Sorted(slices.Values(options)), slices.Sorted(slices.Values(b[q]))) {
			return false
		}
	}
	return true
}

func limitList(v any) []record.Limit {
	switch v := v.(type) {
	case []record.Limit:
		return v
	case record.Limit:
		return []record.Limit{v}
	case *record.TotalPromise:
		return []record.Limit{{Value: v.Value, Unit: v.Unit}}
	}
	return nil
}

// unknown is a number that is not stated or not a number; it compares with nothing.
const unknown = -1

// bigger is better when the second number is bigger. Neither may be unknown.
func bigger(a, b float64) Direction {
	switch {
	case a == unknown || b == unknown || a == b:
		return Same
	case b > a:
		return Better
	}
	return Worse
}

func float(v any) float64 {
	if n, ok := v.(int); ok {
		return float64(n)
	}
	return unknown
}

func decimal(s string) float64 {
	x, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || x < 0 {
		return unknown
	}
	return x
}

// amounts compares two sums in one unit: people get more.
func amounts(o, n leaf) Direction {
	a, ok1 := o.value.(*record.Amount)
	b, ok2 := n.value.(*record.Amount)
	if !ok1 || !ok2 || a.Unit != b.Unit {
		return Same
	}
	return bigger(decimal(a.Value), decimal(b.Value))
}

// truth is better when something becomes true, or is stated as true for the first time; worse when it ceases to be.
func truth(o, n leaf) Direction {
	a, _ := o.value.(bool)
	b, _ := n.value.(bool)
	switch {
	case b && !a:
		return Better
	case a && !b:
		return Worse
	}
	return Same
}

func (l *leaves) rank(plain string, x leaf) float64 {
	if n := l.state.rank(ranked[plain], x.raw); n > 0 {
		return float64(n)
	}
	return unknown
}

func necessity(s string) float64 {
	switch s {
	case record.Required:
		return 2
	case record.Deferrable:
		return 1
	case record.Optional:
		return 0
	}
	return unknown
}

// forms is better when the applicant may choose, worse when he no longer may.
func forms(old, now string) Direction {
	const either = "纸质或电子"
	switch {
	case old == "" || now == "" || old == now:
		return Same
	case now == either:
		return Better
	case old == either:
		return Worse
	}
	return Same
}

// statuses: what cannot be handled for a time is worse. An item that ends may be a burden that ends.
func statuses(old, now string) Direction {
	switch {
	case now == record.StatusSuspended && old == record.StatusInForce:
		return Worse
	case now == record.StatusInForce && old == record.StatusSuspended:
		return Better
	}
	return Same
}
