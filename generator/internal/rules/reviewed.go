package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/review"
)

// subjects calls f for every record that can carry a [review], also those of the future.
func (c *checker) subjects(f func(file *catalog.File, s review.Subject)) {
	for _, file := range c.files {
		switch file.Kind {
		case record.KindItem, record.KindProcedure, record.KindImplementation:
			f(file, review.Subject{Kind: file.Kind, From: file.From, Value: file.Record})
		}
	}
}

// reviews calls f for every [review], and every review of a place's list, with its path. Status is that of the record.
func (c *checker) reviews(f func(file *catalog.File, path []string, r *record.Review, status string)) {
	c.subjects(func(file *catalog.File, s review.Subject) {
		if r := s.Review(); r != nil {
			f(file, []string{"review"}, r, s.Status())
		}
	})
	for _, file := range c.files {
		if d, ok := file.Record.(*record.Division); ok {
			for n := range d.ListReviews {
				f(file, []string{"list_reviews", strconv.Itoa(n)}, &d.ListReviews[n], record.StatusInForce)
			}
		}
	}
}

// checkGate checks whether records that are in force have passed some gates, where the site demands them. They are held back
// from the plain site until they have.
func checkGate(gates ...review.Gate) func(*checker) {
	return func(c *checker) {
		policy := review.PolicyOf(c.config)
		c.subjects(func(file *catalog.File, s review.Subject) {
			if s.Status() == record.StatusDraft || c.broken[file.Path] {
				return
			}
			for _, g := range gatesIn(policy.Missing(s), gates) {
				at := []string{"status"}
				if s.Review() != nil {
					at = []string{"review", string(g)}
				}
				if r := s.Review(); g == review.Legality && r != nil && r.Legality != nil && r.Legality.Opinion == record.Unlawful {
					continue // a rule of its own
				}
				w := words{
					zh:     fmt.Sprintf("“%s”还没有%s：先不发布，只出现在征求意见网站", c.nameOf(file), lackZH[g]),
					en:     fmt.Sprintf("%s has %s: not published, and only in the consultation site", strings.Join(file.IDs, "/"), lackEN[g]),
					hint:   fmt.Sprintf("在 [review] 里写 %s；还没办的写 status = \"征求意见\"（site.toml [publish] 要求这个环节）", gateForm[g]),
					hintEN: fmt.Sprintf("state %s in [review]; what is not done yet has the status 征求意见 ([publish] of site.toml demands it)", gateForm[g]),
				}
				if s.Kind == record.KindImplementation {
					w.hint = fmt.Sprintf("在 [review] 里写 %s（site.toml [publish] places 要求这个环节）", gateForm[g])
					w.hintEN = fmt.Sprintf("state %s in [review] ([publish] places of site.toml demands it)", gateForm[g])
				}
				c.report(file, at, w)
			}
		})
	}
}

// gatesIn returns those of the gates that are in a list.
func gatesIn(gates, list []review.Gate) []review.Gate {
	var out []review.Gate
	for _, g := range gates {
		for _, x := range list {
			if g == x {
				out = append(out, g)
			}
		}
	}
	return out
}

// What is said of a gate that is missing, and how it is written.
var (
	lackZH = map[review.Gate]string{
		review.Signed: "拟稿单位签发（signed）", review.Reviewed: "业务部门审核（reviewed）", review.Consultation: "完整的征求意见记录（起止日期和公告）",
		review.Legality: "完整的合法性审查意见（意见、文号、日期）", review.Approved: "审定文件", review.Published: "公布记录（published）", review.Filed: "备案记录（filed）",
	}
	lackEN = map[review.Gate]string{
		review.Signed: "no signature of the drafting office", review.Reviewed: "no review of its department", review.Consultation: "no consultation with days and notice",
		review.Legality: "no opinion of the legal office with document and day", review.Approved: "no document of approval", review.Published: "no act of publication", review.Filed: "no filing",
	}
	gateForm = map[review.Gate]string{
		review.Signed: "signed = { body = …, role = …, date = … }", review.Reviewed: "reviewed = { body = …, role = …, date = … }",
		review.Consultation: "consultation = { opens = …, closes = …, document = … }",
		review.Legality:     "legality = { opinion = …, document = …, date = …, body = … }",
		review.Approved:     "approved = { body = …, date = …, document = … }", review.Published: "published = { body = …, date = … }", review.Filed: "filed = { body = …, date = … }",
	}
)

