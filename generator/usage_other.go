//go:build !unix

package main

import "os"

// peakOf and cpuSeconds are known on Unix only; bench then shows 0.
func peakOf(*os.ProcessState) int64 { return 0 }

func cpuSeconds() float64 { return 0 }
