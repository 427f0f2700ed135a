package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"banshi/generator/internal/publish"
)

// recovered is what a command says when it found a publish that was interrupted.
var recovered = map[publish.Recovery]string{
	publish.Undone:    "%s：上次没有写完就中断了，没写完的已经撤掉，网站还是原来的 / the last run was interrupted; what it had prepared is gone, and the site is as it was\n",
	publish.Completed: "%s：上次写到一半中断了，已经接着写完 / the last run was interrupted half-way; it has been completed\n",
}

// recover completes or undoes what an interrupted build or release left in the published folders of the site, before any command does
// anything else. A folder that cannot be written is told; commands that only read records go on.
func (g *global) recover(stderr io.Writer) {
	for _, dir := range []string{outDir(g.site, ""), filepath.Join(g.site, draftDir)} {
		if err := recoverFolder(dir, stderr); err != nil {
			fmt.Fprintln(stderr, err)
		}
	}
}

// recoverFolder completes or undoes what an interrupted publish left in a folder, and says so.
func recoverFolder(dir string, stderr io.Writer) error {
	found, err := publish.Recover(dir)
	tellRecovery(stderr, dir, found)
	return err
}

func tellRecovery(w io.Writer, dir string, found publish.Recovery) {
	if text := recovered[found]; text != "" {
		fmt.Fprintf(w, text, dir)
	}
}

// hold locks the folder that a command writes. While another banshi has it, the command says so and waits, or fails with noWait.
func hold(ctx context.Context, dir string, noWait bool, stderr io.Writer) (*publish.Held, error) {
	h, err := publish.Hold(ctx, dir, func(err error) error {
		if noWait {
			return err
		}
		fmt.Fprintf(stderr, "%v；等它写完 / waiting for it\n", err)
		return nil
	})
	if err != nil {
		return nil, err
	}
	tellRecovery(stderr, dir, h.Found)
	return h, nil
}

// addNoWait adds the flag of commands that write the published folder.
func addNoWait(cmd *cobra.Command, noWait *bool) {
	cmd.Flags().BoolVar(noWait, "no-wait", false, "另一个 banshi 正在写时不等它，马上退出（退出码 2） / fail at once while another banshi writes the folder")
}
