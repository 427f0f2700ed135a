package search

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"
)

// division is the second level: one place with what it handles.
type division struct {
	Place
	up    string         // id of the place that handles what this one does not
	own   map[int]string // row of the item → flags
	lower map[int]string
}

// division returns a place's file, or nil where there is none.
func (x *Index) division(id string) *division {
	if d, ok := x.divisions[id]; ok {
		return d
	}
	if id == "" || strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyz-") != "" {
		return nil // no id: the name of a place, or a path
	}
	s, err := x.part("division/" + id)
	if errors.Is(err, fs.ErrNotExist) {
		x.divisions[id] = nil
		return nil
	}
	if err != nil {
		x.err = err
		return nil
	}
	lines := strings.Split(s, "\n")
	names := strings.Split(lines[0], "\t")
	d := &division{Place: Place{ID: id, Name: names[0], Parent: field(names, 2)}, up: field(names, 1)}
	d.own, d.lower = offerRows(field(lines, 1)), offerRows(field(lines, 2))
	x.divisions[id] = d
	return d
}

// offerRows reads a line of items: the distance to the row before in lower-case digits, flags in capitals or a dot.
func offerRows(s string) map[int]string {
	rows := map[int]string{}
	at := 0
	for s != "" {
		n := strings.IndexFunc(s, isFlag)
		if n < 0 {
			break
		}
		step, err := strconv.ParseInt(s[:n], base, 0)
		if err != nil {
			break
		}
		s = s[n:]
		m := strings.IndexFunc(s, func(r rune) bool { return !isFlag(r) })
		if m < 0 {
			m = len(s)
		}
		at += int(step)
		rows[at] = s[:m]
		s = s[m:]
	}
	return rows
}

func isFlag(r rune) bool { return r == '.' || 'A' <= r && r <= 'Z' }

// offered returns the items that a place or only those below it handle.
func (x *Index) offered(id string) map[int]string {
	d := x.division(id)
	if d == nil {
		return nil
	}
	rows := map[int]string{}
	for r, f := range d.lower {
		rows[r] = f
	}
	for r, f := range d.own {
		rows[r] = f
	}
	return rows
}

// settle says where a hit is handled for the place asked: there; below it, which the item's page lists; or by the nearest
// place that it answers to.
func (x *Index) settle(h *Hit, id string) {
	item, no, _ := strings.Cut(h.ID, "#")
	row, ok := x.byID[items+"/"+item]
	if !ok || h.Kind != "item" && h.Kind != "procedure" {
		return
	}
	d := x.division(id)
	if d == nil || d.own[row] == "" && d.lower[row] != "" {
		return
	}
	for n := 0; d != nil && n < 8; d, n = x.division(d.up), n+1 {
		flags := d.own[row]
		if flags == "" {
			continue
		}
		h.Place = d.ID
		h.URL = x.guideURL(d.ID, item, no, row, flags)
		for i, p := range x.rows[row].procedures {
			if i < len(h.Chips) {
				_, number, _ := strings.Cut(x.rows[p].id, "#")
				h.Chips[i].URL = x.guideURL(d.ID, item, number, row, flags)
			}
		}
		return
	}
}

// guideURL is the page of an item or procedure in a place; the overview where the place does not handle every procedure.
func (x *Index) guideURL(id, item, no string, row int, flags string) string {
	url := places + "/" + id + "/" + item
	if no != "" && len(x.rows[row].procedures) > 1 && !strings.Contains(flags, "P") {
		url += "." + no
	}
	return url + ".html"
}