// nameOf is what people call the subject of a record: the item, its procedure, or the item in a place.
func (c *checker) nameOf(f *catalog.File) string {
	switch r := f.Record.(type) {
	case *record.Item:
		return r.Name
	case *record.Procedure:
		if i := c.Item(f.IDs[0]); i != nil && i.Name != r.Name {
			return i.Name + "（" + r.Name + "）"
		}
		return r.Name
	}
	if d, i := c.Division(f.IDs[0]), c.Item(f.ID()); d != nil && i != nil {
		return d.Name + " " + i.Name
	}
	return f.ID()
}

// checkLists looks at the newest review of the list of every place that has records of its own.
func checkLists(c *checker) {
	demanded := review.PolicyOf(c.config).Lists()
	if len(demanded) == 0 {
		return
	}
	for _, d := range c.Divisions {
		if len(d.Local) == 0 || c.broken[d.File.Path] {
			continue
		}
		var newest *record.Review
		at := []string{"id"}
		if n := len(d.ListReviews); n > 0 {
			newest, at = &d.ListReviews[n-1], []string{"list_reviews", strconv.Itoa(n - 1)}
		}
		var zh, en []string
		for _, g := range review.Lacks(newest, demanded) {
			zh, en = append(zh, g.Title().ZH), append(en, strings.ToLower(g.Title().EN))
		}
		if len(zh) == 0 {
			continue
		}
		c.report(d.File, at, words{
			zh: fmt.Sprintf("%s的清单还缺：%s", d.Name, strings.Join(zh, "、")), en: fmt.Sprintf("the list of %s lacks: %s", d.ID, strings.Join(en, ", ")),
			hint: "在 [[list_reviews]] 里补上，最后一段算最近一次", hintEN: "state it in [[list_reviews]]; the last one counts as the newest",
		})
	}
}

func checkUnlawful(c *checker) {
	c.reviews(func(file *catalog.File, path []string, r *record.Review, status string) {
		if r.Legality == nil || r.Legality.Opinion != record.Unlawful || status != record.StatusInForce && status != record.StatusSuspended {
			return
		}
		c.report(file, join(path, "legality", "opinion"), words{
			zh: "合法性审查的意见是不合法，不能发布", en: "the legal office found it unlawful; it cannot be published",
			hint: "按意见修改后重新送审，在那以前写 status = \"征求意见\"", hintEN: "mend it and have it examined again; until then its status is 征求意见",
		})
	})
}

func checkOpinion(c *checker) {
	c.reviews(func(file *catalog.File, path []string, r *record.Review, _ string) {
		if r.Legality == nil || r.Legality.Opinion == "" || slices.Contains(record.Opinions, r.Legality.Opinion) {
			return
		}
		c.report(file, join(path, "legality", "opinion"), words{
			zh: fmt.Sprintf("审查意见写的是“%s”，认不出", r.Legality.Opinion), en: fmt.Sprintf("the opinion %q is none of the three", r.Legality.Opinion),
			hint: "写 " + strings.Join(record.Opinions, "、") + " 里的一个", hintEN: "write one of " + strings.Join(record.Opinions, ", "),
		})
	})
}

func checkConsultationDays(c *checker) {
	least := review.PolicyOf(c.config).Days()
	c.reviews(func(file *catalog.File, path []string, r *record.Review, _ string) {
		if r.Consultation == nil || r.Consultation.Reason != "" {
			return
		}
		days := r.Consultation.Days()
		if days == 0 || days >= least {
			return // the wrong order is said by another rule
		}
		c.report(file, join(path, "consultation", "closes"), words{
			zh: fmt.Sprintf("征求意见只有 %d 天，规定不少于 %d 天", days, least), en: fmt.Sprintf("the consultation lasts %d days; the rule is %d", days, least),
			hint: fmt.Sprintf("截止日期改到%s以后；确实紧急的写 reason = \"…\"", r.Consultation.Opens.AddDays(least-1).Han()), hintEN: fmt.Sprintf("close it on %s or later, or state reason", r.Consultation.Opens.AddDays(least-1)),
		})
	})
}

func checkConsultationNotice(c *checker) {
	c.reviews(func(file *catalog.File, path []string, r *record.Review, _ string) {
		if r.Consultation == nil || r.Consultation.Document != "" || c.broken[file.Path] {
			return
		}
		c.report(file, join(path, "consultation"), words{
			zh: "征求意见没有写公告（document）", en: "the consultation does not name its notice (document)",
			hint: "写 document = \"…\"：文件编号、文号或者公告的网址", hintEN: "state document: the id of a document, its number, or the address of the notice",
		})
	})
}

