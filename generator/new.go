package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// newKinds are the kinds of records that people begin, with the ids of each.
var newKinds = []struct {
	kind record.Kind
	ids  diag.Text
}{
	{record.KindItem, diag.Text{ZH: "事项", EN: "ITEM"}},
	{record.KindProcedure, diag.Text{ZH: "事项 编号（01、02 …）", EN: "ITEM NUMBER (01, 02 …)"}},
	{record.KindDivision, diag.Text{ZH: "区划代码", EN: "DIVISION"}},
	{record.KindImplementation, diag.Text{ZH: "区划代码 事项", EN: "DIVISION ITEM"}},
	{record.KindLaw, diag.Text{ZH: "依据", EN: "LAW"}},
	{record.KindMaterial, diag.Text{ZH: "材料", EN: "MATERIAL"}},
	{record.KindCertificate, diag.Text{ZH: "证照", EN: "CERTIFICATE"}},
	{record.KindDocument, diag.Text{ZH: "文件", EN: "DOCUMENT"}},
	{record.KindList, diag.Text{ZH: "清单", EN: "LIST"}},
	{record.KindBundle, diag.Text{ZH: "一件事", EN: "BUNDLE"}},
	{record.KindIntermediary, diag.Text{ZH: "中介服务", EN: "INTERMEDIARY"}},
}

