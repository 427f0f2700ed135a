package dump

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
)

// codeLookup is api/v1/codes/<code>.json: what an official code stands for, today and formerly.
type codeLookup struct {
	Code    string      `json:"code,always" doc:"编码 / the code"`
	Matches []codeMatch `json:"matches,always" doc:"现行的在前；曾用编码分给了几条记录时有几项 / current ones first; several where a former code was divided"`
}

// codeMatch is a record that has or had a code.
type codeMatch struct {
	Kind     string       `json:"kind,always" doc:"item、division 或 org / item, division or org"`
	ID       string       `json:"id,always" doc:"编号；机构的在所属区划内唯一 / id; of an org, unique in its division"`
	Name     string       `json:"name,always"`
	Division spliced[ref] `json:"division" doc:"机构所属区划 / division of an org"`
	Use      string       `json:"use,always" vocab:"code-uses" doc:"现行、曾用还是地方自编 / in use, former or local"`
	Now      string       `json:"now" doc:"现行编码 / the code in use"`
	Path     string       `json:"path,always" doc:"它的接口文件 / its file of the API"`
	URL      string       `json:"url,always" doc:"它的网页 / its page"`
}

// codeIndex is api/v1/codes/index.json: all codes in one file.
type codeIndex struct {
	AsOf  record.Date  `json:"as_of,always"`
	Codes []codeLookup `json:"codes,always"`
}

// lookedUp is a code that can be part of an address; index.json lies beside the files of codes, so that a code has a digit.
var lookedUp = regexp.MustCompile(`^[0-9A-Za-z-]*[0-9][0-9A-Za-z-]*$`)

// lookups lists the codes of items, divisions and bodies, with former and local ones, in order. Codes that differ in case only
// share a file. Codes of implementations and procedures are not here: they are made of a credit code, a level and an item's
// code, which are.
func (x *exporter) lookups() []*codeLookup {
	by := map[string]*codeLookup{}
	add := func(code, use string, m codeMatch) {
		if !lookedUp.MatchString(code) {
			return
		}
		key := strings.ToLower(code)
		l := by[key]
		if l == nil {
			l = &codeLookup{Code: code}
			by[key] = l
		}
		m.Use = use
		same := func(o codeMatch) bool { return o.Kind == m.Kind && o.Path == m.Path && o.ID == m.ID }
		if !slices.ContainsFunc(l.Matches, same) {
			l.Matches = append(l.Matches, m)
		}
	}
	addAll := func(current, local string, former []string, m codeMatch) {
		m.Now = current
		add(current, useCurrent, m)
		add(local, useLocal, m)
		for _, code := range former {
			add(code, useFormer, m)
		}
	}
	for _, i := range x.Items {
		addAll(i.Code, i.LocalCode, i.FormerCodes, codeMatch{Kind: "item", ID: i.ID, Name: i.Name, Path: itemPath(i), URL: x.url(site.ItemURL(i))})
	}
	for _, d := range x.Catalog.Divisions {
		path, url := divisionPath(d), x.url(site.DivisionURL(d))
		addAll(d.Code, "", d.FormerCodes, codeMatch{Kind: "division", ID: d.ID, Name: d.Name, Path: path, URL: url})
		for _, o := range d.Orgs {
			addAll(o.USCC, "", nil, codeMatch{Kind: "org", ID: o.ID, Name: o.Name, Division: x.divisions[d], Path: path, URL: url})
		}
	}
	out := make([]*codeLookup, 0, len(by))
	for _, l := range by {
		slices.SortStableFunc(l.Matches, func(a, b codeMatch) int {
			return cmp.Compare(slices.Index(usesInOrder, a.Use), slices.Index(usesInOrder, b.Use))
		})
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b *codeLookup) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

// The uses of codes, as the vocabulary code-uses has them.
const (
	useCurrent = "现行"
	useLocal   = "地方自编"
	useFormer  = "曾用"
)

var usesInOrder = []string{useCurrent, useLocal, useFormer}

func lookupPath(l *codeLookup) string { return dirAPI + "codes/" + l.Code + ".json" }

// lookupFiles are api/v1/codes/<code>.json and the index of all.
func (x *exporter) lookupFiles() []output.File {
	all := x.lookups()
	files := make([]output.File, len(all))
	stamps := make([]output.Stamp, len(all))
	each(len(all), func(n int, s *scratch) {
		s.buf = x.write.lookup.append(s.buf, all[n])
		s.Stamp(x.base)
		s.Bytes(s.buf)
		stamps[n] = s.Sum()
		files[n] = file(lookupPath(all[n]), stamps[n], func() []byte { return indent(x.write.lookup.append(nil, all[n])) })
	})
	var h output.Hasher
	h.Stamp(join(x.base, stamps))
	h.Int(int(x.Catalog.AsOf))
	return append(files, file(pathLookups, h.Sum(), func() []byte { return x.lookupIndex(all) }))
}

// lookupIndex writes one code a line.
func (x *exporter) lookupIndex(all []*codeLookup) []byte {
	b := x.write.lookups.append(nil, &codeIndex{AsOf: x.Catalog.AsOf, Codes: []codeLookup{}})
	b = b[:len(b)-len("]}")]
	for n, l := range all {
		if n > 0 {
			b = append(b, ',')
		}
		b = x.write.lookup.append(append(b, '\n'), l)
	}
	return append(b, "]}\n"...)
}
