//go:build unix

package publish

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"banshi/generator/internal/output"
)

// The benchmarks publish 10,000 pages of 18 KB in 56 folders. Compare BenchmarkPublishFresh with BenchmarkFloor, which writes
// the same bytes with os.WriteFile and nothing else, also with a worker for each processor and whole folders: by the metric
// cpu-ns/file, since wall time depends on who else is at work.
const (
	benchFolders = 56
	benchFiles   = 10_000 / benchFolders * benchFolders
)

func benchSite() []output.File {
	page := make([]byte, 18_000)
	for i := range page {
		page[i] = byte('a' + i%26)
	}
	files := make([]output.File, benchFiles)
	for i := range files {
		files[i] = output.File{
			Path:  fmt.Sprintf("%d/food-business-%03d.html", 130701+i%benchFolders, i/benchFolders),
			Stamp: output.Stamp{byte(i), byte(i >> 8)},
			Write: func(w io.Writer) error {
				if _, err := io.WriteString(w, strconv.Itoa(i)); err != nil {
					return err
				}
				_, err := w.Write(page)
				return err
			},
		}
	}
	return files
}

// cpuTime returns the time that all threads of the process used, in the kernel and outside.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// bench times run; between the runs reset is called with the clock stopped.
func bench(b *testing.B, reset func(), run func()) {
	var cpu time.Duration
	n := 0
	b.ResetTimer()
	for range b.N {
		b.StopTimer()
		reset()
		start := cpuTime()
		b.StartTimer()
		run()
		cpu += cpuTime() - start
		n++
	}
	b.ReportMetric(float64(cpu)/float64(n*benchFiles), "cpu-ns/file")
	b.ReportMetric(float64(b.Elapsed())/float64(n*benchFiles), "wall-ns/file")
}

func BenchmarkFloor(b *testing.B) {
	dir := filepath.Join(fastDir(b), "public")
	files := benchSite()
	folders := map[string][]output.File{}
	var names []string
	for _, f := range files {
		folder := parent(f.Path)
		if folders[folder] == nil {
			names = append(names, folder)
		}
		folders[folder] = append(folders[folder], f)
	}
	buffers := sync.Pool{New: func() any { return new(sink) }}
	bench(b, func() { os.RemoveAll(dir) }, func() {
		each(2, len(names), func(i int) {
			s := buffers.Get().(*sink)
			defer buffers.Put(s)
			if err := os.MkdirAll(dir+"/"+names[i], 0o755); err != nil {
				b.Error(err)
			}
			for _, f := range folders[names[i]] {
				s.buf = s.buf[:0]
				f.Write(s)
				if err := os.WriteFile(dir+"/"+f.Path, s.buf, 0o644); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

func BenchmarkPublishFresh(b *testing.B) {
	dir := filepath.Join(fastDir(b), "public")
	files := benchSite()
	bench(b, func() { os.RemoveAll(dir) }, func() { benchPublish(b, dir, files, benchFiles) })
}

func BenchmarkPublishUnchanged(b *testing.B) {
	dir := fastDir(b)
	files := benchSite()
	benchPublish(b, dir, files, benchFiles)
	bench(b, func() {}, func() { benchPublish(b, dir, files, 0) })
}

func BenchmarkPublishOneChanged(b *testing.B) {
	dir := fastDir(b)
	files := benchSite()
	benchPublish(b, dir, files, benchFiles)
	i := 0
	bench(b, func() {
		i++
		files[benchFiles/2].Stamp[15] = byte(i)
		files[benchFiles/2].Write = func(w io.Writer) error { _, err := fmt.Fprint(w, i); return err }
	}, func() { benchPublish(b, dir, files, 1) })
}

// All stamps differ and all bytes are the same, as after a new version of the program.
func BenchmarkPublishSameBytes(b *testing.B) {
	dir := fastDir(b)
	files := benchSite()
	benchPublish(b, dir, files, benchFiles)
	i := 0
	bench(b, func() {
		i++
		for n := range files {
			files[n].Stamp[15] = byte(i)
		}
	}, func() { benchPublish(b, dir, files, 0) })
}

func benchPublish(b *testing.B, dir string, files []output.File, written int) {
	r, err := Publish(dir, files, Options{Jobs: 2})
	if err != nil || r.Written != written {
		b.Fatalf("%+v, %v", r, err)
	}
}
