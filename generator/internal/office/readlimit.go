package office

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"banshi/generator/internal/record"
	"banshi/generator/internal/tomlfile"
)

var (
	limitText = regexp.MustCompile(`^(?:自?受理之日起|自申请之日起|法定|承诺)?([0-9]+|[零〇一二两三四五六七八九十百]+)个?(工作日|自然日|日历日|月|日|天)(?:以?内)?(?:（(.*)）)?$`)
	rangeText = regexp.MustCompile(`[0-9一二三四五六七八九十]\s*(-|~|～|至|到)\s*[0-9一二三四五六七八九十]+个?(工作日|自然日|日|天|月)`)
	extension = regexp.MustCompile(`^可延长([0-9]+)(?:个?(?:工作日|自然日|日|月))?$`)
	nowWords  = []string{"即办", "即时办结", "当场办结", "即办件", "当场办理", "立等可取"}
)

// limit reads 5个工作日, 即办, 20日（法条写“日”）, 【kind：sale】10个工作日（可延长5；说明）.
func (r *reader) limit(text string, c *column) (any, *refusal) {
	var when any
	if rest, ok := strings.CutPrefix(text, "【"); ok {
		cases, limit, ok := strings.Cut(rest, "】")
		if !ok {
			return nil, refuse("cell-value", "【 没有对应的 】："+text, "a bracket 【 is not closed: "+text, "", "")
		}
		w, bad := r.when(cases)
		if bad != nil {
			return nil, bad
		}
		when, text = w, limit
	}
	t := strings.NewReplacer("(", "（", ")", "）", ";", "；", " ", "").Replace(text)
	for _, w := range nowWords {
		if rest, ok := strings.CutPrefix(t, w); ok && (rest == "" || strings.HasPrefix(rest, "（")) {
			t = "0个工作日" + rest
			break
		}
	}
	if rangeText.MatchString(t) {
		return nil, refuse("cell-value", "时限不能是一个范围："+text, "a limit is no range: "+text, "写最长的那个，短的用情形分开写", "write the longest; others belong to cases")
	}
	m := limitText.FindStringSubmatch(t)
	if m == nil {
		return nil, refuse("cell-value", "看不懂时限："+text, "cannot read the limit: "+text, "写成 5个工作日、20个自然日、3个月 或 即办，一行一个", "write 5个工作日, 20个自然日, 3个月 or 即办, one a line")
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		n, _ = hanNumber(m[1])
	}
	return r.limitTable(n, m[2], m[3], when, c, text)
}

func (r *reader) limitTable(n int, unit, more string, when any, c *column, text string) (any, *refusal) {
	written := false
	switch unit {
	case "日历日":
		unit = record.UnitNatural
	case "日", "天":
		// Only what a law says may leave open which days are meant, never what an office promises.
		if c.key.Lock == record.LockTighten {
			return nil, refuse("cell-value", fmt.Sprintf("“%s”没有说是工作日还是自然日", text), "working days or natural days? "+text, "写成 “"+strconv.Itoa(n)+"个工作日” 或 “"+strconv.Itoa(n)+"个自然日”", "write 工作日 or 自然日")
		}
		unit, written = record.UnitDay, true
	}
	t := tomlfile.Table{{Key: "value", Value: n}, {Key: "unit", Value: unit}}
	var notes []string
	for _, part := range fields(more, "；") {
		if e := extension.FindStringSubmatch(part); e != nil && len(notes) == 0 {
			days, _ := strconv.Atoi(e[1])
			t = append(t, tomlfile.Member{Key: "extension", Value: days})
		} else if part != "法条写“日”" {
			notes = append(notes, part)
		}
	}
	if len(notes) > 0 {
		t = append(t, tomlfile.Member{Key: "note", Value: strings.Join(notes, "；")})
	}
	if written {
		t = append(t, tomlfile.Member{Key: "as_written", Value: true})
	}
	if when != nil {
		t = append(t, tomlfile.Member{Key: "when", Value: when})
	}
	return t, nil
}

