package markdown

import (
	"strings"

	"github.com/yuin/goldmark/util"
)

// decode resolves the escapes and entities of a link's destination once, as the
// renderer does.
func decode(raw string) string {
	if !strings.ContainsAny(raw, `\&`) {
		return raw
	}
	return entities(unescape(raw))
}

// readable resolves the escapes and entities of running text, where an escaped
// ampersand begins no entity and an escaped space is nothing.
func readable(raw string) string {
	if !strings.ContainsAny(raw, `\&`) {
		return raw
	}
	var b strings.Builder
	start := 0
	for i := 0; i+1 < len(raw); i++ {
		if next := raw[i+1]; raw[i] == '\\' && (next == ' ' || isASCIIPunct(next)) {
			b.WriteString(entities(raw[start:i]))
			if next != ' ' {
				b.WriteByte(next)
			}
			i++
			start = i + 1
		}
	}
	b.WriteString(entities(raw[start:]))
	return b.String()
}

func entities(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(s))))
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
