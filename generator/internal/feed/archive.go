package feed

import (
	"fmt"
	"slices"
)

// archivePath is the address of the archive of a month, without its extension.
func archivePath(month string) string { return "feeds/archive/" + month }

// archives are all entries there ever were by month, oldest first, as archive documents of RFC 5005 (section 4): a reader that
// follows prev-archive from the live feed gets every entry. What the records tell of the time before the library is in them too.
// The live feed gets the newest of them as prev.
func (m *maker) archives(live *feed, all []*entry) []*feed {
	shown := fit(live, func(e *entry) int { return len(e.atom()) })
	running := monthOf(midnight(m.Catalog.AsOf).Format("2006-01-02"))
	held := true // the live feed has all of the running month
	told := m.bulk(live.Feed, all, len(all))
	for _, e := range told[shown:] {
		held = held && e.month() != running
	}
	var out []*feed
	for _, e := range slices.Concat(told, m.events()) {
		month := e.month()
		if month == running && held {
			continue
		}
		if n := len(out); n == 0 || out[n-1].month != month {
			out = append(out, &feed{Feed: live.Feed, title: fmt.Sprintf("%s（%s）", live.title, month), about: live.about, month: month})
		}
		a := out[len(out)-1]
		a.entries = append(a.entries, e)
	}
	slices.Reverse(out)
	for n, a := range out {
		if n > 0 {
			a.prev, out[n-1].next = out[n-1].month, a.month
		}
		live.prev = a.month
	}
	return out
}

// month is that of an entry's day: 2026-10.
func (e *entry) month() string { return monthOf(e.date.String()) }

func monthOf(day string) string { return day[:len("2006-01")] }
