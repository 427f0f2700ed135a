package reconcile

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"banshi/generator/internal/table"
)

// TestReadMessyWorkbook reads a workbook as offices send them: titles, headings of two rows with ticks, merged departments, headings
// again on the next page, titles between rows, a name over two lines of its basis, a rounded code, notes at the end, sheets that are none.
func TestReadMessyWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	heading := []any{"序号", "基本编码", "事项名称", "设定依据", "行使层级", nil, nil, "主管部门\n（单位）"}
	levels := []any{nil, nil, nil, nil, "省级", "市级", "县（市、区）级", nil}
	sheetOf(t, f, "行政许可事项", [][]any{
		{"附件"},
		{"国家政务服务事项基本目录（行政许可）"},
		{"填报日期：2026年11月"},
		heading, levels,
		{"一、国家市场监督管理总局（2项）"},
		{1, "000131035000", "移动式压力容器、 气瓶\n充装许可", "《中华人民共和国特种设备安全法》第四十九条", "√", nil, nil, "市场监管总局"},
		{2, "1.30131E+11", "食品经营许可", "1.《中华人民共和国食品安全法》第三十五条：国家对食品生产经营实行许可制度，依照《中华人民共和国行政许可法》办理。", "否", "√", "√", nil},
		{nil, nil, nil, "2.《食品经营许可和备案管理办法》", nil, nil, nil, nil},
		heading, levels,
		{"二、国家卫生健康委（1项）"},
		{3, 123018000, "飲用水供水單位衛生許可", "传染病防治法29条", nil, "是", "是", nil},
		{"合计", nil, "合计 3 项"},
		{"备注：本表由示例单位填报"},
	}, "A1:H1", "A2:H2", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:G4", "H4:H5", "A6:H6", "H7:H9", "C8:C9", "B8:B9", "A10:A11", "B10:B11", "C10:C11", "D10:D11", "E10:G10",
		"H10:H11", "A12:H12", "A15:H15")
	sheetOf(t, f, "公共服务", [][]any{{"序号", "服务事项名称", "层级", "责任部门"}, {1, "生育登记", "镇（乡、街道）级", "卫健委"}, {nil, "（二）老年人优待证办理", "2^4", "民政部"}})
	sheetOf(t, f, "填表说明", [][]any{{"一、按目录填写"}, {"二、不要合并单元格"}})
	sheetOf(t, f, "词表", [][]any{{"事项名称", "事项类型"}, {"不该读", "行政许可"}})
	if err := f.SetSheetVisible("词表", false); err != nil {
		t.Fatal(err)
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "目录.xlsx")
	if err := f.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	grids, err := table.ReadGrids(file, MaxRows)
	if err != nil {
		t.Fatal(err)
	}
	u, err := Read("目录.xlsx", grids, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range u.Rows {
		got = append(got, strings.Join([]string{r.Place(), r.Code, r.Name, r.Type, strings.Join(r.Levels, "、"), r.Department, sayCitations(citationsOf(r.Basis))}, "|"))
	}
	want := []string{
		"行政许可事项 第 7 行|000131035000|移动式压力容器、气瓶充装许可|行政许可|省级|市场监管总局|《特种设备安全法》第四十九条",
		"行政许可事项 第 8 行||食品经营许可|行政许可|市级、县级|市场监管总局|《食品安全法》第三十五条；《食品经营许可和备案管理办法》",
		"行政许可事项 第 13 行|123018000|飲用水供水單位衛生許可|行政许可|市级、县级|国家卫生健康委|《传染病防治法》第二十九条",
		"公共服务 第 2 行||生育登记|公共服务|乡级|卫健委|",
		"公共服务 第 3 行||（二）老年人优待证办理|公共服务|省级、县级|民政部|",
	}
	if !slices.Equal(got, want) {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if u.Title != "国家政务服务事项基本目录（行政许可）" {
		t.Errorf("title %q", u.Title)
	}
	if len(u.Problems) != 1 || u.Problems[0].Rule != "code-rounded" || u.Problems[0].File != "目录.xlsx!行政许可事项!B8" {
		t.Errorf("problems %+v", u.Problems)
	}
	var skipped []string
	for _, s := range u.Sheets {
		skipped = append(skipped, s.Name+":"+s.Skipped.ZH)
	}
	if want := []string{"行政许可事项:", "公共服务:", "填表说明:没有“事项名称”一列", "词表:隐藏的表"}; !slices.Equal(skipped, want) {
		t.Errorf("sheets %q, want %q", skipped, want)
	}
}

// TestReadGivenColumns reads tables whose headings say nothing, or something else.
func TestReadGivenColumns(t *testing.T) {
	read := func(columns, text string) *Upper {
		t.Helper()
		given, err := ParseColumns(columns)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		grids, err := table.ReadGrids(file, MaxRows)
		if err != nil {
			t.Fatal(err)
		}
		u, err := Read("a.csv", grids, given)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	u := read("名称=权责全称，类型=D", "编号,权责全称,所属,性质\n7,食品经营许可,市场监管,许可\n")
	if len(u.Rows) != 1 || u.Rows[0].Name != "食品经营许可" || u.Rows[0].Type != "许可" || u.Rows[0].Line != 2 {
		t.Errorf("by heading and letter: %+v", u.Rows)
	}
	u = read("name=B,code=A", "000131035000,移动式压力容器、气瓶充装许可\n000123018000,饮用水供水单位卫生许可\n")
	if len(u.Rows) != 2 || u.Rows[1].Code != "000123018000" || u.Rows[0].Line != 1 {
		t.Errorf("without headings: %+v", u.Rows)
	}
	for _, bad := range []string{"名称", "颜色=C", "名称="} {
		if _, err := ParseColumns(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	if _, err := Read("a.csv", []table.Grid{{Cells: [][]string{{"姓名", "电话"}, {"甲", "1"}}}}, nil); err == nil || !strings.Contains(err.Error(), "--columns") {
		t.Errorf("a table without names: %v", err)
	}
}

// TestHeadings holds what headings mean: what ends like ours and is something else is nothing.
func TestHeadings(t *testing.T) {
	for heading, want := range map[string]Field{
		"事项名称": FieldName, "许可事项名称*": FieldName, "事项编码": FieldCode, "基本编码（12位）": FieldCode, "主项名称": FieldMain, "子项名称": FieldName, "事项 类型": FieldType,
		"设定依据：": FieldBasis, "行使层级": FieldLevels, "中央主管部门": FieldDepartment, "序号": FieldNumber,
		"办件类型": "", "统一社会信用代码": "", "结果名称": "", "申请材料名称": "", "备注": "", "办理流程": "", "": "",
	} {
		if got, _ := fieldOfHeading(heading); got != want {
			t.Errorf("%q is %q, want %q", heading, got, want)
		}
	}
}

func TestCitations(t *testing.T) {
	for text, want := range map[string]string{
		"《中华人民共和国食品安全法》（2021年修正）第三十五条":                "《食品安全法》第三十五条",
		"《公司法（2023修订）》第29条":                           "《公司法（2023修订）》第二十九条",
		"《民法典》第一千零四十六条、第一千零四十九条":                      "《民法典》第一千零四十六条、第一千零四十九条",
		"《民法典》第一千零四十六、一千零四十九条和第一百零五条第二款":              "《民法典》第一千零四十六条、第一千零四十九条、第一百零五条",
		"《条例》第三条至第五条":                                 "《条例》第三条、第五条",
		"《条例》第三至五条":                                   "《条例》第三条、第四条、第五条",
		"《刑法》第十七条之一":                                  "《刑法》第十七条之一",
		"《甲法》第三条：依照《乙法》第四条办理。\n《丙条例》第五条":              "《甲法》第三条；《丙条例》第五条",
		"1.《甲法》第三条：国家实行许可。2.《丙条例》第五条：县级以上负责；《丁办法》第六条": "《甲法》第三条；《丙条例》第五条；《丁办法》第六条",
		"根据《甲法》第三条规定，《乙法》另有规定的除外":                     "《甲法》第三条",
		"根据《甲法》第三条规定和《乙法》第四条":                         "《甲法》第三条；《乙法》第四条",
		"【法律】《甲法》第三条：可以。【行政法规】《乙条例》第二条":               "《甲法》第三条；《乙条例》第二条",
		"公司法(2023)229、239–240条; 市场主体登记管理条例31–33条":     "《公司法》第二百二十九条、第二百三十九条、第二百四十条；《市场主体登记管理条例》第三十一条、第三十二条、第三十三条",
		"《国务院关于〈行政审批〉的决定》":                            "《国务院关于〈行政审批〉的决定》",
		"按上级文件": "",
	} {
		if got := sayCitations(citationsOf(text)); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
	if a, b := lawKey("中华人民共和国公司法（2023年修订）"), lawKey("公司法"); a != b {
		t.Errorf("%q is not %q", a, b)
	}
	if a, b := lawKey("关于印发规定（试行）的通知"), lawKey("关于印发规定的通知"); a == b {
		t.Errorf("two documents are one: %q", a)
	}
}

func TestTerms(t *testing.T) {
	for text, want := range map[string]string{
		"省级、市级、县级": "省级、市级、县级", "省、市、县": "省级、市级、县级", "2,3,4": "省级、市级、县级", "2^4": "省级、县级", "设区的市级、县（市、区）": "市级、县级", "县（市、区）": "县级",
		"县级市": "县级", "乡镇（街道）": "乡级", "国务院主管部门；省级": "国家级、省级", "4 (5委托)": "县级", "1": "国家级", "村（社区）": "村级", "省（自治区、直辖市）": "省级", "按权限": "",
		"区县级": "县级", "": "",
	} {
		if got := strings.Join(levelsOf(text), "、"); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	x := newIndex(resolve(t, records(t)))
	for text, want := range map[string]string{
		"许可": "行政许可", "行政许可事项": "行政许可", "01": "行政许可", "7": "行政确认", "20": "公共服务", "依申请公共服务": "公共服务", "其他类别": "其他行政权力", "10": "其他行政权力",
		"行政备案": "行政备案", "许可/登记": "许可/登记",
	} {
		if got, _ := x.typeOf(text); got != want {
			t.Errorf("the type %q is %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"国家市场监督管理总局": "市场监管", "市场监管总局": "市场监管", "人力资源和社会保障部": "人力资源社会保障", "国家医保局": "医疗保障", "国家林业和草原局": "林草", "公安部": "公安",
		"县级人民政府": "", "31": "市场监管", "住房和城乡建设部": "住房城乡建设", "国家卫生健康委员会": "卫生健康", "": "", "示例部": "",
	} {
		if got := x.industryOf(text); got != want {
			t.Errorf("the department %q is %q, want %q", text, got, want)
		}
	}
}
