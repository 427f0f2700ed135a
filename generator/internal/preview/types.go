package preview

import "path"

// types is the media type of each extension that is published. It is not asked of the system, whose table differs from
// machine to machine.
var types = map[string]string{
	".atom":        "application/atom+xml; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".csv":         "text/csv; charset=utf-8",
	".geojson":     "application/geo+json; charset=utf-8",
	".gz":          "application/gzip",
	".htm":         "text/html; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ics":         "text/calendar; charset=utf-8",
	".jpg":         "image/jpeg",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json; charset=utf-8",
	".jsonl":       "application/jsonl; charset=utf-8",
	".jsonld":      "application/ld+json; charset=utf-8",
	".md":          "text/markdown; charset=utf-8",
	".opml":        "text/x-opml; charset=utf-8",
	".parquet":     "application/vnd.apache.parquet",
	".pdf":         "application/pdf",
	".png":         "image/png",
	".rss":         "application/rss+xml; charset=utf-8",
	".sqlite":      "application/vnd.sqlite3",
	".svg":         "image/svg+xml; charset=utf-8",
	".toml":        "application/toml; charset=utf-8",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json; charset=utf-8",
	".woff2":       "font/woff2",
	".xlsx":        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".xml":         "application/xml; charset=utf-8",
	".zip":         "application/zip",
}

// contentType returns the media type of a path.
func contentType(p string) string {
	if t, ok := types[path.Ext(p)]; ok {
		return t
	}
	return "application/octet-stream"
}
