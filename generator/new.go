package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
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

// newKinds are the kinds of records that people begin, with the ids of each. The others are written by the program only: the
// version of the format, the register of releases, the decisions of reconcile.
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
	{record.KindDefaults, diag.Text{ZH: "层级（province、city、county、township）", EN: "LEVEL (province, city, county, township)"}},
	{record.KindVocab, diag.Text{ZH: "词表", EN: "VOCABULARY"}},
	{record.KindProfile, diag.Text{ZH: "要素清单", EN: "PROFILE"}},
	{record.KindBenchmark, diag.Text{ZH: "对标", EN: "BENCHMARK"}},
	{record.KindPowerList, diag.Text{ZH: "权责清单", EN: "POWER-LIST"}},
	{record.KindPlan, diag.Text{ZH: "进度安排", EN: "PLAN"}},
}

func newNew(g *global) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new",
		Short: "新建一份记录，要填的地方都标好 / begin a record with its blanks marked",
		Long: `在该放的位置新建一份记录：必填的键写好空位，标着“填：”；可写可不写的键带说明注释掉，去掉行首的 # 就用上。
--from 从同类的记录抄一份，名称、编码这些不能抄的留空。编号用小写字母、数字和连字符，定了就不再改。
signpost、synonym、target 不另建文件，在已有的文件末尾加一条。

Begin a record at its place: required keys are blanks marked 填：, optional ones are commented out with what they mean.
--from copies a record of the same kind and empties what cannot be copied. signpost, synonym and target add an entry to the end of
the file that has them all.`,
		Example: `  banshi new item tax-clear                              一个事项 / an item
  banshi new item tax-clear --type 公共服务 --department 税务 --assign-code   连同样例编码 / with a sample code
  banshi new procedure tax-clear 01                      它的办法 / how it is handled
  banshi new implementation 139921 dibao --from 139900   照邻县的抄 / as another place has it
  banshi new signpost health-certificate                 指路 / a signpost`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return fmt.Errorf("不能新建 %s%s / no such kind of record", args[0], didYouMean(args[0], beginnable()))
		},
	}
	for _, k := range newKinds {
		cmd.AddCommand(newRecord(g, k.kind, k.ids))
	}
	for _, e := range newEntries {
		cmd.AddCommand(newEntry(g, e))
	}
	return cmd
}

// beginnable is the words after new.
func beginnable() []string {
	var out []string
	for _, k := range newKinds {
		out = append(out, string(k.kind))
	}
	for _, e := range newEntries {
		out = append(out, e.word)
	}
	return out
}

