// Package catalog is the records loaded, linked, inherited and resolved to guides.
//
// Load reads data/ into a Source: every record as written, with its document for positions. Resolve makes a Catalog from it:
// every reference a pointer, every division with the orgs and halls it really has, and one Guide for every procedure a
// division takes on. Resolve is total: it never rejects a record; what cannot be linked stays nil, and package rules says so.
// A Catalog is sorted once and never changed afterwards.
//
// Inheritance runs standard → city → county → township. A section of a guide that nobody overrides is the standard's own
// pointer, so that what is rendered, dumped or compared by section is done once for a hundred and seventy counties.
package catalog

import (
	"banshi/generator/internal/record"
)

// Catalog is the resolved library as of one day.
type Catalog struct {
	AsOf  record.Date
	Draft bool

	Vocab          map[string]*Vocab
	Laws           Library[record.Law]
	Materials      Library[record.Material]
	Certificates   Library[record.Certificate]
	Intermediaries Library[record.Intermediary]
	Documents      Library[record.Document]
	Lists          Library[record.List]
	Bundles        Library[record.Bundle]
	Profiles       Library[record.Profile]
	Mappings       Library[record.Mapping]
	Benchmarks     Library[record.Benchmark]
	PowerLists     Library[record.PowerList]
	Plans          Library[record.Plan]
	Signposts      []record.Signpost
	Synonyms       []record.Synonym
	Targets        []record.Target

	Items     []*Item     // by id
	Divisions []*Division // in tree order: a division, then those below it, by code
	Guides    []*Guide    // by division, item, procedure

	Source *Source

	items     map[string]*Item
	divisions map[string]*Division
	agents    map[string][]*Hall // item id → halls that help with it
	handed    handed
	listed    map[string]map[string]bool // list id → its items
}

// Item returns the item with the id, or nil.
func (c *Catalog) Item(id string) *Item { return c.items[id] }

// Division returns the division with the id, or nil.
func (c *Catalog) Division(id string) *Division { return c.divisions[id] }

// Library is all records of one kind, sorted by id.
type Library[T any] struct {
	All  []*Entry[T]
	byID map[string]*Entry[T]
}

// Entry is one record of a library.
type Entry[T any] struct {
	ID     string
	Record *T
	File   *File
}

// Get returns the entry with the id, or nil.
func (l *Library[T]) Get(id string) *Entry[T] { return l.byID[id] }

// Vocab is one vocabulary with its terms by term.
type Vocab struct {
	*record.Vocab
	File   *File
	byTerm map[string]*record.Term
	byID   map[string]*record.Term
}

// Term returns the term spelt exactly so, or nil.
func (v *Vocab) Term(term string) *record.Term {
	if v == nil {
		return nil
	}
	return v.byTerm[term]
}

// ByID returns the term whose page has the id, or nil.
func (v *Vocab) ByID(id string) *record.Term {
	if v == nil {
		return nil
	}
	return v.byID[id]
}

// Item is a catalogue record with its procedures and every guide made from it.
type Item struct {
	ID string
	*record.Item
	File       *File
	Parent     *Item
	Children   []*Item
	Procedures []*Procedure // by number; those in force as of the day come with Current = true
	Guides     []*Guide
	// Future is later versions of the record, by the day they take effect.
	Future []*File
}

// Current reports whether the item is in force as of the catalog's day: only such items have guides.
func (i *Item) Current() bool {
	return i.Status == record.StatusInForce || i.Status == record.StatusSuspended
}

// Procedure is one way of handling an item with its standard, linked.
type Procedure struct {
	Item *Item
	No   string
	*record.Procedure
	File    *File
	Current bool
	Sections
	Future []*File

	terms     *Terms   // what a place starts from that no record touches
	unlimited *Process // the steps without their limits, for places with a shorter promise: one value, rendered once
}

// Sections is the parts of a guide. Each pointer is the standard's own unless a division overrides a key of that part; none is
// nil.
type Sections struct {
	Scope        *record.Scope
	Powers       *record.Powers
	Timing       *record.Timing
	Papers       *Papers
	Process      *Process
	Outcome      *record.Outcome
	Cost         *record.Cost
	Access       *record.Access
	Relations    *record.Relations
	Facilitation *record.Facilitation
	Protection   *record.Protection
	Questions    *record.Questions
}

// Papers is the materials of a procedure, linked to the library. Stated is false where the record says nothing of materials.
type Papers struct {
	Stated bool
	Lines  []*Paper
}

// Paper is one line of the materials: the use, the library's record (nil if unknown), and the drop if the division does not
// ask for it.
type Paper struct {
	*record.MaterialUse
	Library *Entry[record.Material]
	Drop    *record.Drop
}

