// Package review is the path of a record to publication: drafted, put to comment (征求意见), examined by the legal office
// (合法性审查), approved (审定), published (发布), filed (备案).
//
// A record states what was done, by which office, when and by which document, in [review]; how far it has come is derived and
// never typed. [Policy] is what [publish] of site.toml demands. What is a draft, or lacks what is demanded, is held: it
// appears in the consultation site only, and in the plain one the version before it stays.
package review

import (
	"slices"

	"banshi/generator/internal/config"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// Gate is a part of [review], by its key.
type Gate string

// The gates in the order in which they come about; config.PublishGates has the same.
const (
	Signed       Gate = "signed"
	Reviewed     Gate = "reviewed"
	Consultation Gate = "consultation"
	Legality     Gate = "legality"
	Approved     Gate = "approved"
	Published    Gate = "published"
	Filed        Gate = "filed"
)

// Gates are all gates in order.
var Gates = []Gate{Signed, Reviewed, Consultation, Legality, Approved, Published, Filed}

// Title is what people call a gate, from the key table.
func (g Gate) Title() diag.Text {
	k, _ := record.KeyOf(record.KindItem, "review."+string(g))
	return k.Title
}

// MinDays is how long a consultation lasts unless site.toml says otherwise: 重大行政决策程序暂行条例 (State Council decree 713),
// article 15, has thirty days as the rule and wants a shorter one explained.
const MinDays = 30

// Subject is a record on its way: an item, a procedure or a place's record, and the day in its file's name.
type Subject struct {
	Kind  record.Kind
	From  record.Date
	Value any // as record.New(Kind) makes it
}

// Review returns the [review] of the record, or nil.
func (s Subject) Review() *record.Review {
	switch r := s.Value.(type) {
	case *record.Item:
		return r.Review
	case *record.Procedure:
		return r.Review
	case *record.Implementation:
		return r.Review
	}
	return nil
}

// Status is the status of an item or a procedure; a place's record has none and holds as soon as it is there.
func (s Subject) Status() string {
	switch r := s.Value.(type) {
	case *record.Item:
		return r.Status
	case *record.Procedure:
		return r.Status
	case *record.Implementation:
		return record.StatusInForce
	}
	return ""
}

// Effective is the day on which the record takes effect, 0 where it does not say.
func (s Subject) Effective() record.Date {
	switch r := s.Value.(type) {
	case *record.Item:
		return max(s.From, r.EffectiveFrom)
	case *record.Procedure:
		return max(s.From, r.EffectiveFrom)
	}
	return s.From
}

// Policy is what a site demands before it publishes.
type Policy struct {
	standard, places, lists []Gate
	since                   record.Date
	days                    int
}

// PolicyOf reads [publish] of site.toml; nil demands nothing.
func PolicyOf(c *config.Config) Policy {
	p := Policy{days: MinDays}
	if c == nil {
		return p
	}
	p.standard, p.places, p.lists = gates(c.Publish.Require), gates(c.Publish.Places), gates(c.Publish.Lists)
	if c.Publish.Since != nil {
		p.since = record.DateOf(*c.Publish.Since)
	}
	if c.Publish.ConsultationDays > 0 {
		p.days = c.Publish.ConsultationDays
	}
	return p
}

// gates returns the known ones of the names, in order; config has told of the others.
func gates(names []string) []Gate {
	var out []Gate
	for _, g := range Gates {
		if slices.Contains(names, string(g)) {
			out = append(out, g)
		}
	}
	return out
}

// Days is how many days a consultation must last unless it says why not.
func (p Policy) Days() int { return p.days }

// Lists is what the newest review of a place's list must have.
func (p Policy) Lists() []Gate { return p.lists }

// Demanded is what is demanded of a record: nothing of one that ended, nor of one that took effect before [publish] since. A
// procedure without a [review] goes with its item, unless it is a later version, which comes after it.
func (p Policy) Demanded(s Subject) []Gate {
	if e := s.Effective(); p.since != 0 && e != 0 && e < p.since {
		return nil
	}
	switch s.Status() {
	case record.StatusInForce, record.StatusSuspended, record.StatusDraft:
	default:
		return nil
	}
	switch s.Kind {
	case record.KindItem:
		return p.standard
	case record.KindProcedure:
		if s.Review() != nil || s.From != 0 {
			return p.standard
		}
	case record.KindImplementation:
		return p.places
	}
	return nil
}

// OfChange is what is demanded of a change of a published record of a kind, however old the record is.
func (p Policy) OfChange(kind record.Kind) []Gate {
	switch kind {
	case record.KindItem, record.KindProcedure:
		return p.standard
	case record.KindImplementation:
		return p.places
	}
	return nil
}

// Renewed reports whether a gate was passed anew: it is passed now, and not by the same act as before.
func Renewed(was, now *record.Review, g Gate) bool {
	if !passed(now, g) {
		return false
	}
	if was == nil {
		return true
	}
	switch g {
	case Consultation:
		return was.Consultation == nil || *was.Consultation != *now.Consultation
	case Legality:
		a, b := was.Legality, now.Legality
		return a == nil || a.Document != b.Document || a.Date != b.Date
	}
	a, b := signature(was, g), signature(now, g)
	return a == nil || *a != *b
}

// Missing is what is demanded of a record and not there.
func (p Policy) Missing(s Subject) []Gate { return Lacks(s.Review(), p.Demanded(s)) }

// Held reports whether a record is kept out of the plain site: a draft, or one that lacks what is demanded.
func (p Policy) Held(s Subject) bool {
	switch s.Kind {
	case record.KindItem, record.KindProcedure, record.KindImplementation:
		return s.Status() == record.StatusDraft || len(p.Missing(s)) > 0
	}
	return false
}

// Lacks returns those of the gates that a review has not passed. A consultation and a legality opinion count with their
// document; an opinion against does not count.
func Lacks(r *record.Review, demanded []Gate) []Gate {
	var out []Gate
	for _, g := range demanded {
		if !passed(r, g) {
			out = append(out, g)
		}
	}
	return out
}

func passed(r *record.Review, g Gate) bool {
	if r == nil {
		return false
	}
	switch g {
	case Consultation:
		c := r.Consultation
		return c != nil && c.Days() > 0 && c.Document != ""
	case Legality:
		l := r.Legality
		return l != nil && l.Opinion != record.Unlawful && slices.Contains(record.Opinions, l.Opinion) && l.Document != "" && l.Date != 0
	case Approved:
		return r.Approved != nil && r.Approved.Document != ""
	}
	return signature(r, g) != nil
}

// signature returns the gate that is an act of one office, or nil.
func signature(r *record.Review, g Gate) *record.Signature {
	switch g {
	case Signed:
		return r.Signed
	case Reviewed:
		return r.Reviewed
	case Approved:
		return r.Approved
	case Published:
		return r.Published
	case Filed:
		return r.Filed
	}
	return nil
}
