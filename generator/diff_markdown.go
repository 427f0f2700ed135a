package main

import (
	"fmt"
	"io"
	"strings"

	"banshi/generator/internal/changes"
)

// maxMarkdown is how many bytes a comment may have: GitHub takes 65,536 characters, GitLab a million.
const maxMarkdown = 60000

// markdownSections are the parts of a comment, worse first and open, the rest folded.
var markdownSections = []struct {
	direction changes.Direction
	title     string
	open      string
}{
	{changes.Worse, "↓ 不如从前", " open"}, {changes.Better, "↑ 更方便", ""}, {changes.Same, "＝ 别的变化", ""},
}

// diffMarkdown writes a comment for a pull request: what is worse for people first and unfolded. Records come from many hands:
// none of their characters is Markdown or HTML here. What is too long for a comment is counted.
func diffMarkdown(w io.Writer, entries []*changes.Entry) error {
	var b strings.Builder
	guides := 0
	for _, e := range entries {
		guides = max(guides, e.Guides)
	}
	fmt.Fprintf(&b, "### %s\n", summaryOf(entries))
	if guides > 0 {
		fmt.Fprintf(&b, "\n最多的一处涉及 %d 份办事指南。\n", guides)
	}
	left := 0
	for _, section := range markdownSections {
		var rows []string
		for _, e := range entries {
			if e.Direction() == section.direction {
				rows = append(rows, markdownRow(e))
			}
		}
		if len(rows) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n<details%s><summary>%s（%d）</summary>\n\n| | 变化 | 指南 |\n|---|---|---:|\n", section.open, section.title, len(rows))
		for _, row := range rows {
			if b.Len()+len(row) > maxMarkdown {
				left++
				continue
			}
			b.WriteString(row)
		}
		b.WriteString("\n</details>\n")
	}
	if left > 0 {
		fmt.Fprintf(&b, "\n还有 %d 处写不下，请运行 `banshi diff` 看全部。\n", left)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownRow is an entry in a row; of several fields each has a line.
func markdownRow(e *changes.Entry) string {
	text := escapeMarkdown(e.Title)
	if len(e.Fields) > 1 {
		lines := []string{escapeMarkdown(subject(e))}
		const most = 20
		for i, f := range e.Fields {
			if i == most {
				lines = append(lines, fmt.Sprintf("另有 %d 处", len(e.Fields)-most))
				break
			}
			lines = append(lines, f.Direction.String()+" "+escapeMarkdown(f.Words))
		}
		text = strings.Join(lines, "<br>")
	}
	return fmt.Sprintf("| %s | %s | %d |\n", e.Direction(), text, e.Guides)
}

// subject is the part of the title that names what changed.
func subject(e *changes.Entry) string {
	name, _, _ := strings.Cut(e.Title, "：")
	return name
}

var markdownEscapes = func() *strings.Replacer {
	pairs := []string{"&", "&amp;", "<", "&lt;", ">", "&gt;", "@", "&#64;", "\n", " ", "\r", " "}
	for _, c := range "\\`*_[]#|~:" {
		pairs = append(pairs, string(c), fmt.Sprintf("&#%d;", c))
	}
	return strings.NewReplacer(pairs...)
}()

func escapeMarkdown(s string) string { return markdownEscapes.Replace(visible(s)) }
