package publish

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"banshi/generator/internal/output"
)

// The names that publish keeps for itself at the root of the folder. No published file may have them.
const (
	manifestName = ".manifest"
	journalName  = ".journal"
	lockName     = ".lock"
	stagingName  = ".staging"
	swapName     = ".swap"

	stagedTree     = stagingName + "/tree/" // before a published path
	stagedManifest = stagingName + "/manifest"
	stagedJournal  = stagingName + "/journal"
)

// disk is the published folder. All that is read from or done to it goes through its methods, whose paths are slash-separated
// and relative to root.
type disk struct {
	root string
	// fault is nil but in tests. It is called before each operation and, when it returns an error, instead of it; a write is
	// half done then.
	fault func(op, path string) error
}

func (d disk) at(path string) string { return d.root + "/" + path }

func (d disk) meet(op, path string) error {
	if d.fault == nil {
		return nil
	}
	return d.fault(op, path)
}

// lstat returns nil, nil when there is nothing at path.
func (d disk) lstat(path string) (fs.FileInfo, error) {
	if err := d.meet("lstat", path); err != nil {
		return nil, err
	}
	info, err := os.Lstat(d.at(path))
	if isGone(err) {
		return nil, nil
	}
	return info, err
}

// readFile returns nil, nil when there is nothing at path.
func (d disk) readFile(path string) ([]byte, error) {
	if err := d.meet("read", path); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(d.at(path))
	if isGone(err) {
		return nil, nil
	}
	return data, err
}

// readLine returns the first line of a file with its end, "" when there is nothing at path.
func (d disk) readLine(path string) (string, error) {
	if err := d.meet("read", path); err != nil {
		return "", err
	}
	f, err := os.Open(d.at(path))
	if err != nil {
		if isGone(err) {
			err = nil
		}
		return "", err
	}
	defer f.Close()
	line, err := bufio.NewReader(f).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return line, err
}

// readInto reads the file at path into buf, grown if need be.
func (d disk) readInto(buf []byte, path string) ([]byte, error) {
	if err := d.meet("read", path); err != nil {
		return buf, err
	}
	f, err := os.Open(d.at(path))
	if err != nil {
		return buf, err
	}
	defer f.Close()
	b := bytes.NewBuffer(buf[:0])
	_, err = b.ReadFrom(f)
	return b.Bytes(), err
}

// copyTo streams the file at path.
func (d disk) copyTo(w io.Writer, path string) error {
	if err := d.meet("read", path); err != nil {
		return err
	}
	f, err := os.Open(d.at(path))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

func (d disk) readDir(path string) ([]fs.DirEntry, error) {
	if err := d.meet("readdir", path); err != nil {
		return nil, err
	}
	return os.ReadDir(d.at(path))
}

func (d disk) mkdirAll(path string) error {
	if err := d.meet("mkdir", path); err != nil {
		return err
	}
	return os.MkdirAll(d.at(path), 0o755)
}

// create makes a file that is not there yet: staging is empty at first and no two files share a path.
func (d disk) create(path string) (*os.File, error) {
	if err := d.meet("create", path); err != nil {
		return nil, err
	}
	return os.OpenFile(d.at(path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

func (d disk) write(f *os.File, data []byte) error {
	if d.fault != nil {
		half := len(data) / 2
		if _, err := f.Write(data[:half]); err != nil {
			return err
		}
		if err := d.fault("write", f.Name()); err != nil {
			return err
		}
		data = data[half:]
	}
	_, err := f.Write(data)
	return err
}

func (d disk) close(f *os.File) error {
	return errors.Join(d.meet("close", f.Name()), f.Close())
}

func (d disk) writeFile(path string, data []byte) error {
	f, err := d.create(path)
	if err != nil {
		return err
	}
	err = d.write(f, data)
	return errors.Join(err, d.close(f))
}

func (d disk) rename(from, to string) error {
	if err := d.meet("rename", to); err != nil {
		return err
	}
	return os.Rename(d.at(from), d.at(to))
}

// link gives a file a second name.
func (d disk) link(from, to string) error {
	if err := d.meet("link", to); err != nil {
		return err
	}
	return os.Link(d.at(from), d.at(to))
}

// mkdir makes a folder with exactly these permissions.
func (d disk) mkdir(path string, mode fs.FileMode) error {
	if err := d.meet("mkdir", path); err != nil {
		return err
	}
	if err := os.Mkdir(d.at(path), 0o755); err != nil || mode.Perm() == 0o755 {
		return err
	}
	return os.Chmod(d.at(path), mode.Perm())
}

// exchange lets two folders trade names in one instant.
func (d disk) exchange(one, other string) error {
	if err := d.meet("exchange", one); err != nil {
		return err
	}
	return exchange(d.at(one), d.at(other))
}

// remove removes a file, or an empty folder; it is no error when there is nothing at path.
func (d disk) remove(path string) error {
	if err := d.meet("remove", path); err != nil {
		return err
	}
	if err := os.Remove(d.at(path)); !isGone(err) {
		return err
	}
	return nil
}

func (d disk) removeAll(path string) error {
	if err := d.meet("removeall", path); err != nil {
		return err
	}
	return os.RemoveAll(d.at(path))
}

// syncAll makes all that was written below root durable.
func (d disk) syncAll() error {
	if err := d.meet("syncfs", ""); err != nil {
		return err
	}
	return syncVolume(d.root)
}

// syncRoot makes the names at root durable.
func (d disk) syncRoot() error {
	if err := d.meet("sync", ""); err != nil {
		return err
	}
	return syncFolder(d.root)
}

// isGone tells whether an error says that there is nothing at a path; a path below a file counts.
func isGone(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// checkPath returns an error unless path may be published: see [output.CheckPath] and the names above. Manifest and journal are
// checked as well, since what they name gets removed.
func checkPath(path string) error {
	if err := output.CheckPath(path); err != nil {
		return err
	}
	return checkReserved(path)
}

func checkReserved(path string) error {
	if path[0] != '.' {
		return nil
	}
	first, _, _ := strings.Cut(path, "/")
	for _, name := range []string{manifestName, journalName, lockName, stagingName, swapName} {
		if strings.EqualFold(first, name) {
			return errors.New(path + "：这个名字留给发布程序自己用 (this name is reserved)")
		}
	}
	return nil
}

// shown is how messages name a path: with the folder, as the reader's shell knows it.
func (d disk) shown(path string) string { return filepath.Join(d.root, filepath.FromSlash(path)) }
