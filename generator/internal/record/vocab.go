package record

// Vocab is vocab/<name>.toml: an enumeration with national code, term and English label. Records use the term.
type Vocab struct {
	Name   string `toml:"name"`
	EN     string `toml:"en"`
	Source string `toml:"source"`
	Terms  []Term `toml:"terms"`
}

// Term is one value of a vocabulary. ID names its page where it has one.
type Term struct {
	ID         string    `toml:"id"`
	Code       string    `toml:"code"`
	Term       string    `toml:"term"`
	EN         string    `toml:"en"`
	Definition string    `toml:"definition"`
	Aliases    []string  `toml:"aliases"`
	Deprecated bool      `toml:"deprecated"`
	ReplacedBy string    `toml:"replaced_by"`
	Remedies   *Remedies `toml:"remedies"`
	Rank       int       `toml:"rank"`
}

// Remedies is what a person can do against a body of some kind (vocab/org-kinds.toml): review by whom, within how long, a
// court, or only a complaint.
type Remedies struct {
	Review     string  `toml:"review"`
	Litigation string  `toml:"litigation"`
	Complaint  string  `toml:"complaint"`
	Basis      []Basis `toml:"basis"`
}

// Profile is profiles/<name>.toml: a checklist of elements, or a map from terms to the numbers of one platform.
type Profile struct {
	Name     string                       `toml:"name"`
	Source   string                       `toml:"source"`
	Elements []Element                    `toml:"elements"`
	Codes    map[string]map[string]string `toml:"codes"`
}

// Element is one element of a checklist: its number, its official name and the keys that fill it, any of them. NoneAllowed says
// that a record which states none of them says 无 or 不涉及.
type Element struct {
	No          int      `toml:"no"`
	Name        string   `toml:"name"`
	Keys        []string `toml:"keys"`
	NoneAllowed bool     `toml:"none_allowed"`
}

// Targets is targets.toml: what the documents demand, by metric, level and year.
type Targets struct {
	Targets []Target `toml:"targets"`
}

// Target is one demand: the metric must be at least the value (a percentage, a number, or days) from the year on.
type Target struct {
	Metric   string `toml:"metric"`
	Level    string `toml:"level"`
	Year     int    `toml:"year"`
	Scope    string `toml:"scope"`
	AtLeast  string `toml:"at_least"`
	AtMost   string `toml:"at_most"`
	Document string `toml:"document"`
	Quote    string `toml:"quote"`
}

// Schema is schema.toml: the version of the record format.
type Schema struct {
	Version int `toml:"version"`
}

// Release is releases/<id>.toml, a line of the register of immutable releases.
type Release struct {
	ID             string `toml:"id"`
	Commit         string `toml:"commit"`
	Date           Date   `toml:"date"`
	Tool           string `toml:"tool"`
	ManifestSHA256 string `toml:"manifest_sha256"`
	ItemsSHA256    string `toml:"items_sha256"`
	GuidesSHA256   string `toml:"guides_sha256"`
	Previous       string `toml:"previous"`
	// Files are the files that people ask for; the manifest has all.
	Files []ReleaseFile `toml:"files"`
}

// ReleaseFile is a file of a release: its path in the folder of the release, its size in bytes, and its rows where it has any.
type ReleaseFile struct {
	Path   string `toml:"path"`
	Bytes  int    `toml:"bytes"`
	Rows   int    `toml:"rows"`
	SHA256 string `toml:"sha256"`
}
