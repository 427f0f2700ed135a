package dump

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"slices"
	"sync"

	"banshi/generator/internal/site"
)

// Kept is the lines of items.jsonl and guides.jsonl of a state in a file for temporary files, so that the state itself can be forgotten
// before another is loaded: two states of a large province would need twice the memory.
type Kept struct {
	// The hashes of the two files, uncompressed.
	ItemsSHA256, GuidesSHA256 string

	file                         *os.File
	at                           map[string]span
	order                        []string // "items <id>" and "guides <id>", as they stand in the files
	items, procedures, divisions []string // ids

	mu  sync.Mutex
	err error // the first of reading the file
}

// span is where a line stands in the file, without its line end.
type span struct {
	from int64
	n    int
}

// Keep writes the lines of a state to a file. Close removes it.
func Keep(s *site.Site) (*Kept, error) {
	f, err := os.CreateTemp("", "banshi-*.jsonl")
	if err != nil {
		return nil, err
	}
	k := &Kept{file: f, at: make(map[string]span, len(s.Items)+len(s.Catalog.Guides))}
	x := newExporter(s)
	if err := k.write(x); err != nil {
		k.Close()
		return nil, err
	}
	for _, i := range x.Items {
		k.items = append(k.items, i.ID)
	}
	for p := range x.procedureList() {
		k.procedures = append(k.procedures, procedureID(p))
	}
	for _, d := range x.Catalog.Divisions {
		k.divisions = append(k.divisions, d.ID)
	}
	return k, nil
}

// Close removes the file. It always returns nil.
func (k *Kept) Close() error {
	k.file.Close()
	os.Remove(k.file.Name())
	return nil
}

func (k *Kept) write(x *exporter) error {
	out := bufio.NewWriterSize(k.file, 1<<16)
	at := int64(0)
	var b []byte
	add := func(sum io.Writer, key string) error {
		k.at[key] = span{at, len(b)}
		k.order = append(k.order, key)
		b = append(b, '\n')
		at += int64(len(b))
		sum.Write(b)
		_, err := out.Write(b)
		return err
	}
	sum := sha256.New()
	for _, i := range x.Items {
		b = x.write.item.append(b[:0], x.item(i))
		if err := add(sum, "items "+i.ID); err != nil {
			return err
		}
	}
	k.ItemsSHA256 = hex.EncodeToString(sum.Sum(nil))
	sum.Reset()
	guides := x.guideWriter()
	for _, g := range x.Catalog.Guides {
		b = guides.append(b[:0], g)
		if err := add(sum, "guides "+guideID(g)); err != nil {
			return err
		}
	}
	k.GuidesSHA256 = hex.EncodeToString(sum.Sum(nil))
	return out.Flush()
}

// line reads a line into b, without its line end; nothing where there is none of the name. Safe for concurrent use.
func (k *Kept) line(key string, b []byte) []byte {
	s, ok := k.at[key]
	if !ok {
		return b[:0]
	}
	b = slices.Grow(b[:0], s.n)[:s.n]
	if _, err := k.file.ReadAt(b, s.from); err != nil {
		k.mu.Lock()
		k.err = cmp.Or(k.err, err)
		k.mu.Unlock()
	}
	return b
}

// failed is the first error of reading the file.
func (k *Kept) failed() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.err
}
