package dump

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"banshi/generator/internal/table"
)

// tableRows are the rows of a table by name of the column; null is absent.
func tableRows(t *testing.T, x *exporter, name string) []map[string]string {
	t.Helper()
	all := x.tables()
	n := slices.IndexFunc(all, func(t *table.Table) bool { return t.Name == name })
	if n < 0 {
		t.Fatalf("no table %s", name)
	}
	var out []map[string]string
	for row := range all[n].Rows {
		if len(row) != len(all[n].Columns) {
			t.Fatalf("%s: %d values, %d columns", name, len(row), len(all[n].Columns))
		}
		m := map[string]string{}
		for i, v := range row {
			if !v.Null() {
				m[all[n].Columns[i].Name] = v.String()
			} else if all[n].Columns[i].Required {
				t.Errorf("%s: null in %s", name, all[n].Columns[i].Name)
			}
		}
		out = append(out, m)
	}
	return out
}

func has(t *testing.T, row map[string]string, want map[string]string) {
	t.Helper()
	for k, v := range want {
		if row[k] != v {
			t.Errorf("%s: %q, want %q", k, row[k], v)
		}
	}
}

func row(t *testing.T, rows []map[string]string, column, value string) map[string]string {
	t.Helper()
	n := slices.IndexFunc(rows, func(r map[string]string) bool { return r[column] == value })
	if n < 0 {
		t.Fatalf("no row with %s %s", column, value)
	}
	return rows[n]
}

func TestGuideTable(t *testing.T) {
	x := newExporter(derive(t, source(t), "2026-11-21"))
	guides := tableRows(t, x, "guides")
	if len(guides) != len(x.Catalog.Guides) {
		t.Errorf("%d rows, %d guides", len(guides), len(x.Catalog.Guides))
	}
	has(t, row(t, guides, "id", "139921/food-business/01"), map[string]string{
		"division": "139921", "division_name": "示例县", "item": "food-business", "procedure_no": "01", "procedure_name": "新办", "level": "县级",
		"org_name": "示例县市场监督管理局", "task_code": "", "promise": "2 个工作日", "promise_value": "2", "promise_unit": "工作日", "legal_limit": "10 个工作日",
		"papers_to_bring": "0", "papers_to_bring_names": "", "papers_waived": "2", "papers_waived_names": "营业执照、经营场所平面图",
		"charged": "false", "fee": "不收费", "online_url": "https://zwfw.example/food", "differs": "3", "last_changed": "", "verified": "false", "sample": "true",
		"url": "https://banshi.example/divisions/139921/food-business.01.html",
	})
	has(t, row(t, guides, "id", "139900/food-business/01"), map[string]string{
		"task_code": "1199999900009202123000131016000", "procedure_code": "119999990000920212300013101600001",
	})
	withChanges := newExporter(withHistory(derive(t, source(t), "2026-11-21")))
	for _, g := range tableRows(t, withChanges, "guides") {
		if g["last_changed"] == "" {
			t.Errorf("%s: no day of the last change", g["id"])
		}
	}
}

// TestLocalsOverStandards: both tables have exactly the values of the lines.
func TestLocalsOverStandards(t *testing.T) {
	x := newExporter(derive(t, source(t), "2026-11-21"))
	collect := func(name, owner string) map[string]map[string]json.RawMessage {
		out := map[string]map[string]json.RawMessage{}
		for _, r := range tableRows(t, x, name) {
			if out[r[owner]] == nil {
				out[r[owner]] = map[string]json.RawMessage{}
			}
			out[r[owner]][r["key"]] = json.RawMessage(r["value"])
		}
		return out
	}
	equal := func(what string, got, want map[string]json.RawMessage) {
		t.Helper()
		if len(got) != len(want) {
			t.Errorf("%s: %d keys, want %d", what, len(got), len(want))
		}
		for k, v := range want {
			if string(got[k]) != string(v) {
				t.Errorf("%s, %s: %s, want %s", what, k, got[k], v)
			}
		}
	}
	standards, locals := collect("standards", "procedure"), collect("locals", "guide")
	for i := range x.Items {
		var line struct {
			Procedures []struct {
				ID       string
				Standard map[string]json.RawMessage
			}
		}
		if err := json.Unmarshal(x.write.item.append(nil, x.item(x.Items[i])), &line); err != nil {
			t.Fatal(err)
		}
		for _, p := range line.Procedures {
			equal(p.ID, standards[p.ID], p.Standard)
		}
	}
	for _, g := range x.Catalog.Guides {
		var line struct{ Differs map[string]json.RawMessage }
		if err := json.Unmarshal(x.guideWriter().append(nil, g), &line); err != nil {
			t.Fatal(err)
		}
		equal(guideID(g), locals[guideID(g)], line.Differs)
		if n := x.differing(g); n != len(line.Differs) {
			t.Errorf("%s: the column differs says %d, %d keys do", guideID(g), n, len(line.Differs))
		}
	}
}

