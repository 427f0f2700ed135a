package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"

	"banshi/generator/internal/output"
)

// A publish in place changes a site file by file: each is whole at any moment, but a reader may get one page of before and the next of
// after. [Options.Swap] is for those who want one instant. Beside the folder public lie then
//
//	public.next      while a publish is under way: all of public by hard links, into which the new site is published as ever
//	public.previous  the site before, for Rollback
//
// When public.next is whole and durable, it and public trade names in one system call. Which of the two has the file .swap tells after a crash
// whether that has happened: in public.next it has not, and public.next is thrown away; in public it has, and what was public becomes
// public.previous. Files in public that publish did not make (releases, .gitignore) are in all trees. The lock is one file under three names.
const (
	nextSuffix     = ".next"
	previousSuffix = ".previous"

	keepPrevious = "keep\n" // content of .swap: the tree that was replaced becomes public.previous …
	dropPrevious = "drop\n" // … or goes, since it is the same, or no site
)

// errNoSwap means that the system, or the file system of the folder, cannot exchange two folders.
var errNoSwap = errors.New("这里不能整个互换文件夹：要 Linux，和 ext4、XFS、Btrfs、tmpfs 一类的文件系统；文件夹也不能是挂载点。" +
	"不加 --swap 照样不会有半个文件 (folders cannot be exchanged here: that takes Linux, a file system such as ext4, XFS, Btrfs or tmpfs, and a folder that is no mount point; " +
	"without --swap no file is ever half written either)")

// siblings are a published folder and those beside it, as names below disk.
type siblings struct {
	disk                 disk
	name, next, previous string
}

// siblings returns the folders beside; of a symbolic link, those beside what it leads to.
func (d disk) siblings() (siblings, error) {
	dir, err := filepath.Abs(d.root)
	if err != nil {
		return siblings{}, err
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil { // what is not there yet has no link either
		dir = real
	}
	name := filepath.Base(dir)
	return siblings{disk{filepath.Dir(dir), d.fault}, name, name + nextSuffix, name + previousSuffix}, nil
}

// publishBeside is publish with Options.Swap.
func (d disk) publishBeside(files []output.File, o Options) (Result, error) {
	s, err := d.siblings()
	if err != nil {
		return Result{}, err
	}
	old, err := d.readManifest()
	if err != nil {
		return Result{}, err
	}
	r, err := s.prepare(files, o, old)
	if err != nil {
		return Result{}, errors.Join(err, s.disk.removeAll(s.next))
	}
	if err := s.disk.exchange(s.name, s.next); err != nil {
		return Result{}, errors.Join(fmt.Errorf("%w: %w", errNoSwap, err), s.disk.removeAll(s.next))
	}
	if _, err := d.recoverSwap(); err != nil {
		return r, fmt.Errorf("新网站已经换上，收尾时出错，下一条命令会接着完成 (the new site is in place; the next command will tidy up): %w", err)
	}
	return r, nil
}

// prepare makes the whole new tree beside the folder, durable.
func (s siblings) prepare(files []output.File, o Options, old manifest) (Result, error) {
	if err := s.tryExchange(); err != nil {
		return Result{}, err
	}
	if err := s.copyInto(s.next, nil); err != nil {
		return Result{}, err
	}
	next := disk{s.disk.at(s.next), s.disk.fault}
	r, err := next.publish(files, o)
	if i, ok := errors.AsType[interrupted](err); ok {
		err = i.err // there is nothing to complete: the tree is not in place
	}
	if err != nil {
		return r, err
	}
	then := keepPrevious
	if old.missing || r.Written+r.Removed == 0 {
		then = dropPrevious
	}
	if err := next.writeFile(swapName, []byte(then)); err != nil {
		return r, err
	}
	return r, next.syncAll()
}

// tryExchange finds out whether folders can be exchanged and files linked here, before an hour is spent on what is to be exchanged.
func (s siblings) tryExchange() error {
	one, other := s.next+"/1", s.next+"/2"
	err := errors.Join(s.disk.removeAll(s.next), s.disk.mkdirAll(one), s.disk.mkdirAll(other))
	if err != nil {
		return err
	}
	err = s.disk.exchange(one, other)
	if err == nil {
		err = s.disk.link(s.name+"/"+lockName, one+"/"+lockName)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errNoSwap, err)
	}
	return s.disk.removeAll(s.next)
}

