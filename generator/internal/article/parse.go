package article

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/markdown"
	"banshi/generator/internal/tomlfile"
)

// head is the TOML before the body.
type head struct {
	Title   string   `toml:"title"`
	Kind    string   `toml:"kind"`
	Date    date     `toml:"date"`
	Summary string   `toml:"summary"`
	Aliases []string `toml:"aliases"`
	Items   []string `toml:"items"`
	Order   int      `toml:"order"`
}

// date is a TOML local date as YYYY-MM-DD.
type date string

// UnmarshalTOML takes a local date and nothing else.
func (d *date) UnmarshalTOML(v any) error {
	t, ok := v.(time.Time)
	// BurntSushi marks the flavour of a date in its location's name.
	if !ok || t.Location().String() != "date-local" {
		return notADate{}
	}
	*d = date(t.Format(time.DateOnly))
	return nil
}

type notADate struct{}

func (notADate) Error() string { return notADate{}.ZH() }
func (notADate) ZH() string    { return "应是日期，写成 2026-01-31，不加引号、不带时间" }
func (notADate) EN() string {
	return "must be a date such as 2026-01-31, without quotes and without a time"
}

// parse reads one file. The article is nil when it has no readable head.
func parse(name string, data []byte) (*Article, []diag.Problem) {
	front, body, ok := split(data)
	if !ok {
		return nil, []diag.Problem{noHead(name)}
	}
	// The line of plus signs becomes an empty line, so that every position in
	// the TOML is a position in the file.
	text := append([]byte{'\n'}, front...)
	var h head
	document, problems := tomlfile.Decode(name, text, &h, tomlfile.Options{})
	if len(problems) > 0 && h.Title == "" && h.Kind == "" {
		return nil, problems
	}
	problems = append(problems, checkHead(document, h, problems)...)

	a := &Article{
		Path: name, Title: h.Title, Kind: h.Kind, Summary: h.Summary, Date: string(h.Date),
		Aliases: h.Aliases, Items: h.Items, Order: h.Order,
	}
	before := bytes.Count(data[:len(data)-len(body)], []byte{'\n'})
	doc, err := markdown.Convert(body, markdown.Options{MaxBytes: MaxBytes})
	var limit *markdown.LimitError
	switch {
	case errors.As(err, &limit):
		problems = append(problems, problem(name, before+limit.Line, "article-limit", diag.Text{ZH: limit.ZH, EN: limit.EN}, diag.Text{}))
	case err != nil:
		panic("article: markdown failed for another reason than a limit: " + err.Error())
	default:
		a.Body = doc
		problems = append(problems, checkBody(name, before, body, doc)...)
	}
	return a, problems
}

// split parts a file into the TOML between the two lines of plus signs and the
// text after them.
func split(data []byte) (front, body []byte, ok bool) {
	first, rest, _ := bytes.Cut(data, []byte{'\n'})
	if !isFence(first) {
		return nil, nil, false
	}
	for at := 0; at < len(rest); {
		line, _, _ := bytes.Cut(rest[at:], []byte{'\n'})
		next := min(at+len(line)+1, len(rest))
		if isFence(line) {
			return rest[:at], rest[next:], true
		}
		at = next
	}
	return nil, nil, false
}

func isFence(line []byte) bool { return string(bytes.TrimRight(line, " \t\r")) == "+++" }

func noHead(name string) diag.Problem {
	return problem(name, 1, "article-head",
		diag.Text{ZH: "文件开头没有两行 +++ 之间的题头", EN: "no head between two lines of +++ at the beginning of the file"},
		diag.Text{
			ZH: "第一行写 +++，接着是 title = \"…\" 和 kind = \"帮助\"，再写一行 +++，然后是正文；文件存为不带 BOM 的 UTF-8",
			EN: "write +++ on the first line, then title = \"…\" and kind = \"帮助\", another line of +++, then the text; save the file as UTF-8 without a byte order mark",
		})
}

