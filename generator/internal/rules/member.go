package rules

import (
	"fmt"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
)

// memberRules hold that an override of one material or one step is only ever better for the applicant.
var memberRules = []Rule{
	tighten("tighten-necessity", "材料比标准更必要", "a material more necessary than in the standard",
		"[procedure.01.material.photo]\nnecessity = \"必要\"  # 标准是容缺后补", "[procedure.01.material.photo]\nnecessity = \"非必要\"", checkNecessity),
	tighten("tighten-form", "材料形式比标准更严", "a form stricter than in the standard",
		"[procedure.01.material.photo]\nform = \"纸质\"  # 标准是纸质或电子", "[procedure.01.material.photo]\nform = \"纸质或电子\"", checkForm),
	tighten("tighten-copies", "材料份数比标准多", "more originals or copies than in the standard",
		"[procedure.01.material.id-card]\ncopies = 2  # 标准是 0", "[procedure.01.material.id-card]\ncopies = 0", checkCopies),
	tighten("tighten-waiver", "取消了标准里的免交", "a waiver of the standard removed",
		"[procedure.01.material.id-card]\nwaived_by = []  # 标准写了数据共享", "[procedure.01.material.id-card]\nwaived_by = [\"数据共享\", \"电子证照\"]", checkWaiver),
	tighten("tighten-step", "环节时限比标准长", "a step longer than in the standard",
		"[procedure.01.step.review]\nlimit = { value = 9, unit = \"工作日\" }  # 标准是 3", "[procedure.01.step.review]\nlimit = { value = 1, unit = \"工作日\" }", checkStepLimit),
}

// papers calls f for every material of every guide with local records, as it is and as the standard has it (nil for one that
// the standard lacks).
func (c *checker) papers(f func(g *catalog.Guide, is, standard *catalog.Paper, n int)) {
	c.tightened(func(g *catalog.Guide) {
		if g.Papers == g.Procedure.Papers {
			return
		}
		for _, p := range g.Papers.Lines {
			for n, s := range g.Procedure.Papers.Lines {
				if s.Key() == p.Key() && p != s {
					f(g, p, s, n)
				}
			}
		}
	})
}

// overrides returns where the nearest record of a guide sets exactly this key of a member. A list that is replaced whole stands
// under other rules: it changes the standard.
func overrides(g *catalog.Guide, dotted string) (catalog.Origin, bool) {
	o, ok := here(g, dotted)
	return o, ok && o.Key == dotted
}

// necessityRank orders necessities from the heaviest; terms outside it are not compared.
var necessityRank = map[string]int{"必要": 3, "容缺后补": 2, "非必要": 1}

func checkNecessity(c *checker) {
	c.papers(func(g *catalog.Guide, is, standard *catalog.Paper, n int) {
		k := "materials." + is.Key() + ".necessity"
		was := inherited(g, k, standard.Necessity)
		if o, ok := overrides(g, k); ok && necessityRank[was] > 0 && necessityRank[is.Necessity] > necessityRank[was] {
			c.worse(g, o, fmt.Sprintf("“%s”标准是“%s”，地方不能改成“%s”", is.Name(), was, is.Necessity), fmt.Sprintf("%s is %s in the standard", is.Key(), was), "materials", strconv.Itoa(n), "necessity")
		}
	})
}

func checkForm(c *checker) {
	c.papers(func(g *catalog.Guide, is, standard *catalog.Paper, n int) {
		k := "materials." + is.Key() + ".form"
		was := inherited(g, k, standard.Form)
		o, ok := overrides(g, k)
		if ok && was != "" && is.Form != was && is.Form != "纸质或电子" {
			c.worse(g, o, fmt.Sprintf("“%s”标准是“%s”，地方不能只收“%s”", is.Name(), was, is.Form), fmt.Sprintf("%s is accepted as %s in the standard", is.Key(), was), "materials", strconv.Itoa(n), "form")
		}
	})
}

func checkCopies(c *checker) {
	c.papers(func(g *catalog.Guide, is, standard *catalog.Paper, n int) {
		for _, one := range []struct {
			name, zh     string
			is, standard *int
		}{
			{"copies", "复印件", is.Copies, standard.Copies},
			{"originals", "原件", is.Originals, standard.Originals},
		} {
			k := "materials." + is.Key() + "." + one.name
			o, ok := overrides(g, k)
			was := inherited(g, k, one.standard)
			number := 0
			if was != nil {
				number = *was
			}
			if ok && one.is != nil && *one.is > number {
				c.worse(g, o, fmt.Sprintf("“%s”的%s标准是 %d 份，地方不能要 %d 份", is.Name(), one.zh, number, *one.is),
					fmt.Sprintf("%d %s of %s, the standard asks for %d", *one.is, one.name, is.Key(), number), "materials", strconv.Itoa(n), one.name)
			}
		}
	})
}

func checkWaiver(c *checker) {
	c.papers(func(g *catalog.Guide, is, standard *catalog.Paper, n int) {
		k := "materials." + is.Key() + ".waived_by"
		gone := lost(inherited(g, k, standard.WaivedBy), is.WaivedBy)
		if o, ok := overrides(g, k); ok && gone != nil {
			c.worse(g, o, fmt.Sprintf("“%s”标准可以免交（%s），地方不能取消", is.Name(), strings.Join(gone, "、")),
				fmt.Sprintf("the standard waives %s (%s)", is.Key(), strings.Join(gone, ", ")), "materials", strconv.Itoa(n), "waived_by")
		}
	})
}

func checkStepLimit(c *checker) {
	c.tightened(func(g *catalog.Guide) {
		if g.Process == g.Procedure.Process {
			return
		}
		for _, s := range g.Process.Steps {
			o, ok := overrides(g, "steps."+s.ID+".limit")
			if !ok || s.Limit == nil {
				continue
			}
			for n, standard := range g.Procedure.Process.Steps {
				if standard.ID != s.ID {
					continue
				}
				was := inherited(g, "steps."+s.ID+".limit", standard.Limit)
				if was != nil && c.longer(*s.Limit, *was) {
					c.worse(g, o, fmt.Sprintf("“%s”要%s，标准是%s", s.Name, s.Limit, was), fmt.Sprintf("the step %s takes %s, the standard has %s", s.ID, s.Limit, was), "steps", strconv.Itoa(n), "limit")
				}
			}
		}
	})
}
