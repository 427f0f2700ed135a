package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEditing types what docs/editing.md says was typed, in a copy of this repository's records, and holds that the program still
// says the same. -update writes the page anew.
func TestEditing(t *testing.T) {
	t.Parallel()
	const page = "../docs/editing.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	dir := editedLibrary(t)
	block := regexp.MustCompile("(?s)```console\n(.*?)```")
	got := block.ReplaceAllFunc(text, func(b []byte) []byte {
		var out strings.Builder
		out.WriteString("```console\n")
		for line := range strings.Lines(string(block.FindSubmatch(b)[1])) {
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				out.WriteString(line + typed(t, dir, strings.TrimSpace(command)))
			}
		}
		return []byte(out.String() + "```")
	})
	if *update {
		if err := os.WriteFile(page, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(got) != string(text) {
		was, now := strings.Split(string(text), "\n"), strings.Split(string(got), "\n")
		for i := range min(len(was), len(now)) {
			if was[i] != now[i] {
				t.Fatalf("docs/editing.md:%d says\n%s\nand the program now says\n%s\n(go test ./generator -run TestEditing -update)", i+1, was[i], now[i])
			}
		}
		t.Fatalf("docs/editing.md has %d lines, and should have %d", len(was), len(now))
	}
}

// typed is what a terminal shows after a command.
func typed(t *testing.T, dir, command string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatal(err)
	}
	return string(out)
}

// editedLibrary is a repository of the province's records and those of 示例市: what the page is about, without 2,500 places that
// it is not about.
func editedLibrary(t *testing.T) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "library")
	here := os.DirFS("..")
	err := fs.WalkDir(here, "data", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if place, ok := strings.CutPrefix(p, "data/divisions/1"); ok && d.IsDir() && !strings.HasPrefix(place, "399") && place != "30000" {
			return fs.SkipDir
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, p), 0o755)
		}
		data, err := fs.ReadFile(here, p)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, p), data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("../site.toml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(to, "site.toml"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "-A"}, {"-c", "user.name=Editor", "-c", "user.email=editor@example.com", "-c", "commit.gpgsign=false", "commit", "-qm", "start"}} {
		cmd := exec.Command("git", append([]string{"-C", to}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_COMMITTER_DATE=2026-11-22T10:00:00+08:00", "GIT_AUTHOR_DATE=2026-11-22T10:00:00+08:00")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
	return to
}
