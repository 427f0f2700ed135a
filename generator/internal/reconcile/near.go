package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/zh"
)

// Candidate is an item of ours that a row may be, with why. It is proposed to people and never taken by itself.
type Candidate struct {
	Item    *ourItem
	Score   int // 1 to 99
	Reasons []string
}

// Strength says a score in words.
func (c *Candidate) Strength() string {
	switch {
	case c.Score >= 70:
		return "很可能"
	case c.Score >= 45:
		return "可能"
	}
	return "有些像"
}

// Say is the whole reasoning on one line: 很可能（83 分）：名称相近 77%；同一部门（市场监管）.
func (c *Candidate) Say() string {
	return fmt.Sprintf("%s（%d 分）：%s", c.Strength(), c.Score, strings.Join(c.Reasons, "；"))
}

const (
	maxCandidates = 3
	// leastScore is what an item needs to be proposed; a common department and type alone have 12.
	leastScore = 25
	// leastWord is how many characters words need to mean an item by themselves; shorter ones only add to it.
	leastWord = 4
	// lookedAt is how many items with the most similar names are looked at closely.
	lookedAt = 24
)

// candidates proposes items for a row that no code and no name has matched, the likeliest first.
func (x *index) candidates(r *Row, taken map[*ourItem]*Row) []Candidate {
	look := x.similar(r)
	for _, c := range r.citations {
		if list := x.byLaw[c.key]; len(list) <= lookedAt {
			look = append(look, list...)
		}
	}
	for _, n := range x.byWords[r.nameKey] {
		look = append(look, n.item)
	}
	r.held, r.heldBy = x.within(r)
	look = append(look, r.heldBy...)
	for _, o := range x.items {
		if len(o.decidedAs) > 0 {
			look = append(look, o)
		}
	}
	look = append(look, x.codeRelatives(r)...)
	slices.SortFunc(look, func(a, b *ourItem) int { return cmp.Compare(a.n, b.n) })
	var out []Candidate
	for _, o := range slices.Compact(look) {
		c := x.judge(r, o)
		if before := taken[o]; before != nil && c.Score > 0 {
			c.Score -= 15
			c.Reasons = append(c.Reasons, "不过它已经和"+before.Place()+"“"+before.Name+"”对上了")
		}
		if c.Score >= leastScore {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	out = out[:min(len(out), maxCandidates)]
	return slices.DeleteFunc(out, func(c Candidate) bool { return c.Score < out[0].Score/2 }) // beside one that is likely, far ones distract
}

// similar returns the items whose names share the weightiest pairs of characters with the row's.
func (x *index) similar(r *Row) []*ourItem {
	shared := make([]int, len(x.items))
	var list []int32
	for _, b := range r.bigrams {
		for _, n := range x.bigrams[b] {
			if shared[n] == 0 {
				list = append(list, n)
			}
			shared[n] += x.weight[b]
		}
	}
	// Most share next to nothing; only those that may be among the best are put in order.
	most := 0
	for _, n := range list {
		most = max(most, shared[n])
	}
	list = slices.DeleteFunc(list, func(n int32) bool { return shared[n]*4 < most })
	slices.SortFunc(list, func(a, b int32) int { return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a, b)) })
	out := make([]*ourItem, 0, lookedAt)
	for _, n := range list[:min(len(list), lookedAt)] {
		out = append(out, x.items[n])
	}
	return out
}

// within returns the longest of our other names that a row's name holds, at least a third of it, and the items it means: 低保 in 低保审批.
func (x *index) within(r *Row) (word string, items []*ourItem) {
	runes := []rune(r.nameKey)
	for n := len(runes) - 1; n >= max(2, (len(runes)+2)/3); n-- {
		for i := range len(runes) - n + 1 {
			part := string(runes[i : i+n])
			if ways := x.byWords[part]; len(ways) > 0 && len(ways) <= maxCandidates {
				for _, w := range ways {
					items = append(items, w.item)
				}
				return part, items
			}
		}
	}
	return "", nil
}

// codeRelatives are items whose code is almost the row's.
func (x *index) codeRelatives(r *Row) []*ourItem {
	if r.Code == "" {
		return nil
	}
	out := slices.Clone(x.byCode[r.Code])
	out = append(out, x.byCode[padded(r.Code)]...)
	for _, o := range x.items {
		if slices.Contains(o.FormerCodes, r.Code) || o.LocalCode == r.Code || len(r.Code) == 12 && len(o.Code) == 12 && o.Code[:9] == r.Code[:9] {
			out = append(out, o)
		}
	}
	return out
}

// padded is a code whose leading zeros a spreadsheet has taken: 131035000 was 000131035000.
func padded(code string) string {
	if strings.Trim(code, "0123456789") != "" || len(code) < 6 || len(code) > 11 {
		return ""
	}
	return strings.Repeat("0", 12-len(code)) + code
}

