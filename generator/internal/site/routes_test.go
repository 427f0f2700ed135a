package site

import "testing"

func TestRelative(t *testing.T) {
	for _, c := range [][3]string{
		{"", "", "index.html"}, {"", "lists/", "lists/index.html"}, {"lists/", "", "../index.html"}, {"lists/", "lists/", "index.html"},
		{"lists/once/", "lists/", "../index.html"}, {"lists/once/130100.html", "lists/once/", "index.html"},
		{"lists/once/130100.html", "divisions/130100/x.01.html#how", "../../divisions/130100/x.01.html#how"},
		{"divisions/130100/x.html", "divisions/130100/", "index.html"}, {"divisions/130100/x.html", "divisions/130101/x.html", "../130101/x.html"},
		{"divisions/1301/x.html", "divisions/130100/x.html", "../130100/x.html"}, {"compare/a/", "compare/a/places.csv", "places.csv"},
		{"items/a/", "items/a/#standard", "index.html#standard"}, {"items/a/", "#top", "../../index.html#top"}, {"404.html", "assets/a/b", "assets/a/b"},
		{"a/b/c/d/e/f/g/h/i/j/", "z", "../../../../../../../../../../z"}, {"a/b", "a", "../a"}, {"a", "a/b", "a/b"},
	} {
		if got := Relative(c[0], c[1]); got != c[2] {
			t.Errorf("from %q to %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
