package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/changes"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/history"
)

// diffFormats are the formats of differences, the default first.
var diffFormats = []string{"text", "markdown", "json"}

func newDiff(g *global) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "diff [REV [REV]]",
		Short: "群众会看到什么变化 / what citizens will see change",
		Long: `比较两次提交（只给一个，就和现在的文件比；一个不给，就是和上次提交比）：群众会看到哪些变化，用文字说。
↑ 更方便，↓ 不如从前，＝ 别的变化；不如从前的排在最前。提交写提交号、标签、分支、HEAD~3，也可以写 A..B。
有改坏了的记录时照样比较读得懂的部分，退出码 1。

Compare two commits, one with the files as they are, or the last commit with them: what people will see change, in words.
↑ more convenient, ↓ less, ＝ neither; worse first. A..B works too. Exit code 1 if a record cannot be read.`,
		Example: `  banshi diff                                  还没提交的修改 / what is not committed yet
  banshi diff main                             和 main 分支相比 / against a branch
  banshi diff v2026.10..HEAD                   两次之间 / between two
  banshi diff origin/main HEAD --format markdown   给合并请求的评论 / for a comment on a pull request`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := knownFormat(format, diffFormats); err != nil {
				return err
			}
			entries, problems, err := differences(cmd.Context(), g, revisions(args))
			if err != nil {
				return err
			}
			if err := diag.Print(cmd.ErrOrStderr(), problems, "text", g.lang); err != nil {
				return err
			}
			write := map[string]func(io.Writer, []*changes.Entry) error{"json": diffJSON, "markdown": diffMarkdown, "text": diffText}[format]
			if err := write(cmd.OutOrStdout(), entries); err != nil {
				return err
			}
			if diag.Errors(problems) > 0 {
				return errContent
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", diffFormats[0], "写成 text、markdown 或 json / text, markdown or json")
	mustRegister(cmd, "format", completeWords(diffFormats...))
	return cmd
}

// revisions are those of the arguments: none is the last commit, A..B are two.
func revisions(args []string) []string {
	if len(args) == 0 {
		return []string{"HEAD"}
	}
	if from, to, ok := strings.Cut(args[0], ".."); ok && len(args) == 1 && !strings.HasPrefix(to, ".") {
		return []string{cmp.Or(from, "HEAD"), cmp.Or(to, "HEAD")}
	}
	return args
}

// differences compares the revisions, or the only one with the working tree, and returns what is wrong with the newer records.
func differences(ctx context.Context, g *global, revs []string) ([]*changes.Entry, []diag.Problem, error) {
	l := &library{dir: g.site, fsys: os.DirFS(g.site)}
	asOf, err := l.day(ctx, g.asOf, true)
	if err != nil {
		return nil, nil, err
	}
	if l.repo == nil {
		return nil, nil, l.noGit
	}
	to := ""
	if len(revs) == 2 {
		to = revs[1]
	}
	entries, problems, err := changes.Between(ctx, l.repo, revs[0], to, l.fsys, changes.Options{AsOf: asOf, Draft: g.draft})
	if errors.Is(err, history.ErrUnknownRevision) && errors.Is(l.noGit, history.ErrShallow) {
		err = fmt.Errorf("%w\n%w", err, l.noGit)
	}
	for _, e := range entries {
		slices.SortStableFunc(e.Fields, func(a, b changes.Field) int { return urgency(a.Direction) - urgency(b.Direction) })
	}
	return entries, diag.Sort(problems), err
}

// urgency orders directions for a reviewer: worse, better, neither.
func urgency(d changes.Direction) int {
	return slices.Index([]changes.Direction{changes.Worse, changes.Better, changes.Same}, d)
}

// nothing is what is said where people see no difference.
const nothing = "群众看不到变化 / nothing that people see has changed"

// diffText writes one line an entry and, where several fields changed, one line a field.
func diffText(w io.Writer, entries []*changes.Entry) error {
	var b strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&b, "%s %s%s\n", e.Direction(), visible(e.Title), guides(e))
		if len(e.Fields) > 1 {
			for _, f := range e.Fields {
				fmt.Fprintf(&b, "    %s %s\n", f.Direction, visible(f.Words))
			}
		}
	}
	fmt.Fprintln(&b, summaryOf(entries))
	_, err := io.WriteString(w, b.String())
	return err
}

// visible is a text of a record on one line of a terminal, without characters that steer it.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || 0x7f <= r && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

func guides(e *changes.Entry) string {
	if e.Guides == 0 {
		return ""
	}
	return fmt.Sprintf("（%d 份指南）", e.Guides)
}

// summaryOf counts the entries by direction.
func summaryOf(entries []*changes.Entry) string {
	if len(entries) == 0 {
		return nothing
	}
	count := map[changes.Direction]int{}
	for _, e := range entries {
		count[e.Direction()]++
	}
	return fmt.Sprintf("%d 处变化：↓ %d，↑ %d，＝ %d", len(entries), count[changes.Worse], count[changes.Better], count[changes.Same])
}

// directionWords are the directions for programs.
var directionWords = map[changes.Direction]string{changes.Worse: "worse", changes.Better: "better", changes.Same: "same"}

type jsonField struct {
	Key       string `json:"key"`
	Label     string `json:"label"`
	Old       string `json:"old"`
	New       string `json:"new"`
	Words     string `json:"words"`
	Class     string `json:"class"`
	Direction string `json:"direction"`
}

type jsonEntry struct {
	ID        string      `json:"id"`
	Kind      string      `json:"kind"`
	Record    string      `json:"record"`
	Item      string      `json:"item"`
	Procedure string      `json:"procedure"`
	Division  string      `json:"division"`
	RecordID  string      `json:"record_id"`
	Title     string      `json:"title"`
	Direction string      `json:"direction"`
	Guides    int         `json:"guides"`
	Class     string      `json:"class"`
	Effective string      `json:"effective"`
	Items     []string    `json:"items"`
	Document  string      `json:"document"`
	Fields    []jsonField `json:"fields"`
}

// diffJSON writes an array; every object has every key.
func diffJSON(w io.Writer, entries []*changes.Entry) error {
	out := make([]jsonEntry, 0, len(entries))
	for _, e := range entries {
		j := jsonEntry{
			ID: e.ID, Kind: e.Kind, Record: string(e.Subject.Kind), Item: e.Subject.Item, Procedure: e.Subject.Procedure,
			Division: e.Subject.Division, RecordID: e.Subject.ID, Title: e.Title, Direction: directionWords[e.Direction()],
			Guides: e.Guides, Class: string(e.Class()), Effective: e.Effective.String(), Items: append([]string{}, e.Items...),
			Document: e.Document, Fields: make([]jsonField, 0, len(e.Fields)),
		}
		for _, f := range e.Fields {
			j.Fields = append(j.Fields, jsonField{
				f.Key, cmp.Or(f.Label, f.Key), f.Old, f.New, f.Words, string(f.Class), directionWords[f.Direction],
			})
		}
		out = append(out, j)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
