package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// desk is a site and the workbooks of somebody who fills them in.
type desk struct {
	t   *testing.T
	dir string // of the site
	tmp string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, dir: filepath.Join(t.TempDir(), "site"), tmp: t.TempDir()}
	copyDir(t, "testdata/site", d.dir)
	copyDir(t, "../data/vocab", filepath.Join(d.dir, "data/vocab"))
	copyDir(t, "../data/profiles", filepath.Join(d.dir, "data/profiles"))
	return d
}

// run runs a command and returns what it printed and its exit code.
func (d *desk) run(args ...string) (string, int) {
	d.t.Helper()
	var out bytes.Buffer
	cmd := newRoot()
	cmd.SetArgs(append(args, "--site", d.dir, "--as-of", "2026-11-13"))
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	switch err := cmd.ExecuteContext(d.t.Context()); {
	case err == nil:
		return out.String(), 0
	case errors.Is(err, errContent):
		return out.String(), 1
	default:
		return out.String() + err.Error(), 2
	}
}

// export makes a workbook.
func (d *desk) export(name string, args ...string) string {
	d.t.Helper()
	file := filepath.Join(d.tmp, name)
	if out, code := d.run(append([]string{"export", "xlsx", "--out", file}, args...)...); code != 0 {
		d.t.Fatalf("export: %d %s", code, out)
	}
	return file
}

// imports takes a workbook in and holds the exit code and what must be said.
func (d *desk) imports(file string, code int, says ...string) string {
	d.t.Helper()
	return d.importing([]string{file}, code, says...)
}

func (d *desk) importing(args []string, code int, says ...string) string {
	d.t.Helper()
	out, got := d.run(append([]string{"import", "xlsx"}, args...)...)
	if got != code {
		d.t.Errorf("exit code %d, want %d:\n%s", got, code, out)
	}
	for _, s := range says {
		if !strings.Contains(out, s) {
			d.t.Errorf("%q is not said in\n%s", s, out)
		}
	}
	return out
}

// records are the files below data/ by path.
func (d *desk) records() map[string]string {
	d.t.Helper()
	out := map[string]string{}
	walkFiles(d.t, filepath.Join(d.dir, "data"), func(rel string, data []byte) { out[filepath.ToSlash(rel)] = string(data) })
	return out
}

