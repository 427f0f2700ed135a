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
