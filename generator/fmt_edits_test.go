package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// TestFmtUndoesEdits edits the records of this library as many hands would, without changing what they say: comments anywhere,
// blank lines, indents, odd spaces, Windows line ends, keys in another order. Formatted, a record says the same and has every
// comment once, and formatting again changes nothing.
func TestFmtUndoesEdits(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(2026, 11))
	tried, comments := 0, 0
	seen := map[record.Kind]int{}
	for _, site := range []string{"..", "testdata/site"} {
		err := fs.WalkDir(os.DirFS(site), catalog.DataDir, func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			kind, _, _, ok := record.ParsePath(strings.TrimPrefix(p, catalog.DataDir+"/"))
			if d.IsDir() || !ok {
				return nil
			}
			// Every kind, and of those with thousands some.
			if seen[kind]++; seen[kind] > 30 && random.IntN(20) > 0 {
				return nil
			}
			data, err := os.ReadFile(filepath.Join(site, p))
			if err != nil || strings.Contains(string(data), `"""`) {
				return err
			}
			tried++
			comments += edited(t, random, p, kind, string(data))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if tried < 400 || comments < 2000 || len(seen) < 15 {
		t.Errorf("%d records of %d kinds with %d comments were tried", tried, len(seen), comments)
	}
}

// edited edits one record, formats it and compares; it returns how many comments were put in.
func edited(t *testing.T, random *rand.Rand, p string, kind record.Kind, text string) (comments int) {
	t.Helper()
	before, problems := catalog.Decode(p, []byte(text))
	if len(problems) > 0 {
		return 0
	}
	messy, comments := untidy(random, text)
	once, err := formatRecord(kind, []byte(messy))
	if err != nil {
		t.Errorf("%s: %v\n%s", p, err, messy)
		return comments
	}
	after, problems := catalog.Decode(p, once)
	if before.Print != after.Print || len(problems) > 0 {
		t.Errorf("%s says something else: %v\n%s\nfrom\n%s", p, problems, once, messy)
	}
	for n := range comments {
		if c := remark(n); strings.Count(string(once), c) != 1 {
			t.Errorf("%s: %s stands there %d times\n%s\nfrom\n%s", p, c, strings.Count(string(once), c), once, messy)
		}
	}
	if twice, err := formatRecord(kind, once); err != nil || string(twice) != string(once) {
		t.Errorf("%s: formatting again changes it: %v", p, err)
	}
	return comments
}

func remark(n int) string { return fmt.Sprintf("# 备注%d。", n) }

// untidy returns a text of one-line strings with other comments, blanks, line ends and order, and how many comments were put in.
func untidy(random *rand.Rand, text string) (messy string, comments int) {
	ends := "\n"
	if random.IntN(4) == 0 {
		ends = "\r\n"
	}
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		// Two keys of one table, each on a line of its own, may change places.
		if i > 0 && wholeKey(line) && wholeKey(lines[i-1]) && random.IntN(3) == 0 {
			lines[i-1], lines[i] = lines[i], lines[i-1]
		}
	}
	var b strings.Builder
	say := func() string {
		comments++
		return remark(comments - 1)
	}
	for _, line := range lines {
		switch random.IntN(8) {
		case 0:
			b.WriteString(say() + ends)
		case 1:
			b.WriteString(ends)
		}
		if wholeKey(line) && random.IntN(3) == 0 {
			key, value, _ := strings.Cut(line, "=")
			line = strings.Repeat(" ", random.IntN(4)) + strings.TrimSpace(key) + strings.Repeat(" ", random.IntN(3)) + "=" + strings.Repeat("\t", random.IntN(2)) + strings.TrimSpace(value)
		}
		if line != "" && !strings.Contains(line, "#") && random.IntN(6) == 0 {
			line += strings.Repeat(" ", random.IntN(3)) + say()
		}
		b.WriteString(line + strings.Repeat(" ", random.IntN(2)) + ends)
	}
	return b.String(), comments
}

// wholeKey reports whether a line is a key with all of its value.
func wholeKey(line string) bool {
	return line != "" && !strings.ContainsAny(line[:1], " \t#[]{}") && strings.Contains(line, " = ") &&
		strings.Count(line, "[") == strings.Count(line, "]") && strings.Count(line, "{") == strings.Count(line, "}")
}
