package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/dump"
	"banshi/generator/internal/history"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

func newExport(g *global) *cobra.Command {
	var rev, out string
	cmd := &cobra.Command{
		Use:   "export --out DIR",
		Short: "导出开放数据，可以是过去任何一次提交的 / export the open data, also of any past commit",
		Long: `把事项和指南写成 JSON Lines（gzip），放到 --out 的文件夹（要空的）。
--at 给一个提交、标签或分支，就按那次提交的记录和设置、那天的日期来写，和当时编出来的一样。

Write items and guides as gzipped JSON Lines to the folder --out (empty or new). With --at they are those of that commit: its
records, its site.toml and, unless --as-of says otherwise, its day.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return fmt.Errorf("写到哪里？请给 --out / where to? give --out")
			}
			if err := mustBeEmpty(out); err != nil {
				return err
			}
			s, err := g.state(cmd.Context(), rev, false, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if err := writeInto(out, dump.Lines(s)); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s：截至 %s，事项 %d，指南 %d\n", out, s.Catalog.AsOf, len(s.Items), len(s.Catalog.Guides))
			return err
		},
	}
	cmd.Flags().StringVar(&rev, "at", "", "哪一次提交，默认是现在的文件 / which commit (default: the files as they are)")
	cmd.Flags().StringVar(&out, "out", "", "写到哪个文件夹 / folder to write to")
	return cmd
}

// state is the site as the records of a revision make it, or those of the working tree for "", if wanted with the history up to it.
// Records that cannot be read are named on stderr and left out: an old commit need not obey the rules of today.
func (g *global) state(ctx context.Context, rev string, withHistory bool, stderr io.Writer) (*site.Site, error) {
	l := &library{dir: g.site, fsys: os.DirFS(g.site)}
	asOf, err := l.day(ctx, g.asOf, true)
	if err != nil {
		return nil, err
	}
	commit := l.head.Hash
	if rev != "" {
		if l.repo == nil {
			return nil, l.noGit
		}
		var at history.Commit
		if at, err = l.repo.Commit(ctx, rev); err != nil {
			return nil, err
		}
		if l.fsys, err = l.repo.FS(ctx, at.Hash, catalog.DataDir, config.File); err != nil {
			return nil, err
		}
		commit = at.Hash
		if g.asOf == "" {
			asOf = record.DateOf(at.Time.In(zone))
		}
	}
	c, problems, err := config.Load(l.fsys)
	if err != nil && rev != "" {
		return nil, fmt.Errorf("%s 那时还没有 site.toml / there was no site.toml at %s", rev, rev)
	}
	if err != nil {
		return nil, err
	}
	source, err := catalog.Load(l.fsys, asOf)
	if err != nil {
		return nil, fmt.Errorf("读不了记录 / cannot read the records: %w", err)
	}
	if err := diag.Print(stderr, diag.Sort(append(problems, source.Problems...)), "text", g.lang); err != nil {
		return nil, err
	}
	in := site.Input{Config: c, Catalog: catalog.Resolve(source, catalog.Options{Draft: g.draft}), Commit: commit, NoHistory: !withHistory}
	if withHistory {
		if l.repo == nil {
			return nil, l.noGit
		}
		l.config, l.catalog = c, in.Catalog
		if in.Past, in.Changes, err = l.past(ctx, commit); err != nil {
			return nil, err
		}
	}
	return site.Derive(in), nil
}

// writeInto writes files side by side into a folder, which it makes: the names of all are different.
func writeInto(dir string, files []output.File) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := writeTo(filepath.Join(dir, path.Base(f.Path)), f.Write); err != nil {
			return err
		}
	}
	return nil
}

// writeTo makes a file; one that could not be finished is taken away again.
func writeTo(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	err = write(f)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(name)
	}
	return err
}
