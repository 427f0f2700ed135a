package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// settings overrule the repository's own configuration where it could run a
// program or change the answer. A CI checkout is often owned by another user,
// hence safe.directory; it is heeded here since git 2.38.
var settings = []string{
	"--no-pager",
	"--literal-pathspecs",
	"-c", "safe.directory=*",
	"-c", "core.hooksPath=/dev/null",
	"-c", "core.fsmonitor=false",
	"-c", "core.quotePath=false",
	"-c", "core.excludesFile=/dev/null",
	"-c", "core.attributesFile=/dev/null",
	"-c", "color.ui=false",
	"-c", "advice.graftFileDeprecated=false", // about GIT_GRAFT_FILE below
	"-c", "log.showSignature=false",
	"-c", "log.showRoot=true",
	"-c", "log.follow=false",
}

// environment cleans that of this process: every GIT_* variable goes, since a
// hook or a terminal may have set GIT_DIR, GIT_INDEX_FILE or GIT_CONFIG_COUNT
// for another repository. GIT_CEILING_DIRECTORIES stays: it can only keep git
// from walking further up.
func environment(inherited []string) []string {
	env := make([]string, 0, len(inherited)+12)
	for _, entry := range inherited {
		name, _, _ := strings.Cut(strings.ToUpper(entry), "=")
		if !strings.HasPrefix(name, "GIT_") || name == "GIT_CEILING_DIRECTORIES" {
			env = append(env, entry)
		}
	}
	return append(env,
		"LC_ALL=C", // messages are matched
		"GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_GLOBAL=/dev/null",
		"GIT_ATTR_NOSYSTEM=1",
		"GIT_OPTIONAL_LOCKS=0",
		"GIT_TERMINAL_PROMPT=0",
		"GIT_NO_REPLACE_OBJECTS=1",
		"GIT_GRAFT_FILE=/dev/null",
		"GIT_NO_LAZY_FETCH=1",
		"GIT_ALLOW_PROTOCOL=none", // before git 2.45 this is what stops a lazy fetch
	)
}

// gitError is a run of git that failed.
type gitError struct {
	command string // "log", "ls-tree" …
	stderr  string // trimmed, at most 1 KB
	err     error
}

func (e *gitError) Error() string {
	if e.stderr == "" {
		return fmt.Sprintf("git %s: %v", e.command, e.err)
	}
	return fmt.Sprintf("git %s: %s (%v)", e.command, e.stderr, e.err)
}

func (e *gitError) Unwrap() error { return e.err }

// run starts git with args in the site's root, feeds it input and hands its
// output to read. It returns the context's cause when that ended the run, else
// git's own failure, else what read returned. A read that gives up for a
// reason of its own stops git; one that meets io.ErrUnexpectedEOF waits for
// git to say why the output broke off.
func (r *Repo) run(ctx context.Context, input string, read func(io.Reader) error, args ...string) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(r.life, func() { cancel(context.Cause(r.life)) })()
	if r.life.Err() != nil { // AfterFunc would tell too late
		return context.Cause(r.life)
	}
	work, stop := context.WithCancel(ctx)
	defer stop()
	cmd := r.command(work, args...)
	if input != "" {
		cmd.Stdin = strings.NewReader(input)
	}
	stderr := &head{limit: 1 << 10}
	cmd.Stderr = stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return &gitError{command: args[0], err: err}
	}
	readErr := read(out)
	if readErr != nil && !errors.Is(readErr, io.ErrUnexpectedEOF) {
		stop()
	}
	out.Close() // git must not block on a pipe that nobody reads
	waitErr := cmd.Wait()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.As(waitErr, &exit) && exit.Exited():
		return failure(args[0], stderr.kept, waitErr)
	case readErr != nil:
		return readErr
	case waitErr != nil:
		return failure(args[0], stderr.kept, waitErr)
	}
	return nil
}

// failure makes the error of a run; a blob that only a remote has is told apart.
func failure(command string, printed []byte, err error) error {
	stderr := strings.ToValidUTF8(string(bytes.TrimSpace(printed)), "\uFFFD")
	if strings.Contains(stderr, "promisor remote") {
		return fmt.Errorf("%w (git %s: %s)", ErrPartial, command, stderr)
	}
	return &gitError{command: command, stderr: stderr, err: err}
}

// head keeps the first bytes written to it and swallows the rest.
type head struct {
	kept  []byte
	limit int
}

func (h *head) Write(p []byte) (int, error) {
	h.kept = append(h.kept, p[:min(len(p), h.limit-len(h.kept))]...)
	return len(p), nil
}
