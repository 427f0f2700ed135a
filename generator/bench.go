package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"banshi/generator/internal/synth"
)

// benchAsOf is the day every measured build is for; a province made by synth has no commits to take it from.
const benchAsOf = "2026-11-21"

// benchResult is what bench prints. Times are medians in seconds; CPU is user and system time of the whole process.
type benchResult struct {
	Guides       int     `json:"guides"`
	Files        int     `json:"files"`
	Bytes        int64   `json:"bytes"`
	Runs         int     `json:"runs"`
	FullS        float64 `json:"full_s"`
	FullCPU      float64 `json:"full_cpu_s"`
	FloorS       float64 `json:"floor_s"`
	FloorCPU     float64 `json:"floor_cpu_s"`
	RatioToFloor float64 `json:"ratio_to_floor"`
	HTMLS        float64 `json:"html_s"`
	HTMLCPU      float64 `json:"html_cpu_s"`
	HTMLFloorCPU float64 `json:"html_floor_cpu_s"`
	HTMLRatio    float64 `json:"html_ratio"`
	PeakMB       int64   `json:"peak_mb"`
	UnchangedS   float64 `json:"unchanged_s"`
	OneRecordS   float64 `json:"one_record_s"`
	OneLawS      float64 `json:"one_law_s"`
	TemplateS    float64 `json:"template_s"`
	MicrosAGuide float64 `json:"cpu_us_per_guide"`
	// Stages are those of the first full build, and RecordStages those of the first with one record changed.
	Stages       []stage `json:"stages"`
	RecordStages []stage `json:"one_record_stages"`
}

// sample is one measured run of a child process.
type sample struct {
	wall, cpu float64
	peak      int64 // bytes
	stages    []stage
}

type bench struct {
	synth.Options
	runs    int
	tmp     string
	format  string
	from    string
	self    string
	stderr  io.Writer
	records string
}

