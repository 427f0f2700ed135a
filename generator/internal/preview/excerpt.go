package preview

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/diag"
)

// excerpt is the lines of a file around a problem.
type excerpt struct {
	First int      `json:"first"` // number of the first line
	Lines []string `json:"lines"`
}

const (
	// mostShown is how many problems the overlay shows.
	mostShown = 100
	// around is how many lines before and behind that of the problem are shown.
	around = 1
	// longest is how many characters of a line are shown.
	longest = 300
)

// worst returns the problems that are shown: errors first.
func (s *Site) worst() []diag.Problem {
	out := slices.Clone(s.problems)
	slices.SortStableFunc(out, func(a, b diag.Problem) int { return cmp.Compare(a.Severity, b.Severity) })
	return out[:min(len(out), mostShown)]
}

// excerpts returns the lines around each of the problems, in their order; none where a problem has no line.
func (s *Site) excerpts(problems []diag.Problem) []excerpt {
	lines := map[string][]string{}
	out := make([]excerpt, 0, len(problems))
	for _, p := range problems {
		if _, known := lines[p.File]; !known && s.Text != nil {
			lines[p.File] = linesOf(s.Text(p.File))
		}
		out = append(out, excerptOf(lines[p.File], p.Line))
	}
	return out
}

func excerptOf(lines []string, line int) excerpt {
	if line < 1 || line > len(lines) {
		return excerpt{Lines: []string{}}
	}
	from, to := max(1, line-around), min(len(lines), line+around)
	return excerpt{from, lines[from-1 : to]}
}

// linesOf cuts a text into lines that can be shown.
func linesOf(text []byte) []string {
	var out []string
	for line := range strings.Lines(strings.ToValidUTF8(string(text), "\uFFFD")) {
		line = strings.TrimRight(line, "\r\n")
		if utf8.RuneCountInString(line) > longest {
			line = string([]rune(line)[:longest]) + "…"
		}
		out = append(out, line)
	}
	return out
}
