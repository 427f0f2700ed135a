package rules

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// timeRules hold that what a record says of days agrees with the day it is read on. All only warn: a day that passes stops no
// publication.
var timeRules = []Rule{
	{
		ID: "status-date", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "状态和日期对不上", EN: "status and dates do not fit"},
		Reason:      diag.Text{ZH: "目录动态管理、同步更新办事指南（S3 五）；过了失效日期的还写在用，群众会白跑。", EN: "Records follow what holds (S3): what has ended must not be called in force."},
		Explanation: diag.Text{ZH: "失效了的改 status，写 ending；到某天才生效的，写在“名称@日期.toml”里，到日子自动换上。", EN: "Change the status and state ending; what begins on a later day stands in name@date.toml."},
		Bad:         "status = \"在用\"\neffective_to = 2020-12-31", Good: "status = \"在用\"\neffective_to = 2030-12-31",
		check: checkStatusDates,
	}, {
		ID: "no-ending", Family: "completeness", Severity: diag.Warning,
		Title:       diag.Text{ZH: "取消了，没有说现在怎么办", EN: "ended without saying what to do now"},
		Reason:      diag.Text{ZH: "取消、下放、合并要按程序调整并公布（S0、S4）；群众还会来问，要有一页告诉他现在怎么办。", EN: "Ending an item is published (S0, S4), and people still ask: a page tells them what to do."},
		Explanation: diag.Text{ZH: "写 [ending]：document（哪份文件）、what_now（现在怎么办）、old_certificates（旧证还能不能用）。", EN: "State [ending] with document, what_now and old_certificates."},
		Bad:         `status = "取消"`, Good: "status = \"取消\"\n\n[ending]\ndocument = \"sample-doc\"\nwhat_now = \"不用再办，直接营业。\"",
		check: checkEnding,
	}, {
		ID: "suspension-over", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "暂停的期限已经过了", EN: "a suspension that is over"},
		Reason:      diag.Text{ZH: "同步更新办事指南（S3 五）：已经恢复的不留旧通知。", EN: "Guides are kept up to date (S3): what is over goes."},
		Explanation: diag.Text{ZH: "恢复了就删掉 suspended，历史里查得到；还没恢复的，改 to。", EN: "Remove suspended, history keeps it; or change to."},
		Bad:         `suspended = { from = 2020-01-01, to = 2020-02-01, reason = "搬迁" }`, Good: `suspended = { from = 2026-11-16, to = 2030-01-10, reason = "搬迁" }`,
		check: checkSuspensions,
	}, {
		ID: "future-date", Family: "shape", Severity: diag.Warning,
		Title:       diag.Text{ZH: "还没到的日子", EN: "a day that has not come"},
		Reason:      diag.Text{ZH: "核实、核对、通过、发文都是已经发生的事（S2“可追溯、可核查”），日期不会在将来。", EN: "What was verified, checked, adopted or issued has happened (S2): its day is not in the future."},
		Explanation: diag.Text{ZH: "核对日期，多半是年份写错。将来才生效的写 in_force、effective_from。", EN: "Check it, mostly the year is wrong. What takes effect later is in_force or effective_from."},
		Bad:         `verified = { status = "已核实", on = 2126-10-01, role = "县审改办" }`, Good: `verified = { status = "已核实", on = 2026-10-01, role = "县审改办" }`,
		check: checkFuture,
	}, {
		ID: "before-cycle", Family: "reference", Severity: diag.Warning,
		Title:       diag.Text{ZH: "两件事互为前置", EN: "two matters that wait for each other"},
		Reason:      diag.Text{ZH: "互为前置的事项要“一揽子”整合（S4 三(一)），不能让群众两头等。", EN: "Matters that wait for each other are to be merged (S4)."},
		Explanation: diag.Text{ZH: "查清哪一件真的在前，删掉另一件的 before；真的互相要，做成一件事（bundle）。", EN: "Find out which comes first and remove the other before; if both need each other make a bundle."},
		Bad:         "# items/a/01.toml 写 before b，items/b/01.toml 又写 before a\nbefore = [{ id = \"b\", item = \"b\" }]", Good: "after = [{ id = \"b\", item = \"b\" }]",
		check: checkBefore,
	},
}

