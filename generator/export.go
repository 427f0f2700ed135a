package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
	e := new(exportFlags)
	cmd := &cobra.Command{
		Use:   "export [--at REV | --delta REV [REV]] --out DIR",
		Short: "导出开放数据，可以是过去任何一次提交的 / export the open data, also of any past commit",
		Long: `把开放数据写到 --out 的文件夹（要空的）。
--format 选格式，默认 jsonl（事项和指南，gzip）；--division 只要一个地方和它下面的；
--at 给一个提交、标签或分支，就按那次提交的记录和设置、那天的日期来写，和当时编出来的一样；
--delta 给两次提交（只给一个，就和现在的文件比），写出一行一行有什么不同：delta.jsonl.gz。

Write the open data to the folder --out (empty or new), in the formats --format, of a place and those below it with --division. With
--at it is that of a commit: its records, its site.toml and, unless --as-of says otherwise, its day. With --delta it is what differs,
line by line, between two commits, or one and the files as they are.`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			return e.run(ctx, g, args, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.AddCommand(newExportXLSX(g))
	f := cmd.Flags()
	f.StringVar(&e.at, "at", "", "哪一次提交，默认是现在的文件 / which commit (default: the files as they are)")
	f.StringVar(&e.out, "out", "", "写到哪个文件夹 / folder to write to")
	f.StringSliceVar(&e.formats, "format", []string{"jsonl"}, "格式，逗号隔开 / formats: "+strings.Join(dump.Formats, ", "))
	f.StringVar(&e.division, "division", "", "只要这个地方和它下面的，写区划编号 / only of this place and those below it")
	mustRegister(cmd, "division", completeRecords(g, record.KindDivision))
	f.BoolVar(&e.delta, "delta", false, "只写两次提交之间的不同 / what differs between two commits")
	return cmd
}

type exportFlags struct {
	at, out, division string
	formats           []string
	delta             bool
}

func (e *exportFlags) run(ctx context.Context, g *global, revs []string, stdout, stderr io.Writer) error {
	switch {
	case e.out == "":
		return errors.New("写到哪里？请给 --out / where to? give --out")
	case e.delta && (len(revs) == 0 || e.at != ""):
		return errors.New("--delta 后面给一次或两次提交，不和 --at 一起用 / give one or two commits after --delta, and no --at")
	case !e.delta && len(revs) > 0:
		return errors.New("一次提交用 --at，两次提交用 --delta / one commit is given with --at, two with --delta")
	}
	if err := mustBeEmpty(e.out); err != nil {
		return err
	}
	if e.delta {
		return e.difference(ctx, g, append(revs, "")[:2], stdout, stderr)
	}
	// Only tables have columns from the history; without one these are empty.
	tables := slices.ContainsFunc(e.formats, func(f string) bool { return f != "jsonl" && f != "geojson" })
	s, err := g.state(ctx, stateOptions{rev: e.at, division: e.division, history: tables}, stderr)
	if err != nil {
		return err
	}
	files, err := dump.Export(s, e.formats)
	if err != nil {
		return err
	}
	if err := writeInto(e.out, files); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%s：截至 %s，事项 %d，指南 %d，文件 %d\n", e.out, s.Catalog.AsOf, len(s.Items), len(s.Catalog.Guides), len(files))
	return err
}

// difference writes the delta between two revisions; the lines of the first wait in a file while the second is loaded.
func (e *exportFlags) difference(ctx context.Context, g *global, revs []string, stdout, stderr io.Writer) error {
	s, err := g.state(ctx, stateOptions{rev: revs[0], division: e.division}, stderr)
	if err != nil {
		return err
	}
	from := s.Catalog.AsOf
	kept, err := dump.Keep(s)
	if err != nil {
		return err
	}
	defer kept.Close()
	if s, err = g.state(ctx, stateOptions{rev: revs[1], division: e.division}, stderr); err != nil {
		return err
	}
	if err := writeInto(e.out, []output.File{dump.Delta(kept, s)}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%s：%s → %s\n", filepath.Join(e.out, "delta.jsonl.gz"), from, s.Catalog.AsOf)
	return err
}

// stateOptions say which state of a site is wanted.
type stateOptions struct {
	rev      string // "" is the working tree
	division string // only this place and those below it
	history  bool   // what changed up to it, where there is a history
}

// state is the site as the records of a revision make it. Records that cannot be read are named on stderr and left out: an old commit
// need not obey the rules of today.
func (g *global) state(ctx context.Context, o stateOptions, stderr io.Writer) (*site.Site, error) {
	rev := o.rev
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
	in := site.Input{Config: c, Catalog: catalog.Resolve(shown(source, c, g.draft), catalog.Options{Draft: g.draft}), Commit: commit, NoHistory: !o.history || l.noGit != nil}
	if !in.NoHistory {
		l.config, l.catalog = c, in.Catalog
		if in.Past, in.Changes, err = l.past(ctx, commit); err != nil {
			return nil, err
		}
	}
	if o.division != "" {
		if in.Catalog = in.Catalog.Within(o.division); in.Catalog == nil {
			return nil, fmt.Errorf("没有地方 %s / no such place", o.division)
		}
	}
	return site.Derive(in), nil
}

// writeInto writes files into a folder, which it makes, by their paths.
func writeInto(dir string, files []output.File) error {
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := writeTo(name, f.Write); err != nil {
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
