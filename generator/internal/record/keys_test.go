package record

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// vocabularies are the names of data/vocab/<name>.toml that keys may refer to.
var vocabularies = strings.Fields(`
	item-types departments levels sharing origins statuses code-statuses service-fields transfer-kinds audiences apply-places
	power-sources units special-procedure-kinds necessities forms material-sources waivers drop-reasons material-kinds
	result-types delivery-ways channels depths cross-region-scopes cross-region-modes topics-person topics-legal life-stages
	org-kinds hall-kinds window-kinds zones place-roles phone-kinds law-kinds document-kinds division-kinds holders
	name-statuses verified-statuses event-kinds digital-statuses bundle-stages reaches certificate-categories metrics mapping-verdicts benchmark-kinds power-lists plan-acts legality-findings`)

// references are what Key.Ref may say beside the kinds of records.
var references = []string{"org", "hall", "topic", "target"}

// valueTypes are the Go types of the rows that are shared.
var valueTypes = map[string]any{
	"limit": Limit{}, "basis": Basis{}, "verified": Verified{}, "events": Event{}, "faq": QA{}, "case": Case{},
	"relation": Relation{}, "drop": Drop{}, "phone": Phone{}, "location": Location{}, "review": Review{},
	"signature": Signature{}, "org": Org{}, "hall": Hall{},
}

// typeOf returns the Key.Type of a Go type.
func typeOf(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[Date]():
		return "date"
	case reflect.TypeFor[When]():
		return "when"
	case reflect.TypeFor[Limit]():
		return "limit"
	case reflect.TypeFor[[]Limit]():
		return "limits"
	case reflect.TypeFor[[]Basis]():
		return "basis-list"
	case reflect.TypeFor[[]string]():
		return "text-list"
	}
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Int:
		return "integer"
	case reflect.Float64:
		return "number"
	case reflect.Bool:
		return "boolean"
	case reflect.Map:
		return "map"
	case reflect.Struct:
		return "table"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Struct {
			return "table-list"
		}
	}
	return "no type for " + t.String()
}

// structOf returns the struct that a field is, points to or lists, or nil.
func structOf(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct {
		return t
	}
	return nil
}

// walk calls visit for every field of a struct by its path in TOML. Below a field it goes on where visit says so.
func walk(t reflect.Type, prefix string, visit func(path string, f reflect.StructField) bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			walk(structOf(f.Type), prefix, visit)
			continue
		}
		path := prefix + f.Tag.Get("toml")
		if s := structOf(f.Type); visit(path, f) && s != nil {
			walk(s, path+".", visit)
		}
	}
}

// rowsAgree holds that the fields of typ and the rows of a kind are the same.
func rowsAgree(t *testing.T, kind Kind, keys []Key, typ reflect.Type) {
	t.Helper()
	rows := map[string]Key{}
	for _, k := range keys {
		if _, twice := rows[k.Path]; twice {
			t.Errorf("%s.%s has two rows", kind, k.Path)
		}
		rows[k.Path] = k
	}
	walk(typ, "", func(path string, f reflect.StructField) bool {
		k, ok := rows[path]
		if !ok {
			t.Errorf("%s.%s has no row in keys/", kind, path)
			return false
		}
		delete(rows, path)
		if want := typeOf(f.Type); k.Type != want {
			t.Errorf("%s.%s is of type %q, its field %s of %q", kind, path, k.Type, f.Name, want)
		}
		if k.Of == "" {
			return true
		}
		if value, ok := valueTypes[k.Of]; !ok || reflect.TypeOf(value) != structOf(f.Type) {
			t.Errorf("%s.%s is of %q, its field of %s", kind, path, k.Of, f.Type)
		}
		return false
	})
	for path := range rows {
		t.Errorf("%s.%s is the row of no field", kind, path)
	}
}

func TestEveryFieldHasOneRow(t *testing.T) {
	for _, kind := range Kinds {
		if kind != KindImplementation {
			rowsAgree(t, kind, KeysOf(kind), reflect.TypeOf(New(kind)).Elem())
		}
	}
	for name, value := range valueTypes {
		rowsAgree(t, Kind(name), KeysOf(Kind(name)), reflect.TypeOf(value))
	}
	// An implementation is Terms and Meta; what its maps hold has rows of its own. TestKeyOfEveryField looks inside.
	type implementation struct {
		Terms
		Procedure map[string]bool `toml:"procedure"`
		Material  map[string]bool `toml:"material"`
		Step      map[string]bool `toml:"step"`
		Review    *Review         `toml:"review"`
		Meta
	}
	keys := slices.DeleteFunc(slices.Clone(KeysOf(KindImplementation)), func(k Key) bool {
		return k.Path == "material.drop" || k.Path == "step.drop"
	})
	rowsAgree(t, KindImplementation, keys, reflect.TypeFor[implementation]())
}

