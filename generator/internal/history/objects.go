package history

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"sync"
	"time"
)

// Objects reads single blobs, in any order, out of one process of git that waits for the next question. It starts with the
// first question. For many blobs at once Repo.Blobs is faster: git need not be asked one at a time.
type Objects struct {
	repo *Repo

	mu     sync.Mutex
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr *head
	failed error // of the process; it is not started again
}

// Objects returns a reader of single blobs. It must be closed.
func (r *Repo) Objects() *Objects { return &Objects{repo: r} }

// Get returns the content of a blob; the bytes are the caller's. It may be called by several goroutines. The errors are those
// of Repo.Blobs, and fs.ErrClosed after Close.
func (o *Objects) Get(id string) ([]byte, error) {
	if !isHash(id) {
		return nil, fmt.Errorf("%q is not an object id", id)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.failed == nil && o.cmd == nil {
		o.failed = o.start()
	}
	if o.failed != nil {
		return nil, o.failed
	}
	data, err := o.ask(id)
	if err != nil {
		// What is left in the pipe belongs to no question that could be told: the process is of no use any more.
		o.failed = o.stop(err)
		return nil, o.failed
	}
	return data, nil
}

func (o *Objects) ask(id string) ([]byte, error) {
	if _, err := io.WriteString(o.in, id+"\n"); err != nil {
		return nil, err
	}
	return readBlob(o.out, id)
}

func (o *Objects) start() error {
	if err := o.repo.life.Err(); err != nil {
		return context.Cause(o.repo.life)
	}
	o.cmd = o.repo.command(o.repo.life, "cat-file", "--batch")
	o.stderr = &head{limit: 1 << 10}
	o.cmd.Stderr = o.stderr
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if o.in, err = o.cmd.StdinPipe(); err != nil {
		return err
	}
	o.out = bufio.NewReaderSize(out, 1<<16)
	if err := o.cmd.Start(); err != nil {
		return &gitError{command: "cat-file", err: err}
	}
	return nil
}

// stop ends the process after err and says why it failed, if it did.
func (o *Objects) stop(err error) error {
	if o.cmd == nil || o.cmd.Process == nil {
		return err
	}
	o.in.Close()
	io.Copy(io.Discard, o.out) // git must not block on a pipe that nobody reads
	if wait := o.cmd.Wait(); wait != nil && o.repo.life.Err() == nil {
		return failure("cat-file", o.stderr.kept, wait)
	}
	if o.repo.life.Err() != nil {
		return context.Cause(o.repo.life)
	}
	return err
}

// Close ends the process; later questions fail with fs.ErrClosed. It always returns nil.
func (o *Objects) Close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.failed == nil {
		o.failed = fs.ErrClosed
		o.stop(fs.ErrClosed)
	}
	return nil
}

// command is a run of git in the site's root with the settings and the environment of the package.
func (r *Repo) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, r.git, append(append([]string{"-C", r.dir}, settings...), args...)...)
	cmd.Env = r.env
	cmd.WaitDelay = 5 * time.Second
	return cmd
}
