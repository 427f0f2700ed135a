package history

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// sandbox is a repository being built, in a temporary folder.
type sandbox struct {
	t   testing.TB
	dir string
}

func newSandbox(t testing.TB) sandbox {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git program: ", err)
	}
	s := sandbox{t, t.TempDir()}
	s.git("init", "-q", "--initial-branch=main")
	return s
}

// git runs git in the sandbox with a fixed person and date and without the user's configuration.
func (s sandbox) git(args ...string) string {
	s.t.Helper()
	cmd := exec.Command("git", append([]string{"-C", s.dir,
		"-c", "advice.graftFileDeprecated=false", "-c", "user.name=张三", "-c", "user.email=zhangsan@example.com", "-c", "core.autocrlf=false"}, args...)...)
	cmd.Env = append(environment(os.Environ()), "GIT_ALLOW_PROTOCOL=file",
		"GIT_AUTHOR_DATE=2025-03-01T09:00:00+08:00", "GIT_COMMITTER_DATE=2025-03-01T09:30:00+08:00")
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (s sandbox) write(name, text string) {
	s.t.Helper()
	full := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// commit commits everything in the work tree and returns the hash.
func (s sandbox) commit(subject string) string {
	s.t.Helper()
	s.git("add", "-A")
	s.git("commit", "-q", "--allow-empty", "-m", subject)
	return s.git("rev-parse", "HEAD")
}

// open opens the sandbox, or a folder in it.
func (s sandbox) open(under ...string) *Repo {
	s.t.Helper()
	r, err := Open(filepath.Join(append([]string{s.dir}, under...)...))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { r.Close() })
	return r
}

const dibao = "id = \"dibao\"\ntitle = \"最低生活保障对象认定\"\n\n[limits]\npromised = { value = 20, unit = \"工作日\" }\n"

func TestOpenErrors(t *testing.T) {
	s := newSandbox(t)
	s.write("data/items/dibao/item.toml", dibao)
	s.commit("data: 低保")
	s.write("data/items/dibao/item.toml", dibao+"# 改\n")
	s.commit("data: 低保 改")

	bare := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(bare))
	if _, err := Open(bare); !errors.Is(err, ErrNoRepository) || !strings.Contains(err.Error(), "git clone") {
		t.Errorf("without .git: %v", err)
	}
	if _, err := Open(filepath.Join(bare, "absent")); !errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrNoRepository) {
		t.Errorf("absent folder: %v", err)
	}
	if _, err := Open(filepath.Join(s.dir, "data/items/dibao/item.toml")); err == nil {
		t.Error("a file was opened as a site")
	}

	shallow := sandbox{t, filepath.Join(t.TempDir(), "clone")}
	s.git("clone", "-q", "--depth=1", "file://"+s.dir, shallow.dir)
	r, err := Open(shallow.dir)
	if !errors.Is(err, ErrShallow) || !strings.Contains(err.Error(), "git fetch --unshallow") {
		t.Fatalf("shallow clone: %v", err)
	}
	if _, err := r.Log(t.Context(), "", ""); !errors.Is(err, ErrShallow) {
		t.Errorf("Log of a shallow clone: %v", err)
	}
	if head, err := r.Head(t.Context()); err != nil || head.Subject != "data: 低保 改" {
		t.Errorf("Head of a shallow clone: %+v, %v", head, err)
	}

	t.Setenv("PATH", bare)
	if _, err := Open(s.dir); !errors.Is(err, ErrNoRepository) || !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("without a git program: %v", err)
	}
}

func TestEmptyRepository(t *testing.T) {
	s := newSandbox(t)
	r := s.open()
	if _, err := r.Head(t.Context()); !errors.Is(err, ErrNoCommits) {
		t.Errorf("Head: %v", err)
	}
	if _, err := r.Log(t.Context(), "", ""); !errors.Is(err, ErrNoCommits) {
		t.Errorf("Log: %v", err)
	}
	if _, err := r.FS(t.Context(), "HEAD"); !errors.Is(err, ErrUnknownRevision) {
		t.Errorf("FS: %v", err)
	}
	if dirty, err := r.Dirty(t.Context()); dirty || err != nil {
		t.Errorf("Dirty: %v, %v", dirty, err)
	}
}

