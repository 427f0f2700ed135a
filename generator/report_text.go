package main

import (
	"fmt"
	"io"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/table"
)

// reportText writes figures for people: by family and metric what it is, then a line each scope.
func reportText(w io.Writer, s *quality.Survey, figures []quality.Figure, baseline string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "截至 %s，由事项记录算出", s.Catalog.AsOf)
	if baseline != "" {
		fmt.Fprintf(&b, "；基期 %s（%s）", visible(baseline), s.Baseline.AsOf)
	}
	b.WriteString("\n")
	counts := map[quality.Verdict]int{}
	for _, family := range quality.Families {
		title := "\n" + family.Title().ZH + "\n"
		for _, m := range quality.Metrics() {
			if m.Family != family {
				continue
			}
			lines := ""
			for i := range figures {
				if f := &figures[i]; f.Metric == m {
					counts[f.Verdict]++
					lines += reportLine(s, f, lines == "")
				}
			}
			if lines == "" {
				continue
			}
			fmt.Fprintf(&b, "%s\n  %s\n%s    算法：%s\n", title, m.Title.ZH, lines, m.Formula.ZH)
			title = ""
		}
	}
	fmt.Fprintf(&b, "\n有目标的：达到 %d，没达到 %d，收录不全还不能说 %d\n", counts[quality.Met], counts[quality.Missed], counts[quality.Open])
	_, err := io.WriteString(w, b.String())
	return err
}

// reportLine says a figure: its scope, its value, its target; the first of a metric also in a sentence. Levels of which nothing is
// demanded and that have nothing to say are left out.
func reportLine(s *quality.Survey, f *quality.Figure, first bool) string {
	if !first && (f.State == quality.Nothing || f.State == quality.NoRecords || f.State == quality.NotKept && f.Goal == nil) {
		return ""
	}
	line := fmt.Sprintf("    %s %s", visible(f.Scope.Name()), visible(f.Value()))
	if f.Goal != nil {
		line += fmt.Sprintf("，目标 %s", f.Goal.Words())
		if f.Verdict != "" {
			line += "，" + f.Verdict.Title().ZH
		}
		line += fmt.Sprintf("（%d 年，%s）", f.Goal.Year, visible(s.Citation(quality.Source{Document: f.Goal.Target.Document})))
	}
	line += "\n"
	if first {
		line += "    " + visible(f.Sentence()) + "\n"
	}
	return line
}

// writeList writes the entries of every figure. As text, entries that say the same in many places are one line.
func (r *reportFlags) writeList(w io.Writer, s *quality.Survey, figures []quality.Figure) error {
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
		fmt.Fprintf(&b, "%s · %s：%s\n", f.Metric.Title.ZH, visible(f.Scope.Name()), visible(f.Value()))
		for _, g := range quality.Groups(s.List(*f, part)) {
			fmt.Fprintf(&b, "  %s%s", inPlaces(g.Places), visible(g.First.Title()))
			if g.First.Why != "" {
				fmt.Fprintf(&b, "：%s", visible(g.First.Why))
			}
			if g.First.File != nil && len(g.Places) <= 1 {
				fmt.Fprintf(&b, "  %s", g.First.File.Path)
			}
			b.WriteString("\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// inPlaces names the place of an entry, or how many places say the same.
func inPlaces(places []*catalog.Division) string {
	switch len(places) {
	case 0:
		return ""
	case 1:
		return visible(places[0].Name) + " "
	}
	return fmt.Sprintf("%s等 %d 个地方 ", visible(places[0].Name), len(places))
}
