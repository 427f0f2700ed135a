package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
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
type legalityFlags struct {
	since, out, take string
	dryRun           bool
}

func newReportLegality(g *global) *cobra.Command {
	f := new(legalityFlags)
	cmd := &cobra.Command{
		Use:   "legality",
		Short: "给合法性审查的人看的纸和表 / the paper of the legal officer",
		Long: `列出从某次提交以来改过的事项、业务办理项和各地记录：改了什么（↑ 更方便、↓ 不如从前、＝ 别的）、依据的法律还在不在用、
有没有增设许可、增加材料、缩减权利，后面留着填意见的格子。写成 .xlsx 给人在 WPS、Excel 里填，写成 .html 打印出来（A4）。
填好的 .xlsx 用 --take 收回：意见写进各份记录的 [review]，别的字一个不动；有一格填错就什么也不写，说出是哪个格子。
征求意见稿也在里面。只改电话、说明文字的不列。

List what was changed since a commit for the legal officer: the change in words, the state of the laws it rests on, and cells for the
opinion, as a workbook (.xlsx) or a page for printing (.html, A4). --take FILE takes the workbook back: the opinions go into [review] of
the records, and all else stays byte for byte. With one wrong cell nothing is written.`,
		Example: `  banshi report legality --since main --out 合法性审查.xlsx    给法制机构填 / to be filled in
  banshi report legality --since main --out 合法性审查.html    打印 / on paper
  banshi report legality --take 合法性审查.xlsx --dry-run     先看收到什么 / look first
  banshi report legality --take 合法性审查.xlsx               写进记录 / into the records`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			switch {
			case f.take != "" && (f.since != "" || f.out != ""):
				return errors.New("--take 不和 --since、--out 一起用 / --take goes with neither --since nor --out")
			case f.take != "":
				return f.takeBack(ctx, g, cmd.OutOrStdout(), cmd.ErrOrStderr())
			case f.since == "" || f.out == "":
				return errors.New("请给 --since 提交 和 --out 文件（.xlsx 或 .html）/ give --since REV and --out FILE")
			}
			return f.write(ctx, g, cmd.OutOrStdout())
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&f.since, "since", "", "从哪次提交以来 / since which commit, tag or branch")
	fs.StringVar(&f.out, "out", "", "写到哪个文件，.xlsx 或 .html / file to write")
	fs.StringVar(&f.take, "take", "", "收回填好的 .xlsx / take a filled-in workbook back")
	fs.BoolVar(&f.dryRun, "dry-run", false, "和 --take 一起用：什么也不写 / with --take: write nothing")
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

// takeBack takes a filled-in workbook back.
func (f *legalityFlags) takeBack(ctx context.Context, g *global, stdout, stderr io.Writer) error {
	sheets, err := table.ReadGrids(f.take, maxLegalityRows)
	if err != nil {
		return err
	}
	l, err := g.read(ctx, readOptions{noHistory: true, check: true})
	if err != nil {
		return err
	}
	answers, empty, problems := legality.Read(filepath.Base(f.take), sheets, l.source)
	var texts map[string][]byte
	if len(problems) == 0 {
		if texts, err = answered(answers); err != nil {
			return err
		}
		problems = l.wrongAnswers(g, answers, texts)
	}
	if len(problems) > 0 {
		if err := diag.Print(stdout, diag.Sort(problems), "text", g.lang); err != nil {
			return err
		}
		fmt.Fprintln(stderr, diag.Text{ZH: "什么也没有写：改好上面的格子再来", EN: "nothing was written: mend the cells above"}.In(g.lang))
		return errContent
	}
	if !f.dryRun {
		if err := replaceRecords(g.site, texts); err != nil {
			return err
		}
	}
	for _, a := range answers {
		fmt.Fprintf(stdout, "%s  %s  %s\n", a.Legality.Opinion, a.File.Path, visible(a.Legality.Document))
	}
	_, err = fmt.Fprintln(stdout, diag.Text{ZH: fmt.Sprintf("收到 %d 份意见，写了 %d 份记录；还有 %d 行没填", len(answers), countWritten(f.dryRun, texts), empty),
		EN: fmt.Sprintf("%d opinions, %d records written, %d rows are empty", len(answers), countWritten(f.dryRun, texts), empty)}.In(g.lang))
	return err
}

// maxLegalityRows is how many rows of an examination are read: more is no paper for a person.
const maxLegalityRows = 20000

func countWritten(dryRun bool, texts map[string][]byte) int {
	if dryRun {
		return 0
	}
	return len(texts)
}

// wrongAnswers are mistakes of the sheet that only the records show once the opinions are in them: a day before the consultation closed.
func (l *library) wrongAnswers(g *global, answers []legality.Answer, texts map[string][]byte) []diag.Problem {
	after := &library{dir: l.dir, fsys: overlay{l.fsys, texts}, config: l.config, asOf: l.asOf}
	if err := after.load(g, readOptions{check: true, known: l.sound()}); err != nil {
		return []diag.Problem{{Rule: legality.Rule, Message: diag.Text{ZH: err.Error(), EN: err.Error()}}}
	}
	before := since{tree: l.fsys, problems: l.problems}
	var out []diag.Problem
	for _, p := range before.added(after.fsys, after.problems) {
		i := slices.IndexFunc(answers, func(a legality.Answer) bool { return a.File.Path == p.File })
		if i < 0 || p.Severity != diag.Error || strings.HasPrefix(p.Rule, "unlawful") {
			continue // an opinion against is what the officer has to say: it stops publication, not the opinion
		}
		p.Notes = append(slices.Clone(p.Notes), diag.Note{Position: p.Position, Text: diag.Text{ZH: "会写到这里", EN: "it would be written here"}})
		p.Position = answers[i].At
		out = append(out, p)
	}
	return out
}
