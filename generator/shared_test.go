package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// What many tests need is made when the first of them asks for it, and lives until the last has ended: they only look at it. What a test
// changes is its own copy (folder).

// lasting is the folder of what is shared, and what is to be done when all tests have ended.
var lasting struct {
	dir string
	sync.Mutex
	ends []func() error
}

// atEnd has f called when all tests have ended, the last first.
func atEnd(f func() error) {
	lasting.Lock()
	defer lasting.Unlock()
	lasting.ends = append(lasting.ends, f)
}

// runShared runs all tests in the temporary folder that is best for them, and takes away what they shared; it returns the exit code.
func runShared(m *testing.M) int {
	flag.Parse()
	oftenWaiting()
	parent := ""
	if os.Getenv("TMPDIR") == "" && !measuring() {
		parent = memoryFolder()
	}
	dir, err := os.MkdirTemp(parent, "banshi-tests-")
	if err != nil {
		fmt.Println(err)
		return 2
	}
	defer os.RemoveAll(dir)
	lasting.dir = dir
	if parent != "" {
		os.Setenv("TMPDIR", dir)
	}
	code := m.Run()
	for i := len(lasting.ends) - 1; i >= 0; i-- {
		if err := lasting.ends[i](); err != nil {
			fmt.Println(err)
			code = 1
		}
	}
	return code
}

// memoryFolder is a folder in memory with room for the temporary files of all tests, 100 MB at most at one time, or "". They come and go
// by the thousand, and on a disk that was a quarter of the processor's time: ext4 looks long for the number of a new file while many were
// deleted a moment ago. It is set where the system has such a folder.
var memoryFolder = func() string { return "" }

// measuring reports whether a suite was asked for that measures, or writes more than memory should hold.
func measuring() bool {
	for _, v := range os.Environ() {
		if strings.HasPrefix(v, "BANSHI_") && !strings.HasPrefix(v, "BANSHI_BROWSER=") {
			return true
		}
	}
	return flag.Lookup("test.bench").Value.String() != ""
}

// oftenWaiting has two tests run for each processor unless -parallel says how many: half of them wait for a browser or for git.
func oftenWaiting() {
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "test.parallel" })
	if !asked {
		flag.Set("test.parallel", strconv.Itoa(2*runtime.GOMAXPROCS(0)))
	}
}

// once is something that is made for the first test that asks for it; a test that fails to make it leaves that to the next.
type once[T any] struct {
	sync.Mutex
	made  bool
	value T
}

func (o *once[T]) get(t testing.TB, make func() T) T {
	t.Helper()
	o.Lock()
	defer o.Unlock()
	if !o.made {
		o.value = make()
		o.made = true
	}
	return o.value
}

// sharedFolder is a new folder that lives until all tests have ended. What is in it once fill returns stays as it is: a test that writes there
// makes the run fail.
func sharedFolder(t testing.TB, name string, fill func(dir string)) (string, tree) {
	t.Helper()
	dir := filepath.Join(lasting.dir, "shared", name)
	fill(dir)
	state := func() (string, error) {
		all := tree{}
		err := eachFile(dir, func(rel string, data []byte) { all[rel] = string(data) })
		return digest(all), err
	}
	was, err := state()
	if err != nil {
		t.Fatal(err)
	}
	atEnd(func() error {
		if now, err := state(); err != nil || now != was {
			return fmt.Errorf("a test wrote to %s, which others look at (%v)", name, err)
		}
		return nil
	})
	return dir, readTree(t, dir)
}

// portal is the small portal as it is built.
type portal struct {
	dir  string
	site tree
}

var smallPortal once[portal]

// builtPortal is the small portal, built from its records as they are.
func builtPortal(t testing.TB) portal {
	t.Helper()
	return smallPortal.get(t, func() portal {
		var p portal
		p.dir, p.site = sharedFolder(t, "portal", func(dir string) {
			banshi(t, nil, "build", "--site", testSite(t), "--out", dir)
		})
		return p
	})
}

// folders are what several tests begin with: path → content, by name.
var folders = struct {
	sync.Mutex
	named map[string]*once[map[string][]byte]
}{named: map[string]*once[map[string][]byte]{}}

// folder returns a temporary copy of a folder that is made once for all tests of a run: a repository takes twenty git processes,
// releases some seconds.
func folder(t testing.TB, name string, make func() string) string {
	t.Helper()
	folders.Lock()
	kept := folders.named[name]
	if kept == nil {
		kept = new(once[map[string][]byte])
		folders.named[name] = kept
	}
	folders.Unlock()
	files := kept.get(t, func() map[string][]byte {
		files := map[string][]byte{}
		walkFiles(t, make(), func(rel string, data []byte) { files[rel] = data })
		return files
	})
	dir := filepath.Join(t.TempDir(), "site")
	for rel, data := range files {
		writeFile(t, filepath.Join(dir, rel), data)
	}
	return dir
}

var oneChromium once[context.Context]

// sharedChromium is the context of a browser that runs until all tests have ended; tests open windows of their own in it, which share
// nothing (WithNewBrowserContext).
func sharedChromium(t testing.TB, program string) context.Context {
	t.Helper()
	return oneChromium.get(t, func() context.Context {
		allocator, end := newAllocator(program, filepath.Join(lasting.dir, "profile"))
		ctx, leave := chromedp.NewContext(allocator)
		if err := chromedp.Do(ctx); err != nil {
			t.Fatal(err)
		}
		atEnd(func() error {
			leave()
			end() // which waits until the browser is gone
			return nil
		})
		return ctx
	})
}
