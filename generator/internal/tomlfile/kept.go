package tomlfile

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"banshi/generator/internal/cache"
)

// Kept is the values of files as they were parsed in an earlier run, found by their text, so that one changed record of a province costs
// parsing one. They are filled in anew each time, so nothing that is decided about a value is kept; a file with a problem is not kept
// either. They lie in one file that may be deleted at any time; that of another program is passed over, and what is damaged is parsed again.
// A nil Kept keeps nothing. All methods but Save may be called by several goroutines at once.
type Kept struct {
	path, program string

	text  string             // of the file that was read; what is decoded from it is part of it
	found map[textID]payload // by text

	mu    sync.Mutex
	fresh *cache.File // what was parsed in this run, written as it comes; nil where all was found
	out   *bufio.Writer
	err   error // the first of writing
}

// textID is the beginning of the SHA-256 of a text: records come from anyone, who must not find two texts with one.
type textID [16]byte

func (k *Kept) id(data []byte) (id textID) {
	if k != nil {
		sum := sha256.Sum256(data)
		copy(id[:], sum[:])
	}
	return id
}

// payload is where the values of a text lie.
type payload struct {
	from, size int
	used       *atomic.Bool
}

// An entry is the id of the text, the CRC-32C of its values, their size, and the values.
const entryHead = len(textID{}) + 4 + 4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// OpenKept reads what an earlier run of a program has kept in a file.
func OpenKept(path, program string) *Kept {
	k := &Kept{path: path, program: program, found: map[textID]payload{}}
	file, err := os.Open(path)
	if err != nil {
		return k
	}
	defer file.Close()
	var b strings.Builder
	if info, err := file.Stat(); err == nil {
		b.Grow(int(info.Size()))
	}
	if _, err := io.Copy(&b, file); err != nil || !strings.HasPrefix(b.String(), k.head()) {
		return k
	}
	k.text = b.String()
	used := make([]atomic.Bool, 1+(len(k.text)-len(k.head()))/entryHead)
	for at := len(k.head()); len(k.text)-at >= entryHead; {
		from := at + entryHead
		size := int(k.number(from - 4))
		if size > len(k.text)-from {
			break
		}
		k.found[textID([]byte(k.text[at:at+len(textID{})]))] = payload{from, size, &used[len(k.found)]}
		at = from + size
	}
	return k
}

func (k *Kept) head() string { return k.program + "\n" }

// number reads a number of the head of an entry.
func (k *Kept) number(at int) uint32 { return binary.LittleEndian.Uint32([]byte(k.text[at : at+4])) }

// tree returns the values of a text; nil where they are not kept.
func (k *Kept) tree(id textID) map[string]any {
	if k == nil {
		return nil
	}
	p, ok := k.found[id]
	if !ok {
		return nil
	}
	values := k.text[p.from : p.from+p.size]
	if crc32.Checksum([]byte(values), castagnoli) != k.number(p.from-8) {
		return nil
	}
	p.used.Store(true)
	r := treeReader{values}
	return r.table()
}

// keep keeps the values of a text, unless they have one that no record needs.
func (k *Kept) keep(id textID, tree map[string]any) {
	if k == nil {
		return
	}
	b, ok := appendTable(make([]byte, entryHead, 1<<10), tree)
	if !ok || len(b) > math.MaxInt32 {
		return
	}
	copy(b, id[:])
	binary.LittleEndian.PutUint32(b[len(id):], crc32.Checksum(b[entryHead:], castagnoli))
	binary.LittleEndian.PutUint32(b[entryHead-4:], uint32(len(b)-entryHead))
	k.mu.Lock()
	defer k.mu.Unlock()
	k.write(b)
}

func (k *Kept) write(b []byte) {
	if k.err == nil && k.fresh == nil {
		k.err = k.create()
	}
	if k.err == nil {
		_, k.err = k.out.Write(b)
	}
}

func (k *Kept) create() error {
	file, err := cache.Create(filepath.Dir(k.path), filepath.Base(k.path))
	if err != nil {
		return err
	}
	k.fresh, k.out = file, bufio.NewWriterSize(file, 1<<16)
	_, err = k.out.WriteString(k.head())
	return err
}

// Save ends the run: what it used and what it parsed is kept for the next one, if any of it is new. What cannot be written is not kept; that is
// no failure.
func (k *Kept) Save() {
	if k == nil || k.fresh == nil {
		return
	}
	defer k.fresh.Discard()
	for _, p := range k.found {
		if p.used.Load() {
			k.write([]byte(k.text[p.from-entryHead : p.from+p.size]))
		}
	}
	if k.err == nil && k.out.Flush() == nil {
		k.fresh.Keep()
	}
}
