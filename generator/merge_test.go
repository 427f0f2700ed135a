package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestMergeExamples runs docs/examples/merge.* over a release, as their first lines say. Each prints every guide whole, and all are the
// same as laying differs over standard here. That this is the guide a place shows is TestMerge of package dump.
func TestMergeExamples(t *testing.T) {
	t.Parallel()
	_, _, release := released(t)
	want := merged(t, release)
	examples, err := filepath.Abs("../docs/examples")
	if err != nil {
		t.Fatal(err)
	}
	for name, command := range map[string]string{
		"python3": `python3 "$E/merge.py" .`,
		"node":    `node "$E/merge.mjs" .`,
		"jq":      `gunzip -k items.jsonl.gz guides.jsonl.gz; jq -cn --slurpfile items items.jsonl -f "$E/merge.jq" guides.jsonl`,
		"sqlite3": `sqlite3 -readonly catalogue.sqlite < "$E/merge.sql"`,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath(name); err != nil && os.Getenv("BANSHI_FORMATS") == "" {
				t.Skip(err)
			}
			dir := t.TempDir()
			copyDir(t, release, dir)
			cmd := exec.Command("sh", "-c", command)
			cmd.Dir, cmd.Env = dir, append(os.Environ(), "E="+examples)
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]any{}
			for line := range strings.Lines(string(out)) {
				var row struct {
					ID    string
					Guide any
				}
				if err := json.Unmarshal([]byte(line), &row); err != nil {
					t.Fatal(err)
				}
				got[row.ID] = row.Guide
			}
			if len(got) != len(want) {
				t.Errorf("%d guides, want %d", len(got), len(want))
			}
			for id, w := range want {
				if !reflect.DeepEqual(got[id], w) {
					t.Errorf("%s is another guide", id)
				}
			}
		})
	}
}

// merged lays what differs over the standard.
func merged(t *testing.T, dir string) map[string]any {
	t.Helper()
	standards, out, differing := map[string]map[string]any{}, map[string]any{}, 0
	files := readTree(t, dir)
	for line := range strings.Lines(unzip(t, files["items.jsonl.gz"])) {
		var item struct {
			Procedures []struct {
				ID       string
				Standard map[string]any
			}
		}
		if err := json.Unmarshal([]byte(line), &item); err != nil {
			t.Fatal(err)
		}
		for _, p := range item.Procedures {
			standards[p.ID] = p.Standard
		}
	}
	for line := range strings.Lines(unzip(t, files["guides.jsonl.gz"])) {
		var g struct {
			ID        string
			Item      struct{ ID string }
			Procedure struct{ No string }
			Differs   map[string]any
		}
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			t.Fatal(err)
		}
		whole := map[string]any{}
		for _, part := range []map[string]any{standards[g.Item.ID+"/"+g.Procedure.No], g.Differs} {
			for k, v := range part {
				whole[k] = v
			}
		}
		differing += len(g.Differs)
		out[g.ID] = whole
	}
	if differing == 0 || len(out) == 0 {
		t.Fatal("nothing to merge")
	}
	return out
}
