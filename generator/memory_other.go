//go:build !linux

package main

import "runtime"

// peakMemory returns the memory the program has taken from the system, in bytes; it is not given back while it runs.
func peakMemory() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}
