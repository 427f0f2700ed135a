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
	"banshi/generator/internal/rules"
)

func newCheck(g *global) *cobra.Command {
	c := &checking{global: g}
	cmd := &cobra.Command{
		Use:   "check [PATH…]",
		Short: "检查记录，一次列出全部问题 / list every problem of the records",
		Long: `读全部记录，列出问题：文件:行:列、说明、规则，以及怎么改。给出路径，就只列那些文件和文件夹里的问题。
--since 只列这次修改带来的问题，也包括别处因此出错的：废止一部法、收紧一条标准，不合的区县都会列出；原来就有的不列。
有错误时退出码是 1；警告不影响发布。规则的来历：banshi explain 规则。各种格式的写法见 docs/checking.md。

Read all records and list their problems, or those of the files and folders given. With --since only those that came with a
change are listed, wherever they are. Exit code 1 where one of them is an error. The formats: docs/checking.md.`,
		Example: `  banshi check                                 全部记录 / all records
  banshi check data/divisions/139921           一个县的 / those of a county
  banshi check --since main                    离开 main 分支以来新出的问题 / what came since this branch left main
  banshi check --since origin/main --format github   标在合并请求上 / as annotations of a pull request`,
		RunE: func(cmd *cobra.Command, args []string) error {
			c.stdout, c.stderr = cmd.OutOrStdout(), cmd.ErrOrStderr()
			return c.run(cmd.Context(), args)
		},
	}
	f := cmd.Flags()
	f.StringVar(&c.format, "format", diag.Formats[0], "写成 "+strings.Join(diag.Formats, "、")+" / "+strings.Join(diag.Formats, ", "))
	mustRegister(cmd, "format", completeWords(diag.Formats...))
	f.StringVar(&c.since, "since", "", "只列这次提交（标签、分支）以来新出的问题 / only what is new since a commit, tag or branch")
	return cmd
}

// checking is one run of check.
type checking struct {
	*global
	format, since  string
	stdout, stderr io.Writer
}

// run prints the problems under the paths, all of them where there are no paths, and a closing line.
func (c *checking) run(ctx context.Context, paths []string) error {
	if err := knownFormat(c.format, diag.Formats); err != nil {
		return err
	}
	within, err := inSite(c.site, paths)
	if err != nil {
		return err
	}
	roomy()
	o := readOptions{noHistory: true, check: true}
	l, err := c.open(ctx, o)
	if err != nil {
		return err
	}
	if c.since == "" {
		l.fsys = narrow(l.fsys, within)
	}
	if err := l.load(c.global, o); err != nil {
		return err
	}
	l.problems = slices.DeleteFunc(l.problems, func(p diag.Problem) bool { return !under(p.File, within) })
	closing := l.closing(within)
	if c.since != "" {
		if closing, err = c.onlyNew(ctx, l, within); err != nil {
			return err
		}
	}
	report := diag.Report{Problems: l.problems, Lang: c.lang, Title: ruleTitle}
	if l.repo != nil {
		if report.Folder, err = l.repo.Folder(ctx); err != nil {
			return err
		}
	}
	if err := report.Print(c.stdout, c.format); err != nil {
		return err
	}
	fmt.Fprintln(c.stderr, closing.In(c.lang))
	if diag.Errors(l.problems) > 0 {
		return errContent
	}
	return nil
}

// onlyNew leaves the problems that are new since c.since, with what a change lacks of its review, those of changed files first, and
// returns the closing line.
func (c *checking) onlyNew(ctx context.Context, l *library, within []string) (diag.Text, error) {
	past, err := l.wasAt(ctx, c.global, c.since)
	if err != nil {
		return diag.Text{}, err
	}
	all := len(l.problems)
	l.problems = past.added(l.fsys, l.problems)
	before := all - len(l.problems)
	for _, p := range past.unreviewed(l) {
		if under(p.File, within) {
			l.problems = append(l.problems, p)
		}
	}
	l.problems = diag.Sort(l.problems)
	changed := map[string]bool{}
	for _, p := range l.problems {
		if _, ok := changed[p.File]; !ok {
			changed[p.File] = past.changed(l.fsys, p.File)
		}
	}
	slices.SortStableFunc(l.problems, func(a, b diag.Problem) int {
		switch {
		case changed[a.File] == changed[b.File]:
			return 0
		case changed[a.File]:
			return -1
		}
		return 1
	})
	errs := diag.Errors(l.problems)
	return diag.Text{
		ZH: fmt.Sprintf("和 %s 比，新出的问题：错误 %d，警告 %d；原来就有的 %d 处没有列", c.since, errs, len(l.problems)-errs, before),
		EN: fmt.Sprintf("new since %s: %d errors, %d warnings; %d that were there before are not listed", c.since, errs, len(l.problems)-errs, before),
	}, nil
}

// closing counts the records under the paths and the problems.
func (l *library) closing(within []string) diag.Text {
	records := 0
	for _, f := range slices.Concat(l.source.Files, l.source.Future) {
		if under(f.Path, within) {
			records++
		}
	}
	errs := diag.Errors(l.problems)
	return diag.Text{
		ZH: fmt.Sprintf("查了 %d 份记录：错误 %d，警告 %d", records, errs, len(l.problems)-errs),
		EN: fmt.Sprintf("%d records: %d errors, %d warnings", records, errs, len(l.problems)-errs),
	}
}

// ruleTitle returns what a rule is called.
func ruleTitle(id string) diag.Text {
	r, _ := rules.Find(id)
	return r.Title
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
