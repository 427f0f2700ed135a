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

// standardRules hold what a division may not change of the provincial standard (能同尽同).
var standardRules = []Rule{
	{
		ID: "standard-locked", Family: "standard",
		Title:       diag.Text{ZH: "地方改了省级标准", EN: "a local record changes the standard"},
		Reason:      diag.Text{ZH: "受理条件、服务对象、办理流程、申请材料、法定办结时限、办理结果等要素在全省范围内统一（S3 一(三)）。", EN: "Conditions, audience, process, materials, legal limits and results are the same in the whole province (S3)."},
		Explanation: diag.Text{ZH: "删掉这一处，觉得省里的写法不好就向省里提（改 data/items/）；确有批准的，写 deviation = { document, approved_by, until }。", EN: "Remove it and propose a change of the standard (data/items/); where it was approved state deviation = { document, approved_by, until }."},
		Bad:         "# data/divisions/139921/dibao.toml\n[procedure.01]\naudience = [\"自然人\"]", Good: "[procedure.01]\ndeviation = { document = \"sample-doc\", approved_by = \"省民政厅\", until = 2027-12-31 }\naudience = [\"自然人\"]",
		check: checkLocked,
	}, {
		ID: "deviation-expired", Family: "standard",
		Title:       diag.Text{ZH: "差异的批准已经到期", EN: "a deviation that has expired"},
		Reason:      diag.Text{ZH: "要素全省统一（S3 一(三)）；经批准的差异只在批准的期限内有效。", EN: "A deviation holds only as long as it was approved (S3)."},
		Explanation: diag.Text{ZH: "删掉这些差异，回到省级标准；要继续的，重新报批，改 until 和 document。", EN: "Return to the standard, or have it approved again and change until and document."},
		Bad:         `deviation = { document = "sample-doc", approved_by = "省民政厅", until = 2020-12-31 }`, Good: `deviation = { document = "sample-doc", approved_by = "省民政厅", until = 2027-12-31 }`,
		check: checkDeviation,
	}, {
		ID: "added-material", Family: "standard",
		Title:       diag.Text{ZH: "地方增加了申请材料", EN: "a material added by a division"},
		Reason:      diag.Text{ZH: "不得额外增加或变相增加办理环节和申请材料（S3）。", EN: "No step and no material may be added (S3)."},
		Explanation: diag.Text{ZH: "删掉这份材料；少要材料用 [procedure.01.material.<编号>] 写 drop。", EN: "Remove it; to ask for less write drop in [procedure.01.material.<id>]."},
		Bad:         "[[procedure.01.materials]]\nmaterial = \"photo\"\nnecessity = \"必要\"", Good: "[procedure.01.material.photo]\ndrop = { reason = \"电子证照\" }",
		check: checkAddedMaterial,
	}, {
		ID: "added-step", Family: "standard",
		Title:       diag.Text{ZH: "地方增加了办理环节", EN: "a step added by a division"},
		Reason:      diag.Text{ZH: "不得额外增加或变相增加办理环节和申请材料（S3）。", EN: "No step and no material may be added (S3)."},
		Explanation: diag.Text{ZH: "删掉这个环节；减环节用 [procedure.01.step.<编号>] 写 drop。", EN: "Remove it; to leave one out write drop in [procedure.01.step.<id>]."},
		Bad:         "[[procedure.01.steps]]\nid = \"leader\"\nname = \"局长签字\"", Good: "[procedure.01.step.review]\ndrop = { reason = \"数据共享\" }",
		check: checkAddedStep,
	}, {
		ID: "required-step", Family: "standard",
		Title:       diag.Text{ZH: "减掉了不可省略的环节", EN: "a required step dropped"},
		Reason:      diag.Text{ZH: "公示、听证等环节保护的是别人的权利（行政许可法第四十六、四十七条），不能由一地省掉。", EN: "Publication and hearings protect others' rights (Licensing Law 46, 47)."},
		Explanation: diag.Text{ZH: "删掉这个 drop；可以缩短它的时限。", EN: "Remove the drop; its limit may be shortened."},
		Bad:         "[procedure.01.step.publish]\ndrop = { reason = \"数据共享\" }", Good: "[procedure.01.step.publish]\nlimit = { value = 5, unit = \"工作日\" }",
		check: checkRequiredStep,
	}, {
		ID: "unknown-member", Family: "reference",
		Title:       diag.Text{ZH: "标准里没有这份材料、这个环节或办理项", EN: "an override of what the standard does not have"},
		Reason:      diag.Text{ZH: "地方记录按编号改标准里的一项，编号不对，改的话就悄悄不起作用（data/README.md）。", EN: "Overrides address members of the standard by id; a wrong id silently does nothing (data/README.md)."},
		Explanation: diag.Text{ZH: "照标准（data/items/<事项>/01.toml）里的编号写；材料没写 id 的用材料编号。", EN: "Use the ids of the standard; a material without an id of its own has the library's."},
		Bad:         "[procedure.01.material.busines-license]\ncopies = 0", Good: "[procedure.01.material.business-license]\ncopies = 0",
		check: checkMembers,
	},
}

