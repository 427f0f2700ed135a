package dump

import (
	"bytes"
	"testing"
	"time"

	"banshi/generator/internal/changes"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// withHistory gives the fixture three changes on two days of two months: of a standard, of a place, and of an item.
func withHistory(s *site.Site) *site.Site {
	on := func(day record.Date, hour int) (record.Date, time.Time) {
		return day, time.Date(int(day/10000), time.Month(day/100%100), int(day%100), hour, 0, 0, 0, time.FixedZone("", 8*3600))
	}
	entry := func(id, kind string, subject changes.Subject, day record.Date, hour int, fields ...changes.Field) *changes.Entry {
		e := &changes.Entry{ID: id, Kind: kind, Subject: subject, Commit: "8a6b0bc", Title: "食品经营许可：承诺时限 10→5 个工作日", Department: "市场监管", Fields: fields}
		e.Date, e.Time = on(day, hour)
		return e
	}
	promise := changes.Field{Key: "promise", Label: "承诺时限", Old: "10 个工作日", New: "5 个工作日", Words: "承诺时限 10→5 个工作日", Class: changes.Substantive, Direction: changes.Better}
	s.Changes = []*changes.Entry{
		entry("c", "变更", changes.Subject{Kind: record.KindProcedure, Item: "food-business", Procedure: "01"}, 20261103, 7, promise),
		entry("b", "变更", changes.Subject{Kind: record.KindImplementation, Item: "food-business", Division: "139921"}, 20261102, 9, promise),
		entry("a", "设立", changes.Subject{Kind: record.KindItem, Item: "dibao"}, 20261030, 9),
	}
	return s
}

func TestHistory(t *testing.T) {
	contents, _ := render(t, withHistory(derive(t, source(t), "2026-11-21")))
	food := rows(t, bytes.ReplaceAll(contents["api/v1/items/food-business/history.json"], []byte("\n"), nil))[0]
	same(t, at(t, food, "changes", 0, "id"), "c")
	same(t, at(t, food, "changes", 0, "time"), "2026-11-02T23:00:00Z") // the day is China's, the moment UTC
	same(t, at(t, food, "changes", 0, "date"), "2026-11-03")
	same(t, at(t, food, "changes", 1, "division"), map[string]string{"id": "139921", "name": "示例县"})
	same(t, at(t, food, "changes", 1, "fields", 0), map[string]any{"key": "promise", "label": "承诺时限", "old": "10 个工作日", "new": "5 个工作日",
		"words": "承诺时限 10→5 个工作日", "class": map[string]string{"code": "substantive", "label": "实质"}, "direction": map[string]string{"code": "better", "label": "↑"}})
	if n := len(at(t, food, "changes").([]any)); n != 2 {
		t.Errorf("%d changes of the item, want 2", n)
	}
	november := contents["data/changes/2026-11.jsonl.gz"]
	lines := rows(t, gunzip(t, november))
	if len(lines) != 2 || lines[0]["id"] != "b" || lines[1]["id"] != "c" {
		t.Errorf("November is %v, want b and then c", lines)
	}
	if rows(t, gunzip(t, contents["data/changes/2026-10.jsonl.gz"]))[0]["id"] != "a" {
		t.Error("October lacks its change")
	}
	same(t, at(t, rows(t, bytes.ReplaceAll(contents[pathIndex], []byte("\n"), nil))[0], "changes"), []string{"data/changes/2026-10.jsonl.gz", "data/changes/2026-11.jsonl.gz"})

	// Another day is put behind what is published already.
	s := withHistory(derive(t, source(t), "2026-11-21"))
	s.Changes = s.Changes[1:]
	before, _ := render(t, s)
	if b := before["data/changes/2026-11.jsonl.gz"]; !bytes.HasPrefix(november, b) || len(b) == len(november) {
		t.Error("a month is not appended to")
	}

	// Without history it is not said that nothing changed.
	s = derive(t, source(t), "2026-11-21")
	s.NoHistory = true
	without, _ := render(t, s)
	same(t, at(t, rows(t, bytes.ReplaceAll(without["api/v1/items/food-business/history.json"], []byte("\n"), nil))[0], "changes"), nil)
	same(t, at(t, rows(t, bytes.ReplaceAll(without[pathIndex], []byte("\n"), nil))[0], "changes"), nil)
}
