package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

var (
	reportFormats = []string{"text", "csv", "json", "xlsx"}
	reportBy      = []string{"place", "level", "department", "item"}
)

// newReport is the figures of supervision, and the parent of the reports for those who keep and supervise the library.
func newReport(g *global) *cobra.Command {
	r := new(reportFlags)
	cmd := &cobra.Command{
		Use:   "report [METRIC…]",
		Short: "指标和目标，给审核、监督用的表 / figures against targets, and reports for reviewers and supervisors",
		Long: `算出各项指标：一句话、一个数、目标、算法。不给名字就是全部；写编号或者中文名，可以写几个。
默认是全省；--place 一个地方（--below 连下面的），--level 一级，--department 一个部门，可以一起用；--by 一个地方（一级、一个部门、
一个事项）一行，好的在前。
--list 打开名单：gap 差在哪里、numerator 分子、denominator 分母、unknown 没收录的。
--baseline 给一次提交，减了多少就和那时比。--fail：有一项没达到目标，退出码就是 1，给自动检查用。
没有记录的写“未收录”，不算 0；示例市只算在它自己里。

Count the metrics: a sentence, a figure, its target, its formula; of the province, or of a place, a level, a department, or each of
them or of the items (--by), the best first. --list opens a figure into its lists. --baseline is a commit to compare with. --fail makes a missed target exit code 1.
What nobody recorded is 未收录 and never zero; made-up places count in their own figures alone.`,
		Example: `  banshi report                                        全省，各项指标 / the province
  banshi report 网上可办率 --by place --format csv     各地一行 / a line a place
  banshi report --place 139921                         一个地方 / one place
  banshi report hall-entry-rate --place 139921 --list gap   差在哪里 / what is missing
  banshi report --baseline v2025 --out 指标.xlsx       和从前比 / compared with before`,
		ValidArgsFunction: completeMetrics,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			return r.run(ctx, g, args, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVar(&r.place, "place", "", "哪个地方，写区划编号 / id of a place")
	f.BoolVar(&r.below, "below", false, "连它下面的地方 / with the places below it")
	f.StringVar(&r.level, "level", "", "哪一级：省级、市级、县级、乡级 / a level")
	f.StringVar(&r.department, "department", "", "哪个部门，写行业名，例如 民政 / a department, by its term")
	f.StringVar(&r.by, "by", "", "一个什么一行：place、level、department 或 item / a line each")
	f.StringVar(&r.baseline, "baseline", "", "和哪一次提交比 / commit to compare with")
	f.StringVar(&r.format, "format", "", "写成 text、csv、json 或 xlsx，默认看 --out 的扩展名 / format, default by --out, else text")
	f.StringVar(&r.out, "out", "", "写到哪个文件 / file to write")
	f.StringVar(&r.list, "list", "", "打开名单：gap、numerator、denominator 或 unknown / open a list")
	f.BoolVar(&r.fail, "fail", false, "没达到目标时退出码是 1 / exit code 1 when a target is missed")
	mustRegister(cmd, "place", completeRecords(g, record.KindDivision))
	mustRegister(cmd, "level", completeWords(record.Levels...))
	mustRegister(cmd, "by", completeWords(reportBy...))
	mustRegister(cmd, "format", completeWords(reportFormats...))
	mustRegister(cmd, "list", completeWords(parts()...))
	cmd.AddCommand(newReportReview(g), newReportLegality(g), newReportMatrix(g))
	return cmd
}

func completeMetrics(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, m := range quality.Metrics() {
		out = append(out, m.ID+"\t"+m.Title.ZH)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

func parts() []string {
	var out []string
	for _, p := range quality.Parts {
		out = append(out, string(p))
	}
	return out
}

type reportFlags struct {
	place, level, department, by string
	baseline, format, out, list  string
	below, fail                  bool
}

func (r *reportFlags) run(ctx context.Context, g *global, names []string, stdout, stderr io.Writer) error {
	metrics, err := r.check(names)
	if err != nil {
		return err
	}
	s, err := r.survey(ctx, g, stderr)
	if err != nil {
		return err
	}
	figures, err := r.figures(s, metrics)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { return r.write(w, s, figures, g.lang) }
	if r.out == "" {
		err = write(stdout)
	} else if err = writeTo(r.out, write); err == nil {
		_, err = fmt.Fprintf(stdout, "%s：%d 个数，截至 %s / %[2]d figures\n", r.out, len(figures), s.Catalog.AsOf)
	}
	if err != nil {
		return err
	}
	if r.fail && slices.ContainsFunc(figures, func(f quality.Figure) bool { return f.Verdict == quality.Missed }) {
		return errContent
	}
	return nil
}

// check reads the words of the command line.
func (r *reportFlags) check(names []string) ([]*quality.Metric, error) {
	if r.format == "" {
		r.format = "text"
		for _, f := range reportFormats[1:] {
			if strings.HasSuffix(strings.ToLower(r.out), "."+f) {
				r.format = f
			}
		}
	}
	if err := knownFormat(r.format, reportFormats); err != nil {
		return nil, err
	}
	if r.format == "xlsx" && r.out == "" {
		return nil, errors.New("xlsx 要写到文件，请给 --out / a workbook needs --out")
	}
	if r.by != "" && !slices.Contains(reportBy, r.by) {
		return nil, fmt.Errorf("--by %s：写 %s / one of these%s", r.by, strings.Join(reportBy, "、"), didYouMean(r.by, reportBy))
	}
	if r.list != "" && !slices.Contains(parts(), r.list) {
		return nil, fmt.Errorf("--list %s：写 %s / one of these%s", r.list, strings.Join(parts(), "、"), didYouMean(r.list, parts()))
	}
	if r.level != "" && record.LevelRank(r.level) < 0 {
		return nil, fmt.Errorf("--level %s：写 %s / one of these%s", r.level, strings.Join(record.Levels, "、"), didYouMean(r.level, record.Levels))
	}
	var known []string
	for _, m := range quality.Metrics() {
		known = append(known, m.ID, m.Title.ZH)
	}
	var out []*quality.Metric
	for _, name := range names {
		m := quality.Named(name)
		if m == nil {
			return nil, fmt.Errorf("没有指标 %s%s / no such metric", name, didYouMean(name, known))
		}
		out = append(out, m)
	}
	return out, nil
}

// survey counts the library as it is, and as it was at the baseline.
func (r *reportFlags) survey(ctx context.Context, g *global, stderr io.Writer) (*quality.Survey, error) {
	l, err := g.read(ctx, readOptions{noHistory: true})
	if err != nil {
		return nil, err
	}
	var before *catalog.Catalog
	if r.baseline != "" {
		was, err := g.state(ctx, stateOptions{rev: r.baseline}, stderr)
		if err != nil {
			return nil, err
		}
		before = was.Catalog
	}
	return quality.New(l.catalog, quality.Options{Baseline: before}), nil
}

// figures counts what was asked for: all metrics where none is named.
func (r *reportFlags) figures(s *quality.Survey, metrics []*quality.Metric) ([]quality.Figure, error) {
	scopes, err := r.scopes(s)
	if err != nil {
		return nil, err
	}
	var out []quality.Figure
	for _, sc := range scopes {
		for _, f := range s.Figures(sc) {
			switch {
			case metrics != nil && !slices.Contains(metrics, f.Metric):
			case r.by == "item":
				out = append(out, s.ByItem(f.Metric, sc)...)
			default:
				out = append(out, f)
			}
		}
	}
	return out, nil
}

// scopes are the parts of the library that the flags ask for. Of the whole province the levels are told too: targets are for levels.
func (r *reportFlags) scopes(s *quality.Survey) ([]quality.Scope, error) {
	sc := quality.Scope{Below: r.below, Level: r.level, Department: r.department}
	if r.place != "" {
		if sc.Division = s.Catalog.Division(r.place); sc.Division == nil {
			return nil, fmt.Errorf("没有地方 %s / no such place", r.place)
		}
	}
	departments := s.Departments()
	if r.department != "" && !slices.Contains(departments, r.department) {
		return nil, fmt.Errorf("没有部门 %s%s / no such department", r.department, didYouMean(r.department, departments))
	}
	out := []quality.Scope{sc}
	switch {
	case r.by == "place":
		out = nil
		for _, d := range s.Catalog.Divisions { // made-up places too: each is counted in its own line alone
			one := sc
			one.Division, one.Below = d, false
			if sc.Division != nil && !s.Has(sc, d) {
				continue
			}
			for range s.Places(one) {
				out = append(out, one)
			}
		}
	case r.by == "department":
		out = nil
		for _, name := range departments {
			one := sc
			one.Department = name
			out = append(out, one)
		}
	case r.by == "level" || r.by == "" && r.place == "" && r.level == "" && r.list == "":
		if r.by == "level" {
			out = nil
		}
		for _, l := range record.Levels {
			one := sc
			one.Level = l
			out = append(out, one)
		}
	}
	return out, nil
}

// write writes the figures, or the lists they open into.
func (r *reportFlags) write(w io.Writer, s *quality.Survey, figures []quality.Figure, lang string) error {
	if r.list != "" {
		return r.writeList(w, s, figures, lang)
	}
	switch r.format {
	case "csv":
		_, err := table.WriteCSV(w, quality.FigureTable(figures))
		return err
	case "xlsx":
		_, err := table.WriteXLSX(w, quality.FigureTable(figures), table.Book{Title: "指标", Time: s.Catalog.AsOf.Time(), Fixed: 1,
			About: [][2]string{{"截至", s.Catalog.AsOf.Han()}, {"怎样算的", "由事项记录算出，不手填；算法在最后一列，名单用 banshi report --list 打开"}}})
		return err
	case "json":
		return s.WriteJSON(w, figures)
	}
	return r.reportText(w, s, figures, lang)
}
