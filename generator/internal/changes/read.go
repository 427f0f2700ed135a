package changes

import (
	"context"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/history"
)

// Read returns what changed in every published state of the records, newest first. The first state is one entry, however many
// records it has.
func Read(ctx context.Context, repo *history.Repo, o Options) ([]*Entry, error) {
	p, err := Open(ctx, repo, o)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	return p.Entries(ctx)
}

// Entries returns what changed in every published state, newest first, and what took effect between them.
func (p *Past) Entries(ctx context.Context) ([]*Entry, error) {
	if len(p.commits) == 0 {
		return nil, nil
	}
	told, err := p.commitEntries(ctx)
	if err != nil {
		return nil, err
	}
	turns := p.turns
	var out []*Entry
	for n := range p.commits {
		out = append(out, told[n]...)
		for len(turns) > 0 && turns[0].n == n {
			out = append(out, p.turned(turns[0])...)
			turns = turns[1:]
		}
	}
	number(out)
	slices.Reverse(out) // commits of one second keep their order
	return out, p.load.failed()
}

// commitEntries returns the entries of each commit, from the cache or in windows of commits: what a window touches is read in
// one pass, and its commits, which do not depend on each other, are compared on all processors.
func (p *Past) commitEntries(ctx context.Context) ([][]*Entry, error) {
	out := make([][]*Entry, len(p.commits))
	cached := p.o.Cache.open(p)
	var missing []int
	for n := range p.commits {
		entries, ok := cached.get(n)
		if out[n] = entries; !ok {
			missing = append(missing, n)
		}
	}
	for len(missing) > 0 {
		size, end := 0, 0
		for end < len(missing) && (end == 0 || size+len(p.commits[missing[end]].changes) <= window) {
			size += len(p.commits[missing[end]].changes)
			end++
		}
		part := missing[:end]
		missing = missing[end:]
		if size <= window {
			var wanted []version
			for _, n := range part {
				wanted = append(wanted, contents(p.commits[n].changes)...)
			}
			if err := p.load.prefetch(ctx, wanted); err != nil {
				return nil, err
			}
		}
		if err := p.steps(ctx, part, out); err != nil {
			return nil, err
		}
	}
	if err := p.load.failed(); err != nil {
		return nil, err
	}
	cached.save(out)
	return out, nil
}

// window is how many changed files are looked at in one go.
const window = kept / 4

// contents is both contents of changed files.
func contents(list []history.Change) []version {
	out := make([]version, 0, 2*len(list))
	for _, c := range list {
		out = append(out, version{c.Path, c.Old}, version{c.Path, c.New})
	}
	return out
}

// steps makes the entries of some commits at once.
func (p *Past) steps(ctx context.Context, commits []int, out [][]*Entry) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, runtime.GOMAXPROCS(0))
	for w := range errs {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(commits) && errs[w] == nil; i = int(next.Add(1)) - 1 {
				out[commits[i]], errs[w] = p.step(ctx, commits[i])
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return p.load.failed()
}

// step returns what a commit changed.
func (p *Past) step(ctx context.Context, n int) ([]*Entry, error) {
	c := &p.commits[n]
	if n == 0 {
		if p.o.Since != "" {
			return nil, nil
		}
		return p.stamp([]*Entry{founding(moment{p, 0})}, c), nil
	}
	x := &comparison{old: p.at(n-1, c.day), now: p.at(n, c.day), draft: p.o.Draft}
	var out []*Entry
	for part := range slices.Chunk(c.changes, window) {
		if len(c.changes) > window { // else it is there already
			if err := p.load.prefetch(ctx, contents(part)); err != nil {
				return nil, err
			}
		}
		var paths []string
		for _, ch := range part {
			if !same(x.old.file(ch.Path), x.now.file(ch.Path)) {
				paths = append(paths, ch.Path)
			}
		}
		out = append(out, x.entries(paths)...)
	}
	return p.stamp(merge(out), c), nil
}

func (p *Past) stamp(entries []*Entry, c *commit) []*Entry {
	for _, e := range entries {
		e.Time, e.Date, e.Commit = c.time, c.day, c.hash
	}
	return entries
}

// turned returns what a version that was written ahead changes when its day comes.
func (p *Past) turned(t turn) []*Entry {
	x := &comparison{old: p.at(t.n, dayBefore(t.day)), now: p.at(t.n, t.day), draft: p.o.Draft}
	out := x.entries([]string{t.base})
	for _, e := range out {
		e.takesEffect(t.day)
		e.Date, e.Commit = t.day, p.commits[t.n].hash
		year, month, day := t.day.Time().Date()
		e.Time = time.Date(year, month, day, 0, 0, 0, 0, zone).UTC()
	}
	return out
}

// number tells apart entries that say the same thing again (10→5, later 5→10, then 10→5): from the second on, the id carries
// how often it has happened. Counting from the oldest keeps ids the same when more happens later.
func number(oldestFirst []*Entry) {
	seen := map[string]int{}
	for _, e := range oldestFirst {
		seen[e.ID]++
		if n := seen[e.ID]; n > 1 {
			e.ID += "-" + strconv.Itoa(n)
		}
	}
}

// same reports whether two states of a record say the same: other comments, spacing or order of keys are no change.
func same(a, b *catalog.File) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Print == b.Print
}
