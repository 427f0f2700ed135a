package tomlfile

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"banshi/generator/internal/diag"
)

func TestPosition(t *testing.T) {
	d, problems := Decode("01.toml", []byte(goodRecord), &procedure{}, Options{})
	if len(problems) > 0 {
		t.Fatal(brief(problems))
	}
	lines := strings.Split(goodRecord, "\n")
	for _, c := range []struct {
		path string // parts separated by /
		want string // what stands there
		line int
		has  bool
	}{
		{"name", "name           =", 2, true},
		{"audience/1", `"个体工商户"]`, 5, true},
		{"promise", "promise        =", 6, true},
		{"promise/0", "{ value = 10", 7, true},
		{"promise/1/when/scope", `scope = ["solid-drinks"] } },`, 8, true},
		{"promise/1/when/scope/0", `"solid-drinks"] }`, 8, true},
		{"location/1", "36.6]", 12, true},
		{"fee", "fee.charged", 14, true},
		{"fee/charged", "charged = false", 14, true},
		{"fee/note", "note = ", 15, true},
		{"verified", "verified]", 20, true},
		{"topics/法人", `"法人"`, 26, true},
		{"materials", "materials]]", 28, true},
		{"materials/0", "[[materials]]", 28, true},
		{"materials/1", "[[materials]]", 33, true},
		{"materials/1/when", "when.scope", 38, true},
		{"materials/1/when/scope/1", `"hot-food"]`, 38, true},
		{"cases/0/options/1/label", `label = "预包装"`, 42, true},
		{"steps/1/required", "required", 50, true},
		{"procedure", "procedure.01]", 52, true},
		{"procedure/01", "01]", 52, true},
		{"procedure/01/material", "material.premises", 54, true},
		{"procedure/01/material/premises-layout/necessity", "necessity", 55, true},
		{"extra/anything/1/1", "3]]", 57, true},
		// The longest beginning that exists.
		{"materials/1/copiez", "[[materials]]", 33, false},
		{"materials/2/copies", "materials]]", 28, false},
		{"materials/01", "materials]]", 28, false},
		{"materials/-1", "materials]]", 28, false},
		{"name/0", "name ", 2, false},
		{"nothing/at/all", "# 食品", 1, false},
		{"", "# 食品", 1, false},
	} {
		path := strings.Split(c.path, "/")
		got := d.Position(path...)
		if got.File != "01.toml" || got.Line != c.line {
			t.Errorf("%s: at %v, want line %d", c.path, got, c.line)
			continue
		}
		if text := string([]rune(lines[got.Line-1])[got.Column-1:]); !strings.HasPrefix(text, c.want) {
			t.Errorf("%s: at %v stands %q, want %q", c.path, got, text, c.want)
		}
		if d.Has(path...) != c.has {
			t.Errorf("Has(%s) = %v", c.path, !c.has)
		}
	}
	if d.Position() != (diag.Position{File: "01.toml", Line: 1, Column: 1}) || !d.Has() {
		t.Error("the empty path is not the file")
	}
}

func TestPositionConcurrently(t *testing.T) {
	d, _ := Decode("01.toml", []byte(goodRecord), &procedure{}, Options{})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			if got := d.Position("materials", fmt.Sprint(i%2), "id").Line; got != 29+5*(i%2) {
				t.Errorf("line %d", got)
			}
		})
	}
	wg.Wait()
}

// A text that was let go is read again where a key is looked for.
func TestLetGo(t *testing.T) {
	text := []byte("name = \"食品经营许可\"\n\n[timing]\n  promise = 20\n")
	var v map[string]any
	d, _ := Decode("a.toml", text, &v, Options{})
	asked := 0
	d.LetGo(func(name string) ([]byte, error) {
		asked++
		if name != "a.toml" {
			t.Errorf("%s is asked for", name)
		}
		return text, nil
	})
	if d.Data != nil {
		t.Error("the text is still held")
	}
	if at := d.Position("timing", "promise").String(); at != "a.toml:4:3" || !d.Has("name") || d.Has("fee") || asked == 0 {
		t.Errorf("timing.promise is at %s, asked %d times", at, asked)
	}
	gone, _ := Decode("b.toml", text, &v, Options{})
	gone.LetGo(func(string) ([]byte, error) { return nil, os.ErrNotExist })
	if at := gone.Position("timing", "promise").String(); at != "b.toml:1:1" {
		t.Errorf("a file that is gone has a key at %s", at)
	}
}

func TestPositionAfterProblems(t *testing.T) {
	// A table that is defined after its child stands where it is defined.
	d, problems := Decode("x.toml", []byte("[fee.x]\n[fee]\ncharged = true\nname = 甲\nnote = \"\"\n"), &map[string]any{}, Options{})
	if len(problems) != 1 || d.Position("fee").Line != 2 || d.Position("fee", "note").Line != 5 || !d.Has("fee", "note") {
		t.Errorf("%v, %v", brief(problems), d.Position("fee"))
	}
	d, problems = Decode("x.toml", []byte("name = \"\x00\""), &procedure{}, Options{})
	if len(problems) != 1 || d.Has("name") || d.Position("name") != (diag.Position{File: "x.toml", Line: 1, Column: 1}) {
		t.Errorf("%v, %v", brief(problems), d.Position("name"))
	}
}
