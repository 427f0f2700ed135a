package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/legality"
	"banshi/generator/internal/page"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// legalityFlags are those of report legality.
type legalityFlags struct{ since, out string }

func newReportLegality(g *global) *cobra.Command {
	f := new(legalityFlags)
	cmd := &cobra.Command{
		Use:   "legality",
		Short: "给合法性审查的人看的纸和表 / the paper of the legal officer",
		Long: `列出从某次提交以来改过的事项、业务办理项和各地记录：改了什么（↑ 更方便、↓ 不如从前、＝ 别的）、依据的法律还在不在用、
有没有增设许可、增加材料、缩减权利，后面留着填意见的格子。写成 .xlsx 给人在 WPS、Excel 里填，写成 .html 打印出来（A4）。
填好的 .xlsx 用 banshi import legality 收回。征求意见稿也在里面。只改电话、说明文字的不列。

List what was changed since a commit for the legal officer: the change in words, the state of the laws it rests on, and cells for the
opinion, as a workbook (.xlsx) or a page for printing (.html, A4). ` + "`banshi import legality`" + ` takes the workbook back.`,
		Example: `  banshi report legality --since main --out 合法性审查.xlsx    给法制机构填 / to be filled in
  banshi report legality --since main --out 合法性审查.html    打印 / on paper`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			if f.since == "" || f.out == "" {
				return errors.New("请给 --since 提交 和 --out 文件（.xlsx 或 .html）/ give --since REV and --out FILE")
			}
			return f.write(ctx, g, cmd.OutOrStdout())
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&f.since, "since", "", "从哪次提交以来 / since which commit, tag or branch")
	fs.StringVar(&f.out, "out", "", "写到哪个文件，.xlsx 或 .html / file to write")
	return cmd
}

// write writes the paper.
func (f *legalityFlags) write(ctx context.Context, g *global, stdout io.Writer) error {
	ext := strings.ToLower(filepath.Ext(f.out))
	if ext != ".xlsx" && ext != ".html" {
		return fmt.Errorf("%s：写成 .xlsx 或 .html / write .xlsx or .html", f.out)
	}
	l, err := g.read(ctx, readOptions{noHistory: true})
	if err != nil {
		return err
	}
	rows, from, err := l.legalityRows(ctx, g, f.since)
	if err != nil {
		return err
	}
	err = writeTo(f.out, func(w io.Writer) error {
		if ext == ".html" {
			return page.WriteLegalityPaper(w, page.LegalityPaper{Site: l.config.Title, Since: from, AsOf: l.asOf.Han(), Rows: rows})
		}
		about := append([][2]string{{"哪里的记录", l.config.Title}, {"和谁相比", from}, {"截至", l.asOf.Han()}}, legality.About...)
		_, err := table.WriteXLSX(w, legality.Table(rows), table.Book{Title: legality.SheetName, Time: l.asOf.Time(), About: about, Fixed: 3})
		return err
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(stdout, diag.Text{ZH: fmt.Sprintf("%s：%d 份改过的记录，和 %s 相比", f.out, len(rows), from),
		EN: fmt.Sprintf("%s: %d changed records since %s", f.out, len(rows), from)}.In(g.lang))
	return err
}

// legalityRows compares the records with those of a commit, drafts included, and names the commit with its day.
func (l *library) legalityRows(ctx context.Context, g *global, rev string) (rows []*legality.Row, from string, err error) {
	past, err := l.wasAt(ctx, g, rev)
	if err != nil {
		return nil, "", err
	}
	was := past.source
	if was == nil {
		was = catalog.NewSource(nil, l.asOf)
	}
	c, err := l.repo.Commit(ctx, rev)
	if err != nil {
		return nil, "", err
	}
	whole := catalog.Resolve(l.source, catalog.Options{Draft: true})
	entries := changes.Diff(was, l.source, changes.Options{AsOf: l.asOf, Draft: true})
	return legality.Rows(whole, entries), fmt.Sprintf("%s（%s）", rev, record.DateOf(c.Time.In(zone)).Han()), nil
}
