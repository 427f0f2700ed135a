package page

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// calendar is a deadline or a period in which applications are taken, for people's own calendars (RFC 5545). A deadline counts from a
// day that only the reader knows: it is a to-do without a day, and the script of the site makes an event of it once the reader tells
// the day. A period is an event of whole days.
type calendar struct {
	path, summary, description, address string
	from, to                            record.Date // both included; zero for a deadline
}

// calendarPath is the file of a deadline of a procedure, or of a period: one for all places that say the same as the standard, else
// named by what it says. Without a proper id there is none.
func calendarPath(p *catalog.Procedure, d *record.Deadline) string {
	if !record.IsID(d.ID) {
		return ""
	}
	path := "items/" + p.Item.ID + "/" + p.No + "." + d.ID
	for i := range p.Timing.ApplyBy {
		if s := &p.Timing.ApplyBy[i]; s.ID == d.ID && (s == d || record.PrintOf(s) == record.PrintOf(d)) {
			return path + ".ics"
		}
	}
	return path + "." + record.PrintOf(d).String() + ".ics"
}

func periodPath(p *catalog.Procedure, x *record.Period) string {
	return "items/" + p.Item.ID + "/" + p.No + ".period." + x.From.String() + "." + record.PrintOf(x).String() + ".ics"
}

// indexCalendars finds what guides say of deadlines and periods. Most places have those of the standard.
func (b *builder) indexCalendars() {
	b.guides.calendars = map[string]*calendar{}
	seen := map[*record.Timing]bool{}
	add := func(p *catalog.Procedure, t *record.Timing) {
		if t == nil || seen[t] || len(t.ApplyBy)+len(t.OpenPeriod) == 0 {
			return
		}
		seen[t] = true
		name := p.Item.Name
		if b.site.Sample {
			name = b.say("sample_title") + name
		}
		if short := shortNameOf(p); short != "" {
			name += "（" + short + "）"
		}
		address := b.site.Config.BaseURL + "/items/" + p.Item.ID + "/"
		for i := range t.ApplyBy {
			d := &t.ApplyBy[i]
			if path := calendarPath(p, d); path != "" && b.guides.calendars[path] == nil {
				b.guides.calendars[path] = &calendar{path: path, summary: name, description: sentence(b.deadlineText(d), d.IfMissed), address: address}
			}
		}
		for i := range t.OpenPeriod {
			x := &t.OpenPeriod[i]
			path := periodPath(p, x)
			b.guides.calendars[path] = &calendar{path: path, summary: name + b.say("cal_open"), from: x.From, to: x.To,
				description: sentence(b.say("open_period")+x.From.Han()+b.say("until")+x.To.Han(), x.Note), address: address}
		}
	}
	for _, d := range b.site.Catalog.Divisions {
		for _, g := range d.Guides {
			add(g.Procedure, g.Timing)
		}
	}
}

// calendarFiles are all of them.
func (b *builder) calendarFiles() []output.File {
	var out []output.File
	for _, c := range b.guides.calendars {
		text := b.calendarText(c)
		out = append(out, b.text(c.path, text))
	}
	return out
}

// calendarLink is the address of a calendar file as seen from a guide, or "" on the page of an old version, which may say what
// no guide says any more.
func (b *builder) calendarLink(path string) string {
	if b.guides.calendars[path] == nil {
		return ""
	}
	return "../../" + path
}

// calendarUID names an entry for ever: importing the file again replaces it.
func (b *builder) calendarUID(path string) string {
	host := "banshi"
	if u, err := url.Parse(b.site.Config.BaseURL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return strings.ReplaceAll(strings.TrimSuffix(path, ".ics"), "/", "-") + "@" + host
}

// calendarText is the file. DTSTAMP is the day of the records, not of the build.
func (b *builder) calendarText(c *calendar) string {
	summary, description := c.summary, c.description
	if b.site.Sample {
		description += b.say("sample_banner", "portal", b.portal(), "phone", b.phone())
	}
	var out strings.Builder
	line := func(name, value string) { foldLine(&out, name+value) }
	line("BEGIN:", "VCALENDAR")
	line("VERSION:", "2.0")
	line("PRODID:", "-//banshi//guide//ZH-CN")
	line("CALSCALE:", "GREGORIAN")
	kind := "VTODO"
	if c.from != 0 {
		kind = "VEVENT"
	}
	line("BEGIN:", kind)
	line("UID:", b.calendarUID(c.path))
	line("DTSTAMP:", basicDate(b.site.Catalog.AsOf)+"T000000Z")
	if c.from != 0 {
		line("DTSTART;VALUE=DATE:", basicDate(c.from))
		line("DTEND;VALUE=DATE:", basicDate(c.to.AddDays(1))) // the end is not included
		line("TRANSP:", "TRANSPARENT")
	}
	line("SUMMARY:", escapeCalendar(summary))
	line("DESCRIPTION:", escapeCalendar(description))
	line("URL:", c.address)
	if c.from != 0 {
		line("BEGIN:", "VALARM")
		line("ACTION:", "DISPLAY")
		line("DESCRIPTION:", escapeCalendar(summary))
		line("TRIGGER:", "-PT15H") // nine in the morning of the day before
		line("END:", "VALARM")
	}
	line("END:", kind)
	line("END:", "VCALENDAR")
	return out.String()
}

// basicDate is 20270412.
func basicDate(d record.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

var calendarEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`)

// escapeCalendar writes a text as a value of type TEXT (RFC 5545, 3.3.11).
func escapeCalendar(s string) string { return calendarEscapes.Replace(s) }

// foldLine writes a content line, folded so that no line is longer than 75 octets and no character is cut (3.1).
func foldLine(out *strings.Builder, s string) {
	width := 0
	for _, r := range s {
		n := utf8.RuneLen(r)
		if width+n > 75 {
			out.WriteString("\r\n ")
			width = 1
		}
		out.WriteRune(r)
		width += n
	}
	out.WriteString("\r\n")
}
