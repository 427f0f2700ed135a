package main

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzhttp"
	"golang.org/x/net/html"
)

// withoutSamples is the small portal as it will be one day: codes are official, records verified, and no place is invented. It is
// made in a temporary folder, for no such record may lie in this repository. base is its address.
func withoutSamples(t *testing.T, base string) string {
	t.Helper()
	r := newRepository(t)
	r.edit("site.toml", `base_url = "https://portal.example"`, `base_url = "`+base+`"`)
	honest := strings.NewReplacer(`code_status = "sample"`, `code_status = "official"`, "sample = true\n", "",
		`status = "未核实"`, "status = \"已核实\"\non = 2026-11-01\nrole = \"审改科\"\nsource = \"目录\"")
	err := filepath.WalkDir(filepath.Join(r.dir, "data"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(p, "/vocab/") {
			return err
		}
		data, err := os.ReadFile(p)
		writeFile(t, p, []byte(honest.Replace(string(data))))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "verified")
	return r.build()
}

// TestWithoutSamples reads what machines are told once nothing is a sample: each page has one canonical address, a preview, and is
// not kept from crawlers; the sitemap has each page that is its own; guides are a GovernmentService with a way to them.
func TestWithoutSamples(t *testing.T) {
	t.Parallel()
	const base = "https://portal.example"
	site := readTree(t, withoutSamples(t, base))
	maps, services, ways, feeds := "", 0, 0, 0
	for _, p := range site.paths() {
		if strings.HasPrefix(p, "sitemap") {
			maps += site[p]
		}
	}
	if !strings.Contains(site["robots.txt"], "Sitemap: "+base+"/sitemap.xml") {
		t.Errorf("robots.txt says %q", site["robots.txt"])
	}
	for _, p := range parsePages(t, site) {
		said := map[string]string{}
		each(p.root, func(n *html.Node) {
			switch {
			case n.Data == "meta":
				said[attr(n, "name")+attr(n, "property")] = attr(n, "content")
			case n.Data == "link" && attr(n, "rel") == "canonical":
				said["canonical"] += attr(n, "href")
			case n.Data == "link" && attr(n, "rel") == "alternate":
				feeds++
			case n.Data == "title" && n.Namespace == "":
				said["title"] = text(n)
			case n.Data == "script" && attr(n, "type") == "application/ld+json":
				var v any
				if err := json.Unmarshal([]byte(n.FirstChild.Data), &v); err != nil {
					t.Errorf("%s: JSON-LD: %v", p.path, err)
				}
				said["ld"] += n.FirstChild.Data
			}
		})
		if said["robots"] != "" && p.path != "404.html" || strings.Contains(said["title"], "【示例】") {
			t.Errorf("%s is marked as a sample: %q %q", p.path, said["robots"], said["title"])
		}
		own := base + "/" + strings.TrimSuffix(p.path, "index.html")
		if c := said["canonical"]; !strings.HasPrefix(c, base+"/") || strings.Count(c, "://") != 1 {
			t.Errorf("%s: canonical %q", p.path, c)
		} else if listed := strings.Contains(maps, "<loc>"+own+"</loc>"); p.path != "404.html" && c == own && !listed {
			t.Errorf("%s is not in the sitemap", p.path)
		}
		for _, key := range []string{"description", "og:title", "og:description", "og:url", "og:type", "og:site_name"} {
			if said[key] == "" {
				t.Errorf("%s has no %s", p.path, key)
			}
		}
		if strings.Contains(said["ld"], `"GovernmentService"`) {
			services++
		}
		if strings.Contains(said["ld"], `"BreadcrumbList"`) {
			ways++
		}
	}
	if services < 5 || ways < 20 || feeds < 20 {
		t.Errorf("%d pages are a GovernmentService, %d tell their way, %d feeds are found", services, ways, feeds)
	}
}

// TestLighthouse runs Lighthouse as it looks at a phone (slow 4G, a slow processor) on the five pages of the bar, compressed as
// hosts do it. It needs a quiet machine, so that it runs with BANSHI_BARS only.
func TestLighthouse(t *testing.T) {
	if !bars {
		t.Skip("BANSHI_BARS=1 runs Lighthouse")
	}
	const program = "../testing/bars/node_modules/.bin/lighthouse"
	if _, err := os.Stat(program); err != nil {
		t.Fatal("Lighthouse is missing: npm ci in testing/bars")
	}
	var files http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { gzhttp.GzipHandler(files).ServeHTTP(w, r) }))
	defer server.Close()
	files = http.FileServer(http.Dir(withoutSamples(t, server.URL)))
	for _, page := range []string{"", "divisions/139921/", "divisions/139921/food-business.01.html", "search/", "data/"} {
		out := filepath.Join(t.TempDir(), "report.json")
		cmd := exec.Command(program, server.URL+"/"+page, "--output=json", "--output-path="+out, "--quiet", "--chrome-flags=--headless=new --no-sandbox --disable-gpu")
		cmd.Env = append(os.Environ(), "CHROME_PATH="+chromium(t))
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		lighthouseReport(t, "/"+page, out)
	}
}

// lighthouseReport holds a report against the bars.
func lighthouseReport(t *testing.T, page, file string) {
	t.Helper()
	var report struct {
		Categories map[string]struct{ Score float64 }
		Audits     map[string]struct {
			Title        string
			Score        *float64
			NumericValue float64
			Details      struct {
				Items []struct{ TransferSize float64 }
			}
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	// Details of other audits have other forms: what does not fit is passed over.
	if err := json.Unmarshal(data, &report); err != nil && len(report.Categories) < 4 {
		t.Fatal(err)
	}
	bytes := 0.0
	requests := report.Audits["network-requests"].Details.Items
	for _, r := range requests {
		bytes += r.TransferSize
	}
	shift := report.Audits["cumulative-layout-shift"].NumericValue
	c := report.Categories
	t.Logf("%-45s performance %.0f, accessibility %.0f, best practices %.0f, SEO %.0f; CLS %.3f; %d requests, %.1f KB", page, c["performance"].Score*100,
		c["accessibility"].Score*100, c["best-practices"].Score*100, c["seo"].Score*100, shift, len(requests), bytes/1000)
	for name, category := range c {
		if name != "agentic-browsing" && category.Score < .99 {
			t.Errorf("%s: %s is %.2f", page, name, category.Score)
		}
	}
	for name, a := range report.Audits {
		if a.Score != nil && *a.Score < .9 {
			t.Logf("  %s: %s (%.2f)", name, a.Title, *a.Score)
		}
	}
	if shift != 0 {
		t.Errorf("%s: CLS %.3f", page, shift)
	}
	if strings.Contains(page, ".01.html") && (len(requests) > 4 || bytes > 40_000) {
		t.Errorf("%s: %d requests, %.0f bytes", page, len(requests), bytes)
	}
}
