package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/record"
	"banshi/generator/internal/rules"
)

// codeWanted is what the command line says of the code of a new item. Only sample codes are assigned: an official code is given
// by the provincial or the national catalogue and is typed in from there, never made up.
type codeWanted struct {
	assign                   bool
	kind, department, parent string
}

// flags adds the flags of a new item.
func (w *codeWanted) flags(cmd *cobra.Command, g *global) {
	f := cmd.Flags()
	f.BoolVar(&w.assign, "assign-code", false, "编一个没用过的样例编码（顺序码 9 开头） / assign the next free sample code (9xx)")
	f.StringVar(&w.kind, "type", "", "事项类型，如 行政许可 / type of the item")
	f.StringVar(&w.department, "department", "", "业务指导部门，如 市场监管 / guiding department")
	f.StringVar(&w.parent, "parent", "", "主项的编号，新事项是它的子项 / main item of which the new one is a sub-item")
	mustRegister(cmd, "type", completeTerms(g, "item-types"))
	mustRegister(cmd, "department", completeTerms(g, "departments"))
	mustRegister(cmd, "parent", completeRecords(g, record.KindItem))
}

// values returns what is known of the keys of a new item, as TOML: what the flags say, and the code if one is wanted. From is
// the item that is copied, or "".
func (w *codeWanted) values(site fs.FS, from string) (map[string]string, error) {
	if *w == (codeWanted{}) {
		return nil, nil
	}
	items, err := itemsOf(site)
	if err != nil {
		return nil, err
	}
	parent := items[w.parent]
	if w.parent != "" && parent == nil {
		return nil, fmt.Errorf("没有事项 %s%s / --parent: no such item", w.parent, didYouMean(w.parent, slices.Sorted(itemIDs(items))))
	}
	stated := *w
	if copied := items[from]; copied != nil {
		stated.kind, stated.department = orElse(w.kind, copied.Type), orElse(w.department, copied.Department)
	}
	if parent != nil {
		stated.kind, stated.department = orElse(stated.kind, parent.Type), orElse(stated.department, parent.Department)
	}
	out := map[string]string{}
	for key, value := range map[string]string{"type": stated.kind, "department": stated.department, "parent": w.parent} {
		if value != "" {
			out[key] = strconv.Quote(value)
		}
	}
	if !w.assign {
		return out, nil
	}
	code, err := stated.next(site, items, parent)
	if err != nil {
		return nil, err
	}
	out["code"], out["code_status"] = strconv.Quote(code.String()), `"sample"`
	return out, nil
}

func orElse(first, second string) string {
	if first != "" {
		return first
	}
	return second
}

func itemIDs(items map[string]*record.Item) func(func(string) bool) {
	return func(yield func(string) bool) {
		for id := range items {
			if !yield(id) {
				return
			}
		}
	}
}

// itemsOf reads the catalogue records of a site, by id, also those that were cancelled: their codes are not used again.
func itemsOf(site fs.FS) (map[string]*record.Item, error) {
	files, err := fs.Glob(site, path.Join(catalog.DataDir, "items/*/item.toml"))
	if err != nil {
		return nil, err
	}
	out := make(map[string]*record.Item, len(files))
	for _, p := range files {
		data, err := fs.ReadFile(site, p)
		if err != nil {
			return nil, err
		}
		if f, _ := catalog.Decode(p, data); f != nil {
			out[f.ID()] = f.Record.(*record.Item)
		}
	}
	return out, nil
}

// next returns the next free sample code.
func (w *codeWanted) next(site fs.FS, items map[string]*record.Item, parent *record.Item) (record.Code, error) {
	code, err := w.parts(site)
	if err != nil {
		return code, err
	}
	taken := map[string]bool{} // of codes without their type: sub-items of one main item may be of several types
	for _, i := range items {
		for _, s := range append(slices.Clone(i.FormerCodes), i.Code) {
			if c, err := record.ParseCode(s); err == nil {
				taken[c.Division+c.Department+c.Sequence] = true
				taken[c.Division+c.Department+c.Sequence+c.Sub] = true
			}
		}
	}
	if parent != nil {
		return subOf(parent, code.Type, taken)
	}
	code.Sub = record.SubNone
	for _, s := range sampleSequences() {
		if !taken[code.Division+code.Department+s] {
			code.Sequence = s
			return code, nil
		}
	}
	return code, fmt.Errorf("%s的样例编码用完了 / no sample code of %[1]s is left", w.department)
}

