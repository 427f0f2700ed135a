package changes

import (
	"context"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/history"
	"banshi/generator/internal/record"
)

// Options bound what is read.
type Options struct {
	Since string      // the oldest commit, exclusive; "" reads all
	AsOf  record.Date // later commits are left out
	Draft bool
}

// zone is where the days of changes are meant.
var zone = time.FixedZone("Asia/Shanghai", 8*3600)

// Read returns what changed in every published state (first-parent commit) of the records, newest first. The first state is
// one entry, however many records it has.
func Read(ctx context.Context, repo *history.Repo, o Options) ([]*Entry, error) {
	commits, err := repo.Log(ctx, o.Since, catalog.DataDir)
	if err != nil {
		return nil, err
	}
	r := &reader{state: map[string]*catalog.File{}, blobs: map[string][]byte{}, o: o}
	if o.Since != "" {
		if err := r.start(ctx, repo); err != nil {
			return nil, err
		}
	}
	if err := r.fetch(ctx, repo, commits); err != nil {
		return nil, err
	}
	var out []*Entry
	for _, c := range commits {
		day := record.DateOf(c.Time.In(zone))
		if o.AsOf != 0 && day > o.AsOf {
			break
		}
		out = append(out, r.step(c, day)...)
	}
	number(out)
	slices.Reverse(out) // commits of one second keep their order
	return out, nil
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

// reader walks the states in order. state is the decoded records of the current one by path.
type reader struct {
	state map[string]*catalog.File
	blobs map[string][]byte
	o     Options
}

// start loads the state at the oldest commit.
func (r *reader) start(ctx context.Context, repo *history.Repo) error {
	tree, err := repo.FS(ctx, r.o.Since, catalog.DataDir)
	if err != nil {
		return err
	}
	source, err := catalog.Load(tree, r.o.AsOf)
	if err != nil {
		return err
	}
	for _, f := range append(source.Files, source.Future...) {
		r.state[f.Path] = f
	}
	return nil
}

// fetch reads every blob the commits name in one pass.
func (r *reader) fetch(ctx context.Context, repo *history.Repo, commits []history.Commit) error {
	var ids []string
	for _, c := range commits {
		for _, ch := range c.Changes {
			if ch.New != "" && isRecord(ch.Path) && r.blobs[ch.New] == nil {
				r.blobs[ch.New] = []byte{}
				ids = append(ids, ch.New)
			}
		}
	}
	return repo.Blobs(ctx, ids, func(id string, data []byte) error {
		r.blobs[id] = data
		return nil
	})
}

func isRecord(path string) bool { return strings.HasSuffix(path, ".toml") }

// step applies one commit and returns what it changed.
func (r *reader) step(c history.Commit, day record.Date) []*Entry {
	first := len(r.state) == 0
	old := make(map[string]*catalog.File, len(c.Changes))
	var paths []string
	for _, ch := range c.Changes {
		if !isRecord(ch.Path) {
			continue
		}
		was := r.state[ch.Path]
		var now *catalog.File
		if ch.New != "" {
			now, _ = catalog.Decode(ch.Path, r.blobs[ch.New])
		}
		if same(was, now) {
			continue
		}
		old[ch.Path] = was
		paths = append(paths, ch.Path)
		if now == nil {
			delete(r.state, ch.Path)
		} else {
			r.state[ch.Path] = now
		}
	}
	if len(paths) == 0 {
		return nil
	}
	sort.Strings(paths)
	stamp := func(e *Entry) *Entry {
		e.Time, e.Date, e.Commit = c.Time, day, c.Hash
		return e
	}
	if first {
		return []*Entry{stamp(founding(r.state))}
	}
	var out []*Entry
	for _, e := range r.compareStates(paths, old, day) {
		out = append(out, stamp(e))
	}
	return out
}

// same reports whether two states of a record say the same: other comments, spacing or order of keys are no change.
func same(a, b *catalog.File) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Print == b.Print
}

// compareStates compares the resolved states before and after, for what the changed records reach.
func (r *reader) compareStates(paths []string, old map[string]*catalog.File, day record.Date) []*Entry {
	before := func(p string) *catalog.File {
		if f, changed := old[p]; changed {
			return f
		}
		return r.state[p]
	}
	after := func(p string) *catalog.File { return r.state[p] }
	reach := r.reach(paths, old)
	o := catalog.Options{Draft: r.o.Draft}
	x := &comparison{
		old: catalog.Resolve(catalog.NewSource(reach.files(before), day), o),
		now: catalog.Resolve(catalog.NewSource(reach.files(after), day), o),
	}
	var out []*Entry
	for _, p := range paths {
		was, now := old[p], r.state[p]
		if e := x.compare(was, now); e != nil {
			out = append(out, e)
		}
	}
	return merge(out)
}

// reached is the paths of the records that the comparison of some changed records needs.
type reached map[string]bool

// files returns the files of a state among the reached paths, in order of paths.
func (r reached) files(state func(string) *catalog.File) []*catalog.File {
	paths := make([]string, 0, len(r))
	for p, needed := range r {
		if needed {
			paths = append(paths, p)
		}
	}
	sort.Strings(paths)
	out := make([]*catalog.File, 0, len(paths))
	for _, p := range paths {
		if f := state(p); f != nil {
			out = append(out, f)
		}
	}
	return out
}

// reach returns what must be resolved to compare the changed records: the libraries (small, and names come from them), the
// items concerned, and for local records the places with all above them.
func (r *reader) reach(paths []string, old map[string]*catalog.File) reached {
	out := reached{}
	items, places := map[string]bool{}, map[string]bool{}
	for _, p := range paths {
		out[p] = true
		f := r.state[p]
		if f == nil {
			f = old[p]
		}
		switch f.Kind {
		case record.KindItem, record.KindProcedure:
			items[f.IDs[0]] = true
		case record.KindImplementation:
			places[f.IDs[0]], items[f.IDs[1]] = true, true
		}
	}
	r.addAbove(places)
	for p, f := range r.state {
		switch f.Kind {
		case record.KindItem:
			out[p] = true // names are needed wherever a record speaks of another
		case record.KindProcedure:
			out[p] = out[p] || items[f.IDs[0]]
		case record.KindDivision:
			out[p] = out[p] || places[f.IDs[0]]
		case record.KindImplementation:
			out[p] = out[p] || places[f.IDs[0]] && items[f.IDs[1]]
		default:
			out[p] = true
		}
	}
	return out
}

// addAbove adds every place above those in the set, by parent, superior and membership.
func (r *reader) addAbove(places map[string]bool) {
	if len(places) == 0 {
		return
	}
	above := map[string][]string{}
	for _, f := range r.state {
		d, ok := f.Record.(*record.Division)
		if !ok {
			continue
		}
		id := f.IDs[0]
		above[id] = append(above[id], d.Parent, d.ReportsTo)
		for _, m := range d.Members {
			above[m] = append(above[m], id)
		}
	}
	var add func(id string)
	add = func(id string) {
		for _, up := range above[id] {
			if up != "" && !places[up] {
				places[up] = true
				add(up)
			}
		}
	}
	for id := range places {
		add(id)
	}
}
