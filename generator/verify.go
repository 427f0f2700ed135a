package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"banshi/generator/internal/config"
	"banshi/generator/internal/verify"
)

func newVerify(g *global) *cobra.Command {
	return &cobra.Command{
		Use:   "verify DIR|URL",
		Short: "核对开放数据有没有被改过 / check that open data is as it was published",
		Long: `核对一个版本的文件夹，或者网站的根（文件夹或网址）：每个文件的大小、SHA-256 和行数，版本一个接一个的链，有没有多出来的文件。
在站点的仓库里运行时，还和登记 data/releases/ 比。有不对的地方退出码是 1。

Check the folder of a release, or the root of a site, a folder or an address: size, SHA-256 and rows of every file, the chain of
releases, files that no manifest lists. In the repository of a site also against its register. Exit code 1 where something is wrong.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			if err := recoverFolder(args[0], cmd.ErrOrStderr()); err != nil {
				return err
			}
			registered, err := registered(g.site)
			if err != nil {
				return err
			}
			r, err := verify.Verify(ctx, args[0], registered)
			if err != nil {
				return err
			}
			for _, n := range r.Notes {
				fmt.Fprintln(cmd.OutOrStdout(), n)
			}
			for _, p := range r.Problems {
				fmt.Fprintln(cmd.ErrOrStderr(), p)
			}
			if len(r.Problems) > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "%d 处不对 / %[1]d problems\n", len(r.Problems))
				return errContent
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "都对 / all is as published：清单 %d，文件 %d，%.1f MB，JSON Lines %d 行\n", r.Manifests, r.Files, float64(r.Bytes)/1e6, r.Rows)
			return err
		},
	}
}

// registered is the hash of every release's manifest in the register of the site, nil outside of a site.
func registered(site string) (map[string]string, error) {
	if _, err := os.Stat(filepath.Join(site, config.File)); err != nil {
		return nil, nil
	}
	register, err := readRegister(site)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, r := range register {
		out[r.ID] = r.ManifestSHA256
	}
	return out, nil
}