func TestRowsAreComplete(t *testing.T) {
	used, defined := map[string]bool{}, map[Kind]bool{}
	for _, k := range Keys() {
		defined[k.Kind] = true
		used[k.Vocabulary] = true
		name := fmt.Sprintf("%s.%s", k.Kind, k.Path)
		if k.Title.ZH == "" || k.Title.EN == "" || k.Description.ZH == "" || k.Description.EN == "" || k.Label == "" {
			t.Errorf("%s lacks a title or a description", name)
		}
		if !strings.HasSuffix(k.Description.ZH, "。") && !strings.HasSuffix(k.Description.ZH, "？") || !strings.HasSuffix(k.Description.EN, ".") {
			t.Errorf("%s is not described in sentences: %s %s", name, k.Description.ZH, k.Description.EN)
		}
		if !slices.Contains(KeyTypes, k.Type) {
			t.Errorf("%s is of type %q", name, k.Type)
		}
		if k.Vocabulary != "" && (!slices.Contains(vocabularies, k.Vocabulary) || k.Type != "text" && k.Type != "text-list") {
			t.Errorf("%s has the vocabulary %q", name, k.Vocabulary)
		}
		if k.Ref != "" && (New(Kind(k.Ref)) == nil && !slices.Contains(references, k.Ref) || k.Type != "text" && k.Type != "text-list") {
			t.Errorf("%s refers to %q", name, k.Ref)
		}
		if k.Markdown && k.Type != "text" {
			t.Errorf("%s is Markdown but no text", name)
		}
		if k.Inherits && k.Lock != LockLocal {
			t.Errorf("%s need not say that it is handed down", name)
		}
	}
	for _, v := range vocabularies {
		if !used[v] {
			t.Errorf("no key uses the vocabulary %s", v)
		}
	}
	for kind := range defined {
		if New(kind) == nil && valueTypes[string(kind)] == nil {
			t.Errorf("rows of an unknown kind %q", kind)
		}
	}
}

func TestLocks(t *testing.T) {
	for _, k := range Keys() {
		switch k.Kind {
		case KindItem:
			if k.Lock != LockCatalogue {
				t.Errorf("item.%s has lock %q", k.Path, k.Lock)
			}
		case KindProcedure, KindImplementation:
			if !slices.Contains([]Lock{LockCatalogue, LockStandard, LockTighten, LockLocal}, k.Lock) {
				t.Errorf("%s.%s has lock %q", k.Kind, k.Path, k.Lock)
			}
		default:
			if k.Lock != "" {
				t.Errorf("%s.%s has lock %q though no implementation has it", k.Kind, k.Path, k.Lock)
			}
		}
	}
	for _, k := range KeysOf(KindImplementation) {
		if k.Lock == LockCatalogue || k.Required && !strings.Contains(k.Path, ".") {
			t.Errorf("an implementation has %s with lock %s, required %t", k.Path, k.Lock, k.Required)
		}
	}
	// The table of data-model.md, "Implementation".
	for lock, keys := range map[Lock]string{
		"C": "name code type basis levels origin scope sharing department",
		"P": `audience conditions prohibitions steps legal_limit authority results permit special_procedures topics
			materials.material materials.source cases apply_at apply_by not_needed benefit.what benefit.cycle rights discretion review_rules`,
		"T": `promise materials.necessity materials.copies materials.form materials.waived_by visits channels online.depth
			cross_region delivery tolerance fee commitment representative`,
		"L": `org places places.hall places.window phones open_period benefit.amount suspended progress pickup hall_entry one_window
			appointment self_service agent_points entrusted_by faq local_topics online.url handling_unit official_url`,
	} {
		for _, path := range strings.Fields(keys) {
			if k, ok := KeyOf(KindImplementation, path); !ok || k.Lock != lock {
				t.Errorf("%s has lock %q (found: %t), want %s", path, k.Lock, ok, lock)
			}
		}
	}
}

