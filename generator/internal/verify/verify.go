// Package verify checks open data that was published, from the outside: it knows the format as docs/open-data.md tells it and
// nothing of the program that made it, so that it finds the mistakes of that program too. It reads a folder or a web site.
package verify

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Result is what was checked and what is wrong. Problems are sentences in Chinese and English; none means that all is as it was
// published.
type Result struct {
	Manifests int // of releases and of the current data
	Files     int
	Bytes     int64
	Rows      int
	Notes     []string // what could not be checked and why
	Problems  []string
}

// manifest is what a manifest says that can be checked; other keys are passed over.
type manifest struct {
	Release          *string        `json:"release"`
	Previous         *string        `json:"previous"`
	PreviousManifest *string        `json:"previous_manifest_sha256"`
	Counts           map[string]int `json:"counts"`
	Files            []listed       `json:"files"`
}

type listed struct {
	Path               string  `json:"path"`
	Compression        *string `json:"compression"`
	MediaType          string  `json:"media_type"`
	Bytes              int64   `json:"bytes"`
	SHA256             string  `json:"sha256"`
	UncompressedBytes  int64   `json:"uncompressed_bytes"`
	UncompressedSHA256 string  `json:"uncompressed_sha256"`
	Rows               int     `json:"rows"`
}

// latest is the pointer that moves.
type latest struct {
	Manifest struct {
		Path   string `json:"path"`
		SHA256 string `json:"sha256"`
	} `json:"manifest"`
}

// index is data/releases/index.json.
type index struct {
	Releases []struct {
		ID       string `json:"id"`
		Manifest struct {
			Path   string `json:"path"`
			SHA256 string `json:"sha256"`
		} `json:"manifest"`
	} `json:"releases"`
}

// checker is one run over one source.
type checker struct {
	ctx    context.Context
	source source
	out    Result
	// The hash of the manifest by id of the release: as it is here, as the index of the site says, as the reader's register says.
	ids, indexed, registered map[string]string
}

// Verify checks what is at a place: the root of a published site (data/latest.json and every release in data/releases/index.json
// that is there), or the folder of one release. Registered is what the reader's own copy of the register says, the hash of the
// manifest by id of the release; nil where he has none. The error is that of a place that cannot be read at all.
func Verify(ctx context.Context, place string, registered map[string]string) (*Result, error) {
	s, err := open(place)
	if err != nil {
		return nil, err
	}
	c := &checker{ctx: ctx, source: s, ids: map[string]string{}, indexed: map[string]string{}, registered: registered}
	switch {
	case c.there("manifest.json"):
		c.folder("", "")
	case c.there("data/latest.json"):
		c.site()
	default:
		return nil, fmt.Errorf("%s：没有 manifest.json，也没有 data/latest.json，不是一个版本，也不是网站的根 / neither a release (manifest.json) nor the root of a site (data/latest.json)", place)
	}
	return &c.out, c.ctx.Err()
}

func (c *checker) problem(format string, args ...any) {
	c.out.Problems = append(c.out.Problems, fmt.Sprintf(format, args...))
}

func (c *checker) there(name string) bool {
	r, err := c.source.open(c.ctx, name)
	if err != nil {
		return false
	}
	r.Close()
	return true
}

// site checks the pointer, what it points to, and every release that the index lists and the host keeps.
func (c *checker) site() {
	var l latest
	if !c.read("data/latest.json", &l) {
		return
	}
	var all index
	if c.there("data/releases/index.json") {
		c.read("data/releases/index.json", &all)
	}
	for _, r := range all.Releases {
		c.indexed[r.ID] = r.Manifest.SHA256
	}
	for _, r := range slices.Backward(all.Releases) { // oldest first
		dir := path.Dir(r.Manifest.Path)
		switch {
		case c.there(r.Manifest.Path) || c.any(dir):
			c.folder(dir, r.Manifest.SHA256)
		default:
			c.out.Notes = append(c.out.Notes, fmt.Sprintf("%s：这里没有放这个版本 / this release is not kept here", r.ID))
		}
	}
	if at := path.Dir(l.Manifest.Path); at == "data/current" {
		c.folder(at, l.Manifest.SHA256)
		return
	} else if c.ids[path.Base(at)] == "" || c.ids[path.Base(at)] != l.Manifest.SHA256 {
		c.folder(at, l.Manifest.SHA256)
	}
	if c.there("data/current/manifest.json") {
		c.folder("data/current", "")
	}
}

