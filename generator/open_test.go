package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestOpenData has the open data checked from outside, by programs that know nothing of this one: ajv, a linter of OpenAPI, a
// reader of JSON-LD. It needs Node and installs testing/open; BANSHI_OPEN=1 asks for it. BANSHI_DCAT_SHAPES names a folder with
// the SHACL shapes of DCAT-AP, which no package registry has.
func TestOpenData(t *testing.T) {
	if os.Getenv("BANSHI_OPEN") == "" {
		t.Skip("BANSHI_OPEN=1 checks the open data with ajv, Redocly, jsonld and SHACL")
	}
	tools := nodeTools(t, "open")
	for name, site := range map[string]func(testing.TB) string{"the small site": releasedSite, "one city": cityOf("1307")} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			args := []string{"build", "--site", site(t), "--out", out}
			if name == "one city" {
				args = append(args, "--no-history", "--as-of", "2026-11-21")
			}
			banshi(t, nil, args...)
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

// releasedSite is the small site with a release in its register.
func releasedSite(t testing.TB) string {
	t.Helper()
	dir := testSite(t)
	writeFile(t, filepath.Join(dir, "data/releases/2026-11-11-0123456.toml"), []byte(`id = "2026-11-11-0123456"
commit = "0123456789abcdef0123456789abcdef01234567"
date = 2026-11-11
tool = "dev"
manifest_sha256 = "`+strings.Repeat("0a", 32)+`"
`))
	return dir
}

// cityOf returns the real library with one city, by the first digits of its places, and the made-up places.
func cityOf(digits string) func(testing.TB) string {
	return func(t testing.TB) string {
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
		return dir
	}
}