// differing are the paths that are not the same in two states.
func differing(a, b map[string]string) (paths []string) {
	for p, text := range b {
		if old, ok := a[p]; !ok || old != text {
			paths = append(paths, p)
		}
	}
	for p := range a {
		if _, ok := b[p]; !ok {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	return paths
}

// book is a workbook that is being filled in.
type book struct {
	t    *testing.T
	file *excelize.File
	path string
}

func open(t *testing.T, path string) *book {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return &book{t, f, path}
}

func (b *book) save() {
	b.t.Helper()
	if err := errors.Join(b.file.Save(), b.file.Close()); err != nil {
		b.t.Fatal(err)
	}
}

// at returns the cell of a column by its title, in the first row whose cells begin with ids; with none it is the first empty row.
func (b *book) at(sheet, title string, ids ...string) string {
	b.t.Helper()
	rows, err := b.file.GetRows(sheet)
	if err != nil {
		b.t.Fatal(err)
	}
	column := slices.Index(rows[1], title)
	if column < 0 {
		b.t.Fatalf("%s has no column %s: %q", sheet, title, rows[1])
	}
	row := slices.IndexFunc(rows[2:], func(cells []string) bool {
		filled := slices.ContainsFunc(cells, func(c string) bool { return c != "" })
		return len(ids) == 0 && !filled || len(ids) > 0 && len(cells) >= len(ids) && slices.Equal(cells[:len(ids)], ids)
	})
	if row < 0 && len(ids) > 0 {
		b.t.Fatalf("%s has no row %q", sheet, ids)
	}
	if row < 0 {
		row = len(rows) - 2
	}
	cell, err := excelize.CoordinatesToCellName(column+1, row+3)
	if err != nil {
		b.t.Fatal(err)
	}
	return cell
}

func (b *book) set(sheet, cell string, v any) {
	b.t.Helper()
	if err := b.file.SetCellValue(sheet, cell, v); err != nil {
		b.t.Fatal(err)
	}
}

// fill writes cells of the first empty row.
func (b *book) fill(sheet string, cells map[string]any) {
	b.t.Helper()
	at := map[string]string{}
	for title := range cells {
		at[title] = b.at(sheet, title)
	}
	for title, v := range cells {
		b.set(sheet, at[title], v)
	}
}

func (b *book) get(sheet, cell string) string {
	b.t.Helper()
	v, err := b.file.GetCellValue(sheet, cell)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// What comes back as it went out changes nothing.
func TestSheetsUnchanged(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	before := d.records()
	for name, args := range map[string][]string{"all.xlsx": {"--kind", "all"}, "usual.xlsx": nil, "county.xlsx": {"--division", "139921"}, "township.xlsx": {"--division", "139921101"}, "empty.xlsx": {"--template"}} {
		d.imports(d.export(name, args...), 0, "表里没有修改，记录没有动")
	}
	if paths := differing(before, d.records()); len(paths) > 0 {
		t.Errorf("changed: %q", paths)
	}
	if out, code := d.run("export", "xlsx", "--out", filepath.Join(d.tmp, "all.xlsx")); code != 2 || !strings.Contains(out, "不覆盖") {
		t.Errorf("%d %s", code, out)
	}
}

var foodGuide = []string{"139921", "food-business", "01"}

// The clerk of a county makes promises shorter, and says where and until when.
func TestClerkSheet(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := d.export("county.xlsx", "--division", "139921")
	b := open(t, file)
	const s = "办事指南"
	if got := b.get(s, b.at(s, "承诺办结时限（省标准）", foodGuide...)); got != "10个工作日" {
		t.Errorf("the standard is %q", got)
	}
	for title, v := range map[string]string{
		"承诺办结时限": "３ 个工作日", "电话": "咨詢：0311－66635110；监督：12345", "办理地点": "示例县政务服务中心，窗口3",
		"暂停办理·开始": "2026年12月1日", "暂停办理·原因": "系 统升级", "办理形式": "窗口办理、网上办理，移动端办理", "承办科室": "市场准入科", "依据文号": "sample-doc",
	} {
		b.set(s, b.at(s, title, foodGuide...), v)
	}
	b.save()
	before := d.records()
	d.importing([]string{file, "--dry-run"}, 0, "5→3 个工作日", "会写 1 份记录")
	if paths := differing(before, d.records()); len(paths) > 0 {
		t.Fatalf("a dry run changed %q", paths)
	}
	d.imports(file, 0, "写好 1 份记录")
	after := d.records()
	const path = "divisions/139921/food-business.toml"
	if paths := differing(before, after); !slices.Equal(paths, []string{path}) {
		t.Fatalf("changed: %q", paths)
	}
	want := `[procedure.01]
places = [{ hall = "hall", window = "3" }]
phones = [{ kind = "咨询", number = "0311-66635110" }, { kind = "监督", number = "12345" }]
suspended = { from = 2026-12-01, reason = "系统升级" }
handling_unit = "市场准入科"
promise = [{ value = 3, unit = "工作日" }]
channels = ["窗口办理", "网上办理", "移动端办理"]

[procedure.01.material.layout]
necessity = "容缺后补"

[[events]]
date = 2026-11-13
kind = "变更"
document = "sample-doc"
`
	if after[path] != want {
		t.Errorf("got\n%s\nwant\n%s", after[path], want)
	}
	// The same sheet again says nothing new, and the standard's own value takes the override away.
	d.imports(file, 0, "表里没有修改")
	b = open(t, file)
	b.set(s, b.at(s, "承诺办结时限", foodGuide...), "10个工作日")
	b.set(s, b.at(s, "暂停办理·开始", foodGuide...), "清空")
	b.set(s, b.at(s, "暂停办理·原因", foodGuide...), "清空")
	b.set(s, b.at(s, "电话", foodGuide...), "")
	b.save()
	out := d.imports(file, 0, "空着，记录里有内容，没有改")
	if got := d.records()[path]; strings.Contains(got, "promise") || strings.Contains(got, "suspended") || !strings.Contains(got, "phones") {
		t.Errorf("%s\n%s", out, got)
	}
}

// A version that holds from a day on is written ahead.
func TestClerkSheetAhead(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := d.export("county.xlsx", "--division", "139921")
	b := open(t, file)
	b.set("办事指南", b.at("办事指南", "承诺办结时限", foodGuide...), "2个工作日")
	b.set("办事指南", b.at("办事指南", "生效日期", foodGuide...), "2027/1/1")
	b.save()
	before := d.records()
	d.imports(file, 0, "写好 1 份记录")
	after := d.records()
	const path = "divisions/139921/food-business@2027-01-01.toml"
	if paths := differing(before, after); !slices.Equal(paths, []string{path}) || !strings.Contains(after[path], "value = 2") || !strings.Contains(after[path], "容缺后补") {
		t.Errorf("%q\n%s", paths, after[path])
	}
}

// What is worse than the standard, grey or no value is refused at its cell; nothing is written, or with --partial the rest.
func TestClerkSheetRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := d.export("county.xlsx", "--division", "139921")
	b := open(t, file)
	const s = "办事指南"
	promise, grey := b.at(s, "承诺办结时限", foodGuide...), b.at(s, "承诺办结时限（省标准）", "139921", "food-business", "02")
	b.set(s, promise, "15个工作日")
	b.set(s, grey, "30个工作日")
	b.set(s, b.at(s, "承办科室", "139921", "dibao", "01"), "社会救助科")
	b.save()
	before := d.records()
	d.imports(file, 1, "county.xlsx!办事指南!"+promise, "[tighten-promise]", "county.xlsx!办事指南!"+grey, "[cell-locked]", "没有写任何记录")
	if paths := differing(before, d.records()); len(paths) > 0 {
		t.Fatalf("changed: %q", paths)
	}
	receipt := open(t, filepath.Join(d.tmp, "county（回执）.xlsx"))
	rows, err := receipt.file.GetRows(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[2:] {
		if want := map[string]string{"dibao": "未收", "food-business": "未收"}[row[3]]; row[0] != want || row[1] == "" {
			t.Errorf("%q", row[:5])
		}
	}
	notes, err := receipt.file.GetComments(s)
	if err != nil || len(notes) != 2 || !strings.Contains(notes[0].Text+notes[1].Text, "灰格") {
		t.Errorf("%v %+v", err, notes)
	}
	d.importing([]string{file, "--partial"}, 1, "写好 1 份记录")
	if paths := differing(before, d.records()); !slices.Equal(paths, []string{"divisions/139921/dibao.toml"}) {
		t.Errorf("changed: %q", paths)
	}
}

// New records, new lines, changed and removed lines, and names and codes in the place of ids.
func TestSheetsOfRecords(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := d.export("items.xlsx", "--kind", "item,procedure,material")
	b := open(t, file)
	const lines = "业务办理项·申请材料"
	b.fill("材料", map[string]any{"材料编号": "lease", "标准名称": "房屋租赁合同", "材料类型": "其他"})
	b.fill(lines, map[string]any{"事项编号": "food-business", "业务办理项编号": 1, "材料": "房屋租赁合同", "必要性": "非必要", "原件份数": 1, "形式": "纸质或电子"})
	b.set(lines, b.at(lines, "填报须知", "food-business", "01"), "經營項目，按實際填 。")
	b.save()
	before := d.records()
	d.imports(file, 0, "写好 2 份记录")
	after := d.records()
	if paths := differing(before, after); !slices.Equal(paths, []string{"items/food-business/01.toml", "materials/lease.toml"}) {
		t.Errorf("changed: %q", paths)
	}
	if got := after["items/food-business/01.toml"]; !strings.Contains(got, "\n\n[[materials]]\nmaterial = \"lease\"\nnecessity = \"非必要\"\nform = \"纸质或电子\"\noriginals = 1\n") || !strings.Contains(got, "fill_note = \"经营项目，按实际填。\"\n") {
		t.Error(got)
	}
	if got := after["materials/lease.toml"]; !strings.HasPrefix(got, "name = \"房屋租赁合同\"\n") {
		t.Error(got)
	}
}

// Paths from cells never leave data/.
func TestSheetsStayInside(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := d.export("laws.xlsx", "--kind", "law")
	b := open(t, file)
	for _, id := range []string{"../../outside", "/etc/passwd", "a/b", "..", "food-safety/../x", "CON"} {
		b.fill("依据", map[string]any{"依据编号": id, "名称": "某法"})
	}
	b.save()
	before := d.records()
	d.imports(file, 1, "[row-record]")
	if paths := differing(before, d.records()); len(paths) > 0 {
		t.Errorf("changed: %q", paths)
	}
	// A folder of records that leads out of the site is not followed.
	outside := t.TempDir()
	if err := errors.Join(os.RemoveAll(filepath.Join(d.dir, "data/documents")), os.Symlink(outside, filepath.Join(d.dir, "data/documents"))); err != nil {
		t.Fatal(err)
	}
	err := writeRecords(d.dir, map[string][]byte{"data/documents/x.toml": []byte("x"), "data/laws/new.toml": []byte("y")}, nil)
	if err == nil {
		t.Error("a record was written through a link")
	}
	if _, err := os.Stat(filepath.Join(d.dir, "data/laws/new.toml")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("half of the records were written")
	}
	if list, _ := os.ReadDir(outside); len(list) > 0 {
		t.Errorf("%v outside", list)
	}
}

// What offices really send: a title over all columns, units and dates above a header of two rows, columns in another order under other
// names, merged cells, the header once more on each page, numbers, formulas, hidden rows, notes below. Every cell is handled or refused.
func TestMessySheet(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	f := excelize.NewFile()
	const s = "Sheet1"
	rows := [][]any{
		{"示例县２０２６年政务服务事项信息汇总表"},
		{"填报单位：示例县行政审批局", nil, nil, nil, "填报日期：2026年11月"},
		nil,
		{"序号", "事项名称", "业务办理项\n编号 *", "區劃編號", "办理信息", nil, nil, nil, "到现场次数（次）", "备注", "分管领导"},
		{nil, nil, nil, nil, "承诺办结\n时限", "电话", "预约", "官方指南网址"},
		{1, "食品经营许可", "1", 139921, "５ 工作 日", "0311-66635110、0311-66635111", " 不用 預約 ", nil, 0, "无"},
		{2, "最低生活保障审核确认", "01", "139921", "自受理之日起十五个工作日内", "0311-66635110/7654321", nil, nil, nil, nil},
		{"序号", "事项名称", "业务办理项\n编号 *", "區劃編號", "承诺办结\n时限", "电话", "预约", "官方指南网址"},
		nil,
		{3, "食品经营许可", "02", "139921", "5-10个工作日", "1.30E+11", nil, nil, 1},
		{4, nil, "01", "139921", nil, nil, nil, nil, 1},
		{5, "食品小作坊", "01", "139921", "3个工作日"},
		{6, "食品经营许可", "02", "139921", nil, nil, nil, nil, "二", nil},
		{7, "食品经营许可", "02", "139921", nil, nil, "=HYPERLINK(\"http://x\")", "#REF!", nil, nil},
		{8, "食品经营许可", "02", "139921", nil, nil, "随到随办", nil, nil, nil},
		{"备注：1.承诺办结时限按工作日填写；2.本表由业务科室填报。"},
		{"填表人：某某", nil, "联系电话：12345"},
	}
	for i, row := range rows {
		if err := f.SetSheetRow(s, "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(d.tmp, "汇总表.xlsx")
	err := errors.Join(f.MergeCell(s, "A1", "K1"), f.MergeCell(s, "E4", "H4"), f.MergeCell(s, "A4", "A5"), f.MergeCell(s, "B4", "B5"), f.MergeCell(s, "C4", "C5"),
		f.MergeCell(s, "D4", "D5"), f.MergeCell(s, "I4", "I5"), f.MergeCell(s, "K4", "K5"), f.MergeCell(s, "A16", "K16"), f.SetRowVisible(s, 15, false), f.SetCellFormula(s, "I13", "1+1"), f.SaveAs(file))
	if err != nil {
		t.Fatal(err)
	}
	before := d.records()
	out := d.imports(file, 1)
	for cell, rule := range map[string]string{
		"K5":  "sheet-column", // 分管领导 is no column
		"F7":  "cell-value",   // a number of seven digits has no area code
		"E10": "cell-value", "F10": "cell-digits", "B11": "row-record", "B12": "row-record", "I13": "cell-formula", "G14": "cell-formula", "H14": "cell-formula", "G15": "cell-hidden",
	} {
		if !regexp.MustCompile(`汇总表\.xlsx!Sheet1!` + cell + `: .*\[` + rule + `\]`).MatchString(out) {
			t.Errorf("no %s at %s", rule, cell)
		}
	}
	if paths := differing(before, d.records()); len(paths) > 0 || strings.Count(out, "汇总表.xlsx!Sheet1!") != 10 {
		t.Errorf("changed %q\n%s", paths, out)
	}
	d.importing([]string{file, "--partial"}, 1, "写好 1 份记录")
	got := d.records()["divisions/139921/food-business.toml"]
	for _, want := range []string{`appointment = "不用预约"`, `number = "0311-66635111"`, "visits = 0"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
}

// Codes of another platform are read by its profile, and never guessed without one.
func TestSheetCodes(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := filepath.Join(d.tmp, "部门目录.csv")
	writeFile(t, file, []byte("事项编号,事项名称,事项类型\nfood-business,食品经营许可,01\ndibao,最低生活保障审核确认,10\n"))
	d.imports(file, 1, "--profile", "[cell-term]")
	out := d.importing([]string{file, "--profile", "codes-exchange", "--dry-run"}, 1, "代码 10 有几个意思：其他行政权力、行政备案", "部门目录.csv!C3")
	if strings.Contains(out, "C2: ") {
		t.Error(out)
	}
	d.importing([]string{file, "--profile", "codes-none"}, 2, "codes-exchange")
}

// TestSheetsThroughLibreOffice holds that a workbook which LibreOffice has opened and saved says what it said: all of the real library,
// and a clerk's sheet.
func TestSheetsThroughLibreOffice(t *testing.T) {
	if os.Getenv("BANSHI_OFFICE") == "" {
		t.Skip("BANSHI_OFFICE=1 opens workbooks with LibreOffice")
	}
	tmp := t.TempDir()
	for name, args := range map[string][]string{"all.xlsx": {"--kind", "all"}, "county.xlsx": {"--division", "139921"}, "template.xlsx": {"--template", "--kind", "all"}} {
		d := &desk{t: t, dir: "..", tmp: tmp}
		file := d.export(name, args...)
		saved := filepath.Join(tmp, "saved")
		cmd := exec.Command("soffice", "--headless", "--convert-to", "xlsx", "--outdir", saved, file)
		cmd.Env = append(os.Environ(), "HOME="+tmp)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		out := d.importing([]string{filepath.Join(saved, name), "--dry-run"}, 0, "表里没有修改")
		t.Logf("%s: %s", name, strings.TrimSpace(out))
	}
}

// TestThousandRows measures an import of which a thousand rows of the real library say something new; nothing is written.
func TestThousandRows(t *testing.T) {
	if os.Getenv("BANSHI_OFFICE") == "" {
		t.Skip("BANSHI_OFFICE=1 measures")
	}
	d := &desk{t: t, dir: "..", tmp: t.TempDir()}
	file := d.export("items.xlsx", "--kind", "procedure")
	b := open(t, file)
	const s = "业务办理项·申请材料"
	rows, err := b.file.GetRows(s)
	if err != nil {
		t.Fatal(err)
	}
	column := slices.Index(rows[1], "填报须知")
	f := excelize.NewFile()
	for i, row := range rows[1:1002] {
		for len(row) <= column {
			row = append(row, "")
		}
		if i > 0 {
			row[column] = "改第" + strconv.Itoa(i) + "行，照实填。"
		}
		if err := f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	file = filepath.Join(d.tmp, "thousand.xlsx")
	if err := f.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	out := d.importing([]string{file, "--dry-run"}, 0, "1000 行有修改")
	t.Logf("%v: %s", time.Since(start).Round(time.Millisecond), out[strings.LastIndex(out, "读了"):])
}
