package page

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"io"
	"slices"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/config"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// Files returns every page and asset of the site, sorted by path. Nothing is rendered before a file's Write is called; views
// are made once to take their stamps. The error is a theme that cannot be used for this site (an unknown language, a word it lacks), or
// history that cannot be read.
func Files(s *site.Site, t *Theme) (files []output.File, err error) {
	b, err := newBuilder(s, t)
	if err != nil {
		return nil, err
	}
	defer b.lacks(&err)
	files = b.files()
	return files, b.err
}

// lackedWord is what say panics with.
type lackedWord struct{ error }

// lacks makes an error of a word that the theme lacks, most often because it was copied from an older version of the program: that is
// for whoever keeps the theme to mend.
func (b *builder) lacks(err *error) {
	switch r := recover().(type) {
	case nil:
	case lackedWord:
		*err = fmt.Errorf("主题 %s 的 i18n/%s.toml 缺文字，可能是旧版本的主题：从新版本的 themes/default 补上 (theme %[1]s lacks words of this version): %[3]w",
			b.theme.Name, b.site.Config.Language, r.error)
	default:
		panic(r)
	}
}

func (b *builder) files() []output.File {
	go func() { b.quality().listAll() }() // counted while the pages before it are listed
	b.indexGuides()
	out := make([]output.File, 0, len(b.site.Catalog.Guides)+len(b.site.Catalog.Guides)/8)
	var wg sync.WaitGroup
	var others []output.File
	var lacked error
	wg.Go(func() {
		defer b.lacks(&lacked)
		others = b.kindPages()
	})
	for _, d := range b.site.Catalog.Divisions {
		out = append(out, b.placePages(d)...)
	}
	b.guides.sets, b.guides.first = nil, nil // the files hold what they need of them
	b.guides.parts.forget()
	wg.Wait()
	if lacked != nil {
		b.err = lacked
		return nil
	}
	out = append(out, others...)
	out = append(out, b.unlistedPages(func() []output.File { return out })...)
	b.listed = true
	b.looks.forget()
	b.teller().Forget()
	slices.SortFunc(out, func(x, y output.File) int { return cmp.Compare(x.Path, y.Path) })
	return out
}

func (b *builder) kindPages() []output.File {
	var out []output.File
	for _, pages := range kinds {
		out = append(out, pages(b)...)
	}
	return out
}

// unlistedPages are those that crawlers are not told of, and what they are told of the others: pages of former codes and guides
// lead on, old versions lead to what holds.
func (b *builder) unlistedPages(others func() []output.File) []output.File {
	return slices.Concat(b.crawlerFiles(others), b.movedPages(), b.formerPages(), b.versionPages())
}

// builder makes the files of one site in one theme. Its maps are filled while the files are listed, and only read afterwards. The pages of
// places, which are most, are listed beside those of the other kinds: what both use is under a lock.
type builder struct {
	site      *site.Site
	theme     *Theme
	words     map[string]string
	set       *template.Template
	base      output.Stamp // theme, language and program: part of every stamp
	fragments once[fragmentKey, *Fragment]
	patterns  once[output.Stamp, *textPattern]
	textual   map[string]int                // how many words a template may have that only shows its texts
	looks     once[output.Stamp, *Fragment] // while files are listed, but for a preview
	listed    bool                          // all files are listed: fragments are complete and only read
	lazy      bool                          // for a preview: no stamps, and whatever a page needs is made when it is asked for, under mu
	mu        sync.Mutex
	err       error // the first that listing met
	qr        qrPlans
	guides    guideNotes

	versionLists versionLists
	lists        func() []*shownList // the generated lists
	linePatterns map[output.Stamp]*rowPattern[CompareLine]
	sidePatterns map[output.Stamp]*rowPattern[CompareSide]
	placeCounts  map[*catalog.Division]*placeCount
	places       map[*catalog.Item]itemPlaces
	quality      func() *supervision    // figures; counted when first asked for
	teller       func() *changes.Teller // how places differ from the standard; made when first asked for
	sayings      map[*catalog.Procedure]*sayings

	edit *config.Edit // where the records are edited
}

