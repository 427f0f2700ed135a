package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"banshi/generator/internal/record"
)

// TestEditorFiles holds that what editors read in this repository is what banshi schema --editor writes now.
func TestEditorFiles(t *testing.T) {
	t.Parallel()
	want := editorFiles()
	for _, kind := range record.Kinds {
		want[path.Join("data", schemasDir, schemaName(kind))] = string(record.JSONSchema(kind, vocabularies(os.DirFS(".."))))
	}
	for name, text := range want {
		got, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
		if err != nil || string(got) != text {
			t.Errorf("%s is not what it should be; run go run ./generator schema --editor (%v)", name, err)
		}
	}
}

// editorSuite returns the folder of the npm packages of these tests, or skips.
func editorSuite(t *testing.T) string {
	t.Helper()
	if os.Getenv("BANSHI_EDITOR") == "" {
		t.Skip("BANSHI_EDITOR=1 asks taplo and its language server what they see with our schemas, and validates SARIF")
	}
	return nodeTools(t, "editor")
}

// seed is one mistake of shape in a copy of a real record.
type seed struct {
	what, from, old, new string
	path                 string // of the copy, relative to data/
}

// seeds reads testing/editor/seeds.tsv.
func seeds(t *testing.T, file string) []seed {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []seed
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `\n`, "\n"), "\t")
		if len(f) != 4 {
			t.Fatalf("%s: %d fields: %q", file, len(f), line)
		}
		out = append(out, seed{what: f[0], from: f[1], old: f[2], new: f[3], path: elsewhere(f[1], len(out))})
	}
	return out
}

// elsewhere is where the n-th copy of a record stands: beside it under another id, so that many can be looked at in one run.
func elsewhere(p string, n int) string {
	dir, name := path.Split(p)
	switch {
	case strings.HasPrefix(p, "items/"):
		return fmt.Sprintf("items/seed-%03d/%s", n, name)
	case strings.HasPrefix(p, "divisions/1"):
		return fmt.Sprintf("divisions/139%03d/%s", n, name)
	case dir == "":
		return fmt.Sprintf("%s@2027-01-%02d.toml", strings.TrimSuffix(name, ".toml"), n%28+1)
	}
	return fmt.Sprintf("%sseed-%03d.toml", dir, n)
}

// TestTaplo has taplo look at all records of this library with our schemas, and then at a hundred mistakes of shape: none in the
// first, at least 95 of the second.
func TestTaplo(t *testing.T) {
	tools := editorSuite(t)
	site := t.TempDir()
	copyDir(t, "../data", filepath.Join(site, "data"))
	banshi(t, nil, "schema", "--editor", "--site", site)
	if failed := lint(t, tools, site); len(failed) > 0 {
		t.Fatalf("taplo finds mistakes in the real data: %v", failed)
	}

	all := seeds(t, filepath.Join(tools, "seeds.tsv"))
	for _, s := range all {
		data, err := os.ReadFile(filepath.Join("../data", s.from))
		if err != nil || !bytes.Contains(data, []byte(s.old)) {
			t.Fatalf("%s lacks %q: %v", s.from, s.old, err)
		}
		writeFile(t, filepath.Join(site, "data", s.path), bytes.Replace(data, []byte(s.old), []byte(s.new), 1))
	}
	failed := lint(t, tools, site)
	caught := 0
	for _, s := range all {
		if failed[s.path] {
			caught++
		} else {
			t.Logf("taplo does not see: %s in %s: %q for %q", s.what, s.from, s.new, s.old)
		}
	}
	t.Logf("taplo catches %d of %d", caught, len(all))
	if len(all) != 100 || caught < 95 {
		t.Errorf("%d of %d mistakes are caught", caught, len(all))
	}
	if more := len(failed) - caught; more > 0 {
		t.Errorf("%d records without a mistake are refused", more)
	}
}

// lint runs taplo over the data of a site and returns the records that it refuses, relative to data/.
func lint(t *testing.T, tools, site string) map[string]bool {
	t.Helper()
	cmd := exec.Command(filepath.Join(tools, "node_modules/.bin/taplo"), "lint", "--colors", "never")
	cmd.Dir = filepath.Join(site, "data")
	out, err := cmd.CombinedOutput()
	looked := regexp.MustCompile(`found files total=(\d+)`).FindSubmatch(out)
	if looked == nil || len(looked[1]) < 4 {
		t.Fatalf("taplo looked at few files: %v\n%s", err, out)
	}
	failed := map[string]bool{}
	for _, m := range regexp.MustCompile(`invalid file error=.* path="[^"]*/data/([^"]*)"`).FindAllSubmatch(out, -1) {
		failed[string(m[1])] = true
	}
	if err != nil && len(failed) == 0 {
		t.Fatalf("taplo: %v\n%s", err, out)
	}
	return failed
}

// TestLanguageServer asks the language server of Even Better TOML what an editor sees who has opened the site, or its data: a
// mistake underlined, what a key means in Chinese, and the terms to choose from.
func TestLanguageServer(t *testing.T) {
	tools := editorSuite(t)
	site := t.TempDir()
	copyDir(t, "../data/vocab", filepath.Join(site, "data/vocab"))
	banshi(t, nil, "schema", "--editor", "--site", site)
	writeFile(t, filepath.Join(site, "data/items/tax-clear/item.toml"), []byte("name = \"清税证明\"\nnonsense = 1\ntype = \"\"\n"))
	for opened, file := range map[string]string{site: "data/items/tax-clear/item.toml", filepath.Join(site, "data"): "items/tax-clear/item.toml"} {
		cmd := exec.Command("node", "lsp.mjs", opened, file)
		cmd.Dir = tools
		cmd.Stdin = strings.NewReader(`[{"method": "textDocument/hover", "line": 0, "character": 2}, {"method": "textDocument/completion", "line": 2, "character": 8}]`)
		out, err := cmd.Output()
		var answers []json.RawMessage
		if err == nil {
			err = json.Unmarshal(out, &answers)
		}
		if err != nil || len(answers) != 3 {
			t.Fatalf("%s: %v\n%s", opened, err, out)
		}
		for i, want := range []string{"nonsense", "事项名称：按目录清单写全称", "行政许可"} {
			if !bytes.Contains(answers[i], []byte(want)) {
				t.Errorf("%s: %q is not in %s", opened, want, answers[i])
			}
		}
	}
}

// TestSARIF validates what check writes against the schema of SARIF 2.1.0, which comes with Microsoft's own tools.
func TestSARIF(t *testing.T) {
	tools := editorSuite(t)
	compiled, err := jsonschema.NewCompiler().Compile(filepath.Join(tools, "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"))
	if err != nil {
		t.Fatal(err)
	}
	site := testSite(t)
	writeFile(t, filepath.Join(site, "data/divisions/139921/dibao.toml"), []byte("promise = [{ value = 60, unit = \"工作日\" }]\nphonez = []\n"))
	writeFile(t, filepath.Join(site, "data/items/办事 指南/item.toml"), []byte("name = \"\"\n"))
	for _, args := range [][]string{{"check", "data/laws"}, {"check"}, {"check", "--since", "HEAD"}, {"check", "--lang", "en"}} {
		out, _ := exec.Command("banshi", append(args, "--site", site, "--format", "sarif")...).Output()
		log, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
		if err == nil {
			err = compiled.Validate(log)
		}
		if err != nil {
			t.Errorf("banshi %v: %v\n%s", args, err, out)
		}
	}
}
