package preview

import (
	"bytes"
	"context"
	"crypto/rand"
	"embed"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"time"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/output"
)

//go:embed client/reload.js client/overlay.css
var client embed.FS

// ownPrefix is where the preview's own addresses are; no output has it, because no id begins with a hyphen.
const (
	ownPrefix  = "-/"
	editPrefix = ownPrefix + "edit/"
	formStyle  = ownPrefix + "form.css"
)

// server answers requests from the present site.
type server struct {
	hosts   []string
	reload  func() (*Site, error)
	log     *console
	process string // differs in every start, so that a page left open reloads from the new one
	token   string // of forms, and of this start

	loading  sync.Mutex // held while loading
	checking sync.Mutex // held while checking: one state after the other

	mu      sync.Mutex
	site    *Site
	version int           // of the site
	failure string        // why the last load failed; "" if it did not
	changed chan struct{} // closed at the next change of the three above
}

func newServer(addr string, load func() (*Site, error), log *console) *server {
	return &server{hosts: hostsOf(addr), reload: load, log: log, process: rand.Text()[:8], token: rand.Text(), changed: make(chan struct{})}
}

// first loads the site that stands until something changes.
func (s *server) first() error {
	s.loading.Lock()
	defer s.loading.Unlock()
	site, err := s.reload()
	if err != nil {
		return err
	}
	s.show(site, nil)
	go s.check(site, nil)
	return nil
}

// load reads the site again and shows it; a failure is shown over the last good one.
func (s *server) load() {
	s.loading.Lock()
	defer s.loading.Unlock()
	start := time.Now()
	site, err := s.loadSafely()
	s.show(site, err)
	if err != nil {
		s.log.warn(err)
		return
	}
	took := time.Since(start)
	go s.check(site, &took)
}

// loadSafely reads the site. What a theme lacks may make the program panic, a word that was deleted for instance; that is the
// theme's mistake and must not end the preview.
func (s *server) loadSafely() (site *Site, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return s.reload()
}

// courtesy is how long checking leaves the processors to the page that is drawn again.
const courtesy = 300 * time.Millisecond

// check finds what is wrong with a site and tells it, with the time it took to read the site again; nil for the first. A site that
// is shown no more is not checked.
func (s *server) check(site *Site, took *time.Duration) {
	s.checking.Lock()
	defer s.checking.Unlock()
	if took != nil {
		time.Sleep(courtesy)
	}
	if s.state().site != site {
		return
	}
	site.problems = site.Check()
	close(site.checked)
	if took == nil {
		s.log.problems(site)
	} else {
		s.log.reloaded(site, *took)
	}
	runtime.GC() // in the pause after a save, so that the collector does not work while the next page is waited for
}

// again loads for every ask until ctx ends.
func (s *server) again(ctx context.Context, asks <-chan struct{}) {
	for {
		select {
		case <-asks:
			s.load()
		case <-ctx.Done():
			return
		}
	}
}

// show makes a loaded site, or the failure to load it, the present state and tells every open page.
func (s *server) show(site *Site, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.failure = err.Error()
	} else {
		site.checked = make(chan struct{})
		s.failure, s.site = "", site
		s.version++
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// state is what one request sees.
type state struct {
	site    *Site
	id      string // differs for every site that was shown
	failure string
	changed <-chan struct{}
}

func (s *server) state() state {
	s.mu.Lock()
	defer s.mu.Unlock()
	return state{s.site, fmt.Sprintf("%s-%d", s.process, s.version), s.failure, s.changed}
}

// ServeHTTP answers one request.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	headers(w.Header())
	if s.refuse(w, r) {
		return
	}
	p := strings.TrimPrefix(r.URL.Path, "/")
	now := s.state()
	switch p {
	case ownPrefix + "events":
		s.events(w, r)
	case ownPrefix + "problems.json":
		s.problems(w, r)
	case ownPrefix + "reload.js", ownPrefix + "overlay.css":
		w.Header().Set("Content-Type", contentType(p))
		if r.URL.RawQuery == s.process {
			keepable(w.Header())
		}
		data, err := client.ReadFile("client/" + path.Base(p))
		if err != nil {
			panic(err)
		}
		w.Write(data)
	case formStyle:
		w.Header().Set("Content-Type", contentType(p))
		w.Write(now.site.Style)
	default:
		if page, ok := strings.CutPrefix(p, editPrefix); ok && now.site.Edit != nil {
			now.site.Edit(w, r, page, s.token)
			return
		}
		s.file(w, r, now, p)
	}
}

