package tomlfile

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/BurntSushi/toml"
)

// How parsed values are written down: a letter for the type, and then the value; counts and sizes are varints. Keys and texts are taken
// out of what is read without a copy.
const (
	kindText   = 's'
	kindInt    = 'i'
	kindFloat  = 'f'
	kindTrue   = 'y'
	kindFalse  = 'n'
	kindDate   = 'd' // a local date as year*10000 + month*100 + day
	kindList   = 'l'
	kindTables = 't' // an array of tables
	kindTable  = 'm'
)

// localDate is the zone by which the library tells a date from a time. It is the library's own, and comes only with a value.
var localDate = func() *time.Location {
	var v map[string]any
	if _, err := toml.Decode("day = 2000-01-01", &v); err != nil {
		panic("tomlfile: " + err.Error())
	}
	return v["day"].(time.Time).Location()
}()

// appendTable adds a table; ok is false where it has a value that cannot be written down: a time, which no record has.
func appendTable(b []byte, table map[string]any) (_ []byte, ok bool) {
	b = binary.AppendUvarint(b, uint64(len(table)))
	for key, value := range table {
		b = appendText(b, key)
		if b, ok = appendValue(b, value); !ok {
			return b, false
		}
	}
	return b, true
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendValue(b []byte, value any) (_ []byte, ok bool) {
	switch x := value.(type) {
	case string:
		return appendText(append(b, kindText), x), true
	case int64:
		return binary.AppendVarint(append(b, kindInt), x), true
	case float64:
		return binary.LittleEndian.AppendUint64(append(b, kindFloat), math.Float64bits(x)), true
	case bool:
		if x {
			return append(b, kindTrue), true
		}
		return append(b, kindFalse), true
	case time.Time:
		y, m, d := x.Date()
		return binary.AppendUvarint(append(b, kindDate), uint64(y*10000+int(m)*100+d)), x.Location() == localDate
	case []any:
		b = binary.AppendUvarint(append(b, kindList), uint64(len(x)))
		for _, element := range x {
			if b, ok = appendValue(b, element); !ok {
				return b, false
			}
		}
		return b, true
	case []map[string]any:
		b = binary.AppendUvarint(append(b, kindTables), uint64(len(x)))
		for _, table := range x {
			if b, ok = appendTable(b, table); !ok {
				return b, false
			}
		}
		return b, true
	case map[string]any:
		return appendTable(append(b, kindTable), x)
	}
	return b, false
}

// treeReader reads values as they were written down. What it reads has been held against its checksum, so it is what this program wrote.
type treeReader struct{ rest string }

func (r *treeReader) table() map[string]any {
	n := r.number()
	out := make(map[string]any, n)
	for range n {
		key := r.text()
		out[key] = r.value()
	}
	return out
}

func (r *treeReader) value() any {
	kind := r.rest[0]
	r.rest = r.rest[1:]
	switch kind {
	case kindText:
		return r.text()
	case kindInt: // zigzag, as [binary.AppendVarint] writes it
		u := r.unsigned()
		return int64(u>>1) ^ -int64(u&1)
	case kindFloat:
		bits := binary.LittleEndian.Uint64([]byte(r.rest[:8]))
		r.rest = r.rest[8:]
		return math.Float64frombits(bits)
	case kindTrue:
		return true
	case kindFalse:
		return false
	case kindDate:
		day := r.number()
		return time.Date(day/10000, time.Month(day/100%100), day%100, 0, 0, 0, 0, localDate)
	case kindList:
		out := make([]any, r.number())
		for i := range out {
			out[i] = r.value()
		}
		return out
	case kindTables:
		out := make([]map[string]any, r.number())
		for i := range out {
			out[i] = r.table()
		}
		return out
	}
	return r.table()
}

func (r *treeReader) text() string {
	n := r.number()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *treeReader) number() int { return int(r.unsigned()) }

func (r *treeReader) unsigned() uint64 {
	var u uint64
	for i := 0; ; i++ {
		c := r.rest[i]
		u |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.rest = r.rest[i+1:]
			return u
		}
	}
}
