package changes

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"banshi/generator/internal/catalog"
)

// What is kept is used, and only by the same program; what is damaged, cut or deleted is made anew: the entries are the same
// in every case.
func TestCache(t *testing.T) {
	r := newRepository(t, records)
	local := "data/divisions/139921/food-business.toml"
	for i, n := range []string{"value = 7", "value = 6", "value = 5"} {
		r.write(local, strings.Replace(records[local], "value = 8", n, 1))
		r.commit("2026-11-0" + string(rune('2'+i)))
	}
	dir := filepath.Join(t.TempDir(), ".cache")
	read := func(c *Cache) string {
		t.Helper()
		entries, err := r.open(Options{AsOf: 20261120, Cache: c}).Entries(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		Count(entries, catalog.Resolve(source(t, records), catalog.Options{}))
		text, err := json.Marshal(entries)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	want := read(nil)
	cache := &Cache{Dir: dir, Program: "one"}
	file := func() string {
		t.Helper()
		found, err := filepath.Glob(filepath.Join(dir, "past-*.jsonl"))
		if err != nil || len(found) != 1 {
			t.Fatalf("files of the cache: %v, %v", found, err)
		}
		return found[0]
	}
	check := func(what string) {
		t.Helper()
		if got := read(cache); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", what, got, want)
		}
	}
	check("empty")
	whole, err := os.ReadFile(file())
	if err != nil {
		t.Fatal(err)
	}
	check("full")

	// A line with a wrong text but the right checksum is believed: so it is the file that was read.
	lines := strings.SplitAfter(string(whole), "\n")
	_, text, _ := strings.Cut(strings.TrimSuffix(lines[1], "\n"), " ")
	forged := strings.Replace(text, "个工作日", "个时辰", -1)
	lines[1] = checksum([]byte(forged)) + " " + forged + "\n"
	if err := os.WriteFile(file(), []byte(strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := read(cache); !strings.Contains(got, "个时辰") {
		t.Error("what is kept is not used")
	}
	if got := read(&Cache{Dir: dir, Program: "another"}); got != want {
		t.Error("another program used what this one kept")
	}
	os.RemoveAll(dir)
	check("deleted")

	for name, damage := range map[string]func([]byte) []byte{
		"a byte changed": func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"every 100th byte": func(b []byte) []byte {
			for i := 0; i < len(b); i += 100 {
				b[i] ^= 0x20
			}
			return b
		},
		"cut":          func(b []byte) []byte { return b[:len(b)*2/3] },
		"empty file":   func(b []byte) []byte { return nil },
		"not text":     func(b []byte) []byte { return bytes.Repeat([]byte{0, 0xff}, 1000) },
		"a line twice": func(b []byte) []byte { return append(b, b...) },
	} {
		if err := os.WriteFile(file(), damage(bytes.Clone(whole)), 0o644); err != nil {
			t.Fatal(err)
		}
		check(name)
	}
	os.RemoveAll(dir)
	if err := os.WriteFile(dir, nil, 0o644); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	check("no folder")
}
