package rules

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// elementRules hold the library against the checklists of data/profiles.
var elementRules = []Rule{
	{
		ID: "missing-element", Family: "completeness", Severity: diag.Warning,
		Title:  diag.Text{ZH: "缺少清单要求的要素", EN: "an element of the checklist is missing"},
		Reason: diag.Text{ZH: "办事指南要素齐全、完整准确（S1 二(一)）；要素见 data/profiles。", EN: "Guides have every element, complete and exact (S1); data/profiles lists them."},
		Explanation: diag.Text{
			ZH: "把缺的写上。这件事本来就没有的（如不收费），看要素是不是应当标 none_allowed。空白表格和样本不算，由各地填的（地址、时间、电话）不在这里查。",
			EN: "State what is missing; where an element may not exist, its profile says none_allowed. Blank forms and samples do not count, nor what each place states (addresses, hours, phones).",
		},
		Bad: "# 没有 steps 的业务办理项\nname = \"新办\"", Good: "name = \"新办\"\n\n[[steps]]\nid = \"accept\"\nname = \"受理\"",
		check: checkElements,
	}, {
		ID: "profile-key", Family: "reference",
		Title:  diag.Text{ZH: "要素清单写了不存在的键", EN: "a checklist names a key that does not exist"},
		Reason: diag.Text{ZH: "要素由记录的键填，没有这个键就永远缺（data/README.md）。", EN: "Elements are filled by keys of records (data/README.md)."},
		Explanation: diag.Text{
			ZH: "写“记录种类.键”，如 procedure.promise、division.orgs.name；算出来的写 " + strings.Join(derivedKeys(), "、") + "。",
			EN: "Write kind.key, such as procedure.promise or division.orgs.name; values that are computed are " + strings.Join(derivedKeys(), ", ") + ".",
		},
		Bad: "# data/profiles/guide-14.toml\n[[elements]]\nno = 5\nname = \"办结时限\"\nkeys = [\"procedure.deadline\"]", Good: "[[elements]]\nno = 5\nname = \"办结时限\"\nkeys = [\"procedure.promise\"]",
		check: checkProfileKeys,
	},
}

// derived is the keys of profiles that no record has, and whether a procedure's records state what they are computed from.
var derived = map[string]func(p *catalog.Procedure) bool{
	"derived.task_code": func(p *catalog.Procedure) bool { return p.Item.Code != "" },
	"derived.case_type": func(p *catalog.Procedure) bool { return p.Timing.Promise != nil },
	// Where one level handles the item, or whoever issued the certificate, there are no powers to divide.
	"derived.sole_level":      func(p *catalog.Procedure) bool { return len(p.Item.Levels) == 1 },
	"derived.original_office": func(p *catalog.Procedure) bool { return strings.HasPrefix(p.Scope.ApplyAt, "原") },
}

func derivedKeys() []string { return sortedKeys(derived) }

// Completed is how much of a checklist the records of a procedure state. Blank forms and samples are not counted, nor elements
// that each place fills for itself.
type Completed struct {
	Procedure     *catalog.Procedure
	Profile       *catalog.Entry[record.Profile]
	Filled, Total int
	Missing       []record.Element // in the order of the profile
}

// Completeness holds every procedure that is or will be handled against every checklist, by procedure, then profile.
func Completeness(c *catalog.Catalog) []Completed {
	var out []Completed
	eachLiving(c, func(p *catalog.Procedure) {
		for _, profile := range c.Profiles.All {
			if done := completed(p, profile); done.Total > 0 {
				out = append(out, done)
			}
		}
	})
	return out
}

func completed(p *catalog.Procedure, profile *catalog.Entry[record.Profile]) Completed {
	out := Completed{Procedure: p, Profile: profile}
	for _, e := range profile.Record.Elements {
		if !counted(e) || slices.ContainsFunc(e.Keys, func(k string) bool { return !isProfileKey(k) }) {
			continue // what no record can fill, profile-key says
		}
		out.Total++
		if e.NoneAllowed || slices.ContainsFunc(e.Keys, func(k string) bool { return states(p, k) }) {
			out.Filled++
		} else {
			out.Missing = append(out.Missing, e)
		}
	}
	return out
}

// counted reports whether the records of an item have to fill an element: some place or body does it otherwise, and drawings of
// forms are welcome but not asked for.
func counted(e record.Element) bool {
	forms := 0
	for _, k := range e.Keys {
		switch kind, path, _ := strings.Cut(k, "."); {
		case record.Kind(kind) == record.KindDivision, record.Kind(kind) == record.KindImplementation:
			return false
		case strings.HasSuffix(path, "sample"), strings.HasSuffix(path, "sample_form"), strings.HasSuffix(path, "blank_form"):
			forms++
		}
	}
	return forms < len(e.Keys)
}

