package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/tomlfile"
)

func newFmt(g *global) *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "fmt [PATH…]",
		Short: "把记录整理成统一的顺序和格式 / canonical order and spacing of records",
		Long: `按统一的顺序、空格、引号和换行整理记录，不给路径就整理全部。注释一条不少，意思一点不变。
--check 只列出要整理的文件，不写，有这样的文件时退出码是 1。写法有误、读不了的文件原样留着，并指出问题，退出码也是 1。

Put keys in the order of the key table, with uniform spacing, quotes and line breaks: the records given, or all. Comments and
meaning stay. With --check files that would change are listed and not written, with exit code 1. A file that cannot be parsed
is left alone and reported, also with exit code 1.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			t := tidier{site: g.site, check: check, lang: g.language()}
			return t.run(args, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "只列出要整理的文件 / list files that would change, write none")
	return cmd
}

// tidier formats the records of a site.
type tidier struct {
	site, lang       string
	check            bool
	records, changed int
	problems         []diag.Problem
}

// run formats the records under the paths, all of them where there are no paths, and prints how many changed.
func (t *tidier) run(paths []string, stdout, stderr io.Writer) error {
	within, err := inSite(t.site, paths)
	if err != nil {
		return err
	}
	site := os.DirFS(t.site)
	err = fs.WalkDir(site, catalog.DataDir, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(d.Name(), ".") && d.IsDir():
			return fs.SkipDir
		case !d.Type().IsRegular() || !under(p, within):
			return nil
		}
		kind, _, _, ok := record.ParsePath(strings.TrimPrefix(p, catalog.DataDir+"/"))
		if !ok {
			return nil // check says that no kind of record stands there
		}
		return t.tidy(p, kind, stdout)
	})
	if err != nil {
		return err
	}
	if t.records == 0 && len(paths) > 0 {
		return fmt.Errorf("%s 里没有记录 / no records in %[1]s", strings.Join(paths, " "))
	}
	if err := diag.Print(stdout, t.problems, diag.Formats[0], t.lang); err != nil {
		return err
	}
	fmt.Fprintln(stderr, t.summary().In(t.lang))
	if len(t.problems) > 0 || t.check && t.changed > 0 {
		return errContent
	}
	return nil
}

func (t *tidier) summary() diag.Text {
	if t.check {
		return diag.Text{
			ZH: fmt.Sprintf("看了 %d 份记录，%d 份要整理", t.records, t.changed),
			EN: fmt.Sprintf("%d records, %d would change", t.records, t.changed),
		}
	}
	return diag.Text{
		ZH: fmt.Sprintf("看了 %d 份记录，整理了 %d 份", t.records, t.changed),
		EN: fmt.Sprintf("%d records, %d changed", t.records, t.changed),
	}
}

// tidy formats one record; p is its path in the site.
func (t *tidier) tidy(p string, kind record.Kind, stdout io.Writer) error {
	t.records++
	file := filepath.Join(t.site, filepath.FromSlash(p))
	before, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	after, err := formatRecord(kind, before)
	if errors.Is(err, tomlfile.ErrNotTOML) {
		var tables map[string]any
		_, problems := tomlfile.Decode(p, before, &tables, tomlfile.Options{})
		t.problems = append(t.problems, problems...)
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", p, err)
	}
	if string(after) == string(before) {
		return nil
	}
	t.changed++
	if t.check {
		_, err := fmt.Fprintln(stdout, p)
		return err
	}
	return replaceFile(file, after)
}

// replaceFile puts data in the place of a file whole or not at all: a record may hold work that is not committed yet.
func replaceFile(file string, data []byte) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".fmt-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// formatRecord returns a record of the kind in canonical form; the errors are those of [tomlfile.Format].
func formatRecord(kind record.Kind, data []byte) ([]byte, error) {
	return tomlfile.Format(data, func(path []string) []string { return keyOrder(kind, path) })
}

// keyOrder returns the keys of the table at a path of a record in the order of the key table; none for maps, whose keys are the
// editor's, and for unknown tables.
func keyOrder(kind record.Kind, path []string) []string {
	if kind == record.KindImplementation && len(path) > 0 {
		switch word := path[0]; {
		case word == "procedure" && len(path) > 1:
			return keyOrder(kind, path[2:])
		case (word == "material" || word == "step") && len(path) == 2:
			// An override of one material has the keys of a material, and drop.
			of, _ := record.KeyOf(record.KindProcedure, word+"s")
			return append([]string{"drop"}, memberNames(record.KindProcedure, of)...)
		}
	}
	if len(path) == 0 {
		return memberNames(kind, record.Key{})
	}
	k, ok := record.KeyOf(kind, strings.Join(path, "."))
	if !ok || k.Type == "map" || k.Type == "when" {
		return nil
	}
	return memberNames(k.Kind, k)
}

// memberNames returns the names of the rows directly inside a key, of the top-level rows for the zero Key.
func memberNames(kind record.Kind, k record.Key) []string {
	var names []string
	if k.Path == "" {
		for _, row := range record.KeysOf(kind) {
			if !strings.Contains(row.Path, ".") {
				names = append(names, row.Path)
			}
		}
		return names
	}
	for _, m := range members(kind, k) {
		names = append(names, m.name)
	}
	return names
}
