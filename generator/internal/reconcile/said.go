package reconcile

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// ofRow works out what was said of a row.
func (a *acceptor) ofRow(said Saying, items string, pos func(Column) string) {
	m := said.match
	if said.verdict == Withdrawn {
		if m.Decision != nil {
			a.said = append(a.said, said)
		}
		return
	}
	if a.likeFormula(said) {
		return
	}
	var ok bool
	if said.items, ok = a.items(m, items, pos(columnItems)); !ok {
		return
	}
	if nothing(items) {
		said.verdict = record.VerdictAbsent
	}
	if said.verdict == "" {
		said.verdict = inferred(&said)
	}
	if len(said.items) == 0 && said.verdict != record.VerdictAbsent {
		said.items = m.ids()
	}
	if a.fits(&said, pos) && !said.known() {
		a.said = append(a.said, said)
	}
}

// known reports whether the same is decided already, about the row as it stands.
func (s *Saying) known() bool {
	d := s.match.Decision
	return d != nil && len(s.match.Moved) == 0 && d.Verdict == s.verdict && d.Reason == s.reason && slices.Equal(d.Items, s.items)
}

// ids are the items that a row was matched with.
func (m *Match) ids() []string {
	var out []string
	for _, o := range m.Items {
		out = append(out, o.ID)
	}
	return out
}

// inferred is the verdict where only items or a reason were filled in.
func inferred(said *Saying) string {
	switch n := len(said.items); {
	case n == 1:
		return record.VerdictSame
	case n > 1:
		return record.VerdictSplit
	case said.match.How == "":
		return record.VerdictAbsent
	case said.match.Decision != nil:
		return said.match.Decision.Verdict
	}
	return record.VerdictSame
}

// nothing reports whether the cell of items says that there is none.
func nothing(items string) bool {
	switch together(items) {
	case "无", "没有", "/", "—", record.VerdictAbsent:
		return true
	}
	return false
}

// fits reports the verdicts that do not fit their items, as the rule mapping-verdict has it.
func (a *acceptor) fits(said *Saying, pos func(Column) string) bool {
	n, at := len(said.items), pos(columnVerdict)
	switch said.verdict {
	case record.VerdictSame, record.VerdictPart:
		if n == 1 {
			return true
		}
		a.problem(pos(columnItems), "mapping-verdict", fmt.Sprintf("决定是“%s”，要写一个本省事项，这里有 %d 个", said.verdict, n), said.verdict+" needs one item",
			"写一个事项编号；一条对几个的，决定写“拆分”", "write one item, or 拆分 for several")
	case record.VerdictSplit:
		if n > 1 {
			return true
		}
		a.problem(pos(columnItems), "mapping-verdict", fmt.Sprintf("决定是“拆分”，要写两个以上本省事项，这里有 %d 个", n), "拆分 needs two items or more",
			"几个事项编号之间用顿号隔开；只对一个的，决定写“对应”", "write the items with 、 between them, or 对应 for one")
	case record.VerdictAbsent:
		if n == 0 && said.reason != "" {
			return true
		}
		if n > 0 {
			a.problem(at, "mapping-verdict", "决定是“无对应”，又写了本省事项", "无对应 with an item", "有对应的事项就写“对应”，没有就清掉那一格", "write 对应, or empty the cell of items")
			return false
		}
		a.problem(pos(columnReason), "mapping-verdict", "决定是“无对应”，没写原因", "无对应 without a reason", "写明原因，例如 由国家部委直接办理", "give the reason")
	default:
		a.problem(at, "unknown-term", "没有“"+said.verdict+"”这种决定", "no such verdict", "只能是 对应、合并、拆分、无对应，或者 撤回", "one of 对应, 合并, 拆分, 无对应, 撤回")
	}
	return false
}

// items reads the cell of items: ids, names or codes of ours, or 候选一, with 、 or ； between them.
func (a *acceptor) items(m *Match, cell, at string) (ids []string, ok bool) {
	if nothing(cell) {
		return nil, true
	}
	if id, ok := a.item(m, oneLine(cell)); ok { // a name may have 、 in it
		return []string{id}, true
	}
	ok = true
	for _, word := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("、；;，,\n", r) }) {
		if word = oneLine(word); word == "" {
			continue
		}
		id, found := a.item(m, word)
		if !found {
			ok = false
			hint := "写事项编号（例如 food-business）、本省事项全称，或者 候选一"
			if near := a.nearest(word); near != "" {
				hint = "是不是 " + near + "？" + hint
			}
			a.problem(at, "unknown-item", "本省没有“"+word+"”", "no item of ours is called so", hint, "write an id, the full name, or 候选一")
			continue
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, ok
}

// nearest returns the id or name of ours that a word may be mistyped from, or "".
func (a *acceptor) nearest(word string) string {
	best, least := "", utf8.RuneCountInString(word)/3+1
	for _, o := range a.report.index.items {
		for _, name := range []string{o.ID, o.Name} {
			if d := diag.Distance(word, name); d < least {
				best, least = name, d
			}
		}
	}
	return best
}

// item reads one word: an id with or without the name behind it, a name, a code, or a candidate.
func (a *acceptor) item(m *Match, word string) (id string, ok bool) {
	x := a.report.index
	if n := slices.Index([]string{"候选一", "候选二", "候选三"}, word); n >= 0 {
		if list := a.candidates(m); n < len(list) {
			return list[n].Item.ID, true
		}
		return "", false
	}
	if id, _, _ := strings.Cut(word, " "); x.byID[id] != nil {
		return id, true
	}
	if name, rest, ok := strings.Cut(word, "（"); ok { // as candidates are printed: name（id）
		if id := strings.TrimSuffix(rest, "）"); x.byID[id] != nil && x.byID[id].nameKey == nameKey(name) {
			return id, true
		}
	}
	for _, list := range [][]*ourItem{x.byName[nameKey(word)], x.byCode[cleanCode(word)]} {
		if len(list) == 1 {
			return list[0].ID, true
		}
	}
	return "", false
}

// candidates are those of the row, also where it has been decided since the form was made and proposes nothing any more.
func (a *acceptor) candidates(m *Match) []Candidate {
	if len(m.Candidates) > 0 {
		return m.Candidates
	}
	taken := map[*ourItem]*Row{}
	for _, other := range a.report.Matches {
		for _, o := range other.Items {
			if other != m {
				taken[o] = other.Row
			}
		}
	}
	return a.report.index.candidates(m.Row, taken)
}

func (a *acceptor) likeFormula(said Saying) bool {
	if said.reason == "" || !strings.ContainsRune("=+@", rune(said.reason[0])) {
		return false
	}
	a.problem(said.at, "formula", "原因开头是 "+said.reason[:1]+"，像公式", "the reason begins like a formula", "去掉开头的符号", "remove the sign at its beginning")
	return true
}
