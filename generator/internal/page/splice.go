package page

import (
	"bytes"
	"html/template"
	"strings"

	"banshi/generator/internal/output"
)

// splice is a long part of a page. In a template {{.All.HTML}} writes it into the page right there, past the template engine, which
// would copy it three times; so a template can place it and not keep it in a variable. A nil splice is nothing.
type splice struct {
	stamp output.Stamp
	out   *bytes.Buffer // where the page is written, nil while its stamp is taken
	write func(*bytes.Buffer) error
}

// Shown reports whether there is anything.
func (s *splice) Shown() bool { return s != nil }

// HTML writes the part and returns nothing more to write.
func (s *splice) HTML() (template.HTML, error) {
	if s == nil {
		return "", nil
	}
	return "", s.write(s.out)
}

// splice returns a fragment as a part of a page, with a word of the page's own in place of a token; token "" is none.
func (b *builder) splice(out *bytes.Buffer, f *Fragment, token, word string) *splice {
	if f == nil {
		return nil
	}
	return &splice{
		stamp: b.stampOf("splice", func(h *output.Hasher) {
			h.Stamp(f.stamp)
			h.String(word)
		}),
		out: out,
		write: func(out *bytes.Buffer) error {
			html, err := f.HTML()
			fillToken(out, string(html), token, word)
			return err
		},
	}
}

// fillToken writes HTML with a word in place of a token that stands for it. The word needs no escaping.
func fillToken(out *bytes.Buffer, html, token, word string) {
	for token != "" {
		before, after, found := strings.Cut(html, token)
		if !found {
			break
		}
		out.WriteString(before)
		out.WriteString(word)
		html = after
	}
	out.WriteString(html)
}
