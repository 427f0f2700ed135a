package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"banshi/generator/internal/cache"
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/publish"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

type buildFlags struct {
	out       string
	noHistory bool
	only      string
	against   string
	swap      bool
	compress  bool
	division  string
	parts     bool
	noWait    bool
	stages    bool
	profile   string
}

func newBuild(g *global) *cobra.Command {
	b := new(buildFlags)
	cmd := &cobra.Command{
		Use:   "build",
		Short: "把站点编到 public/ / build the site into public/",
		Long: `把 data/ 的记录、content/ 的文章和主题编成网站，写到 public/。
只重写变了的文件；中途断电也不会留下半个网站。有错误的记录不发布（退出码 1）。

--swap 先在旁边编好整个网站，再和 public/ 一瞬间互换；原来的整个留在 public.previous/，banshi rollback 换得回来。
同时只有一个 banshi 写 public/：另一个在写，就等它写完再读记录，--no-wait 则马上退出。
--compress 在每个网页、脚本和数据文件旁边放上压缩好的 .gz 和 .br，服务器直接发出去（docs/hosting.md）；没变的不再压缩。
不带 --compress 再编一次，就把它们都去掉。

--division ID 只编一个地方和它下面的，几台机器可以分着编，再用 banshi merge 合起来，和整个编的一个字节也不差（docs/scale.md）。
省的网站按市分；写省自己的编号，就编不属于任何一个市的：省本级、事项、目录、搜索、开放数据。--list-divisions 列出分成哪些。

--draft 编征求意见网站，写到 draft/：征求意见的、还没审完的也编进去，每一页写明是征求意见稿，不让搜索引擎收录，
consultation/ 列出改什么、到哪天、意见寄到哪里。不加 --draft，这些记录哪里都看不到。
--against 给一个提交（通常是 main），把这个分支上别的改动也列出来。

Build the records of data/, the articles of content/ and the theme into public/.
Only files that changed are written, and an interrupted build leaves the old site whole.
--swap prepares the whole site beside and exchanges it with public/ in one instant; the site before stays in public.previous/, and banshi
rollback puts it back. One banshi at a time writes public/: another one waits before it reads the records, or fails with --no-wait.
--compress lays .gz and .br beside every page, script and data file of 1 KB and more, for servers to send as they are; what did not change
is not compressed again, and a build without it takes them away.
--division ID builds a place and what is below it only, so that several machines can share the work; banshi merge joins the parts
into the very site that one would have built. A province is parted by cities; its own id is what is of no city. --list-divisions names the parts.
--draft builds the consultation site into draft/: drafts and what is not reviewed yet with a banner on every page, noindex, and a
page of what would change. Without it these records are nowhere. --against REV also lists the other changes since a revision.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return b.run(cmd.Context(), g, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVar(&b.out, "out", "", "写到哪个文件夹，默认 public / folder to write to (default public)")
	f.BoolVar(&b.noHistory, "no-history", false, "不读 git 历史 / build without history")
	f.StringVar(&b.only, "only", "", "只编一部分：pages / only a part of the outputs, for measurements: pages")
	f.BoolVar(&b.stages, "stages", false, "每一步用了多久 / what each stage took, for measurements")
	f.StringVar(&b.profile, "profile", "", "把处理器的使用情况写到这个文件，列完文件时的内存写到旁边的 .heap / write a profile of the processor to this file, and of memory when all files are listed to .heap beside it")
	for _, measuring := range []string{"only", "stages", "profile"} {
		_ = f.MarkHidden(measuring)
	}
	f.StringVar(&b.division, "division", "", "只编这个地方和它下面的，要和 --out 一起用 / only this place and those below it; with --out")
	mustRegister(cmd, "division", completeRecords(g, record.KindDivision))
	f.BoolVar(&b.parts, "list-divisions", false, "只列出能分开编的地方，一行一个 / only list the places that can be built apart, one a line")
	f.BoolVar(&b.compress, "compress", false, "旁边放上压缩好的 .gz 和 .br / lay .gz and .br beside the files")
	f.BoolVar(&b.swap, "swap", false, "整个网站一瞬间换上，留下上一个 / exchange the whole site in one instant, and keep the one before")
	addNoWait(cmd, &b.noWait)
	f.StringVar(&b.against, "against", "", "和 --draft 一起用：和哪次提交相比 / with --draft: the revision to compare with")
	return cmd
}

// run is the whole way from records to a published site.
func (b *buildFlags) run(ctx context.Context, g *global, stdout, stderr io.Writer) error {
	start := time.Now()
	if ctx == nil {
		ctx = context.Background()
	}
	stop, err := profile(b.profile)
	if err != nil {
		return err
	}
	defer stop()
	line := newProgress(stderr)
	defer line.clear()
	if b.against != "" && !g.draft {
		return errors.New("--against 要和 --draft 一起用 / --against goes with --draft")
	}
	if b.division != "" && b.out == "" {
		return errors.New("--division 要和 --out 一起用：每一部分一个文件夹 / --division goes with --out: a folder for each part")
	}
	read := readOptions{noHistory: b.noHistory}
	if b.parts {
		return b.listParts(ctx, g, read, stdout)
	}
	l, held, err := b.open(ctx, g, read, stderr)
	if err != nil {
		return err
	}
	defer held.Close()
	if l.noGit != nil && !b.noHistory {
		fmt.Fprintln(stderr, l.noGit)
	}
	dir := b.dir(g)
	program, inputs, err := b.identify(g, l)
	if err != nil {
		return err
	}
	line.done("identify")
	if r, ok := held.Current(program, inputs, publish.Part{Name: b.division}); ok {
		_, err := fmt.Fprintf(stdout, "截至 %s：和上次一样，%s 的 %d 个文件都没变，%.1f MB，%.1f 秒\n", l.asOf, dir, r.Files, float64(r.Bytes)/1e6, time.Since(start).Seconds())
		return err
	}
	files, part, err := b.make(ctx, g, l, line, stderr)
	if err != nil {
		return err
	}
	result, err := held.Publish(files, publish.Options{
		Swap: b.swap, Compress: b.compress, Part: part, Version: program, Inputs: inputs, Progress: line.files, LetGo: true,
	})
	if err != nil {
		return err
	}
	line.done("publish")
	line.clear()
	report(stdout, l.catalog, files, result, dir, time.Since(start))
	if part.Name != "" {
		fmt.Fprintf(stdout, "这是 %s 这一部分，一共 %d 部分，用 banshi merge 合起来 / one of %[2]d parts: banshi merge joins them\n", part.Name, len(part.All))
	}
	if b.stages {
		return line.print(stdout)
	}
	return nil
}

// make loads and checks the records of a site, prints their problems, and lists the files of the part that is asked for, none of them rendered.
func (b *buildFlags) make(ctx context.Context, g *global, l *library, line *progress, stderr io.Writer) ([]output.File, publish.Part, error) {
	var part publish.Part
	roomy()
	cache.Tidy(filepath.Join(l.dir, cacheDir))
	if err := l.limitReading(); err != nil {
		return nil, part, err
	}
	line.stage("读记录 / reading the records …")
	if !b.noHistory && b.only == "" {
		if err := l.readTrend(ctx, g.draft); err != nil { // before the records of today: two libraries at once would be twice the memory
			return nil, part, err
		}
	}
	if err := l.loadKept(g); err != nil {
		return nil, part, err
	}
	line.done("load")
	parts := newParting(l.catalog, l.config.Division)
	part, err := b.part(l, parts)
	if err != nil {
		return nil, part, err
	}
	l.limitMemory()
	l.check(runtime.GOMAXPROCS(0))
	l.source.LetGo(l.fsys) // all that asks where a key stands has asked, but for a page that leads to the line
	line.done("check")
	line.stage("看历史 / reading the history …")
	s, err := l.derive(ctx, b.noHistory, b.against)
	if err != nil {
		return nil, part, err
	}
	line.done("derive")
	line.stage("列出网页 / listing the pages …")
	files, err := outputs(l, s, b.only)
	if err != nil {
		return nil, part, err
	}
	line.done("list")
	if part.Name != "" {
		files = parts.only(files, part.Name)
	}
	if err := heapProfile(b.profile); err != nil {
		return nil, part, err
	}
	line.clear()
	return files, part, l.show(stderr, g.lang)
}

// dir is the folder to publish into.
func (b *buildFlags) dir(g *global) string {
	if b.out == "" && g.draft {
		return filepath.Join(g.site, draftDir)
	}
	return outDir(g.site, b.out)
}

// open reads the settings of a site and then locks the folder to publish into, so that what is no site gets no folder. After it had to wait it
// reads them again: they may be new.
func (b *buildFlags) open(ctx context.Context, g *global, o readOptions, stderr io.Writer) (*library, *publish.Held, error) {
	l, err := g.open(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	held, err := hold(ctx, b.dir(g), b.noWait, stderr)
	if err != nil || !held.Waited {
		return l, held, err
	}
	if l, err = g.open(ctx, o); err != nil {
		held.Close()
	}
	return l, held, err
}

// report says what was built: records by kind, files, bytes, seconds and peak memory.
func report(w io.Writer, c *catalog.Catalog, files []output.File, r publish.Result, dir string, took time.Duration) {
	procedures := 0
	for _, i := range c.Items {
		procedures += len(i.Procedures)
	}
	fmt.Fprintf(w, "截至 %s：事项 %d，业务办理项 %d，地方 %d，指南 %d，法规 %d，材料 %d，证照 %d，一件事 %d\n",
		c.AsOf, len(c.Items), procedures, len(c.Divisions), len(c.Guides), len(c.Laws.All), len(c.Materials.All), len(c.Certificates.All), len(c.Bundles.All))
	fmt.Fprintf(w, "%s：%s\n", dir, tally(r, took))
	if r.Forms > 0 {
		fmt.Fprintf(w, "  其中压缩好的 .br 和 .gz %d 个\n", r.Forms)
	}
	for _, k := range site.CountByKind(paths(files)) {
		fmt.Fprintf(w, "  %-14s %7d\n", k.Kind, k.Files)
	}
}

// tally says what a publish did.
func tally(r publish.Result, took time.Duration) string {
	return fmt.Sprintf("文件 %d（写 %d，没变 %d，删 %d），%.1f MB，%.1f 秒，内存最多 %d MB",
		r.Files, r.Written, r.Kept, r.Removed, float64(r.Bytes)/1e6, took.Seconds(), peakMemory()>>20)
}

func paths(files []output.File) []string {
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = f.Path
	}
	return out
}
