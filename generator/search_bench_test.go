package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"banshi/generator/internal/output"
	"banshi/generator/internal/page"
	"banshi/generator/internal/search"
	"banshi/generator/internal/site"
	"banshi/generator/internal/synth"
)

// TestSearchBench measures search in a real browser and prints the tables of docs/search.md: what a query costs on the wire and in
// the browser, what the index weighs, how fast it is made; and the same of Pagefind over the same pages. It runs only where
// BANSHI_SEARCH_BENCH is set: "1" for everything, or the names of some corpora (real city names3000 names10000), and takes some
// ten minutes. Nothing in it passes or fails by time.
//
//	npm ci --prefix testing/search
//	BANSHI_SEARCH_BENCH=1 go test ./generator -run TestSearchBench$ -v -timeout 60m
func TestSearchBench(t *testing.T) {
	wish := os.Getenv("BANSHI_SEARCH_BENCH")
	if wish == "" {
		t.Skip("set BANSHI_SEARCH_BENCH=1 to measure search")
	}
	program := chromium(t)
	var rows []benchRow
	for _, c := range benchCorpora {
		if wish != "1" && !slices.Contains(strings.Fields(wish), c.name) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			rows = append(rows, c.measure(t, program)...)
		})
	}
	t.Log("\n" + benchTable(rows))
}

// benchCorpus is a site that is measured.
type benchCorpus struct {
	name string
	make func(t *testing.T, dir string) // writes the site's records; nil for this repository
	// pages are those that Pagefind gets, by their path; nil to leave it out.
	pages func(path string) bool
}

var benchCorpora = []benchCorpus{
	{name: "real"},
	{name: "city", make: oneCity, pages: func(p string) bool { return strings.HasSuffix(p, ".html") }},
	{name: "names3000", make: province(3000, 2400), pages: isItemPage},
	{name: "names10000", make: province(10000, 2)},
}

// province makes a catalogue of so many names.
func province(items, divisions int) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		if err := synth.Write(dir, "..", synth.Options{Items: items, Divisions: divisions, Seed: 1}); err != nil {
			t.Fatal(err)
		}
	}
}

// oneCity copies this repository's site with the places of one city.
func oneCity(t *testing.T, dir string) {
	const city = "1303" // 秦皇岛, the smallest: Pagefind took 21.7 GB for the 32,000 pages of 石家庄
	for _, part := range []string{"data", "content", "themes"} {
		walkFiles(t, filepath.Join("..", part), func(rel string, data []byte) {
			place, _, _ := strings.Cut(strings.TrimPrefix(rel, "divisions/"), "/")
			if part != "data" || !strings.HasPrefix(rel, "divisions/") || place == "defaults" || place == "130000" || strings.HasPrefix(place, city) {
				writeFile(t, filepath.Join(dir, part, rel), data)
			}
		})
	}
	copyFileTo(t, "../site.toml", filepath.Join(dir, "site.toml"))
}

func copyFileTo(t *testing.T, from, to string) {
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, to, data)
}

// isItemPage reports whether a page is that of an item: one page a name.
func isItemPage(p string) bool {
	return strings.HasPrefix(p, "items/") && strings.HasSuffix(p, "/index.html") && strings.Count(p, "/") == 2
}

// benchRow is one engine over one corpus.
type benchRow struct {
	Corpus, Engine string
	Names, Guides  int
	Pages          int // that Pagefind indexed
	wire           wireCost
	speed          speeds
	IndexFiles     int
	IndexBytes     int64 // as a host sends them
	BuildS         float64
	PeakMB         int64 // of the whole process
	ReadMB         int64 // of it before the index was begun: records and guides
	quality        search.Report
}

// measure measures both engines over the corpus.
func (c benchCorpus) measure(t *testing.T, program string) []benchRow {
	dir := ".."
	if c.make != nil {
		dir = t.TempDir()
		c.make(t, dir)
	}
	s, files := benchSite(t, dir)
	queries := benchQueries(s, c.make == nil || c.pages != nil && c.name == "city")
	ours := benchRow{Corpus: c.name, Engine: "banshi", Names: len(s.Items), Guides: len(s.Catalog.Guides)}
	ours.weigh(files)
	ours.built(t, dir)
	ours.quality = askReader(t, files, queries)
	b := &benchBrowser{browser: &browser{}}
	b.serve(t, served{files: files})
	b.start(t, program, time.Hour)
	ours.wire = b.firstAndLater(t, queries, b.ask)
	ours.speed = b.speeds(t, queries)
	b.quiet(t)
	rows := []benchRow{ours}
	if c.pages != nil {
		row := benchRow{Corpus: c.name, Engine: "Pagefind", Names: len(s.Items), Guides: len(s.Catalog.Guides)}
		b.pagefind(t, &row, s, files, c.pages, queries)
		rows = append(rows, row)
	}
	return rows
}

