package rules

import (
	"strings"
	"testing"
)

// TestPhrases holds that a list finds what a search for one phrase after the other finds.
func TestPhrases(t *testing.T) {
	texts := []string{
		"", "材料", "带齐有关材料和其他材料", "等材料", "见流程图", "详见流程图", "𠮷其他证明", "其他", "申请表等", "\xff其他材料", "法律、法规规定的其他材料", "ABC 等相关",
	}
	for _, s := range texts {
		want := -1
		for n, phrase := range vaguePhrases.list {
			if strings.Contains(s, phrase) {
				want = n
				break
			}
		}
		if got := vaguePhrases.in(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}
