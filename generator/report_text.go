package main

import (
	"fmt"
	"io"
	"strings"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/table"
)

// reportText writes figures for people: by family and metric what it is, then a line each scope.
func (r *reportFlags) reportText(w io.Writer, s *quality.Survey, figures []quality.Figure, lang string) error {
	say := func(zh, en string, args ...any) string {
		return fmt.Sprintf(diag.Text{ZH: zh, EN: en}.In(lang), args...)
	}
	var b strings.Builder
	b.WriteString(say("截至 %s，由事项记录算出", "As of %s, counted from the records", s.Catalog.AsOf))
	if r.baseline != "" {
		b.WriteString(say("；基期 %s（%s）", "; baseline %s (%s)", visible(r.baseline), s.Baseline.AsOf))
	}
	b.WriteString("\n")
	counts := map[quality.Verdict]int{}
	for _, family := range quality.Families {
		title := "\n" + family.Title().In(lang) + "\n"
		for _, m := range quality.Metrics() {
			if m.Family != family {
				continue
			}
			var of []quality.Figure
			for _, f := range figures {
				if f.Metric == m {
					of = append(of, f)
					counts[f.Verdict]++
				}
			}
			if len(of) == 0 {
				continue
			}
			fmt.Fprintf(&b, "%s\n  %s\n%s    %s%s\n", title, m.Title.In(lang), r.reportLines(s, of, lang), say("算法：", "Formula: "), m.Formula.In(lang))
			title = ""
		}
	}
	b.WriteString(say("\n有目标的：达到 %d，没达到 %d，收录不全还不能说 %d\n", "\nAgainst targets: %d met, %d missed, %d open\n",
		counts[quality.Met], counts[quality.Missed], counts[quality.Open]))
	_, err := io.WriteString(w, b.String())
	return err
}

// reportLines says the figures of a metric. With --by they are ranked, the best first and those that nobody recorded as one number;
// else the first is also said in a sentence, and levels with nothing to say are left out.
func (r *reportFlags) reportLines(s *quality.Survey, figures []quality.Figure, lang string) string {
	var b strings.Builder
	if r.by == "" {
		for i := range figures {
			f := &figures[i]
			if i > 0 && (f.State == quality.Nothing || f.State == quality.NoRecords || f.State == quality.NotKept && f.Goal == nil) {
				continue
			}
			b.WriteString(reportLine(s, f, lang))
			if i == 0 {
				b.WriteString("    " + visible(f.Sentence().In(lang)) + "\n")
			}
		}
		return b.String()
	}
	ranked, rest := quality.Rank(figures)
	for i := range ranked {
		b.WriteString(reportLine(s, &ranked[i], lang))
	}
	if rest > 0 {
		fmt.Fprintf(&b, diag.Text{ZH: "    没有数的 %d 个（未收录、没有这类）\n", EN: "    %d without a figure\n"}.In(lang), rest)
	}
	return b.String()
}

// reportLine says a figure: its scope, its value, its target.
func reportLine(s *quality.Survey, f *quality.Figure, lang string) string {
	line := fmt.Sprintf("    %s %s", visible(f.Scope.Name().In(lang)), visible(f.Value().In(lang)))
	if g := f.Goal; g != nil {
		line += diag.Text{ZH: "，目标 ", EN: ", target "}.In(lang) + g.Words()
		if f.Verdict != "" {
			line += diag.Text{ZH: "，", EN: ", "}.In(lang) + f.Verdict.Title().In(lang)
		}
		line += fmt.Sprintf(diag.Text{ZH: "（%d 年，%s）", EN: " (%d, %s)"}.In(lang), g.Year, visible(s.Citation(quality.Source{Document: g.Target.Document})))
	}
	return line + "\n"
}

// writeList writes the entries of every figure. As text, entries that say the same in many places are one line.
func (r *reportFlags) writeList(w io.Writer, s *quality.Survey, figures []quality.Figure, lang string) error {
	part := quality.Part(r.list)
	switch r.format {
	case "json":
		return s.WriteEntries(w, figures, part)
	case "csv", "xlsx":
		t := s.EntryTable(figures, part)
		if r.format == "csv" {
			_, err := table.WriteCSV(w, t)
			return err
		}
		_, err := table.WriteXLSX(w, t, table.Book{Title: "名单", Time: s.Catalog.AsOf.Time(), Fixed: 1, About: [][2]string{{"截至", s.Catalog.AsOf.Han()}}})
		return err
	}
	var b strings.Builder
	for i := range figures {
		f := &figures[i]
		fmt.Fprintf(&b, "%s · %s：%s\n", f.Metric.Title.In(lang), visible(f.Scope.Name().In(lang)), visible(f.Value().In(lang)))
		for _, g := range s.Groups(*f, part) {
			fmt.Fprintf(&b, "  %s%s", inPlaces(g.Places, lang), visible(g.First.Title()))
			if g.First.Why != "" {
				fmt.Fprintf(&b, "：%s", visible(g.First.Why))
			}
			if f := g.First.File(); f != nil && g.Places.Len() <= 1 {
				fmt.Fprintf(&b, "  %s", f.Path)
			}
			b.WriteString("\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// inPlaces names the place of an entry, or how many places say the same.
func inPlaces(places *quality.Places, lang string) string {
	for first := range places.All() {
		if places.Len() == 1 {
			return visible(first.Name) + " "
		}
		return fmt.Sprintf(diag.Text{ZH: "%s等 %d 个地方 ", EN: "%s and others, %d places: "}.In(lang), visible(first.Name), places.Len())
	}
	return ""
}
