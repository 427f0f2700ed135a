package site

import "banshi/generator/internal/record"

// TrendPoint is how figures of the whole library stood at the end of a day, for a line through the months.
type TrendPoint struct {
	Day     record.Date
	Commit  string // the state that was published then
	Figures []TrendFigure
}

// TrendFigure is one figure of a point: of the province, or of a level. Package quality says what a metric counts.
type TrendFigure struct {
	Metric, Level string
	Num, Den      int
	// Counted says that there was a figure; without one there is no point on the line.
	Counted bool
}
