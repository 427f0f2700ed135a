package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/spf13/cobra"
)

// newBenchFloor is the floor of a build: the same files written from memory, nothing else. It prints wall and CPU seconds of
// the writing alone.
func newBenchFloor() *cobra.Command {
	return &cobra.Command{
		Use:    "floor FROM TO",
		Hidden: true,
		Args:   cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			folders, err := readFolders(args[0])
			if err != nil {
				return err
			}
			runtime.GC()
			start, before := time.Now(), cpuSeconds()
			if err := writeFolders(args[1], folders); err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), time.Since(start).Seconds(), cpuSeconds()-before)
			return err
		},
	}
}

type floorFile struct {
	name string
	data []byte
}

// readFolders reads a tree into memory, by folder.
func readFolders(root string) (map[string][]floorFile, error) {
	folders := map[string][]floorFile{}
	err := filepath.Walk(root, func(p string, info os.FileInfo, err error) error {
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(p))
		folders[dir] = append(folders[dir], floorFile{filepath.Base(p), data})
		return err
	})
	return folders, err
}

// writeFolders writes them with one worker a processor, each with folders of its own.
func writeFolders(root string, folders map[string][]floorFile) error {
	work := make(chan string)
	errs := make(chan error, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for dir := range work {
				if err := writeFolder(filepath.Join(root, dir), folders[dir]); err != nil {
					select {
					case errs <- err:
					default:
					}
				}
			}
		}()
	}
	for dir := range folders {
		work <- dir
	}
	close(work)
	wg.Wait()
	close(errs)
	return <-errs
}

func writeFolder(dir string, files []floorFile) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.name), f.data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
