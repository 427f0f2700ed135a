// Package compress makes the forms of published files that a web server sends as they are: x.html.gz and x.html.br beside x.html.
//
// Which files are worth it is decided by [Worth] and [Least]: text that is not compressed already, and not so short that the answer's
// headers weigh more. The same bytes give the same form, on every machine; what could change it, library and level, is in [Form.ID].
package compress

import (
	"io"
	"path"
	"runtime/debug"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// Least is the size in bytes from which a file is worth compressing; nginx has the same in docs/hosting/nginx.conf.
const Least = 1 << 10

// The levels are where a page of 27 KB stops getting smaller for its time: gzip 7 gives 29 % at 99 MB/s and 9 gives 29 % at 45; brotli 5
// gives 25 % at 36 MB/s and 9 gives 25 % at 16. A window of 256 KB (2^18) is wider than any page.
const (
	gzipLevel    = 7
	brotliLevel  = 5
	brotliWindow = 18
)

// worth are the extensions of text. Downloads that are compressed themselves (.gz, .parquet, .xlsx, .sqlite) and pictures are not.
var worth = map[string]bool{
	".html": true, ".json": true, ".jsonld": true, ".jsonl": true, ".js": true, ".css": true, ".svg": true, ".xml": true, ".atom": true, ".opml": true,
	".txt": true, ".csv": true, ".md": true, ".webmanifest": true, ".geojson": true, ".ics": true, ".xsl": true,
}

// Worth tells whether a file is compressed if it has at least [Least] bytes.
func Worth(file string) bool { return worth[path.Ext(file)] }

// Form is one way to compress.
type Form struct {
	Suffix string // of the file beside the plain one
	ID     string // names all that decides the bytes: library, version and level
	pool   *sync.Pool
}

// Forms are the ways that browsers ask for, in the order of their suffixes.
var Forms = []Form{
	newForm(".br", "brotli 5/18", "github.com/andybalholm/brotli", func() encoder {
		return brotli.NewWriterOptions(nil, brotli.WriterOptions{Quality: brotliLevel, LGWin: brotliWindow})
	}),
	newForm(".gz", "gzip 7", "github.com/klauspost/compress", func() encoder {
		w, err := gzip.NewWriterLevel(nil, gzipLevel)
		if err != nil {
			panic(err) // the level is a constant
		}
		return untimed{w}
	}),
}

// untimed is a gzip writer that writes "no time" into its header: the library's own zero is a day in 2042.
type untimed struct{ *gzip.Writer }

func (u untimed) Reset(w io.Writer) {
	u.Writer.Reset(w)
	u.ModTime = time.Unix(0, 0)
}

// encoder is what the writers of both libraries are.
type encoder interface {
	io.WriteCloser
	Reset(io.Writer)
}

func newForm(suffix, id, module string, make func() encoder) Form {
	return Form{suffix, id + " " + module + " " + versionOf(module), &sync.Pool{New: func() any { return &packer{encoder: make()} }}}
}

// versionOf is the version of a library in this program. Test binaries do not know it.
func versionOf(module string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, d := range info.Deps {
		if d.Path == module {
			return d.Version
		}
	}
	return ""
}

// Encode writes to w, compressed, what from writes.
func (f Form) Encode(w io.Writer, from func(io.Writer) error) error {
	p := f.pool.Get().(*packer)
	defer f.pool.Put(p)
	p.Reset(w)
	p.buf = p.buf[:0]
	err := from(p)
	if err == nil {
		_, err = p.encoder.Write(p.buf)
	}
	if closed := p.Close(); err == nil {
		err = closed
	}
	return err
}

// packer gives an encoder equal pieces, however it is written to: brotli's bytes depend on how the plain ones are cut.
type packer struct {
	encoder
	buf []byte
}

// piece is larger than nearly all pages, so that those are compressed in one go.
const piece = 1 << 17

func (p *packer) Write(data []byte) (int, error) {
	n := len(data)
	for len(data) > 0 {
		room := min(len(data), piece-len(p.buf))
		p.buf, data = append(p.buf, data[:room]...), data[room:]
		if len(p.buf) < piece {
			break
		}
		if _, err := p.encoder.Write(p.buf); err != nil {
			return n - len(data), err
		}
		p.buf = p.buf[:0]
	}
	return n, nil
}
