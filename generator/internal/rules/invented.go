package rules

import (
	"fmt"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// inventedRules hold that what was made up for the demonstration stands only where it says so.
var inventedRules = []Rule{
	{
		ID: "unverified-local", Family: "consistency", Severity: diag.Warning,
		Title:  diag.Text{ZH: "地方的值没有核实过", EN: "local values that nobody verified"},
		Reason: diag.Text{ZH: "编造的值只能写在示例区划里（data/README.md）；办事指南要真实、准确（S2“合法性、真实性、准确性”）。", EN: "Invented values stand in sample divisions only (data/README.md); guides are true and exact (S2)."},
		Explanation: diag.Text{
			ZH: "地方的实施清单、大厅地址、单位信用代码，和出处核对后写 verified = { status = \"已核实\", on = …, role = … }；没有核对过的先不写。编出来给人看样子的，写在 sample = true 的区划里。",
			EN: "Compare the local record, the addresses of halls and the credit codes of bodies with their source and state verified; leave out what was not compared. What is made up to show how it looks belongs in a division with sample = true.",
		},
		Bad:   "# data/divisions/130731/division.toml\n[[halls]]\nid = \"hall\"\naddress = \"示例路1号\"",
		Good:  "# data/divisions/130731/division.toml\n[[halls]]\nid = \"hall\"\naddress = \"示例路1号\"\n\n[verified]\nstatus = \"已核实\"\non = 2026-10-01\nrole = \"县审改办\"",
		check: checkUnverified,
	}, {
		ID: "sample-code", Family: "shape", Severity: diag.Warning,
		Title:       diag.Text{ZH: "样例编码和正式编码分不清", EN: "a sample code that looks official, or the reverse"},
		Reason:      diag.Text{ZH: "没有正式编码的用 9 开头的顺序码，不和正式编码相混（data/README.md）。", EN: "Codes made for this library have a 9xx sequence and cannot be taken for official ones (data/README.md)."},
		Explanation: diag.Text{ZH: "编码第 7 位是 9 的写 code_status = \"sample\"；写了 sample 的，顺序码用 9 开头。", EN: "With a 9 in place 7 write code_status = \"sample\"; with sample use a 9xx sequence."},
		Bad:         "code = \"130131008000\"\ncode_status = \"sample\"", Good: "code = \"130131908000\"\ncode_status = \"sample\"",
		check: checkSampleCode,
	},
}

// verified reports whether somebody compared a record with its sources.
func verified(m record.Meta) bool { return m.Verified != nil && m.Verified.Status == "已核实" }

// sampled reports whether a division or one above it is fictitious.
func sampled(d *catalog.Division) bool {
	for n := 0; d != nil && n < len(record.Levels); d, n = d.Parent, n+1 {
		if d.Sample {
			return true
		}
	}
	return false
}

// unverifiedHint is how local values that nobody verified are mended.
const (
	unverifiedHint   = "核对后写 verified（status = \"已核实\"）；没有核对过就先不写"
	unverifiedHintEN = "compare them and state verified (已核实); else leave them out"
)

func checkUnverified(c *checker) {
	for _, f := range c.files {
		switch r := f.Record.(type) {
		case *record.Implementation:
			if d := c.Division(f.IDs[0]); d != nil && !sampled(d) && !verified(r.Meta) {
				c.report(f, nil, words{
					zh: fmt.Sprintf("%s的“%s”没有核实过", d.Name, f.IDs[1]), en: fmt.Sprintf("nobody verified what %s says of %s", d.ID, f.IDs[1]),
					hint: unverifiedHint, hintEN: unverifiedHintEN,
				})
			}
		case *record.Division:
			if d := c.Division(f.ID()); d != nil && !sampled(d) && !verified(r.Meta) {
				c.unverifiedPlace(f, r)
			}
		}
	}
}

// unverifiedPlace reports addresses and credit codes: no rule makes them, somebody knew or invented them.
func (c *checker) unverifiedPlace(f *catalog.File, r *record.Division) {
	for i := range r.Halls {
		if h := &r.Halls[i]; h.Address != "" {
			c.report(f, []string{"halls", strconv.Itoa(i), "address"}, words{
				zh: fmt.Sprintf("%s的大厅 %s 的地址没有核实过", r.Name, h.ID), en: fmt.Sprintf("nobody verified the address of the hall %s of %s", h.ID, f.ID()),
				hint: unverifiedHint, hintEN: unverifiedHintEN,
			})
		}
	}
	for i := range r.Orgs {
		if o := &r.Orgs[i]; o.USCC != "" {
			c.report(f, []string{"orgs", strconv.Itoa(i), "uscc"}, words{
				zh: fmt.Sprintf("%s的单位 %s 的信用代码没有核实过", r.Name, o.ID), en: fmt.Sprintf("nobody verified the credit code of %s of %s", o.ID, f.ID()),
				hint: unverifiedHint, hintEN: unverifiedHintEN,
			})
		}
	}
}

// The values of code_status, as vocab/code-statuses.toml has them.
const (
	codeSample   = "sample"
	codeOfficial = "official"
)

func checkSampleCode(c *checker) {
	for _, i := range c.Items {
		code, err := record.ParseCode(i.Code)
		if err != nil {
			continue
		}
		nine := strings.HasPrefix(code.Sequence, "9")
		switch {
		case nine && i.CodeStatus == codeOfficial:
			c.report(i.File, key("code_status"), words{
				zh: "顺序码 " + code.Sequence + " 是样例编码的，却写成正式编码", en: "the sequence " + code.Sequence + " is that of sample codes, but the code is called official",
				hint: "换成公布的编码，或者写 code_status = \"sample\"", hintEN: "write the published code, or code_status = \"sample\"",
			})
		case !nine && i.CodeStatus == codeSample:
			c.report(i.File, key("code"), words{
				zh: "样例编码的顺序码 " + code.Sequence + " 会被当成正式的", en: "the sequence " + code.Sequence + " of a sample code could be taken for an official one",
				hint: "顺序码用 9 开头", hintEN: "use a 9xx sequence",
			}.note(i.File.Position("code_status"), "编码状态", "the status of the code"))
		}
	}
}
