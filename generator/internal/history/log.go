package history

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"time"
)

// header is one commit as Log asks for it; the subject stands last since it may hold blanks.
const header = "--format=tformat:%H %T %ct %s"

// Head returns the newest commit, without Changes. ErrNoCommits when there is none.
func (r *Repo) Head(ctx context.Context) (Commit, error) { return r.one(ctx, "HEAD") }

// Commit returns the commit that rev names, without Changes. ErrUnknownRevision when there is none.
func (r *Repo) Commit(ctx context.Context, rev string) (Commit, error) {
	hash, err := r.Resolve(ctx, rev)
	if err != nil {
		return Commit{}, err
	}
	return r.one(ctx, hash)
}

// Before returns the newest commit of the first-parent line up to HEAD that touches paths (files or folders) and was made at the time or
// before, without Changes; false where there is none.
func (r *Repo) Before(ctx context.Context, at time.Time, paths ...string) (Commit, bool, error) {
	paths, err := pathspecs(paths)
	if err != nil {
		return Commit{}, false, err
	}
	args := []string{"--max-count=1", "--no-patch", "--first-parent", "--before=" + at.Format(time.RFC3339), "HEAD", "--"}
	commits, err := r.log(ctx, append(args, paths...)...)
	if err != nil || len(commits) == 0 {
		return Commit{}, false, err
	}
	return commits[0], true, nil
}

func (r *Repo) one(ctx context.Context, rev string) (Commit, error) {
	commits, err := r.log(ctx, "--max-count=1", "--no-patch", rev, "--")
	if err != nil {
		return Commit{}, err
	}
	if len(commits) != 1 {
		return Commit{}, fmt.Errorf("git log: %d commits where one was asked for", len(commits))
	}
	return commits[0], nil
}

// Contains tells whether a commit is another or comes after it. ErrUnknownRevision when there is none of either.
func (r *Repo) Contains(ctx context.Context, commit, other string) (bool, error) {
	hashes := [2]string{commit, other}
	for i, rev := range hashes {
		var err error
		if hashes[i], err = r.Resolve(ctx, rev); err != nil {
			return false, err
		}
	}
	n, err := r.output(ctx, "rev-list", "--count", "--max-count=1", hashes[1], "^"+hashes[0])
	return strings.TrimSpace(n) == "0", err
}

// Log returns the first-parent line of a revision ("" is HEAD), oldest first, as far as it
// touches paths (files or folders; none: the whole site), in one pass of git.
// Commits that touch nothing there are left out; one that touches only what is
// no regular file stays, with no Changes. With since, a revision, the commits
// reachable from it are left out. ErrNoCommits, ErrShallow and
// ErrUnknownRevision as their names say.
func (r *Repo) Log(ctx context.Context, at, since string, paths ...string) ([]Commit, error) {
	if r.shallow {
		return nil, ErrShallow
	}
	paths, err := pathspecs(paths)
	if err != nil {
		return nil, err
	}
	tip := "HEAD"
	if at != "" {
		if tip, err = r.Resolve(ctx, at); err != nil {
			return nil, err
		}
	}
	args := []string{"--reverse", "--first-parent", "--diff-merges=first-parent",
		"--raw", "--no-abbrev", "--no-renames", "--relative", "-O/dev/null", tip}
	if since != "" {
		hash, err := r.Resolve(ctx, since)
		if err != nil {
			return nil, err
		}
		args = append(args, "^"+hash)
	}
	return r.log(ctx, append(append(args, "--"), paths...)...)
}

// log runs git log and reads its commits; an empty repository is ErrNoCommits.
func (r *Repo) log(ctx context.Context, args ...string) (commits []Commit, err error) {
	args = append([]string{"log", "-z", "--encoding=UTF-8", header}, args...)
	err = r.run(ctx, "", func(out io.Reader) (err error) {
		commits, err = readLog(bufio.NewReaderSize(out, 1<<16))
		return err
	}, args...)
	var failed *gitError
	if errors.As(err, &failed) {
		if _, unborn := r.Resolve(ctx, "HEAD"); errors.Is(unborn, ErrUnknownRevision) {
			return nil, ErrNoCommits
		}
	}
	return commits, err
}

// readLog reads "git log -z --raw": after each header, ":modes ids status" and
// a path for every change, all ended by NUL; the first change of a commit
// follows a newline.
func readLog(in *bufio.Reader) ([]Commit, error) {
	var commits []Commit
	for {
		token, err := field(in)
		if err == io.EOF {
			return commits, nil
		}
		if err != nil {
			return nil, err
		}
		token = strings.TrimPrefix(token, "\n")
		raw, isChange := strings.CutPrefix(token, ":")
		if !isChange {
			commit, err := parseHeader(token)
			if err != nil {
				return nil, err
			}
			commits = append(commits, commit)
			continue
		}
		path, err := field(in)
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		if len(commits) == 0 {
			return nil, fmt.Errorf("git log: a change before any commit: %q", token)
		}
		change, counts, err := parseChange(raw, path)
		if err != nil {
			return nil, err
		}
		if counts {
			last := &commits[len(commits)-1]
			last.Changes = append(last.Changes, change)
		}
	}
}

// field reads up to the next NUL: io.EOF at the end, io.ErrUnexpectedEOF inside a field.
func field(in *bufio.Reader) (string, error) {
	text, err := in.ReadString(0)
	if err == io.EOF && text != "" {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return "", err
	}
	return text[:len(text)-1], nil
}

func parseHeader(line string) (Commit, error) {
	parts := strings.SplitN(line, " ", 4)
	if len(parts) != 4 || !isHash(parts[0]) || !isHash(parts[1]) {
		return Commit{}, fmt.Errorf("git log: not a commit: %q", line)
	}
	seconds, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return Commit{}, fmt.Errorf("git log: commit time of %s: %w", parts[0], err)
	}
	return Commit{Hash: parts[0], Tree: parts[1], Time: time.Unix(seconds, 0).UTC(), Subject: parts[3]}, nil
}

// parseChange reads "oldmode newmode oldid newid status"; counts is false for
// what the package leaves out. The status follows from the ids, not from
// git's letter: a file that becomes a link (T) is gone for us.
func parseChange(raw, path string) (change Change, counts bool, err error) {
	parts := strings.Split(raw, " ")
	if len(parts) != 5 || !isHash(parts[2]) || !isHash(parts[3]) {
		return Change{}, false, fmt.Errorf("git log: not a change: %q", raw)
	}
	change.Path = path
	if isRegular(parts[0]) {
		change.Old = parts[2]
	}
	if isRegular(parts[1]) {
		change.New = parts[3]
	}
	switch {
	case change.Old == change.New: // both absent, or only the mode changed
		return Change{}, false, nil
	case change.Old == "":
		change.Status = 'A'
	case change.New == "":
		change.Status = 'D'
	default:
		change.Status = 'M'
	}
	return change, fs.ValidPath(path), nil
}

// isRegular tells whether a git file mode is that of a regular file; 000000 is
// absent, 120000 a link, 160000 a submodule.
func isRegular(mode string) bool { return strings.HasPrefix(mode, "100") }
