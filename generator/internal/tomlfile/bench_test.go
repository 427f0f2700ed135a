package tomlfile

import (
	"fmt"
	"strings"
	"testing"
)

// largeRecord is a record of about 5 KB.
func largeRecord() []byte {
	var b strings.Builder
	b.WriteString(goodRecord)
	for i := 0; b.Len() < 5<<10; i++ {
		fmt.Fprintf(&b, "[[materials]]\nid = \"m%d\"\nmaterial = \"business-licence-%d\"\nnecessity = \"必要\"\ncopies = %d\n", i, i, i%3)
	}
	return []byte(b.String())
}

func BenchmarkDecode(b *testing.B) {
	data := largeRecord()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var p procedure
		if _, problems := Decode("01.toml", data, &p, Options{}); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

func BenchmarkGates(b *testing.B) {
	data := largeRecord()
	b.Run("refuse", func(b *testing.B) {
		for b.Loop() {
			refuse(data)
		}
	})
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := parse(data); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("kept", func(b *testing.B) {
		tree, err := parse(data)
		if err != nil {
			b.Fatal(err)
		}
		delete(tree, "checked") // a time, which is not kept
		kept, ok := appendTable(nil, tree)
		if !ok {
			b.Fatal("the record cannot be kept")
		}
		text := string(kept)
		b.ReportAllocs()
		for b.Loop() {
			r := treeReader{text}
			r.table()
		}
	})
	b.Run("index", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			indexOf(data)
		}
	})
}
