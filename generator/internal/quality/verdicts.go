package quality

// verdicts is what a metric finds in each of the distinct terms. Thousands of terms come to a handful of findings, so each finding is
// kept once.
type verdicts struct {
	found []Cell
	of    []uint32 // by terms, the number of what was found
	at    map[Cell]uint32
}

func newVerdicts(terms int) *verdicts {
	return &verdicts{of: make([]uint32, 0, terms), at: map[Cell]uint32{}}
}

// add takes in what is found in the next terms. Most often that is what was found in those before.
func (v *verdicts) add(c Cell) {
	if last := len(v.of) - 1; last >= 0 && v.found[v.of[last]] == c {
		v.of = append(v.of, v.of[last])
		return
	}
	n, known := v.at[c]
	if !known {
		n = uint32(len(v.found))
		v.at[c] = n
		v.found = append(v.found, c)
	}
	v.of = append(v.of, n)
}

// in returns what was found in terms, by their number.
func (v *verdicts) in(terms int32) *Cell { return &v.found[v.of[terms]] }