// judge weighs what speaks for an item. Names weigh most, at most 70; a code or other words that lead to the item up to 50; law,
// department, type and levels only together with these.
func (x *index) judge(r *Row, o *ourItem) Candidate {
	c := Candidate{Item: o}
	add := func(score int, reason string, args ...any) {
		c.Score += score
		c.Reasons = append(c.Reasons, fmt.Sprintf(reason, args...))
	}
	x.judgeName(r, o, add)
	named := c.Score
	judgeCode(r, o, add)
	judgeBasis(r, o, add)
	if r.industry != "" && r.industry == o.Department {
		add(6, "同一部门（%s）", o.Department)
	}
	if r.Type != "" && r.Type == o.Item.Type {
		add(6, "同一类型（%s）", o.Item.Type)
	} else if r.Type != "" {
		c.Reasons = append(c.Reasons, "类型不同（上级"+r.Type+"，本省"+o.Item.Type+"）")
	}
	if !o.Current() {
		c.Score -= 10
		c.Reasons = append(c.Reasons, "本省这一条已经是“"+o.Status+"”")
	}
	if named < 10 && c.Score < leastScore+10 { // another law's neighbour, unless something else is strong
		c.Score = min(c.Score, leastScore-1)
	}
	c.Score = max(min(c.Score, 99), 0)
	return c
}

func (x *index) judgeName(r *Row, o *ourItem, add func(int, string, ...any)) {
	if r.nameKey == o.nameKey {
		add(70, "名称一字不差")
		return
	}
	known := false
	if ways := x.byWords[r.nameKey]; len(ways) <= maxCandidates && utf8.RuneCountInString(r.nameKey) >= leastWord {
		for _, w := range ways {
			if w.item == o {
				add(w.score, "上级名称%s", w.words)
				known = true
				break
			}
		}
	}
	if !known && slices.Contains(r.heldBy, o) {
		add(22, "上级名称里有本省的叫法“%s”", r.held)
	}
	for _, name := range o.decidedAs {
		if percent := x.alikeName(r, name); percent >= 50 {
			add(30, "像以前定为这一条的“%s”（相近 %d%%，这张表里没有它了）", name, percent)
			break
		}
	}
	if r.pinyin() == o.pinyin {
		add(55, "读音完全相同，可能有错别字")
		return
	}
	short, long := r.nameKey, o.nameKey
	if len(short) > len(long) {
		short, long = long, short
	}
	percent := x.alike(r, o.bigrams, o.weight)
	if utf8.RuneCountInString(short) >= 4 && strings.Contains(long, short) {
		which := "上级名称包含本省名称"
		if short == r.nameKey {
			which = "本省名称包含上级名称"
		}
		add(max(45, percent*7/10), "%s（相近 %d%%）", which, percent)
		return
	}
	if percent >= 20 {
		add(percent*7/10, "名称相近 %d%%（都有%s）", percent, strings.Join(common(r.nameKey, o.nameKey), "、"))
	}
	if r.Main != "" && nameKey(r.Main) == o.nameKey {
		add(25, "主项名称和本省这一条相同")
	}
}

// alike returns how alike two names are, 0 to 100: the weight of the pairs of characters they share, doubled, of the weight of all.
func (x *index) alike(r *Row, bigrams []string, weight int) int {
	var shared []string
	for _, b := range r.bigrams {
		if slices.Contains(bigrams, b) {
			shared = append(shared, b)
		}
	}
	return 200 * x.weightAll(shared) / max(r.weight+weight, 1)
}

func (x *index) alikeName(r *Row, name string) int {
	bigrams := bigramsOf(nameKey(name))
	return x.alike(r, bigrams, x.weightAll(bigrams))
}

// common returns the longest pieces of at least two characters that both names have, at most three, in the order of the first.
func common(a, b string) []string {
	var out []string
	runes := []rune(a)
	for i := 0; i < len(runes) && len(out) < 3; {
		n := 0
		for i+n < len(runes) && strings.Contains(b, string(runes[i:i+n+1])) {
			n++
		}
		if n >= 2 {
			out = append(out, "“"+string(runes[i:i+n])+"”")
		}
		i += max(n, 1)
	}
	return out
}

func judgeCode(r *Row, o *ourItem, add func(int, string, ...any)) {
	switch {
	case r.Code == "":
	case r.Code == o.Code:
		add(40, "编码相同，不过本省的是样例编码，不能凭它认定")
	case slices.Contains(o.FormerCodes, r.Code):
		add(50, "编码是本省这一条的旧编码")
	case r.Code == o.LocalCode:
		add(45, "编码是本省这一条的地方编码")
	case o.Code != "" && padded(r.Code) == o.Code:
		add(45, "编码前面补上 0 就相同，可能被表格去掉了")
	case len(r.Code) == 12 && len(o.Code) == 12 && r.Code[:9] == o.Code[:9]:
		add(25, "编码前 9 位相同，是同一主项")
	}
}

// judgeBasis looks for a law and an article that both rest on.
func judgeBasis(r *Row, o *ourItem, add func(int, string, ...any)) {
	best, words := 0, ""
	for _, t := range r.citations {
		for _, c := range o.citations {
			if t.key != c.key {
				continue
			}
			if best < 8 {
				best, words = 8, "都依据《"+c.law+"》"
			}
			for _, a := range t.articles {
				if best < 20 && slices.Contains(c.articles, a) {
					best, words = 20, "都依据《"+c.law+"》"+a.String()
				}
			}
		}
	}
	if best > 0 {
		add(best, "%s", words)
	}
}

func (r *Row) pinyin() string {
	if r.reading == "" {
		r.reading = strings.Join(zh.Pinyin(r.Name), " ")
	}
	return r.reading
}
