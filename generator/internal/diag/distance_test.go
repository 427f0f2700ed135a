package diag

import (
	"strings"
	"testing"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"promise", "promise", 0}, {"promise", "promis", 1}, {"promise", "pormise", 1}, {"promise", "", 7},
		{"容缺后补", "容缺候补", 1}, {"电子或纸质", "纸质或电子", 4}, {"necessity", "neccesity", 2},
	} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
		if Distance(c.a, c.b) != Distance(c.b, c.a) {
			t.Errorf("the way from %q to %q is not the way back", c.a, c.b)
		}
	}
	if long := strings.Repeat("x", 600); Distance(long, "x") != 600 {
		t.Error("a word too long is compared")
	}
}
