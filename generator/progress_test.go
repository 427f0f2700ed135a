package main

import (
	"bytes"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// shownLines are what a terminal would show one after the other.
func shownLines(b *bytes.Buffer) []string { return strings.Split(b.String(), eraseLine)[1:] }

func TestProgress(t *testing.T) {
	var b bytes.Buffer
	now := time.Unix(0, 0)
	p := &progress{w: &b, now: func() time.Time { return now }}
	p.stage("读记录")
	for done := range 100_001 {
		p.files(done, 100_000, int64(done)*27_000)
		now = now.Add(100 * time.Microsecond)
	}
	p.clear()
	lines := shownLines(&b)
	if n := len(lines); n < 90 || n > 110 {
		t.Errorf("%d lines in ten seconds", n)
	}
	if lines[0] != "读记录" || lines[1] != "1000/100000（1%）  27 MB  每秒 10000 个  还要 10 秒" || lines[len(lines)-2] != "放到位 / putting in place …" || lines[len(lines)-1] != "" {
		t.Errorf("first %q, last %q", lines[:2], lines[len(lines)-2:])
	}
}

func TestProgressIsSilentInAPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p := newProgress(w)
	p.stage("读记录")
	p.files(0, 10, 0)
	p.files(10, 10, 0)
	p.clear()
	w.Close()
	var b bytes.Buffer
	if n, err := b.ReadFrom(r); n != 0 || err != nil {
		t.Errorf("wrote %q (%v)", b.String(), err)
	}
}

func TestInWords(t *testing.T) {
	for d, want := range map[time.Duration]string{300 * time.Millisecond: "不到 1 秒", 59 * time.Second: " 59 秒", 125 * time.Second: " 2 分 5 秒", 3 * time.Hour: " 180 分 0 秒"} {
		if got := inWords(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

// TestJobs: one flag for every stage of every command.
func TestJobs(t *testing.T) {
	for args, want := range map[string]int{"version --jobs 1": 1, "explain tighten-promise --jobs 3": 3} {
		all := runtime.GOMAXPROCS(0)
		root := newRoot()
		root.SetArgs(strings.Fields(args))
		root.SetOut(io.Discard)
		err := root.Execute()
		if got := runtime.GOMAXPROCS(all); err != nil || got != want {
			t.Errorf("%s: %d processors (%v)", args, got, err)
		}
	}
}
