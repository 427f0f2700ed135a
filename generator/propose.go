package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// proposal is a change of the provincial standard that a place asks for.
type proposal struct {
	division, value, reason string
}

func newPropose(g *global) *cobra.Command {
	p := new(proposal)
	cmd := &cobra.Command{
		Use:   "propose ITEM[#NO] KEY",
		Short: "向省里提：改全省的标准 / propose a change of the provincial standard",
		Long: `名称、类型、依据、编码全省统一，条件、流程、时限等是省级标准，地方记录里不能改。觉得应当改的，用这个命令写一份建议：
写明哪个事项、哪一项、现在怎样写、在哪个文件的哪一行，想改成什么、为什么。打印出来的是 Markdown，可以发邮件、贴进公文；
site.toml 里有仓库地址的，最后一行是填好了的网上建议。

Catalogue keys and the provincial standard may not be changed by a place. This writes a proposal in Markdown: item, key, what it says
now and where, what it should say and why, and the address of a prefilled issue where site.toml names a repository.`,
		Example: `  banshi propose food-business#01 audience --division 139921 --value 自然人 --reason 个体户也来办
  banshi propose dibao name`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return errors.New("提哪个事项的哪一项？用法：banshi propose 事项[#01] 键 / usage: banshi propose ITEM[#NO] KEY")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.run(context.Background(), g, args[0], args[1], cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringVar(&p.division, "division", "", "哪个地方提的，区划编号 / id of the place that proposes")
	f.StringVar(&p.value, "value", "", "想改成什么 / what it should say")
	f.StringVar(&p.reason, "reason", "", "理由和依据 / why")
	return cmd
}

// fence keeps what a record says apart from the text around it.
const fence = "```"

// run writes the proposal.
func (p *proposal) run(ctx context.Context, g *global, item, key string, stdout io.Writer) error {
	l, err := g.read(ctx, readOptions{noHistory: true, whole: true})
	if err != nil {
		return err
	}
	file, name, k, err := standardKey(l.catalog, item, key)
	if err != nil {
		return err
	}
	const blank = "（请填）"
	from := blank
	if p.division != "" {
		d := l.catalog.Division(p.division)
		if d == nil {
			return fmt.Errorf("没有地方 %s / no such place", p.division)
		}
		from = d.Name
	}
	var b strings.Builder
	fmt.Fprintf(&b, "## 向省里提：%s 的“%s”（%s）\n\n", name, k.Title.ZH, key)
	fmt.Fprintf(&b, "- 提的地方：%s\n- 写在：%s\n- 现在怎样写：\n\n", from, file.Position(strings.Split(key, ".")...))
	fmt.Fprintf(&b, "%stoml\n%s\n%[1]s\n\n", fence, strings.ReplaceAll(stated(file, key), fence, "'''"))
	fmt.Fprintf(&b, "- 应当怎样写：%s\n- 理由和依据：%s\n", cmp.Or(p.value, blank), cmp.Or(p.reason, blank))
	if to := l.config.Edit.NewIssue(item+" "+key, b.String()); to != "" {
		fmt.Fprintf(&b, "\n%s\n", to)
	}
	_, err = io.WriteString(stdout, b.String())
	return err
}

// standardKey finds the record of the standard that has a key which places may not change, and what people call its subject.
func standardKey(c *catalog.Catalog, item, key string) (f *catalog.File, name string, k record.Key, err error) {
	id, no, _ := strings.Cut(item, "#")
	i := c.Item(id)
	if i == nil {
		return nil, "", k, fmt.Errorf("没有事项 %s%s / no such item", id, didYouMean(id, catalogIDs(c)))
	}
	if k, ok := record.KeyOf(record.KindItem, key); ok && no == "" {
		return i.File, i.Name, k, nil
	}
	k, ok := record.KeyOf(record.KindProcedure, key)
	if parts := strings.Split(key, "."); !ok && len(parts) > 1 { // a member by its id: materials.id-card.necessity
		k, ok = record.KeyOf(record.KindProcedure, strings.Join(slices.Delete(parts, 1, 2), "."))
	}
	if local, is := record.KeyOf(record.KindImplementation, key); !ok && is && local.Lock == record.LockLocal || ok && k.Lock == record.LockLocal {
		return nil, "", k, fmt.Errorf("%s 各地自己写，不用提 / is set by places themselves", key)
	}
	if !ok {
		return nil, "", k, fmt.Errorf("没有 %s 这个键；有哪些键：banshi explain / no such key", key)
	}
	for _, p := range i.Procedures {
		if p.No == cmp.Or(no, i.Procedures[0].No) {
			return p.File, procedureName(i, p), k, nil
		}
	}
	return nil, "", k, fmt.Errorf("%s 没有业务办理项 %s / no such procedure", id, no)
}

// procedureName is the item with the procedure, once where they are called the same.
func procedureName(i *catalog.Item, p *catalog.Procedure) string {
	if p.Name == i.Name {
		return i.Name
	}
	return i.Name + "（" + p.Name + "）"
}

// maxStated is how many lines of a record a proposal quotes.
const maxStated = 30

// stated is what a record says of the key at the top, as its file writes it; a comment where it says nothing.
func stated(f *catalog.File, key string) string {
	top, _, _ := strings.Cut(key, ".")
	lines := strings.Split(strings.TrimRight(string(f.Doc.Data), "\n"), "\n")
	first := f.Position(top).Line - 1
	if first < 0 || first >= len(lines) || !strings.HasPrefix(strings.TrimLeft(lines[first], "[ \t"), top) {
		return "# 没有写 " + top
	}
	table, depth := strings.HasPrefix(lines[first], "["), 0
	end := first
	for ; end < len(lines) && end-first < maxStated; end++ {
		if table && end > first && lines[end] != "" && strings.HasPrefix(lines[end], "[") && !strings.HasPrefix(strings.TrimLeft(lines[end], "["), top) {
			break // another table begins
		}
		if depth += strings.Count(lines[end], "[") - strings.Count(lines[end], "]"); !table && depth <= 0 {
			end++
			break
		}
	}
	return strings.TrimRight(strings.Join(lines[first:end], "\n"), "\n")
}
