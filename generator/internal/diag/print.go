package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Formats are the names that [Report.Print] takes, the default first.
var Formats = []string{"text", "json", "sarif", "github", "gitlab"}

// Report is problems on their way to a reader or a forge.
type Report struct {
	Problems []Problem // printed in this order
	Lang     string    // of messages, as in [Text.In]
	// Folder is where the site lies in its repository, "" or ending in a slash. Forges name files from the top of the repository;
	// text and json name them from the site.
	Folder string
	Title  func(rule string) Text // what a rule is called, for formats that list rules; nil where nobody asks
}

// Print writes problems as [Report.Print] does, without what only forges need.
func Print(w io.Writer, problems []Problem, format, lang string) error {
	return Report{Problems: problems, Lang: lang}.Print(w, format)
}

// Print writes the problems in one of [Formats]. The error is that of the writer, or says that the format is unknown.
func (r Report) Print(w io.Writer, format string) error {
	switch format {
	case "text":
		return printText(w, r.Problems, r.Lang)
	case "json":
		return printJSON(w, r.Problems, r.Lang)
	case "sarif":
		return r.printSARIF(w)
	case "github":
		return r.printGitHub(w)
	case "gitlab":
		return r.printGitLab(w)
	}
	return fmt.Errorf("unknown format %q: want one of %s", format, strings.Join(Formats, ", "))
}

// printText writes `file:line:column: message [rule]`, the form that editors
// and terminals turn into links, then hint and notes, indented.
func printText(w io.Writer, problems []Problem, lang string) error {
	var b strings.Builder
	for _, p := range problems {
		b.Reset()
		b.WriteString(p.Position.String() + ": ")
		if p.Severity == Warning {
			b.WriteString(Text{ZH: "警告：", EN: "warning: "}.In(lang))
		}
		fmt.Fprintf(&b, "%s [%s]\n", oneLine(p.Message.In(lang)), oneLine(p.Rule))
		if hint := p.Hint.In(lang); hint != "" {
			for line := range strings.Lines(strings.TrimRight(hint, "\n")) {
				b.WriteString("    " + oneLine(strings.TrimRight(line, "\r\n")) + "\n")
			}
		}
		for _, n := range p.Notes {
			fmt.Fprintf(&b, "    %s: %s\n", n.Position, oneLine(n.Text.In(lang)))
		}
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// String returns file:line:column, without the parts that are 0.
func (p Position) String() string {
	file := oneLine(p.File)
	switch {
	case p.Cell != "":
		return file + "!" + oneLine(p.Cell)
	case p.Line == 0:
		return file
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", file, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Column)
}

// oneLine makes text from a record safe for a terminal: line breaks become
// spaces, control characters (also those that reverse the reading direction)
// become visible escapes, because a record may come from a stranger.
func oneLine(s string) string {
	s = strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ").Replace(s)
	if strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if isControl(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isControl(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

type jsonNote struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

type jsonProblem struct {
	File     string     `json:"file"`
	Line     int        `json:"line"`
	Column   int        `json:"column"`
	Rule     string     `json:"rule"`
	Severity string     `json:"severity"`
	Message  string     `json:"message"`
	Hint     string     `json:"hint"`
	Notes    []jsonNote `json:"notes"`
}

// printJSON writes an array; every object has every key.
func printJSON(w io.Writer, problems []Problem, lang string) error {
	out := make([]jsonProblem, 0, len(problems))
	for _, p := range problems {
		notes := make([]jsonNote, 0, len(p.Notes))
		for _, n := range p.Notes {
			notes = append(notes, jsonNote{n.File, n.Line, n.Column, n.Text.In(lang)})
		}
		out = append(out, jsonProblem{
			File: p.File, Line: p.Line, Column: p.Column,
			Rule: p.Rule, Severity: p.Severity.String(),
			Message: p.Message.In(lang), Hint: p.Hint.In(lang), Notes: notes,
		})
	}
	return encode(w, out)
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
