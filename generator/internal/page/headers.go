package page

import (
	"strings"

	"banshi/generator/internal/output"
)

// hostHeaders is _headers as Netlify and Cloudflare Pages read it; docs/hosting has the same for nginx and Caddy. What a host
// says by itself (no-cache with an ETag) is not repeated: rules that match together add their values up.
const hostHeaders = `/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'
/assets/*
  Cache-Control: public, max-age=31536000, immutable
/search/:build/*
  Cache-Control: public, max-age=31536000, immutable
/data/*
  Access-Control-Allow-Origin: *
/data/releases/:release/*
  Cache-Control: public, max-age=31536000, immutable
/data/deltas/*
  Cache-Control: public, max-age=31536000, immutable
/data/catalog.jsonld
  Content-Type: application/ld+json
/data/schema/v1/context.jsonld
  Content-Type: application/ld+json
/api/*
  Access-Control-Allow-Origin: *
/feeds/*
  Access-Control-Allow-Origin: *
`

// headerFiles is _headers, with addresses below the path of the site.
func (b *builder) headerFiles() []output.File {
	root := strings.TrimSuffix(basePath(b.site.Config.BaseURL), "/")
	headers := hostHeaders
	if b.site.Consultation {
		headers = strings.Replace(headers, "/*\n", "/*\n  X-Robots-Tag: noindex\n", 1)
	}
	lines := strings.SplitAfter(headers, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "/") {
			lines[i] = root + line
		}
	}
	return []output.File{b.text("_headers", strings.Join(lines, ""))}
}
