package table

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestWorkbook(t *testing.T) {
	book := Workbook{Title: "事项表", Time: time.Unix(0, 0), Sheets: []Sheet{
		{Name: "事项", Header: 2, Fixed: 1, Spare: 3, Protected: true,
			Columns: []Layout{{Width: 20, Look: Locked}, {Width: 12, List: "'词表'!$A$1:$A$2"}},
			Rows:    [][]Cell{{{Text: "填表说明", Look: Heading}}, {{Text: "编号", Look: Header, Note: "选定后不改"}, {Text: "类型", Look: Demanded}}, {{Text: "=1+1", Look: Locked}, {Text: "000101001000"}}}},
		{Name: "词表", Columns: []Layout{{}}, Rows: [][]Cell{{{Text: "行政许可"}}, {{Text: "公共服务"}}}},
	}}
	var first, second bytes.Buffer
	if err := errors.Join(WriteWorkbook(&first, book), WriteWorkbook(&second, book)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same workbook gives other bytes")
	}
	if err := WriteWorkbook(io.Discard, Workbook{Sheets: []Sheet{{Name: "A"}, {Name: "a"}}}); err == nil {
		t.Error("two sheets of one name were written")
	}
	name := filepath.Join(t.TempDir(), "事项表.xlsx")
	if err := os.WriteFile(name, first.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	g, err := ReadFilled(name)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	s := g.Sheets[0]
	if len(g.Sheets) != 2 || len(s.Rows) != 3 || strings.Join(s.Rows[2].Cells, "|") != "=1+1|000101001000" || s.Formula(3, 0) || s.Number(3, 1) {
		t.Errorf("%+v", s.Rows)
	}
	f := g.file
	lists, err := f.GetDataValidations("事项")
	if err != nil || len(lists) != 1 || lists[0].Sqref != "B3:B6" || lists[0].Formula1 != "'词表'!$A$1:$A$2" || *lists[0].ErrorStyle != "stop" {
		t.Errorf("%v %+v", err, lists[0])
	}
	notes, err := f.GetComments("事项")
	if err != nil || len(notes) != 1 || notes[0].Cell != "A2" || notes[0].Text != "选定后不改" {
		t.Errorf("%v %+v", err, notes)
	}
	for cell, locked := range map[string]bool{"A3": true, "B3": false, "A2": true, "B6": false, "A6": true} {
		id, err := f.GetCellStyle("事项", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || style.NumFmt != 49 || style.Protection == nil || style.Protection.Locked != locked {
			t.Errorf("%s: %v %+v", cell, err, style.Protection)
		}
	}
	if p, err := f.GetSheetProtection("事项"); err != nil || !p.SelectUnlockedCells || !p.AutoFilter {
		t.Errorf("%v %+v", err, p)
	}
}

// What offices send: numbers, formulas, merges, hidden rows.
func TestReadFilled(t *testing.T) {
	f := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "办事指南汇总表", "A2": "编码", "A3": 130102000000, "B3": "=A3", "A5": 1.3e17, "B5": "甲", "C6": "下"} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	name := filepath.Join(t.TempDir(), "x.xlsx")
	if err := errors.Join(f.SetCellFormula("Sheet1", "C5", "A5*2"), f.MergeCell("Sheet1", "A1", "C1"), f.MergeCell("Sheet1", "B5", "B6"),
		f.SetRowVisible("Sheet1", 6, false), f.SaveAs(name)); err != nil {
		t.Fatal(err)
	}
	g, err := ReadFilled(name)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	s := g.Sheets[0]
	var got []string
	for _, r := range s.Rows {
		text := strings.Join(r.Cells, "|")
		if r.Hidden {
			text += " hidden"
		}
		got = append(got, CellName(r.Number-1, 0)+" "+text)
	}
	want := "A1 办事指南汇总表|办事指南汇总表|办事指南汇总表; A2 编码; A3 130102000000|=A3; A5 130000000000000000|甲; A6 |甲|下 hidden"
	if strings.Join(got, "; ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), want)
	}
	if !s.Number(3, 0) || s.Number(3, 1) || s.Formula(3, 1) || !s.Formula(5, 2) || !s.Wide(1, 1) || s.Wide(5, 1) {
		t.Error("numbers, formulas and merges are not told apart")
	}
	if _, err := ReadFilled(filepath.Join("testdata", "none.xlsx")); err == nil {
		t.Error("a file that is not there was read")
	}
	bad := filepath.Join(t.TempDir(), "bad.xlsx")
	if err := os.WriteFile(bad, []byte("事项,编码\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadFilled(bad); err == nil {
		t.Error("a CSV file was read as a workbook")
	}
}