// locals calls f for every local record with its item and division, where both exist.
func (c *checker) locals(f func(file *catalog.File, r *record.Implementation, d *catalog.Division, i *catalog.Item)) {
	for i := range c.implemented {
		x := &c.implemented[i]
		f(x.file, x.record, x.division, x.item)
	}
}

// deviates reports whether a block of a record stands under an approved deviation. Whether it has expired is another rule's.
func deviates(r *record.Implementation, no string) bool {
	pt := r.Procedure[no]
	return r.Deviation != nil || pt != nil && pt.Deviation != nil
}

func checkLocked(c *checker) {
	var last []string // the list or table reported last; what is in it is not reported again
	var file *catalog.File
	c.onKey(func(k *field) bool { return k.key.Lock == record.LockStandard }, func(at *place, v reflect.Value) {
		if at.file.Kind != record.KindImplementation {
			return
		}
		if at.file == file && len(last) > 0 && len(at.path) > len(last) && slices.Equal(at.path[:len(last)], last) {
			return
		}
		if v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.Struct && v.Elem().Type() != reflect.TypeFor[record.Limit]() {
			return // a table: its members have locks of their own
		}
		r := at.file.Record.(*record.Implementation)
		no, own := "", at.path
		if own[0] == "procedure" {
			no, own = own[1], own[2:]
		}
		if deviates(r, no) || c.saidAsAdded(at.file, no, own) {
			return
		}
		file, last = at.file, slices.Clone(at.path)
		w := words{
			zh: fmt.Sprintf("“%s”（%s）是省级标准，地方不能改", at.key.Title.ZH, strings.Join(own, ".")), en: strings.Join(own, ".") + " is the provincial standard's and may not be changed here",
			hint:   "删掉这一处；觉得标准应当改，向省里提：" + c.propose(at.file, no, own) + "；已经批准的写 deviation = { document = …, approved_by = …, until = … }",
			hintEN: "remove it; propose a change of the standard: " + c.propose(at.file, no, own) + "; where it was approved state deviation = { document = …, approved_by = …, until = … }",
		}
		if i := c.Item(at.file.IDs[1]); i != nil {
			if p := procedure(i, no); p != nil {
				w = w.standardNote(p, own...)
			}
		}
		if len(own) == 2 && len(at.path) > 1 {
			last = last[:len(last)-1]
		}
		c.report(at.file, at.path, w)
	})
}

// propose is how a change of the standard is proposed: the address of a prefilled issue where the site has a repository, else the
// command that writes the proposal.
func (c *checker) propose(f *catalog.File, no string, own []string) string {
	item, key := f.IDs[1], strings.Join(own, ".")
	if no != "" {
		item += "#" + no
	}
	if c.config == nil || !c.config.Edit.Known() {
		return "banshi propose " + item + " " + key + " --division " + f.IDs[0]
	}
	return c.config.Edit.NewIssue(item+" "+key, f.Path)
}

