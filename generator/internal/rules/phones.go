package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// phoneRules hold that a number reaches somebody, and that a complaint does not reach whom it is about.
var phoneRules = []Rule{
	{
		ID: "phone-form", Family: "place",
		Title:       diag.Text{ZH: "电话号码写法不对", EN: "a phone number in the wrong form"},
		Reason:      diag.Text{ZH: "咨询、监督电话要带区号，打得通（S2 四(一) 咨询电话、监督电话；温州指南检查规则）。", EN: "Phones have their area code and can be dialled (S2, Wenzhou's guide checks)."},
		Explanation: diag.Text{ZH: "写成 0313-1234567，分机写 0313-1234567-801；热线写 12345；几个号码用“、”隔开。", EN: "Write 0313-1234567, with an extension 0313-1234567-801, hotlines as 12345; several are separated by 、."},
		Bad:         `phones = [{ kind = "咨询", number = "8012345" }]`, Good: `phones = [{ kind = "咨询", number = "0313-8012345" }]`,
		check: checkPhones,
	}, {
		ID: "complaint-phone", Family: "place",
		Title:       diag.Text{ZH: "咨询和投诉是同一个电话", EN: "one phone for questions and complaints"},
		Reason:      diag.Text{ZH: "监督电话不能就是被监督的窗口（S2 四(一)；温州指南检查规则），12345 除外。", EN: "A complaint must not reach whom it is about (S2, Wenzhou's guide checks); 12345 may serve for both."},
		Explanation: diag.Text{ZH: "监督电话写监督部门的；没有单独的，写 12345。", EN: "Give the number of whoever supervises, or 12345."},
		Bad:         "phones = [{ kind = \"咨询\", number = \"0313-8012345\" }, { kind = \"监督\", number = \"0313-8012345\" }]", Good: "phones = [{ kind = \"咨询\", number = \"0313-8012345\" }, { kind = \"监督\", number = \"12345\" }]",
		check: checkComplaintPhones,
	},
}

// phoneForm is a number with its area code and perhaps an extension, a hotline, or an emergency number.
var phoneForm = regexp.MustCompile(`^(0[1-9][0-9]{1,2}-[1-9][0-9]{6,7}(-[0-9]{1,6})?|[48]00-?[0-9]{3}-?[0-9]{4}|1[0-9]{4,5}|9[56][0-9]{3,6}|11[0-9]|12[0-2])$`)

// withoutArea and withoutHyphen are what is most often typed instead.
var (
	withoutArea   = regexp.MustCompile(`^[1-9][0-9]{6,7}$`)
	withoutHyphen = regexp.MustCompile(`^[（(]?(0(?:10|2[0-9]|[3-9][0-9]{2}))[）)]?[-—–－ ]*([1-9][0-9]{6,7})$`)
)

// isPhone reports whether a key of a record is a phone number.
func isPhone(at *place) bool {
	n := len(at.path)
	switch at.path[n-1] {
	case "phone", "complaint":
		return n >= 2 && (at.path[0] == "orgs" || at.path[n-2] == "progress")
	case "number":
		return n >= 3 && at.path[n-3] == "phones"
	}
	return false
}

// numbersOf splits what is written as a phone into numbers.
func numbersOf(s string) []string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；;/ 　或", r) })
	if withoutHyphen.MatchString(s) {
		return []string{s} // 0313 8012345 is one number
	}
	return parts
}

func checkPhones(c *checker) {
	c.onText(keyed("phone", "complaint", "number"), func(at *place, s string) {
		if !isPhone(at) {
			return
		}
		for _, n := range numbersOf(s) {
			if phoneForm.MatchString(n) || findMobile(n) != "" {
				continue // a mobile number is another rule's
			}
			w := words{
				zh: fmt.Sprintf("“%s”不是电话号码的写法", n), en: fmt.Sprintf("%q is not how a phone number is written", n),
				hint: "写成 0313-1234567，热线写 12345；没有核实的写 12345", hintEN: "write 0313-1234567, or 12345 where none is verified",
			}
			if withoutArea.MatchString(n) {
				w.zh, w.en = fmt.Sprintf("电话 %s 没有区号", n), n+" lacks its area code"
				w.hint, w.hintEN = "前面加区号，例如 0313-"+n, "put the area code before it, such as 0313-"+n
			} else if m := withoutHyphen.FindStringSubmatch(n); m != nil {
				w.hint, w.hintEN = "写成 "+m[1]+"-"+m[2], "write "+m[1]+"-"+m[2]
			}
			c.report(at.file, at.path, w)
			return
		}
	})
}

// sharedPhone is the hotline that may serve for questions and complaints alike.
const sharedPhone = "12345"

func checkComplaintPhones(c *checker) {
	same := func(file *catalog.File, consult, complaint string, at, other []string) {
		for _, n := range numbersOf(complaint) {
			if n == sharedPhone || !slices.Contains(numbersOf(consult), n) {
				continue
			}
			c.report(file, at, words{
				zh: fmt.Sprintf("投诉电话 %s 就是咨询电话", n), en: n + " answers questions and complaints about its answers",
				hint: "写监督部门的电话，或者 12345", hintEN: "give the supervisor's number, or 12345",
			}.note(file.Position(other...), "咨询电话", "the number for questions"))
			return
		}
	}
	list := func(file *catalog.File, at []string, phones []record.Phone) {
		for i, p := range phones {
			for j, q := range phones {
				if p.Kind == "监督" && q.Kind == "咨询" {
					same(file, q.Number, p.Number, join(at, "phones", strconv.Itoa(i), "number"), join(at, "phones", strconv.Itoa(j), "number"))
				}
			}
		}
	}
	c.hallFiles(func(file *catalog.File, _ string, at []string, h *record.Hall) { list(file, at, h.Phones) })
	c.locals(func(file *catalog.File, r *record.Implementation, _ *catalog.Division, _ *catalog.Item) {
		for b := range blocks(r) {
			list(file, b.Path, b.Terms.Phones)
		}
	})
	for _, file := range c.files {
		var orgs []record.Org
		switch r := file.Record.(type) {
		case *record.Division:
			orgs = r.Orgs
		case *record.Defaults:
			orgs = r.Orgs
		}
		for i := range orgs {
			at := []string{"orgs", strconv.Itoa(i)}
			same(file, orgs[i].Phone, orgs[i].Complaint, join(at, "complaint"), join(at, "phone"))
		}
	}
}
