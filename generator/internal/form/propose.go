package form

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/tomlfile"
)

// Proposal is what answers make of the records.
type Proposal struct {
	Files   []File           // that would change, by path
	Entries []*changes.Entry // what people will see change
	// Problems are those that the answers make, errors first. With an error among them nothing may be written.
	Problems []diag.Problem
	// Mistakes are answers that cannot be read.
	Mistakes []Mistake

	base    string
	catalog *catalog.Catalog // with the new values
}

// Mistake is an answer that cannot be read: the name of its question, and what is wrong.
type Mistake struct{ Name, Text string }

// File is a record and its new content.
type File struct {
	Path string // relative to the site
	Data []byte
	was  []byte // nil for a new file
	kind record.Kind
}

// ErrChanged is what [Proposal.Write] returns when a record was changed by somebody else after the form was made.
var ErrChanged = errors.New("这份记录刚刚被别处改过，请重新打开这一页再填 / the record was changed elsewhere: open the form again")

// Fit reports whether the proposal may be written.
func (p *Proposal) Fit() bool {
	return len(p.Files) > 0 && len(p.Mistakes) == 0 && diag.Errors(p.Problems) == 0
}

// Base names the content of the records that the form was made from.
func (f *Form) Base() string {
	h := sha256.New()
	for _, t := range f.targets() {
		fmt.Fprintf(h, "%s %d\n%s", t.path, len(t.data), t.data)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (f *Form) targets() []*target {
	var out []*target
	for _, g := range f.Groups {
		if !slices.Contains(out, g.record) {
			out = append(out, g.record)
		}
	}
	return out
}

// Propose makes a proposal of answers by the names of questions. Answers to what the form does not ask are passed over; a question
// that is not answered at all keeps its value, one with an empty answer loses it.
func (f *Form) Propose(answers map[string]string) (*Proposal, error) {
	p := &Proposal{base: f.Base()}
	for _, t := range f.targets() {
		var edits []tomlfile.Change
		for i := range f.Groups {
			if g := &f.Groups[i]; g.record == t {
				edits = append(edits, g.edits(answers, p)...)
			}
		}
		if len(edits) == 0 || len(p.Mistakes) > 0 {
			continue
		}
		if t.kind == record.KindDivision {
			edits = append(f.ownHall(t), edits...)
		}
		data, err := tomlfile.Edit(t.data, func(path []string) []string { return f.library.Order(t.kind, path) }, edits...)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.path, err)
		}
		file := File{Path: t.path, Data: data, kind: t.kind}
		if t.file != nil {
			file.was = t.data
		}
		p.Files = append(p.Files, file)
	}
	if len(p.Files) > 0 {
		f.judge(p)
	}
	return p, nil
}

// ownHall states a hall that a place has by the defaults of its level, so that the place can say something of it.
func (f *Form) ownHall(t *target) []tomlfile.Change {
	id := f.hall().ID
	at := t.hallAt(id)
	if at < len(t.at.Addr().Interface().(*record.Division).Halls) {
		return nil
	}
	if at == 0 {
		return []tomlfile.Change{{Path: []string{"halls"}, Value: []any{tomlfile.Table{{Key: "id", Value: id}}}}}
	}
	return []tomlfile.Change{{Path: []string{"halls", strconv.Itoa(at)}, Value: tomlfile.Table{{Key: "id", Value: id}}}}
}

// judge finds what people will see change, and what is wrong with it.
func (f *Form) judge(p *Proposal) {
	was := f.library.Source
	changed := map[string]*catalog.File{}
	var found []diag.Problem
	for _, file := range p.Files {
		decoded, problems := catalog.Decode(file.Path, file.Data)
		changed[file.Path] = decoded
		found = append(found, problems...)
	}
	var files []*catalog.File
	for _, x := range slices.Concat(was.Files, was.Superseded, was.Future) {
		if y, ok := changed[x.Path]; ok {
			x = y
			delete(changed, y.Path)
		}
		files = append(files, x)
	}
	for _, file := range p.Files {
		if x, ok := changed[file.Path]; ok {
			files = append(files, x)
		}
	}
	now := catalog.NewSource(files, was.AsOf)
	now.Problems = slices.Concat(slices.DeleteFunc(slices.Clone(was.Problems), p.about), found)
	c, problems := f.library.Check(now)
	p.catalog = c
	p.Problems = f.fresh(slices.DeleteFunc(append(problems, found...), func(x diag.Problem) bool { return !p.about(x) }))
	p.Entries = changes.Diff(was, now, changes.Options{AsOf: was.AsOf, Draft: true})
	changes.Count(p.Entries, c)
}

// about reports whether a problem is one of the proposal's files.
func (p *Proposal) about(x diag.Problem) bool {
	return slices.ContainsFunc(p.Files, func(f File) bool { return f.Path == x.File })
}

// fresh leaves out the problems that were there before, and puts errors first.
func (f *Form) fresh(found []diag.Problem) []diag.Problem {
	_, before := f.library.Check(f.library.Source)
	had := map[[2]string]int{}
	for _, x := range append(before, f.library.Source.Problems...) {
		had[[2]string{x.File + " " + x.Rule, x.Message.ZH}]++
	}
	var out []diag.Problem
	for _, x := range diag.Sort(found) {
		k := [2]string{x.File + " " + x.Rule, x.Message.ZH}
		if had[k] > 0 {
			had[k]--
			continue
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b diag.Problem) int { return int(a.Severity) - int(b.Severity) })
	return out
}

// Write writes the files of a proposal below the site's folder, if the records are those that base was taken of (see
// [Form.Base]). Each is replaced in one piece.
func (p *Proposal) Write(dir, base string) error {
	if base != p.base {
		return ErrChanged
	}
	for _, f := range p.Files {
		full := filepath.Join(dir, filepath.FromSlash(f.Path))
		now, err := os.ReadFile(full)
		if errors.Is(err, os.ErrNotExist) && f.was == nil {
			err = nil
		}
		if err != nil {
			return err
		}
		if string(now) != string(f.was) {
			return ErrChanged
		}
	}
	for _, f := range p.Files {
		if err := replace(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Data); err != nil {
			return err
		}
	}
	return nil
}

// replace writes a file beside its place and moves it there.
func replace(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".banshi-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // gone already if all went well
	_, err = tmp.Write(data)
	if err = errors.Join(err, tmp.Chmod(0o644), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
