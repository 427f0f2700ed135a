package office

import (
	"strings"
	"unicode"

	"banshi/generator/internal/zh"
)

// clean takes out of a text what typing and copying put into it: Traditional characters, full-width letters and digits, invisible
// characters, spaces at the ends, in rows, and beside Han characters, and line breaks unless lines are part of the text.
func clean(s string, lines bool) string {
	s = tidy(zh.Simplify(s))
	if lines {
		var kept []string
		for line := range strings.SplitSeq(s, "\n") {
			kept = append(kept, joined(line))
		}
		return strings.Trim(strings.Join(kept, "\n"), "\n")
	}
	return joined(s)
}

// tidy maps single characters: full-width letters, digits and spaces to half-width ones; what nobody sees goes.
func tidy(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\u3000' || r == '\u00a0' || r == '\t' || unicode.Is(unicode.Zs, r):
			return ' '
		case '０' <= r && r <= '９' || 'Ａ' <= r && r <= 'Ｚ' || 'ａ' <= r && r <= 'ｚ':
			return r - 0xfee0
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s))
}

// joined makes one line of a text: a space stays only between letters or digits, as one.
func joined(s string) string {
	words := strings.Fields(s)
	var b strings.Builder
	for i, w := range words {
		if i > 0 && narrow(lastRune(words[i-1])) && narrow(firstRune(w)) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

func narrow(r rune) bool { return r < 0x2e80 }

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func lastRune(s string) (last rune) {
	for _, r := range s {
		last = r
	}
	return last
}

// half maps the signs of a number, code, phone or address to half-width ones.
func half(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '－' || r == '—' || r == '–' || r == '―' || r == '‐' || r == '‑':
			return '-'
		case '！' <= r && r <= '～':
			return r - 0xfee0
		case r == '。':
			return '.'
		}
		return r
	}, s)
}
