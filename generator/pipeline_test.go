package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"banshi/generator/internal/diag"
)

// A build tells every error, the first warnings, and how many more there are.
func TestShowEndsWithManyWarnings(t *testing.T) {
	l := &library{}
	warn := func(n int) {
		for range n {
			l.problems = append(l.problems, diag.Problem{Position: diag.Position{File: "data/items/dibao/01.toml", Line: 3, Column: 1},
				Rule: "vague-words", Severity: diag.Warning, Message: diag.Text{ZH: "说得太空"}})
		}
	}
	show := func() (string, error) {
		var out strings.Builder
		err := l.show(&out, "zh-CN")
		return out.String(), err
	}
	warn(mostWarnings)
	if out, err := show(); err != nil || strings.Count(out, "说得太空") != mostWarnings || strings.Contains(out, "还有") {
		t.Errorf("error %v, output\n%s", err, out)
	}
	warn(5)
	l.problems = append(l.problems, diag.Problem{Rule: "tighten-promise", Message: diag.Text{ZH: "承诺时限变长"}})
	out, err := show()
	if !errors.Is(err, errContent) || strings.Count(out, "说得太空") != mostWarnings || !strings.Contains(out, "承诺时限变长") {
		t.Errorf("error %v, output\n%s", err, out)
	}
	if !strings.HasSuffix(out, "还有 5 条警告，banshi check 列出全部\n") || len(l.problems) != mostWarnings+6 {
		t.Errorf("output ends\n%s", out[len(out)-80:])
	}
}

// What a killed build left half written in the cache goes; what another build is writing stays, and so does what is kept.
func TestTidyCache(t *testing.T) {
	site := t.TempDir()
	dir := filepath.Join(site, cacheDir)
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, age := range map[string]time.Duration{"parsed-1.tmp": 2 * unfinished, "archive-2.tmp": time.Minute, "parsed": 2 * unfinished} {
		path := filepath.Join(dir, name)
		when := time.Now().Add(-age)
		if err := errors.Join(os.WriteFile(path, nil, 0o644), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
	}
	tidyCache(site)
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) != 2 || filepath.Base(left[0]) != "archive-2.tmp" || filepath.Base(left[1]) != "parsed" {
		t.Errorf("left %v, want archive-2.tmp and parsed (%v)", left, err)
	}
}
