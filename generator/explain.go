package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/rules"
)

func newExplain(g *global) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [RULE|KEY]",
		Short: "一条规则、一个键是什么意思 / what a rule or a key means",
		Long: `说明一条规则：为什么、依据哪个文件、错的和对的写法；或者一个键：意思、写法、地方能不能改、可用的词、国家交换表里的字段。
键写成 promise、materials.copies 或 item.name，也可以写它的中文名，例如 承诺时限。什么都不写就列出全部规则。

Explain a rule (why, by which document, wrong and right) or a key (meaning, type, lock, terms, national column), written as
promise, materials.copies or item.name, or by its Chinese name. Without a word, list all rules.`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeExplain(g),
		RunE: func(cmd *cobra.Command, args []string) error {
			e := &explainer{w: cmd.OutOrStdout(), lang: g.language(), terms: vocabularies(os.DirFS(g.site))}
			if len(args) == 0 {
				for _, f := range rules.Families {
					e.family(f)
				}
				return e.err
			}
			return e.word(args[0])
		},
	}
}

// explainer writes explanations; the first error of the writer ends it.
type explainer struct {
	w     io.Writer
	lang  string
	terms func(vocabulary string) []record.Term
	err   error
}

func (e *explainer) line(format string, args ...any) {
	if e.err == nil {
		_, e.err = fmt.Fprintf(e.w, format+"\n", args...)
	}
}

// in chooses between Chinese and English.
func (e *explainer) in(zh, en string) string { return diag.Text{ZH: zh, EN: en}.In(e.lang) }

// word explains whatever has this name.
func (e *explainer) word(word string) error {
	found := false
	if r, ok := rules.Find(word); ok {
		e.rule(r)
		found = true
	}
	for _, f := range rules.Families {
		if f.ID == word {
			e.family(f)
			found = true
		}
	}
	keys := keysNamed(word)
	// Words such as name are keys of a dozen kinds; one cannot read a dozen explanations.
	const most = 3
	for _, k := range keys {
		if len(keys) > most {
			e.line("%-32s %s", k.name, k.Title.In(e.lang))
			continue
		}
		e.key(k)
	}
	if !found && len(keys) == 0 {
		return fmt.Errorf("没有叫 %s 的规则或键%s / no rule or key %[1]s", word, didYouMean(word, explainable()))
	}
	return e.err
}

func (e *explainer) family(f rules.Family) {
	e.line("%s（%s）", f.Title.In(e.lang), f.ID)
	for _, r := range rules.All() {
		if r.Family == f.ID {
			e.line("  %-28s %s", r.ID, r.Title.In(e.lang))
		}
	}
}

func (e *explainer) rule(r rules.Rule) {
	severity := e.in("错误，不改不能发布", "error: stops publication")
	if r.Severity == diag.Warning {
		severity = e.in("警告，不影响发布", "warning")
	} else if r.SeverityFrom != 0 {
		severity = e.in(r.SeverityFrom.String()+" 起是错误，之前是警告", "warning, an error from "+r.SeverityFrom.String())
	}
	e.line("%s — %s（%s）", r.ID, r.Title.In(e.lang), severity)
	e.line("  %s", r.Reason.In(e.lang))
	if t := r.Explanation.In(e.lang); t != "" {
		e.line("  %s", indent(t, "  "))
	}
	if r.Bad != "" {
		e.line("\n  %s\n    %s", e.in("不对：", "wrong:"), indent(strings.TrimSpace(r.Bad), "    "))
	}
	if r.Good != "" {
		e.line("\n  %s\n    %s", e.in("对：", "right:"), indent(strings.TrimSpace(r.Good), "    "))
	}
}

func indent(text, by string) string {
	return strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n"+by)
}

// named is a key under the name by which it was asked for, with its kind.
type named struct {
	record.Key
	name string
}

