package publish

import (
	"cmp"
	"fmt"
	"slices"

	"banshi/generator/internal/output"
)

// item is a wanted file and what is known of it.
type item struct {
	*output.File
	size   int64 // of its bytes; before it is rendered, of those that the manifest lists
	inside int64 // size of the regular file that is in place, -1 if there is none
	kept   bool  // what is in place shall stay
	listed bool  // the manifest has it with this stamp

	was   *output.Stamp // in the manifest, whichever
	forms []form        // compressed ones beside it, in the order of compress.Forms; nil without
}

// group is the items of one folder. One worker at a time has it: two writers in one folder are three times slower than one.
type group struct {
	folder string // "" is the root
	items  []*item
}

// plan is the difference between what is wanted and what is there.
type plan struct {
	disk    disk
	items   []item // sorted by path
	groups  []group
	wanted  folders  // the folders of the items
	stale   []entry  // files of the last publish that are not wanted any more, sorted
	blocked []string // items in whose place is a folder
	emptied []string // folders that may be empty once stale is removed, deepest first
}

// arrange checks and sorts the wanted files.
func arrange(files []output.File) ([]item, error) {
	if err := output.Collisions(files); err != nil {
		return nil, err
	}
	items := make([]item, len(files))
	for i := range files {
		if err := checkReserved(files[i].Path); err != nil {
			return nil, err
		}
		items[i].File = &files[i]
	}
	byPath := func(a, b item) int { return cmp.Compare(a.Path, b.Path) }
	if !slices.IsSortedFunc(items, byPath) {
		slices.SortFunc(items, byPath)
	}
	return items, nil
}

// compare finds out which items must be rendered and which files must go. It changes nothing.
//
// That a listed file is in place is asked of the file system for every file (about 2 µs each, shared by the workers: 0.2 s for 110,000): a site
// from which somebody removed a page, or that lost power while its files were being written, mends itself with the next build.
func (d disk) compare(items []item, old manifest, o Options) (*plan, error) {
	p := &plan{disk: d, items: items, wanted: newFolders(d)}
	p.match(old, o.Full || old.version != o.Version)
	if err := p.group(); err != nil {
		return nil, err
	}
	var failed failure
	blocked := make([][]string, len(p.groups))
	each(o.Jobs, len(p.groups), func(i int) {
		var err error
		if blocked[i], err = p.inspect(p.groups[i]); err != nil {
			failed.report(p.groups[i].folder, err)
		}
	})
	if failed.err != nil {
		return nil, failed.err
	}
	p.blocked = slices.Concat(blocked...)
	return p, p.findEmptied()
}

// match walks items and manifest side by side: both are sorted.
func (p *plan) match(old manifest, distrust bool) {
	rest := old.entries
	for i := range p.items {
		it := &p.items[i]
		for len(rest) > 0 && rest[0].path < it.Path {
			p.stale, rest = append(p.stale, rest[0]), rest[1:]
		}
		if len(rest) > 0 && rest[0].path == it.Path {
			it.size, it.was, it.listed = rest[0].size, &rest[0].stamp, !distrust && rest[0].stamp == it.Stamp
			rest = rest[1:]
		}
	}
	p.stale = append(p.stale, rest...)
	p.matchForms()
}

// group sorts the items into folders, the fullest first, so that no worker is left alone with a full one at the end.
func (p *plan) group() error {
	index := map[string]int{}
	for i := range p.items {
		it := &p.items[i]
		folder := parent(it.Path)
		n, ok := index[folder]
		if !ok {
			n = len(p.groups)
			index[folder] = n
			p.groups = append(p.groups, group{folder: folder})
			if _, err := p.wanted.look(folder); err != nil {
				return err
			}
		}
		p.groups[n].items = append(p.groups[n].items, it)
	}
	slices.SortStableFunc(p.groups, func(a, b group) int { return len(b.items) - len(a.items) })
	return nil
}

