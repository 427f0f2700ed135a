package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// workflowJob is a job of a workflow file as testing/workflows/check.mjs prints it.
type workflowJob struct {
	Env   map[string]string
	Steps []struct {
		Name, Run string
		Env       map[string]string
	}
}

// TestWorkflows reads the workflow files of docs/workflows as their forges do, and runs every step of every job by hand in a scratch
// repository, with a forge of its own that takes the comments.
func TestWorkflows(t *testing.T) {
	if os.Getenv("BANSHI_WORKFLOWS") == "" {
		t.Skip("BANSHI_WORKFLOWS=1 runs the steps of docs/workflows (npm ci --prefix testing/workflows; Debian: jq, curl, rsync)")
	}
	out, err := exec.Command("node", "../testing/workflows/check.mjs", "../docs/workflows").Output()
	if err != nil {
		if e, ok := err.(*exec.ExitError); ok {
			t.Fatalf("the files are not what their forges take:\n%s", e.Stderr)
		}
		t.Fatal(err)
	}
	var files map[string]map[string]workflowJob
	if err := json.Unmarshal(out, &files); err != nil {
		t.Fatal(err)
	}
	tools := workflowTools(t)
	for name, jobs := range files {
		t.Run(name, func(t *testing.T) {
			w := &workflow{dir: workflowRepository(t), tools: tools, forge: strings.TrimSuffix(name, ".yml")}
			forge := httptest.NewServer(http.HandlerFunc(w.answer))
			t.Cleanup(forge.Close)
			w.api = forge.URL

			// A county's better promise: fine, told, and shown.
			w.commit(t, 3)
			if out, ok := w.run(t, jobs["check"]); !ok {
				t.Fatalf("a good change is refused:\n%s", out)
			}
			if len(w.comments) != 1 || !strings.Contains(w.comments[0], "↑ 更方便") || !strings.Contains(w.comments[0], "5→3 个工作日") {
				t.Errorf("the comments are %q", w.comments)
			}
			if list := w.packed(t); !slices.Contains(list, "./consultation/index.html") || !slices.Contains(list, "./divisions/139921/food-business.01.html") ||
				slices.Contains(list, "./divisions/139902/index.html") || slices.Contains(list, "./divisions/139921101/dibao.html") {
				t.Errorf("the preview has %d files", len(list))
			}

			// A worse one: refused at its line, and the same comment says so.
			w.commit(t, 99)
			out, ok := w.run(t, jobs["check"])
			if ok || !strings.Contains(out, "tighten-promise") || !strings.Contains(out, "data/divisions/139921/food-business.toml") {
				t.Errorf("a worse promise is not refused:\n%s", out)
			}
			if len(w.comments) != 1 || !strings.Contains(w.comments[0], "↓ 不如从前") {
				t.Errorf("the comment was not replaced: %q", w.comments)
			}
			if w.forge == "gitlab" {
				w.quality(t)
			}

			// What is merged is published, in the nightly run as of the day.
			w.git(t, "checkout", "-q", "main")
			if out, ok := w.run(t, jobs["publish"]); !ok {
				t.Fatalf("publishing failed:\n%s", out)
			}
			for _, p := range []string{"index.html", "divisions/139921/food-business.01.html", "data/latest.json"} {
				if _, err := os.Stat(filepath.Join(w.dir, "served", p)); err != nil {
					t.Errorf("%s was not published: %v", p, err)
				}
			}
			if _, err := os.Stat(filepath.Join(w.dir, "served/.manifest")); err == nil {
				t.Error("the build's own manifest was published")
			}
		})
	}
}