// any reports whether a folder of this source holds anything; a web site cannot be asked.
func (c *checker) any(folder string) bool {
	names, err := c.source.list(folder)
	return err == nil && len(names) > 0
}

func (c *checker) read(name string, into any) bool {
	data, err := c.bytes(name)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		c.problem("%s：读不了 / cannot be read: %v", name, err)
	}
	return err == nil
}

// maxManifest bounds what is read into memory.
const maxManifest = 64 << 20

func (c *checker) bytes(name string) ([]byte, error) {
	r, err := c.source.open(c.ctx, name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxManifest))
}

// folder checks one manifest and everything it lists. want is the manifest's hash where somebody else says it.
func (c *checker) folder(dir, want string) {
	name := path.Join(dir, "manifest.json")
	data, err := c.bytes(name)
	if errors.Is(err, fs.ErrNotExist) {
		c.problem("%s：文件不见了 / the file is missing", name)
		return
	}
	var m manifest
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		c.problem("%s：读不了 / cannot be read: %v", name, err)
		return
	}
	c.out.Manifests++
	sum := sha256.Sum256(data)
	got := hex.EncodeToString(sum[:])
	if want != "" && got != want {
		c.problem("%s：清单被改过，SHA-256 是 %s，应是 %s / the manifest was changed", name, got, want)
	}
	c.chain(dir, name, &m, got)
	rows := map[string]int{}
	known := map[string]bool{name: true, path.Join(dir, "SHA256SUMS"): true, path.Join(dir, "manifest.json.minisig"): true}
	for i := range m.Files {
		f := &m.Files[i]
		at := path.Join(dir, strings.TrimPrefix(f.Path, folderOf(&m)))
		known[at] = true
		if c.file(at, f) {
			rows[strings.TrimSuffix(path.Base(f.Path), ".jsonl.gz")] = f.Rows
		}
	}
	for _, what := range []string{"items", "guides"} {
		if n, ok := rows[what]; ok && n != m.Counts[what] {
			c.problem("%s：清单说有 %d 条 %s，文件里有 %d 条 / the manifest counts %[2]d, the file has %[4]d", name, m.Counts[what], what, n)
		}
	}
	c.unlisted(dir, known)
	if m.Release != nil {
		c.sums(dir, &m, got)
	}
}

// folderOf is the folder that a manifest names in its paths.
func folderOf(m *manifest) string {
	if m.Release != nil {
		return "data/releases/" + *m.Release + "/"
	}
	return "data/current/"
}

// chain checks a release against the register and against the one before it.
func (c *checker) chain(dir, name string, m *manifest, got string) {
	if m.Release == nil {
		return
	}
	id := *m.Release
	c.ids[id] = got
	if want, ok := c.registered[id]; ok && want != got {
		c.problem("%s：和登记 data/releases/%s.toml 的摘要不一样 / not the digest in the register", name, id)
	} else if !ok && c.registered != nil {
		c.out.Notes = append(c.out.Notes, id+"：本地的登记里没有 / not in the register here")
	}
	if m.Previous == nil {
		return
	}
	says := ""
	if m.PreviousManifest != nil {
		says = *m.PreviousManifest
	}
	before := cmp.Or(c.ids[*m.Previous], c.registered[*m.Previous], c.indexed[*m.Previous])
	if before == "" {
		if data, err := c.source.beside(c.ctx, dir, *m.Previous); err == nil {
			sum := sha256.Sum256(data)
			before = hex.EncodeToString(sum[:])
		}
	}
	switch before {
	case "":
		c.out.Notes = append(c.out.Notes, fmt.Sprintf("%s：上一版 %s 不在这里，链没有查 / the release before is not here; the chain was not checked", id, *m.Previous))
	case says:
	default:
		c.problem("%s：链断了，上一版 %s 的清单应是 %s，却是 %s / the chain is broken", name, *m.Previous, says, before)
	}
}
