// Package rules is the checks an editor sees, one value a rule.
//
// A [Rule] has an id, a family, a severity, a title, the document it rests on, an explanation, a wrong and a right example in
// TOML, and its check. `banshi explain`, the page of rules in the documentation and the tests are made from [All]: a rule
// cannot exist without them.
//
// [Check] speaks about a resolved catalog and the Source it was made of. It reports everything it finds, in one run, each
// problem at the key that an editor has to change, with a hint how to mend it and a note at the place that explains it. What
// decoding found is in catalog.Source.Problems and reported by the caller; a value that decoding refused is not reported
// twice. The rules whose problems come from decoding, loading or the configuration are listed here too, without a check.
//
// Every record is walked once by each processor, for the rules that are its share. Rules that look at single values register a function
// for that walk and the keys they want (checker.onText, onKey, onAbsent, onList); those that look for something in whatever text
// register it with onFound, which asks once for what many places say. Rules that look at a whole procedure, division or guide loop over
// the catalog. Guides are looked at only where a local record made them differ from the standard: what is wrong with a standard is said
// once, at the standard.
package rules

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// Rule is one check.
type Rule struct {
	ID       string
	Family   string // one of Families
	Severity diag.Severity
	// SeverityFrom is the end of the time of grace (过渡期): before that day the rule only warns. Zero means none.
	SeverityFrom record.Date
	Title        diag.Text // what is wrong, in a few words
	Reason       diag.Text // why, in one sentence with its source document
	Explanation  diag.Text // what to do, for `banshi explain`
	Bad, Good    string    // TOML, with the path of the record in a comment
	// check registers or runs the check; nil for rules whose problems are found while reading.
	check func(*checker)
}

// Family names a family of rules in both languages.
type Family struct {
	ID    string
	Title diag.Text
}

// Families is the families in the order of documentation.
var Families = []Family{
	{"read", diag.Text{ZH: "读取", EN: "reading"}},
	{"shape", diag.Text{ZH: "格式", EN: "shape"}},
	{"reference", diag.Text{ZH: "引用", EN: "references"}},
	{"authority", diag.Text{ZH: "清单之外无权力", EN: "no power outside the catalogue"}},
	{"standard", diag.Text{ZH: "四同、能同尽同、只优不劣", EN: "the provincial standard"}},
	{"cases", diag.Text{ZH: "情形", EN: "cases"}},
	{"consistency", diag.Text{ZH: "前后一致", EN: "consistency"}},
	{"place", diag.Text{ZH: "办事场所", EN: "places"}},
	{"wording", diag.Text{ZH: "用语", EN: "wording"}},
	{"privacy", diag.Text{ZH: "个人信息和安全", EN: "privacy and safety"}},
	{"completeness", diag.Text{ZH: "完整", EN: "completeness"}},
	{"review", diag.Text{ZH: "审核和公布", EN: "review and publication"}},
}

// registry is every rule, by id.
var registry = sync.OnceValue(func() []Rule {
	all := slices.Concat(readRules, articleRules, shapeRules, codeRules, referenceRules, relationRules, authorityRules, standardRules, tightenRules,
		memberRules, caseRules, limitRules, consistencyRules, hallRules, entryRules, phoneRules, paperRules, accessRules, powerRules,
		timeRules, repeatRules, serviceRules, amountRules, secretRules, termRules, inventedRules, nameRules, mappingRules, wordingRules,
		plainRules, privacyRules, completenessRules, elementRules, reviewRules)
	slices.SortFunc(all, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	return all
})

// All returns every rule, sorted by id.
func All() []Rule { return slices.Clone(registry()) }

// Find returns the rule with the id.
func Find(id string) (Rule, bool) {
	i, ok := slices.BinarySearchFunc(registry(), id, func(r Rule, id string) int { return cmp.Compare(r.ID, id) })
	if !ok {
		return Rule{}, false
	}
	return registry()[i], true
}

// severity returns what a problem of the rule means on a day.
func (r *Rule) severity(day record.Date) diag.Severity {
	if day < r.SeverityFrom {
		return diag.Warning
	}
	return r.Severity
}

// Check runs every rule over the catalog and returns the problems, sorted. What decoding and the configuration report is not
// among them. The configuration may be nil. The rules are dealt out to the processors like cards; what each finds does not depend
// on the hand it is in.
func Check(c *catalog.Catalog, cfg *config.Config) []diag.Problem {
	return CheckBeside(c, cfg, runtime.GOMAXPROCS(0))
}

// CheckBeside is Check on so many processors at most, while others do something else.
func CheckBeside(c *catalog.Catalog, cfg *config.Config, processors int) []diag.Problem {
	l := newLibrary(c, cfg)
	passes := make([]*pass, min(processors, mostPasses))
	var wg sync.WaitGroup
	for n := range passes {
		passes[n] = newPass(l)
		wg.Go(func() { passes[n].run(n, len(passes)) })
	}
	wg.Wait()
	var problems []diag.Problem
	for _, p := range passes {
		problems = append(problems, p.problems...)
	}
	return diag.Sort(problems)
}

// mostPasses bounds how often the records are walked: going there is a fifth of the work of a walk with all rules.
const mostPasses = 4

// run checks every rule whose number leaves the given rest.
func (p *pass) run(rest, of int) {
	for i := rest; i < len(registry()); i += of {
		if r := &registry()[i]; r.check != nil {
			r.check(&checker{pass: p, rule: r})
		}
	}
	p.walk(p.files)
}
