package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"banshi/generator/internal/quality"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

var matrixFormats = []string{"csv", "xlsx"}

// newReportMatrix is the matrix of levels: which levels exercise an item, in which way, and how many places do.
func newReportMatrix(g *global) *cobra.Command {
	var format, out string
	cmd := &cobra.Command{
		Use:   "matrix",
		Short: "层级矩阵：每个事项哪几级实施、怎样实施 / which levels exercise each item",
		Long: `一个事项一行：共同实施、分别实施还是单独实施，省、市、县、乡四级各有没有，各有多少个地方在办（示例的地方不算）。

A line an item: whether its levels act jointly, separately or alone, whether the catalogue names a level, and how many real places of it
handle the item.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := knownFormat(format, matrixFormats); err != nil {
				return err
			}
			if format == "xlsx" && out == "" {
				return fmt.Errorf("xlsx 要写到文件，请给 --out / a workbook needs --out")
			}
			l, err := g.read(context.Background(), readOptions{noHistory: true})
			if err != nil {
				return err
			}
			t := matrixTable(quality.New(l.catalog, quality.Options{}).Matrix())
			write := func(w io.Writer) error {
				if format == "xlsx" {
					_, err := table.WriteXLSX(w, t, table.Book{Title: "层级矩阵", Time: l.asOf.Time(), Fixed: 2, About: [][2]string{{"截至", l.asOf.Han()}}})
					return err
				}
				_, err := table.WriteCSV(w, t)
				return err
			}
			if out == "" {
				return write(cmd.OutOrStdout())
			}
			return writeTo(out, write)
		},
	}
	cmd.Flags().StringVar(&format, "format", matrixFormats[0], "写成 csv 或 xlsx / csv or xlsx")
	cmd.Flags().StringVar(&out, "out", "", "写到哪个文件 / file to write")
	mustRegister(cmd, "format", completeWords(matrixFormats...))
	return cmd
}

// matrixTable is the matrix as a table: of each level whether the catalogue names it, and how many places handle the item.
func matrixTable(rows []quality.MatrixRow) *table.Table {
	columns := []table.Column{
		{Name: "item", Title: "事项编号", Required: true}, {Name: "name", Title: "事项", Required: true}, {Name: "type", Title: "类型"},
		{Name: "department", Title: "部门"}, {Name: "sharing", Title: "实施方式"},
	}
	for i, l := range record.Levels {
		columns = append(columns, table.Column{Name: record.LevelSlugs[i], Kind: table.Boolean, Title: l, Required: true},
			table.Column{Name: record.LevelSlugs[i] + "_places", Kind: table.Integer, Title: l + "在办的地方", Required: true})
	}
	return &table.Table{Name: "matrix", Title: "层级矩阵", TitleEN: "Levels", Columns: columns, Rows: func(yield func([]table.Value) bool) {
		for _, r := range rows {
			row := []table.Value{table.TextOf(r.Item.ID), table.TextOf(r.Item.Name), table.TextOf(r.Item.Type), table.TextOf(r.Item.Department), table.TextOf(r.Item.Sharing)}
			for _, c := range r.Levels {
				row = append(row, table.BooleanOf(c.Named), table.IntegerOf(c.Places))
			}
			if !yield(row) {
				return
			}
		}
	}}
}
