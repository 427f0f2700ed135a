package page

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// moved is a code that items or places had before, and what has it now: several where one was divided.
type moved struct {
	code  string
	to    []movedTo
	place string // id of the place that lay at divisions/<code>/ under this code, "" for none
}

type movedTo struct{ url, name string }

// movedCode is a code that can be part of an address.
var movedCode = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z-]*$`)

// movedCodes are the former codes of items and places, in order. Codes that differ in case only are one address.
func (b *builder) movedCodes() []*moved {
	by := map[string]*moved{}
	add := func(code string, to movedTo, place string) {
		if !movedCode.MatchString(code) {
			return
		}
		key := strings.ToLower(code)
		m := by[key]
		if m == nil {
			m = &moved{code: code}
			by[key] = m
		}
		if !slices.Contains(m.to, to) {
			m.to = append(m.to, to)
		}
		// Whoever has the code as id today keeps the address.
		if b.site.Catalog.Division(code) == nil {
			m.place = cmp.Or(m.place, place)
		}
	}
	for _, i := range b.site.Items {
		for _, code := range i.FormerCodes {
			add(code, movedTo{site.ItemURL(i), i.Name}, "")
		}
	}
	for _, d := range b.site.Catalog.Divisions {
		for _, code := range d.FormerCodes {
			add(code, movedTo{site.DivisionURL(d), d.Name}, d.ID)
		}
	}
	out := make([]*moved, 0, len(by))
	for _, m := range by {
		out = append(out, m)
	}
	slices.SortFunc(out, func(x, y *moved) int { return cmp.Compare(x.code, y.code) })
	return out
}

// What stands above the rules: how a host's configuration takes them in.
const (
	nginxHead = "# http { map $uri $banshi_moved { include redirects.nginx.map; } }\n# server { if ($banshi_moved) { return 301 $banshi_moved; } }\n"
	caddyHead = "# banshi.example { import redirects.caddy }\n"
)

// movedPages lead from former codes to what has them now: a page at codes/<code>/ that goes on at once, and the same as rules
// for hosts (Netlify and Cloudflare Pages, nginx, Caddy), where the server can answer 301. Of a code that leads to several, the
// page lets the reader choose. A site without former codes has none of this.
func (b *builder) movedPages() []output.File {
	codes := b.movedCodes()
	if len(codes) == 0 {
		return nil
	}
	var out []output.File
	var netlify, nginx, caddy strings.Builder
	nginx.WriteString(nginxHead)
	caddy.WriteString(caddyHead)
	root := basePath(b.site.Config.BaseURL)
	for _, m := range codes {
		out = append(out, b.movedPage(m))
		if len(m.to) == 1 {
			to := root + m.to[0].url
			for _, from := range []string{root + movedURL(m), strings.TrimSuffix(root+movedURL(m), "/")} {
				fmt.Fprintf(&netlify, "%s %s 301\n", from, to)
				fmt.Fprintf(&nginx, "%s %s;\n", from, to)
				fmt.Fprintf(&caddy, "redir %s %s 301\n", from, to)
			}
		}
		if m.place != "" && len(m.to) == 1 {
			from, to := root+"divisions/"+m.code+"/", root+m.to[0].url
			fmt.Fprintf(&netlify, "%s* %s:splat 301\n", from, to)
			fmt.Fprintf(&nginx, "~^%s(?<banshi_rest>.*)$ %s$banshi_rest;\n", regexp.QuoteMeta(from), to)
			fmt.Fprintf(&caddy, "@moved-%s path_regexp moved ^%s(.*)$\nredir @moved-%[1]s %[3]s{re.moved.1} 301\n", m.code, regexp.QuoteMeta(from), to)
		}
	}
	return append(out, b.text("_redirects", netlify.String()), b.text("redirects.nginx.map", nginx.String()), b.text("redirects.caddy", caddy.String()))
}

// movedURL is the address of a former code.
func movedURL(m *moved) string { return "codes/" + m.code + "/" }

func (b *builder) movedPage(m *moved) output.File {
	url := movedURL(m)
	title, lead := b.say("moved", "code", m.code), b.say("moved_lead", "code", m.code)
	return b.page(url, "pages/listing", b.listing(url, title, lead, func(v *listingView) {
		v.Crumbs, v.Lead, v.Robots = b.trail(url), lead, "noindex"
		g := Group{ID: "now", Title: b.say("moved_now")}
		for _, to := range m.to {
			g.Rows = append(g.Rows, Row{URL: b.link(url, to.url), Name: to.name})
		}
		v.Groups = []Group{g}
		if len(m.to) == 1 {
			v.Refresh, v.Canonical = g.Rows[0].URL, b.absolute(site.File(m.to[0].url))
		}
	}))
}
