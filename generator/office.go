package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/office"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

func newExportXLSX(g *global) *cobra.Command {
	e := new(sheetFlags)
	cmd := &cobra.Command{
		Use:   "xlsx [--template] [--kind KIND,…] [--items ITEM,…] [--division ID] [--out FILE]",
		Short: "导出能填的办公表格 / office tables that can be filled in and imported",
		Long: `把记录写成办公表格（WPS、Excel、LibreOffice 都能打开）：一种记录一张表，材料、环节这些清单各一张表，
有下拉列表和填写说明。--template 只要空表；--kind 选种类，all 是全部；--items 只要几个事项。
--division 是给一个地方的经办人的表：一行一份指南，白格能改，灰格是全省标准。
填好以后用 banshi import xlsx 导入。

Write records as a workbook that people fill in: a sheet a kind and a sheet a list, with drop-down lists and notes. With --template
it is empty. With --division it is one sheet, a row a guide of that place: white cells can be set there, grey ones are given.
Take it back with banshi import xlsx.`,
		Example: `  banshi export xlsx --template                     空白模板 / an empty template
  banshi export xlsx --items dibao,id-card          两个事项 / two items
  banshi export xlsx --kind law,material            依据和材料 / laws and materials
  banshi export xlsx --division 139921              示例县经办人的表 / the clerk's sheet of a county`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			return e.run(ctx, g, cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.BoolVar(&e.template, "template", false, "空白模板 / an empty template")
	f.StringSliceVar(&e.kinds, "kind", nil, "哪几种记录，逗号隔开，all 是全部 / kinds of records, or all")
	f.StringSliceVar(&e.items, "items", nil, "只要这些事项 / only these items")
	f.StringVar(&e.division, "division", "", "这个地方的经办人的表，写区划编号 / the clerk's sheet of a place")
	f.StringVar(&e.out, "out", "", "写到哪个文件，不覆盖已有的 / file to write, which must not exist")
	mustRegister(cmd, "division", completeRecords(g, record.KindDivision))
	mustRegister(cmd, "items", completeRecords(g, record.KindItem))
	mustRegister(cmd, "kind", completeWords(append([]string{"all"}, sheetKindWords()...)...))
	return cmd
}

type sheetFlags struct {
	template      bool
	kinds, items  []string
	division, out string
}

func (e *sheetFlags) run(ctx context.Context, g *global, stdout io.Writer) error {
	if e.division != "" && (e.template || len(e.kinds) > 0 || len(e.items) > 0) {
		return errors.New("--division 是一个地方的表，不和 --template、--kind、--items 一起用 / --division stands alone")
	}
	kinds, err := sheetKinds(e.kinds)
	if err != nil {
		return err
	}
	l, err := g.read(ctx, readOptions{noHistory: true, whole: true})
	if err != nil {
		return err
	}
	for _, id := range e.items {
		if l.catalog.Item(id) == nil {
			return fmt.Errorf("没有事项 %s%s / no such item", id, didYouMean(id, catalogIDs(l.catalog)))
		}
	}
	records := office.NewRecords(l.catalog)
	var book table.Workbook
	name := "政务服务事项表.xlsx"
	if e.division != "" {
		d := l.catalog.Division(e.division)
		if d == nil {
			return fmt.Errorf("没有地方 %s / no such place", e.division)
		}
		book, name = records.Clerk(d), d.Name+"办事指南.xlsx"
	} else {
		book = records.Export(office.ExportOptions{Kinds: kinds, Items: e.items, Template: e.template})
		if e.template {
			name = "政务服务事项表（空表）.xlsx"
		}
	}
	if e.out != "" {
		name = e.out
	}
	if _, err := os.Stat(name); err == nil {
		return fmt.Errorf("已经有 %s，不覆盖；另写一个名字：--out / %[1]s exists; name another with --out", name)
	}
	if err := writeTo(name, func(w io.Writer) error { return table.WriteWorkbook(w, book) }); err != nil {
		return err
	}
	rows := 0
	for _, s := range book.Sheets {
		if s.Name != "说明" && s.Name != "选项" {
			rows += max(0, len(s.Rows)-s.Header)
		}
	}
	_, err = fmt.Fprintf(stdout, "%s：%d 张表，%d 行 / %[2]d sheets, %[3]d rows\n", name, len(book.Sheets)-2, rows)
	return err
}

// sheetKinds are the kinds of records that the words of --kind name.
func sheetKinds(words []string) (kinds []record.Kind, err error) {
	known := sheetKindWords()
	for _, w := range words {
		switch {
		case w == "all":
			return office.Kinds, nil
		case slices.Contains(known, w):
			kinds = append(kinds, record.Kind(w))
		default:
			return nil, fmt.Errorf("没有 %s 这种记录%s；可以是 all 或 %s / unknown kind of record", w, didYouMean(w, known), strings.Join(known, ", "))
		}
	}
	return kinds, nil
}

func sheetKindWords() (words []string) {
	for _, k := range office.Kinds {
		words = append(words, string(k))
	}
	return words
}

func catalogIDs(c *catalog.Catalog) (ids []string) {
	for _, i := range c.Items {
		ids = append(ids, i.ID)
	}
	return ids
}

// recordWriter writes records of a site: all of them or none, and nothing outside of data/.
type recordWriter struct {
	root *os.Root
	temp map[string]string // path → the file that has its new text
	done []string
	old  map[string][]byte // what stood there, nil for nothing
}

// writeRecords puts texts in the place of records, whole files by renaming. Old are the texts that they were made of: a record that
// somebody has changed in the meantime stops everything. Where a file cannot be put in place, those before it are put back.
func writeRecords(site string, texts, old map[string][]byte) (err error) {
	root, err := os.OpenRoot(filepath.Join(site, catalog.DataDir))
	if err != nil {
		return err
	}
	defer root.Close()
	w := &recordWriter{root: root, temp: map[string]string{}, old: map[string][]byte{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.back())
		}
		for _, name := range w.temp {
			root.Remove(name) // gone already where it was renamed
		}
	}()
	paths := slices.Sorted(maps.Keys(texts))
	for _, p := range paths {
		if err := w.prepare(p, texts[p], old[p]); err != nil {
			return err
		}
	}
	for _, p := range paths {
		if err := root.Rename(w.temp[p], inData(p)); err != nil {
			return err
		}
		w.done = append(w.done, p)
	}
	return nil
}

// inData is the path of a record below data/.
func inData(p string) string { return filepath.FromSlash(strings.TrimPrefix(p, catalog.DataDir+"/")) }

// prepare writes the new text of a record beside it.
func (w *recordWriter) prepare(p string, text, old []byte) error {
	name := inData(p)
	mode := fs.FileMode(0o644)
	info, err := w.root.Lstat(name)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("%s 不是普通文件，不写 / is no regular file", p)
	case err == nil:
		mode = info.Mode().Perm()
		now, err := w.root.ReadFile(name)
		if err != nil {
			return err
		}
		if string(now) != string(old) {
			return fmt.Errorf("%s 刚刚被别人改过，请重新导入 / was changed in the meantime, import again", p)
		}
		w.old[p] = now
	case !errors.Is(err, fs.ErrNotExist):
		return err
	default:
		if err := w.root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
	}
	temp := filepath.Join(filepath.Dir(name), "."+path.Base(p)+".import")
	f, err := w.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	w.temp[p] = temp
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// back puts the records back that were written before something failed.
func (w *recordWriter) back() error {
	var errs []error
	for _, p := range w.done {
		name := inData(p)
		if old, ok := w.old[p]; ok {
			errs = append(errs, w.root.WriteFile(name, old, 0o644))
		} else {
			errs = append(errs, w.root.Remove(name))
		}
	}
	return errors.Join(errs...)
}
