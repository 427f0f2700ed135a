package page

import "banshi/generator/internal/catalog"

// StepView is one step of the process.
type StepView struct {
	Only
	No                                                int
	Name, Who, Limit, Standard, Result, Wait, Dropped string
}

// stepsView is the view of fragments/steps.
type stepsView struct {
	Steps      []StepView
	HideLimits bool
	Chart      *flowChart
}

func (b *builder) stepsView(qs questions, p *catalog.Process) *stepsView {
	v := &stepsView{HideLimits: p.HideLimits}
	for i, s := range p.Steps {
		sv := StepView{Only: b.only(qs, s.When), No: i + 1, Name: s.Name, Who: s.Who, Standard: s.Standard, Result: s.Result}
		if s.Limit != nil && !p.HideLimits {
			sv.Limit = s.Limit.String()
		}
		if s.Wait != nil {
			sv.Wait = b.say("step_wait", "limit", s.Wait.String())
		}
		if s.Drop != nil {
			sv.Dropped = b.say("step_dropped", "reason", s.Drop.Reason)
		}
		v.Steps = append(v.Steps, sv)
	}
	v.Chart = b.flow(v.Steps)
	return v
}
