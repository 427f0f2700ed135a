package page

import (
	"net/url"
	"strings"

	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// notFoundView is the view of pages/notfound.
type notFoundView struct {
	Page
	Search string
	Script string
	Links  []Link
	Phone  string
}

// notFoundFile is what hosts serve in place of a page that is not there.
const notFoundFile = "404.html"

// notFoundPages is 404.html. A host serves it at whatever address was asked for, at any depth, so that relative links would lead
// astray, and <base> is forbidden by the policy of the pages: its links begin with the path of base_url instead (/ or /banshi/).
// It is the only page that does not work from a USB stick, where no host would show it.
func (b *builder) notFoundPages() []output.File {
	const file = notFoundFile
	return []output.File{b.page(file, "pages/notfound", func() any {
		root := basePath(b.site.Config.BaseURL)
		v := &notFoundView{Page: b.head(file, b.say("notfound"), b.say("notfound_lead")), Search: root + site.File(searchURL), Script: b.searchScript(root), Phone: b.phone()}
		v.Root, v.Robots = root, "noindex"
		key := chromeKey{root, file}
		view := func() any { return b.chromeView(key) }
		v.Head = b.fragment("layout/head", key, "layout", view)
		v.Top = b.fragment("layout/top", key, "layout", view)
		v.Foot = b.fragment("layout/foot", key, "layout", view)
		for _, w := range browse {
			v.Links = append(v.Links, Link{URL: root + site.File(w.url), Text: b.say(w.word)})
		}
		return v
	})}
}

// basePath is the path of the site's address, with a slash at its end.
func basePath(base string) string {
	u, err := url.Parse(base)
	if err != nil || u.Path == "" {
		return "/"
	}
	return strings.TrimSuffix(u.EscapedPath(), "/") + "/"
}