// Name returns the material's standard name, or the id where the library lacks it.
func (p *Paper) Name() string {
	if p.Library != nil {
		return p.Library.Record.Name
	}
	return p.Material
}

// Waived reports whether the applicant need not bring the paper: dropped by the division, or waived by sharing or an
// electronic certificate.
func (p *Paper) Waived() bool {
	if p.Drop != nil {
		return true
	}
	for _, w := range p.WaivedBy {
		if w == "数据共享" || w == "电子证照" {
			return true
		}
	}
	return false
}

// Process is the steps of a procedure. HideLimits is set where a division promises less time than the standard and says
// nothing of the steps: their limits then no longer add up and are not shown.
type Process struct {
	HideLimits bool
	Steps      []*Step
}

// Step is one step, or one that the division dropped.
type Step struct {
	*record.Step
	Drop *record.Drop
}

// Division is a place with the orgs and halls it has, defaults included.
type Division struct {
	*record.Division
	File      *File
	Defaults  *File       // what every place of its level has; nil where nothing is said of it
	Parent    *Division   // by code
	Superior  *Division   // who it answers to: the area that names it a member, else reports_to, else Parent
	Children  []*Division // by superior
	Exercises []string    // levels, never empty for a place that can act
	Orgs      []*Org
	Halls     []*Hall
	Guides    []*Guide
	Referrals []*Referral
	Local     map[string]*File // item id → its implementation here

	claims claims
	orgs   map[string]*Org
	halls  map[string]*Hall
	plain  bool // neither it nor a place above it has local records
}

// Acts reports whether the division handles matters at all; a statistical area does not.
func (d *Division) Acts() bool { return d.Kind != KindStatistical }

// MadeUp reports whether the division, or one above it, is a sample. The portal's own place is none, for all of a portal of samples is
// real to itself.
func (d *Division) MadeUp() bool {
	for n := 0; d != nil && d.Superior != nil && n < maxLevels; d, n = d.Superior, n+1 {
		if d.Sample {
			return true
		}
	}
	return false
}

// maxLevels bounds ways up, which a mistake in the records may close to a circle.
const maxLevels = 8

// KindStatistical is the kind of places that exist only in statistics.
const KindStatistical = "统计用区"

// Org returns the org with the id in this division, or nil.
func (d *Division) Org(id string) *Org { return d.orgs[id] }

// Hall returns the hall with the id in this division, or nil.
func (d *Division) Hall(id string) *Hall { return d.halls[id] }

// Org is a body of a division; its record has {name} filled in.
type Org struct {
	*record.Org
	Division *Division
	Superior *Org
	Default  bool // from divisions/defaults

	places   []Place // where its matters are handled unless a record says otherwise
	handling []Handling
}

// Hall is a place of a division; its record has {name} filled in.
type Hall struct {
	*record.Hall
	Division *Division
	Default  bool
}

// Place is where a matter is handled.
type Place struct {
	Hall   *Hall
	Window *record.Window
	Role   string
}

// Referral is an item that this division leaves to another.
type Referral struct {
	Division *Division
	Item     *Item
	To       *Division
	Note     string
}

// Guide is one procedure in one division, resolved and ready to show (办事指南).
type Guide struct {
	Division  *Division
	Item      *Item
	Procedure *Procedure
	Level     string // the level the division acts at here
	Org       *Org   // the body that takes the matter on here
	// Supervising is the department's own org where another org won the item by list or by name.
	Supervising *Org
	Handling    []Handling
	*Terms
	Places []Place
	Agents []*Hall
}

// Handling says for some cases whether the matter is accepted here and who decides it.
type Handling struct {
	When       record.When
	AcceptHere bool
	AcceptAt   []string // levels that accept
	Level      string   // the level that decides
	DecideHere bool
	Decider    *Org // nil where no org of that level is known
}

// Origin says which record and key a value of a guide comes from, where it is not the standard's.
type Origin struct {
	Key  string // as in the key table: promise, materials.premises-layout.necessity
	File *File
	Path []string // the key in the file
}

// Origin returns where the key's value comes from, or ok = false if it is the standard's.
func (g *Guide) Origin(key string) (o Origin, ok bool) {
	for i := len(g.Origins) - 1; i >= 0; i-- {
		if g.Origins[i].Key == key {
			return g.Origins[i], true
		}
	}
	return Origin{}, false
}

// Decides reports whether, in every case this division takes, the decision is made here.
func (g *Guide) Decides() bool {
	for _, h := range g.Handling {
		if !h.DecideHere {
			return false
		}
	}
	return true
}
