package page

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The policy of the pages, which stands in the theme, is the one that hosts send: in _headers and in the files of docs/hosting.
func TestHostHeaders(t *testing.T) {
	head, err := os.ReadFile("../../../themes/default/templates/layout/head.html")
	if err != nil {
		t.Fatal(err)
	}
	policy := regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(string(head))[1]
	s := siteOf(t, fixture())
	texts := map[string]string{"_headers": render(t, filesOf(t, s, loadTheme(t))["_headers"])}
	for _, name := range []string{"nginx.conf", "Caddyfile"} {
		data, err := os.ReadFile("../../../docs/hosting/" + name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(data)
	}
	for name, text := range texts {
		for _, want := range []string{policy + "; frame-ancestors 'self'", "immutable", "nosniff"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
	s.Config.BaseURL = "https://example.gov.cn/banshi"
	text := render(t, filesOf(t, s, loadTheme(t))["_headers"])
	for _, want := range []string{"/banshi/*\n  X-", "/banshi/assets/*\n", "/banshi/data/releases/:release/*\n  Cache-Control: public, max-age=31536000, immutable\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("below a path _headers lacks %q:\n%s", want, text)
		}
	}
}