// file answers with the output at p; a folder with its index.html.
func (s *server) file(w http.ResponseWriter, r *http.Request, now state, p string) {
	if p == "" || strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	if f, ok := now.site.Lookup(p); ok {
		s.write(w, r, now, f, http.StatusOK)
		return
	}
	if _, ok := now.site.Lookup(p + "/index.html"); ok {
		// Links in the page are relative to the folder. A path without an empty segment cannot lead to another host.
		http.Redirect(w, r, (&url.URL{Path: "/" + p + "/"}).EscapedPath(), http.StatusFound)
		return
	}
	if f, ok := now.site.Lookup("404.html"); ok {
		s.write(w, r, now, f, http.StatusNotFound)
		return
	}
	http.Error(w, "没有这一页 / no such page", http.StatusNotFound)
}

// write renders one file and sends it; HTML with the preview's script.
func (s *server) write(w http.ResponseWriter, r *http.Request, now state, f output.File, status int) {
	kind := contentType(f.Path)
	data, err := render(f)
	if err != nil {
		s.log.warn(fmt.Errorf("%s: %w", f.Path, err))
		kind, status = contentType("error.html"), http.StatusInternalServerError
		data = errorPage(f.Path, err)
	}
	if strings.HasPrefix(kind, "text/html") {
		edit := ""
		if now.site.Editable != nil && now.site.Editable(f.Path) {
			edit = "/" + editPrefix + f.Path
		}
		data = inject(data, s.process, now.id, edit)
	}
	h := w.Header()
	if status == http.StatusOK && fingerprinted.MatchString(f.Path) {
		keepable(h)
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Length", fmt.Sprint(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(data)
	}
}

// fingerprinted is an asset whose name changes with its content.
var fingerprinted = regexp.MustCompile(`^assets/.*\.[0-9a-f]{8}\.[a-z0-9]+$`)

// keepable lets the browser keep an answer: the same address will never have another.
func keepable(h http.Header) { h.Set("Cache-Control", "private, max-age=86400, immutable") }

// render runs a file. A template that panics is the theme's mistake and must not end the preview.
func render(f output.File) (data []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	var b bytes.Buffer
	err = f.Write(&b)
	return b.Bytes(), err
}

func errorPage(p string, err error) []byte {
	return []byte("<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>" + html.EscapeString(p) + "</title></head><body><h1>" +
		html.EscapeString(p) + "</h1><p>这一页做不出来 / this page cannot be rendered</p><pre>" + html.EscapeString(err.Error()) + "</pre></body></html>")
}

// inject puts the preview's script before the end of the body. The id tells it which state of the site the page shows, edit where
// the page's form is, "" for none.
func inject(page []byte, process, id, edit string) []byte {
	if edit != "" {
		edit = ` data-edit="` + html.EscapeString(edit) + `"`
	}
	script := []byte(`<script src="/-/reload.js?` + process + `" data-site="` + id + `"` + edit + `></script>`)
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	out := make([]byte, 0, len(page)+len(script))
	return append(append(append(out, page[:at]...), script...), page[at:]...)
}

// problems answers with what is wrong, for the overlay, as soon as it is known.
func (s *server) problems(w http.ResponseWriter, r *http.Request) {
	for {
		now := s.state()
		select {
		case <-now.site.checked:
			now.problems(w)
			return
		case <-now.changed:
		case <-r.Context().Done():
			return
		}
	}
}

func (now state) problems(w http.ResponseWriter) {
	shown := now.site.worst()
	errs := diag.Errors(now.site.problems)
	var list bytes.Buffer
	if err := diag.Print(&list, shown, "json", now.site.Lang); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", contentType("problems.json"))
	json.NewEncoder(w).Encode(struct {
		Site     string          `json:"site"`
		Lang     string          `json:"lang"`
		Failure  string          `json:"failure"`
		Errors   int             `json:"errors"`
		Warnings int             `json:"warnings"`
		Problems json.RawMessage `json:"problems"`
		Excerpts []excerpt       `json:"excerpts"`
	}{now.id, now.site.Lang, now.failure, errs, len(now.site.problems) - errs, list.Bytes(), now.site.excerpts(shown)})
}

// events sends the id of the present site, at once and at every change, also one that only failed: the page then asks for
// the problems.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	for {
		now := s.state()
		if _, err := fmt.Fprintf(w, "retry: 1000\ndata: %s\n\n", now.id); err != nil || out.Flush() != nil {
			return
		}
		select {
		case <-now.changed:
		case <-r.Context().Done():
			return
		}
	}
}