func TestKeyOf(t *testing.T) {
	for _, c := range []struct {
		kind     Kind
		path     string
		row      string // kind.path of the row
		lock     Lock
		required bool
	}{
		{KindProcedure, "promise", "procedure.promise", "T", false},
		{KindProcedure, "promise.0.unit", "limit.unit", "T", true},
		{KindProcedure, "promise[0].unit", "limit.unit", "T", true},
		{KindProcedure, "legal_limit.when.special", "limit.when", "P", false},
		{KindProcedure, "materials.3.basis.0.law", "basis.law", "P", true},
		{KindProcedure, "materials.necessity", "procedure.materials.necessity", "T", true},
		{KindProcedure, "benefit.amount.unit", "procedure.benefit.amount.unit", "L", true},
		{KindProcedure, "cases.options.label", "case.options.label", "P", true},
		{KindProcedure, "verified.on", "verified.on", "C", false},
		{KindItem, "review.approved.body", "signature.body", "C", true},
		{KindItem, "basis.law", "basis.law", "C", true},
		{KindDivision, "orgs.0.handles.lists", "org.handles.lists", "", false},
		{KindDefaults, "halls.phones.number", "phone.number", "", true},
		{KindLaw, "events.kind", "events.kind", "", true},
		{KindVocab, "terms.remedies.basis.law", "basis.law", "", true},
		{KindProfile, "codes.audiences.自然人", "profile.codes", "", false},
		{KindImplementation, "promise", "procedure.promise", "T", false},
		{KindImplementation, "procedure", "implementation.procedure", "L", false},
		{KindImplementation, "procedure.01", "implementation.procedure", "L", false},
		{KindImplementation, "procedure.01.promise.0.value", "limit.value", "T", true},
		{KindImplementation, "procedure.01.open_period.0.to", "procedure.open_period.to", "L", true},
		{KindImplementation, "procedure.01.benefit.amount.value", "procedure.benefit.amount.value", "L", false},
		{KindImplementation, "procedure.01.tolerance.limit.unit", "limit.unit", "T", true},
		{KindImplementation, "procedure.01.tolerance.enabled", "procedure.tolerance.enabled", "T", false},
		{KindImplementation, "procedure.01.material.id-card", "implementation.material", "T", false},
		{KindImplementation, "procedure.01.material.2024.necessity", "procedure.materials.necessity", "T", false},
		{KindImplementation, "procedure.01.material.form.material", "procedure.materials.material", "P", false},
		{KindImplementation, "procedure.01.material.id-card.basis.0.law", "basis.law", "P", true},
		{KindImplementation, "procedure.01.material.id-card.drop", "implementation.material.drop", "T", false},
		{KindImplementation, "procedure.01.material.id-card.drop.reason", "drop.reason", "T", true},
		{KindImplementation, "procedure.01.step.review.limit", "procedure.steps.limit", "T", false},
		{KindImplementation, "procedure.01.step.review.drop.note", "drop.note", "T", false},
		{KindImplementation, "material.id-card.copies", "procedure.materials.copies", "T", false},
		{KindImplementation, "places.0.hall", "implementation.places.hall", "L", true},
		{KindImplementation, "verified.status", "verified.status", "L", true},
		{KindImplementation, "effective_from", "procedure.effective_from", "C", false},
		{KindImplementation, "procedure.01.code", "item.code", "C", false},
		{KindImplementation, "basis.0.law", "basis.law", "C", false},
	} {
		k, ok := KeyOf(c.kind, c.path)
		if row := fmt.Sprintf("%s.%s", k.Kind, k.Path); !ok || row != c.row || k.Lock != c.lock || k.Required != c.required {
			t.Errorf("KeyOf(%s, %q) = %s, lock %q, required %t, found %t", c.kind, c.path, row, k.Lock, k.Required, ok)
		}
	}
	for _, c := range [][2]string{
		{"item", ""}, {"item", "promise"}, {"item", "Name"}, {"procedure", "materials.colour"}, {"procedure", "promise.unit.x"},
		{"procedure", "org"}, {"implementation", "procedure.01.colour"}, {"implementation", "procedure.01.material.id-card.colour"},
		{"implementation", "material.id-card.drop.colour"}, {"limit", "days"}, {"meta", "verified"}, {"", "name"},
	} {
		if k, ok := KeyOf(Kind(c[0]), c[1]); ok {
			t.Errorf("KeyOf(%s, %q) = %s.%s, want none", c[0], c[1], k.Kind, k.Path)
		}
	}
	if k, _ := KeyOf(KindImplementation, "benefit.amount.value"); !k.Inherits {
		t.Error("a county does not inherit what its city pays")
	}
	if k, _ := KeyOf(KindImplementation, "promise"); k.Label != "承诺时限" || k.Column != "promise_day" {
		t.Errorf("promise is shown as %s, exported as %s", k.Label, k.Column)
	}
}

// TestKeyOfEveryField holds that every field of an implementation, also under its maps, is found.
func TestKeyOfEveryField(t *testing.T) {
	find := func(path string, f reflect.StructField) bool {
		k, ok := KeyOf(KindImplementation, path)
		if !ok || k.Lock == "" || k.Lock == LockCatalogue {
			t.Errorf("%s is found: %t, with lock %q", path, ok, k.Lock)
		}
		if want := typeOf(f.Type); ok && k.Type != want {
			t.Errorf("%s is found as %s.%s of type %s, want %s", path, k.Kind, k.Path, k.Type, want)
		}
		return true
	}
	walk(reflect.TypeFor[Implementation](), "", find)
	walk(reflect.TypeFor[ProcedureTerms](), "procedure.01.", find)
	walk(reflect.TypeFor[MaterialTerms](), "procedure.01.material.id-card.", find)
	walk(reflect.TypeFor[StepTerms](), "procedure.01.step.review.", find)
}

func TestKeysAreInOrder(t *testing.T) {
	keys := Keys()
	if first, last := keys[0], keys[len(keys)-1]; first.Path != "name" || first.Kind != KindItem || last.Kind != "signature" {
		t.Errorf("the rows go from %s.%s to %s.%s", first.Kind, first.Path, last.Kind, last.Path)
	}
	var paths []string
	for _, k := range KeysOf(KindList) {
		paths = append(paths, k.Path)
	}
	if want := []string{"name", "document", "items", "verified", "events"}; !slices.Equal(paths, want) {
		t.Errorf("a list has %q, want %q", paths, want)
	}
}

func BenchmarkKeyOf(b *testing.B) {
	KeyOf(KindItem, "name")
	for b.Loop() {
		KeyOf(KindImplementation, "promise")
	}
}
