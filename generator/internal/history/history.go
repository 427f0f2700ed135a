// Package history reads the past of a site from its git repository: commits as
// file trees and changed paths.
//
// A published state is a commit on the first-parent line of HEAD; a merge is
// one state, and its changes are those against its first parent. The past is
// therefore a straight line, oldest first, and every state is a tree of files.
//
// Only regular files count. Symbolic links, submodules and names that no fs.FS
// can hold (invalid UTF-8, "..") are left out everywhere, so what Log reports
// is exactly what FS shows: a file replaced by a link is deleted, a change of
// the executable bit alone is no change. Renames are not guessed: a moved file
// is one deletion and one addition, because a record's identity is its id and
// never its path.
//
// Everything is asked of the git program (2.31 or newer), one process a
// question and never one a file. The program runs without network, hooks,
// prompts, replacement objects or any configuration but the repository's own,
// and nothing here writes: one repository gives one answer on every machine.
// Paths are relative to the site's root, which may be a folder inside the
// repository, use slashes, and are taken literally: no globs, no "..".
package history

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Commit is one published state.
type Commit struct {
	Hash    string    // full object id
	Tree    string    // object id of the whole repository's tree, also when the site is a folder in it
	Time    time.Time // commit time, UTC, whole seconds
	Subject string    // first paragraph of the message; for the console, never published
	Changes []Change  // against the first parent, sorted by path; only Log fills it
}

// Change is one regular file that differs between a commit and its first parent.
type Change struct {
	Path     string // relative to the site's root
	Status   byte   // 'A' added, 'M' content modified, 'D' deleted
	Old, New string // blob ids before and after; empty when absent
}

// Errors that callers tell apart with errors.Is. Each says how to mend it.
var (
	// ErrNoRepository: no .git above the directory, or no git program.
	ErrNoRepository = errors.New("没有 git 仓库或 git 程序，没有历史可用：请安装 git，用 git clone 取得数据，或者在新站点里 git init / " +
		"no git repository or no git program, hence no history: install git and get the data with `git clone`, or run `git init` in a new site")
	// ErrShallow: the clone was cut, so old files would all look newly added.
	ErrShallow = errors.New("浅克隆缺少历史：请运行 git fetch --unshallow（CI 中把 fetch-depth 设为 0）/ " +
		"a shallow clone lacks history: run `git fetch --unshallow` (in CI set fetch-depth to 0)")
	// ErrPartial: the clone was filtered and a wanted blob is absent.
	ErrPartial = errors.New("部分克隆缺少文件内容：请不带 --filter 重新克隆 / " +
		"a partial clone lacks file contents: clone again without --filter")
	// ErrNoCommits: the repository is empty.
	ErrNoCommits = errors.New("仓库还没有提交：请先运行 git commit / " +
		"the repository has no commits yet: run `git commit` first")
	// ErrUnknownRevision: a revision names no commit of this repository.
	ErrUnknownRevision = errors.New("找不到这个提交：请给出提交号、标签或分支名 / " +
		"no such commit: give a commit hash, a tag or a branch")
)

// Repo answers questions about the repository a site lives in. It holds no
// process between questions and may be used by several goroutines at once.
type Repo struct {
	git     string // absolute path of the program
	dir     string // absolute path of the site's root
	env     []string
	shallow bool

	life context.Context // ends at Close and takes running processes with it
	end  context.CancelCauseFunc
}

// Open finds the repository that holds dir, the site's root. It returns
// ErrNoRepository when there is none or no git program is installed. In a
// shallow clone it returns ErrShallow together with a Repo that answers
// everything but Log, for those who go on without history.
func Open(dir string) (*Repo, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: errors.New("not a directory")}
	}
	git, err := exec.LookPath("git")
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNoRepository, err)
	}
	if git, err = filepath.Abs(git); err != nil {
		return nil, err
	}
	life, end := context.WithCancelCause(context.Background())
	r := &Repo{git: git, dir: dir, env: environment(os.Environ()), life: life, end: end}
	out, err := r.output(life, "rev-parse", "--is-shallow-repository")
	if err != nil {
		end(nil)
		var failed *gitError
		if errors.As(err, &failed) && strings.Contains(failed.stderr, "not a git repository") {
			return nil, fmt.Errorf("%s: %w", dir, ErrNoRepository)
		}
		return nil, err
	}
	if strings.TrimSpace(out) == "true" {
		r.shallow = true
		return r, fmt.Errorf("%s: %w", dir, ErrShallow)
	}
	return r, nil
}

// Close ends every process still running; later questions fail with fs.ErrClosed.
// It always returns nil.
func (r *Repo) Close() error {
	r.end(fs.ErrClosed)
	return nil
}

// Resolve returns the full hash of the commit that rev names: a hash or the
// beginning of one, a tag, a branch, HEAD~3. ErrUnknownRevision when there is
// none; also for anything beginning with "-", which git would take as a flag.
func (r *Repo) Resolve(ctx context.Context, rev string) (string, error) {
	if rev == "" || strings.HasPrefix(rev, "-") {
		return "", fmt.Errorf("%q: %w", rev, ErrUnknownRevision)
	}
	out, err := r.output(ctx, "rev-parse", "--verify", "--quiet", rev+"^{commit}")
	var failed *gitError
	if errors.As(err, &failed) {
		if failed.stderr != "" { // an ambiguous beginning, a broken repository
			return "", fmt.Errorf("%q: %w (%s)", rev, ErrUnknownRevision, failed.stderr)
		}
		return "", fmt.Errorf("%q: %w", rev, ErrUnknownRevision)
	}
	if err != nil {
		return "", err
	}
	hash := strings.TrimSpace(out)
	if !isHash(hash) { // "^main" passes --verify
		return "", fmt.Errorf("%q: %w", rev, ErrUnknownRevision)
	}
	return hash, nil
}

// Dirty tells whether files under paths (none: the whole site) differ from
// HEAD: edited, staged, deleted, or new and not ignored by the repository.
func (r *Repo) Dirty(ctx context.Context, paths ...string) (bool, error) {
	paths, err := pathspecs(paths)
	if err != nil {
		return false, err
	}
	args := append([]string{"status", "--porcelain=v1", "-z", "--untracked-files=normal",
		"--ignore-submodules=all", "--no-renames", "--"}, paths...)
	out, err := r.output(ctx, args...)
	return out != "", err
}

// output runs git and returns what it prints.
func (r *Repo) output(ctx context.Context, args ...string) (string, error) {
	var text strings.Builder
	err := r.run(ctx, "", func(out io.Reader) error {
		_, err := io.Copy(&text, out)
		return err
	}, args...)
	return text.String(), err
}

// pathspecs checks paths and turns none into the whole site.
func pathspecs(paths []string) ([]string, error) {
	for _, path := range paths {
		if !fs.ValidPath(path) {
			return nil, &fs.PathError{Op: "history", Path: path, Err: fs.ErrInvalid}
		}
	}
	if len(paths) == 0 {
		return []string{"."}, nil
	}
	return paths, nil
}

// isHash tells whether s is a full object id, SHA-1 or SHA-256.
func isHash(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}
