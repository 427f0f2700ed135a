package dump

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"iter"
	"runtime"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"

	"banshi/generator/internal/output"
)

// gzipLevel: at 5 the guides of a province take less than half the time of 6 and 3 % more bytes.
const gzipLevel = 5

// archive is a gzip file of JSON Lines. It is made member by member, some at a time on all processors, and written in order;
// what it came to is remembered for the manifest.
type archive struct {
	path    string
	schema  string // path of the schema of a line
	members int
	lines   func(i int) iter.Seq[[]byte] // of member i, without line ends; a line holds until the next

	// With a cache, a member whose stamp it knows is not pressed again.
	cache  *Cache
	stamps []output.Stamp // of the members

	mu    sync.Mutex
	known *digest
}

// digest is what the manifest says of a file.
type digest struct {
	bytes, rawBytes   int64
	sha256, rawSHA256 string
	rows              int
}

// Write makes the file. Its bytes depend on the lines alone: the header has no name and no time.
func (a *archive) Write(w io.Writer) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.stream(w)
}

// digest returns what the file comes to, making it for that purpose if it was not written yet; it will be written from the cache.
func (a *archive) digest() (digest, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil {
		if err := a.stream(io.Discard); err != nil {
			return digest{}, err
		}
	}
	return *a.known, nil
}

func (a *archive) stream(w io.Writer) error {
	before := a.cache.open(a)
	defer before.close()
	now := a.cache.create(a, before)
	defer now.discard()
	file, raw := counter{Hash: sha256.New()}, counter{Hash: sha256.New()}
	rows := 0
	err := inOrder(a.members, func(i int) *pressed { return a.press(i, before, &raw) }, func(p *pressed) error {
		defer pressedPool.Put(p)
		if p.err != nil {
			return p.err
		}
		rows += p.rows
		if p.hashed != nil {
			raw.resume(p.hashed.Bytes, p.hashed.Hash)
		} else {
			raw.Write(p.raw)
		}
		file.Write(p.packed.Bytes())
		now.add(p, &raw)
		_, err := w.Write(p.packed.Bytes())
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", a.path, err)
	}
	before.close() // some systems replace no file that is open
	now.keep()
	a.known = &digest{file.n, raw.n, file.hex(), raw.hex(), rows}
	return nil
}

// pressed is a member in both forms.
type pressed struct {
	raw    []byte
	packed bytes.Buffer
	gzip   *gzip.Writer
	rows   int
	err    error
	hashed *lineHash // of all lines up to its end, where it is known; raw is not made then
}

var pressedPool = sync.Pool{New: func() any { return new(pressed) }}

// press makes a member. What was pressed before is not pressed again; and as long as all members are those of before, the hash of their
// lines is known too, and the lines are not even made. The lines of a member are kept until it is their turn to be hashed, but those of the
// only one go to the hash at once.
func (a *archive) press(i int, before *keptArchive, hash *counter) *pressed {
	p := pressedPool.Get().(*pressed)
	p.packed.Reset()
	p.raw, p.rows, p.hashed, p.err = p.raw[:0], 0, nil, nil
	m := before.member(a, i, &p.packed)
	if m != nil && i < before.same {
		p.rows, p.hashed = m.Rows, &m.Lines
		return p
	}
	if m == nil {
		p.err = p.begin()
	}
	for line := range a.lines(i) {
		p.rows++
		p.raw = append(append(p.raw, line...), '\n')
		if a.members == 1 && len(p.raw) >= pieceSize && p.err == nil {
			hash.Write(p.raw)
			_, p.err = p.gzip.Write(p.raw)
			p.raw = p.raw[:0]
		}
	}
	if m == nil && p.err == nil {
		p.err = p.end()
	}
	return p
}

// begin begins to compress.
func (p *pressed) begin() (err error) {
	if p.gzip == nil {
		if p.gzip, err = gzip.NewWriterLevel(&p.packed, gzipLevel); err != nil {
			return err
		}
	}
	p.gzip.Reset(&p.packed)
	p.gzip.ModTime = time.Unix(0, 0) // 0 in the header; the zero Time would be some day in 2042
	return nil
}

// end compresses the lines that were not yet.
func (p *pressed) end() error {
	if _, err := p.gzip.Write(p.raw); err != nil {
		return err
	}
	return p.gzip.Close()
}

// counter hashes and counts what is written to it.
type counter struct {
	hash.Hash
	n int64
}

func (c *counter) Write(p []byte) {
	c.n += int64(len(p))
	c.Hash.Write(p)
}

func (c *counter) hex() string { return hex.EncodeToString(c.Sum(nil)) }

// sequence makes n lines in one buffer.
func sequence(n int, line func(b []byte, n int) []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		var b []byte
		for i := range n {
			if b = line(b[:0], i); !yield(b) {
				return
			}
		}
	}
}

// inOrder makes 0…n-1 on all processors and takes them in order, never more than a few ahead. It stops at the first error.
func inOrder[T any](n int, produce func(i int) T, take func(T) error) error {
	ahead := 2 * runtime.GOMAXPROCS(0)
	made := make([]chan T, n)
	for i := range made {
		made[i] = make(chan T, 1)
	}
	start := func(i int) {
		if i < n {
			go func() { made[i] <- produce(i) }()
		}
	}
	for i := range ahead {
		start(i)
	}
	for i := range n {
		v := <-made[i]
		if err := take(v); err != nil {
			return err
		}
		start(i + ahead)
	}
	return nil
}
