package changes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"banshi/generator/internal/record"
)

// say puts a change in words, and says with what it is counted in a title.
func (l *leaves) say(f *Field, o, n leaf, had, has bool) {
	defer func() { f.Words = strings.TrimSuffix(f.Words, "。") }() // phrases are joined
	if tell := tellers[n.plain]; tell != nil {
		if f.Words = tell(l, f, o, n); f.Words != "" {
			return
		}
	}
	if n.raw == isThere || !has && o.raw == isThere {
		l.sayMember(f, n, has)
		return
	}
	_, isBool := n.value.(bool)
	subject := subjectOf(f, n)
	switch {
	case !had || f.Old == "":
		f.Words = subject + "：" + short(f.New)
	case !has || f.New == "":
		f.Words = "不再写明" + subject
	case isBool:
		f.Words = subject + "：" + f.Old + "→" + f.New
	default:
		f.Words = l.differ(subject, o, n)
	}
}

// differ says how two stated values differ: a list by what came and went, a number by both, a text by the part that differs.
func (l *leaves) differ(subject string, o, n leaf) string {
	a, ok1 := o.value.([]string)
	b, ok2 := n.value.([]string)
	switch {
	case (!ok1 || !ok2) && strings.Contains(o.text, "://") && strings.Contains(n.text, "://"):
		return subject + "换了" // an address is nothing to read
	case !ok1 || !ok2:
		return subject + " " + arrow(o.text, n.text)
	}
	var parts []string
	if gained := minus(b, a); len(gained) > 0 {
		parts = append(parts, "增加"+few(gained))
	}
	if lost := minus(a, b); len(lost) > 0 {
		parts = append(parts, "减少"+few(lost))
	}
	if len(parts) == 0 { // two ids of one name
		return subject + "有改动"
	}
	return subject + "：" + strings.Join(parts, "，")
}

// nouns are what one member of a list is called when it comes or goes, and how such are counted.
var nouns = map[string][2]string{
	"materials": {"材料", "样"}, "steps": {"环节", "个"}, "conditions": {"条件", "条"}, "results": {"结果", "样"}, "faq": {"问答", "条"},
	"fee.items": {"收费项目", "项"}, "not_needed": {"不用办的情形", "种"}, "cases": {"情形提问", "个"}, "cases.options": {"选项", "个"},
	"apply_by": {"期限", "个"}, "special_procedures": {"特别程序", "项"}, "other_costs": {"花费", "项"}, "representative": {"代办人", "种"},
	"places": {"办理地点", "个"}, "phones": {"电话", "个"}, "orgs": {"办事单位", "个"}, "halls": {"办事场所", "个"},
	"halls.windows": {"窗口", "个"}, "halls.hours": {"办公时间", "段"}, "halls.phones": {"电话", "个"}, "articles": {"条款", "条"},
	"before": {"要先办的事", "件"}, "after": {"办完接着要办的事", "件"}, "authority": {"权限划分", "条"}, "refers": {"转办", "处"},
	"signposts": {"指路", "条"},
}

// sayMember says that a member of a list came or went. A dropped paper that goes altogether is told as any other.
func (l *leaves) sayMember(f *Field, n leaf, has bool) {
	noun, ok := nouns[n.plain]
	if !ok || l.kind == record.KindBundle { // whose steps are items
		noun = [2]string{f.Label, "个"}
	}
	verb := "减少"
	name := f.Old
	if has {
		verb, name = "增加", f.New
	}
	f.group, f.name = verb+noun[0]+" %d "+noun[1], name
	f.Words = verb + noun[0] + "：" + short(name)
	if n.outer != "" {
		f.group, f.Words = "", quoted(n.outer)+f.Words
	}
}

// subjectOf names what changed: the members it belongs to, and the key. A member that is known by the very text that changed (a
// condition, a question) is not named twice.
func subjectOf(f *Field, n leaf) string {
	var parts []string
	for _, name := range []string{n.outer, n.member} {
		if name != "" && name != f.New && name != f.Old {
			parts = append(parts, quoted(name))
		}
	}
	return strings.Join(append(parts, cmp.Or(spoken[n.plain], f.Label)), "的")
}

