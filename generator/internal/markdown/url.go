package markdown

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/util"
)

// safe reports whether url, as the renderer will write it, may be linked to. It
// is decoded further than any browser should, until nothing changes, and must be
// allowed at every stage.
func safe(url string) bool {
	for {
		if !allowed(url) {
			return false
		}
		deeper := html.UnescapeString(unescape(url))
		if deeper == url {
			return true
		}
		url = deeper
	}
}

// decode resolves Markdown's backslash escapes and entities once, as the
// renderer does.
func decode(raw string) string {
	if !strings.ContainsAny(raw, `\&`) {
		return raw
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(unescape(raw)))))
}

// unescape removes the backslash before ASCII punctuation.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && isASCIIPunct(s[i+1]) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isASCIIPunct(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

// allowed reports whether a decoded address is relative, or absolute with a
// scheme that a portal needs. Browsers drop tabs and line ends inside an address
// and controls before it, and take \ for /: an address with any of these is
// refused, as is one that borrows the scheme of the page (//host).
func allowed(url string) bool {
	if strings.ContainsFunc(url, func(r rune) bool { return r <= 0x20 && r != ' ' || r == 0x7F || r == '\\' || isForbidden(r) }) {
		return false
	}
	if url != strings.TrimSpace(url) || strings.HasPrefix(url, "//") {
		return false
	}
	scheme, rest := splitScheme(url)
	switch strings.ToLower(scheme) {
	case "":
		return !strings.HasPrefix(url, ":")
	case "https", "http":
		return strings.HasPrefix(rest, "//") && len(rest) > 2 && rest[2] != '/'
	case "mailto", "tel":
		return rest != ""
	}
	return false
}

// splitScheme returns the scheme of an address and what follows its colon; a
// relative address has none. A colon behind a slash, ? or # is no scheme's.
func splitScheme(url string) (scheme, rest string) {
	end := strings.IndexAny(url, ":/?#")
	if end < 0 || url[end] != ':' {
		return "", url
	}
	return url[:end], url[end+1:]
}

func hasScheme(url string) bool {
	scheme, _ := splitScheme(url)
	return scheme != ""
}

func isExternal(url string) bool {
	scheme, _ := splitScheme(url)
	return strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http")
}
