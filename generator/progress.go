package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// progress is a line on the terminal that rewrites itself: the stage a command is in, and while files are made how many, how fast and how
// long still. In a pipe or a file it is silent. At the end, or before anything else is printed, it is erased.
type progress struct {
	*stages
	w     io.Writer // nil is silent
	now   func() time.Time
	start time.Time // of the making of files
	shown time.Time // when the line was last written
	there bool      // something is on the line
}

// newProgress returns the line for stderr, silent unless that is a terminal.
func newProgress(stderr io.Writer) *progress {
	if f, ok := stderr.(*os.File); ok && isTerminal(f) {
		return &progress{stages: newStages(), w: f, now: time.Now}
	}
	return &progress{stages: newStages()}
}

// eraseLine puts the cursor at the start of an empty line.
const eraseLine = "\r\033[K"

// stage says what is done now.
func (p *progress) stage(text string) {
	if p.w != nil && (p.there || text != "") {
		fmt.Fprint(p.w, eraseLine+text)
		p.there = text != ""
	}
}

// clear erases the line.
func (p *progress) clear() { p.stage("") }

// often is how often the line is written anew: what changes faster cannot be read, and costs.
const often = 100 * time.Millisecond

// files says how many of the files to be made are made; it fits [publish.Options].
func (p *progress) files(done, total int, bytes int64) {
	if p.w == nil {
		return
	}
	now := p.now()
	if p.start.IsZero() {
		p.start, p.shown = now, now
	}
	if done == total {
		p.stage("放到位 / putting in place …")
		return
	}
	took := now.Sub(p.start)
	if now.Sub(p.shown) < often || took <= 0 {
		return
	}
	p.shown = now
	rate := float64(done) / took.Seconds()
	left := time.Duration(float64(total-done) / rate * float64(time.Second))
	p.stage(fmt.Sprintf("%d/%d（%d%%）  %.0f MB  每秒 %.0f 个  还要%s", done, total, done*100/total, float64(bytes)/1e6, rate, inWords(left)))
}

// inWords rounds a duration as people say it.
func inWords(d time.Duration) string {
	d = d.Round(time.Second)
	switch {
	case d < time.Second:
		return "不到 1 秒"
	case d < time.Minute:
		return fmt.Sprintf(" %d 秒", d/time.Second)
	}
	return fmt.Sprintf(" %d 分 %d 秒", d/time.Minute, d%time.Minute/time.Second)
}
