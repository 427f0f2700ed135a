package rules

import (
	"fmt"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// entryRules hold that an item is where its record says: in the hall, or with a reason elsewhere.
var entryRules = []Rule{
	{
		ID: "not-entered", Family: "place", Severity: diag.Warning,
		Title:  diag.Text{ZH: "没有进驻大厅，没有说清为什么", EN: "not in the hall, and no reason with a document"},
		Reason: diag.Text{ZH: "因安全、场地、设备或办理量大等原因不能进驻的，要报经本级政府同意（S1 三(三)）；除场地限制或涉及国家秘密等情形外应进必进（S3 二(三)）。", EN: "What cannot move into the hall needs the consent of its government (S1, S3)."},
		Explanation: diag.Text{
			ZH: "写 reason（安全、场地、设备、办理量大、涉密）和 document（同意的文件）；进了的写 entered = true，不写理由。",
			EN: "State reason and document (the consent); where it has entered write entered = true and no reason.",
		},
		Bad: `hall_entry = { entered = false }`, Good: `hall_entry = { entered = false, reason = "要用专门的采集设备", document = "sample-doc" }`,
		check: checkNotEntered,
	}, {
		ID: "entered-elsewhere", Family: "place", Severity: diag.Warning,
		Title:  diag.Text{ZH: "写了进驻大厅，却在别处受理", EN: "entered into the hall, but accepted elsewhere"},
		Reason: diag.Text{ZH: "不得“明进暗不进”（S3 二(三)），不得在大厅之外的其他场所实施受理、审批和送达（S4 三(二)）。", EN: "What has entered the hall is handled there (S3, S4)."},
		Explanation: diag.Text{
			ZH: "places 里写大厅的窗口；确实不在大厅办的，改成 entered = false，写理由和文件。反过来，没进驻的不能在大厅窗口受理。",
			EN: "Name a window of the hall in places; where it is not handled there write entered = false with reason and document, and the reverse.",
		},
		Bad: "hall_entry = { entered = true }\nplaces = [{ hall = \"bureau\", role = \"受理\" }]", Good: "hall_entry = { entered = true }\nplaces = [{ hall = \"hall\", window = \"A01—A04\", role = \"受理\" }]",
		check: checkEnteredElsewhere,
	}, {
		ID: "no-window-number", Family: "place", Severity: diag.Warning,
		Title:       diag.Text{ZH: "没有写到窗口", EN: "a place without its window"},
		Reason:      diag.Text{ZH: "办理地点写到窗口（S2 四(一)；温州指南检查规则“地址精确到窗口”）。", EN: "A place is stated down to the window (S2, Wenzhou's guide checks)."},
		Explanation: diag.Text{ZH: "places 里写 window：大厅 windows 里的窗口号。", EN: "State window with a number of the hall's windows."},
		Bad:         `places = [{ hall = "hall" }]`, Good: `places = [{ hall = "hall", window = "A01—A04" }]`,
		check: checkNoWindow,
	}, {
		ID: "appointment-forced", Family: "place", SeverityFrom: graceEnd,
		Title:       diag.Text{ZH: "强制先预约或者先网上提交", EN: "an appointment that is compulsory"},
		Reason:      diag.Text{ZH: "申请人在线下办理业务时，不得强制要求其先到线上预约或在线提交申请材料（S3 二(四)）。", EN: "Who comes to a window may not be made to book or apply online first (S3)."},
		Explanation: diag.Text{ZH: "写怎么预约，并说明不预约也能办。", EN: "Say how to book, and that one may come without."},
		Bad:         `appointment = "必须先在网上预约，未预约不予受理。"`, Good: `appointment = "可以打12345预约周六上午，不预约也能办。"`,
		check: checkAppointment,
	},
}

// graceEnd is the end of the time of grace of rules that came with this release: three months, as S4 gives for what is new.
const graceEnd record.Date = 20270301

// entries calls f for every hall_entry of a local record.
func (c *checker) entries(f func(file *catalog.File, at []string, e *record.HallEntry)) {
	c.locals(func(file *catalog.File, r *record.Implementation, _ *catalog.Division, _ *catalog.Item) {
		for b := range blocks(r) {
			if e := b.Terms.HallEntry; e != nil {
				f(file, join(b.Path, "hall_entry"), e)
			}
		}
	})
}

func checkNotEntered(c *checker) {
	c.entries(func(file *catalog.File, at []string, e *record.HallEntry) {
		switch {
		case e.Entered && e.Reason != "":
			c.report(file, join(at, "reason"), words{
				zh: "已经进驻大厅，却写了不进驻的理由", en: "it has entered the hall, but there is a reason why not",
				hint: "删掉 reason，或者改成 entered = false", hintEN: "remove reason, or write entered = false",
			})
		case !e.Entered && (e.Reason == "" || e.Document == ""):
			var zh, en []string
			if e.Reason == "" {
				zh, en = append(zh, "理由"), append(en, "reason")
			}
			if e.Document == "" {
				zh, en = append(zh, "同意的文件"), append(en, "document")
			}
			c.report(file, at, words{
				zh: "没有进驻大厅，没有写" + strings.Join(zh, "和"), en: "not in the hall without " + strings.Join(en, " and "),
				hint: "写 reason（为什么）和 document（本级政府同意的文件）；已经进驻的写 entered = true", hintEN: "state reason and document, or entered = true",
			})
		}
	})
}

// entryHalls are the kinds of halls into which items move.
var entryHalls = []string{"政务服务中心", "专业分厅", "便民服务中心", "便民服务站"}

// roleAccept is the role of a place where applications are taken; a place without a role does everything.
const roleAccept = "受理"

func checkEnteredElsewhere(c *checker) {
	c.overriding("hall_entry", func(g *catalog.Guide, o catalog.Origin) {
		if g.Local.HallEntry == nil {
			return
		}
		entry := g.Local.HallEntry
		if !entry.Entered && (entry.Reason == "" || entry.Document == "") {
			return // not-entered speaks
		}
		entered, accepts, inside := entry.Entered, 0, 0
		var other string
		for _, p := range g.Places {
			if p.Hall == nil || p.Role != "" && p.Role != roleAccept {
				continue
			}
			accepts++
			if slices.Contains(entryHalls, p.Hall.Kind) {
				inside++
			} else {
				other = p.Hall.Name
			}
		}
		w := words{}
		switch {
		case accepts == 0:
			return
		case entered && inside == 0:
			w.zh, w.en = fmt.Sprintf("写了进驻大厅，受理却在“%s”", other), "it has entered the hall, but is accepted at "+other
			w.hint, w.hintEN = "places 写大厅的窗口；确实没进驻的写 entered = false、reason 和 document", "name a window of the hall, or write entered = false with reason and document"
		case !entered && inside == accepts:
			w.zh, w.en = "写了没有进驻大厅，受理却在大厅", "it has not entered the hall, but is accepted there"
			w.hint, w.hintEN = "改成 entered = true，或者在 places 里写真正受理的地方", "write entered = true, or name the place where it is accepted"
		default:
			return
		}
		if p, ok := origin(g, "places"); ok {
			w = w.note(p.File.Position(p.Path...), "办理地点", "the places")
		}
		c.report(o.File, o.Path, w)
	})
}

func checkNoWindow(c *checker) {
	c.locals(func(file *catalog.File, r *record.Implementation, d *catalog.Division, _ *catalog.Item) {
		for b := range blocks(r) {
			for i, p := range b.Terms.Places {
				h := d.Hall(p.Hall)
				at := join(b.Path, "places", fmt.Sprint(i))
				if p.Window != "" || h == nil || len(h.Windows) == 0 || file.Doc.Has(join(at, "window")...) {
					continue // of an empty text another rule speaks
				}
				var numbers []string
				for _, w := range h.Windows {
					numbers = append(numbers, w.Number)
				}
				c.report(file, at, words{
					zh: fmt.Sprintf("只写了“%s”，没有写几号窗口", h.Name), en: fmt.Sprintf("%s without its window", h.ID),
					hint: "写 window，有的窗口：" + strings.Join(first(numbers, 12), "、"), hintEN: "state window, one of " + strings.Join(first(numbers, 12), ", "),
				})
			}
		}
	})
}

// forcing are words that make booking or applying online a condition of coming.
var forcing = []string{"必须先", "须先", "必须预约", "须预约", "只接受预约", "仅接受预约", "未预约", "不预约不", "没有预约不", "先在网上提交", "先网上提交"}

func checkAppointment(c *checker) {
	c.onText(keyed("appointment"), func(at *place, s string) {
		for _, phrase := range forcing {
			if strings.Contains(s, phrase) {
				c.report(at.file, at.path, words{
					zh: fmt.Sprintf("“%s”是强制预约，线下办事不能要求先预约", phrase), en: "an appointment may not be a condition of coming to a window",
					hint: "写怎么预约，并写明“不预约也能办”", hintEN: "say how to book, and that one may come without",
				})
				return
			}
		}
	})
}
