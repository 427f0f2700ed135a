package markdown

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// lines parses a single paragraph: nothing at the beginning of a line is
// special, and there are no link definitions.
var lines = newParser(parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)))

// Inline renders one line of Markdown (emphasis, links, code) to safe HTML
// without a block around it, for record fields that allow it. A text written on
// several lines is one line: breaks between Han characters vanish, others become
// spaces. Pictures become their description. A text that breaks a limit of
// Convert is returned as it is, escaped.
func Inline(s string) string {
	s = oneParagraph(s)
	src := []byte(s)
	if checkSource(src, 0) != nil {
		return html.EscapeString(strings.ToValidUTF8(s, "\uFFFD"))
	}
	if !strings.ContainsAny(s, "*_`[<>&\"'\\:\n") {
		return s // most fields: nothing to mark, nothing to escape
	}
	root := lines.Parse(text.NewReader(src))
	if checkTree(root, src) != nil {
		return html.EscapeString(s)
	}
	w := walker{src: src, inline: true}
	w.document(root)
	var b bytes.Buffer
	if err := output.Render(&b, src, root); err != nil {
		panic("markdown: rendering into memory failed: " + err.Error())
	}
	out := policy.SanitizeReader(&b).String()
	out = strings.TrimSuffix(strings.TrimPrefix(out, "<p>"), "</p>\n")
	return strings.ReplaceAll(out, "\n", " ")
}

// oneParagraph trims every line and drops empty ones.
func oneParagraph(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return strings.TrimSpace(s)
	}
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' })
	kept := lines[:0]
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}
