package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/legality"
	"banshi/generator/internal/table"
	"banshi/generator/internal/tomlfile"
)

func newImportLegality(g *global) *cobra.Command {
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "legality FILE",
		Short: "收回填好的合法性审查表 / take back the sheet of the legal officer",
		Long: `收回 banshi report legality 导出、法制机构填好的 .xlsx：意见、文号、日期、机构写进各份记录的 [review]，别的字一个不动。
没填的行不管。有一格填错，或者记录在导出以后又改过，就什么也不写，说出是 工作簿!表!格。

Take back the workbook that ` + "`banshi report legality`" + ` has written and the legal office has filled in: opinions go into [review] of the
records, and all else stays byte for byte. Empty rows wait. With one wrong cell, or a record that was changed since, nothing is written.`,
		Example: `  banshi import legality 合法性审查.xlsx --dry-run     先看收到什么 / look first
  banshi import legality 合法性审查.xlsx               写进记录 / into the records`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("收哪个文件？用法：banshi import legality 文件.xlsx / usage: banshi import legality FILE")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			return takeLegality(ctx, g, args[0], dryRun, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "什么也不写，只说收到什么 / write nothing, say what was read")
	return cmd
}

// takeLegality takes a filled-in workbook back.
func takeLegality(ctx context.Context, g *global, file string, dryRun bool, stdout, stderr io.Writer) error {
	sheets, err := table.ReadGrids(file, maxLegalityRows)
	if err != nil {
		return err
	}
	l, err := g.read(ctx, readOptions{noHistory: true, check: true, whole: true})
	if err != nil {
		return err
	}
	answers, empty, problems := legality.Read(filepath.Base(file), sheets, l.source)
	var texts, old map[string][]byte
	if len(problems) == 0 {
		if texts, old, err = answered(answers); err != nil {
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
	if !dryRun {
		if err := writeRecords(g.site, texts, old); err != nil {
			return err
		}
	}
	for _, a := range answers {
		fmt.Fprintf(stdout, "%s  %s  %s\n", a.Legality.Opinion, a.File.Path, visible(a.Legality.Document))
	}
	_, err = fmt.Fprintln(stdout, diag.Text{ZH: fmt.Sprintf("收到 %d 份意见，写了 %d 份记录；还有 %d 行没填", len(answers), countWritten(dryRun, texts), empty),
		EN: fmt.Sprintf("%d opinions, %d records written, %d rows are empty", len(answers), countWritten(dryRun, texts), empty)}.In(g.lang))
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
	if err := after.load(g, readOptions{check: true, decode: l.sound()}); err != nil {
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

// overlay is a site with some files as they would be.
type overlay struct {
	fs.FS
	texts map[string][]byte
}

// ReadFile returns the text that a file would have.
func (o overlay) ReadFile(name string) ([]byte, error) {
	if text, ok := o.texts[name]; ok {
		return text, nil
	}
	return fs.ReadFile(o.FS, name)
}

// answered returns the texts of the records with the opinions in them, and those they are made of, by path; records that say so
// already are left out.
func answered(answers []legality.Answer) (texts, old map[string][]byte, err error) {
	texts, old = map[string][]byte{}, map[string][]byte{}
	for _, a := range answers {
		kind := a.File.Kind
		text, err := tomlfile.Edit(a.File.Doc.Data, func(path []string) []string { return keyOrder(kind, path) }, a.Change())
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", a.File.Path, err)
		}
		if !bytes.Equal(text, a.File.Doc.Data) {
			texts[a.File.Path], old[a.File.Path] = text, a.File.Doc.Data
		}
	}
	return texts, old, nil
}
