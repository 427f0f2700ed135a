package page

import (
	"net/url"
	"strings"
)

// webURL returns an address that may stand in a link, or "": only https, http and mailto, read after trimming what a browser
// would ignore. html/template filters unsafe schemes too; a view without them shows no dead link.
func webURL(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "https", "http":
		if u.Host == "" {
			return ""
		}
	case "mailto":
	default:
		return ""
	}
	return s
}

// dial returns the digits of a number as people write it, for a link that a template starts with tel:.
func dial(number string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, number)
}

// sourceURL is the record's source in the repository, or "".
func (b *builder) sourceURL(path string) string { return b.inRepository("/blob/main/", path) }

// editURL opens the record in the repository's editor, or "".
func (b *builder) editURL(path string) string { return b.inRepository("/edit/main/", path) }

func (b *builder) inRepository(verb, path string) string {
	if b.repository == "" {
		return ""
	}
	return b.repository + verb + path
}

// reportURL is where a mistake is told: a prefilled issue of the repository, or "" where site.toml names none. Without a title
// the issue is empty.
func (b *builder) reportURL(title, body string) string {
	if b.repository == "" {
		return ""
	}
	if title == "" {
		return b.repository + "/issues/new"
	}
	return b.repository + "/issues/new?title=" + url.QueryEscape(title) + "&body=" + url.QueryEscape(body)
}
