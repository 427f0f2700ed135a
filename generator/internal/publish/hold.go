package publish

import (
	"context"
	"errors"
	"os"
	"time"

	"banshi/generator/internal/output"
)

// Held is a published folder that nobody else writes until it is closed. Who decides what to publish by reading records holds the folder
// from before it reads them: of two that only locked to write, the one that read earlier could publish last.
type Held struct {
	Found  Recovery // what an interrupted publish had left, and what became of it
	Waited bool     // for another to be done, so that what was read before is old
	disk   disk
	unlock func()
}

// askAgain is how often a folder that another holds is looked at.
const askAgain = 100 * time.Millisecond

// Hold locks a folder, which it makes if need be, and completes or undoes what an interrupted publish left in it. While another holds
// it, busy is called once with an error that says so and by whom; if it returns an error that is returned, else Hold waits until the other is
// done or ctx ends. A nil busy does not wait.
func Hold(ctx context.Context, dir string, busy func(error) error) (*Held, error) {
	if busy == nil {
		busy = func(err error) error { return err }
	}
	return disk{root: dir}.hold(ctx, busy)
}

func (d disk) hold(ctx context.Context, busy func(error) error) (*Held, error) {
	h := &Held{disk: d}
	if err := os.MkdirAll(d.root, 0o755); err != nil {
		return nil, err
	}
	var err error
	for h.unlock, err = d.lock(); err != nil; h.unlock, err = d.lock() {
		if !errors.Is(err, errBusy) {
			return nil, err
		}
		if !h.Waited {
			if err := busy(err); err != nil {
				return nil, err
			}
			h.Waited = true
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(askAgain):
		}
	}
	if h.Found, err = d.recover(); err != nil {
		h.unlock()
		return nil, err
	}
	return h, nil
}

// Close lets others write the folder again.
func (h *Held) Close() { h.unlock() }

// Current reports whether the folder already holds this part (none: the whole) of what the same program made from the same inputs, so that nothing
// needs to be made: the manifest says so, and every file is in place with its size. Result counts all files as kept.
func (h *Held) Current(version string, inputs output.Stamp, part Part) (Result, bool) {
	return h.disk.current(version, inputs, part)
}

// Publish makes the folder hold the given files; see [Publish].
func (h *Held) Publish(files []output.File, o Options) (Result, error) {
	if o.Swap {
		return h.disk.publishBeside(files, o)
	}
	return h.disk.publish(files, o)
}
