package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/changes"
)

// diffFormats are the formats of differences, the default first.
var diffFormats = []string{"text", "markdown", "json"}

func newDiff(g *global) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "diff REV [REV]",
		Short: "群众会看到什么变化 / what citizens will see change",
		Long: `比较两次提交（只给一个，就和现在的文件比）：群众会看到哪些变化，用文字说。
↑ 更方便，↓ 不如从前，＝ 别的变化；不如从前的排在最前。

Compare two commits, or one with the files as they are: what people will see change, in words. ↑ more convenient, ↓ less,
＝ neither; worse first.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := knownFormat(format, diffFormats); err != nil {
				return err
			}
			entries, err := differences(cmd.Context(), g, args)
			if err != nil {
				return err
			}
			switch format {
			case "json":
				return diffJSON(cmd.OutOrStdout(), entries)
			case "markdown":
				return diffMarkdown(cmd.OutOrStdout(), entries)
			}
			return diffText(cmd.OutOrStdout(), entries)
		},
	}
	cmd.Flags().StringVar(&format, "format", diffFormats[0], "写成 text、markdown 或 json / text, markdown or json")
	return cmd
}

// differences compares the revisions, or the only one with the working tree.
func differences(ctx context.Context, g *global, revs []string) ([]*changes.Entry, error) {
	l := &library{dir: g.site, fsys: os.DirFS(g.site)}
	asOf, err := l.day(ctx, g.asOf, true)
	if err != nil {
		return nil, err
	}
	if l.repo == nil {
		return nil, l.noGit
	}
	to := ""
	if len(revs) == 2 {
		to = revs[1]
	}
	entries, err := changes.Between(ctx, l.repo, revs[0], to, l.fsys, changes.Options{AsOf: asOf, Draft: g.draft})
	for _, e := range entries {
		slices.SortStableFunc(e.Fields, func(a, b changes.Field) int { return urgency(a.Direction) - urgency(b.Direction) })
	}
	return entries, err
}

// urgency orders directions for a reviewer: worse, better, neither.
func urgency(d changes.Direction) int {
	return slices.Index([]changes.Direction{changes.Worse, changes.Better, changes.Same}, d)
}

// direction is that of the most urgent field.
func direction(e *changes.Entry) changes.Direction {
	if len(e.Fields) == 0 {
		return changes.Same
	}
	return e.Fields[0].Direction
}

// nothing is what is said where people see no difference.
const nothing = "群众看不到变化 / nothing that people see has changed"

// diffText writes one line an entry and, where several fields changed, one line a field.
func diffText(w io.Writer, entries []*changes.Entry) error {
	var b strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&b, "%s %s%s\n", direction(e), visible(e.Title), guides(e))
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
		count[direction(e)]++
	}
	return fmt.Sprintf("%d 处变化：↓ %d，↑ %d，＝ %d", len(entries), count[changes.Worse], count[changes.Better], count[changes.Same])
}

// diffMarkdown writes a comment for a pull request. Records come from many hands: none of their characters is Markdown here.
func diffMarkdown(w io.Writer, entries []*changes.Entry) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n", summaryOf(entries))
	if len(entries) > 0 {
		b.WriteString("\n| | 变化 | 指南 |\n|---|---|---:|\n")
	}
	for _, e := range entries {
		text := escapeMarkdown(e.Title)
		if len(e.Fields) > 1 {
			lines := make([]string, len(e.Fields))
			for i, f := range e.Fields {
				lines[i] = f.Direction.String() + " " + escapeMarkdown(f.Words)
			}
			text = escapeMarkdown(subject(e)) + "<br>" + strings.Join(lines, "<br>")
		}
		fmt.Fprintf(&b, "| %s | %s | %d |\n", direction(e), text, e.Guides)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// subject is the part of the title that names what changed.
func subject(e *changes.Entry) string {
	for _, f := range e.Fields {
		if name, _, ok := strings.Cut(e.Title, "："+f.Words); ok {
			return name
		}
	}
	return e.Title
}

var markdownEscapes = func() *strings.Replacer {
	pairs := []string{"&", "&amp;", "<", "&lt;", ">", "&gt;", "@", "&#64;", "\n", " ", "\r", " "}
	for _, c := range "\\`*_[]#|~:" {
		pairs = append(pairs, string(c), fmt.Sprintf("&#%d;", c))
	}
	return strings.NewReplacer(pairs...)
}()

func escapeMarkdown(s string) string { return markdownEscapes.Replace(visible(s)) }

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
	Document  string      `json:"document"`
	Fields    []jsonField `json:"fields"`
}

// diffJSON writes an array; every object has every key.
func diffJSON(w io.Writer, entries []*changes.Entry) error {
	out := make([]jsonEntry, 0, len(entries))
	for _, e := range entries {
		j := jsonEntry{
			ID: e.ID, Kind: e.Kind, Record: string(e.Subject.Kind), Item: e.Subject.Item, Procedure: e.Subject.Procedure,
			Division: e.Subject.Division, RecordID: e.Subject.ID, Title: e.Title, Direction: directionWords[direction(e)],
			Guides: e.Guides, Document: e.Document, Fields: make([]jsonField, 0, len(e.Fields)),
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
