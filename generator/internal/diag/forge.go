package diag

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// most is how many annotations of a kind GitHub shows for one step; it drops the others without a word.
// https://docs.github.com/en/actions/reference/limits
const most = 10

// printGitHub writes workflow commands, which become annotations on the lines of a pull request: the first ten errors and the
// first ten warnings, errors first. What would be dropped is written as text, where the log shows it, and counted in a notice.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
func (r Report) printGitHub(w io.Writer) error {
	problems := slices.Clone(r.Problems)
	slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Compare(a.Severity, b.Severity) })
	shown := map[Severity]int{}
	var rest []Problem
	for _, p := range problems {
		if shown[p.Severity]++; shown[p.Severity] > most {
			rest = append(rest, p)
			continue
		}
		if err := r.annotation(w, p); err != nil {
			return err
		}
	}
	if len(rest) == 0 {
		return nil
	}
	more := Text{
		ZH: fmt.Sprintf("另有错误 %d、警告 %d 没有标在行上（一次最多各标 %d 处），写在日志里", Errors(rest), len(rest)-Errors(rest), most),
		EN: fmt.Sprintf("%d more errors and %d more warnings are not annotated (%d of each are shown); they are in the log", Errors(rest), len(rest)-Errors(rest), most),
	}
	if _, err := fmt.Fprintf(w, "::notice title=banshi::%s\n", more.In(r.Lang)); err != nil {
		return err
	}
	return printText(w, rest, r.Lang)
}

// annotation writes one workflow command.
func (r Report) annotation(w io.Writer, p Problem) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var place string
	if p.Line > 0 {
		place = fmt.Sprintf(",line=%d", p.Line)
		if p.Column > 0 {
			place += fmt.Sprintf(",col=%d", p.Column)
		}
	}
	_, err := fmt.Fprintf(w, "::%s file=%s%s,title=%s::%s\n",
		p.Severity, property.Replace(r.Folder+p.File), place, property.Replace(p.Rule), data.Replace(r.whole(p)))
	return err
}

// whole is everything a problem says, for places that show one text: message, hint and notes, a line each.
func (r Report) whole(p Problem) string {
	text := p.Message.In(r.Lang)
	if hint := p.Hint.In(r.Lang); hint != "" {
		text += "\n" + hint
	}
	for _, n := range p.Notes {
		text += "\n" + n.Position.String() + ": " + n.Text.In(r.Lang)
	}
	return text
}

// The parts of a code quality report that are written.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
type (
	gitlabProblem struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
	}
)

// printGitLab writes the array of a code quality report.
func (r Report) printGitLab(w io.Writer) error {
	out := make([]gitlabProblem, 0, len(r.Problems))
	prints := fingerprints(r.Problems)
	for i, p := range r.Problems {
		severity := "major"
		if p.Severity == Warning {
			severity = "minor"
		}
		out = append(out, gitlabProblem{
			Description: r.whole(p), CheckName: p.Rule, Fingerprint: prints[i], Severity: severity,
			Location: gitlabLocation{r.Folder + p.File, gitlabLines{max(p.Line, 1)}},
		})
	}
	return encode(w, out)
}

// fingerprints tells problems apart without their lines, so that a forge knows them again after lines above were added: by file,
// rule and Chinese message, and by order where these are the same.
func fingerprints(problems []Problem) []string {
	out := make([]string, len(problems))
	seen := map[string]int{}
	for i, p := range problems {
		id := p.File + "\x00" + p.Rule + "\x00" + p.Message.In("zh")
		seen[id]++
		sum := sha256.Sum256([]byte(id + "\x00" + strconv.Itoa(seen[id])))
		out[i] = hex.EncodeToString(sum[:16])
	}
	return out
}
