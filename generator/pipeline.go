package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"banshi/generator/internal/article"
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/history"
	"banshi/generator/internal/record"
	"banshi/generator/internal/rules"
	"banshi/generator/internal/site"
	"banshi/generator/internal/tomlfile"
)

// library is a site's records on the way to becoming a site: read, resolved and checked.
type library struct {
	dir      string
	fsys     fs.FS
	config   *config.Config
	asOf     record.Date
	source   *catalog.Source  // all records, also those that are held back
	catalog  *catalog.Catalog // what the site shows
	articles []*article.Article
	problems []diag.Problem
	head     history.Commit // zero without history
	repo     *history.Repo  // nil without history
	noGit    error          // why there is no history
	trend    []site.TrendPoint
}

// zone is where every date of the portal is meant.
var zone = time.FixedZone("Asia/Shanghai", 8*3600)

// readOptions say how much of a site is read.
type readOptions struct {
	noHistory bool
	check     bool
	decode    decoder       // nil for catalog.Decode
	kept      *catalog.Kept // records read before; nil to read all
	whole     bool          // all records, also those that are held back: for those who edit them
}

// decoder is how records are decoded, see [catalog.Reload].
type decoder = func(path string, data []byte) (*catalog.File, []diag.Problem)

// read loads, resolves and checks a site. Problems of content are collected, never returned as the error.
func (g *global) read(ctx context.Context, o readOptions) (*library, error) {
	l, err := g.open(ctx, o)
	if err != nil {
		return nil, err
	}
	return l, l.load(g, o)
}

// open reads the settings of a site and decides the day it is for.
func (g *global) open(ctx context.Context, o readOptions) (*library, error) {
	l := &library{dir: g.site, fsys: os.DirFS(g.site)}
	var err error
	if l.config, l.problems, err = config.Load(l.fsys); err != nil {
		return nil, err
	}
	if g.lang == "" {
		g.lang = l.config.Language
	}
	l.asOf, err = l.day(ctx, g.asOf, o.noHistory)
	return l, err
}

// load reads, resolves and, if wanted, checks the records, and reads the articles.
func (l *library) load(g *global, o readOptions) error {
	if o.decode == nil {
		o.decode = catalog.Decode
	}
	load := func() (*catalog.Source, error) { return catalog.Reload(l.fsys, l.asOf, o.decode) }
	if o.kept != nil {
		load = func() (*catalog.Source, error) { return o.kept.Load(l.fsys, l.asOf) }
	}
	source, err := load()
	if err != nil {
		return fmt.Errorf("读不了记录 / cannot read the records: %w", err)
	}
	l.problems = append(l.problems, source.Problems...)
	l.source = source
	show := shown(source, l.config, g.draft)
	if o.whole {
		show = source.Waiting(held(l.config))
	}
	l.catalog = catalog.Resolve(show, catalog.Options{Draft: g.draft})
	articles, problems, err := article.Load(l.fsys)
	if err != nil {
		return err
	}
	l.articles = articles
	l.problems = append(l.problems, problems...)
	if o.check {
		l.check(runtime.GOMAXPROCS(0))
	}
	l.problems = diag.Sort(l.problems)
	return nil
}

// loadKept is load where what an earlier build parsed is not parsed again.
func (l *library) loadKept(g *global) error {
	program, err := programID()
	if err != nil {
		return err
	}
	kept := tomlfile.OpenKept(filepath.Join(l.dir, cacheDir, "parsed"), program)
	if err := l.load(g, readOptions{decode: catalog.DecodeKept(kept)}); err != nil {
		return err
	}
	kept.Save()
	return nil
}

// check checks the records on so many processors at most and takes the problems in. Records that are held back are checked like all others: they need
// a catalog of their own, which is let go when they are checked.
func (l *library) check(processors int) {
	c := l.catalog
	if all := l.source.Waiting(held(l.config)); c.Source != all {
		c = catalog.Resolve(all, catalog.Options{Draft: c.Draft})
	}
	l.problems = diag.Sort(append(l.problems, rules.CheckBeside(c, l.config, processors)...))
}

// day decides the day to build for: the flag, else the date of the commit, else the newest file of the records. The clock is
// never asked, so that the same commit gives the same site.
func (l *library) day(ctx context.Context, flag string, noHistory bool) (record.Date, error) {
	repo, err := history.Open(l.dir)
	l.repo = repo
	if repo != nil {
		head, headErr := repo.Head(ctx)
		if l.head = head; err == nil { // a shallow clone has a head too; what Open said holds
			err = headErr
		}
	}
	l.noGit = err
	if errors.Is(err, history.ErrShallow) && !noHistory {
		return 0, err
	}
	switch {
	case flag != "":
		return record.ParseDate(flag)
	case !l.head.Time.IsZero():
		return record.DateOf(l.head.Time.In(zone)), nil
	}
	return newestRecord(l.fsys)
}

func newestRecord(site fs.FS) (record.Date, error) {
	var newest time.Time
	err := fs.WalkDir(site, catalog.DataDir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
		return err
	})
	return record.DateOf(newest.In(zone)), err
}

// mostWarnings is how many warnings a build tells: whoever builds wants to know that there are some, a check is for reading them all.
const mostWarnings = 20

// show prints the problems, every error and the first warnings, and returns errContent if one of them stops publication.
func (l *library) show(w io.Writer, lang string) error {
	warnings := 0
	told := slices.DeleteFunc(slices.Clone(l.problems), func(p diag.Problem) bool {
		if p.Severity == diag.Warning {
			warnings++
		}
		return p.Severity == diag.Warning && warnings > mostWarnings
	})
	if err := diag.Print(w, told, "text", lang); err != nil {
		return err
	}
	if more := warnings - mostWarnings; more > 0 {
		text := diag.Text{
			ZH: fmt.Sprintf("还有 %d 条警告，banshi check 列出全部", more),
			EN: fmt.Sprintf("%d more warnings: banshi check lists them all", more),
		}
		if _, err := fmt.Fprintln(w, text.In(lang)); err != nil {
			return err
		}
	}
	if diag.Errors(l.problems) > 0 {
		return errContent
	}
	return nil
}

// outDir is where a site is published unless --out says otherwise.
func outDir(site, flag string) string {
	if flag != "" {
		return flag
	}
	return filepath.Join(site, "public")
}

// draftDir is where a draft site is published unless --out says otherwise: never over the plain one.
const draftDir = "draft"
