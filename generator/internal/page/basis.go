package page

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// BasisView is one legal ground: the law's name with a link, the article where its number is verified, a note.
type BasisView struct {
	Name, URL, Article, Note string
}

// basisViews are legal grounds as a guide shows them. A law the library lacks is named by its id.
func (b *builder) basisViews(list []record.Basis) []BasisView {
	var out []BasisView
	for _, x := range list {
		v := BasisView{Name: x.Law, Article: x.Article, Note: x.Note}
		if e := b.site.Catalog.Laws.Get(x.Law); e != nil {
			v.Name, v.URL = bracket(e.Record.Name), "../../laws/"+e.ID+"/index.html"
		}
		out = append(out, v)
	}
	return out
}

// bracket puts a title into 《》 unless it has them.
func bracket(name string) string {
	if strings.HasPrefix(name, "《") {
		return name
	}
	return "《" + name + "》"
}

// itemView is the view of fragments/item: what the catalogue says of the item, the same everywhere.
type itemView struct {
	Name, URL, Procedure, Type   string
	Department, Code, CodeStatus string
	Content, Source, Joint       string
	Audience, Levels             string
	Basis                        []BasisView
	Rights, Duties               []string
	Discretion, Review           string
}

func (b *builder) itemView(g *catalog.Guide) *itemView {
	i := g.Item
	v := &itemView{
		Name: i.Name, URL: "../../items/" + i.ID + "/index.html", Procedure: shortName(g), Type: i.Type, Department: i.Department,
		Code: i.Code, Content: g.Powers.Content, Source: g.Powers.PowerSource, Joint: strings.Join(g.Powers.JointOrgs, "、"),
		Audience: strings.Join(g.Scope.Audience, "、"), Levels: strings.Join(i.Levels, "、"), Basis: b.basisViews(i.Basis),
		Rights: g.Protection.Rights, Duties: g.Protection.Duties, Discretion: g.Protection.Discretion, Review: g.Protection.ReviewRules,
	}
	if i.CodeStatus != "official" {
		v.CodeStatus = b.say("code_sample")
	}
	return v
}

// QAView is one question people ask.
type QAView struct{ Q, A string }

// faqView is the view of fragments/faq.
type faqView struct{ FAQ []QAView }

func faqOf(q *record.Questions, t *texts) *faqView {
	v := &faqView{}
	for _, x := range q.FAQ {
		v.FAQ = append(v.FAQ, QAView{t.put(x.Q), t.put(x.A)})
	}
	return v
}

// remedyView is the view of fragments/remedy: what people can do when it does not work out.
type remedyView struct {
	Review, Litigation, Complaint, Note string
	Basis                               []BasisView
	Phone, Dial                         string
}

// remedyView says what the kind of the deciding body leaves open: review, a court, or only a complaint.
func (b *builder) remedyView(k remedyKey) *remedyView {
	v := &remedyView{Note: k.note, Phone: k.phone, Dial: dial(k.phone)}
	if t := b.site.Catalog.Vocab["org-kinds"].Term(k.kind); t != nil && t.Remedies != nil {
		r := t.Remedies
		v.Review, v.Litigation, v.Complaint, v.Basis = r.Review, r.Litigation, r.Complaint, b.basisViews(r.Basis)
	}
	return v
}
