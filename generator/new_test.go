package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// newIDs are ids of records that testdata/site does not have.
var newIDs = map[record.Kind][]string{
	record.KindItem:           {"tax-clear"},
	record.KindProcedure:      {"dibao", "02"},
	record.KindDivision:       {"139922"},
	record.KindImplementation: {"139921101", "dibao"},
	record.KindLaw:            {"tax-law"},
	record.KindMaterial:       {"household-register"},
	record.KindCertificate:    {"residence-permit"},
	record.KindDocument:       {"county-2026-3"},
	record.KindList:           {"town-list"},
	record.KindBundle:         {"open-shop"},
	record.KindIntermediary:   {"capital-verification"},
	record.KindDefaults:       {"province"},
	record.KindVocab:          {"weather"},
	record.KindProfile:        {"city-elements"},
	record.KindBenchmark:      {"zhejiang"},
	record.KindPowerList:      {"sample-county"},
	record.KindPlan:           {"sorting"},
}

// newEntryIDs are ids of entries that testdata/site does not have.
var newEntryIDs = map[string][]string{"signpost": {"single-proof"}, "synonym": {"family"}, "target": {}}

// TestEveryKindCanBeBegun holds that every kind of record has its command, but those that only the program writes.
func TestEveryKindCanBeBegun(t *testing.T) {
	begun := map[record.Kind]bool{record.KindSchema: true, record.KindRelease: true, record.KindMapping: true}
	for _, k := range newKinds {
		begun[k.kind] = true
		if newIDs[k.kind] == nil {
			t.Errorf("new %s is not tried here", k.kind)
		}
	}
	for _, e := range newEntries {
		begun[e.kind] = true
		if newEntryIDs[e.word] == nil {
			t.Errorf("new %s is not tried here", e.word)
		}
	}
	for _, k := range record.Kinds {
		if !begun[k] {
			t.Errorf("there is no way to begin a %s", k)
		}
	}
}

// TestNewPassesUpToItsBlanks holds that check has nothing to say of a new record but at the lines that are marked. Line 1 is
// marked too: what is missing altogether, such as a date, is reported there.
func TestNewPassesUpToItsBlanks(t *testing.T) {
	t.Parallel()
	dir := testSite(t)
	for kind, ids := range newIDs {
		banshi(t, nil, append([]string{"new", string(kind), "--site", dir}, ids...)...)
	}
	for word, ids := range newEntryIDs {
		banshi(t, nil, append([]string{"new", word, "--site", dir}, ids...)...)
	}
	l, err := (&global{site: dir}).read(t.Context(), readOptions{noHistory: true, check: true})
	if err != nil {
		t.Fatal(err)
	}
	found := map[record.Kind]int{}
	files := map[record.Kind]string{record.KindSignposts: "data/signposts.toml", record.KindSynonyms: "data/synonyms.toml", record.KindTargets: "data/targets.toml"}
	for kind, ids := range newIDs {
		files[kind] = "data/" + record.Path(kind, ids...)
	}
	for kind, file := range files {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		for _, p := range l.problems {
			if p.File != file {
				continue
			}
			found[kind]++
			if !strings.Contains(lines[max(p.Line, 1)-1], mark) {
				t.Errorf("a new %s: %s at a line that is not marked: %s", kind, p.Message.ZH, lines[max(p.Line, 1)-1])
			}
		}
		for i, line := range lines[1:] {
			if strings.Contains(line, mark) && !reported(l, file, i+2) && !strings.HasPrefix(line, "#") {
				t.Errorf("a new %s: check says nothing of the blank %q", kind, line)
			}
		}
	}
	if found[record.KindItem] < 10 || found[record.KindImplementation] != 0 {
		t.Errorf("an item has ten blanks and more, an implementation none: %v", found)
	}
}

func reported(l *library, file string, line int) bool {
	for _, p := range l.problems {
		if p.File == file && p.Line == line {
			return true
		}
	}
	return false
}

// TestNewComesToLife holds that every key of a new record that is commented out can be used by removing the #: it is a key of
// the kind, of the right type, and stands where TOML allows it.
func TestNewComesToLife(t *testing.T) {
	t.Parallel()
	off := regexp.MustCompile(`(?m)^#([a-z\[])`)
	for kind, ids := range newIDs {
		b := &blank{kind: kind, ids: ids, terms: vocabularies(os.DirFS(".."))}
		text := off.ReplaceAllString(b.text(), "$1")
		_, problems := catalog.Decode("data/"+record.Path(kind, ids...), []byte(text))
		for _, p := range problems {
			t.Errorf("%s: %s: %s\n%s", kind, p.Position, p.Message.ZH, strings.Split(text, "\n")[max(p.Line, 1)-1])
		}
	}
}

// TestNewShowsEveryKey holds that what a record may have at its top is in a new one; an implementation lacks what is the
// standard's.
func TestNewShowsEveryKey(t *testing.T) {
	t.Parallel()
	for kind, ids := range newIDs {
		text := (&blank{kind: kind, ids: ids, terms: func(string) []record.Term { return nil }}).text()
		tables := regexp.MustCompile(`(?m)^#?\[`).FindStringIndex(text)
		for _, k := range record.KeysOf(kind) {
			if strings.Contains(k.Path, ".") || slices.Contains([]string{"events", "review", "material", "step"}, k.Path) {
				continue
			}
			shown := regexp.MustCompile(`(?m)^#?`+k.Path+" = ").MatchString(text[:tables[0]]) ||
				regexp.MustCompile(`(?m)^#?\[\[?`+k.Path+`[\].]`).MatchString(text)
			if hidden := kind == record.KindImplementation && k.Lock == record.LockStandard; shown == hidden {
				t.Errorf("a new %s shows %s: %t", kind, k.Path, shown)
			}
		}
	}
}

// TestCopyEmptiesWhatIsOwn copies a record with everything that must not be copied.
func TestCopyEmptiesWhatIsOwn(t *testing.T) {
	n := &beginner{kind: record.KindItem, ids: []string{"tax-clear"}}
	got := n.emptied("items/dibao/item.toml", `# 低保
name = "最低生活保障审核确认"
code = "130511901000"
former_codes = [
  "1305119010",
]
type = "行政给付"
basis = [
  { law = "social-aid" },
]

[verified]
status = "已核实"
on = 2026-01-05

[[events]]
date = 2024-01-01
kind = "设立"

[review.legality]
opinion = "同意"
`, nil)
	want := `# 填：带这个字样的行，填好后把它删掉；抄自 data/items/dibao/item.toml
# 低保
name = "" # 填：事项名称
code = "" # 填：基本编码
type = "行政给付"
basis = [
  { law = "social-aid" },
]

[verified]
status = "未核实"
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
