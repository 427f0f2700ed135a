package site

import (
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// BundlePlan is a bundle (一件事) worked out: its steps in an order that can be followed, and its papers merged.
type BundlePlan struct {
	Entry  *catalog.Entry[record.Bundle]
	Steps  []*BundleStep
	Papers []*BundlePaper // in the order in which they are first asked for
	// Asked is how many papers the steps ask for when handled one by one, Handed how many are handed in when handled as one,
	// both for the answers with which most are asked for. Of papers of which one is enough (any_of) one counts; what the
	// windows find themselves counts in neither. The cases of the single procedures are not told apart: these are the most.
	Asked, Handed int
	// MinSteps and MaxSteps are how many steps one takes, by the answers.
	MinSteps, MaxSteps int
}

// BundleStep is one step of a plan.
type BundleStep struct {
	*record.BundleStep
	No         int
	Item       *catalog.Item        // nil where the record names an item that does not exist
	Procedures []*catalog.Procedure // the one the step names, else all in force
	After      []*BundleStep

	before map[*BundleStep]bool // all steps that must be done before, directly or not
}

// BundlePaper is one material of the library with every step that asks for it.
type BundlePaper struct {
	Material string
	Library  *catalog.Entry[record.Material] // nil where the library lacks it
	Uses     []BundleUse
}

// Name returns the material's name, or its id where the library lacks it.
func (p *BundlePaper) Name() string {
	if p.Library != nil {
		return p.Library.Record.Name
	}
	return p.Material
}

// ToHand reports whether the applicant hands the paper in anywhere.
func (p *BundlePaper) ToHand() bool {
	return slices.ContainsFunc(p.Uses, func(u BundleUse) bool { return u.How == HandIn })
}

// Handing says how one use of a paper in a bundle is met.
type Handing int

// The ways a use is met.
const (
	HandIn   Handing = iota // the applicant hands it in at this step
	Found                   // the window finds it itself
	HandedIn                // it was handed in at an earlier step
	Issued                  // an earlier step issues it
)

// BundleUse is one use of a paper. From is the step that hands it over for HandedIn and Issued; Maybe is set where that step is
// not taken in every case in which this one is, so that some people hand the paper in here after all.
type BundleUse struct {
	Step      *BundleStep
	Procedure *catalog.Procedure
	Paper     *catalog.Paper
	How       Handing
	From      *BundleStep
	Maybe     bool
}

// Plan works a bundle out.
func (s *Site) Plan(e *catalog.Entry[record.Bundle]) *BundlePlan {
	p := &BundlePlan{Entry: e}
	p.steps(s.Catalog)
	choices := choicesOf(e.Record.Cases)
	papers := map[string]*BundlePaper{}
	for _, step := range p.Steps {
		for _, proc := range step.Procedures {
			for _, line := range proc.Papers.Lines {
				paper := papers[line.Material]
				if paper == nil {
					paper = &BundlePaper{Material: line.Material, Library: line.Library}
					papers[line.Material] = paper
					p.Papers = append(p.Papers, paper)
				}
				use := BundleUse{Step: step, Procedure: proc, Paper: line}
				p.meet(&use, paper, choices)
				paper.Uses = append(paper.Uses, use)
			}
		}
	}
	p.count(choices)
	return p
}

// steps links the steps and orders them: each after those it must follow, otherwise as written. Steps in a circle stay as
// written.
func (p *BundlePlan) steps(c *catalog.Catalog) {
	var written []*BundleStep
	byItem := map[string]*BundleStep{}
	for i := range p.Entry.Record.Steps {
		r := &p.Entry.Record.Steps[i]
		step := &BundleStep{BundleStep: r, Item: c.Item(r.Item)}
		if step.Item != nil {
			for _, proc := range step.Item.Procedures {
				if proc.No == r.Procedure || r.Procedure == "" && proc.Current {
					step.Procedures = append(step.Procedures, proc)
				}
			}
		}
		written = append(written, step)
		if byItem[r.Item] == nil {
			byItem[r.Item] = step
		}
	}
	for _, step := range written {
		for _, id := range step.BundleStep.After {
			if before := byItem[id]; before != nil && before != step {
				step.After = append(step.After, before)
			}
		}
	}
	done := map[*BundleStep]bool{}
	for len(p.Steps) < len(written) {
		next := slices.IndexFunc(written, func(s *BundleStep) bool { return !done[s] && all(s.After, done) })
		if next < 0 {
			next = slices.IndexFunc(written, func(s *BundleStep) bool { return !done[s] })
		}
		step := written[next]
		done[step] = true
		p.Steps = append(p.Steps, step)
		step.No = len(p.Steps)
	}
	for _, step := range p.Steps {
		step.before = map[*BundleStep]bool{}
		for _, a := range step.After {
			step.before[a] = true
			for earlier := range a.before {
				step.before[earlier] = true
			}
		}
	}
}

func all(steps []*BundleStep, done map[*BundleStep]bool) bool {
	for _, s := range steps {
		if !done[s] {
			return false
		}
	}
	return true
}

// meet decides how one use is met. A paper that an earlier step issues is only there if that step must come before, because
// others run side by side; a paper that was handed in is there from the first step on.
func (p *BundlePlan) meet(use *BundleUse, paper *BundlePaper, choices []record.Choice) {
	if use.Paper.Waived() {
		use.How = Found
		return
	}
	if m := paper.Library; m != nil && m.Record.Certificate != "" {
		for _, earlier := range p.Steps {
			if use.Step.before[earlier] && together(use.Step, earlier, choices) && issues(earlier, m.Record.Certificate) {
				use.How, use.From = Issued, earlier
				use.Maybe = !implied(use.Step, earlier, choices)
				return
			}
		}
	}
	for _, u := range paper.Uses {
		if u.How == HandIn && u.Step != use.Step && together(use.Step, u.Step, choices) {
			use.How, use.From = HandedIn, u.Step
			use.Maybe = !implied(use.Step, u.Step, choices)
			if !use.Maybe {
				return
			}
		}
	}
}

// issues reports whether the certificate is a result of the step.
func issues(step *BundleStep, certificate string) bool {
	for _, p := range step.Procedures {
		for _, r := range p.Outcome.Results {
			if r.Certificate == certificate {
				return true
			}
		}
	}
	return false
}

// implied reports whether everyone who takes step also takes earlier.
func implied(step, earlier *BundleStep, choices []record.Choice) bool {
	for _, c := range choices {
		if step.When.Holds(c) && !earlier.When.Holds(c) {
			return false
		}
	}
	return true
}

// together reports whether anyone takes both steps.
func together(a, b *BundleStep, choices []record.Choice) bool {
	for _, c := range choices {
		if a.When.Holds(c) && b.When.Holds(c) {
			return true
		}
	}
	return false
}

// choicesOf returns every combination of answers; there are at most 4 questions of 6 options.
func choicesOf(cases []record.Case) []record.Choice {
	out := []record.Choice{{}}
	for _, q := range cases {
		var next []record.Choice
		for _, c := range out {
			for _, o := range q.Options {
				choice := record.Choice{q.ID: o.ID}
				for k, v := range c {
					choice[k] = v
				}
				next = append(next, choice)
			}
		}
		if len(next) > 0 {
			out = next
		}
	}
	return out
}

// count counts papers for the answers with which most are asked for.
func (p *BundlePlan) count(choices []record.Choice) {
	p.MinSteps = len(p.Steps)
	for _, c := range choices {
		n := tally{given: map[string]bool{}}
		for _, step := range p.Steps {
			if !step.When.Holds(c) {
				continue
			}
			n.steps++
			for _, proc := range step.Procedures {
				n.add(p, step, proc, c)
			}
		}
		p.MinSteps, p.MaxSteps = min(p.MinSteps, n.steps), max(p.MaxSteps, n.steps)
		if n.asked > p.Asked {
			p.Asked, p.Handed = n.asked, n.handed
		}
	}
}

// tally is what one choice of answers amounts to; given are the materials handed in so far.
type tally struct {
	steps, asked, handed int
	given                map[string]bool
}

// add counts the papers of one procedure. Those that stand for one another count once, and not at all if the window finds one.
func (n *tally) add(p *BundlePlan, step *BundleStep, proc *catalog.Procedure, c record.Choice) {
	done := map[string]bool{}
	for _, line := range proc.Papers.Lines {
		same := []*catalog.Paper{line}
		if g := line.AnyOf; g != "" {
			if done[g] {
				continue
			}
			done[g] = true
			same = same[:0]
			for _, l := range proc.Papers.Lines {
				if l.AnyOf == g {
					same = append(same, l)
				}
			}
		}
		if slices.ContainsFunc(same, (*catalog.Paper).Waived) {
			continue
		}
		n.asked++
		if slices.ContainsFunc(same, func(l *catalog.Paper) bool { return n.given[l.Material] || p.issued(step, l, c) }) {
			continue
		}
		n.handed++
		if len(same) == 1 {
			n.given[line.Material] = true
		}
	}
}

// issued reports whether, with these answers, a step that comes before issues the paper.
func (p *BundlePlan) issued(step *BundleStep, line *catalog.Paper, c record.Choice) bool {
	if line.Library == nil || line.Library.Record.Certificate == "" {
		return false
	}
	for earlier := range step.before {
		if earlier.When.Holds(c) && issues(earlier, line.Library.Record.Certificate) {
			return true
		}
	}
	return false
}
