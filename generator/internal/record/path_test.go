package record

import (
	"slices"
	"testing"
)

// paths are the shapes of data-model.md, "Layout of data/".
var paths = []struct {
	path string
	kind Kind
	ids  []string
	from Date
}{
	{"items/food-business/item.toml", KindItem, []string{"food-business"}, 0},
	{"items/food-business/01.toml", KindProcedure, []string{"food-business", "01"}, 0},
	{"items/food-business/01@2027-01-01.toml", KindProcedure, []string{"food-business", "01"}, 20270101},
	{"items/item/item@2027-02-28.toml", KindItem, []string{"item"}, 20270228},
	{"divisions/139921/division.toml", KindDivision, []string{"139921"}, 0},
	{"divisions/xiongan/division@2027-01-01.toml", KindDivision, []string{"xiongan"}, 20270101},
	{"divisions/139921/101/division.toml", KindDivision, []string{"139921101"}, 0},
	{"divisions/139921/101/dibao.toml", KindImplementation, []string{"139921101", "dibao"}, 0},
	{"divisions/139921/dibao.toml", KindImplementation, []string{"139921", "dibao"}, 0},
	{"divisions/xiongan/dibao@2027-07-01.toml", KindImplementation, []string{"xiongan", "dibao"}, 20270701},
	{"divisions/defaults/county.toml", KindDefaults, []string{"county"}, 0},
	{"laws/food-safety-law.toml", KindLaw, []string{"food-safety-law"}, 0},
	{"materials/id-card@2027-01-01.toml", KindMaterial, []string{"id-card"}, 20270101},
	{"certificates/food-business-permit.toml", KindCertificate, []string{"food-business-permit"}, 0},
	{"intermediaries/fire-test.toml", KindIntermediary, []string{"fire-test"}, 0},
	{"documents/jzbz-2025-19.toml", KindDocument, []string{"jzbz-2025-19"}, 0},
	{"lists/county-transfer.toml", KindList, []string{"county-transfer"}, 0},
	{"bundles/open-company.toml", KindBundle, []string{"open-company"}, 0},
	{"vocab/item-types.toml", KindVocab, []string{"item-types"}, 0},
	{"synonyms/police.toml", KindSynonyms, []string{"police"}, 0},
	{"profiles/36.toml", KindProfile, []string{"36"}, 0},
	{"mappings/national.toml", KindMapping, []string{"national"}, 0},
	{"benchmarks/zhejiang.toml", KindBenchmark, []string{"zhejiang"}, 0},
	{"powers/sample-county.toml", KindPowerList, []string{"sample-county"}, 0},
	{"plans/sorting.toml", KindPlan, []string{"sorting"}, 0},
	{"releases/2026-11-21.toml", KindRelease, []string{"2026-11-21"}, 0},
	{"targets.toml", KindTargets, nil, 0},
	{"synonyms.toml", KindSynonyms, nil, 0},
	{"signposts@2027-01-01.toml", KindSignposts, nil, 20270101},
	{"schema.toml", KindSchema, nil, 0},
}

func TestPath(t *testing.T) {
	for _, c := range paths {
		if got := FuturePath(Path(c.kind, c.ids...), c.from); got != c.path {
			t.Errorf("Path(%s, %q) from %s = %q, want %q", c.kind, c.ids, c.from, got, c.path)
		}
		kind, ids, from, ok := ParsePath(c.path)
		if !ok || kind != c.kind || !slices.Equal(ids, c.ids) || from != c.from {
			t.Errorf("ParsePath(%q) = %s %q %s %t", c.path, kind, ids, from, ok)
		}
	}
}

// TestPathOfEveryKind holds that no kind of record lacks a place.
func TestPathOfEveryKind(t *testing.T) {
	seen := map[Kind]bool{}
	for _, c := range paths {
		seen[c.kind] = true
	}
	for _, k := range Kinds {
		if !seen[k] {
			t.Errorf("no path of kind %s is tested", k)
		}
	}
}

// TestPathRefused: what an editor may type that is the place of no record.
func TestPathRefused(t *testing.T) {
	for _, p := range []string{
		"", ".toml", "README.md", "items/dibao.toml", "items/dibao/00.toml", "items/dibao/1.toml", "items/dibao/001.toml",
		"items/Dibao/item.toml", "items/低保/item.toml", "items/-dibao/item.toml", "items/d/item.toml", "items/dibao/item.TOML",
		"items/dibao/item@2027-13-01.toml", "items/dibao/item@2027-1-1.toml", "items/dibao/item@.toml", "items/dibao/01/item.toml",
		"items/division/item.toml", "divisions/division.toml", "divisions/139921101/division.toml", "divisions/1399/division.toml",
		"divisions/139921/1/dibao.toml", "divisions/139921/101/201/division.toml", "divisions/xiongan/101/division.toml",
		"divisions/defaults/division.toml", "divisions/defaults/village.toml", "divisions/139/921/division.toml",
		"laws/law.v2.toml", "laws//x1.toml", "/laws/x1.toml", "laws/../x1.toml", "schema@2027-01-01.toml",
		"releases/2026-11-21@2027-01-01.toml", "holidays.toml",
	} {
		if kind, ids, from, ok := ParsePath(p); ok || kind != "" || ids != nil || from != 0 {
			t.Errorf("ParsePath(%q) = %s %q %s %t, want nothing", p, kind, ids, from, ok)
		}
	}
	for _, c := range []struct {
		kind Kind
		ids  []string
	}{
		{KindItem, nil}, {KindItem, []string{"dibao", "01"}}, {KindProcedure, []string{"dibao"}}, {KindProcedure, []string{"dibao", "00"}},
		{KindImplementation, []string{"139921", "division"}}, {KindDivision, []string{"defaults"}}, {KindTargets, []string{"targets"}},
		{KindLaw, []string{"../../etc"}}, {"case", []string{"id"}},
	} {
		if got := Path(c.kind, c.ids...); got != "" {
			t.Errorf("Path(%s, %q) = %q, want none", c.kind, c.ids, got)
		}
	}
}

func FuzzParsePath(f *testing.F) {
	for _, c := range paths {
		f.Add(c.path)
	}
	f.Add("divisions/139921/101@2027-01-01.toml")
	f.Add("laws/a@0000-01-01.toml")
	f.Fuzz(func(t *testing.T, p string) {
		kind, ids, from, ok := ParsePath(p)
		if !ok {
			return
		}
		if got := FuturePath(Path(kind, ids...), from); got != p {
			t.Errorf("%q is %s %q from %s, which stands at %q", p, kind, ids, from, got)
		}
	})
}