// saidAsAdded reports whether a whole list of materials or steps is written that adds something: rules of their own say so.
func (c *checker) saidAsAdded(f *catalog.File, no string, own []string) bool {
	i := c.Item(f.IDs[1])
	if i == nil || own[0] != "materials" && own[0] != "steps" {
		return false
	}
	for b := range blocks(f.Record.(*record.Implementation)) {
		if b.No == no {
			return len(addedMaterials(i, b)) > 0 && own[0] == "materials" || len(addedSteps(i, b)) > 0 && own[0] == "steps"
		}
	}
	return false
}

// proceduresOf returns the procedures a block speaks of.
func proceduresOf(i *catalog.Item, b block) []*catalog.Procedure {
	if b.No == "" {
		return i.Procedures
	}
	if p := procedure(i, b.No); p != nil {
		return []*catalog.Procedure{p}
	}
	return nil
}

// addedMaterials returns the indices of the lines of a block that no procedure it speaks of has.
func addedMaterials(i *catalog.Item, b block) []int {
	if len(b.Terms.Materials) == 0 {
		return nil
	}
	known := map[string]bool{}
	for _, p := range proceduresOf(i, b) {
		for _, line := range p.Papers.Lines {
			known[line.Key()], known[line.Material] = true, true
		}
	}
	var out []int
	for n := range b.Terms.Materials {
		if m := &b.Terms.Materials[n]; !known[m.Key()] && !known[m.Material] {
			out = append(out, n)
		}
	}
	return out
}

func addedSteps(i *catalog.Item, b block) []int {
	if len(b.Terms.Steps) == 0 {
		return nil
	}
	known := map[string]bool{}
	for _, p := range proceduresOf(i, b) {
		for _, s := range p.Process.Steps {
			known[s.ID] = true
		}
	}
	var out []int
	for n := range b.Terms.Steps {
		if !known[b.Terms.Steps[n].ID] {
			out = append(out, n)
		}
	}
	return out
}

func checkAddedMaterial(c *checker) {
	c.locals(func(f *catalog.File, r *record.Implementation, _ *catalog.Division, i *catalog.Item) {
		for b := range blocks(r) {
			if deviates(r, b.No) {
				continue
			}
			for _, n := range addedMaterials(i, b) {
				m := b.Terms.Materials[n]
				name := m.Material
				if lib := c.Materials.Get(m.Material); lib != nil {
					name = lib.Record.Name
				}
				w := words{
					zh: fmt.Sprintf("省级标准不要“%s”，地方不能增加申请材料", name), en: m.Material + " is not asked for by the standard; a division may not add materials",
					hint: "不得额外增加或变相增加申请材料：删掉它；法律要求的，向省里提", hintEN: "remove it; if a law demands it, propose a change of the standard",
				}
				if ps := proceduresOf(i, b); len(ps) > 0 {
					w = w.note(ps[0].File.Position("materials"), "省级标准的材料", "the materials of the standard")
				}
				c.report(f, join(b.Path, "materials", strconv.Itoa(n)), w)
			}
		}
	})
}

func checkAddedStep(c *checker) {
	c.locals(func(f *catalog.File, r *record.Implementation, _ *catalog.Division, i *catalog.Item) {
		for b := range blocks(r) {
			if deviates(r, b.No) {
				continue
			}
			for _, n := range addedSteps(i, b) {
				w := words{
					zh: fmt.Sprintf("省级标准没有“%s”这个环节，地方不能增加", b.Terms.Steps[n].Name), en: fmt.Sprintf("the standard has no step %s; a division may not add steps", b.Terms.Steps[n].ID),
					hint: "不得额外增加或变相增加办理环节：删掉它", hintEN: "remove it",
				}
				if ps := proceduresOf(i, b); len(ps) > 0 {
					w = w.note(ps[0].File.Position("steps"), "省级标准的环节", "the steps of the standard")
				}
				c.report(f, join(b.Path, "steps", strconv.Itoa(n)), w)
			}
		}
	})
}