func newBuilder(s *site.Site, t *Theme) (*builder, error) {
	words := t.words[s.Config.Language]
	if words == nil {
		return nil, fmt.Errorf("主题 %s 没有语言 %s 的文字 i18n/%[2]s.toml (theme %[1]s has no words for language %[2]s)", t.Name, s.Config.Language)
	}
	qr, err := newQRPlans()
	if err != nil {
		return nil, err
	}
	b := &builder{site: s, theme: t, words: words, set: t.sets[s.Config.Language], qr: qr, sayings: map[*catalog.Procedure]*sayings{},
		linePatterns: map[output.Stamp]*rowPattern[CompareLine]{}, sidePatterns: map[output.Stamp]*rowPattern[CompareSide]{},
		placeCounts: map[*catalog.Division]*placeCount{}, places: map[*catalog.Item]itemPlaces{}}
	b.edit, b.textual = &s.Config.Edit, textual(t)
	b.lists = sync.OnceValue(b.showLists)
	b.quality = sync.OnceValue(func() *supervision { return newSupervision(s, b.teller()) })
	b.teller = sync.OnceValue(func() *changes.Teller { return changes.NewTeller(s.Catalog.Source) })
	var h output.Hasher
	h.Stamp(t.Hash)
	h.String(Version)
	h.String(s.Config.Language)
	b.base = h.Sum()
	return b, nil
}

// say returns the interface's wording of a key, with pairs of name and value for {name}, for Go code. An unknown key is a panic, of which
// [Files] makes an error.
func (b *builder) say(key string, pairs ...string) string {
	w, err := fill(b.words, key, pairs...)
	if err != nil {
		panic(lackedWord{err})
	}
	return w
}

// link returns the address of a page of the site as seen from another.
func (b *builder) link(from, to string) string { return site.Relative(from, to) }

// fail keeps the first error that listing the files meets: history that cannot be read.
func (b *builder) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// page returns the file of a page at the address. The view is made to take its stamp, forgotten, and made again to render.
func (b *builder) page(url, name string, view func() any) output.File {
	return b.splicedPage(url, name, func(*bytes.Buffer) any { return view() })
}

// splicedPage is page for a page with a [splice]: the view is told where the page is being written, nil for its stamp.
func (b *builder) splicedPage(url, name string, view func(out *bytes.Buffer) any) output.File {
	write := func(w io.Writer) error { return b.executeSpliced(w, name, url, view) }
	if b.lazy {
		return b.later(site.File(url), write)
	}
	return output.File{Path: site.File(url), Stamp: b.stamp(name, view(nil)), Write: write}
}

// later returns the file of a page of a preview.
func (b *builder) later(path string, write func(io.Writer) error) output.File {
	return output.File{Path: path, Write: func(w io.Writer) error {
		b.mu.Lock()
		defer b.mu.Unlock()
		return write(w)
	}}
}

// stamp returns the stamp of a view rendered by a template of this theme.
func (b *builder) stamp(name string, view any) output.Stamp {
	return b.stampOf(name, func(h *output.Hasher) { hashView(h, view) })
}

// stampOf returns the stamp of what a function adds, for what is large and no view.
func (b *builder) stampOf(name string, add func(*output.Hasher)) output.Stamp {
	h := hashers.Get().(*output.Hasher)
	defer hashers.Put(h)
	h.Reset()
	h.Stamp(b.base)
	h.String(name)
	add(h)
	return h.Sum()
}

var hashers = sync.Pool{New: func() any { return new(output.Hasher) }}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// execute renders a template in memory and writes it, so that a page with an error is not written at all.
func (b *builder) execute(w io.Writer, name, subject string, view any) error {
	return b.executeSpliced(w, name, subject, func(*bytes.Buffer) any { return view })
}

// executeSpliced is execute for a view that is told where the page is being written.
func (b *builder) executeSpliced(w io.Writer, name, subject string, view func(out *bytes.Buffer) any) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := b.set.ExecuteTemplate(buf, name, view(buf)); err != nil {
		return fmt.Errorf("%s：模板 %s 出错 (template %[2]s): %w", subject, name, err)
	}
	_, err := w.Write(buf.Bytes())
	return err
}
