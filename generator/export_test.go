package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"banshi/generator/internal/dump"
	"banshi/generator/internal/output"
)

// TestExportAtEqualsTheArchive edits a site at random over some commits, and for most of them compares what export --at writes
// with the open data that a build lists for the files git archive gives of that commit. With BANSHI_LONG=1 it is fifty commits of sixty.
func TestExportAtEqualsTheArchive(t *testing.T) {
	t.Parallel()
	dir := testSite(t)
	e := &editor{t: t, r: rand.New(rand.NewPCG(5, 5)), site: dir, kept: map[string][]byte{}}
	made, compared, states := 12, 8, 4
	if os.Getenv("BANSHI_LONG") != "" {
		made, compared, states = 60, 50, 10
	}
	for range made {
		for range 1 + e.r.IntN(3) {
			e.edit()
		}
		commitAll(t, dir)
	}
	commits := strings.Fields(gitOutput(t, dir, "rev-list", "HEAD"))
	e.r.Shuffle(len(commits), func(i, j int) { commits[i], commits[j] = commits[j], commits[i] })
	distinct := map[string]bool{}
	for _, commit := range commits[:compared] {
		day := strings.TrimSpace(gitOutput(t, dir, "log", "-1", "--format=%cd", "--date=format:%F", commit))
		want := openData(t, archive(t, dir, commit), day)
		out := filepath.Join(t.TempDir(), "out")
		cmd := newRoot()
		cmd.SetArgs([]string{"export", "--site", dir, "--at", commit, "--out", out})
		cmd.SetOut(io.Discard)
		if err := cmd.ExecuteContext(t.Context()); err != nil {
			t.Fatalf("export --at %s: %v", commit, err)
		}
		got := readTree(t, out)
		if len(got) != len(want) {
			t.Fatalf("%d files, want %d", len(got), len(want))
		}
		for name, data := range want {
			if got[name] != data {
				t.Errorf("%s of %s differs from that of the archive", name, commit)
			}
		}
		distinct[digest(got)] = true
	}
	if len(distinct) < states {
		t.Errorf("only %d different states among the commits: the edits do not reach the data", len(distinct))
	}
}

// openData is the rows that a build lists for a folder without history, by name of the file.
func openData(t *testing.T, dir, day string) tree {
	t.Helper()
	g := &global{site: dir, asOf: day}
	l, err := g.read(t.Context(), readOptions{noHistory: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.derive(t.Context(), true, "")
	if err != nil {
		t.Fatal(err)
	}
	files := dump.New(s, nil).Files()
	out := tree{}
	for _, f := range files {
		if strings.HasPrefix(f.Path, "data/current/") && strings.HasSuffix(f.Path, ".jsonl.gz") {
			out[path.Base(f.Path)] = written(t, f)
		}
	}
	return out
}

func written(t *testing.T, f output.File) string {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// archive unpacks the files of a commit into a folder outside the repository.
func archive(t *testing.T, dir, commit string) string {
	t.Helper()
	to := t.TempDir()
	packed := filepath.Join(to, "site.tar")
	gitOutput(t, dir, "archive", "--output", packed, commit)
	if out, err := exec.Command("tar", "-x", "-f", packed, "-C", to).CombinedOutput(); err != nil {
		t.Fatalf("tar: %v\n%s", err, out)
	}
	return to
}

func commitAll(t *testing.T, dir string) {
	t.Helper()
	gitOutput(t, dir, "add", "-A")
	gitOutput(t, dir, "commit", "-q", "--allow-empty", "-m", "edit")
}

// gitOutput runs git in a test's repository, free of the settings of this machine.
func gitOutput(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir, "-c", "core.autocrlf=false", "-c", "commit.gpgsign=false"}, args...)...)
	const date = "2026-11-21T10:00:00+08:00"
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "TZ=Asia/Shanghai", "GIT_AUTHOR_NAME=Editor",
		"GIT_AUTHOR_EMAIL=editor@example.com", "GIT_COMMITTER_NAME=Editor", "GIT_COMMITTER_EMAIL=editor@example.com",
		"GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}