func TestNormalisedTables(t *testing.T) {
	x := newExporter(derive(t, source(t), "2026-11-21"))
	has(t, tableRows(t, x, "materials")[1], map[string]string{
		"procedure": "food-business/01", "position": "2", "id": "premises-layout", "material": "premises-layout", "when": `{"place":["shop"]}`,
	})
	has(t, row(t, tableRows(t, x, "limits"), "kind", "legal_limit"), map[string]string{
		"procedure": "food-business/01", "value": "10", "unit": "workday", "unit_label": "工作日", "extension": "5", "as_written": "false", "note": "",
	})
	has(t, row(t, tableRows(t, x, "legal_bases"), "law", "food-safety-law"), map[string]string{
		"of": "item", "law_name": "中华人民共和国食品安全法", "procedure": "food-business/01",
	})
	has(t, row(t, tableRows(t, x, "items"), "id", "food-business"), map[string]string{
		"status": "in-force", "status_label": "在用", "effective_from": "2023-12-01", "sample": "false", "effective_to": "",
	})
	has(t, row(t, tableRows(t, x, "divisions"), "id", "139921"), map[string]string{
		"location_lat": "38.5", "location_lon": "115.25", "parent": "139900", "parent_name": "示例市",
	})
}

// TestTablesHold: keys are unique, references lead somewhere, names are fit for every database, titles are there.
func TestTablesHold(t *testing.T) {
	x := newExporter(derive(t, source(t), "2026-11-21"))
	values := map[string]map[string]bool{} // table.column → its values
	names := map[string]bool{}
	for _, tab := range x.tables() {
		if names[tab.Name] || tab.Title == "" || tab.TitleEN == "" || len(tab.Key) == 0 {
			t.Errorf("table %q twice, or without a title or key", tab.Name)
		}
		names[tab.Name] = true
		columns := map[string]bool{}
		for _, c := range tab.Columns {
			if columns[c.Name] || c.Name != snake(c.Name) || strings.ContainsAny(c.Name, " -\".") || c.Title == "" || c.TitleEN == "" {
				t.Errorf("%s: column %q twice or unfit, titles %q %q", tab.Name, c.Name, c.Title, c.TitleEN)
			}
			columns[c.Name] = true
			values[tab.Name+"."+c.Name] = map[string]bool{}
		}
		keys := map[string]bool{}
		for _, r := range tableRows(t, x, tab.Name) {
			var key []string
			for _, k := range tab.Key {
				key = append(key, r[k])
			}
			if k := strings.Join(key, " "); keys[k] {
				t.Errorf("%s: two rows with the key %q", tab.Name, k)
			} else {
				keys[k] = true
			}
			for c, v := range r {
				values[tab.Name+"."+c][v] = true
			}
		}
	}
	for _, tab := range x.tables() {
		for _, r := range tab.References {
			for v := range values[tab.Name+"."+r.Column] {
				if !values[r.Table+"."+r.To][v] {
					t.Errorf("%s.%s: %q is not in %s.%s", tab.Name, r.Column, v, r.Table, r.To)
				}
			}
		}
	}
}
