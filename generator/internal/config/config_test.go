package config

import (
	"strings"
	"testing"
	"testing/fstest"
)

const good = `title = "河北省政务服务事项库"
base_url = "https://banshi.example/"
division = "130000"
licence = { data = "CC-BY-4.0", name = "署名 4.0" }
`

func load(t *testing.T, text string) (*Config, []string) {
	t.Helper()
	c, problems, err := Load(fstest.MapFS{File: {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range problems {
		out = append(out, p.Position.String()+" ["+p.Rule+"]")
	}
	return c, out
}

func TestLoad(t *testing.T) {
	c, problems := load(t, good)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if c.BaseURL != "https://banshi.example" || c.Theme != "default" || c.Language != "zh-CN" {
		t.Errorf("address %q, theme %q, language %q", c.BaseURL, c.Theme, c.Language)
	}
	none, problems := load(t, good+"[history]\ntrend = 0\n")
	if len(problems) > 0 || c.History.TrendMonths() != 11 || none.History.TrendMonths() != 0 {
		t.Errorf("a trend of %d months, without one %d %v", c.History.TrendMonths(), none.History.TrendMonths(), problems)
	}
}

// What a publisher must decide has no default, and every mistake is told at its place.
func TestProblems(t *testing.T) {
	for name, x := range map[string]struct{ old, new, want string }{
		"no licence":    {"licence = { data = \"CC-BY-4.0\", name = \"署名 4.0\" }\n", "", "site.toml:1:1 [site-setting]"},
		"a bad address": {"https://banshi.example/", "banshi.example", "site.toml:2:1 [site-setting]"},
		"no place":      {"division = \"130000\"\n", "", "site.toml:1:1 [site-setting]"},
		"unknown key":   {"title", "titel = \"x\"\ntitle", "site.toml:1:1 [unknown-key]"},
	} {
		_, problems := load(t, strings.Replace(good, x.old, x.new, 1))
		if len(problems) != 1 || problems[0] != x.want {
			t.Errorf("%s: %v, want %s", name, problems, x.want)
		}
	}
}

func TestNoSite(t *testing.T) {
	if _, _, err := Load(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "--site") {
		t.Errorf("a folder that is no site: %v", err)
	}
}
