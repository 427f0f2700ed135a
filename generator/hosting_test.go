package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

// TestHosting serves a built site with real nginx and Caddy (Debian: nginx-light libnginx-mod-http-brotli-static caddy), set up
// as docs/hosting says, and looks at what a client gets. BANSHI_HOSTING=1 asks for it.
func TestHosting(t *testing.T) {
	if os.Getenv("BANSHI_HOSTING") == "" {
		t.Skip("BANSHI_HOSTING=1 serves the site with nginx and Caddy")
	}
	dir := hostedSite(t)
	for name, start := range map[string]func(*testing.T, string, int){"nginx": startNginx, "caddy": startCaddy} {
		t.Run(name, func(t *testing.T) {
			port := freePort(t)
			start(t, dir, port)
			base := fmt.Sprintf("http://127.0.0.1:%d", port)
			waitFor(t, base)
			checkHost(t, dir, base)
		})
	}
}

// hostedSite builds a site with a former code, a release in its place, and a page compressed beforehand.
func hostedSite(t *testing.T) string {
	t.Helper()
	site := testSite(t)
	p := filepath.Join(site, "data/divisions/139921/division.toml")
	old, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, p, append([]byte("former_codes = [\"139920\"]\n"), old...))
	dir := filepath.Join(t.TempDir(), "public")
	banshi(t, nil, "build", "--site", site, "--out", dir, "--compress")
	release := filepath.Join(dir, "data/releases/2026-11-11-0123456")
	for name, text := range map[string]string{
		"manifest.json": "{}\n", "guides.csv": "id\r\n", "tombstones.jsonl": "{}\n", "guides.parquet": "PAR1", "catalogue.sqlite": "SQLite",
	} {
		writeFile(t, filepath.Join(release, name), []byte(text))
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	io.WriteString(w, "compressed beforehand with gzip")
	w.Close()
	writeFile(t, filepath.Join(dir, "items/index.html.gz"), packed.Bytes())
	packed.Reset()
	b := brotli.NewWriter(&packed)
	io.WriteString(b, "compressed beforehand with brotli")
	b.Close()
	writeFile(t, filepath.Join(dir, "items/index.html.br"), packed.Bytes())
	for _, p := range []string{dir, filepath.Dir(dir), filepath.Dir(filepath.Dir(dir))} {
		os.Chmod(p, 0o755) // the server's workers are another user
	}
	return dir
}

// checkHost asks for one file of every kind.
func checkHost(t *testing.T, dir, base string) {
	const lasting, always = "public, max-age=31536000, immutable", "no-cache"
	asset := firstMatch(t, dir, "assets/style.*.css")
	index := firstMatch(t, dir, "search/????????????/*.js")
	for _, x := range []struct{ path, media, cache, cors string }{
		{"/", "text/html; charset=utf-8", always, ""},
		{"/items/food-business/", "text/html; charset=utf-8", always, ""},
		{"/" + asset, "text/css; charset=utf-8", lasting, ""},
		{"/" + index, "javascript", lasting, ""},
		{"/search/head.js", "javascript", always, ""},
		{"/sw.js", "javascript", always, ""},
		{"/search/", "text/html; charset=utf-8", always, ""},
		{"/data/latest.json", "application/json", always, "*"},
		{"/data/catalog.jsonld", "application/ld+json", always, "*"},
		{"/data/current/items.jsonl.gz", "application/gzip", always, "*"},
		{"/data/releases/index.json", "application/json", always, "*"},
		{"/data/releases/2026-11-11-0123456/manifest.json", "application/json", lasting, "*"},
		{"/data/releases/2026-11-11-0123456/guides.csv", "text/csv; charset=utf-8", lasting, "*"},
		{"/data/releases/2026-11-11-0123456/tombstones.jsonl", "application/jsonl", lasting, "*"},
		{"/data/releases/2026-11-11-0123456/guides.parquet", "application/vnd.apache.parquet", lasting, "*"},
		{"/data/releases/2026-11-11-0123456/catalogue.sqlite", "application/vnd.sqlite3", lasting, "*"},
		{"/api/v1/items/food-business.json", "application/json", always, "*"},
		{"/feeds/all.xml", "application/rss+xml", always, "*"},
		{"/feeds/all.json", "application/feed+json", always, "*"},
		{"/feeds/all.atom", "application/atom+xml", always, "*"},
	} {
		r, body := get(t, base+x.path, nil)
		if r.StatusCode != 200 || !strings.Contains(r.Header.Get("Content-Type"), x.media) || r.Header.Get("Cache-Control") != x.cache ||
			r.Header.Get("Access-Control-Allow-Origin") != x.cors || r.Header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.Contains(r.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %d %v, want %s, %s, CORS %q", x.path, r.StatusCode, r.Header, x.media, x.cache, x.cors)
		}
		etag := r.Header.Get("ETag")
		if again, _ := get(t, base+x.path, map[string]string{"If-None-Match": etag}); etag == "" || again.StatusCode != 304 {
			t.Errorf("%s: ETag %q, and asked again %d", x.path, etag, again.StatusCode)
		}
		if file := filepath.Join(dir, x.path); !strings.HasSuffix(x.path, "/") {
			if want, err := os.ReadFile(file); err != nil || string(want) != body {
				t.Errorf("%s: other bytes than the file (%v)", x.path, err)
			}
		}
	}
	checkEncodings(t, base)
	checkMoved(t, base)
}

