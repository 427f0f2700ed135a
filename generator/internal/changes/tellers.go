package changes

import (
	"cmp"
	"fmt"
	"strings"

	"banshi/generator/internal/record"
)

// teller says a change of a key that has words of its own; "" leaves it to the general words.
type teller func(l *leaves, f *Field, o, n leaf) string

var tellers map[string]teller

func init() {
	tellers = map[string]teller{
		"promise":             sayLimits,
		"legal_limit":         sayLimits,
		"channels":            sayChannels,
		"apply_by.within":     says("%s申请的期限"),
		"phones.number":       says("%s"),
		"halls.phones.number": says("%s"),
		"halls.hours.open":    sayHours,
		"places.role":         sayRole,
		"materials.any_of":    sayAnyOf,
		"materials.material":  sayMaterial,
		"materials.drop":      sayDrop,
		"steps.drop":          sayStepDrop,
		"materials.waived_by": sayWaived,
		"materials.necessity": sayNecessity,
		"suspended":           saySuspended,
		"visits":              sayVisits,
		"benefit.amount":      sayAmount,
		"transfers":           sayTransfer,
		"status":              sayStatus,
		"name":                sayName,
		"repealed":            sayRepealed,
		"not_adopted":         pair("不办理：%s", "开始办理：%s"),
		"fee.charged":         yesNo("开始收费", "不再收费"),
		"fee.online_payment":  yesNo("可以网上缴费", "不能再网上缴费"),
		"automatic":           yesNo("免申即享，不用申请", "不再免申即享，要自己申请"),
		"commitment.enabled":  yesNo("可以告知承诺办理", "不再实行告知承诺"),
		"tolerance.enabled":   yesNo("材料不全也能先办（容缺受理）", "不再容缺受理，材料要一次交齐"),
		"one_window":          yesNo("一个窗口就能办", "不再一个窗口办"),
		"hall_entry.entered":  yesNo("进了政务服务大厅", "退出了政务服务大厅"),
	}
}

// sayLimits says which of several limits differ, where they hold in the same cases.
func sayLimits(l *leaves, f *Field, o, n leaf) string {
	a, b := limitList(o.value), limitList(n.value)
	if len(a) == 0 || len(a) != len(b) {
		return ""
	}
	var parts []string
	for i := range a {
		if !sameCase(a[i].When, b[i].When) {
			return ""
		}
		old, now := l.limit(a[i]), l.limit(b[i])
		if old == now {
			continue
		}
		text := arrow(old, now)
		if len(b[i].When) > 0 {
			text = "（" + l.when(b[i].When) + "）" + text
		} else if len(parts) == 0 {
			text = " " + text
		}
		parts = append(parts, text)
	}
	return f.Label + strings.Join(parts, "，")
}

func sayChannels(_ *leaves, f *Field, o, n leaf) string {
	a, ok1 := o.value.([]string)
	b, ok2 := n.value.([]string)
	if !ok1 || !ok2 {
		return ""
	}
	more, less := few(minus(b, a)), few(minus(a, b))
	if more != "" {
		more = "增加办理形式：" + more
	}
	if less != "" {
		less = "减少办理形式：" + less
	}
	return join("；", more, less)
}

// says tells a change of a member's key by the member's name.
func says(pattern string) teller {
	return func(_ *leaves, f *Field, o, n leaf) string {
		if f.Old == "" || f.New == "" {
			return ""
		}
		subject := pattern
		if strings.Contains(pattern, "%s") {
			subject = fmt.Sprintf(pattern, n.member)
		}
		if n.outer != "" {
			subject = quoted(n.outer) + "的" + subject
		}
		return subject + " " + arrow(f.Old, f.New)
	}
}

func sayRole(_ *leaves, f *Field, _, n leaf) string {
	if f.New == "" {
		return n.member + "不再写明负责什么"
	}
	return n.member + "负责" + f.New
}

// sayAnyOf tells a change of the group of papers of which one will do; the group's id means nothing to people.
func sayAnyOf(_ *leaves, f *Field, _, n leaf) string {
	switch {
	case f.Old == "":
		return n.member + "和别的材料交一样就行"
	case f.New == "":
		return n.member + "不再能用别的材料代替"
	}
	return n.member + "能用哪些材料代替有变化"
}

func sayHours(_ *leaves, f *Field, _, n leaf) string {
	if f.Old == "" || f.New == "" {
		return ""
	}
	return quoted(n.outer) + "的办公时间（" + n.member + "）" + arrow(f.Old, f.New)
}

func sayMaterial(_ *leaves, f *Field, _, _ leaf) string {
	if f.Old == "" || f.New == "" {
		return ""
	}
	return "材料“" + f.Old + "”换成“" + f.New + "”"
}

// yesNo says what becomes true and what ceases to be.
func yesNo(yes, no string) teller {
	return func(_ *leaves, f *Field, o, n leaf) string {
		was, _ := o.value.(bool)
		is, stated := n.value.(bool)
		switch {
		case is:
			return yes
		case was && (stated || f.New == ""):
			return no
		}
		return ""
	}
}

