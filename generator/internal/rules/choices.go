package rules

import (
	"strings"

	"banshi/generator/internal/record"
)

// The most questions a procedure may ask, and the most options a question may have.
const (
	maxQuestions = 4
	maxOptions   = 6
)

// choices returns every combination of answers, the first question slowest; one empty choice where nothing is asked, and nil
// where more is asked than is allowed, which a rule of its own says.
func choices(cases []record.Case) []record.Choice {
	if len(cases) > maxQuestions {
		return nil
	}
	out := []record.Choice{{}}
	for _, q := range cases {
		if len(q.Options) > maxOptions || len(q.Options) == 0 {
			return nil
		}
		next := make([]record.Choice, 0, len(out)*len(q.Options))
		for _, c := range out {
			for _, o := range q.Options {
				more := make(record.Choice, len(c)+1)
				for k, v := range c {
					more[k] = v
				}
				more[q.ID] = o.ID
				next = append(next, more)
			}
		}
		out = next
	}
	return out
}

// describe says a choice in the words of the questions, or "" where nothing is asked.
func describe(cases []record.Case, c record.Choice) string {
	var parts []string
	for _, q := range cases {
		for _, o := range q.Options {
			if o.ID == c[q.ID] {
				parts = append(parts, o.Label)
			}
		}
	}
	return strings.Join(parts, "；")
}

// inCase puts the case before a message where there is one.
func inCase(cases []record.Case, c record.Choice) (zh, en string) {
	if s := describe(cases, c); s != "" {
		return "“" + s + "”时，", " (in the case " + s + ")"
	}
	return "", ""
}

// limitOf returns the limit that holds in a case: the first whose condition does, as guides show it.
func limitOf(limits []record.Limit, c record.Choice) (l record.Limit, index int, ok bool) {
	for i, l := range limits {
		if l.When.Holds(c) {
			return l, i, true
		}
	}
	return record.Limit{}, -1, false
}
