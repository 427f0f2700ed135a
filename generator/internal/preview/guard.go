package preview

import (
	"crypto/subtle"
	"net"
	"net/http"
	"slices"
	"strings"
)

// hostsOf returns the values of a Host header that mean this server: the names of this machine with the port.
func hostsOf(addr string) []string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil
	}
	var out []string
	for _, name := range []string{"localhost", "127.0.0.1", "::1", host} {
		out = append(out, net.JoinHostPort(name, port))
		if port == "80" {
			out = append(out, name)
		}
	}
	return out
}

// refuse answers a request that does not come from a person at this machine, and reports whether it did. A Host that is not ours
// is a name of someone else that points here (DNS rebinding); an Origin that is not ours is a foreign page that sends a form.
func (s *server) refuse(w http.ResponseWriter, r *http.Request) bool {
	if !slices.Contains(s.hosts, r.Host) {
		http.Error(w, "这个名字不是本机的预览 / unknown host", http.StatusMisdirectedRequest)
		return true
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return false
	}
	if r.Header.Get("Origin") != "http://"+r.Host {
		http.Error(w, "来自别的网站的请求 / foreign origin", http.StatusForbidden)
		return true
	}
	if r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/"+editPrefix) {
		return s.refuseForm(w, r)
	}
	w.Header().Set("Allow", "GET, HEAD")
	http.Error(w, "只能读 / read only", http.StatusMethodNotAllowed)
	return true
}

// longestForm is how many bytes a form may send: a record has no more.
const longestForm = 64 << 10

// refuseForm reads a form and answers one that this preview did not hand out: the Origin is the browser's word, the token is ours.
func (s *server) refuseForm(w http.ResponseWriter, r *http.Request) bool {
	r.Body = http.MaxBytesReader(w, r.Body, longestForm)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "填的内容太长或者读不懂 / the form is too long or cannot be read", http.StatusBadRequest)
		return true
	}
	if subtle.ConstantTimeCompare([]byte(r.PostForm.Get("token")), []byte(s.token)) != 1 {
		http.Error(w, "这一页是上次打开的，请回去刷新一下再填 / the form is of an earlier start: open it again", http.StatusForbidden)
		return true
	}
	return false
}

// headers are set on every answer.
func headers(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Frame-Options", "SAMEORIGIN")
}