// hanNumber reads 五, 十五, 二十, 一百二十.
func hanNumber(s string) (int, bool) {
	digits := map[rune]int{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	total, last, seen := 0, 0, false
	for _, r := range s {
		switch d, ok := digits[r]; {
		case ok:
			last, seen = d, true
		case r == '十' || r == '百':
			unit := 10
			if r == '百' {
				unit = 100
			}
			if last == 0 {
				last = 1
			}
			total, last, seen = total+last*unit, 0, true
		default:
			return 0, false
		}
	}
	return total + last, seen
}

// basis reads 《食品安全法》第三十五条（说明）, also without the marks of a title.
func (r *reader) basis(text string) (any, *refusal) {
	name, rest := "", text
	if strings.HasPrefix(text, "《") {
		depth := 0
		for i, c := range text {
			if c == '《' {
				depth++
			} else if c == '》' {
				if depth--; depth == 0 {
					name, rest = text[len("《"):i], text[i+len("》"):]
					break
				}
			}
		}
	} else if i := strings.Index(text, "第"); i > 0 {
		name, rest = strings.TrimSpace(text[:i]), text[i:]
	} else {
		name, rest = text, ""
	}
	if name == "" {
		return nil, refuse("cell-value", "看不懂依据："+text, "cannot read the basis: "+text, "写成 《法规名称》第三十五条，一行一个", "write 《name》第三十五条, one a line")
	}
	law, bad := r.id(name, "law")
	if bad != nil {
		return nil, bad
	}
	article, note := strings.TrimSpace(rest), ""
	if i := strings.IndexAny(article, "（("); i >= 0 {
		note = strings.TrimRight(strings.TrimLeft(article[i:], "（("), "）)")
		article = article[:i]
	}
	t := tomlfile.Table{{Key: "law", Value: law}}
	for _, m := range []tomlfile.Member{{Key: "article", Value: article}, {Key: "note", Value: note}} {
		if m.Value != "" {
			t = append(t, m)
		}
	}
	return t, nil
}

var phoneNumber = regexp.MustCompile(`^(\+86[- ]?)?(\(?0\d{2,3}\)?[- ]?)?\d{3,11}([- ]\d{1,6})?$`)

// phone reads 咨询：0311-12345678（工作日）; a number alone is for 咨询.
func (r *reader) phone(text string) (any, *refusal) {
	t := strings.NewReplacer("(", "（", ")", "）", ":", "：").Replace(text)
	kind, note := "咨询", ""
	if k, rest, ok := strings.Cut(t, "："); ok {
		kind, t = strings.TrimSuffix(strings.TrimSuffix(k, "电话"), "热线"), rest
	}
	if i := strings.LastIndex(t, "（"); i > 0 && strings.HasSuffix(t, "）") {
		t, note = t[:i], strings.TrimSuffix(t[i+len("（"):], "）")
	}
	number := strings.NewReplacer("（", "(", "）", ")").Replace(half(t))
	if strings.ContainsAny(number, "eE") && strings.Contains(number, "+") {
		return nil, digits(number)
	}
	if !phoneNumber.MatchString(number) {
		return nil, refuse("cell-value", "这不是电话号码："+text, "this is no phone number: "+text, "写成 0311-12345678；几个号码用 ； 隔开，前面写明是 咨询 还是 监督", "write 0311-12345678, several with ；between")
	}
	if len(number) == 7 || len(number) == 8 {
		return nil, refuse("cell-value", "号码没有区号："+text, "the number has no area code: "+text, "写上区号，例如 0311-"+number, "write the area code")
	}
	term, bad := r.term(kind, "phone-kinds")
	if bad != nil {
		return nil, bad
	}
	table := tomlfile.Table{{Key: "kind", Value: term}, {Key: "number", Value: number}}
	if note != "" {
		table = append(table, tomlfile.Member{Key: "note", Value: note})
	}
	return table, nil
}

// place reads 示例县政务服务中心，窗口3（受理）.
func (r *reader) place(text string) (any, *refusal) {
	t := strings.NewReplacer("(", "（", ")", "）", ",", "，").Replace(text)
	role, window := "", ""
	if i := strings.LastIndex(t, "（"); i > 0 && strings.HasSuffix(t, "）") && len(r.records.names.find("hall", r.division, t)) == 0 {
		t, role = t[:i], strings.TrimSuffix(t[i+len("（"):], "）")
	}
	if hall, rest, ok := strings.Cut(t, "，"); ok {
		t, window = hall, strings.TrimSuffix(strings.TrimPrefix(strings.TrimSuffix(rest, "号"), "窗口"), "号窗口")
	}
	hall, bad := r.id(strings.TrimSpace(t), "hall")
	if bad != nil {
		return nil, bad
	}
	table := tomlfile.Table{{Key: "hall", Value: hall}}
	if window != "" {
		table = append(table, tomlfile.Member{Key: "window", Value: strings.TrimSpace(window)})
	}
	if role != "" {
		term, bad := r.term(role, "place-roles")
		if bad != nil {
			return nil, bad
		}
		table = append(table, tomlfile.Member{Key: "role", Value: term})
	}
	return table, nil
}

// digits refuses a number that a table program has shortened.
func digits(text string) *refusal {
	return refuse("cell-digits", "长数字被表格程序改成了 "+text+"，后面的位数已经丢了", "a table program has turned a long number into "+text+"; its digits are lost",
		"把这一列的格式设成“文本”，再重新填写（选中列 → 右键 → 设置单元格格式 → 文本）", "format the column as text, then type it again")
}
