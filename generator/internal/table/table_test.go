package table

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
)

// sample is a table with every type, with values that formats like to spoil: leading zeros, long codes, commas, quotes, line ends,
// spaces at the edge, characters outside of the basic plane, null.
var sample = [][]Value{
	{TextOf("139921/food-business/01"), TextOf("1113992100000000XX4000131016000"), IntegerOf(5), BooleanOf(true), DateOf(20261121), NumberOf(115.4842), JSONOf(`["窗口办理","网上办理"]`)},
	{TextOf("000131/dibao/01"), TextOf("000131016000"), IntegerOf(0), BooleanOf(false), DateOf(19990101), NumberOf(-0.5), JSONOf("null")},
	{TextOf("a/b/01"), TextOf("营业执照、“正本”,\n\"副本\" 𠮷"), {}, {}, {}, {}, JSONOf(`{"a":null}`)},
	{TextOf("a/b/02"), TextOf(" 前后有空格 "), IntegerOf(-42), BooleanOf(false), DateOf(10101), {}, {}},
	{TextOf("a/b/03"), TextOf(""), IntegerOf(1), BooleanOf(true), DateOf(20240229), NumberOf(1e-7), JSONText("null")},
}

func newSample() *Table {
	return &Table{
		Name: "guides", Title: "办事指南", TitleEN: "Guides", Key: []string{"id"},
		Columns: []Column{
			{Name: "id", Title: "编号", Required: true, Distinct: true}, {Name: "task_code", Title: "实施编码"},
			{Name: "promise", Kind: Integer, Title: "承诺时限"}, {Name: "charged", Kind: Boolean, Title: "是否收费"},
			{Name: "last_changed", Kind: Date, Title: "最近变更"}, {Name: "lon", Kind: Number, Title: "经度"}, {Name: "channels", Kind: JSON, Title: "办理形式"},
		},
		Rows: func(yield func([]Value) bool) {
			row := make([]Value, 7)
			for _, r := range sample {
				copy(row, r)
				if !yield(row) {
					return
				}
				clear(row) // a writer that keeps the row shall fail
			}
		},
	}
}

// writers are all formats of one table.
var writers = map[string]func(io.Writer, *Table) (int, error){
	"csv":     WriteCSV,
	"parquet": WriteParquet,
	"xlsx": func(w io.Writer, t *Table) (int, error) {
		return WriteXLSX(w, t, Book{Title: "示例县", Time: time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC), About: [][2]string{{"数据截至", "2026-11-21"}}, Fixed: 2})
	},
	"sqlite": func(w io.Writer, t *Table) (int, error) {
		return WriteSQLite(w, []*Table{t}, []Search{{Name: "search", Columns: []string{"code"}, Select: "SELECT rowid, task_code FROM guides"}}, 1)
	},
}

func written(t *testing.T, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := writers[format](&b, newSample())
	if err != nil || n != len(sample) {
		t.Fatalf("%s: %d rows, %v", format, n, err)
	}
	return b.Bytes()
}

// TestDeterministic writes every format twice, the second time on another day, in another folder for temporary files and zone.
func TestDeterministic(t *testing.T) {
	for format := range writers {
		first := written(t, format)
		t.Setenv("TMPDIR", t.TempDir())
		t.Setenv("TZ", "Pacific/Auckland")
		time.Sleep(10 * time.Millisecond)
		if second := written(t, format); !bytes.Equal(first, second) {
			t.Errorf("%s: other bytes", format)
		}
	}
}

// want is the sample as texts: what a reader of a text format sees.
func want() [][]string {
	var out [][]string
	for _, r := range sample {
		var row []string
		for _, v := range r {
			row = append(row, v.String())
		}
		out = append(out, row)
	}
	return out
}

func same(t *testing.T, got [][]string) {
	t.Helper()
	for i, w := range want() {
		if i >= len(got) || !slices.Equal(got[i], w) {
			t.Errorf("row %d: %q, want %q", i, got[min(i, len(got)-1)], w)
		}
	}
	if len(got) != len(sample) {
		t.Errorf("%d rows, want %d", len(got), len(sample))
	}
}

func TestCSV(t *testing.T) {
	data := written(t, "csv")
	if !bytes.HasPrefix(data, []byte("id,task_code,promise,charged,last_changed,lon,channels\r\n139921/food-business/01,1113992100000000XX4000131016000,5,true,2026-11-21,115.4842,\"[\"\"窗口")) {
		t.Errorf("begins %q", data[:120])
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	same(t, rows[1:])
}

func TestXLSX(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, "xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"办事指南", "说明"}) {
		t.Errorf("sheets %q", got)
	}
	rows, err := f.GetRows("办事指南")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[0], []string{"编号", "实施编码", "承诺时限", "是否收费", "最近变更", "经度", "办理形式"}) {
		t.Errorf("header %q", rows[0])
	}
	for i, w := range want() {
		for j, s := range w {
			got := ""
			if j < len(rows[i+1]) {
				got = rows[i+1][j]
			}
			if s == "true" || s == "false" {
				s = map[string]string{"true": "是", "false": "否"}[s]
			}
			if j != 5 && got != s { // numbers are shown rounded
				t.Errorf("row %d, %s: %q, want %q", i, newSample().Columns[j].Name, got, s)
			}
		}
	}
	if kind, err := f.GetCellType("办事指南", "B3"); err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("the code is of type %v, %v", kind, err)
	}
	panes, err := f.GetPanes("办事指南")
	if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.XSplit != 2 || panes.TopLeftCell != "C2" {
		t.Errorf("panes %+v, %v", panes, err)
	}
	names := f.GetDefinedName()
	if len(names) != 1 || names[0].Name != "_xlnm._FilterDatabase" || !strings.Contains(names[0].RefersTo, "$A$1:$G$6") {
		t.Errorf("filter %+v", names)
	}
}

