package record

// Benchmark is benchmarks/<id>.toml: how many materials and steps, and how much time, procedures take elsewhere (对标的先进省份) or took
// here before (基期), as published somewhere.
type Benchmark struct {
	Name     string           `toml:"name"`
	Kind     string           `toml:"kind"`
	Date     Date             `toml:"date"` // of the counts
	Document string           `toml:"document"`
	URL      string           `toml:"url"`
	Entries  []BenchmarkEntry `toml:"entries"`
	Meta
}

// The kinds of benchmarks, as vocab/benchmark-kinds.toml has them.
const (
	BenchmarkOther  = "先进省份"
	BenchmarkBefore = "基期"
)

// BenchmarkEntry is the counts of one procedure. What was not published stays nil.
type BenchmarkEntry struct {
	Item      string `toml:"item"`
	Procedure string `toml:"procedure"`
	Materials *int   `toml:"materials"` // papers to bring
	Steps     *int   `toml:"steps"`
	Limit     *Limit `toml:"limit"` // promised
	URL       string `toml:"url"`
	CheckedOn Date   `toml:"checked_on"`
}

// PowerList is powers/<id>.toml: the lists of powers, of duties and of public services (权力清单、责任清单、公共服务清单) of a place.
type PowerList struct {
	Name     string       `toml:"name"`
	Division string       `toml:"division"`
	Document string       `toml:"document"`
	Date     Date         `toml:"date"`
	Entries  []PowerEntry `toml:"entries"`
	Meta
}

// PowerEntry is one row of such a list. Item is "" where the library has no item for it.
type PowerEntry struct {
	List string `toml:"list"`
	No   string `toml:"no"`
	Name string `toml:"name"`
	Item string `toml:"item"`
}

// The lists of a PowerList, as vocab/power-lists.toml has them.
const (
	ListPowers   = "权力清单"
	ListDuties   = "责任清单"
	ListServices = "公共服务清单"
)

// Plan is plans/<id>.toml: which stage of making and filing their lists places must have reached by which day.
type Plan struct {
	Name     string      `toml:"name"`
	Document string      `toml:"document"`
	Stages   []PlanStage `toml:"stages"`
	Meta
}

// PlanStage is one stage: the act of a place's list review (vocab/plan-acts.toml) that must be done by the day, at one level or, where
// none is named, by cities and counties.
type PlanStage struct {
	ID    string `toml:"id"`
	Name  string `toml:"name"`
	Act   string `toml:"act"`
	Level string `toml:"level"`
	Due   Date   `toml:"due"`
}

// Done is the day on which a review came to an act of vocab/plan-acts.toml, 0 where it did not.
func (r *Review) Done(act string) Date {
	signed := func(s *Signature) Date {
		if s == nil {
			return 0
		}
		return s.Date
	}
	switch {
	case act == "报送":
		return signed(r.Signed)
	case act == "集中审核":
		return signed(r.Reviewed)
	case act == "征求意见" && r.Consultation != nil:
		return r.Consultation.Closes
	case act == "合法性审查" && r.Legality != nil:
		return r.Legality.Date
	case act == "审定":
		return signed(r.Approved)
	case act == "公布":
		return signed(r.Published)
	case act == "备案":
		return signed(r.Filed)
	}
	return 0
}
