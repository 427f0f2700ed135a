package form

import (
	"slices"
	"strconv"

	"banshi/generator/internal/tomlfile"
)

// edits are the changes that answers make to the key of a group. Answers that cannot be read are mistakes of p.
func (g *Group) edits(answers map[string]string, p *Proposal) []tomlfile.Change {
	switch {
	case g.Rows != nil:
		return g.listEdits(answers, p)
	case g.key.Type == "table":
		return tableEdits(g.path, g.Fields, valueAt(g.record.at, g.path).IsValid(), answers, p)
	}
	f := &g.Fields[0]
	if answer, ok := f.changed(answers); ok {
		return []tomlfile.Change{{Path: g.path, Value: p.read(f, answer)}}
	}
	return nil
}

// listEdits are the changes of a list: of members of its rows, rows that were emptied, and the row that was added.
func (g *Group) listEdits(answers map[string]string, p *Proposal) []tomlfile.Change {
	var out, gone []tomlfile.Change
	for i := range g.have {
		at := append(slices.Clone(g.path), strconv.Itoa(i))
		row := tableEdits(at, g.Rows[i], true, answers, p)
		if len(row) == 1 && row[0].Value == nil && len(row[0].Path) == len(at) {
			gone = append(gone, row[0])
			continue
		}
		out = append(out, row...)
	}
	if len(gone) > 0 && len(gone) == g.have {
		gone = []tomlfile.Change{{Path: g.path}} // the whole list
	}
	slices.Reverse(gone) // from the end, so that the others keep their place
	added := tableOf(g.Rows[g.have], answers, p)
	if added == nil {
		return append(out, gone...)
	}
	if g.have == 0 {
		return append(out, tomlfile.Change{Path: g.path, Value: []any{added}})
	}
	if len(gone) == 1 && len(gone[0].Path) == len(g.path) { // all old rows go, and the new one stays
		return []tomlfile.Change{{Path: g.path, Value: []any{added}}}
	}
	out = append(out, tomlfile.Change{Path: append(slices.Clone(g.path), strconv.Itoa(g.have)), Value: added})
	return append(out, gone...)
}

// tableEdits are the changes of a table: of its members where it is there and keeps one, else the whole.
func tableEdits(at []string, fields []Field, there bool, answers map[string]string, p *Proposal) []tomlfile.Change {
	if !there {
		if t := tableOf(fields, answers, p); t != nil {
			return []tomlfile.Change{{Path: at, Value: t}}
		}
		return nil
	}
	var out []tomlfile.Change
	kept := 0
	for i := range fields {
		f := &fields[i]
		answer, changed := f.changed(answers)
		if !changed {
			answer = f.Value
		}
		if answer != "" {
			kept++
		}
		if changed {
			out = append(out, tomlfile.Change{Path: append(slices.Clone(at), f.member), Value: p.read(f, answer)})
		}
	}
	if len(out) > 0 && kept == 0 {
		return []tomlfile.Change{{Path: at}}
	}
	return out
}

// tableOf is the answers about a table that is not there yet; nil where nothing was answered.
func tableOf(fields []Field, answers map[string]string, p *Proposal) tomlfile.Table {
	var out tomlfile.Table
	for i := range fields {
		f := &fields[i]
		if v := p.read(f, clean(answers[f.Name])); v != nil {
			out = append(out, tomlfile.Member{Key: f.member, Value: v})
		}
	}
	return out
}

// changed returns the answer to a question, and whether it is another than the record's.
func (f *Field) changed(answers map[string]string) (string, bool) {
	answer, ok := answers[f.Name]
	if !ok {
		return "", false
	}
	answer = clean(answer)
	return answer, answer != f.Value
}

// read returns an answer as a value. One that cannot be read is a mistake, and nil.
func (p *Proposal) read(f *Field, answer string) any {
	v, err := f.parsed(answer)
	if err != nil {
		p.Mistakes = append(p.Mistakes, Mistake{f.Name, err.Error()})
		return nil
	}
	return v
}
