package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestOpenData has the open data checked from outside, by programs that know nothing of this one: ajv, a linter of OpenAPI,
// readers of JSON-LD and of Data Packages. It needs Node and installs testing/open; BANSHI_OPEN=1 asks for it. BANSHI_DCAT_SHAPES names a folder with
// the SHACL shapes of DCAT-AP, which no package registry has.
func TestOpenData(t *testing.T) {
	if os.Getenv("BANSHI_OPEN") == "" {
		t.Skip("BANSHI_OPEN=1 checks the open data with ajv, Redocly, jsonld and SHACL")
	}
	tools := nodeTools(t, "open")
	small := func(t *testing.T) string { site, _, _ := released(t); return site }
	for name, site := range map[string]func(*testing.T) string{"the small site": small, "one city": cityOf("1307")} {
		t.Run(name, func(t *testing.T) {
			dir := site(t)
			out := filepath.Join(dir, "public")
			if name == "one city" {
				banshi(t, nil, "release", "--site", dir)
			}
			banshi(t, nil, "build", "--site", dir)
			node(t, tools, "node", "check.mjs", out, os.Getenv("BANSHI_DCAT_SHAPES"))
			node(t, tools, "npx", "redocly", "lint", "--format", "stylish", filepath.Join(out, "api/v1/openapi.json"))
		})
	}
}

// nodeTools installs the npm packages of a folder of testing/ and returns it.
func nodeTools(t *testing.T, suite string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("../testing", suite))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		node(t, dir, "npm", "ci", "--no-audit", "--no-fund", "--silent")
	}
	return dir
}

// node runs a program in a folder, and shows what it says.
func node(t *testing.T, dir string, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	t.Logf("%s %s\n%s", name, strings.Join(args, " "), out)
	if err != nil {
		t.Fatal(err)
	}
}

// cityOf returns the real library with one city, by the first digits of its places, and the made-up places, in one commit.
func cityOf(digits string) func(*testing.T) string {
	return func(t *testing.T) string {
		t.Helper()
		dir := t.TempDir()
		settings, err := os.ReadFile("../site.toml")
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(dir, "site.toml"), settings)
		for _, folder := range []string{"content", "themes"} {
			copyDir(t, filepath.Join("..", folder), filepath.Join(dir, folder))
		}
		walkFiles(t, "../data", func(rel string, data []byte) {
			place, inside := strings.CutPrefix(filepath.ToSlash(rel), "divisions/")
			for _, keep := range []string{digits, "1399", "130000/", "defaults/"} {
				inside = inside && !strings.HasPrefix(place, keep)
			}
			if !inside {
				writeFile(t, filepath.Join(dir, "data", rel), data)
			}
		})
		for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "-A"}, {"-c", "user.name=Editor", "-c", "user.email=editor@example.com", "commit", "-q", "-m", "one city"}} {
			if out, err := exec.Command("git", append([]string{"-C", dir}, args...)...).CombinedOutput(); err != nil {
				t.Fatalf("git %v: %v\n%s", args, err, out)
			}
		}
		return dir
	}
}
