// Command banshi turns records of government service items into a portal, open data and feeds.
//
// One file a command; pipeline.go spells the way from files to outputs. Exit codes: 0 fine, 1 problems in the content,
// 2 wrong use or a failure of the machine.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"banshi/generator/internal/dump"
	"banshi/generator/internal/feed"
	"banshi/generator/internal/page"
)

// errContent ends a command whose problems are already printed, with exit code 1.
var errContent = errors.New("problems in the content")

func main() {
	args := os.Args[1:]
	if !clicked(args) {
		os.Exit(run(args))
	}
	if err := start(os.Stderr); err != nil {
		stay(err, os.Stdin, os.Stderr)
		os.Exit(2)
	}
}

func init() {
	// Every stamp carries the version: another program may write the same view differently.
	page.Version, dump.Version, feed.Version = version, version, version
}

// run executes one command line and returns the exit code.
func run(args []string) int {
	root := newRoot()
	root.SetArgs(args)
	err := root.Execute()
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errContent):
		return 1
	}
	fmt.Fprintln(root.ErrOrStderr(), "banshi:", inBoth(root, err))
	return 2
}

// global is the flags every command has.
type global struct {
	site  string
	lang  string
	asOf  string
	draft bool
	jobs  int
}

func newRoot() *cobra.Command {
	g := new(global)
	root := &cobra.Command{
		Use:           "banshi",
		Short:         "把政务服务事项的记录编成办事网站、开放数据和变更订阅 / compile records of government service items into a portal",
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if g.jobs < 1 {
				return fmt.Errorf("--jobs 至少是 1 / --jobs is at least 1: %d", g.jobs)
			}
			runtime.GOMAXPROCS(g.jobs) // every stage asks how many processors there are
			g.recover(cmd.ErrOrStderr())
			return nil
		},
	}
	// cobra's own answer to a double click is to refuse it.
	cobra.MousetrapHelpText = ""
	root.SetOut(os.Stdout)
	root.SetErr(os.Stderr)
	f := root.PersistentFlags()
	f.StringVar(&g.site, "site", ".", "站点所在的文件夹 / folder of the site")
	f.StringVar(&g.lang, "lang", "", "提示用的语言 zh 或 en，默认随 site.toml / language of messages: zh or en")
	f.StringVar(&g.asOf, "as-of", "", "按哪一天的情况编，默认是提交的日期 / the day to build for (YYYY-MM-DD), default: date of the commit")
	f.BoolVar(&g.draft, "draft", false, "连征求意见的一起编 / include records in consultation")
	f.IntVar(&g.jobs, "jobs", runtime.GOMAXPROCS(0), "同时用几个处理器核，默认全用 / how many processor cores to use, default all")
	root.AddCommand(
		newBuild(g), newServe(g), newCheck(g), newInit(g), newNew(g), newSchema(g), newExplain(g), newSearch(g), newDiff(g), newExport(g), newImport(g), newMerge(g), newRollback(g), newRelease(g), newVerify(g),
		newReport(g), newPropose(g), newReconcile(g), newVersion(), newSynth(), newBench(), newFmt(g),
		newCompletion(),
	)
	mustRegister(root, "lang", completeWords("zh", "en"))
	mustRegister(root, "as-of", completeWords())
	if err := root.MarkPersistentFlagDirname("site"); err != nil {
		panic(err)
	}
	speakBoth(root)
	return root
}