// workflowTools is a folder with the program and stand-ins for what a runner installs and compiles.
func workflowTools(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(dir, "program"), ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for name, text := range map[string]string{
		"go":      "#!/bin/sh\n# go build -o FILE: the program is built already\nmkdir -p \"$(dirname \"$3\")\" 2>/dev/null; [ \"$3\" = /usr/local/bin/banshi ] || cp " + dir + "/program \"$3\"\n",
		"apt-get": "#!/bin/sh\nexit 0\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("program", filepath.Join(dir, "banshi")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// workflowRepository is the test site with the workflows' scripts, as a forge's clone of a branch.
func workflowRepository(t *testing.T) string {
	t.Helper()
	dir := testSite(t)
	copyDir(t, "../docs/workflows", filepath.Join(dir, "docs/workflows"))
	for _, name := range []string{"comment", "preview", "publish", "codequality"} {
		if err := os.Chmod(filepath.Join(dir, "docs/workflows", name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	w := &workflow{dir: dir}
	w.git(t, "add", "-A")
	w.git(t, "commit", "-qm", "workflows")
	w.git(t, "remote", "add", "origin", dir)
	w.git(t, "update-ref", "refs/remotes/origin/main", "HEAD")
	w.git(t, "checkout", "-qb", "county")
	return dir
}

// workflow is a repository, and the forge that it belongs to.
type workflow struct {
	dir, tools, forge, api string

	mu       sync.Mutex
	comments []string
}

func (w *workflow) git(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", w.dir, "-c", "user.name=Editor", "-c", "user.email=editor@example.com"}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", args, err, out)
	}
}

// commit makes the county promise a number of days.
func (w *workflow) commit(t *testing.T, days int) {
	t.Helper()
	path := filepath.Join(w.dir, "data/divisions/139921/food-business.toml")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	promise := regexp.MustCompile(`promise = \[\{ value = \d+`)
	if err := os.WriteFile(path, promise.ReplaceAll(data, fmt.Appendf(nil, "promise = [{ value = %d", days)), 0o644); err != nil {
		t.Fatal(err)
	}
	w.git(t, "commit", "-qam", "a promise")
}

// run runs the steps of a job one after the other, as runners do: bash, stopping at the first that fails but for those that run
// always.
func (w *workflow) run(t *testing.T, j workflowJob) (output string, ok bool) {
	t.Helper()
	temp := t.TempDir()
	summary, path := filepath.Join(temp, "summary"), filepath.Join(temp, "path")
	env := append(os.Environ(), "PATH="+w.tools+":"+os.Getenv("PATH"), "RUNNER_TEMP="+temp, "GITHUB_STEP_SUMMARY="+summary, "GITHUB_PATH="+path,
		"CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main")
	// What a forge puts into ${{ … }} and $….
	given := map[string]string{"BASE": "origin/main", "FORGE": w.forge, "API": w.api, "NUMBER": "7", "TOKEN": "secret-token", "TARGET": filepath.Join(w.dir, "served"), "SSH_KEY": "", "KNOWN_HOSTS": ""}
	for k, v := range given {
		env = append(env, k+"="+v)
	}
	ok = true
	var all strings.Builder
	for _, s := range j.Steps {
		for k := range s.Env {
			if _, known := given[k]; !known {
				t.Fatalf("%s: the test does not know %s", s.Name, k)
			}
		}
		if !ok && s.Name != "说变化" && s.Name != "评论" { // those with if: always()
			continue
		}
		cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
		cmd.Dir, cmd.Env = w.dir, env
		out, err := cmd.CombinedOutput()
		fmt.Fprintf(&all, "== %s\n%s", s.Name, out)
		if err != nil {
			fmt.Fprintf(&all, "%v\n", err)
			ok = false
		}
	}
	if strings.Contains(all.String(), "secret-token") {
		t.Error("the token is in the log")
	}
	return all.String(), ok
}

// answer is the forge: it lists, makes and replaces comments as its API has them.
func (w *workflow) answer(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	list, one, replace := "/issues/7/comments", "/issues/comments/101", http.MethodPatch
	auth, want := r.Header.Get("Authorization"), map[string]string{"github": "Bearer secret-token", "gitea": "token secret-token"}[w.forge]
	if w.forge == "gitlab" {
		list, one, replace = "/merge_requests/7/notes", "/merge_requests/7/notes/101", http.MethodPut
		auth, want = r.Header.Get("PRIVATE-TOKEN"), "secret-token"
	}
	var body struct{ Body string }
	data, _ := io.ReadAll(r.Body)
	_ = json.Unmarshal(data, &body)
	switch {
	case auth != want:
		http.Error(out, "who are you", http.StatusUnauthorized)
	case r.Method == http.MethodGet && r.URL.Path == list:
		all := []map[string]any{{"id": 100, "body": "第一眼看没问题"}}
		for i, c := range w.comments {
			all = append(all, map[string]any{"id": 101 + i, "body": c})
		}
		_ = json.NewEncoder(out).Encode(all)
	case r.Method == http.MethodPost && r.URL.Path == list:
		w.comments = append(w.comments, body.Body)
		out.WriteHeader(http.StatusCreated)
	case r.Method == replace && r.URL.Path == one && len(w.comments) == 1:
		w.comments[0] = body.Body
	default:
		http.Error(out, r.Method+" "+r.URL.Path, http.StatusNotFound)
	}
}

// packed lists the files of the preview.
func (w *workflow) packed(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("tar", "-tzf", filepath.Join(w.dir, "preview.tar.gz")).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// quality holds that GitLab's report names the line.
func (w *workflow) quality(t *testing.T) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(w.dir, "codequality.json"))
	if err != nil {
		t.Fatal(err)
	}
	var report []struct {
		Description, Severity, Fingerprint string
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal(data, &report); err != nil {
		t.Fatal(err)
	}
	if len(report) != 1 || report[0].Location.Path != "data/divisions/139921/food-business.toml" || report[0].Location.Lines.Begin != 2 || report[0].Severity != "critical" || report[0].Fingerprint == "" {
		t.Errorf("the report is %+v", report)
	}
}
