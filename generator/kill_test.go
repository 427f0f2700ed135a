package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"banshi/generator/internal/publish"
	"banshi/generator/internal/synth"
)

// killing is a site whose builds are killed, edit after edit.
type killing struct {
	t      *testing.T
	r      *rand.Rand
	site   string
	edit   func(n int)
	args   []string      // of every build
	took   time.Duration // for a whole build
	old    tree          // what is published now
	states map[string]int
}

// TestKilled kills a build, the whole program, at random moments: while it reads, while it renders, while it puts files in place, in place
// and with trees exchanged. At no moment is a file half written; the next command leaves exactly the old or the new state; and the next build
// is what a clean build makes. BANSHI_KILL is how many are killed; docs/crash.md has the last
// result.
func TestKilled(t *testing.T) {
	t.Parallel()
	times, _ := strconv.Atoi(os.Getenv("BANSHI_KILL"))
	if times == 0 {
		t.Skip("BANSHI_KILL=200 kills builds; package publish kills itself at 20 operations in every run")
	}
	seed := uint64(time.Now().UnixNano())
	t.Run("small site", func(t *testing.T) {
		site := testSite(t)
		k := &killing{t: t, r: rand.New(rand.NewPCG(seed, 1)), site: site, args: []string{"--compress"}}
		e := &editor{t: t, r: k.r, site: site, kept: map[string][]byte{}}
		k.edit = func(int) { e.edit() }
		k.run(times - times/8)
	})
	t.Run("province", func(t *testing.T) {
		site := filepath.Join(t.TempDir(), "site")
		o := synth.ForGuides(1000, 1)
		if err := synth.Write(site, "..", o); err != nil {
			t.Fatal(err)
		}
		k := &killing{t: t, r: rand.New(rand.NewPCG(seed, 2)), site: site, args: []string{"--as-of", benchAsOf, "--no-history"}}
		k.edit = func(n int) {
			if err := synth.Changed(site, o, n); err != nil {
				t.Fatal(err)
			}
		}
		k.run(times / 8)
	})
}

func (k *killing) run(times int) {
	k.states = map[string]int{}
	k.old = k.clean()
	k.build()
	n := 0
	for ; k.states["killed"] < times && n < 10*times; n++ { // some builds are done before they are killed
		k.kill(n)
		if k.t.Failed() {
			k.t.Fatalf("after build %d: %v", n+1, k.states)
		}
	}
	k.t.Logf("%d builds, the last clean one in %v: %v", n, k.took.Round(time.Millisecond), k.states)
	if times >= 100 && (k.states["next command undid it"] < 10 || k.states["next command completed it"] < 10) {
		k.t.Error("the kills do not reach what they should")
	}
}

func (k *killing) command(name string, args ...string) *exec.Cmd {
	return exec.Command("banshi", append(append([]string{name, "--site", k.site}, k.args...), args...)...)
}

func (k *killing) output(c *exec.Cmd) string {
	k.t.Helper()
	out, err := c.CombinedOutput()
	if err != nil {
		k.t.Fatalf("%v: %v\n%s", c.Args, err, out)
	}
	return string(out)
}

func (k *killing) build() { k.output(k.command("build")) }

// clean is what a build into an empty folder makes, its manifest too.
func (k *killing) clean() tree {
	dir := filepath.Join(k.t.TempDir(), "clean")
	start := time.Now()
	k.output(k.command("build", "--out", dir))
	k.took = time.Since(start)
	defer os.RemoveAll(dir)
	return readState(k.t, dir)
}

// readState is all that is in a published folder but the lock.
func readState(t testing.TB, dir string) tree {
	out := tree{}
	walkFiles(t, dir, func(rel string, data []byte) {
		if rel != ".lock" {
			out[rel] = string(data)
		}
	})
	return out
}

