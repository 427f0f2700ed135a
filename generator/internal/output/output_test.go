package output

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestHasherTellsFieldsApart(t *testing.T) {
	views := map[string]func(h *Hasher){
		"nothing":              func(h *Hasher) {},
		"食品经营 + 许可":            func(h *Hasher) { h.String("食品经营"); h.String("许可") },
		"食品 + 经营许可":            func(h *Hasher) { h.String("食品"); h.String("经营许可") },
		"食品经营许可":               func(h *Hasher) { h.String("食品经营许可") },
		"食品经营许可 as bytes":      func(h *Hasher) { h.Bytes([]byte("食品经营许可")) },
		"食品经营许可 and an empty":  func(h *Hasher) { h.String("食品经营许可"); h.String("") },
		"10":                   func(h *Hasher) { h.Int(10) },
		"-10":                  func(h *Hasher) { h.Int(-10) },
		"text 10":              func(h *Hasher) { h.String("10") },
		"yes":                  func(h *Hasher) { h.Bool(true) },
		"no":                   func(h *Hasher) { h.Bool(false) },
		"1":                    func(h *Hasher) { h.Int(1) },
		"0":                    func(h *Hasher) { h.Int(0) },
		"stamp":                func(h *Hasher) { h.Stamp(Stamp{1, 2}) },
		"bytes of stamp":       func(h *Hasher) { h.Bytes(Stamp{1, 2}.bytes()) },
		"two lists, 1 and 2":   func(h *Hasher) { list(h, "身份证"); list(h, "营业执照", "授权书") },
		"two lists, 2 and 1":   func(h *Hasher) { list(h, "身份证", "营业执照"); list(h, "授权书") },
		"long":                 func(h *Hasher) { h.String(strings.Repeat("办", flushAt)) },
		"long, one more":       func(h *Hasher) { h.String(strings.Repeat("办", flushAt)); h.Bool(false) },
		"many short, over all": func(h *Hasher) { h.String(strings.Repeat("办", flushAt)); h.Bool(true) },
	}
	seen := map[Stamp]string{}
	var reused Hasher
	for name, view := range views {
		var h Hasher
		view(&h)
		s := h.Sum()
		if other, ok := seen[s]; ok {
			t.Errorf("%q and %q have one stamp", name, other)
		}
		seen[s] = name
		reused.Reset()
		view(&reused)
		if reused.Sum() != s || reused.Sum() != s {
			t.Errorf("%q: the stamp depends on what the Hasher did before", name)
		}
	}
}

func (s Stamp) bytes() []byte { return s[:] }

func list(h *Hasher, names ...string) {
	h.Int(len(names))
	for _, n := range names {
		h.String(n)
	}
}

// The way a view is cut into buffers must not show in its stamp.
func TestHasherLongViews(t *testing.T) {
	stamp := func(text string, sumBetween bool) Stamp {
		var h Hasher
		for part := range slices.Chunk([]byte(text), 1000) {
			h.Bytes(part)
			if sumBetween {
				h.Sum()
			}
		}
		return h.Sum()
	}
	text := strings.Repeat("申请人应当提交的材料", 5000)
	if stamp(text, false) != stamp(text, true) {
		t.Error("a Sum in between changes the stamp")
	}
	if stamp(text, false) == stamp(text[:len(text)-1]+"x", false) {
		t.Error("the last byte does not count")
	}
}

// The stamps stand in manifests on disk: a change of the encoding re-renders every site, so it shall be deliberate.
func TestHasherIsStable(t *testing.T) {
	var h Hasher
	h.String("食品经营许可")
	h.Int(20)
	h.Bool(true)
	h.Bytes([]byte{0, 1})
	h.Stamp(Stamp{15: 1})
	if got, want := h.Sum().String(), "94003976862d7e74e873e45960aba83a"; got != want {
		t.Errorf("stamp = %s, want %s", got, want)
	}
}

func TestParseStamp(t *testing.T) {
	var h Hasher
	h.String("河北省")
	want := h.Sum()
	got, err := ParseStamp(want.String())
	if err != nil || got != want {
		t.Errorf("ParseStamp(%s) = %s, %v", want, got, err)
	}
	for _, bad := range []string{"", "00", strings.Repeat("g", 32), want.String() + "0"} {
		if _, err := ParseStamp(bad); err == nil {
			t.Errorf("ParseStamp(%q): no error", bad)
		}
	}
}

