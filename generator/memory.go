package main

import (
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"banshi/generator/internal/catalog"
)

// roomy lets the heap of records and pages grow threefold between collections: a preview is one process of an editor at work,
// and waiting for the collector is most of the time to its first page.
func roomy() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
}

// minMemory is what a build may use without being told: with the program itself, and what the collector is late, less than 500 MB.
const minMemory = 430 << 20

// recordMemory is what reading a record may take, a third more than what it holds in the end: most records of a large province are those
// of places, and small.
const recordMemory = 6 << 10

// limitReading bounds the memory of reading the records, which is most of what a build of a large province once took: the collector
// otherwise waits until there is twice of what is held.
func (l *library) limitReading() error {
	if os.Getenv("GOMEMLIMIT") != "" {
		return nil
	}
	if r, ok := l.fsys.(*readOnce); ok {
		debug.SetMemoryLimit(max(minMemory, int64(len(r.texts))*recordMemory))
		return nil
	}
	records := 0
	err := fs.WalkDir(l.fsys, catalog.DataDir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			records++
		}
		return err
	})
	debug.SetMemoryLimit(max(minMemory, int64(records)*recordMemory))
	return err
}

// limitMemory bounds the memory of what follows: pages stream out, so beyond the records (what is held now, as much again for lists and
// stamps, and half of it for what passes) a build needs little, and the collector is told to work harder rather than let the heap double.
// GOMEMLIMIT, if set, is the user's own word.
func (l *library) limitMemory() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}} // as of the last collection: one more would take a tenth of a second
	metrics.Read(live)
	debug.SetMemoryLimit(max(minMemory, 5*int64(live[0].Value.Uint64())/2))
}

// releaseMemory is what a release may use where its records need less than half of it; 500 MB is the aim for 100,000 guides, and the
// program itself and SQLite, which has memory of its own, are beside it.
const releaseMemory = 370 << 20

// boundMemory lets the collector work so that the heap stays small: below releaseMemory, or the given multiple of what is in use.
func boundMemory(times int64) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	debug.SetMemoryLimit(max(releaseMemory, times*int64(m.HeapAlloc)))
}
