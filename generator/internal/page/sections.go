package page

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// sectionKey is what the sections of a guide are made from.
type sectionKey struct {
	procedure *catalog.Procedure
	sections  catalog.Sections
	near      string // which related items the place handles itself
}

// askKey is what sections other than the conditions take from a scope.
type askKey struct {
	cases    *record.Case // the first of them
	audience *string      // and the first of these: who changes a list writes another
	applyAt  string
}

// asking returns one scope for all that ask the same questions of the same people: where a place rewrites the conditions, all other
// sections are as they were.
func (b *builder) asking(s *record.Scope) *record.Scope {
	k := askKey{applyAt: s.ApplyAt}
	if len(s.Cases) > 0 {
		k.cases = &s.Cases[0]
	}
	if len(s.Audience) > 0 {
		k.audience = &s.Audience[0]
	}
	if b.listed {
		if same, ok := b.guides.asking.find(k); ok {
			return same
		}
		return s
	}
	return b.guides.asking.add(k, s)
}

// sectionSet is the sections of a guide as fragments, in the order of their slots. Guides that override nothing share the
// standard's.
type sectionSet struct {
	parts [numSections]*Fragment
	sum   digest
	stamp output.Stamp
}

// at returns the fragment of a section's slot.
func (s *sectionSet) at(x slot) *Fragment { return s.parts[x-firstSection] }

// sectionSet returns the sections of a guide. It must be called only while files are listed, once a guide.
func (b *builder) sectionSet(g *catalog.Guide) *sectionSet {
	k := sectionKey{procedure: g.Procedure, sections: g.Sections, near: b.nearby(g)}
	set := b.guides.sets[k]
	if set != nil {
		for _, part := range set.parts {
			if part != nil {
				part.users.Add(1)
			}
		}
		return set
	}
	set = &sectionSet{sum: b.digest(b.card(&g.Sections))}
	b.sections(set, g, k)
	h := hashers.Get().(*output.Hasher)
	defer hashers.Put(h)
	h.Reset()
	for _, part := range set.parts {
		h.Bool(part != nil)
		if part != nil {
			h.Stamp(part.stamp)
		}
	}
	for _, word := range []string{set.sum.Visits, set.sum.Time, set.sum.Cost, set.sum.Papers} {
		h.String(word)
	}
	set.stamp = h.Sum()
	b.guides.sets[k] = set
	return set
}

// firstSet is the sections of the first guide of a procedure, most often those of the standard: of a guide that changes one section all but that
// one need not be looked for.
type firstSet struct {
	*sectionSet
	sectionKey
	card  cardKey
	scope *record.Scope // that of all who ask the same
}

