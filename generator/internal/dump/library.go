package dump

import (
	"strconv"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// libraryRow is a line of library.jsonl: one record of the libraries that items refer to, under the key of its kind. With it, items,
// guides and places every figure of /quality/ can be counted again.
type libraryRow struct {
	Kind         string               `json:"kind,always" doc:"种类，记录在这个键下 / kind: the key under which the record stands"`
	ID           string               `json:"id,always" doc:"编号 / id"`
	Record       string               `json:"record,always" doc:"记录文件在仓库里的路径 / path of the record in the repository"`
	Law          *record.Law          `json:"law" rows:"law"`
	Material     *record.Material     `json:"material" rows:"material"`
	Certificate  *record.Certificate  `json:"certificate" rows:"certificate"`
	Intermediary *record.Intermediary `json:"intermediary" rows:"intermediary"`
	Document     *record.Document     `json:"document" rows:"document"`
	List         *record.List         `json:"list" rows:"list"`
	Bundle       *record.Bundle       `json:"bundle" rows:"bundle"`
	Profile      *profileRow          `json:"profile"`
	Target       *record.Target       `json:"target" rows:"targets:targets"`
	Benchmark    *record.Benchmark    `json:"benchmark" rows:"benchmark"`
	PowerList    *record.PowerList    `json:"power_list" rows:"power-list"`
	Plan         *record.Plan         `json:"plan" rows:"plan"`
}

// profileRow is a checklist. The codes of platforms that a profile may have are in data/codes/.
type profileRow struct {
	Name     string           `json:"name"`
	Source   string           `json:"source"`
	Elements []record.Element `json:"elements" rows:"profile:elements" doc:"要素和填它的键 / elements, and the keys that fill them"`
}

// libraryRows gives the library in the order of its kinds, each by id; targets, which have none, by their place in the file.
func (x *exporter) libraryRows() []libraryRow {
	c := x.Catalog
	var out []libraryRow
	out = rowsOf(out, "law", &c.Laws, func(r *libraryRow, v *record.Law) { r.Law = v })
	out = rowsOf(out, "material", &c.Materials, func(r *libraryRow, v *record.Material) { r.Material = v })
	out = rowsOf(out, "certificate", &c.Certificates, func(r *libraryRow, v *record.Certificate) { r.Certificate = v })
	out = rowsOf(out, "intermediary", &c.Intermediaries, func(r *libraryRow, v *record.Intermediary) { r.Intermediary = v })
	out = rowsOf(out, "document", &c.Documents, func(r *libraryRow, v *record.Document) { r.Document = v })
	out = rowsOf(out, "list", &c.Lists, func(r *libraryRow, v *record.List) { r.List = v })
	out = rowsOf(out, "bundle", &c.Bundles, func(r *libraryRow, v *record.Bundle) { r.Bundle = v })
	out = rowsOf(out, "profile", &c.Profiles, func(r *libraryRow, v *record.Profile) { r.Profile = &profileRow{v.Name, v.Source, v.Elements} })
	for i := range c.Targets {
		path := catalog.DataDir + "/" + record.Path(record.KindTargets)
		out = append(out, libraryRow{Kind: "target", ID: strconv.Itoa(i + 1), Record: path, Target: &c.Targets[i]})
	}
	out = rowsOf(out, "benchmark", &c.Benchmarks, func(r *libraryRow, v *record.Benchmark) { r.Benchmark = v })
	out = rowsOf(out, "power_list", &c.PowerLists, func(r *libraryRow, v *record.PowerList) { r.PowerList = v })
	return rowsOf(out, "plan", &c.Plans, func(r *libraryRow, v *record.Plan) { r.Plan = v })
}

func rowsOf[T any](out []libraryRow, kind string, l *catalog.Library[T], set func(*libraryRow, *T)) []libraryRow {
	for _, e := range l.All {
		r := libraryRow{Kind: kind, ID: e.ID, Record: e.File.Path}
		set(&r, e.Record)
		out = append(out, r)
	}
	return out
}

// libraryStamps returns the stamp of every row of the library.
func (x *exporter) libraryStamps() []output.Stamp {
	rows := x.libraryRows()
	return rowStamps(x.base, len(rows), func(b []byte, n int) []byte { return x.write.library.append(b, &rows[n]) })
}