// spoken are labels that stand below a heading on a page and say too little in a sentence.
var spoken = map[string]string{
	"cross_region.scope": "通办范围", "cross_region.except": "通办除外的情形", "apply_by.from": "期限从何时起算", "apply_by.if_missed": "错过期限怎么办",
	"before.text": "要先办的事", "after.text": "办完接着要办的事", "special_procedures.kind": "特别程序的种类", "steps.after": "要先办的事",
}

// quoted puts a name that is a sentence in quotation marks.
func quoted(name string) string {
	name = short(name)
	if strings.ContainsAny(name, "，。？！；") {
		return "“" + name + "”"
	}
	return name
}

// few lists at most three names.
func few(names []string) string {
	const most = 3
	cut := make([]string, 0, most)
	for _, n := range names[:min(most, len(names))] {
		cut = append(cut, strings.TrimSuffix(short(n), "。"))
	}
	text := strings.Join(cut, "、")
	if len(names) > most {
		text += fmt.Sprintf("等 %d 项", len(names))
	}
	return text
}

// arrow joins old and new; a unit they share is written once: 10→5 个工作日. Of long texts only the part that differs is shown.
func arrow(old, now string) string {
	oldNumber, oldUnit, ok1 := strings.Cut(old, " ")
	newNumber, newUnit, ok2 := strings.Cut(now, " ")
	if ok1 && ok2 && oldUnit == newUnit && !strings.Contains(oldUnit, "；") {
		return oldNumber + "→" + newNumber + " " + newUnit
	}
	a, b := excerpt([]rune(old), []rune(now))
	return "“" + a + "”→“" + b + "”"
}

// excerpt returns the parts in which two texts differ, with a little around them, or the texts if they are short.
func excerpt(a, b []rune) (string, string) {
	const whole, around = 40, 8
	if len(a) <= whole && len(b) <= whole {
		return string(a), string(b)
	}
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	start, end = max(0, start-around), max(0, end-around)
	cut := func(r []rune) string {
		text := short(string(r[start : len(r)-end]))
		if start > 0 {
			text = "…" + text
		}
		if end > 0 && !strings.HasSuffix(text, "…") {
			text += "…"
		}
		return text
	}
	return cut(a), cut(b)
}

// short cuts a text for a headline; the whole stands on the page.
func short(s string) string {
	const most = 40
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// phrases is what changed as a few phrases for a title: what matters to people first, members of one fate counted together.
func phrases(fields []Field) []string {
	sorted := slices.Clone(fields)
	slices.SortStableFunc(sorted, func(a, b Field) int { return slices.Index(classes, a.Class) - slices.Index(classes, b.Class) })
	told := func(key string) bool { return slices.ContainsFunc(fields, func(f Field) bool { return f.Key == key }) }
	var out []string
	done := map[string]bool{}
	for _, f := range sorted {
		if f.silent || strings.HasPrefix(f.Key, "benefit.amount.") && told("benefit.amount") {
			continue
		}
		if f.group == "" {
			out = append(out, f.Words)
			continue
		}
		if !done[f.group] {
			done[f.group] = true
			out = append(out, counted(f.group, sorted))
		}
	}
	const most = 3
	if rest := len(out) - most; rest > 0 {
		out = append(out[:most:most], fmt.Sprintf("另有 %d 处", rest))
	}
	return out
}

// counted says the fields of a group in one phrase: 免交材料 2 样（营业执照、身份证，窗口自己查）.
func counted(group string, fields []Field) string {
	var whys []string
	names := map[string][]string{}
	n, single := 0, ""
	for _, f := range fields {
		if f.group != group {
			continue
		}
		n++
		single = f.Words
		if names[f.why] == nil {
			whys = append(whys, f.why)
		}
		names[f.why] = append(names[f.why], f.name)
	}
	if n == 1 && group != groupWaived {
		return single
	}
	var parts []string
	for _, why := range whys {
		parts = append(parts, join("，", few(names[why]), why))
	}
	return fmt.Sprintf(group, n) + "（" + strings.Join(parts, "；") + "）"
}
