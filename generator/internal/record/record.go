// Package record is the source records as an editor writes them: one Go type a kind of file under data/, one file of this
// package a kind.
//
// A record says only what its author states. Three states are told apart everywhere: a key that is absent (nil or "", not
// stated), a key that is empty ([], stated: none) and a key with a value. Therefore lists are nil or not, and numbers and
// truth values that can be stated are pointers.
//
// The keys of a procedure are grouped into sections (Scope, Timing, Papers …). A standard is all sections; an implementation
// may carry the same sections again, as overrides, and what it may override is not decided by these types but by the lock
// class of each key in keys/. The resolver hands sections on by pointer: a section nobody overrides is the standard's own.
//
// keys/*.toml, embedded, have one row for every key of every kind: type, lock class, vocabulary, titles, descriptions, national
// column and the label citizens see. Schema, checks, explanations and the words of diffs are made from it.
package record

// Kind names a kind of record; it is also the first word of its rows in keys/*.toml.
type Kind string

// The kinds of records under data/.
const (
	KindItem           Kind = "item"
	KindProcedure      Kind = "procedure"
	KindDivision       Kind = "division"
	KindDefaults       Kind = "defaults"
	KindImplementation Kind = "implementation"
	KindLaw            Kind = "law"
	KindMaterial       Kind = "material"
	KindCertificate    Kind = "certificate"
	KindIntermediary   Kind = "intermediary"
	KindDocument       Kind = "document"
	KindList           Kind = "list"
	KindBundle         Kind = "bundle"
	KindSignposts      Kind = "signposts"
	KindSynonyms       Kind = "synonyms"
	KindVocab          Kind = "vocab"
	KindProfile        Kind = "profile"
	KindTargets        Kind = "targets"
	KindSchema         Kind = "schema"
	KindMapping        Kind = "mapping"
	KindBenchmark      Kind = "benchmark"
	KindPowerList      Kind = "power-list"
	KindPlan           Kind = "plan"
	KindRelease        Kind = "release"
)

// New returns a pointer to an empty record of the kind, ready to be decoded into, or nil for an unknown kind.
func New(kind Kind) any {
	switch kind {
	case KindItem:
		return new(Item)
	case KindProcedure:
		return new(Procedure)
	case KindDivision:
		return new(Division)
	case KindDefaults:
		return new(Defaults)
	case KindImplementation:
		return &Implementation{Terms: Terms{Overrides: unstated}}
	case KindLaw:
		return new(Law)
	case KindMaterial:
		return new(Material)
	case KindCertificate:
		return new(Certificate)
	case KindIntermediary:
		return new(Intermediary)
	case KindDocument:
		return new(Document)
	case KindList:
		return new(List)
	case KindBundle:
		return new(Bundle)
	case KindSignposts:
		return new(Signposts)
	case KindSynonyms:
		return new(Synonyms)
	case KindVocab:
		return new(Vocab)
	case KindProfile:
		return new(Profile)
	case KindTargets:
		return new(Targets)
	case KindSchema:
		return new(Schema)
	case KindMapping:
		return new(Mapping)
	case KindBenchmark:
		return new(Benchmark)
	case KindPowerList:
		return new(PowerList)
	case KindPlan:
		return new(Plan)
	case KindRelease:
		return new(Release)
	}
	return nil
}

// Meta is what every record may carry beside its own keys.
type Meta struct {
	Verified *Verified `toml:"verified"`
	Events   []Event   `toml:"events"`
}

// Verified says who last compared the record with its sources: the status (已核实 or unverified as 未核实), the day, the role
// of who did it (never a name) and what it was compared with.
type Verified struct {
	Status string `toml:"status"`
	On     Date   `toml:"on"`
	Role   string `toml:"role"`
	Source string `toml:"source"`
}

// Event is something that happened to the subject of a record before this library existed. It goes to the history page and
// the archive, never to the live feed.
type Event struct {
	Date     Date   `toml:"date"`
	Kind     string `toml:"kind"`
	Document string `toml:"document"`
	Note     string `toml:"note"`
}

// Review is the path of a record to publication: offices and roles, dates and documents, never names.
type Review struct {
	Signed       *Signature    `toml:"signed"`
	Reviewed     *Signature    `toml:"reviewed"`
	Legality     *Legality     `toml:"legality"`
	Consultation *Consultation `toml:"consultation"`
	Approved     *Signature    `toml:"approved"`
	Published    *Signature    `toml:"published"`
	Filed        *Signature    `toml:"filed"`
}

// Signature is one act of a review: which body did it, in which role, when, by which document.
type Signature struct {
	Body     string `toml:"body"`
	Role     string `toml:"role"`
	Date     Date   `toml:"date"`
	Document string `toml:"document"`
}

// Legality is the opinion of the legal office (合法性审查), and what it found that burdens people.
type Legality struct {
	Opinion  string   `toml:"opinion"`
	Findings []string `toml:"findings"`
	Document string   `toml:"document"`
	Date     Date     `toml:"date"`
	Body     string   `toml:"body"`
}

// Opinions are what the legal office may say. They are no vocabulary: the key was published as text before they were fixed.
var Opinions = []string{"合法", "修改后合法", Unlawful}

// Unlawful is the opinion with which nothing may be published.
const Unlawful = "不合法"

// Consultation is the time in which anyone may comment on a draft (征求意见), both days included: who takes comments, where
// they are sent, and, where the time is shorter than the rule, why.
type Consultation struct {
	Opens    Date   `toml:"opens"`
	Closes   Date   `toml:"closes"`
	Document string `toml:"document"`
	Body     string `toml:"body"`
	Address  string `toml:"address"`
	Reason   string `toml:"reason"`
	Result   string `toml:"result"`
}

// Days is how many days the consultation lasts, both ends included; 0 where a day is missing or they are in the wrong order.
func (c *Consultation) Days() int {
	if c.Opens == 0 || c.Closes < c.Opens {
		return 0
	}
	return int(c.Closes.Time().Sub(c.Opens.Time()).Hours()/24) + 1
}
