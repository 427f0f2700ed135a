// Package markdown turns the Markdown of articles and of some record fields
// into safe HTML, and finds headings and links on the way.
//
// # The language
//
// CommonMark with tables, without raw HTML: what looks like a tag is shown as
// the text it is. Three things are fitted to Chinese:
//
//   - Emphasis opens and closes beside Han characters and full-width
//     punctuation, so **注意：**请 is bold (emphasis.go).
//   - A line break between two Han characters is no space (walk.go).
//   - A bare https:// address becomes a link also in the middle of a sentence
//     without spaces, and ends where ASCII ends (bareurl.go).
//
// # Safety
//
// Records are untrusted. Limits are held before parsing (limits.go); links may
// lead to https, http, mailto and tel addresses or to relative ones, judged
// after all entities are decoded (url.go); the HTML that was rendered passes an
// allow list as a second gate (sanitize.go). No input yields a node that runs,
// loads from elsewhere or reacts to an event.
//
// The same input gives the same bytes. All functions may be called by several
// goroutines at once.
package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Options change how a document is converted. The zero value is ready to use.
type Options struct {
	MaxBytes     int    // the longest source, in bytes; 0 means DefaultMaxBytes
	HeadingShift int    // how many levels deeper headings become, at most 6: with 1, # is h2
	IDPrefix     string // stands before every heading id, where several documents share a page
}

// Heading is a heading of a document.
type Heading struct {
	Level int    // 1 to 6, after Options.HeadingShift
	Line  int    // where it stands in the source, from 1
	ID    string // unique in the document; letters, Han too, digits and hyphens
	Text  string // without markup
}

// Doc is a converted document.
type Doc struct {
	HTML     string    // safe to place in a page as it is
	Headings []Heading // in the order of the text
	Links    []string  // where links and images lead, decoded, each once, in the order of the text
	Refused  []string  // destinations that are not allowed; their links are shown as plain text
	Text     string    // everything a reader reads, without markup, one line a block
}

// Convert renders a document. The error is a *LimitError and says where the
// source breaks a limit; nothing else fails.
func Convert(src []byte, o Options) (Doc, error) {
	if err := checkSource(src, o.MaxBytes); err != nil {
		return Doc{}, err
	}
	root := documents.Parse(text.NewReader(src))
	if err := checkTree(root, src); err != nil {
		return Doc{}, err
	}
	w := walker{src: src, options: o}
	w.document(root)

	var html bytes.Buffer
	if err := output.Render(&html, src, root); err != nil {
		panic("markdown: rendering into memory failed: " + err.Error())
	}
	w.doc.HTML = policy.SanitizeReader(&html).String()
	return w.doc, nil
}

// documents parses whole documents: CommonMark's blocks without HTML, and tables.
var documents = newParser(
	parser.WithBlockParsers(
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	),
	parser.WithParagraphTransformers(
		util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
		util.Prioritized(extension.NewTableParagraphTransformer(), 200),
	),
	parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
)

// newParser adds the inline constructs, which documents and single lines share.
func newParser(blocks ...parser.Option) parser.Parser {
	return parser.NewParser(append(blocks,
		parser.WithEscapedSpace(),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(bareURLParser{}, 400),
			util.Prioritized(emphasisParser{}, 500),
		))...)
}

var output = goldmark.New(
	goldmark.WithRenderer(renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(html.WithWriter(html.NewWriter(html.WithEscapedSpace()))), 1000),
		util.Prioritized(extension.NewTableHTMLRenderer(
			extension.WithTableCellAlignMethod(extension.TableCellAlignNone)), 500),
	))),
).Renderer()
