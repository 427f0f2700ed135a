package catalog

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"banshi/generator/internal/record"
)

// Terms is what a guide says beyond its identity. Guides that no local record touches share one.
type Terms struct {
	Sections
	Local   *record.Local // never nil
	Origins []Origin
	Files   []*File // the local records that made this guide, the nearest place last; empty for a pure standard
}

var noLocal = &record.Local{}

// handed keeps what places hand down, made once each.
type handed struct {
	mu    sync.Mutex
	terms map[handedKey]*Terms
	paths sync.Map // pathKey → []string, see pathOf
}

// pathKey is a key as the key table has it, and the procedure in whose table it stands.
type pathKey struct{ procedure, key string }

// pathOf returns where a key stands in a local record whose block is at. Ten thousand records set the same score of keys, so that the
// paths are shared; nobody may change them.
func (c *Catalog) pathOf(key string, at []string) []string {
	k := pathKey{key: key}
	if at != nil {
		k.procedure = at[1]
	}
	if path, ok := c.handed.paths.Load(k); ok {
		return path.([]string)
	}
	path, _ := c.handed.paths.LoadOrStore(k, slices.Clip(slices.Concat(at, strings.Split(key, "."))))
	return path.([]string)
}

type handedKey struct {
	division  *Division
	procedure *Procedure
}

// termsOf returns the terms of a procedure in a division: the standard, what the places above hand down, and the division's
// own record.
func (c *Catalog) termsOf(d *Division, p *Procedure) *Terms {
	if d.plain {
		return p.terms
	}
	base := c.handedDown(d.Superior, p)
	if f := d.Local[p.Item.ID]; f != nil {
		return c.apply(base, f, p, false)
	}
	return base
}

// TermsIn returns the terms of a procedure in a division, whether or not it has a guide there.
func (c *Catalog) TermsIn(d *Division, p *Procedure) *Terms { return c.termsOf(d, p) }

// HandedDown returns the terms that the places below a division start from.
func (c *Catalog) HandedDown(d *Division, p *Procedure) *Terms { return c.handedDown(d, p) }

// handedDown returns what d hands down to the places below it. The province hands down nothing: what it wants everywhere is
// the standard. Each value is made once, so that sections stay shared by all places below.
func (c *Catalog) handedDown(d *Division, p *Procedure) *Terms {
	c.handed.mu.Lock()
	defer c.handed.mu.Unlock()
	return c.handDown(d, p)
}

// handDown is handedDown under the lock.
func (c *Catalog) handDown(d *Division, p *Procedure) *Terms {
	if d == nil || record.LevelRank(d.Level) == 0 {
		return p.terms
	}
	key := handedKey{d, p}
	if t := c.handed.terms[key]; t != nil {
		return t
	}
	t := c.handDown(d.Superior, p)
	if f := d.Local[p.Item.ID]; f != nil {
		t = c.apply(t, f, p, true)
	}
	if c.handed.terms != nil { // while the guides are made
		c.handed.terms[key] = t
	}
	return t
}

// apply overlays an implementation on terms. With down, only what places below inherit is taken: keys of class P and T, and
// those local keys that the key table marks as inherited.
func (c *Catalog) apply(base *Terms, f *File, p *Procedure, down bool) *Terms {
	r := f.Record.(*record.Implementation)
	t := *base
	t.Origins = append([]Origin(nil), base.Origins...)
	if !down {
		t.Files = append(append([]*File(nil), base.Files...), f)
	}
	before := len(t.Origins)
	if r.Reach != record.ReachOwn || !down {
		c.applyTerms(&t, &r.Terms, f, nil, down)
	}
	if pt := r.Procedure[p.No]; pt != nil && (pt.Reach != record.ReachOwn && r.Reach != record.ReachOwn || !down) {
		at := []string{"procedure", p.No}
		c.applyTerms(&t, &pt.Terms, f, at, down)
		c.applyMaterials(&t, pt.Material, f, at)
		applySteps(&t, pt.Step, f, at)
	}
	t.Origins = slices.Clip(slices.Concat(t.Origins)) // held as long as the catalog: without the room it grew in
	if len(t.Origins) == before {
		if down {
			return base
		}
		return &t
	}
	if down {
		t.Files = append(append([]*File(nil), base.Files...), f)
	}
	if t.hides(before) {
		t.Process = p.hideLimits(t.Process)
	}
	return &t
}

// hides reports whether the overrides from origin n on set a promise but no step: the inherited limits of steps then no longer
// fit the promise and are not shown.
func (t *Terms) hides(n int) bool {
	promise := false
	for _, o := range t.Origins[n:] {
		if o.Key == "promise" {
			promise = true
		}
		if strings.HasPrefix(o.Key, "steps") {
			return false
		}
	}
	return promise
}

func (p *Procedure) hideLimits(process *Process) *Process {
	if process == p.Process {
		return p.unlimited
	}
	return &Process{HideLimits: true, Steps: process.Steps}
}

