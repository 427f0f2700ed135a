package quality

import (
	"fmt"

	"banshi/generator/internal/diag"
)

var stateTitles = map[State]diag.Text{
	Measured: {ZH: "算出来了", EN: "counted"}, ByStandard: {ZH: "照全省标准", EN: "by the standard"}, NotKept: {ZH: "未收录", EN: "not recorded"},
	Nothing: {ZH: "没有这类", EN: "none of the kind"}, NoRecords: {ZH: "没有记录", EN: "no records"},
}

// Title is what a state is called.
func (s State) Title() diag.Text { return stateTitles[s] }

var verdictTitles = map[Verdict]diag.Text{
	Met: {ZH: "达到", EN: "met"}, Missed: {ZH: "没达到", EN: "missed"}, Open: {ZH: "收录不全，还不能说", EN: "open: not all is recorded"},
}

// Title is what a verdict is called; empty for none.
func (v Verdict) Title() diag.Text { return verdictTitles[v] }

// both is a text of two languages made alike.
func both(zh, en string, zhArgs, enArgs []any) diag.Text {
	return diag.Text{ZH: fmt.Sprintf(zh, zhArgs...), EN: fmt.Sprintf(en, enArgs...)}
}

// Name says what a scope is: 全省, 县级, 石家庄市, 石家庄市全域, 石家庄市·民政.
func (sc Scope) Name() diag.Text {
	var zh, en string
	add := func(a, b string) {
		if zh != "" {
			zh, en = zh+"·", en+" · "
		}
		zh, en = zh+a, en+b
	}
	if sc.Division != nil {
		if sc.Below {
			add(sc.Division.Name+"全域", sc.Division.Name+" with all below")
		} else {
			add(sc.Division.Name, sc.Division.Name)
		}
	}
	for _, part := range []string{sc.Level, sc.Department} {
		if part != "" {
			add(part, part)
		}
	}
	if sc.Item != nil {
		add(sc.Item.Name, sc.Item.Name)
	}
	if zh == "" {
		add("全省", "the province")
	}
	return diag.Text{ZH: zh, EN: en}
}

// Value is the figure as people read it: 86.4%, 31, 12个工作日, or why there is none.
func (f *Figure) Value() diag.Text {
	switch f.State {
	case NotKept, NoRecords:
		return f.State.Title()
	case Nothing:
		return diag.Text{ZH: "没有这类" + f.Metric.Of.Title().ZH, EN: "no such " + f.Metric.Of.Title().EN}
	}
	n := diag.Text{ZH: f.Number(), EN: f.Number()}
	switch f.Metric.Unit {
	case Percent:
		n.ZH, n.EN = n.ZH+"%", n.EN+"%"
	case Days:
		n.ZH, n.EN = n.ZH+"个工作日", n.EN+" working days"
	}
	switch {
	case f.State == ByStandard && f.Scope.many():
		return both("%s（照全省标准）", "%s (by the standard)", []any{n.ZH}, []any{n.EN})
	case f.State == ByStandard:
		return both("未收录（照全省标准是%s）", "not recorded (%s by the standard)", []any{n.ZH}, []any{n.EN})
	case f.Unknown > 0 && f.Metric.Unit == Percent:
		all := []any{f.Den, f.Den + f.Unknown}
		return both("%s（收录 %d/%d）", "%s (%d of %d recorded)", append([]any{n.ZH}, all...), append([]any{n.EN}, all...))
	}
	return n
}

// Sentence says the figure in a sentence with its numerator, its denominator and what nobody recorded.
func (f *Figure) Sentence() diag.Text {
	name, value := f.Scope.Name(), f.Value()
	switch {
	case f.State == NoRecords:
		return diag.Text{ZH: f.Missing.ZH + "。", EN: f.Missing.EN + "."}
	case f.State == Nothing:
		return diag.Text{ZH: name.ZH + value.ZH + "。", EN: name.EN + ": " + value.EN + "."}
	case f.State == NotKept && f.Unknown == 0:
		return diag.Text{ZH: name.ZH + "未收录：没有本地的记录。", EN: name.EN + ": not recorded, there are no local records."}
	case f.State == NotKept:
		return both("%s未收录：%d 处还没有记录。", "%s: not recorded, %d are without a record.", []any{name.ZH, f.Unknown}, []any{name.EN, f.Unknown})
	}
	out := diag.Text{ZH: name.ZH + "：", EN: name.EN + ": "}
	add := func(t diag.Text) { out.ZH, out.EN = out.ZH+t.ZH, out.EN+t.EN }
	if f.State == ByStandard {
		out = diag.Text{ZH: name.ZH + "没有本地的记录，照全省标准：", EN: name.EN + ", without local records, by the standard: "}
	}
	add(both("%s %d，%s %d。", "%s %d, %s %d.", []any{f.Metric.Among.ZH, f.Den, f.Metric.Counted.ZH, f.Num}, []any{f.Metric.Among.EN, f.Den, f.Metric.Counted.EN, f.Num}))
	if f.Unknown > 0 {
		add(both("另有 %d 处没有收录。", " Another %d are not recorded.", []any{f.Unknown}, []any{f.Unknown}))
	}
	if n := []any{f.Places, f.Own}; f.State == Measured && f.Metric.Rests == OnStandard && f.Own < f.Places {
		add(both("%d 个地方里 %d 个有自己的记录，其余照全省标准。", " Of %d places %d have records of their own, the others the standard.", n, n))
	}
	return out
}
