package markdown

import (
	"html"
	"net/url"
	"strings"
)

// safe reports whether an address, as the renderer will write it, may be linked to. It
// is decoded further than any browser should, until nothing changes, and must be
// allowed at every stage.
func safe(address string) bool {
	for {
		if !allowed(address) {
			return false
		}
		deeper := html.UnescapeString(unescape(address))
		if deeper == address {
			return true
		}
		address = deeper
	}
}

// allowed reports whether a decoded address is relative, or absolute with a
// scheme that a portal needs. Browsers drop tabs and line ends inside an address
// and controls before it, and take \ for /: an address with any of these is
// refused, as is one that borrows the scheme of the page (//host).
func allowed(address string) bool {
	if strings.ContainsFunc(address, func(r rune) bool { return r < ' ' || r == '\\' || isForbidden(r) }) {
		return false
	}
	if address != strings.TrimSpace(address) || strings.HasPrefix(address, "//") {
		return false
	}
	if _, err := url.Parse(address); err != nil {
		return false
	}
	scheme, rest := splitScheme(address)
	switch strings.ToLower(scheme) {
	case "":
		return !strings.HasPrefix(address, ":")
	case "https", "http":
		return strings.HasPrefix(rest, "//") && len(rest) > 2 && rest[2] != '/'
	case "mailto", "tel":
		return rest != ""
	}
	return false
}

// splitScheme returns the scheme of an address and what follows its colon; a
// relative address has none. A colon behind a slash, ? or # is no scheme's.
func splitScheme(address string) (scheme, rest string) {
	end := strings.IndexAny(address, ":/?#")
	if end < 0 || address[end] != ':' {
		return "", address
	}
	return address[:end], address[end+1:]
}

func hasScheme(address string) bool {
	scheme, _ := splitScheme(address)
	return scheme != ""
}

func isExternal(address string) bool {
	scheme, _ := splitScheme(address)
	return strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http")
}
