package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/diag"
)

func newCheck(g *global) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "check [PATH…]",
		Short: "检查记录，一次列出全部问题 / list every problem of the records",
		Long: `读全部记录，列出问题：文件:行:列、说明、规则，以及怎么改。给出路径，就只列那些文件和文件夹里的问题。
有错误时退出码是 1；警告不影响发布。规则的来历：banshi explain 规则。

Read all records and list their problems, or those of the files and folders given. Exit code 1 where one of them is an error.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return check(cmd.Context(), g, args, format, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&format, "format", diag.Formats[0], "写成 "+strings.Join(diag.Formats, "、")+" / "+strings.Join(diag.Formats, ", "))
	return cmd
}

// check prints the problems under the paths, all of them where there are no paths, and a closing line.
func check(ctx context.Context, g *global, paths []string, format string, stdout, stderr io.Writer) error {
	if err := knownFormat(format, diag.Formats); err != nil {
		return err
	}
	within, err := inSite(g.site, paths)
	if err != nil {
		return err
	}
	roomy()
	l, err := g.read(ctx, readOptions{noHistory: true, check: true})
	if err != nil {
		return err
	}
	l.problems = slices.DeleteFunc(l.problems, func(p diag.Problem) bool { return !under(p.File, within) })
	err = l.show(stdout, format, g.lang)
	if err != nil && !errors.Is(err, errContent) {
		return err
	}
	records := 0
	for _, f := range slices.Concat(l.catalog.Source.Files, l.catalog.Source.Future) {
		if under(f.Path, within) {
			records++
		}
	}
	errs := diag.Errors(l.problems)
	fmt.Fprintln(stderr, diag.Text{
		ZH: fmt.Sprintf("查了 %d 份记录：错误 %d，警告 %d", records, errs, len(l.problems)-errs),
		EN: fmt.Sprintf("%d records: %d errors, %d warnings", records, errs, len(l.problems)-errs),
	}.In(g.lang))
	return err
}

// knownFormat returns an error that names the formats unless format is one of them.
func knownFormat(format string, formats []string) error {
	if slices.Contains(formats, format) {
		return nil
	}
	return fmt.Errorf("没有 %s 这种格式，可以是 %s / unknown format %[1]s, want one of %[2]s", format, strings.Join(formats, ", "))
}

// inSite turns paths as typed, relative to the working folder or to the site, into slash-separated ones relative to the site.
func inSite(site string, paths []string) ([]string, error) {
	root, err := filepath.Abs(site)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range paths {
		full, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		if _, err := os.Stat(full); errors.Is(err, fs.ErrNotExist) {
			full = filepath.Join(root, p)
		}
		if _, err := os.Stat(full); err != nil {
			return nil, fmt.Errorf("没有这个文件或文件夹 / no such file or folder: %s", p)
		}
		rel, err := filepath.Rel(root, full)
		if err != nil || !filepath.IsLocal(rel) {
			return nil, fmt.Errorf("%s 不在站点 %s 里 / %[1]s is not in the site %[2]s", p, site)
		}
		out = append(out, filepath.ToSlash(rel))
	}
	return out, nil
}

// under reports whether a file is one of the paths or below one; no paths mean all files.
func under(file string, paths []string) bool {
	for _, p := range paths {
		if p == "." || file == p || strings.HasPrefix(file, p+"/") {
			return true
		}
	}
	return len(paths) == 0
}
