package main

import (
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"

	"banshi/generator/internal/catalog"
)

// roomy lets the heap of records and pages grow threefold between collections, below the bound that a build sets itself: a preview is one
// process of an editor at work, and waiting for the collector is most of the time to its first page; to a build it is a quarter of reading.
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

// recordHeld and guideHeld are what a record and a guide hold while pages are listed, and half as much again for what passes: 400,065 guides of
// 108,000 records hold 600 MB.
const (
	recordHeld = 3800
	guideHeld  = 1370
)

// limitMemory bounds the memory of what follows: pages stream out, so beyond what is held a build needs little, and the collector is told to
// work harder rather than let the heap double. GOMEMLIMIT, if set, is the user's own word.
func (l *library) limitMemory() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetMemoryLimit(max(minMemory, int64(len(l.source.Files)*recordHeld+len(l.catalog.Guides)*guideHeld)))
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
