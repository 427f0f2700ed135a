package record

// Law is laws/<id>.toml: a law, regulation or policy document that items rest on. No text is quoted.
type Law struct {
	Name           string    `toml:"name"`
	ShortName      string    `toml:"short_name"`
	Kind           string    `toml:"kind"`
	IssuedBy       string    `toml:"issued_by"`
	DocumentNumber string    `toml:"document_number"`
	Adopted        Date      `toml:"adopted"`
	InForce        Date      `toml:"in_force"`
	Repealed       Date      `toml:"repealed"`
	ReplacedBy     string    `toml:"replaced_by"`
	URL            string    `toml:"url"`
	CheckedOn      Date      `toml:"checked_on"`
	Articles       []Article `toml:"articles"`
	Note           string    `toml:"note"`
	Meta
}

// Article is one article of a law that items cite, and when its number was last checked.
type Article struct {
	No        string `toml:"no"`
	CheckedOn Date   `toml:"checked_on"`
}

// Material is materials/<id>.toml: a paper that procedures ask for, the same everywhere (审批要件标准库).
type Material struct {
	Name         string   `toml:"name"`
	Aliases      []string `toml:"aliases"`
	Kind         string   `toml:"kind"`
	Issuer       string   `toml:"issuer"`
	Holder       string   `toml:"holder"`
	ValidFor     string   `toml:"valid_for"`
	BlankForm    string   `toml:"blank_form"`
	SampleForm   string   `toml:"sample_form"`
	Remedy       string   `toml:"remedy"`
	Alternatives []string `toml:"alternatives"`
	WaivedBy     []string `toml:"waived_by"`
	SharedFrom   string   `toml:"shared_from"`
	Certificate  string   `toml:"certificate"`
	Plain        string   `toml:"plain"`
	Meta
}

// Certificate is certificates/<id>.toml: a certificate, licence or approval that is the result of an item (电子证照目录).
type Certificate struct {
	Name        string   `toml:"name"`
	Aliases     []string `toml:"aliases"`
	TypeCode    string   `toml:"type_code"`
	DefiningOrg string   `toml:"defining_org"`
	Holder      string   `toml:"holder"`
	Category    string   `toml:"category"`
	Validity    string   `toml:"validity"`
	Digital     string   `toml:"digital"`
	Sample      string   `toml:"sample"`
	Meta
}

// Intermediary is intermediaries/<id>.toml: a service by a third party that an item may require (中介服务).
type Intermediary struct {
	Name       string   `toml:"name"`
	Basis      []Basis  `toml:"basis"`
	Items      []string `toml:"items"`
	Conditions string   `toml:"conditions"`
	Steps      []string `toml:"steps"`
	Limit      *Limit   `toml:"limit"`
	Fee        string   `toml:"fee"`
	FreeChoice *bool    `toml:"free_choice"`
	Meta
}

// Document is documents/<id>.toml: a policy document that changed something.
type Document struct {
	Number string `toml:"number"`
	Title  string `toml:"title"`
	Body   string `toml:"body"`
	Date   Date   `toml:"date"`
	URL    string `toml:"url"`
	Kind   string `toml:"kind"`
	Note   string `toml:"note"`
	Meta
}

// List is lists/<id>.toml: a named set of items, written once and used by many divisions (划转清单).
type List struct {
	Name     string   `toml:"name"`
	Document string   `toml:"document"`
	Items    []string `toml:"items"`
	Meta
}

// Bundle is bundles/<id>.toml: several items handled as one matter (一件事).
type Bundle struct {
	Name         string        `toml:"name"`
	Plain        string        `toml:"plain"`
	Aliases      []string      `toml:"aliases"`
	Stage        string        `toml:"stage"`
	Audience     []string      `toml:"audience"`
	Lead         string        `toml:"lead"`
	Metric       string        `toml:"metric"`
	TotalPromise *TotalPromise `toml:"total_promise"`
	Cases        []Case        `toml:"cases"`
	Steps        []BundleStep  `toml:"steps"`
	FAQ          []QA          `toml:"faq"`
	Meta
}

// TotalPromise is the limit of a whole bundle and the document it comes from.
type TotalPromise struct {
	Value    int    `toml:"value"`
	Unit     string `toml:"unit"`
	Note     string `toml:"note"`
	Document string `toml:"document"`
}

// BundleStep is one item of a bundle: which procedure, when, after which others, who does it, and whether the applicant has
// anything to do.
type BundleStep struct {
	Item        string   `toml:"item"`
	Procedure   string   `toml:"procedure"`
	When        When     `toml:"when"`
	After       []string `toml:"after"`
	Who         string   `toml:"who"`
	NeedsAction *bool    `toml:"needs_action"`
	Note        string   `toml:"note"`
}

// Signposts is signposts.toml: answers that are not items.
type Signposts struct {
	Signposts []Signpost `toml:"signposts"`
}

// Signpost is one answer that is not an item: 健康证 → where; 饭馆卫生许可证 → no longer needed.
type Signpost struct {
	ID       string   `toml:"id"`
	Name     string   `toml:"name"`
	Aliases  []string `toml:"aliases"`
	Answer   string   `toml:"answer"`
	Where    string   `toml:"where"`
	Document string   `toml:"document"`
	Items    []string `toml:"items"`
}

// Synonyms is synonyms/<id>.toml, or synonyms.toml where one file holds them all: words people say and what they mean.
type Synonyms struct {
	Synonyms []Synonym `toml:"synonyms"`
}

// Synonym leads words to targets: an item, item#procedure, bundle:<id>, material:<id> or a term.
type Synonym struct {
	Words   []string `toml:"words"`
	Targets []string `toml:"targets"`
	Means   string   `toml:"means"`
}
