package changes

import (
	"bytes"
	"context"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/history"
	"banshi/generator/internal/record"
)

// Options bound what is read.
type Options struct {
	At    string      // the newest commit; "" is HEAD
	Since string      // the oldest commit, exclusive; "" reads all
	AsOf  record.Date // later commits are left out
	Draft bool
	Cache *Cache // nil reads everything anew
	// Held says which records were not published at their time; nil for none. HeldBy names what decides it, for the cache.
	Held   func(*catalog.File) bool
	HeldBy string
}

// zone is where the days of changes are meant.
var zone = time.FixedZone("Asia/Shanghai", 8*3600)

// Past is every published state of a library. It may be used by several goroutines at once.
type Past struct {
	repo    *history.Repo
	o       Options
	commits []commit              // oldest first; the first is the founding, or with Since the state before
	files   map[string][]revision // by path, oldest first
	dated   map[string][]string   // base → the paths of its versions with a day, of all time
	kinds   map[record.Kind][]string
	keep    []string            // places that ever named members
	turns   []turn              // oldest first
	touched map[string][]string // place → the items of its records of all time
	load    *loader

	mu     sync.Mutex
	places map[string][]*Version // what Place returned, by place
	above  map[string][]string   // by place, all that was ever above it
}

// commit is a published state: what it touches stands in Past.files. day never goes back, so that of two states the later one
// has the later day, whatever the clock of an editor said.
type commit struct {
	hash    string
	time    time.Time
	day     record.Date
	changes []history.Change // none for the first
}

// revision is the content of a file from a commit on; no blob where it was deleted.
type revision struct {
	commit int
	blob   string
}

// Open reads the log once. Records are read when they are asked for. The repository must stay open as long as the Past is used.
func Open(ctx context.Context, repo *history.Repo, o Options) (*Past, error) {
	log, err := repo.Log(ctx, o.At, o.Since, catalog.DataDir)
	if err != nil {
		return nil, err
	}
	p := &Past{repo: repo, o: o, files: map[string][]revision{}, dated: map[string][]string{}, kinds: map[record.Kind][]string{}}
	p.load, p.places, p.above = newLoader(repo, o.Held), map[string][]*Version{}, map[string][]string{}
	if o.Since != "" {
		if err := p.start(ctx); err != nil {
			return nil, err
		}
	}
	for _, c := range log {
		if day := record.DateOf(c.Time.In(zone)); o.AsOf != 0 && day > o.AsOf {
			break
		}
		p.append(c)
	}
	p.index()
	p.turns = p.findTurns()
	return p, p.findKeepers(ctx)
}

// Close ends the process that reads records.
func (p *Past) Close() error { return p.load.objects.Close() }

// start makes the state at the oldest commit the first one.
func (p *Past) start(ctx context.Context) error {
	c, err := p.repo.Commit(ctx, p.o.Since)
	if err != nil {
		return err
	}
	tree, err := p.repo.Tree(ctx, c.Hash, catalog.DataDir)
	if err != nil {
		return err
	}
	for path, blob := range tree {
		c.Changes = append(c.Changes, history.Change{Path: path, Status: 'A', New: blob})
	}
	p.append(c)
	return nil
}

// append adds a state.
func (p *Past) append(c history.Commit) {
	n := len(p.commits)
	s := commit{hash: c.Hash, time: c.Time, day: record.DateOf(c.Time.In(zone))}
	if n > 0 {
		s.day = max(s.day, p.commits[n-1].day)
	}
	for _, ch := range c.Changes {
		if _, _, _, ok := parse(ch.Path); !ok {
			continue
		}
		p.files[ch.Path] = append(p.files[ch.Path], revision{n, ch.New})
		if n > 0 {
			s.changes = append(s.changes, ch)
		}
	}
	p.commits = append(p.commits, s)
}