// inspect looks at what is in place of the items of a group and returns those in whose place is a folder.
func (p *plan) inspect(g group) (blocked []string, err error) {
	there := p.wanted.kind[g.folder] == folderThere
	look := func(path string) (size int64, err error) {
		if !there {
			return -1, nil
		}
		info, err := p.disk.lstat(path)
		switch {
		case err != nil || info == nil:
		case info.IsDir():
			blocked = append(blocked, path)
		case info.Mode().IsRegular():
			return info.Size(), nil
		}
		return -1, err
	}
	for _, it := range g.items {
		if it.inside, err = look(it.Path); err != nil {
			return nil, err
		}
		it.kept = it.listed && it.inside == it.size
		for i := range it.forms {
			f := &it.forms[i]
			if f.inside, err = look(it.formPath(i)); err != nil {
				return nil, err
			}
			f.kept = f.listed && f.inside == f.size
		}
	}
	return blocked, nil
}

// findEmptied collects the folders that only stale files kept, and makes sure that no file of others is in the way of an item.
func (p *plan) findEmptied() error {
	past := newFolders(p.disk)
	for _, e := range p.stale {
		if _, err := past.look(parent(e.path)); err != nil {
			return err
		}
	}
	for folder, kind := range past.kind {
		if _, ok := p.wanted.kind[folder]; !ok && kind == folderThere {
			p.emptied = append(p.emptied, folder)
		}
	}
	for _, path := range p.blocked {
		if err := p.clear(path); err != nil {
			return err
		}
	}
	slices.Sort(p.emptied)
	p.emptied = slices.Compact(p.emptied)
	slices.Reverse(p.emptied)
	return nil
}

// clear lists a folder in whose place a file is wanted among the emptied ones; all in it must be stale.
func (p *plan) clear(folder string) error {
	p.emptied = append(p.emptied, folder)
	inside, err := p.disk.readDir(folder)
	if err != nil {
		return err
	}
	for _, e := range inside {
		path := folder + "/" + e.Name()
		_, stale := p.isStale(path)
		switch {
		case checkPath(path) == nil && e.IsDir():
			if err := p.clear(path); err != nil {
				return err
			}
		case !stale:
			return fmt.Errorf("%s：这里要写文件，却有一个文件夹，其中 %s 不是本程序写的；请移走它 (a file belongs here, but %[2]s, which this program did not write, is in a folder of that name; move it away)",
				p.disk.shown(folder), p.disk.shown(path))
		}
	}
	return nil
}

// journal returns the steps from what is there to what is wanted. Files go before files come, so that on a file system that
// ignores case the old Food.html does not take the new food.html with it.
func (p *plan) journal() []step {
	var steps []step
	for _, e := range p.stale {
		steps = append(steps, step{stepRemove, e.path})
	}
	for _, path := range p.wanted.blocked() {
		steps = append(steps, step{stepRemove, path})
	}
	for _, path := range p.emptied {
		steps = append(steps, step{stepRmdir, path})
	}
	last := ""
	rename := func(path string, kept bool) {
		if kept {
			return
		}
		if top := p.wanted.top(path); top != last {
			steps, last = append(steps, step{stepRename, top}), top
		}
	}
	for i := range p.items {
		it := &p.items[i]
		rename(it.Path, it.kept)
		for n := range it.forms {
			rename(it.formPath(n), it.forms[n].kept)
		}
	}
	return steps
}

func (p *plan) manifest(o Options) manifest {
	m := manifest{version: o.Version, inputs: o.Inputs, part: o.Part, entries: make([]entry, 0, len(p.items))}
	for i := range p.items {
		it := &p.items[i]
		m.entries = append(m.entries, entry{it.Path, it.size, it.Stamp})
		for n := range it.forms {
			m.entries = append(m.entries, entry{it.formPath(n), it.forms[n].size, formStamp(n, it.Stamp)})
		}
	}
	if o.Compress { // a-b.html is before a.html.gz
		slices.SortFunc(m.entries, func(a, b entry) int { return cmp.Compare(a.path, b.path) })
	}
	return m
}

func (p *plan) result() Result {
	r := Result{Removed: len(p.stale)}
	count := func(size int64, kept bool) {
		r.Files++
		r.Bytes += size
		if kept {
			r.Kept++
		} else {
			r.Written++
			r.WrittenBytes += size
		}
	}
	for i := range p.items {
		it := &p.items[i]
		count(it.size, it.kept)
		for _, f := range it.forms {
			count(f.size, f.kept)
			r.Forms++
		}
	}
	return r
}
