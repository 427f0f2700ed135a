package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/spf13/cobra"
)

// newBenchFloor is the floor of a build: as many files of the same sizes written from memory, nothing else. It prints wall and CPU seconds of
// the writing alone. All files are written from one piece of memory, which is warm, as the buffer of a build is: three
// gigabytes that lie cold took between one and three times as long, as the host pleased.
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
			bytes := someBytes(largest(folders))
			start, before := time.Now(), cpuSeconds()
			if err := writeFolders(args[1], folders, bytes); err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), time.Since(start).Seconds(), cpuSeconds()-before)
			return err
		},
	}
}

type floorFile struct {
	name string
	size int64
}

// readFolders reads which files a tree has and how large they are, by folder.
func readFolders(root string) (map[string][]floorFile, error) {
	folders := map[string][]floorFile{}
	err := filepath.Walk(root, func(p string, info os.FileInfo, err error) error {
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(p))
		folders[dir] = append(folders[dir], floorFile{filepath.Base(p), info.Size()})
		return err
	})
	return folders, err
}

// writeFolders writes them with one worker a processor, each with folders of its own.
func writeFolders(root string, folders map[string][]floorFile, bytes []byte) error {
	work := make(chan string)
	errs := make(chan error, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for dir := range work {
				if err := writeFolder(filepath.Join(root, dir), folders[dir], bytes); err != nil {
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

func largest(folders map[string][]floorFile) (size int64) {
	for _, files := range folders {
		for _, f := range files {
			size = max(size, f.size)
		}
	}
	return size
}

// someBytes are bytes that no file system makes smaller.
func someBytes(n int64) []byte {
	out := make([]byte, n)
	rand.NewChaCha8([32]byte{}).Read(out)
	return out
}

func writeFolder(dir string, files []floorFile, bytes []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.name), bytes[:f.size], 0o644); err != nil {
			return err
		}
	}
	return nil
}
