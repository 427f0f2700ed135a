package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

func newSchema(g *global) *cobra.Command {
	var out string
	var editor bool
	cmd := &cobra.Command{
		Use:   "schema [KIND]",
		Short: "记录的 JSON Schema，编辑器用来补全和核对 / JSON Schema of the records, for editors",
		Long: `写出一种记录的 JSON Schema：有哪些键、中文说明、词表里的词。编辑器（Even Better TOML、taplo）凭它补全和标错。
--out 把全部种类写进一个文件夹；都不给就列出有哪些种类。
--editor 给站点配好编辑器：data/schemas、.taplo.toml、.vscode。用 VS Code 打开站点或者它的 data 文件夹，装上推荐的扩展，
就有补全、说明和标错，不用另外设置。词表改了以后再运行一次。

Print the JSON Schema (2020-12) of a kind of record, with the terms of the site's vocabularies; with --out write those of all
kinds into a folder; with neither list the kinds. With --editor write all that an editor needs into the site: open it, or its
folder data, in VS Code with the recommended extension and there is completion, hover and validation. Again after a change of a
vocabulary.`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeKinds(g),
		RunE: func(cmd *cobra.Command, args []string) error {
			terms := vocabularies(os.DirFS(g.site))
			switch {
			case editor:
				return writeEditor(g, cmd.OutOrStdout(), terms)
			case len(args) == 1:
				return printSchema(cmd.OutOrStdout(), record.Kind(args[0]), out, terms)
			case out != "":
				return writeSchemas(out, terms)
			}
			return listKinds(cmd.OutOrStdout(), g.language())
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "写进哪个文件夹 / folder to write to")
	cmd.Flags().BoolVar(&editor, "editor", false, "给站点配好编辑器 / write what an editor needs into the site")
	return cmd
}

// vocabularies returns the terms of data/vocab/<name>.toml of a site; of a vocabulary that is not there, or cannot be read,
// none.
func vocabularies(site fs.FS) func(name string) []record.Term {
	return func(name string) []record.Term {
		file := path.Join(catalog.DataDir, record.Path(record.KindVocab, name))
		data, err := fs.ReadFile(site, file)
		if err != nil {
			return nil
		}
		f, _ := catalog.Decode(file, data)
		return f.Record.(*record.Vocab).Terms
	}
}

// language is the language of messages where no records are read: the flag, else the site's, else Chinese.
func (g *global) language() string {
	if g.lang == "" {
		if c, _, err := config.Load(os.DirFS(g.site)); err == nil {
			g.lang = c.Language
		}
	}
	return g.lang
}

// printSchema writes the schema of one kind to w, or into a folder.
func printSchema(w io.Writer, kind record.Kind, dir string, terms func(string) []record.Term) error {
	schema := record.JSONSchema(kind, terms)
	if schema == nil {
		return fmt.Errorf("没有 %s 这种记录%s / no such kind of record", kind, didYouMean(string(kind), kindNames()))
	}
	if dir != "" {
		return writeSchema(dir, kind, schema)
	}
	_, err := w.Write(schema)
	return err
}

func writeSchemas(dir string, terms func(string) []record.Term) error {
	for _, kind := range record.Kinds {
		if err := writeSchema(dir, kind, record.JSONSchema(kind, terms)); err != nil {
			return err
		}
	}
	return nil
}

func writeSchema(dir string, kind record.Kind, schema []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, schemaName(kind)), schema, 0o644)
}

func schemaName(kind record.Kind) string { return string(kind) + ".schema.json" }

// places says where the records of a kind stand, for people.
var places = map[record.Kind]diag.Text{
	record.KindItem:           {ZH: "items/<事项>/item.toml", EN: "items/<item>/item.toml"},
	record.KindProcedure:      {ZH: "items/<事项>/<两位编号>.toml", EN: "items/<item>/<two digits>.toml"},
	record.KindDivision:       {ZH: "divisions/<区划>/division.toml", EN: "divisions/<division>/division.toml"},
	record.KindImplementation: {ZH: "divisions/<区划>/<事项>.toml", EN: "divisions/<division>/<item>.toml"},
	record.KindDefaults:       {ZH: "divisions/defaults/<级别>.toml", EN: "divisions/defaults/<level>.toml"},
}

// placeOf returns the path pattern of a kind, relative to data/.
func placeOf(kind record.Kind) diag.Text {
	if t, ok := places[kind]; ok {
		return t
	}
	if p := record.Path(kind); p != "" {
		return diag.Text{ZH: p, EN: p}
	}
	const id = "xx"
	p := record.Path(kind, id)
	return diag.Text{ZH: strings.Replace(p, id, "<编号>", 1), EN: strings.Replace(p, id, "<id>", 1)}
}

func listKinds(w io.Writer, lang string) error {
	for _, kind := range record.Kinds {
		if _, err := fmt.Fprintf(w, "%-15s %s  data/%s\n", kind, kind.Title().In(lang), placeOf(kind).In(lang)); err != nil {
			return err
		}
	}
	return nil
}

func kindNames() []string {
	out := make([]string, len(record.Kinds))
	for i, k := range record.Kinds {
		out[i] = string(k)
	}
	return out
}