// index sorts the paths of all time by kind.
func (p *Past) index() {
	bases := map[string]bool{}
	for path := range p.files {
		kind, _, _, _ := parse(path)
		base := baseOf(path)
		if base != path {
			p.dated[base] = append(p.dated[base], path)
		}
		if !bases[base] {
			bases[base] = true
			p.kinds[kind] = append(p.kinds[kind], base)
		}
	}
	for _, list := range p.dated {
		slices.Sort(list)
	}
	for _, list := range p.kinds {
		slices.Sort(list)
	}
	p.touched = map[string][]string{}
	for _, base := range p.kinds[record.KindImplementation] {
		_, ids, _, _ := parse(base)
		p.touched[ids[0]] = append(p.touched[ids[0]], ids[1])
	}
	for _, list := range p.touched {
		slices.Sort(list) // the order of ids is not that of paths
	}
}

// findKeepers finds the places that ever named members: who is above a place cannot be learned from its own record alone.
func (p *Past) findKeepers(ctx context.Context) error {
	var ids []string
	for _, base := range p.kinds[record.KindDivision] {
		for _, path := range append([]string{base}, p.dated[base]...) {
			for _, r := range p.files[path] {
				if r.blob != "" {
					ids = append(ids, r.blob)
				}
			}
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	names := map[string]bool{}
	err := p.repo.Blobs(ctx, ids, func(id string, data []byte) error {
		names[id] = bytes.Contains(data, []byte("members"))
		return nil
	})
	for _, base := range p.kinds[record.KindDivision] {
		for _, path := range append([]string{base}, p.dated[base]...) {
			if slices.ContainsFunc(p.files[path], func(r revision) bool { return names[r.blob] }) {
				p.keep = append(p.keep, base)
				break
			}
		}
	}
	return err
}

// at returns the state at a commit, on a day.
func (p *Past) at(n int, day record.Date) state { return state{moment{p, n}, day} }

// moment is the snapshot at a commit.
type moment struct {
	*Past
	n int
}

// blob returns the id of a file's content at the commit, "" where it is not there.
func (m moment) blob(path string) string {
	list := m.files[path]
	i := sort.Search(len(list), func(i int) bool { return list[i].commit > m.n })
	if i == 0 {
		return ""
	}
	return list[i-1].blob
}

// file returns the record as it was published. A state in which it could not be read was not: the one before holds on.
func (m moment) file(path string) *catalog.File {
	list := m.files[path]
	var broken *catalog.File
	for i := sort.Search(len(list), func(i int) bool { return list[i].commit > m.n }) - 1; i >= 0; i-- {
		if list[i].blob == "" {
			return broken
		}
		d := m.load.get(path, list[i].blob)
		if !d.broken {
			return d.file
		}
		if broken == nil {
			broken = d.file
		}
	}
	return broken // never readable: better half of it than nothing
}

func (m moment) later(base string) []string {
	all := m.dated[base]
	for i, path := range all {
		if m.blob(path) == "" { // rare: a version that was taken in, or not yet written
			out := slices.Clone(all[:i])
			for _, path := range all[i+1:] {
				if m.blob(path) != "" {
					out = append(out, path)
				}
			}
			return out
		}
	}
	return all
}

func (m moment) paths(kind record.Kind, first ...string) []string {
	return below(m.kinds[kind], kind, first)
}

func (m moment) keepers() []string { return m.keep }

// findTurns returns the moments at which a version that was written ahead takes effect without a commit, in order.
func (p *Past) findTurns() []turn {
	var out []turn
	for base, paths := range p.dated {
		for _, path := range paths {
			_, _, from, _ := parse(path)
			n := sort.Search(len(p.commits), func(i int) bool { return p.commits[i].day >= from }) - 1
			if n < 0 || from > p.o.AsOf && p.o.AsOf != 0 || (moment{p, n}).blob(path) == "" {
				continue
			}
			if p.o.AsOf == 0 && n == len(p.commits)-1 {
				continue // nobody knows what day it is
			}
			out = append(out, turn{n, from, base})
		}
	}
	slices.SortFunc(out, func(a, b turn) int {
		if a.day != b.day {
			return int(a.day - b.day)
		}
		return strings.Compare(a.base, b.base)
	})
	return out
}

// turn is a record whose later version takes effect on a day, after commit n.
type turn struct {
	n    int
	day  record.Date
	base string
}
