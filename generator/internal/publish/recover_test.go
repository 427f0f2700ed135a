package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A loss of power may leave any part of a journal on file systems where a rename overtakes the bytes.
func TestRecoverIgnoresAnIncompleteJournal(t *testing.T) {
	steps := []step{{stepRemove, "130731/food-business-02.html"}, {stepRmdir, "130732"}, {stepRename, "帮助/如何 办理.html"}}
	text := string(journalText(steps))
	if got, ok := parseJournal(text); !ok || fmt.Sprint(got) != fmt.Sprint(steps) {
		t.Fatalf("parseJournal gives %v, %v for\n%s", got, ok, text)
	}
	bad := []string{text + "x", strings.Replace(text, "end 3", "end 2", 1), strings.Replace(text, "rmdir", "chmod", 1),
		strings.Replace(text, "rmdir 1", "rmdir ../1", 1), strings.Replace(text, "130732", ".lock", 1)}
	for i := range text {
		bad = append(bad, text[:i])
	}
	dir := fastDir(t)
	mustPublish(t, dir, county, Options{})
	for _, part := range bad {
		if _, ok := parseJournal(part); ok {
			t.Errorf("taken for complete:\n%s", part)
		}
		write(t, dir, site{journalName: part, stagedTree + "帮助/如何 办理.html": "半"})
		if _, err := Recover(dir); err != nil {
			t.Fatal(err)
		}
		checkTree(t, dir, county)
	}
}

func TestRecoverWithNothingToDo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if _, err := Recover(dir); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("Recover made the folder")
	}
	mustPublish(t, dir, county, Options{})
	if _, err := Recover(dir); err != nil {
		t.Error(err)
	}
	checkTree(t, dir, county)
}

// People tidy up between the crash and the next command.
func TestRecoverAfterOthersMeddled(t *testing.T) {
	dir := fastDir(t)
	mustPublish(t, dir, county, Options{})
	next := county.with(site{"130731/food-business-01.html": "承诺 5 个工作日"})
	interrupt := func() {
		t.Helper()
		fault := func(op, path string) error {
			if op == "rename" && path == "130731/food-business-01.html" {
				return errFault
			}
			return nil
		}
		if _, err := (disk{dir, fault}).locked(next.files(), Options{}); !errors.Is(err, errFault) {
			t.Fatal(err)
		}
	}
	interrupt()
	if err := os.RemoveAll(filepath.Join(dir, "130731")); err != nil {
		t.Fatal(err)
	}
	if _, err := Recover(dir); err != nil {
		t.Errorf("the folder was removed: %v", err)
	}
	mustPublish(t, dir, next, Options{})
	checkTree(t, dir, next)

	mustPublish(t, dir, county, Options{})
	interrupt()
	err := errors.Join(os.RemoveAll(filepath.Join(dir, stagingName)), os.RemoveAll(filepath.Join(dir, "130731")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Recover(dir); err == nil || !strings.Contains(err.Error(), "empty the folder and build again") {
		t.Errorf("the staged files were removed: Recover = %v", err)
	}
}
