package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"banshi/generator/internal/publish"
)

func newMerge(g *global) *cobra.Command {
	var out string
	var noWait, swap bool
	cmd := &cobra.Command{
		Use:   "merge DIR…",
		Short: "把分开编的各部分合成一个网站 / join the parts of a site that were built apart",
		Long: `把 build --division 在几台机器上分开编的各部分合成一个网站，和在一台机器上整个编出来的一个字节也不差。
各部分要从同一批记录、用同一个程序编，一个不多，一个不少；差了哪个会说出来，原来的网站不动。只写变了的文件。
怎么分、要多少台机器：docs/scale.md。

Join the parts that build --division made, on several machines, into the site that one machine would have built, byte for byte. They must be
made of the same records by the same program, each part once: what is missing is named, and nothing is written. docs/scale.md.`,
		Example: "  banshi merge part/* --out public",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, dirs []string) error {
			start := time.Now()
			dir := outDir(g.site, out)
			held, err := hold(cmd.Context(), dir, noWait, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer held.Close()
			line := newProgress(cmd.ErrOrStderr())
			defer line.clear()
			r, err := held.Merge(dirs, publish.Options{Swap: swap, Progress: line.files})
			line.clear()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s：%d 部分，%s\n", dir, len(dirs), tally(r, time.Since(start)))
			return err
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "写到哪个文件夹，默认 public / folder to write to (default public)")
	cmd.Flags().BoolVar(&swap, "swap", false, "整个网站一瞬间换上，留下上一个 / exchange the whole site in one instant, and keep the one before")
	addNoWait(cmd, &noWait)
	return cmd
}
