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

// What records take is mostly their texts: those of places are small and many, standards are large. Per record and byte of text, while they are read,
// with what the parser leaves behind:
const (
	recordRead = 3000
	textRead   = 5
)

// limitReading bounds the memory of reading the records, which is most of what a build of a large province once took: the collector
// otherwise waits until there is twice of what is held.
func (l *library) limitReading() error {
	if os.Getenv("GOMEMLIMIT") != "" {
		return nil
	}
	records, bytes := 0, 0
	if r, ok := l.fsys.(*readOnce); ok {
		for _, text := range r.texts {
			records, bytes = records+1, bytes+len(text)
		}
	} else if err := fs.WalkDir(l.fsys, catalog.DataDir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			records, bytes = records+1, bytes+int(info.Size())
		}
		return err
	}); err != nil {
		return err
	}
	debug.SetMemoryLimit(max(minMemory, int64(records*recordRead+bytes*textRead)))
	return nil
}

// What is held while pages are listed and written, and half as much again for what passes, by record, byte of text, item and guide:
// 400,065 guides of 108,000 records with 45 MB of text hold 600 MB, 20,000 items of 45,000 records with 125 MB 560 MB. With less room the collector would do
// most of the work of a build.
const (
	recordHeld = 2000
	textHeld   = 4.5
	itemHeld   = 7000
	guideHeld  = 1350
)

// limitMemory bounds the memory of what follows: pages stream out, so beyond what is held a build needs little, and the collector is told to
// work harder rather than let the heap double. GOMEMLIMIT, if set, is the user's own word.
func (l *library) limitMemory() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	bytes := 0
	for _, f := range l.source.Files {
		bytes += len(f.Doc.Data)
	}
	held := len(l.source.Files)*recordHeld + len(l.catalog.Items)*itemHeld + len(l.catalog.Guides)*guideHeld
	debug.SetMemoryLimit(max(minMemory, int64(held)+int64(textHeld*float64(bytes))))
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