func checkDeviation(c *checker) {
	c.locals(func(f *catalog.File, r *record.Implementation, _ *catalog.Division, _ *catalog.Item) {
		for b := range blocks(r) {
			d := b.Terms.Deviation
			if d == nil || d.Until == 0 || d.Until >= max(c.AsOf, f.From) {
				continue
			}
			c.report(f, join(b.Path, "deviation", "until"), words{
				zh: fmt.Sprintf("差异只批准到%s，已经到期", d.Until.Han()), en: fmt.Sprintf("the deviation was approved until %s", d.Until),
				hint: "删掉差异，回到省级标准；要继续的重新报批", hintEN: "return to the standard, or have it approved again",
			})
		}
	})
}

func checkRequiredStep(c *checker) {
	c.locals(func(f *catalog.File, r *record.Implementation, _ *catalog.Division, i *catalog.Item) {
		for b := range blocks(r) {
			p := procedure(i, b.No)
			if p == nil || b.More == nil {
				continue
			}
			for n, s := range p.Process.Steps {
				if t := b.More.Step[s.ID]; t != nil && t.Drop != nil && s.Required {
					c.report(f, join(b.Path, "step", s.ID, "drop"), words{
						zh: fmt.Sprintf("“%s”是不可省略的环节，不能减掉", s.Name), en: fmt.Sprintf("the step %s is required and may not be dropped", s.ID),
						hint: "删掉 drop；可以缩短它的时限", hintEN: "remove the drop; its limit may be shortened",
					}.standardNote(p, "steps", strconv.Itoa(n), "required"))
				}
			}
		}
	})
}

func checkMembers(c *checker) {
	c.locals(func(f *catalog.File, r *record.Implementation, _ *catalog.Division, i *catalog.Item) {
		for b := range blocks(r) {
			if b.No == "" {
				continue
			}
			p := procedure(i, b.No)
			if p == nil {
				var numbers []string
				for _, p := range i.Procedures {
					numbers = append(numbers, p.No)
				}
				c.report(f, b.Path, words{
					zh: fmt.Sprintf("“%s”没有业务办理项 %s", i.Name, b.No), en: fmt.Sprintf("%s has no procedure %s", i.ID, b.No),
					hint: "有的序号：" + strings.Join(numbers, "、"), hintEN: "its procedures: " + strings.Join(numbers, ", "),
				}.note(i.File.Position(), "事项", "the item"))
				continue
			}
			var lines, steps []string
			var unsaid []string // ids of materials that the library does not have: one of them may be meant
			for _, line := range p.Papers.Lines {
				lines = append(lines, line.Key())
				if line.Library == nil {
					unsaid = append(unsaid, line.Key())
				}
			}
			for _, s := range p.Process.Steps {
				steps = append(steps, s.ID)
			}
			c.members(f, p, b, "material", "材料", slices.DeleteFunc(sortedKeys(b.More.Material), func(id string) bool {
				return !slices.Contains(lines, id) && likeliest(id, unsaid) != ""
			}), lines)
			c.members(f, p, b, "step", "环节", sortedKeys(b.More.Step), steps)
		}
	})
}

func (c *checker) members(f *catalog.File, p *catalog.Procedure, b block, word, zh string, written, known []string) {
	for _, id := range written {
		if slices.Contains(known, id) {
			continue
		}
		hint, hintEN := suggest(id, known, nil)
		if hint == "" {
			hint, hintEN = "标准里有："+strings.Join(first(known, 12), "、"), "the standard has: "+strings.Join(first(known, 12), ", ")
		}
		c.report(f, join(b.Path, word, id), words{
			zh: fmt.Sprintf("“%s”的标准里没有编号为 %s 的%s", p.Name, id, zh), en: fmt.Sprintf("the standard has no %s %s", word, id),
			hint: hint, hintEN: hintEN,
		}.standardNote(p, word+"s"))
	}
}
