package config

import (
	"net/url"
	"strings"
	"testing"
)

// The addresses of each forge, as their documentation and their own pages have them.
func TestForge(t *testing.T) {
	const file = "data/items/dibao/01.toml"
	for _, c := range []struct {
		edit                Edit
		source, change, new string
	}{
		{Edit{Repository: "https://github.com/zwfw/banshi", Forge: "github", Branch: "main"},
			"https://github.com/zwfw/banshi/blob/main/" + file + "#L12", "https://github.com/zwfw/banshi/edit/main/" + file, "title"},
		{Edit{Repository: "https://gitlab.example.gov.cn/zwfw/banshi", Forge: "gitlab", Branch: "release/1", Folder: "sites/河北"},
			"https://gitlab.example.gov.cn/zwfw/banshi/-/blob/release/1/sites/%E6%B2%B3%E5%8C%97/" + file + "#L12",
			"https://gitlab.example.gov.cn/zwfw/banshi/-/edit/release/1/sites/%E6%B2%B3%E5%8C%97/" + file, "issue[title]"},
		{Edit{Repository: "https://git.example.gov.cn/zwfw/banshi", Forge: "gitea", Branch: "main"},
			"https://git.example.gov.cn/zwfw/banshi/src/branch/main/" + file + "#L12", "https://git.example.gov.cn/zwfw/banshi/_edit/main/" + file, "title"},
	} {
		f := &c.edit
		if got := f.Source(file, 12); got != c.source {
			t.Errorf("%s: the source is at %s, want %s", c.edit.Forge, got, c.source)
		}
		if got := f.Editor(file); got != c.change {
			t.Errorf("%s: it is edited at %s, want %s", c.edit.Forge, got, c.change)
		}
		u, err := url.Parse(f.NewIssue("报错：低保（示例县）", file+" 25d71bb-0e1cb4a"))
		if err != nil {
			t.Fatal(err)
		}
		text := u.Query().Encode()
		if u.Query().Get(c.new) != "报错：低保（示例县）" || !strings.Contains(text, "25d71bb-0e1cb4a") || !strings.Contains(text, url.QueryEscape(file)) {
			t.Errorf("%s: the issue is %s", c.edit.Forge, u)
		}
	}
	for _, e := range []Edit{{}, {Repository: "javascript:alert(1)", Forge: "github"}, {Repository: "https://git.example.cn/x"}} {
		f := &e
		if f.Known() || f.Editor(file) != "" || f.NewIssue("", "") != "" || f.Source(file, 1) != "" {
			t.Errorf("%+v has addresses", e)
		}
	}
}
