package dump

import (
	"bytes"
	"encoding/json"
	"path"
	"strings"
	"testing"
	"testing/fstest"
)

// TestStamps edits one record after the other. Wherever bytes change the stamp must; and an edit must not reach files that it
// does not concern.
func TestStamps(t *testing.T) {
	before, stamps := render(t, derive(t, source(t), "2026-11-21"))
	for _, e := range []struct {
		file, old, new string
		untouched      []string
	}{
		{"data/divisions/139921/food-business.toml", "value = 2", "value = 1", []string{"api/v1/divisions/139922.json", "api/v1/items/*.json", pathItems}},
		{"data/divisions/139921/food-business.toml", "3", "9", []string{"api/v1/divisions/139922.json", pathItems}},
		{"data/divisions/139900/food-business.toml", "value = 4", "value = 3", []string{"api/v1/items/*.json"}},
		{"data/items/food-business/item.toml", "食品经营许可\"", "食品经营许可（新）\"", []string{"api/v1/items/dibao.json"}},
		{"data/items/food-business/item.toml", "official", "sample", []string{"api/v1/items/dibao.json"}},
		{"data/items/food-business/item.toml", "000131016000", "000131016001", []string{"api/v1/items/dibao.json"}},
		{"data/items/food-business/02.toml", "在用", "取消", []string{"api/v1/items/dibao.json"}},
		{"data/items/dibao/01.toml", "月\" }", "工作日\" }", []string{"api/v1/items/food-business.json", "api/v1/divisions/139922.json"}},
		{"data/laws/food-safety-law.toml", "中华人民共和国", "", []string{"api/v1/divisions/*.json", pathGuides}},
		{"data/materials/business-licence.toml", "营业执照", "营业执照副本", []string{"api/v1/divisions/139922.json", "api/v1/items/dibao.json"}},
		{"data/documents/sample-doc.toml", "（示例）", "", []string{"api/v1/items/*.json", "api/v1/divisions/139922.json"}},
		{"data/divisions/defaults/county.toml", "市场监督管理局", "市监局", nil},
		{"data/divisions/defaults/county.toml", "市场监管窗口", "综合窗口", []string{"api/v1/items/*.json"}},
		{"data/divisions/139921/division.toml", "示例县", "示例新县", []string{"api/v1/divisions/139922.json"}},
		{"data/divisions/139921/division.toml", "sample = true", "", []string{"api/v1/items/*.json"}},
		{"data/divisions/139900/division.toml", "920212", "920213", []string{"api/v1/divisions/139921.json"}},
		{"data/vocab/units.toml", "workday", "working-day", nil},
		{"site.toml", "示例省", "示范省", []string{"api/v1/divisions/*.json", "api/v1/items/*.json", pathItems, pathGuides}},
		{"site.toml", "banshi.example", "other.example", nil},
	} {
		t.Run(e.file+" "+e.new, func(t *testing.T) {
			files := source(t)
			edited := strings.ReplaceAll(string(files[e.file].Data), e.old, e.new)
			if edited == string(files[e.file].Data) {
				t.Fatal("the edit changes nothing")
			}
			files[e.file] = &fstest.MapFile{Data: []byte(edited)}
			after, now := render(t, derive(t, files, "2026-11-21"))
			changed := 0
			for p, b := range after {
				if !bytes.Equal(b, before[p]) {
					changed++
					if stamps[p] == now[p] {
						t.Errorf("%s has other bytes and the same stamp", p)
					}
				}
				for _, u := range e.untouched {
					if ok, _ := path.Match(u, p); ok && stamps[p] != now[p] {
						t.Errorf("%s has another stamp for nothing", p)
					}
				}
			}
			if changed == 0 {
				t.Error("no file changed")
			}
		})
	}
}

func TestAppendString(t *testing.T) {
	for _, s := range []string{"", "食品", "\"引号\"和\\", "行一\n行二\t", "\x00\x1f\x7f", "a<b>&c", "\u2028"} {
		var back string
		decode(t, appendString(nil, s), &back)
		if back != s {
			t.Errorf("%q came back as %q", s, back)
		}
	}
	if got := string(appendString(nil, "一\r\n二\r三")); got != `"一\n二\n三"` {
		t.Errorf("line ends: %s", got)
	}
	if got := string(appendString(nil, "cafe\u0301")); got != `"café"` {
		t.Errorf("a text that is not NFC: %s", got)
	}
	if got := string(appendDate(nil, 9870102)); got != `"0987-01-02"` {
		t.Errorf("date: %s", got)
	}
}

func FuzzAppendString(f *testing.F) {
	f.Add("食品经营许可\n“新办”\"\\")
	f.Add("\x01\u2029")
	f.Fuzz(func(t *testing.T, s string) {
		if !json.Valid(appendString(nil, strings.ToValidUTF8(s, "？"))) {
			t.Errorf("%q is no JSON", s)
		}
	})
}
