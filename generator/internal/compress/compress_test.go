package compress

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// guide is text as pages have it.
func guide(n int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "<li><b>第 %d 步</b> 申请人到示例县政务服务大厅 %d 号窗口提交材料，当场受理</li>\n", i, i*7%31)
	}
	return b.Bytes()
}

func encode(t testing.TB, f Form, data []byte, piece int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Encode(&b, func(w io.Writer) error {
		for rest := data; len(rest) > 0; rest = rest[min(piece, len(rest)):] {
			if _, err := w.Write(rest[:min(piece, len(rest))]); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What other libraries unpack is what went in; the pieces it was written in, and what the encoder did before, leave no trace.
func TestForms(t *testing.T) {
	for _, f := range Forms {
		for _, n := range []int{1, Least, 27_000, 3 << 20} {
			data := guide(n)
			packed := encode(t, f, data, len(data))
			var r io.Reader = brotli.NewReader(bytes.NewReader(packed))
			if f.Suffix == ".gz" {
				z, err := gzip.NewReader(bytes.NewReader(packed))
				if err != nil {
					t.Fatal(err)
				}
				r = z
				if z.Name != "" || z.ModTime.Unix() > 0 {
					t.Errorf("gzip holds a name or a time: %q %v", z.Name, z.ModTime)
				}
			}
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, data) {
				t.Errorf("%s of %d bytes: %d bytes come back (%v)", f.Suffix, n, len(got), err)
			}
			if again := encode(t, f, data, 4096); !bytes.Equal(again, packed) {
				t.Errorf("%s of %d bytes, in pieces, is another", f.Suffix, n)
			}
			if n >= Least && len(packed) > len(data)/2 {
				t.Errorf("%s of %d bytes has %d", f.Suffix, len(data), len(packed))
			}
		}
	}
}

func TestEncodeTellsFailures(t *testing.T) {
	full := errors.New("磁盘满了")
	for _, f := range Forms {
		if err := f.Encode(failing{full}, func(w io.Writer) error { _, err := w.Write(guide(1 << 20)); return err }); !errors.Is(err, full) {
			t.Errorf("%s into a full disk: %v", f.Suffix, err)
		}
		if err := f.Encode(io.Discard, func(io.Writer) error { return full }); !errors.Is(err, full) {
			t.Errorf("%s of what cannot be read: %v", f.Suffix, err)
		}
		if packed := encode(t, f, guide(2000), 2000); len(packed) == 0 {
			t.Errorf("%s: nothing after a failure", f.Suffix)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestWorth(t *testing.T) {
	for file, want := range map[string]bool{
		"index.html": true, "api/v1/items/dibao.json": true, "feeds/all.atom": true, "lists/fee.csv": true, "assets/qr.svg": true, "sitemap.xml": true,
		"data/current/items.jsonl.gz": false, "x.html.br": false, "a.parquet": false, "b.xlsx": false, "c.png": false, "_headers": false, "d.woff2": false,
	} {
		if Worth(file) != want {
			t.Errorf("Worth(%q) = %v", file, !want)
		}
	}
	if !strings.HasPrefix(Forms[0].Suffix, ".b") || !strings.HasPrefix(Forms[1].Suffix, ".g") {
		t.Error("forms are not in the order of their suffixes")
	}
}

func BenchmarkEncode(b *testing.B) {
	data := guide(27_000)
	for _, f := range Forms {
		b.Run(f.Suffix, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				encode(b, f, data, len(data))
			}
		})
	}
}