// benchSite reads a site and lists its files without their stamps.
func benchSite(t *testing.T, dir string) (*site.Site, map[string]output.File) {
	t.Helper()
	g := &global{site: dir, asOf: benchAsOf}
	l, err := g.read(context.Background(), readOptions{noHistory: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.derive(context.Background(), true, "")
	if err != nil {
		t.Fatal(err)
	}
	list, err := l.list(s, benchPages, []func(*site.Site) ([]output.File, error){search.Files})
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]output.File, len(list))
	for _, f := range list {
		files[f.Path] = f
	}
	return s, files
}

func benchPages(s *site.Site, t *page.Theme) ([]output.File, error) {
	pages, err := page.Preview(s, t)
	if err != nil {
		return nil, err
	}
	return pages.Files()
}

// weigh counts the files of the index and their bytes gzipped.
func (r *benchRow) weigh(files map[string]output.File) {
	for p, f := range files {
		if strings.HasPrefix(p, search.Folder) && strings.HasSuffix(p, ".js") {
			r.IndexFiles++
			r.IndexBytes += int64(len(gzipped(contentOf(f))))
		}
	}
}

// built makes the index in a process of its own, for its time and memory.
func (r *benchRow) built(t *testing.T, dir string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run", "^TestSearchBenchBuild$", "-test.v")
	cmd.Env = append(os.Environ(), "BANSHI_SEARCH_BENCH_BUILD="+dir, "BANSHI_SEARCH_BENCH_OUT="+t.TempDir())
	var out string
	out, r.PeakMB = watched(t, cmd)
	_, figures, _ := strings.Cut(out, "FIGURES ")
	if _, err := fmt.Sscan(figures, &r.BuildS, &r.ReadMB); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// watched runs a command and returns what it printed and the most memory it held, in megabytes. The figure that the system hands
// over at the end would count this process too, of which the other begins as a copy.
func watched(t *testing.T, cmd *exec.Cmd) (out string, peakMB int64) {
	t.Helper()
	var b bytes.Buffer
	cmd.Stdout, cmd.Stderr = &b, &b
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("%v\n%s", err, b.String())
			}
			return b.String(), peakMB
		case <-time.After(20 * time.Millisecond):
			peakMB = max(peakMB, heldMB(cmd.Process.Pid))
		}
	}
}

// heldMB is the most memory a process has held since it began its program, on Linux; elsewhere 0.
func heldMB(pid int) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	var kb int64
	_, line, _ := strings.Cut(string(data), "VmHWM:")
	if _, err := fmt.Sscan(line, &kb); err != nil {
		return 0
	}
	return kb >> 10
}