// checkEncodings asks as browsers do: what is compressed beforehand is sent so, the rest now, and a download stays a file.
func checkEncodings(t *testing.T, base string) {
	for _, x := range []struct{ path, accept, encoding string }{
		{"/items/", "gzip", "gzip"}, {"/items/", "gzip, br", "br"}, {"/items/food-business/", "gzip", "gzip"},
		{"/items/food-business/", "gzip, br", "br"}, {"/api/v1/items/food-business.json", "gzip", "gzip"}, {"/items/", "identity", ""},
		{"/data/current/items.jsonl.gz", "gzip, br", ""},
	} {
		r, body := get(t, base+x.path, map[string]string{"Accept-Encoding": x.accept})
		if got := r.Header.Get("Content-Encoding"); r.StatusCode != 200 || got != x.encoding {
			t.Errorf("%s accepting %s: %d, encoding %q, want %q", x.path, x.accept, r.StatusCode, got, x.encoding)
		}
		var plain []byte
		switch x.encoding {
		case "gzip":
			z, err := gzip.NewReader(strings.NewReader(body))
			if err != nil {
				t.Errorf("%s: %v", x.path, err)
				continue
			}
			plain, _ = io.ReadAll(z)
		case "br":
			plain, _ = io.ReadAll(brotli.NewReader(strings.NewReader(body)))
		default:
			continue
		}
		if x.path == "/items/" {
			if !strings.HasPrefix(string(plain), "compressed beforehand") {
				t.Errorf("%s accepting %s: not what was compressed beforehand", x.path, x.accept)
			}
			continue
		}
		if _, want := get(t, base+x.path, nil); want != string(plain) {
			t.Errorf("%s accepting %s: unpacked it is not the file", x.path, x.accept)
		}
	}
	if r, body := get(t, base+"/data/current/items.jsonl.gz", map[string]string{"Range": "bytes=0-1"}); r.StatusCode != 206 || body != "\x1f\x8b" {
		t.Errorf("a range: %d %q", r.StatusCode, body)
	}
}

// checkMoved asks for what has another address now, for what is not there, and for what is not for readers.
func checkMoved(t *testing.T, base string) {
	for path, to := range map[string]string{
		"/codes/139920/": "/divisions/139921/", "/codes/139920": "/divisions/139921/",
		"/divisions/139920/": "/divisions/139921/", "/divisions/139920/dibao.html": "/divisions/139921/dibao.html",
	} {
		r, _ := get(t, base+path, nil)
		if got := strings.TrimPrefix(r.Header.Get("Location"), base); r.StatusCode != 301 || got != to {
			t.Errorf("%s: %d to %q, want %q", path, r.StatusCode, got, to)
		}
	}
	r, body := get(t, base+"/items/no-such-item/", nil)
	if r.StatusCode != 404 || !strings.Contains(body, "<h1") {
		t.Errorf("what is not there: %d, %.200s", r.StatusCode, body)
	}
	if r, _ := get(t, base+"/.manifest", nil); r.StatusCode != 404 {
		t.Errorf("the build's own manifest: %d", r.StatusCode)
	}
}

func startNginx(t *testing.T, dir string, port int) {
	conf := snippet(t, "nginx.conf", dir)
	conf = regexp.MustCompile(`listen \[::\]:80;`).ReplaceAllString(conf, "")
	conf = strings.Replace(conf, "listen 80;", fmt.Sprintf("listen 127.0.0.1:%d;", port), 1)
	conf = strings.Replace(conf, "#brotli_static on;", "brotli_static on;", 1)
	home := t.TempDir()
	main := "include /etc/nginx/modules-enabled/*.conf;\ndaemon off;\npid " + home + "/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\ninclude /etc/nginx/mime.types;\n" +
		"client_body_temp_path " + home + "/a;\nproxy_temp_path " + home + "/b;\nfastcgi_temp_path " + home + "/c;\nuwsgi_temp_path " + home + "/d;\nscgi_temp_path " + home + "/e;\n" +
		"include " + home + "/site.conf;\n}\n"
	writeFile(t, filepath.Join(home, "site.conf"), []byte(conf))
	writeFile(t, filepath.Join(home, "nginx.conf"), []byte(main))
	serve(t, exec.Command("nginx", "-c", filepath.Join(home, "nginx.conf")))
}

func startCaddy(t *testing.T, dir string, port int) {
	conf := strings.Replace(snippet(t, "Caddyfile", dir), "banshi.example {", fmt.Sprintf("http://127.0.0.1:%d {", port), 1)
	home := t.TempDir()
	writeFile(t, filepath.Join(home, "Caddyfile"), []byte("{\n\tadmin off\n}\n"+conf))
	cmd := exec.Command("caddy", "run", "--config", filepath.Join(home, "Caddyfile"), "--adapter", "caddyfile")
	cmd.Env = append(os.Environ(), "HOME="+home)
	serve(t, cmd)
}

// snippet is a file of docs/hosting with the folder of the site put in.
func snippet(t *testing.T, name, dir string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../docs/hosting", name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "/srv/banshi/public", dir)
}

// serve runs a server until the test ends.
func serve(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
		if t.Failed() {
			t.Log(said.String())
		}
	})
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func waitFor(t *testing.T, base string) {
	t.Helper()
	for range 100 {
		if r, err := http.Get(base); err == nil {
			r.Body.Close()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("the server does not answer")
}

// get asks without following redirects or unpacking.
func get(t *testing.T, url string, header map[string]string) (*http.Response, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity")
	for k, v := range header {
		req.Header.Set(k, v)
	}
	r, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(url, err)
	}
	return r, string(body)
}

func firstMatch(t *testing.T, dir, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(found) == 0 {
		t.Fatal("no ", pattern, err)
	}
	rel, err := filepath.Rel(dir, found[0])
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(rel)
}
