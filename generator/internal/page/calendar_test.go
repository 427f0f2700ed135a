package page

import (
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/output"
)

// deadlines of real shapes: counted from a day, counted back, «before», for a case, and one that a place words differently.
const deadlineRecords = `
[[apply_by]]
id = "report"
who = "经营者"
within = { value = 30, unit = "自然日" }
from = "情况变化之日"
if_missed = "会被责令改正；不改的，罚款。"
[[apply_by]]
id = "renew"
who = "经营者"
within = { value = 2, unit = "月", note = "最早可以提前6个月申请。" }
from = "到期日往前数"
[[apply_by]]
id = "early"
within = { value = 90, unit = "自然日" }
from = "有效期满前"
[[apply_by]]
id = "work"
within = { value = 10, unit = "工作日" }
from = "停止经营之日"
`

func calendarFixture(t *testing.T) map[string]output.File {
	t.Helper()
	records := fixture()
	food := records["data/items/food-business/01.toml"]
	before, after, _ := strings.Cut(string(food.Data), "apply_by = ")
	_, after, _ = strings.Cut(after, "\n")
	records["data/items/food-business/01.toml"] = &fstest.MapFile{Data: []byte(before + after + deadlineRecords)}
	local := records["data/divisions/130731/food-business.toml"]
	records["data/divisions/130731/food-business.toml"] = &fstest.MapFile{Data: []byte("open_period = [{ from = 2027-04-12, to = 2027-04-23, note = \"春季，网上报名；分两批\" }]\n" + string(local.Data))}
	return filesOf(t, siteOf(t, records), loadTheme(t))
}

// TestCalendar makes one file a deadline for all places, and one of a place's own period, as RFC 5545 has them.
func TestCalendar(t *testing.T) {
	t.Parallel()
	files := calendarFixture(t)
	var calendars []string
	for path := range files {
		if strings.HasSuffix(path, ".ics") {
			calendars = append(calendars, path)
			text := render(t, files[path])
			checkCalendar(t, path, text)
		}
	}
	if len(calendars) != 6 {
		t.Errorf("%d calendar files, want the four of the standard and the place's period for both procedures: %v", len(calendars), calendars)
	}
	task := unfold(render(t, files["items/food-business/01.report.ics"]))
	for _, want := range []string{"BEGIN:VTODO\r\n", "UID:items-food-business-01.report@banshi.example.gov.cn\r\n", "DTSTAMP:20261121T000000Z\r\n", `责令改正；不改的`, "SUMMARY:【示例】食品经营许可（新办）\r\n"} {
		if !strings.Contains(task, want) {
			t.Errorf("the task lacks %q:\n%s", want, task)
		}
	}
	for _, path := range calendars {
		if !strings.Contains(path, ".period.") {
			continue
		}
		event := unfold(render(t, files[path]))
		for _, want := range []string{"DTSTART;VALUE=DATE:20270412\r\n", "DTEND;VALUE=DATE:20270424\r\n", "2027年4月12日至2027年4月23日"} {
			if !strings.Contains(event, want) {
				t.Errorf("the period lacks %q:\n%s", want, event)
			}
		}
	}
}

// checkCalendar holds the rules of form: lines end in CRLF and have at most 75 octets of whole characters; what begins ends.
func checkCalendar(t *testing.T, path, text string) {
	t.Helper()
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") || !strings.HasSuffix(text, "\r\n") {
		t.Errorf("%s: a line does not end in CRLF", path)
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 || strings.ToValidUTF8(line, "") != line {
			t.Errorf("%s: %d octets: %q", path, len(line), line)
		}
	}
	var open []string
	for line := range strings.SplitSeq(unfold(text), "\r\n") {
		if kind, ok := strings.CutPrefix(line, "BEGIN:"); ok {
			open = append(open, kind)
		}
		if kind, ok := strings.CutPrefix(line, "END:"); ok {
			if len(open) == 0 || open[len(open)-1] != kind {
				t.Fatalf("%s: %s ends in %v", path, kind, open)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%s: %v do not end", path, open)
	}
}

func unfold(text string) string { return strings.ReplaceAll(text, "\r\n ", "") }

// TestDeadlineWords says each kind of deadline as people do, and gives the script what it may count with.
func TestDeadlineWords(t *testing.T) {
	t.Parallel()
	files := calendarFixture(t)
	page := render(t, files["divisions/130732/food-business.01.html"])
	for _, want := range []string{
		"经营者：情况变化之日起 30 日内", `href="../../items/food-business/01.report.ics"`, `data-days="30"`, `data-day="情况变化之日是哪天？"`,
		"经营者：最晚在到期日前 2 个月办（最早可以提前6个月申请）", `data-months="-2"`, `data-day="到期日是哪天？"`,
		"有效期满前 90 日内", "停止经营之日起 10 个工作日内",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the guide does not say %q", want)
		}
	}
	if n := strings.Count(page, "data-uid="); n != 2 {
		t.Errorf("%d deadlines are counted, want 2: working days and «before» are not", n)
	}
	if local := render(t, files["divisions/130731/food-business.01.html"]); !strings.Contains(local, "2027年4月12日至2027年4月23日") || !strings.Contains(local, ".period.2027-04-12.") {
		t.Error("the place's period has no calendar file")
	}
}

func TestEscapeCalendar(t *testing.T) {
	if got := escapeCalendar("a,b;c\\d\r\ne"); got != `a\,b\;c\\d\ne` {
		t.Error(got)
	}
}