// keysNamed returns the keys that a word can mean: kind.path, a path of any kind, or the last part of one.
func keysNamed(word string) []named {
	kind, path, _ := strings.Cut(word, ".")
	if k, ok := record.KeyOf(record.Kind(kind), path); ok {
		return []named{{k, word}}
	}
	var out []named
	add := func(k record.Key, name string) {
		if !slices.ContainsFunc(out, func(n named) bool { return n.Kind == k.Kind && n.Path == k.Path && n.Lock == k.Lock }) {
			out = append(out, named{k, name})
		}
	}
	for _, kind := range record.Kinds {
		if k, ok := record.KeyOf(kind, word); ok {
			add(k, string(kind)+"."+word)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, k := range record.Keys() {
		if strings.HasSuffix(k.Path, "."+word) || k.Path == word || k.Title.ZH == word || k.Label == word {
			add(k, string(k.Kind)+"."+k.Path)
		}
	}
	return out
}

// typeWords says how a value of each type is written.
var typeWords = map[string]diag.Text{
	"text":       {ZH: `文字，"…"`, EN: `text, "…"`},
	"integer":    {ZH: "整数", EN: "an integer"},
	"number":     {ZH: "数，可以有小数", EN: "a number"},
	"boolean":    {ZH: "true 或 false", EN: "true or false"},
	"date":       {ZH: "日期，如 2026-01-31，不加引号", EN: "a date such as 2026-01-31, without quotes"},
	"text-list":  {ZH: `若干文字，["…", "…"]；[] 是“没有”`, EN: `a list of texts, ["…"]; [] states none`},
	"table":      {ZH: "一组键，{ … } 或 [表头]", EN: "a table"},
	"table-list": {ZH: "若干组键，每组一个 [[表头]]，或 [{ … }, { … }]", EN: "a list of tables, each under [[header]]"},
	"limit":      {ZH: `时限，{ value = 5, unit = "工作日" }；0 是即办`, EN: `a limit, { value = 5, unit = "工作日" }; 0 is at once`},
	"limits":     {ZH: `若干时限，[{ value = 5, unit = "工作日" }]，不同情形加 when`, EN: `a list of limits, each with its when`},
	"basis-list": {ZH: `若干依据，[{ law = "法规编号", article = "第…条" }]`, EN: `a list of { law, article }`},
	"when":       {ZH: `情形，{ 问题 = ["选项"] }：问题之间是“并且”，选项之间是“或者”`, EN: `cases, { question = ["option"] }: all questions, any option`},
	"map":        {ZH: "名字到值的表", EN: "a table of names"},
}

// lockWords says what a place may do with a key.
var lockWords = map[record.Lock]diag.Text{
	record.LockCatalogue: {ZH: "目录要素：全省一致，地方不能写（四同）", EN: "catalogue: the same in the whole province, never set locally"},
	record.LockStandard:  {ZH: "全省标准：地方要写得不一样，须有 deviation（文件、批准机关、期限）", EN: "standard: a place needs an approved deviation to differ"},
	record.LockTighten:   {ZH: "只优不劣：地方可以写，但只能对申请人更方便", EN: "tighten: a place may only be better for the applicant"},
	record.LockLocal:     {ZH: "地方自定", EN: "local: set by each place"},
}

func (e *explainer) key(k named) {
	e.line("%s — %s", k.name, k.Title.In(e.lang))
	e.line("  %s", k.Description.In(e.lang))
	row := func(zh, en, value string) {
		if value != "" {
			e.line("  %s%s", e.in(zh+"：", en+": "), value)
		}
	}
	if slices.Contains(record.Kinds, k.Kind) {
		row("写在", "stands in", "data/"+placeOf(k.Kind).In(e.lang))
	}
	row("写法", "type", typeWords[k.Type].In(e.lang))
	if k.Required {
		row("必填", "required", e.in("是", "yes"))
	}
	if k.Markdown {
		row("排版", "format", "Markdown")
	}
	row("地方", "lock", lockWords[k.Lock].In(e.lang))
	if k.Inherits {
		row("沿用", "inherited", e.in("市里写了，县里不写就照市里的", "a county takes its city's"))
	}
	if k.Label != k.Title.ZH {
		row("群众看到", "label", k.Label)
	}
	if k.Ref != "" {
		row("指向", "names a", k.Ref)
	}
	if k.Vocabulary != "" {
		row("词表", "vocabulary", "data/vocab/"+k.Vocabulary+".toml")
		for _, t := range e.terms(k.Vocabulary) {
			e.line("    %s", termLine(t))
		}
	}
	row("国家交换表", "national column", k.Column)
	e.members(k)
}

// termLine is one term of a vocabulary with its code and meaning.
func termLine(t record.Term) string {
	parts := []string{t.Term}
	for _, more := range []string{t.Code, t.EN, t.Definition} {
		if more != "" {
			parts = append(parts, more)
		}
	}
	if t.Deprecated {
		parts = append(parts, "不再用 / deprecated")
	}
	return strings.Join(parts, "  ")
}

// members lists the keys inside a key.
func (e *explainer) members(k named) {
	kind, prefix := k.Kind, k.Path+"."
	if k.Of != "" {
		kind, prefix = record.Kind(k.Of), ""
	}
	heading := false
	for _, m := range record.KeysOf(kind) {
		name, ok := strings.CutPrefix(m.Path, prefix)
		if !ok || strings.Contains(name, ".") || k.Of == "" && !slices.Contains([]string{"table", "table-list"}, k.Type) {
			continue
		}
		if !heading {
			e.line("  %s", e.in("里面有：", "has:"))
			heading = true
		}
		required := ""
		if m.Required {
			required = e.in("（必填）", " (required)")
		}
		e.line("    %-18s %s%s", name, m.Title.In(e.lang), required)
	}
}

// explainable is every word that explain knows.
func explainable() []string {
	var out []string
	for _, r := range rules.All() {
		out = append(out, r.ID)
	}
	for _, k := range record.Keys() {
		out = append(out, k.Path, k.Path[strings.LastIndexByte(k.Path, '.')+1:], string(k.Kind)+"."+k.Path)
	}
	return out
}

// didYouMean returns a question after the nearest of the known words, or "" where none is near.
func didYouMean(word string, known []string) string {
	best, least := "", len(word)/3+2
	for _, k := range known {
		if d := edits(word, k); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return "，是不是 " + best + "？"
}

// edits is how many letters must be put in, taken out or changed to make b of a.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
