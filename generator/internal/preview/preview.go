// Package preview shows a site on this machine while its records are edited.
//
//   - Nothing is rendered before it is asked for: a request runs the one [output.File] it names, in memory.
//   - The folders data/, content/ and themes/ and the file site.toml are watched. After a change, and a short silence, the whole
//     site is loaded anew; also when its Source says so. A load that fails leaves the last good site standing; the failure is shown over its pages.
//   - Every HTML page gets one script, /-/reload.js, that reloads it when the site changes (server-sent events) and shows the
//     problems of the records over the page. What is published does not contain it.
//   - A guide leads to a form for what the place may set itself (see Site.Edit), at /-/edit/ and the guide's path.
//   - Only this machine can ask: the address must be a loopback one, the Host header one of its names with the port, and
//     anything but GET and HEAD needs the Origin of the site itself, is taken for forms alone, and must bring the token that the
//     form was given. A page of a foreign site can neither read the drafts nor, by a name that points here, pretend to be us.
//   - There is no file system behind the addresses: what is not in the list of outputs is not found.
//   - Nothing is cached by the browser but what has its content in its name.
package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/output"
)

// Site is one state of what is shown.
type Site struct {
	Lang string // language of messages: zh or en
	// Find returns the page at the path, if there is one. It is called by several goroutines at once.
	Find func(path string) (f output.File, ok bool, err error)
	// Rest lists what is seldom looked at (open data, feeds, the index). It is called when a path is asked for that Find does not
	// know, once. It may be nil.
	Rest func() ([]output.File, error)
	// Check returns what is wrong with the records, sorted. It is called once, beside the pages, so that nobody waits for it who
	// wants to see what he wrote.
	Check func() []diag.Problem
	// Text returns the content of a file as it was read, for the lines around a problem; nil where there is none. It may be nil.
	Text func(file string) []byte
	// Editable reports whether the page at the path has a form, and Edit answers a request for it. A POST has come from a page of
	// this preview, with the token that its form must send. Both may be nil.
	Editable func(path string) bool
	Edit     func(w http.ResponseWriter, r *http.Request, page, token string)
	// Style is the style sheet of the forms.
	Style []byte

	once sync.Once
	rest map[string]output.File
	err  error

	problems []diag.Problem // what Check returned, when checked is closed
	checked  chan struct{}
}

// Lookup returns the file at the path. Where files cannot be listed, every path that was not found is a file that says so.
func (s *Site) Lookup(path string) (output.File, bool) {
	f, ok, err := s.Find(path)
	if err == nil && (ok || s.Rest == nil) {
		return f, ok
	}
	if err == nil {
		s.once.Do(func() {
			files, err := s.Rest()
			s.err, s.rest = err, make(map[string]output.File, len(files))
			for _, f := range files {
				s.rest[f.Path] = f
			}
		})
		err = s.err
	}
	if err != nil {
		return output.File{Path: path, Write: func(io.Writer) error { return err }}, true
	}
	f, ok = s.rest[path]
	return f, ok
}

// Source is where a site comes from.
type Source struct {
	Dir  string                // the folder of the site, whose changes are watched
	Load func() (*Site, error) // reads the site; never called twice at once
	// Again asks for another load for a cause that is not in the files. It may be nil.
	Again <-chan struct{}
}

// portsTried is how many ports are tried after the one that was asked for.
const portsTried = 20

// Listen opens addr (host:port) for [Serve], or the next free port where that one is taken. Any address that other machines
// could reach is refused: drafts are not public.
func Listen(addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("地址应写成 127.0.0.1:8080 的样子 / write the address as 127.0.0.1:8080: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("%s：预览只给本机看，地址只能是 127.0.0.1、localhost 或 [::1] / a preview is for this machine only: use 127.0.0.1, localhost or [::1]", addr)
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("端口应是 0 到 65535 的数：%s / the port must be a number from 0 to 65535", port)
	}
	var first error
	for try := range uint64(portsTried + 1) {
		if n+try > 65535 {
			break
		}
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.FormatUint(n+try, 10)))
		if err == nil {
			return l, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// URL returns the address of a listener's site as one types it.
func URL(l net.Listener) string { return "http://" + l.Addr().String() + "/" }

// Serve shows a site on l until ctx ends, and then returns nil. The site is loaded before the first request and after every
// change. The error of the first load is returned; later ones are shown. Problems, failures and what was read again are written
// to log in words.
func Serve(ctx context.Context, l net.Listener, from Source, log io.Writer) error {
	defer l.Close()
	ctx, stop := context.WithCancel(ctx)
	s := newServer(l.Addr().String(), from.Load, &console{w: log})
	// Watching begins before the first load, so that no change falls between the two.
	watched, err := watch(ctx, from.Dir, s.load, s.log.warn)
	if err != nil {
		watched = new(sync.WaitGroup)
		s.log.warn(fmt.Errorf("看不到文件的改动，改了请重新启动 / changes are not seen, start again after editing: %w", err))
	}
	defer watched.Wait()
	defer stop()
	if err := s.first(); err != nil {
		return err
	}
	go s.again(ctx, from.Again)
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	s.log.line(diag.Text{ZH: "预览在 " + URL(l) + " ，按 Ctrl-C 结束", EN: "preview at " + URL(l) + " , Ctrl-C ends it"})
	select {
	case err = <-ended:
	case <-ctx.Done():
		err = srv.Close()
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
