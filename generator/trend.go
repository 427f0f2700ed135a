package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"banshi/generator/internal/cache"
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/config"
	"banshi/generator/internal/history"
	"banshi/generator/internal/quality"
	"banshi/generator/internal/record"
	"banshi/generator/internal/review"
	"banshi/generator/internal/site"
)

// readTrend counts the figures of the province and its levels as they stood at the end of each past month, from the records of the
// commit that was the newest then. A state costs as much as reading the library; it is counted once and kept in the cache.
func (l *library) readTrend(ctx context.Context, draft bool) error {
	if l.repo == nil || l.head.Hash == "" || l.noGit != nil {
		return nil
	}
	day := monthBefore(l.asOf)
	for range l.config.History.TrendMonths() {
		c, ok, err := l.repo.Before(ctx, day.Time().AddDate(0, 0, 1).Add(-zoneOffset-time.Second), catalog.DataDir)
		if err != nil {
			return err
		}
		if since := l.config.History.Since; ok && since != "" {
			if ok, err = l.repo.Contains(ctx, c.Hash, since); err != nil {
				return err
			}
		}
		if !ok {
			return nil
		}
		point, err := l.trendPoint(ctx, c, day, draft)
		if err != nil {
			return err
		}
		l.trend = append([]site.TrendPoint{point}, l.trend...)
		day = monthBefore(day)
	}
	return nil
}

// zoneOffset is how far the zone of the dates is ahead of UTC.
const zoneOffset = 8 * time.Hour

// monthBefore is the last day of the month before that of a day.
func monthBefore(d record.Date) record.Date {
	t := d.Time()
	return record.DateOf(time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -1))
}

// trendPoint counts a state on a day, or takes it from the cache.
func (l *library) trendPoint(ctx context.Context, c history.Commit, day record.Date, draft bool) (site.TrendPoint, error) {
	point := site.TrendPoint{Day: day, Commit: c.Hash}
	program, err := programID()
	if err != nil {
		return point, err
	}
	sum := sha256.Sum256(fmt.Append(nil, program, c.Hash, day, draft, review.PolicyOf(l.config)))
	dir, file := filepath.Join(l.dir, cacheDir), filepath.Join("trend", hex.EncodeToString(sum[:12])+".json")
	if data, err := os.ReadFile(filepath.Join(dir, file)); err == nil && json.Unmarshal(data, &point.Figures) == nil {
		return point, nil
	}
	then, err := l.repo.FS(ctx, c.Hash, catalog.DataDir)
	if err != nil {
		return point, err
	}
	if point.Figures, err = figuresAt(then, l.config, day, draft); err != nil {
		return point, err
	}
	keepTrend(dir, file, point.Figures)
	return point, nil
}

// figuresAt counts the province and its levels. Records that cannot be read are left out: an old state need not obey the rules of today.
func figuresAt(then fs.FS, c *config.Config, day record.Date, draft bool) ([]site.TrendFigure, error) {
	source, err := catalog.Load(then, day)
	if err != nil {
		return nil, err
	}
	survey := quality.New(catalog.Resolve(shown(source, c, draft), catalog.Options{Draft: draft}), quality.Options{})
	var out []site.TrendFigure
	for _, level := range append([]string{""}, record.Levels...) {
		for _, f := range survey.Figures(quality.Scope{Level: level}) {
			out = append(out, site.TrendFigure{Metric: f.Metric.ID, Level: level, Num: f.Num, Den: f.Den, Counted: f.State == quality.Measured || f.State == quality.ByStandard})
		}
	}
	return out, nil
}

// keepTrend writes what was counted to the cache, which may be deleted at any time: that it cannot be written is no error.
func keepTrend(dir, file string, figures []site.TrendFigure) {
	data, err := json.Marshal(figures)
	if err != nil {
		return
	}
	f, err := cache.Create(dir, file)
	if err != nil {
		return
	}
	defer f.Discard()
	if _, err := f.Write(data); err == nil {
		f.Keep()
	}
}
