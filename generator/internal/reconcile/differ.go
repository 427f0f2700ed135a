package reconcile

import (
	"slices"
	"strings"

	"banshi/generator/internal/record"
)

// State says how a field of a row and of our item stand to each other.
type State string

// The states of a field.
const (
	Agrees  State = "一致"
	Differs State = "不同"
	Silent  State = "—" // the table says nothing, or nothing that can be compared
)

// compared are the fields that the tables of a reconciliation compare.
var compared = []Field{FieldCode, FieldName, FieldType, FieldBasis, FieldLevels}

// Difference is one field of a row beside ours.
type Difference struct {
	Field Field
	State State
	Words string // where they differ, or why they cannot be compared; "" where they agree
}

// differences compares a matched row with its items. Of a row that is several items, each is compared; of several rows that are one
// item, names and codes are expected to differ.
func (x *index) differences(m *Match) []Difference {
	out := make([]Difference, len(compared))
	for i, f := range compared {
		out[i] = Difference{Field: f, State: Silent}
		var words []string
		for _, o := range m.Items {
			state, said := x.differ(f, m, o)
			if said != "" && len(m.Items) > 1 {
				said = o.Name + "：" + said
			}
			if said != "" {
				words = append(words, said)
			}
			if state == Differs || out[i].State == Silent {
				out[i].State = state
			}
		}
		out[i].Words = strings.Join(words, "；")
	}
	return out
}

func (x *index) differ(f Field, m *Match, o *ourItem) (State, string) {
	r := m.Row
	several := m.Decision != nil && m.Decision.Verdict != record.VerdictSame && m.How == ByDecision
	switch f {
	case FieldCode:
		switch {
		case r.Code == "" || o.Code == "":
			return Silent, ""
		case r.Code == o.Code:
			return Agrees, ""
		case o.CodeStatus == record.CodeSample:
			return Silent, "上级是 " + r.Code + "，本省的 " + o.Code + " 是样例编码，没有可比的"
		case several:
			return Silent, ""
		}
		return Differs, "上级是 " + r.Code + "，本省是 " + o.Code
	case FieldName:
		if r.nameKey == o.nameKey {
			return Agrees, ""
		}
		if several {
			return Silent, ""
		}
		return Differs, "上级叫“" + r.Name + "”，本省叫“" + o.Name + "”"
	case FieldType:
		return x.differType(r, o)
	case FieldBasis:
		return differBasis(r, o)
	}
	return differLevels(r, o)
}

func (x *index) differType(r *Row, o *ourItem) (State, string) {
	switch {
	case r.Type == "":
		return Silent, ""
	case r.Type == o.Item.Type:
		return Agrees, ""
	}
	words := "上级是" + r.Type + "，本省是" + o.Item.Type
	if t := x.types.Term(o.Item.Type); t != nil && t.Code == codeOther && r.Type == "其他行政权力" {
		return Silent, words + "：国家标准没有单独的代码，归在其他类别"
	}
	return Differs, words
}

func differBasis(r *Row, o *ourItem) (State, string) {
	switch {
	case strings.TrimSpace(r.Basis) == "":
		return Silent, ""
	case len(r.citations) == 0:
		return Silent, "上级的依据里没有认出用《》写的法名"
	case len(o.citations) == 0:
		return Differs, "本省没有写依据"
	}
	if words := compareBasis(r.citations, o.citations); words != "" {
		return Differs, words
	}
	return Agrees, ""
}

// differLevels compares levels from the province down: what the state or a village does is in no catalogue of ours.
func differLevels(r *Row, o *ourItem) (State, string) {
	switch {
	case r.LevelsText == "":
		return Silent, ""
	case len(r.Levels) == 0:
		return Silent, "没读懂上级写的层级“" + r.LevelsText + "”"
	}
	theirs := ofOurs(r.Levels)
	var words []string
	for _, l := range theirs {
		if !slices.Contains(o.Levels, l) {
			words = append(words, "上级多"+l)
		}
	}
	for _, l := range o.Levels {
		if !slices.Contains(theirs, l) {
			words = append(words, "本省多"+l)
		}
	}
	if len(words) > 0 {
		return Differs, strings.Join(words, "，")
	}
	return Agrees, ""
}

// ofOurs returns the levels that our catalogue has.
func ofOurs(levels []string) []string {
	return slices.DeleteFunc(slices.Clone(levels), func(l string) bool { return record.LevelRank(l) < 0 })
}

// moved says what a row says differently from the day on which it was decided. What the decision does not state is not compared.
func moved(d *record.Decision, r *Row) []string {
	var out []string
	say := func(what, before, now string) {
		out = append(out, "上级把"+what+"从“"+before+"”改成了“"+now+"”")
	}
	if nameKey(d.Name) != r.nameKey {
		say("名称", d.Name, r.Name)
	}
	if d.Type != "" && r.Type != "" && d.Type != r.Type {
		say("类型", d.Type, r.Type)
	}
	switch {
	case d.Code == "" && r.Code != "":
		out = append(out, "上级给了编码 "+r.Code)
	case d.Code != "" && r.Code != "" && d.Code != r.Code:
		say("编码", d.Code, r.Code)
	}
	if now := sayCitations(r.citations); d.Basis != "" && d.Basis != now {
		out = append(out, "上级的依据变了："+movedBasis(d.Basis, now))
	}
	if len(d.Levels) > 0 && len(r.Levels) > 0 && !slices.Equal(d.Levels, r.Levels) {
		say("层级", strings.Join(d.Levels, "、"), strings.Join(r.Levels, "、"))
	}
	return out
}

// movedBasis says what came to a basis and what went.
func movedBasis(before, now string) string {
	was, is := strings.Split(before, "；"), strings.Split(now, "；")
	var words []string
	for _, w := range was {
		if w != "" && !slices.Contains(is, w) {
			words = append(words, "原来有"+w)
		}
	}
	for _, w := range is {
		if w != "" && !slices.Contains(was, w) {
			words = append(words, "现在有"+w)
		}
	}
	return strings.Join(words, "，")
}