// applyTerms overlays one block of an implementation: each section and the local keys.
func (c *Catalog) applyTerms(t *Terms, over *record.Terms, f *File, at []string, down bool) {
	set := func(key string) bool {
		if down && !handsDown(key) {
			return false
		}
		t.Origins = append(t.Origins, Origin{Key: key, File: f, Path: c.pathOf(key, at)})
		return true
	}
	faq := t.Questions
	section(&t.Scope, over.Scope, set)
	section(&t.Powers, over.Powers, set)
	section(&t.Timing, over.Timing, set)
	section(&t.Outcome, over.Outcome, set)
	section(&t.Cost, over.Cost, set)
	section(&t.Access, over.Access, set)
	section(&t.Relations, over.Relations, set)
	section(&t.Facilitation, over.Facilitation, set)
	section(&t.Protection, over.Protection, set)
	section(&t.Questions, over.Questions, set)
	section(&t.Local, &over.Local, set)
	if t.Questions != faq {
		// A place adds questions, it does not replace the standard's.
		t.Questions = &record.Questions{FAQ: append(append([]record.QA(nil), faq.FAQ...), over.FAQ...)}
	}
	if over.Materials != nil && set("materials") {
		t.Papers = c.newPapers(over.Materials)
	}
	if over.Steps != nil && set("steps") {
		t.Process = newProcess(over.Steps)
	}
}

// handsDown reports whether places below inherit a key.
func handsDown(key string) bool {
	k, ok := record.KeyOf(record.KindImplementation, key)
	if !ok {
		return false
	}
	return k.Lock == "P" || k.Lock == "T" || k.Inherits
}

// section replaces *dst by a copy with what over states, or by over where nothing was stated before, and leaves it alone where over states
// nothing.
func section[T any](dst **T, over *T, set func(key string) bool) {
	if reflect.ValueOf(over).Elem().IsZero() {
		return
	}
	whole := reflect.ValueOf(*dst).Elem().IsZero()
	merged := **dst
	if !overlay(&merged, over, func(key string) bool {
		ok := set(key)
		whole = whole && ok
		return ok
	}) {
		return
	}
	if whole {
		*dst = over // as nearly all local values are: twenty thousand copies less
		return
	}
	*dst = &merged
}

// overlay copies every stated field of over into dst. Tables merge key by key; lists and values replace. It asks set for each
// key (dotted, as in the key table) and skips those it refuses; a nil set allows all. It reports whether anything was set.
func overlay[T any](dst, over *T, set func(key string) bool) bool {
	return overlayValue(reflect.ValueOf(dst).Elem(), reflect.ValueOf(over).Elem(), "", set)
}

func overlayValue(dst, over reflect.Value, prefix string, set func(string) bool) bool {
	changed := false
	t := dst.Type()
	for i := range t.NumField() {
		from := over.Field(i)
		if from.IsZero() {
			continue
		}
		key := prefix + t.Field(i).Tag.Get("toml")
		to := dst.Field(i)
		if from.Kind() == reflect.Pointer && from.Elem().Kind() == reflect.Struct && !to.IsNil() && mergeable(from.Type().Elem()) {
			merged := reflect.New(from.Type().Elem())
			merged.Elem().Set(to.Elem())
			if overlayValue(merged.Elem(), from.Elem(), key+".", set) {
				to.Set(merged)
				changed = true
			}
			continue
		}
		if set != nil && !set(key) {
			continue
		}
		to.Set(from)
		changed = true
	}
	return changed
}

// mergeable reports whether a table merges key by key. A limit, an amount, a suspension is one value.
func mergeable(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[record.Limit](), reflect.TypeFor[record.Amount](), reflect.TypeFor[record.Suspension](),
		reflect.TypeFor[record.HallEntry](), reflect.TypeFor[record.Entrusted](), reflect.TypeFor[record.Location](),
		reflect.TypeFor[record.Drop](), reflect.TypeFor[record.Handles](), reflect.TypeFor[record.Does]():
		return false
	}
	return true
}

// applyMaterials overlays overrides of single materials; an id the standard lacks is left to rules.
func (c *Catalog) applyMaterials(t *Terms, over map[string]*record.MaterialTerms, f *File, at []string) {
	if len(over) == 0 {
		return
	}
	papers := &Papers{Stated: t.Papers.Stated, Lines: make([]*Paper, len(t.Papers.Lines))}
	changed := false
	for i, line := range t.Papers.Lines {
		papers.Lines[i] = line
		m := over[line.Key()]
		if m == nil {
			continue
		}
		use := *line.MaterialUse
		next := &Paper{MaterialUse: &use, Library: line.Library, Drop: line.Drop}
		path := append(append([]string(nil), at...), "material", line.Key())
		note := func(key string) bool {
			t.Origins = append(t.Origins, Origin{Key: "materials." + line.Key() + "." + key, File: f, Path: append(append([]string(nil), path...), key)})
			return true
		}
		overlay(&use, &m.MaterialUse, note)
		if m.Drop != nil {
			next.Drop = m.Drop
			note("drop")
		}
		papers.Lines[i] = next
		changed = true
	}
	if changed {
		t.Papers = papers
	}
}

// applySteps overlays overrides of single steps.
func applySteps(t *Terms, over map[string]*record.StepTerms, f *File, at []string) {
	if len(over) == 0 {
		return
	}
	process := &Process{HideLimits: t.Process.HideLimits, Steps: make([]*Step, len(t.Process.Steps))}
	changed := false
	for i, s := range t.Process.Steps {
		process.Steps[i] = s
		o := over[s.ID]
		if o == nil {
			continue
		}
		step := *s.Step
		next := &Step{Step: &step, Drop: s.Drop}
		path := append(append([]string(nil), at...), "step", s.ID)
		note := func(key string) bool {
			t.Origins = append(t.Origins, Origin{Key: "steps." + s.ID + "." + key, File: f, Path: append(append([]string(nil), path...), key)})
			return true
		}
		overlay(&step, &o.Step, note)
		if o.Drop != nil {
			next.Drop = o.Drop
			note("drop")
		}
		process.Steps[i] = next
		changed = true
	}
	if changed {
		t.Process = process
	}
}
