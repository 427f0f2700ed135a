package preview

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/output"
)

const guide = `<!DOCTYPE html><html lang="zh-CN"><body><h1>小餐饮登记（示例县）</h1></body></html>`

func file(path, text string) output.File {
	return output.File{Path: path, Write: func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}}
}

// siteOf is a site of the files.
func siteOf(files []output.File, problems []diag.Problem) *Site {
	known := map[string]output.File{}
	for _, f := range files {
		known[f.Path] = f
	}
	return &Site{
		Lang:  "zh",
		Find:  func(path string) (output.File, bool, error) { f, ok := known[path]; return f, ok, nil },
		Check: func() []diag.Problem { return problems },
		Text: func(file string) []byte {
			if file != "data/divisions/139921/small-catering.toml" {
				return nil
			}
			return []byte("# 小餐饮登记\n[procedure.01]\npromise = [{ value = 15, unit = \"工作日\" }]\nvisits = 0\n")
		},
	}
}

// county is a small site with one mistake in it.
func county() *Site {
	return siteOf([]output.File{
		file("index.html", `<!DOCTYPE html><body>首页</body>`),
		file("404.html", `<!DOCTYPE html><body>没有这一页，去首页看看</body>`),
		file("divisions/139921/index.html", `<!DOCTYPE html><body>示例县</body>`),
		file("divisions/139921/small-catering.html", guide),
		file("assets/style.css", `body{}`),
		file("assets/site.0a1b2c3d.js", `0`),
		file("data/guides.jsonl.gz", "\x1f\x8b"),
		{Path: "items/dibao/index.html", Write: func(io.Writer) error { return errors.New("模板第 3 行 <b>") }},
		{Path: "items/seal-record/index.html", Write: func(io.Writer) error { panic("nil map") }},
	}, []diag.Problem{{
		Position: diag.Position{File: "data/divisions/139921/small-catering.toml", Line: 3, Column: 1}, Rule: "tighten-promise",
		Message: diag.Text{ZH: "承诺时限 15 个工作日比全省的 10 长", EN: "promise is worse"}, Hint: diag.Text{ZH: "只能更短"},
	}})
}

func served(t *testing.T) *server {
	t.Helper()
	s := newServer("127.0.0.1:8080", func() (*Site, error) { return county(), nil }, &console{w: io.Discard})
	if err := s.first(); err != nil {
		t.Fatal(err)
	}
	return s
}

