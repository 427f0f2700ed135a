package synth

import (
	"fmt"
	"strings"

	"banshi/generator/internal/record"
)

// Places are numbered: first cities and their counties, sixteen numbers a city; from cityCounty on townships, which go round
// the counties.
const cityCounty = 179

// spread reports whether the items of a province are spread over its levels. A province without townships has every item in
// every city and county.
func (o Options) spread() bool { return o.Divisions > cityCounty }

// levels returns who exercises the i-th item. In a province with townships most items are the province's own, as in life, one
// in five is a city's, one in nine a city's and a county's, and one in 250 reaches every township.
func (o Options) levels(i int) []string {
	switch {
	case !o.spread() || i%9 == 1:
		return []string{record.LevelCity, record.LevelCounty}
	case i%250 == 0:
		return []string{record.LevelCounty, record.LevelTownship}
	case i%5 == 2:
		return []string{record.LevelCity}
	}
	return []string{record.LevelProvince}
}

// level returns what the d-th place is.
func level(d int) string {
	switch {
	case d >= cityCounty:
		return record.LevelTownship
	case d%16 == 0:
		return record.LevelCity
	}
	return record.LevelCounty
}

// Guides returns how many guides a province has.
func (o Options) Guides() int {
	if !o.spread() {
		return o.Items * o.Divisions
	}
	at := map[string]int{record.LevelProvince: 1}
	for d := range o.Divisions {
		at[level(d)]++
	}
	n := 0
	for i := range o.Items {
		for _, l := range o.levels(i) {
			n += at[l]
		}
	}
	return n
}

// divisionID is a six-digit code, cities ending in 00; a township has three more digits behind its county's.
func divisionID(d int) string {
	if d < cityCounty {
		return fmt.Sprintf("13%02d%02d", d/16+1, d%16)
	}
	return fmt.Sprintf("%s%03d", divisionID(countyOf(d)), 100+(d-cityCounty)/counties)
}

// counties is how many of the numbers below cityCounty are counties.
const counties = cityCounty - (cityCounty+15)/16

// countyOf returns the county of a township.
func countyOf(d int) int {
	n := (d - cityCounty) % counties
	return n/15*16 + n%15 + 1
}

// divisionDir is the folder of a place's records; that of a township lies in its county's.
func divisionDir(d int) string {
	id := divisionID(d)
	if d < cityCounty {
		return "data/divisions/" + id + "/"
	}
	return "data/divisions/" + id[:6] + "/" + id[6:] + "/"
}

func (w *writer) localPath(d, i int) string { return divisionDir(d) + itemID(i) + ".toml" }

// placeName makes names as places have them. Those of cities and most counties are all different; 桥西区 and
// those of townships recur, as in life.
func placeName(d int) (name, kind string) {
	first := placeFirsts[d*7%len(placeFirsts)]
	second := placeSeconds[(d/len(placeFirsts)+d*3)%len(placeSeconds)]
	switch level(d) {
	case record.LevelCity:
		return first + "州市", "地级市"
	case record.LevelTownship:
		if d%3 == 0 {
			return first + second + "乡", "乡"
		}
		return first + second + "镇", "镇"
	}
	if d%48 == 1 {
		return "桥西区", "市辖区" // one in every third city
	}
	if d%16 < 4 {
		return first + second + "区", "市辖区"
	}
	return first + second + "县", "县"
}

// divisions writes the province, its places, and the local records of about a quarter of the guides.
func (w *writer) divisions() {
	w.defaults()
	w.put("data/divisions/130000/division.toml", "id = \"130000\"\ncode = \"130000\"\nname = \"示例省\"\nlevel = \"省级\"\nkind = \"省\"\nsample = true\n")
	for d := range w.o.Divisions {
		id := divisionID(d)
		name, kind := placeName(d)
		parent := "130000"
		switch level(d) {
		case record.LevelCounty:
			parent = divisionID(d - d%16)
		case record.LevelTownship:
			parent = divisionID(countyOf(d))
		}
		w.put(divisionDir(d)+"division.toml", fmt.Sprintf("id = \"%s\"\ncode = \"%s\"\nname = \"%s\"\nlevel = \"%s\"\nkind = \"%s\"\nparent = \"%s\"\n", id, id, name, level(d), kind, parent))
		for i := range w.o.Items {
			for _, l := range w.o.levels(i) {
				if l == level(d) {
					w.local(d, i)
				}
			}
		}
	}
}

// defaults writes the orgs and the hall that every place of a level has.
func (w *writer) defaults() {
	var orgs strings.Builder
	for n, f := range fields {
		fmt.Fprintf(&orgs, "[[orgs]]\nid = \"o%d\"\nname = \"{name}%s局\"\nname_status = \"by_rule\"\nkind = \"法定机关\"\nhandles = { departments = [\"%s\"] }\nphone = \"12345\"\ncomplaint = \"12345\"\n", n, f.term, f.term)
	}
	hall := "[[halls]]\nid = \"hall\"\nname = \"{name}%[1]s\"\nname_status = \"by_rule\"\nkind = \"%[1]s\"\nhours = [{ days = \"周一至周五\", open = [\"9:00–12:00\", \"13:00–17:00\"] }]\n"
	for n, slug := range record.LevelSlugs {
		kind := "政务服务中心"
		if record.Levels[n] == record.LevelTownship {
			kind = "便民服务中心"
		}
		w.put("data/divisions/defaults/"+slug+".toml", "level = \""+record.Levels[n]+"\"\n"+orgs.String()+fmt.Sprintf(hall, kind))
	}
}