func TestCheckPath(t *testing.T) {
	for _, good := range []string{
		"index.html", "130731/food-business-01.html", ".well-known/security.txt", "帮助/如何办理.html", "a..b/c.d", "𠮷/1.html", "a b.html",
	} {
		if err := CheckPath(good); err != nil {
			t.Errorf("CheckPath(%q) = %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "/", "/etc/passwd", "..", "../x", "130731/../../x", "130731/..", ".", "./x", "a//b", "a/", "a\\b", "a\nb", "a\x00b", "a\x7fb",
		"a\u0085b", "a\u200bb", "a\u202eb", "\xff.html", "a/./b",
	} {
		if err := CheckPath(bad); err == nil {
			t.Errorf("CheckPath(%q): no error", bad)
		}
	}
}

func TestCollisions(t *testing.T) {
	tests := []struct {
		name  string
		paths []string
		want  []string // parts of the error; none means no error
	}{
		{"none", []string{"index.html", "130731/index.html", "130731/food-business-01.html", "130732/index.html"}, nil},
		{"prefix of a name is no folder", []string{"130731", "130731-old/index.html", "130731.html"}, nil},
		{"same path", []string{"item/a.html", "b.html", "item/a.html"}, []string{"item/a.html 与 item/a.html"}},
		{"case", []string{"item/JY.html", "item/jy.html"}, []string{"item/JY.html", "item/jy.html"}},
		{"case of a folder", []string{"Item/jy.html", "item/jy.html"}, []string{"Item/jy.html", "item/jy.html"}},
		{"two folders that differ in case only hold other files", []string{"Item/a.html", "item/b.html"}, nil},
		{"full-width case", []string{"Ａ.html", "ａ.html"}, []string{"Ａ.html", "ａ.html"}},
		{"Kelvin sign", []string{"\u212a.html", "k.html"}, []string{"\u212a.html", "k.html"}},
		{"normal form", []string{"caf\u00e9.html", "cafe\u0301.html"}, []string{"caf\u00e9.html", "cafe\u0301.html"}},
		{"compatibility ideograph", []string{"\uf900.html", "\u8c48.html"}, []string{"\uf900.html", "\u8c48.html"}},
		{"file and folder", []string{"130731", "130731/index.html"}, []string{"130731 是文件，又是 130731/index.html 的文件夹"}},
		{"file and folder, with names between", []string{"130731", "130731-1/x", "130731.html", "130731/a/b/c.html"}, []string{"130731 是文件，又是 130731/a/b/c.html"}},
		{"file and folder by case", []string{"DATA", "data/latest.json"}, []string{"DATA 是文件，又是 data/latest.json"}},
		{"unsafe", []string{"index.html", "../index.html"}, []string{"../index.html"}},
		{"two problems", []string{"a.html", "a.html", "b", "b/c"}, []string{"a.html 与 a.html", "b 是文件"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for range 2 { // in both orders: the message must not depend on it
				var files []File
				for _, p := range tt.paths {
					files = append(files, File{Path: p})
				}
				err := Collisions(files)
				if (err != nil) != (tt.want != nil) {
					t.Fatalf("Collisions(%q) = %v", tt.paths, err)
				}
				for _, part := range tt.want {
					if !strings.Contains(err.Error(), part) {
						t.Errorf("Collisions(%q) = %v, want it to name %q", tt.paths, err, part)
					}
				}
				slices.Reverse(tt.paths)
			}
		})
	}
}

func TestCollisionsAreNotToldWithoutEnd(t *testing.T) {
	var files []File
	for range 1000 {
		files = append(files, File{Path: "index.html"})
	}
	err := Collisions(files)
	if n := bytes.Count([]byte(err.Error()), []byte("\n")); n != maxShown || !strings.Contains(err.Error(), "979 more") {
		t.Errorf("%d lines: %v", n+1, err)
	}
}

func BenchmarkHasher(b *testing.B) {
	fields := make([]string, 20)
	for i := range fields {
		fields[i] = strings.Repeat("办理", 8) + fmt.Sprint(i)
	}
	b.ReportAllocs()
	var h Hasher
	for b.Loop() {
		h.Reset()
		for i, f := range fields {
			h.String(f)
			h.Int(i)
		}
		h.Sum()
	}
	b.SetBytes(int64(len(h.buf)))
}

func BenchmarkCollisions(b *testing.B) {
	var files []File
	for i := range 100_000 {
		files = append(files, File{Path: fmt.Sprintf("%d/food-business-%03d.html", 130100+i/560, i%560)})
	}
	for b.Loop() {
		if err := Collisions(files); err != nil {
			b.Fatal(err)
		}
	}
}
