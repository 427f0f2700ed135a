package record

// Mapping is mappings/<id>.toml: what people decided when an upper-level catalogue was compared with ours (banshi reconcile). Rows that
// agree by code, or by name and type, need no decision and are not here.
type Mapping struct {
	Name string `toml:"name"` // of the upper-level catalogue
	// Continues is the mapping that this file goes on with, because a record file has a largest size; the first file has none.
	Continues string     `toml:"continues"`
	Decisions []Decision `toml:"decisions"`
	Own       []OwnItem  `toml:"own"`
}

// Decision is what one row of the upper-level catalogue is with us. Code, name, type, basis and levels are the row as it stood on
// that day, so that a later edition of the table shows what has moved since.
type Decision struct {
	Code    string   `toml:"code"`
	Name    string   `toml:"name"`
	Type    string   `toml:"type"`
	Basis   string   `toml:"basis"`
	Levels  []string `toml:"levels"`
	Verdict string   `toml:"verdict"`
	Items   []string `toml:"items"`
	Reason  string   `toml:"reason"`
}

// The verdicts of decisions, as vocab/mapping-verdicts.toml has them.
const (
	VerdictSame   = "对应"  // the row is one item of ours
	VerdictPart   = "合并"  // several rows are one item of ours
	VerdictSplit  = "拆分"  // the row is several items of ours
	VerdictAbsent = "无对应" // nothing of ours is the row
)

// OwnItem says why an item of ours is not in the upper-level catalogue (省级特设).
type OwnItem struct {
	Item   string `toml:"item"`
	Reason string `toml:"reason"`
}
