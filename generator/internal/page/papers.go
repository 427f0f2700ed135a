package page

import (
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// PaperView is one paper of the section on what to bring.
type PaperView struct {
	Only
	No         int // its number on the page, by which clerks and promises refer to it
	Name, URL  string
	Tag        string // 必要 / 容缺后补 / 免交 …
	TagClass   string // must / later / on
	Amount     string // 原件 1 份，纸质或电子
	Source     string
	Instead    string // what replaces it
	How        string // why it need not be brought
	Missing    string // what to do when the window does not find it
	Follow     string // when a paper that may follow is due
	Blank      string // addresses of forms
	Sample     string
	Fill       string
	Lost       string
	Accept     string
	Basis      []BasisView
	OneOf      string // the papers of which one is enough
	ValidFor   string
	Copies     string // why copies are needed
	Service    string // the intermediary service it comes from
	ServiceURL string
}

// PaperGroup is the papers of one kind with their heading.
type PaperGroup struct {
	Title  string
	Box    bool // printed with boxes to tick
	Papers []PaperView
}

// papersView is the view of fragments/papers.
type papersView struct {
	Stated   bool
	Sentence Node
	Groups   []PaperGroup
	Agents   []AgentView // who else may apply, with which papers
	Promise  string      // 告知承诺
	Form     string
	Later    string      // 容缺受理
	Basis    []BasisView // what most papers rest on, said once
	BasisOf  string      // the numbers of these papers; "" if it is all of them
}

// AgentView is someone who may apply for the applicant.
type AgentView struct {
	Who, Papers, Note string
}

func (b *builder) papersView(g *catalog.Guide) *papersView {
	qs := questions(g.Scope.Cases)
	v := &papersView{Stated: g.Papers.Stated, Sentence: papersNode(qs, g.Papers, b.sayPapers)}
	titles := [numGroups]string{b.say("papers_bring"), b.say("papers_follow"), b.say("papers_some"), b.say("papers_find")}
	no := 0
	for group := range paperGroup(numGroups) {
		pg := PaperGroup{Title: titles[group], Box: group != byWindow}
		for _, line := range g.Papers.Lines {
			if groupOf(line) == group {
				no++
				pg.Papers = append(pg.Papers, b.paperView(qs, g, line, no))
			}
		}
		if len(pg.Papers) > 0 {
			v.Groups = append(v.Groups, pg)
		}
	}
	v.joinBasis()
	for _, r := range g.Access.Representative {
		v.Agents = append(v.Agents, AgentView{Who: r.Who, Papers: strings.Join(b.materialNames(r.Papers), "、"), Note: r.Note})
	}
	if c := g.Facilitation.Commitment; c.On() {
		v.Promise = sentence(c.Content, c.Requirements, c.Liability)
		if v.Promise == "" {
			v.Promise = b.say("commitment_offered")
		}
		v.Form = webURL(c.Form)
	}
	if t := g.Facilitation.Tolerance; t.On() {
		v.Later = b.tolerance(g, t)
	}
	return v
}

// joinBasis takes the basis that most papers share away from each and says it once, with their numbers.
func (v *papersView) joinBasis() {
	var papers []*PaperView
	for i := range v.Groups {
		for j := range v.Groups[i].Papers {
			papers = append(papers, &v.Groups[i].Papers[j])
		}
	}
	most, best := 1, -1
	for i, p := range papers {
		n := 0
		for _, other := range papers {
			if len(p.Basis) > 0 && slices.Equal(p.Basis, other.Basis) {
				n++
			}
		}
		if n > most {
			most, best = n, i
		}
	}
	if best < 0 {
		return
	}
	v.Basis = papers[best].Basis
	var numbers []string
	for _, p := range papers {
		if slices.Equal(p.Basis, v.Basis) {
			p.Basis = nil
			numbers = append(numbers, strconv.Itoa(p.No))
		}
	}
	if most < len(papers) {
		v.BasisOf = strings.Join(numbers, "、")
	}
}

// tolerance says that papers may follow: within which time, and which ones never may.
func (b *builder) tolerance(g *catalog.Guide, t *record.Tolerance) string {
	text := b.say("tolerance")
	if t.Limit != nil {
		text = b.say("tolerance_within", "limit", t.Limit.String())
	}
	var main []string
	for _, key := range t.Main {
		for _, line := range g.Papers.Lines {
			if line.Key() == key {
				main = append(main, line.Name())
			}
		}
	}
	if len(main) > 0 {
		text += b.say("tolerance_main", "papers", strings.Join(main, "、"))
	}
	return text
}

func (b *builder) materialNames(ids []string) []string {
	var out []string
	for _, id := range ids {
		if e := b.site.Catalog.Materials.Get(id); e != nil {
			out = append(out, e.Record.Name)
		} else {
			out = append(out, id)
		}
	}
	return out
}

func (b *builder) paperView(qs questions, g *catalog.Guide, p *catalog.Paper, no int) PaperView {
	v := PaperView{
		Only: b.only(qs, p.When), No: no, Name: p.Name(), Tag: p.Necessity, TagClass: "must",
		Amount: b.amount(p.MaterialUse), Source: p.Source, Fill: p.FillNote, Accept: p.AcceptStandard, Basis: b.basisViews(p.Basis),
		Copies: p.CopiesReason, Blank: webURL(p.BlankForm), Sample: webURL(p.SampleForm),
	}
	if lib := p.Library; lib != nil {
		m := lib.Record
		if b.site.Catalog.Materials.Get(lib.ID) != nil { // an old version may name one that is no more
			v.URL = "../../materials/" + lib.ID + "/index.html"
		}
		v.Lost, v.ValidFor = m.Remedy, m.ValidFor
		if v.Blank == "" {
			v.Blank = webURL(m.BlankForm)
		}
		if v.Sample == "" {
			v.Sample = webURL(m.SampleForm)
		}
		v.Instead = strings.Join(b.materialNames(m.Alternatives), "、")
	}
	if slices.Contains(p.WaivedBy, "告知承诺") {
		v.Instead = join(v.Instead, b.say("commitment_instead"))
	}
	switch groupOf(p) {
	case byWindow:
		v.Tag, v.TagClass = b.say("tag_waived"), "on"
		v.How, v.Missing = b.waiver(p), b.say("waived_missing")
		if p.Drop != nil {
			v.Missing = ""
		}
	case toFollow:
		v.TagClass = "later"
		if t := g.Facilitation.Tolerance; t != nil && t.Limit != nil {
			v.Follow = b.say("follow_within", "limit", t.Limit.String())
		}
	case onlySome:
		v.TagClass = ""
	}
	if p.AnyOf != "" {
		v.OneOf = b.oneOf(g.Papers, p)
	}
	if e := b.site.Catalog.Intermediaries.Get(p.Intermediary); e != nil {
		v.Service, v.ServiceURL = e.Record.Name, "../../intermediaries/"+e.ID+"/index.html"
	}
	return v
}

// waiver says why a paper need not be brought.
func (b *builder) waiver(p *catalog.Paper) string {
	if p.Drop != nil {
		return join(b.say("dropped_here", "reason", p.Drop.Reason), p.Drop.Note)
	}
	var out []string
	if slices.Contains(p.WaivedBy, "数据共享") {
		out = append(out, b.say("waived_sharing"))
	}
	if slices.Contains(p.WaivedBy, "电子证照") {
		out = append(out, b.say("waived_ecert"))
	}
	return strings.Join(out, "；")
}

// oneOf names the papers of the group of which one is enough.
func (b *builder) oneOf(papers *catalog.Papers, p *catalog.Paper) string {
	var names []string
	for _, line := range papers.Lines {
		if line.AnyOf == p.AnyOf && line != p {
			names = append(names, line.Name())
		}
	}
	if len(names) == 0 {
		return ""
	}
	return b.say("one_of", "papers", strings.Join(names, "、"))
}

// amount is 原件 1 份，复印件 2 份，纸质或电子.
func (b *builder) amount(m *record.MaterialUse) string {
	var parts []string
	if m.Originals != nil && *m.Originals > 0 {
		parts = append(parts, b.say("originals", "n", strconv.Itoa(*m.Originals)))
	}
	if m.Copies != nil && *m.Copies > 0 {
		parts = append(parts, b.say("copies", "n", strconv.Itoa(*m.Copies)))
	}
	if m.Form != "" {
		parts = append(parts, m.Form)
	}
	if len(parts) == 0 {
		return b.say("amount_unknown")
	}
	return strings.Join(parts, "，")
}
