package rules

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// weekday is one day of the week, 周日 also as 周天.
const weekday = `周[一二三四五六日天]`

// daysForm is what days may say: days and spans of days, then in brackets what is excepted.
var daysForm = regexp.MustCompile(`^(每天|工作日|法定工作日|节假日|法定节假日|` + weekday + `(至` + weekday + `)?(、` + weekday + `(至` + weekday + `)?)*)(（[^（）]+）)?$`)

// spanForm is a span of a day; the dash between is an en dash.
var spanForm = regexp.MustCompile(`^([01]?[0-9]|2[0-3]):([0-5][0-9])–([01]?[0-9]|2[0-4]):([0-5][0-9])$`)

// allDay is a span that never closes.
const allDay = "24小时"

// otherDashes are what people type between two times.
var otherDashes = strings.NewReplacer("-", "–", "—", "–", "~", "–", "～", "–", "至", "–", "到", "–", "：", ":", " ", "", "－", "–")

func checkHours(c *checker) {
	c.hallFiles(func(file *catalog.File, _ string, at []string, h *record.Hall) {
		for i := range h.Hours {
			c.hours(file, join(at, "hours", strconv.Itoa(i)), &h.Hours[i])
		}
	})
}

func (c *checker) hours(file *catalog.File, at []string, h *record.Hours) {
	if h.Days != "" && !daysForm.MatchString(h.Days) {
		c.report(file, join(at, "days"), words{
			zh: fmt.Sprintf("读不懂是哪几天：%s", h.Days), en: "these are no days: " + h.Days,
			hint: "写 周一至周五、周六、每天、工作日 或者 法定节假日；例外写在括号里", hintEN: "write 周一至周五, 周六, 每天, 工作日 or 法定节假日; what is excepted in brackets",
		})
	}
	closed := 0 // minutes of the day at which the span before ends
	for i, span := range h.Open {
		path := join(at, "open", strconv.Itoa(i))
		from, to, ok := spanOf(span)
		switch {
		case !ok:
			w := words{
				zh: fmt.Sprintf("读不懂的时段：%s", span), en: "this is no span of time: " + span,
				hint: "写成 9:00–12:00；全天写 " + allDay, hintEN: "write 9:00–12:00, or 24小时 for all day",
			}
			if mended := otherDashes.Replace(span); spanForm.MatchString(mended) {
				w.hint, w.hintEN = "照这样写（中间是短横“–”，冒号用英文的）："+mended, "write "+mended+", with an en dash and plain colons"
			}
			c.report(file, path, w)
			return
		case to <= from:
			c.report(file, path, words{
				zh: fmt.Sprintf("关门早于开门：%s", span), en: "it closes before it opens: " + span,
				hint: "下午用 24 小时制，例如 13:30–17:00", hintEN: "use 24 hours, such as 13:30–17:00",
			})
			return
		case from < closed:
			c.report(file, path, words{
				zh: fmt.Sprintf("%s 和前一个时段重叠", span), en: span + " overlaps the span before",
				hint: "早的写在前面，时段不重叠", hintEN: "earlier spans come first and none overlap",
			})
			return
		}
		closed = to
	}
}

// spanOf returns the minutes of the day between which a span lies.
func spanOf(s string) (from, to int, ok bool) {
	if s == allDay {
		return 0, 24 * 60, true
	}
	m := spanForm.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	minutes := func(h, min string) int {
		hour, _ := strconv.Atoi(h) // the form allows digits only
		minute, _ := strconv.Atoi(min)
		return hour*60 + minute
	}
	from, to = minutes(m[1], m[2]), minutes(m[3], m[4])
	return from, to, to <= 24*60
}
