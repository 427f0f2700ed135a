package main

import (
	"fmt"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/legality"
	"banshi/generator/internal/record"
	"banshi/generator/internal/review"
	"banshi/generator/internal/rules"
)

// unreviewed returns what a change of published records lacks: a standard that becomes worse for people needs a consultation of
// its own, and whatever else people will see needs anew what [publish] demands. Drafts are not looked at: they have their reviews
// before they are published.
func (s *since) unreviewed(l *library) []diag.Problem {
	if s.source == nil {
		return nil // the site is younger than the commit
	}
	was, now := s.source.Plain(held(l.config)), l.source.Plain(held(l.config))
	policy := review.PolicyOf(l.config)
	var out []diag.Problem
	for _, e := range changes.Diff(was, now, changes.Options{AsOf: l.asOf}) {
		if e.Kind == changes.KindNew || e.Subject.Item == "" {
			continue // what is new is held back until it is reviewed
		}
		file := legality.RecordOf(now, e)
		if file == nil {
			continue
		}
		x := alteration{file: file, entry: e, now: reviewOf(file)}
		if old := was.Lookup(catalog.DataDir + "/" + record.Path(file.Kind, file.IDs...)); old != nil {
			x.was = reviewOf(old)
		}
		out = append(out, x.problems(policy)...)
	}
	return out
}

// alteration is a published record with what people will see change of it, and its reviews before and now.
type alteration struct {
	file     *catalog.File
	entry    *changes.Entry
	was, now *record.Review
}

// problems returns the first thing that the change lacks of each kind.
func (x alteration) problems(policy review.Policy) []diag.Problem {
	var out []diag.Problem
	worse := slices.IndexFunc(x.entry.Fields, func(f changes.Field) bool { return f.Direction == changes.Worse })
	standard := x.file.Kind == record.KindItem || x.file.Kind == record.KindProcedure
	consulted := review.Renewed(x.was, x.now, review.Consultation)
	if standard && worse >= 0 && !consulted {
		f := x.entry.Fields[worse]
		out = append(out, x.problem("worse-needs-consultation", f.Key,
			diag.Text{ZH: fmt.Sprintf("不如从前：%s；还没有为此征求意见", f.Words), EN: fmt.Sprintf("worse for people, and not put to comment: %s", f.Words)},
			diag.Text{ZH: "在 [review] 里写这一次的 consultation = { opens = …, closes = …, document = … }，旧的不算；或者另写一份将来的版本，先征求意见",
				EN: "state this time's consultation in [review], an old one does not count; or write it as a later version and put that to comment"}))
	}
	substantive := slices.IndexFunc(x.entry.Fields, func(f changes.Field) bool { return f.Class == changes.Substantive })
	if substantive < 0 {
		return out
	}
	var zh, en []string
	for _, g := range policy.OfChange(x.file.Kind) {
		if !review.Renewed(x.was, x.now, g) && (g != review.Consultation || len(out) == 0) {
			zh, en = append(zh, g.Title().ZH), append(en, strings.ToLower(g.Title().EN))
		}
	}
	if len(zh) > 0 {
		f := x.entry.Fields[substantive]
		out = append(out, x.problem("change-not-reviewed", f.Key,
			diag.Text{ZH: fmt.Sprintf("改了已经发布的内容（%s），没有这一次的%s", f.Words, strings.Join(zh, "、")),
				EN: fmt.Sprintf("what is published was changed (%s) without this time's %s", f.Words, strings.Join(en, ", "))},
			diag.Text{ZH: "在 [review] 里换成这一次的；site.toml 的 [publish] 要求这些环节", EN: "renew it in [review]; [publish] of site.toml demands it"}))
	}
	return out
}

// problem makes a problem of a rule at a changed key, or at the table it is in.
func (x alteration) problem(id, key string, message, hint diag.Text) diag.Problem {
	r, ok := rules.Find(id)
	if !ok {
		panic("no rule " + id)
	}
	path := strings.Split(key, ".")
	if x.file.Kind == record.KindImplementation && x.entry.Subject.Procedure != "" {
		path = append([]string{"procedure", x.entry.Subject.Procedure}, path...)
	}
	return diag.Problem{Position: x.file.Position(path...), Rule: id, Severity: r.Severity, Message: message, Hint: hint}
}

func reviewOf(f *catalog.File) *record.Review {
	return review.Subject{Kind: f.Kind, From: f.From, Value: f.Record}.Review()
}
