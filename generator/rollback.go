package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newRollback(g *global) *cobra.Command {
	var out string
	var noWait bool
	cmd := &cobra.Command{
		Use:   "rollback",
		Short: "换回上一个网站 / put the site before back",
		Long: `build --swap 换上新网站时，原来的整个留在 public.previous/。这条命令把两个换过来，一瞬间换完；再来一次就又换回去。
发布过的数据版本（data/releases/）两边都有，不会少。记录没有动：下一次 build 又会编出现在的记录，要先把改错的记录改回来。
没有用过 --swap，就没有上一个网站：用 git 回到原来的提交，再 build，只写不一样的文件。

build --swap keeps the site it replaces in public.previous/. This exchanges the two in one instant; once more takes it back. Releases of
the data are in both. Records are not touched: the next build makes what they say, so mend them first. Without --swap, check out the commit
before with git and build: only what differs is written.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir := outDir(g.site, out)
			h, err := hold(cmd.Context(), dir, noWait, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer h.Close()
			r, err := h.Rollback()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s：换回了上一个网站，文件 %d，%.1f MB；再运行一次就换回来 / the site before is back; once more undoes this\n", dir, r.Files, float64(r.Bytes)/1e6)
			return err
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "网站写在哪个文件夹，默认 public / folder of the published site (default public)")
	addNoWait(cmd, &noWait)
	return cmd
}
