package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
)

// A walker goes through a parsed document once, in reading order. It collects
// what Doc tells beside the HTML, and prepares the tree for the renderer: ids
// of headings, scopes of table cells, links that are refused, line breaks.
type walker struct {
	src     []byte
	options Options
	doc     Doc
	inline  bool           // no pictures
	ids     map[string]int // used ids, with the highest number given to each

	plain strings.Builder
	last  rune      // the last visible character of the block, 0 at its beginning
	soft  *ast.Text // the text whose soft line break waits for the next character
}

func (w *walker) document(root ast.Node) {
	w.ids = make(map[string]int)
	w.children(root)
	w.doc.Text = strings.TrimSpace(w.plain.String())
}

func (w *walker) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling() // c may be replaced
		w.node(c)
		c = next
	}
}

func (w *walker) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		w.block(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.newline()
		w.plain.Write(n.Lines().Value(w.src))
		w.newline()
	case *tables.TableCell:
		w.cell(n)
	case *ast.Text:
		w.text(n)
	case *ast.CodeSpan:
		w.code(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Link:
		w.link(n)
	case *ast.Image:
		w.image(n)
	default:
		w.children(n)
	}
}

func (w *walker) block(n ast.Node) {
	w.newline()
	w.children(n)
	w.newline()
}

// newline ends the line of the plain text, if it has begun.
func (w *walker) newline() {
	if s := w.plain.String(); s != "" && s[len(s)-1] != '\n' {
		w.plain.WriteByte('\n')
	}
	w.last, w.soft = 0, nil
}

func (w *walker) heading(n *ast.Heading) {
	n.Level = min(6, n.Level+w.options.HeadingShift)
	w.newline()
	start := w.plain.Len()
	w.children(n)
	text := strings.TrimSpace(w.plain.String()[start:])
	w.newline()
	id := w.id(text)
	n.SetAttributeString("id", []byte(id))
	w.doc.Headings = append(w.doc.Headings, Heading{n.Level, lineOf(n, w.src), id, text})
}

// id makes an id of a heading's text: letters of any script, marks and digits,
// in lower case, with hyphens for all between. Later headings with the same text
// get -2, -3 …
func (w *walker) id(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
	})
	base := w.options.IDPrefix + strings.Join(words, "-")
	if len(words) == 0 {
		base = w.options.IDPrefix + "section"
	}
	id := base
	for w.ids[id] > 0 {
		w.ids[base]++
		id = base + "-" + strconv.Itoa(w.ids[base])
	}
	w.ids[id] = 1
	return id
}

// cell names the columns: a header cell has the scope that lets a screen reader
// say it before each cell of the column. Alignment is a class, because the
// portal's content policy forbids style attributes.
func (w *walker) cell(n *tables.TableCell) {
	if n.Parent().Kind() == tables.KindTableHeader {
		n.SetAttributeString("scope", []byte("col"))
	}
	if n.Alignment != tables.AlignNone {
		n.SetAttributeString("class", []byte("align-"+n.Alignment.String()))
	}
	w.last, w.soft = 0, nil
	w.children(n)
	if n.NextSibling() != nil {
		w.plain.WriteByte(' ')
	} else {
		w.newline()
	}
}

func (w *walker) text(n *ast.Text) {
	w.say(readable(string(n.Segment.Value(w.src))))
	if n.SoftLineBreak() {
		w.soft = n
	} else if n.HardLineBreak() {
		w.newline()
	}
}

// say adds visible text. It is where a soft line break is decided: between two
// Han characters, or punctuation of theirs, it is nothing; elsewhere a space.
func (w *walker) say(s string) {
	if s == "" {
		return
	}
	if w.soft != nil {
		if first, _ := utf8.DecodeRuneInString(s); isCJK(w.last) && isCJK(first) {
			w.soft.SetSoftLineBreak(false)
		} else {
			w.plain.WriteByte(' ')
		}
		w.soft = nil
	}
	w.plain.WriteString(s)
	w.last, _ = utf8.DecodeLastRuneInString(s)
}

// code says a code span, whose text is shown as it is.
func (w *walker) code(n *ast.CodeSpan) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			w.say(strings.ReplaceAll(string(t.Segment.Value(w.src)), "\n", " "))
		}
	}
}

// autoLink links an address that is its own text. Neither escapes nor entities
// are known in it.
func (w *walker) autoLink(n *ast.AutoLink) {
	label := n.Label(w.src)
	w.say(string(label))
	url := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	if !w.follow(url, safe(url)) {
		text := ast.NewString(label)
		text.SetRaw(true)
		n.Parent().ReplaceChild(n.Parent(), n, text)
	} else if isExternal(url) {
		n.SetAttributeString("rel", []byte("noopener"))
	}
}

func (w *walker) link(n *ast.Link) {
	url := decode(string(n.Destination))
	ok := w.follow(url, safe(url))
	w.children(n)
	if !ok {
		unwrap(n)
	} else if isExternal(url) {
		n.SetAttributeString("rel", []byte("noopener"))
	}
}

// image keeps pictures of the site itself; a picture from elsewhere would tell
// its host who reads the page, so only its description stays.
func (w *walker) image(n *ast.Image) {
	url := decode(string(n.Destination))
	ok := w.follow(url, safe(url) && !hasScheme(url) && !w.inline)
	w.children(n)
	if !ok {
		unwrap(n)
		return
	}
	n.SetAttributeString("loading", []byte("lazy"))
}

// follow notes a destination where it belongs, once, and returns ok.
func (w *walker) follow(url string, ok bool) bool {
	list := &w.doc.Links
	if !ok {
		list = &w.doc.Refused
	}
	if !slices.Contains(*list, url) {
		*list = append(*list, url)
	}
	return ok
}

// unwrap puts the children of n in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
}
