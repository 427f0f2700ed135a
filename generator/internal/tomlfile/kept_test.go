package tomlfile

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// keptTexts are files with every kind of value; what is kept is told by whether the second run finds it.
var keptTexts = []struct {
	text string
	kept bool
}{
	{strings.Replace(goodRecord, "2026-02-28T08:30:00+08:00", "2026-02-28", 1), true},
	{goodRecord, false}, // it has a time
	{"", true},
	{"a = -1\nb = 9223372036854775807\nc = 0.5\nd = inf\ne = true\nf = false\n", true},
	{"day = 2026-01-31\nlist = [1, [\"x\", {y = 2026-12-31}], []]\n[[tables]]\nx = \"食品\\n经营\"\n[[tables]]\n[t]\n[t.u]\nv = {}\n", true},
	{"checked = 2026-01-31T08:00:00Z\n", false},
	{"list = [07:30:00]\n", false},
	{"name = “低保”\nvisits = 1\n", false},
	{"name = 1\nname = 2\n", false},
}

func TestKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache", "parsed")
	read := func(program string, texts ...string) (k *Kept, found int, trees []map[string]any) {
		k = OpenKept(path, program)
		for _, text := range texts {
			if k.tree(k.id([]byte(text))) != nil {
				found++
			}
			d := &Document{Name: "x.toml", Data: []byte(text)}
			tree, _ := d.values(k)
			trees = append(trees, tree)
		}
		k.Save()
		return k, found, trees
	}
	var all []string
	want := 0
	for _, x := range keptTexts {
		all = append(all, x.text)
		if x.kept {
			want++
		}
	}
	_, found, first := read("1", all...)
	if found != 0 {
		t.Errorf("%d were found before anything was kept", found)
	}
	k, found, second := read("1", all...)
	if found != want || !reflect.DeepEqual(first, second) {
		t.Errorf("found %d, want %d\n%v\n%v", found, want, first, second)
	}
	if !strings.Contains(k.text, "食品\n经营") {
		t.Error("the texts are not in what was kept")
	}
	if _, found, _ := read("2", all...); found != 0 {
		t.Errorf("%d were found that another program kept", found)
	}
	// What no run uses is let go by the next that writes.
	read("2", all[0], "new = 1\n")
	if k := OpenKept(path, "2"); len(k.found) != 2 {
		t.Errorf("%d are kept, want what was used and what was new", len(k.found))
	}
	// A damaged entry is parsed again, as if it were not there.
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Replace(data, []byte("new"), []byte("now"), 1)
	for _, text := range [][]byte{damaged, data[:len(data)-1], data[:3], nil} {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, _, trees := read("2", "new = 1\n"); !reflect.DeepEqual(trees[0], map[string]any{"new": int64(1)}) {
			t.Errorf("read %v from damaged values", trees[0])
		}
	}
}

// TestKeptTellsTheSame decodes files with problems of every kind from what was kept: the problems are the same, at the same places.
func TestKeptTellsTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parsed")
	decode := func() (out []string, values []procedure) {
		k := OpenKept(path, "1")
		for _, text := range append(fuzzSeeds, "name = 1\ncopiez = 2\nvisits = \"1\"\n") {
			var p procedure
			_, problems := Decode("x.toml", []byte(text), &p, Options{Kept: k})
			out = append(out, brief(problems)...)
			values = append(values, p)
		}
		k.Save()
		return out, values
	}
	problems, values := decode()
	again, same := decode()
	if !reflect.DeepEqual(problems, again) || !reflect.DeepEqual(values, same) {
		t.Errorf("from what was kept:\n%v\nwant\n%v", again, problems)
	}
}