// footers makes every page another one, so that there is much to put in place.
func (k *killing) footers(n int) {
	foot := filepath.Join(k.site, "themes/default/templates/layout/foot.html")
	data, err := os.ReadFile(foot)
	if err != nil {
		k.t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(data, []byte("</em>"))
	if rest == nil {
		rest = data
	}
	writeFile(k.t, foot, append(fmt.Appendf(nil, "<em>%d</em>", n), rest...)) // not a comment: templates leave those out
}

// kill edits, kills the build of that, and looks at what is there, after the next command, and after the next build.
func (k *killing) kill(n int) {
	for range 1 + k.r.IntN(3) {
		k.edit(n)
	}
	if n%4 != 0 {
		k.footers(n)
	}
	want := k.clean()
	public := filepath.Join(k.site, "public")
	k.killBuild(public, n)
	for path, text := range readVisible(k.t, public) {
		if was, ok := k.old[path]; ok && was == text {
			continue
		}
		if will, ok := want[path]; !ok || will != text {
			k.t.Errorf("%s is neither the old nor the new one", path)
		}
	}
	next := [][]string{{"check"}, {"search", "食品"}, {"export", "--out", filepath.Join(k.t.TempDir(), "export")}, {"explain", "tighten-promise"}, {"verify", public}}
	c := next[n%len(next)]
	said, _ := exec.Command("banshi", append(c, "--site", k.site, "--as-of", benchAsOf)...).CombinedOutput() // what else it says is not of interest
	switch {
	case strings.Contains(string(said), "已经接着写完"):
		k.states["next command completed it"]++
	case strings.Contains(string(said), "已经撤掉"):
		k.states["next command undid it"]++
	default:
		k.states["nothing to do for the next command"]++
	}
	if got := readState(k.t, public); digest(got) != digest(k.old) && digest(got) != digest(want) {
		k.t.Errorf("after %s the site is neither old nor new", c[0])
		sameTree(k.t, want, got)
	}
	if _, err := os.Lstat(public + ".next"); err == nil {
		k.t.Errorf("after %s the tree to be exchanged is still there", c[0])
	}
	k.build()
	sameTree(k.t, want, readState(k.t, public))
	k.old = want
}

// killBuild starts a build and kills it: at any moment of what a build takes, soon after it began to render, or while it puts in place.
func (k *killing) killBuild(public string, n int) {
	seen, wait := []string{public}, k.took*2/3
	switch n % 3 {
	case 1:
		seen, wait = []string{public + "/.staging", public + ".next"}, k.took/4
	case 2:
		seen, wait = []string{public + "/.journal", public + ".next/.swap", public + "/.swap"}, 5*time.Millisecond
	}
	var args []string
	if k.r.IntN(2) == 0 {
		args = append(args, "--swap")
	}
	c := k.command("build", args...)
	if err := c.Start(); err != nil {
		k.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for deadline := time.Now().Add(2 * k.took); !slices.ContainsFunc(seen, isThere) && time.Now().Before(deadline); {
		time.Sleep(50 * time.Microsecond)
	}
	select {
	case <-time.After(time.Duration(k.r.Int64N(int64(wait)))):
		c.Process.Kill()
		<-ended
	case <-ended:
	}
	if c.ProcessState.ExitCode() == -1 {
		k.states["killed"]++
	}
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// readVisible is what a web server shows: no file below a name that begins with a dot.
func readVisible(t testing.TB, dir string) tree {
	out := readState(t, dir)
	for p := range out {
		if strings.HasPrefix(p, ".") {
			delete(out, p)
		}
	}
	return out
}

// TestTwoBuilds: while one banshi writes the site another waits, and reads the records only then, so that the newer ones win; or it
// fails at once and says why.
func TestTwoBuilds(t *testing.T) {
	t.Parallel()
	site := testSite(t)
	public := filepath.Join(site, "public")
	held, err := publish.Hold(context.Background(), public, nil)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("banshi", "build", "--site", site, "--no-wait").CombinedOutput()
	if want := fmt.Sprintf("另一个 banshi 正在写这个文件夹 (another banshi is writing this folder)，进程 %d\n", os.Getpid()); err == nil || !strings.HasSuffix(string(out), want) {
		t.Errorf("--no-wait: %v\n%s", err, out)
	}
	var said syncBuffer
	second := exec.Command("banshi", "build", "--site", site)
	second.Stdout, second.Stderr = &said, &said
	if err := second.Start(); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if strings.Contains(said.String(), "等它写完") {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	e := &editor{t: t, site: site, r: rand.New(rand.NewPCG(1, 1))}
	e.replace("data/divisions/139921/division.toml", "示例路1号", "示例路9号", "示例路9号")
	held.Close()
	if err := second.Wait(); err != nil || !strings.Contains(said.String(), "等它写完 / waiting for it\n") {
		t.Fatalf("the second: %v\n%s", err, said.String())
	}
	if got := readTree(t, public)["divisions/139921/index.html"]; !strings.Contains(got, "示例路9号") {
		t.Error("what was saved while the second waited is lost")
	}
}
