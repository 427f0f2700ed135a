package table

import (
	"encoding/json"
	"io"
	"slices"
)

// WriteGeoJSON writes the rows of a table that have coordinates as a FeatureCollection (RFC 7946): points of WGS 84, longitude first,
// with the other columns as properties. It returns the number of features, which may be 0.
func WriteGeoJSON(w io.Writer, t *Table, lon, lat string) (features int, err error) {
	at := func(name string) int {
		return slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
	}
	x, y := at(lon), at(lat)
	b := []byte(`{"type":"FeatureCollection","features":[`)
	for row := range t.Rows {
		if row[x].Null() || row[y].Null() {
			continue
		}
		if features > 0 {
			b = append(b, ',')
		}
		features++
		b = append(row[x].append(append(b, "\n{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":["...)), ',')
		b = append(row[y].append(b), `]},"properties":{`...)
		first := true
		for i, v := range row {
			if i == x || i == y {
				continue
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			b = append(b, '"')
			b = append(append(b, t.Columns[i].Name...), `":`...)
			if b, err = v.appendJSON(b); err != nil {
				return features, err
			}
		}
		b = append(b, "}}"...)
		if _, err := w.Write(b); err != nil {
			return features, err
		}
		b = b[:0]
	}
	_, err = w.Write(append(b, "]}\n"...))
	return features, err
}

// appendJSON appends v as JSON.
func (v Value) appendJSON(b []byte) ([]byte, error) {
	switch {
	case !v.set:
		return append(b, "null"...), nil
	case v.kind == Text || v.kind == Date:
		s, err := json.Marshal(v.String())
		return append(b, s...), err
	}
	return v.append(b), nil
}
