package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/office"
	"banshi/generator/internal/record"
	"banshi/generator/internal/rules"
	"banshi/generator/internal/table"
)

func newImport(g *global) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "导入填好的办公表格 / take in office tables",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return fmt.Errorf("不能导入 %s：有 banshi import xlsx 和 banshi import legality / there are banshi import xlsx and banshi import legality", args[0])
		},
	}
	cmd.AddCommand(newImportXLSX(g), newImportLegality(g))
	return cmd
}

func newImportXLSX(g *global) *cobra.Command {
	i := &importer{g: g}
	cmd := &cobra.Command{
		Use:   "xlsx FILE",
		Short: "导入填好的办公表格，逐格检查 / take in a filled-in workbook, checked cell by cell",
		Long: `读填好的表格（banshi export xlsx 导出的，或者列名相同的别的表；.xlsx 或 .csv），和记录逐格比较：没有变的不动，
变了的按同样的规则检查。有一行不合格，就一份记录也不写；--partial 只写合格的行。问题写明是 工作簿!表!格，
每一行收没收写在回执里。--dry-run 什么也不写，只用文字说群众会看到什么变化。

Read a filled-in workbook and compare it with the records cell by cell. What is the same stays, what differs is checked by the rules
as a file is. Nothing is written unless all rows are good, or with --partial the good ones. Problems stand at their cells, and a
receipt says of each row whether it was taken. With --dry-run nothing is written and the changes are told in words.`,
		Example: `  banshi import xlsx 示例县办事指南.xlsx --dry-run        先看会改什么 / look first
  banshi import xlsx 示例县办事指南.xlsx                  写进记录 / write the records
  banshi import xlsx 部门报表.xlsx --profile codes-exchange   代码换成文字 / codes of another platform`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("导入哪个文件？用法：banshi import xlsx 文件 / usage: banshi import xlsx FILE")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			i.file = args[0]
			return i.run(ctx, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.BoolVar(&i.dryRun, "dry-run", false, "什么也不写，只说会改什么 / write nothing, say what would change")
	f.BoolVar(&i.partial, "partial", false, "合格的行先写，不合格的留下 / write the good rows, leave the others")
	f.StringVar(&i.profile, "profile", "", "表里是哪一套代码，data/profiles/ 里的文件名 / whose codes the cells have, a file of data/profiles/")
	mustRegister(cmd, "profile", completeRecords(g, record.KindProfile))
	f.StringVar(&i.receipt, "receipt", "", "回执写到哪个文件，默认在表格旁边 / file of the receipt (default: beside the workbook)")
	f.StringVar(&i.format, "format", diag.Formats[0], "问题写成 "+strings.Join(diag.Formats, "、")+" / format of problems")
	mustRegister(cmd, "format", completeWords(diag.Formats...))
	return cmd
}

// importer takes in one workbook.
type importer struct {
	g                              *global
	file, profile, receipt, format string
	dryRun, partial                bool

	library   *library
	plan      *office.Plan
	texts     map[string][]byte // new texts of records by path
	source    *catalog.Source   // the records as they would be
	elsewhere []diag.Problem    // that the changes make in records which no row is about
}

func (i *importer) run(ctx context.Context, stdout, stderr io.Writer) error {
	if err := knownFormat(i.format, diag.Formats); err != nil {
		return err
	}
	grid, err := table.ReadFilled(i.file)
	if err != nil {
		return err
	}
	defer grid.Close()
	if i.library, err = i.g.read(ctx, readOptions{noHistory: true, whole: true}); err != nil {
		return err
	}
	options := office.ImportOptions{}
	if options.Profile, err = i.codes(); err != nil {
		return err
	}
	i.plan = office.NewRecords(i.library.catalog).Import(filepath.Base(i.file), grid, options)
	i.check()
	written := false
	if i.good() && !i.dryRun && len(i.texts) > 0 {
		if err := i.write(); err != nil {
			return err
		}
		written = true
	}
	if err := i.report(written, stdout, stderr); err != nil {
		return err
	}
	if len(i.refused()) > 0 || diag.Errors(i.elsewhere) > 0 {
		return errContent
	}
	return nil
}

// codes returns the profile that --profile names.
func (i *importer) codes() (*record.Profile, error) {
	if i.profile == "" {
		return nil, nil
	}
	var known []string
	for _, p := range i.library.catalog.Profiles.All {
		if len(p.Record.Codes) > 0 {
			known = append(known, p.ID)
		}
		if p.ID == i.profile && len(p.Record.Codes) > 0 {
			return p.Record, nil
		}
	}
	return nil, fmt.Errorf("没有代码表 %s，可以是 %s / no such profile of codes", i.profile, strings.Join(known, ", "))
}

// good reports whether something may be written.
func (i *importer) good() bool {
	return diag.Errors(i.elsewhere) == 0 && (i.partial || len(i.refused()) == 0)
}

func (i *importer) refused() (rows []*office.Row) {
	for _, r := range i.plan.Rows {
		if r.Refused() {
			rows = append(rows, r)
		}
	}
	return rows
}

// check makes the records of the rows and asks the rules about them, without the rows that they refuse until no more are.
func (i *importer) check() {
	var before []diag.Problem
	for {
		i.texts = i.plan.Texts(func(k record.Kind) func([]string) []string {
			return func(path []string) []string { return keyOrder(k, path) }
		})
		source, problems := i.changed()
		i.source = source
		c := catalog.Resolve(source, catalog.Options{Draft: i.g.draft})
		problems = append(problems, rules.Check(c, i.library.config)...)
		i.elsewhere = nil
		if len(problems) == 0 {
			return
		}
		if before == nil {
			before = append(slices.Clone(i.library.problems), rules.Check(i.library.catalog, i.library.config)...)
		}
		refused := len(i.refused())
		for _, p := range newProblems(before, problems) {
			if p, row := i.plan.Locate(p); row == nil {
				i.elsewhere = append(i.elsewhere, p)
			}
		}
		if len(i.refused()) == refused {
			return
		}
	}
}

// changed returns the records as they would be, and what cannot be read of the new ones.
func (i *importer) changed() (*catalog.Source, []diag.Problem) {
	var problems []diag.Problem
	made := map[string]*catalog.File{}
	for _, p := range slices.Sorted(maps.Keys(i.texts)) {
		f, found := catalog.Decode(p, i.texts[p])
		made[p] = f
		problems = append(problems, found...)
	}
	i.plan.Placed(made)
	now := i.library.catalog.Source
	var files []*catalog.File
	for _, f := range slices.Concat(now.Files, now.Superseded, now.Future) {
		if made[f.Path] == nil {
			files = append(files, f)
		}
	}
	files = slices.AppendSeq(files, maps.Values(made))
	slices.SortFunc(files, func(a, b *catalog.File) int { return strings.Compare(a.Path, b.Path) })
	return catalog.NewSource(files, i.library.asOf), problems
}

// newProblems are those which were not there before, wherever in the file they stood.
func newProblems(before, now []diag.Problem) (out []diag.Problem) {
	key := func(p diag.Problem) string { return p.File + "\x00" + p.Rule + "\x00" + p.Message.ZH }
	had := map[string]int{}
	for _, p := range before {
		had[key(p)]++
	}
	for _, p := range diag.Sort(now) {
		if k := key(p); had[k] > 0 {
			had[k]--
			continue
		}
		out = append(out, p)
	}
	return out
}

// write puts the new texts in the place of the records.
func (i *importer) write() error {
	old := map[string][]byte{}
	s := i.library.catalog.Source
	for _, f := range slices.Concat(s.Files, s.Superseded, s.Future) {
		if i.texts[f.Path] != nil {
			old[f.Path] = f.Doc.Data
		}
	}
	return writeRecords(i.g.site, i.texts, old)
}

// report prints the problems and what people will see change, and writes the receipt.
func (i *importer) report(written bool, stdout, stderr io.Writer) error {
	problems := slices.Clone(i.plan.Problems)
	for _, r := range i.plan.Rows {
		problems = append(problems, r.Problems...)
	}
	problems = append(problems, i.elsewhere...)
	if err := diag.Print(stdout, problems, i.format, i.g.lang); err != nil {
		return err
	}
	if i.format == diag.Formats[0] && len(i.texts) > 0 && (i.good() || i.dryRun) {
		was, now := i.library.catalog.Source, i.source
		entries := changes.Diff(was, now, changes.Options{AsOf: i.library.asOf, Draft: i.g.draft})
		changes.Count(entries, i.library.catalog)
		if err := diffText(stdout, entries); err != nil {
			return err
		}
	}
	fmt.Fprintln(stderr, i.plan.Summary().In(i.g.lang))
	fmt.Fprintln(stderr, i.verdict(written).In(i.g.lang))
	if i.dryRun {
		return nil
	}
	return i.writeReceipt(written, stderr)
}

// verdict says what became of the workbook.
func (i *importer) verdict(written bool) diag.Text {
	switch {
	case written:
		return diag.Text{ZH: fmt.Sprintf("写好 %d 份记录", len(i.texts)), EN: fmt.Sprintf("%d records written", len(i.texts))}
	case len(i.texts) == 0 && len(i.refused()) == 0:
		return diag.Text{ZH: "表里没有修改，记录没有动", EN: "nothing differs, no record was written"}
	case !i.good():
		return diag.Text{ZH: "没有写任何记录：先改好上面的问题（--partial 只写合格的行）", EN: "no record was written: mend the problems above (--partial writes the good rows)"}
	case i.dryRun:
		return diag.Text{ZH: fmt.Sprintf("会写 %d 份记录；去掉 --dry-run 就写", len(i.texts)), EN: fmt.Sprintf("%d records would be written; run without --dry-run", len(i.texts))}
	}
	return diag.Text{ZH: "没有合格的修改，记录没有动", EN: "no good change, no record was written"}
}

// writeReceipt writes the receipt, in the place of one of an earlier run.
func (i *importer) writeReceipt(written bool, stderr io.Writer) error {
	name := i.receipt
	if name == "" {
		ext := filepath.Ext(i.file)
		name = strings.TrimSuffix(i.file, ext) + "（回执）.xlsx"
	}
	if same, err := filepath.Abs(name); err == nil {
		if file, err := filepath.Abs(i.file); err == nil && same == file {
			return errors.New("回执不能写在表格自己上面 / the receipt cannot be the workbook itself")
		}
	}
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s 不是普通文件 / is no regular file", name)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := writeTo(name, func(w io.Writer) error { return table.WriteWorkbook(w, i.plan.Receipt(written)) }); err != nil {
		return err
	}
	_, err := fmt.Fprintln(stderr, diag.Text{ZH: "回执：" + name, EN: "receipt: " + name}.In(i.g.lang))
	return err
}