// recoverSwap ends what was begun with the folders beside; swapped tells that the new tree is in place.
func (d disk) recoverSwap() (swapped bool, err error) {
	s, err := d.siblings()
	if err != nil {
		return false, err
	}
	then, err := d.readFile(swapName)
	if err != nil {
		return false, err
	}
	if then == nil {
		return false, s.disk.removeAll(s.next)
	}
	next, err := s.disk.lstat(s.next)
	if err == nil {
		err = s.disk.syncRoot() // the exchange must not be lost once the tree before is gone
	}
	if err == nil && next != nil {
		err = s.retire(string(then))
	}
	if err == nil {
		err = d.remove(swapName)
	}
	return true, err
}

// retire puts away the tree that was replaced.
func (s siblings) retire(then string) error {
	if then == dropPrevious {
		return s.disk.removeAll(s.next)
	}
	if err := s.disk.removeAll(s.previous); err != nil {
		return err
	}
	return s.disk.rename(s.next, s.previous)
}

// Rollback exchanges the folder with the site that the last publish with [Options.Swap] replaced. A second one takes the first back. Files
// that publish did not make (releases) stay in both.
func (h *Held) Rollback() (Result, error) {
	s, err := h.disk.siblings()
	if err != nil {
		return Result{}, err
	}
	previous := disk{s.disk.at(s.previous), s.disk.fault}
	m, err := previous.readManifest()
	if err != nil {
		return Result{}, err
	}
	if m.missing {
		return Result{}, fmt.Errorf("%s：没有上一次的网站；build --swap 才会留下它 (there is no site before; only build --swap keeps it)", previous.root)
	}
	now, err := h.disk.readManifest()
	if err != nil {
		return Result{}, err
	}
	if err := s.copyInto(s.previous, now.paths()); err != nil {
		return Result{}, err
	}
	if err := previous.syncAll(); err != nil {
		return Result{}, err
	}
	if err := s.disk.exchange(s.name, s.previous); err != nil {
		return Result{}, fmt.Errorf("%w: %w", errNoSwap, err)
	}
	r := Result{Files: len(m.entries), Kept: len(m.entries)}
	for _, e := range m.entries {
		r.Bytes += e.size
	}
	return r, s.disk.syncRoot()
}

// copyInto gives every file of the folder, but those in without, a second name in a folder beside it, unless that has a file of the name. What
// is of a publish under way is left out; there is none, since the folder is locked and whole.
func (s siblings) copyInto(to string, without map[string]bool) error {
	var folders []string
	files := map[string][]string{}
	var list func(folder string) error
	list = func(folder string) error {
		inside, err := s.disk.readDir(s.name + folder)
		if err != nil {
			return err
		}
		folders = append(folders, folder)
		for _, e := range inside {
			path := folder + "/" + e.Name()
			switch {
			case e.IsDir():
				if err := list(path); err != nil {
					return err
				}
			case !without[path[1:]]:
				files[folder] = append(files[folder], path)
			}
		}
		return nil
	}
	if err := list(""); err != nil {
		return err
	}
	var failed failure
	for _, folder := range folders {
		if without == nil || len(files[folder]) > 0 {
			if err := s.copyFolder(to, folder); err != nil {
				return err
			}
		}
	}
	each(runtime.GOMAXPROCS(0), len(folders), func(i int) {
		for _, path := range files[folders[i]] {
			if err := s.disk.link(s.name+path, to+path); err != nil && !errors.Is(err, fs.ErrExist) {
				failed.report(path, err)
				return
			}
		}
	})
	return failed.err
}

// copyFolder makes a folder, and those above it, with the permissions they have in the folder that is copied.
func (s siblings) copyFolder(to, folder string) error {
	info, err := s.disk.lstat(s.name + folder)
	if err != nil {
		return err
	}
	if info == nil {
		return &fs.PathError{Op: "copy", Path: s.disk.at(s.name + folder), Err: fs.ErrNotExist}
	}
	err = s.disk.mkdir(to+folder, info.Mode())
	if folder != "" && isGone(err) {
		if err := s.copyFolder(to, parent(folder)); err != nil {
			return err
		}
		err = s.disk.mkdir(to+folder, info.Mode())
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}
