package page

import (
	"cmp"
	"slices"
	"strings"

	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// Previewed is the pages of a site that are found when they are asked for: those of a place are listed with the first of them, so
// that a whole province is ready as soon as a township. Files have no stamps, no view is made before a page is asked for, and
// pages are rendered one at a time. Its methods may be called by several goroutines at once.
type Previewed struct {
	b        *builder
	files    map[string]output.File            // of kinds
	places   map[string]map[string]output.File // by place, of those that were asked for
	unlisted map[string]output.File            // nil before one was asked for
}

// Preview returns the same pages and assets as [Files], to be found one by one. The error is a theme that cannot be used for
// this site.
func Preview(s *site.Site, t *Theme) (*Previewed, error) {
	b, err := newBuilder(s, t)
	if err != nil {
		return nil, err
	}
	b.lazy = true
	b.indexGuides()
	return &Previewed{b: b, files: byPath(b.kindPages()), places: map[string]map[string]output.File{}}, b.err
}

// Lookup returns the file at the path. The error is history that cannot be read.
func (p *Previewed) Lookup(path string) (f output.File, ok bool, err error) {
	if f, ok = p.files[path]; ok {
		return f, true, nil
	}
	p.b.mu.Lock()
	defer p.b.mu.Unlock()
	if place, _, in := strings.Cut(strings.TrimPrefix(path, placesFolder), "/"); in && strings.HasPrefix(path, placesFolder) {
		if f, ok = p.place(place)[path]; ok {
			return f, true, nil
		}
	}
	f, ok = p.rest()[path]
	return f, ok, p.b.err
}

const placesFolder = "divisions/"

// place lists the pages of a place.
func (p *Previewed) place(id string) map[string]output.File {
	files, ok := p.places[id]
	if d := p.b.site.Catalog.Division(id); !ok && d != nil {
		files = byPath(p.b.placePages(d))
		p.places[id] = files
	}
	return files
}

// rest lists what is seldom looked at.
func (p *Previewed) rest() map[string]output.File {
	if p.unlisted == nil {
		p.unlisted = byPath(p.b.unlistedPages(p.listed))
	}
	return p.unlisted
}

// listed is all pages but those of rest.
func (p *Previewed) listed() []output.File {
	var out []output.File
	for _, f := range p.files {
		out = append(out, f)
	}
	for _, d := range p.b.site.Catalog.Divisions {
		out = append(out, p.b.placePages(d)...)
	}
	return out
}

// Files returns all of them, sorted by path. The error is history that cannot be read.
func (p *Previewed) Files() ([]output.File, error) {
	p.b.mu.Lock()
	defer p.b.mu.Unlock()
	out := p.listed()
	for _, f := range p.rest() {
		out = append(out, f)
	}
	slices.SortFunc(out, func(x, y output.File) int { return cmp.Compare(x.Path, y.Path) })
	return out, p.b.err
}

func byPath(files []output.File) map[string]output.File {
	out := make(map[string]output.File, len(files))
	for _, f := range files {
		out[f.Path] = f
	}
	return out
}
