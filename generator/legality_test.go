package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// examination is a site with changes to examine and the sheet of them.
type examination struct {
	*repository
	sheet string
}

const (
	changedStandard = "data/items/food-business/01.toml"
	changedPlace    = "data/divisions/139921/food-business.toml"
)

func newExamination(t *testing.T) *examination {
	t.Helper()
	e := &examination{newRepository(t), filepath.Join(t.TempDir(), "审查.xlsx")}
	e.edit(changedStandard, `promise = [{ value = 10, unit = "工作日" }]`, `promise = [{ value = 12, unit = "工作日" }] # 注释留着`)
	e.edit(changedPlace, "value = 5", "value = 4")
	e.edit("data/divisions/139921/division.toml", "12345", "12333") // a phone is not examined
	e.git("commit", "-aqm", "changes")
	says(t, attempt(t, 0, "report", "legality", "--site", e.dir, "--since", "HEAD~1", "--out", e.sheet), "2 份改过的记录")
	return e
}

// fill writes texts into the cells of a row of the sheet, by the titles of the columns.
func (e *examination) fill(row int, cells map[string]string) {
	e.Helper()
	f, err := excelize.OpenFile(e.sheet)
	if err != nil {
		e.Fatal(err)
	}
	rows, err := f.GetRows("合法性审查")
	if err != nil {
		e.Fatal(err)
	}
	for title, text := range cells {
		at := -1
		for i, c := range rows[0] {
			if strings.HasPrefix(c, title) {
				at = i
			}
		}
		if at < 0 {
			e.Fatalf("no column %s in %q", title, rows[0])
		}
		cell, err := excelize.CoordinatesToCellName(at+1, row)
		if err != nil {
			e.Fatal(err)
		}
		if err := f.SetCellStr("合法性审查", cell, text); err != nil {
			e.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		e.Fatal(err)
	}
}

func (e *examination) read(path string) string {
	e.Helper()
	data, err := os.ReadFile(filepath.Join(e.dir, path))
	if err != nil {
		e.Fatal(err)
	}
	return string(data)
}

// lawful is what an officer fills in.
func lawful() map[string]string {
	return map[string]string{"增加材料": "否", "缩减权利": "√", "审查意见": "修改后合法", "意见书文号": " 示司审〔2026〕8号 ", "审查日期": "2026年11月12日", "审查机构": "示例省司法厅"}
}

// TestLegalityRoundTrip sends the changes to the legal officer and takes the answers back: the opinion stands in the record, every
// other byte is as it was, a row that is not filled in waits, and a second time changes nothing.
func TestLegalityRoundTrip(t *testing.T) {
	t.Parallel()
	e := newExamination(t)
	f, err := excelize.OpenFile(e.sheet)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("合法性审查")
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	says(t, strings.Join(rows[2], "|"), changedStandard, "食品经营许可（新办）", "↓ 承诺时限 10→12 个工作日", "《中华人民共和国食品安全法》第三十五条：", "缩减权利")
	says(t, strings.Join(rows[1], "|"), changedPlace, "示例县", "↑ 承诺时限 5→4 个工作日")
	if lists, err := f.GetDataValidations("合法性审查"); err != nil || len(lists) != 4 {
		t.Errorf("%d drop-down lists, %v", len(lists), err)
	}

	before, place := e.read(changedStandard), e.read(changedPlace)
	e.fill(3, lawful())
	says(t, attempt(t, 0, "import", "legality", "--site", e.dir, e.sheet, "--dry-run"), "收到 1 份意见，写了 0 份记录；还有 1 行没填")
	if e.read(changedStandard) != before {
		t.Fatal("a dry run wrote")
	}
	says(t, attempt(t, 0, "import", "legality", "--site", e.dir, e.sheet), "收到 1 份意见，写了 1 份记录；还有 1 行没填")
	after := e.read(changedStandard)
	const opinion = `legality = { opinion = "修改后合法", findings = ["缩减权利"], document = "示司审〔2026〕8号", date = 2026-11-12, body = "示例省司法厅" }`
	says(t, after, opinion, "# 注释留着")
	kept := strings.Replace(strings.Replace(after, opinion+"\n", "", 1), "[review]\n", "", 1)
	if strings.Join(strings.Fields(kept), " ") != strings.Join(strings.Fields(before), " ") {
		t.Errorf("something else changed:\n%s", after)
	}
	if e.read(changedPlace) != place {
		t.Error("a row that was not filled in was written")
	}
	attempt(t, 0, "check", "--site", e.dir)
	says(t, attempt(t, 0, "import", "legality", "--site", e.dir, e.sheet), "写了 0 份记录")
}

// TestLegalityRefuses fills cells in wrongly: each is named, and nothing is written, not even the rows that are right.
func TestLegalityRefuses(t *testing.T) {
	t.Parallel()
	e := newExamination(t)
	with := func(change map[string]string) map[string]string {
		out := lawful()
		for k, v := range change {
			out[k] = v
		}
		return out
	}
	before := e.read(changedStandard) + e.read(changedPlace)
	for _, c := range []struct {
		wrong map[string]string
		want  []string
	}{
		{map[string]string{"审查意见": "同意"}, []string{"审查.xlsx!合法性审查!J2: 审查意见写的是“同意”，认不出 [legality-sheet]"}},
		{map[string]string{"审查意见": "", "意见书文号": ""}, []string{"!J2: 没有填审查意见", "!K2: 没有填意见书文号"}},
		{map[string]string{"审查日期": "十一月"}, []string{"!L2: 日期“十一月”读不懂"}},
		{map[string]string{"审查日期": "2027-01-01"}, []string{"!L2: 审查日期 2027-01-01 还没到"}},
		{map[string]string{"增设许可": "也许"}, []string{"!G2: “也许”认不出"}},
		{map[string]string{"记录": "data/items/../../site.toml"}, []string{"!A2: 没有“data/items/../../site.toml”这份记录"}},
		{map[string]string{"记录": "data/laws/food-safety.toml"}, []string{"!A2: 没有“data/laws/food-safety.toml”这份记录"}},
		{map[string]string{"记录": changedStandard}, []string{"!B2: “" + changedStandard + "”在导出以后又改过"}},
		{map[string]string{"版本": "0000000"}, []string{"!B2: “" + changedPlace + "”在导出以后又改过"}},
	} {
		e.fill(3, lawful())
		e.fill(2, with(c.wrong))
		says(t, attempt(t, 1, "import", "legality", "--site", e.dir, e.sheet), append(c.want, "什么也没有写")...)
		if e.read(changedStandard)+e.read(changedPlace) != before {
			t.Fatalf("%v: something was written", c.wrong)
		}
		attempt(t, 0, "report", "legality", "--site", e.dir, "--since", "HEAD~1", "--out", e.sheet)
	}

	// An opinion from before the consultation closed is a mistake that only the record shows.
	e.edit(changedPlace, "[procedure.01]", "[review]\nconsultation = { opens = 2026-10-01, closes = 2026-11-12, document = \"sample-doc\", result = \"没有。\" }\n\n[procedure.01]")
	attempt(t, 0, "report", "legality", "--site", e.dir, "--since", "HEAD~1", "--out", e.sheet)
	e.fill(2, with(map[string]string{"审查日期": "46330"})) // 2026-11-04, as Excel keeps a day
	says(t, attempt(t, 1, "import", "legality", "--site", e.dir, e.sheet), "审查.xlsx!合法性审查!J2: ", "早于", "[review-order]")

	notes := filepath.Join(t.TempDir(), "别的.csv")
	writeFile(t, notes, []byte("事项,电话\n食品经营许可,12345\n"))
	says(t, attempt(t, 1, "import", "legality", "--site", e.dir, notes), "没有一张表有")
	attempt(t, 2, "report", "legality", "--site", e.dir, "--since", "HEAD")
	attempt(t, 2, "report", "legality", "--site", e.dir, "--since", "HEAD", "--out", "x.pdf")
}

// TestLegalityPaper writes the paper for printing: one file without scripts and without anything from elsewhere, and no text of a record
// is markup.
func TestLegalityPaper(t *testing.T) {
	t.Parallel()
	e := newExamination(t)
	e.edit(changedStandard, "第一次开店卖现做的吃的。", "第一次")
	e.edit(changedStandard, `quantity_limit = "无"`, `quantity_limit = "<script>alert(1)</script>"`)
	out := filepath.Join(t.TempDir(), "审查.html")
	attempt(t, 0, "report", "legality", "--site", e.dir, "--since", "HEAD~1", "--out", out)
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	says(t, page, "size: A4", "↓ 承诺时限 10→12 个工作日", "&lt;script&gt;alert(1)", "HEAD~1（2026年11月13日）", `<span class="box">不合法</span>`, "以审查为准")
	for _, no := range []string{"<script", "src=", "href=", "http://", "https://", "@import"} {
		if strings.Contains(page, no) {
			t.Errorf("the paper has %q", no)
		}
	}
}
