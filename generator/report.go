package main

import (
	"github.com/spf13/cobra"
)

// newReport is the parent of the reports for those who keep and supervise the library.
func newReport(g *global) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "report",
		Short: "给审核、监督用的表 / reports for reviewers and supervisors",
		Args:  cobra.NoArgs,
	}
	cmd.AddCommand(newReportReview(g), newReportLegality(g))
	return cmd
}
