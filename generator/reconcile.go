package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/output"
	"banshi/generator/internal/reconcile"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// reconcileFormats are the formats of what is said in the terminal, the default first.
var reconcileFormats = []string{"text", "json"}

func newReconcile(g *global) *cobra.Command {
	r := &reconciler{global: g}
	cmd := &cobra.Command{
		Use:   "reconcile TABLE [--out DIR | --accept FILE]",
		Short: "拿上级目录和本省目录核对 / compare an upper-level catalogue with ours",
		Long: `TABLE 是上级发来的目录，.xlsx 或 .csv：表头在标题行下面、有合并单元格、分几张表都行。列名认常用的叫法，认错了用 --columns 指定。
编码相同、名称和类型都相同的自动对上；其余只推荐候选并说明理由，由人来定。
--out 写四张表：附件1 核对表、附件2 未比对上、附件3 省级特设、附件4 公共服务，有 reconcile.xlsx（填）、reconcile.html（打印）和 CSV。
填好的 reconcile.xlsx 用 --accept 读回，决定记在 data/mappings/ 里；下次核对（包括上级换了新表）只问新的和变了的。

TABLE is a catalogue as an office sends it, .xlsx or .csv: headings below titles, merged cells, several sheets. Rows match by their code, or
by name and type; everything else is proposed with reasons and decided by people. --out writes the four annexes as a workbook to fill in, a
page for paper and CSV. --accept reads the workbook back into data/mappings/, so that the next run asks only what is new or has moved.`,
		Example: `  banshi reconcile 国家目录.xlsx                                    看看对得怎样 / how they compare
  banshi reconcile 国家目录.xlsx --out 核对                          写四张表来填 / write the annexes to fill in
  banshi reconcile 国家目录.xlsx --accept 核对/reconcile.xlsx        读回填好的 / take in what was filled in
  banshi reconcile 浙江目录.csv --mapping zhejiang --columns 名称=C,编码=B   另一份目录、特别的列 / another catalogue, unusual columns`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("给一张上级目录的表：banshi reconcile 国家目录.xlsx / give one table")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			return r.run(ctx, args[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVar(&r.mapping, "mapping", "national", "决定记在哪一份里，data/mappings/<编号>.toml / id of the mapping that keeps the decisions")
	f.StringVar(&r.name, "name", "", "新建决定记录时上级目录的全称，默认是表的标题 / what a new mapping calls the catalogue (default: title of the table)")
	f.StringVar(&r.columns, "columns", "", "哪一列是什么：名称=C,编码=基本编码 / which column is what: name=C,code=HEADING")
	f.StringVar(&r.out, "out", "", "四张表写到哪个文件夹 / folder for the annexes")
	f.StringVar(&r.accept, "accept", "", "读回填好的 reconcile.xlsx / take in a workbook that was filled in")
	f.StringVar(&r.format, "format", reconcileFormats[0], "终端里写成 text 或 json / text or json in the terminal")
	mustRegister(cmd, "mapping", completeRecords(g, record.KindMapping))
	mustRegister(cmd, "format", completeWords(reconcileFormats...))
	return cmd
}

// reconciler is one run of the command.
type reconciler struct {
	*global
	mapping, name, columns, out, accept, format string
}

func (r *reconciler) run(ctx context.Context, file string, stdout, stderr io.Writer) error {
	if err := knownFormat(r.format, reconcileFormats); err != nil {
		return err
	}
	if !record.IsID(r.mapping) {
		return fmt.Errorf("--mapping %s 不能作编号：用小写字母、数字和连字符 / no id: a–z, 0–9 and hyphens", r.mapping)
	}
	columns, err := reconcile.ParseColumns(r.columns)
	if err != nil {
		return err
	}
	grids, err := readTable(file, reconcile.MaxRows)
	if err != nil {
		return err
	}
	upper, err := reconcile.Read(filepath.Base(file), grids, columns)
	if err != nil {
		return err
	}
	l, err := r.global.read(ctx, readOptions{noHistory: true})
	if err != nil {
		return err
	}
	report := reconcile.Compare(l.catalog, upper, r.mapping)
	if r.accept != "" {
		if err := r.takeIn(report, stdout); err != nil {
			return err
		}
		source, err := catalog.Load(l.fsys, l.asOf)
		if err != nil {
			return err
		}
		report = reconcile.Compare(catalog.Resolve(source, catalog.Options{Draft: r.draft}), upper, r.mapping)
	}
	if r.out != "" {
		if err := r.write(report, l.asOf); err != nil {
			return err
		}
	}
	if r.format == "json" {
		return report.WriteJSON(stdout, r.lang)
	}
	if err := diag.Print(stderr, report.Problems, "text", r.lang); err != nil {
		return err
	}
	return r.say(report, file, stdout)
}

// readTable reads the grids of a table; too long a one is refused with what to do.
func readTable(file string, maxRows int) ([]table.Grid, error) {
	grids, err := table.ReadGrids(file, maxRows)
	if many := (*table.TooManyRows)(nil); errors.As(err, &many) {
		return nil, fmt.Errorf("%w。删掉用不着的表和行，或者按部门分成几个文件 / remove what is not needed, or split it by department", err)
	}
	return grids, err
}

// takeIn reads a filled-in workbook and writes the decisions, all or none.
func (r *reconciler) takeIn(report *reconcile.Report, stdout io.Writer) error {
	grids, err := readTable(r.accept, 2*reconcile.MaxRows)
	if err != nil {
		return err
	}
	said, problems := report.Accept(filepath.Base(r.accept), grids)
	if len(problems) > 0 {
		if err := diag.Print(stdout, problems, "text", r.lang); err != nil {
			return err
		}
		fmt.Fprintln(stdout, diag.Text{ZH: fmt.Sprintf("有 %d 处要改，一条也没有写入", len(problems)), EN: fmt.Sprintf("%d to mend, nothing was written", len(problems))}.In(r.lang))
		return errContent
	}
	order := func(path []string) []string { return keyOrder(record.KindMapping, path) }
	files, tally, err := report.Write(said, cmp.Or(r.name, report.Upper.Title), order)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := r.put(f, stdout); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(stdout, diag.Text{
		ZH: fmt.Sprintf("写入了决定：新 %d，改 %d，撤回 %d", tally.New, tally.Changed, tally.Withdrawn),
		EN: fmt.Sprintf("decisions entered: %d new, %d changed, %d withdrawn", tally.New, tally.Changed, tally.Withdrawn),
	}.In(r.lang))
	return err
}

// put writes one file of the mapping whole or not at all.
func (r *reconciler) put(f reconcile.File, stdout io.Writer) error {
	name := filepath.Join(r.site, filepath.FromSlash(f.Path))
	if f.New {
		if err := writeNew(name, string(f.Data)); err != nil {
			return err
		}
	} else if before, err := os.ReadFile(name); err != nil || string(before) == string(f.Data) {
		return err
	} else if err := replaceFile(name, f.Data); err != nil {
		return err
	}
	_, err := fmt.Fprintln(stdout, f.Path)
	return err
}

// write writes the annexes into the folder.
func (r *reconciler) write(report *reconcile.Report, asOf record.Date) error {
	if err := mustBeEmpty(r.out); err != nil {
		return err
	}
	files := []output.File{
		{Path: "reconcile.xlsx", Write: func(w io.Writer) error { return report.WriteWorkbook(w, asOf) }},
		{Path: "reconcile.html", Write: func(w io.Writer) error { return report.WritePaper(w, asOf) }},
		{Path: "reconcile.css", Write: func(w io.Writer) error { _, err := w.Write(reconcile.PaperStyle); return err }},
		{Path: "reconcile.json", Write: func(w io.Writer) error { return report.WriteJSON(w, r.lang) }},
	}
	for _, a := range report.Annexes() {
		files = append(files, output.File{Path: a.Name + ".csv", Write: a.WriteCSV})
	}
	return writeInto(r.out, files)
}

// say prints the summary, the proposals that are likeliest, and what comes next.
func (r *reconciler) say(report *reconcile.Report, file string, w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s（%s）\n", visible(report.Upper.Title), file)
	for _, s := range report.Upper.Sheets {
		name := cmp.Or(s.Name, filepath.Base(file))
		if s.Skipped.ZH != "" {
			fmt.Fprintln(&b, diag.Text{ZH: "  " + visible(name) + "：没有读，" + s.Skipped.ZH, EN: "  " + visible(name) + ": passed over, " + s.Skipped.EN}.In(r.lang))
			continue
		}
		fmt.Fprintln(&b, diag.Text{ZH: fmt.Sprintf("  %s：%d 条；%s", visible(name), s.Rows, s.Columns.ZH), EN: fmt.Sprintf("  %s: %d rows; %s", visible(name), s.Rows, s.Columns.EN)}.In(r.lang))
	}
	for _, s := range report.Summary() {
		fmt.Fprintln(&b, s.In(r.lang))
	}
	for _, line := range report.Likeliest(5) {
		fmt.Fprintln(&b, "  "+visible(line))
	}
	switch {
	case r.out != "":
		fmt.Fprintln(&b, diag.Text{ZH: "写好了 " + filepath.Join(r.out, "reconcile.xlsx") + "（填）、reconcile.html（打印）和四个 CSV", EN: "wrote " + filepath.Join(r.out, "reconcile.xlsx") + " (to fill in), reconcile.html (paper) and four CSV files"}.In(r.lang))
	case report.Count().Open > 0:
		fmt.Fprintln(&b, diag.Text{ZH: "要逐条看、逐条填：banshi reconcile " + file + " --out 核对", EN: "to see and decide row by row: banshi reconcile " + file + " --out DIR"}.In(r.lang))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
