package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// journalHead opens a journal. A line for each step follows, then the number of steps, without which it is not complete:
//
//	banshi-journal 1
//	remove 130731/food-business-02.html
//	rmdir 130732
//	rename 130733
//	end 3
const journalHead = "banshi-journal 1\n"

// A step is one change of the folder. Each may be done twice.
type step struct{ verb, path string }

const (
	stepRemove = "remove" // remove the file; not a folder, which would be the new one that replaces it
	stepRmdir  = "rmdir"  // remove the folder if it is empty
	stepRename = "rename" // rename the staged file or folder into place
)

// stage writes manifest and journal beside the rendered files, makes all durable, and takes the decision: with the rename at
// the end the new state is the one that will be.
func (d disk) stage(steps []step, m manifest) error {
	if err := d.mkdirAll(stagingName); err != nil {
		return err
	}
	if err := d.writeFile(stagedManifest, m.text()); err != nil {
		return err
	}
	if err := d.writeFile(stagedJournal, journalText(steps)); err != nil {
		return err
	}
	if err := d.syncAll(); err != nil {
		return err
	}
	return d.rename(stagedJournal, journalName)
}

// complete carries out a journal that is in place, from the start, and removes it.
func (d disk) complete(steps []step) error {
	if err := d.syncRoot(); err != nil { // the decision must not be lost once the first step is done
		return err
	}
	for _, s := range steps {
		if err := d.do(s); err != nil {
			return err
		}
	}
	if err := d.place(stagedManifest, manifestName); err != nil {
		return err
	}
	if err := d.syncAll(); err != nil { // the steps must be durable before the journal is gone
		return err
	}
	return d.discard()
}

// discard ends a publish, good or bad. The journal goes first: staging without a journal needs no thought.
func (d disk) discard() error {
	if err := d.remove(journalName); err != nil {
		return err
	}
	return d.removeAll(stagingName)
}

// recoverUnlocked is Recover.
func (d disk) recoverUnlocked() (Recovery, error) {
	left, err := d.leftBehind()
	if err != nil || !left {
		return Whole, err
	}
	unlock, err := d.lock()
	if errors.Is(err, errBusy) {
		return Whole, nil // not interrupted, but at work
	}
	if err != nil {
		return Whole, err
	}
	defer unlock()
	return d.recover()
}

// leftBehind tells whether there is anything of a publish that has not ended.
func (d disk) leftBehind() (bool, error) {
	for _, name := range []string{journalName, stagingName, swapName} {
		if info, err := d.lstat(name); err != nil || info != nil {
			return info != nil, err
		}
	}
	s, err := d.siblings()
	if err != nil {
		return false, err
	}
	info, err := s.disk.lstat(s.next)
	return info != nil, err
}

// recover completes the journal if there is a complete one, and discards what was staged otherwise; likewise with trees that were to be
// exchanged. The folder is locked.
func (d disk) recover() (Recovery, error) {
	left, err := d.leftBehind()
	if err != nil || !left {
		return Whole, err
	}
	if swapped, err := d.recoverSwap(); err != nil || swapped {
		return Completed, err
	}
	data, err := d.readFile(journalName)
	if err != nil {
		return Whole, err
	}
	if steps, ok := parseJournal(string(data)); ok {
		if err := d.complete(steps); err != nil {
			return Whole, fmt.Errorf("%s：上次发布没有完成，接着做时出错 (completing an interrupted publish): %w", d.root, err)
		}
		return Completed, nil
	}
	return Undone, d.discard()
}

func (d disk) do(s step) error {
	if s.verb == stepRename {
		return d.place(stagedTree+s.path, s.path)
	}
	info, err := d.lstat(s.path)
	if err != nil || info == nil || info.IsDir() != (s.verb == stepRmdir) {
		return err
	}
	if s.verb == stepRmdir {
		inside, err := d.readDir(s.path)
		if err != nil || len(inside) > 0 {
			return err
		}
	}
	return d.remove(s.path)
}

// place renames a staged file or folder into place, unless that was done already.
func (d disk) place(from, to string) error {
	err := d.rename(from, to)
	if !isGone(err) {
		return err
	}
	staged, err := d.lstat(from)
	if err != nil {
		return err
	}
	if staged != nil { // so the folder above is missing: somebody removed it since
		if err := d.mkdirAll(path.Dir(to)); err != nil {
			return err
		}
		return d.rename(from, to)
	}
	if there, err := d.lstat(to); err != nil || there != nil {
		return err
	}
	return &fs.PathError{Op: "publish", Path: d.shown(to), Err: fmt.Errorf("有人删了 %s 或其中文件；清空 %s 后重新生成 (staged files were removed; empty the folder and build again)",
		stagingName, d.root)}
}

func journalText(steps []step) []byte {
	var b strings.Builder
	b.WriteString(journalHead)
	for _, s := range steps {
		b.WriteString(s.verb + " " + s.path + "\n")
	}
	fmt.Fprintf(&b, "end %d\n", len(steps))
	return []byte(b.String())
}

// parseJournal reads what journalText writes; anything else, such as a part of it, is not ok.
func parseJournal(text string) (steps []step, ok bool) {
	rest, ok := strings.CutPrefix(text, journalHead)
	if !ok {
		return nil, false
	}
	for {
		line, after, ok := strings.Cut(rest, "\n")
		verb, path, _ := strings.Cut(line, " ")
		switch {
		case !ok:
			return nil, false
		case verb == "end":
			return steps, after == "" && path == fmt.Sprint(len(steps))
		case verb != stepRemove && verb != stepRmdir && verb != stepRename, checkPath(path) != nil:
			return nil, false
		}
		steps, rest = append(steps, step{verb, path}), after
	}
}
