package verify

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// source is where published files are read from. Names are slash-separated and relative to its root.
type source interface {
	// open returns fs.ErrNotExist where there is no such file.
	open(ctx context.Context, name string) (io.ReadCloser, error)
	// list returns the files below a folder, relative to it; an error where a source cannot be listed.
	list(folder string) ([]string, error)
	// beside returns the manifest of the release id that lies beside the folder.
	beside(ctx context.Context, folder, id string) ([]byte, error)
}

// open returns the source at a place: a folder, or an address with http or https.
func open(place string) (source, error) {
	if u, err := url.Parse(place); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		// No limit for the whole of a file, which may be large; one for a server that does not answer.
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.ResponseHeaderTimeout = 30 * time.Second
		t.DisableCompression = true // the bytes of the .gz are what is checked
		return web{strings.TrimSuffix(place, "/"), &http.Client{Transport: t}}, nil
	}
	info, err := os.Stat(place)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s 不是文件夹 / is not a folder", place)
	}
	return folder(place), nil
}

type folder string

func (f folder) open(_ context.Context, name string) (io.ReadCloser, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return os.Open(filepath.Join(string(f), filepath.FromSlash(name)))
}

func (f folder) list(dir string) ([]string, error) {
	var out []string
	root := os.DirFS(filepath.Join(string(f), filepath.FromSlash(dir)))
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, p)
		}
		return err
	})
	return out, err
}

func (f folder) beside(_ context.Context, dir, id string) ([]byte, error) {
	if !fs.ValidPath(id) {
		return nil, fs.ErrInvalid
	}
	// The folder of one release may be all that was named: its neighbours are then outside of the root.
	return os.ReadFile(filepath.Join(string(f), filepath.FromSlash(dir), "..", id, "manifest.json"))
}

type web struct {
	root   string
	client *http.Client
}

func (w web) open(ctx context.Context, name string) (io.ReadCloser, error) {
	return w.get(ctx, w.root+"/"+(&url.URL{Path: name}).EscapedPath())
}

func (w web) get(ctx context.Context, address string) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	// A server may send the inside of a .gz with Content-Encoding: gzip; asking for identity gives the file as it is.
	request.Header.Set("Accept-Encoding", "identity")
	response, err := w.client.Do(request)
	if err != nil {
		return nil, err
	}
	switch response.StatusCode {
	case http.StatusOK:
		return response.Body, nil
	case http.StatusNotFound, http.StatusGone:
		err = fs.ErrNotExist
	default:
		err = fmt.Errorf("%s: %s", address, response.Status)
	}
	response.Body.Close()
	return nil, err
}

func (w web) list(string) ([]string, error) { return nil, fs.ErrInvalid }

func (w web) beside(ctx context.Context, dir, id string) ([]byte, error) {
	base, err := url.Parse(w.root + "/" + path.Join(dir) + "/")
	if err != nil {
		return nil, err
	}
	r, err := w.get(ctx, base.JoinPath("..", id, "manifest.json").String())
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxManifest))
}
