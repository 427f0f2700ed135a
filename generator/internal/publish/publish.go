// Package publish brings a folder on disk to hold exactly the given files, writing only what changed, and all or nothing.
//
//   - A file is rendered when its stamp differs from the one in the manifest of the last publish, when that manifest does not
//     list it, or when it is not in place as a regular file of the listed size. All others are not touched and keep their times;
//     so does a file that was rendered anew and came out with the bytes that are in place.
//   - With [Options.Compress] a file has its compressed forms beside it, which come and go with it; see forms.go.
//   - Files that an earlier publish made and that are not wanted any more are removed, with the folders this leaves empty. Files
//     that publish did not make (.gitignore) are left alone, unless a wanted file has their very path.
//   - At any moment, and after any crash, loss of power or failing disk, the folder holds either what it held before, or a
//     journal from which [Recover] completes the new state. No file is ever seen half written. A failure while rendering changes
//     nothing.
//   - The result depends on the files alone: not on their order, the number of workers or the time.
//   - Pages stream from their Write to disk; what is held in memory is a few dozen bytes a file.
//
// In the folder stand, besides the site: .manifest (path, size and stamp of every file), .lock, and while a publish is under way
// .staging and .journal. [Options.Swap] works beside the folder instead; see swap.go. The order of events is the whole of the safety:
//
//  1. render what changed into .staging/tree, write .staging/manifest and .staging/journal
//  2. make all of it durable (one syncfs: an fsync for each of 100,000 files would take minutes)
//  3. rename .staging/journal to .journal: from here on the new state is the one that will be
//  4. remove what is gone, rename what is new into place, folders that did not exist as a whole, .manifest last
//  5. make that durable, remove .journal, remove .staging
//
// Each event of 4 may be done twice, so a journal is completed by running it from the start. Without a complete journal .staging
// is thrown away.
package publish

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"

	"banshi/generator/internal/output"
)

// Options says how to publish. The zero value is usable.
type Options struct {
	Jobs     int    // workers; 0 means one for each processor
	Version  string // of the program; stamps in a manifest of another version are not trusted
	Full     bool   // render every file whatever the stamps say
	Compress bool   // lay gzip and brotli forms beside the files that are worth it; see forms.go
	Swap     bool   // prepare a whole tree beside the folder and exchange the two in one instant; see swap.go

	// Inputs, when not zero, is the stamp of everything the files are made from, for [Held.Current].
	Inputs output.Stamp

	// Part, when its name is not empty, says that the files are a part of a site; it needs Inputs. See [Held.Merge].
	Part Part

	// Progress, when set, is called after each rendered file, from one goroutine at a time, with the number of files rendered
	// so far and to be rendered, and the bytes rendered so far.
	Progress func(done, total int, bytes int64)
	// LetGo makes the Write of a file nil when it was rendered, so that what only that file needs goes while others are written.
	LetGo bool
}

// Result counts what a publish did.
type Result struct {
	Files        int   // in the folder now
	Written      int   // of these, new or with new bytes
	Kept         int   // of these, left as they were
	Removed      int   // that were there before
	Bytes        int64 // of all Files
	Forms        int   // of Files, compressed forms of others
	WrittenBytes int64 // of those Written
}

// Publish makes dir hold the given files and returns what that took. It first completes or undoes an interrupted publish, and does not
// wait for another: see [Hold].
//
// Errors: paths that collide or are unsafe (see [output.Collisions]); another publish into dir under way; a folder with files
// that publish did not make where a file belongs; a symbolic link where a folder belongs; a Write that fails, with its path (of
// several the first by path); input and output. With all of them dir is unchanged, or, when the failure came after the decision
// to go forward, the next Publish or [Recover] completes the new state, and the error says so.
func Publish(dir string, files []output.File, o Options) (Result, error) {
	h, err := Hold(context.Background(), dir, nil)
	if err != nil {
		return Result{}, err
	}
	defer h.Close()
	return h.Publish(files, o)
}

// current is [Held.Current].
func (d disk) current(version string, inputs output.Stamp, part Part) (Result, bool) {
	m, err := d.readManifestHead()
	if err != nil || m.missing || m.version != version || m.inputs != inputs || m.part.Name != part.Name || inputs == (output.Stamp{}) {
		return Result{}, false
	}
	if m, err = d.readManifest(); err != nil {
		return Result{}, false
	}
	var elsewhere atomic.Bool
	const block = 512
	each(runtime.GOMAXPROCS(0), (len(m.entries)+block-1)/block, func(i int) {
		for _, e := range m.entries[i*block : min(len(m.entries), (i+1)*block)] {
			info, err := d.lstat(e.path)
			if err != nil || info == nil || !info.Mode().IsRegular() || info.Size() != e.size {
				elsewhere.Store(true)
				return
			}
		}
	})
	r := Result{Files: len(m.entries), Kept: len(m.entries)}
	for _, e := range m.entries {
		r.Bytes += e.size
	}
	return r, !elsewhere.Load()
}

// Recovery is what became of what an interrupted publish had left.
type Recovery int

// What a recovery did.
const (
	Whole     Recovery = iota // nothing: no publish was interrupted
	Undone                    // the old state is the one that is: what was prepared is gone
	Completed                 // the new state is the one that is
)

// Recover completes or undoes what an interrupted publish left in dir, so that it is exactly the new or the old state. It does
// nothing, at the cost of a few system calls, when there is nothing to do, and also while another publish is still at work.
func Recover(dir string) (Recovery, error) {
	return disk{root: dir}.recoverUnlocked()
}

// publish is Publish in a folder that is locked and whole.
func (d disk) publish(files []output.File, o Options) (Result, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	items, err := arrange(files)
	if err != nil {
		return Result{}, err
	}
	if o.Compress {
		giveForms(items)
	}
	old, err := d.readManifest()
	if err == nil {
		err = d.mayHold(o.Part, old)
	}
	if err != nil {
		return Result{}, err
	}
	p, err := d.compare(items, old, o)
	if err == nil {
		err = p.render(o)
	}
	p.settleForms()
	if err != nil {
		d.discard() // the first error is the one to tell; what stays behind is discarded by the next command
		return Result{}, err
	}
	if err := p.commit(old, o); err != nil {
		return Result{}, err
	}
	return p.result(), nil
}

// commit puts what was rendered in place of what was there.
func (p *plan) commit(old manifest, o Options) error {
	j, m := p.journal(), p.manifest(o)
	if len(j) == 0 && m.equal(old) {
		return nil
	}
	if err := p.disk.stage(j, m); err != nil {
		p.disk.discard() // as above
		return err
	}
	if err := p.disk.complete(j); err != nil {
		return interrupted{err}
	}
	return nil
}

// interrupted is a failure after the decision for the new state.
type interrupted struct{ err error }

func (i interrupted) Error() string {
	return fmt.Sprintf("发布中断，下一条命令会接着完成 (interrupted; the next command will complete it): %v", i.err)
}

func (i interrupted) Unwrap() error { return i.err }
