package publish

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"banshi/generator/internal/output"
)

// What is published when the crash comes, and over what: changed, new, removed and unchanged files, new and removed folders, a
// file that becomes a folder, and a folder that becomes a file.
var (
	before = county.with(site{"data": "一个文件", "law/2015/food-safety.html": "法", "law/2015/annex.html": "附"})
	after  = before.with(site{
		"130731/food-business-01.html": "承诺 5 个工作日", "130731/food-business-03.html": "<h1>补证</h1>",
		"130733/index.html": "<h1>沽源县</h1>", "130733/help/index.html": "帮助", "130732/index.html": gone,
		"data": gone, "data/latest.json": "{}", "law/2015/food-safety.html": gone, "law/2015/annex.html": gone, "law": "法",
	})
)

var errFault = errors.New("磁盘故障")

// fastDir returns a folder in memory where the system has one: the tests here publish some thousand times.
func fastDir(t testing.TB) string {
	base := "/dev/shm"
	if info, err := os.Stat(base); err != nil || !info.IsDir() {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(base, "banshi-publish-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// failAt makes the n-th operation fail, and with dead all that follow.
func failAt(n int, dead bool) (fault func(op, path string) error, done *atomic.Int64) {
	done = new(atomic.Int64)
	return func(op, path string) error {
		if i := int(done.Add(1)) - 1; i == n || dead && i > n {
			return fmt.Errorf("%s %s: %w", op, path, errFault)
		}
		return nil
	}, done
}

// locked publishes as [Publish] does, on a disk that may fail.
func (d disk) locked(files []output.File, o Options) (Result, error) {
	h, err := d.hold(context.Background(), func(err error) error { return err })
	if err != nil {
		return Result{}, err
	}
	defer h.Close()
	return h.Publish(files, o)
}

// crashBench holds the states of the tests below.
type crashBench struct {
	t        *testing.T
	dir      string
	old, new site // as tree reads them, with manifest
	after    site // as published
	number   int
}

func newCrashBench(t *testing.T, before, after site) *crashBench {
	b := &crashBench{t: t, dir: fastDir(t), after: after}
	mustPublish(t, b.at("old"), before, Options{Version: "v1"})
	mustPublish(t, b.at("new"), after, Options{Version: "v1"})
	b.old, b.new = tree(t, b.at("old")), tree(t, b.at("new"))
	return b
}

func (b *crashBench) at(name string) string { return filepath.Join(b.dir, name) }

// copyOf returns a copy of a folder.
func (b *crashBench) copyOf(from string) string {
	b.t.Helper()
	b.number++
	to := b.at(strconv.Itoa(b.number))
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		b.t.Fatal(err)
	}
	return to
}

// checkNoHalfFile fails unless each published file has its old or its new bytes. It is for folders that are not recovered yet.
func (b *crashBench) checkNoHalfFile(dir, when string) {
	b.t.Helper()
	for path, text := range tree(b.t, dir) {
		was, inOld := b.old[path]
		will, inNew := b.new[path]
		if !strings.HasPrefix(path, ".") && (!inOld || text != was) && (!inNew || text != will) {
			b.t.Errorf("%s: %s is neither old nor new: %.40q", when, path, text)
		}
	}
}

// checkState fails unless the folder is exactly the old or the new state, and tells which.
func (b *crashBench) checkState(dir, when string) (isNew bool) {
	b.t.Helper()
	got := tree(b.t, dir)
	ifOld, ifNew := difference(got, b.old), difference(got, b.new)
	if ifOld != "" && ifNew != "" {
		b.t.Errorf("%s: neither the old nor the new state. Against the old:\n%.500s\nagainst the new:\n%.500s", when, ifOld, ifNew)
	}
	return ifNew == ""
}

// checkRecovery recovers, checks, and publishes once more.
func (b *crashBench) checkRecovery(dir, when string) (isNew bool) {
	b.t.Helper()
	b.checkNoHalfFile(dir, when)
	if _, err := Recover(dir); err != nil {
		b.t.Errorf("%s: Recover: %v", when, err)
	}
	isNew = b.checkState(dir, when)
	if _, err := os.Lstat(dir + nextSuffix); err == nil {
		b.t.Errorf("%s: what was to be exchanged is still there", when)
	}
	if previous := dir + previousSuffix; isNew && isThere(previous) {
		if diff := difference(tree(b.t, previous), b.old); diff != "" {
			b.t.Errorf("%s: the site before is not what it was:\n%s", when, diff)
		}
	}
	if _, err := Publish(dir, b.after.files(), Options{Version: "v1"}); err != nil {
		b.t.Errorf("%s: next publish: %v", when, err)
	}
	if !b.checkState(dir, when+", next publish") {
		b.t.Errorf("%s: the next publish does not give the new state", when)
	}
	os.RemoveAll(dir)
	os.RemoveAll(dir + previousSuffix)
	return isNew
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// Every single operation fails once, and every one is the last that works: with one worker, where the operations come in the
// same order each time, and with several; in place, and with whole trees exchanged.
func TestCrashEveryOperation(t *testing.T) {
	b := newCrashBench(t, before, after)
	for _, how := range []struct {
		dead, swap bool
		jobs       int
		least      int // operations after the decision
	}{{false, false, 1, 20}, {false, false, 4, 20}, {true, false, 1, 20}, {true, false, 4, 20}, {false, true, 1, 5}, {true, true, 1, 5}} {
		olds, news := 0, 0
		for n := 0; ; n++ {
			when := fmt.Sprintf("operation %d fails (%+v)", n, how)
			dir := b.copyOf(b.at("old"))
			fault, done := failAt(n, how.dead)
			_, err := disk{dir, fault}.locked(after.files(), Options{Version: "v1", Jobs: how.jobs, Swap: how.swap})
			if int(done.Load()) <= n {
				break
			}
			if !errors.Is(err, errFault) {
				t.Errorf("%s: err = %v", when, err)
			}
			isNew := b.checkRecovery(dir, when)
			if told := err != nil && strings.Contains(err.Error(), "the next command will"); told != isNew {
				t.Errorf("%s: new state: %v, yet the error is %v", when, isNew, err)
			}
			if isNew {
				news++
			} else {
				olds++
			}
		}
		if olds < 20 || news < how.least {
			t.Errorf("%+v: %d operations before and %d after the decision: the test does not reach what it should", how, olds, news)
		}
	}
}

// A file that is written in several pieces is not seen before the last.
func TestCrashLargeFile(t *testing.T) {
	const path = "data/current/guides.jsonl"
	large := func(line string) site { return county.with(site{path: strings.Repeat(line, 3*spillAt/len(line))}) }
	b := newCrashBench(t, large("食品经营许可\n"), large("药品经营许可\n"))
	failed := 0
	for n := 0; ; n++ {
		dir := b.copyOf(b.at("old"))
		at := 0
		_, err := disk{dir, func(op, p string) error {
			if strings.HasSuffix(p, path) {
				if at++; at-1 == n {
					return errFault
				}
			}
			return nil
		}}.locked(b.after.files(), Options{Version: "v1", Jobs: 1})
		if at <= n {
			break
		}
		if !errors.Is(err, errFault) {
			t.Errorf("operation %d: err = %v", n, err)
		}
		b.checkRecovery(dir, fmt.Sprintf("operation %d on a large file fails", n))
		failed++
	}
	if failed < 6 {
		t.Errorf("only %d operations", failed)
	}
}

// The recovery is interrupted as well, at each of its operations, after an interruption at each operation that left a journal.
func TestCrashWhileRecovering(t *testing.T) {
	b := newCrashBench(t, before, after)
	tried := 0
	for n := 0; ; n++ {
		broken := b.copyOf(b.at("old"))
		fault, done := failAt(n, true)
		disk{broken, fault}.locked(after.files(), Options{Version: "v1", Jobs: 1})
		if int(done.Load()) <= n {
			break
		}
		if _, err := os.Stat(filepath.Join(broken, journalName)); err != nil {
			continue
		}
		for m := 0; ; m++ {
			when := fmt.Sprintf("operations from %d fail, and recovering from %d", n, m)
			dir := b.copyOf(broken)
			fault, done := failAt(m, true)
			_, err := disk{dir, fault}.recoverUnlocked()
			if int(done.Load()) <= m {
				break
			}
			tried++
			if !errors.Is(err, errFault) {
				t.Errorf("%s: err = %v", when, err)
			}
			if !b.checkRecovery(dir, when) {
				t.Errorf("%s: the decision for the new state is lost", when)
			}
		}
		os.RemoveAll(broken)
	}
	if tried < 400 {
		t.Errorf("only %d interruptions tried", tried)
	}
}

const (
	envKillDir = "BANSHI_TEST_KILL_DIR"
	envKillAt  = "BANSHI_TEST_KILL_AT"
)

// TestCrashKilled runs itself in a process that kills itself in the middle of an operation, other workers being in theirs.
func TestCrashKilled(t *testing.T) {
	if dir := os.Getenv(envKillDir); dir != "" {
		killSelf(t, dir, os.Getenv(envKillAt))
		return
	}
	b := newCrashBench(t, before, after)
	fault, done := failAt(-1, false)
	if _, err := (disk{b.copyOf(b.at("old")), fault}).locked(after.files(), Options{Version: "v1"}); err != nil {
		t.Fatal(err)
	}
	total := int(done.Load())
	news := 0
	const points = 20
	for i := range points {
		n := i * (total - 1) / (points - 1)
		dir := b.copyOf(b.at("old"))
		c := exec.Command(os.Args[0], "-test.run=^TestCrashKilled$")
		c.Env = append(os.Environ(), envKillDir+"="+dir, envKillAt+"="+strconv.Itoa(n))
		out, err := c.CombinedOutput()
		if err == nil || c.ProcessState.ExitCode() != -1 {
			t.Fatalf("the process was not killed at operation %d: %v\n%s", n, err, out)
		}
		if b.checkRecovery(dir, fmt.Sprintf("killed at operation %d of %d", n, total)) {
			news++
		}
	}
	if news == 0 || news == points {
		t.Errorf("%d of %d kills led to the new state: the test does not reach what it should", news, points)
	}
}

func killSelf(t *testing.T, dir, at string) {
	n, err := strconv.Atoi(at)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	var done atomic.Int64
	_, err = disk{dir, func(op, path string) error {
		if int(done.Add(1))-1 == n {
			self.Kill()
			select {} // the others go on until the signal comes
		}
		return nil
	}}.locked(after.files(), Options{Version: "v1", Jobs: 4})
	t.Fatal("still alive", err)
}
