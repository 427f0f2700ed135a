package page

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"banshi/generator/internal/output"
)

// maxSitemap is how many addresses one sitemap may hold (sitemaps.org; its 50 MiB are not reached with addresses of this site).
const maxSitemap = 50_000

// crawlerFiles tell search engines what there is, given the pages of the site: sitemaps of all addresses behind an index, and
// robots.txt that names the index. A demonstration and a consultation site have no sitemap, so that pages is not called, and ask
// all crawlers to stay away. They lie at the root, for a sitemap speaks only of addresses below its own folder; robots.txt is read
// only where base_url has no path.
func (b *builder) crawlerFiles(pages func() []output.File) []output.File {
	if b.site.Sample || b.site.Consultation {
		return []output.File{b.text("robots.txt", "User-agent: *\nDisallow: /\n")}
	}
	var addresses []string
	for _, f := range pages() {
		if strings.HasSuffix(f.Path, ".html") && f.Path != notFoundFile {
			addresses = append(addresses, b.absolute(f.Path))
		}
	}
	slices.Sort(addresses)
	var out []output.File
	index := sitemapDocument{XMLName: xml.Name{Local: "sitemapindex"}}
	for len(addresses) > 0 {
		n := min(maxSitemap, len(addresses))
		path := fmt.Sprintf("sitemap-%d.xml", len(out)+1)
		out = append(out, b.sitemap(path, addresses[:n]))
		index.Maps = append(index.Maps, location{b.absolute(path)})
		addresses = addresses[n:]
	}
	const name = "sitemap.xml"
	return append(out, b.text(name, index.text()), b.text("robots.txt", "User-agent: *\nAllow: /\nSitemap: "+b.absolute(name)+"\n"))
}

// absolute is the full address of a file; an index.html is known by its folder, as in the canonical link.
func (b *builder) absolute(path string) string {
	if folder, ok := strings.CutSuffix(path, "index.html"); ok && (folder == "" || strings.HasSuffix(folder, "/")) {
		path = folder
	}
	return b.site.Config.BaseURL + "/" + (&url.URL{Path: path}).EscapedPath()
}

// sitemapDocument is a sitemap, or an index of them.
type sitemapDocument struct {
	XMLName xml.Name
	Space   string     `xml:"xmlns,attr"`
	Maps    []location `xml:"sitemap"`
	Pages   []location `xml:"url"`
}

type location struct {
	Address string `xml:"loc"`
}

func (d sitemapDocument) text() string {
	d.Space = "http://www.sitemaps.org/schemas/sitemap/0.9"
	data, err := xml.MarshalIndent(d, "", " ")
	if err != nil {
		panic(err) // plain structs always marshal
	}
	return xml.Header + string(data) + "\n"
}

// sitemap is one sitemap, written when it is asked for: of a province it is megabytes.
func (b *builder) sitemap(path string, addresses []string) output.File {
	return b.plain(path, addresses, func() string {
		d := sitemapDocument{XMLName: xml.Name{Local: "urlset"}, Pages: make([]location, len(addresses))}
		for i, a := range addresses {
			d.Pages[i].Address = a
		}
		return d.text()
	})
}

// text is a file without a template.
func (b *builder) text(path, text string) output.File {
	return b.plain(path, []string{text}, func() string { return text })
}

// plain is a file without a template that says the values in some way.
func (b *builder) plain(path string, values []string, text func() string) output.File {
	write := func(w io.Writer) error {
		_, err := io.WriteString(w, text())
		return err
	}
	if b.lazy {
		return b.later(path, write)
	}
	return output.File{Path: path, Stamp: b.stamp(path, values), Write: write}
}
