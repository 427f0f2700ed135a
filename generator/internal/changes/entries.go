package changes

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// comparison is two resolved states of what some changed records reach.
type comparison struct {
	old, now *catalog.Catalog
}

// compare returns the entry for one changed record, or nil where people see no difference.
func (x *comparison) compare(was, now *catalog.File) *Entry {
	f := now
	if f == nil {
		f = was
	}
	switch f.Kind {
	case record.KindItem:
		return x.item(was, now)
	case record.KindProcedure:
		return x.procedure(was, now)
	case record.KindImplementation:
		return x.local(f)
	case record.KindDivision:
		return x.plain(was, now, func(r any) string { return r.(*record.Division).Name })
	case record.KindLaw:
		return x.plain(was, now, func(r any) string { return "《" + r.(*record.Law).Name + "》" })
	case record.KindMaterial:
		return x.plain(was, now, func(r any) string { return "材料“" + r.(*record.Material).Name + "”" })
	case record.KindCertificate:
		return x.plain(was, now, func(r any) string { return "证照“" + r.(*record.Certificate).Name + "”" })
	case record.KindBundle:
		return x.plain(was, now, func(r any) string { return "一件事“" + r.(*record.Bundle).Name + "”" })
	case record.KindIntermediary:
		return x.plain(was, now, func(r any) string { return "中介服务“" + r.(*record.Intermediary).Name + "”" })
	}
	return nil
}

func (x *comparison) item(was, now *catalog.File) *Entry {
	f, e := present(was, now)
	r := f.Record.(*record.Item)
	e.Subject = Subject{Kind: record.KindItem, Item: f.IDs[0]}
	e.Department, e.Document = r.Department, lastDocument(r)
	if was != nil && now != nil {
		old := was.Record.(*record.Item)
		e.Fields = compare(flattenRecord(f.Kind, old, x.old), flattenRecord(f.Kind, r, x.now))
		e.Kind = statusKind(old.Status, r.Status)
	}
	return e.finish(r.Name, f)
}

// statusKind names a change of status by its event; anything else is 变更.
func statusKind(old, now string) string {
	if old == now {
		return "变更"
	}
	switch now {
	case record.StatusCancelled:
		return "取消"
	case record.StatusMerged:
		return "合并"
	case record.StatusSuspended:
		return "暂停"
	case record.StatusInForce:
		if old == record.StatusSuspended {
			return "恢复"
		}
		return "生效"
	}
	return "变更"
}

func lastDocument(r *record.Item) string {
	if r.Ending != nil && r.Ending.Document != "" {
		return r.Ending.Document
	}
	if n := len(r.Documents); n > 0 {
		return r.Documents[n-1]
	}
	return ""
}

func (x *comparison) procedure(was, now *catalog.File) *Entry {
	f, e := present(was, now)
	r := f.Record.(*record.Procedure)
	e.Subject = Subject{Kind: record.KindProcedure, Item: f.IDs[0], Procedure: f.IDs[1]}
	name := f.IDs[0]
	if item := x.now.Item(f.IDs[0]); item != nil {
		name, e.Department = item.Name, item.Department
	}
	if was != nil && now != nil {
		old := was.Record.(*record.Procedure)
		e.Fields = compare(flattenRecord(f.Kind, old, x.old), flattenRecord(f.Kind, r, x.now))
		e.Kind = statusKind(old.Status, r.Status)
	} else if x.old.Item(f.IDs[0]) == nil || x.now.Item(f.IDs[0]) == nil {
		return nil // told with the item
	}
	return e.finish(name+" "+r.Name, f)
}

// local compares the resolved guides of a place: what the record changes for people there, and not what the standard changed.
func (x *comparison) local(f *catalog.File) *Entry {
	e := &Entry{Kind: "变更", Subject: Subject{Kind: record.KindImplementation, Item: f.IDs[1], Division: f.IDs[0]}}
	item, place := x.now.Item(f.IDs[1]), x.now.Division(f.IDs[0])
	if item == nil || place == nil {
		return nil
	}
	e.Department = item.Department
	single := len(item.Procedures) == 1
	for _, p := range item.Procedures {
		e.Subject.Procedure = p.No
		fields := x.localFields(f, p)
		if !single {
			for i := range fields {
				fields[i].Words = p.Name + "：" + fields[i].Words
				fields[i].Key = p.No + "." + fields[i].Key
			}
		}
		e.Fields = append(e.Fields, fields...)
	}
	if !single {
		e.Subject.Procedure = ""
	}
	if len(e.Fields) == 0 {
		return nil
	}
	return e.finish(item.Name+"（"+place.Name+"）", f)
}

// localFields returns how one procedure differs for people in the place; differences that the standard itself made are told
// at the item and taken out.
func (x *comparison) localFields(f *catalog.File, p *catalog.Procedure) []Field {
	now := guideOf(x.now, f.IDs[0], p.Item.ID, p.No)
	old := guideOf(x.old, f.IDs[0], p.Item.ID, p.No)
	if now == nil {
		return nil
	}
	after := flattenGuide(&now.Sections, now.Local, x.now)
	if old == nil {
		return nil
	}
	fields := compare(flattenGuide(&old.Sections, old.Local, x.old), after)
	standard := compare(flattenGuide(&old.Procedure.Sections, nil, x.old), flattenGuide(&now.Procedure.Sections, nil, x.now))
	theirs := map[string]bool{}
	for _, s := range standard {
		theirs[s.Key+"\x00"+s.Old+"\x00"+s.New] = true
	}
	var out []Field
	for _, field := range fields {
		if !theirs[field.Key+"\x00"+field.Old+"\x00"+field.New] {
			out = append(out, field)
		}
	}
	return out
}

