package page

import (
	"bytes"
	"fmt"
	"html/template"
	"sync"
	"sync/atomic"

	"banshi/generator/internal/output"
)

// Fragment is a part of pages that is rendered alone from a template of its own and shared by all pages that show it. In a
// template {{.Materials.HTML}} splices it. A nil Fragment is nothing.
type Fragment struct {
	b       *builder
	name    string // the template
	subject string // what it is about, for errors
	view    func() any
	texts   func(*texts) any // the view of one whose texts are filled into what it has in common with others, and that
	pattern *textPattern
	stamp   output.Stamp
	users   atomic.Int32 // pages that asked for it while files were listed
	shared  atomic.Pointer[rendering]
}

// rendering is a fragment's HTML for as long as pages are to come that show it.
type rendering struct {
	once sync.Once
	html template.HTML
	err  error
	left atomic.Int32 // pages to come
}

// fragmentKey is a template and what its view is made from, usually a struct of section pointers.
type fragmentKey struct {
	name string
	key  any
}

// fragment returns the fragment of a template for a key. The view must be a function of the key alone: it is asked only for
// the first page that shows the fragment, and again when it is rendered. Once the files are listed the fragments are complete:
// a page that then asks for another one has a view that differs from the one its stamp was taken of.
func (b *builder) fragment(name string, key any, subject string, view func() any) *Fragment {
	return b.fragmentIn(&b.fragments, name, key, subject, view)
}

// fragmentIn is fragment for those kept apart.
func (b *builder) fragmentIn(all *once[fragmentKey, *Fragment], name string, key any, subject string, view func() any) *Fragment {
	return b.fragmentOf(all, fragmentKey{name, key}, subject, func() *Fragment {
		return &Fragment{b: b, name: name, subject: subject, view: view, stamp: b.stamp(name, view())}
	})
}

// fragmentOf returns the fragment with a key, which it has made where there is none.
func (b *builder) fragmentOf(all *once[fragmentKey, *Fragment], k fragmentKey, subject string, make func() *Fragment) *Fragment {
	if b.listed && !b.lazy {
		f := all.of[k] // without the lock: nobody adds any more
		if f == nil {
			panic("page: " + k.name + ": " + subject + ": the view changed between stamp and rendering")
		}
		return f
	}
	f, made := all.find(k)
	if !made {
		f = all.add(k, b.sameLook(make()))
	}
	f.users.Add(1)
	return f
}

// sameLook returns the fragment that looks the same already, or f where there is none: a county that promises what its neighbour promises shows
// the same line, though it comes from a record of its own.
func (b *builder) sameLook(f *Fragment) *Fragment {
	if b.lazy {
		return f
	}
	return b.looks.add(f.stamp, f)
}

// HTML renders the fragment, once for all pages where several show it. What only one page shows is not kept, and what a place's pages
// share is let go with the last of them. It is safe for concurrent use.
func (f *Fragment) HTML() (template.HTML, error) {
	if f == nil {
		return "", nil
	}
	if f.users.Load() < 2 {
		return f.render()
	}
	r := f.shared.Load()
	for r == nil {
		r = new(rendering)
		r.left.Store(f.users.Load())
		if !f.shared.CompareAndSwap(nil, r) {
			r = f.shared.Load() // nil again if the others were the last
		}
	}
	r.once.Do(func() { r.html, r.err = f.render() })
	if r.left.Add(-1) == 0 {
		f.shared.Store(nil)
	}
	return r.html, r.err
}

// write is HTML for a page that is written piece by piece.
func (f *Fragment) write(w pageWriter) error {
	if f == nil {
		return nil
	}
	if f.users.Load() < 2 {
		return f.execute(func(html []byte) { w.Write(html) })
	}
	html, err := f.HTML()
	w.WriteString(string(html))
	return err
}

func (f *Fragment) render() (html template.HTML, err error) {
	err = f.execute(func(b []byte) { html = template.HTML(b) })
	return html, err
}

// execute renders the template and hands its output on, without space around it.
func (f *Fragment) execute(take func(html []byte)) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	var err error
	if f.pattern != nil {
		err = f.fillTexts(buf)
	} else {
		err = f.template(buf, f.view())
	}
	if err == nil {
		take(bytes.TrimSpace(buf.Bytes()))
	}
	return err
}

func (f *Fragment) template(out *bytes.Buffer, view any) error {
	if err := f.b.set.ExecuteTemplate(out, f.name, view); err != nil {
		return fmt.Errorf("%s：模板 %s 出错 (template %[2]s): %w", f.subject, f.name, err)
	}
	return nil
}
