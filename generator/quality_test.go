package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestTrend builds the small portal for a day three months after its last commit: the figures of each month's end are counted from the
// history, once, and a site of one month has none.
func TestTrend(t *testing.T) {
	t.Parallel()
	dir := testSite(t)
	build := func(day string) string {
		out := filepath.Join(t.TempDir(), "public")
		banshi(t, nil, "build", "--site", dir, "--out", out, "--as-of", day)
		page, err := os.ReadFile(filepath.Join(out, "quality/legality/index.html"))
		if err != nil {
			t.Fatal(err)
		}
		return string(page)
	}
	if golden, err := os.ReadFile("testdata/public/quality/legality/index.html"); err != nil || strings.Contains(string(golden), `id="trend"`) {
		t.Error("a history of a month has a trend", err)
	}
	page := build("2027-02-15")
	for _, month := range []string{"2027 年 2 月", "2027 年 1 月", "2026 年 12 月", "2026 年 11 月"} {
		if !strings.Contains(page, `<th scope="row">`+month+`</th>`) {
			t.Errorf("the trend lacks %s", month)
		}
	}
	if strings.Contains(page, "2026 年 10 月") {
		t.Error("the trend begins before the history")
	}
	kept, err := filepath.Glob(filepath.Join(dir, cacheDir, "trend/*.json"))
	if err != nil || len(kept) != 3 {
		t.Errorf("kept are %v %v, not three months", kept, err)
	}
	if build("2027-02-15") != page {
		t.Error("from the cache the page is another")
	}
}

// published is a file of figures or of a list, as programs read it.
type published struct {
	Figures []struct {
		Scope, Place, Metric, State        string
		Numerator, Denominator, Unrecorded int
	}
	Groups []struct {
		List                   string
		Numerator, Denominator int
		Places                 *int
	}
	Places [][]string
}

func readPublished(t *testing.T, site tree, path string) published {
	t.Helper()
	var p published
	if err := json.Unmarshal([]byte(site[path]), &p); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return p
}

// TestQualityLists adds up the published lists of every metric: they are the figures of the province, and name no made-up place.
func TestQualityLists(t *testing.T) {
	t.Parallel()
	site := readTree(t, "testdata/public")
	n := 0
	for _, f := range readPublished(t, site, "quality/figures.json").Figures {
		if f.Scope != "province" {
			continue
		}
		list := readPublished(t, site, "quality/"+f.Metric+"/list.json")
		num, den, unrecorded := 0, 0, 0
		for _, g := range list.Groups {
			if g.Numerator != 0 && g.List == "gap" {
				t.Errorf("%s: %+v is counted and listed as missing", f.Metric, g)
			}
			num, den = num+g.Numerator, den+g.Denominator
			if g.List == "unknown" {
				if unrecorded++; g.Places != nil {
					unrecorded += len(list.Places[*g.Places]) - 1
				}
			}
		}
		if num != f.Numerator || den != f.Denominator || unrecorded != f.Unrecorded {
			t.Errorf("%s is %d/%d and %d unrecorded, its lists add up to %d/%d and %d", f.Metric, f.Numerator, f.Denominator, f.Unrecorded, num, den, unrecorded)
		}
		for _, places := range list.Places {
			for _, id := range places {
				if id != "130000" {
					t.Errorf("%s counts %s, which is made up", f.Metric, id)
				}
			}
		}
		n += den
	}
	if n == 0 {
		t.Error("nothing is counted in the province")
	}
}

// TestQualityPlaceSheet adds up the columns of a place's sheet: they are its figures.
func TestQualityPlaceSheet(t *testing.T) {
	t.Parallel()
	site := readTree(t, "testdata/public")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(site["quality/places/139921-items.csv"], "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := 3
	for _, f := range readPublished(t, site, "quality/places/139921.json").Figures {
		if f.Place != "139921" {
			continue
		}
		column++
		num, den, unrecorded := 0, 0, 0
		for _, row := range rows[1:] {
			switch cell := row[column]; cell {
			case "":
			case "?":
				unrecorded++
			default:
				of, all, parts := strings.Cut(cell, "/")
				a, _ := strconv.Atoi(of)
				b := 1
				if parts {
					b, _ = strconv.Atoi(all)
				}
				num, den = num+a, den+b
			}
		}
		if num != f.Numerator || den != f.Denominator || unrecorded != f.Unrecorded {
			t.Errorf("%s is %d/%d and %d unrecorded, its column %q adds up to %d/%d and %d", f.Metric, f.Numerator, f.Denominator, f.Unrecorded, rows[0][column], num, den, unrecorded)
		}
	}
	if column+1 != len(rows[0]) || column == 3 {
		t.Errorf("%d columns of figures, %d in the data", len(rows[0])-4, column-3)
	}
}