// sections makes the fragments of a set, each fragment kept by what it is made from: a guide that overrides one section gets
// its own of that, and shares all others.
func (b *builder) sections(set *sectionSet, g *catalog.Guide, k sectionKey) {
	name, qs := g.Item.Name, questions(g.Scope.Cases)
	card, scope := b.card(&g.Sections), b.asking(g.Scope)
	first, later := b.guides.first[g.Procedure]
	if !later && b.guides.first != nil {
		b.guides.first[g.Procedure] = firstSet{set, k, card, scope}
	}
	was, sameQuestions := &first.sections, first.scope == scope
	// shared takes the part of the first guide if both are made of the same.
	shared := func(x slot, same bool) bool {
		if !later || !same {
			return false
		}
		part := first.at(x)
		if part != nil {
			part.users.Add(1)
		}
		set.parts[x-firstSection] = part
		return true
	}
	part := func(x slot, file string, key any, view func() any) {
		set.parts[x-firstSection] = b.fragmentIn(&b.guides.parts, "fragments/"+file, key, name, view)
	}
	textPart := func(x slot, file string, key any, view func(*texts) any) {
		set.parts[x-firstSection] = b.textFragment(&b.guides.parts, "fragments/"+file, key, name, view)
	}
	type scoped struct {
		scope   *record.Scope
		section any
	}
	if x := slotAsk; !shared(x, was.Scope == g.Scope) && len(g.Scope.NotNeeded)+len(g.Scope.Cases) > 0 {
		part(x, "ask", g.Scope, func() any { return b.askView(g.Scope) })
	}
	if x := slotCard; !shared(x, first.card == card) {
		part(x, "card", card, func() any { return b.cardView(card) })
	}
	if x := slotConditions; !shared(x, was.Scope == g.Scope) {
		textPart(x, "conditions", g.Scope, func(t *texts) any { return b.conditionsView(g.Scope, t) })
	}
	papers := papersKey{scope, g.Papers, g.Access, g.Facilitation}
	if x := slotPapers; !shared(x, papers == papersKey{first.scope, was.Papers, was.Access, was.Facilitation}) {
		part(x, "papers", papers, func() any { return b.papersView(g) })
	}
	access := accessKey{scope, g.Access, g.Facilitation}
	if x := slotAccess; !shared(x, access == accessKey{first.scope, was.Access, was.Facilitation}) {
		part(x, "access", access, func() any { return b.accessView(g.Access, g.Scope, g.Facilitation) })
	}
	if x := slotSteps; !shared(x, sameQuestions && was.Process == g.Process) {
		part(x, "steps", scoped{scope, g.Process}, func() any { return b.stepsView(qs, g.Process) })
	}
	if x := slotTime; !shared(x, sameQuestions && was.Timing == g.Timing) {
		part(x, "time", scoped{scope, g.Timing}, func() any { return b.timeView(qs, g.Timing) })
	}
	if x := slotCost; !shared(x, sameQuestions && was.Cost == g.Cost) {
		part(x, "cost", scoped{scope, g.Cost}, func() any { return b.costView(qs, g.Cost) })
	}
	if x := slotOutcome; !shared(x, sameQuestions && was.Outcome == g.Outcome) {
		part(x, "outcome", scoped{scope, g.Outcome}, func() any { return b.outcomeView(qs, g.Outcome) })
	}
	if x := slotDeadlines; !shared(x, sameQuestions && was.Timing == g.Timing) {
		deadlines := deadlinesKey{g.Procedure, scope, g.Timing}
		part(x, "deadlines", deadlines, func() any { return b.deadlinesView(deadlines) })
	}
	if x := slotRelated; !shared(x, sameQuestions && was.Relations == g.Relations && first.near == k.near) {
		part(x, "related", relatedKey{g.Item, scope, g.Relations, k.near}, func() any { return b.relatedView(g) })
	}
	if x := slotFAQ; !shared(x, was.Questions == g.Questions) {
		textPart(x, "faq", g.Questions, func(t *texts) any { return faqOf(g.Questions, t) })
	}
	if x := slotBasis; !shared(x, sameQuestions && was.Powers == g.Powers && was.Protection == g.Protection) {
		part(x, "basis", itemKey{g.Procedure, scope, g.Powers, g.Protection}, func() any { return b.itemView(g) })
	}
}

// papersKey is what fragments/papers is made from.
type papersKey struct {
	scope        *record.Scope
	papers       *catalog.Papers
	access       *record.Access
	facilitation *record.Facilitation
}

// accessKey is what fragments/access is made from.
type accessKey struct {
	scope        *record.Scope
	access       *record.Access
	facilitation *record.Facilitation
}

// remedyKey is what fragments/remedy is made from.
type remedyKey struct{ kind, note, phone string }

// itemKey is what fragments/basis is made from.
type itemKey struct {
	procedure  *catalog.Procedure
	scope      *record.Scope
	powers     *record.Powers
	protection *record.Protection
}

// slipKey is what the foot of the printed guide is made from.
type slipKey struct {
	permit bool
	phone  string
}

// slipView is the view of fragments/slip: what the law gives the reader of the paper, and the part that the window keeps.
type slipView struct {
	Permit bool
	Phone  string
}

// relatedKey is what fragments/related is made from.
type relatedKey struct {
	item      *catalog.Item
	scope     *record.Scope
	relations *record.Relations
	near      string
}

// nearby tells which of the items that come before and after the place handles itself: one character each, in order.
func (b *builder) nearby(g *catalog.Guide) string {
	r := g.Relations
	if len(r.Before)+len(r.After)+len(r.Then) == 0 {
		return ""
	}
	out := make([]byte, 0, 16)
	flag := func(item string) {
		if handles(g.Division, item) {
			out = append(out, '1')
		} else {
			out = append(out, '0')
		}
	}
	for _, x := range r.Before {
		flag(x.Item)
	}
	for _, x := range r.After {
		flag(x.Item)
	}
	for _, item := range r.Then {
		flag(item)
	}
	return string(out)
}
