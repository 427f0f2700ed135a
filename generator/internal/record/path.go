package record

import (
	"slices"
	"strings"
)

// folders are the kinds that have one file a record, <folder>/<id>.toml.
var folders = map[Kind]string{
	KindLaw:          "laws",
	KindMaterial:     "materials",
	KindCertificate:  "certificates",
	KindIntermediary: "intermediaries",
	KindDocument:     "documents",
	KindList:         "lists",
	KindBundle:       "bundles",
	KindSynonyms:     "synonyms",
	KindVocab:        "vocab",
	KindProfile:      "profiles",
	KindMapping:      "mappings",
	KindBenchmark:    "benchmarks",
	KindPowerList:    "powers",
	KindPlan:         "plans",
	KindRelease:      "releases",
}

// singles are the kinds of which there is one file. Synonyms may also stand in a folder, a file for each field of life.
var singles = map[Kind]string{
	KindTargets:   "targets",
	KindSynonyms:  "synonyms",
	KindSignposts: "signposts",
	KindSchema:    "schema",
}

var kindOfFolder, kindOfSingle = inverse(folders), inverse(singles)

func inverse(m map[Kind]string) map[string]Kind {
	out := make(map[string]Kind, len(m))
	for k, s := range m {
		out[s] = k
	}
	return out
}

// The words of paths that cannot be ids.
const (
	wordDefaults = "defaults" // under divisions/
	wordDivision = "division" // the file name of a division beside its implementations
	wordItem     = "item"
)

// Path returns where the record of a kind with these ids stands, relative to data/ and without a day. The ids are:
//
//	item            item                   items/dibao/item.toml
//	procedure       item, number           items/dibao/01.toml
//	division        division               divisions/139921/division.toml, divisions/139921/101/division.toml
//	implementation  division, item         divisions/139921/dibao.toml, divisions/139921/101/dibao.toml
//	defaults        slug of a level        divisions/defaults/county.toml
//	libraries       id                     laws/food-safety-law.toml
//	single files    none                   targets.toml
//
// It returns "" where the number of ids or their form does not fit the kind.
func Path(kind Kind, id ...string) string {
	if name, ok := singles[kind]; ok && len(id) == 0 {
		return name + ".toml"
	}
	if folder, ok := folders[kind]; ok && len(id) == 1 && IsID(id[0]) {
		return folder + "/" + id[0] + ".toml"
	}
	switch {
	case kind == KindItem && len(id) == 1 && IsItemID(id[0]):
		return "items/" + id[0] + "/item.toml"
	case kind == KindProcedure && len(id) == 2 && IsItemID(id[0]) && IsProcedureNumber(id[1]):
		return "items/" + id[0] + "/" + id[1] + ".toml"
	case kind == KindDefaults && len(id) == 1 && slices.Contains(LevelSlugs, id[0]):
		return "divisions/defaults/" + id[0] + ".toml"
	case kind == KindDivision && len(id) == 1 && IsDivisionID(id[0]):
		return divisionFolder(id[0]) + "/division.toml"
	case kind == KindImplementation && len(id) == 2 && IsDivisionID(id[0]) && IsItemID(id[1]):
		return divisionFolder(id[0]) + "/" + id[1] + ".toml"
	}
	return ""
}

// FuturePath returns where the state that the record at path takes on a day stands: dibao@2027-01-01.toml beside dibao.toml.
// For the zero Date it is the path itself.
func FuturePath(path string, from Date) string {
	base, ok := strings.CutSuffix(path, ".toml")
	if from == 0 || !ok {
		return path
	}
	return base + "@" + from.String() + ".toml"
}

// ParsePath is the inverse of [Path] and [FuturePath]: which record stands at a path relative to data/, and from which day on
// its content holds (zero: the present state). ok is false for a path that no record has.
func ParsePath(path string) (kind Kind, ids []string, from Date, ok bool) {
	base, ok := strings.CutSuffix(path, ".toml")
	if !ok {
		return "", nil, 0, false
	}
	if name, day, future := strings.Cut(base, "@"); future {
		var err error
		if from, err = ParseDate(day); err != nil || from.String() != day {
			return "", nil, 0, false
		}
		base = name
	}
	kind, ids = parsePath(strings.Split(base, "/"))
	if kind == "" || from != 0 && !hasFuture(kind) {
		return "", nil, 0, false
	}
	return kind, ids, from, true
}

// hasFuture reports whether records of a kind may be written ahead: not the register of releases and the version of the
// format, which only the program writes, nor decisions about a table that people hold in their hands.
func hasFuture(kind Kind) bool {
	return kind != KindRelease && kind != KindSchema && kind != KindMapping
}

// parsePath returns the kind and ids of a path without its extension, or "".
func parsePath(parts []string) (Kind, []string) {
	last := parts[len(parts)-1]
	switch {
	case len(parts) == 1:
		return kindOfSingle[last], nil
	case parts[0] == "divisions":
		return parseDivisionPath(parts[1:len(parts)-1], last)
	case parts[0] == "items" && len(parts) == 3 && IsItemID(parts[1]):
		if last == wordItem {
			return KindItem, parts[1:2]
		}
		if IsProcedureNumber(last) {
			return KindProcedure, parts[1:3]
		}
	case len(parts) == 2 && IsID(last):
		if kind, ok := kindOfFolder[parts[0]]; ok {
			return kind, parts[1:2]
		}
	}
	return "", nil
}

// parseDivisionPath takes the folders below divisions/ and the name of the file.
func parseDivisionPath(folders []string, name string) (Kind, []string) {
	if len(folders) == 1 && folders[0] == wordDefaults {
		if slices.Contains(LevelSlugs, name) {
			return KindDefaults, []string{name}
		}
		return "", nil
	}
	id := strings.Join(folders, "")
	if len(folders) == 0 || !IsDivisionID(id) || divisionFolder(id) != "divisions/"+strings.Join(folders, "/") {
		return "", nil
	}
	if name == wordDivision {
		return KindDivision, []string{id}
	}
	if IsItemID(name) {
		return KindImplementation, []string{id, name}
	}
	return "", nil
}

// divisionFolder returns the folder of a division; that of a township stands in its county's.
func divisionFolder(id string) string {
	if IsTownshipID(id) {
		return "divisions/" + id[:6] + "/" + id[6:]
	}
	return "divisions/" + id
}

// IsID reports whether s has the form of an id: 2 to 63 characters, lower-case letters, digits and hyphens, not beginning with
// a hyphen.
func IsID(s string) bool {
	if len(s) < 2 || len(s) > 63 || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && !isDigit(c) && c != '-' {
			return false
		}
	}
	return true
}

// IsItemID reports whether s can be the id of an item. "division" cannot: an implementation of it would stand where the
// division's own record stands.
func IsItemID(s string) bool { return IsID(s) && s != wordDivision }

// IsDivisionID reports whether s can be the id of a division: its code of 6 digits, or of 9 for a township, or a word such as
// xiongan where no code exists.
func IsDivisionID(s string) bool {
	if isDigits(s) {
		return len(s) == 6 || len(s) == 9
	}
	return IsID(s) && s != wordDefaults
}

// IsTownshipID reports whether s is the id of a township: its county's 6 digits and 3 of its own (GB/T 10114).
func IsTownshipID(s string) bool { return len(s) == 9 && isDigits(s) }

// IsProcedureNumber reports whether s is the number of a procedure in its item: 01 to 99.
func IsProcedureNumber(s string) bool { return len(s) == 2 && isDigits(s) && s != "00" }

func isDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
