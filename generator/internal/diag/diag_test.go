package diag

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// tighten is the problem every county meets: a promise worse than the standard.
func tighten() Problem {
	return Problem{
		Position: Position{File: "data/divisions/130731/food-business.toml", Line: 7, Column: 1},
		Rule:     "tighten-promise",
		Message: Text{
			ZH: "承诺时限 15 个工作日，比省级标准的 10 个工作日长",
			EN: "a promise of 15 working days is worse than the standard's 10",
		},
		Hint: Text{
			ZH: "市县只能缩短，不得增加\n改为 10 个工作日以内",
			EN: "a division may only shorten it\nwrite 10 or less",
		},
		Notes: []Note{{Position{File: "data/items/food-business/01.toml", Line: 22, Column: 1}, Text{"省级标准在这里", "the standard is here"}}},
	}
}

func phone() Problem {
	return Problem{
		Position: Position{File: "data/divisions/130731/division.toml", Line: 3, Column: 12},
		Rule:     "phone-form", Severity: Warning,
		Message: Text{ZH: "电话缺少区号", EN: "the phone lacks an area code"},
	}
}

func render(t *testing.T, problems []Problem, format, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := Print(&b, problems, format, lang); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestIn(t *testing.T) {
	both := Text{"办事指南", "guide"}
	for _, c := range []struct {
		text Text
		lang string
		want string
	}{
		{both, "zh", "办事指南"}, {both, "zh-CN", "办事指南"}, {both, "", "办事指南"},
		{both, "en", "guide"}, {both, "EN-us", "guide"},
		{Text{ZH: "办事指南"}, "en", "办事指南"}, {Text{EN: "guide"}, "zh", "guide"},
	} {
		if got := c.text.In(c.lang); got != c.want {
			t.Errorf("%v.In(%q) = %q, want %q", c.text, c.lang, got, c.want)
		}
	}
}

func TestSort(t *testing.T) {
	a, b := tighten(), phone()
	later := tighten()
	later.Line = 70
	other := tighten()
	other.Notes = nil
	got := Sort([]Problem{later, a, other, b, a, b})
	want := []Problem{b, other, a, later}
	if !slices.EqualFunc(got, want, func(x, y Problem) bool { return compareProblems(x, y) == 0 }) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if n := Errors(got); n != 3 {
		t.Errorf("Errors = %d, want 3", n)
	}
}

func TestPrintText(t *testing.T) {
	got := render(t, []Problem{tighten(), phone()}, "text", "zh")
	want := `data/divisions/130731/food-business.toml:7:1: 承诺时限 15 个工作日，比省级标准的 10 个工作日长 [tighten-promise]
    市县只能缩短，不得增加
    改为 10 个工作日以内
    data/items/food-business/01.toml:22:1: 省级标准在这里
data/divisions/130731/division.toml:3:12: 警告：电话缺少区号 [phone-form]
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := render(t, []Problem{phone()}, "text", "en"); got != "data/divisions/130731/division.toml:3:12: warning: the phone lacks an area code [phone-form]\n" {
		t.Errorf("got %s", got)
	}
}

func TestPrintTextIsSafeForTerminals(t *testing.T) {
	p := phone()
	p.Line, p.Column = 0, 0
	p.Message = Text{ZH: "键 “\x1b[2Jname\u202eeman”\r\n伪造的一行"}
	got := render(t, []Problem{p}, "text", "zh")
	want := `data/divisions/130731/division.toml: 警告：键 “\u001b[2Jname\u202eeman” 伪造的一行 [phone-form]` + "\n"
	if got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestPrintJSON(t *testing.T) {
	got := render(t, []Problem{tighten(), phone()}, "json", "en")
	var objects []map[string]any
	if err := json.Unmarshal([]byte(got), &objects); err != nil {
		t.Fatal(err)
	}
	for _, o := range objects {
		for _, key := range []string{"file", "line", "column", "rule", "severity", "message", "hint", "notes"} {
			if _, ok := o[key]; !ok {
				t.Errorf("%v lacks %s", o, key)
			}
		}
	}
	if objects[1]["severity"] != "warning" || objects[0]["line"] != 7.0 {
		t.Errorf("got %s", got)
	}
	if got := render(t, nil, "json", "zh"); got != "[]\n" {
		t.Errorf("no problems: %q", got)
	}
}

func TestPrintSARIF(t *testing.T) {
	p := tighten()
	p.File = "data/示例县/办事 指南.toml"
	whole := phone()
	whole.Line, whole.Column = 0, 0
	var log sarifLog
	if err := json.Unmarshal([]byte(render(t, []Problem{p, whole}, "sarif", "zh")), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if log.Version != "2.1.0" || run.ColumnKind != "unicodeCodePoints" || len(run.Results) != 2 {
		t.Fatalf("got %+v", log)
	}
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("rule index %d is not %s", r.RuleIndex, r.RuleID)
		}
	}
	at := run.Results[0].Locations[0].Physical
	if !strings.HasSuffix(at.Artifact.URI, "%20%E6%8C%87%E5%8D%97.toml") || *at.Region != (sarifRegion{7, 1}) {
		t.Errorf("location %+v %+v", at.Artifact, at.Region)
	}
	if run.Results[1].Locations[0].Physical.Region != nil {
		t.Error("a problem of the whole file has a region")
	}
	if len(run.Results[0].Related) != 1 || run.Results[1].Level != "warning" {
		t.Errorf("results %+v", run.Results)
	}
}

func TestPrintGitHub(t *testing.T) {
	p := phone()
	p.File = "data/a,b:c%.toml"
	p.Message.ZH = "网办率 100%"
	p.Hint.ZH = "第一行\n第二行"
	got := render(t, []Problem{p}, "github", "zh")
	want := "::warning file=data/a%2Cb%3Ac%25.toml,line=3,col=12,title=phone-form::网办率 100%25%0A第一行%0A第二行\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

// TestGitHubShowsTen holds that what GitHub would drop is said in a notice and written where the log shows it, errors first.
func TestGitHubShowsTen(t *testing.T) {
	var problems []Problem
	for line := range 12 {
		w, e := phone(), tighten()
		w.Line, e.Line = line+1, line+1
		problems = append(problems, w, e)
	}
	got := strings.SplitAfter(render(t, problems, "github", "en"), "\n")
	if !strings.HasPrefix(got[9], "::error file=data/divisions/130731/food-business.toml,line=10,") || !strings.HasPrefix(got[10], "::warning ") {
		t.Errorf("ten errors, then warnings: %s%s", got[9], got[10])
	}
	if want := "::notice title=banshi::2 more errors and 2 more warnings are not annotated (10 of each are shown); they are in the log\n"; got[20] != want {
		t.Errorf("got %s", got[20])
	}
	rest := strings.Join(got[21:], "")
	if strings.Contains(rest, "::error") || !strings.Contains(rest, "food-business.toml:12:1: ") || !strings.Contains(rest, "division.toml:11:12: warning: ") {
		t.Errorf("the rest: %s", rest)
	}
}

func TestPrintGitLab(t *testing.T) {
	same, moved := tighten(), tighten()
	same.Line, moved.Line = 70, 8
	problems := func(ps ...Problem) []gitlabProblem {
		var b strings.Builder
		if err := (Report{Problems: ps, Lang: "zh", Folder: "portal/"}).Print(&b, "gitlab"); err != nil {
			t.Fatal(err)
		}
		var out []gitlabProblem
		if err := json.Unmarshal([]byte(b.String()), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	got := problems(tighten(), same, phone())
	if got[0].Location.Path != "portal/data/divisions/130731/food-business.toml" || got[0].Location.Lines.Begin != 7 || got[0].Severity != "major" || got[2].Severity != "minor" {
		t.Errorf("got %+v", got)
	}
	if got[0].Fingerprint == got[1].Fingerprint || problems(moved)[0].Fingerprint != got[0].Fingerprint {
		t.Error("two problems of one file have two fingerprints, and a problem keeps its own when it moves")
	}
}

func TestPrintUnknownFormat(t *testing.T) {
	if err := Print(&bytes.Buffer{}, nil, "xml", "zh"); err == nil {
		t.Error("xml is not refused")
	}
}
