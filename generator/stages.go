package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

// stage is what one part of a build cost: seconds on the clock, and of all processors, what ran beside it included.
type stage struct {
	Name string  `json:"name"`
	Wall float64 `json:"wall_s"`
	CPU  float64 `json:"cpu_s"`
}

// stages are the parts of a build in their order, measured while it runs.
type stages struct {
	list []stage
	at   time.Time
	cpu  float64
}

func newStages() *stages { return &stages{at: time.Now(), cpu: cpuSeconds()} }

// done ends a stage and begins the next.
func (s *stages) done(name string) {
	now, cpu := time.Now(), cpuSeconds()
	s.list = append(s.list, stage{name, now.Sub(s.at).Seconds(), cpu - s.cpu})
	s.at, s.cpu = now, cpu
}

// print writes a line for each stage, as [parseStages] reads it.
func (s *stages) print(w io.Writer) error {
	for _, one := range s.list {
		if _, err := fmt.Fprintf(w, "%s %s %.3f %.3f\n", stageMark, one.Name, one.Wall, one.CPU); err != nil {
			return err
		}
	}
	return nil
}

// stageMark begins the line of a stage among others.
const stageMark = "阶段"

// parseStages finds the lines of stages in what a build printed.
func parseStages(lines []string) []stage {
	var out []stage
	for _, l := range lines {
		var mark string
		var one stage
		if n, _ := fmt.Sscan(l, &mark, &one.Name, &one.Wall, &one.CPU); n == 4 && mark == stageMark {
			out = append(out, one)
		}
	}
	return out
}

// profile writes a profile of the processor to a file until the returned function is called; "" writes none.
func profile(file string) (stop func() error, err error) {
	if file == "" {
		return func() error { return nil }, nil
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		f.Close()
		return nil, err
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, nil
}

// heapProfile writes what is held in memory now beside the profile of the processor; "" writes none.
func heapProfile(file string) error {
	if file == "" {
		return nil
	}
	f, err := os.Create(file + ".heap")
	if err != nil {
		return err
	}
	runtime.GC()
	return errors.Join(pprof.WriteHeapProfile(f), f.Close())
}
