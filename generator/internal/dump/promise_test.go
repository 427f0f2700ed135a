package dump

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "add new keys to v1.txt")

// TestPromise holds every key of version 1 of the format to its name and type. New keys are added with -update.
func TestPromise(t *testing.T) {
	if v1 == "" && !*update {
		t.Skip("version 1 is not published yet")
	}
	x := newExporter(derive(t, source(t), "2026-11-21"))
	for _, b := range x.brokenShape() {
		t.Error(b)
	}
	promised := strings.Fields(strings.ReplaceAll(v1, " ", "\x00"))
	var missing []string
	for _, line := range x.shape() {
		if !slices.Contains(promised, strings.ReplaceAll(line, " ", "\x00")) {
			missing = append(missing, line)
		}
	}
	if *update && !t.Failed() {
		all := strings.Split(strings.TrimSpace(v1), "\n")
		all = slices.DeleteFunc(append(all, missing...), func(s string) bool { return s == "" })
		slices.Sort(all)
		if err := os.WriteFile("v1.txt", []byte(strings.Join(all, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if len(missing) > 0 {
		t.Errorf("%d keys are not promised yet, such as %s: go test ./generator/internal/dump -run TestPromise -update", len(missing), missing[0])
	}
}
