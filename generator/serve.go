package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/form"
	"banshi/generator/internal/output"
	"banshi/generator/internal/page"
	"banshi/generator/internal/preview"
	"banshi/generator/internal/site"
)

type serveFlags struct {
	addr      string
	open      bool
	noHistory bool
}

func newServe(g *global) *cobra.Command {
	s := new(serveFlags)
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "边改边看 / preview the site while editing",
		Long: `在本机预览网站：改了 data/、content/、themes/ 或 site.toml，页面自己刷新；问题显示在终端和页面上。
征求意见的记录也看得到。只有本机能访问，什么也不写到 public/。

Preview the site on this machine: pages reload when a file changes, and problems are shown in the terminal and over the page.
Drafts are visible. Only this machine can ask, and nothing is written to public/.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return s.run(ctx, g, cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVar(&s.addr, "addr", "127.0.0.1:8080", "在哪个地址看，端口被占就用下一个 / address; the next free port if taken")
	f.BoolVar(&s.open, "open", false, "顺便打开浏览器 / open a browser")
	f.BoolVar(&s.noHistory, "no-history", false, "不读 git 历史 / go without history")
	return cmd
}

// run shows the site until ctx ends.
func (s *serveFlags) run(ctx context.Context, g *global, log io.Writer) error {
	g.draft = true
	l, err := preview.Listen(s.addr)
	if err != nil {
		return err
	}
	if s.open {
		if err := openBrowser(preview.URL(l)); err != nil {
			fmt.Fprintf(log, "浏览器没有自己打开，请在浏览器里打开 %[1]s / no browser could be started: open %[1]s\n", preview.URL(l))
		}
	}
	roomy()
	v := &previewed{ctx: ctx, g: g, noHistory: s.noHistory, log: log, again: make(chan struct{}, 1)}
	return preview.Serve(ctx, l, preview.Source{Dir: g.site, Load: v.load, Again: v.again}, log)
}

// previewed loads a site for the preview. Reading the history takes longer than everything else and changes only with a commit:
// it is read beside, and the pages go without it, or with that of the commit before, until it is there.
type previewed struct {
	ctx       context.Context
	g         *global
	noHistory bool
	log       io.Writer
	told      bool // that there is no history
	again     chan struct{}
	records   catalog.Kept

	mu      sync.Mutex
	reading bool
	state   string // commit and day that the entries are of; "" before the first were read
	entries []*changes.Entry
	past    *changes.Past // of the same state
	before  *changes.Past // pages that are still being shown may ask it
}

func (v *previewed) load() (*preview.Site, error) {
	l, theme, err := v.read()
	if err != nil {
		return nil, err
	}
	if l.noGit != nil && !v.told {
		fmt.Fprintln(v.log, l.noGit)
		v.told = true
	}
	in := site.Input{Config: l.config, Catalog: l.catalog, Articles: l.articles, Commit: l.head.Hash}
	if in.Proposed, err = l.proposed(v.ctx, ""); err != nil {
		return nil, err
	}
	var missing string
	in.Past, in.Changes, in.NoHistory, missing = v.history(l)
	if missing != "" {
		defer func() { go v.remember(l, missing) }() // when the pages are listed: both want every processor
	}
	s := site.Derive(in)
	rest, err := l.others(s)
	if err != nil {
		return nil, err
	}
	pages, err := page.Preview(s, theme)
	if err != nil {
		return nil, err
	}
	edit := &editing{library: l, site: s}
	return &preview.Site{
		Editable: edit.has, Edit: edit.serve, Style: form.Style(),
		Lang: v.g.lang,
		Find: pages.Lookup,
		Rest: func() ([]output.File, error) { return together(s, rest) },
		Check: func() []diag.Problem {
			l.check(max(1, runtime.GOMAXPROCS(0)/2)) // the page that somebody waits for is made beside
			return l.problems
		},
		Text: func(file string) []byte {
			text, _ := fs.ReadFile(l.fsys, file) // without its lines a problem still has its place
			return text
		},
	}, nil
}

// read reads the site and its theme at once.
func (v *previewed) read() (*library, *page.Theme, error) {
	o := readOptions{noHistory: v.noHistory, kept: &v.records}
	l, err := v.g.open(v.ctx, o)
	if err != nil {
		return nil, nil, err
	}
	var theme *page.Theme
	var themeErr error
	var wg sync.WaitGroup
	wg.Go(func() { theme, themeErr = page.LoadTheme(l.fsys, l.config.Theme) })
	err = l.load(v.g, o)
	wg.Wait()
	return l, theme, errors.Join(err, themeErr)
}

// history returns the changes that were read last, and the state to read now if that is another one. None is true where there
// are none, or not yet.
func (v *previewed) history(l *library) (past *changes.Past, entries []*changes.Entry, none bool, missing string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.noHistory || l.noGit != nil {
		return nil, nil, true, ""
	}
	if state := l.head.Hash + " " + l.catalog.AsOf.String(); state != v.state && !v.reading {
		v.reading = true
		missing = state
	}
	return v.past, v.entries, v.state == "", missing
}

// remember reads the history of a commit and asks for the site to be loaded with it. What cannot be read is told and not tried
// again before another commit.
func (v *previewed) remember(l *library, state string) {
	past, entries, err := l.past(v.ctx, "")
	if v.ctx.Err() != nil {
		return
	}
	if err != nil {
		fmt.Fprintln(v.log, err)
	}
	v.mu.Lock()
	if v.before != nil {
		v.before.Close()
	}
	v.reading, v.state, v.entries, v.past, v.before = false, state, entries, past, v.past
	v.mu.Unlock()
	v.again <- struct{}{}
}

// openBrowser asks the system to show an address.
func openBrowser(url string) error {
	program, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		program = "open"
	case "windows":
		program, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	cmd := exec.Command(program, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}
