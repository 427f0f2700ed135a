package record

import (
	"slices"
	"strconv"
)

// The units of a limit, as vocab/units.toml has them. UnitDay is what a law prints when it says only 日; it is shown so and
// compared as natural days.
const (
	UnitWorkday = "工作日"
	UnitNatural = "自然日"
	UnitMonth   = "月"
	UnitDay     = "日"
)

// Limit is a time limit: a number of a unit, what it may be extended by (same unit), and when it holds. Zero means 即办,
// done at once. A range is never a limit.
type Limit struct {
	Value     int    `toml:"value"`
	Unit      string `toml:"unit"`
	Extension int    `toml:"extension"`
	Note      string `toml:"note"`
	AsWritten bool   `toml:"as_written"`
	When      When   `toml:"when"`
}

// String returns the limit as a guide prints it: 即办, «10 个工作日», «20 日（法条写“日”）», «3 个月».
func (l Limit) String() string {
	if l.Value == 0 {
		return "即办"
	}
	n := strconv.Itoa(l.Value)
	switch {
	case l.AsWritten:
		return n + " 日（法条写“日”）"
	case l.Unit == UnitNatural:
		return n + " 日（自然日）"
	case l.Unit == UnitMonth:
		return n + " 个月"
	}
	return n + " 个" + l.Unit
}

// naturalUnit returns the unit in which a limit is compared: 日 as a law prints it counts as natural days.
func (l Limit) naturalUnit() string {
	if l.Unit == UnitDay {
		return UnitNatural
	}
	return l.Unit
}

// Compare returns -1 if l is shorter than m, 0 if equal, 1 if longer, and ok = false where the two cannot be compared.
// Limits compare in one unit only, with one exception: n natural days are never longer than n working days.
func (l Limit) Compare(m Limit) (c int, ok bool) {
	if l.Value == 0 || m.Value == 0 {
		return sign(l.Value - m.Value), true
	}
	a, b := l.naturalUnit(), m.naturalUnit()
	switch {
	case a == b:
		return sign(l.Value - m.Value), true
	case a == UnitNatural && b == UnitWorkday && l.Value <= m.Value:
		return -1, true
	case a == UnitWorkday && b == UnitNatural && l.Value >= m.Value:
		return 1, true
	}
	return 0, false
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// When selects cases: for every question named, one of the options given must be chosen (AND over questions, OR over
// options). A nil When always holds.
type When map[string][]string

// Choice is an answer to every question: question id → option id.
type Choice map[string]string

// Holds reports whether w holds for the choice.
func (w When) Holds(c Choice) bool {
	for q, options := range w {
		if !slices.Contains(options, c[q]) {
			return false
		}
	}
	return true
}
