package rules

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// repeatRules hold that a local record says only what is its own, and that what it says takes effect.
var repeatRules = []Rule{
	{
		ID: "same-as-standard", Family: "standard", Severity: diag.Warning,
		Title:  diag.Text{ZH: "和标准写得一样", EN: "the same as the standard"},
		Reason: diag.Text{ZH: "实施清单严格执行省级标准、能同尽同（S3 一(三)）：抄一遍，省里改了，这里还是旧的。", EN: "Local records follow the standard (S3): a copy stays behind when the standard improves."},
		Explanation: diag.Text{
			ZH: "删掉这一处，自动照标准（或者上级已经放宽的）办；标准以后变得更好，这里也跟着好。",
			EN: "Remove it: what is inherited holds, and gets better with the standard.",
		},
		Bad: "# 标准也是 10 个工作日\npromise = [{ value = 10, unit = \"工作日\" }]", Good: "promise = [{ value = 5, unit = \"工作日\" }]",
		check: checkSame,
	}, {
		ID: "shadowed", Family: "standard", Severity: diag.Warning,
		Title:       diag.Text{ZH: "写了却不起作用", EN: "what is said takes no effect"},
		Reason:      diag.Text{ZH: "记录要真实、准确（S2）：看着写了、实际没用上的内容会骗过编的人和审的人。", EN: "Records are true and exact (S2): what looks stated but never holds misleads who writes and who reviews."},
		Explanation: diag.Text{ZH: "写在最上面的管所有办理项；每个办理项又各写了一遍的，上面的那份没有用，删掉。减掉（drop）的材料、环节不用再改别的。", EN: "What stands at the top holds for all procedures; where each of them says it again the top one is dead: remove it. A dropped material or step needs nothing else."},
		Bad:         "visits = 0\n\n[procedure.01]\nvisits = 1", Good: "[procedure.01]\nvisits = 1",
		check: checkShadowed,
	},
}

// stateOf is what becomes of one key of a local record over all guides it reaches.
type stateOf struct {
	origin   *catalog.Origin
	guide    *catalog.Guide
	reached  int32 // guides
	same     int32 // of them those that had the value anyway
	hidden   int32 // of them those where another key of the same record wins
	hiddenBy *catalog.Origin
}

// states calls f for every key of every local record, in the order in which guides meet them. They are worked out once.
func (c *checker) states(f func(s *stateOf)) {
	for _, s := range c.local() {
		f(s)
	}
}

func (l *library) stated() []*stateOf {
	order := []*stateOf{}
	known := map[*catalog.File][]*stateOf{}
	for _, g := range l.overridden {
		file := nearest(g)
		for n := range g.Origins {
			o := &g.Origins[n]
			if o.File != file {
				continue
			}
			at := slices.IndexFunc(known[file], func(s *stateOf) bool { return slices.Equal(s.origin.Path, o.Path) })
			if at < 0 {
				at = len(known[file])
				known[file] = append(known[file], &stateOf{origin: o, guide: g})
				order = append(order, known[file][at])
			}
			s := known[file][at]
			s.reached++
			if s.same == s.reached-1 && repeats(g, o) {
				s.same++
			}
			for m := range g.Origins[n+1:] {
				if later := &g.Origins[n+1+m]; later.File == file && later.Key == o.Key {
					s.hidden++
					s.hiddenBy = later
				}
			}
		}
	}
	return order
}

// repeats reports whether a key of the nearest record says what the guide inherits anyway.
func repeats(g *catalog.Guide, o *catalog.Origin) bool {
	is := at(reflect.ValueOf(o.File.Record), o.Path)
	if is == nil || strings.HasPrefix(o.Key, "faq") {
		return false
	}
	if table, ok := strings.CutSuffix(o.Key, ".enabled"); ok && slices.ContainsFunc(g.Origins, func(other catalog.Origin) bool {
		return other.File == o.File && other.Key != o.Key && strings.HasPrefix(other.Key, table+".")
	}) {
		return false // to say { enabled = true, limit = … } is natural where only the limit is new
	}
	if table, _, member := cutLast(o.Key); member && slices.ContainsFunc(g.Origins, func(other catalog.Origin) bool {
		return other.File == o.File && other.Key == table+".drop"
	}) {
		return false // of what is dropped the rule shadowed speaks
	}
	was := standardValue(g.Procedure, o.Key)
	for _, above := range g.Origins {
		if above.Key == o.Key && above.File != o.File {
			was = at(reflect.ValueOf(above.File.Record), above.Path)
		}
	}
	return was != nil && !reflect.ValueOf(was).IsZero() && reflect.DeepEqual(is, was)
}

// cutLast cuts a dotted key before its last part.
func cutLast(dotted string) (table, last string, ok bool) {
	i := strings.LastIndexByte(dotted, '.')
	if i < 0 {
		return "", dotted, false
	}
	return dotted[:i], dotted[i+1:], true
}

