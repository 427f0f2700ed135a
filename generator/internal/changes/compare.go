package changes

import (
	"strings"

	"banshi/generator/internal/record"
)

// compare returns what differs between two states of one subject, in the order of the newer one, then what is gone.
func compare(old, now *leaves) []Field {
	var out []Field
	hidden := old.hideLimits || now.hideLimits
	for _, n := range now.all {
		o, existed := old.get(n.key)
		if existed && o.text == n.text || inNewMember(old, n) || hidden && n.plain == "steps.limit" {
			continue
		}
		out = append(out, now.field2(o, n, existed, true))
	}
	for _, o := range old.all {
		if _, still := now.get(o.key); still || inNewMember(now, o) || hidden && o.plain == "steps.limit" {
			continue
		}
		out = append(out, old.field2(o, leaf{key: o.key, plain: o.plain, member: o.member}, true, false))
	}
	return out
}

// inNewMember reports whether a leaf belongs to a list member that the other state does not have at all: the member's coming
// or going is told once, not key by key.
func inNewMember(other *leaves, x leaf) bool {
	if x.member == "" || !strings.Contains(x.key, ".") {
		return false
	}
	member := x.key
	for {
		i := strings.LastIndexByte(member, '.')
		if i < 0 {
			return false
		}
		member = member[:i]
		if strings.Count(member, ".") >= 1 {
			if _, ok := other.get(member); ok {
				return false
			}
		}
		if strings.Count(member, ".") == 1 {
			_, ok := other.get(member)
			return !ok
		}
	}
}

// field2 makes a Field from two leaves.
func (l *leaves) field2(o, n leaf, had, has bool) Field {
	f := Field{Key: n.key, Old: o.text, New: n.text}
	f.Label = l.label(n.plain)
	f.Class = classOf(n.plain)
	f.Direction = direction(n.plain, o, n, had, has)
	f.Words = words(f, n, had, has)
	return f
}

// label returns the words citizens use for a key; for a member's key those of the list and the key.
func (l *leaves) label(plain string) string {
	k, ok := l.keyOf(plain)
	switch {
	case ok && k.Label != "":
		return k.Label
	case ok:
		return k.Title.ZH
	}
	return plain
}

// keyOf returns the row of a key; what an implementation may override has its row with the procedure.
func (l *leaves) keyOf(plain string) (record.Key, bool) {
	k, ok := record.KeyOf(l.kind, plain)
	if !ok {
		k, ok = record.KeyOf(record.KindProcedure, plain)
	}
	return k, ok
}

// words is one change as a phrase.
func words(f Field, n leaf, had, has bool) string {
	member := strings.Contains(f.Key, ".") && n.member != ""
	whole := member && (f.Old == isThere || f.New == isThere)
	switch {
	case whole && !had:
		return "增加" + noun(f, n) + "：" + short(n.member)
	case whole && !has:
		return "减少" + noun(f, n) + "：" + short(n.member)
	}
	subject := f.Label
	// A member that is known by the very text that changed (a condition, a question) is not named twice.
	if member && n.member != f.New && n.member != f.Old {
		subject = short(n.member) + "的" + f.Label
	}
	switch {
	case !had || f.Old == "":
		return subject + "：" + short(f.New)
	case !has || f.New == "":
		return "不再写明" + subject
	}
	return subject + " " + arrow(f.Old, f.New)
}

// noun is what one member of a list is called when it comes or goes.
func noun(f Field, n leaf) string {
	switch n.plain {
	case "materials":
		return "材料"
	case "steps":
		return "环节"
	case "conditions":
		return "条件"
	case "results":
		return "结果"
	case "faq":
		return "问答"
	case "fee.items":
		return "收费项目"
	case "not_needed":
		return "不用办的情形"
	case "cases":
		return "情形"
	}
	return f.Label
}

// arrow joins old and new; a unit they share is written once: 10→5 个工作日.
func arrow(old, now string) string {
	oldNumber, oldUnit, ok1 := strings.Cut(old, " ")
	newNumber, newUnit, ok2 := strings.Cut(now, " ")
	if ok1 && ok2 && oldUnit == newUnit && !strings.Contains(oldUnit, "；") {
		return oldNumber + "→" + newNumber + " " + newUnit
	}
	return "“" + short(old) + "”→“" + short(now) + "”"
}

// short cuts a text for a headline; the whole stands on the page.
func short(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