// states reports whether the records of a procedure state a key of a profile.
func states(p *catalog.Procedure, profileKey string) bool {
	if f := derived[profileKey]; f != nil {
		return f(p)
	}
	kind, path, _ := strings.Cut(profileKey, ".")
	switch record.Kind(kind) {
	case record.KindItem:
		return stated(planOf(record.KindItem), reflect.ValueOf(p.Item.Item).Elem(), key(path))
	case record.KindProcedure:
		return stated(planOf(record.KindProcedure), reflect.ValueOf(p.Procedure).Elem(), key(path))
	}
	return false
}

// stated reports whether a record states a key: an empty list is stated, it says none. Of a key in a list one member will do.
func stated(p *plan, v reflect.Value, path []string) bool {
	i := slices.IndexFunc(p.fields, func(f field) bool { return f.name == path[0] })
	if i < 0 {
		return false
	}
	f := &p.fields[i]
	v = v.FieldByIndex(f.index)
	switch {
	case v.Kind() == reflect.Slice && v.IsNil(), v.Kind() != reflect.Slice && v.IsZero():
		return false
	case len(path) == 1, v.Kind() == reflect.Slice && v.Len() == 0:
		return true
	case f.members == nil:
		return false
	case f.shape == shapeTable:
		return stated(f.members, reflect.Indirect(v), path[1:])
	case f.shape == shapeTables:
		for i := range v.Len() {
			if stated(f.members, v.Index(i), path[1:]) {
				return true
			}
		}
	}
	return false
}

// checkElements reports each procedure once, with what it lacks by all checklists.
func checkElements(c *checker) {
	lacks := map[*catalog.Procedure]*words{}
	names := map[*catalog.Procedure][]string{}
	var order []*catalog.Procedure
	for _, done := range Completeness(c.Catalog) {
		for _, e := range done.Missing {
			p := done.Procedure
			if slices.Contains(names[p], e.Name) || slices.ContainsFunc(e.Keys, func(k string) bool { return c.meant(p.File, k[strings.LastIndexByte(k, '.')+1:]) }) {
				continue
			}
			if lacks[p] == nil {
				lacks[p] = new(words)
				order = append(order, p)
			}
			names[p] = append(names[p], e.Name)
			at := slices.IndexFunc(done.Profile.Record.Elements, func(o record.Element) bool { return o.No == e.No })
			*lacks[p] = lacks[p].note(done.Profile.File.Position("elements", strconv.Itoa(at)),
				fmt.Sprintf("“%s”由 %s 填", e.Name, strings.Join(e.Keys, "、")), e.Name+" is filled by "+strings.Join(e.Keys, ", "))
		}
	}
	for _, p := range order {
		w := *lacks[p]
		list := strings.Join(names[p], "、")
		w.zh, w.en = fmt.Sprintf("“%s”缺少要素：%s", p.Name, list), fmt.Sprintf("%s %s lacks elements: %s", p.Item.ID, p.No, list)
		w.hint, w.hintEN = "写上这些要素；查不到的问业务指导部门", "state them, or ask the guiding department"
		c.report(p.File, nil, w)
	}
}

// profileKinds are the kinds of records whose keys fill elements.
var profileKinds = []record.Kind{record.KindItem, record.KindProcedure, record.KindImplementation, record.KindDivision}

// isProfileKey reports whether a key of a profile is one that records have or that is computed.
func isProfileKey(k string) bool {
	kind, path, _ := strings.Cut(k, ".")
	_, ok := record.KeyOf(record.Kind(kind), path)
	return ok && slices.Contains(profileKinds, record.Kind(kind)) || derived[k] != nil
}

func checkProfileKeys(c *checker) {
	for _, profile := range c.Profiles.All {
		for i, e := range profile.Record.Elements {
			for j, k := range e.Keys {
				if isProfileKey(k) {
					continue
				}
				kind, _, _ := strings.Cut(k, ".")
				hint, hintEN := suggest(k, keysLike(record.Kind(kind)), nil)
				if hint == "" {
					hint, hintEN = "写“记录种类.键”，键见 banshi explain", "write kind.key; banshi explain knows the keys"
				}
				c.report(profile.File, []string{"elements", strconv.Itoa(i), "keys", strconv.Itoa(j)}, words{
					zh: fmt.Sprintf("“%s”的键 %s 不存在", e.Name, k), en: fmt.Sprintf("no key %s for %s", k, e.Name),
					hint: hint, hintEN: hintEN,
				})
			}
		}
	}
}

// keysLike returns the keys of a kind as profiles write them, and those that are computed.
func keysLike(kind record.Kind) []string {
	out := derivedKeys()
	for _, k := range record.KeysOf(kind) {
		out = append(out, string(kind)+"."+k.Path)
	}
	return out
}