func newBench() *cobra.Command {
	b := new(bench)
	var guides int
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "测编一个省要多久、多少内存 / measure a build against the floor of writing files of the same sizes",
		Long: `造一个省，编它，同时量“只把同样的文件写下去”要多久（底线），两者轮流各量几遍，取中位数。
比值比秒数可信：机器快慢不同，底线跟着变。

Make a province, build it and, in turn, write files of the same sizes from memory (the floor); print medians and ratios.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			b.stderr = cmd.ErrOrStderr()
			seed, distinct := b.Seed, b.Distinct
			b.Options = synth.ForGuides(guides, seed)
			b.Distinct = distinct
			r, err := b.run()
			if err != nil {
				return err
			}
			return r.print(cmd.OutOrStdout(), b.format)
		},
	}
	f := cmd.Flags()
	f.IntVar(&guides, "guides", 100000, "多少份指南 / how many guides")
	f.Float64Var(&b.Distinct, "distinct", 0, "内容各不相同的比例 0–1 / share of guides without shared text")
	f.Uint64Var(&b.Seed, "seed", 1, "随机种子 / seed")
	f.IntVar(&b.runs, "runs", 5, "轮流量几遍 / how many times each is measured")
	f.StringVar(&b.tmp, "dir", defaultBenchDir(), "在哪里量，最好是内存盘 / where to measure, best a tmpfs")
	f.StringVar(&b.format, "format", "text", "text 或 json / text or json")
	f.StringVar(&b.from, "from", ".", "词表和主题取自哪个站点 / site to take vocabularies and theme from")
	cmd.AddCommand(newBenchFloor())
	return cmd
}

func defaultBenchDir() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return os.TempDir()
}

// run makes the province and measures; everything lies in a folder of its own that is removed at the end.
func (b *bench) run() (*benchResult, error) {
	var err error
	if b.self, err = os.Executable(); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(b.tmp, "banshi-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	b.records = filepath.Join(dir, "site")
	if err := synth.Write(b.records, b.from, b.Options); err != nil {
		return nil, err
	}
	r := &benchResult{Guides: b.Guides(), Runs: b.runs}
	full, html := filepath.Join(dir, "full"), filepath.Join(dir, "html")
	var fulls, floors, htmls, htmlFloors []sample
	for n := range b.runs {
		fmt.Fprintf(b.stderr, "第 %d/%d 遍\n", n+1, b.runs)
		for _, step := range []struct {
			out  string
			into *[]sample
			args []string
		}{
			{full, &fulls, b.build(full)},
			{full + "-floor", &floors, []string{"bench", "floor", full, full + "-floor"}},
			{html, &htmls, append(b.build(html), "--only", "pages")},
			{html + "-floor", &htmlFloors, []string{"bench", "floor", html, html + "-floor"}},
		} {
			if err := os.RemoveAll(step.out); err != nil {
				return nil, err
			}
			s, err := b.child(step.args...)
			if err != nil {
				return nil, err
			}
			*step.into = append(*step.into, s)
		}
	}
	r.fill(fulls, floors, htmls, htmlFloors)
	r.Stages = fulls[0].stages
	if r.Files, r.Bytes, err = treeSize(full); err != nil {
		return nil, err
	}
	return r, b.incremental(r, full)
}

// build returns the arguments of a full build into out.
func (b *bench) build(out string) []string {
	return []string{"build", "--site", b.records, "--out", out, "--as-of", benchAsOf, "--no-history", "--stages"}
}

// incremental measures builds on top of the full build: with nothing changed, with one local record, one law and the template of guides
// changed.
func (b *bench) incremental(r *benchResult, full string) error {
	changes := []struct {
		wall   *float64
		change func(n int) error
		runs   int
	}{
		{&r.UnchangedS, func(int) error { return nil }, b.runs},
		{&r.OneRecordS, func(n int) error { return synth.Changed(b.records, b.Options, n) }, b.runs},
		{&r.OneLawS, func(n int) error { return synth.ChangedLaw(b.records, n) }, b.runs},
		{&r.TemplateS, b.changeTemplate, 1},
	}
	for _, c := range changes {
		var took []sample
		for n := range c.runs {
			if err := c.change(n); err != nil {
				return err
			}
			s, err := b.child(b.build(full)...)
			if err != nil {
				return err
			}
			took = append(took, s)
		}
		*c.wall = median(took, wall)
		if c.wall == &r.OneRecordS {
			r.RecordStages = took[0].stages
		}
	}
	return nil
}

// changeTemplate adds a comment to the template of guides: it shows nowhere, but every page has to be made to know that.
func (b *bench) changeTemplate(n int) error {
	path := filepath.Join(b.records, "themes", "default", "templates", "pages", "guide.html")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, fmt.Sprintf("{{/* %d */}}", n)...), 0o644)
}

// child runs this program with other arguments and returns what it cost. A floor run prints its own figures, because reading
// the files it writes is not part of the floor.
func (b *bench) child(args ...string) (sample, error) {
	cmd := exec.Command(b.self, args...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return sample{}, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, errs.String())
	}
	s := sample{wall: time.Since(start).Seconds(), cpu: (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()}
	s.peak, s.stages = peakOf(cmd.ProcessState), parseStages(strings.Split(out.String(), "\n"))
	if args[0] == "bench" {
		_, err := fmt.Sscan(out.String(), &s.wall, &s.cpu)
		return s, err
	}
	return s, nil
}

func wall(s sample) float64 { return s.wall }
func cpu(s sample) float64  { return s.cpu }

func median(samples []sample, of func(sample) float64) float64 {
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = of(s)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func (r *benchResult) fill(fulls, floors, htmls, htmlFloors []sample) {
	r.FullS, r.FullCPU = median(fulls, wall), median(fulls, cpu)
	r.FloorS, r.FloorCPU = median(floors, wall), median(floors, cpu)
	r.RatioToFloor = r.FullCPU / r.FloorCPU
	r.HTMLS, r.HTMLCPU = median(htmls, wall), median(htmls, cpu)
	r.HTMLFloorCPU = median(htmlFloors, cpu)
	r.HTMLRatio = r.HTMLCPU / r.HTMLFloorCPU
	r.MicrosAGuide = r.FullCPU / float64(r.Guides) * 1e6
	for _, s := range fulls {
		r.PeakMB = max(r.PeakMB, s.peak>>20)
	}
}

func (r *benchResult) print(w io.Writer, format string) error {
	if format == "json" {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	_, err := fmt.Fprintf(w, `指南 %d，文件 %d，%.1f MB，各量 %d 遍取中位数
全部   %6.2f 秒  CPU %6.2f  底线 %5.2f 秒  CPU %5.2f  比 %.2f
网页   %6.2f 秒  CPU %6.2f                底线 CPU %5.2f  比 %.2f
没变   %6.2f 秒
改一条 %6.2f 秒
改一部法 %4.2f 秒
改模板 %6.2f 秒
内存最多 %d MB，每份指南 CPU %.0f 微秒
`, r.Guides, r.Files, float64(r.Bytes)/1e6, r.Runs, r.FullS, r.FullCPU, r.FloorS, r.FloorCPU, r.RatioToFloor,
		r.HTMLS, r.HTMLCPU, r.HTMLFloorCPU, r.HTMLRatio, r.UnchangedS, r.OneRecordS, r.OneLawS, r.TemplateS, r.PeakMB, r.MicrosAGuide)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "各步（全部编 / 改一条），秒：")
	for i, one := range r.Stages {
		fmt.Fprintf(w, "  %-9s %6.2f  CPU %6.2f   / %5.2f  CPU %5.2f\n", one.Name, one.Wall, one.CPU, r.RecordStages[i].Wall, r.RecordStages[i].CPU)
	}
	return nil
}

// treeSize counts the files below dir and their bytes.
func treeSize(dir string) (files int, bytes int64, err error) {
	err = filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			files++
			bytes += info.Size()
		}
		return err
	})
	return files, bytes, err
}
