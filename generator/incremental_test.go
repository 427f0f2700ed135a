package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// editor changes a site as people do, at random but the same in every run.
type editor struct {
	t    *testing.T
	r    *rand.Rand
	site string
	kept map[string][]byte // files taken away, to be put back later
}

// replace swaps one of several texts for another in a file.
func (e *editor) replace(path string, texts ...string) {
	full := filepath.Join(e.site, path)
	data, err := os.ReadFile(full)
	if err != nil {
		return // taken away by an earlier edit
	}
	text, next := string(data), texts[e.r.IntN(len(texts))]
	for _, old := range texts {
		if strings.Contains(text, old) {
			text = strings.Replace(text, old, next, 1)
			break
		}
	}
	writeFile(e.t, full, []byte(text))
}

// toggle takes a file away, or puts it back.
func (e *editor) toggle(path string) {
	full := filepath.Join(e.site, path)
	if data, gone := e.kept[path]; gone {
		writeFile(e.t, full, data)
		delete(e.kept, path)
		return
	}
	data, err := os.ReadFile(full)
	if err != nil {
		e.t.Fatal(err)
	}
	e.kept[path] = data
	if err := os.Remove(full); err != nil {
		e.t.Fatal(err)
	}
}

// edit makes one change of a kind chosen at random: a local value, a standard, a law, a vocabulary, a theme, a setting, an article,
// a record that comes or goes.
func (e *editor) edit() {
	switch e.r.IntN(10) {
	case 0:
		e.replace("data/divisions/139921/food-business.toml", "value = 5", "value = 4", "value = 3")
	case 1:
		e.replace("data/items/food-business/01.toml", "按实际填。", "按实际情况填。", "照实填。")
	case 2:
		e.replace("data/laws/food-safety.toml", "《", "中华人民共和国食品安全法", "食品安全法（测试）")
	case 3:
		e.replace("data/divisions/139921/division.toml", "示例路1号", "示例路2号", "示例路3号")
	case 4:
		e.replace("data/vocab/departments.toml", `term = "民政"`, `term = "民政"`)
	case 5:
		e.replace("themes/default/templates/layout/foot.html", "<footer", "<!-- --><footer")
	case 6:
		e.replace("site.toml", "示例省政务服务事项库", "示例省办事指南", "示例省办事")
	case 7:
		e.replace("content/help/index.md", "照平时说的写就行", "想到什么写什么", "写一两个词就行")
	case 8:
		e.toggle("data/divisions/139921/dibao.toml")
	case 9:
		e.toggle("content/about/index.md")
	}
}

// TestIncrementalEqualsClean makes 100 random edits and builds after each on top of the last; the result is byte for byte what a
// clean build makes. It compares after every fifth edit, which keeps the test short and lets edits pile up.
func TestIncrementalEqualsClean(t *testing.T) {
	t.Parallel()
	site := testSite(t)
	e := &editor{t: t, r: rand.New(rand.NewPCG(7, 7)), site: site, kept: map[string][]byte{}}
	out, clean := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "clean")
	for n := range 100 {
		e.edit()
		banshi(t, nil, "build", "--site", site, "--out", out)
		if n%5 != 4 {
			continue
		}
		if err := os.RemoveAll(clean); err != nil {
			t.Fatal(err)
		}
		banshi(t, nil, "build", "--site", site, "--out", clean)
		sameTree(t, readTree(t, clean), readTree(t, out))
		if t.Failed() {
			t.Fatalf("after edit %d", n+1)
		}
	}
}