func TestHeadAndResolve(t *testing.T) {
	s := newSandbox(t)
	s.write("data/items/dibao/item.toml", dibao)
	first := s.commit("data: 设立 低保")
	s.git("tag", "-a", "-m", "发布", "2025-03-01")
	second := s.commit("empty")
	r := s.open()

	head, err := r.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := time.Date(2025, 3, 1, 1, 30, 0, 0, time.UTC)
	if head.Hash != second || head.Tree != s.git("rev-parse", "HEAD^{tree}") || head.Subject != "empty" ||
		head.Time != want || head.Changes != nil {
		t.Errorf("Head = %+v", head)
	}
	for _, rev := range []string{first, first[:10], "HEAD~1", "2025-03-01"} { // a tag becomes its commit
		if got, err := r.Resolve(t.Context(), rev); err != nil || got != first {
			t.Errorf("Resolve(%q) = %q, %v", rev, got, err)
		}
	}
	for _, rev := range []string{"", "-", "--all", "--output=x", "nothing", "^HEAD", "HEAD~1..HEAD", "HEAD:data",
		strings.Repeat("ab", 20), "HEAD\x00"} {
		got, err := r.Resolve(t.Context(), rev)
		if err == nil || got != "" {
			t.Errorf("Resolve(%q) = %q, %v", rev, got, err)
		}
		if rev != "HEAD\x00" && !errors.Is(err, ErrUnknownRevision) {
			t.Errorf("Resolve(%q): %v, want ErrUnknownRevision", rev, err)
		}
	}
}

func TestDirty(t *testing.T) {
	s := newSandbox(t)
	s.write(".gitignore", "*.swp\n")
	s.write("data/items/dibao/item.toml", dibao)
	s.write("content/帮助.md", "# 帮助\n")
	s.commit("data: 低保")
	r := s.open()
	dirty := func(want bool, why string, paths ...string) {
		t.Helper()
		if got, err := r.Dirty(t.Context(), paths...); err != nil || got != want {
			t.Errorf("%s: Dirty(%q) = %v, %v", why, paths, got, err)
		}
	}
	dirty(false, "clean")
	s.write("data/items/dibao/.item.toml.swp", "x")
	dirty(false, "ignored by the repository")
	s.write("content/新.md", "# 新\n")
	dirty(true, "new file")
	dirty(true, "new file", "data", "content")
	dirty(false, "new file elsewhere", "data")
	s.write("data/items/dibao/item.toml", "id = \"dibao\"\n")
	dirty(true, "edited", "data")
	s.git("add", "data")
	dirty(true, "staged", "data/items")
	if _, err := r.Dirty(t.Context(), "../data"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("a path out of the site: %v", err)
	}
}

// A hook, an editor or a hostile CI variable may point git elsewhere.
func TestHostileEnvironment(t *testing.T) {
	other := newSandbox(t)
	other.write("data/items/wrong.toml", "id = \"wrong\"\n")
	other.commit("wrong repository")
	s := newSandbox(t)
	s.write("data/items/dibao/item.toml", dibao)
	right := s.commit("data: 低保")
	trap := filepath.Join(t.TempDir(), "ran")
	for name, value := range map[string]string{
		"GIT_DIR": filepath.Join(other.dir, ".git"), "GIT_WORK_TREE": other.dir,
		"GIT_INDEX_FILE": filepath.Join(other.dir, ".git", "index"), "GIT_OBJECT_DIRECTORY": other.dir,
		"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": "touch " + trap,
		"GIT_CONFIG_PARAMETERS": "'log.showroot'='false'", "GIT_EXTERNAL_DIFF": "touch " + trap,
		"GIT_PAGER": "touch " + trap, "GIT_TRACE": "1", "LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN",
	} {
		t.Setenv(name, value)
	}
	r := s.open()
	commits, err := r.Log(t.Context(), "", "", "data")
	if err != nil || len(commits) != 1 || commits[0].Hash != right || len(commits[0].Changes) != 1 {
		t.Errorf("Log = %+v, %v", commits, err)
	}
	if dirty, err := r.Dirty(t.Context()); dirty || err != nil {
		t.Errorf("Dirty = %v, %v", dirty, err)
	}
	if _, err := os.Stat(trap); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a program ran: %v", err)
	}
}