func get(s *server, path string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080"+path, nil)
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestPages(t *testing.T) {
	s := served(t)
	for _, c := range []struct {
		path   string
		status int
		kind   string
		has    string
	}{
		{"/", 200, "text/html; charset=utf-8", "首页"},
		{"/index.html", 200, "text/html; charset=utf-8", "首页"},
		{"/divisions/139921/", 200, "text/html; charset=utf-8", "示例县"},
		{"/divisions/139921/small-catering.html", 200, "text/html; charset=utf-8", "小餐饮登记"},
		{"/assets/style.css", 200, "text/css; charset=utf-8", "body{}"},
		{"/assets/site.0a1b2c3d.js", 200, "text/javascript; charset=utf-8", "0"},
		{"/data/guides.jsonl.gz", 200, "application/gzip", "\x1f\x8b"},
		{"/items/none.html", 404, "text/html; charset=utf-8", "没有这一页"},
		{"/items/dibao/", 500, "text/html; charset=utf-8", "模板第 3 行 &lt;b&gt;"},
		{"/items/seal-record/", 500, "text/html; charset=utf-8", "nil map"},
	} {
		w := get(s, c.path)
		if w.Code != c.status || w.Header().Get("Content-Type") != c.kind || !strings.Contains(w.Body.String(), c.has) {
			t.Errorf("%s: %d %q %q; want %d %q with %q", c.path, w.Code, w.Header().Get("Content-Type"), w.Body, c.status, c.kind, c.has)
		}
		if w.Header().Get("Cache-Control") != "no-store" && c.path != "/assets/site.0a1b2c3d.js" {
			t.Errorf("%s may be cached", c.path)
		}
		if html := strings.HasPrefix(c.kind, "text/html"); html != strings.Contains(w.Body.String(), "/-/reload.js") {
			t.Errorf("%s: the script belongs in HTML and nowhere else: %q", c.path, w.Body)
		}
	}
}

func TestFolderRedirects(t *testing.T) {
	w := get(served(t), "/divisions/139921")
	if w.Code != http.StatusFound || w.Header().Get("Location") != "/divisions/139921/" {
		t.Errorf("%d to %q, want the folder with its slash: relative links start there", w.Code, w.Header().Get("Location"))
	}
}

// TestScriptPlace holds that a page is its published bytes but for the one script, and that its end stays the end.
func TestScriptPlace(t *testing.T) {
	s := served(t)
	got := get(s, "/divisions/139921/small-catering.html").Body.String()
	script := `<script src="/-/reload.js?` + s.process + `" data-site="` + s.state().id + `"></script>`
	if want := strings.Replace(guide, "</body>", script+"</body>", 1); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestOnlyThisMachine(t *testing.T) {
	s := served(t)
	host := func(h string) func(*http.Request) { return func(r *http.Request) { r.Host = h } }
	for h, want := range map[string]int{
		"127.0.0.1:8080": 200, "localhost:8080": 200, "[::1]:8080": 200,
		"127.0.0.1": 421, "localhost:80": 421, "evil.example:8080": 421, "127.0.0.1.nip.io:8080": 421, "": 421,
	} {
		if w := get(s, "/", host(h)); w.Code != want {
			t.Errorf("Host %q: %d, want %d", h, w.Code, want)
		}
	}
	post := func(origin string) func(*http.Request) {
		return func(r *http.Request) {
			r.Method = http.MethodPost
			if origin != "" {
				r.Header.Set("Origin", origin)
			}
		}
	}
	for origin, want := range map[string]int{
		"": 403, "null": 403, "https://evil.example": 403, "http://localhost:8080": 403, "http://127.0.0.1:8080": 405,
	} {
		if w := get(s, "/", post(origin)); w.Code != want {
			t.Errorf("POST with Origin %q: %d, want %d", origin, w.Code, want)
		}
	}
}

// A load that panics is a load that failed.
func TestLoadPanics(t *testing.T) {
	s := served(t)
	s.reload = func() (*Site, error) { panic(`i18n: no word "nav_home"`) }
	s.load()
	if p := get(s, "/-/problems.json").Body.String(); !strings.Contains(p, "nav_home") {
		t.Errorf("the panic is not told: %s", p)
	}
	if w := get(s, "/divisions/139921/small-catering.html"); w.Code != 200 {
		t.Errorf("the last good site is gone: %d", w.Code)
	}
}

// A form is taken from our own page with our own token, and from nowhere else.
func TestForms(t *testing.T) {
	site := county()
	site.Style = []byte("body{}")
	site.Editable = func(path string) bool { return path == "divisions/139921/small-catering.html" }
	var answered []string
	site.Edit = func(w http.ResponseWriter, r *http.Request, page, token string) {
		answered = append(answered, r.Method+" "+page+" "+r.PostForm.Get("phone"))
		io.WriteString(w, token)
	}
	s := newServer("127.0.0.1:8080", func() (*Site, error) { return site, nil }, &console{w: io.Discard})
	if err := s.first(); err != nil {
		t.Fatal(err)
	}
	if page := get(s, "/divisions/139921/small-catering.html").Body.String(); !strings.Contains(page, `data-edit="/-/edit/divisions/139921/small-catering.html"`) {
		t.Error("a guide does not lead to its form")
	}
	if page := get(s, "/").Body.String(); strings.Contains(page, "data-edit") {
		t.Error("the home page leads to a form")
	}
	token := get(s, "/-/edit/divisions/139921/small-catering.html").Body.String()
	const own = "http://127.0.0.1:8080"
	for name, c := range map[string]struct {
		path, origin, host, body string
		want                     int
	}{
		"ours":                {"/-/edit/divisions/139921/small-catering.html", own, "127.0.0.1:8080", "phone=12345&token=" + token, 200},
		"a foreign page":      {"/-/edit/divisions/139921/small-catering.html", "https://evil.example", "127.0.0.1:8080", "phone=1&token=" + token, 403},
		"without an origin":   {"/-/edit/divisions/139921/small-catering.html", "", "127.0.0.1:8080", "phone=2&token=" + token, 403},
		"a sandboxed page":    {"/-/edit/divisions/139921/small-catering.html", "null", "127.0.0.1:8080", "phone=3&token=" + token, 403},
		"a name rebound":      {"/-/edit/divisions/139921/small-catering.html", "http://evil.example:8080", "evil.example:8080", "phone=4&token=" + token, 421},
		"an older token":      {"/-/edit/divisions/139921/small-catering.html", own, "127.0.0.1:8080", "phone=5&token=AAAA", 403},
		"no token":            {"/-/edit/divisions/139921/small-catering.html", own, "127.0.0.1:8080", "phone=6", 403},
		"a token in the link": {"/-/edit/divisions/139921/small-catering.html?token=" + token, own, "127.0.0.1:8080", "phone=7", 403},
		"too long":            {"/-/edit/divisions/139921/small-catering.html", own, "127.0.0.1:8080", "token=" + token + "&x=" + strings.Repeat("a", longestForm), 400},
		"elsewhere":           {"/divisions/139921/small-catering.html", own, "127.0.0.1:8080", "token=" + token, 405},
	} {
		r := httptest.NewRequest(http.MethodPost, own+c.path, strings.NewReader(c.body))
		r.Host = c.host
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s: %d %s, want %d", name, w.Code, w.Body, c.want)
		}
	}
	if want := []string{"GET divisions/139921/small-catering.html ", "POST divisions/139921/small-catering.html 12345"}; !slices.Equal(answered, want) {
		t.Errorf("answered were %q, want %q", answered, want)
	}
}

func TestListen(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.7:0", "[::]:0", "banshi.example:0", "127.0.0.1", "127.0.0.1:web", "127.0.0.1:70000"} {
		if l, err := Listen(addr); err == nil {
			t.Errorf("%s was opened as %s", addr, l.Addr())
			l.Close()
		}
	}
	taken, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	next, err := Listen(taken.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close()
	if next.Addr().(*net.TCPAddr).Port <= taken.Addr().(*net.TCPAddr).Port {
		t.Errorf("%s is taken; the next free port is above it, not %s", taken.Addr(), next.Addr())
	}
}

func TestProblems(t *testing.T) {
	s := served(t)
	var got struct {
		Site, Lang, Failure string
		Problems            []struct{ File, Rule, Severity, Message, Hint string }
		Excerpts            []excerpt
	}
	read := func() {
		t.Helper()
		if err := json.Unmarshal(get(s, "/-/problems.json").Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
	}
	read()
	if len(got.Problems) != 1 || got.Problems[0].Rule != "tighten-promise" || got.Problems[0].Hint != "只能更短" || got.Failure != "" {
		t.Errorf("problems.json is %+v", got)
	}
	if e := got.Excerpts; len(e) != 1 || e[0].First != 2 || len(e[0].Lines) != 3 || e[0].Lines[1] != `promise = [{ value = 15, unit = "工作日" }]` {
		t.Errorf("the lines around the problem are %+v", e)
	}
	before := got.Site
	s.show(nil, errors.New("themes/default/templates/pages/guide.html:7: unexpected EOF"))
	read()
	if !strings.Contains(got.Failure, "unexpected EOF") || got.Site != before {
		t.Errorf("a failed load must be told, and must not look like a new site: %+v", got)
	}
	if w := get(s, "/divisions/139921/small-catering.html"); w.Code != 200 {
		t.Errorf("the last good site is gone: %d", w.Code)
	}
}

// FuzzPath asks for anything: an answer is an output, the preview's own, or a refusal, and a redirect stays here.
func FuzzPath(f *testing.F) {
	for _, seed := range []string{"/", "/../site.toml", "/%2e%2e/site.toml", "//evil.example/..", "/divisions/139921", "/-/reload.js", "/-/../index.html", "/..\\..\\x", "/index.html/", "/\x00"} {
		f.Add(seed)
	}
	s := newServer("127.0.0.1:8080", func() (*Site, error) { return county(), nil }, &console{w: io.Discard})
	if err := s.first(); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if strings.HasPrefix(path, "/-/events") {
			return // never ends
		}
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080/", nil)
		r.URL.Path = path
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		switch w.Code {
		case http.StatusOK:
			p := strings.TrimPrefix(path, "/")
			_, known := s.state().site.Lookup(p)
			_, index := s.state().site.Lookup(strings.TrimSuffix(p, "/") + "/index.html")
			if !known && !index && p != "" && !strings.HasPrefix(p, ownPrefix) {
				t.Errorf("%q is no output, but was answered", path)
			}
		case http.StatusFound:
			if to := w.Header().Get("Location"); !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) {
				t.Errorf("%q leads away, to %q", path, to)
			}
		}
	})
}

