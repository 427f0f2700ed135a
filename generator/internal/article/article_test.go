package article

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

const guide = `+++
title   = "怎样看懂一份办事指南"
kind    = "帮助"
date    = 2026-11-21
summary = "先看是不是办这个，再看带什么。"
aliases = ["看不懂办事指南"]
items   = ["food-business"]
order   = 2
+++

**先看：**是不是办这个。

## 一、带什么

见[材料](../../materials/)。
`

func site(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

func TestLoad(t *testing.T) {
	page := "+++\ntitle = \"帮助\"\nkind = \"帮助\"\n+++\n正文\n"
	articles, problems, err := Load(site(
		"content/help/index.md", page,
		"content/articles/how-to-read-a-guide.md", guide,
		"content/articles/seal.png", "PNG",
		"content/.drafts/x.md", "no head",
		"content/about/index.md", strings.ReplaceAll(page, "\n", "\r\n"),
		"data/items/x.md", "not content",
	))
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v %+v", err, problems)
	}
	var urls []string
	for _, a := range articles {
		urls = append(urls, a.URL)
	}
	if want := []string{"about/", "articles/how-to-read-a-guide/", "help/"}; !reflect.DeepEqual(urls, want) {
		t.Fatalf("URLs %q, want %q", urls, want)
	}
	if articles[0].Title != "帮助" || articles[0].Body.Text != "正文" {
		t.Errorf("a file with CRLF was read as %+v", articles[0])
	}
	a := articles[1]
	if a.Body.HTML != "<p><strong>先看：</strong>是不是办这个。</p>\n<h2 id=\"一-带什么\">一、带什么</h2>\n<p>见<a href=\"../../materials/\">材料</a>。</p>\n" {
		t.Errorf("body %s", a.Body.HTML)
	}
	got := *a
	got.Body.HTML, got.Body.Headings, got.Body.Links, got.Body.Text = "", nil, nil, ""
	want := Article{
		Path: "content/articles/how-to-read-a-guide.md", URL: "articles/how-to-read-a-guide/", Title: "怎样看懂一份办事指南",
		Kind: "帮助", Summary: "先看是不是办这个，再看带什么。", Date: "2026-11-21", Aliases: []string{"看不懂办事指南"},
		Items: []string{"food-business"}, Order: 2,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestLoadNothing(t *testing.T) {
	articles, problems, err := Load(site("data/README.md", "x"))
	if articles != nil || problems != nil || err != nil {
		t.Errorf("a site without content gives %v %v %v", articles, problems, err)
	}
}

// locked is a site whose files cannot be read.
type locked struct{ fstest.MapFS }

func (l locked) ReadFile(string) ([]byte, error) { return nil, fs.ErrPermission }

func TestLoadError(t *testing.T) {
	if _, _, err := Load(locked{site("content/help/index.md", guide)}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error %v, want that of the file system", err)
	}
}

func TestProblems(t *testing.T) {
	with := func(lines string) string { return "+++\n" + lines + "\n+++\n正文\n" }
	for name, c := range map[string]struct {
		file string
		want string // line:column rule, for each problem
		none bool   // no article comes of it
	}{
		"no head":            {"# 标题\n", "1:0 article-head", true},
		"head not closed":    {"+++\ntitle = \"甲\"\n正文", "1:0 article-head", true},
		"empty file":         {"", "1:0 article-head", true},
		"byte order mark":    {"\uFEFF" + guide, "1:0 article-head", true},
		"unknown key":        {with("title = \"甲\"\nkind = \"帮助\"\nauthor = \"乙\""), "4:1 unknown-key", false},
		"key in capitals":    {with("TITLE = \"甲\"\nkind = \"帮助\""), "1:0 article-required, 2:1 unknown-key", false},
		"no title":           {with("kind = \"帮助\""), "1:0 article-required", false},
		"blank title":        {with("kind = \"帮助\"\ntitle = \" \""), "3:1 article-required", false},
		"title is a number":  {with("kind = \"帮助\"\ntitle = 5"), "3:1 wrong-type", false},
		"another kind":       {with("title = \"甲\"\nkind = \"新闻\""), "3:1 article-kind", false},
		"no kind":            {with("title = \"甲\""), "1:0 article-required", false},
		"notice, no date":    {with("title = \"甲\"\nkind = \"公告\""), "1:0 article-required", false},
		"date in quotes":     {with("title = \"甲\"\nkind = \"政策\"\ndate = \"2026-11-21\""), "4:1 wrong-value", false},
		"date with time":     {with("title = \"甲\"\nkind = \"帮助\"\ndate = 2026-11-21T08:00:00"), "4:1 wrong-value", false},
		"broken TOML":        {with("title = \"甲\"\nkind = 帮助"), "1:0 article-required, 3:8 syntax", false},
		"link refused":       {with("title = \"甲\"\nkind = \"帮助\"") + "\n[乙](javascript:x)\n", "7:0 article-link", false},
		"picture elsewhere":  {with("title = \"甲\"\nkind = \"帮助\"") + "![乙](https://e.example/p.png)\n", "6:0 article-link", false},
		"two titles":         {with("title = \"甲\"\nkind = \"帮助\"") + "\n# 乙\n", "7:0 article-heading", false},
		"level skipped":      {with("title = \"甲\"\nkind = \"帮助\"") + "\n## 乙\n\n#### 丙\n", "9:0 article-heading", false},
		"begins with ###":    {with("title = \"甲\"\nkind = \"帮助\"") + "\n### 乙\n", "7:0 article-heading", false},
		"quotes too deep":    {with("title = \"甲\"\nkind = \"帮助\"") + ">>>>>> 乙\n", "6:0 article-limit", false},
		"body too long":      {with("title = \"甲\"\nkind = \"帮助\"") + strings.Repeat("字", MaxBytes/3), "6:0 article-limit", false},
		"a level back is ok": {with("title = \"甲\"\nkind = \"帮助\"") + "\n## 乙\n\n### 丙\n\n## 丁\n", "", false},
	} {
		articles, problems, err := Load(site("content/a.md", c.file))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var got []string
		for _, p := range problems {
			got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Rule))
			if p.File != "content/a.md" || p.Message.ZH == "" || p.Message.EN == "" {
				t.Errorf("%s: %+v", name, p)
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, want %q", name, strings.Join(got, ", "), c.want)
		}
		if (len(articles) == 0) != c.none {
			t.Errorf("%s: %d articles", name, len(articles))
		}
	}
}

func TestAddresses(t *testing.T) {
	for name, want := range map[string]string{
		"content/help/index.md":        "help/",
		"content/help.md":              "help/",
		"content/articles/x.md":        "articles/x/",
		"content/policies/2026/a-b.md": "policies/2026/a-b/",
		"content/index.md":             "",
		"content/帮助.md":                "",
		"content/Help.md":              "",
		"content/a b.md":               "",
		"content/a.MD":                 "",
		"content/-a.md":                "",
	} {
		url, ok := address(name)
		if url != want || ok != (want != "") {
			t.Errorf("address(%s) = %q, %v", name, url, ok)
		}
		articles, problems, err := Load(site(name, guide))
		if err != nil || len(articles) == 1 != ok || len(problems) == 0 != ok {
			t.Errorf("%s: %v %v %v", name, articles, problems, err)
		}
		if !ok && problems[0].Rule != "article-path" {
			t.Errorf("%s: %+v", name, problems[0])
		}
	}

	articles, problems, err := Load(site("content/help.md", guide, "content/help/index.md", guide))
	if err != nil || len(articles) != 1 || len(problems) != 1 {
		t.Fatalf("two files with one address: %v %v %v", articles, problems, err)
	}
	if p := problems[0]; p.Rule != "article-address" || p.Notes[0].File == p.File {
		t.Errorf("%+v", p)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(guide))
	f.Add([]byte("+++\n+++\n"))
	f.Add([]byte("+++\r\ntitle = \"甲\"\r\n+++"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, problems := parse("content/a.md", data)
		if a == nil && len(problems) == 0 {
			t.Error("neither an article nor a problem")
		}
		last := 1 + bytes.Count(data, []byte{'\n'})
		for _, p := range problems {
			if p.Line < 1 || p.Line > last {
				t.Errorf("line %d of %d: %+v", p.Line, last, p)
			}
		}
	})
}
