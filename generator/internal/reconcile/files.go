package reconcile

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"

	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// WriteCSV writes an annex as CSV. A text that a spreadsheet would take for a formula gets an apostrophe before it: the upper-level
// catalogue comes from outside.
func (a *Annex) WriteCSV(w io.Writer) error {
	t := &table.Table{Name: a.Name, Title: a.Title}
	for _, c := range a.Columns {
		t.Columns = append(t.Columns, table.Column{Name: c.Name, Kind: table.Text, Title: c.Title})
	}
	t.Columns = append(t.Columns, table.Column{Name: "open", Kind: table.Boolean, Title: "还要看"})
	t.Rows = func(yield func([]table.Value) bool) {
		row := make([]table.Value, len(t.Columns))
		for _, r := range a.Rows {
			for i, cell := range r.Cells {
				row[i] = table.TextOf(harmless(cell))
			}
			row[len(row)-1] = table.BooleanOf(r.Open)
			if !yield(row) {
				return
			}
		}
	}
	_, err := table.WriteCSV(w, t)
	return err
}

// harmless puts an apostrophe before what spreadsheets take for a formula in a CSV file.
func harmless(s string) string {
	if s != "" && s != string(Silent) && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

//go:embed paper.html
var paperText string

// PaperStyle is the style sheet that the page of [Report.WritePaper] names reconcile.css.
//
//go:embed paper.css
var PaperStyle []byte

var paper = template.Must(template.New("paper").Parse(paperText))

// paperView is what the page sees.
type paperView struct {
	Title, Date string
	Summary     []string
	Annexes     []paperAnnex
}

type paperAnnex struct {
	Number      int
	Title, Note string
	Columns     []Column
	Rows        []paperRow
}

type paperRow struct {
	Open  bool
	Cells []paperCell
}

type paperCell struct {
	Text  string
	Fill  bool
	Alert bool // 不同
}

// WritePaper writes the report as a page for paper: A4, lying, with the columns that have room there and room to write by hand.
func (r *Report) WritePaper(w io.Writer, asOf record.Date) error {
	view := paperView{Title: r.Upper.Title, Date: asOf.String()}
	for _, s := range r.Summary() {
		view.Summary = append(view.Summary, s.ZH)
	}
	for _, a := range r.Annexes() {
		p := paperAnnex{Number: a.Number, Title: a.Title, Note: a.Note}
		printed := make([]bool, len(a.Columns))
		for i, c := range a.Columns {
			// A column in which nothing stands takes room from those in which something does.
			filled := slices.ContainsFunc(a.Rows, func(r AnnexRow) bool { return r.Cells[i] != "" })
			if printed[i] = c.Paper && (filled || c.Fill != ""); printed[i] {
				p.Columns = append(p.Columns, c)
			}
		}
		for _, row := range a.Rows {
			out := paperRow{Open: row.Open}
			for i, c := range a.Columns {
				if printed[i] {
					out.Cells = append(out.Cells, paperCell{row.Cells[i], c.Fill != "", row.Cells[i] == string(Differs)})
				}
			}
			if row.Open {
				out.Cells[0].Text += " ※"
			}
			p.Rows = append(p.Rows, out)
		}
		view.Annexes = append(view.Annexes, p)
	}
	return paper.Execute(w, view)
}