// parts returns the code's division, type and department.
func (w *codeWanted) parts(site fs.FS) (record.Code, error) {
	if w.kind == "" || w.department == "" {
		return record.Code{}, errors.New("编码里有事项类型和部门：--assign-code 要和 --type、--department 一起写，或者用 --from 抄一个事项 / " +
			"a code has type and department in it: give --type and --department with --assign-code, or copy an item with --from")
	}
	if rules.Refused(w.kind) {
		return record.Code{}, fmt.Errorf("%s不是依申请办理的事，不编入本库 / items of the type %[1]s do not belong here", w.kind)
	}
	cfg, _, err := config.Load(site)
	if err != nil {
		return record.Code{}, err
	}
	if len(cfg.Division) < 2 || !isCode(cfg.Division) {
		return record.Code{}, fmt.Errorf("site.toml 里没有省的代码 division / site.toml lacks the code of the province")
	}
	code := record.Code{Division: cfg.Division[:2]}
	if code.Type, err = codeOfTerm(site, "item-types", w.kind); err == nil {
		code.Department, err = codeOfTerm(site, "departments", w.department)
	}
	return code, err
}

// codeOfTerm returns the code of a term of a vocabulary.
func codeOfTerm(site fs.FS, vocabulary, term string) (string, error) {
	var words []string
	for _, t := range vocabularies(site)(vocabulary) {
		if t.Term == term && t.Code != "" {
			return t.Code, nil
		}
		words = append(words, t.Term)
	}
	if slices.Contains(words, term) {
		return "", fmt.Errorf("词表 %s 里的“%s”没有代码，编不了码 / the term has no code in data/vocab/%[1]s.toml", vocabulary, term)
	}
	return "", fmt.Errorf("词表 %s 里没有“%s”%s；可以写 %s / no such term in data/vocab/%[1]s.toml", vocabulary, term, didYouMean(term, words), strings.Join(words, "、"))
}

// subOf returns the next free code of a sub-item: the main item's division, department and sequence, the sub-item's type.
func subOf(parent *record.Item, kind string, taken map[string]bool) (record.Code, error) {
	main, err := record.ParseCode(parent.Code)
	switch {
	case err != nil:
		return main, err
	case !main.IsMain():
		return main, fmt.Errorf("主项“%s”的编码 %s 末三位不是 00Y：有子项的主项才是 00Y / the code of a main item ends in 00Y", parent.Name, main)
	case parent.CodeStatus != "sample":
		return main, fmt.Errorf("主项“%s”用的是正式编码 %s，子项的编码也由目录统一给，不能自己编 / the main item has an official code: those of its sub-items are published with it", parent.Name, main)
	}
	code := main
	code.Type = kind
	for n := 1; n <= 999; n++ {
		code.Sub = fmt.Sprintf("%03d", n)
		if !taken[code.Division+code.Department+code.Sequence+code.Sub] {
			return code, nil
		}
	}
	return main, fmt.Errorf("主项 %s 的子项用完了 / no sub-item is left", main)
}

// sampleSequences returns the sequences of sample codes in the order in which they are assigned: 901 to 999, then 9A0 to 9YY
// without the letters that codes do not have.
func sampleSequences() []string {
	const digits, letters = "0123456789", "ABCDEFGHJKLMNPQRTUWXY"
	var out []string
	for _, tens := range digits + letters {
		for _, ones := range digits + letters {
			if s := "9" + string(tens) + string(ones); s != "900" && (tens >= 'A' || ones < 'A') {
				out = append(out, s)
			}
		}
	}
	return out
}
