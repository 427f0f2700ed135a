package page

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func itoa(n int) string { return strconv.Itoa(n) }

// sentence joins what is stated into running text, each part with its full stop.
func sentence(parts ...string) string {
	var out strings.Builder
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if p == "" {
			continue
		}
		out.WriteString(p)
		if r, _ := utf8.DecodeLastRuneInString(p); !strings.ContainsRune("。！？；.!?", r) {
			out.WriteString("。")
		}
	}
	return out.String()
}

// join puts 。 between two statements of which either may be missing.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return strings.TrimSuffix(a, "。") + "；" + b
}

// first returns the first statement of a text, up to the first ；。or line end, for places where one line must do.
func first(s string) string {
	if i := strings.IndexAny(s, "；。;\n"); i > 0 {
		return s[:i]
	}
	return s
}

// or returns the first text that is not empty.
func or(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