// standardValue returns what the standard says of a key, which may be one of a material or step; nil where it says nothing.
func standardValue(p *catalog.Procedure, dotted string) any {
	path := strings.Split(dotted, ".")
	if len(path) == 3 && path[0] == "materials" {
		for _, line := range p.Papers.Lines {
			if line.Key() == path[1] {
				return at(reflect.ValueOf(line.MaterialUse), path[2:])
			}
		}
		return nil
	}
	if len(path) == 3 && path[0] == "steps" {
		for _, s := range p.Process.Steps {
			if s.ID == path[1] {
				return at(reflect.ValueOf(s.Step), path[2:])
			}
		}
		return nil
	}
	return at(reflect.ValueOf(p.Procedure), path)
}

func checkSame(c *checker) {
	c.states(func(s *stateOf) {
		if s.same < s.reached || s.hidden > 0 {
			return
		}
		w := words{
			zh: fmt.Sprintf("“%s”（%s）和标准写得一样", titleOf(s.origin.Key), s.origin.Path[len(s.origin.Path)-1]), en: s.origin.Key + " is what is inherited anyway",
			hint: "删掉这一处，自动照标准办", hintEN: "remove it; the standard holds",
		}
		noted := false
		for _, above := range s.guide.Origins {
			if above.Key == s.origin.Key && above.File != s.origin.File {
				w, noted = w.note(above.File.Position(above.Path...), "上级已经这样写", "the place above says so"), true
			}
		}
		if !noted {
			w = w.standardNote(s.guide.Procedure, standardPath(s.guide.Procedure, s.origin.Key)...)
		}
		c.report(s.origin.File, s.origin.Path, w)
	})
}

// titleOf returns what people call a key of a local record, which may be one of a material or step.
func titleOf(dotted string) string {
	path := strings.Split(dotted, ".")
	if len(path) == 3 && (path[0] == "materials" || path[0] == "steps") {
		path = []string{path[0], path[2]}
	}
	if k, ok := record.KeyOf(record.KindImplementation, strings.Join(path, ".")); ok && k.Title.ZH != "" {
		return k.Title.ZH
	}
	return dotted
}

// standardPath returns where in a standard a key stands that may be one of a material or step.
func standardPath(p *catalog.Procedure, dotted string) []string {
	path := strings.Split(dotted, ".")
	if len(path) < 2 {
		return path
	}
	n := -1
	switch path[0] {
	case "materials":
		n = slices.IndexFunc(p.Papers.Lines, func(l *catalog.Paper) bool { return l.Key() == path[1] })
	case "steps":
		n = slices.IndexFunc(p.Process.Steps, func(s *catalog.Step) bool { return s.ID == path[1] })
	}
	if n < 0 {
		return path
	}
	return join([]string{path[0], strconv.Itoa(n)}, path[2:]...)
}

func checkShadowed(c *checker) {
	c.states(func(s *stateOf) {
		if s.hidden == s.reached && s.origin.Key != "faq" {
			c.report(s.origin.File, s.origin.Path, words{
				zh: fmt.Sprintf("“%s”（%s）每个办理项下面都另写了，这一份不起作用", titleOf(s.origin.Key), s.origin.Path[len(s.origin.Path)-1]), en: fmt.Sprintf("every procedure states %s again, so this takes no effect", s.origin.Key),
				hint: "删掉这一份，或者删掉办理项下面的", hintEN: "remove this one, or those of the procedures",
			}.note(s.origin.File.Position(s.hiddenBy.Path...), "起作用的是这里", "this one holds"))
		}
	})
	c.locals(func(file *catalog.File, r *record.Implementation, _ *catalog.Division, _ *catalog.Item) {
		for b := range blocks(r) {
			if b.More == nil {
				continue
			}
			for _, id := range sortedKeys(b.More.Material) {
				if b.More.Material[id].Drop != nil {
					c.dropped(file, join(b.Path, "material", id), "necessity", "form", "originals", "copies", "waived_by", "fill_note", "accept_standard")
				}
			}
			for _, id := range sortedKeys(b.More.Step) {
				if b.More.Step[id].Drop != nil {
					c.dropped(file, join(b.Path, "step", id), "limit", "who", "standard")
				}
			}
		}
	})
}

// dropped reports the keys that are stated of a member beside its drop.
func (c *checker) dropped(file *catalog.File, at []string, keys ...string) {
	for _, k := range keys {
		if file.Doc.Has(join(at, k)...) {
			c.report(file, join(at, k), words{
				zh: fmt.Sprintf("%s 已经减掉（drop），再改 %s 没有用", at[len(at)-1], k), en: fmt.Sprintf("%s is dropped, so %s takes no effect", at[len(at)-1], k),
				hint: "删掉这一行；只是放宽、不是不要的，删掉 drop", hintEN: "remove it, or remove drop",
			}.note(file.Position(join(at, "drop")...), "在这里减掉", "it is dropped here"))
		}
	}
}