// TestServe edits a site as a person does and watches the page hear of it.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	put := func(path, text string) {
		t.Helper()
		full := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("site.toml", `title = "示例县"`)
	put("data/items/dibao/item.toml", `name = "低保"`)
	load := func() (*Site, error) {
		if _, err := os.Stat(filepath.Join(dir, "broken")); err == nil {
			return nil, errors.New("主题读不出来")
		}
		var files []output.File
		err := filepath.WalkDir(filepath.Join(dir, "data"), func(p string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(p)
			files = append(files, file(filepath.Base(filepath.Dir(p))+".html", "<body>"+string(text)+"</body>"))
			return err
		})
		return siteOf(files, nil), err
	}
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var log buffer
	again := make(chan struct{})
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, l, Source{Dir: dir, Load: load, Again: again}, &log) }()

	heard := events(t, URL(l))
	first := <-heard
	next := func(what string) string {
		t.Helper()
		select {
		case id := <-heard:
			return id
		case <-time.After(20 * time.Second):
			t.Fatalf("nothing heard of %s\n%s", what, log.String())
			return ""
		}
	}
	put("data/items/dibao/item.toml", `name = "最低生活保障"`)
	second := next("an edited record")
	if second == first {
		t.Error("the page is not told to reload")
	}
	put("data/items/tax-clear/item.toml", `name = "清税"`)
	settle(heard)
	put("data/items/tax-clear/item.toml", `name = "清税证明开具"`)
	next("a record in a new folder")
	if page := body(t, URL(l)+"tax-clear.html"); !strings.Contains(page, "清税证明开具") {
		t.Errorf("the page of the new record is %q", page)
	}
	settle(heard)
	again <- struct{}{}
	next("another load that was asked for")
	put("broken", "")
	put("site.toml", `title = "示例县政务"`)
	if failed := next("a failed load"); !strings.Contains(body(t, URL(l)+"dibao.html"), "最低生活保障") {
		t.Errorf("the last good site does not stand at %s", failed)
	}
	if p := body(t, URL(l)+"-/problems.json"); !strings.Contains(p, "主题读不出来") {
		t.Errorf("the failure is not told: %s", p)
	}

	stop()
	if err := <-ended; err != nil {
		t.Errorf("Serve ended with %v", err)
	}
	if !strings.Contains(log.String(), URL(l)) {
		t.Errorf("the address was not told: %s", log.String())
	}
}

