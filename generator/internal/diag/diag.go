// Package diag holds a problem in the content as a value, and prints it.
//
// A problem is the mistake of an author, never of the machine (that is an
// error) or of a programmer (that is a panic). It has a place, the rule that
// found it, a severity, a message in Chinese and English, a hint how to mend
// it, and notes that point at other places, such as the provincial standard
// that a county record must respect. Problems are collected, sorted and
// printed together: a person who edits records sees all of them in one run.
//
// Five formats are printed, see [Report.Print]: text for people, json for
// programs, sarif for code scanning, github for annotations of a pull request,
// gitlab for the code quality report of a merge request.
package diag

import (
	"cmp"
	"slices"
	"strings"
)

// Text is one message in both languages of the portal. One may be empty.
type Text struct {
	ZH string // Chinese, simplified
	EN string // English
}

// In returns the text in a language: English when lang begins with "en",
// Chinese otherwise. When that one is empty it returns the other.
func (t Text) In(lang string) string {
	first, second := t.ZH, t.EN
	if strings.HasPrefix(strings.ToLower(lang), "en") {
		first, second = second, first
	}
	if first == "" {
		return second
	}
	return first
}

// Severity says what a problem means for publication.
type Severity int

const (
	// Error stops publication.
	Error Severity = iota
	// Warning is shown and does not stop anything.
	Warning
)

// String returns "error" or "warning", the words of every machine format.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Position is a place in a file.
type Position struct {
	File   string // slash-separated, relative to the site
	Line   int    // from 1; 0 means the whole file
	Column int    // from 1, in characters (runes), not bytes; 0 means the whole line or file
	Cell   string // of a workbook, such as C7: then File is the workbook and its sheet, Line the row
}

// Note points at a second place that explains a problem.
type Note struct {
	Position
	Text Text
}

// Problem is one mistake at one place.
type Problem struct {
	Position
	Rule     string // id of the rule, such as "unknown-key"
	Severity Severity
	Message  Text   // what is wrong, one line
	Hint     Text   // why, and how to mend it; may be empty or several lines
	Notes    []Note // other places that explain it
}

// Sort orders problems by file, line, column, rule and message, removes exact
// duplicates and returns the shortened slice. The order depends on nothing but
// the problems: the remaining fields break ties.
func Sort(problems []Problem) []Problem {
	slices.SortStableFunc(problems, compareProblems)
	return slices.CompactFunc(problems, func(a, b Problem) bool { return compareProblems(a, b) == 0 })
}

// Errors returns how many of the problems are of severity [Error].
func Errors(problems []Problem) int {
	n := 0
	for _, p := range problems {
		if p.Severity == Error {
			n++
		}
	}
	return n
}

func compareProblems(a, b Problem) int {
	return cmp.Or(
		comparePositions(a.Position, b.Position),
		cmp.Compare(a.Rule, b.Rule),
		compareTexts(a.Message, b.Message),
		cmp.Compare(a.Severity, b.Severity),
		compareTexts(a.Hint, b.Hint),
		slices.CompareFunc(a.Notes, b.Notes, func(a, b Note) int {
			return cmp.Or(comparePositions(a.Position, b.Position), compareTexts(a.Text, b.Text))
		}),
	)
}

func comparePositions(a, b Position) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

func compareTexts(a, b Text) int {
	return cmp.Or(cmp.Compare(a.ZH, b.ZH), cmp.Compare(a.EN, b.EN))
}
