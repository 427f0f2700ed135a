package table

import (
	"strings"
	"testing"
)

// What a table program would calculate gets an apostrophe; the mark and the Chinese titles stand at the top.
func TestWriteSheet(t *testing.T) {
	texts := []string{"食品经营许可", "=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", "\t=1", "5 工作日", "a,b", ""}
	tb := &Table{Columns: []Column{{Name: "text", Title: "事项"}}, Rows: func(yield func([]Value) bool) {
		for _, s := range texts {
			if !yield([]Value{TextOf(s)}) {
				return
			}
		}
	}}
	var out strings.Builder
	n, err := WriteSheet(&out, tb)
	if err != nil || n != len(texts) {
		t.Fatal(n, err)
	}
	want := "\ufeff事项\r\n食品经营许可\r\n\"'=HYPERLINK(\"\"x\"\")\"\r\n'+1\r\n'-1\r\n'@SUM(A1)\r\n'\t=1\r\n5 工作日\r\n\"a,b\"\r\n\r\n"
	if out.String() != want {
		t.Errorf("got  %q\nwant %q", out.String(), want)
	}
	if tb.Columns[0].Name != "text" {
		t.Error("the table itself was changed")
	}
}
