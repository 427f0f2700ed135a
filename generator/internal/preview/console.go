package preview

import (
	"fmt"
	"io"
	"sync"
	"time"

	"banshi/generator/internal/diag"
)

// console tells the person at the terminal what happened. All problems are told once; afterwards only what is new and how many
// are gone, because a page of old warnings hides the new mistake.
type console struct {
	mu   sync.Mutex
	w    io.Writer
	lang string
	told map[toldProblem]int
}

// toldProblem is a problem without its place in the file, which moves when something is written above it.
type toldProblem struct {
	file, rule, message string
}

func (c *console) line(t diag.Text) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintln(c.w, t.In(c.lang))
}

func (c *console) warn(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintln(c.w, err)
}

// problems tells those of a site that were not told before and returns how many were new and how many are gone.
func (c *console) problems(s *Site) (fresh, gone int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lang = s.Lang
	var print []diag.Problem
	now := map[toldProblem]int{}
	for _, p := range s.problems {
		k := toldProblem{p.File, p.Rule, p.Message.ZH}
		now[k]++
		if now[k] > c.told[k] {
			print = append(print, p)
		}
	}
	for k, n := range c.told {
		gone += max(0, n-now[k])
	}
	c.told = now
	// A terminal that cannot be written to is nothing the preview could tell anyone.
	_ = diag.Print(c.w, print, "text", s.Lang)
	return len(print), gone
}

// reloaded says that a change was read, and what it mended or broke.
func (c *console) reloaded(s *Site, took time.Duration) {
	fresh, gone := c.problems(s)
	t := diag.Text{
		ZH: fmt.Sprintf("重新读好，用了 %d 毫秒", took.Milliseconds()),
		EN: fmt.Sprintf("read again in %d ms", took.Milliseconds()),
	}
	if fresh+gone > 0 {
		t.ZH += fmt.Sprintf("；新问题 %d，改好 %d，还有 %d", fresh, gone, len(s.problems))
		t.EN += fmt.Sprintf("; %d new problems, %d mended, %d left", fresh, gone, len(s.problems))
	}
	c.line(t)
}
