package changes

import (
	"context"
	"runtime"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/history"
)

// loader decodes records of the past and keeps those that were used last.
type loader struct {
	repo    *history.Repo
	objects *history.Objects
	held    func(*catalog.File) bool // what is as if it were not there; nil for nothing

	mu       sync.Mutex
	new, old map[version]decoded // two generations: when the new one is full, the old one goes
	err      error               // the first one; what could not be read is nil from then on
}

// decoded is a record, and whether some of it could not be read.
type decoded struct {
	file   *catalog.File
	broken bool
}

// version is a content at a path: what a record is depends on both.
type version struct{ path, blob string }

// kept is how many records a generation of the loader holds. A decoded record of 5 KB takes about 20 KB.
const kept = 2048

func newLoader(repo *history.Repo, held func(*catalog.File) bool) *loader {
	return &loader{repo: repo, objects: repo.Objects(), held: held, new: map[version]decoded{}}
}

// get returns a record; none where git cannot give it: failed says why.
func (l *loader) get(path, blob string) decoded {
	v := version{path, blob}
	if d, ok := l.kept(v); ok {
		return d
	}
	data, err := l.objects.Get(blob)
	if err != nil {
		l.fail(err)
		return decoded{}
	}
	d := l.decode(path, data)
	l.keep(v, d)
	return d
}

func (l *loader) decode(path string, data []byte) decoded {
	f, problems := catalog.Decode(path, data)
	if f != nil {
		f.Doc.Data = nil // positions are for editors
	}
	broken := len(unreadable(problems)) > 0
	if f != nil && !broken && l.held != nil && l.held(f) {
		f = nil
	}
	return decoded{f, broken}
}

func (l *loader) kept(v version) (decoded, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if d, ok := l.new[v]; ok {
		return d, true
	}
	d, ok := l.old[v]
	if ok {
		l.put(v, d)
	}
	return d, ok
}

func (l *loader) keep(v version, d decoded) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.put(v, d)
}

func (l *loader) put(v version, d decoded) {
	if len(l.new) >= kept {
		l.old, l.new = l.new, make(map[version]decoded, kept)
	}
	l.new[v] = d
}

func (l *loader) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = err
	}
}

// failed returns the first error of reading.
func (l *loader) failed() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// prefetch reads and decodes many records on all processors, out of one run of git.
func (l *loader) prefetch(ctx context.Context, wanted []version) error {
	paths := map[string][]string{}
	var ids []string
	for _, v := range wanted {
		if _, ok := l.kept(v); ok || v.blob == "" {
			continue
		}
		if paths[v.blob] == nil {
			ids = append(ids, v.blob)
		}
		paths[v.blob] = append(paths[v.blob], v.path)
	}
	type read struct {
		id   string
		data []byte
	}
	queue := make(chan read, 64)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for r := range queue {
				for _, path := range paths[r.id] {
					l.keep(version{path, r.id}, l.decode(path, r.data))
				}
			}
		})
	}
	err := l.repo.Blobs(ctx, ids, func(id string, data []byte) error {
		queue <- read{id, data}
		return nil
	})
	close(queue)
	workers.Wait()
	return err
}
