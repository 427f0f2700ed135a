package table

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestReadText reads one table in the encodings and with the delimiters that spreadsheets save it in.
func TestReadText(t *testing.T) {
	const text = "序号,事项名称,设定依据\r\n1,食品经营许可,\"《食品安全法》第三十五条\n《食品经营许可和备案管理办法》\"\r\n\r\n2,公章刻制备案,\r\n"
	want := [][]string{{"序号", "事项名称", "设定依据"}, {"1", "食品经营许可", "《食品安全法》第三十五条\n《食品经营许可和备案管理办法》"}, nil, {"2", "公章刻制备案"}}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(text, ",", "\t"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"utf8.csv": text, "bom.csv": "\ufeff" + text, "gb.csv": gb, "wide.txt": wide, "semicolon.csv": strings.ReplaceAll(text, ",", ";"),
	} {
		grids, err := ReadGrids(write(t, name, []byte(data)), 100)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(grids) != 1 || !reflect.DeepEqual(grids[0].Cells, want) {
			t.Errorf("%s is read as %q, want %q", name, grids[0].Cells, want)
		}
	}
}

// TestReadWorkbook reads codes stored as numbers whole, merged cells as areas, and empty rows as rows.
func TestReadWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	set := func(cell string, v any) {
		t.Helper()
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	set("A1", "国家目录")
	set("B3", 130131908000.0)
	set("C3", "000131035000")
	set("D3", "  ")
	if err := f.MergeCell("Sheet1", "A1", "D1"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("词表"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetSheetVisible("词表", false); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "book.xlsx")
	if err := f.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	grids, err := ReadGrids(file, 100)
	if err != nil {
		t.Fatal(err)
	}
	want := []Grid{
		{Name: "Sheet1", Cells: [][]string{{"国家目录"}, {}, {"", "130131908000", "000131035000"}}, Merged: []Area{{0, 0, 0, 3}}},
		{Name: "词表", Hidden: true},
	}
	for i := range grids {
		for r, row := range grids[i].Cells {
			if len(row) == 0 {
				grids[i].Cells[r] = []string{}
			}
		}
		if len(grids[i].Cells) == 0 {
			grids[i].Cells = nil
		}
	}
	if !reflect.DeepEqual(grids, want) {
		t.Errorf("read as %+v\nwant %+v", grids, want)
	}
	if got := grids[0].At(2, 1) + grids[0].At(9, 9) + CellName(2, 1); got != "130131908000B3" {
		t.Errorf("got %s", got)
	}
	many := (*TooManyRows)(nil)
	if _, err := ReadGrids(file, 2); !errors.As(err, &many) || many.Limit != 2 {
		t.Errorf("three rows, at most two: %v", err)
	}
}

// TestReadGridsRefuses holds what is said of files that are no tables.
func TestReadGridsRefuses(t *testing.T) {
	for name, want := range map[string]string{"old.xls": "另存为", "scan.pdf": "只认 .xlsx 和 .csv", "broken.xlsx": "打不开", "noise.csv": "认不出是什么编码"} {
		_, err := ReadGrids(write(t, name, []byte("\x80\xff\xfe\x00\x01 no table")), 100)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	many := (*TooManyRows)(nil)
	if _, err := ReadGrids(write(t, "long.csv", []byte(strings.Repeat("a,b\n", 100))), 99); !errors.As(err, &many) {
		t.Errorf("100 rows, at most 99: %v", err)
	}
}
