package dump

import (
	"io"
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

// placeStamps returns the stamp of every place's row.
func (x *exporter) placeStamps() []output.Stamp {
	return rowStamps(x.base, len(x.Catalog.Divisions), x.divisionRow)
}

// divisionRow writes the row of the n-th place.
func (x *exporter) divisionRow(b []byte, n int) []byte {
	return x.write.division.append(b, x.division(x.Catalog.Divisions[n]))
}

// divisionFiles are api/v1/divisions/<id>.json: the place and the rows of all its guides.
func (x *exporter) divisionFiles(places, guides []output.Stamp) []output.File {
	files := make([]output.File, len(x.Catalog.Divisions))
	for n, d := range x.Catalog.Divisions {
		stamp := join(places[n], guides[n:n+1])
		files[n] = output.File{Path: divisionPath(d), Stamp: stamp, Write: func(w io.Writer) error { return x.writeDivision(w, d) }}
	}
	return files
}

func divisionPath(d *catalog.Division) string { return dirAPI + "divisions/" + d.ID + ".json" }

func (x *exporter) writeDivision(w io.Writer, d *catalog.Division) error {
	guides := x.guideWriter()
	head := func(b []byte) []byte { return x.write.division.append(b, x.division(d)) }
	return writeList(w, head, "guides", len(d.Guides), func(b []byte, n int) []byte { return guides.append(b, d.Guides[n]) })
}
