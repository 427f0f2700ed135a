package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// mappingRules hold that the decisions of comparing catalogues do not contradict each other.
var mappingRules = []Rule{
	{
		ID: "mapping-verdict", Family: "consistency",
		Title:       diag.Text{ZH: "核对结论和事项对不上", EN: "a verdict that does not fit its items"},
		Reason:      diag.Text{ZH: "未比对上的事项要逐条说明原因（S0 附件2“未比对上事项梳理表”）。", EN: "What was not matched is explained row by row (S0, annex 2)."},
		Explanation: diag.Text{ZH: "对应、合并写一个本省事项，拆分写两个以上，无对应不写事项、要写原因。", EN: "对应 and 合并 name one item, 拆分 two or more, 无对应 none, and a reason."},
		Bad:         "# data/mappings/national.toml\n[[decisions]]\nname = \"食品经营许可\"\nverdict = \"无对应\"",
		Good:        "# data/mappings/national.toml\n[[decisions]]\nname = \"食品经营许可\"\nverdict = \"对应\"\nitems = [\"food-business\"]",
		check:       checkVerdicts,
	}, {
		ID: "mapping-twice", Family: "consistency",
		Title:       diag.Text{ZH: "同一条对应了两次", EN: "mapped twice"},
		Reason:      diag.Text{ZH: "同一事项名称、类型、依据、编码统一，一条只能对一个（S0“三级四同”）。", EN: "One item has one name, type, basis and code (S0)."},
		Explanation: diag.Text{ZH: "上级目录的一条只写一个决定；本省一个事项对几条时，几条都写“合并”。", EN: "One decision a row; where several rows are one item of ours, all of them say 合并."},
		Bad:         "# data/mappings/national.toml\n[[decisions]]\nname = \"甲\"\nverdict = \"对应\"\nitems = [\"dibao\"]\n\n[[decisions]]\nname = \"乙\"\nverdict = \"对应\"\nitems = [\"dibao\"]",
		Good:        "# data/mappings/national.toml\n[[decisions]]\nname = \"甲\"\nverdict = \"合并\"\nitems = [\"dibao\"]\n\n[[decisions]]\nname = \"乙\"\nverdict = \"合并\"\nitems = [\"dibao\"]",
		check:       checkMappedTwice,
	},
}

func checkVerdicts(c *checker) {
	for _, m := range c.Mappings.All {
		for i, d := range m.Record.Decisions {
			at := []string{"decisions", strconv.Itoa(i), "items"}
			n, w := len(d.Items), words{}
			switch {
			case (d.Verdict == record.VerdictSame || d.Verdict == record.VerdictPart) && n != 1:
				w = words{zh: fmt.Sprintf("“%s”写了%s，要有一个本省事项，这里有 %d 个", d.Name, d.Verdict, n), en: fmt.Sprintf("%s names one item, not %d", d.Verdict, n),
					hint: "一条对几个写“拆分”，没有对应的写“无对应”", hintEN: "several items are 拆分, none is 无对应"}
			case d.Verdict == record.VerdictSplit && n < 2:
				w = words{zh: fmt.Sprintf("“%s”写了拆分，要有两个以上本省事项，这里有 %d 个", d.Name, n), en: fmt.Sprintf("拆分 names two items or more, not %d", n),
					hint: "只对一个写“对应”", hintEN: "one item is 对应"}
			case d.Verdict == record.VerdictAbsent && n > 0:
				w = words{zh: fmt.Sprintf("“%s”写了无对应，又写了本省事项", d.Name), en: "无对应 names no item",
					hint: "有对应的事项就写“对应”，没有就删掉 items", hintEN: "write 对应, or delete items"}
			case d.Verdict == record.VerdictAbsent && d.Reason == "":
				at = []string{"decisions", strconv.Itoa(i), "verdict"}
				w = words{zh: fmt.Sprintf("“%s”在本省没有对应的事项，没写原因", d.Name), en: "无对应 without a reason",
					hint: "加一行 reason，例如 reason = \"由国家部委直接办理\"", hintEN: "add reason = \"…\""}
			default:
				continue
			}
			c.report(m.File, at, w)
		}
	}
}

// claim is where a row or an item was spoken of first, and whether as one of several rows of an item.
type claim struct {
	file *catalog.File
	path []string
	part bool
}

// checkMappedTwice looks at each catalogue with all files of its mapping.
func checkMappedTwice(c *checker) {
	rows, items := map[string]claim{}, map[string]claim{}
	files := slices.Clone(c.Mappings.All)
	slices.SortStableFunc(files, func(a, b *catalog.Entry[record.Mapping]) int { // a first file before those that go on with it
		return min(len(a.Record.Continues), 1) - min(len(b.Record.Continues), 1)
	})
	for _, m := range files {
		catalogue := cmp.Or(m.Record.Continues, m.ID) + "\x00"
		for i, d := range m.Record.Decisions {
			at := []string{"decisions", strconv.Itoa(i)}
			key := catalogue + cmp.Or(d.Code, d.Name+"\x00"+d.Type)
			c.claimed(rows, key, claim{m.File, join(at, "name"), false}, fmt.Sprintf("“%s”已经有一个决定", d.Name), d.Name+" has a decision already",
				"两个决定留一个", "keep one of the two")
			for n, id := range d.Items {
				c.claimed(items, catalogue+id, claim{m.File, join(at, "items", strconv.Itoa(n)), d.Verdict == record.VerdictPart},
					"本省事项 "+id+" 对应了上级目录的两条", id+" is mapped to two rows",
					"改正其中一条；确实是几条合成一个的，几条都写“合并”", "correct one; where several rows are one item, all say 合并")
			}
		}
		for i, o := range m.Record.Own {
			at := []string{"own", strconv.Itoa(i), "item"}
			c.claimed(items, catalogue+o.Item, claim{m.File, at, false}, "本省事项 "+o.Item+" 写成本省特设，又写了一次", o.Item+" is ours only and stands here again",
				"删掉一处", "delete one of the two")
		}
	}
}

// claimed remembers the first claim to a key and reports later ones, unless all are parts of one item.
func (c *checker) claimed(seen map[string]claim, key string, now claim, zh, en, hint, hintEN string) {
	before, ok := seen[key]
	if !ok {
		seen[key] = now
		return
	}
	if before.part && now.part {
		return
	}
	c.report(now.file, now.path, words{zh: zh, en: en, hint: hint, hintEN: hintEN}.
		note(before.file.Position(before.path...), "前一处在这里："+strings.Join(before.path, "."), "the other one is here"))
}
