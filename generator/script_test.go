package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets tests run the program as the command banshi, which is this binary under another name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"banshi": main})
}

// TestScripts runs testdata/script/*.txtar. Beside testscript's own commands they have
//
//	site DIR                copies testdata/site, with theme, vocabularies and history, to DIR
//	exits CODE COMMAND…     runs a command that must exit with exactly this code
func TestScripts(t *testing.T) {
	portal := testSite(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"site":  func(ts *testscript.TestScript, _ bool, args []string) { scriptSite(ts, portal, args) },
			"exits": scriptExits,
		},
	})
}

func scriptSite(ts *testscript.TestScript, portal string, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: site DIR")
	}
	to := ts.MkAbs(args[0])
	ts.Check(filepath.WalkDir(portal, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(portal, p)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), data, 0o644)
	}))
}

func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		got = failed.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
