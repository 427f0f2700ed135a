package record

// Implementation is divisions/<id>/<item>.toml: what one division says of one item, local values and permitted improvements
// only. Keys at the top hold for every procedure of the item.
type Implementation struct {
	Terms
	Procedure map[string]*ProcedureTerms `toml:"procedure"`
	Review    *Review                    `toml:"review"`
	Meta
}

// ProcedureTerms is [procedure.NN] of an implementation: what holds for one procedure, and overrides of members by id.
type ProcedureTerms struct {
	Terms
	Material map[string]*MaterialTerms `toml:"material"`
	Step     map[string]*StepTerms     `toml:"step"`
}

// Terms is what a division may state: the sections of the standard, as overrides within their locks, and purely local values.
type Terms struct {
	Overrides
	Local
	Deviation *Deviation `toml:"deviation"`
}

// Overrides is the sections of a [Standard]. A place states a key or two of one: the sections in which a record states nothing are shared by
// all records, so nobody may write to them.
type Overrides struct {
	*Scope
	*Powers
	*Timing
	*Papers
	*Process
	*Outcome
	*Cost
	*Access
	*Relations
	*Facilitation
	*Protection
	*Questions
}

// unstated is the sections in which nothing is stated.
var unstated = func(s *Standard) Overrides {
	return Overrides{&s.Scope, &s.Powers, &s.Timing, &s.Papers, &s.Process, &s.Outcome,
		&s.Cost, &s.Access, &s.Relations, &s.Facilitation, &s.Protection, &s.Questions}
}(new(Standard))

// Local is the keys of lock class L that no standard has.
type Local struct {
	Org         string      `toml:"org"`
	Places      []Place     `toml:"places"`
	Phones      []Phone     `toml:"phones"`
	Suspended   *Suspension `toml:"suspended"`
	HallEntry   *HallEntry  `toml:"hall_entry"`
	OneWindow   *bool       `toml:"one_window"`
	Appointment string      `toml:"appointment"`
	SelfService string      `toml:"self_service"`
	AgentPoints []string    `toml:"agent_points"`
	EntrustedBy string      `toml:"entrusted_by"`
	Entrusted   *Entrusted  `toml:"entrusted"`
	LocalTopics []string    `toml:"local_topics"`
	OfficialURL string      `toml:"official_url"`
	Reach       string      `toml:"reach"`
}

// The reach of an implementation: only the division's own guides, or those of the divisions below it too (the default).
const (
	ReachOwn   = "本级"
	ReachBelow = "辖区"
)

// Place is where a matter is handled: a hall of the division, a window in it, and what is done there (受理, 出件, 勘验 …).
type Place struct {
	Hall   string `toml:"hall"`
	Window string `toml:"window"`
	Role   string `toml:"role"`
}

// Phone is a number and what it is for (咨询, 监督, 预约).
type Phone struct {
	Kind   string `toml:"kind"`
	Number string `toml:"number"`
	Note   string `toml:"note"`
}

// Suspension is a time in which the matter is not handled here, why, and where to go instead.
type Suspension struct {
	From     Date   `toml:"from"`
	To       Date   `toml:"to"`
	Reason   string `toml:"reason"`
	Document string `toml:"document"`
	Instead  string `toml:"instead"`
}

// HallEntry says whether the item has moved into the hall (进驻), and if not, why and by which document.
type HallEntry struct {
	Entered  bool   `toml:"entered"`
	Reason   string `toml:"reason"`
	Document string `toml:"document"`
}

// Entrusted hands the decision to a lower level (委托) by a document.
type Entrusted struct {
	To       string `toml:"to"`
	Document string `toml:"document"`
}

// Deviation permits a division to set keys of class P differently, until a day.
type Deviation struct {
	Document   string `toml:"document"`
	ApprovedBy string `toml:"approved_by"`
	Until      Date   `toml:"until"`
}

// DeviationOf is the approval under which the record may change the standard of a procedure, or nil.
func (r *Implementation) DeviationOf(procedure string) *Deviation {
	if t := r.Procedure[procedure]; t != nil && t.Deviation != nil {
		return t.Deviation
	}
	return r.Deviation
}

// MaterialTerms is [procedure.NN.material.<id>]: an override of one material line, or its drop.
type MaterialTerms struct {
	MaterialUse
	Drop *Drop `toml:"drop"`
}

// StepTerms is [procedure.NN.step.<id>]: an override of one step, or its drop.
type StepTerms struct {
	Step
	Drop *Drop `toml:"drop"`
}

// Drop says that a division does not ask for a material or does not need a step, and why (vocab/drop-reasons.toml).
type Drop struct {
	Reason string `toml:"reason"`
	Note   string `toml:"note"`
}
