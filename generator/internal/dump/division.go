package dump

import (
	"maps"
	"slices"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// division makes the row of a place, without its guides.
func (x *exporter) division(d *catalog.Division) *divisionRow {
	r := &divisionRow{
		ID: d.ID, URL: x.url(site.DivisionURL(d)), Record: d.File.Path, Sample: d.Sample, Division: d.Division,
		Exercises: append([]string{}, d.Exercises...), Superior: x.divisions[d.Superior],
		Children: []ref{}, Orgs: []orgRow{}, Halls: []hallRow{}, Referrals: []referralRow{}, LocalItems: slices.Sorted(maps.Keys(d.Local)),
	}
	if r.LocalItems == nil {
		r.LocalItems = []string{}
	}
	for _, c := range d.Children {
		r.Children = append(r.Children, ref{c.ID, c.Name})
	}
	for _, o := range d.Orgs {
		r.Orgs = append(r.Orgs, orgRow{o.Org, o.Default})
	}
	for _, h := range d.Halls {
		r.Halls = append(r.Halls, hallRow{h.Hall, h.Default})
	}
	for _, f := range d.Referrals {
		r.Referrals = append(r.Referrals, referralRow{f.Item.ID, f.To.ID, f.Note})
	}
	return r
}

// divisionFiles are api/v1/divisions/<id>.json: the place and the rows of all its guides.
func (x *exporter) divisionFiles(guides []output.Stamp) []output.File {
	files := make([]output.File, len(x.Catalog.Divisions))
	each(len(files), func(n int, b []byte) []byte {
		d := x.Catalog.Divisions[n]
		var h output.Hasher
		h.Stamp(guides[n])
		b = x.write.division.append(b, x.division(d))
		h.Bytes(b)
		files[n] = file(divisionPath(d), h.Sum(), func() []byte { return x.divisionFile(d) })
		return b
	})
	return files
}

func divisionPath(d *catalog.Division) string { return dirAPI + "divisions/" + d.ID + ".json" }

func (x *exporter) divisionFile(d *catalog.Division) []byte {
	b := x.write.division.append(make([]byte, 0, 1<<14+len(d.Guides)<<10), x.division(d))
	b = append(b[:len(b)-1], `,"guides":[`...)
	for n, g := range d.Guides {
		if n > 0 {
			b = append(b, ',')
		}
		b = x.write.guide.append(append(b, '\n'), x.guide(g))
	}
	return append(b, "]}\n"...)
}
