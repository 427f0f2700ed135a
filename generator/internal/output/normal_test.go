package output

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestCommon asks the tables of Unicode: what is called common has no decomposition and neither changes nor is changed by what stands
// beside it.
func TestCommon(t *testing.T) {
	n := 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if r >= utf8.RuneSelf && !common(string(r)) {
			continue
		}
		n++
		p := norm.NFC.PropertiesString(string(r))
		if p.CCC() != 0 || !p.BoundaryBefore() || p.Decomposition() != nil {
			t.Errorf("%U changes", r)
		}
	}
	if n < 20_000 {
		t.Errorf("only %d characters are common", n)
	}
}

func TestNFC(t *testing.T) {
	for _, s := range []string{"", "Banshi", "食品经营许可（示例县）：10 个工作日", "cafe\u0301", "食e\u0301品", "\u212b", "\uf900", "豈", "\u1100\u1161", "食\u3099", "\xff食", "𠮷", "“引号”"} {
		if got, want := NFC(s), norm.NFC.String(s); got != want {
			t.Errorf("NFC(%q) = %q, want %q", s, got, want)
		}
		if Ordinary(s) && (!norm.NFC.IsNormalString(s) || !utf8.ValidString(s)) {
			t.Errorf("%q is not ordinary", s)
		}
	}
}

func TestOrdinary(t *testing.T) {
	for s, want := range map[string]bool{"食品经营许可（示例县）：10 个工作日": true, "": true, "a\"b": false, "a\\b": false, "行\n": false, "\x1f": false, "cafe\u0301": false} {
		if got := Ordinary(s); got != want {
			t.Errorf("Ordinary(%q) = %v", s, got)
		}
	}
}

func BenchmarkNFC(b *testing.B) {
	text := strings.Repeat("食品经营许可，新办：10 个工作日；", 8)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		NFC(text)
	}
}

func BenchmarkNFCByTables(b *testing.B) {
	text := strings.Repeat("食品经营许可，新办：10 个工作日；", 8)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		_ = norm.NFC.String(text)
	}
}
