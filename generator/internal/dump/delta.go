package dump

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// deltaRow is a line of a delta: what to do with one line of items.jsonl or guides.jsonl to come from one state to another.
type deltaRow struct {
	File    string   `json:"file,always" doc:"items 或 guides / items or guides"`
	Op      string   `json:"op,always" doc:"put 加上或替换，delete 去掉 / put: add or replace; delete: remove"`
	ID      string   `json:"id,always" doc:"这一行的 id / id of the line"`
	Changed []string `json:"changed" doc:"变了的地方，JSON Pointer；新增和去掉的为 null / what changed, as JSON Pointers; null for new and gone ones"`
	Record  lineJSON `json:"record" doc:"现在的一整行；delete 为 null / the whole line as it is now; null for delete"`
}

// lineJSON is a line of items.jsonl or guides.jsonl as it stands there.
type lineJSON = spliced[anyLine]

type anyLine struct{}

// delta compares two states line by line.
type delta struct {
	from  *Kept
	to    *exporter
	is    map[string]bool // lines of to
	write writer[deltaRow]

	mu    sync.Mutex
	count struct{ added, changed, gone int }
}

func newDelta(from *Kept, to *exporter) *delta {
	d := &delta{from: from, to: to, is: make(map[string]bool, len(to.Items)+len(to.Catalog.Guides)), write: to.write.delta}
	for _, i := range to.Items {
		d.is["items "+i.ID] = true
	}
	for _, g := range to.Catalog.Guides {
		d.is["guides "+guideID(g)] = true
	}
	return d
}

// archive is the file of the delta: a member of what is gone and of the items, then one a place.
func (d *delta) archive() *archive {
	return &archive{schema: schemaPath("delta"), members: 1 + len(d.to.Catalog.Divisions), lines: func(n int) iter.Seq[[]byte] {
		if n == 0 {
			return d.itemLines
		}
		return func(yield func([]byte) bool) { d.guideLines(d.to.Catalog.Divisions[n-1], yield) }
	}}
}

// itemLines are the changes of items and what is gone of both files.
func (d *delta) itemLines(yield func([]byte) bool) {
	var b, old, now []byte
	for _, key := range d.from.order {
		if !d.is[key] {
			file, id, _ := strings.Cut(key, " ")
			d.tally(&d.count.gone)
			if b = d.write.append(b[:0], &deltaRow{File: file, Op: "delete", ID: id}); !yield(b) {
				return
			}
		}
	}
	for _, i := range d.to.Items {
		now = d.to.write.item.append(now[:0], d.to.item(i))
		old = d.from.line("items "+i.ID, old)
		if b = d.put(b[:0], "items", i.ID, old, now); len(b) > 0 && !yield(b) {
			return
		}
	}
}

func (d *delta) guideLines(place *catalog.Division, yield func([]byte) bool) {
	var b, old, now []byte
	guides := d.to.guideWriter()
	for _, g := range place.Guides {
		id := guideID(g)
		now = guides.append(now[:0], g)
		old = d.from.line("guides "+id, old)
		if b = d.put(b[:0], "guides", id, old, now); len(b) > 0 && !yield(b) {
			return
		}
	}
}

func (d *delta) tally(n *int) {
	d.mu.Lock()
	*n++
	d.mu.Unlock()
}

// put appends the row of a line that is new or other than it was; old is empty for a new one.
func (d *delta) put(b []byte, file, id string, old, now []byte) []byte {
	if bytes.Equal(old, now) {
		return b
	}
	row := deltaRow{File: file, Op: "put", ID: id, Record: lineJSON{json: now}}
	if len(old) == 0 {
		d.tally(&d.count.added)
	} else {
		d.tally(&d.count.changed)
		row.Changed = pointers(old, now)
	}
	return d.write.append(b, &row)
}

// Delta returns the difference between two states as a file of gzipped JSON Lines.
func Delta(from *Kept, to *site.Site) output.File {
	a := newDelta(from, newExporter(to)).archive()
	a.path = "delta.jsonl.gz"
	return output.File{Path: a.path, Write: func(w io.Writer) error { return cmp.Or(a.Write(w), from.failed()) }}
}

// pointers lists, in order, the JSON Pointers (RFC 6901) of the values that differ between two lines. Lists of other lengths differ
// as a whole, as do values of other kinds.
func pointers(old, now []byte) []string {
	var a, b any
	decode := func(data []byte, v *any) {
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		if err := d.Decode(v); err != nil {
			panic("dump: wrote no JSON: " + err.Error())
		}
	}
	decode(old, &a)
	decode(now, &b)
	var out []string
	differ(&out, "", a, b)
	slices.Sort(out)
	return out
}

func differ(out *[]string, at string, a, b any) {
	switch a := a.(type) {
	case map[string]any:
		if b, ok := b.(map[string]any); ok {
			differObject(out, at, a, b)
			return
		}
	case []any:
		if b, ok := b.([]any); ok && len(a) == len(b) {
			for i := range a {
				differ(out, at+"/"+strconv.Itoa(i), a[i], b[i])
			}
			return
		}
		*out = append(*out, at)
		return
	default:
		if _, isList := b.([]any); !isList {
			if _, isObject := b.(map[string]any); !isObject && a == b {
				return
			}
		}
	}
	*out = append(*out, at)
}

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

func differObject(out *[]string, at string, a, b map[string]any) {
	for key, v := range a {
		to := at + "/" + pointerEscapes.Replace(key)
		if w, ok := b[key]; ok {
			differ(out, to, v, w)
		} else {
			*out = append(*out, to)
		}
	}
	for key := range b {
		if _, ok := a[key]; !ok {
			*out = append(*out, at+"/"+pointerEscapes.Replace(key))
		}
	}
}
