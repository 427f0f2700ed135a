package changes

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// finish gives the entry its title and id; it returns nil for a change nobody sees.
func (e *Entry) finish(name string, f *catalog.File) *Entry {
	if len(e.Fields) == 0 && e.Kind == KindChanged {
		return nil
	}
	if e.Kind == KindChanged && renamed(e.Fields) {
		e.Kind = KindRenamed
	}
	e.name = name
	e.said = strings.Join(phrases(e.Fields), "；")
	e.print = f.Print
	e.title()
	return e
}

// renamed reports whether a change is one of the name, and of what follows from it.
func renamed(fields []Field) bool {
	named := false
	for _, f := range fields {
		switch f.Key {
		case "name":
			named = f.Old != "" && f.New != ""
		case "aliases", "former_names", "short_name", "plain":
		default:
			return false
		}
	}
	return named
}

// title makes the sentence and the id of the entry from its parts.
func (e *Entry) title() {
	switch {
	case e.Kind == KindNew && len(e.Fields) == 0:
		e.Title = "收录" + e.name
	case e.Kind == KindEnded && len(e.Fields) == 0:
		e.Title = "删去" + e.name
	default:
		e.Title = e.name + "：" + e.said
	}
	s := e.Subject
	parts := []string{string(s.Kind), s.Item, s.Procedure, s.Division, s.ID, e.Kind}
	for _, f := range e.Fields {
		parts = append(parts, f.Key, f.Old, f.New)
	}
	if len(e.Fields) == 0 {
		parts = append(parts, string(e.print[:]))
	}
	e.ID = hashOf(parts...)
}

// announce makes the entry one about a later day: an announcement, or that an announced change will not come.
func (e *Entry) announce(from record.Date, withdrawn bool) {
	e.title()
	said := e.said
	if len(e.Fields) == 0 {
		said = e.Title
	}
	switch {
	case withdrawn:
		e.Title = e.name + "：原定" + from.Han() + "起的修改不再实行（" + said + "）"
		e.ID = hashOf(e.ID, from.String(), "withdrawn")
		return
	case len(e.Fields) == 0:
		e.Title = from.Han() + "起" + said
	default:
		e.Title = e.name + "：" + from.Han() + "起改为：" + said
	}
	e.Effective = from
	e.ID = hashOf(e.ID, from.String(), "announced")
}

// takesEffect makes the entry one about a change that was announced and holds from its day on.
func (e *Entry) takesEffect(day record.Date) {
	if e.Kind == KindChanged || e.Kind == KindNew {
		e.Kind = KindInForce
	}
	id := e.ID
	if len(e.Fields) > 0 {
		e.Title = e.name + "：" + e.said + "（" + day.Han() + "起生效）"
	}
	e.ID = hashOf(id, day.String(), "in force")
}

// hashOf is an id made of texts.
func hashOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%s\x00", p)
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// most is how many entries of one kind of coming or going a single commit may make before they become one summary.
const most = 5

// merge joins many arrivals or departures of one kind of record in one commit into one entry.
func merge(entries []*Entry) []*Entry {
	groups := map[string][]*Entry{}
	key := func(e *Entry) string {
		if len(e.Fields) > 0 || e.Effective != 0 {
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
	var names, ids []string
	for _, g := range group {
		names, ids = append(names, g.name), append(ids, g.ID)
	}
	verb := "收录"
	if e.Kind == KindEnded {
		verb = "删去"
	}
	e.name = kindName(e.Subject.Kind)
	e.Title = verb + e.name + " " + strconv.Itoa(len(group)) + " 条：" + strings.Join(names[:3], "、") + "等"
	e.ID = hashOf(ids...)
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
	case record.KindList:
		return "清单"
	case record.KindDocument:
		return "文件"
	}
	return "记录"
}
