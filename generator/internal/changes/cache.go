package changes

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"

	"banshi/generator/internal/cache"
	"banshi/generator/internal/record"
)

// Cache keeps what commits changed between runs, in a file that may be deleted at any time. An entry is kept by its commit,
// whose hash stands for everything before it; the file, by the program, because another one may say the same otherwise, and by
// the options. A line whose checksum does not fit is passed over and made anew. A nil Cache keeps nothing.
type Cache struct {
	Dir     string // made when it is first written to, with a .gitignore of its own
	Program string // identifies the program
}

// cachedCommit is a line of the file, after its checksum.
type cachedCommit struct {
	Commit  string
	Entries []cachedEntry
}

// cachedEntry has the days as numbers: as text they can be written and not be read.
type cachedEntry struct {
	*Entry
	Date, Effective int32
}

func (c cachedCommit) entries() []*Entry {
	out := make([]*Entry, 0, len(c.Entries))
	for _, x := range c.Entries {
		if x.Entry == nil {
			continue
		}
		x.Entry.Date, x.Entry.Effective = record.Date(x.Date), record.Date(x.Effective)
		out = append(out, x.Entry)
	}
	return out
}

// opened is the cache of one Past.
type opened struct {
	past *Past
	path string // "" keeps nothing
	was  map[string][]*Entry
}

// open reads what is kept for a Past.
func (c *Cache) open(p *Past) *opened {
	o := &opened{past: p, was: map[string][]*Entry{}}
	if c == nil {
		return o
	}
	since := ""
	if p.o.Since != "" && len(p.commits) > 0 {
		since = p.commits[0].hash
	}
	o.path = filepath.Join(c.Dir, "past-"+hashOf(c.Program, since, strconv.FormatBool(p.o.Draft), p.o.HeldBy)+".jsonl")
	file, err := os.Open(o.path)
	if err != nil {
		return o
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		sum, text, _ := bytes.Cut(lines.Bytes(), []byte(" "))
		var x cachedCommit
		if string(sum) == checksum(text) && json.Unmarshal(text, &x) == nil {
			o.was[x.Commit] = x.entries()
		}
	}
	return o
}

func checksum(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// get returns the entries kept for commit n.
func (o *opened) get(n int) ([]*Entry, bool) {
	entries, ok := o.was[o.past.commits[n].hash]
	return entries, ok
}

// save keeps the entries of all commits, if some of them are new. What cannot be written is not kept: that is no failure.
func (o *opened) save(entries [][]*Entry) {
	if o.path == "" || len(o.was) == len(entries) && o.complete() {
		return
	}
	file, err := cache.Create(filepath.Dir(o.path), filepath.Base(o.path))
	if err != nil {
		return
	}
	defer file.Discard()
	out := bufio.NewWriter(file)
	for n, c := range o.past.commits {
		x := cachedCommit{Commit: c.hash}
		for _, e := range entries[n] {
			x.Entries = append(x.Entries, cachedEntry{e, int32(e.Date), int32(e.Effective)})
		}
		text, err := json.Marshal(x)
		if err != nil {
			panic("changes: " + err.Error()) // entries are plain values
		}
		out.WriteString(checksum(text) + " ")
		out.Write(append(text, '\n'))
	}
	if out.Flush() == nil {
		file.Keep()
	}
}

// complete reports whether every commit is kept.
func (o *opened) complete() bool {
	for n := range o.past.commits {
		if _, ok := o.get(n); !ok {
			return false
		}
	}
	return true
}