func TestServeWithoutSite(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	want := errors.New("这里没有 site.toml")
	if err := Serve(t.Context(), l, Source{Dir: t.TempDir(), Load: func() (*Site, error) { return nil, want }}, io.Discard); !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

// TestConsole holds that a problem is told once, wherever it moves, and that mended ones are counted.
func TestConsole(t *testing.T) {
	var out strings.Builder
	c := &console{w: &out}
	s := county()
	s.problems = s.Check()
	c.problems(s)
	if !strings.Contains(out.String(), "small-catering.toml:3:1") {
		t.Errorf("the problem is not told: %s", out.String())
	}
	out.Reset()
	moved := county()
	moved.problems = moved.Check()
	moved.problems[0].Line = 9
	if fresh, gone := c.problems(moved); fresh != 0 || gone != 0 || out.String() != "" {
		t.Errorf("a moved problem was told again: %d new, %d gone, %s", fresh, gone, out.String())
	}
	moved.problems = nil
	c.reloaded(moved, 42*time.Millisecond)
	if want := "重新读好，用了 42 毫秒；新问题 0，改好 1，还有 0\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestIgnored(t *testing.T) {
	w := &watcher{dir: "site"}
	for name, want := range map[string]bool{
		"site/site.toml": true, "site/data/items/dibao/01.toml": true, "site/themes/default/assets/site.js": true,
		"site/public/index.html": false, "site/.git/index": false, "site/data/items/dibao/.01.toml.swp": false,
		"site/data/items/dibao/01.toml~": false, "site/data/items/dibao/4913": false, "site/README.md": false,
	} {
		e := fsnotify.Event{Name: filepath.FromSlash(name), Op: fsnotify.Write}
		if got := w.matters(e); got != want {
			t.Errorf("%s matters: %t, want %t", name, got, want)
		}
	}
}

// events returns what the page's event source hears.
func events(t *testing.T, url string) <-chan string {
	t.Helper()
	r, err := http.Get(url + "-/events")
	if err != nil {
		t.Fatal(err)
	}
	out := make(chan string, 64)
	go func() {
		defer r.Body.Close()
		lines := bufio.NewScanner(r.Body)
		for lines.Scan() {
			if id, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				out <- id
			}
		}
	}()
	return out
}

// settle waits until nothing was heard for a while, as several events may follow one edit.
func settle(heard <-chan string) {
	for {
		select {
		case <-heard:
		case <-time.After(400 * time.Millisecond):
			return
		}
	}
}

func body(t *testing.T, url string) string {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// buffer is a log that is read while it is written.
type buffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
