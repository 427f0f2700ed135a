package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
)

// lineSet is the lines of items.jsonl and guides.jsonl by file and id, which is how docs/releases.md tells readers to see them.
type lineSet map[string]string

// linesIn reads the lines of a release or an export.
func linesIn(t *testing.T, dir string) lineSet {
	t.Helper()
	out := lineSet{}
	files := readTree(t, dir)
	for _, file := range []string{"items", "guides"} {
		for line := range strings.Lines(unzip(t, files[file+".jsonl.gz"])) {
			var row struct{ ID string }
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatal(err)
			}
			out[file+" "+row.ID] = strings.TrimSuffix(line, "\n")
		}
	}
	return out
}

// replay lays a delta over lines.
func (s lineSet) replay(t *testing.T, delta string) (rows int) {
	t.Helper()
	for line := range strings.Lines(unzip(t, delta)) {
		var row struct {
			File, Op, ID string
			Record       json.RawMessage
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		key := row.File + " " + row.ID
		if _, there := s[key]; row.Op == "delete" {
			if !there {
				t.Errorf("%s is deleted and was not there", key)
			}
			delete(s, key)
		} else {
			s[key] = string(row.Record)
		}
		rows++
	}
	return rows
}

func unzip(t *testing.T, packed string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestDeltaReplays edits a site at random over sixty commits. For fifty random pairs of commits the delta laid over the lines of one
// gives those of the other, and it has no line that did not change.
func TestDeltaReplays(t *testing.T) {
	t.Parallel()
	dir := testSite(t)
	e := &editor{t: t, r: rand.New(rand.NewPCG(6, 50)), site: dir, kept: map[string][]byte{}}
	for range 60 {
		for range 1 + e.r.IntN(3) {
			e.edit()
		}
		commitAll(t, dir)
	}
	commits := strings.Fields(gitOutput(t, dir, "rev-list", "HEAD"))
	lines := map[string]lineSet{}
	at := func(commit string) lineSet {
		if lines[commit] == nil {
			lines[commit] = linesIn(t, export(t, dir, "--at", commit))
		}
		return lines[commit]
	}
	changed := 0
	for range 50 {
		from, to := commits[e.r.IntN(len(commits))], commits[e.r.IntN(len(commits))]
		old, want := maps.Clone(at(from)), at(to)
		differ := 0
		for key, line := range want {
			if old[key] != line {
				differ++
			}
		}
		for key := range old {
			if want[key] == "" {
				differ++
			}
		}
		rows := old.replay(t, readTree(t, export(t, dir, "--delta", from, to))["delta.jsonl.gz"])
		if !maps.Equal(old, want) {
			t.Errorf("%s + delta is not %s", from, to)
		}
		if rows != differ {
			t.Errorf("%s → %s: %d rows for %d lines that differ", from, to, rows, differ)
		}
		changed += rows
	}
	if changed < 100 {
		t.Errorf("only %d lines changed: the edits do not reach the data", changed)
	}
}

// export runs banshi export in this process and returns the folder it wrote.
func export(t *testing.T, site string, args ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	cmd := newRoot()
	var said bytes.Buffer
	cmd.SetArgs(append([]string{"export", "--site", site, "--out", out}, args...))
	cmd.SetOut(&said)
	cmd.SetErr(&said)
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("export %q: %v\n%s", args, err, said.String())
	}
	return out
}
