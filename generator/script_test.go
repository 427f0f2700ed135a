package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// TestMain lets tests run the program as the command banshi, which is this binary under another name.
func TestMain(m *testing.M) {
	testscript.Main(guarded{m}, map[string]func(){"banshi": main})
}

// guarded is all tests, and that none of them, nor the program in them, wrote to the sections that local records share: each place would say
// what one says.
type guarded struct{ *testing.M }

// Run runs them.
func (g guarded) Run() int {
	code := runShared(g.M)
	f, _ := catalog.Decode("data/divisions/139921/food-business.toml", []byte("[procedure.01]\n"))
	r := f.Record.(*record.Implementation)
	for _, terms := range []record.Overrides{r.Overrides, r.Procedure["01"].Overrides} {
		for shared, i := reflect.ValueOf(terms), 0; i < shared.NumField(); i++ {
			if section := shared.Field(i); !section.Elem().IsZero() {
				fmt.Printf("somebody wrote to the %s that records share: %+v\n", section.Type().Elem().Name(), section.Elem())
				code = 1
			}
		}
	}
	return code
}

// TestScripts runs testdata/script/*.txtar. Beside testscript's own commands they have
//
//	site DIR                copies testdata/site, with theme, vocabularies and history, to DIR
//	exits CODE COMMAND…     runs a command that must exit with exactly this code
func TestScripts(t *testing.T) {
	t.Parallel()
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
