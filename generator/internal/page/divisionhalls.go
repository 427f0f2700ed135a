package page

import (
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// HallView is a hall with its windows.
type HallView struct {
	ID, Name, Kind, Unverified string
	Facts                      []Pair
	Windows                    []WindowView
	NoWindows                  bool
}

// WindowView is one window.
type WindowView struct{ No, Name, Zone, Does string }

// placeHalls fills in the halls: the first heads the sheet, village stations and agents' points are folded.
func (b *builder) placeHalls(v *divisionView, d *catalog.Division) {
	windows := 0
	zones := map[string]bool{}
	for n, h := range d.Halls {
		hv := b.hallView(h)
		hv.ID = "hall-" + itoa(n+1)
		for _, w := range h.Windows {
			windows++
			if w.Zone != "" {
				zones[w.Zone] = true
			}
		}
		if h.Kind == "便民服务站" || h.Kind == "代办点" || h.Kind == "自助服务点" {
			v.Points = append(v.Points, hv)
		} else {
			v.Halls = append(v.Halls, hv)
		}
	}
	v.PointsN = itoa(len(v.Points))
	v.Windows, v.Zones, v.NoWindows = b.say("place_windows_unknown"), b.say("call", "phone", b.phone()), windows == 0
	if windows > 0 {
		v.Windows, v.Zones = itoa(windows), b.say("place_zones", "n", itoa(len(zones)))
	}
	unknown := b.say("local_unknown", "phone", b.phone())
	v.Facts = []Pair{{Label: b.say("hall_address"), Value: unknown}, {Label: b.say("hall_hours"), Value: unknown}}
	if len(v.Halls) > 0 {
		first := v.Halls[0]
		v.Hall, v.Unverified, v.Facts = first.Name, first.Unverified, first.Facts
	}
}

func (b *builder) hallView(h *catalog.Hall) HallView {
	unknown := b.say("local_unknown", "phone", b.phone())
	v := HallView{Name: h.Name, Kind: h.Kind, NoWindows: len(h.Windows) == 0}
	if h.NameStatus == record.NameByRule {
		v.Unverified = b.say("name_unverified")
	}
	hours := b.hours(h.Hours)
	if len(hours) == 0 {
		hours = []string{unknown}
	}
	v.Facts = append(v.Facts, Pair{Label: b.say("hall_address"), Value: or(h.Address, unknown)})
	if len(h.Hours) > 0 {
		hours = append(hours, b.say("holidays"))
	}
	v.Facts = append(v.Facts, Pair{Label: b.say("hall_hours"), Lines: hours})
	v.Facts = append(v.Facts, Pair{Label: b.say("hall_phone"), Value: b.hallPhones(h.Phones)})
	if h.Traffic != "" {
		v.Facts = append(v.Facts, Pair{Label: b.say("hall_traffic"), Value: h.Traffic})
	}
	if len(h.Serves) > 0 {
		v.Facts = append(v.Facts, Pair{Label: b.say("hall_serves"), Value: strings.Join(h.Serves, "、")})
	}
	if h.Does != nil && len(h.Does.Agent) > 0 {
		v.Facts = append(v.Facts, Pair{Label: b.say("hall_agent"), Value: b.itemNames(h.Does.Agent)})
	}
	for i := range h.Windows {
		v.Windows = append(v.Windows, b.windowView(&h.Windows[i]))
	}
	return v
}

// hallPhones are the numbers of a hall, each once with all it is for.
func (b *builder) hallPhones(list []record.Phone) string {
	var numbers []string
	kinds := map[string][]string{}
	for _, p := range list {
		if p.Number == "" {
			continue
		}
		if kinds[p.Number] == nil {
			numbers = append(numbers, p.Number)
		}
		kinds[p.Number] = append(kinds[p.Number], filled(p.Kind, p.Note)...)
	}
	if len(numbers) == 0 {
		return b.phone()
	}
	for n, number := range numbers {
		if k := kinds[number]; len(k) > 0 {
			numbers[n] += "（" + strings.Join(k, "、") + "）"
		}
	}
	return strings.Join(numbers, "，")
}

func (b *builder) windowView(w *record.Window) WindowView {
	does := b.itemNames(w.Items)
	if len(w.Departments) > 0 {
		does = strings.TrimPrefix(does+"；"+b.say("window_departments", "names", strings.Join(w.Departments, "、")), "；")
	}
	if w.Note != "" {
		does = strings.TrimPrefix(does+"；"+w.Note, "；")
	}
	return WindowView{No: or(w.Number, "—"), Name: or(w.Name, w.Kind), Zone: w.Zone, Does: or(does, w.Kind, b.say("window_any"))}
}

func (b *builder) itemNames(ids []string) string {
	var names []string
	for _, id := range ids {
		if i := b.site.Catalog.Item(id); i != nil {
			names = append(names, i.Name)
		}
	}
	return strings.Join(names, "、")
}
