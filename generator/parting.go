package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/publish"
)

// parting says which part of a site each of its files is in, so that several machines can each build some. There is a part for every place
// directly below the one whose portal it is (of a province, its cities): what is of that place and those below it. What is of none of them is the part of
// the portal's own place: its guides, items, laws, lists, search, open data, feeds, assets.
type parting struct {
	names []string          // of the parts: ids, the portal's own first
	owner map[string]string // id of a place → its part
}

func newParting(c *catalog.Catalog, root string) parting {
	p := parting{names: []string{root}, owner: map[string]string{}}
	for _, d := range c.Divisions {
		top := d
		for top.ID != root && top.Parent != nil && top.Parent.ID != root {
			top = top.Parent
		}
		p.owner[d.ID] = top.ID
		if top == d && d.ID != root {
			p.names = append(p.names, d.ID)
		}
	}
	return p
}

// part returns the part of a place, which must be one that has one.
func (p parting) part(c *catalog.Catalog, id string) (publish.Part, error) {
	switch top := p.owner[id]; top {
	case id:
		return publish.Part{Name: id, All: p.names}, nil
	case "":
		return publish.Part{}, fmt.Errorf("没有 %s 这个地方；能分开编的：%s / no such place; parts are", id, strings.Join(p.names, "、"))
	default:
		return publish.Part{}, fmt.Errorf("%s 在 %s（%s）里，和它一起编：--division %[2]s / is built with the place it is in", id, top, c.Division(top).Name)
	}
}

// part returns the part that is asked for, and nothing where the whole is.
func (b *buildFlags) part(l *library, p parting) (publish.Part, error) {
	if b.division == "" {
		return publish.Part{}, nil
	}
	return p.part(l.catalog, b.division)
}

// listParts prints the places that can be built apart.
func (b *buildFlags) listParts(ctx context.Context, g *global, o readOptions, stdout io.Writer) error {
	l, err := g.read(ctx, o)
	if err != nil {
		return err
	}
	for _, name := range newParting(l.catalog, l.config.Division).names {
		fmt.Fprintln(stdout, name)
	}
	return nil
}

// of returns the part of a file: that of the first place whose id is a name in its path, without extension.
func (p parting) of(path string) string {
	for rest := path; rest != ""; {
		var name string
		name, rest, _ = strings.Cut(rest, "/")
		name, _, _ = strings.Cut(name, ".")
		if owner := p.owner[name]; owner != "" {
			return owner
		}
	}
	return p.names[0]
}

// only returns the files of a part.
func (p parting) only(files []output.File, part string) []output.File {
	var out []output.File
	for _, f := range files {
		if p.of(f.Path) == part {
			out = append(out, f)
		}
	}
	return out
}