// The repository's own configuration may neither run programs nor bend the answers.
func TestHostileConfiguration(t *testing.T) {
	s := newSandbox(t)
	trap := filepath.Join(t.TempDir(), "ran")
	s.write("order", "data/z*\n")
	s.write("data/a.toml", dibao)
	s.write("data/z.toml", dibao)
	s.commit("data: 低保")
	for _, setting := range [][2]string{
		{"core.fsmonitor", "touch " + trap}, {"diff.external", "touch " + trap}, {"gpg.program", trap},
		{"log.showSignature", "true"}, {"log.showRoot", "false"}, {"log.follow", "true"}, {"log.diffMerges", "off"},
		{"diff.orderFile", "order"}, {"color.ui", "always"}, {"core.abbrev", "7"}, {"status.showUntrackedFiles", "no"},
		{"diff.relative", "false"}, {"log.date", "relative"}, {"core.quotePath", "true"},
	} {
		s.git("config", setting[0], setting[1])
	}
	s.write("data/new.toml", dibao)
	r := s.open()
	commits, err := r.Log(t.Context(), "", "", "data")
	if err != nil || len(commits) != 1 {
		t.Fatalf("Log = %+v, %v", commits, err)
	}
	if got := summary(commits[0]); got != "A data/a.toml, A data/z.toml" {
		t.Errorf("changes %s", got)
	}
	if dirty, err := r.Dirty(t.Context(), "data"); !dirty || err != nil {
		t.Errorf("Dirty = %v, %v", dirty, err)
	}
	if _, err := os.Stat(trap); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a program ran: %v", err)
	}
}

// A CI checkout is often owned by another user than the one who builds.
func TestForeignOwner(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root may give files away")
	}
	s := newSandbox(t)
	s.write("data/items/dibao/item.toml", dibao)
	s.commit("data: 低保")
	for _, name := range []string{s.dir, filepath.Join(s.dir, ".git")} {
		if err := os.Chown(name, 65534, 65534); err != nil {
			t.Skip("cannot give files away: ", err)
		}
	}
	if commits, err := s.open().Log(t.Context(), "", ""); err != nil || len(commits) != 1 {
		t.Errorf("Log = %+v, %v", commits, err)
	}
}

func TestCloseAndCancel(t *testing.T) {
	s := newSandbox(t)
	s.write("data/items/dibao/item.toml", dibao)
	s.commit("data: 低保")
	r := s.open()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Log(ctx, "", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("Log after cancel: %v", err)
	}

	id := s.git("rev-parse", "HEAD:data/items/dibao/item.toml")
	ctx, cancel = context.WithCancel(t.Context())
	calls := 0
	err := r.Blobs(ctx, slices.Repeat([]string{id}, 50_000), func(string, []byte) error {
		if calls++; calls == 3 {
			cancel()
		}
		return ctx.Err()
	})
	if !errors.Is(err, context.Canceled) || calls != 3 {
		t.Errorf("cancel within Blobs: %v after %d calls", err, calls)
	}

	calls = 0
	err = r.Blobs(t.Context(), slices.Repeat([]string{id}, 50_000), func(string, []byte) error {
		if calls++; calls == 2 {
			r.Close()
		}
		return nil
	})
	if !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Close within Blobs: %v after %d calls", err, calls)
	}
	if _, err := r.Head(t.Context()); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Head after Close: %v", err)
	}
}
