package record

import (
	"fmt"
	"time"
)

// Date is a calendar day as year*10000 + month*100 + day, so that days compare as numbers. The zero Date is "not stated".
type Date int32

// DateOf returns the day of t in the place t says.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date(y*10000 + int(m)*100 + d)
}

// ParseDate reads YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("日期应写成 2026-01-31 的样子：%q", s)
	}
	return DateOf(t), nil
}

// UnmarshalTOML takes a TOML local date and nothing else: a date with a time or a zone, or a text, is an error.
func (d *Date) UnmarshalTOML(v any) error {
	t, ok := v.(time.Time)
	// BurntSushi marks the flavour of a date in its location's name.
	if !ok || t.Location().String() != "date-local" {
		return bilingual{"应是日期，写成 2026-01-31，不加引号、不带时间", "must be a date such as 2026-01-31, without quotes and without a time"}
	}
	*d = DateOf(t)
	return nil
}

// String returns YYYY-MM-DD, or "" for the zero Date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100)
}

// MarshalText makes dates print as YYYY-MM-DD in JSON and TOML.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Han returns 2026年1月31日, or "" for the zero Date.
func (d Date) Han() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d/10000, d/100%100, d%100)
}

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time {
	return time.Date(int(d/10000), time.Month(d/100%100), int(d%100), 0, 0, 0, 0, time.UTC)
}

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// bilingual is an error with its words in both languages; tomlfile shows the reader's.
type bilingual struct{ zh, en string }

func (e bilingual) Error() string { return e.zh }

// ZH returns the message in Chinese.
func (e bilingual) ZH() string { return e.zh }

// EN returns the message in English.
func (e bilingual) EN() string { return e.en }
