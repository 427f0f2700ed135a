package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/history"
)

// since is what a library was at an earlier commit: its files and the problems they had.
type since struct {
	tree     fs.FS
	source   *catalog.Source // nil where there was no site
	problems []diag.Problem
}

// checkedParts is what of a site is checked; the rest of the repository is not read for the past.
var checkedParts = []string{config.File, catalog.DataDir, "content"}

// wasAt reads and checks the site as it was where HEAD's line left rev, for the same day: what only the passing of time has made
// wrong was wrong before too. Records that are the same byte for byte are not decoded again.
func (l *library) wasAt(ctx context.Context, g *global, rev string) (*since, error) {
	if l.repo == nil {
		return nil, l.noGit
	}
	fork, err := l.repo.Fork(ctx, rev)
	if errors.Is(err, history.ErrUnknownRevision) && errors.Is(l.noGit, history.ErrShallow) {
		err = fmt.Errorf("%w\n%w", err, l.noGit)
	}
	if err != nil {
		return nil, err
	}
	tree, err := l.repo.FS(ctx, fork, checkedParts...)
	if err != nil {
		return nil, err
	}
	for _, part := range []string{config.File, catalog.DataDir} {
		if _, err := fs.Stat(tree, part); errors.Is(err, fs.ErrNotExist) {
			return &since{tree: tree}, nil // the site is younger than that commit
		}
	}
	old := &library{dir: l.dir, fsys: tree, asOf: l.asOf}
	if old.config, old.problems, err = config.Load(tree); err == nil {
		err = old.load(g, readOptions{check: true, decode: l.sound()})
	}
	return &since{tree, old.source, old.problems}, err
}

// sound decodes records, but for those that are decoded here with the same content. Records with problems of decoding are decoded again, so
// that these are found again.
func (l *library) sound() decoder {
	s := l.source
	wrong := map[string]bool{}
	for _, p := range s.Problems {
		wrong[p.File] = true
	}
	return catalog.DecodeBeside(slices.DeleteFunc(slices.Concat(s.Files, s.Future, s.Superseded), func(f *catalog.File) bool { return wrong[f.Path] }))
}

// known is a problem without its place in the file, which moves when lines are added above it: the rule, the words, and the text
// of the line it stands on.
type known struct {
	file, rule, words, line string
	severity                diag.Severity
}

// added returns the problems that were not there before, wherever they are: a change of a law shows at every item that rests on
// it. Of equal problems on equal lines as many are left out as there were.
func (s *since) added(now fs.FS, problems []diag.Problem) []diag.Problem {
	before := map[known]int{}
	lines := lineFinder{fsys: s.tree}
	for _, p := range s.problems {
		before[lines.known(p)]++
	}
	lines = lineFinder{fsys: now}
	return slices.DeleteFunc(slices.Clone(problems), func(p diag.Problem) bool {
		k := lines.known(p)
		before[k]--
		return before[k] >= 0
	})
}

// changed reports whether a file differs from what it was.
func (s *since) changed(now fs.FS, file string) bool {
	a, errA := fs.ReadFile(s.tree, file)
	b, errB := fs.ReadFile(now, file)
	return (errA == nil) != (errB == nil) || !bytes.Equal(a, b)
}

// lineFinder finds the lines of problems; it keeps the file that was asked for last.
type lineFinder struct {
	fsys  fs.FS
	file  string
	lines []string
	begin int // line on which the content begins: what a record lacks is reported there
}

func (r *lineFinder) known(p diag.Problem) known {
	k := known{file: p.File, rule: p.Rule, words: p.Message.ZH, severity: p.Severity}
	if p.File != r.file {
		data, _ := fs.ReadFile(r.fsys, p.File) // a problem may be that the file cannot be read
		r.file, r.lines, r.begin = p.File, strings.Split(string(data), "\n"), 1
		for _, line := range r.lines {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				break
			}
			r.begin++
		}
	}
	if p.Line > r.begin && p.Line <= len(r.lines) {
		k.line = strings.Join(strings.Fields(r.lines[p.Line-1]), " ")
	}
	return k
}
