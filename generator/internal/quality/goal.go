package quality

import (
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// Goal is what a document demands of a figure.
type Goal struct {
	*record.Target
	Document *catalog.Entry[record.Document] // nil where the library lacks it
	value    fraction
	least    bool
}

func (g *Goal) meets(v fraction) bool {
	if g.least {
		return v.num*g.value.den >= g.value.num*v.den
	}
	return v.num*g.value.den <= g.value.num*v.den
}

// Words is the demand: ≥70%, ≤120.
func (g *Goal) Words() string {
	if g.least {
		return "≥" + g.AtLeast
	}
	return "≤" + g.AtMost
}

// goal finds the newest demand that holds for a metric in a scope on the day of the catalog.
func (s *Survey) goal(m *Metric, sc Scope) *Goal {
	level, name := sc.Level, ""
	if sc.Division != nil {
		name = sc.Division.Name
		if level == "" && !sc.Below {
			level = sc.Division.Level
		}
	}
	if sc.Item != nil {
		return nil // nothing is demanded of a single item
	}
	var best *Goal
	for i := range s.Catalog.Targets {
		t := &s.Catalog.Targets[i]
		if t.Metric != m.Title.ZH || t.Level != "" && t.Level != level || t.Scope != "" && t.Scope != name || t.Year > s.Catalog.AsOf.Time().Year() {
			continue
		}
		if best != nil && best.Year >= t.Year {
			continue
		}
		if g := newGoal(t); g != nil {
			g.Document = s.Catalog.Documents.Get(t.Document)
			best = g
		}
	}
	return best
}

// newGoal reads the value of a target; nil for one that is no number.
func newGoal(t *record.Target) *Goal {
	g := &Goal{Target: t, least: t.AtLeast != ""}
	text := t.AtLeast
	if !g.least {
		text = t.AtMost
	}
	whole, part, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(text), "%"), ".")
	n, err := strconv.Atoi(whole + part)
	if err != nil {
		return nil
	}
	g.value = fraction{n, 1}
	for range part {
		g.value.den *= 10
	}
	return g
}
