package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"banshi/generator/internal/record"
)

// TestFormats reads every format of a release with the programs of others: DuckDB (testing/data, npm ci), sqlite3 and LibreOffice. It
// runs with BANSHI_FORMATS=1, over a release of the test site, or over the release in the folder that the variable names.
func TestFormats(t *testing.T) {
	release := os.Getenv("BANSHI_FORMATS")
	if release == "" {
		t.Skip("set BANSHI_FORMATS=1, or to the folder of a release")
	}
	if release == "1" {
		release = withCodes(t)
	}
	release, err := filepath.Abs(release)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("duckdb", func(t *testing.T) { inDuckDB(t, release) })
	t.Run("libreoffice", func(t *testing.T) { inLibreOffice(t, release) })
}

// withCodes makes a release of the test site in which a body has a credit code, so that its guides have codes of 31 and 33 characters.
func withCodes(t *testing.T) string {
	dir := testSite(t)
	const body = "11139921000000000"
	check, err := record.USCCCheck(body)
	if err != nil {
		t.Fatal(err)
	}
	replace(t, filepath.Join(dir, "data/divisions/139921/division.toml"), `id = "xzspj"`, "id = \"xzspj\"\nuscc = \""+body+string(check)+"\"")
	commitAll(t, dir)
	banshi(t, nil, "release", "--site", dir)
	all, err := filepath.Glob(filepath.Join(dir, "public/data/releases/2*"))
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	return all[0]
}

// inDuckDB compares Parquet, CSV, what sqlite3 exports and JSON Lines: rows of every table, every column of every table, and columns of
// guides with the canonical lines.
func inDuckDB(t *testing.T, release string) {
	exported := t.TempDir()
	names, err := filepath.Glob(filepath.Join(release, "*.csv"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, n := range names {
		table := strings.TrimSuffix(filepath.Base(n), ".csv")
		out, err := exec.Command("sqlite3", "-readonly", "-header", "-csv", filepath.Join(release, "catalogue.sqlite"), `SELECT * FROM "`+table+`"`).Output()
		if err != nil {
			t.Fatalf("sqlite3 %s: %v", table, err)
		}
		if len(out) == 0 { // sqlite3 prints no header for no rows
			data, err := os.ReadFile(n)
			if err != nil {
				t.Fatal(err)
			}
			out = data
			if strings.Count(string(data), "\r\n") != 1 {
				t.Errorf("%s: no rows in SQLite", table)
			}
		}
		writeFile(t, filepath.Join(exported, table+".csv"), out)
	}
	out, err := exec.Command("node", "../testing/data/formats.mjs", release, exported).Output()
	if err != nil {
		t.Fatalf("formats.mjs (npm ci in testing/data?): %v\n%s", err, err.(*exec.ExitError).Stderr)
	}
	var got struct {
		Tables   map[string]map[string]int
		Compared int
		Differ   map[string]any
		Joined   int
		Fields   map[string]int
		Codes31  int
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	for name, counts := range got.Tables {
		for format, n := range counts {
			if n != counts["csv"] {
				t.Errorf("%s: %d rows in %s, %d in CSV", name, n, format, counts["csv"])
			}
		}
	}
	for what, d := range got.Differ {
		t.Errorf("%s: %v", what, d)
	}
	if got.Joined != got.Tables["guides"]["csv"] || len(got.Fields) < 12 {
		t.Errorf("%d guides joined, %d columns", got.Joined, len(got.Fields))
	}
	for c, n := range got.Fields {
		if n > 0 {
			t.Errorf("guides.%s differs from the lines in %d rows", c, n)
		}
	}
	if got.Codes31 == 0 && os.Getenv("BANSHI_FORMATS") == "1" {
		t.Error("no code of 31 characters")
	}
	t.Logf("%d tables, %d columns equal in Parquet, CSV and SQLite; %d guides, %d columns equal to the lines; %d codes of 31 characters",
		len(got.Tables), got.Compared, got.Joined, len(got.Fields), got.Codes31)
}

// inLibreOffice lets LibreOffice open and save the workbook of all guides and one of a place, and compares what it saved with the CSV.
func inLibreOffice(t *testing.T, release string) {
	table := readCSV(t, filepath.Join(release, "guides.csv"))
	books, err := filepath.Glob(filepath.Join(release, "xlsx/*.xlsx"))
	if err != nil || len(books) == 0 {
		t.Fatal(books, err)
	}
	place := books[len(books)/2]
	id := strings.TrimSuffix(filepath.Base(place), ".xlsx")
	ofPlace := slices.DeleteFunc(slices.Clone(table[1:]), func(row []string) bool { return !strings.HasPrefix(row[0], id+"/") })
	names := titles(t, release)
	sameBook(t, names, table[0], table[1:], resaved(t, filepath.Join(release, "guides.xlsx")))
	sameBook(t, names, table[0], ofPlace, resaved(t, place))
}

// titles are the names of the columns of guides by their Chinese titles, as the Data Package of the release says.
func titles(t *testing.T, release string) map[string]string {
	t.Helper()
	var doc struct {
		Resources []struct {
			Name   string
			Schema struct {
				Fields []struct{ Name, Title string }
			}
		}
	}
	if err := json.Unmarshal([]byte(readTree(t, release)["datapackage.json"]), &doc); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range doc.Resources {
		if r.Name == "guides" {
			for _, f := range r.Schema.Fields {
				zh, _, _ := strings.Cut(f.Title, " / ")
				out[zh] = f.Name
			}
		}
	}
	return out
}

// resaved returns the cells of a workbook that LibreOffice has opened and saved.
func resaved(t *testing.T, book string) [][]string {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command("soffice", "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", dir, book)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	f, err := excelize.OpenFile(filepath.Join(dir, filepath.Base(book)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("办事指南", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func sameBook(t *testing.T, names map[string]string, header []string, want, got [][]string) {
	t.Helper()
	if len(got)-1 != len(want) {
		t.Fatalf("%d rows, want %d", len(got)-1, len(want))
	}
	at := make([]int, len(header)) // where the columns of the CSV are in the workbook
	for j, h := range header {
		if at[j] = slices.IndexFunc(got[0], func(title string) bool { return names[title] == h }); at[j] < 0 {
			t.Fatalf("the workbook has no column %s: %q", h, got[0])
		}
	}
	cells, codes := 0, 0
	for i, row := range want {
		for j, w := range row {
			g := ""
			if at[j] < len(got[i+1]) {
				g = got[i+1][at[j]]
			}
			switch w {
			case "true":
				w = "是"
			case "false":
				w = "否"
			}
			if header[j] == "task_code" && len(w) == 31 {
				codes++
			}
			cells++
			if g != w {
				t.Fatalf("row %d, %s: %q, want %q", i+1, header[j], g, w)
			}
		}
	}
	t.Logf("%d rows, %d cells, %d codes of 31 characters", len(want), cells, codes)
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