// TestSearchBenchBuild is the other process: it reads a site, makes the index, writes it, and prints the seconds that making and
// writing took, and the peak memory before.
func TestSearchBenchBuild(t *testing.T) {
	dir := os.Getenv("BANSHI_SEARCH_BENCH_BUILD")
	if dir == "" {
		t.Skip("part of TestSearchBench")
	}
	g := &global{site: dir, asOf: benchAsOf}
	l, err := g.open(context.Background(), readOptions{noHistory: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.limitReading(); err != nil {
		t.Fatal(err)
	}
	if err := l.load(g, readOptions{}); err != nil {
		t.Fatal(err)
	}
	l.limitMemory()
	s, err := l.derive(context.Background(), true, "")
	if err != nil {
		t.Fatal(err)
	}
	read, start := heldMB(os.Getpid()), time.Now()
	files, err := search.Files(s)
	if err != nil {
		t.Fatal(err)
	}
	out := os.Getenv("BANSHI_SEARCH_BENCH_OUT")
	for _, f := range files {
		writeFile(t, filepath.Join(out, f.Path), contentOf(f))
	}
	fmt.Println("FIGURES", time.Since(start).Seconds(), read)
}

// queryTable reads the table of what people type.
func queryTable() ([]search.Case, error) {
	data, err := os.ReadFile("internal/search/testdata/queries.json")
	if err != nil {
		return nil, err
	}
	var list []search.Case
	err = json.Unmarshal(data, &list)
	return list, err
}

// askReader asks the Go reader what the table wants to know. A hit counts by its item, as it does for Pagefind, whose pages of
// one item differ by place and procedure.
func askReader(t *testing.T, files map[string]output.File, queries []benchQuery) search.Report {
	t.Helper()
	var list []output.File
	for p, f := range files {
		if strings.HasPrefix(p, search.Folder) {
			list = append(list, f)
		}
	}
	x, err := search.Open(search.FromFiles(list))
	if err != nil {
		t.Fatal(err)
	}
	return search.Evaluate(tableOf(queries), func(q search.Query) []search.Hit { return byItem(x.Search(q)) })
}

// tableOf is the queries that say what they want, with items for procedures.
func tableOf(queries []benchQuery) []search.Case {
	var out []search.Case
	for _, q := range queries {
		if len(q.Want) == 0 {
			continue
		}
		c := q.Case
		c.Want = nil
		for _, w := range q.Want {
			item, _, _ := strings.Cut(w, "#")
			c.Want = append(c.Want, item)
		}
		out = append(out, c)
	}
	return out
}

// byItem leaves the first hit of each item.
func byItem(hits []search.Hit) []search.Hit {
	var out []search.Hit
	for _, h := range hits {
		h.ID, _, _ = strings.Cut(h.ID, "#")
		if !slices.ContainsFunc(out, func(o search.Hit) bool { return o.ID == h.ID }) {
			out = append(out, h)
		}
	}
	return out
}

// percentile returns the p-th of a hundred parts of sorted values.
func percentile[T cmp.Ordered](values []T, p int) T {
	if len(values) == 0 {
		var zero T
		return zero
	}
	values = slices.Sorted(slices.Values(values))
	return values[min(len(values)-1, len(values)*p/100)]
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	if len(values) == 0 {
		return 0
	}
	return sum / float64(len(values))
}

// benchTable is the rows as docs/search.md shows them: one column an engine and corpus.
func benchTable(rows []benchRow) string {
	lines := []struct {
		title string
		value func(r benchRow) string
	}{
		{"names / guides / pages indexed", func(r benchRow) string { return fmt.Sprintf("%d / %d / %s", r.Names, r.Guides, orDash(r.Pages)) }},
		{"first query, client included, KB p50 (p95)", func(r benchRow) string {
			return fmt.Sprintf("%.1f (%.1f)", percentile(r.wire.firstBytes, 50)/1000, percentile(r.wire.firstBytes, 95)/1000)
		}},
		{"… of which in Chromium's log with headers, p50", func(r benchRow) string {
			if len(r.wire.logged) == 0 {
				return "–"
			}
			return fmt.Sprintf("%.1f", percentile(r.wire.logged, 50)/1000)
		}},
		{"first query, requests p50 (p95)", func(r benchRow) string {
			return fmt.Sprintf("%d (%d)", percentile(r.wire.firstRequests, 50), percentile(r.wire.firstRequests, 95))
		}},
		{"later query, KB mean", func(r benchRow) string { return fmt.Sprintf("%.2f", mean(r.wire.laterBytes)/1000) }},
		{"later query, requests mean", func(r benchRow) string { return fmt.Sprintf("%.2f", mean(r.wire.laterRequests)) }},
		{"query in the browser, Han, ms p50 / p95 (queries)", func(r benchRow) string { return r.speed.line("Han") }},
		{"… Latin", func(r benchRow) string { return r.speed.line("Latin") }},
		{"… Traditional", func(r benchRow) string { return r.speed.line("Traditional") }},
		{"… place and thing", func(r benchRow) string { return r.speed.line("place") }},
		{"first query in the browser, files at hand, ms", func(r benchRow) string {
			return fmt.Sprintf("%.1f", r.speed.open)
		}},
		{"index files", func(r benchRow) string { return fmt.Sprint(r.IndexFiles) }},
		{"index, gzipped bytes a guide (a page of Pagefind's)", func(r benchRow) string {
			of := r.Guides
			if r.Pages > 0 {
				of = r.Pages
			}
			return fmt.Sprintf("%.1f", float64(r.IndexBytes)/float64(of))
		}},
		{"making it, guides (pages) a second; peak MB (before it began)", func(r benchRow) string {
			of := r.Guides
			if r.Pages > 0 {
				of = r.Pages
			}
			if r.ReadMB == 0 {
				return fmt.Sprintf("%.0f; %d", float64(of)/r.BuildS, r.PeakMB)
			}
			return fmt.Sprintf("%.0f; %d (%d)", float64(of)/r.BuildS, r.PeakMB, r.ReadMB)
		}},
		{"table, by item: hit@1 / hit@5 / MRR / none", func(r benchRow) string {
			if r.quality.Queries == 0 {
				return "–"
			}
			return fmt.Sprintf("%.3f / %.3f / %.3f / %.3f", r.quality.Hit1, r.quality.Hit5, r.quality.MRR, r.quality.Zero)
		}},
	}
	var b strings.Builder
	b.WriteString("| |")
	for _, r := range rows {
		fmt.Fprintf(&b, " %s %s |", r.Corpus, r.Engine)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(rows)) + "\n")
	for _, l := range lines {
		b.WriteString("| " + l.title + " |")
		for _, r := range rows {
			b.WriteString(" " + l.value(r) + " |")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func orDash(n int) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprint(n)
}
