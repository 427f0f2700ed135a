package publish

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"banshi/generator/internal/output"
)

// Create makes a folder that is never changed again: it holds exactly the files of all rounds, or is not there at all. A round is
// asked for when the files of the round before are written, so that a later one can say what came out (a list of digests). The files
// of a round are written on all processors in the order given, the longest work first.
//
// Errors: dir exists (fs.ErrExist); another Create beside it is under way; a path that is unsafe or given twice; a Write that fails,
// with its path (of several the first by path); input and output. After an error there is no dir.
func Create(dir string, rounds ...func() ([]output.File, error)) error {
	return disk{root: filepath.Dir(dir)}.createFolder(filepath.Base(dir), rounds)
}

func (d disk) createFolder(name string, rounds []func() ([]output.File, error)) error {
	if err := d.mkdirAll("."); err != nil {
		return err
	}
	unlock, err := d.lock()
	if err != nil {
		return err
	}
	defer unlock()
	there, err := d.lstat(name)
	if err != nil {
		return err
	}
	if there != nil {
		return &os.PathError{Op: "create", Path: d.shown(name), Err: fs.ErrExist}
	}
	part := "." + name + ".part"
	if err := d.removeAll(part); err != nil { // of a run that was interrupted
		return err
	}
	if err = d.fill(part, rounds); err == nil {
		err = d.syncAll()
	}
	if err == nil {
		err = d.rename(part, name)
	}
	if err != nil {
		return errors.Join(err, d.removeAll(part))
	}
	return d.syncRoot()
}

// fill writes the files of all rounds into a folder.
func (d disk) fill(folder string, rounds []func() ([]output.File, error)) error {
	var all []output.File
	for _, round := range rounds {
		files, err := round()
		if err != nil {
			return err
		}
		all = append(all, files...)
		if err := output.Collisions(all); err != nil {
			return err
		}
		var failed failure
		each(runtime.GOMAXPROCS(0), len(files), func(i int) {
			if failed.before(files[i].Path) {
				return
			}
			if err := d.stream(folder, files[i]); err != nil {
				failed.report(files[i].Path, fmt.Errorf("%s: %w", files[i].Path, err))
			}
		})
		if failed.err != nil {
			return failed.err
		}
	}
	return nil
}

// stream writes one file.
func (d disk) stream(folder string, f output.File) error {
	path := folder + "/" + f.Path
	if err := d.mkdirAll(parent(path)); err != nil {
		return err
	}
	out, err := d.create(path)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(faulty{d, out}, 1<<16)
	err = f.Write(b)
	if flushed := b.Flush(); err == nil {
		err = flushed
	}
	return errors.Join(err, d.close(out))
}

// faulty is a file whose writes go through the disk, where tests let them fail.
type faulty struct {
	disk disk
	file *os.File
}

func (f faulty) Write(p []byte) (int, error) {
	if err := f.disk.write(f.file, p); err != nil {
		return 0, err
	}
	return len(p), nil
}
