package tomlfile

import "strings"

// basic writes a string of any of the four kinds as a basic one: on one line
// unless its text has several. What a basic string on one line says is left as
// it is, so that an escape which makes a character visible stays.
func basic(raw string) string {
	quote, multi := raw[:1], strings.HasPrefix(raw, `"""`) || strings.HasPrefix(raw, "'''")
	text := raw[1 : len(raw)-1]
	if multi {
		text = raw[3 : len(raw)-3]
	}
	switch {
	case quote == "'":
		text = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`).Replace(text)
	case !multi:
		return raw
	case !strings.Contains(text, "\n"):
		text = escapeQuotes(text)
	}
	if strings.Contains(text, "\n") {
		return `"""` + escapeReturns(text) + `"""`
	}
	return `"` + text + `"`
}

// escapeQuotes puts a backslash before every quote of the inside of a basic
// string that has none.
func escapeQuotes(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '"' {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
		if text[i] == '\\' && i+1 < len(text) {
			i++
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// escapeReturns makes the lines of the inside of a basic string end with LF. A
// CR is part of what the string says, so it becomes an escape, unless the line
// break is one that the string leaves out: the first, and those after a
// backslash.
func escapeReturns(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	var b strings.Builder
	if rest, ok := strings.CutPrefix(text, "\r\n"); ok {
		b.WriteByte('\n')
		text = rest
	}
	for i := 0; i < len(text); {
		end := i + 1
		switch text[i] {
		case '\r':
			b.WriteString(`\r`)
		case '\\':
			end += len(text[end:]) - len(strings.TrimLeft(text[end:], " \t\r\n"))
			if !strings.Contains(text[i:end], "\n") {
				end = i + 2
			}
			b.WriteString(strings.ReplaceAll(text[i:end], "\r\n", "\n"))
		default:
			b.WriteByte(text[i])
		}
		i = end
	}
	return b.String()
}