func newRecord(g *global, kind record.Kind, ids diag.Text) *cobra.Command {
	var from string
	var code codeWanted
	want, _, _ := strings.Cut(ids.EN, " (")
	cmd := &cobra.Command{
		Use:   string(kind) + " " + want,
		Short: "新建" + kind.Title().ZH + " / a new " + kind.Title().EN,
		Long:  "新建" + kind.Title().ZH + "，写在 data/" + placeOf(kind).ZH + "\n\nA new " + kind.Title().EN + " at data/" + placeOf(kind).EN,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != len(strings.Fields(want)) {
				return fmt.Errorf("用法：banshi new %s %s / usage: banshi new %[1]s %[3]s", kind, ids.ZH, ids.EN)
			}
			return nil
		},
		ValidArgsFunction: completeNew(g, kind),
		RunE: func(cmd *cobra.Command, args []string) error {
			n := &beginner{g: g, kind: kind, ids: args, lang: g.language(), code: code}
			return n.run(from, cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringVar(&from, "from", "", "从哪份同类记录抄，如 dibao/01、139921 / record of the same kind to copy")
	mustRegister(cmd, "from", completeFrom(g, kind))
	if kind == record.KindItem {
		code.flags(cmd, g)
	}
	return cmd
}

// beginner makes one new record.
type beginner struct {
	g    *global
	kind record.Kind
	ids  []string
	lang string
	code codeWanted
}

func (n *beginner) run(from string, w io.Writer) error {
	rel := record.Path(n.kind, n.ids...)
	if rel == "" {
		return fmt.Errorf("%s 不能作%s的编号：位置是 data/%s，编号用小写字母、数字和连字符 / no id of a record at data/%[4]s",
			strings.Join(n.ids, " "), n.kind.Title().ZH, placeOf(n.kind).ZH, placeOf(n.kind).EN)
	}
	file := path.Join(catalog.DataDir, rel)
	values, err := n.code.values(os.DirFS(n.g.site), from)
	if err != nil {
		return err
	}
	b := &blank{kind: n.kind, ids: n.ids, terms: vocabularies(os.DirFS(n.g.site)), values: values}
	text := b.text()
	if from != "" {
		if text, err = n.copied(from, values); err != nil {
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
	return n.reportFrom(w, file, text, 1)
}

// reportFrom is report for blanks from a line on, counted from 0.
func (n *beginner) reportFrom(w io.Writer, file, text string, from int) error {
	var blanks []string
	for i, line := range strings.Split(text, "\n") {
		if i >= from && strings.Contains(line, mark) {
			blanks = append(blanks, strconv.Itoa(i+1))
		}
	}
	steps := []diag.Text{{ZH: "写好了 " + file, EN: "wrote " + file}}
	if n.code.assign {
		steps = append(steps, diag.Text{
			ZH: "编码是样例（code_status = \"sample\"）；正式编码由省级目录统一给，公布后换上，不能自己编",
			EN: "the code is a sample (code_status = \"sample\"): replace it when the provincial catalogue publishes the official one",
		})
	}
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
func (n *beginner) copied(from string, values map[string]string) (string, error) {
	rel := record.Path(n.kind, n.source(from)...)
	if rel == "" {
		return "", fmt.Errorf("--from %s 不是%s的编号 / --from: no id of a record at data/%s", from, n.kind.Title().ZH, placeOf(n.kind).EN)
	}
	data, err := os.ReadFile(filepath.Join(n.g.site, catalog.DataDir, filepath.FromSlash(rel)))
	if err != nil {
		return "", fmt.Errorf("抄不了 data/%s / cannot copy it: %w", rel, err)
	}
	return n.emptied(rel, string(data), values), nil
}

// Keys and tables at the top of a record that belong to it alone.
var (
	ownKeys   = []string{"name", "code", "code_status", "local_code", "former_codes", "number", "title", "uscc", "location", "replaces", "replaced_by"}
	ownTables = []string{"verified", "events", "review", "transfers", "ending", "list_reviews", "location"}
)

// emptied goes through a record expression by expression: a key or header begins at the left margin, and what is indented,
// closes a bracket or is a comment goes on with what stands before it. The values are written for keys at the top.
func (n *beginner) emptied(rel, text string, values map[string]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s带这个字样的行，填好后把它删掉；抄自 data/%s\n", mark, rel)
	if n.kind == record.KindDivision {
		values = map[string]string{"id": strconv.Quote(n.ids[0])}
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(&b, "%s = %s\n", key, values[key])
	}
	table, dropping := "", false
	for line := range strings.Lines(text) {
		key, header := expression(line)
		switch {
		case header != "":
			table = header
			dropping = slices.Contains(ownTables, strings.SplitN(header, ".", 2)[0])
		case key != "" && table == "" && values[key] != "":
			dropping = true
		case key != "" && table == "":
			dropping = slices.Contains(ownKeys, key) || slices.Contains(ownTables, key)
			k, ok := record.KeyOf(n.kind, key)
			if dropping && ok && (k.Required || key == "code") && k.Type == "text" {
				fmt.Fprintf(&b, "%s = \"\" # %s%s\n", key, mark, k.Title.ZH)
			}
		}
		if !dropping {
			b.WriteString(line)
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n" + closing(n.kind)
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

// closing ends a new record of a kind that says whether somebody has compared it with its sources: nobody has.
func closing(kind record.Kind) string {
	if _, ok := record.KeyOf(kind, "verified"); !ok {
		return ""
	}
	return "\n[verified]\nstatus = \"未核实\"\n"
}