// pair says what comes and what goes.
func pair(come, gone string) teller {
	return func(_ *leaves, f *Field, o, n leaf) string {
		if n.raw == isThere {
			return fmt.Sprintf(come, short(f.New))
		}
		return fmt.Sprintf(gone, short(f.Old))
	}
}

// waivers say why a paper need not be brought.
var waivers = map[string]string{
	"数据共享": "窗口自己查", "电子证照": "用电子证照", "告知承诺": "签承诺书代替", "上一环节已收取": "前面已经交过", "法律法规已取消": "法规已经取消",
}

const groupWaived, groupAsked = "免交材料 %d 样", "重新要交材料 %d 样"

func sayDrop(_ *leaves, f *Field, o, n leaf) string {
	f.name = n.member
	if f.New == "" {
		f.group = groupAsked
		return "重新要交材料：" + n.member
	}
	d := n.value.(*record.Drop)
	f.why = cmp.Or(waivers[d.Reason], d.Reason)
	if f.Old != "" {
		return n.member + "免交的理由 " + arrow(f.Old, f.New)
	}
	f.group = groupWaived
	return "免交材料：" + n.member + "（" + f.why + "）"
}

func sayStepDrop(_ *leaves, f *Field, _, n leaf) string {
	switch {
	case f.New == "":
		return "恢复环节：" + n.member
	case f.Old == "":
		return "减少环节：" + n.member
	}
	return ""
}

// sayWaived tells the first way in which a paper need not be brought, and that there is none left.
func sayWaived(_ *leaves, f *Field, o, n leaf) string {
	a, _ := o.value.([]string)
	b, _ := n.value.([]string)
	f.name = n.member
	switch {
	case len(a) == 0 && len(b) > 0:
		f.group, f.why = groupWaived, cmp.Or(waivers[b[0]], b[0])
		return "免交材料：" + n.member + "（" + f.why + "）"
	case len(b) == 0:
		f.group = groupAsked
		return "重新要交材料：" + n.member
	}
	return ""
}

func sayNecessity(_ *leaves, f *Field, _, n leaf) string {
	if f.Old == "" {
		return ""
	}
	switch f.New {
	case record.Deferrable:
		return n.member + "可以以后再补"
	case record.Optional:
		return n.member + "不是必须交了"
	case record.Required:
		return n.member + "必须交齐才能办"
	}
	return ""
}

// sayAmount says a sum with the day from which it is paid.
func sayAmount(_ *leaves, f *Field, _, n leaf) string {
	text := f.Label + "：" + f.New
	if f.Old != "" {
		text = f.Label + " " + arrow(f.Old, f.New)
	}
	if m, ok := n.value.(*record.Amount); ok && m.From != 0 {
		return text + "（" + m.From.Han() + "起）"
	}
	if f.New == "" {
		return ""
	}
	return text
}

func sayVisits(_ *leaves, f *Field, o, n leaf) string {
	a, ok1 := o.value.(int)
	b, ok2 := n.value.(int)
	switch {
	case !ok1 || !ok2:
		return ""
	case b == 0:
		return fmt.Sprintf("不用跑现场了（原来 %d 次）", a)
	}
	return fmt.Sprintf("要跑的次数 %d→%d 次", a, b)
}

func saySuspended(_ *leaves, f *Field, _, n leaf) string {
	switch {
	case f.Old == "":
		return "暂停办理（" + f.New + "）"
	case f.New == "":
		return "恢复办理"
	}
	return "暂停办理的安排 " + arrow(f.Old, f.New)
}

// sayTransfer says from which level to which a power went.
func sayTransfer(l *leaves, f *Field, _, n leaf) string {
	t, ok := n.value.(*record.Transfer)
	if !ok {
		return "撤回权限调整：" + f.Old
	}
	text := "由" + t.From + t.Kind + "到" + t.To
	switch {
	case t.From == "":
		text = t.Kind + "到" + t.To
	case t.Kind == "委托":
		text = t.From + "委托" + t.To + "办理"
	case t.Kind == "赋权":
		text = t.From + "赋权给" + t.To
	}
	if len(t.Divisions) > 0 {
		text += "（" + few(l.names("transfers.divisions", t.Divisions)) + "）"
	}
	return text
}

// statusWords are what a new state of an item means to people.
var statusWords = map[string]string{
	record.StatusCancelled: "已取消", record.StatusMerged: "已并入别的事项", record.StatusSuspended: "暂停办理",
	record.StatusInForce: "开始办理", record.StatusDraft: "征求意见",
}

func sayStatus(_ *leaves, f *Field, _, _ leaf) string {
	if f.New == record.StatusInForce && f.Old != record.StatusDraft {
		return "恢复办理"
	}
	return statusWords[f.New]
}

func sayName(_ *leaves, f *Field, _, n leaf) string {
	if f.Old == "" || f.New == "" || n.member != "" {
		return ""
	}
	return "名称由“" + f.Old + "”改为“" + f.New + "”"
}

func sayRepealed(_ *leaves, f *Field, _, _ leaf) string {
	if f.Old != "" || f.New == "" {
		return ""
	}
	return f.New + "起废止"
}