func checkConsultationResult(c *checker) {
	c.reviews(func(file *catalog.File, path []string, r *record.Review, status string) {
		if r.Consultation == nil || r.Consultation.Result != "" || status == record.StatusDraft || r.Consultation.Closes == 0 || c.AsOf <= r.Consultation.Closes {
			return
		}
		c.report(file, join(path, "consultation"), words{
			zh: fmt.Sprintf("征求意见%s已经截止，没有写意见怎样处理", r.Consultation.Closes.Han()), en: fmt.Sprintf("the consultation closed on %s; what came of it is not said", r.Consultation.Closes),
			hint: "写 result = \"收到意见三条，采纳两条。\"，没有收到也写一句", hintEN: "state result, also where nobody commented",
		})
	})
}

// checkReviewOrder reports the first act of a review that comes before the one that must precede it. The end of a consultation
// before its beginning is said by date-order.
func checkReviewOrder(c *checker) {
	c.reviews(func(file *catalog.File, path []string, r *record.Review, _ string) {
		days := review.Days(r)
		for i := 1; i < len(days); i++ {
			a, b := days[i-1], days[i]
			if b.Day >= a.Day || a.Gate == b.Gate {
				continue
			}
			c.report(file, join(path, b.Key...), words{
				zh: fmt.Sprintf("“%s”（%s）早于“%s”（%s）", b.Gate.Title().ZH, b.Day, a.Gate.Title().ZH, a.Day), en: fmt.Sprintf("%s (%s) is before %s (%s)", b.Gate, b.Day, a.Gate, a.Day),
				hint: "先后是：拟稿、审核、征求意见、合法性审查、审定、发布、备案；核对日期", hintEN: "the order is signed, reviewed, consultation, legality, approved, published, filed; check the days",
			}.note(file.Position(join(path, a.Key...)...), "前一个环节", "the step before"))
			return
		}
	})
}

// checkReviewEarly looks at items and procedures whose consultation or approval ends after they are in force. One that is in force
// already may have changed since its first day: then its newest review must have ended by today.
func checkReviewEarly(c *checker) {
	c.subjects(func(file *catalog.File, s review.Subject) {
		r, from := s.Review(), s.Effective()
		if r == nil || from == 0 || s.Kind == record.KindImplementation || s.Status() == record.StatusDraft {
			return
		}
		var last review.Dated
		for _, d := range review.Days(r) {
			if d.Gate != review.Published && d.Gate != review.Filed && d.Day > last.Day {
				last = d
			}
		}
		start := max(from, c.AsOf)
		if last.Day < start || last.Day == start && last.Key[1] != "closes" {
			return
		}
		c.report(file, []string{"effective_from"}, words{
			zh: fmt.Sprintf("从%s起生效，“%s”要到%s", from.Han(), last.Gate.Title().ZH, last.Day.Han()), en: fmt.Sprintf("in force from %s, and %s ends on %s", from, last.Gate, last.Day),
			hint: "把 effective_from 推到那以后；还没审完的写 status = \"征求意见\"", hintEN: "let it take effect later; until then its status is 征求意见",
		}.note(file.Position(join([]string{"review"}, last.Key...)...), "审核的日期", "the day of the review"))
	})
}

func checkDraftOverdue(c *checker) {
	c.subjects(func(file *catalog.File, s review.Subject) {
		if s.Status() != record.StatusDraft || s.Effective() == 0 || c.AsOf < s.Effective() {
			return
		}
		c.report(file, []string{"effective_from"}, words{
			zh: fmt.Sprintf("还是征求意见稿，打算实行的日子%s已经到了", s.Effective().Han()), en: fmt.Sprintf("still a draft, and the day it was to take effect, %s, has come", s.Effective()),
			hint: "审定了的改成 status = \"在用\"；推迟的改 effective_from", hintEN: "put it in force if it was approved, or move effective_from",
		})
	})
}

// checkReviewDocument holds that what looks like the id of a document is one.
func checkReviewDocument(c *checker) {
	c.reviews(func(file *catalog.File, path []string, r *record.Review, _ string) {
		for _, d := range review.Documents(r) {
			if !record.IsID(d.Name) || c.Documents.Get(d.Name) != nil {
				continue
			}
			hint, hintEN := suggest(d.Name, idsOf(c.Documents.All), nil)
			c.report(file, join(path, string(d.Gate), "document"), words{
				zh: fmt.Sprintf("“%s”的文件 %s 找不到：data/documents/ 里没有，也不是文号", d.Gate.Title().ZH, d.Name), en: fmt.Sprintf("the document %s of %s is not in data/documents/ and no number", d.Name, d.Gate),
				hint:   cmp.Or(hint, "写 data/documents/ 里的编号，或者直接写文号，如 示司审〔2026〕3号"),
				hintEN: cmp.Or(hintEN, "write the id of a record in data/documents/, or the number itself"),
			})
		}
	})
}