// TestXLSXLongCell: Excel would cut the text, so it is refused.
func TestXLSXLongCell(t *testing.T) {
	long := newSample()
	long.Rows = func(yield func([]Value) bool) {
		row := slices.Clone(sample[0])
		row[1] = TextOf(strings.Repeat("办", maxCellChars+1))
		yield(row)
	}
	if _, err := writers["xlsx"](io.Discard, long); err == nil || !strings.Contains(err.Error(), "task_code") {
		t.Errorf("%v", err)
	}
}

func TestFront(t *testing.T) {
	front := newSample().Front("charged", "task_code")
	var names []string
	for _, c := range front.Columns {
		names = append(names, c.Name)
	}
	if want := []string{"charged", "task_code", "id", "promise", "last_changed", "lon", "channels"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
	n := 0
	for row := range front.Rows {
		for i, from := range []int{3, 1, 0, 2, 4, 5, 6} {
			if row[i] != sample[n][from] {
				t.Errorf("row %d, %s: %v", n, names[i], row[i])
			}
		}
		n++
	}
	if n != len(sample) {
		t.Errorf("%d rows", n)
	}
}

func TestParquet(t *testing.T) {
	data := written(t, "parquet")
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range f.Schema().Fields() {
		if want := newSample().Columns[i]; c.Name() != want.Name || c.Optional() == want.Required {
			t.Errorf("column %d is %s, optional %v", i, c.Name(), c.Optional())
		}
	}
	if codec := f.Metadata().RowGroups[0].Columns[0].MetaData.Codec.String(); codec != "SNAPPY" {
		t.Errorf("codec %s", codec)
	}
	rows := f.RowGroups()[0].Rows()
	defer rows.Close()
	buf := make([]parquet.Row, len(sample)+1)
	n, err := rows.ReadRows(buf)
	if err != io.EOF && err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, r := range buf[:n] {
		var row []string
		for i, v := range r {
			switch {
			case v.IsNull():
				row = append(row, "")
			case newSample().Columns[i].Kind == Date:
				row = append(row, time.Unix(int64(v.Int32())*24*60*60, 0).UTC().Format(time.DateOnly))
			case newSample().Columns[i].Kind == Number:
				row = append(row, NumberOf(v.Double()).String())
			default:
				row = append(row, v.String())
			}
		}
		got = append(got, row)
	}
	same(t, got)
}

func TestSQLite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.sqlite")
	if err := os.WriteFile(path, written(t, "sqlite"), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT * FROM guides ORDER BY rowid")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got [][]string
	for rows.Next() {
		cells, to := make([]sql.NullString, 7), make([]any, 7)
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := rows.Scan(to...); err != nil {
			t.Fatal(err)
		}
		var row []string
		for i, c := range cells {
			switch {
			case newSample().Columns[i].Kind == Boolean && c.Valid:
				row = append(row, map[string]string{"1": "true", "0": "false"}[c.String])
			case newSample().Columns[i].Kind == Number && c.Valid:
				var f float64
				if _, err := fmt.Sscan(c.String, &f); err != nil {
					t.Fatal(err)
				}
				row = append(row, NumberOf(f).String())
			default:
				row = append(row, c.String)
			}
		}
		got = append(got, row)
	}
	same(t, got)
	for query, want := range map[string]string{
		"PRAGMA page_size":       "4096",
		"PRAGMA user_version":    "1",
		"PRAGMA integrity_check": "ok",
		"SELECT id FROM guides WHERE rowid = (SELECT rowid FROM search WHERE search MATCH '113992100')":           "139921/food-business/01",
		"SELECT group_concat(id) FROM guides WHERE rowid IN (SELECT rowid FROM search WHERE search MATCH '营业执照')": "a/b/01",
		"SELECT count(*) FROM pragma_freelist_count WHERE freelist_count = 0":                                     "1",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", query, got, err, want)
		}
	}
}

func TestGeoJSON(t *testing.T) {
	halls := newSample()
	halls.Columns[2] = Column{Name: "lat", Kind: Number}
	halls.Rows = func(yield func([]Value) bool) {
		for _, r := range sample {
			row := slices.Clone(r)
			row[2] = Value{}
			if !r[5].Null() {
				row[2] = NumberOf(37.75)
			}
			if !yield(row) {
				return
			}
		}
	}
	var b bytes.Buffer
	n, err := WriteGeoJSON(&b, halls, "lon", "lat")
	if err != nil || n != 3 {
		t.Fatal(n, err)
	}
	var got struct {
		Type     string
		Features []struct {
			Type     string
			Geometry struct {
				Type        string
				Coordinates []float64
			}
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	f := got.Features[0]
	if got.Type != "FeatureCollection" || f.Geometry.Type != "Point" || !slices.Equal(f.Geometry.Coordinates, []float64{115.4842, 37.75}) {
		t.Errorf("%+v", f)
	}
	if len(f.Properties) != 5 || f.Properties["id"] != "139921/food-business/01" || f.Properties["last_changed"] != "2026-11-21" {
		t.Errorf("%v", f.Properties)
	}
	b.Reset()
	halls.Rows = func(func([]Value) bool) {}
	if n, err := WriteGeoJSON(&b, halls, "lon", "lat"); err != nil || n != 0 || b.String() != "{\"type\":\"FeatureCollection\",\"features\":[]}\n" {
		t.Errorf("%d %v %s", n, err, b.String())
	}
}

// failing fails after some bytes.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

// TestFailingDisk: no writer hides that the bytes did not arrive.
func TestFailingDisk(t *testing.T) {
	for format, write := range writers {
		if _, err := write(&failing{100}, newSample()); err == nil {
			t.Errorf("%s: no error", format)
		}
	}
}
