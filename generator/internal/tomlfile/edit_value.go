package tomlfile

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// bareOrQuoted writes a key, with quotes where it needs them.
func bareOrQuoted(name string) string {
	if name != "" && strings.Trim(name, bareLetters) == "" {
		return name
	}
	return quote(name)
}

// quote writes a text as a basic string on one line. What must not stand in a file as it is becomes an escape.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		escape(&b, r)
	}
	b.WriteByte('"')
	return b.String()
}

func escape(b *strings.Builder, r rune) {
	switch {
	case r == '"' || r == '\\':
		b.WriteByte('\\')
		b.WriteRune(r)
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\t':
		b.WriteString(`\t`)
	case r < ' ' || r == 0x7f || r == 0x61c || r == 0x200e || r == 0x200f || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069:
		fmt.Fprintf(b, `\u%04X`, r)
	default:
		b.WriteRune(r)
	}
}

// quoteLines writes a text of several lines as they are.
func quoteLines(text string) string {
	var b strings.Builder
	b.WriteString("\"\"\"\n")
	for _, r := range text {
		if r == '\n' {
			b.WriteRune(r)
		} else {
			escape(&b, r)
		}
	}
	b.WriteString(`"""`)
	return b.String()
}

// flat writes a value on one line, but texts of several lines as they are.
func flat(v any) string {
	switch v := v.(type) {
	case string:
		if strings.Contains(v, "\n") {
			return quoteLines(v)
		}
		return quote(v)
	case Literal:
		return string(v)
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		text := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.ContainsAny(text, ".N") { // a number with no point would be an integer
			text += ".0"
		}
		return text
	case Table:
		var members []string
		for _, m := range v {
			members = append(members, bareOrQuoted(m.Key)+" = "+flat(m.Value))
		}
		if len(members) == 0 {
			return "{}"
		}
		return "{ " + strings.Join(members, ", ") + " }"
	case []string:
		var members []string
		for _, m := range v {
			members = append(members, quote(m))
		}
		return "[" + strings.Join(members, ", ") + "]"
	case Tables:
		var members []string
		for _, m := range v {
			members = append(members, flat(m))
		}
		return "[" + strings.Join(members, ", ") + "]"
	case []any:
		var members []string
		for _, m := range v {
			members = append(members, flat(m))
		}
		return "[" + strings.Join(members, ", ") + "]"
	}
	panic(fmt.Sprintf("tomlfile: TOML has no value for %T", v))
}

// broad writes the value of a key as [Format] does: a list that is too long for a line on several. Used is the columns before it.
func broad(path []string, v any, used int) string {
	o := &outline{data: []byte("v = " + flat(v) + "\n")}
	f := formatter{order: func([]string) []string { return nil }}
	return f.text(o.keyValue().value, path, "", used)
}

var errLiteral = errors.New("tomlfile: the literal is no value")

// valueOf returns a value as the parser gives it.
func valueOf(v any) (any, error) {
	text := "v = " + flat(v) + "\n"
	if faults, _ := refuse([]byte(text)); len(faults) > 0 {
		return nil, fmt.Errorf("tomlfile: the value would be refused: %s", faults[0].message.EN)
	}
	tree, err := parse([]byte(text))
	if err != nil {
		return nil, err
	}
	if len(tree) != 1 {
		return nil, errLiteral
	}
	return plainValue(tree["v"]), nil
}
