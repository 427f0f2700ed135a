package verify

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/andybalholm/brotli"
)

// file checks one file against its manifest.
func (c *checker) file(name string, f *listed) bool {
	r, err := c.source.open(c.ctx, name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			c.problem("%s：文件不见了 / the file is missing", name)
		} else {
			c.problem("%s：读不了 / cannot be read: %v", name, err)
		}
		return false
	}
	defer r.Close()
	packed, raw := &sum{Hash: sha256.New()}, &sum{Hash: sha256.New()}
	in := io.TeeReader(r, packed)
	if f.Compression == nil || *f.Compression == "" {
		_, err = io.Copy(raw, in)
	} else {
		err = unpack(raw, in)
	}
	if _, rest := io.Copy(io.Discard, in); rest != nil {
		c.problem("%s：读不了 / cannot be read: %v", name, rest)
		return false
	}
	c.out.Files++
	c.out.Bytes += packed.n
	if packed.n != f.Bytes || packed.hex() != f.SHA256 {
		c.problem("%s：内容被改过：%d 字节，SHA-256 %s；应是 %d 字节，%s / the file was changed", name, packed.n, packed.hex(), f.Bytes, f.SHA256)
		return false
	}
	if err != nil {
		c.problem("%s：解不开 / cannot be unpacked: %v", name, err)
		return false
	}
	if raw.n != f.UncompressedBytes || raw.hex() != f.UncompressedSHA256 {
		c.problem("%s：解压后的内容和清单不一样 / what is in it is not what the manifest says", name)
		return false
	}
	if f.MediaType == "application/x-ndjson" {
		c.out.Rows += raw.lines
		if raw.lines != f.Rows {
			c.problem("%s：有 %d 行，清单说 %d 行 / %[2]d lines, the manifest says %[3]d", name, raw.lines, f.Rows)
			return false
		}
	}
	return true
}

func unpack(w io.Writer, r io.Reader) error {
	z, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, z)
	return err
}

// unlisted names files that lie there and that no manifest knows.
func (c *checker) unlisted(dir string, known map[string]bool) {
	names, err := c.source.list(dir)
	if err != nil {
		return // a web site cannot be listed
	}
	for _, n := range names {
		name, suffix := path.Join(dir, n), path.Ext(n)
		plain := strings.TrimSuffix(name, suffix)
		switch {
		case known[name]:
		case (suffix == ".gz" || suffix == ".br") && known[plain]:
			c.form(name, plain, suffix)
		default:
			c.problem("%s：清单里没有这个文件 / the manifest does not list it", name)
		}
	}
}

// form checks that what lies compressed beside a listed file, for servers to send in its place, is that file.
func (c *checker) form(name, plain, suffix string) {
	same, err := c.unpacksTo(name, plain, suffix)
	if err != nil || !same {
		c.problem("%s：解压出来不是 %s / what is in it is not that file", name, plain)
	}
}

func (c *checker) unpacksTo(name, plain, suffix string) (bool, error) {
	want, err := c.source.open(c.ctx, plain)
	if err != nil {
		return false, err
	}
	defer want.Close()
	packed, err := c.source.open(c.ctx, name)
	if err != nil {
		return false, err
	}
	defer packed.Close()
	var got io.Reader = brotli.NewReader(packed)
	if suffix == ".gz" {
		if got, err = gzip.NewReader(packed); err != nil {
			return false, err
		}
	}
	a, b := sha256.New(), sha256.New()
	size, err := io.Copy(a, want)
	if err != nil {
		return false, err
	}
	_, err = io.Copy(b, io.LimitReader(got, size+1)) // whatever it would unpack to, more than the file is wrong already
	return bytes.Equal(a.Sum(nil), b.Sum(nil)), err
}

// sums checks that SHA256SUMS says the same as the manifest.
func (c *checker) sums(dir string, m *manifest, manifestSum string) {
	name := path.Join(dir, "SHA256SUMS")
	data, err := c.bytes(name)
	if err != nil {
		c.problem("%s：文件不见了 / the file is missing", name)
		return
	}
	var want bytes.Buffer
	for i := range m.Files {
		fmt.Fprintf(&want, "%s  %s\n", m.Files[i].SHA256, strings.TrimPrefix(m.Files[i].Path, folderOf(m)))
	}
	fmt.Fprintf(&want, "%s  manifest.json\n", manifestSum)
	if !bytes.Equal(want.Bytes(), data) {
		c.problem("%s：和清单说的不一样 / does not say what the manifest says", name)
	}
}

// sum hashes and counts what is written to it.
type sum struct {
	hash.Hash
	n     int64
	lines int
}

func (s *sum) Write(p []byte) (int, error) {
	s.n += int64(len(p))
	s.lines += bytes.Count(p, []byte{'\n'})
	return s.Hash.Write(p)
}

func (s *sum) hex() string { return hex.EncodeToString(s.Sum(nil)) }
