package changes

import (
	"strconv"
	"strings"

	"banshi/generator/internal/record"
)

// classOf says what kind of thing a key is about.
func classOf(plain string) Class {
	top, _, _ := strings.Cut(plain, ".")
	switch top {
	case "phones", "places", "progress", "handling_unit", "official_url", "halls", "orgs", "location":
		return Contact
	case "plain", "aliases", "faq", "note":
		return Editorial
	case "code", "former_codes", "local_code", "code_status", "power_list_ref", "benchmark", "local_topics", "topics":
		return Technical
	}
	return Substantive
}

// direction says whether a change is better for the applicant. Only what can be compared is judged; the rest is neither.
func direction(plain string, o, n leaf, had, has bool) Direction {
	switch plain {
	case "materials", "steps", "conditions", "prohibitions":
		return fewer(had, has)
	case "promise", "legal_limit", "materials.limit", "steps.limit", "delivery.limit":
		return limits(o, n, had && has)
	case "visits", "materials.copies", "materials.originals":
		return numbers(o, n, had && has, -1)
	case "fee.items":
		return fewer(had, has)
	case "fee.items.amount":
		return decimals(o, n)
	case "channels", "delivery.ways", "materials.waived_by", "cross_region.modes", "special_procedures":
		return lists(o, n)
	case "materials.necessity":
		return necessity(o.text, n.text)
	case "benefit.amount":
		return Same
	case "suspended.from", "suspended.reason":
		return fewer(had, has)
	}
	return Same
}

// fewer is better when something asked for goes, worse when it comes.
func fewer(had, has bool) Direction {
	switch {
	case had && !has:
		return Better
	case has && !had:
		return Worse
	}
	return Same
}

// limits compares two lists of limits that hold in the same cases, or two single ones.
func limits(o, n leaf, both bool) Direction {
	if !both {
		return Same
	}
	a, b := limitList(o.value), limitList(n.value)
	if len(a) != len(b) {
		return Same
	}
	d := Same
	for i := range a {
		c, ok := b[i].Compare(a[i])
		if !ok {
			return Same
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

func limitList(v any) []record.Limit {
	switch v := v.(type) {
	case []record.Limit:
		return v
	case record.Limit:
		return []record.Limit{v}
	}
	return nil
}

// numbers compares whole numbers; sign -1 means less is better.
func numbers(o, n leaf, both bool, sign int) Direction {
	a, err1 := strconv.Atoi(o.text)
	b, err2 := strconv.Atoi(n.text)
	if !both || err1 != nil || err2 != nil || a == b {
		return Same
	}
	if (b > a) == (sign > 0) {
		return Better
	}
	return Worse
}

func decimals(o, n leaf) Direction {
	a, err1 := strconv.ParseFloat(o.text, 64)
	b, err2 := strconv.ParseFloat(n.text, 64)
	switch {
	case err1 != nil || err2 != nil || a == b:
		return Same
	case b < a:
		return Better
	}
	return Worse
}

// lists is better when the new list holds all of the old and more, worse the other way round.
func lists(o, n leaf) Direction {
	a, _ := o.value.([]string)
	b, _ := n.value.([]string)
	more, less := len(minus(b, a)), len(minus(a, b))
	switch {
	case more > 0 && less == 0:
		return Better
	case less > 0 && more == 0:
		return Worse
	}
	return Same
}

func minus(a, b []string) []string {
	var out []string
	for _, x := range a {
		found := false
		for _, y := range b {
			found = found || x == y
		}
		if !found {
			out = append(out, x)
		}
	}
	return out
}

func necessity(old, now string) Direction {
	rank := map[string]int{record.Required: 2, record.Deferrable: 1, record.Optional: 0}
	switch {
	case rank[now] < rank[old]:
		return Better
	case rank[now] > rank[old]:
		return Worse
	}
	return Same
}
