package main

import (
	"errors"
	"strings"
	"testing"

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