func guideOf(c *catalog.Catalog, division, item, procedure string) *catalog.Guide {
	d := c.Division(division)
	if d == nil {
		return nil
	}
	for _, g := range d.Guides {
		if g.Item.ID == item && g.Procedure.No == procedure {
			return g
		}
	}
	return nil
}

// plain compares a record of a library or a place as written. That a law, a paper or a certificate is entered is no news: it
// comes with the item that needs it.
func (x *comparison) plain(was, now *catalog.File, name func(any) string) *Entry {
	f, e := present(was, now)
	if was == nil && f.Kind != record.KindDivision && f.Kind != record.KindBundle {
		return nil
	}
	e.Subject = Subject{Kind: f.Kind, ID: f.ID()}
	if f.Kind == record.KindDivision {
		e.Subject.Division = f.ID()
	}
	if was != nil && now != nil {
		e.Fields = compare(flattenRecord(f.Kind, was.Record, x.old), flattenRecord(f.Kind, now.Record, x.now))
	}
	return e.finish(name(f.Record), f)
}

// present returns the file to speak about and an entry that says whether it is new, gone or changed.
func present(was, now *catalog.File) (*catalog.File, *Entry) {
	switch {
	case was == nil:
		return now, &Entry{Kind: "设立"}
	case now == nil:
		return was, &Entry{Kind: "取消"}
	}
	return now, &Entry{Kind: "变更"}
}

// finish gives the entry its title and id; it returns nil for a change nobody sees.
func (e *Entry) finish(name string, f *catalog.File) *Entry {
	if len(e.Fields) == 0 && e.Kind == "变更" {
		return nil
	}
	switch {
	case e.Kind == "设立":
		e.Title = "收录" + name
	case e.Kind == "取消" && len(e.Fields) == 0:
		e.Title = "删去" + name
	default:
		phrases := make([]string, 0, 3)
		for _, field := range e.Fields {
			if len(phrases) == 3 {
				phrases = append(phrases, fmt.Sprintf("另有 %d 处", len(e.Fields)-3))
				break
			}
			phrases = append(phrases, field.Words)
		}
		e.Title = name + "：" + strings.Join(phrases, "；")
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s\x00%s\x00%s\x00", e.Subject.Kind, e.Subject.Item, e.Subject.Procedure, e.Subject.Division, e.Subject.ID, e.Kind)
	for _, field := range e.Fields {
		fmt.Fprintf(h, "%s\x00%s\x00%s\x00", field.Key, field.Old, field.New)
	}
	if len(e.Fields) == 0 {
		h.Write(f.Print[:])
	}
	e.ID = hex.EncodeToString(h.Sum(nil))[:32]
	return e
}

// most is how many entries of one kind of coming or going a single commit may make before they become one summary.
const most = 5

// merge joins many arrivals or departures of one kind of record in one commit into one entry.
func merge(entries []*Entry) []*Entry {
	groups := map[string][]*Entry{}
	key := func(e *Entry) string {
		if len(e.Fields) > 0 {
			return ""
		}
		return string(e.Subject.Kind) + e.Kind
	}
	for _, e := range entries {
		groups[key(e)] = append(groups[key(e)], e)
	}
	var out []*Entry
	done := map[string]bool{}
	for _, e := range entries {
		k := key(e)
		if k == "" || len(groups[k]) <= most {
			out = append(out, e)
			continue
		}
		if !done[k] {
			done[k] = true
			out = append(out, summary(groups[k]))
		}
	}
	return out
}

func summary(group []*Entry) *Entry {
	e := &Entry{Kind: group[0].Kind, Subject: Subject{Kind: group[0].Subject.Kind}}
	names := make([]string, 0, 3)
	h := sha256.New()
	for i, g := range group {
		h.Write([]byte(g.ID))
		if i < 3 {
			names = append(names, strings.TrimPrefix(strings.TrimPrefix(g.Title, "收录"), "删去"))
		}
	}
	verb := "收录"
	if e.Kind == "取消" {
		verb = "删去"
	}
	e.Title = fmt.Sprintf("%s%s %d 条：%s等", verb, kindName(e.Subject.Kind), len(group), strings.Join(names, "、"))
	e.ID = hex.EncodeToString(h.Sum(nil))[:32]
	return e
}

func kindName(k record.Kind) string {
	switch k {
	case record.KindItem:
		return "事项"
	case record.KindProcedure:
		return "业务办理项"
	case record.KindDivision:
		return "地方"
	case record.KindLaw:
		return "法规"
	case record.KindMaterial:
		return "材料"
	case record.KindCertificate:
		return "证照"
	case record.KindBundle:
		return "一件事"
	case record.KindIntermediary:
		return "中介服务"
	}
	return "记录"
}

// founding is the first state of the library: one entry, not one for every record.
func founding(state map[string]*catalog.File) *Entry {
	counts := map[record.Kind]int{}
	for _, f := range state {
		counts[f.Kind]++
	}
	e := &Entry{Kind: "设立", Subject: Subject{Kind: record.KindSchema}}
	e.Title = fmt.Sprintf("建库：%d 个事项、%d 个地方", counts[record.KindItem], counts[record.KindDivision])
	sum := sha256.Sum256([]byte(e.Title))
	e.ID = hex.EncodeToString(sum[:])[:32]
	return e
}