func checkStatusDates(c *checker) {
	look := func(f *catalog.File, status string, from, to record.Date) {
		switch {
		case f.From > c.AsOf || status != record.StatusInForce:
		case to != 0 && to < c.AsOf && to >= from: // of the reverse order another rule speaks
			c.report(f, key("effective_to"), words{
				zh: to.Han() + "已经失效，状态还是“在用”", en: fmt.Sprintf("it ended on %s, but its status is 在用", to),
				hint: "改 status 并写 ending；延长了的改 effective_to", hintEN: "change the status and state ending, or change effective_to",
			}.note(f.Position("status"), "状态", "the status"))
		case from > c.AsOf:
			c.report(f, key("effective_from"), words{
				zh: from.Han() + "才生效，现在就写成“在用”", en: fmt.Sprintf("it begins on %s, but its status is 在用 already", from),
				hint: "把这份记录改名为 …@" + from.String() + ".toml，到日子自动换上", hintEN: "name the record …@" + from.String() + ".toml",
			}.note(f.Position("status"), "状态", "the status"))
		}
	}
	for _, i := range c.Items {
		look(i.File, i.Status, i.EffectiveFrom, i.EffectiveTo)
		for _, p := range i.Procedures {
			look(p.File, p.Status, p.EffectiveFrom, p.EffectiveTo)
		}
	}
}

func checkEnding(c *checker) {
	for _, i := range c.Items {
		if i.Status != record.StatusCancelled && i.Status != record.StatusMerged || i.Ending != nil && i.Ending.WhatNow != "" || i.Item.ReplacedBy != "" {
			continue
		}
		c.report(i.File, key("status"), words{
			zh: fmt.Sprintf("“%s”已经%s，没有说现在怎么办", i.Name, i.Status), en: i.ID + " has ended without a word what to do now",
			hint: "写 [ending]：document、what_now、old_certificates", hintEN: "state [ending]: document, what_now, old_certificates",
		})
	}
}

func checkSuspensions(c *checker) {
	c.locals(func(f *catalog.File, r *record.Implementation, _ *catalog.Division, _ *catalog.Item) {
		for b := range blocks(r) {
			s := b.Terms.Suspended
			if s == nil || s.To == 0 || s.To >= c.AsOf || f.From > c.AsOf || s.To < s.From {
				continue
			}
			c.report(f, join(b.Path, "suspended", "to"), words{
				zh: "暂停到" + s.To.Han() + "，已经过了", en: fmt.Sprintf("the suspension ended on %s", s.To),
				hint: "恢复了就删掉 suspended；没恢复的改 to", hintEN: "remove suspended, or change to",
			})
		}
	})
}

// pastKeys are dates of what has happened, by the end of their path.
var pastKeys = []string{"verified.on", "checked_on", "adopted", "events.date", "signed.date", "approved.date", "published.date", "filed.date", "legality.date"}

func checkFuture(c *checker) {
	c.onKey(typed(reflect.TypeFor[record.Date]()), func(at *place, v reflect.Value) {
		if record.Date(v.Int()) <= c.AsOf || at.file.From > c.AsOf {
			return
		}
		path := strings.Join(slices.DeleteFunc(slices.Clone(at.path), isNumber), ".")
		past := slices.ContainsFunc(pastKeys, func(k string) bool { return path == k || strings.HasSuffix(path, "."+k) })
		if !past && (at.file.Kind != record.KindDocument || path != "date") {
			return
		}
		c.report(at.file, at.path, words{
			zh: fmt.Sprintf("“%s”是 %s，还没到", at.key.Title.ZH, record.Date(v.Int())), en: fmt.Sprintf("%s is %s, which has not come", path, record.Date(v.Int())),
			hint: "核对日期，多半是年份写错", hintEN: "check it; mostly the year is wrong",
		})
	})
}

// checkBefore looks for pairs of items each of which comes before the other. Conditions are not weighed: a pair is rare enough
// for a person to look at.
func checkBefore(c *checker) {
	type edge struct{ of, before string }
	type where struct {
		file *catalog.File
		path []string
	}
	edges := map[edge]where{}
	var order []edge
	c.procedures(func(p *catalog.Procedure) {
		for n, b := range p.Relations.Before {
			e := edge{p.Item.ID, b.Item}
			if _, known := edges[e]; b.Item == "" || b.Item == p.Item.ID || known || b.When != nil {
				continue
			}
			edges[e] = where{p.File, []string{"before", fmt.Sprint(n)}}
			order = append(order, e)
		}
	})
	for _, e := range order {
		other, cycle := edges[edge{e.before, e.of}]
		if !cycle || e.of < e.before {
			continue // each pair once, at the later
		}
		c.report(edges[e].file, edges[e].path, words{
			zh: fmt.Sprintf("%s 要先办 %s，%s 又要先办 %s", e.of, e.before, e.before, e.of), en: fmt.Sprintf("%s and %s wait for each other", e.of, e.before),
			hint: "查清哪一件在前，删掉另一个 before", hintEN: "find out which comes first and remove the other before",
		}.note(other.file.Position(other.path...), "反过来的写在这里", "the reverse is here"))
	}
}
