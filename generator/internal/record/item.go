package record

// Item is items/<id>/item.toml, a row of the catalogue (目录清单): what government does for applicants. Its name, type, basis
// and code are the same in the whole province (四同).
type Item struct {
	Name          string     `toml:"name"`
	Code          string     `toml:"code"`
	CodeStatus    string     `toml:"code_status"`
	Type          string     `toml:"type"`
	Department    string     `toml:"department"`
	Levels        []string   `toml:"levels"`
	Sharing       string     `toml:"sharing"`
	Origin        string     `toml:"origin"`
	Basis         []Basis    `toml:"basis"`
	Status        string     `toml:"status"`
	EffectiveFrom Date       `toml:"effective_from"`
	Plain         string     `toml:"plain"`
	Aliases       []string   `toml:"aliases"`
	Field         string     `toml:"field"`
	Scope         []string   `toml:"scope"`
	LocalCode     string     `toml:"local_code"`
	FormerCodes   []string   `toml:"former_codes"`
	Parent        string     `toml:"parent"`
	EffectiveTo   Date       `toml:"effective_to"`
	Replaces      []string   `toml:"replaces"`
	ReplacedBy    string     `toml:"replaced_by"`
	Documents     []string   `toml:"documents"`
	OnApplication *bool      `toml:"on_application"`
	Transfers     []Transfer `toml:"transfers"`
	Ending        *Ending    `toml:"ending"`
	Benchmark     string     `toml:"benchmark"`
	PowerListRef  string     `toml:"power_list_ref"`
	OfficialURL   string     `toml:"official_url"`
	Review        *Review    `toml:"review"`
	Meta
}

// CodeSample is the code_status of a code made for a library that has no official ones; it proves nothing.
const CodeSample = "sample"

// The states of an item or a procedure, as vocab/statuses.toml has them.
const (
	StatusDraft     = "征求意见"
	StatusInForce   = "在用"
	StatusSuspended = "暂停"
	StatusCancelled = "取消"
	StatusMerged    = "合并"
)

// Basis is one legal ground (设定依据): a law of the library, its article, and a note. Article is empty where the number is not
// verified: a number that may be wrong is not printed.
type Basis struct {
	Law     string `toml:"law"`
	Article string `toml:"article"`
	Note    string `toml:"note"`
}

// Transfer is 下放, 委托, 收回 or 赋权 of an item from one level to another, everywhere or in the divisions named.
type Transfer struct {
	Kind      string   `toml:"kind"`
	From      string   `toml:"from"`
	To        string   `toml:"to"`
	Date      Date     `toml:"date"`
	Document  string   `toml:"document"`
	Divisions []string `toml:"divisions"`
}

// Ending says what the tombstone page of a cancelled or merged item tells people to do now.
type Ending struct {
	Document        string `toml:"document"`
	ReplacedBy      string `toml:"replaced_by"`
	WhatNow         string `toml:"what_now"`
	OldCertificates string `toml:"old_certificates"`
}
