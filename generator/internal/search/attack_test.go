package search

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestClientHostile gives the browser's client the same damaged and hostile files as the reader: it ends, and throws nothing but
// what it takes for a damaged file. It gets every sixth file; with BANSHI_SEARCH_ATTACK=1 all.
func TestClientHostile(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the browser's client is NOT attacked")
	}
	files := smallIndex(t)
	type attack struct {
		Name string `json:"name"`
		Path string `json:"path"`
		Text string `json:"text"`
	}
	var attacks []attack
	all := os.Getenv("BANSHI_SEARCH_ATTACK") != ""
	for n, p := range pathsOf(files) {
		if !all && n%6 != 0 {
			continue
		}
		r := rand.New(rand.NewPCG(uint64(n), 9))
		for _, name := range sortedKeys(damages) {
			if data := damages[name](r, slices.Clone(files[p])); data != nil {
				attacks = append(attacks, attack{p + " " + name, p, string(data)})
			}
		}
		for _, name := range sortedKeys(hostile) {
			changed := reseal(t, files, p, func(s string) string { return hostile[name](r, s) })
			attacks = append(attacks, attack{p + " " + name, p, string(changed[p])})
		}
	}
	texts := map[string]string{}
	for p, data := range files {
		texts[p] = string(data)
	}
	dir := t.TempDir()
	args := []string{"testdata/attack.js", client}
	for name, v := range map[string]any{"files": texts, "queries": attackQueries, "attacks": attacks} {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".json"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"files", "queries", "attacks"} {
		args = append(args, filepath.Join(dir, name+".json"))
	}
	out, err := exec.Command(node, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%.2000s", err, out)
	}
	if lines := slices.Collect(strings.Lines(string(out))); len(lines) > 0 {
		t.Errorf("%d of %d attacks:\n%s", len(lines), len(attacks), strings.Join(lines[:min(12, len(lines))], ""))
	}
	t.Logf("%d attacks", len(attacks))
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
