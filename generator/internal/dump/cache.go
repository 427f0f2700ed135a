package dump

import (
	"bufio"
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"banshi/generator/internal/cache"
	"banshi/generator/internal/output"
)

// Cache keeps the archives of a build for the next, member by member, so that one changed record costs one member. Its files may be deleted
// at any time; those of another program are passed over, and what is damaged is made anew. A nil Cache keeps nothing.
type Cache struct {
	Dir     string // made when it is first written to, with a .gitignore of its own
	Program string // identifies the program: another one may write the same lines otherwise, or press them otherwise
}

// keptMember is the line before the bytes of a member in the file of an archive, after a checksum of both.
type keptMember struct {
	Stamp output.Stamp
	Size  int // compressed
	Rows  int
	Lines lineHash // of it and all members before

	from int64 // where its bytes begin
}

// lineHash is how far the hash of an archive's lines has come.
type lineHash struct {
	Bytes int64
	Hash  []byte // its state
}

// keptArchive is an archive as it was made before. The nil one has no members.
type keptArchive struct {
	file    *os.File
	members []keptMember
	at      map[output.Stamp]int
	same    int // so many members at its beginning are those that are wanted
}

func (c *Cache) file(a *archive) string {
	return filepath.Join(c.Dir, "archive-"+strings.TrimSuffix(path.Base(a.path), ".jsonl.gz"))
}

// open reads what is kept of an archive, as far as it is whole.
func (c *Cache) open(a *archive) *keptArchive {
	if c == nil || a.stamps == nil {
		return nil
	}
	file, err := os.Open(c.file(a))
	if err != nil {
		return nil
	}
	k := &keptArchive{file: file, at: map[output.Stamp]int{}}
	in := bufio.NewReaderSize(file, 1<<16)
	head, err := in.ReadString('\n')
	if err != nil || head != c.head() {
		return k
	}
	at := int64(len(head))
	for {
		m, n, err := readMember(in)
		if err != nil {
			break
		}
		m.from = at + int64(n-m.Size)
		at += int64(n)
		k.at[m.Stamp] = len(k.members)
		k.members = append(k.members, m)
	}
	for k.same < min(len(k.members), len(a.stamps)) && k.members[k.same].Stamp == a.stamps[k.same] {
		k.same++
	}
	return k
}

func (c *Cache) head() string { return fmt.Sprintf("%q\n", c.Program) }

// readMember reads a member and returns how many bytes it takes with its line.
func readMember(in *bufio.Reader) (m keptMember, n int, err error) {
	line, err := in.ReadBytes('\n')
	if err != nil {
		return m, 0, err
	}
	sum, text, _ := bytes.Cut(line, []byte(" "))
	if err := json.Unmarshal(text, &m); err != nil {
		return m, 0, err
	}
	h := crc32.NewIEEE()
	h.Write(text)
	if _, err := io.CopyN(h, in, int64(m.Size)); err != nil {
		return m, 0, err
	}
	if checksum(h.Sum32()) != string(sum) {
		return m, 0, io.ErrUnexpectedEOF
	}
	return m, len(line) + m.Size, nil
}

func checksum(sum uint32) string { return fmt.Sprintf("%08x", sum) }

// member reads the bytes of member i of an archive, if it was made before. Safe for concurrent use.
func (k *keptArchive) member(a *archive, i int, into *bytes.Buffer) *keptMember {
	if k == nil {
		return nil
	}
	n, ok := k.at[a.stamps[i]]
	if !ok {
		return nil
	}
	m := &k.members[n]
	if _, err := into.ReadFrom(io.NewSectionReader(k.file, m.from, int64(m.Size))); err != nil || into.Len() != m.Size {
		into.Reset()
		return nil
	}
	return m
}

func (k *keptArchive) close() {
	if k != nil {
		k.file.Close()
	}
}

// keeper writes an archive to the cache while it is made. That it cannot be written is no error. The nil one writes nothing.
type keeper struct {
	file   *cache.File
	stamps []output.Stamp // of the members to come
	err    error
}

// create begins to keep an archive, unless it is kept already.
func (c *Cache) create(a *archive, before *keptArchive) *keeper {
	if c == nil || a.stamps == nil || before != nil && before.same == a.members {
		return nil
	}
	file, err := cache.Create(c.Dir, filepath.Base(c.file(a)))
	if err != nil {
		return nil
	}
	_, err = file.WriteString(c.head())
	return &keeper{file, a.stamps, err}
}

// add keeps the next member; lines is the hash of the lines up to its end.
func (k *keeper) add(p *pressed, lines *counter) {
	if k == nil || k.err != nil {
		return
	}
	text, err := json.Marshal(keptMember{Stamp: k.stamps[0], Size: p.packed.Len(), Rows: p.rows, Lines: lineHash{lines.n, lines.state()}})
	if err != nil {
		panic("dump: " + err.Error()) // plain values
	}
	k.stamps = k.stamps[1:]
	text = append(text, '\n')
	sum := crc32.Update(crc32.ChecksumIEEE(text), crc32.IEEETable, p.packed.Bytes())
	if _, k.err = k.file.WriteString(checksum(sum) + " " + string(text)); k.err == nil {
		_, k.err = k.file.Write(p.packed.Bytes())
	}
}

// keep puts the archive in place of the one before.
func (k *keeper) keep() {
	if k != nil && k.err == nil {
		k.file.Keep()
	}
}

// discard removes what is not kept.
func (k *keeper) discard() {
	if k != nil {
		k.file.Discard()
	}
}

// state is the counter's state, from which resume goes on.
func (c *counter) state() []byte {
	state, err := c.Hash.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		panic("dump: " + err.Error()) // SHA-256 has one
	}
	return state
}

func (c *counter) resume(n int64, state []byte) {
	c.n = n
	if err := c.Hash.(encoding.BinaryUnmarshaler).UnmarshalBinary(state); err != nil {
		panic("dump: " + err.Error()) // the checksum is that of a state that this program wrote
	}
}
