package page

import (
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// paperGroup says what the applicant does with a paper.
type paperGroup int

const (
	toBring   paperGroup = iota // brings it
	toFollow                    // may hand it in later
	onlySome                    // only if it applies (非必要)
	byWindow                    // the window finds it itself, or the place does not ask for it
	numGroups = iota
)

// groupOf says what the applicant does with a paper.
func groupOf(p *catalog.Paper) paperGroup {
	switch {
	case p.Waived():
		return byWindow
	case p.Necessity == record.Deferrable:
		return toFollow
	case p.Necessity == record.Optional:
		return onlySome
	}
	return toBring
}

// count is how many papers a choice takes: to bring, found by the window, to follow. Of papers that stand for one another
// (any_of) one counts.
type count struct {
	stated              bool
	bring, find, follow int
}

func countPapers(p *catalog.Papers, c record.Choice) count {
	n := count{stated: p.Stated}
	best := map[string]paperGroup{} // the lightest of a group that stand for one another
	for _, line := range p.Lines {
		if !line.When.Holds(c) {
			continue
		}
		g := groupOf(line)
		if line.AnyOf == "" {
			n.add(g)
		} else if old, seen := best[line.AnyOf]; !seen || g == byWindow || g > old && old != byWindow {
			best[line.AnyOf] = g
		}
	}
	for _, g := range best {
		n.add(g)
	}
	return n
}

func (n *count) add(g paperGroup) {
	switch g {
	case toBring:
		n.bring++
	case byWindow:
		n.find++
	case toFollow:
		n.follow++
	}
}

func papersNode(qs questions, p *catalog.Papers, show func([]count) Figure) Node {
	var whens []record.When
	for _, line := range p.Lines {
		whens = append(whens, line.When)
	}
	return node(qs, qs.involved(whens...), func(c record.Choice) count { return countPapers(p, c) }, show)
}

// showPapers is the figure: 3 样, 2 样免带; or 3–6 样, 看情形.
func (b *builder) showPapers(ns []count) Figure {
	if !ns[0].stated {
		return Figure{Number: b.say("unknown"), Remark: b.say("ask_window")}
	}
	low, high := ns[0], ns[0]
	for _, n := range ns {
		if n.bring < low.bring {
			low = n
		}
		if n.bring > high.bring {
			high = n
		}
	}
	f := Figure{Number: strconv.Itoa(low.bring), Unit: b.say("paper_unit")}
	switch {
	case low.bring != high.bring:
		f.Number += "–" + strconv.Itoa(high.bring)
		f.Remark = b.say("by_case")
	case low.bring == 0 && low.follow == 0:
		f.Remark = b.say("nothing_to_bring")
	case low.find > 0:
		f.Remark = b.say("papers_less", "n", strconv.Itoa(low.find))
	case low.follow > 0:
		f.Remark = b.say("papers_later", "n", strconv.Itoa(low.follow))
	default:
		f.Remark = b.say("papers_all")
	}
	return f
}

// sayPapers is the sentence: 要带 3 样；2 样窗口自己查；1 样可以后补.
func (b *builder) sayPapers(ns []count) Figure {
	if !ns[0].stated {
		return Figure{Text: b.say("papers_unknown")}
	}
	spread := func(of func(count) int) (string, bool) {
		low, high := of(ns[0]), of(ns[0])
		for _, n := range ns {
			low, high = min(low, of(n)), max(high, of(n))
		}
		if low == high {
			return strconv.Itoa(low), high > 0
		}
		return strconv.Itoa(low) + "–" + strconv.Itoa(high), true
	}
	var parts []string
	bring, some := spread(func(n count) int { return n.bring })
	if some {
		w := b.say("say_bring", "n", bring)
		if len(ns) > 1 && strings.Contains(bring, "–") {
			w += "，" + b.say("by_case")
		}
		parts = append(parts, w)
	} else {
		parts = append(parts, b.say("say_bring_none"))
	}
	if n, some := spread(func(n count) int { return n.find }); some {
		parts = append(parts, b.say("say_find", "n", n))
	}
	if n, some := spread(func(n count) int { return n.follow }); some {
		parts = append(parts, b.say("say_follow", "n", n))
	}
	return Figure{Text: strings.Join(parts, "；")}
}
