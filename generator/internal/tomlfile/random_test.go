package tomlfile

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	reference "github.com/pelletier/go-toml/v2"
)

// TestRandomTables writes files of few keys, so that tables, dotted keys,
// lists and inline tables meet under the same names, and compares what we
// accept with a second implementation of TOML.
func TestRandomTables(t *testing.T) {
	random := rand.New(rand.NewPCG(2026, 3))
	accepted := 0
	for range 30000 {
		text := randomFile(random)
		var ours, theirs map[string]any
		d, problems := Decode("x.toml", []byte(text), &ours, Options{})
		err := reference.Unmarshal([]byte(text), &theirs)
		if (err == nil) != (len(problems) == 0) {
			t.Errorf("%s\nwe say %v, the other says %v", text, brief(problems), err)
			continue
		}
		if err != nil {
			continue
		}
		accepted++
		if ours == nil {
			ours = map[string]any{}
		}
		if got, want := fmt.Sprint(plain(ours)), fmt.Sprint(plain(theirs)); got != want {
			t.Errorf("%s\nour values   %s\nother values %s", text, got, want)
		}
		_, dotted := refuse(d.Data)
		compareKeys(t, d, dotted, ours)
		if t.Failed() {
			t.Fatal("in the file\n" + text)
		}
	}
	if accepted < 3000 {
		t.Errorf("only %d files were good", accepted)
	}
}

// plain makes lists of one type of both implementations' lists.
func plain(value any) any {
	switch v := value.(type) {
	case map[string]any:
		m := map[string]any{}
		for key, member := range v {
			m[key] = plain(member)
		}
		return m
	default:
		if r := reflect.ValueOf(value); r.Kind() == reflect.Slice {
			list := []any{}
			for i := range r.Len() {
				list = append(list, plain(r.Index(i).Interface()))
			}
			return list
		}
	}
	return value
}

func randomFile(random *rand.Rand) string {
	var b strings.Builder
	for range 1 + random.IntN(6) {
		switch random.IntN(6) {
		case 0, 1:
			fmt.Fprintf(&b, "[%s]\n", randomKey(random))
		case 2:
			fmt.Fprintf(&b, "[[%s]]\n", randomKey(random))
		default:
			fmt.Fprintf(&b, "%s = %s\n", randomKey(random), randomValue(random, 2))
		}
	}
	return b.String()
}

func randomKey(random *rand.Rand) string {
	names := []string{"fee", "items", "when"}
	key := names[random.IntN(len(names))]
	for parts := 1; parts < 4 && random.IntN(3) == 0; parts++ {
		key += "." + names[random.IntN(len(names))]
	}
	return key
}

func randomValue(random *rand.Rand, depth int) string {
	kind := random.IntN(4)
	if depth == 0 || kind == 0 || kind == 3 {
		return fmt.Sprint(random.IntN(100))
	}
	var members []string
	for range random.IntN(3) {
		if kind == 2 {
			members = append(members, randomKey(random)+" = "+randomValue(random, depth-1))
		} else {
			members = append(members, randomValue(random, depth-1))
		}
	}
	if kind == 1 {
		return "[" + strings.Join(members, ", ") + "]"
	}
	return "{" + strings.Join(members, ", ") + "}"
}
