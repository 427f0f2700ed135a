package form

import (
	"bytes"
	"embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"banshi/generator/internal/changes"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

//go:embed client/form.html client/form.css
var client embed.FS

// Style is the style sheet of the form's pages.
func Style() []byte {
	data, err := client.ReadFile("client/form.css")
	if err != nil {
		panic(err) // it is embedded
	}
	return data
}

// templates are the form's pages in both languages.
var templates = map[bool]*template.Template{false: parse(false), true: parse(true)}

func parse(english bool) *template.Template {
	say := func(zh, en string) string {
		if english {
			return en
		}
		return zh
	}
	return template.Must(template.New("").Funcs(template.FuncMap{"say": say}).ParseFS(client, "client/form.html"))
}

// Desk is where a form is asked and answered over HTTP.
type Desk struct {
	Dir     string // folder of the site
	Address string // of the guide's page, without a leading slash
	Action  string // address of the form
	Style   string // address of the style sheet
	Token   string // that a form must send back; whoever serves it compares
}

// view is what the templates see.
type view struct {
	Desk
	Form          *Form
	Heading, Base string
	Trouble       string
	Saved         bool
	Groups        []groupView
	Mistakes      []Mistake
	Answers       []Option // given before; Label is the name of the question
	Proposal      *proposalView
	book          []byte // a workbook to download instead of a page
	status        int
	template      string
}

type groupView struct {
	Title, Hint, Note string
	Stated, Open      bool
	Fields            []fieldView
	Rows              []rowView
}

type rowView struct {
	Name   string
	Fields []fieldView
}

type fieldView struct {
	Field
	Answer, Wrong string
}

type proposalView struct {
	Entries  []entryView
	Problems []problemView
	Files    []string
	Fit      bool
	OnSheet  bool
	Hall     bool // the hall changes too
}

type entryView struct {
	Arrow, Class, Title string
	Guides              int
	Fields              []wordsView
}

type wordsView struct{ Arrow, Class, Words string }

type problemView struct{ Message, Hint, Where string }

// serve decides what is answered: the questions, what the answers would change, or that it was written.
func (f *Form) serve(d Desk, r *http.Request) *view {
	v := &view{Desk: d, Form: f, Base: f.Base(), status: http.StatusOK, template: "ask"}
	v.Heading = f.library.say("改本地自己定的内容", "Change what the place decides")
	if r.Method != http.MethodPost {
		v.Saved = r.URL.Query().Has("saved")
		v.ask(f, nil, nil)
		return v
	}
	answers := map[string]string{}
	for name, values := range r.PostForm {
		answers[name] = values[0]
	}
	if answers["base"] != v.Base {
		v.status, v.Trouble = http.StatusConflict, ErrChanged.Error()
		v.ask(f, nil, nil)
		return v
	}
	if answers["action"] == "back" {
		v.ask(f, answers, nil)
		return v
	}
	p, err := f.Propose(answers)
	switch {
	case err != nil:
		v.status, v.Trouble = http.StatusUnprocessableEntity, err.Error()
	case len(p.Mistakes) > 0:
		v.status = http.StatusUnprocessableEntity
	case len(p.Files) == 0:
		v.Trouble = f.library.say("什么也没有改。", "Nothing was changed.")
	case answers["action"] == "sheet" && p.Fit() && p.OnSheet():
		v.sheet(f, p)
		return v
	case answers["action"] == "save" && p.Fit():
		v.save(f, p)
		return v
	default:
		v.look(f, p, answers)
		return v
	}
	var mistakes []Mistake
	if p != nil {
		mistakes = p.Mistakes
	}
	v.ask(f, answers, mistakes)
	return v
}

// save writes a proposal.
func (v *view) save(f *Form, p *Proposal) {
	err := p.Write(v.Dir, v.Base)
	if err == nil {
		v.status = http.StatusSeeOther
		return
	}
	v.status, v.Trouble = http.StatusInternalServerError, err.Error()
	if errors.Is(err, ErrChanged) {
		v.status = http.StatusConflict
	}
	v.ask(f, nil, nil)
}

// sheet makes the workbook of a proposal.
func (v *view) sheet(f *Form, p *Proposal) {
	var book bytes.Buffer
	if err := table.WriteWorkbook(&book, f.Sheet(p)); err != nil {
		v.status, v.Trouble = http.StatusInternalServerError, err.Error()
		v.ask(f, nil, nil)
		return
	}
	v.book = book.Bytes()
}

// ask fills in the questions, with answers that were given already.
func (v *view) ask(f *Form, answers map[string]string, mistakes []Mistake) {
	v.Mistakes = mistakes
	fill := func(fields []Field) []fieldView {
		out := make([]fieldView, len(fields))
		for i, x := range fields {
			out[i] = fieldView{Field: x, Answer: x.Value}
			if a, ok := answers[x.Name]; ok {
				out[i].Answer = a
			}
			if x.Kind == Choice && out[i].Answer != "" && !slices.ContainsFunc(x.Options, func(o Option) bool { return o.Value == out[i].Answer }) {
				out[i].Options = append(slices.Clone(x.Options), Option{out[i].Answer, out[i].Answer}) // what the record says must not get lost
			}
			for _, m := range mistakes {
				if m.Name == x.Name {
					out[i].Wrong = m.Text
				}
			}
		}
		return out
	}
	for _, g := range f.Groups {
		gv := groupView{Title: g.Title, Hint: g.Hint, Note: g.Note, Fields: fill(g.Fields)}
		for i, row := range g.Rows {
			name := f.library.say("第 "+strconv.Itoa(i+1)+" 条", "No. "+strconv.Itoa(i+1))
			if i == g.have {
				name = f.library.say("加一条", "One more")
			}
			gv.Rows = append(gv.Rows, rowView{name, fill(row)})
		}
		gv.look()
		v.Groups = append(v.Groups, gv)
	}
}

// look opens a group that says something, or has an answer that cannot be read.
func (g *groupView) look() {
	all := slices.Clone(g.Fields)
	for _, r := range g.Rows {
		all = append(all, r.Fields...)
	}
	for _, f := range all {
		g.Stated = g.Stated || f.Value != ""
		g.Open = g.Open || f.Value != "" || f.Answer != "" || f.Wrong != ""
	}
}

// look shows what a proposal changes, and carries the answers on.
func (v *view) look(f *Form, p *Proposal, answers map[string]string) {
	v.template, v.Heading = "look", f.library.say("会变成这样", "What would change")
	pv := &proposalView{Fit: p.Fit(), OnSheet: p.OnSheet(), Hall: slices.ContainsFunc(p.Files, func(x File) bool { return x.kind == record.KindDivision })}
	for _, e := range p.Entries {
		ev := entryView{Arrow: e.Direction().String(), Class: classOf(e.Direction()), Title: e.Title, Guides: e.Guides}
		if len(e.Fields) > 1 {
			for _, x := range e.Fields {
				ev.Fields = append(ev.Fields, wordsView{x.Direction.String(), classOf(x.Direction), x.Words})
			}
		}
		pv.Entries = append(pv.Entries, ev)
	}
	for _, x := range p.Problems {
		pv.Problems = append(pv.Problems, problemView{x.Message.In(f.library.Lang), x.Hint.In(f.library.Lang), x.Position.String()})
	}
	for _, x := range p.Files {
		pv.Files = append(pv.Files, x.Path)
	}
	if !pv.Fit {
		v.status = http.StatusUnprocessableEntity
	}
	v.Proposal = pv
	for _, g := range f.Groups {
		for _, fields := range append([][]Field{g.Fields}, g.Rows...) {
			for _, x := range fields {
				if a, ok := answers[x.Name]; ok {
					v.Answers = append(v.Answers, Option{Value: a, Label: x.Name})
				}
			}
		}
	}
}

func classOf(d changes.Direction) string {
	switch d {
	case changes.Worse:
		return "worse"
	case changes.Better:
		return "better"
	}
	return "same"
}

// Serve answers one request about the form: GET asks, POST shows what the answers would change and, with action=save, writes
// it or, with action=sheet, gives it as a workbook. The caller has parsed the request's form, limited it, and compared the token and the origin.
func (f *Form) Serve(w http.ResponseWriter, r *http.Request, d Desk) {
	v := f.serve(d, r)
	if v.status == http.StatusSeeOther {
		http.Redirect(w, r, d.Action+"?saved", http.StatusSeeOther)
		return
	}
	if v.book != nil {
		h := w.Header()
		h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		h.Set("Content-Disposition", "attachment; filename=\"xiugaidan.xlsx\"; filename*=UTF-8''"+url.PathEscape("修改单（"+f.Guide.Item.Name+"，"+f.Guide.Division.Name+"）.xlsx"))
		_, _ = w.Write(v.book) // a reader who left needs no answer
		return
	}
	var page bytes.Buffer
	english := diag.Text{ZH: "zh", EN: "en"}.In(f.library.Lang) == "en"
	if err := templates[english].ExecuteTemplate(&page, v.template, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "same-origin") // with none, a browser sends no Origin that could be compared
	w.WriteHeader(v.status)
	_, _ = w.Write(page.Bytes()) // a reader who left needs no answer
}