// checkHead holds what the types of the head do not. Reported are the problems
// of its lines so far: a value that could not be read is not missed again.
func checkHead(document *tomlfile.Document, h head, reported []diag.Problem) (problems []diag.Problem) {
	require := func(key, value, why, whyEN string) {
		if strings.TrimSpace(value) != "" {
			return
		}
		p := problem(document.Name, 1, "article-required", diag.Text{ZH: "题头缺少 " + key, EN: "the head lacks " + key}, diag.Text{ZH: why, EN: whyEN})
		if document.Has(key) {
			p.Position = document.Position(key)
		}
		if !slices.ContainsFunc(reported, func(r diag.Problem) bool { return document.Has(key) && r.Line == p.Line }) {
			problems = append(problems, p)
		}
	}
	require("title", h.Title, "页面的标题", "the heading of the page")
	require("kind", h.Kind, "写 "+strings.Join(Kinds, "、")+" 之一", "one of "+strings.Join(Kinds, ", "))
	if h.Kind == "政策" || h.Kind == "公告" {
		require("date", string(h.Date), h.Kind+"要写明日期，例如 date = 2026-11-21", "a "+h.Kind+" is dated, such as date = 2026-11-21")
	}
	if h.Kind != "" && !slices.Contains(Kinds, h.Kind) {
		problems = append(problems, diag.Problem{
			Position: document.Position("kind"),
			Rule:     "article-kind",
			Message:  diag.Text{ZH: fmt.Sprintf("没有 %q 这一类", h.Kind), EN: fmt.Sprintf("there is no kind %q", h.Kind)},
			Hint:     diag.Text{ZH: "写 " + strings.Join(Kinds, "、") + " 之一", EN: "write one of " + strings.Join(Kinds, ", ")},
		})
	}
	return problems
}

// checkBody holds that headings form an outline below the title, and that no
// link was refused. Before is the number of lines before the body.
func checkBody(name string, before int, body []byte, doc markdown.Doc) (problems []diag.Problem) {
	level := 1
	for _, h := range doc.Headings {
		if h.Level == 1 || h.Level > level+1 {
			want := strings.Repeat("#", max(2, min(h.Level, level+1)))
			problems = append(problems, problem(name, before+h.Line, "article-heading",
				diag.Text{
					ZH: fmt.Sprintf("“%s”是第 %d 级标题，这里应是 %s", h.Text, h.Level, want),
					EN: fmt.Sprintf("%q is a heading of level %d, here stands %s", h.Text, h.Level, want),
				},
				diag.Text{
					ZH: "题头里的 title 是第 1 级，正文从 ## 开始，一级一级往下，读屏软件靠它说出文章的结构",
					EN: "the title in the head is level 1, the text begins with ## and skips none: screen readers tell the outline by it",
				}))
		}
		level = max(2, h.Level)
	}
	for _, link := range doc.Refused {
		problems = append(problems, problem(name, before+lineOf(body, link), "article-link",
			diag.Text{ZH: fmt.Sprintf("不能链接到 %q，这个链接只显示文字", link), EN: fmt.Sprintf("%q cannot be linked to; only its text is shown", link)},
			diag.Text{
				ZH: "可以写 https、http、mailto、tel 开头的地址，或者本站的相对地址；图片只能是本站的",
				EN: "write an address that begins with https, http, mailto or tel, or a relative one of this site; pictures must be the site's own",
			}))
	}
	return problems
}

// lineOf returns the line of body, from 1, where a link stands first. One that
// is written with entities is not found; it is sought from the first line on.
func lineOf(body []byte, link string) int {
	return 1 + bytes.Count(body[:max(0, bytes.Index(body, []byte(link)))], []byte{'\n'})
}

func problem(name string, line int, rule string, message, hint diag.Text) diag.Problem {
	return diag.Problem{Position: diag.Position{File: name, Line: line}, Rule: rule, Message: message, Hint: hint}
}
