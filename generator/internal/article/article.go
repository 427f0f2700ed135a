// Package article loads the articles and pages of a portal: Markdown files in
// content/ with a head of TOML.
//
//	+++
//	title   = "怎样看懂一份办事指南"
//	kind    = "帮助"
//	date    = 2026-11-21
//	summary = "从上往下，先看是不是办这个，再看带什么。"
//	aliases = ["看不懂办事指南"]
//	items   = ["food-business"]
//	order   = 1
//	+++
//	正文……
//
// The head stands between two lines of three plus signs, the first of them the
// first line of the file. Title and kind are required, and a date for what is
// dated by nature (政策, 公告). Items are the ids of the service items that the
// article concerns; whether they exist is for a later stage to say.
//
// The title is the page's heading of level 1, so the body begins with ## and
// skips no level.
//
// The path gives the address: content/help/index.md is help/,
// content/articles/x.md is articles/x/. Names are lower-case letters, digits and
// hyphens. Files that are no Markdown, and names that begin with a dot, are left
// alone.
package article

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/markdown"
)

// Folder is where articles are, in the root of a site.
const Folder = "content"

// MaxBytes is the longest body, in bytes: more than a record's field may have,
// as an article is read for its own sake.
const MaxBytes = 64 << 10

// Kinds are the values that kind may have.
var Kinds = []string{"帮助", "政策", "公告", "关于"}

// Rules are the ids of the problems that this package reports. Those of the TOML
// in the head are tomlfile's.
var Rules = []string{
	"article-path", "article-address", "article-head", "article-required", "article-kind",
	"article-limit", "article-heading", "article-link",
}

// Article is one page of content/.
type Article struct {
	Path    string   // of the file in the site, such as content/help/index.md
	URL     string   // of the page in the portal, with a slash at its end, such as help/
	Title   string   // the page's heading
	Kind    string   // one of Kinds
	Summary string   // one or two sentences, plain text; may be empty
	Date    string   // YYYY-MM-DD; may be empty
	Aliases []string // other words under which it is found
	Items   []string // ids of the items it concerns
	Order   int      // place among its neighbours in a menu, small first
	Body    markdown.Doc
}

// Load reads all articles of a site, whose root is fsys, sorted by URL. A site
// without a content folder has none. An article with problems is returned with
// what could be read; one without a readable head, or whose address belongs to
// another file, is not. The problems are sorted. The error is that of the file
// system.
func Load(fsys fs.FS) ([]*Article, []diag.Problem, error) {
	var articles []*Article
	var problems []diag.Problem
	taken := make(map[string]string) // URL → path

	err := fs.WalkDir(fsys, Folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != Folder && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir() || !strings.EqualFold(path.Ext(name), ".md"):
			return nil
		}
		url, ok := address(name)
		if !ok {
			problems = append(problems, badPath(name))
			return nil
		}
		if first, ok := taken[url]; ok {
			problems = append(problems, addressTaken(name, first, url))
			return nil
		}
		taken[url] = name
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		a, found := parse(name, data)
		problems = append(problems, found...)
		if a != nil {
			a.URL = url
			articles = append(articles, a)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		if _, missing := fs.Stat(fsys, Folder); errors.Is(missing, fs.ErrNotExist) {
			return nil, nil, nil
		}
	}
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(articles, func(a, b *Article) int { return strings.Compare(a.URL, b.URL) })
	return articles, diag.Sort(problems), nil
}

// address returns the URL of the page that a file makes. The file of the home
// page, content/index.md, is none: the portal makes its own.
func address(name string) (url string, ok bool) {
	rest := strings.TrimPrefix(name, Folder+"/")
	rest, ok = strings.CutSuffix(rest, ".md")
	if !ok {
		return "", false
	}
	parts := strings.Split(rest, "/")
	for _, part := range parts {
		if !isName(part) {
			return "", false
		}
	}
	if parts[len(parts)-1] == "index" {
		parts = parts[:len(parts)-1]
	}
	if len(parts) == 0 {
		return "", false
	}
	return strings.Join(parts, "/") + "/", true
}

func isName(s string) bool {
	for _, r := range s {
		if (r < 'a' || 'z' < r) && (r < '0' || '9' < r) && r != '-' {
			return false
		}
	}
	return s != "" && !strings.HasPrefix(s, "-") && !strings.HasSuffix(s, "-")
}

func badPath(name string) diag.Problem {
	return diag.Problem{
		Position: diag.Position{File: name},
		Rule:     "article-path",
		Message:  diag.Text{ZH: "从文件名得不出网址", EN: "the file's name gives no address"},
		Hint: diag.Text{
			ZH: "文件名和文件夹名只用小写字母、数字和连字符，以 .md 结尾，例如 content/articles/how-to-read-a-guide.md；首页由程序生成，不写 content/index.md",
			EN: "name files and folders with lower-case letters, digits and hyphens, ending in .md, such as content/articles/how-to-read-a-guide.md; the home page is made by the program, so there is no content/index.md",
		},
	}
}

func addressTaken(name, first, url string) diag.Problem {
	return diag.Problem{
		Position: diag.Position{File: name},
		Rule:     "article-address",
		Message:  diag.Text{ZH: "网址 " + url + " 已经被另一个文件占用", EN: "the address " + url + " is taken by another file"},
		Hint:     diag.Text{ZH: "改名，或者把两篇并成一篇", EN: "rename one, or make one article of both"},
		Notes: []diag.Note{{
			Position: diag.Position{File: first},
			Text:     diag.Text{ZH: "先占用这个网址的文件", EN: "the file that has the address"},
		}},
	}
}
