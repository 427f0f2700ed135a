package dump

import (
	"strconv"

	"banshi/generator/internal/output"
)

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string. Line ends become LF and characters NFC; nothing is escaped for HTML, because the
// files are data.
func appendString(b []byte, s string) []byte {
	return append(appendInside(append(b, '"'), s), '"')
}

// appendInside appends what stands between the quotes.
func appendInside(b []byte, s string) []byte {
	if output.Ordinary(s) {
		return append(b, s...)
	}
	s = output.NFC(s)
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[start:i]...)
		start = i + 1
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\t':
			b = append(b, '\\', 't')
		case c == '\r' && start < len(s) && s[start] == '\n':
			// The LF that follows is the line end.
		case c == '\r':
			b = append(b, '\\', 'n')
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return append(b, s[start:]...)
}

// appendJoined appends a text in parts, each of which begins or ends with ASCII.
func appendJoined(b []byte, parts ...string) []byte {
	b = append(b, '"')
	for _, p := range parts {
		b = appendInside(b, p)
	}
	return append(b, '"')
}

// appendText appends a text that may be unstated: "" is null.
func appendText(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return appendString(b, s)
}

// appendDate appends YYYY-MM-DD for a day as package record counts it, or null for 0.
func appendDate(b []byte, d int64) []byte {
	if d == 0 {
		return append(b, "null"...)
	}
	b = append(b, '"')
	b = appendDigits(b, int(d/10000), 4)
	b = append(b, '-')
	b = appendDigits(b, int(d/100%100), 2)
	b = append(b, '-')
	b = appendDigits(b, int(d%100), 2)
	return append(b, '"')
}

func appendDigits(b []byte, n, width int) []byte {
	for p := width - 1; p > 0; p-- {
		ten := 1
		for range p {
			ten *= 10
		}
		if n < ten {
			b = append(b, '0')
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
}
