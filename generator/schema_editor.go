package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// schemasDir is where the schemas of a site stand, relative to data/.
const schemasDir = "schemas"

// settings are for Visual Studio Code: it looks nothing up on the network, and leaves the order of keys to banshi fmt.
const settings = `{
  "evenBetterToml.schema.catalogs": [],
  "[toml]": {
    "editor.formatOnSave": false
  }
}
`

const extensions = `{
  "recommendations": ["tamasfe.even-better-toml"]
}
`

// editorFiles returns the configuration of editors by path in the site. An editor finds a configuration only at the top of the
// folder that was opened, and takes the paths in it from there; people open the site or its data, so there is one for each.
func editorFiles() map[string]string {
	out := map[string]string{}
	for _, top := range []string{"", catalog.DataDir} {
		out[path.Join(top, ".taplo.toml")] = taploConfig(strings.TrimPrefix(catalog.DataDir, top))
		out[path.Join(top, ".vscode/settings.json")] = settings
		out[path.Join(top, ".vscode/extensions.json")] = extensions
	}
	return out
}

// taploConfig is the configuration of taplo and of Even Better TOML: which schema holds for which records. Data is the folder of the
// records as seen from the configuration.
func taploConfig(data string) string {
	var b strings.Builder
	b.WriteString("# 由 banshi schema --editor 写出，不用手改。\n")
	fmt.Fprintf(&b, "include = [%q]\n", path.Join(data, "**/*.toml"))
	for _, kind := range record.Kinds {
		include, exclude := patterns(kind)
		b.WriteString("\n[[rule]]\n")
		fmt.Fprintf(&b, "include = [%s]\n", quotedPatterns(data, include))
		if len(exclude) > 0 {
			fmt.Fprintf(&b, "exclude = [%s]\n", quotedPatterns(data, exclude))
		}
		fmt.Fprintf(&b, "schema = { path = %q }\n", path.Join(data, schemasDir, schemaName(kind)))
	}
	return b.String()
}

// patterns are globs of the paths of a kind of record, in which * also stands for slashes.
func patterns(kind record.Kind) (include, exclude []string) {
	switch kind {
	case record.KindItem:
		return []string{"items/*/item.toml", "items/*/item@*.toml"}, nil
	case record.KindProcedure:
		return []string{"items/*/[0-9][0-9].toml", "items/*/[0-9][0-9]@*.toml"}, nil
	case record.KindDivision:
		return []string{"divisions/*/division.toml", "divisions/*/division@*.toml"}, nil
	case record.KindDefaults:
		return []string{"divisions/defaults/*.toml"}, nil
	case record.KindImplementation:
		return []string{"divisions/*/*.toml"}, []string{"divisions/defaults/*", "divisions/*/division.toml", "divisions/*/division@*.toml"}
	}
	if p := record.Path(kind); p != "" {
		include = append(include, p, strings.TrimSuffix(p, ".toml")+"@*.toml")
	}
	if p := record.Path(kind, "xx"); p != "" {
		include = append(include, path.Dir(p)+"/*.toml")
	}
	return include, nil
}

func quotedPatterns(data string, patterns []string) string {
	quoted := make([]string, len(patterns))
	for i, p := range patterns {
		quoted[i] = strconv.Quote(path.Join(data, p))
	}
	return strings.Join(quoted, ", ")
}

// writeEditor writes schemas and configuration into the site. Settings of the editor that are there are the user's and stay.
func writeEditor(g *global, w io.Writer, terms func(string) []record.Term) error {
	dir := filepath.Join(g.site, catalog.DataDir, schemasDir)
	if err := writeSchemas(dir, terms); err != nil {
		return err
	}
	kept := false
	for name, text := range editorFiles() {
		file := filepath.Join(g.site, filepath.FromSlash(name))
		if old, err := os.ReadFile(file); err == nil && string(old) != text && strings.HasSuffix(name, ".json") {
			kept = true
			continue
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	lang := g.language()
	said := []diag.Text{{ZH: "编辑器配好了：用 VS Code 打开这个文件夹，装上推荐的扩展 Even Better TOML", EN: "ready: open this folder in VS Code and install the recommended extension Even Better TOML"}}
	if kept {
		said = append(said, diag.Text{ZH: ".vscode 里已有的设置没有改", EN: "settings that were in .vscode are as they were"})
	}
	for _, s := range said {
		if _, err := fmt.Fprintln(w, s.In(lang)); err != nil {
			return err
		}
	}
	return nil
}
