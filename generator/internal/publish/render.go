package publish

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
)

// render writes the items that are not kept into staging, folder by folder, and finds out which of them have the bytes that are
// in place already.
//
// Of several failures the first by path is told: once one is known, only items before it are still tried.
func (p *plan) render(o Options) error {
	total := 0
	var groups []group
	for _, g := range p.groups {
		var rest []*item
		for _, it := range g.items {
			if !it.settled() {
				rest = append(rest, it)
			}
		}
		if rest != nil {
			groups = append(groups, group{g.folder, rest})
			total += len(rest)
		}
	}
	var failed failure
	count := progress{total: total, tell: o.Progress}
	each(o.Jobs, len(groups), func(i int) {
		s := sinks.Get().(*sink)
		defer sinks.Put(s)
		s.enter(p.disk, groups[i].folder)
		s.letGo = o.LetGo
		for _, it := range groups[i].items {
			if failed.before(it.Path) {
				continue
			}
			if err := s.render(it); err != nil {
				failed.report(it.Path, fmt.Errorf("%s: %w", it.Path, err))
				continue
			}
			count.add(it.size)
		}
	})
	return failed.err
}

// spillAt is the size up to which a file is rendered into memory, so that it can be compared with what is in place and written
// in one piece. Nearly all pages stay below; a dump of all records streams.
const spillAt = 1 << 20

// sinks keeps the buffers of the workers from one folder to the next.
var sinks = sync.Pool{New: func() any { return new(sink) }}

// sink takes the bytes of one file after the other, all of one folder.
type sink struct {
	disk   disk
	letGo  bool // see Options
	folder string
	made   bool   // the staged folder is there
	path   string // of the file at hand
	buf    []byte // rendered and not yet written
	have   []byte // what is in place, for comparison
	file   *os.File
	size   int64
	err    error // the first from the disk, in case a Write function drops it
	forms  *sink // for what is made of this one's files
}

// enter gives the sink another folder; its buffers stay.
func (s *sink) enter(d disk, folder string) {
	*s = sink{disk: d, folder: folder, buf: s.buf, have: s.have, forms: s.forms}
	if s.forms != nil {
		s.forms.enter(d, folder)
	}
}

// render renders one item and its forms into staging, or marks kept what has the bytes in place.
func (s *sink) render(it *item) error {
	var whole []byte
	if !it.kept {
		kept, rendered, err := s.produce(it.Path, it.inside, it.Write)
		it.kept, it.size, whole = kept, s.size, rendered
		if s.letGo {
			it.Write = nil
		}
		if err != nil {
			return err
		}
	}
	return s.renderForms(it, whole)
}

// produce lets one file be written and tells whether it has the bytes in place, whose size is inside. It returns the bytes too, until the
// next one, unless they are so many that they went to the disk in pieces.
func (s *sink) produce(path string, inside int64, write func(io.Writer) error) (kept bool, whole []byte, err error) {
	s.path, s.buf, s.file, s.size, s.err = path, s.buf[:0], nil, 0, nil
	err = write(s)
	if err == nil {
		err = s.err
	}
	if s.file == nil {
		whole = s.buf
	}
	if err == nil && s.file == nil && s.size == inside {
		kept, err = s.same()
	}
	if err == nil && !kept {
		err = s.spill()
	}
	if s.file != nil {
		if closed := s.disk.close(s.file); err == nil {
			err = closed
		}
	}
	return kept, whole, err
}

// Write is for the Write function of a file.
func (s *sink) Write(p []byte) (int, error) {
	s.buf = append(s.buf, p...)
	return len(p), s.grown(len(p))
}

// WriteString spares those who write strings a copy.
func (s *sink) WriteString(p string) (int, error) {
	s.buf = append(s.buf, p...)
	return len(p), s.grown(len(p))
}

// AvailableBuffer spares those who append to bytes a copy, as that of [bytes.Buffer] does: what is appended to it is to be written at once.
func (s *sink) AvailableBuffer() []byte { return s.buf[len(s.buf):] }

func (s *sink) grown(n int) error {
	s.size += int64(n)
	if len(s.buf) >= spillAt {
		return s.spill()
	}
	return s.err
}

// spill writes the buffer to the staged file, which it creates if need be.
func (s *sink) spill() error {
	if s.err != nil {
		return s.err
	}
	if !s.made {
		if s.err = s.disk.mkdirAll(stagedTree + s.folder); s.err != nil {
			return s.err
		}
		s.made = true
	}
	if s.file == nil {
		if s.file, s.err = s.disk.create(stagedTree + s.path); s.err != nil {
			return s.err
		}
	}
	s.err = s.disk.write(s.file, s.buf)
	s.buf = s.buf[:0]
	return s.err
}

// same tells whether the buffer is what is in place. Reading costs a fraction of writing, and is done only for equal sizes.
func (s *sink) same() (bool, error) {
	var err error
	s.have, err = s.disk.readInto(s.have, s.path)
	return bytes.Equal(s.buf, s.have), err
}

// failure keeps the first error in the order of paths.
type failure struct {
	mu   sync.Mutex
	path string
	err  error
}

func (f *failure) report(path string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil || path < f.path {
		f.path, f.err = path, err
	}
}

// before tells whether there is a failure before path already.
func (f *failure) before(path string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err != nil && f.path < path
}

// progress counts what the workers did.
type progress struct {
	mu          sync.Mutex
	done, total int
	bytes       int64
	tell        func(done, total int, bytes int64)
}

func (c *progress) add(size int64) {
	if c.tell == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done++
	c.bytes += size
	c.tell(c.done, c.total, c.bytes)
}

// each calls f(0) … f(n-1) from at most jobs goroutines and returns when all are done.
func each(jobs, n int, f func(i int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(jobs, n) {
		workers.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				f(int(i - 1))
			}
		})
	}
	workers.Wait()
}
