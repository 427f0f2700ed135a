package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// entryKind is something of which many stand in one file.
type entryKind struct {
	word string // after new
	kind record.Kind
	of   string    // the list in the file
	ids  diag.Text // "" where there are none
	what diag.Text
}

// newEntries are the entries that people begin at the end of a file.
var newEntries = []entryKind{
	{"signpost", record.KindSignposts, "signposts", diag.Text{ZH: "编号", EN: "ID"}, diag.Text{ZH: "指路：一个不是事项的回答", EN: "a signpost: an answer that is not an item"}},
	{"synonym", record.KindSynonyms, "synonyms", diag.Text{ZH: "领域", EN: "FIELD"}, diag.Text{ZH: "同义词：群众的话和它指的事，写在 data/synonyms/<领域>.toml", EN: "words that people say, in data/synonyms/<field>.toml"}},
	{"target", record.KindTargets, "targets", diag.Text{}, diag.Text{ZH: "指标：文件提出的一条要求", EN: "a target that a document sets"}},
}

func newEntry(g *global, e entryKind) *cobra.Command {
	want := 0
	use := e.word
	if e.ids.EN != "" {
		want, use = 1, e.word+" "+e.ids.EN
	}
	return &cobra.Command{
		Use:   use,
		Short: "新加一条" + e.what.ZH + " / add " + e.what.EN,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != want {
				return fmt.Errorf("用法：banshi new %s %s / usage: banshi new %s", e.word, e.ids.ZH, use)
			}
			return nil
		},
		ValidArgsFunction: completeEntry(g, e),
		RunE: func(cmd *cobra.Command, args []string) error {
			n := &beginner{g: g, kind: e.kind, ids: args, lang: g.language()}
			return n.add(e, cmd.OutOrStdout())
		},
	}
}

// file returns the path of the file that the entry goes to, relative to data/, or "". Synonyms stand in one file or in one a
// field.
func (e entryKind) file(site fs.FS, ids []string) string {
	single := record.Path(e.kind)
	if e.kind != record.KindSynonyms {
		return single
	}
	if _, err := fs.Stat(site, path.Join(catalog.DataDir, single)); err == nil {
		return single
	}
	return record.Path(e.kind, ids...)
}

// add writes an entry with its blanks to the end of its file, which is made if it is not there.
func (n *beginner) add(e entryKind, w io.Writer) error {
	site := os.DirFS(n.g.site)
	rel := e.file(site, n.ids)
	if rel == "" || e.word == "signpost" && !record.IsID(n.ids[0]) {
		return fmt.Errorf("%s 不能作编号：编号用小写字母、数字和连字符 / an id has a–z, 0–9 and hyphens", strings.Join(n.ids, " "))
	}
	file := path.Join(catalog.DataDir, rel)
	before, err := fs.ReadFile(site, file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, problems := catalog.Decode(file, before)
	if len(problems) > 0 {
		return fmt.Errorf("%s 里有错，先改好再加（banshi check %[1]s）/ %[1]s has mistakes: mend them first", file)
	}
	if s, ok := f.Record.(*record.Signposts); ok && slices.ContainsFunc(s.Signposts, func(s record.Signpost) bool { return s.ID == n.ids[0] }) {
		return fmt.Errorf("已经有指路 %s / there is a signpost %[1]s already", n.ids[0])
	}
	x := &blank{kind: e.kind, ids: n.ids, terms: vocabularies(site)}
	added := x.entry(e)
	text := string(bytes.TrimRight(before, "\n"))
	if text != "" {
		text += "\n\n"
	}
	full := filepath.Join(n.g.site, filepath.FromSlash(file))
	if len(before) == 0 {
		err = writeNew(full, added)
	} else {
		err = replaceFile(full, []byte(text+added))
	}
	if err != nil {
		return err
	}
	return n.reportFrom(w, full, text+added, strings.Count(text, "\n"))
}

// entry returns one member of the list of a file.
func (x *blank) entry(e entryKind) string {
	list, _ := record.KeyOf(e.kind, e.of)
	fmt.Fprintf(&x.b, "[[%s]]", e.of)
	for _, m := range members(e.kind, list) {
		if m.Required && m.Type != "text" && m.Type != "text-list" { // no value of these types is a blank: check misses it here
			fmt.Fprintf(&x.b, " # %s%s", mark, m.Title.ZH)
		}
	}
	x.b.WriteByte('\n')
	for _, m := range members(e.kind, list) {
		note := m.Title.ZH + "：" + strings.TrimSuffix(m.Description.ZH, "。") + x.choices(m.Key)
		switch {
		case m.name == "id":
			fmt.Fprintf(&x.b, "id = %q\n", x.ids[0])
		case m.Required && m.Type == "text":
			fmt.Fprintf(&x.b, "%s = \"\" # %s%s\n", m.name, mark, note)
		case m.Required && m.Type == "text-list":
			fmt.Fprintf(&x.b, "%s = [\"\"] # %s%s\n", m.name, mark, note)
		case m.Required:
			fmt.Fprintf(&x.b, "#%s = %s # %s%s\n", m.name, x.inline(m), mark, note)
		default:
			fmt.Fprintf(&x.b, "#%s = %s # %s\n", m.name, x.inline(m), note)
		}
	}
	return x.b.String()
}