func newNew(g *global) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new",
		Short: "新建一份记录，要填的地方都标好 / begin a record with its blanks marked",
		Long: `在该放的位置新建一份记录：必填的键写好空位，标着“填：”；可写可不写的键带说明注释掉，去掉行首的 # 就用上。
--from 从同类的记录抄一份，名称、编码这些不能抄的留空。编号用小写字母、数字和连字符。

Begin a record at its place: required keys are blanks marked 填：, optional ones are commented out with what they mean.
--from copies a record of the same kind and empties what cannot be copied.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return fmt.Errorf("不能新建 %s%s / no such kind of record", args[0], didYouMean(args[0], kindNames()))
		},
	}
	for _, k := range newKinds {
		cmd.AddCommand(newRecord(g, k.kind, k.ids))
	}
	return cmd
}

func newRecord(g *global, kind record.Kind, ids diag.Text) *cobra.Command {
	var from string
	want, _, _ := strings.Cut(ids.EN, " (")
	cmd := &cobra.Command{
		Use:   string(kind) + " " + want,
		Short: "新建" + kind.Title().ZH + "：" + ids.ZH + " / new " + kind.Title().EN + ": " + ids.EN,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != len(strings.Fields(want)) {
				return fmt.Errorf("用法：banshi new %s %s / usage: banshi new %[1]s %[3]s", kind, ids.ZH, ids.EN)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			n := &beginner{g: g, kind: kind, ids: args, lang: g.language()}
			return n.run(from, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "从哪份同类记录抄，如 dibao/01、139921 / record of the same kind to copy")
	return cmd
}

// beginner makes one new record.
type beginner struct {
	g    *global
	kind record.Kind
	ids  []string
	lang string
}

func (n *beginner) run(from string, w io.Writer) error {
	rel := record.Path(n.kind, n.ids...)
	if rel == "" {
		return fmt.Errorf("%s 不能作%s的编号：位置是 data/%s，编号用小写字母、数字和连字符 / no id of a record at data/%[4]s",
			strings.Join(n.ids, " "), n.kind.Title().ZH, placeOf(n.kind).ZH, placeOf(n.kind).EN)
	}
	file := path.Join(catalog.DataDir, rel)
	b := &blank{kind: n.kind, ids: n.ids, terms: vocabularies(os.DirFS(n.g.site))}
	text := b.text()
	if from != "" {
		var err error
		if text, err = n.copied(from); err != nil {
			return err
		}
	}
	if _, problems := catalog.Decode(file, []byte(text)); len(problems) > 0 {
		return fmt.Errorf("新记录读不回来，请报告：%s / the new record cannot be read: %s", problems[0].Message.ZH, problems[0].Message.EN)
	}
	full := filepath.Join(n.g.site, filepath.FromSlash(file))
	if err := writeNew(full, text); err != nil {
		return err
	}
	return n.report(w, full, text)
}

// writeNew writes a file that must not exist yet.
func writeNew(file, text string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("已经有 %s，不覆盖 / %[1]s exists and is not overwritten", file)
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// mark is in the comment of every line that somebody has to fill in.
const mark = "填："

// report says what is to be filled in, and what comes next.
func (n *beginner) report(w io.Writer, file, text string) error {
	var blanks []string
	for i, line := range strings.Split(text, "\n") {
		if i > 0 && strings.Contains(line, mark) {
			blanks = append(blanks, strconv.Itoa(i+1))
		}
	}
	steps := []diag.Text{{ZH: "写好了 " + file, EN: "wrote " + file}}
	if len(blanks) > 0 {
		steps = append(steps, diag.Text{
			ZH: fmt.Sprintf("要填 %d 处（标着“%s”），在第 %s 行", len(blanks), mark, strings.Join(blanks, "、")),
			EN: fmt.Sprintf("%d blanks, marked %s, on lines %s", len(blanks), mark, strings.Join(blanks, ", ")),
		})
	} else {
		steps = append(steps, diag.Text{ZH: "用得着的键，去掉行首的 # 填上", EN: "remove the # before the keys you need"})
	}
	if n.kind == record.KindProcedure || n.kind == record.KindImplementation {
		item := n.ids[0]
		if n.kind == record.KindImplementation {
			item = n.ids[1]
		}
		if !n.exists(record.Path(record.KindItem, item)) {
			steps = append(steps, diag.Text{ZH: "还没有这个事项，先：banshi new item " + item, EN: "there is no such item yet: banshi new item " + item})
		}
	}
	if n.kind == record.KindItem && !n.exists(record.Path(record.KindProcedure, n.ids[0], "01")) {
		steps = append(steps, diag.Text{ZH: "再写怎么办：banshi new procedure " + n.ids[0] + " 01", EN: "then how it is handled: banshi new procedure " + n.ids[0] + " 01"})
	}
	steps = append(steps, diag.Text{ZH: "填完检查：banshi check " + file, EN: "then check it: banshi check " + file})
	for _, s := range steps {
		if _, err := fmt.Fprintln(w, s.In(n.lang)); err != nil {
			return err
		}
	}
	return nil
}

// exists reports whether the site has a record at a path relative to data/.
func (n *beginner) exists(rel string) bool {
	_, err := os.Stat(filepath.Join(n.g.site, catalog.DataDir, filepath.FromSlash(rel)))
	return err == nil
}

// source returns the ids of the record that --from names. One part is enough where only that part differs: the number of a
// procedure, the place of an implementation.
func (n *beginner) source(from string) []string {
	ids := strings.Split(from, "/")
	switch {
	case n.kind == record.KindProcedure && len(ids) == 1:
		return []string{n.ids[0], ids[0]}
	case n.kind == record.KindImplementation && len(ids) == 1:
		return []string{ids[0], n.ids[1]}
	}
	return ids
}

// copied returns the text of another record, with what cannot be copied emptied and marked.
func (n *beginner) copied(from string) (string, error) {
	rel := record.Path(n.kind, n.source(from)...)
	if rel == "" {
		return "", fmt.Errorf("--from %s 不是%s的编号 / --from: no id of a record at data/%s", from, n.kind.Title().ZH, placeOf(n.kind).EN)
	}
	data, err := os.ReadFile(filepath.Join(n.g.site, catalog.DataDir, filepath.FromSlash(rel)))
	if err != nil {
		return "", fmt.Errorf("抄不了 data/%s / cannot copy it: %w", rel, err)
	}
	return n.emptied(rel, string(data)), nil
}

// Keys and tables at the top of a record that belong to it alone.
var (
	ownKeys   = []string{"name", "code", "local_code", "former_codes", "number", "title", "uscc", "location", "replaces", "replaced_by"}
	ownTables = []string{"verified", "events", "review", "transfers", "ending", "list_reviews", "location"}
)

// emptied goes through a record expression by expression: a key or header begins at the left margin, and what is indented,
// closes a bracket or is a comment goes on with what stands before it.
func (n *beginner) emptied(rel, text string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s带这个字样的行，填好后把它删掉；抄自 data/%s\n", mark, rel)
	table, dropping := "", false
	for line := range strings.Lines(text) {
		key, header := expression(line)
		switch {
		case header != "":
			table = header
			dropping = slices.Contains(ownTables, strings.SplitN(header, ".", 2)[0])
		case key != "" && table == "":
			dropping = slices.Contains(ownKeys, key) || slices.Contains(ownTables, key)
			if n.own(&b, key, dropping) {
				dropping = true
			}
		}
		if !dropping {
			b.WriteString(line)
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n\n" + unverified
}

// own writes what stands in place of a key at the top that is not copied, and reports whether it is the record's own id.
func (n *beginner) own(b *strings.Builder, key string, emptied bool) bool {
	if n.kind == record.KindDivision && key == "id" {
		fmt.Fprintf(b, "id = %q\n", n.ids[0])
		return true
	}
	k, ok := record.KeyOf(n.kind, key)
	if emptied && ok && (k.Required || key == "code") && k.Type == "text" {
		fmt.Fprintf(b, "%s = \"\" # %s%s\n", key, mark, k.Title.ZH)
	}
	return false
}

// expression returns the key or the header that a line begins, if any.
func expression(line string) (key, header string) {
	if line == "" || strings.ContainsRune(" \t#]}\r\n", rune(line[0])) {
		return "", ""
	}
	if line[0] == '[' {
		header, _, _ = strings.Cut(strings.TrimLeft(line, "["), "]")
		return "", strings.TrimSpace(header)
	}
	key, _, ok := strings.Cut(line, "=")
	if !ok {
		return "", ""
	}
	return strings.TrimSpace(key), ""
}

// unverified ends every new record: nobody has compared it with its sources.
const unverified = "[verified]\nstatus = \"未核实\"\n"
