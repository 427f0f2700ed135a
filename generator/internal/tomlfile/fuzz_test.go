package tomlfile

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"
)

var fuzzSeeds = []string{
	goodRecord,
	"name = \"低保\"\nvisits = \"1\"\n[[materials]]\ncopiez = 1\n",
	"fee.charged = false\nfee = \"无\"\n[fee]\n[[fee]]\n",
	"a = { b = 1 }\n[a.c]\nd = 1\n",
	"a = [{ b.c = 1, \"d e\" = [[1], [{ f = 2 }]] }, # 注释\n]\n",
	"[a.b]\nc = '''\n[x]'''\n[a]\n[[a.l]]\n[[a.l.m]]\n[a.l.n]\n",
	"name = “低保”\nx = [1\ny = 2026-02-30\nz = 01\n",
	"\"\" = 1\n'' = 2\n",
	"x = \"\\u202e\\e\\x41\"\r\n\"\\u0041b\" = 1979-05-27 07:32\n",
	"0000.\"保",
	"0=\"\\b00000\"\n\"\\x00000\"=00:00",
	"[fee.items]\nwhen = 1\n[fee]\nitems.fee = 2\n",
	"promise = [\n  { value = 1,\n    unit = \"工作日\", },\n]\n",
}

// FuzzDecode compares what we know of a file with what BurntSushi/toml knows.
func FuzzDecode(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		var p procedure
		d, problems := Decode("x.toml", data, &p, Options{})
		if !bytes.Equal(data, before) {
			t.Fatal("the data were changed")
		}
		for _, p := range problems {
			if p.Rule != "file-too-large" && !standsIn(data, p.Line, p.Column) {
				t.Errorf("%v stands outside of the file", p)
			}
		}
		again := procedure{}
		_, second := Decode("x.toml", data, &again, Options{})
		if !slices.Equal(brief(problems), brief(second)) || fmt.Sprintf("%+v", again.Materials) != fmt.Sprintf("%+v", p.Materials) {
			t.Errorf("two runs differ:\n%v\n%v", brief(problems), brief(second))
		}

		faults, dotted := refuse(data)
		if len(faults) > 0 {
			if len(problems) != len(faults) {
				t.Errorf("refused with %v, reported %v", faults, problems)
			}
			return
		}
		tree, err := parse(data)
		if err == nil {
			compareKeys(t, d, dotted, tree)
			if b, ok := appendTable(nil, tree); ok {
				r := treeReader{string(b)}
				if back := r.table(); fmt.Sprintf("%#v", back) != fmt.Sprintf("%#v", tree) || r.rest != "" {
					t.Errorf("kept  %#v\nfound %#v", tree, back)
				}
			}
			return
		}
		if len(problems) == 0 {
			t.Errorf("the library says %v, we say nothing", err)
		}
	})
}

// compareKeys checks the index of a file that the library accepts.
func compareKeys(t *testing.T, d *Document, dotted bool, tree map[string]any) {
	x := d.index()
	if !dotted && x.twiceWritten() {
		t.Errorf("twice without a dotted key: %+v", x.faults)
	}
	if len(x.faults) > 0 {
		for _, f := range x.faults {
			if f.rule != "duplicate-key" {
				t.Errorf("only we refuse: %+v", f)
			}
		}
		return
	}
	var ours, theirs []string
	known := map[string]bool{} // our paths without indices, as the library writes them
	walkNodes(x.root, nil, func(path []string, n *node, key bool) {
		ours = append(ours, fmt.Sprintf("%q", path))
		known[withoutIndices(x.root, path)] = true
		position := d.Position(path...)
		if position != d.at(d.Data, n.at) || !d.Has(path...) {
			t.Errorf("%q is at %v, found at %v", path, d.at(d.Data, n.at), position)
		}
		if last := path[len(path)-1]; key && keyText(d.Data[n.at:]) != last {
			t.Errorf("%q: at %v stands %q", path, position, keyText(d.Data[n.at:]))
		}
	})
	walkTree(tree, nil, func(path []string) { theirs = append(theirs, fmt.Sprintf("%q", path)) })
	slices.Sort(ours)
	slices.Sort(theirs)
	if !slices.Equal(ours, theirs) {
		t.Errorf("our keys    %q\ntheir keys  %q", ours, theirs)
	}

	var value any
	md, err := toml.Decode(string(d.Data), &value)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range md.Keys() {
		if !known[fmt.Sprintf("%q", []string(key))] {
			t.Errorf("the library has the key %q, we do not", key)
		}
	}
}

// walkNodes visits all nodes below n and says of each whether it is a key, and
// not a member of a list.
func walkNodes(n *node, path []string, visit func(path []string, n *node, key bool)) {
	for _, key := range slices.Sorted(maps.Keys(n.keys)) {
		at := append(slices.Clone(path), key)
		visit(at, n.keys[key], true)
		walkNodes(n.keys[key], at, visit)
	}
	for i, element := range n.elements {
		at := append(slices.Clone(path), strconv.Itoa(i))
		visit(at, element, false)
		walkNodes(element, at, visit)
	}
}

func walkTree(value any, path []string, visit func([]string)) {
	if table, ok := value.(map[string]any); ok {
		for key, member := range table {
			at := append(slices.Clone(path), key)
			visit(at)
			walkTree(member, at, visit)
		}
	}
	elements, _ := elementsOf(value)
	for i, element := range elements {
		at := append(slices.Clone(path), strconv.Itoa(i))
		visit(at)
		walkTree(element, at, visit)
	}
}

func withoutIndices(n *node, path []string) string {
	var keys []string
	for _, part := range path {
		if n.list {
			i, _ := strconv.Atoi(part)
			n = n.elements[i]
			continue
		}
		keys = append(keys, part)
		n = n.keys[part]
	}
	return fmt.Sprintf("%q", keys)
}

// keyText returns the key that the text begins with.
func keyText(text []byte) string {
	var p unstable.Parser
	end := 0
	if text[0] == '"' || text[0] == '\'' {
		end = stringEnd(text, 0)
	} else {
		for end < len(text) && strings.IndexByte("-_", text[end]) >= 0 || end < len(text) && isLetterOrDigit(text[end]) {
			end++
		}
	}
	p.Reset(append(bytes.Clone(text[:end]), "=1"...))
	if !p.NextExpression() {
		return "no key: " + p.Error().Error()
	}
	key := p.Expression().Key()
	key.Next()
	return string(key.Node().Data)
}

func isLetterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func standsIn(data []byte, line, column int) bool {
	lines := bytes.Split(data, []byte("\n"))
	return 1 <= line && line <= len(lines) && 1 <= column && column <= len([]rune(string(lines[line-1])))+1
}
